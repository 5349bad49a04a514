//! Units pointed at: "last week", "that year", "the third quarter", "the last week of March".

use super::anchor::{Tense, tense, tense_behind};
use super::holiday;
use super::hours::{is_next_told, with_part};
use super::meet::Met;
use super::normalize::{Base, Normal, Normalizer, days_relation, week_of};
use super::parts::{Parts, Toward, Unit, Way};
use super::point::{Point, edtf_year, iso_week, timex_year, weekday_of};
use super::words::Class;
use crate::extract::{TimeAnchor, TimexType};

/// "last week", "that year", "the third quarter".
pub(super) fn unit(normalizer: &Normalizer, met: &Met, parts: &Parts) -> Option<Normal> {
    match met.rule.name {
        "quarter" | "q-quarter" | "quarter-of" => return quarter(normalizer, met, parts),
        "half" => return half(normalizer, parts),
        "week-rank" => return week_of_month(normalizer, parts),
        "year-ago" | "same-period" | "this-time-last-year" => {
            return Some(year_before(normalizer, met, parts));
        }
        "quarter-ended" => {
            let point = normalizer.date(met, parts)?.point?;
            return Some(quarter_at(point.year, quarter_of(point.month?)));
        }
        "half-month" | "month-rank" | "year-rank" => return None,
        "year-end" => {
            let (year, anchor, relation) = year_named(normalizer, parts)?;
            let point = Point::year(year);
            return Some(Normal::date(point).or_edtf(point.edtf_third(3)).from(anchor, relation));
        }
        "nth-weekday" => {
            let (year, anchor, relation) = year_named(normalizer, parts)?;
            let day = holiday::nth_weekday(year, parts.month?, parts.rank?.into(), parts.weekday?.into())?;
            return Some(Normal::date(Point::day(day)).from(anchor, relation));
        }
        "week-of" => {
            let point = normalizer.date(met, parts)?.point?;
            let (value, edtf) = week_of(point.to_day()?);
            return Some(Normal {
                edtf: Some(edtf),
                point: Some(point),
                ..Normal::new(TimexType::Date, value)
            });
        }
        _ => {}
    }
    let (way, unit) = match met.rule.name {
        "the-unit" | "of-the-unit" if parts.unit == Some(Unit::Weekend) => (Way::This, Unit::Weekend),
        "way-date" => (Way::That, Unit::Day),
        "the-unit" | "of-the-unit" => (Way::That, parts.unit?),
        "unit-before" => {
            let steps = if parts.toward == Some(Toward::Earlier) || parts.way == Some(Way::Previous) {
                Way::Previous
            } else {
                Way::Following
            };
            (steps, parts.unit?)
        }
        _ => (parts.way?, parts.unit?),
    };
    let base = if met.rule.name == "of-the-unit" && unit == Unit::Day {
        normalizer.day_near(met).or_else(|| normalizer.now())
    } else if unit == Unit::Day && is_next_told(normalizer.reader, met, way) {
        normalizer.then()
    } else if unit == Unit::Year && parts.way == Some(Way::That) && !normalizer.telling.is_history {
        normalizer.that().or_else(|| normalizer.base(way))
    } else {
        // "the start of the month", behind a year: of the month that is.
        normalizer
            .base(way)
            .filter(|base| {
                let is_fine_enough = match unit {
                    Unit::Week | Unit::Day => base.point.day.is_some(),
                    Unit::Month | Unit::Quarter => base.point.month.is_some(),
                    _ => true,
                };
                is_fine_enough || normalizer.telling.is_history
            })
            .or_else(|| normalizer.now())
            .or_else(|| normalizer.base(way))
    };
    let Some(base) = base else {
        let value = match way.steps() {
            0 => "PRESENT_REF",
            1 => "FUTURE_REF",
            _ => "PAST_REF",
        };
        return Some(Normal::new(TimexType::Date, value).from(TimeAnchor::Missing, ""));
    };
    Some(unit_from(normalizer, met, base, way, unit, parts))
}

