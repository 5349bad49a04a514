//! [`Expression`] → the bounds of its start and end in civil days.
//!
//! Conventions, where the standard leaves the choice:
//! * `?`, `~` and `%` do not move bounds; [`Softness`] tells of them.
//! * `201X` is *one* year of 2010–2019 (so says the standard), not the whole decade: it started
//!   between 2010-01-01 and 2019-01-01 and ended between 2010-12-31 and 2019-12-31. `1950S2`,
//!   `2004-XX` and `[1667,1668]` likewise.
//! * Seasons are the meteorological ones (spring is March–May); those not tied to a hemisphere
//!   (21–24) are taken as northern. The season over new year has the year in which it begins.
//! * An open end (`..`) is for ever; an unknown end (empty) can be any day not before the start.

use super::syntax::{Date, End, Expression, Member, SetKind, Year, YearPart};
use crate::time::{CivilDate, DISTANT_FUTURE, DISTANT_PAST, DaySpan, TimeInterval, civil};

/// The earliest and the latest day, month, season or year that a date can mean; the same one where
/// nothing is unspecified.
#[derive(Debug, Clone, Copy)]
struct Cells {
    first: DaySpan,
    last: DaySpan,
}

/// Whether the start and the end are drawn soft: approximate, uncertain, unspecified, a season's,
/// or coarser than a day in an interval.
pub(super) type Softness = (bool, bool);

/// The bounds, or why there are none.
pub(super) fn interval(expression: &Expression) -> Result<TimeInterval, String> {
    match expression {
        Expression::Date(date) => {
            let Cells { first, last } = cells(date)?;
            Ok(TimeInterval {
                earliest_start: first.first,
                latest_start: last.first,
                earliest_end: first.last,
                latest_end: last.last,
            })
        }
        Expression::Interval(start, end) => between(start, end),
        Expression::Set(kind, members) => set(*kind, members),
    }
}

fn between(start: &End, end: &End) -> Result<TimeInterval, String> {
    let end_days = |end: &End| match end {
        End::Date(date) => cells(date).map(|c| Some(DaySpan { first: c.first.first, last: c.last.last })),
        End::Open | End::Unknown => Ok(None),
    };
    let (start_days, finish_days) = (end_days(start)?, end_days(end)?);
    let earliest_start = start_days.map_or(DISTANT_PAST, |days| days.first);
    let latest_end = finish_days.map_or(DISTANT_FUTURE, |days| days.last);
    if earliest_start > latest_end {
        return Err("the interval ends before it starts".to_owned());
    }
    // An interval cannot start after it ended: `2004/2004-06` started in its first half.
    let latest_start = match (start_days, start) {
        (Some(days), _) => days.last.min(latest_end),
        (None, End::Open) => DISTANT_PAST,
        (None, _) => latest_end,
    };
    let earliest_end = match (finish_days, end) {
        (Some(days), _) => days.first.max(earliest_start),
        (None, End::Open) => DISTANT_FUTURE,
        (None, _) => earliest_start,
    };
    Ok(TimeInterval { earliest_start, latest_start, earliest_end, latest_end })
}

fn set(kind: SetKind, members: &[Member]) -> Result<TimeInterval, String> {
    const PAST: DaySpan = DaySpan { first: DISTANT_PAST, last: DISTANT_PAST };
    const FUTURE: DaySpan = DaySpan { first: DISTANT_FUTURE, last: DISTANT_FUTURE };
    let mut all: Option<TimeInterval> = None;
    for member in members {
        let Cells { first, last } = match member {
            Member::One(date) => cells(date)?,
            Member::Range(a, b) => {
                let (a, b) = (cells(a)?, cells(b)?);
                if a.first.first > b.last.last {
                    return Err("a range in the set ends before it starts".to_owned());
                }
                Cells { first: a.first, last: b.last }
            }
            Member::OnOrBefore(date) => Cells { first: PAST, last: cells(date)?.last },
            Member::OnOrAfter(date) => Cells { first: cells(date)?.first, last: FUTURE },
        };
        let (earliest_start, latest_end) = (first.first, last.last);
        // Of a whole range, the first day and the last are both in; of one of its members, either.
        let (latest_start, earliest_end) = match (kind, member) {
            (SetKind::AllOf, Member::Range(..) | Member::OnOrBefore(_) | Member::OnOrAfter(_)) => {
                (first.first, last.last)
            }
            _ => (last.first, first.last),
        };
        let one = TimeInterval { earliest_start, latest_start, earliest_end, latest_end };
        all = Some(all.map_or(one, |all| TimeInterval {
            earliest_start: all.earliest_start.min(one.earliest_start),
            latest_start: match kind {
                SetKind::OneOf => all.latest_start.max(one.latest_start),
                SetKind::AllOf => all.latest_start.min(one.latest_start),
            },
            earliest_end: match kind {
                SetKind::OneOf => all.earliest_end.min(one.earliest_end),
                SetKind::AllOf => all.earliest_end.max(one.earliest_end),
            },
            latest_end: all.latest_end.max(one.latest_end),
        }));
    }
    all.ok_or_else(|| "the set is empty".to_owned())
}

