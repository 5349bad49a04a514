//! [`Expression`] → English for people.

use super::syntax::{
    Date, Digits, End, Expression, Member, Qualifier, SetKind, TimeOfDay, Year, YearPart, Zone,
};
use crate::time::civil::days_in_month;
use crate::time::words::{month_name, year_range_words, year_words};

pub(super) fn expression(expression: &Expression) -> String {
    match expression {
        Expression::Date(date) => words(date),
        Expression::Interval(start, end) => match (start, end) {
            (End::Date(start), End::Date(end)) => range(start, end),
            (End::Date(start), End::Open) => format!("from {} on", words(start)),
            (End::Date(start), End::Unknown) => format!("{} – unknown end", words(start)),
            (End::Open, End::Date(end)) => format!("until {}", words(end)),
            (_, End::Date(end)) => format!("unknown start – {}", words(end)),
            _ => "always".to_owned(),
        },
        Expression::Set(kind, members) => set(*kind, members),
    }
}

fn set(kind: SetKind, members: &[Member]) -> String {
    let (earlier, later, conjunction) = match kind {
        SetKind::OneOf => (" or earlier", " or later", "or"),
        SetKind::AllOf => (" and all earlier", " and all later", "and"),
    };
    let mut words: Vec<String> = members
        .iter()
        .map(|member| match member {
            Member::One(date) => words(date),
            Member::Range(a, b) => range(a, b),
            Member::OnOrBefore(date) => words(date) + earlier,
            Member::OnOrAfter(date) => words(date) + later,
        })
        .collect();
    let last = words.pop().unwrap_or_default();
    if words.is_empty() {
        return last;
    }
    let prefix = if kind == SetKind::OneOf { "one of " } else { "" };
    format!("{prefix}{} {conjunction} {last}", words.join(", "))
}

/// "19–20 September 2023", "1964–2008", "12 December 2022 – 28 April 2023".
fn range(start: &Date, end: &Date) -> String {
    if start == end {
        return words(start);
    }
    if let (Some(a), Some(b)) = (Plain::of(start), Plain::of(end)) {
        let is_same_year = a.year == b.year;
        match (a.month_day, b.month_day) {
            (None, None) if a.year > 0 && b.year > 0 => {
                return format!("{}–{}", a.year_digits(), year_words(b.year));
            }
            (None, None) if a.year <= 0 && b.year <= 0 => {
                return format!("{}–{}", a.year_digits(), year_words(b.year));
            }
            (Some((m, None)), Some((n, None))) if is_same_year && m != n => {
                return format!("{}–{} {}", month_name(m), month_name(n), year_words(b.year));
            }
            (Some((m, Some(first))), Some((n, Some(last)))) if is_same_year => {
                let (year, to) = (year_words(b.year), month_name(n));
                return if m == n {
                    format!("{first}–{last} {to} {year}")
                } else {
                    format!("{first} {} – {last} {to} {year}", month_name(m))
                };
            }
            _ => {}
        }
    }
    format!("{} – {}", words(start), words(end))
}

/// A date of exact numbers and nothing else.
struct Plain {
    year: i64,
    month_day: Option<(i64, Option<i64>)>,
}

impl Plain {
    fn of(date: &Date) -> Option<Self> {
        if date.is_unspecified() || !date.any_qualifier().is_none() || date.time.is_some() {
            return None;
        }
        let Year::Exact(year) = date.year else { return None };
        let month_day = match date.part {
            None => None,
            Some(YearPart::Month(month)) => Some((month.exact()?, date.day.and_then(Digits::exact))),
            Some(YearPart::Grouping(_)) => return None,
        };
        Some(Self { year, month_day })
    }

    /// The year without its era, for the first of two years of one era.
    fn year_digits(&self) -> String {
        let words = year_words(self.year);
        words.split(' ').next().unwrap_or_default().to_owned()
    }
}

