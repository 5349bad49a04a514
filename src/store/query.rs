//! The query: from a view to what is in sight.

use std::sync::Arc;

use super::{EventIx, EventStore, PlaceIx};
use crate::time::DaySpan;
use crate::view::View;

/// What a view shows. Computed once per change, read by every panel.
#[derive(Debug, Clone, Default, PartialEq)]
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
    window_flags: Vec<bool>,
    viewport_flags: Vec<bool>,
}

impl Answer {
    /// Is the event one of [`Answer::in_window`]? O(1).
    pub fn is_in_window(&self, event: EventIx) -> bool {
        self.window_flags.get(event.as_usize()) == Some(&true)
    }

    /// Is the event visible and one of its places within the map's viewport? O(1).
    pub fn is_in_viewport(&self, event: EventIx) -> bool {
        self.viewport_flags.get(event.as_usize()) == Some(&true)
    }
}

/// The places of an [`Answer`], by index. Iterate by value: `for summary in &answer.places`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PlaceSummaries(Vec<PlaceSummary>);

impl PlaceSummaries {
    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> PlaceIter<'_> {
        self.0.iter().copied()
    }

    /// The summary of one place; `None` if no visible event happens there. O(log n).
    pub fn get(&self, place: PlaceIx) -> Option<PlaceSummary> {
        let at = self.0.binary_search_by_key(&place, |s| s.place).ok()?;
        self.0.get(at).copied()
    }
}

/// Iterates over [`PlaceSummaries`].
pub type PlaceIter<'a> = std::iter::Copied<std::slice::Iter<'a, PlaceSummary>>;

impl<'a> IntoIterator for &'a PlaceSummaries {
    type Item = PlaceSummary;
    type IntoIter = PlaceIter<'a>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// A place in an [`Answer`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlaceSummary {
    pub place: PlaceIx,
    pub n_in_window: u32,
    pub n_visible: u32,
    /// From the first to the last visible dated event there.
    pub span: Option<DaySpan>,
}

impl EventStore {
    /// Answers a view.
    pub fn query(&self, view: &View) -> Answer {
        super::query::full_scan(self, view)
    }
}

/// The query without any index: the oracle of [`EventStore::query`] and the baseline of its bench.
pub fn full_scan(store: &EventStore, view: &View) -> Answer {
    let n = store.n_events();
    let mut answer = Answer {
        generation: store.generation(),
        window_flags: vec![false; n],
        viewport_flags: vec![false; n],
        ..Answer::default()
    };
    let (mut in_window, mut undated, mut unplaced, mut places) = (vec![], vec![], vec![], vec![]);
    let is_visible = |e: EventIx| store.event(e).is_some_and(|e| !view.hidden_sources.contains(&e.source));
    let mut before: Option<(crate::time::Day, EventIx)> = None;
    for &event_ix in store.events_by_date() {
        let Some(interval) = store.event(event_ix).and_then(|e| e.when.as_ref()).map(|w| w.interval) else {
            continue;
        };
        if !is_visible(event_ix) {
            continue;
        }
        let extent = interval.extent();
        match view.window {
            Some(window) if extent.last < window.first => {
                if before.is_none_or(|(last, _)| extent.last >= last) {
                    before = Some((extent.last, event_ix));
                }
            }
            Some(window) if extent.first > window.last => {
                answer.nearest_after.get_or_insert(event_ix);
            }
            _ => {
                in_window.push(event_ix);
                if let Some(flag) = answer.window_flags.get_mut(event_ix.as_usize()) {
                    *flag = true;
                }
            }
        }
    }
    answer.nearest_before = before.map(|(_, event)| event);
    for event_ix in store.event_ids().filter(|e| is_visible(*e)) {
        let Some(event) = store.event(event_ix) else { continue };
        let boxes: Vec<_> = event.places.iter().filter_map(|p| store.place(p.place)?.bounds()).collect();
        if event.when.is_none() {
            undated.push(event_ix);
        }
        if boxes.is_empty() {
            unplaced.push(event_ix);
        }
        if let Some(flag) = answer.viewport_flags.get_mut(event_ix.as_usize()) {
            *flag = view.map_bounds.is_none_or(|view| boxes.iter().any(|b| b.intersects(view)));
        }
    }
    for number in 0..store.places().len() {
        let place = PlaceIx(super::ix(number));
        let mut summary = PlaceSummary { place, n_in_window: 0, n_visible: 0, span: None };
        for &event_ix in store.events_of_place(place).iter().filter(|e| is_visible(**e)) {
            summary.n_visible += 1;
            summary.n_in_window += u32::from(answer.is_in_window(event_ix));
            let span = store.event(event_ix).and_then(|e| super::drawn_span(&e.when.as_ref()?.interval));
            summary.span = match (summary.span, span) {
                (Some(a), Some(b)) => Some(a.union(b)),
                (a, b) => a.or(b),
            };
        }
        if summary.n_visible > 0 {
            places.push(summary);
        }
    }
    answer.in_window = in_window.into();
    answer.undated = undated.into();
    answer.unplaced = unplaced.into();
    answer.places = PlaceSummaries(places);
    answer
}
