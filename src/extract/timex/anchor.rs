//! What relative dates are counted from: what kind of text it is, and the tense of a clause.

use super::figures::Reader;
use super::meet::Met;
use super::parts::{Parts, Toward};
use super::point::Point;
use super::rules::Means;
use super::words::{Beside, Class};
use crate::extract::TimeAnchor;

/// Who tells, and when.
#[derive(Debug, Clone, Copy)]
pub(super) struct Telling {
    /// The document's date, or the date at its head.
    pub document: Option<Point>,
    /// Where that date comes from.
    pub document_anchor: TimeAnchor,
    /// A history or a memoir: dates are counted from the last one named, not from the day of writing.
    pub is_history: bool,
}

impl Telling {
    /// Decides from what was found. A text is a history if it names years far from its own date more often
    /// than it speaks of today, yesterday and bare weekdays; without a date of its own, if it names two
    /// years and has none of those.
    pub fn of(reader: &Reader, found: &[(Met, Parts)]) -> Self {
        let known = reader.source.setting.document_date.and_then(|date| Point::from_edtf(date.as_str()));
        let document = known.or_else(|| dateline(reader, found));
        let mut n_far = 0;
        let mut n_near = 0;
        for (met, parts) in found {
            match met.means {
                Means::Date if parts.year.is_some() => {
                    let year = parts.astronomical_year().unwrap_or(0);
                    match document {
                        Some(date) if (date.year - year).abs() <= 1 => {}
                        _ => n_far += 1,
                    }
                }
                Means::Date if parts.weekday.is_some() && parts.day.is_none() => n_near += 1,
                Means::Day => n_near += 1,
                Means::Shift if parts.toward == Some(Toward::Ago) => n_near += 1,
                _ => {}
            }
        }
        let is_history = if known.is_some() { n_far >= 4 && n_far > 3 * n_near } else { n_far > 2 * n_near };
        Self {
            document: document.filter(|_| known.is_some() || !is_history),
            document_anchor: if known.is_some() { TimeAnchor::Document } else { TimeAnchor::Mention(0) },
            is_history,
        }
    }
}

/// A whole date on a line of its own or in a dateline ("TBILISI, 3 May 2007 —"), at the head of the text:
/// that of the text, if it has no other.
fn dateline(reader: &Reader, found: &[(Met, Parts)]) -> Option<Point> {
    let (met, parts) = found.first()?;
    let point = Point { year: parts.astronomical_year()?, month: parts.month, day: parts.day, season: None };
    let begins_line = |at: usize| reader.token(at).is_none_or(|token| token.begins_line);
    let first_of_line = (0..=met.start).rev().find(|at| begins_line(*at)).unwrap_or(0);
    let is_alone = first_of_line == met.start && begins_line(met.end);
    let is_dateline = met.start - first_of_line <= 8
        && (reader.is(met.end, Class::Dash)
            || (reader.is_sign(met.end, ')') && reader.is(met.end + 1, Class::Dash)));
    (met.means == Means::Date && point.day.is_some() && met.start < 60 && (is_alone || is_dateline))
        .then_some(point)
}

/// The tense of the words about an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
    Unknown,
}

/// The tense of the nearest verb before the expression in its sentence, else of the first behind it.
pub(super) fn tense(reader: &Reader, start: usize, end: usize) -> Tense {
    const FAR: usize = 40;
    let sentences = reader.source.sentences;
    let n = sentences.partition_point(|sentence| sentence.tokens.end <= start);
    let Some(sentence) = sentences.get(n) else { return Tense::Unknown };
    let first = sentence.tokens.start.max(start.saturating_sub(FAR));
    let last = sentence.tokens.end.min(end + FAR);
    // What lasts until a day is told before it.
    let is_limit = start.checked_sub(1).is_some_and(|at| reader.is(at, Class::Until));
    if is_limit {
        return Tense::Future;
    }
    let before = (first..start).rev().find_map(|at| tense_of(reader, at, first));
    before.or_else(|| (end..last).find_map(|at| tense_of(reader, at, end))).unwrap_or(Tense::Unknown)
}

/// The tense of the first verb behind an expression in its sentence.
pub(super) fn tense_behind(reader: &Reader, end: usize) -> Tense {
    let sentences = reader.source.sentences;
    let n = sentences.partition_point(|sentence| sentence.tokens.end <= end);
    let last = sentences.get(n).map_or(end, |sentence| sentence.tokens.end);
    (end..last).find_map(|at| tense_of(reader, at, end)).unwrap_or(Tense::Unknown)
}

fn tense_of(reader: &Reader, at: usize, first: usize) -> Option<Tense> {
    let token = reader.token(at)?;
    if !token.is_word() {
        return None;
    }
    let mask = reader.mask(at);
    let before = at.checked_sub(1);
    if reader.is_beside(at, Beside::Infinitive) {
        let before = before.filter(|b| *b >= first)?;
        return reader.is(before, Class::ToBefore).then_some(Tense::Future);
    }
    // "May" with a capital is the month.
    if mask & Class::Will.bit() != 0 && !(token.is_capitalised() && mask & Class::Month.bit() != 0) {
        return Some(Tense::Future);
    }
    // "will be held", "should be completed": the word before decides.
    if before.is_some_and(|b| b >= first && reader.is_beside(b, Beside::Be)) {
        return None;
    }
    if mask & Class::Was.bit() != 0 {
        // "has been scheduled", "was due": what was arranged was still to come.
        let next = if reader.is(at + 1, Class::Was) { at + 2 } else { at + 1 };
        return Some(if reader.is(next, Class::Will) { Tense::Future } else { Tense::Past });
    }
    if token.is_capitalised() {
        return None;
    }
    let is_past = reader.source.language.endings.is_past(token, reader.text())
        && token.end - token.start > 4
        && !reader.is_beside(at, Beside::NotPast);
    is_past.then_some(Tense::Past)
}
