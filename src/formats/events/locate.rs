//! Finding the span that selectors mean, in a text that may have changed since they were made.
//!
//! A position counts only if the quote stands there. Otherwise the quote is searched, and the place
//! where most of its prefix and suffix stand beside it wins, if it wins alone. A look-alike never
//! will do: then the span is given up.

use std::cell::Cell;

use crate::document::{CodePointIndex, OrphanSelector, Span};

/// More places than this with the same words tell nothing.
const MAX_CANDIDATES: usize = 1_000;
/// Code points of a prefix or suffix that are compared; files give 32.
const MAX_CONTEXT: usize = 200;
/// A quote this long, in code points, is itself even where all around it has changed.
const LONG_QUOTE: usize = 40;
/// Bytes that are searched for displaced quotes of one document, so that a hostile file cannot keep
/// the program busy for hours. Never reached by a document of less than 1 MB with 4,000 passages.
const SEARCH_BUDGET: usize = 4 << 30;

/// A text prepared for looking up selectors.
pub(super) struct Locator<'a> {
    text: &'a str,
    index: CodePointIndex,
    /// The text is, byte for byte, the one that the selectors were made for.
    is_same_text: bool,
    budget: Cell<usize>,
}

/// What selectors say of a span.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Wanted {
    /// Half-open, in code points.
    pub code_points: Option<(u64, u64)>,
    pub exact: Option<String>,
    pub prefix: String,
    pub suffix: String,
}

/// What selectors lead to.
pub(super) struct Located {
    pub span: Option<Span>,
    pub quote: String,
    pub orphan: Option<OrphanSelector>,
}

impl<'a> Locator<'a> {
    pub fn new(text: &'a str, is_same_text: bool) -> Self {
        let index = CodePointIndex::new(text);
        Self { text, index, is_same_text, budget: Cell::new(SEARCH_BUDGET) }
    }

    /// The span that is meant, or `None` if it cannot be told for certain.
    pub fn locate(&self, wanted: &Wanted) -> Option<Span> {
        let at_position = wanted.code_points.and_then(|ends| self.span_of(ends));
        let Some(exact) = wanted.exact.as_deref().filter(|exact| !exact.is_empty()) else {
            return at_position.filter(|_| self.is_same_text);
        };
        if let Some(span) = at_position
            && span.slice(self.text) == exact
            && (self.is_same_text || self.score(span, wanted) == full_score(wanted))
        {
            return Some(span);
        }
        self.search(exact, wanted)
    }

    /// The span with its quote, or what an orphan keeps. `None` where nothing is left to look for.
    pub fn located(&self, wanted: Wanted) -> Option<Located> {
        if let Some(span) = self.locate(&wanted) {
            let quote = wanted.exact.unwrap_or_else(|| span.slice(self.text).to_owned());
            return Some(Located { span: Some(span), quote, orphan: None });
        }
        let Wanted { code_points, exact, prefix, suffix } = wanted;
        // A position alone may yet be right in a text that is missing, not in one that is here.
        let is_of_use = exact.is_some() || (self.text.is_empty() && code_points.is_some());
        is_of_use.then(|| Located {
            span: None,
            quote: exact.unwrap_or_default(),
            orphan: Some(OrphanSelector { prefix, suffix, code_points }),
        })
    }

    /// The bytes of a half-open range of code points.
    fn span_of(&self, (start, end): (u64, u64)) -> Option<Span> {
        let byte = |code_point: u64| self.index.byte_of(self.text, usize::try_from(code_point).ok()?);
        let span = Span { start: byte(start)?, end: byte(end)? };
        (span.start < span.end).then_some(span)
    }

    fn search(&self, exact: &str, wanted: &Wanted) -> Option<Span> {
        self.budget.set(self.budget.get().checked_sub(self.text.len())?);
        let mut candidates = self.text.match_indices(exact).map(|(start, _)| {
            let span = Span { start, end: start + exact.len() };
            (self.score(span, wanted), span)
        });
        let mut best = candidates.next()?;
        let mut is_alone = true;
        for (number, candidate) in candidates.enumerate() {
            if number >= MAX_CANDIDATES {
                return None;
            }
            is_alone = candidate.0 != best.0 && (is_alone || candidate.0 > best.0);
            if candidate.0 > best.0 {
                best = candidate;
            }
        }
        let is_known_by_context = best.0 * 2 >= full_score(wanted);
        let is_long = || exact.chars().nth(LONG_QUOTE - 1).is_some();
        (is_alone && (is_known_by_context || is_long())).then_some(best.1)
    }

