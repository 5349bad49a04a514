//! The time window and the playhead on the ruler: what a drag makes of them. Pure.

use crate::time::ticks::TickLevel;
use crate::time::{Day, DaySpan};

/// The part of the window (or the playhead) that is being dragged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grip {
    Start,
    End,
    Middle,
    /// A new window from where the drag began.
    New,
    Playhead,
}

/// A drag that has begun and not ended. Esc brings back `window` and `playhead`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BrushDrag {
    pub grip: Grip,
    /// Where the drag began.
    pub from_day: f64,
    /// What there was before it began.
    pub window: Option<DaySpan>,
    pub playhead: Option<Day>,
}

/// Handles move by the smallest unit that a hand can aim at.
pub fn snap_unit(px_per_day: f64) -> TickLevel {
    TickLevel::at_least(3.0, px_per_day)
}

impl BrushDrag {
    /// The window when the pointer is at `day`; `whole` stands in for "no window".
    pub fn window_at(&self, day: f64, unit: TickLevel, whole: DaySpan) -> DaySpan {
        let before = self.window.unwrap_or(whole);
        let cell = |day: f64| unit.unit_around(day.floor() as Day);
        match self.grip {
            Grip::Start => {
                let first = nearest_edge(day, unit);
                DaySpan { first: first.min(before.last), last: before.last }
            }
            Grip::End => {
                let last = nearest_edge(day, unit) - 1;
                DaySpan { first: before.first, last: last.max(before.first) }
            }
            Grip::Middle => {
                let moved = before.first as f64 + (day - self.from_day);
                let first = nearest_edge(moved, unit);
                DaySpan { first, last: first.saturating_add(before.n_days() - 1) }
            }
            Grip::New => cell(self.from_day).union(cell(day)),
            Grip::Playhead => before,
        }
    }
}

/// The unit boundary that lies nearest to a moment.
fn nearest_edge(day: f64, unit: TickLevel) -> Day {
    let cell = unit.unit_around(day.floor() as Day);
    let is_first_half = day - (cell.first as f64) < cell.n_days() as f64 / 2.0;
    if is_first_half { cell.first } else { cell.last + 1 }
}

/// The window after an arrow key on one of its handles; never shorter than a day.
pub fn stepped(window: DaySpan, grip: Grip, n_steps: i64, unit: TickLevel) -> DaySpan {
    let step = |edge: Day| {
        let mut edge = edge;
        for _ in 0..n_steps.unsigned_abs() {
            edge =
                if n_steps > 0 { unit.unit_around(edge).last + 1 } else { unit.unit_around(edge - 1).first };
        }
        edge
    };
    match grip {
        Grip::Start => DaySpan { first: step(window.first).min(window.last), ..window },
        Grip::End => DaySpan { last: (step(window.last + 1) - 1).max(window.first), ..window },
        Grip::Middle | Grip::New | Grip::Playhead => window,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drag(grip: Grip, from_day: f64, window: Option<(Day, Day)>) -> BrushDrag {
        BrushDrag { grip, from_day, window: window.map(|w| DaySpan::new(w.0, w.1)), playhead: None }
    }

    #[test]
    fn drags_make_windows() {
        let whole = DaySpan { first: 0, last: 999 };
        for (grip, from, window, to, expected) in [
            (Grip::Start, 10.0, Some((10, 20)), 14.2, (14, 20)),
            (Grip::Start, 10.0, Some((10, 20)), 14.8, (15, 20)),
            (Grip::Start, 10.0, Some((10, 20)), 99.0, (20, 20)),
            (Grip::End, 21.0, Some((10, 20)), 30.1, (10, 29)),
            (Grip::End, 21.0, Some((10, 20)), -5.0, (10, 10)),
            (Grip::End, 1000.0, None, 500.0, (0, 499)),
            (Grip::Middle, 12.0, Some((10, 20)), 15.0, (13, 23)),
            (Grip::New, 40.5, Some((10, 20)), 44.1, (40, 44)),
            (Grip::New, 40.5, None, 38.9, (38, 40)),
        ] {
            let expected = DaySpan::new(expected.0, expected.1);
            assert_eq!(
                drag(grip, from, window).window_at(to, TickLevel::Day, whole),
                expected,
                "{grip:?} to {to}"
            );
        }
    }

    #[test]
    fn far_out_a_drag_makes_whole_months() {
        let whole = DaySpan { first: 0, last: 999 };
        let made = drag(Grip::New, 3.0, None).window_at(40.0, TickLevel::Month, whole);
        assert_eq!(made, DaySpan { first: 0, last: 58 }, "January and February 1970");
    }

    #[test]
    fn arrow_keys_move_an_end_and_keep_a_day() {
        let window = DaySpan { first: 10, last: 12 };
        for (grip, steps, expected) in [
            (Grip::Start, -1, (9, 12)),
            (Grip::Start, 9, (12, 12)),
            (Grip::End, 2, (10, 14)),
            (Grip::End, -9, (10, 10)),
        ] {
            let expected = DaySpan::new(expected.0, expected.1);
            assert_eq!(stepped(window, grip, steps, TickLevel::Day), expected);
        }
        assert_eq!(stepped(window, Grip::End, 1, TickLevel::Month), DaySpan { first: 10, last: 30 });
    }
}
