//! The query: from a view to what is in sight.

use super::{EventIx, EventStore, PlaceIx};
use crate::time::DaySpan;
use crate::view::View;

/// What a view shows. Computed once per change, read by every panel.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// The store it was computed from.
    pub generation: u64,
    /// Visible events that overlap the window, in date order (undated ones are not here).
    pub in_window: Vec<EventIx>,
    /// For each event of the store: is it in `in_window`?
    pub is_in_window: Vec<bool>,
    /// For each event of the store: is one of its places within the map's viewport?
    pub is_in_viewport: Vec<bool>,
    /// Every place with at least one visible event, by index.
    pub places: Vec<PlaceSummary>,
    /// Visible events without a date.
    pub undated: Vec<EventIx>,
    /// Visible events without a place that can be drawn.
    pub unplaced: Vec<EventIx>,
    /// The last visible event that ends before the window.
    pub nearest_before: Option<EventIx>,
    /// The first visible event that starts after the window.
    pub nearest_after: Option<EventIx>,
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
        is_in_window: vec![false; n],
        is_in_viewport: vec![false; n],
        ..Answer::default()
    };
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
                answer.in_window.push(event_ix);
                if let Some(flag) = answer.is_in_window.get_mut(event_ix.as_usize()) {
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
            answer.undated.push(event_ix);
        }
        if boxes.is_empty() {
            answer.unplaced.push(event_ix);
        }
        if let Some(flag) = answer.is_in_viewport.get_mut(event_ix.as_usize()) {
            *flag = view.map_bounds.is_none_or(|view| boxes.iter().any(|b| b.intersects(view)));
        }
    }
    for number in 0..store.places().len() {
        let place = PlaceIx(super::ix(number));
        let mut summary = PlaceSummary { place, n_in_window: 0, n_visible: 0, span: None };
        for &event_ix in store.events_of_place(place).iter().filter(|e| is_visible(**e)) {
            summary.n_visible += 1;
            summary.n_in_window += u32::from(answer.is_in_window.get(event_ix.as_usize()) == Some(&true));
            let span = store.event(event_ix).and_then(|e| super::drawn_span(&e.when.as_ref()?.interval));
            summary.span = match (summary.span, span) {
                (Some(a), Some(b)) => Some(a.union(b)),
                (a, b) => a.or(b),
            };
        }
        if summary.n_visible > 0 {
            answer.places.push(summary);
        }
    }
    answer
}