    /// How many code points of the prefix and suffix stand beside a span, counted from it outwards.
    fn score(&self, span: Span, wanted: &Wanted) -> usize {
        let before = self.text.get(..span.start).unwrap_or("");
        let after = self.text.get(span.end..).unwrap_or("");
        n_common(before.chars().rev(), wanted.prefix.chars().rev())
            + n_common(after.chars(), wanted.suffix.chars())
    }
}

fn full_score(wanted: &Wanted) -> usize {
    counted(wanted.prefix.chars().rev()).count() + counted(wanted.suffix.chars()).count()
}

fn n_common(a: impl Iterator<Item = char>, b: impl Iterator<Item = char>) -> usize {
    counted(a).zip(counted(b)).take_while(|(a, b)| a == b).count()
}

/// Carriage returns come and go as files travel between systems.
fn counted(context: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    context.filter(|c| *c != '\r').take(MAX_CONTEXT)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Context is written as prefix[exact]suffix.
    fn wanted(quote: &str, code_points: Option<(u64, u64)>) -> Wanted {
        let (prefix, rest) = quote.split_once('[').unwrap();
        let (exact, suffix) = rest.split_once(']').unwrap();
        Wanted {
            code_points,
            exact: Some(exact.to_owned()),
            prefix: prefix.to_owned(),
            suffix: suffix.to_owned(),
        }
    }

    #[test]
    fn a_span_is_found_again_or_given_up() {
        let text = "In Şuşa, Shusha. The road to Shusha is 🏔 closed; to Shusha.";
        // (selectors, the same text?, byte where it is found)
        for (quote, code_points, is_same_text, expected) in [
            ("In [Şuşa],", Some((3, 7)), true, Some(3)),
            // The position is trusted only where the quote stands.
            ("[Shusha]", Some((9, 15)), true, Some(11)),
            ("[Shusha]", Some((10, 16)), true, None),
            // A displaced quote is found by what stands around it.
            ("road to [Shusha] is", Some((0, 6)), false, Some(31)),
            ("; to [Shusha].", None, false, Some(57)),
            // The quote stands at the position, but it is another one.
            ("closed; to [Shusha].", Some((9, 15)), false, Some(57)),
            // Two are alike.
            ("[Shusha]", None, false, None),
            ("to [Shusha]", None, false, None),
            ("[Shusha].", None, false, None),
            // Only a look-alike is left.
            ("the lake of [Şuşa] is deep and cold", Some((40, 44)), false, None),
            ("[Gaza]", Some((3, 7)), true, None),
            // Nothing is known around it, and there is only one.
            ("[🏔]", None, false, Some(41)),
            ("[Şuşa]", Some((u64::MAX - 1, u64::MAX)), true, Some(3)),
            ("In [Şuşa],", Some((7, 3)), true, Some(3)),
        ] {
            let found = Locator::new(text, is_same_text).locate(&wanted(quote, code_points));
            assert_eq!(found.map(|s| s.start), expected, "{quote} at {code_points:?}");
        }
    }

    #[test]
    fn a_position_alone_needs_the_same_text() {
        let wanted = Wanted { code_points: Some((0, 4)), ..Wanted::default() };
        assert_eq!(Locator::new("Şuşa", true).locate(&wanted), Some(Span { start: 0, end: 6 }));
        assert_eq!(Locator::new("Şuşa", false).locate(&wanted), None);
    }

    #[test]
    fn line_ends_may_change() {
        let text = "Baku\r\n\r\nLachin\r\n\r\nBaku\r\n\r\nKhankendi";
        let found =
            Locator::new(text, false).locate(&wanted("Lachin\n\n[Baku]\n\nKhankendi", Some((14, 18))));
        assert_eq!(found, Some(Span { start: 18, end: 22 }));
    }

    #[test]
    fn a_long_quote_needs_no_context() {
        let quote = "the withdrawal of Russian peacekeepers from the territory";
        let text = format!("All else is new: {quote}, it says.");
        let found = Locator::new(&text, false).locate(&wanted(&format!("last week – [{quote}] of"), None));
        assert_eq!(found.map(|s| s.slice(&text)), Some(quote));
    }

    #[test]
    fn a_hostile_text_is_not_searched_for_ever() {
        let text = "a".repeat(1 << 20);
        let locator = Locator::new(&text, false);
        assert_eq!(locator.locate(&wanted("[a]", None)), None);
        locator.budget.set(0);
        assert_eq!(locator.locate(&wanted("[b]", None)), None);
    }
}
