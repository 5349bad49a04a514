//! Which of the times of a clause are the time of its event, alone or joined ("from … to …").

use smallvec::{SmallVec, smallvec};

use super::tagged::{Tagged, Within};
use super::words::Class;
use crate::extract::{Positions, TimeMention, TimexType};
use crate::time::Edtf;

/// The rule of two times that are the ends of one.
pub const SPAN: &str = "from … to …";

/// A time of an event.
#[derive(Debug, Clone, PartialEq)]
pub struct Chosen {
    /// Position in the reading.
    pub time: usize,
    /// Where the date is not the mention's own.
    pub edtf: Option<Edtf>,
    pub rule: &'static str,
}

/// Can this be when something happens?
pub fn is_when(time: &TimeMention) -> bool {
    time.is_adverbial
        && time.edtf.is_some()
        && matches!(time.timex_type, TimexType::Date | TimexType::Time | TimexType::Duration)
}

/// The times of an event whose clause has these mentions (in order, each [`is_when`]): one, or several
/// where they are listed. `verb` is where its verb stands.
pub fn choose(sentence: &Tagged, times: &[usize], verb: usize) -> SmallVec<[Chosen; 1]> {
    match times {
        [] => SmallVec::new(),
        [only] => smallvec![alone(sentence, *only)],
        _ => {
            if let Some(range) = times.windows(2).find_map(|pair| range(sentence, pair)) {
                return smallvec![range];
            }
            let times = innermost(sentence, times);
            if let Some(list) = listed(sentence, &times) {
                return list.into_iter().map(|time| alone(sentence, time)).collect();
            }
            let best = times.iter().copied().min_by_key(|time| {
                let range = sentence.time_range(*time);
                let distance = verb.abs_diff(range.start).min(verb.abs_diff(range.end));
                let opens = opening_class(sentence, *time).is(open_ends());
                let is_duration =
                    mention(sentence, *time).is_some_and(|t| t.timex_type == TimexType::Duration);
                (is_duration, opens, n_days(sentence, *time), distance)
            });
            best.map(|time| alone(sentence, time)).into_iter().collect()
        }
    }
}

fn open_ends() -> Class {
    Class::SINCE.and(Class::UNTIL).and(Class::EARLIER).and(Class::AFTER).and(Class::BY)
}

fn mention<'a>(sentence: &Tagged<'a>, time: usize) -> Option<&'a TimeMention> {
    sentence.all_times.get(time)
}

fn edtf<'a>(sentence: &Tagged<'a>, time: usize) -> Option<&'a Edtf> {
    mention(sentence, time)?.edtf.as_ref()
}

fn n_days(sentence: &Tagged, time: usize) -> i64 {
    edtf(sentence, time).map_or(i64::MAX, |edtf| edtf.interval().extent().n_days())
}

/// The preposition before a mention, or of its first word where the mention holds it.
fn opening_class(sentence: &Tagged, time: usize) -> Class {
    let start = sentence.time_range(time).start;
    let before = start.checked_sub(1).map_or(Class::NONE, |at| sentence.class(at));
    let before = if before.is(Class::DETERMINER) && !before.is(Class::PREPOSITION) {
        start.checked_sub(2).map_or(Class::NONE, |at| sentence.class(at))
    } else {
        before
    };
    let first = sentence.class(start);
    if first.is(Class::PREPOSITION) { before.and(first) } else { before }
}

/// One time by itself, with the preposition that opens it to one side.
fn alone(sentence: &Tagged, time: usize) -> Chosen {
    let class = opening_class(sentence, time);
    let own = Chosen { time, edtf: None, rule: "" };
    let Some(text) = edtf(sentence, time).map(Edtf::as_str) else { return own };
    let is_span = text.contains('/');
    // "was not settled until 1804": it came about only then.
    if class.is(Class::UNTIL) && is_negated_until(sentence, sentence.time_range(time).start) {
        return own;
    }
    let (open, rule) = if class.is(Class::SINCE) && !is_span {
        (format!("{text}/.."), "since")
    } else if class.is(Class::UNTIL.and(Class::EARLIER).and(Class::BY)) && !is_span {
        (format!("/{text}"), "until")
    } else if class.is(Class::AFTER) && !is_span {
        (format!("{text}/"), "after")
    } else {
        return own;
    };
    Edtf::parse(&open).map_or(own, |edtf| Chosen { time, edtf: Some(edtf), rule })
}

