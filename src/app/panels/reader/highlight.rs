//! What is marked where in a paragraph: overlapping spans become pieces that do not overlap.

use crate::document::Span;

/// Why the background of some text is tinted; where several apply, the greatest shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tint {
    /// A passage of what is hovered.
    Hover,
    /// A passage of what is selected.
    Passage,
    /// A mention of the hovered or selected place or date.
    Mention,
    FindHit,
    /// The hit that the search stands at.
    CurrentHit,
}

/// Cuts overlapping labelled spans into pieces in text order: each stretch has the greatest of its
/// labels, and neighbours with the same label are one piece. Only what lies in `within` is kept.
pub fn flatten<T: Copy + Ord>(spans: &[(Span, T)], within: Span) -> Vec<(Span, T)> {
    let mut spans: Vec<(Span, T)> = spans
        .iter()
        .map(|(s, label)| (Span { start: s.start.max(within.start), end: s.end.min(within.end) }, *label))
        .filter(|(s, _)| s.start < s.end)
        .collect();
    spans.sort_by_key(|(span, _)| span.start);
    let mut cuts: Vec<usize> = spans.iter().flat_map(|(s, _)| [s.start, s.end]).collect();
    cuts.sort_unstable();
    cuts.dedup();

    let mut pieces: Vec<(Span, T)> = Vec::new();
    let mut open: Vec<(Span, T)> = Vec::new();
    let mut coming = spans.into_iter().peekable();
    for (start, end) in cuts.iter().zip(cuts.iter().skip(1)) {
        open.retain(|(span, _)| span.end > *start);
        while let Some(next) = coming.next_if(|(span, _)| span.start <= *start) {
            open.push(next);
        }
        let Some(label) = open.iter().map(|(_, label)| *label).max() else { continue };
        match pieces.last_mut() {
            Some((piece, known)) if *known == label && piece.end == *start => piece.end = *end,
            _ => pieces.push((Span { start: *start, end: *end }, label)),
        }
    }
    pieces
}

/// Spans joined where they overlap or touch, in text order.
pub fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    spans.dedup();
    let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => merged.push(span),
        }
    }
    merged
}

/// The starts of some spans in text order, those left out that follow another within `gap` bytes.
pub fn thinned(spans: &[Span], gap: usize) -> Vec<usize> {
    let mut starts: Vec<usize> = Vec::new();
    for span in spans {
        if starts.last().is_none_or(|last| span.start - last >= gap.max(1)) {
            starts.push(span.start);
        }
    }
    starts
}

/// The part of some spans in text order that do not overlap ([`merged`]) which touches another span.
pub fn touching(spans: &[Span], within: Span) -> &[Span] {
    let first = spans.partition_point(|s| s.end <= within.start);
    let end = spans.partition_point(|s| s.start < within.end);
    spans.get(first..end).unwrap_or(&[])
}

