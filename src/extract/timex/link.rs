//! Expressions beside each other: ranges and lists whose parts complete one another.

use super::anchor::{Telling, Tense, tense};
use super::figures::Reader;
use super::meet::Met;
use super::normalize::Normal;
use super::parts::{Parts, Toward, Way};
use super::rules::Means;
use super::words::{Beside, Class};
use crate::extract::TimeAnchor;
use crate::extract::token::Token;

/// "August and September 1914", "19-20 September of last year": the year stands behind the last of several
/// dates.
pub(super) fn years_from_behind(reader: &Reader, found: &mut [(Met, Parts)]) {
    for n in (1..found.len()).rev() {
        let Some((later, earlier)) = found.get(n).copied().zip(found.get(n - 1).copied()) else { continue };
        let ((met, parts), (met_before, parts_before)) = (later, earlier);
        let is_dated = |met: &Met, parts: &Parts| {
            met.means == Means::Date && (parts.month.is_some() || parts.season.is_some())
        };
        if !is_dated(&met_before, &parts_before)
            || parts_before.year.is_some()
            || parts_before.short_year.is_some()
            || parts_before.way.is_some()
            || !is_dated(&met, &parts)
            || !are_joined(reader, met_before.end, met.start)
        {
            continue;
        }
        let Some(year) = parts.year else {
            if let Some((_, before)) = found.get_mut(n - 1).filter(|_| parts.day.is_some()) {
                before.way = parts.way;
            }
            continue;
        };
        // "December to March 1941": it began in the year before.
        let goes_over = parts_before.month.zip(parts.month).is_some_and(|(a, b)| a > b);
        if let Some((_, before)) = found.get_mut(n - 1) {
            before.year = Some(if goes_over { year - 1 } else { year });
            before.is_before_era = parts.is_before_era;
        }
    }
}

/// "in 264" is a year where the text names the era of one; of that before it, else of the first.
pub(super) fn years_of_era(found: &mut Vec<(Met, Parts)>) {
    const NAME: &str = "era-less";
    let era_of = |(met, parts): &(Met, Parts)| {
        let names_era =
            met.rule.name != NAME && parts.year.is_some_and(|year| parts.is_before_era || year < 1000);
        names_era.then_some(parts.is_before_era)
    };
    if !found.iter().any(|(met, _)| met.rule.name == NAME) {
        return;
    }
    let mut era = found.iter().find_map(era_of);
    found.retain_mut(|one| {
        era = era_of(one).or(era);
        let (met, parts) = one;
        if met.rule.name != NAME {
            return true;
        }
        parts.is_before_era = era.unwrap_or(false);
        era.is_some()
    });
}

/// "two days before the launch": an amount beside a clause, not a date; but "two days before." is one.
pub(super) fn amounts_before_clauses(reader: &Reader, telling: Telling, found: &mut [(Met, Parts)]) {
    for (met, _) in found.iter_mut().filter(|(met, _)| met.means == Means::Shift) {
        let last = met.end.wrapping_sub(1);
        let is_preposition = reader.is_beside(last, Beside::Preposition);
        let Some(next) =
            reader.token(met.end).filter(|t| t.is_word() && is_preposition && !t.begins_paragraph)
        else {
            continue;
        };
        let goes_on = reader.is_beside(met.end, Beside::GoesOn);
        let names_event = telling.is_history
            && (next.is_capitalised() || reader.is_beside(met.end, Beside::Definite))
            && last > met.start + 1;
        if !goes_on && !names_event && last > met.start {
            met.end = last;
            met.means = Means::Duration;
        }
    }
}

/// "two or three days later": one expression, counted by the first.
pub(super) fn ranges_of_shifts(reader: &Reader, found: &mut Vec<(Met, Parts)>) {
    let mut firsts = Vec::new();
    for n in 1..found.len() {
        let Some(((first, of), (shift, _))) = found.get(n - 1).zip(found.get(n)) else { continue };
        let is_one = first.rule.name == "range-duration"
            && shift.means == Means::Shift
            && shift.start == first.end + 1
            && reader.is_beside(first.end, Beside::Joins)
            && !reader.is_beside(first.end, Beside::Both);
        if !is_one {
            continue;
        }
        let (start, amount) = (first.start, of.amount);
        if let Some((shift, parts)) = found.get_mut(n) {
            shift.start = start;
            parts.amount = amount;
        }
        firsts.push(n - 1);
    }
    let mut firsts = firsts.into_iter().peekable();
    let mut n = 0;
    found.retain(|_| {
        let is_first = firsts.next_if_eq(&n).is_some();
        n += 1;
        !is_first
    });
}

