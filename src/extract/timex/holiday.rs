//! Days that are named: fixed, the nth weekday of a month, or counted from Easter.

use super::point::weekday_of;
use crate::time::{CivilDate, Day, civil};

/// The day of a rule that names its year, as "2001-09-11".
pub(super) fn fixed(rule: &str) -> Option<Day> {
    let mut parts = rule.split('-').map(str::parse::<i64>);
    let (Some(Ok(year)), Some(Ok(month)), Some(Ok(day)), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return None;
    };
    (year > 31).then(|| CivilDate::new(year, month as u8, day as u8).map(CivilDate::to_day)).flatten()
}

/// The day of a rule in a year: "12-25"; "11-4-4", the fourth Thursday of November; "05-L-1", the last
/// Monday of May; "easter-2", two days before Easter.
pub(super) fn in_year(rule: &str, year: i64) -> Option<Day> {
    if let Some(days) = rule.strip_prefix("easter") {
        return Some(easter(year) + days.parse::<i64>().unwrap_or(0));
    }
    let mut parts = rule.split('-');
    let month = parts.next()?.parse::<u8>().ok()?;
    let second = parts.next()?;
    let Some(weekday) = parts.next() else {
        return CivilDate::new(year, month, second.parse().ok()?).map(CivilDate::to_day);
    };
    let weekday = weekday.parse::<i64>().ok()?;
    nth_weekday(year, month, if second == "L" { -1 } else { second.parse().ok()? }, weekday)
}

/// The nth (from 1; −1: the last) Monday (1) – Sunday (7) of a month.
pub(super) fn nth_weekday(year: i64, month: u8, n: i64, weekday: i64) -> Option<Day> {
    if n < 0 {
        let last = CivilDate::new(year, month, civil::days_in_month(year, month))?.to_day();
        return Some(last - (weekday_of(last) - weekday).rem_euclid(7));
    }
    let first = CivilDate::new(year, month, 1)?.to_day();
    (1..=5).contains(&n).then(|| first + (weekday - weekday_of(first)).rem_euclid(7) + 7 * (n - 1))
}

/// Easter Sunday of the Gregorian calendar, by the anonymous algorithm
/// (<https://en.wikipedia.org/wiki/Date_of_Easter#Anonymous_Gregorian_algorithm>).
fn easter(year: i64) -> Day {
    let golden = year.rem_euclid(19);
    let (century, of_century) = (year.div_euclid(100), year.rem_euclid(100));
    let correction = (century - (century + 8).div_euclid(25) + 1).div_euclid(3);
    let epact = (19 * golden + century - century.div_euclid(4) - correction + 15).rem_euclid(30);
    let weekday =
        (32 + 2 * century.rem_euclid(4) + 2 * (of_century / 4) - epact - of_century % 4).rem_euclid(7);
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let months_and_days = epact + weekday - 7 * late + 114;
    let (month, day) = (months_and_days / 31, months_and_days % 31 + 1);
    CivilDate { year, month: month as u8, day: day as u8 }.to_day()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::timex::point::Point;

    #[test]
    fn holidays_fall_where_they_should() {
        for (rule, year, day) in [
            ("12-25", 2020, "2020-12-25"),
            ("11-4-4", 2023, "2023-11-23"),
            ("05-L-1", 2024, "2024-05-27"),
            ("09-1-1", 2024, "2024-09-02"),
            ("easter", 2024, "2024-03-31"),
            ("easter", 1916, "1916-04-23"),
            ("easter-2", 2023, "2023-04-07"),
            ("easter+49", 2000, "2000-06-11"),
        ] {
            assert_eq!(
                in_year(rule, year).map(|day| Point::day(day).timex()).as_deref(),
                Some(day),
                "{rule}"
            );
        }
        assert_eq!(fixed("2001-09-11").map(|day| Point::day(day).timex()).as_deref(), Some("2001-09-11"));
        assert_eq!((fixed("12-25"), in_year("13-40", 2000), in_year("x", 2000)), (None, None, None));
    }
}
