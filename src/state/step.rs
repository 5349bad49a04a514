//! Stepping from event to event in date order.

use super::{AppState, reveal};
use crate::store::{EventIx, drawn_span};
use crate::time::{Day, DaySpan};
use crate::view::{Target, TimelineWish};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    First,
    Previous,
    Next,
    Last,
}

/// Selects the event before or after the one that is selected, or else the nearest to the playhead.
pub(super) fn by(state: &mut AppState, direction: Direction) {
    let Some(event) = target(state, direction) else { return };
    let target = Target::Event(event);
    state.view.selection = Some(target);
    state.view.playhead = first_day(state, event).or(state.view.playhead);
    state.view.tray = crate::view::Tray::Passages;
    reveal::on_map(state, target);
    reveal::on_timeline(state, target);
    reveal::in_text(state, target);
}

fn target(state: &mut AppState, direction: Direction) -> Option<EventIx> {
    let answer = state.answer();
    let here = match state.view.selection {
        Some(Target::Event(event)) if state.store.event(event).is_some_and(|e| e.when.is_some()) => {
            Some(event)
        }
        _ => None,
    };
    // With nothing selected, stepping goes on from the playhead or the window.
    let from = state.view.playhead.or(state.view.window.map(|w| w.first));
    match (direction, here, from) {
        (Direction::First, _, _) | (Direction::Next, None, None) => answer.first_event(),
        (Direction::Last, _, _) | (Direction::Previous, None, None) => answer.last_event(),
        (Direction::Next, Some(here), _) => answer.next_event(here),
        (Direction::Previous, Some(here), _) => answer.previous_event(here),
        (Direction::Next, None, Some(day)) => answer.next_event_after(day.saturating_sub(1)),
        (Direction::Previous, None, Some(day)) => answer.previous_event_before(day),
    }
}

fn first_day(state: &AppState, event: EventIx) -> Option<Day> {
    Some(drawn_span(&state.store.event(event)?.when.as_ref()?.interval)?.first)
}

/// Moves an empty window, length kept, to the nearest event on one side.
pub(super) fn window_to_nearest(state: &mut AppState, direction: Direction) {
    let answer = state.answer();
    let nearest = if direction == Direction::Previous { answer.nearest_before } else { answer.nearest_after };
    let Some((event, window)) = nearest.zip(state.view.window) else { return };
    let Some(span) =
        state.store.event(event).and_then(|e| e.when.as_ref()).and_then(|w| drawn_span(&w.interval))
    else {
        return;
    };
    let length = window.n_days() - 1;
    let moved = if direction == Direction::Previous {
        DaySpan { first: span.last - length, last: span.last }
    } else {
        DaySpan { first: span.first, last: span.first + length }
    };
    state.view.window = Some(moved);
    state.view.playhead = Some(if direction == Direction::Previous { moved.last } else { moved.first });
    state.view.timeline = Some(state.view.request(TimelineWish::Reveal(moved)));
    state.view.selection = Some(Target::Event(event));
    reveal::on_map(state, Target::Event(event));
    reveal::in_text(state, Target::Event(event));
}
