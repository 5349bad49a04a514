//! One date as typed: words, numbers, eras, decades and centuries, qualifiers.

use crate::time::Edtf;
use crate::time::words::month_name;

const BCE: [&str; 4] = ["bc", "bce", "b.c", "b.c.e"];
const CE: [&str; 4] = ["ad", "ce", "a.d", "c.e"];

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Problem {
    NotADate,
    ShortYear,
    Ambiguous { day_first: String, month_first: String },
}

/// A date as far as it was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Typed {
    /// Astronomical.
    pub year: Option<i64>,
    /// Month 1–12 or season 21–24.
    pub month: Option<i64>,
    pub day: Option<i64>,
    /// First and last year, in place of `year`.
    pub years: Option<(i64, i64)>,
    /// "1990s": EDTF's `199X`.
    pub mask: Option<String>,
    pub qualifier: Option<char>,
}

impl Typed {
    pub fn to_edtf(&self) -> String {
        let mut text = match (&self.mask, self.years) {
            (Some(mask), _) => mask.clone(),
            (None, Some((first, last))) => {
                let (first, last) = (year_text(first), year_text(last));
                let qualifier = self.qualifier.map(String::from).unwrap_or_default();
                return format!("{first}{qualifier}/{last}{qualifier}");
            }
            (None, None) => year_text(self.year.unwrap_or_default()),
        };
        for number in [self.month, self.day].into_iter().flatten() {
            text = format!("{text}-{number:02}");
        }
        text.extend(self.qualifier);
        text
    }

    pub fn is_whole(&self) -> bool {
        self.mask.is_some()
            || self.years.is_some()
            || (self.year.is_some() && (self.day.is_none() || self.month.is_some()))
    }

    /// The first year of it and the last.
    pub fn ends(&self) -> (String, String) {
        match self.years {
            Some((first, last)) => (year_text(first), year_text(last)),
            None => (self.to_edtf(), self.to_edtf()),
        }
    }
}

pub(super) fn year_text(year: i64) -> String {
    let sign = if year < 0 { "-" } else { "" };
    if year.abs() > 9999 { format!("Y{year}") } else { format!("{sign}{:04}", year.abs()) }
}

/// "bc", "century": what can follow two numbers at once.
pub(super) fn is_era_word(word: &str) -> bool {
    let word = word.trim_end_matches('.');
    word == "century" || BCE.contains(&word) || CE.contains(&word)
}

pub(super) fn single(words: &str) -> Result<Typed, Problem> {
    let date = partial(words)?;
    if date.is_whole() { Ok(date) } else { Err(Problem::NotADate) }
}

/// A date that may lack its year or month.
pub(super) fn partial(words: &str) -> Result<Typed, Problem> {
    let mut rest = words.trim();
    let mut date = Typed::default();
    let (mut is_about, mut is_doubtful) = (false, false);
    for prefix in
        ["possibly ", "perhaps ", "maybe ", "about ", "around ", "circa ", "ca. ", "ca ", "c. ", "c.", "~"]
    {
        if let Some(after) = rest.strip_prefix(prefix) {
            rest = after.trim_start();
            let doubts = ["possibly ", "perhaps ", "maybe "].contains(&prefix);
            is_doubtful |= doubts;
            is_about |= !doubts;
        }
    }
    if let Some(before) = rest.strip_suffix('?') {
        rest = before.trim_end();
        is_doubtful = true;
    }
    date.qualifier = match (is_doubtful, is_about) {
        (true, true) => Some('%'),
        (true, false) => Some('?'),
        (false, true) => Some('~'),
        (false, false) => None,
    };
    if let Ok(edtf) = Edtf::parse(rest)
        && let Some(plain) = plain_edtf(edtf.as_str())
    {
        return Ok(Typed { qualifier: date.qualifier, ..plain });
    }
    if let Some((parts, separator)) = numbers(rest) {
        let read = numeric(&parts, separator)?;
        return Ok(Typed { qualifier: date.qualifier, ..read });
    }
    let mut is_bce = None;
    let mut century = None;
    for word in rest.split(' ') {
        match word.trim_end_matches('.') {
            "" | "the" | "of" | "in" | "on" | "year" => {}
            "century" | "c" if date.day.is_some() => century = date.day.take(),
            word if BCE.contains(&word) => is_bce = Some(true),
            word if CE.contains(&word) => is_bce = Some(false),
            word => read_word(word, &mut date)?,
        }
    }
    if let Some(century) = century {
        if !(1..=99).contains(&century) {
            return Err(Problem::NotADate);
        }
        // The 19th century is 1801–1900; the 5th BCE is 500–401 BCE, that is −499 to −400.
        date.years = Some(if is_bce == Some(true) {
            (1 - century * 100, -(century - 1) * 100)
        } else {
            ((century - 1) * 100 + 1, century * 100)
        });
    } else if let Some(is_bce) = is_bce {
        // "44 BC": the number looked like a day.
        let number =
            date.year.or_else(|| date.day.take()).filter(|year| *year > 0).ok_or(Problem::NotADate)?;
        date.year = Some(if is_bce { 1 - number } else { number });
    } else if date.year.is_none()
        && date.month.is_none()
        && date.mask.is_none()
        && date.day.is_some_and(|d| d > 31)
    {
        return Err(Problem::ShortYear);
    }
    if date == (Typed { qualifier: date.qualifier, ..Typed::default() }) {
        return Err(Problem::NotADate);
    }
    Ok(date)
}

