//! Numbers within time expressions, in figures and in words: years, days, ordinals, clock times, amounts.

use super::sorts::Sort;
use super::words::{Beside, Class, Mask, Words};
use crate::extract::sentence::Sentence;
use crate::extract::token::{Token, TokenKind};
use crate::extract::{Source, steps};

/// A kind of number, of one or several tokens, and the value that it gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Figure {
    /// An amount in figures or words, in hundredths: "1,500", "2.5", "twenty-five", "a hundred and ten".
    Amount,
    /// 1–31, also "1st": the day of a month.
    Day,
    /// Four figures, 1000–2199.
    Year,
    /// One to four figures: a year that says its era.
    AnyYear,
    /// Three figures: a year of another age.
    Three,
    /// Two figures.
    Two,
    /// "21st", "twenty-first", "third".
    Ordinal,
    /// 0–24.
    Hour,
    /// "5:34", "17:30:05", with "am" or "pm" also "5.34"; seconds of the day.
    Clock,
    /// "534" with "am" or "pm" joined to it; seconds of the day.
    ClockRun,
    /// "0800"; seconds of the day.
    HourMinute,
    /// "7/8/07", "2007-08-09", "9.8.2007"; year × 10,000 + month × 100 + day, month before day in doubt.
    Numeric,
    /// "2007-08"; year × 100 + month.
    YearMonth,
    /// "1980s", "80s", "1980's"; its first year.
    Decade,
}

impl Figure {
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "amount" => Self::Amount,
            "day" => Self::Day,
            "year" => Self::Year,
            "any-year" => Self::AnyYear,
            "three" => Self::Three,
            "two" => Self::Two,
            "ord" => Self::Ordinal,
            "hour" => Self::Hour,
            "clock" => Self::Clock,
            "clock-run" => Self::ClockRun,
            "hour-minute" => Self::HourMinute,
            "numeric" => Self::Numeric,
            "year-month" => Self::YearMonth,
            "decade" => Self::Decade,
            _ => return None,
        })
    }

    /// The classes with which it can begin.
    pub fn mask(self) -> Mask {
        let figure = Class::Figure.bit();
        match self {
            Self::Amount => figure | Class::Number.bit() | Class::Scale.bit(),
            Self::Ordinal => figure | Class::Ordinal.bit() | Class::Number.bit(),
            Self::Year | Self::HourMinute | Self::YearMonth => Class::YearFigure.bit(),
            Self::Day | Self::Two | Self::Hour | Self::Clock => Class::ShortFigure.bit(),
            Self::ClockRun => Class::YearFigure.bit() | Class::LongFigure.bit(),
            Self::Numeric | Self::Decade => Class::YearFigure.bit() | Class::ShortFigure.bit(),
            Self::AnyYear => figure,
            Self::Three => Class::LongFigure.bit(),
        }
    }

    /// Is it never one token alone?
    pub fn is_several(self) -> bool {
        matches!(self, Self::Clock | Self::Numeric | Self::YearMonth | Self::Decade)
    }

    /// The classes that its second token can have, if it has one; `small` is the mask of "and" and "s".
    pub fn second(self, small: Mask) -> Mask {
        let (number, dash) = (Class::Number.bit() | Class::Scale.bit(), Class::Dash.bit());
        let point = Class::Comma.bit() | Class::Period.bit();
        match self {
            // "2 1/2" as well.
            Self::Amount => number | dash | point | small | Class::ShortFigure.bit(),
            Self::Day => Class::OrdinalSuffix.bit(),
            Self::Ordinal => Class::OrdinalSuffix.bit() | Class::Ordinal.bit() | dash,
            Self::Clock => Class::Colon.bit() | Class::Period.bit(),
            Self::Numeric => dash | Class::Slash.bit() | Class::Period.bit(),
            Self::YearMonth => dash,
            Self::Decade => Class::Quote.bit() | small,
            Self::Year
            | Self::AnyYear
            | Self::Three
            | Self::Two
            | Self::Hour
            | Self::HourMinute
            | Self::ClockRun => 0,
        }
    }

    /// The same of its third.
    pub fn third(self, small: Mask) -> Mask {
        let figure = Class::Figure.bit();
        match self {
            Self::Amount => {
                figure
                    | Class::Number.bit()
                    | Class::Scale.bit()
                    | Class::Dash.bit()
                    | Class::Slash.bit()
                    | small
            }
            Self::Ordinal => Class::Ordinal.bit(),
            Self::Clock | Self::Numeric | Self::YearMonth => figure,
            Self::Decade => small,
            Self::Day
            | Self::Year
            | Self::AnyYear
            | Self::Three
            | Self::Two
            | Self::Hour
            | Self::HourMinute
            | Self::ClockRun => 0,
        }
    }
}