/// Gives each of some stretches in order of their start the first lane that is free, so that those
/// that overlap lie side by side; beyond `n_lanes` they share the last one.
pub fn lanes(stretches: &[(f32, f32)], n_lanes: usize) -> Vec<usize> {
    let mut busy_until: Vec<f32> = Vec::new();
    stretches
        .iter()
        .map(|(start, end)| {
            let free = busy_until.iter().position(|until| until <= start);
            let lane = free.unwrap_or(busy_until.len()).min(n_lanes.saturating_sub(1));
            match busy_until.get_mut(lane) {
                Some(until) => *until = until.max(*end),
                None => busy_until.push(*end),
            }
            lane
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn span(start: usize, end: usize) -> Span {
        Span { start, end }
    }

    #[test]
    fn overlapping_spans_become_pieces() {
        let all = span(0, 100);
        for (name, spans, within, expected) in [
            ("none", vec![], all, vec![]),
            ("one", vec![(3, 9, 1)], all, vec![(3, 9, 1)]),
            ("apart", vec![(20, 30, 1), (3, 9, 2)], all, vec![(3, 9, 2), (20, 30, 1)]),
            ("nested", vec![(0, 20, 1), (5, 9, 2)], all, vec![(0, 5, 1), (5, 9, 2), (9, 20, 1)]),
            ("a lesser one inside does not show", vec![(0, 20, 2), (5, 9, 1)], all, vec![(0, 20, 2)]),
            ("crossing", vec![(0, 10, 1), (5, 15, 2)], all, vec![(0, 5, 1), (5, 15, 2)]),
            ("touching alike", vec![(0, 5, 1), (5, 9, 1)], all, vec![(0, 9, 1)]),
            ("touching unlike", vec![(0, 5, 1), (5, 9, 2)], all, vec![(0, 5, 1), (5, 9, 2)]),
            ("the same twice", vec![(2, 4, 1), (2, 4, 1)], all, vec![(2, 4, 1)]),
            ("clipped", vec![(0, 50, 1), (8, 12, 2)], span(10, 20), vec![(10, 12, 2), (12, 20, 1)]),
            ("outside", vec![(0, 10, 1), (20, 30, 1)], span(10, 20), vec![]),
            ("empty and backward", vec![(5, 5, 1), (9, 7, 1)], all, vec![]),
        ] {
            let spans: Vec<_> = spans.into_iter().map(|(s, e, label)| (span(s, e), label)).collect();
            let found: Vec<_> =
                flatten(&spans, within).into_iter().map(|(s, label)| (s.start, s.end, label)).collect();
            assert_eq!(found, expected, "{name}");
        }
    }

    #[test]
    fn merged_spans_and_the_part_in_sight() {
        let spans = merged(vec![span(30, 40), span(0, 5), span(4, 9), span(9, 10), span(0, 5)]);
        assert_eq!(spans, [span(0, 10), span(30, 40)]);
        for (within, expected) in [
            (span(0, 100), &spans[..]),
            (span(10, 30), &[]),
            (span(9, 30), &spans[..1]),
            (span(10, 31), &spans[1..]),
        ] {
            assert_eq!(touching(&spans, within), expected, "{within:?}");
        }
    }

    #[test]
    fn spans_close_behind_another_are_left_out() {
        let spans: Vec<Span> = [0, 1, 2, 50, 51, 90].map(|start| span(start, start + 1)).into();
        for (gap, expected) in [(0, vec![0, 1, 2, 50, 51, 90]), (3, vec![0, 50, 90]), (45, vec![0, 50])] {
            assert_eq!(thinned(&spans, gap), expected, "{gap}");
        }
    }

    #[test]
    fn overlapping_stretches_lie_side_by_side() {
        let stretches = [(0.0, 10.0), (5.0, 20.0), (10.0, 15.0), (12.0, 13.0), (12.5, 30.0), (25.0, 26.0)];
        assert_eq!(lanes(&stretches, 3), [0, 1, 0, 2, 2, 0]);
    }

    proptest! {
        #[test]
        fn each_byte_has_its_greatest_label(
            spans in prop::collection::vec((0_usize..40, 0_usize..20, 0_u8..4), 0..12),
            from in 0_usize..40,
            length in 0_usize..30,
        ) {
            let spans: Vec<_> = spans.into_iter().map(|(s, n, label)| (span(s, s + n), label)).collect();
            let within = span(from, from + length);
            let pieces = flatten(&spans, within);
            prop_assert!(pieces.windows(2).all(|p| p[0].0.end <= p[1].0.start));
            for byte in 0..70 {
                let expected = spans.iter()
                    .filter(|(s, _)| s.contains(byte) && within.contains(byte))
                    .map(|(_, label)| *label).max();
                let found = pieces.iter().find(|(s, _)| s.contains(byte)).map(|(_, label)| *label);
                prop_assert_eq!(found, expected, "byte {}", byte);
            }
        }
    }
}
