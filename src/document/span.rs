//! Where something stands in a text.

/// A half-open range of UTF-8 bytes; both ends lie on character boundaries of the document's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    /// The text of the span, or `""` where the range does not fit the text.
    pub fn slice(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }

    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    pub fn contains(self, byte: usize) -> bool {
        self.start <= byte && byte < self.end
    }
}

/// What is known of a quote that is not in its text: enough to look for it again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrphanSelector {
    /// Text just before the quote.
    pub prefix: String,
    /// Text just after the quote.
    pub suffix: String,
    /// Where it stood: half-open, in code points.
    pub code_points: Option<(u64, u64)>,
}
