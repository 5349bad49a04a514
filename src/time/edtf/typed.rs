//! What a person types in the date box → EDTF.
//!
//! EDTF itself is read first, so what it means there it means here ("2020-21" is the spring of
//! 2020). Then English: "23 April 2023", "April 2020 – May 2021", "44 BC", "the 1990s", "before
//! 2020", "about 1850". Numbers are read day first only where they cannot be read otherwise.

use super::Edtf;

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

#[derive(Debug, Clone, PartialEq, Eq)]
enum Problem {
    NotADate,
    ShortYear,
    Ambiguous { day_first: String, month_first: String },
}

/// A date as far as it was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Typed {
    /// Astronomical.
    year: Option<i64>,
    /// Month 1–12 or season 21–24.
    month: Option<i64>,
    day: Option<i64>,
    /// First and last year, in place of `year`.
    years: Option<(i64, i64)>,
    /// "1990s": EDTF's `199X`.
    mask: Option<String>,
    qualifier: Option<char>,
}

impl Typed {
    fn to_edtf(&self) -> String {
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
            text += &format!("-{number:02}");
        }
        text.extend(self.qualifier);
        text
    }

    fn is_whole(&self) -> bool {
        self.mask.is_some()
            || self.years.is_some()
            || (self.year.is_some() && (self.day.is_none() || self.month.is_some()))
    }

    /// The first year of it and the last.
    fn ends(&self) -> (String, String) {
        match self.years {
            Some((first, last)) => (year_text(first), year_text(last)),
            None => (self.to_edtf(), self.to_edtf()),
        }
    }
}

fn year_text(year: i64) -> String {
    let sign = if year < 0 { "-" } else { "" };
    if year.abs() > 9999 { format!("Y{year}") } else { format!("{sign}{:04}", year.abs()) }
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
    use crate::time::CivilDate;
    let date = Edtf::parse(text).ok()?;
    let days = date.interval().extent();
    let target = CivilDate::from_day(if steps < 0 { days.first - 1 } else { days.last + 1 });
    let n_parts = text.trim_start_matches('-').matches('-').count();
    let year = year_text(target.year);
    Some(match n_parts {
        0 => year,
        1 if !matches!(text.get(text.len() - 2..), Some("21" | "22" | "23" | "24")) => {
            format!("{year}-{:02}", target.month)
        }
        _ => format!("{year}-{:02}-{:02}", target.month, target.day),
    })
}

/// Two ends to an interval; what one leaves out is taken from the other ("19-20 September 2023").
fn join(start: &str, end: &str) -> Result<String, Problem> {
    let (mut start, mut end) = (partial(start)?, partial(end)?);
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

fn single(words: &str) -> Result<Typed, Problem> {
    let date = partial(words)?;
    if date.is_whole() { Ok(date) } else { Err(Problem::NotADate) }
}

/// A date that may lack its year or month.
fn partial(words: &str) -> Result<Typed, Problem> {
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
            "bc" | "bce" | "b.c" | "b.c.e" => is_bce = Some(true),
            "ad" | "ce" | "a.d" | "c.e" => is_bce = Some(false),
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
        ("st" | "nd" | "rd" | "th", 1..=2) | ("", 1..=2) => {
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
        let name = crate::time::words::month_name(*month).to_lowercase();
        word.len() >= 3 && name.starts_with(word)
    })
}

/// The groups of digits, if the text is two or three of them with one kind of separator.
fn numbers(text: &str) -> Option<(Vec<&str>, char)> {
    let separator = text.chars().find(|c| !c.is_ascii_digit())?;
    if !['-', '.', '/'].contains(&separator) {
        return None;
    }
    let parts: Vec<&str> = text.split(separator).map(str::trim).collect();
    let is_number = |part: &&str| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    ((2..=3).contains(&parts.len()) && parts.iter().all(|part| is_number(&part)))
        .then_some((parts, separator))
}

