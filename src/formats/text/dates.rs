//! The dates that files give for themselves, and those that only look like it.

use crate::time::Edtf;
use crate::time::edtf::from_typed;

/// What a date of a file is the date of. The order is that of how well it dates the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateKind {
    Published,
    Created,
    Modified,
}

/// A date that a file gives for itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileDate {
    pub edtf: Edtf,
    pub kind: DateKind,
    /// Where in the file it stands, in words for the reader.
    pub reason: String,
}

/// Days that programs write where they know none: the zeros of clocks, and the day that python-docx
/// gives every file.
const PLACEHOLDERS: [&str; 11] = [
    "1970-01-01",
    "1969-12-31",
    "1601-01-01",
    "1600-12-31",
    "1900-01-01",
    "1904-01-01",
    "1899-12-30",
    "1899-12-31",
    "1980-01-01",
    "1979-12-31",
    "2013-12-23T23:15",
];

/// Dates of a file as they are found, those that say nothing left out.
#[derive(Debug, Default)]
pub(super) struct Dates(Vec<FileDate>);

impl Dates {
    /// Adds what `written` says, if it is a date. Of equal kinds, those come first that are added first.
    pub fn add(&mut self, written: &str, kind: DateKind, reason: impl Into<String>) {
        let Some(edtf) = edtf_of(written) else { return };
        if !self.0.iter().any(|known| known.kind == kind && known.edtf == edtf) {
            self.0.push(FileDate { edtf, kind, reason: reason.into() });
        }
    }

    /// Best first.
    pub fn finish(mut self) -> Vec<FileDate> {
        self.0.sort_by_key(|date| date.kind);
        self.0
    }
}

/// The civil day, month or year of what a file writes: ISO 8601, a PDF date, a mail date or English.
/// The time of day is left out, and with it the zone: the day is the writer's own.
fn edtf_of(written: &str) -> Option<Edtf> {
    let text = written.trim().trim_matches(['"', '\'']).trim();
    let text = text.strip_prefix("D:").unwrap_or(text);
    if text.is_empty()
        || text.len() > 80
        || PLACEHOLDERS.iter().any(|placeholder| text.starts_with(placeholder))
    {
        return None;
    }
    let day = iso_day(text).or_else(|| compact_day(text));
    let edtf = match day {
        Some(day) => Edtf::parse(&day).ok()?,
        None => from_typed(&without_time(text)).ok()?,
    };
    let is_placeholder = PLACEHOLDERS.contains(&edtf.as_str());
    let is_zero = edtf.as_str().starts_with("0000") || edtf.as_str().starts_with("0001");
    (!is_placeholder && !is_zero).then_some(edtf)
}

/// The day of `2023-04-23T10:20:30+04:00` or `2023-04-23 10:20`.
fn iso_day(text: &str) -> Option<String> {
    let day = text.get(..10)?;
    let is_day = day.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    let ends = text.as_bytes().get(10).is_none_or(|after| !after.is_ascii_digit());
    (is_day && ends).then(|| day.to_owned())
}

/// The day of `20230423102030+04'00'`, or its month or year if it ends there.
fn compact_day(text: &str) -> Option<String> {
    let n_digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let part = |from: usize, to: usize| text.get(from..to);
    match n_digits {
        6 if text.len() == 6 => Some(format!("{}-{}", part(0, 4)?, part(4, 6)?)),
        8.. => Some(format!("{}-{}-{}", part(0, 4)?, part(4, 6)?, part(6, 8)?)),
        _ => None,
    }
}

/// A written date without its weekday and time of day: "Tue, 18 Jan 2022 10:00:00 GMT".
fn without_time(text: &str) -> String {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    let is_weekday = |word: &str| {
        let word = word.trim_end_matches([',', '.']).to_ascii_lowercase();
        word.len() >= 3
            && ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].iter().any(|day| word.starts_with(day))
    };
    if words.len() > 2 && words.first().is_some_and(|word| is_weekday(word)) {
        words.remove(0);
    }
    let end = words.iter().position(|word| word.contains(':') || *word == "at").unwrap_or(words.len());
    words.truncate(end);
    words.join(" ").trim_end_matches([',', '-', '–', ' ']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_dates() {
        for (written, expected) in [
            ("2023-04-23T10:20:30+04:00", "2023-04-23"),
            ("2023-04-23 10:20", "2023-04-23"),
            (" 2023-04-23Z", "2023-04-23"),
            ("2023-04", "2023-04"),
            ("1869", "1869"),
            ("D:20230423102030+04'00'", "2023-04-23"),
            ("D:202304", "2023-04"),
            ("20230423", "2023-04-23"),
            ("Tue, 18 Jan 2022 10:00:00 GMT", "2022-01-18"),
            ("Sunday, April 23, 2023", "2023-04-23"),
            ("April 23, 2023, 10:15 am", "2023-04-23"),
            ("23 April 2023", "2023-04-23"),
            ("2023/04/23", "2023-04-23"),
            ("", ""),
            ("yesterday", ""),
            ("2023-13-45", ""),
            ("D:00000000000000", ""),
            ("0001-01-01T00:00:00Z", ""),
            ("1970-01-01T00:00:00Z", ""),
            ("D:19700101000000Z", ""),
            ("January 1, 1970", ""),
            ("1601-01-01T00:00:00Z", ""),
            ("2013-12-23T23:15:00Z", ""),
            ("2013-12-23T08:00:00Z", "2013-12-23"),
            ("ə2023-04-2", ""),
        ] {
            assert_eq!(
                edtf_of(written).map_or(String::new(), |edtf| edtf.as_str().to_owned()),
                expected,
                "{written}"
            );
        }
    }

    #[test]
    fn the_day_of_publishing_comes_first() {
        let mut dates = Dates::default();
        dates.add("2023-05-01", DateKind::Modified, "a");
        dates.add("2023-04-23", DateKind::Published, "b");
        dates.add("2023-04-23", DateKind::Published, "c");
        dates.add("2023-04-20", DateKind::Created, "d");
        let reasons: Vec<String> = dates.finish().into_iter().map(|date| date.reason).collect();
        assert_eq!(reasons, ["b", "d", "a"]);
    }
}
