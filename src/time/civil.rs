//! Civil dates of the proleptic Gregorian calendar, for any year that fits an `i64`.
//!
//! `chrono` ends at year 262,143; EDTF's `Y` years do not. The algorithm is Howard Hinnant's
//! `days_from_civil` (<https://howardhinnant.github.io/date_algorithms.html>); `chrono` is its
//! oracle in the tests.

use super::{DISTANT_FUTURE, DISTANT_PAST, Day};

/// Years beyond this, either way, have no number of their own: their days do not fit between
/// [`DISTANT_PAST`] and [`DISTANT_FUTURE`].
const FARTHEST_YEAR: i64 = 6_000_000_000_000_000;

/// A year (astronomical: 0 is 1 BCE), month 1–12 and day 1–31.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CivilDate {
    pub year: i64,
    pub month: u8,
    pub day: u8,
}

impl CivilDate {
    /// The date, or `None` where the calendar has no such day.
    pub fn new(year: i64, month: u8, day: u8) -> Option<Self> {
        ((1..=12).contains(&month) && (1..=days_in_month(year, month)).contains(&day)).then_some(Self {
            year,
            month,
            day,
        })
    }

    /// The day's number; years too far for any span give [`DISTANT_PAST`] or [`DISTANT_FUTURE`].
    pub fn to_day(self) -> Day {
        if self.year > FARTHEST_YEAR {
            return DISTANT_FUTURE;
        }
        if self.year < -FARTHEST_YEAR {
            return DISTANT_PAST;
        }
        let year = if self.month <= 2 { self.year - 1 } else { self.year };
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let month_from_march = (i64::from(self.month) + 9) % 12;
        let day_of_year = (153 * month_from_march + 2) / 5 + i64::from(self.day) - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        era * 146_097 + day_of_era - 719_468
    }

    /// The date of a day; days beyond the distant past and future count as those.
    pub fn from_day(day: Day) -> Self {
        let shifted = day.clamp(DISTANT_PAST, DISTANT_FUTURE) + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Self { year, month: month as u8, day: day as u8 }
    }
}

pub fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// Days in a month (1–12); 0 for any other month number.
pub fn days_in_month(year: i64, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use chrono::{Datelike, NaiveDate};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn far_years_are_held_at_the_distant_days() {
        for (year, month, expected) in [
            (i64::MAX, 12, DISTANT_FUTURE),
            (i64::MIN, 1, DISTANT_PAST),
            (FARTHEST_YEAR + 1, 1, DISTANT_FUTURE),
            (-FARTHEST_YEAR - 1, 12, DISTANT_PAST),
        ] {
            assert_eq!(CivilDate { year, month, day: 1 }.to_day(), expected);
        }
        let last = CivilDate { year: FARTHEST_YEAR, month: 12, day: 31 };
        assert!(last.to_day() < DISTANT_FUTURE);
        assert_eq!(CivilDate::from_day(last.to_day()), last);
        assert_eq!(CivilDate::from_day(i64::MAX), CivilDate::from_day(DISTANT_FUTURE));
        assert_eq!(CivilDate::from_day(i64::MIN), CivilDate::from_day(DISTANT_PAST));
    }

    #[test]
    fn days_that_are_not_in_the_calendar_are_refused() {
        for (year, month, day) in
            [(2023, 2, 29), (1900, 2, 29), (2023, 4, 31), (2023, 13, 1), (2023, 0, 1), (2023, 1, 0)]
        {
            assert_eq!(CivilDate::new(year, month, day), None, "{year}-{month}-{day}");
        }
        assert!(CivilDate::new(0, 2, 29).is_some(), "1 BCE is a leap year");
    }

    proptest! {
        #[test]
        fn days_are_those_of_chrono(year in -262_000_i32..=262_000, day_of_year in 1_u32..=365) {
            let theirs = NaiveDate::from_yo_opt(year, day_of_year).unwrap();
            let ours =
                CivilDate::new(i64::from(theirs.year()), theirs.month() as u8, theirs.day() as u8).unwrap();
            prop_assert_eq!(ours.to_day(), i64::from(theirs.to_epoch_days()));
            prop_assert_eq!(CivilDate::from_day(ours.to_day()), ours);
            prop_assert_eq!(is_leap(ours.year), theirs.leap_year());
        }

        #[test]
        fn days_go_round(day in -FARTHEST_YEAR * 365..FARTHEST_YEAR * 365) {
            prop_assert_eq!(CivilDate::from_day(day).to_day(), day);
        }
    }
}
