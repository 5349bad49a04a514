//! Amounts: "two weeks later", "the past five days", "for a year", "every month".

use super::hours::with_part;
use super::meet::Met;
use super::normalize::{Base, Normal, Normalizer, is_of_the_clock, sign_of};
use super::parts::{Parts, Toward, Unit, Way};
use super::point::{Point, edtf_year, season_letters, timex_year};
use crate::extract::{TimeAnchor, TimexType};

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
    let uncounted = || {
        let normal = Normal::new(TimexType::Date, if sign < 0 { "PAST_REF" } else { "FUTURE_REF" });
        let relation = if sign < 0 { "before" } else { "after" };
        normal.from(base.map_or(TimeAnchor::Missing, |base| base.anchor), relation)
    };
    let hundredths = match (parts.amount, parts.is_vague) {
        (_, true) => return Some(uncounted()),
        (None, _) if parts.is_plural || parts.unit.is_none() => return Some(uncounted()),
        (hundredths, _) => hundredths.unwrap_or(100),
    };
    let unit = parts.unit?;
    if let Some(times) = parts.scale.map(i64::from) {
        // Times beyond the calendar: MA is million years ago, GA a thousand times as much.
        let value = format!("{}{}", if times == BILLION { "GA" } else { "MA" }, count(hundredths));
        return Some(Normal::new(TimexType::Date, value));
    }
    if toward == Toward::Ago && (parts.days_off.is_some() || parts.part.is_some()) {
        return day_of_shift(base, hundredths, unit, parts);
    }
    let Some(Base { point, anchor }) = base else {
        let value = if is_of_the_clock(unit) { "XXXX-XX-XXTXX" } else { "XXXX-XX-XX" };
        return Some(Normal::new(TimexType::Date, value).from(TimeAnchor::Missing, ""));
    };
    let n = i64::from(hundredths) / 100 * sign;
    let half = hundredths % 100 >= 50;
    let relation = format!("{} {}", period(hundredths, unit), if sign < 0 { "before" } else { "after" });
    let softened = |mut normal: Normal| {
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
                Some(day) => softened(Normal::date(Point::day(day + days))),
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
            softened(Normal::date(Point { day: None, ..point.plus_months(months) }))
        }
        Unit::Year => {
            if half && point.month.is_some() {
                return Some(softened(Normal::date(Point {
                    day: None,
                    ..point.plus_months(n * 12 + 6 * sign)
                })));
            }
            softened(Normal::date(Point::year(point.year + n)))
        }
        Unit::Decade => softened(Normal::date(Point::year(point.year + 10 * n))),
        Unit::Century => softened(Normal::date(Point::year(point.year + 100 * n))),
        Unit::Millennium => softened(Normal::date(Point::year(point.year + 1000 * n))),
        Unit::Second | Unit::Minute | Unit::Hour => {
            clock_shift(normalizer, point, n, unit).from(anchor, relation)
        }
    })
}

/// "a year ago today", "two weeks ago tonight": to the day.
fn day_of_shift(base: Option<Base>, hundredths: i32, unit: Unit, parts: &Parts) -> Option<Normal> {
    let Base { point, anchor } = base?;
    let (n, day) = (i64::from(hundredths) / 100, point.to_day()?);
    let point = match unit {
        Unit::Day => Point::day(day - n),
        Unit::Week => Point::day(day - 7 * n),
        Unit::Month => point.plus_months(-n),
        Unit::Year => point.plus_months(-12 * n),
        Unit::Decade => point.plus_months(-120 * n),
        _ => return None,
    };
    let steps = i64::from(parts.days_off.unwrap_or(0));
    let point = Point::day(point.to_day()? + steps);
    Some(
        with_part(Normal::date(point), parts.part)
            .from(anchor, format!("{} before", period(hundredths, unit))),
    )
}

fn clock_shift(normalizer: &Normalizer, point: Point, n: i64, unit: Unit) -> Normal {
    let step = match unit {
        Unit::Hour => 3600,
        Unit::Minute => 60,
        _ => 1,
    };
    if let (Some(seconds), Some(day)) = (normalizer.last_seconds(), point.to_day()) {
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
    let mut normal = Normal::new(TimexType::Time, format!("{}TXX", point.timex()));
    normal.edtf = Some(point.edtf());
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
    if let Some(times) = parts.scale.map(i64::from) {
        let (p, letter, _) = letters(unit);
        let n = i64::from(parts.amount.unwrap_or(100)) * times / 100;
        return Some(Normal::new(TimexType::Duration, format!("{p}{n}{letter}")));
    }
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
        let set = Normal::new(TimexType::Set, format!("XXXX-WXX-{weekday}"));
        return Some(Normal { timex_type: TimexType::Set, ..with_part(set, parts.part) });
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

const BILLION: i64 = 1_000_000_000;

/// Hundredths as they are written: 3.8.
fn count(hundredths: i32) -> String {
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    match rest {
        0 => whole.to_string(),
        rest if rest % 10 == 0 => format!("{whole}.{}", rest / 10),
        rest => format!("{whole}.{rest:02}"),
    }
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
        (0, 50) if unit == Unit::Hour => "PT30M".to_owned(),
        (0, 50) if unit == Unit::Year => "P6M".to_owned(),
        _ => format!("{p}{}{letter}", count(hundredths)),
    }
}

fn vague_period(unit: Unit) -> String {
    let (p, letter, _) = letters(unit);
    format!("{p}X{letter}")
}