/// Does "not" stand before the "until" of this token?
pub fn is_negated_until(sentence: &Tagged, time_start: usize) -> bool {
    const FAR: usize = 10;
    (time_start.saturating_sub(FAR)..time_start)
        .rev()
        .take_while(|at| !matches!(sentence.sign(*at), ';' | ':'))
        .any(|at| sentence.class(at).is(Class::NOT))
}

/// "from 1 May to 3 June", "between 1939 and 1945", "1939–1945".
fn range(sentence: &Tagged, pair: &[usize]) -> Option<Chosen> {
    let [first, last] = pair else { return None };
    let (a, b) = (sentence.time_range(*first), sentence.time_range(*last));
    if b.start < a.end || b.start > a.end + 2 {
        return None;
    }
    let before = opening_class(sentence, *first);
    let mut between = Class::NONE;
    let mut has_dash = false;
    for at in a.end..b.start {
        between = between.and(sentence.class(at));
        has_dash |= matches!(sentence.sign(at), '–' | '—' | '-');
    }
    // Where the later mention holds the word itself ("until 3 June").
    between = between.and(sentence.class(b.start));
    let joins = between.is(Class::UNTIL.and(Class::THROUGH))
        || has_dash
        || (between.is(Class::AND) && before.is(Class::BETWEEN));
    if !joins {
        return None;
    }
    let (start, end) = (edtf(sentence, *first)?, edtf(sentence, *last)?);
    let start_text = start.as_str().split('/').next()?;
    let end_text = end.as_str().rsplit('/').next()?;
    if start.interval().extent().first > end.interval().extent().last {
        return None;
    }
    let edtf = Edtf::parse(&format!("{start_text}/{end_text}")).ok()?;
    Some(Chosen { time: *first, edtf: Some(edtf), rule: SPAN })
}

/// Without the times that only say more widely what another says ("in 1945 … on 8 May 1945").
fn innermost(sentence: &Tagged, times: &[usize]) -> Positions {
    let extent = |time: usize| edtf(sentence, time).map(|edtf| edtf.interval().extent());
    let is_wider = |time: usize| {
        let Some(wide) = extent(time) else { return true };
        times.iter().any(|other| {
            *other != time
                && extent(*other).is_some_and(|narrow| {
                    wide.first <= narrow.first
                        && narrow.last <= wide.last
                        && (wide != narrow || *other < time)
                })
        })
    };
    times.iter().copied().filter(|time| !is_wider(*time)).collect()
}

/// "in 1912, 1915 and 1920": times with nothing between them but commas and an "and".
fn listed(sentence: &Tagged, times: &[usize]) -> Option<Positions> {
    let mut has_and = false;
    for pair in times.windows(2) {
        let [first, next] = pair else { return None };
        let (a, b) = (sentence.time_range(*first), sentence.time_range(*next));
        for at in a.end..b.start {
            let is_and = sentence.class(at).is(Class::AND);
            has_and |= is_and;
            let is_plain = sentence.sign(at) == ',' || is_and || sentence.class(at).is(Class::PREPOSITION);
            if !is_plain || sentence.within(at) != Within::Nothing {
                return None;
            }
        }
    }
    (has_and && times.len() >= 2).then(|| Positions::from_slice(times))
}

/// The same date, marked as approximate; as it is where that cannot be written.
pub fn about(edtf: &Edtf) -> Edtf {
    let text = edtf.as_str();
    if text.contains(['/', '~', '%', '[', '{', '.']) {
        return edtf.clone();
    }
    let text = match text.strip_suffix('?') {
        Some(text) => format!("{text}%"),
        None => format!("{text}~"),
    };
    Edtf::parse(&text).unwrap_or_else(|_| edtf.clone())
}