/// Numbers from here on are words that no amount holds.
const MILLION: i32 = 1_000_000;

/// Tokens of a text, to be read as numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'r> {
    pub source: &'r Source<'r>,
    pub words: &'r Words,
}

impl<'r> Reader<'r> {
    #[inline]
    pub fn token(&self, at: usize) -> Option<&'r Token> {
        steps::count();
        self.source.tokens.get(at)
    }

    /// The sentence that a token stands in. O(log sentences).
    pub fn sentence_of(&self, token: usize) -> Option<&'r Sentence> {
        let sentences = self.source.sentences;
        sentences.get(sentences.partition_point(|sentence| sentence.tokens.end <= token))
    }

    pub fn text(&self) -> &'r str {
        self.source.text()
    }

    #[inline]
    pub fn sort(&self, at: usize) -> Sort {
        self.token(at).map_or(Sort::NONE, |token| self.words.sorts().of(token, self.text()))
    }

    #[inline]
    pub fn mask(&self, at: usize) -> Mask {
        self.token(at).map_or(0, |token| self.words.mask_of(token, self.text()))
    }

    pub fn is(&self, at: usize, class: Class) -> bool {
        self.mask(at) & class.bit() != 0
    }

    pub fn is_beside(&self, at: usize, list: Beside) -> bool {
        self.token(at).is_some_and(|token| self.words.is_beside(token.word, list))
    }

    pub fn is_sign(&self, at: usize, sign: char) -> bool {
        self.token(at).is_some_and(|token| token.is_sign(self.text(), sign))
    }

    /// The lists that the word at a position is in, a bit each.
    pub fn lists(&self, at: usize) -> u64 {
        self.token(at).map_or(0, |token| self.words.lists_of(token.word))
    }

    pub fn value(&self, at: usize, class: Class) -> Option<i32> {
        self.token(at).and_then(|token| self.words.value(token.word, class))
    }

    /// Does a paragraph, or a line that is not the last one's continuation, begin here?
    pub fn begins_anew(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| {
            token.begins_paragraph
                || (token.begins_line
                    && token.is_capitalised()
                    && self.mask(at) & (Class::Month.bit() | Class::Weekday.bit() | Class::Zone.bit()) == 0)
        })
    }

    fn joined(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.is_joined)
    }

    /// A number of figures only, at most `most` of them, that is not part of a longer one.
    fn digits(&self, at: usize, least: usize, most: usize) -> Option<i32> {
        let token = self.token(at)?;
        if token.kind != TokenKind::Number || !(least..=most).contains(&token.n_digits()) {
            return None;
        }
        token.number(self.text()).and_then(|n| i32::try_from(n).ok())
    }

    /// "1,500", "3.14", "$20", "#7", "x2", "20%": a number that the neighbours make an amount or a name.
    fn stands_alone(&self, at: usize, n_tokens: usize) -> bool {
        let first = self.token(at);
        if at > 0 && first.is_some_and(|token| token.is_joined) {
            let before = self.token(at - 1);
            let is_amount = before.is_some_and(|token| match token.kind {
                TokenKind::Word | TokenKind::Number => true,
                TokenKind::Sign => {
                    let sign = token.text(self.text());
                    matches!(sign, "$" | "£" | "€" | "#" | "№" | "¥" | "+" | "=" | "_" | "@" | "&")
                        || (matches!(sign, "." | "," | ":")
                            && token.is_joined
                            && at > 1
                            && self.token(at - 2).is_some_and(Token::is_number))
                }
            });
            if is_amount {
                return false;
            }
        }
        let end = at + n_tokens;
        if !self.joined(end) {
            return true;
        }
        let Some(next) = self.token(end) else { return true };
        match next.kind {
            TokenKind::Number | TokenKind::Word => false,
            TokenKind::Sign => {
                let sign = next.text(self.text());
                !(matches!(sign, "%" | "°" | "$" | "€" | "_" | "@" | "+" | "=")
                    || (matches!(sign, "." | "," | ":")
                        && self.joined(end + 1)
                        && self.token(end + 1).is_some_and(Token::is_number)))
            }
        }
    }

    /// How many tokens make such a number here, and its value.
    pub fn read(&self, figure: Figure, at: usize) -> Option<(usize, i32)> {
        match figure {
            Figure::Amount => self.amount(at),
            Figure::Day => self.day(at),
            Figure::Year => {
                let year = self.digits(at, 4, 4).filter(|year| (1000..2200).contains(year))?;
                self.stands_alone(at, 1).then_some((1, year))
            }
            Figure::AnyYear => {
                if let Some(year) = self.digits(at, 1, 4).filter(|year| *year > 0)
                    && self.stands_alone(at, 1)
                {
                    return Some((1, year));
                }
                None
            }
            Figure::Three => {
                let year = self.digits(at, 3, 3).filter(|year| *year >= 100)?;
                self.stands_alone(at, 1).then_some((1, year))
            }
            Figure::Two => {
                let value = self.digits(at, 2, 2)?;
                let is_free = !self.joined(at + 1) || {
                    let next = self.token(at + 1);
                    next.is_some_and(|t| t.kind == TokenKind::Sign) && !self.is_sign(at + 1, '%')
                };
                is_free.then_some((1, value))
            }
            Figure::Ordinal => self.ordinal(at),
            Figure::Hour => self.digits(at, 1, 2).filter(|hour| *hour <= 24).map(|hour| (1, hour)),
            Figure::Clock => self.clock(at),
            Figure::ClockRun => {
                let value =
                    self.digits(at, 3, 4).filter(|v| (1..=12).contains(&(v / 100)) && v % 100 < 60)?;
                let is_run =
                    self.joined(at + 1) && (self.is(at + 1, Class::AmPm) || self.is(at + 1, Class::AorP));
                is_run.then_some((1, value / 100 * 3600 + value % 100 * 60))
            }
            Figure::HourMinute => {
                let value = self.digits(at, 4, 4).filter(|v| v / 100 < 25 && v % 100 < 60)?;
                Some((1, value / 100 * 3600 + value % 100 * 60))
            }
            Figure::Numeric => self.numeric(at),
            Figure::YearMonth => {
                let year = self.digits(at, 4, 4).filter(|year| (1000..2200).contains(year))?;
                let month = self.digits(at + 2, 2, 2).filter(|month| (1..=12).contains(month))?;
                let is_one = self.is(at + 1, Class::Dash) && self.joined(at + 1) && self.joined(at + 2);
                (is_one && self.stands_alone(at, 3)).then_some((3, year * 100 + month))
            }
            Figure::Decade => self.decade(at),
        }
    }

    fn day(&self, at: usize) -> Option<(usize, i32)> {
        let day = self.digits(at, 1, 2).filter(|day| (1..=31).contains(day))?;
        let has_suffix = self.joined(at + 1) && self.is(at + 1, Class::OrdinalSuffix);
        let n = if has_suffix { 2 } else { 1 };
        self.stands_alone(at, n).then_some((n, day))
    }

    fn decade(&self, at: usize) -> Option<(usize, i32)> {
        let token = self.token(at)?;
        let value = token.number(self.text()).and_then(|n| i32::try_from(n).ok())?;
        let year = match token.n_digits() {
            4 if (1000..2200).contains(&value) => value,
            2 if value >= 20 => 1900 + value,
            _ => return None,
        };
        let is_quoted = self.token(at + 1).is_some_and(|t| matches!(t.text(self.text()), "'" | "’"));
        let s_at = if is_quoted { at + 2 } else { at + 1 };
        let is_s = self.is_beside(s_at, Beside::PluralS);
        let is_one = (at + 1..=s_at).all(|n| self.joined(n));
        // "1980's" may be the year's own; "1983s" is nothing.
        (is_s && is_one && year % 10 == 0).then_some((s_at + 1 - at, year))
    }

    fn ordinal(&self, at: usize) -> Option<(usize, i32)> {
        if let Some(value) = self.value(at, Class::Ordinal) {
            return Some((1, value));
        }
        if let Some(tens) = self.value(at, Class::Number).filter(|n| *n >= 20) {
            let ones_at = if self.is(at + 1, Class::Dash) { at + 2 } else { at + 1 };
            let ones = self.value(ones_at, Class::Ordinal).filter(|n| *n < 10)?;
            return Some((ones_at + 1 - at, tens + ones));
        }
        let value = self.digits(at, 1, 4)?;
        (self.joined(at + 1) && self.is(at + 1, Class::OrdinalSuffix)).then_some((2, value))
    }

    fn clock(&self, at: usize) -> Option<(usize, i32)> {
        let hour = self.digits(at, 1, 2).filter(|hour| *hour <= 24)?;
        let says_half = || self.is(at + 3, Class::AmPm) || self.is(at + 3, Class::AorP);
        let is_clock = self.joined(at + 1)
            && self.joined(at + 2)
            && (self.is_sign(at + 1, ':') || (self.is_sign(at + 1, '.') && says_half()));
        let minute = self.digits(at + 2, 2, 2).filter(|minute| *minute < 60)?;
        let before = at.checked_sub(1).filter(|_| self.joined(at));
        if !is_clock || before.is_some_and(|b| self.is_sign(b, ':') || self.is_sign(b, '.')) {
            return None;
        }
        let mut value = hour * 3600 + minute * 60;
        if self.is_sign(at + 3, ':') && self.joined(at + 3) && self.joined(at + 4) {
            let second = self.digits(at + 4, 2, 2).filter(|second| *second < 60)?;
            value += second;
            return Some((5, value));
        }
        Some((3, value))
    }

    fn numeric(&self, at: usize) -> Option<(usize, i32)> {
        let sign = self.token(at + 1)?.text(self.text());
        let same = self.token(at + 3)?.text(self.text()) == sign;
        let is_one = (1..5).all(|n| self.joined(at + n));
        if !same || !is_one || !matches!(sign, "/" | "." | "-" | "–" | "‑") || !self.stands_alone(at, 5) {
            return None;
        }
        let parts = [self.digits(at, 1, 4)?, self.digits(at + 2, 1, 2)?, self.digits(at + 4, 1, 4)?];
        let n_first = self.token(at)?.n_digits();
        let n_last = self.token(at + 4)?.n_digits();
        let [first, second, third] = parts;
        let (year, month, day) = match (n_first, n_last) {
            (4, 1 | 2) => (first, second, third),
            (1 | 2, 2 | 4) => {
                if n_last == 2 && sign != "/" {
                    return None;
                }
                let year = if n_last == 4 {
                    third
                } else if third < 50 {
                    2000 + third
                } else {
                    1900 + third
                };
                // With points it is the European order.
                if first > 12 || (sign == "." && second <= 12) {
                    (year, second, first)
                } else {
                    (year, first, second)
                }
            }
            _ => return None,
        };
        ((1000..2200).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day))
            .then_some((5, year * 10_000 + month * 100 + day))
    }

    /// An amount in hundredths.
    fn amount(&self, at: usize) -> Option<(usize, i32)> {
        if self.token(at)?.is_number() {
            return self.amount_in_figures(at);
        }
        let mut total = 0_i64;
        let mut current = 0_i64;
        let mut n = 0;
        let mut end = 0;
        loop {
            let here = at + n;
            if let Some(value) = self.value(here, Class::Number) {
                // "nineteen eighty" is no sum.
                let is_sum = end == 0
                    || current % 100 == 0
                    || (value < 10 && current % 10 == 0 && current % 100 >= 20);
                if !is_sum {
                    break;
                }
                current += i64::from(value);
            } else if let Some(scale) = self.value(here, Class::Scale) {
                // Millions are for the rules of their own.
                if scale >= MILLION {
                    break;
                }
                current = current.max(1) * i64::from(scale);
                if scale >= 1000 {
                    total += current;
                    current = 0;
                }
            } else {
                break;
            }
            n += 1;
            end = n;
            if n > 10 {
                break;
            }
            let joins = self.is(at + n, Class::Dash)
                || (self.is_beside(at + n, Beside::And) && self.is(at + n - 1, Class::Scale));
            if joins {
                n += 1;
            }
        }
        let value = total + current;
        (end > 0 && value < 1_000_000).then_some((end, value as i32 * 100))
    }

    /// "1/2" behind a whole number, in hundredths.
    fn fraction(&self, at: usize) -> Option<i64> {
        let is_number = self.token(at).is_some_and(|token| token.is_number() && !token.is_joined);
        if !is_number || !self.is_sign(at + 1, '/') || !self.joined(at + 1) || !self.joined(at + 2) {
            return None;
        }
        let (above, below) = (self.digits(at, 1, 1)?, self.digits(at + 2, 1, 1)?);
        (above < below && below <= 8).then(|| i64::from(above) * 100 / i64::from(below))
    }

    fn amount_in_figures(&self, at: usize) -> Option<(usize, i32)> {
        let mut value = i64::from(self.digits(at, 1, 7)?);
        let mut n = 1;
        while self.is_sign(at + n, ',') && self.joined(at + n) && self.joined(at + n + 1) {
            let Some(group) = self.digits(at + n + 1, 3, 3) else { break };
            value = value * 1000 + i64::from(group);
            n += 2;
        }
        let mut hundredths = value.checked_mul(100)?;
        if self.is_sign(at + n, '.')
            && self.joined(at + n)
            && self.joined(at + n + 1)
            && let Some(fraction) = self.digits(at + n + 1, 1, 2)
        {
            let n_digits = self.token(at + n + 1)?.n_digits();
            hundredths += i64::from(if n_digits == 1 { fraction * 10 } else { fraction });
            n += 2;
        }
        if let Some(fraction) = self.fraction(at + n).filter(|_| hundredths % 100 == 0) {
            hundredths += fraction;
            n += 3;
        }
        (hundredths < 100_000_000).then_some((n, hundredths as i32))
    }
}
