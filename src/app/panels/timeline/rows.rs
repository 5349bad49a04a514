//! The dated events as the timeline draws them: their known days in one sorted column, so that a
//! frame touches only what it shows.

use std::collections::BTreeSet;

use crate::store::{EventIx, EventStore, SourceIx};
use crate::time::{Day, DaySpan};

/// An event and the days its bar covers (open ends pulled in to the nearest known day).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    pub span: DaySpan,
    pub event: EventIx,
}

/// All visible dated events by first day, with what is needed to find and count those of a span.
#[derive(Debug, Default)]
pub struct Rows {
    by_first: Vec<Row>,
    /// The latest last day among the rows up to each: where it is too early, so are all before.
    latest_last: Vec<Day>,
    /// Last days, ascending.
    lasts: Vec<Day>,
    extent: Option<DaySpan>,
    busiest: Option<DaySpan>,
    has_open_ends: bool,
}

impl Rows {
    pub fn of_store(store: &EventStore, hidden: &BTreeSet<SourceIx>) -> Self {
        let mut has_open_ends = false;
        let rows = Self::new(store.events_by_date().iter().filter_map(|&event| {
            let stored = store.event(event).filter(|e| !hidden.contains(&e.source))?;
            let interval = &stored.when.as_ref()?.interval;
            has_open_ends |= interval.is_open_start() || interval.is_open_end();
            Some(Row { span: store.drawn_span_of(event)?, event })
        }));
        Self { has_open_ends, ..rows }
    }

    pub fn new(rows: impl IntoIterator<Item = Row>) -> Self {
        let mut rows: Vec<Row> = rows.into_iter().collect();
        rows.sort_by_key(|row| row.span.first);
        let mut latest = Day::MIN;
        let latest_last = rows
            .iter()
            .map(|row| {
                latest = latest.max(row.span.last);
                latest
            })
            .collect();
        let mut lasts: Vec<Day> = rows.iter().map(|row| row.span.last).collect();
        lasts.sort_unstable();
        let extent = rows.iter().map(|row| row.span).reduce(DaySpan::union);
        let busiest = busiest_span(&rows);
        Self { by_first: rows, latest_last, lasts, extent, busiest, has_open_ends: false }
    }

    pub fn len(&self) -> usize {
        self.by_first.len()
    }

    pub fn is_empty(&self) -> bool {
        self.by_first.is_empty()
    }

    /// Does any event begin or end no one knows when?
    pub fn has_open_ends(&self) -> bool {
        self.has_open_ends
    }

    pub fn extent(&self) -> Option<DaySpan> {
        self.extent
    }

    /// The shortest stretch that holds most events: what the timeline opens on, so that one old date
    /// does not press all others into a corner.
    pub fn busiest(&self) -> Option<DaySpan> {
        self.busiest
    }

    /// Rows that overlap a span, by first day.
    pub fn overlapping(&self, span: DaySpan) -> impl Iterator<Item = Row> + '_ {
        let from = self.latest_last.partition_point(|last| *last < span.first);
        let to = self.by_first.partition_point(|row| row.span.first <= span.last).max(from);
        let candidates = self.by_first.get(from..to).unwrap_or(&[]);
        candidates.iter().copied().filter(move |row| row.span.last >= span.first)
    }

    /// How many rows overlap a span. O(log n).
    pub fn n_overlapping(&self, span: DaySpan) -> usize {
        let started = self.by_first.partition_point(|row| row.span.first <= span.last);
        started.saturating_sub(self.lasts.partition_point(|last| *last < span.first))
    }
}

/// How many of the events, in percent, the busy stretch holds.
const MOST: usize = 85;
/// Enough of them, where the rest would make it so many times as long: a report of one week that looks
/// back on two other years is about that week.
const ENOUGH: usize = 70;
const FAR_LONGER: i64 = 20;

/// The span of the events in the shortest run of midpoints that holds most of them, or all of time where
/// that is hardly shorter. (The "shorth", a robust stand-in for the range.)
fn busiest_span(rows: &[Row]) -> Option<DaySpan> {
    let extent = rows.iter().map(|row| row.span).reduce(DaySpan::union)?;
    let mut midpoints: Vec<Day> = rows.iter().map(|row| midpoint(row.span)).collect();
    midpoints.sort_unstable();
    let most = shortest_stretch(rows, &midpoints, MOST)?;
    let enough = shortest_stretch(rows, &midpoints, ENOUGH)?;
    let span = if enough.n_days().saturating_mul(FAR_LONGER) < most.n_days() { enough } else { most };
    let is_much_shorter = span.n_days() < extent.n_days() / 5 * 3;
    Some(if is_much_shorter { span } else { extent })
}

/// The span of the events in the shortest run of sorted midpoints that holds so many percent of them, with
/// what lies only just beyond.
fn shortest_stretch(rows: &[Row], midpoints: &[Day], percent: usize) -> Option<DaySpan> {
    let n_kept = (midpoints.len() * percent).div_ceil(100).max(1);
    let run = midpoints
        .windows(n_kept)
        .filter_map(|run| Some(DaySpan { first: *run.first()?, last: *run.last()? }))
        .min_by_key(|run| run.n_days())?;
    let near = run.n_days() / 10;
    let run = DaySpan { first: run.first - near, last: run.last + near };
    rows.iter().map(|row| row.span).filter(|span| run.contains(midpoint(*span))).reduce(DaySpan::union)
}

fn midpoint(span: DaySpan) -> Day {
    i64::midpoint(span.first, span.last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(spans: &[(Day, Day)]) -> Rows {
        Rows::new(
            spans
                .iter()
                .zip(0..)
                .map(|(&(first, last), n)| Row { span: DaySpan { first, last }, event: EventIx(n) }),
        )
    }

    #[test]
    fn finds_and_counts_what_overlaps() {
        let rows = rows(&[(0, 1000), (5, 5), (10, 20), (15, 30), (40, 40)]);
        for (span, expected) in [
            ((0, 4), vec![0]),
            ((5, 10), vec![0, 1, 2]),
            ((31, 39), vec![0]),
            ((16, 40), vec![0, 2, 3, 4]),
            ((1001, 2000), vec![]),
            ((-9, -1), vec![]),
        ] {
            let span = DaySpan::new(span.0, span.1);
            let found: Vec<u32> = rows.overlapping(span).map(|r| r.event.0).collect();
            assert_eq!(found, expected, "{span:?}");
            assert_eq!(rows.n_overlapping(span), expected.len(), "{span:?}");
        }
    }

    #[test]
    fn opens_on_the_busy_stretch_and_not_on_the_outliers() {
        let mut spans = vec![(-10_000, -10_000), (-8_000, 900)];
        spans.extend((0..30).map(|n| (n * 30, n * 30 + 10)));
        assert_eq!(rows(&spans).busiest(), Some(DaySpan { first: 0, last: 880 }));
        let even: Vec<_> = (0..30).map(|n| (n * 30, n * 30)).collect();
        assert_eq!(rows(&even).busiest(), Some(DaySpan { first: 0, last: 870 }));
        let mut week: Vec<_> = (0..13).map(|n| (n, n)).collect();
        week.extend([(-20_000, -19_970), (-20_000, -19_970), (-26_000, -25_910), (-800_000, -763_000)]);
        assert_eq!(rows(&week).busiest(), Some(DaySpan { first: 0, last: 12 }), "a week and its background");
        assert_eq!(rows(&[(7, 7)]).busiest(), Some(DaySpan { first: 7, last: 7 }));
        assert_eq!(rows(&[]).busiest(), None);
    }
}
