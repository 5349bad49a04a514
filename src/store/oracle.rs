//! The query without any index: the oracle of [`EventStore::query`] and the baseline of its bench.

use super::{Answer, EventIx, EventStore, PlaceIx, PlaceSummary, When, drawn_span};
use crate::time::Day;
use crate::view::View;

/// An [`Answer`] as plain lists.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ScannedAnswer {
    pub in_window: Vec<EventIx>,
    /// For each event of the store.
    pub is_in_window: Vec<bool>,
    /// For each event of the store.
    pub is_in_viewport: Vec<bool>,
    pub places: Vec<PlaceSummary>,
    pub undated: Vec<EventIx>,
    pub unplaced: Vec<EventIx>,
    pub nearest_before: Option<EventIx>,
    pub nearest_after: Option<EventIx>,
}

impl ScannedAnswer {
    /// An indexed answer written out, to be compared with a scanned one.
    pub fn of(answer: &Answer, store: &EventStore) -> Self {
        Self {
            in_window: answer.in_window.to_vec(),
            is_in_window: store.event_ids().map(|event| answer.is_in_window(event)).collect(),
            is_in_viewport: store.event_ids().map(|event| answer.is_in_viewport(event)).collect(),
            places: answer.places.iter().collect(),
            undated: answer.undated.to_vec(),
            unplaced: answer.unplaced.to_vec(),
            nearest_before: answer.nearest_before,
            nearest_after: answer.nearest_after,
        }
    }
}

/// Answers a view by looking at every event.
pub fn full_scan(store: &EventStore, view: &View) -> ScannedAnswer {
    let n = store.n_events();
    let mut answer = ScannedAnswer {
        is_in_window: vec![false; n],
        is_in_viewport: vec![false; n],
        ..ScannedAnswer::default()
    };
    let is_visible = |e: EventIx| store.event(e).is_some_and(|e| !view.hidden_sources.contains(&e.source));
    let mut before: Option<(Day, EventIx)> = None;
    for &event_ix in store.events_by_date() {
        let Some(extent) = store.event(event_ix).and_then(|e| e.when.as_ref()).map(When::reach) else {
            continue;
        };
        if !is_visible(event_ix) {
            continue;
        }
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
            let is_in = answer.is_in_window.get(event_ix.as_usize()) == Some(&true);
            summary.n_in_window += u32::from(is_in || view.window.is_none());
            let span = store.event(event_ix).and_then(|e| drawn_span(&e.when.as_ref()?.interval));
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