/// `2023`, `2023-04`, `2023-04-23` and nothing more.
fn plain_edtf(text: &str) -> Option<Typed> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let mut parts = digits.split('-').map(str::parse::<i64>);
    let year = parts.next()?.ok()?;
    let month = parts.next().transpose().ok()?;
    let day = parts.next().transpose().ok()?;
    Some(Typed { year: Some(sign * year), month, day, ..Typed::default() })
}

fn read_word(word: &str, date: &mut Typed) -> Result<(), Problem> {
    let set = |slot: &mut Option<i64>, value: i64| match slot.replace(value) {
        None => Ok(()),
        Some(_) => Err(Problem::NotADate),
    };
    if let Some(month) = month_or_season(word) {
        return set(&mut date.month, month);
    }
    let digits: &str = word.trim_end_matches(|c: char| !c.is_ascii_digit());
    let suffix = word.get(digits.len()..).unwrap_or_default();
    if digits.is_empty() || digits.len() > 18 {
        return Err(Problem::NotADate);
    }
    let number: i64 = digits.parse().map_err(|_| Problem::NotADate)?;
    match (suffix, digits.len()) {
        ("s" | "'s" | "’s", 4) if number % 10 == 0 && date.mask.is_none() => {
            let stem = digits.trim_end_matches('0');
            // "1900s" is the century, "2000s" too; "1990s" is the decade.
            let n_unspecified = if number % 100 == 0 { 2 } else { 1 };
            let kept = digits.get(..4 - n_unspecified).unwrap_or(stem);
            date.mask = Some(format!("{kept}{}", "X".repeat(n_unspecified)));
            Ok(())
        }
        ("st" | "nd" | "rd" | "th" | "", 1..=2) => {
            // A second bare number can only be the year: "April 23, 79 AD".
            if date.day.is_some() { set(&mut date.year, number) } else { set(&mut date.day, number) }
        }
        ("", _) => set(&mut date.year, number),
        _ => Err(Problem::NotADate),
    }
}

fn month_or_season(word: &str) -> Option<i64> {
    const SEASONS: [(&str, i64); 5] =
        [("spring", 21), ("summer", 22), ("autumn", 23), ("fall", 23), ("winter", 24)];
    if let Some((_, season)) = SEASONS.iter().find(|(name, _)| *name == word) {
        return Some(*season);
    }
    (1..=12_i64).find(|month| {
        let name = month_name(*month).to_lowercase();
        word.len() >= 3 && name.starts_with(word)
    })
}

/// The groups of digits, if the text is two or three of them with one kind of separator.
pub(super) fn numbers(text: &str) -> Option<(Vec<&str>, char)> {
    let separator = text.chars().find(|c| !c.is_ascii_digit())?;
    if !['-', '.', '/'].contains(&separator) {
        return None;
    }
    let parts: Vec<&str> = text.split(separator).map(str::trim).collect();
    let is_number = |part: &&str| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    ((2..=3).contains(&parts.len()) && parts.iter().all(is_number)).then_some((parts, separator))
}

/// "23.4.2023", "4/2023", "2023-4-3", "23/4/2023"; not "4/5/2023", which has two meanings.
fn numeric(parts: &[&str], separator: char) -> Result<Typed, Problem> {
    let number = |part: &str| part.parse::<i64>().map_err(|_| Problem::NotADate);
    let date = |year, month, day| Typed { year: Some(year), month: Some(month), day, ..Typed::default() };
    match *parts {
        // "1914-18": what cannot be a month is the end of a run of years.
        [y, end] if y.len() == 4 && end.len() == 2 && separator != '.' && number(end)? > 12 => {
            let (first, end) = (number(y)?, number(end)?);
            Ok(Typed { years: Some((first, first / 100 * 100 + end)), ..Typed::default() })
        }
        [y, m] | [m, y] if y.len() == 4 && m.len() <= 2 => Ok(date(number(y)?, number(m)?, None)),
        [y, m, d] if y.len() == 4 && m.len() <= 2 && d.len() <= 2 => {
            Ok(date(number(y)?, number(m)?, Some(number(d)?)))
        }
        [a, b, y] if y.len() == 4 && a.len() <= 2 && b.len() <= 2 => {
            let (a, b, y) = (number(a)?, number(b)?, number(y)?);
            if separator == '.' || a > 12 || a == b {
                Ok(date(y, b, Some(a)))
            } else if b > 12 {
                Ok(date(y, a, Some(b)))
            } else {
                Err(Problem::Ambiguous {
                    day_first: format!("{a} {} {y}", month_name(b)),
                    month_first: format!("{b} {} {y}", month_name(a)),
                })
            }
        }
        [_, _, y] if y.len() <= 2 => Err(Problem::ShortYear),
        _ => Err(Problem::NotADate),
    }
}