pub(super) fn softness(expression: &Expression) -> Softness {
    let of_date = |date: &Date| !date.any_qualifier().is_none() || date.is_unspecified() || date.is_season();
    let of_end = |end: &End| match end {
        End::Date(date) => date.day.is_none() || of_date(date),
        End::Unknown => true,
        End::Open => false,
    };
    match expression {
        Expression::Date(date) => (of_date(date), of_date(date)),
        Expression::Interval(start, end) => (of_end(start), of_end(end)),
        Expression::Set(SetKind::OneOf, _) => (true, true),
        Expression::Set(SetKind::AllOf, _) => {
            let any = expression.dates().into_iter().any(of_date);
            (any, any)
        }
    }
}

const NO_SUCH_DAY: &str = "the calendar has no such day";

fn cells(date: &Date) -> Result<Cells, String> {
    let (first_year, last_year) = match date.year {
        Year::Exact(year) => (year, year),
        Year::Significant { first, last, .. } => (first, last),
        Year::Masked { is_negative, digits } => {
            if is_negative {
                (-digits.max(), -digits.min())
            } else {
                (digits.min(), digits.max())
            }
        }
    };
    let Some(part) = date.part else {
        return Ok(Cells { first: DaySpan::year(first_year), last: DaySpan::year(last_year) });
    };
    let month = match part {
        YearPart::Grouping(grouping) => {
            return Ok(Cells {
                first: grouping_days(first_year, grouping),
                last: grouping_days(last_year, grouping),
            });
        }
        YearPart::Month(month) => month,
    };
    // Nearly all dates: every digit is given, so there is nothing to try.
    if let (Year::Exact(year), Some(month)) = (date.year, month.exact()) {
        let month = month as u8;
        let Some(day) = date.day else {
            let span = DaySpan::month(year, month);
            return Ok(Cells { first: span, last: span });
        };
        if let Some(day) = day.exact() {
            let day = CivilDate::new(year, month, day as u8).ok_or(NO_SUCH_DAY)?.to_day();
            return Ok(Cells { first: DaySpan::day(day), last: DaySpan::day(day) });
        }
    }
    let mut months = (1..=12_u8).filter(|m| month.matches(i64::from(*m)));
    let Some(day) = date.day else {
        let first_month = months.next().unwrap_or(1);
        let last_month = months.next_back().unwrap_or(first_month);
        return Ok(Cells {
            first: DaySpan::month(first_year, first_month),
            last: DaySpan::month(last_year, last_month),
        });
    };

    // Which days exist depends only on whether the year is a leap year.
    let days_of = |year: i64| {
        let fitting = |m: u8| (1..=civil::days_in_month(year, m)).filter(|d| day.matches(i64::from(*d)));
        let months: Vec<u8> = (1..=12_u8).filter(|m| month.matches(i64::from(*m))).collect();
        let first = months.iter().find_map(|&m| fitting(m).next().map(|d| (m, d)));
        let last = months.iter().rev().find_map(|&m| fitting(m).next_back().map(|d| (m, d)));
        first.zip(last)
    };
    let (in_leap_years, in_other_years) = (days_of(2000), days_of(2001));
    let in_year = |year: i64| if civil::is_leap(year) { in_leap_years } else { in_other_years };
    let is_meant = |year: &i64| match date.year {
        Year::Masked { digits, .. } => digits.matches(year.abs()),
        Year::Exact(_) | Year::Significant { .. } => true,
    };
    let mut years = (first_year..=last_year).filter(is_meant);
    let first = years.by_ref().find_map(|year| in_year(year).map(|(first, _)| (year, first)));
    let Some((first_fitting_year, (m, d))) = first else {
        return Err(NO_SUCH_DAY.to_owned());
    };
    let first = CivilDate { year: first_fitting_year, month: m, day: d }.to_day();
    let last = (first_fitting_year..=last_year)
        .rev()
        .filter(is_meant)
        .find_map(|year| in_year(year).map(|(_, (month, day))| CivilDate { year, month, day }.to_day()))
        .unwrap_or(first);
    Ok(Cells { first: DaySpan::day(first), last: DaySpan::day(last) })
}

/// First month (13 and more: of the next year) and number of months of ISO 8601-2's sub-year
/// groupings 21–41.
fn grouping_days(year: i64, grouping: u8) -> DaySpan {
    let (first_month, n_months) = match grouping {
        // 21–24 and 25–28: spring to winter in the north; 29–32: spring to winter in the south.
        21 | 25 | 31 => (3, 3),
        22 | 26 | 32 => (6, 3),
        23 | 27 | 29 => (9, 3),
        24 | 28 | 30 => (12, 3),
        quarter @ 33..=36 => ((quarter - 33) * 3 + 1, 3),
        third @ 37..=39 => ((third - 37) * 4 + 1, 4),
        half => (half.saturating_sub(40) * 6 + 1, 6),
    };
    let last_month = first_month + n_months - 1;
    let last = if last_month > 12 {
        DaySpan::month(year.saturating_add(1), last_month - 12)
    } else {
        DaySpan::month(year, last_month)
    };
    DaySpan { first: DaySpan::month(year, first_month).first, last: last.last }
}
