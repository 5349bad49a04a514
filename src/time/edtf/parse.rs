//! EDTF strings → [`Expression`]: a recursive descent of fixed depth (nothing in EDTF nests), so
//! hostile input costs at most its length.

use super::syntax::{
    Date, Digits, End, Expression, Member, Qualifier, SetKind, TimeOfDay, Year, YearPart, Zone,
};

/// Longer strings are refused; the longest real ones are sets of some dozen dates.
const MAX_LENGTH: usize = 4096;
/// Years of up to this many digits fit an `i64`.
const MAX_YEAR_DIGITS: usize = 18;

/// What is wrong, and the byte where.
#[derive(Debug)]
pub(super) struct Wrong {
    pub at: usize,
    pub reason: String,
}

type Parsed<T> = Result<T, Wrong>;

/// Reads a whole string.
pub(super) fn expression(text: &str) -> Parsed<Expression> {
    match plain_date(text.as_bytes()) {
        Some(date) => Ok(Expression::Date(date)),
        None => any_expression(text),
    }
}

fn any_expression(text: &str) -> Parsed<Expression> {
    let mut cursor = Cursor { text, at: 0 };
    if text.is_empty() {
        return Err(cursor.wrong("it is empty"));
    }
    if text.len() > MAX_LENGTH {
        let reason = format!("it is {} bytes long; at most {MAX_LENGTH} are read", text.len());
        return Err(Wrong { at: 0, reason });
    }
    if let Some((at, c)) = text.char_indices().find(|(_, c)| !c.is_ascii_graphic() && *c != ' ') {
        let hint = match c {
            '\u{2010}'..='\u{2015}' | '\u{2212}' => {
                ": write the hyphen “-”, or “/” between the ends of an interval"
            }
            _ => "",
        };
        return Err(Wrong { at, reason: format!("{} has no place in a date{hint}", quoted(c)) });
    }
    let expression = match cursor.peek() {
        Some(b'[') => cursor.set(SetKind::OneOf, b']')?,
        Some(b'{') => cursor.set(SetKind::AllOf, b'}')?,
        _ if text.contains('/') => cursor.interval()?,
        _ => Expression::Date(cursor.date_with_time()?),
    };
    if cursor.peek().is_some() {
        return Err(cursor.unexpected("the end"));
    }
    Ok(expression)
}

/// `2023`, `2023-04` and `2023-04-23`, as nearly all dates are written; all else is for the [`Cursor`].
fn plain_date(bytes: &[u8]) -> Option<Date> {
    let (year, rest) = bytes.split_first_chunk::<4>()?;
    let (month, rest) = plain_pair(rest, 12)?;
    let (day, rest) = plain_pair(rest, 31)?;
    rest.is_empty().then_some(())?;
    let year = Year::Exact(plain_digits(*year)?.min());
    let part = month.map(YearPart::Month);
    let none = Qualifier::default();
    Some(Date {
        year,
        year_qualifier: none,
        part,
        part_qualifier: none,
        day,
        day_qualifier: none,
        time: None,
    })
}

/// A hyphen and a number of two digits, from 1 to `max`, and what is behind it; no number at the end.
fn plain_pair(bytes: &[u8], max: i64) -> Option<(Option<Digits<2>>, &[u8])> {
    let Some(([b'-', tens, ones], rest)) = bytes.split_first_chunk() else {
        return bytes.is_empty().then_some((None, bytes));
    };
    let digits = plain_digits([*tens, *ones])?;
    (1..=max).contains(&digits.min()).then_some((Some(digits), rest))
}

fn plain_digits<const N: usize>(bytes: [u8; N]) -> Option<Digits<N>> {
    bytes.iter().all(u8::is_ascii_digit).then(|| Digits(bytes.map(|byte| Some(byte - b'0'))))
}

fn quoted(c: char) -> String {
    if c.is_control() { format!("U+{:04X}", u32::from(c)) } else { format!("“{c}”") }
}

struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl Cursor<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn eat_dots(&mut self) -> bool {
        let found = self.text.get(self.at..).is_some_and(|rest| rest.starts_with(".."));
        self.at += if found { 2 } else { 0 };
        found
    }

    fn wrong(&self, reason: impl Into<String>) -> Wrong {
        Wrong { at: self.at, reason: reason.into() }
    }

    fn unexpected(&self, expected: &str) -> Wrong {
        let hint = match self.peek() {
            Some(b'u' | b'x') => " (unspecified digits are written X)",
            Some(b'y') => " (the prefix of a long year is written Y)",
            Some(b'?' | b'~' | b'%') => " (one qualifier a place: “%” is both uncertain and approximate)",
            _ => "",
        };
        match self.peek() {
            None => self.wrong(format!("{expected} is missing")),
            Some(byte) => {
                self.wrong(format!("expected {expected}, found {}{hint}", quoted(char::from(byte))))
            }
        }
    }

    fn interval(&mut self) -> Parsed<Expression> {
        let start = self.end()?;
        if !self.eat(b'/') {
            return Err(self.unexpected("“/”"));
        }
        let end = self.end()?;
        if !matches!(start, End::Date(_)) && !matches!(end, End::Date(_)) {
            return Err(Wrong { at: 0, reason: "an interval needs a date at one end".to_owned() });
        }
        Ok(Expression::Interval(start, end))
    }

    fn end(&mut self) -> Parsed<End> {
        if self.eat_dots() {
            return Ok(End::Open);
        }
        match self.peek() {
            None | Some(b'/') => Ok(End::Unknown),
            Some(_) => Ok(End::Date(self.date_only("an interval")?)),
        }
    }

    fn set(&mut self, kind: SetKind, close: u8) -> Parsed<Expression> {
        self.at += 1;
        let mut members = Vec::new();
        loop {
            let is_first = members.is_empty();
            let started_at = self.at;
            if self.eat_dots() {
                if !is_first {
                    let reason = "only the first member of a set can be open at its start".to_owned();
                    return Err(Wrong { at: started_at, reason });
                }
                members.push(Member::OnOrBefore(self.date_only("a set")?));
            } else {
                let date = self.date_only("a set")?;
                if !self.eat_dots() {
                    members.push(Member::One(date));
                } else if self.peek() == Some(close) {
                    members.push(Member::OnOrAfter(date));
                } else if self.peek() == Some(b',') {
                    return Err(self.wrong("only the last member of a set can be open at its end"));
                } else {
                    members.push(Member::Range(date, self.date_only("a set")?));
                }
            }
            if self.eat(close) {
                return Ok(Expression::Set(kind, members));
            }
            if !self.eat(b',') {
                return Err(self.unexpected(&format!("“,” or {}", quoted(char::from(close)))));
            }
            while self.eat(b' ') {}
        }
    }

    fn date_only(&mut self, within: &str) -> Parsed<Date> {
        let date = self.date()?;
        if self.peek() == Some(b'T') {
            return Err(self.wrong(format!("no time of day in {within}")));
        }
        Ok(date)
    }

    fn date_with_time(&mut self) -> Parsed<Date> {
        let mut date = self.date()?;
        if self.peek() == Some(b'T') {
            let is_certain_day =
                date.day.is_some() && !date.is_unspecified() && date.any_qualifier().is_none();
            if !is_certain_day {
                return Err(self.wrong("a time of day needs a whole date without qualifiers before it"));
            }
            self.at += 1;
            date.time = Some(self.time()?);
        }
        Ok(date)
    }

    fn date(&mut self) -> Parsed<Date> {
        let year_left = self.qualifier();
        let is_long = self.peek() == Some(b'Y');
        let year = if is_long { self.long_year()? } else { self.year()? };
        let year_right = self.qualifier();
        let mut date = Date {
            year,
            year_qualifier: year_left.union(year_right),
            part: None,
            part_qualifier: Qualifier::default(),
            day: None,
            day_qualifier: Qualifier::default(),
            time: None,
        };
        if self.peek() != Some(b'-') {
            return Ok(date);
        }
        if is_long || matches!(year, Year::Significant { .. }) {
            return Err(self.wrong("no month can follow a year with Y or S"));
        }
        self.at += 1;

        let part_left = self.qualifier();
        date.part = Some(self.year_part()?);
        let part_right = self.qualifier();
        date.part_qualifier = part_left.union(part_right);
        date.year_qualifier = date.year_qualifier.union(part_right);
        if self.peek() != Some(b'-') {
            return Ok(date);
        }
        if matches!(date.part, Some(YearPart::Grouping(_))) {
            return Err(self.wrong("no day can follow a season or quarter"));
        }
        self.at += 1;

        let day_left = self.qualifier();
        date.day = Some(self.day()?);
        let day_right = self.qualifier();
        date.day_qualifier = day_left.union(day_right);
        date.part_qualifier = date.part_qualifier.union(day_right);
        date.year_qualifier = date.year_qualifier.union(day_right);
        Ok(date)
    }

    fn qualifier(&mut self) -> Qualifier {
        let (is_uncertain, is_approximate) = match self.peek() {
            Some(b'?') => (true, false),
            Some(b'~') => (false, true),
            Some(b'%') => (true, true),
            _ => return Qualifier::default(),
        };
        self.at += 1;
        Qualifier { is_uncertain, is_approximate }
    }

    /// `Y170000002`, `Y-17E7`, `Y3388E2S3`
    fn long_year(&mut self) -> Parsed<Year> {
        let year_at = self.at;
        self.at += 1;
        let is_negative = self.eat(b'-');
        let (mantissa, n_digits) = self.number("the digits of a year")?;
        let n_digits_in_all = if self.eat(b'E') {
            let (exponent, _) = self.number("an exponent")?;
            n_digits.saturating_add(exponent as usize)
        } else {
            if n_digits < 5 {
                let reason = "Y is only for years of more than four digits".to_owned();
                return Err(Wrong { at: year_at, reason });
            }
            n_digits
        };
        if n_digits_in_all > MAX_YEAR_DIGITS {
            let reason = format!("years of more than {MAX_YEAR_DIGITS} digits are not read");
            return Err(Wrong { at: year_at, reason });
        }
        // Both fit: fewer than 19 digits in all.
        let magnitude = mantissa * 10_i64.pow((n_digits_in_all - n_digits) as u32);
        self.significant(if is_negative { -magnitude } else { magnitude }, year_at)
    }

    /// `2023`, `-0043`, `201X`, `1950S2`
    fn year(&mut self) -> Parsed<Year> {
        let year_at = self.at;
        let is_negative = self.eat(b'-');
        let digits = self.digits::<4>("a year of four digits (0044 is 44 CE, -0043 is 44 BCE)")?;
        if matches!(self.peek(), Some(b'0'..=b'9' | b'X')) {
            return Err(self.wrong("a year of more than four digits starts with Y, as in Y12023"));
        }
        match digits.exact() {
            Some(0) if is_negative => {
                Err(Wrong { at: year_at, reason: "the year before 0001 is 0000, without a sign".to_owned() })
            }
            Some(year) => self.significant(if is_negative { -year } else { year }, year_at),
            None if self.peek() == Some(b'S') => {
                Err(self.wrong("a year with unspecified digits has no significant digits"))
            }
            None => Ok(Year::Masked { is_negative, digits }),
        }
    }

    /// The year with its `S` suffix, if it has one.
    fn significant(&mut self, estimate: i64, year_at: usize) -> Parsed<Year> {
        if !self.eat(b'S') {
            return Ok(Year::Exact(estimate));
        }
        let suffix_at = self.at;
        let (n_significant, _) = self.number("the number of significant digits")?;
        let n_digits = i64::from(estimate.unsigned_abs().checked_ilog10().unwrap_or(0)) + 1;
        // Leading zeros count as digits in a year of four.
        let n_digits =
            if self.text.as_bytes().get(year_at) == Some(&b'Y') { n_digits } else { n_digits.max(4) };
        if !(1..=n_digits).contains(&n_significant) {
            let reason = format!("a year of {n_digits} digits has 1 to {n_digits} significant ones");
            return Err(Wrong { at: suffix_at, reason });
        }
        let step = 10_i64.pow((n_digits - n_significant) as u32);
        let nearest_zero = estimate.abs() / step * step;
        let farthest = nearest_zero + (step - 1);
        let (first, last) = if estimate < 0 { (-farthest, -nearest_zero) } else { (nearest_zero, farthest) };
        Ok(Year::Significant { estimate, first, last })
    }

    fn year_part(&mut self) -> Parsed<YearPart> {
        let part_at = self.at;
        let digits = self.two_digits("a month of two digits")?;
        match digits.exact() {
            Some(1..=12) => Ok(YearPart::Month(digits)),
            Some(grouping @ 21..=41) => Ok(YearPart::Grouping(grouping as u8)),
            _ if (1..=12).any(|month| digits.matches(month)) => Ok(YearPart::Month(digits)),
            _ => {
                let written = self.text.get(part_at..self.at).unwrap_or_default();
                let reason = format!("there is no month (01–12) or season (21–41) {written}");
                Err(Wrong { at: part_at, reason })
            }
        }
    }

    fn day(&mut self) -> Parsed<Digits<2>> {
        let day_at = self.at;
        let digits = self.two_digits("a day of two digits")?;
        let is_day = match digits.exact() {
            Some(day) => (1..=31).contains(&day),
            None => (1..=31).any(|day| digits.matches(day)),
        };
        if is_day {
            return Ok(digits);
        }
        let written = self.text.get(day_at..self.at).unwrap_or_default();
        Err(Wrong { at: day_at, reason: format!("there is no day {written} in any month") })
    }

    fn two_digits(&mut self, expected: &str) -> Parsed<Digits<2>> {
        let digits = self.digits::<2>(expected)?;
        if matches!(self.peek(), Some(b'0'..=b'9' | b'X')) {
            return Err(self.wrong("months and days have two digits"));
        }
        Ok(digits)
    }

    /// Exactly `N` of `0`–`9` and `X`.
    fn digits<const N: usize>(&mut self, expected: &str) -> Parsed<Digits<N>> {
        let mut digits = [None; N];
        for digit in &mut digits {
            *digit = match self.peek() {
                Some(byte @ b'0'..=b'9') => Some(byte - b'0'),
                Some(b'X') => None,
                _ => return Err(self.unexpected(expected)),
            };
            self.at += 1;
        }
        Ok(Digits(digits))
    }

    /// A run of decimal digits as (value, how many); values too large for 18 digits saturate.
    fn number(&mut self, expected: &str) -> Parsed<(i64, usize)> {
        let started_at = self.at;
        let mut value = 0_i64;
        while let Some(byte @ b'0'..=b'9') = self.peek() {
            value = value.saturating_mul(10).saturating_add(i64::from(byte - b'0'));
            self.at += 1;
        }
        if self.at == started_at {
            return Err(self.unexpected(expected));
        }
        Ok((value, self.at - started_at))
    }

    /// `23:20:30Z`, `23:20:30-04`, `23:20:30+04:30`; the seconds may be left out, as in ISO 8601.
    fn time(&mut self) -> Parsed<TimeOfDay> {
        let hour = self.clock("an hour", 23)?;
        if !self.eat(b':') {
            return Err(self.unexpected("“:” and minutes"));
        }
        let minute = self.clock("minutes", 59)?;
        let second = if self.eat(b':') {
            // A leap second, where there can be one.
            let max = if minute == 59 { 60 } else { 59 };
            Some(self.clock("seconds", max)?)
        } else {
            None
        };
        let zone = match self.peek() {
            Some(b'Z') => {
                self.at += 1;
                Zone::Utc
            }
            Some(sign @ (b'+' | b'-')) => {
                self.at += 1;
                let hours = self.clock("the hours of a zone", 14)?;
                let minutes =
                    if self.eat(b':') { Some(self.clock("the minutes of a zone", 59)?) } else { None };
                Zone::Offset { is_negative: sign == b'-', hours, minutes }
            }
            _ => Zone::Local,
        };
        Ok(TimeOfDay { hour, minute, second, zone })
    }

    fn clock(&mut self, expected: &str, max: i64) -> Parsed<u8> {
        let started_at = self.at;
        let value = self.digits::<2>(&format!("{expected} of two digits"))?.exact();
        match value {
            Some(value) if value <= max => Ok(value as u8),
            _ => {
                let reason = format!("{expected} must be from 00 to {max}");
                Err(Wrong { at: started_at, reason })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn plain_dates_are_read_as_any_others(text in "[0-9X-]?[0-9]{3,4}(-[0-9X]{1,2}){0,3}[~?T]?|[0-2]{4}-[01][0-9]-[0-3][0-9]") {
            if let Some(date) = plain_date(text.as_bytes()) {
                prop_assert_eq!(any_expression(&text).ok(), Some(Expression::Date(date)));
            }
        }
    }
}