fn words(date: &Date) -> String {
    let plain = plain_words(date);
    let mut parts = vec![("year", date.year_qualifier)];
    if let Some(part) = date.part {
        parts
            .push((if matches!(part, YearPart::Month(_)) { "month" } else { "season" }, date.part_qualifier));
    }
    if date.day.is_some() {
        parts.push(("day", date.day_qualifier));
    }
    let first = date.year_qualifier;
    if parts.iter().all(|(_, qualifier)| *qualifier == first) {
        let prefix = match (first.is_uncertain, first.is_approximate) {
            (false, false) => "",
            (false, true) => "about ",
            (true, false) => "possibly ",
            (true, true) => "possibly about ",
        };
        return if date.part.is_none() && !prefix.is_empty() {
            format!("{prefix}{}", YearWords::of(date.year).inside)
        } else {
            format!("{prefix}{plain}")
        };
    }
    // Only some components are qualified: name them, those that are alike together.
    let mut notes: Vec<(Qualifier, Vec<&str>)> = Vec::new();
    for (name, qualifier) in parts.into_iter().filter(|(_, qualifier)| !qualifier.is_none()) {
        match notes.iter_mut().find(|(known, _)| *known == qualifier) {
            Some((_, names)) => names.push(name),
            None => notes.push((qualifier, vec![name])),
        }
    }
    let notes: Vec<String> = notes
        .into_iter()
        .map(|(qualifier, names)| {
            let what = match (qualifier.is_uncertain, qualifier.is_approximate) {
                (true, true) => "uncertain and approximate",
                (true, false) => "uncertain",
                _ => "approximate",
            };
            format!("{} {what}", names.join(" and "))
        })
        .collect();
    format!("{plain} ({})", notes.join(", "))
}

fn plain_words(date: &Date) -> String {
    let year = YearWords::of(date.year);
    let Some(part) = date.part else { return year.alone };
    let month = match part {
        YearPart::Grouping(grouping) => return grouping_words(grouping, &year),
        YearPart::Month(month) => month,
    };
    let clock = date.time.map(time_words).unwrap_or_default();
    match (month.exact(), date.day, date.day.and_then(Digits::exact)) {
        (Some(month), None, _) => year.after(month_name(month)),
        (Some(month), Some(_), Some(day)) => year.after(&format!("{day} {}", month_name(month))) + &clock,
        (Some(month), Some(day), None) => {
            if day.is_all_unspecified() {
                format!("a day {}", year.within(&format!("in {}", month_name(month))))
            } else {
                year.after(&format!("one of {} {}", or_list(day, date.year, month), month_name(month)))
            }
        }
        (None, None, _) => format!("a month of {}{}", year.inside, month_note(month)),
        (None, Some(_), Some(day)) => {
            format!("day {day} of a month of {}{}", year.inside, month_note(month))
        }
        (None, Some(_), None) => format!("a day in {}{}", year.inside, month_note(month)),
    }
}

/// A year alone, and as part of a longer phrase.
struct YearWords {
    /// "1984", "1560s", "an unknown year"
    alone: String,
    /// As in "a month of …": "1984", "the 1560s", "an unknown year".
    inside: String,
    is_exact: bool,
}

impl YearWords {
    fn of(year: Year) -> Self {
        match year {
            Year::Exact(year) => {
                let words = year_words(year);
                Self { alone: words.clone(), inside: words, is_exact: true }
            }
            Year::Significant { estimate, first, last } => {
                let words =
                    format!("about {} ({})", year_words(estimate), year_range_words(first, last, year_words));
                Self { alone: words.clone(), inside: words, is_exact: true }
            }
            Year::Masked { digits, .. } if digits.is_all_unspecified() => {
                let words = "an unknown year".to_owned();
                Self { alone: words.clone(), inside: words, is_exact: false }
            }
            // "1900s" is the century; the decade 1900–1909 is printed as a range, below.
            Year::Masked {
                is_negative: false,
                digits: digits @ Digits([Some(_), Some(_), decade, None]),
            } if digits.min() >= 1000 && decade != Some(0) => {
                let words = format!("{}s", digits.min());
                Self { inside: format!("the {words}"), alone: words, is_exact: false }
            }
            Year::Masked { is_negative, digits } => {
                let (first, last) =
                    if is_negative { (-digits.max(), -digits.min()) } else { (digits.min(), digits.max()) };
                let words = format!("a year in {}", year_range_words(first, last, year_words));
                Self { alone: words.clone(), inside: words, is_exact: false }
            }
        }
    }

