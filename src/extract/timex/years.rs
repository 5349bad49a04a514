//! Which year a month is in, and whole decades and centuries.

use super::anchor::Tense;
use super::meet::Met;
use super::normalize::Normal;
use super::parts::Parts;
use super::pattern::Test;
use super::point::{Point, edtf_year};
use super::words::Class;
use crate::extract::TimexType;
use crate::time::{DaySpan, civil};

/// Days by which a date seems farther off that lies on the other side of now than the verb says.
const AGAINST: i64 = 330;

/// The year in which a month or day is meant by one who speaks at `from`.
pub(super) fn nearest_year(from: Point, month: u8, day: Option<u8>, tense: Tense) -> i64 {
    let Some(now) = from.to_day() else { return from.year };
    let distance = |year: i64| -> Option<i64> {
        let point = Point { day, ..Point::month(year, month) };
        let span = match day {
            Some(_) => DaySpan::day(point.to_day()?),
            None => DaySpan::month(year, month),
        };
        let (first, last) = (span.first, span.last);
        let distance = if now < first { first - now } else { (last - now).min(0) };
        let against = match tense {
            Tense::Past if distance > 0 => AGAINST,
            Tense::Future if distance < 0 => AGAINST,
            _ => 0,
        };
        Some(distance.abs() + against)
    };
    [0, -1, 1]
        .into_iter()
        .filter_map(|step| distance(from.year + step).map(|d| (d, from.year + step)))
        .min_by_key(|(d, _)| *d)
        .map_or(from.year, |(_, year)| year)
}

/// The year of a month in a story that was last at `from`: the same, unless it has gone on over new year.
pub(super) fn year_in_story(from: Point, month: u8, day: Option<u8>) -> i64 {
    let Some(before) = from.near_month() else { return from.year };
    let year = if i64::from(before) - i64::from(month) >= 8 { from.year + 1 } else { from.year };
    if month == 2 && day == Some(29) {
        let is_leap = |year: &i64| civil::is_leap(*year);
        return [year, year + 1, year - 1].into_iter().find(is_leap).unwrap_or(year);
    }
    year
}

pub(super) fn decade(parts: &Parts) -> Option<Normal> {
    let first = i64::from(parts.decade?);
    let decade = first.div_euclid(10);
    let (from, to) = match parts.edge {
        Some(1) => (0, 3),
        Some(2) => (4, 6),
        Some(_) => (7, 9),
        None => (0, 9),
    };
    let mut normal = Normal::new(TimexType::Date, format!("{decade:03}"));
    normal.edtf = Some(format!("{}/{}", edtf_year(first + from), edtf_year(first + to)));
    Some(normal)
}

pub(super) fn century(met: &Met, parts: &Parts) -> Option<Normal> {
    let rank = parts.rank?;
    let mut figures = met.captures.iter().filter(|c| matches!(c.test, Test::Figure(_))).map(|c| c.value);
    let rank = i64::from(match met.rule.name {
        // Of "the 3rd and 2nd centuries", the first.
        "centuries" => figures.next()?,
        // "the first half of the 19th century": the last rank captured is the century's; the first its half.
        "century-half" => figures.last()?,
        _ => rank,
    });
    if !(1..=40).contains(&rank) {
        return None;
    }
    let (first, last) = if parts.is_before_era {
        (-100 * rank + 1, -100 * (rank - 1))
    } else {
        (100 * (rank - 1) + 1, 100 * rank)
    };
    let value = if parts.is_before_era { format!("BC{:02}", rank - 1) } else { format!("{:02}", rank - 1) };
    let is_half = met.captures.iter().any(|c| c.test == Test::Class(Class::Half));
    let half = met.captures.iter().next().map_or(1, |c| c.value);
    let (first, last) = match parts.edge {
        _ if met.rule.name == "turn" => (first - 5, first + 4),
        _ if is_half && half == 1 => (first, first + 49),
        _ if is_half => (first + 50, last),
        Some(1) => (first, first + 32),
        Some(2) => (first + 33, first + 66),
        Some(_) => (first + 67, last),
        None => (first, last),
    };
    let mut normal = Normal::new(TimexType::Date, value);
    normal.edtf = Some(format!("{}/{}", edtf_year(first), edtf_year(last)));
    Some(normal)
}