/// "23.4.2023", "4/2023", "2023-4-3", "23/4/2023"; not "4/5/2023", which has two meanings.
fn numeric(parts: &[&str], separator: char) -> Result<Typed, Problem> {
    let number = |part: &str| part.parse::<i64>().map_err(|_| Problem::NotADate);
    let date = |year, month, day| Typed { year: Some(year), month: Some(month), day, ..Typed::default() };
    match *parts {
        [y, m] if y.len() == 4 && m.len() <= 2 => Ok(date(number(y)?, number(m)?, None)),
        [m, y] if y.len() == 4 && m.len() <= 2 => Ok(date(number(y)?, number(m)?, None)),
        [y, m, d] if y.len() == 4 && m.len() <= 2 && d.len() <= 2 => {
            Ok(date(number(y)?, number(m)?, Some(number(d)?)))
        }
        [a, b, y] if y.len() == 4 && a.len() <= 2 && b.len() <= 2 => {
            let (a, b, y) = (number(a)?, number(b)?, number(y)?);
            let month_name = |m: i64| crate::time::words::month_name(m);
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn people_type_dates_in_many_ways() {
        for (typed, edtf) in [
            // EDTF itself
            ("2023-04-23", "2023-04-23"),
            (" 2020/2023 ", "2020/2023"),
            ("199X", "199X"),
            ("Y-170000002", "Y-170000002"),
            ("2020-21", "2020-21"),
            // Words
            ("2023", "2023"),
            ("April 2023", "2023-04"),
            ("apr 2023", "2023-04"),
            ("Sept. 2023", "2023-09"),
            ("23 April 2023", "2023-04-23"),
            ("23rd of April, 2023", "2023-04-23"),
            ("April 23, 2023", "2023-04-23"),
            ("April 23rd 2023", "2023-04-23"),
            ("2023 April 23", "2023-04-23"),
            ("spring 2021", "2021-21"),
            ("the fall of 1989", "1989-23"),
            // Numbers
            ("23.4.2023", "2023-04-23"),
            ("4.5.2023", "2023-05-04"),
            ("4.2023", "2023-04"),
            ("04/2023", "2023-04"),
            ("2023/4", "2023-04"),
            ("2023-4", "2023-04"),
            ("2023-4-3", "2023-04-03"),
            ("2023/04/03", "2023-04-03"),
            ("23/4/2023", "2023-04-23"),
            ("4/23/2023", "2023-04-23"),
            ("4/4/2023", "2023-04-04"),
            ("23-4-2023", "2023-04-23"),
            // Ranges
            ("2020-2023", "2020/2023"),
            ("2020 – 2023", "2020/2023"),
            ("2020–2023", "2020/2023"),
            ("2020 to 2023", "2020/2023"),
            ("from 2020 to 2023", "2020/2023"),
            ("between 2020 and 2023", "2020/2023"),
            ("April 2020 – May 2021", "2020-04/2021-05"),
            ("April-May 2023", "2023-04/2023-05"),
            ("19–20 September 2023", "2023-09-19/2023-09-20"),
            ("September 19-20, 2023", "2023-09-19/2023-09-20"),
            ("28 April – 3 May 2023", "2023-04-28/2023-05-03"),
            ("12 December 2022 - 28 April 2023", "2022-12-12/2023-04-28"),
            ("1.4.2023 - 30.4.2023", "2023-04-01/2023-04-30"),
            ("2023-04-01 - 2023-04-30", "2023-04-01/2023-04-30"),
            ("April 2020/May 2021", "2020-04/2021-05"),
            ("1939/45", "1939/0045"),
            ("44 BC - 14 AD", "-0043/0014"),
            ("500 BC to 401 BC", "-0499/-0400"),
            // Half open
            ("before 2020", "../2019"),
            ("before April 2023", "../2023-03"),
            ("before 1 March 2024", "../2024-02-29"),
            ("after 2020", "2021/.."),
            ("after December 2022", "2023-01/.."),
            ("before spring 2021", "../2021-02-28"),
            ("until 2020", "../2020"),
            ("since April 2023", "2023-04/.."),
            ("from 2020 on", "2020/.."),
            ("before the 19th century", "../1800"),
            ("after 1 BC", "0001/.."),
            // Eras
            ("44 BC", "-0043"),
            ("44 BCE", "-0043"),
            ("44 b.c.", "-0043"),
            ("1 BC", "0000"),
            ("AD 79", "0079"),
            ("79 CE", "0079"),
            ("24 October 79 AD", "0079-10-24"),
            ("15 March 44 BC", "-0043-03-15"),
            ("12,000 BC", "Y-11999"),
            ("170,000,000 BCE", "Y-169999999"),
            ("12023 AD", "Y12023"),
            // Decades and centuries
            ("1990s", "199X"),
            ("the 1990s", "199X"),
            ("1800s", "18XX"),
            ("19th century", "1801/1900"),
            ("the 5th century BC", "-0499/-0400"),
            ("1st century BC", "-0099/0000"),
            ("18th-19th century", "1701/1900"),
            // Qualified
            ("about 1850", "1850~"),
            ("c. 1850", "1850~"),
            ("ca 1850", "1850~"),
            ("circa April 2024", "2024-04~"),
            ("possibly 1850", "1850?"),
            ("April 2024?", "2024-04?"),
            ("possibly about 1850", "1850%"),
            ("about 1850 – 1860", "1850~/1860"),
        ] {
            match from_typed(typed) {
                Ok(read) => assert_eq!(read.as_str(), edtf, "{typed}"),
                Err(error) => panic!("{typed}: {error}"),
            }
        }
    }

    #[test]
    fn what_cannot_be_read_says_what_to_type() {
        for (typed, part) in [
            ("", "type a date"),
            ("   ", "type a date"),
            ("soon", "is not a date; type for instance"),
            ("April", "is not a date"),
            ("23 April", "is not a date"),
            ("April April 2023", "is not a date"),
            ("2023 2024", "is not a date"),
            ("4/5/2023", "type 4 May 2023 or 5 April 2023"),
            ("4-5-2023", "type 4 May 2023 or 5 April 2023"),
            ("23.4.23", "could be any century"),
            ("44", "could be any century"),
            ("31 April 2023", "no such day"),
            ("29.2.2023", "no such day"),
            ("13.13.2023", "no month"),
            ("2023-2020", "ends before it starts"),
            ("0 BC", "is not a date"),
            ("100th century", "is not a date"),
            ("from", "is not a date"),
            ("- -", "is not a date"),
        ] {
            match from_typed(typed) {
                Ok(read) => panic!("{typed} was read as {read}"),
                Err(error) => assert!(error.to_string().contains(part), "{typed}: {error}"),
            }
        }
        assert!(from_typed(&"1".repeat(100_000)).unwrap_err().to_string().len() < 400);
    }

    proptest! {
        #[test]
        fn any_typing_is_read_or_refused(text in any::<String>()) {
            let _ = from_typed(&text);
        }

        #[test]
        fn near_dates_are_read_or_refused(
            text in "(about |before |from |after )?([0-9]{1,5}|April|the|century|19th|bc|spring|[-/.,–]| ){0,8}"
        ) {
            let _ = from_typed(&text);
        }

        /// What the program prints for a plain date or interval can be typed back.
        #[test]
        fn printed_dates_are_read_back(
            year in -9998_i64..9999, month in 1_u8..=12, day in 1_u8..=28, n_parts in 1..=3_usize, length in 0_i64..2000
        ) {
            let text = |year: i64, month: u8, day: u8| {
                let year = year_text(year);
                match n_parts {
                    1 => year,
                    2 => format!("{year}-{month:02}"),
                    _ => format!("{year}-{month:02}-{day:02}"),
                }
            };
            let first = crate::time::CivilDate { year, month, day };
            let last = crate::time::CivilDate::from_day(first.to_day() + length);
            let (first, last) = (text(year, month, day), text(last.year, last.month, last.day));
            let edtf = Edtf::parse(&first).unwrap();
            prop_assert_eq!(from_typed(&edtf.for_people()).unwrap().as_str(), &first);
            let interval = Edtf::parse(&format!("{first}/{last}")).unwrap();
            let read = from_typed(&interval.for_people()).unwrap();
            prop_assert_eq!(read.interval().extent(), interval.interval().extent(), "{}", interval.for_people());
        }
    }
}