    /// "April 1985", "December in the 1560s"
    fn after(&self, what: &str) -> String {
        if self.is_exact { format!("{what} {}", self.inside) } else { format!("{what} in {}", self.inside) }
    }

    /// "in April 1985", "in December of the 1560s"
    fn within(&self, what: &str) -> String {
        if self.is_exact { format!("{what} {}", self.inside) } else { format!("{what} of {}", self.inside) }
    }
}

/// " (October, November or December)" where only some months can be meant.
fn month_note(month: Digits<2>) -> String {
    if month.is_all_unspecified() {
        return String::new();
    }
    let mut names: Vec<&str> = (1..=12).filter(|m| month.matches(*m)).map(month_name).collect();
    let last = names.pop().unwrap_or_default();
    if names.is_empty() { format!(" ({last})") } else { format!(" ({} or {last})", names.join(", ")) }
}

/// "10–19", "1, 11, 21 or 31": the days of the month that fit.
fn or_list(digits: Digits<2>, year: Year, month: i64) -> String {
    let year = if let Year::Exact(year) = year { year } else { 2000 };
    let max = i64::from(days_in_month(year, month as u8));
    let mut numbers: Vec<i64> = (1..=max).filter(|n| digits.matches(*n)).collect();
    match (numbers.first().copied(), numbers.pop()) {
        (Some(first), Some(last))
            if last > first + 1 && usize::try_from(last - first) == Ok(numbers.len()) =>
        {
            format!("{first}–{last}")
        }
        (_, Some(last)) if numbers.is_empty() => last.to_string(),
        (_, Some(last)) => {
            let rest: Vec<String> = numbers.iter().map(i64::to_string).collect();
            format!("{} or {last}", rest.join(", "))
        }
        _ => String::new(),
    }
}

fn grouping_words(grouping: u8, year: &YearWords) -> String {
    const ORDINALS: [&str; 4] = ["first", "second", "third", "fourth"];
    const SEASONS: [&str; 4] = ["spring", "summer", "autumn", "winter"];
    const THIRDS: [&str; 3] = ["January–April", "May–August", "September–December"];
    let pick = |names: &[&'static str], from: u8| -> &'static str {
        names.get(usize::from(grouping.saturating_sub(from))).copied().unwrap_or("?")
    };
    match grouping {
        21..=24 => year.after(pick(&SEASONS, 21)),
        25..=28 => format!("{} (northern hemisphere)", year.after(pick(&SEASONS, 25))),
        29..=32 => format!("{} (southern hemisphere)", year.after(pick(&SEASONS, 29))),
        33..=36 => format!("{} quarter of {}", pick(&ORDINALS, 33), year.inside),
        37..=39 => year.after(pick(&THIRDS, 37)),
        _ => format!("{} half of {}", pick(&ORDINALS, 40), year.inside),
    }
}

fn time_words(time: TimeOfDay) -> String {
    let seconds = match time.second {
        None | Some(0) => String::new(),
        Some(second) => format!(":{second:02}"),
    };
    let zone = match time.zone {
        Zone::Local => String::new(),
        Zone::Utc => " UTC".to_owned(),
        Zone::Offset { is_negative, hours, minutes } => {
            let sign = if is_negative { '−' } else { '+' };
            let minutes = minutes.map(|minutes| format!(":{minutes:02}")).unwrap_or_default();
            format!(" (UTC{sign}{hours:02}{minutes})")
        }
    };
    format!(", {:02}:{:02}{seconds}{zone}", time.hour, time.minute)
}