fn unit_from(normalizer: &Normalizer, met: &Met, base: Base, way: Way, unit: Unit, parts: &Parts) -> Normal {
    let steps = way.steps();
    let point = base.point;
    let anchor = base.anchor;
    let relation = |letter: &str| match steps {
        0 => "at".to_owned(),
        1 => format!("P1{letter} after"),
        _ => format!("P1{letter} before"),
    };
    let unknown = |value: String| Normal::new(TimexType::Date, value).from(anchor, "at");
    match unit {
        Unit::Day | Unit::Hour | Unit::Minute | Unit::Second => {
            if let Some(day) = point.to_day() {
                let normal = Normal::date(Point::day(day + steps)).from(anchor, days_relation(steps));
                return with_part(normal, parts.part);
            }
            let month = point.month.filter(|_| steps == 0).map_or("XX".to_owned(), |m| format!("{m:02}"));
            let mut normal = unknown(format!("{}-{month}-XX", timex_year(point.year)));
            normal.edtf = Some(format!("{}-{month}-XX", edtf_year(point.year)));
            normal
        }
        Unit::Week | Unit::Fortnight | Unit::Weekend => {
            let Some(day) = point.to_day() else {
                return unknown(format!("{}-WXX", timex_year(point.year)));
            };
            // Early in a week it is the weekend just past that is told of.
            let is_past = unit == Unit::Weekend
                && steps == 0
                && weekday_of(day) <= 3
                && anchor == normalizer.telling.document_anchor
                && tense(normalizer.reader, met.start, met.end) != Tense::Future;
            let day = day + 7 * steps - if is_past { 7 } else { 0 };
            let (mut value, mut edtf) = week_of(day);
            let mut first = day;
            if unit == Unit::Weekend {
                value.push_str("-WE");
                first = iso_week(day).2 + 5;
                edtf = format!("{}/{}", Point::day(first).edtf(), Point::day(first + 1).edtf());
            }
            Normal { edtf: Some(edtf), point: Some(Point::day(first)), ..Normal::new(TimexType::Date, value) }
                .from(anchor, relation("W"))
        }
        Unit::Month => {
            if point.month.is_none() {
                return unknown(format!("{}-XX", timex_year(point.year)));
            }
            let month = Point { day: None, season: None, ..point.plus_months(steps) };
            let third = parts.edge.and_then(|edge| month.edtf_third(edge));
            Normal::date(month).or_edtf(third).from(anchor, relation("M"))
        }
        Unit::Quarter => {
            let from = point.year * 4 + quarter_of(point.near_month().unwrap_or(1)) - 1 + steps;
            quarter_at(from.div_euclid(4), from.rem_euclid(4) + 1).from(anchor, relation("Q"))
        }
        Unit::Year => {
            let year = Point::year(point.year + steps);
            let third = parts.edge.and_then(|edge| year.edtf_third(edge));
            let relation = match steps {
                0 => "same year",
                1 => "year after",
                _ => "year before",
            };
            Normal::date(year).or_edtf(third).from(anchor, relation)
        }
        Unit::Decade => {
            let decade = point.year.div_euclid(10) + steps;
            let mut normal =
                Normal::new(TimexType::Date, format!("{decade:03}")).from(anchor, relation("DE"));
            normal.edtf = Some(format!("{}/{}", edtf_year(decade * 10), edtf_year(decade * 10 + 9)));
            normal
        }
        Unit::Century | Unit::Millennium => {
            let century = (point.year - 1).div_euclid(100) + steps;
            let mut normal =
                Normal::new(TimexType::Date, format!("{century:02}")).from(anchor, relation("CE"));
            normal.edtf =
                Some(format!("{}/{}", edtf_year(century * 100 + 1), edtf_year(century * 100 + 100)));
            normal
        }
    }
}

/// A part of a year that reports compare with that of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Period {
    Month(i64, u8),
    Quarter(i64, i64),
    Half(i64, i64),
}

impl Period {
    pub fn of(normal: &Normal) -> Option<Self> {
        let point = normal.point.filter(|_| normal.timex_type == TimexType::Date)?;
        let month = point.month?;
        match normal.value.as_bytes().get(5) {
            Some(b'Q') => Some(Self::Quarter(point.year, quarter_of(month))),
            Some(b'H') => Some(Self::Half(point.year, i64::from(month) / 6)),
            _ => point.day.is_none().then_some(Self::Month(point.year, month)),
        }
    }

    fn year(self) -> i64 {
        match self {
            Self::Month(year, _) | Self::Quarter(year, _) | Self::Half(year, _) => year,
        }
    }

    fn in_year(self, year: i64) -> Normal {
        match self {
            Self::Month(_, month) => Normal::date(Point::month(year, month)),
            Self::Quarter(_, n) => quarter_at(year, n),
            Self::Half(_, n) => half_at(year, n),
        }
    }
}

