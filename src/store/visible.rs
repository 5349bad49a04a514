//! What is left of a store when some sources are hidden: everything in an answer that does not
//! depend on the window, computed once and shared by all answers.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use super::columns::Columns;
use super::csr::Csr;
use super::event_set::EventSet;
use super::time_index::TimeIndex;
use super::{EventIx, PlaceIx, SourceIx};
use crate::time::{Day, DaySpan};

#[derive(Debug, Default)]
pub(super) struct Visible {
    hidden: BTreeSet<SourceIx>,
    events: EventSet,
    time: TimeIndex,
    places: Arc<[VisiblePlace]>,
    undated: Arc<[EventIx]>,
    unplaced: Arc<[EventIx]>,
    busy_spans: OnceLock<Vec<DaySpan>>,
}

/// A place with at least one visible event.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct VisiblePlace {
    pub place: PlaceIx,
    pub n_visible: u32,
    pub n_dated: u32,
    pub span: Option<DaySpan>,
}

impl Visible {
    /// Nothing hidden.
    pub fn all(columns: &Columns, events_of_place: &Csr<EventIx>) -> Self {
        let events = EventSet::of(columns.n_events(), |_| true);
        Self::new(BTreeSet::new(), events, TimeIndex::new(columns), columns, events_of_place)
    }

    /// With some sources hidden.
    pub fn without(
        &self,
        hidden: &BTreeSet<SourceIx>,
        columns: &Columns,
        events_of_place: &Csr<EventIx>,
    ) -> Self {
        let is_shown = |event: EventIx| columns.source(event).is_some_and(|source| !hidden.contains(&source));
        let events = EventSet::of(columns.n_events(), is_shown);
        let time = self.time.filtered(columns, |event| events.contains(event));
        Self::new(hidden.clone(), events, time, columns, events_of_place)
    }

    fn new(
        hidden: BTreeSet<SourceIx>,
        events: EventSet,
        time: TimeIndex,
        columns: &Columns,
        events_of_place: &Csr<EventIx>,
    ) -> Self {
        let summarise = |place: PlaceIx| {
            let mut summary = VisiblePlace { place, n_visible: 0, n_dated: 0, span: None };
            let here = events_of_place.row(place.as_usize()).iter().copied();
            for event in here.filter(|event| events.contains(*event)) {
                summary.n_visible += 1;
                summary.n_dated += u32::from(columns.is_dated(event));
                if let Some(drawn) = columns.drawn(event) {
                    summary.span = Some(summary.span.map_or(drawn, |span| span.union(drawn)));
                }
            }
            (summary.n_visible > 0).then_some(summary)
        };
        let places = (0..super::ix(events_of_place.n_rows())).map(PlaceIx).filter_map(summarise).collect();
        let undated = events.iter().filter(|event| !columns.is_dated(*event)).collect();
        let unplaced = events.iter().filter(|event| !columns.is_placed(*event)).collect();
        Self { hidden, events, time, places, undated, unplaced, busy_spans: OnceLock::new() }
    }

    pub fn hidden(&self) -> &BTreeSet<SourceIx> {
        &self.hidden
    }

    pub fn events(&self) -> &EventSet {
        &self.events
    }

    pub fn time(&self) -> &TimeIndex {
        &self.time
    }

    pub fn places(&self) -> &Arc<[VisiblePlace]> {
        &self.places
    }

    pub fn undated(&self) -> &Arc<[EventIx]> {
        &self.undated
    }

    pub fn unplaced(&self) -> &Arc<[EventIx]> {
        &self.unplaced
    }

    /// The stretches of days in which something happens, ascending and apart: the union of all drawn
    /// spans. An open end counts only up to its known day, else nothing after it would be a gap.
    pub fn busy_spans(&self, columns: &Columns) -> &[DaySpan] {
        self.busy_spans.get_or_init(|| {
            let mut drawn: Vec<DaySpan> =
                self.time.events().iter().filter_map(|event| columns.drawn(*event)).collect();
            drawn.sort_unstable_by_key(|span| span.first);
            let mut merged: Vec<DaySpan> = Vec::new();
            for span in drawn {
                match merged.last_mut() {
                    Some(last) if span.first <= last.last.saturating_add(1) => *last = last.union(span),
                    _ => merged.push(span),
                }
            }
            merged
        })
    }

    /// The first day at or after a day on which something happens. O(log n).
    pub fn next_busy_day(&self, columns: &Columns, day: Day) -> Option<Day> {
        let spans = self.busy_spans(columns);
        let span = spans.get(spans.partition_point(|span| span.last < day))?;
        Some(span.first.max(day))
    }

    /// The last day at or before a day on which something happens. O(log n).
    pub fn previous_busy_day(&self, columns: &Columns, day: Day) -> Option<Day> {
        let spans = self.busy_spans(columns);
        let span = spans.get(spans.partition_point(|span| span.first <= day).checked_sub(1)?)?;
        Some(span.last.min(day))
    }

    /// Bytes on the heap.
    pub fn heap_size(&self) -> usize {
        self.events.heap_size()
            + self.time.heap_size()
            + size_of_val(&*self.places)
            + size_of_val(&*self.undated)
            + size_of_val(&*self.unplaced)
    }
}
