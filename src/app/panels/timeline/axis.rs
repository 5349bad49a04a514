//! The time axis on the screen: a scale, where it stands, and how it moves.

use egui::Rangef;

use crate::time::scale::TimeScale;
use crate::time::{Day, DaySpan};

/// More than this many pixels a day shows nothing new.
const MAX_PX_PER_DAY: f64 = 160.0;
/// Seconds that a jump of the visible range takes.
const GLIDE_SECONDS: f32 = 0.22;
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
        self.day_at(x).floor() as Day
    }

    /// All days of which any part is in sight.
    pub fn visible(&self) -> DaySpan {
        DaySpan { first: self.civil_day_at(self.x_range.min), last: self.civil_day_at(self.x_range.max) }
    }

    pub fn is_visible(&self, x: f32) -> bool {
        self.x_range.contains(x)
    }
}

/// The scale that shows `span` in `width` pixels with `margin` pixels left free at both ends.
pub fn fitted(span: DaySpan, width: f32, margin: f32) -> TimeScale {
    let inner = f64::from((width - 2.0 * margin).max(40.0));
    let px_per_day = (inner / span.n_days() as f64).min(MAX_PX_PER_DAY / 4.0);
    let middle = span.first as f64 + span.n_days() as f64 / 2.0;
    TimeScale { origin_day: middle - f64::from(width) / 2.0 / px_per_day, px_per_day }
}

/// As [`fitted`], but however wide a day becomes: for the strip that shows all there is.
pub fn fitted_loosely(span: DaySpan, width: f32, margin: f32) -> TimeScale {
    let px_per_day = f64::from((width - 2.0 * margin).max(40.0)) / span.n_days() as f64;
    TimeScale { origin_day: span.first as f64 - f64::from(margin) / px_per_day, px_per_day }
}

/// Zooms by a factor about the day that is `x` pixels from the left end of the axis.
pub fn zoomed(scale: TimeScale, factor: f64, x: f64) -> TimeScale {
    let px_per_day = (scale.px_per_day * factor).min(MAX_PX_PER_DAY);
    TimeScale { origin_day: scale.day_from_x(x) - x / px_per_day, px_per_day }
}

/// Moves what is shown by `dx` pixels to the right.
pub fn panned(scale: TimeScale, dx: f64) -> TimeScale {
    TimeScale { origin_day: scale.origin_day - dx / scale.px_per_day, ..scale }
}

/// Keeps the axis within reach of the events: not smaller than a third of the screen for all of
/// them, never out of sight of them.
pub fn held(scale: TimeScale, extent: DaySpan, width: f32) -> TimeScale {
    let width = f64::from(width);
    let least = width / 3.0 / (extent.n_days() as f64).max(400.0);
    let scale =
        if scale.px_per_day < least { zoomed(scale, least / scale.px_per_day, width / 2.0) } else { scale };
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

    /// Goes on for `dt` seconds: where the scale is then, and whether it has arrived.
    pub fn step(&mut self, dt: f32, width: f32) -> (TimeScale, bool) {
        self.seconds += dt;
        let t = (self.seconds / GLIDE_SECONDS).min(1.0);
        if t >= 1.0 {
            return (self.to, true);
        }
        let eased = f64::from(1.0 - (1.0 - t).powi(3));
        // Scale and middle are interpolated apart so that the glide never swings out to a side.
        let px_per_day = self.from.px_per_day * (self.to.px_per_day / self.from.px_per_day).powf(eased);
        let half = f64::from(width) / 2.0;
        let (from, to) = (self.from.day_from_x(half), self.to.day_from_x(half));
        // The middle moves with the share of the zoom that is done, measured on the screen.
        let share = if (self.to.px_per_day / self.from.px_per_day - 1.0).abs() < 1e-6 {
            eased
        } else {
            (1.0 / self.from.px_per_day - 1.0 / px_per_day)
                / (1.0 / self.from.px_per_day - 1.0 / self.to.px_per_day)
        };
        let middle = from + (to - from) * share;
        (TimeScale { origin_day: middle - half / px_per_day, px_per_day }, false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fitting_puts_the_span_between_the_margins() {
        for (first, last) in [(0, 999), (-4_000_000, 20_000), (18_000, 18_000 + 365)] {
            let scale = fitted(DaySpan { first, last }, 1000.0, 50.0);
            assert!((scale.x_from_day(first as f64) - 50.0).abs() < 0.01);
            assert!((scale.x_from_day(last as f64 + 1.0) - 950.0).abs() < 0.01);
        }
        let one_day = fitted(DaySpan { first: 5, last: 5 }, 1000.0, 50.0);
        assert!((one_day.x_from_day(5.5) - 500.0).abs() < 0.01, "a single day stands in the middle");
    }

    #[test]
    fn zooming_keeps_the_day_under_the_pointer() {
        let scale = TimeScale { origin_day: 19_000.0, px_per_day: 2.0 };
        for factor in [0.01, 0.5, 1.7, 1e6] {
            let after = zoomed(scale, factor, 333.0);
            assert!((after.day_from_x(333.0) - scale.day_from_x(333.0)).abs() < 1e-6);
            assert!(after.px_per_day <= MAX_PX_PER_DAY);
        }
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

    #[test]
    fn a_glide_arrives_and_stays_between_its_ends() {
        let from = fitted(DaySpan { first: 0, last: 10_000 }, 1000.0, 0.0);
        let to = fitted(DaySpan { first: 9_000, last: 9_100 }, 1000.0, 0.0);
        let mut glide = Glide::new(from, to);
        let mut last = from.px_per_day;
        loop {
            let (scale, arrived) = glide.step(0.05, 1000.0);
            assert!(scale.px_per_day >= last && scale.px_per_day <= to.px_per_day * 1.0001);
            last = scale.px_per_day;
            if arrived {
                assert_eq!(scale, to);
                break;
            }
        }
    }
}