/// "the same period last year", "the year-ago quarter", "this time last year": what was named last, a year
/// before.
fn year_before(normalizer: &Normalizer, met: &Met, parts: &Parts) -> Normal {
    let is_of_time = met.rule.name == "this-time-last-year";
    let now = normalizer.now().or_else(|| normalizer.then());
    let Some(now) = now else {
        return Normal::new(TimexType::Date, "PAST_REF").from(TimeAnchor::Missing, "");
    };
    let month = now.point.month.map(|month| (Period::Month(now.point.year, month), now.anchor));
    let named = normalizer.period.map(|(period, at)| (period, TimeAnchor::Mention(at)));
    // "year-ago profit"
    let is_bare = met.rule.name == "year-ago" && parts.unit.is_none() && !has_noun(normalizer, met);
    let period = match parts.unit {
        _ if is_of_time => month,
        _ if is_bare => None,
        Some(Unit::Quarter) => {
            named.filter(|(period, _)| matches!(period, Period::Quarter(..))).or_else(|| {
                let (period, anchor) = month?;
                let Period::Month(year, month) = period else { return None };
                Some((Period::Quarter(year, quarter_of(month)), anchor))
            })
        }
        Some(Unit::Month) => named.filter(|(period, _)| matches!(period, Period::Month(..))).or(month),
        Some(Unit::Year) => None,
        Some(_) => month,
        None => named,
    };
    let to = parts.astronomical_year();
    match period {
        Some((period, anchor)) => period.in_year(to.unwrap_or(period.year() - 1)).from(anchor, "year before"),
        None => Normal::date(Point::year(to.unwrap_or(now.point.year - 1))).from(now.anchor, "year before"),
    }
}

/// Is the last word one of its own: "the year-ago period"?
fn has_noun(normalizer: &Normalizer, met: &Met) -> bool {
    let last = met.end.wrapping_sub(1);
    !normalizer.reader.is(last, Class::Ago) && !normalizer.reader.is(last, Class::Earlier)
}

/// The quarter, from 1, that a month is in.
fn quarter_of(month: u8) -> i64 {
    (i64::from(month) + 2) / 3
}

fn quarter_at(year: i64, n: i64) -> Normal {
    let mut normal = Normal::new(TimexType::Date, format!("{}-Q{n}", timex_year(year)));
    normal.edtf = Some(format!("{}-{}", edtf_year(year), 32 + n));
    normal.point = Some(Point::month(year, (n * 3) as u8));
    normal
}

fn year_named(normalizer: &Normalizer, parts: &Parts) -> Option<(i64, TimeAnchor, &'static str)> {
    if let Some(year) = parts.astronomical_year() {
        return Some((year, TimeAnchor::Absolute, ""));
    }
    let way = parts.way.unwrap_or(if normalizer.telling.is_history { Way::That } else { Way::This });
    let base = normalizer.base(way)?;
    let relation = match way.steps() {
        0 => "same year",
        1 => "year after",
        _ => "year before",
    };
    Some((base.point.year + way.steps(), base.anchor, relation))
}

fn quarter(normalizer: &Normalizer, met: &Met, parts: &Parts) -> Option<Normal> {
    let n = match (parts.clock, parts.rank) {
        (Some(hours), _) => i64::from(hours / 3600),
        (None, Some(-1)) => 4,
        (None, rank) => i64::from(rank?),
    };
    let (mut year, anchor, relation) = year_named(normalizer, parts)?;
    if parts.year.is_none() && parts.way.is_none() {
        // A quarter is told of when it is over.
        let month = normalizer.now().and_then(|base| base.point.month).unwrap_or(12);
        let is_over = n < quarter_of(month);
        let reader = normalizer.reader;
        // "said its first quarter income would fall": of the quarter that goes on.
        if !is_over
            && tense(reader, met.start, met.end) == Tense::Past
            && tense_behind(reader, met.end) != Tense::Future
        {
            year -= 1;
        }
    }
    Some(quarter_at(year, n).from(anchor, relation))
}

fn half(normalizer: &Normalizer, parts: &Parts) -> Option<Normal> {
    let n = if parts.rank? == -1 { 2 } else { i64::from(parts.rank?) };
    let (year, anchor, relation) = year_named(normalizer, parts)?;
    Some(half_at(year, n).from(anchor, relation))
}

fn half_at(year: i64, n: i64) -> Normal {
    let mut normal = Normal::new(TimexType::Date, format!("{}-H{n}", timex_year(year)));
    normal.edtf = Some(format!("{}-{}", edtf_year(year), 39 + n));
    normal.point = Some(Point::month(year, (n * 6) as u8));
    normal
}

/// "the last week of March", "the second week of May 1940".
fn week_of_month(normalizer: &Normalizer, parts: &Parts) -> Option<Normal> {
    let (year, anchor, relation) = year_named(normalizer, parts)?;
    let month = parts.month?;
    let days = crate::time::DaySpan::month(year, month);
    let day = match parts.rank.unwrap_or(1) {
        -1 => days.last - 3,
        n => days.first + 7 * (i64::from(n) - 1) + 3,
    };
    let (value, edtf) = week_of(day);
    Some(
        Normal {
            edtf: Some(edtf),
            point: Some(Point::month(year, month)),
            ..Normal::new(TimexType::Date, value)
        }
        .from(anchor, relation),
    )
}
