//! Playback: the window travels along the axis, or grows in cumulative mode.

use super::AppState;
use crate::store::drawn_span;
use crate::time::{Day, DaySpan};
use crate::view::TimelineWish;

/// The part of the whole span that a travelling window covers when none was set.
const DEFAULT_WINDOW_FRACTION: f64 = 1.0 / 24.0;

pub(super) fn toggle(state: &mut AppState) {
    if state.view.play.playing {
        state.view.play.playing = false;
        return;
    }
    let Some(extent) = state.store.extent() else { return };
    let is_at_end = state.view.window.is_none_or(|w| w.last >= extent.last);
    if is_at_end {
        state.view.window = Some(opening_window(state, extent));
    }
    state.play_carry = 0.0;
    state.view.playhead = state.view.window.map(|w| w.last);
    state.view.play.playing = true;
}

/// Where play begins when nothing says otherwise: at the first event.
fn opening_window(state: &AppState, extent: DaySpan) -> DaySpan {
    let default_length = (extent.n_days() as f64 * DEFAULT_WINDOW_FRACTION) as Day;
    let length = match state.view.window {
        Some(window) if window.n_days() < extent.n_days() / 2 => window.n_days(),
        _ => default_length.max(1),
    };
    let last = if state.view.play.cumulative { extent.first } else { extent.first + length - 1 };
    DaySpan { first: extent.first, last }
}

/// Moves on by the days that pass in some seconds; stops at the end of the last event.
pub(super) fn tick(state: &mut AppState, seconds: f64) {
    let Some((window, extent)) = state.view.window.zip(state.store.extent()) else { return };
    if !state.view.play.playing {
        return;
    }
    let days = state.play_carry + seconds.clamp(0.0, 1.0) * state.view.play.days_per_second;
    let mut whole = days.floor() as Day;
    state.play_carry = days - days.floor();
    if state.view.play.skip_gaps
        && let Some(next) = next_activity_after(state, window.last)
        && !is_busy(state, window)
    {
        whole = whole.max(next - window.last);
    }
    if whole <= 0 {
        return;
    }
    let last = window.last.saturating_add(whole).min(extent.last);
    let moved = last - window.last;
    let first = if state.view.play.cumulative { window.first } else { window.first + moved };
    let window = DaySpan { first, last };
    state.view.window = Some(window);
    state.view.playhead = Some(last);
    state.view.timeline = Some(state.view.request(TimelineWish::Reveal(DaySpan { first: last, last })));
    if last >= extent.last {
        state.view.play.playing = false;
    }
}

/// Is anything going on at the leading edge of the window, or still to be seen within it?
fn is_busy(state: &mut AppState, window: DaySpan) -> bool {
    let edge =
        if state.view.play.cumulative { DaySpan { first: window.last, last: window.last } } else { window };
    !state.answer().events_within(edge, 1).is_empty()
}

fn next_activity_after(state: &mut AppState, day: Day) -> Option<Day> {
    state.answer().next_activity(day.saturating_add(1))
}

pub(super) fn set_cumulative(state: &mut AppState, on: bool) {
    state.view.play.cumulative = on;
    if let Some((window, extent)) = state.view.window.zip(state.store.extent())
        && on
    {
        state.view.window = Some(DaySpan { first: extent.first.min(window.first), last: window.last });
    }
}

/// Moves the window by its own length times a factor, and at least by a day.
pub(super) fn shift_window(state: &mut AppState, lengths: f64) {
    let Some(window) = state.view.window.or_else(|| window_of_all(state)) else { return };
    let days = (window.n_days() as f64 * lengths).round() as Day;
    let days = if days == 0 { lengths.signum() as Day } else { days };
    let moved = DaySpan { first: window.first.saturating_add(days), last: window.last.saturating_add(days) };
    state.view.window = Some(moved);
    state.view.playhead = Some(moved.last);
    state.view.timeline = Some(state.view.request(TimelineWish::Reveal(moved)));
}

/// With no window set there is nothing to move: one is opened at the selection or at the start.
fn window_of_all(state: &AppState) -> Option<DaySpan> {
    let extent = state.store.extent()?;
    let selected = match state.view.selection {
        Some(crate::view::Target::Event(event)) => state.store.event(event),
        _ => None,
    };
    selected
        .and_then(|e| drawn_span(&e.when.as_ref()?.interval))
        .or_else(|| Some(opening_window(state, extent)))
}
