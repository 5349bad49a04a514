//! Code points to bytes and back, for files that count in code points.

/// Converts between code-point and byte offsets of one text in O(log n + 64).
#[derive(Debug, Clone)]
pub struct CodePointIndex {
    /// Byte offset of every 64th code point.
    marks: Vec<usize>,
}

const STEP: usize = 64;

impl CodePointIndex {
    pub fn new(text: &str) -> Self {
        Self { marks: text.char_indices().step_by(STEP).map(|(byte, _)| byte).collect() }
    }

    /// The byte offset of a code point; the text's length for one past the last; `None` beyond.
    pub fn byte_of(&self, text: &str, code_point: usize) -> Option<usize> {
        let mark = self.marks.get(code_point / STEP).copied();
        let Some(mark) = mark else {
            return (code_point == self.code_point_of(text, text.len())?).then_some(text.len());
        };
        let rest = text.get(mark..)?;
        rest.char_indices()
            .map(|(byte, _)| mark + byte)
            .chain(std::iter::once(text.len()))
            .nth(code_point % STEP)
    }

    /// The number of code points before a byte offset; `None` inside a character or beyond the end.
    pub fn code_point_of(&self, text: &str, byte: usize) -> Option<usize> {
        if !text.is_char_boundary(byte) {
            return None;
        }
        let block = self.marks.partition_point(|mark| *mark <= byte).saturating_sub(1);
        let mark = self.marks.get(block).copied().unwrap_or(0);
        Some(block * STEP + text.get(mark..byte)?.chars().count())
    }
}
