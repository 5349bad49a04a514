//! Units and amounts: "last week", "two weeks later", "the past five days", "for a year", "every month".

use super::anchor::{Tense, tense};
use super::normalize::{
    Base, Normal, Normalizer, days_relation, is_of_the_clock, sign_of, week_of, with_part,
};
use super::parts::{Parts, Toward, Unit, Way};
use super::point::{Point, edtf_year, iso_week, season_letters, timex_year, weekday_of};
use super::rules::Met;
use crate::extract::{TimeAnchor, TimexType};

/// "last week", "that year", "the third quarter".
pub(super) fn unit(normalizer: &Normalizer, met: &Met, parts: &Parts) -> Option<Normal> {
    match met.rule.name {
        "quarter" | "q-quarter" => return quarter(normalizer, met, parts),
        "half" => return half(normalizer, parts),
        "week-rank" => return week_of_month(normalizer, parts),
        "half-month" | "month-rank" | "year-rank" => return None,
        "week-of" => {
            let point =
                Point { year: parts.astronomical_year()?, month: parts.month, day: parts.day, season: None };
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
    } else {
        normalizer.base(way)
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
        Unit::Day | Unit::Hour | Unit::Minute | Unit::Second => match point.to_day() {
            Some(day) => {
                let normal = Normal::date(Point::day(day + steps)).from(anchor, days_relation(steps));
                with_part(normal, parts.part)
            }
            None => {
                let month = point.month.filter(|_| steps == 0).map_or("XX".to_owned(), |m| format!("{m:02}"));
                let mut normal = unknown(format!("{}-{month}-XX", timex_year(point.year)));
                normal.edtf = Some(format!("{}-{month}-XX", edtf_year(point.year)));
                normal
            }
        },
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
            let from = point.year * 4 + i64::from(point.near_month().unwrap_or(1) - 1) / 3 + steps;
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
        let is_over = n <= i64::from(month - 1) / 3;
        if !is_over && tense(normalizer.reader, met.start, met.end) == Tense::Past {
            year -= 1;
        }
    }
    Some(quarter_at(year, n).from(anchor, relation))
}

fn half(normalizer: &Normalizer, parts: &Parts) -> Option<Normal> {
    let n = if parts.rank? == -1 { 2 } else { i64::from(parts.rank?) };
    let (year, anchor, relation) = year_named(normalizer, parts)?;
    let mut normal =
        Normal::new(TimexType::Date, format!("{}-H{n}", timex_year(year))).from(anchor, relation);
    normal.edtf = Some(format!("{}-{}", edtf_year(year), 39 + n));
    normal.point = Some(Point::month(year, (n * 6) as u8));
    Some(normal)
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

/// "two weeks later", "three years ago", "months before".
pub(super) fn shift(normalizer: &Normalizer, met: &Met, parts: &Parts) -> Option<Normal> {
    let toward = match (met.rule.name, parts.toward, parts.way) {
        (_, Some(toward), _) => toward,
        (_, None, Some(Way::Previous | Way::Last)) => Toward::Earlier,
        _ => Toward::Later,
    };
    let sign = sign_of(toward);
    let is_from_now = met.rule.name == "shift" && parts.toward.is_none() && parts.way.is_none();
    let base = if toward == Toward::Ago || is_from_now {
        let document = normalizer.telling.document;
        document
            .map(|point| Base { point, anchor: normalizer.telling.document_anchor })
            .or_else(|| normalizer.now())
    } else {
        normalizer.then()
    };
    let vague = || {
        let normal = Normal::new(TimexType::Date, if sign < 0 { "PAST_REF" } else { "FUTURE_REF" });
        let relation = if sign < 0 { "before" } else { "after" };
        normal.from(base.map_or(TimeAnchor::Missing, |base| base.anchor), relation)
    };
    let amount = match (parts.amount, parts.is_vague) {
        (_, true) => return Some(vague()),
        (None, _) if parts.is_plural || parts.unit.is_none() => return Some(vague()),
        (amount, _) => amount.unwrap_or(100),
    };
    let unit = parts.unit?;
    let Some(base_known) = base else {
        let value = if is_of_the_clock(unit) { "XXXX-XX-XXTXX" } else { "XXXX-XX-XX" };
        return Some(Normal::new(TimexType::Date, value).from(TimeAnchor::Missing, ""));
    };
    let n = i64::from(amount) / 100 * sign;
    let half = i64::from(amount) % 100 >= 50;
    let anchor = base_known.anchor;
    let relation = format!("{} {}", period(amount, unit), if sign < 0 { "before" } else { "after" });
    let point = base_known.point;
    let about = |mut normal: Normal| {
        if parts.is_about || !matches!(unit, Unit::Day) {
            normal.edtf = normal.edtf.map(|edtf| format!("{edtf}~"));
        }
        normal.from(anchor, relation.clone())
    };
    Some(match unit {
        Unit::Day | Unit::Week | Unit::Fortnight | Unit::Weekend => {
            let days = n * if unit == Unit::Day {
                1
            } else if unit == Unit::Fortnight {
                14
            } else {
                7
            };
            match point.to_day() {
                Some(day) => about(Normal::date(Point::day(day + days))),
                None => Normal {
                    edtf: Some(format!("{}-XX-XX", edtf_year(point.year))),
                    ..Normal::new(TimexType::Date, format!("{}-XX-XX", timex_year(point.year)))
                }
                .from(anchor, relation),
            }
        }
        Unit::Month | Unit::Quarter => {
            let months = n * if unit == Unit::Month { 1 } else { 3 };
            if point.month.is_none() {
                return Some(
                    Normal::new(TimexType::Date, format!("{}-XX", timex_year(point.year)))
                        .from(anchor, relation),
                );
            }
            about(Normal::date(Point { day: None, ..point.plus_months(months) }))
        }
        Unit::Year => {
            if half && point.month.is_some() {
                return Some(about(Normal::date(Point {
                    day: None,
                    ..point.plus_months(n * 12 + 6 * sign)
                })));
            }
            about(Normal::date(Point::year(point.year + n)))
        }
        Unit::Decade => about(Normal::date(Point::year(point.year + 10 * n))),
        Unit::Century => about(Normal::date(Point::year(point.year + 100 * n))),
        Unit::Millennium => about(Normal::date(Point::year(point.year + 1000 * n))),
        Unit::Second | Unit::Minute | Unit::Hour => {
            clock_shift(normalizer, base_known, n, unit).from(anchor, relation)
        }
    })
}

fn clock_shift(normalizer: &Normalizer, base: Base, n: i64, unit: Unit) -> Normal {
    let step = match unit {
        Unit::Hour => 3600,
        Unit::Minute => 60,
        _ => 1,
    };
    if let (Some(seconds), Some(day)) = (normalizer.last_seconds(), base.point.to_day()) {
        let moment = i64::from(seconds) + n * step;
        let point = Point::day(day + moment.div_euclid(86_400));
        let seconds = moment.rem_euclid(86_400);
        let clock = format!("T{:02}:{:02}", seconds / 3600, seconds / 60 % 60);
        return Normal {
            edtf: Some(format!("{}{clock}:{:02}", point.edtf(), seconds % 60)),
            point: Some(point),
            seconds: i32::try_from(seconds).ok(),
            ..Normal::new(TimexType::Time, format!("{}{clock}", point.timex()))
        };
    }
    let mut normal = Normal::new(TimexType::Time, format!("{}TXX", base.point.timex()));
    normal.edtf = Some(base.point.edtf());
    normal
}

/// "the past five days", "the next two weeks": so long, up to or from an anchor.
pub(super) fn span(normalizer: &Normalizer, parts: &Parts) -> Normal {
    let unit = parts.unit.unwrap_or(Unit::Day);
    let value = match parts.amount {
        Some(amount) if !parts.is_vague => period(amount, unit),
        None if !parts.is_plural => period(100, unit),
        _ => vague_period(unit),
    };
    let mut normal = Normal::new(TimexType::Duration, value.clone());
    let Some(way) = parts.way else { return normal };
    let Some(base) = normalizer.base(way) else { return normal.from(TimeAnchor::Missing, "") };
    let relation = if way.steps() < 0 { "until" } else { "from" };
    if let (Some(amount), Some(day)) = (parts.amount, base.point.to_day()) {
        let n = i64::from(amount) / 100 * way.steps().signum();
        let other = match unit {
            Unit::Day => Point::day(day + n),
            Unit::Week => Point::day(day + 7 * n),
            Unit::Fortnight => Point::day(day + 14 * n),
            Unit::Month => base.point.plus_months(n),
            Unit::Year => base.point.plus_months(12 * n),
            Unit::Decade => base.point.plus_months(120 * n),
            _ => return normal.from(base.anchor, relation),
        };
        let (first, last) = if n < 0 { (other, base.point) } else { (base.point, other) };
        let coarse = |point: Point| point.coarsened(unit).edtf();
        normal.edtf = Some(format!("{}/{}", coarse(first), coarse(last)));
    }
    normal.from(base.anchor, relation)
}

/// "two years", "several months", "weeks".
pub(super) fn duration(parts: &Parts) -> Option<Normal> {
    let unit = parts.unit?;
    let value = match parts.amount {
        Some(amount) if !parts.is_vague => period(amount, unit),
        _ if parts.is_vague || parts.is_plural => vague_period(unit),
        _ => period(100, unit),
    };
    Some(Normal::new(TimexType::Duration, value))
}

/// "every day", "weekly", "per month", "every two years".
pub(super) fn set(met: &Met, parts: &Parts) -> Option<Normal> {
    let value = if let Some(weekday) = parts.weekday {
        format!("XXXX-WXX-{weekday}")
    } else if let Some(month) = parts.month {
        format!("XXXX-{month:02}")
    } else if let Some(season) = parts.season {
        format!("XXXX-{}", season_letters(season))
    } else if let Some(part) = parts.part {
        return Some(Normal {
            timex_type: TimexType::Set,
            ..with_part(Normal::new(TimexType::Set, "XXXX-XX-XX"), Some(part))
        });
    } else {
        let unit = parts.unit?;
        let other = if met.rule.name == "every-n" { 200 } else { 100 };
        if parts.is_vague { vague_period(unit) } else { period(parts.amount.unwrap_or(other), unit) }
    };
    Some(Normal::new(TimexType::Set, value))
}

fn letters(unit: Unit) -> (&'static str, &'static str, i32) {
    match unit {
        Unit::Second => ("PT", "S", 1),
        Unit::Minute => ("PT", "M", 1),
        Unit::Hour => ("PT", "H", 1),
        Unit::Day => ("P", "D", 1),
        Unit::Week => ("P", "W", 1),
        Unit::Fortnight => ("P", "W", 2),
        Unit::Month => ("P", "M", 1),
        Unit::Quarter => ("P", "Q", 1),
        Unit::Year => ("P", "Y", 1),
        Unit::Decade => ("P", "DE", 1),
        Unit::Century => ("P", "CE", 1),
        Unit::Millennium => ("P", "ML", 1),
        Unit::Weekend => ("P", "WE", 1),
    }
}

/// An ISO 8601 duration of hundredths of a unit, with TIMEX3's letters for decades and the like.
fn period(hundredths: i32, unit: Unit) -> String {
    let (p, letter, times) = letters(unit);
    let hundredths = hundredths * times;
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    match (whole, rest) {
        (_, 0) => format!("{p}{whole}{letter}"),
        (0, 50) if unit == Unit::Hour => "PT30M".to_owned(),
        (0, 50) if unit == Unit::Year => "P6M".to_owned(),
        (_, rest) if rest % 10 == 0 => format!("{p}{whole}.{}{letter}", rest / 10),
        (_, rest) => format!("{p}{whole}.{rest:02}{letter}"),
    }
}

fn vague_period(unit: Unit) -> String {
    let (p, letter, _) = letters(unit);
    format!("{p}X{letter}")
}
