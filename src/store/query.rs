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
