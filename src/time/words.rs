//! English words for years, months and spans, shared by EDTF, tables and the ruler.

use super::{CivilDate, DISTANT_FUTURE, DISTANT_PAST, DaySpan, civil::days_in_month};

const MONTH_NAMES: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// "April" for 4; "?" for what is no month.
pub fn month_name(month: impl Into<i64>) -> &'static str {
    usize::try_from(month.into() - 1).ok().and_then(|m| MONTH_NAMES.get(m)).copied().unwrap_or("?")
}

/// "Apr" for 4; "?" for what is no month.
pub fn short_month_name(month: impl Into<i64>) -> &'static str {
    month_name(month).get(..3).unwrap_or("?")
}

/// "2023", "79 CE", "44 BCE", "12,000 BCE", "170,000,002 CE".
///
/// The era stands where the bare number could be misread: before 1000 and after 9999.
/// `year` is astronomical: 0 is 1 BCE.
pub fn year_words(year: i64) -> String {
    with_era(year, grouped)
}

/// As [`year_words`], with round millions in words: "2 million BCE", "1.5 million BCE".
pub fn far_year_words(year: i64) -> String {
    with_era(year, |number| {
        const UNITS: [(i64, &str); 2] = [(1_000_000_000, "billion"), (1_000_000, "million")];
        for (unit, name) in UNITS {
            if number >= unit && number % (unit / 10) == 0 {
                let tenths = number / (unit / 10) % 10;
                let whole = grouped(number / unit);
                return if tenths == 0 {
                    format!("{whole} {name}")
                } else {
                    format!("{whole}.{tenths} {name}")
                };
            }
        }
        grouped(number)
    })
}

/// "1900–1999", "500–401 BCE", "1 BCE – 999 CE"; `words` is [`year_words`] or [`far_year_words`].
pub fn year_range_words(first: i64, last: i64, words: fn(i64) -> String) -> String {
    let (from, to) = (words(first), words(last));
    let era = |words: &str| words.rsplit_once(' ').map(|(number, era)| (number.to_owned(), era.to_owned()));
    match (era(&from), era(&to)) {
        (Some((number, from_era)), Some((_, to_era))) if from_era == to_era => {
            let spaced = if number.contains(' ') { " " } else { "" };
            format!("{number}{spaced}–{spaced}{to}")
        }
        (None, None) => format!("{from}–{to}"),
        _ => format!("{from} – {to}"),
    }
}

fn with_era(year: i64, number_words: impl Fn(i64) -> String) -> String {
    match year {
        ..=0 => format!("{} BCE", number_words(1_i64.saturating_sub(year))),
        1..=999 => format!("{year} CE"),
        1000..=9999 => year.to_string(),
        _ => format!("{} CE", number_words(year)),
    }
}

/// A number that is not negative with commas between thousands, from 10,000 on.
pub fn grouped(number: i64) -> String {
    let digits = number.to_string();
    if digits.len() < 5 {
        return digits;
    }
    let mut words = String::with_capacity(digits.len() * 4 / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            words.push(',');
        }
        words.push(digit);
    }
    words
}

/// "19 Sep 2023", "19–20 Sep 2023", "Apr 2023", "2020–2023", "1 Jan 2020 – 3 Mar 2021",
/// "from 2020 on", "until 3 Mar 2021", "all time".
pub fn span_words(span: DaySpan) -> String {
    let (from, to) = (CivilDate::from_day(span.first), CivilDate::from_day(span.last));
    let (starts_year, starts_month) = (from.month == 1 && from.day == 1, from.day == 1);
    let ends_month = to.day == days_in_month(to.year, to.month);
    let ends_year = to.month == 12 && ends_month;
    match (span.first <= DISTANT_PAST, span.last >= DISTANT_FUTURE) {
        (true, true) => return "all time".to_owned(),
        (true, false) => return format!("until {}", date_words(to, ends_year, ends_month)),
        (false, true) => return format!("from {} on", date_words(from, starts_year, starts_month)),
        (false, false) => {}
    }
    if starts_year && ends_year {
        return if from.year == to.year {
            year_words(from.year)
        } else {
            year_range_words(from.year, to.year, year_words)
        };
    }
    let is_months = starts_month && ends_month;
    let is_same_year = from.year == to.year;
    let last = date_words(to, false, is_months);
    if is_same_year && from.month == to.month {
        return if is_months || from.day == to.day { last } else { format!("{}–{last}", from.day) };
    }
    let month = short_month_name(from.month);
    match (is_same_year, is_months) {
        (true, true) => format!("{month}–{last}"),
        (true, false) => format!("{} {month} – {last}", from.day),
        (false, _) => format!("{} – {last}", date_words(from, false, is_months)),
    }
}

