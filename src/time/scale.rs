//! The time axis: days ↔ x in pixels, pan, zoom, fit. For its ticks see `ticks`.

use super::{DISTANT_FUTURE, DISTANT_PAST, Day, DaySpan};

/// Closest zoom: a day is this many pixels wide.
pub const MAX_PX_PER_DAY: f64 = 200.0;
/// Farthest zoom: this many days are visible at once (20 thousand million years: any date that
/// anything can have fits, and fractional days are still exact in an `f64`).
pub const MAX_VISIBLE_DAYS: f64 = 20e9 * DAYS_PER_YEAR;
/// Positions farther out than this are cut, so that open ends survive the way to `f32`.
const OFF_SCREEN_PX: f64 = 100_000.0;

/// Mean length of a year of the Gregorian calendar.
pub(crate) const DAYS_PER_YEAR: f64 = 365.2425;

/// Maps time to x. Days are fractional here: day `d` covers `d..d + 1`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TimeScale {
    /// The day at `x = 0`.
    pub origin_day: f64,
    /// Pixels per day; positive.
    pub px_per_day: f64,
}

impl TimeScale {
    /// The scale that shows `span` in `width_px`, with `margin_px` left free at either side.
    ///
    /// Open ends cannot be shown: a span with one open end shows ten years from the other; one
    /// with two shows the years 1900–2100.
    pub fn fit(span: DaySpan, width_px: f64, margin_px: f64) -> Self {
        const TEN_YEARS: Day = 3653;
        let (first, last) = match (span.first <= DISTANT_PAST, span.last >= DISTANT_FUTURE) {
            (false, false) => (span.first, span.last),
            (false, true) => (span.first, span.first.saturating_add(TEN_YEARS)),
            (true, false) => (span.last.saturating_sub(TEN_YEARS), span.last),
            (true, true) => (DaySpan::year(1900).first, DaySpan::year(2100).last),
        };
        let n_days = (last as f64 - first as f64 + 1.0).max(1.0);
        let middle = first as f64 + n_days / 2.0;
        let inner_px = (width_px - 2.0 * margin_px).max(width_px / 4.0).max(1.0);
        let px_per_day = allowed_px_per_day(inner_px / n_days, width_px);
        Self { origin_day: middle - width_px / 2.0 / px_per_day, px_per_day }
    }

    pub fn x_from_day(&self, day: f64) -> f64 {
        (day - self.origin_day) * self.px_per_day
    }

    pub fn day_from_x(&self, x: f64) -> f64 {
        self.origin_day + x / self.px_per_day
    }

    /// The civil day under `x`.
    pub fn civil_day_from_x(&self, x: f64) -> Day {
        (self.day_from_x(x).floor() as Day).clamp(DISTANT_PAST, DISTANT_FUTURE)
    }

    /// Left and right edge of a span of days, in pixels; what lies far outside is cut.
    pub fn x_range(&self, span: DaySpan) -> (f64, f64) {
        let cut = |x: f64| x.clamp(-OFF_SCREEN_PX, OFF_SCREEN_PX);
        (cut(self.x_from_day(span.first as f64)), cut(self.x_from_day(span.last as f64 + 1.0)))
    }

    /// The civil days of which at least a part is visible in `width_px`.
    pub fn visible(&self, width_px: f64) -> DaySpan {
        let last = (self.day_from_x(width_px).ceil() as Day).saturating_sub(1);
        DaySpan::new(self.civil_day_from_x(0.0), last.clamp(DISTANT_PAST, DISTANT_FUTURE))
    }

    /// Moved with the pointer: what was at `x` is then at `x + dx_px`.
    #[must_use]
    pub fn panned(self, dx_px: f64) -> Self {
        Self { origin_day: self.origin_day - dx_px / self.px_per_day, ..self }
    }

    /// Zoomed by `factor` (above 1: closer) about `x`, which keeps its day; as far as
    /// [`MAX_PX_PER_DAY`] and [`MAX_VISIBLE_DAYS`] allow.
    #[must_use]
    pub fn zoomed(self, factor: f64, x: f64, width_px: f64) -> Self {
        let px_per_day = allowed_px_per_day(self.px_per_day * factor, width_px);
        Self { origin_day: self.day_from_x(x) - x / px_per_day, px_per_day }
    }

    /// The same zoom with `day` in the middle.
    #[must_use]
    pub fn centred_on(self, day: f64, width_px: f64) -> Self {
        Self { origin_day: day - width_px / 2.0 / self.px_per_day, ..self }
    }

    /// Moved no farther than needed to have `span` visible, `margin_px` from the edges; zoomed out
    /// only where it would not fit.
    #[must_use]
    pub fn revealing(self, span: DaySpan, width_px: f64, margin_px: f64) -> Self {
        let (left, right) = self.x_range(span);
        if right - left > width_px - 2.0 * margin_px {
            return Self::fit(span, width_px, margin_px);
        }
        if left < margin_px {
            self.panned(margin_px - left)
        } else if right > width_px - margin_px {
            self.panned(width_px - margin_px - right)
        } else {
            self
        }
    }

    /// A step of an animation towards `target`: 0 is here, 1 is there. The zoom changes by equal
    /// factors in equal steps, the middle of the view on the line that keeps the motion even.
    #[must_use]
    pub fn towards(self, target: Self, step: f64, width_px: f64) -> Self {
        let step = step.clamp(0.0, 1.0);
        if step >= 1.0 {
            return target;
        }
        let px_per_day = self.px_per_day.powf(1.0 - step) * target.px_per_day.powf(step);
        let (here, there) = (self.day_from_x(width_px / 2.0), target.day_from_x(width_px / 2.0));
        // In screen terms the way is even when the middle moves with the visible width.
        let (from, to) = (1.0 / self.px_per_day, 1.0 / target.px_per_day);
        let share = if (to - from).abs() > f64::EPSILON * from.max(to) {
            (1.0 / px_per_day - from) / (to - from)
        } else {
            step
        };
        let middle = here + (there - here) * share;
        Self { origin_day: middle - width_px / 2.0 / px_per_day, px_per_day }
    }
}

