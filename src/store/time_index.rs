//! Events in date order, answering "which overlap", "which is nearest" and "how many".

use std::sync::Arc;

use super::EventIx;
use super::columns::Columns;
use super::interval_index::IntervalIndex;
use crate::time::{Day, DaySpan};

/// Dated events; a position is a place in date order.
#[derive(Debug, Default)]
pub(super) struct TimeIndex {
    events: Arc<[EventIx]>,
    extents: IntervalIndex,
    /// Positions by latest end, then by position.
    by_end: Vec<u32>,
}

impl TimeIndex {
    /// All dated events of the columns.
    pub fn new(columns: &Columns) -> Self {
        let all = (0..super::ix(columns.n_events())).map(EventIx);
        let mut keys: Vec<_> = all.filter_map(|event| columns.date_key(event)).collect();
        keys.sort_unstable();
        let mut by_end: Vec<u32> = (0..super::ix(keys.len())).collect();
        by_end.sort_by_key(|position| keys.get(*position as usize).map(|key| key.1));
        Self {
            extents: IntervalIndex::new(keys.iter().map(|key| (key.0, key.1))),
            events: keys.into_iter().map(|key| key.2).collect(),
            by_end,
        }
    }

    /// The index of some of its events, without sorting again.
    pub fn filtered(&self, columns: &Columns, keep: impl Fn(EventIx) -> bool) -> Self {
        let mut new_positions = vec![u32::MAX; self.events.len()];
        let mut kept = Vec::new();
        for (event, new_position) in self.events.iter().zip(&mut new_positions) {
            if keep(*event) {
                *new_position = super::ix(kept.len());
                kept.push(*event);
            }
        }
        let new_position = |old: &u32| new_positions.get(*old as usize).copied();
        Self {
            extents: IntervalIndex::new(
                kept.iter().filter_map(|event| columns.extent(*event)).map(|e| (e.first, e.last)),
            ),
            events: kept.into(),
            by_end: self.by_end.iter().filter_map(new_position).filter(|at| *at != u32::MAX).collect(),
        }
    }

    /// All events in date order.
    pub fn events(&self) -> &Arc<[EventIx]> {
        &self.events
    }

    fn event_at(&self, position: usize) -> Option<EventIx> {
        self.events.get(position).copied()
    }

    /// Events that overlap a span, in date order. O(log n + k).
    pub fn overlapping(&self, span: DaySpan) -> impl Iterator<Item = EventIx> + '_ {
        self.extents.overlapping(span.first, span.last).filter_map(|at| self.event_at(at))
    }

    /// As [`Self::overlapping`]; those that start within the span are copied in one piece.
    pub fn collect_overlapping(&self, span: DaySpan) -> Vec<EventIx> {
        let within = self.extents.within(span.first, span.last);
        let mut events: Vec<EventIx> =
            self.extents.reaching(span.first).filter_map(|at| self.event_at(at)).collect();
        events.extend_from_slice(self.events.get(within).unwrap_or(&[]));
        events
    }

    /// How many events overlap a span: those that start by its last day less those that end before
    /// its first. O(log n).
    pub fn n_overlapping(&self, span: DaySpan) -> usize {
        self.extents.n_starting_by(span.last).saturating_sub(self.n_ending_before(span.first))
    }

    fn n_ending_before(&self, day: Day) -> usize {
        self.by_end.partition_point(|at| self.extents.end(*at as usize).is_some_and(|end| end < day))
    }

    /// Events that end before a day, by their ends. O(log n) to start.
    pub fn ending_before(&self, day: Day) -> impl DoubleEndedIterator<Item = EventIx> + '_ {
        let ended = self.by_end.get(..self.n_ending_before(day)).unwrap_or(&[]);
        ended.iter().filter_map(|at| self.event_at(*at as usize))
    }

    /// Events that start after a day, in date order. O(log n).
    pub fn starting_after(&self, day: Day) -> &[EventIx] {
        self.events.get(self.extents.n_starting_by(day)..).unwrap_or(&[])
    }

    /// Events that start before a day, in date order. O(log n).
    pub fn starting_before(&self, day: Day) -> &[EventIx] {
        self.events.get(..self.extents.n_starting_before(day)).unwrap_or(&[])
    }

    /// How many events come before one in date order, and how many come by it (it included, if it is
    /// here). O(log n). `None` if it is undated.
    pub fn rank(&self, columns: &Columns, event: EventIx) -> Option<(usize, usize)> {
        let key = columns.date_key(event)?;
        let before = self.events.partition_point(|e| columns.date_key(*e).is_some_and(|k| k < key));
        Some((before, before + usize::from(self.event_at(before) == Some(event))))
    }

    /// Start days in date order.
    pub fn starts(&self) -> impl Iterator<Item = (EventIx, Day)> + '_ {
        self.events.iter().enumerate().filter_map(|(at, event)| Some((*event, self.extents.start(at)?)))
    }

    /// End days in ascending order.
    pub fn ends(&self) -> impl Iterator<Item = (EventIx, Day)> + '_ {
        self.by_end.iter().filter_map(|at| {
            let at = *at as usize;
            Some((self.event_at(at)?, self.extents.end(at)?))
        })
    }

    pub fn len(&self) -> usize {
        self.extents.len()
    }

    /// Bytes on the heap.
    pub fn heap_size(&self) -> usize {
        size_of_val(&*self.events) + size_of_val(&*self.by_end) + self.extents.heap_size()
    }
}
