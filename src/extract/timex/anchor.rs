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

/// Years before a document's own date that are no news to it.
const OLD_YEARS: i64 = 30;

impl Telling {
    /// Decides from what was found. A text is a history if it names years far from its own date more often
    /// than it speaks of today, yesterday and bare weekdays; without a date of its own, if it names two
    /// years and has none of those. One that has none of those, nor a year of its own days, is a history already
    /// by two dates of long ago, one of them with its month.
    pub fn of(reader: &Reader, found: &[(Met, Parts)]) -> Self {
        let known = reader.source.setting.document_date.and_then(|date| Point::from_edtf(date.as_str()));
        let document = known.or_else(|| dateline(reader, found));
        let (mut n_far, mut n_near, mut n_own) = (0, 0, 0);
        let (mut n_old, mut has_old_month) = (0, false);
        for (met, parts) in found {
            match met.means {
                Means::Date if parts.year.is_some() => {
                    let year = parts.astronomical_year().unwrap_or(0);
                    match document {
                        Some(date) if (date.year - year).abs() <= 1 => n_own += 1,
                        Some(date) if date.year - year > OLD_YEARS => {
                            n_far += 1;
                            n_old += 1;
                            has_old_month |= parts.month.is_some();
                        }
                        _ => n_far += 1,
                    }
                }
                Means::Date if parts.weekday.is_some() && parts.day.is_some() => n_own += 1,
                Means::Date if parts.weekday.is_some() => n_near += 1,
                Means::Day => n_near += 1,
                Means::Shift if parts.toward == Some(Toward::Ago) => n_near += 1,
                _ => {}
            }
        }
        let is_of_old = n_old >= 2 && has_old_month && n_near + n_own == 0;
        let is_history =
            if known.is_some() { n_far >= 4 && n_far > 3 * n_near || is_of_old } else { n_far > 2 * n_near };
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
    let Some(sentence) = reader.sentence_of(start) else { return Tense::Unknown };
    let first = sentence.tokens.start.max(start.saturating_sub(FAR));
    let last = sentence.tokens.end.min(end + FAR);
    let place = Place::of(reader, first, start);
    // What lasts until a day is told before it.
    if place.is_limit || place.is_said_to_come {
        return Tense::Future;
    }
    if place.is_since {
        return Tense::Past;
    }
    let before = (first..start).rev().find_map(|at| tense_of(reader, at, first, place));
    before.or_else(|| (end..last).find_map(|at| tense_of(reader, at, end, Place::default()))).unwrap_or_else(
        || {
            // "Wednesday: mostly sunny": nobody tells of the weather that was without a verb.
            let is_forecast = (first..last).any(|at| reader.is_beside(at, Beside::Weather));
            if is_forecast { Tense::Future } else { Tense::Unknown }
        },
    )
}

/// The tense of a month or day that lacks its year. What is reported of a month is over whenever it is published
/// ("figures for January are due tomorrow"); what is to be delivered in one is to come ("the April contract").
pub(super) fn month_tense(reader: &Reader, met: &Met, parts: &Parts) -> Tense {
    let tense = tense(reader, met.start, met.end);
    if parts.day.is_some() || parts.month.is_none() {
        return tense;
    }
    if reader.is_beside(met.end, Beside::Delivery) {
        return Tense::Future;
    }
    let before = |n: usize| met.start.checked_sub(n);
    let is_of_report = before(1)
        .is_some_and(|at| reader.is_beside(at, Beside::For) || reader.is_beside(at, Beside::Of))
        && before(2).is_some_and(|at| reader.is_beside(at, Beside::Report));
    if is_of_report || reader.is_beside(met.end, Beside::Report) { Tense::Past } else { tense }
}

/// What the words right before an expression say of its tense.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    /// "until Friday"
    is_limit: bool,
    /// "since May"
    is_since: bool,
    /// "the vote is Friday", "of record Nov. 20"
    is_said_to_come: bool,
    /// "by Friday"
    is_deadline: bool,
    /// "moved to Friday"
    is_target: bool,
}

impl Place {
    fn of(reader: &Reader, first: usize, start: usize) -> Self {
        let Some(before) = start.checked_sub(1).filter(|at| *at >= first) else { return Self::default() };
        let is_record = reader.is_beside(before, Beside::Record)
            && before.checked_sub(1).is_some_and(|at| reader.is_beside(at, Beside::Of));
        Self {
            is_limit: reader.is(before, Class::Until),
            is_since: reader.is_beside(before, Beside::Since),
            is_said_to_come: is_record || is_said_to_be(reader, first, start),
            is_deadline: reader.is_beside(before, Beside::By),
            is_target: reader.is_beside(before, Beside::To) || reader.is_beside(before, Beside::For),
        }
    }
}