/// The nearest zoom that is allowed.
fn allowed_px_per_day(px_per_day: f64, width_px: f64) -> f64 {
    let least = width_px.max(1.0) / MAX_VISIBLE_DAYS;
    if px_per_day.is_nan() { least } else { px_per_day.clamp(least, MAX_PX_PER_DAY) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const WIDTH_PX: f64 = 1000.0;

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() <= 1e-6 * (1.0 + a.abs().max(b.abs()))
    }

    #[test]
    fn a_fitted_span_lies_between_the_margins() {
        for (span, margin_px) in [
            (DaySpan::year(2023), 50.0),
            (DaySpan::month(2023, 9), 0.0),
            (DaySpan { first: DaySpan::year(-4000).first, last: DaySpan::year(2023).last }, 20.0),
            (DaySpan { first: DaySpan::year(-170_000_000).first, last: 0 }, 20.0),
        ] {
            let scale = TimeScale::fit(span, WIDTH_PX, margin_px);
            let (left, right) = scale.x_range(span);
            assert!(near(left, margin_px), "{span:?}: {left}");
            assert!(near(right, WIDTH_PX - margin_px), "{span:?}: {right}");
        }
    }

    #[test]
    fn a_single_day_is_no_wider_than_the_closest_zoom() {
        let scale = TimeScale::fit(DaySpan::day(19_600), WIDTH_PX, 10.0);
        assert!(near(scale.px_per_day, MAX_PX_PER_DAY));
        assert!(near(scale.x_from_day(19_600.5), WIDTH_PX / 2.0));
    }

    #[test]
    fn open_ends_are_shown_from_their_known_end() {
        let from_2020 = DaySpan { first: DaySpan::year(2020).first, last: DISTANT_FUTURE };
        let scale = TimeScale::fit(from_2020, WIDTH_PX, 0.0);
        assert_eq!(scale.visible(WIDTH_PX).first, from_2020.first);
        assert_eq!(scale.visible(WIDTH_PX).last, from_2020.first + 3653);
        let (_, right) = scale.x_range(from_2020);
        assert!(right > WIDTH_PX && right <= OFF_SCREEN_PX);
        let always = DaySpan { first: DISTANT_PAST, last: DISTANT_FUTURE };
        assert!(TimeScale::fit(always, WIDTH_PX, 0.0).visible(WIDTH_PX).contains(0));
    }

    #[test]
    fn the_visible_days_are_those_touched() {
        let scale = TimeScale { origin_day: 10.5, px_per_day: 10.0 };
        assert_eq!(scale.visible(10.0), DaySpan { first: 10, last: 11 });
        assert_eq!(scale.visible(5.0), DaySpan { first: 10, last: 10 });
    }

    #[test]
    fn revealing_moves_no_farther_than_needed() {
        let scale = TimeScale { origin_day: 0.0, px_per_day: 10.0 };
        let inside = DaySpan { first: 40, last: 50 };
        assert_eq!(scale.revealing(inside, WIDTH_PX, 20.0), scale);
        let left = scale.revealing(DaySpan { first: -10, last: -5 }, WIDTH_PX, 20.0);
        assert!(near(left.x_from_day(-10.0), 20.0) && near(left.px_per_day, 10.0));
        let right = scale.revealing(DaySpan { first: 200, last: 209 }, WIDTH_PX, 20.0);
        assert!(near(right.x_from_day(210.0), 980.0));
        let wide = scale.revealing(DaySpan { first: 0, last: 999 }, WIDTH_PX, 20.0);
        assert!(wide.px_per_day < 1.0);
    }

    proptest! {
        #[test]
        fn zooming_keeps_the_day_under_the_pointer(
            origin in -1e9_f64..1e9, log_zoom in -10.0_f64..5.0, factor in 0.1_f64..10.0, x in 0.0..WIDTH_PX
        ) {
            let scale = TimeScale { origin_day: origin, px_per_day: log_zoom.exp() };
            let zoomed = scale.zoomed(factor, x, WIDTH_PX);
            prop_assert!(near(scale.day_from_x(x), zoomed.day_from_x(x)));
            prop_assert!(zoomed.px_per_day <= MAX_PX_PER_DAY);
            prop_assert!(WIDTH_PX / zoomed.px_per_day <= MAX_VISIBLE_DAYS * 1.000_001);
        }

        #[test]
        fn an_animation_starts_here_and_ends_there(
            a in -1e6_f64..1e6, b in -1e6_f64..1e6, zoom_a in -6.0_f64..5.0, zoom_b in -6.0_f64..5.0
        ) {
            let from = TimeScale { origin_day: a, px_per_day: zoom_a.exp() };
            let to = TimeScale { origin_day: b, px_per_day: zoom_b.exp() };
            let start = from.towards(to, 0.0, WIDTH_PX);
            prop_assert!(near(start.origin_day, a) && near(start.px_per_day, from.px_per_day));
            prop_assert_eq!(from.towards(to, 1.0, WIDTH_PX), to);
            let nearly = from.towards(to, 1.0 - 1e-12, WIDTH_PX);
            prop_assert!(near(nearly.x_from_day(b) / 1000.0, 0.0), "{}", nearly.x_from_day(b));
        }
    }
}
