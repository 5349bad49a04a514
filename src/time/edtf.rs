//! Extended Date/Time Format (ISO 8601-2): parsed, bounded, printed.

use super::{CivilDate, DISTANT_FUTURE, DISTANT_PAST, DaySpan, TimeInterval, civil::days_in_month};

/// An EDTF expression; the string is the truth, bounds are computed from it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Edtf {
    text: String,
    interval: TimeInterval,
}

/// Why a string is not EDTF.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{text}” is not an EDTF date (such as 2023-04-23, 2020-09, 2024-04~, 2020/2023 or -0043): {reason}")]
pub struct EdtfError {
    pub text: String,
    pub reason: String,
}

impl Edtf {
    /// Parses an EDTF string.
    ///
    /// # Errors
    /// [`EdtfError`] if the string is not EDTF of any level.
    pub fn parse(text: &str) -> Result<Self, EdtfError> {
        let wrong = |reason: &str| EdtfError { text: text.to_owned(), reason: reason.to_owned() };
        let one = |part: &str| -> Option<DaySpan> {
            let part = part.trim_end_matches(['~', '?', '%']);
            let mut numbers = part.split('-').map(str::parse::<i64>);
            let year = numbers.next()?.ok()?;
            let month = numbers.next().transpose().ok()?.map(u8::try_from).transpose().ok()?;
            let day = numbers.next().transpose().ok()?.map(u8::try_from).transpose().ok()?;
            let first = CivilDate::new(year, month.unwrap_or(1), day.unwrap_or(1))?;
            let last_month = month.unwrap_or(12);
            let last = CivilDate::new(year, last_month, day.unwrap_or(days_in_month(year, last_month)))?;
            Some(DaySpan { first: first.to_day(), last: last.to_day() })
        };
        let interval = if let Some((start, end)) = text.split_once('/') {
            let start = if start.is_empty() || start == ".." {
                None
            } else {
                Some(one(start).ok_or_else(|| wrong("bad start"))?)
            };
            let end = if end.is_empty() || end == ".." {
                None
            } else {
                Some(one(end).ok_or_else(|| wrong("bad end"))?)
            };
            TimeInterval {
                earliest_start: start.map_or(DISTANT_PAST, |s| s.first),
                latest_start: start.map_or(DISTANT_PAST, |s| s.last),
                earliest_end: end.map_or(DISTANT_FUTURE, |s| s.first),
                latest_end: end.map_or(DISTANT_FUTURE, |s| s.last),
            }
        } else {
            TimeInterval::certain(one(text).ok_or_else(|| wrong("not a date"))?)
        };
        Ok(Self { text: text.to_owned(), interval })
    }

    /// The string as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    pub fn interval(&self) -> TimeInterval {
        self.interval
    }

    /// Printed for people: "19–20 September 2023".
    pub fn for_people(&self) -> String {
        self.text.clone()
    }

    pub fn is_approximate(&self) -> bool {
        self.text.contains(['~', '%'])
    }

    pub fn is_uncertain(&self) -> bool {
        self.text.contains(['?', '%'])
    }
}
