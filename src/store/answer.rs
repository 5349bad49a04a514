//! What a view shows, and the questions that panels ask of it.

use std::sync::Arc;

use super::EventIx;
use super::columns::Columns;
use super::place_summary::PlaceSummaries;
use super::space_index::Viewport;
use super::visible::Visible;
use crate::time::{Day, DaySpan};

/// What a view shows. Computed once per change, read by every panel; it shares with the store what
/// the change did not touch, so that a clone is cheap.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// The store it was computed from.
    pub generation: u64,
    /// Visible events that overlap the window, in date order (undated ones are not here).
    pub in_window: Arc<[EventIx]>,
    /// Every place with at least one visible event, by index.
    pub places: PlaceSummaries,
    /// Visible events without a date.
    pub undated: Arc<[EventIx]>,
    /// Visible events without a place that can be drawn.
    pub unplaced: Arc<[EventIx]>,
    /// The last visible event that ends before the window.
    pub nearest_before: Option<EventIx>,
    /// The first visible event that starts after the window.
    pub nearest_after: Option<EventIx>,
    pub(super) window: Option<DaySpan>,
    pub(super) columns: Arc<Columns>,
    pub(super) visible: Arc<Visible>,
    pub(super) viewport: Arc<Viewport>,
}

/// Answers are equal when they show the same.
impl PartialEq for Answer {
    fn eq(&self, other: &Self) -> bool {
        self.generation == other.generation
            && self.window == other.window
            && self.in_window == other.in_window
            && self.places == other.places
            && self.undated == other.undated
            && self.unplaced == other.unplaced
            && self.nearest_before == other.nearest_before
            && self.nearest_after == other.nearest_after
            && self.viewport.events() == other.viewport.events()
    }
}

impl Answer {
    /// The window that was asked for; `None` is all of time.
    pub fn window(&self) -> Option<DaySpan> {
        self.window
    }

    /// Is the event's source not hidden? O(1).
    pub fn is_visible(&self, event: EventIx) -> bool {
        self.visible.events().contains(event)
    }

    /// Is the event one of [`Answer::in_window`]? O(1).
    pub fn is_in_window(&self, event: EventIx) -> bool {
        let extent = self.columns.extent(event).filter(|_| self.is_visible(event));
        extent.is_some_and(|extent| self.window.is_none_or(|window| window.overlaps(extent)))
    }

    /// Is the event in the window or, without a window, visible at all? So undated events count only
    /// while no window is set.
    pub fn is_shown(&self, event: EventIx) -> bool {
        self.is_in_window(event) || (self.window.is_none() && self.is_visible(event))
    }

    /// Is the event visible and one of its places within the map's viewport? O(1).
    pub fn is_in_viewport(&self, event: EventIx) -> bool {
        self.viewport.events().contains(event)
    }

    /// At most `limit` visible events that overlap a span, in date order. O(log n + limit).
    pub fn events_within(&self, span: DaySpan, limit: usize) -> Vec<EventIx> {
        self.visible.time().overlapping(span).take(limit).collect()
    }

    /// How many visible events overlap a span. O(log n).
    pub fn n_within(&self, span: DaySpan) -> usize {
        self.visible.time().n_overlapping(span)
    }

    /// The first visible event in date order.
    pub fn first_event(&self) -> Option<EventIx> {
        self.visible.time().events().first().copied()
    }

    /// The last visible event in date order.
    pub fn last_event(&self) -> Option<EventIx> {
        self.visible.time().events().last().copied()
    }

    /// The visible event that follows one in date order; `None` for an undated one. O(log n).
    pub fn next_event(&self, event: EventIx) -> Option<EventIx> {
        let (_, n_by) = self.visible.time().rank(&self.columns, event)?;
        self.visible.time().events().get(n_by).copied()
    }

    /// The visible event that comes before one in date order; `None` for an undated one. O(log n).
    pub fn previous_event(&self, event: EventIx) -> Option<EventIx> {
        let (n_before, _) = self.visible.time().rank(&self.columns, event)?;
        self.visible.time().events().get(n_before.checked_sub(1)?).copied()
    }

