//! Calendar units: what the ruler counts in and the handles snap to.

use crate::time::{CivilDate, Day, DaySpan};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Day,
    Month,
    /// This many years: 1, 10, 100 …
    Years(i64),
}

impl Unit {
    /// Longest first is not needed: the first unit that is at least `min_px` wide.
    pub fn at_least(min_px: f64, px_per_day: f64) -> Self {
        let mut unit = Self::Day;
        while unit.mean_days() * px_per_day < min_px {
            unit = match unit {
                Self::Day => Self::Month,
                Self::Month => Self::Years(1),
                Self::Years(n) if n < 1_000_000_000_000 => {
                    let is_power_of_ten =
                        n.ilog10() as usize == n.to_string().len() - 1 && n.to_string().starts_with('1');
                    Self::Years(if is_power_of_ten { n * 5 } else { n * 2 })
                }
                Self::Years(n) => return Self::Years(n),
            };
        }
        unit
    }

    pub fn mean_days(self) -> f64 {
        match self {
            Self::Day => 1.0,
            Self::Month => 30.436_875,
            Self::Years(n) => n as f64 * 365.2425,
        }
    }

    /// The unit that holds a day.
    pub fn around(self, day: Day) -> DaySpan {
        let date = CivilDate::from_day(day);
        let first_of = |year, month| CivilDate { year, month, day: 1 }.to_day();
        match self {
            Self::Day => DaySpan { first: day, last: day },
            Self::Month => {
                let next = if date.month == 12 { (date.year + 1, 1) } else { (date.year, date.month + 1) };
                DaySpan { first: first_of(date.year, date.month), last: first_of(next.0, next.1) - 1 }
            }
            Self::Years(n) => {
                let year = date.year.div_euclid(n) * n;
                DaySpan { first: first_of(year, 1), last: first_of(year + n, 1) - 1 }
            }
        }
    }
}
