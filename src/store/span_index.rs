//! What stands where in one document: mentions or passages by their spans.

use super::interval_index::IntervalIndex;
use crate::document::Span;

/// The items of one document in text order, those without a span last.
#[derive(Debug, Clone, Default)]
pub(super) struct SpanIndex<T> {
    items: Vec<T>,
    spans: Vec<Span>,
    intervals: IntervalIndex,
}

impl<T: Copy> SpanIndex<T> {
    pub fn new(mut items: Vec<(Option<Span>, T)>) -> Self {
        items.sort_by_key(|(span, _)| span.map_or((true, 0), |span| (false, span.start)));
        let spans: Vec<Span> = items.iter().filter_map(|(span, _)| *span).collect();
        let interval = |span: &Span| {
            let (first, last) = inclusive(*span);
            (first, last.max(first))
        };
        Self {
            intervals: IntervalIndex::new(spans.iter().map(interval)),
            spans,
            items: items.into_iter().map(|(_, item)| item).collect(),
        }
    }

    pub fn items(&self) -> &[T] {
        &self.items
    }

    /// Items with their spans, in text order.
    pub fn located(&self) -> impl Iterator<Item = (T, Span)> + '_ {
        self.items.iter().copied().zip(self.spans.iter().copied())
    }

    /// Items whose span covers a byte: the shortest first, of equal ones the last begun first.
    /// O(log n + k log k).
    pub fn covering(&self, byte: usize) -> Vec<(T, Span)> {
        let mut found: Vec<(T, Span)> = self
            .touching(Span { start: byte, end: byte + 1 })
            .filter(|(_, span)| span.contains(byte))
            .collect();
        found.sort_by_key(|(_, span)| (span.end - span.start, std::cmp::Reverse(span.start)));
        found
    }

    /// Items whose span overlaps another, in text order. O(log n + k).
    pub fn touching(&self, span: Span) -> impl Iterator<Item = (T, Span)> + '_ {
        let (first, last) = inclusive(span);
        self.intervals
            .overlapping(first, last)
            .filter_map(|at| Some((*self.items.get(at)?, *self.spans.get(at)?)))
            .filter(move |(_, other)| other.overlaps(span))
    }
}

/// A span's first and last byte as the interval index counts; no text is longer than `i64::MAX`.
fn inclusive(span: Span) -> (i64, i64) {
    let signed = |byte: usize| i64::try_from(byte).unwrap_or(i64::MAX);
    (signed(span.start), signed(span.end) - 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn finds_what_a_scan_finds(
            spans in prop::collection::vec((0_usize..200, 0_usize..60), 0..80),
            byte in 0_usize..260,
        ) {
            let spans: Vec<Span> = spans.iter().map(|(s, n)| Span { start: *s, end: s + n }).collect();
            let index = SpanIndex::new(spans.iter().copied().map(Some).zip(0..).collect());
            let mut expected: Vec<usize> = (0..spans.len()).filter(|at| spans[*at].contains(byte)).collect();
            let found = index.covering(byte);
            prop_assert!(found.is_sorted_by_key(|(_, span)| span.end - span.start));
            let mut found: Vec<usize> = found.into_iter().map(|(item, _)| item).collect();
            found.sort_unstable();
            expected.sort_unstable();
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn the_innermost_comes_first_and_the_orphaned_last() {
        let span = |start, end| Some(Span { start, end });
        let index =
            SpanIndex::new(vec![(None, 'o'), (span(4, 8), 'c'), (span(0, 20), 'a'), (span(3, 9), 'b')]);
        assert_eq!(index.items(), ['a', 'b', 'c', 'o']);
        let covering = |byte| index.covering(byte).into_iter().map(|(item, _)| item).collect::<String>();
        assert_eq!([covering(5), covering(8), covering(9), covering(20)], ["cba", "ba", "a", ""]);
    }
}
