//! One pass over the tokens: the longest expression at each place where one can begin.

use super::figures::{Figure, Reader};
use super::guards;
use super::meet::{Captures, Met, meet};
use super::parts::{Parts, Unit, Way};
use super::rules::{Means, Rules};
use super::words::{Beside, Class};
use crate::extract::Step;
use crate::extract::token::Token;

/// Expressions for which room is made beforehand, at most.
const MAX_EXPECTED: usize = 1 << 10;

/// All expressions, in text order, none over another.
pub(super) fn scan<'r>(reader: &Reader, rules: &'r Rules) -> Vec<(Met<'r>, Parts)> {
    let expected = (reader.source.tokens.len() / 40).min(MAX_EXPECTED);
    let mut found: Vec<(Met<'r>, Parts)> = Vec::with_capacity(expected);
    let mut at = 0;
    while let Some(beginning) = rules.next_beginning(reader.source.tokens, reader.text(), at) {
        at = beginning;
        let byte = reader.source.tokens.get(at).map_or(0, |token| token.start as usize);
        if !reader.source.goes_on(Step::Times, byte) {
            break;
        }
        let mut best = longest(reader, rules, at);
        if let Some((met, _)) = best
            && met.start > at
        {
            // What was read before the mention is only its surroundings: a longer one may begin there.
            let inner = (at + 1..=met.start)
                .find_map(|start| longest(reader, rules, start).filter(|(m, _)| m.start == start));
            best = match inner {
                Some((longer, parts))
                    if longer.end > met.end || (longer.start < met.start && longer.end >= met.end) =>
                {
                    Some((longer, parts))
                }
                _ => best,
            };
        }
        let Some((met, parts)) = best else {
            at += 1;
            continue;
        };
        at = met.end.max(at + 1);
        found.push((met, parts));
        if let Some((met, parts)) = go_on(reader, &met, &parts) {
            at = met.end;
            found.push((met, parts));
        }
    }
    found
}

fn longest<'r>(reader: &Reader, rules: &'r Rules, at: usize) -> Option<(Met<'r>, Parts)> {
    let sorts = [at, at + 1, at + 2].map(|at| reader.sort(at));
    let mask = reader.words.sorts().mask(sorts[0]);
    let mut best: Option<(Met, Parts)> = None;
    let mut captures = Captures::none();
    rules.beginning(sorts, |trial| {
        let Some(met) = meet(trial, &rules.programs, reader, at, mask, &mut captures) else { return };
        let is_longer = best.as_ref().is_none_or(|(known, _)| {
            met.read_to > known.read_to
                || (met.read_to == known.read_to
                    && std::ptr::from_ref(met.rule) < std::ptr::from_ref(known.rule))
        });
        if !is_longer {
            return;
        }
        let parts = Parts::of(&met);
        if guards::passes(reader, &met, &parts) {
            best = Some((met, parts));
        }
    });
    best
}

/// "of last year" at a token, and where it ends.
fn way_of_year(reader: &Reader, at: usize) -> Option<(Way, usize)> {
    const WAYS: [(Class, Way); 5] = [
        (Class::Last, Way::Last),
        (Class::This, Way::This),
        (Class::Next, Way::Next),
        (Class::Previous, Way::Previous),
        (Class::Following, Way::Following),
    ];
    let at = if reader.is_beside(at, Beside::Of) { at + 1 } else { at };
    let (_, way) = WAYS.into_iter().find(|(class, _)| reader.is(at, *class))?;
    let is_year = reader.value(at + 1, Class::Unit) == Some(Unit::Year as i32);
    is_year.then_some((way, at + 2))
}

/// The end of a range or list that names less than its beginning: "April 13–15", "1915–17", "May 6 and 7th".
fn go_on<'r>(reader: &Reader, met: &Met<'r>, parts: &Parts) -> Option<(Met<'r>, Parts)> {
    if met.means != Means::Date || parts.part.is_some() {
        return None;
    }
    let at = met.end;
    let is_dash = reader.is(at, Class::Dash);
    let is_slash = reader.is_sign(at, '/');
    let is_word = reader.is_beside(at, Beside::Joins) || is_slash || reader.is_sign(at, '&');
    if !is_dash && !is_word {
        return None;
    }
    let start = at + 1;
    if parts.day.is_some() && parts.month.is_some() && parts.year.is_none() && ends_with_day(reader, met) {
        let (n, day) = reader.read(Figure::Day, start)?;
        let end = start + n;
        let is_other = reader.is(end, Class::Month)
            || reader.is(end, Class::Unit)
            || reader.is(end, Class::Units)
            || reader.is(end, Class::Counted)
            || reader.is(end, Class::Scale);
        if is_other || (day <= i32::from(parts.day.unwrap_or(31)) && is_dash) {
            return None;
        }
        // "March 5–9, 1918": the year behind is the end's.
        let year_at = if reader.is_sign(end, ',') { end + 1 } else { end };
        let year = reader.read(Figure::Year, year_at).map(|(_, year)| year);
        let of_way = way_of_year(reader, end).filter(|_| year.is_none());
        let end = match of_way {
            Some((_, end)) => end,
            None if year.is_some() => year_at + 1,
            None => end,
        };
        let way = of_way.map(|(way, _)| way).or(parts.way);
        let next = Parts { day: u8::try_from(day).ok(), year, way, edge: None, ..*parts };
        return Some((Met { start, end, read_to: end, ..*met }, next));
    }
    let year = parts.year.filter(|_| parts.day.is_none() && parts.month.is_none() && !parts.is_before_era)?;
    if !(is_dash || is_slash) || !reader.token(start)?.is_joined {
        return None;
    }
    let (n, short) = reader.read(Figure::Two, start)?;
    if short <= year % 100 || reader.is(start + n, Class::Counted) {
        return None;
    }
    let next = Parts { year: Some(year / 100 * 100 + short), edge: None, ..*parts };
    Some((Met { start, end: start + n, read_to: start + n, ..*met }, next))
}

fn ends_with_day(reader: &Reader, met: &Met) -> bool {
    let last = met.end.wrapping_sub(1);
    reader.token(last).is_some_and(Token::is_number) || reader.is(last, Class::OrdinalSuffix)
}