    /// The first visible event in date order that starts after a day. O(log n).
    pub fn next_event_after(&self, day: Day) -> Option<EventIx> {
        self.visible.time().starting_after(day).first().copied()
    }

    /// The last visible event in date order that starts before a day. O(log n).
    pub fn previous_event_before(&self, day: Day) -> Option<EventIx> {
        self.visible.time().starting_before(day).last().copied()
    }

    /// The first day, that day or later, on which a visible event is going on; `None` after the
    /// last. An open end ("since 2020") counts only up to its known day: else nothing after it would
    /// be a gap that play can skip. O(log n).
    pub fn next_activity(&self, day: Day) -> Option<Day> {
        self.visible.next_busy_day(&self.columns, day)
    }

    /// The last day, that day or earlier, on which a visible event is going on, as
    /// [`Self::next_activity`] has it.
    pub fn previous_activity(&self, day: Day) -> Option<Day> {
        self.visible.previous_busy_day(&self.columns, day)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::store::fixtures::{any_accounts, any_view, days, event};
    use crate::store::{Account, EventStore};
    use crate::time::{DISTANT_FUTURE, TimeInterval};

    proptest! {
        #[test]
        fn navigation_agrees_with_a_walk_in_date_order(
            accounts in any_accounts(),
            view in any_view(),
            day in -400_i64..400,
            n_days in 0_i64..50,
        ) {
            let store = EventStore::build(&accounts);
            let answer = store.query(&view);
            let walk: Vec<EventIx> =
                store.events_by_date().iter().copied().filter(|e| answer.is_visible(*e)).collect();
            let extent = |e: &EventIx| store.event(*e).unwrap().when.as_ref().unwrap().interval.extent();

            prop_assert_eq!((answer.first_event(), answer.last_event()), (walk.first().copied(), walk.last().copied()));
            for (at, event) in walk.iter().enumerate() {
                prop_assert_eq!(answer.next_event(*event), walk.get(at + 1).copied());
                prop_assert_eq!(answer.previous_event(*event), at.checked_sub(1).map(|at| walk[at]));
            }
            for event in store.events_by_date() {
                let position = |e: &EventIx| store.events_by_date().iter().position(|known| known == e);
                let next = walk.iter().copied().find(|e| position(e) > position(event));
                prop_assert_eq!(answer.next_event(*event), next, "from a hidden one");
            }
            let after = walk.iter().copied().find(|e| extent(e).first > day);
            let before = walk.iter().copied().rfind(|e| extent(e).first < day);
            prop_assert_eq!((answer.next_event_after(day), answer.previous_event_before(day)), (after, before));

            let span = DaySpan::new(day, day + n_days);
            let within: Vec<EventIx> = walk.iter().copied().filter(|e| extent(e).overlaps(span)).collect();
            prop_assert_eq!(answer.n_within(span), within.len());
            prop_assert_eq!(&answer.events_within(span, 3), &within[..within.len().min(3)]);

            let drawn = || walk.iter().filter_map(|e| store.drawn_span_of(*e));
            let next = drawn().filter(|d| d.last >= day).map(|d| d.first.max(day)).min();
            let previous = drawn().filter(|d| d.first <= day).map(|d| d.last.min(day)).max();
            prop_assert_eq!((answer.next_activity(day), answer.previous_activity(day)), (next, previous));
        }
    }

    #[test]
    fn play_can_skip_a_gap_that_an_open_end_covers() {
        let since_day_0 = TimeInterval {
            earliest_start: 0,
            latest_start: 0,
            earliest_end: DISTANT_FUTURE,
            latest_end: DISTANT_FUTURE,
        };
        let events = vec![event("a", Some(since_day_0), &[]), event("b", Some(days(100, 110)), &[])];
        let store = EventStore::build(&[Arc::new(Account { events, ..Account::default() })]);
        let answer = store.query(&crate::view::View::default());
        let next: Vec<_> = [-5, 0, 1, 105, 111].map(|day| answer.next_activity(day)).into();
        assert_eq!(next, [Some(0), Some(0), Some(100), Some(105), None]);
        assert_eq!(store.extent(), Some(DaySpan { first: 0, last: 110 }));
    }
}