/// Both ends of a range have the whole of it as their EDTF.
pub(super) fn ranges(reader: &Reader, found: &[(Met, Parts)], normals: &mut [Option<Normal>]) {
    for n in 1..found.len() {
        let Some(((from, _), (to, _))) = found.get(n - 1).zip(found.get(n)) else { continue };
        if from.means != Means::Date
            || to.means != Means::Date
            || to.start < from.end
            || to.start - from.end > 2
        {
            continue;
        }
        let is_range = reader.is(from.end, Class::Dash)
            || reader.is_beside(from.end, Beside::Range)
            || (reader.is_beside(from.end, Beside::Both)
                && from.start.checked_sub(1).is_some_and(|at| reader.is_beside(at, Beside::Between)));
        let Some((Some(first), Some(last))) = normals.get(n - 1).zip(normals.get(n)) else { continue };
        let Some((start, end)) = first.point.zip(last.point).filter(|_| is_range) else { continue };
        if start.middle() > end.middle() {
            continue;
        }
        let whole = format!("{}/{}", start.edtf(), end.edtf());
        for at in [n - 1, n] {
            if let Some(Some(normal)) = normals.get_mut(at) {
                normal.edtf = Some(whole.clone());
            }
        }
    }
    open_ends(reader, found, normals);
}

/// "since 2019" goes on; what lasted "until 2020" began nobody says when.
fn open_ends(reader: &Reader, found: &[(Met, Parts)], normals: &mut [Option<Normal>]) {
    for ((met, parts), normal) in found.iter().zip(normals.iter_mut()) {
        let Some(normal) = normal else { continue };
        // "rose from the same period last year": compared with, not begun.
        if is_year_before(met) || parts.way == Some(Way::Previous) {
            continue;
        }
        let (Some(point), Means::Date | Means::Day | Means::Unit) = (normal.point, met.means) else {
            continue;
        };
        if normal.edtf.as_ref().is_none_or(|edtf| edtf.contains('/')) {
            continue;
        }
        let Some(before) = met.start.checked_sub(1) else { continue };
        let edtf = point.edtf();
        if reader.is_beside(before, Beside::Since) || reader.is_beside(before, Beside::From) {
            normal.edtf = Some(format!("{edtf}/.."));
        } else if reader.is(before, Class::Until) && !is_negated(reader, before) {
            normal.edtf = Some(format!("/{edtf}"));
        }
    }
}

/// "was not settled until 1804": it came about only then.
fn is_negated(reader: &Reader, until: usize) -> bool {
    const FAR: usize = 10;
    (until.saturating_sub(FAR)..until)
        .rev()
        .take_while(|at| !reader.is_sign(*at, '.') && !reader.is_sign(*at, ';'))
        .any(|at| reader.is_beside(at, Beside::Negation))
}

/// "Friday afternoon at two o'clock", "6 o'clock Tuesday evening": the part of the day beside it says which half.
pub(super) fn parts_of_clocks(found: &mut [(Met, Parts)]) {
    for n in 0..found.len() {
        let Some((clock, _)) = found
            .get(n)
            .filter(|(met, parts)| matches!(met.rule.name, "o-clock" | "half-past") && parts.part.is_none())
        else {
            continue;
        };
        let (start, end) = (clock.start, clock.end);
        let behind = found.get(n + 1).filter(|(met, _)| met.start >= end && met.start - end <= 1);
        let before = n.checked_sub(1).and_then(|n| found.get(n));
        let before = before.filter(|(met, _)| start >= met.end && start - met.end <= 2);
        let part = [behind, before].into_iter().flatten().find_map(|(_, parts)| parts.part);
        if let Some((_, parts)) = found.get_mut(n) {
            parts.part = part;
        }
    }
}

