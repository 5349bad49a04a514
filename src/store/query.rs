//! The query: from a view to what is in sight, by the indexes.
//!
//! What does not depend on the window is computed when sources are hidden or shown
//! ([`Visible`]) or when the map moves ([`Viewport`]) and kept from answer to answer, so that
//! dragging the window costs O(log n + events in the window).

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use super::answer::Answer;
use super::place_summary::PlaceSummaries;
use super::space_index::Viewport;
use super::visible::Visible;
use super::{EventStore, SourceIx};
use crate::geo::GeoBounds;
use crate::view::View;

/// What the last answer was made of.
#[derive(Debug, Default)]
pub(super) struct QueryCache {
    last: Mutex<Option<(Arc<Visible>, Arc<Viewport>)>>,
}

impl EventStore {
    /// Answers a view.
    pub fn query(&self, view: &View) -> Answer {
        let (visible, viewport) = self.unmoved(&view.hidden_sources, view.map_bounds);
        let time = visible.time();
        let mut answer = Answer {
            generation: self.generation(),
            undated: Arc::clone(visible.undated()),
            unplaced: Arc::clone(visible.unplaced()),
            window: view.window,
            columns: Arc::clone(&self.columns),
            ..Answer::default()
        };
        if let Some(window) = view.window {
            answer.in_window = time.collect_overlapping(window).into();
            answer.nearest_before = time.ending_before(window.first).next_back();
            answer.nearest_after = time.starting_after(window.last).first().copied();
            answer.places = PlaceSummaries::of_window(
                &visible,
                &self.columns,
                self.places.len(),
                window,
                &answer.in_window,
            );
        } else {
            answer.in_window = Arc::clone(time.events());
            answer.places = PlaceSummaries::of_all(&visible);
        }
        answer.visible = visible;
        answer.viewport = viewport;
        answer
    }

    /// The parts of an answer that a change of the window leaves as they are.
    fn unmoved(
        &self,
        hidden: &BTreeSet<SourceIx>,
        bounds: Option<GeoBounds>,
    ) -> (Arc<Visible>, Arc<Viewport>) {
        let mut last = self.cache.last.lock().unwrap_or_else(PoisonError::into_inner);
        let known = last.take();
        let (visible, viewport) = match known {
            Some((visible, viewport)) if visible.hidden() == hidden => {
                (visible, Some(viewport).filter(|viewport| viewport.bounds() == bounds))
            }
            _ if hidden.is_empty() => (Arc::clone(&self.all), None),
            _ => (Arc::new(self.all.without(hidden, &self.columns, &self.events_of_place)), None),
        };
        let viewport = viewport.unwrap_or_else(|| {
            Arc::new(Viewport::new(bounds, &self.space, &self.columns, &self.events_of_place, &visible))
        });
        *last = Some((Arc::clone(&visible), Arc::clone(&viewport)));
        (visible, viewport)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::store::fixtures::{any_accounts, any_view, days, event, place, point};
    use crate::store::oracle::{ScannedAnswer, full_scan};
    use crate::store::{Account, EventIx, PlaceIx, PlaceSummary};
    use crate::time::DaySpan;

    proptest! {
        /// Several views of one store, so that what is kept between answers is tried too.
        #[test]
        fn indexed_answers_are_scanned_answers(
            accounts in any_accounts(),
            views in prop::collection::vec(any_view(), 1..6),
        ) {
            let store = EventStore::build(&accounts);
            for view in views {
                let answer = store.query(&view);
                let expected = full_scan(&store, &view);
                prop_assert_eq!(ScannedAnswer::of(&answer, &store), expected.clone(), "{:?}", view);
                for summary in &expected.places {
                    prop_assert_eq!(answer.places.get(summary.place), Some(*summary));
                }
                prop_assert_eq!(answer.places.len(), expected.places.len());
            }
        }
    }

    #[test]
    fn every_way_of_counting_places_counts_the_same() {
        // One event a day at each of 100 places in turn; the last happens nowhere else.
        let places = (0..100).map(|n| place(&n.to_string(), &n.to_string(), Some(point(f64::from(n), 0.0))));
        let events = (0..1000).map(|n| event(&n.to_string(), Some(days(n, n)), &[n as usize % 100]));
        let account = Account { places: places.collect(), events: events.collect(), ..Account::default() };
        let store = EventStore::build(&[Arc::new(account)]);
        // A few, less than half, more than half, all of the events.
        for (first, last) in [(500, 502), (0, 300), (100, 950), (-5, 5000)] {
            let view = View { window: Some(DaySpan { first, last }), ..View::default() };
            let answer = store.query(&view);
            assert_eq!(ScannedAnswer::of(&answer, &store), full_scan(&store, &view));
        }
        assert_eq!(
            store.query(&View::default()).places.get(PlaceIx(7)),
            Some(PlaceSummary {
                place: PlaceIx(7),
                n_in_window: 10,
                n_visible: 10,
                span: Some(DaySpan { first: 7, last: 907 }),
            })
        );
    }

    #[test]
    fn a_moved_window_shares_what_it_does_not_touch() {
        let account = Account { events: vec![event("a", Some(days(1, 2)), &[])], ..Account::default() };
        let store = EventStore::build(&[Arc::new(account)]);
        let at = |day| View { window: Some(DaySpan::new(day, day)), ..View::default() };
        let (first, second) = (store.query(&at(1)), store.query(&at(9)));
        assert!(Arc::ptr_eq(&first.visible, &second.visible));
        assert!(Arc::ptr_eq(&first.viewport, &second.viewport));
        assert_eq!((first.nearest_before, second.nearest_before), (None, Some(EventIx(0))));
    }
}
