//! What a person types in the date box → EDTF.
//!
//! EDTF itself is read first, so what it means there it means here ("2020-21" is the spring of
//! 2020). Then English: "23 April 2023", "April 2020 – May 2021", "44 BC", "the 1990s", "before
//! 2020", "about 1850". Numbers are read day first only where they cannot be read otherwise.

mod date;
#[cfg(test)]
mod tests;

use self::date::{Problem, Typed, is_era_word, numbers, partial, single, year_text};
use super::Edtf;
use crate::time::CivilDate;

/// Longer text is no date.
const MAX_CHARS: usize = 200;

/// Why typed text is not a date, with what to type instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TypedDateError {
    #[error("type a date, such as 23 April 2023, April 2023, 2023-04-23, 2020/2023, 44 BC or 1990s")]
    Empty,
    #[error(
        "“{text}” is not a date; type for instance 23 April 2023, April 2023, 2023-04-23, 2020/2023, 44 BC or 1990s"
    )]
    NotADate { text: String },
    #[error("“{text}” can be read in two ways: type {day_first} or {month_first}")]
    Ambiguous { text: String, day_first: String, month_first: String },
    #[error("“{text}” could be any century: type the year in full, as in 2023, 0023 or 23 BC")]
    ShortYear { text: String },
    #[error("“{text}” is not in the calendar: {reason}")]
    NoSuchDate { text: String, reason: String },
}

/// Reads what a person types.
pub fn from_typed(text: &str) -> Result<Edtf, TypedDateError> {
    let typed = text.trim();
    if typed.is_empty() {
        return Err(TypedDateError::Empty);
    }
    if typed.chars().count() > MAX_CHARS {
        let text = typed.chars().take(60).chain(['…']).collect();
        return Err(TypedDateError::NotADate { text });
    }
    if let Ok(edtf) = Edtf::parse(typed) {
        return Ok(edtf);
    }
    let words = normal_words(typed);
    let edtf_text = match range(&words) {
        Some(range) => range,
        None => single(&words).map(|date| date.to_edtf()),
    };
    let named = |problem: Problem| match problem {
        Problem::NotADate => TypedDateError::NotADate { text: typed.to_owned() },
        Problem::ShortYear => TypedDateError::ShortYear { text: typed.to_owned() },
        Problem::Ambiguous { day_first, month_first } => {
            TypedDateError::Ambiguous { text: typed.to_owned(), day_first, month_first }
        }
    };
    Edtf::parse(&edtf_text.map_err(named)?)
        .map_err(|error| TypedDateError::NoSuchDate { text: typed.to_owned(), reason: error.reason })
}

/// Lower case, one kind of dash, no commas, single spaces; "170,000,000" becomes one number.
fn normal_words(typed: &str) -> String {
    let mut plain = String::with_capacity(typed.len());
    let chars: Vec<char> = typed.to_lowercase().chars().collect();
    for (i, c) in chars.iter().enumerate() {
        let is_digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
        let is_in_number = i > 0
            && is_digit(i - 1)
            && is_digit(i + 1)
            && is_digit(i + 2)
            && is_digit(i + 3)
            && !is_digit(i + 4);
        match c {
            ',' if is_in_number => {}
            ',' => plain.push(' '),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => plain.push('-'),
            c => plain.push(*c),
        }
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An interval, if the words are one: "2020-2023", "from April 2020 to May 2021", "before 2020".
fn range(words: &str) -> Option<Result<String, Problem>> {
    for (prefixes, is_start, steps) in [
        (&["until ", "till ", "up to "][..], false, 0),
        (&["before "][..], false, -1),
        (&["since "][..], true, 0),
        (&["after "][..], true, 1),
    ] {
        if let Some(rest) = prefixes.iter().find_map(|prefix| words.strip_prefix(prefix)) {
            return Some(single(rest).map(|date| half_open(&date, is_start, steps)));
        }
    }
    let from = words.strip_prefix("from ");
    if let Some(start) = from.and_then(|rest| rest.strip_suffix(" on").or(rest.strip_suffix(" onwards"))) {
        return Some(single(start).map(|date| half_open(&date, true, 0)));
    }
    let (body, and) = match words.strip_prefix("between ") {
        Some(body) => (body, " and "),
        None => (from.unwrap_or(words), " to "),
    };
    for separator in [and, " to ", " until ", " till ", " - ", "/"] {
        if let Some((start, end)) = body.split_once(separator)
            && !(separator == "/" && numbers(body).is_some())
        {
            return Some(join(start, end));
        }
    }
    if numbers(body).is_some_and(|(parts, _)| parts.len() == 3 || parts.last().is_some_and(|p| p.len() < 3)) {
        return None;
    }
    // A hyphen without spaces may also belong to a date: take the first that parts two dates.
    body.match_indices('-').find_map(|(at, _)| {
        let (start, end) = (body.get(..at)?, body.get(at + 1..)?);
        join(start, end).ok().map(Ok)
    })
}

/// `../date` or `date/..`, the date moved by `steps` of its own unit.
fn half_open(date: &Typed, is_start: bool, steps: i64) -> String {
    let (first, last) = date.ends();
    let text = if (is_start && steps == 0) || (!is_start && steps != 0) { first } else { last };
    let text = if steps == 0 { text } else { stepped(&text, steps).unwrap_or(text) };
    if is_start { format!("{text}/..") } else { format!("../{text}") }
}

/// The day, month or year before or after an EDTF date, in its own precision.
fn stepped(text: &str, steps: i64) -> Option<String> {
    let date = Edtf::parse(text).ok()?;
    let days = date.interval().extent();
    let target = CivilDate::from_day(if steps < 0 { days.first - 1 } else { days.last + 1 });
    let n_parts = text.trim_start_matches('-').matches('-').count();
    let year = year_text(target.year);
    Some(match n_parts {
        // A long year has no months.
        _ if target.year.abs() > 9999 => year,
        0 => year,
        1 if !matches!(text.get(text.len() - 2..), Some("21" | "22" | "23" | "24")) => {
            format!("{year}-{:02}", target.month)
        }
        _ => format!("{year}-{:02}-{:02}", target.month, target.day),
    })
}

/// Two ends to an interval; what one leaves out is taken from the other ("19-20 September 2023").
fn join(start: &str, end: &str) -> Result<String, Problem> {
    // "500-401 BC", "18th-19th century": the words after the second number belong to both.
    let shared = end
        .trim()
        .split_once(' ')
        .map(|(_, tail)| tail)
        .filter(|tail| !start.trim().contains(' ') && tail.split(' ').all(is_era_word));
    let (mut start, mut end) = match shared {
        Some(tail) => (partial(&format!("{} {tail}", start.trim()))?, partial(end)?),
        None => (partial(start)?, partial(end)?),
    };
    if start.year.is_none() && start.mask.is_none() && start.years.is_none() {
        start.year = end.year;
    }
    if start.month.is_none() && start.day.is_some() {
        start.month = end.month;
    }
    if end.month.is_none() && end.day.is_some() {
        end.month = start.month;
    }
    if !start.is_whole() || !end.is_whole() {
        return Err(Problem::NotADate);
    }
    Ok(format!("{}/{}", start.ends().0, end.ends().1))
}