/// "every Tuesday and Thursday": the second recurs as the first.
pub(super) fn sets_go_on(reader: &Reader, found: &mut [(Met, Parts)]) {
    for n in 1..found.len() {
        let Some(((before, of), (met, parts))) = found.get(n - 1).zip(found.get(n)) else { continue };
        let is_weekday =
            |parts: &Parts| parts.weekday.is_some() && parts.day.is_none() && parts.way.is_none();
        let goes_on = before.means == Means::Set
            && met.means == Means::Date
            && is_weekday(of)
            && is_weekday(parts)
            && met.start > before.end
            && are_joined(reader, before.end, met.start);
        if let Some((met, _)) = found.get_mut(n).filter(|_| goes_on) {
            met.means = Means::Set;
        }
    }
}

/// How many times of day from the `n`th expression on wait for the day behind them: "from 10 a.m. to 5 p.m.
/// Monday", "at 3:27 p.m. (1927 GMT) Wednesday"; none, if there is no such day.
pub(super) fn clocks_of_one_day(reader: &Reader, found: &[(Met, Parts)], n: usize) -> usize {
    const MOST: usize = 3;
    for n_clocks in 1..=MOST {
        let Some(((clock, _), (next, parts))) = found.get(n + n_clocks - 1).zip(found.get(n + n_clocks))
        else {
            return 0;
        };
        if is_day_of_clock(reader, clock, next, parts) {
            return n_clocks;
        }
        let is_same_moment = reader.is_sign(clock.end, '(') && next.start == clock.end + 1;
        let goes_on = clock.means == Means::Clock
            && next.means == Means::Clock
            && (is_same_moment || are_joined(reader, clock.end, next.start));
        if !goes_on {
            return 0;
        }
    }
    0
}

/// Is the second expression the day of the first, a time of day: "at 5:34 AM Baghdad time on March 20"?
pub(super) fn is_day_of_clock(reader: &Reader, clock: &Met, next: &Met, day: &Parts) -> bool {
    let names_day = match next.means {
        Means::Date => day.day.is_some() || day.weekday.is_some(),
        Means::Day => true,
        // "at 10 pm last night"
        Means::Part => day.way.is_some(),
        _ => false,
    };
    let is_near = next.start >= clock.end && next.start - clock.end <= 5;
    clock.means == Means::Clock
        && names_day
        && is_near
        && !ends_between(reader, clock.end, next.start)
        && (clock.end..next.start).all(|at| {
            reader
                .token(at)
                .is_some_and(|t| t.is_word() || matches!(t.text(reader.text()), "," | "(" | ")" | "."))
        })
        && (next.start - clock.end < 2
            || next
                .start
                .checked_sub(1)
                .is_some_and(|at| reader.is_beside(at, Beside::On) || reader.is_sign(at, ',')))
}

/// Does a sentence end between two tokens?
fn ends_between(reader: &Reader, from: usize, to: usize) -> bool {
    reader.sentence_of(from.saturating_sub(1)).is_some_and(|sentence| sentence.tokens.end <= to)
}

/// "At the same time, prices rose": no time in the news, but "however".
pub(super) fn is_connective(reader: &Reader, telling: Telling, met: &Met) -> bool {
    let is_first =
        || reader.sentence_of(met.start).is_some_and(|sentence| sentence.tokens.start + 1 == met.start);
    telling.document.is_some()
        && !telling.is_history
        && met.means == Means::Ref
        && reader.is(met.end.wrapping_sub(2), Class::Same)
        && reader.is_sign(met.end, ',')
        && is_first()
}

/// Do only words of ranges and lists stand between two tokens?
fn are_joined(reader: &Reader, from: usize, to: usize) -> bool {
    to >= from
        && to - from <= 3
        && (from..to).all(|at| {
            reader.is(at, Class::Dash)
                || reader.is_beside(at, Beside::Joins)
                || [',', '/', '&'].into_iter().any(|sign| reader.is_sign(at, sign))
        })
}

