//! The time axis on the screen: a scale, where it stands, and how it moves.

use egui::{Rangef, Ui};

use crate::time::scale::TimeScale;
use crate::time::{Day, DaySpan};

/// A single day is fitted with the weeks around it: alone it would fill the screen with nothing.
const LEAST_FITTED_DAYS: i64 = 31;
/// How much longer than egui's own animations a jump of the visible range takes.
const GLIDE_FACTOR: f32 = 2.0;
/// Shapes farther out than this are cut: `f32` positions lose whole pixels there.
const FAR_PX: f64 = 60_000.0;

/// A scale laid over `x` positions of the screen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Axis {
    pub scale: TimeScale,
    pub x_range: Rangef,
}

impl Axis {
    pub fn width(&self) -> f32 {
        self.x_range.span()
    }

    /// Screen x of a moment in days; day `d` covers `d..d + 1`.
    pub fn x(&self, day: f64) -> f32 {
        let offset = self.scale.x_from_day(day).clamp(-FAR_PX, FAR_PX);
        self.x_range.min + offset as f32
    }

    /// Screen x of the two ends of a span, its last day included.
    pub fn x_of_span(&self, span: DaySpan) -> Rangef {
        Rangef::new(self.x(span.first as f64), self.x(span.last as f64 + 1.0))
    }

    pub fn day_at(&self, x: f32) -> f64 {
        self.scale.day_from_x(f64::from(x - self.x_range.min))
    }

    pub fn civil_day_at(&self, x: f32) -> Day {
        self.scale.civil_day_from_x(f64::from(x - self.x_range.min))
    }

    /// All days of which any part is in sight.
    pub fn visible(&self) -> DaySpan {
        self.scale.visible(f64::from(self.width()))
    }

    pub fn is_visible(&self, x: f32) -> bool {
        self.x_range.contains(x)
    }
}

/// The scale that fits a span to the screen, in its surroundings where it is short.
pub fn fitted(span: DaySpan, width: f32, margin: f32) -> TimeScale {
    let missing = (LEAST_FITTED_DAYS - span.n_days()).max(0) / 2;
    let shown =
        DaySpan { first: span.first.saturating_sub(missing), last: span.last.saturating_add(missing) };
    TimeScale::fit(shown, f64::from(width), f64::from(margin))
}

/// Keeps the axis within reach of the events: not smaller than a third of the screen for all of
/// them, never out of sight of them.
pub fn held(scale: TimeScale, extent: DaySpan, width: f32) -> TimeScale {
    let width = f64::from(width);
    let least = width / 3.0 / (extent.n_days() as f64).max(400.0);
    let scale = if scale.px_per_day < least {
        scale.zoomed(least / scale.px_per_day, width / 2.0, width)
    } else {
        scale
    };
    let shown_days = width / scale.px_per_day;
    let lowest = extent.first as f64 - shown_days * 0.9;
    let highest = extent.last as f64 + 1.0 - shown_days * 0.1;
    TimeScale { origin_day: scale.origin_day.clamp(lowest, highest.max(lowest)), ..scale }
}

/// A glide from one scale to another.
#[derive(Debug, Clone, Copy)]
pub struct Glide {
    from: TimeScale,
    to: TimeScale,
    seconds: f32,
}

impl Glide {
    pub fn new(from: TimeScale, to: TimeScale) -> Self {
        Self { from, to, seconds: 0.0 }
    }

    pub fn target(&self) -> TimeScale {
        self.to
    }

    /// Goes on for a frame: where the scale is then, and whether it has arrived.
    pub fn step(&mut self, ui: &Ui, width: f32) -> (TimeScale, bool) {
        let whole = ui.style().animation_time * GLIDE_FACTOR;
        self.seconds += ui.input(|i| i.stable_dt).min(0.05);
        if whole <= 0.0 || self.seconds >= whole {
            return (self.to, true);
        }
        let eased = 1.0 - (1.0 - f64::from(self.seconds / whole)).powi(3);
        (self.from.towards(self.to, eased, f64::from(width)), false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_day_is_fitted_with_its_weeks() {
        let scale = fitted(DaySpan { first: 5, last: 5 }, 1000.0, 50.0);
        assert!((scale.x_from_day(5.5) - 500.0).abs() < 0.01);
        assert!((scale.px_per_day - 900.0 / 31.0).abs() < 0.01);
    }

    #[test]
    fn the_axis_never_loses_its_events() {
        let extent = DaySpan { first: 0, last: 10_000 };
        let lost = TimeScale { origin_day: 1e9, px_per_day: 1.0 };
        let held_scale = held(lost, extent, 1000.0);
        assert!(held_scale.x_from_day(10_000.0) >= 0.0);
        let tiny = TimeScale { origin_day: 0.0, px_per_day: 1e-9 };
        assert!(held(tiny, extent, 1000.0).px_per_day * 10_000.0 > 300.0);
    }
}
