//! Extended Date/Time Format (ISO 8601-2:2019): parsed, bounded, printed for people.
//!
//! All of levels 0, 1 and 2 of <https://www.loc.gov/standards/datetime/>. The string is the truth;
//! bounds and words are computed from it, by the conventions that `bounds.rs` lists.

mod bounds;
mod parse;
mod print;
mod syntax;
#[cfg(test)]
mod tests;
mod typed;

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use self::syntax::Expression;
use super::TimeInterval;

pub use typed::{TypedDateError, from_typed};

/// An EDTF expression.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Edtf {
    text: String,
    /// Boxed, for most events have a second date that is absent.
    expression: Box<Expression>,
    interval: TimeInterval,
}

/// Why a string is not EDTF.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "“{text}” is not an EDTF date (such as 2023-04-23, 2020-09, 2024-04~, 2020/2023 or -0043): \
     {reason} (character {position})"
)]
pub struct EdtfError {
    /// What was read; cut short where it is long.
    pub text: String,
    /// The character at which it went wrong, from 1.
    pub position: usize,
    pub reason: String,
}

impl EdtfError {
    fn new(text: &str, at_byte: usize, reason: String) -> Self {
        const MAX_SHOWN: usize = 60;
        let mut shown: String = text.chars().take(MAX_SHOWN).collect();
        if shown.len() < text.len() {
            shown.push('…');
        }
        let position = text.char_indices().take_while(|(at, _)| *at < at_byte).count() + 1;
        Self { text: shown, position, reason }
    }
}

impl Edtf {
    /// Parses an EDTF string of any level.
    pub fn parse(text: &str) -> Result<Self, EdtfError> {
        Self::parse_owned(text.to_owned())
    }

    /// The same, without copying the string.
    pub fn parse_owned(text: String) -> Result<Self, EdtfError> {
        let expression =
            parse::expression(&text).map_err(|wrong| EdtfError::new(&text, wrong.at, wrong.reason))?;
        let interval = bounds::interval(&expression).map_err(|reason| EdtfError::new(&text, 0, reason))?;
        Ok(Self { text, expression: Box::new(expression), interval })
    }

    /// The string as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Bounds of its start and end.
    pub fn interval(&self) -> TimeInterval {
        self.interval
    }

    /// Whether the start and the end are to be drawn soft: approximate, uncertain, unspecified, a
    /// season's, or coarser than a day in an interval ("sometime in 2004"). A single month or year
    /// has hard ends, an open end is not soft but open.
    pub fn softness(&self) -> (bool, bool) {
        bounds::softness(&self.expression)
    }

    /// Printed for people: "19–20 September 2023", "about April 2024", "44 BCE".
    pub fn for_people(&self) -> String {
        print::expression(&self.expression)
    }

    /// Whether any part carries `~` or `%`.
    pub fn is_approximate(&self) -> bool {
        self.expression.dates().iter().any(|date| date.any_qualifier().is_approximate)
    }

    /// Whether any part carries `?` or `%`.
    pub fn is_uncertain(&self) -> bool {
        self.expression.dates().iter().any(|date| date.any_qualifier().is_uncertain)
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl FromStr for Edtf {
    type Err = EdtfError;

    fn from_str(text: &str) -> Result<Self, EdtfError> {
        Self::parse(text)
    }
}

impl Serialize for Edtf {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for Edtf {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}