/// Is the date one that others are counted from? Not what is named by the way: "the 1914 rules", a year in
/// brackets, how long something lasted, what was to come, the year before.
pub(super) fn is_reference(reader: &Reader, telling: Telling, met: &Met, parts: &Parts) -> bool {
    let before = met.start.checked_sub(1);
    let is_beside_told =
        is_year_before(met) || (met.means == Means::Part && reader.is_beside(met.start, Beside::Overnight));
    if is_beside_told && !telling.is_history {
        return false;
    }
    match met.means {
        Means::Date => {
            if !telling.is_history && parts.year.is_some() && is_compared(reader, before) {
                return false;
            }
            let is_bare_year = parts.year.is_some() && parts.month.is_none() && parts.season.is_none();
            if is_bare_year && (before.is_some_and(|at| reader.is_sign(at, '(')) || is_adjective(reader, met))
            {
                return false;
            }
            let is_limit =
                before.is_some_and(|at| reader.is(at, Class::Until) || reader.is_beside(at, Beside::Since));
            let is_to_come = telling.is_history && tense(reader, met.start, met.end) == Tense::Future;
            let is_named_so = !telling.is_history && is_in_name_of_event(reader, met, parts);
            parts.year.is_none() || !(is_limit || is_to_come || is_named_so)
        }
        _ if !telling.is_history && is_compared(reader, before) => false,
        Means::Unit if parts.way == Some(Way::Previous) && !telling.is_history => false,
        Means::Shift if parts.toward == Some(Toward::Earlier) && !telling.is_history => false,
        Means::Unit => !telling.is_history || parts.way.is_none_or(|way| way.steps() >= 0),
        Means::Shift => !telling.is_history || parts.toward.is_none_or(|toward| toward == Toward::Later),
        Means::Clock | Means::Part | Means::Day => true,
        Means::Holiday => !met.rule.is_name,
        _ => false,
    }
}

/// "the same period last year", "the year-ago quarter"
fn is_year_before(met: &Met) -> bool {
    matches!(met.rule.name, "year-ago" | "same-period" | "this-time-last-year")
}

/// "fell from June 1985", "since last month", "less than in 1986": not what is told of.
fn is_compared(reader: &Reader, before: Option<usize>) -> bool {
    before.is_some_and(|at| reader.is_beside(at, Beside::Compared))
}

/// "the Crash of 1987"
fn is_in_name_of_event(reader: &Reader, met: &Met, parts: &Parts) -> bool {
    let Some(of) = met.start.checked_sub(1).filter(|at| reader.is_beside(*at, Beside::Of)) else {
        return false;
    };
    let is_name = |at: usize| reader.token(at).is_some_and(|t| t.is_capitalised() && !t.begins_line);
    parts.month.is_none() && of.checked_sub(1).is_some_and(is_name)
}

/// "the 1947 Act", "a 1998 interview".
fn is_adjective(reader: &Reader, met: &Met) -> bool {
    let before = met.start.checked_sub(1);
    before.is_some_and(|at| reader.is_beside(at, Beside::Determiner))
        && reader.token(met.end).is_some_and(Token::is_word)
}

/// Is the expression part of a name?
pub(super) fn is_in_name(reader: &Reader, met: &Met, parts: &Parts) -> bool {
    let next = reader.token(met.end);
    let next_is_name = next.is_some_and(|t| t.is_capitalised() && !t.begins_line);
    match met.means {
        Means::Age => true,
        Means::Date => {
            let is_year = parts.year.is_some() && parts.month.is_none();
            (is_year && is_adjective(reader, met) && next_is_name)
                || (parts.season.is_some() && parts.year.is_none() && next_is_name)
                || (parts.month.is_some()
                    && parts.day.is_none()
                    && parts.year.is_none()
                    && next_is_name
                    && met.end - met.start == 1)
        }
        Means::Duration => next_is_name || reader.is(met.end.wrapping_sub(2), Class::Dash),
        _ => false,
    }
}

/// How sure it is that this is meant, 0–1.
pub(super) fn confidence(met: &Met, parts: &Parts, anchor: TimeAnchor) -> f32 {
    let resolved = match anchor {
        TimeAnchor::Absolute => 1.0,
        TimeAnchor::Document => 0.9,
        TimeAnchor::Mention(_) => 0.8,
        TimeAnchor::Missing => 0.4,
    };
    let recognised = match met.means {
        Means::Date if parts.day.is_some() && parts.month.is_some() => 0.98,
        Means::Date if parts.month.is_some() && parts.year.is_some() => 0.97,
        Means::Date if parts.year.is_some() => 0.92,
        _ => 0.9,
    };
    resolved * recognised
}
