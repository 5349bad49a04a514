//! The time axis: days ↔ x in pixels, pan, zoom and calendar ticks from days to millennia.

use super::Day;

/// Maps time to x. Days are fractional here: day `d` covers `d..d + 1`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TimeScale {
    /// The day at `x = 0`.
    pub origin_day: f64,
    /// Pixels per day; positive.
    pub px_per_day: f64,
}

impl TimeScale {
    pub fn x_from_day(&self, day: f64) -> f64 {
        (day - self.origin_day) * self.px_per_day
    }

    pub fn day_from_x(&self, x: f64) -> f64 {
        self.origin_day + x / self.px_per_day
    }

    /// The civil day under `x`.
    pub fn civil_day_from_x(&self, x: f64) -> Day {
        self.day_from_x(x).floor() as Day
    }
}