/// "the vote is Friday", "it is at noon Friday".
fn is_said_to_be(reader: &Reader, first: usize, start: usize) -> bool {
    const FAR: usize = 3;
    let mut at = start;
    while at > first && start - at < FAR {
        at -= 1;
        if reader.is_beside(at, Beside::Is) {
            return true;
        }
        let is_of_clock = reader.is(at, Class::Noon) || reader.is_beside(at, Beside::IsAt);
        if !is_of_clock {
            return false;
        }
    }
    false
}

/// The tense of the first verb behind an expression in its sentence.
pub(super) fn tense_behind(reader: &Reader, end: usize) -> Tense {
    let last = reader.sentence_of(end).map_or(end, |sentence| sentence.tokens.end);
    (end..last).find_map(|at| tense_of(reader, at, end, Place::default())).unwrap_or(Tense::Unknown)
}

fn tense_of(reader: &Reader, at: usize, first: usize, place: Place) -> Option<Tense> {
    const GOVERNS: u64 = Beside::Be.bit() | Beside::Infinitive.bit() | Beside::Would.bit();
    const COMES: u64 = Beside::Comes.bit() | Beside::Come.bit();
    let token = reader.token(at)?;
    if !token.is_word() {
        return None;
    }
    let (mask, lists) = (reader.mask(at), reader.lists(at));
    let before = at.checked_sub(1).filter(|before| *before >= first);
    if lists & Beside::Infinitive.bit() != 0 {
        let before = before?;
        let is_bidden = || {
            const FAR: usize = 3;
            let from = before.saturating_sub(FAR - 1).max(first);
            place.is_deadline && (from..=before).any(|at| reader.is_beside(at, Beside::Bid))
        };
        return (reader.is(before, Class::ToBefore) || is_bidden()).then_some(Tense::Future);
    }
    // "May" with a capital is the month.
    if mask & Class::Will.bit() != 0 && !(token.is_capitalised() && mask & Class::Month.bit() != 0) {
        return Some(Tense::Future);
    }
    let lists_before = before.map_or(0, |before| reader.lists(before));
    let is_predicate = lists & Beside::Predicate.bit() != 0
        && (lists_before & Beside::Is.bit() != 0 || before.is_some_and(|b| reader.is(b, Class::Was)));
    if is_predicate {
        return Some(Tense::Future);
    }
    // "will be held", "should be completed", "to hit", "may cut": the word before decides.
    if lists_before & GOVERNS != 0 {
        return None;
    }
    if place.is_target && lists & Beside::Moved.bit() != 0 {
        return Some(Tense::Future);
    }
    if mask & Class::Was.bit() != 0 {
        // "has been scheduled", "was due": what was arranged was still to come.
        let next = if reader.is(at + 1, Class::Was) { at + 2 } else { at + 1 };
        return Some(if reader.is(next, Class::Will) { Tense::Future } else { Tense::Past });
    }
    if token.is_capitalised() {
        return None;
    }
    if lists & COMES != 0 && is_coming(reader, at, before) {
        return Some(Tense::Future);
    }
    let is_past = reader.source.language.endings.is_past(token, reader.text())
        && token.end - token.start > 4
        && lists & Beside::NotPast.bit() == 0;
    is_past.then_some(Tense::Past)
}

/// "talks resume", "the strike ends": a verb of the present that, beside a date, speaks of what comes; not
/// "the end", "two starts".
fn is_coming(reader: &Reader, at: usize, before: Option<usize>) -> bool {
    let Some(before) = before.filter(|_| !reader.is_beside(at + 1, Beside::Traded)) else { return false };
    let Some(subject) = reader.token(before).filter(|token| token.is_word()) else { return false };
    let is_plural = || {
        reader.is_beside(before, Beside::Plural)
            || (subject.end - subject.start > 3
                && reader.source.language.endings.is_plural(subject, reader.text()))
    };
    if reader.is_beside(at, Beside::Comes) {
        return !reader.is_beside(before, Beside::Determiner) && !reader.is(before, Class::Number);
    }
    reader.is_beside(at, Beside::Come) && is_plural()
}
