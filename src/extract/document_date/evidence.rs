//! When a text was written, from what it calls "last year" and elsewhere dates.

use super::DatedBy;
use super::words::{Words, says};
use crate::document::Span;
use crate::extract::{Source, TimeAnchor, TimeMention};
use crate::time::{CivilDate, Edtf};

/// Within how many sentences "a year ago" is taken to speak of a date.
const MAX_SENTENCES: usize = 2;
/// Bytes of text for each word such as "yesterday", at most, for the text to be of its own time.
const BYTES_A_WORD: usize = 4_000;
/// Bytes between the mentions of one date: " of ".
const MAX_GAP: usize = 5;

/// A day of the calendar, with its year, as the text has it.
#[derive(Debug, Clone, Copy)]
struct Dated {
    date: CivilDate,
    span: Span,
}

/// What a text says of its own year.
#[derive(Debug, Clone)]
struct Evidence {
    year: i64,
    month: Option<u8>,
    /// It names a day and a year: not to be mistaken.
    is_strong: bool,
    words: String,
}

pub fn infer(source: &Source, times: &[TimeMention]) -> Option<DatedBy> {
    let dated: Vec<Dated> = times.iter().filter_map(dated).collect();
    let mut evidence = Vec::new();
    let mut n_near = 0;
    let words = Words::english();
    for (n, time) in times.iter().enumerate() {
        if time.anchor == TimeAnchor::Absolute {
            continue;
        }
        let text = time.span.slice(source.text());
        n_near += usize::from(says(text, &words.now));
        evidence.extend(of_year_beside(source, words, times, n, &dated));
        evidence.extend(of_years_ago(source, words, time, &dated));
    }
    let is_strong = |e: &&Evidence| e.is_strong;
    if let Some(best) = evidence.iter().filter(is_strong).max_by_key(|e| e.year).or_else(|| evidence.first())
    {
        return written(source, words, times, best, &evidence);
    }
    let is_of_its_time = n_near >= 2 && n_near * BYTES_A_WORD >= source.text().len();
    let last = dated.iter().filter(|_| is_of_its_time).max_by_key(|dated| dated.date)?;
    let near = times.iter().map(|time| time.span.slice(source.text())).find(|text| says(text, &words.now))?;
    Some(DatedBy {
        edtf: Edtf::parse(&format!("{:04}~", last.date.year)).ok()?,
        reason: format!(
            "The text carries no date. It says “{near}”, and its latest date is “{}”, so it was written about {}.",
            last.span.slice(source.text()),
            last.date.year,
        ),
    })
}

/// The answer, with all that agrees with the best evidence.
fn written(
    source: &Source,
    words: &Words,
    times: &[TimeMention],
    best: &Evidence,
    evidence: &[Evidence],
) -> Option<DatedBy> {
    let mut reason =
        format!("The text carries no date. It {}, so it was written in {}", best.words, best.year);
    let month = evidence.iter().find(|e| e.year == best.year && e.month.is_some());
    if let Some(with_month) = month.filter(|e| e.words != best.words) {
        reason.push_str("; it ");
        reason.push_str(&with_month.words);
    }
    // "April 5 of this year" lies behind it: it cannot be of a month before.
    let looks_back = times.iter().find_map(|time| {
        let text = time.span.slice(source.text());
        let (month, _) = month_and_days(source, words, time.span)?;
        (time.anchor != TimeAnchor::Absolute && says(text, &words.same_year)).then_some((month, text))
    });
    if let Some((_, text)) = looks_back {
        reason.push_str("; it speaks of “");
        reason.push_str(text);
        reason.push('”');
    }
    reason.push('.');
    let month =
        month.and_then(|e| e.month).filter(|month| looks_back.is_none_or(|(first, _)| *month >= first));
    let edtf = match month {
        Some(month) => format!("{:04}-{month:02}~", best.year),
        None if best.is_strong => format!("{:04}", best.year),
        None => format!("{:04}~", best.year),
    };
    Some(DatedBy { edtf: Edtf::parse(&edtf).ok()?, reason })
}

/// A full date of the past that needs nothing to be counted from.
fn dated(time: &TimeMention) -> Option<Dated> {
    let edtf = time.edtf.as_ref()?;
    let extent = edtf.interval().extent();
    if time.anchor != TimeAnchor::Absolute || extent.is_open_start() || extent.n_days() > 2 {
        return None;
    }
    Some(Dated { date: CivilDate::from_day(extent.first), span: time.span })
}

/// "September 19-20 of last year", of what stands elsewhere with its year.
fn of_year_beside(
    source: &Source,
    words: &Words,
    times: &[TimeMention],
    number: usize,
    dated: &[Dated],
) -> Option<Evidence> {
    let time = times.get(number)?;
    let text = source.text();
    let own = time.span.slice(text);
    let n_years = if says(own, &words.year_before) {
        1
    } else if says(own, &words.same_year) {
        0
    } else {
        return None;
    };
    // The day may be a mention of its own, or two, just before ("September 19|-20| of last year").
    let mut said = time.span;
    for before in times.get(..number)?.iter().rev() {
        if said.start > before.span.end + MAX_GAP {
            break;
        }
        said.start = before.span.start;
    }
    let (month, days) = month_and_days(source, words, said)?;
    let same = dated.iter().find(|dated| {
        dated.date.month == month && days.contains(&dated.date.day) && !dated.span.overlaps(said)
    })?;
    Some(Evidence {
        year: same.date.year + n_years,
        month: None,
        is_strong: true,
        words: format!("says “{}” of what it elsewhere dates “{}”", said.slice(text), same.span.slice(text)),
    })
}

/// "A year ago", beside a date.
fn of_years_ago(source: &Source, words: &Words, time: &TimeMention, dated: &[Dated]) -> Option<Evidence> {
    let text = source.text();
    let own = time.span.slice(text);
    if !says(own, &words.years_ago) {
        return None;
    }
    let first = own.split_whitespace().next()?;
    let n_years = first.parse().ok().or_else(|| {
        words.numbers.iter().find(|(word, _)| first.eq_ignore_ascii_case(word)).map(|(_, n)| *n)
    })?;
    let sentence_of = |at: usize| source.sentences.partition_point(|sentence| sentence.span.end <= at);
    let here = sentence_of(time.span.start);
    let near = dated
        .iter()
        .map(|dated| (sentence_of(dated.span.start).abs_diff(here), dated))
        .filter(|(distance, _)| *distance <= MAX_SENTENCES)
        .min_by_key(|(distance, _)| *distance)?
        .1;
    let year = near.date.year + n_years;
    Some(Evidence {
        year,
        month: Some(near.date.month),
        is_strong: false,
        words: format!("puts “{own}” what it dates “{}”", near.span.slice(text)),
    })
}

/// The month that a span names, and the days: "September 19-20".
pub(super) fn month_and_days(source: &Source, words: &Words, span: Span) -> Option<(u8, Vec<u8>)> {
    let first = source.tokens.partition_point(|token| (token.start as usize) < span.start);
    let of_span = source.tokens.get(first..)?.iter().take_while(|token| (token.end as usize) <= span.end);
    let text = source.text();
    let month = of_span.clone().filter(|t| t.is_word()).find_map(|token| words.month(token.text(text)))?;
    let numbers = of_span.filter(|t| t.n_digits() <= 2).filter_map(|t| t.number(text));
    let days: Vec<u8> =
        numbers.filter_map(|n| u8::try_from(n).ok()).filter(|n| (1..=31).contains(n)).collect();
    let (low, high) = (*days.iter().min()?, *days.iter().max()?);
    Some((month, (low..=high).collect()))
}