fn date_words(date: CivilDate, is_year: bool, is_month: bool) -> String {
    let year = year_words(date.year);
    match (is_year, is_month) {
        (true, _) => year,
        (false, true) => format!("{} {year}", short_month_name(date.month)),
        (false, false) => format!("{} {} {year}", date.day, short_month_name(date.month)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_have_their_era_where_it_is_needed() {
        for (year, words, far_words) in [
            (2023, "2023", "2023"),
            (1000, "1000", "1000"),
            (999, "999 CE", "999 CE"),
            (1, "1 CE", "1 CE"),
            (0, "1 BCE", "1 BCE"),
            (-43, "44 BCE", "44 BCE"),
            (-8999, "9000 BCE", "9000 BCE"),
            (-9999, "10,000 BCE", "10,000 BCE"),
            (10_000, "10,000 CE", "10,000 CE"),
            (-1_999_999, "2,000,000 BCE", "2 million BCE"),
            (-1_499_999, "1,500,000 BCE", "1.5 million BCE"),
            (-1_500_000, "1,500,001 BCE", "1,500,001 BCE"),
            (13_800_000_000, "13,800,000,000 CE", "13.8 billion CE"),
            (i64::MIN, "9,223,372,036,854,775,807 BCE", "9,223,372,036,854,775,807 BCE"),
        ] {
            assert_eq!(year_words(year), words);
            assert_eq!(far_year_words(year), far_words);
        }
    }

    #[test]
    fn spans_are_told_in_few_words() {
        let day = |y, m, d| CivilDate::new(y, m, d).unwrap().to_day();
        for (first, last, words) in [
            (day(2023, 9, 19), day(2023, 9, 19), "19 Sep 2023"),
            (day(2023, 9, 19), day(2023, 9, 20), "19–20 Sep 2023"),
            (day(2023, 9, 19), day(2023, 10, 2), "19 Sep – 2 Oct 2023"),
            (day(2020, 1, 1), day(2021, 3, 3), "1 Jan 2020 – 3 Mar 2021"),
            (day(2023, 2, 1), day(2023, 2, 28), "Feb 2023"),
            (day(2023, 2, 1), day(2023, 4, 30), "Feb–Apr 2023"),
            (day(2022, 12, 1), day(2023, 4, 30), "Dec 2022 – Apr 2023"),
            (day(2023, 1, 1), day(2023, 12, 31), "2023"),
            (day(2020, 1, 1), day(2023, 12, 31), "2020–2023"),
            (day(-43, 3, 15), day(-43, 3, 15), "15 Mar 44 BCE"),
            (day(-43, 1, 1), day(-42, 12, 31), "44–43 BCE"),
            (day(-43, 1, 1), day(14, 12, 31), "44 BCE – 14 CE"),
            (DISTANT_PAST, day(2020, 12, 31), "until 2020"),
            (DISTANT_PAST, day(2020, 11, 30), "until Nov 2020"),
            (day(2020, 1, 1), DISTANT_FUTURE, "from 2020 on"),
            (day(2020, 1, 2), DISTANT_FUTURE, "from 2 Jan 2020 on"),
            (DISTANT_PAST, DISTANT_FUTURE, "all time"),
        ] {
            assert_eq!(span_words(DaySpan { first, last }), words);
        }
    }
}
