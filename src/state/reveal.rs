//! Bringing a target into sight in the panels it was not pointed at in.

use super::AppState;
use crate::annotation::MentionKind;
use crate::document::Span;
use crate::geo::GeoBounds;
use crate::store::{DocumentIx, EventIx, EventStore, PassageIx, drawn_span};
use crate::time::DaySpan;
use crate::view::{CameraWish, ReaderWish, Target, TimelineWish};

/// What is meant by pointing at something: a toponym means its place, all else itself.
pub(super) fn meant(store: &EventStore, target: Target) -> Target {
    let Target::Mention(mention) = target else { return target };
    match store.mention(mention).map(|m| &m.kind) {
        Some(MentionKind::Toponym { place: Some(place), .. }) => Target::Place(*place),
        _ => target,
    }
}

/// The box around a target's places.
pub(super) fn bounds_of(store: &EventStore, target: Target) -> Option<GeoBounds> {
    match meant(store, target) {
        Target::Place(place) => store.place(place)?.bounds(),
        Target::Event(event) => {
            let places = &store.event(event)?.places;
            places.iter().filter_map(|p| store.place(p.place)?.bounds()).reduce(GeoBounds::union)
        }
        Target::Mention(_) => None,
    }
}

/// The time a target covers.
fn span_of(store: &EventStore, target: Target) -> Option<DaySpan> {
    let of_event = |e: EventIx| drawn_span(&store.event(e)?.when.as_ref()?.interval);
    match meant(store, target) {
        Target::Event(event) => of_event(event),
        Target::Place(place) => {
            store.events_of_place(place).iter().filter_map(|e| of_event(*e)).reduce(DaySpan::union)
        }
        Target::Mention(mention) => match &store.mention(mention)?.kind {
            MentionKind::Time { edtf, .. } => drawn_span(&edtf.as_ref()?.interval()),
            MentionKind::Toponym { .. } => None,
        },
    }
}

pub(super) fn span_of_selection(state: &AppState) -> Option<DaySpan> {
    span_of(&state.store, state.view.selection?)
}

/// The time that is selected when a date in the text is: the playhead goes there.
pub(super) fn date_meant(state: &AppState) -> Option<DaySpan> {
    span_of_selection(state).filter(|_| matches!(state.view.selection, Some(Target::Mention(_))))
}

pub(super) fn on_map(state: &mut AppState, target: Target) {
    if let Some(bounds) = bounds_of(&state.store, target) {
        state.view.camera = Some(state.view.request(CameraWish::Reveal(bounds)));
    }
}

/// Events and dates are brought into sight; the many events of a place would only blur the axis.
pub(super) fn on_timeline(state: &mut AppState, target: Target) {
    if matches!(target, Target::Place(_)) {
        return;
    }
    if let Some(span) = span_of(&state.store, target) {
        state.view.timeline = Some(state.view.request(TimelineWish::Reveal(span)));
    }
}

/// Scrolls the page to where a target is first told of: within the window if it is told of there.
pub(super) fn in_text(state: &mut AppState, target: Target) {
    if let Some((document, span)) = first_in_text(state, target) {
        state.view.document = Some(document);
        state.view.reader = Some(state.view.request(ReaderWish::ScrollTo(document, span)));
    }
}

fn first_in_text(state: &mut AppState, target: Target) -> Option<(DocumentIx, Span)> {
    let answer = state.answer();
    let store = &state.store;
    let spot = |p: &PassageIx| store.passage(*p).and_then(|p| Some((p.document, p.span?)));
    let of_event = |e: EventIx| store.event(e).and_then(|e| e.passages.iter().find_map(spot));
    match meant(store, target) {
        Target::Event(event) => of_event(event),
        Target::Place(place) => {
            let events = store.events_of_place(place);
            let in_window = events.iter().filter(|e| answer.is_in_window(**e));
            in_window.chain(events).find_map(|e| of_event(*e)).or_else(|| first_mention(store, place))
        }
        Target::Mention(mention) => store.mention(mention).and_then(|m| Some((m.document, m.span?))),
    }
}

fn first_mention(store: &EventStore, place: crate::store::PlaceIx) -> Option<(DocumentIx, Span)> {
    (0..store.documents().len()).filter_map(|d| u32::try_from(d).ok()).map(DocumentIx).find_map(|document| {
        store.mentions_of_document(document).iter().find_map(|m| {
            let mention = store.mention(*m)?;
            let is_it = matches!(mention.kind, MentionKind::Toponym { place: Some(p), .. } if p == place);
            is_it.then_some((document, mention.span?))
        })
    })
}
