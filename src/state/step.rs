//! Stepping from event to event in date order.

use super::{AppState, reveal};
use crate::store::{EventIx, drawn_span};
use crate::time::Day;
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

fn target(state: &AppState, direction: Direction) -> Option<EventIx> {
    let order = state.store.events_by_date();
    let is_visible = |e: &EventIx| {
        state.store.event(*e).is_some_and(|event| !state.view.hidden_sources.contains(&event.source))
    };
    let here = match state.view.selection {
        Some(Target::Event(event)) => order.iter().position(|e| *e == event),
        _ => None,
    };
    let before = |end: usize| order.get(..end)?.iter().rev().copied().find(is_visible);
    let after = |start: usize| order.get(start..)?.iter().copied().find(is_visible);
    match (direction, here) {
        (Direction::First, _) => after(0),
        (Direction::Last, _) => before(order.len()),
        (Direction::Next, Some(here)) => after(here + 1),
        (Direction::Previous, Some(here)) => before(here),
        (Direction::Next | Direction::Previous, None) => {
            let from = state.view.playhead.or(state.view.window.map(|w| w.first)).unwrap_or(Day::MIN);
            let split = order.partition_point(|e| first_day(state, *e).is_some_and(|day| day < from));
            if direction == Direction::Next { after(split) } else { before(split) }
        }
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
        crate::time::DaySpan { first: span.last - length, last: span.last }
    } else {
        crate::time::DaySpan { first: span.first, last: span.first + length }
    };
    state.view.window = Some(moved);
    state.view.playhead = Some(if direction == Direction::Previous { moved.last } else { moved.first });
    state.view.timeline = Some(state.view.request(TimelineWish::Reveal(moved)));
    state.view.selection = Some(Target::Event(event));
    reveal::on_map(state, Target::Event(event));
    reveal::in_text(state, Target::Event(event));
}
