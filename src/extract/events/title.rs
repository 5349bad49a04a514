//! The title of an event: the shortest clause that names the action, in the text's own words.

use std::ops::Range;

use smallvec::SmallVec;

use super::clause::{Clauses, Kind};
use super::phrase::begins_object;
use super::predicate::Predicate;
use super::subject::{is_before_time, owns_next, subject};
use super::tagged::Tagged;
use super::trim::{Kept, finish, keep};
use super::words::Class;
use crate::document::Span;

/// The parts of a title: mostly one or two.
pub type Title = SmallVec<[Span; 3]>;

/// The title of a clause by its verb: subject, verb and what follows, without times and asides.
pub fn of_clause(sentence: &Tagged, clauses: &Clauses, number: usize) -> Title {
    let Some(predicate) = clauses.get(number).and_then(|c| c.predicate.as_ref()) else { return Title::new() };
    let mut kept = Kept::new();
    keep_subject_and_verb(sentence, clauses, number, predicate, &mut kept);
    let n_needed = kept.len();
    for piece in clauses.pieces(number, sentence.len()) {
        let rest = piece.start.max(predicate.end)..piece.end;
        if rest.is_empty() {
            continue;
        }
        let end = end_of_object(sentence, &rest, kept.len() > n_needed);
        keep(sentence, rest.start..end, &mut kept);
        if end < rest.end {
            break;
        }
    }
    let complement =
        clauses.clauses.iter().position(|c| c.kind == Kind::Complement && c.parent == Some(number));
    if let Some(piece) =
        complement.filter(|_| predicate.tells()).and_then(|at| clauses.pieces(at, sentence.len()).next())
    {
        let end = end_of_object(sentence, &piece, true);
        keep(sentence, piece.start..end, &mut kept);
    }
    finish(sentence, &mut kept, n_needed)
}

/// The title of one of the things that a clause tells of with one verb ("in 1912 and Naples in 1915"),
/// which stands in these tokens.
pub fn of_group(sentence: &Tagged, clauses: &Clauses, number: usize, group: &Range<usize>) -> Title {
    let Some(predicate) = clauses.get(number).and_then(|c| c.predicate.as_ref()) else { return Title::new() };
    let mut kept = Kept::new();
    keep_subject_and_verb(sentence, clauses, number, predicate, &mut kept);
    let n_needed = kept.len();
    keep(sentence, group.start..end_of_object(sentence, group, false), &mut kept);
    finish(sentence, &mut kept, n_needed)
}

fn keep_subject_and_verb(
    sentence: &Tagged,
    clauses: &Clauses,
    number: usize,
    predicate: &Predicate,
    kept: &mut Kept,
) {
    if let Some(subject) = subject(sentence, clauses, number) {
        keep(sentence, subject, kept);
    }
    // "was begun … and finished": the second has the auxiliary of the first.
    let shared =
        clauses.get(number).and_then(|c| c.shares_subject_of).and_then(|at| clauses.get(at)?.predicate);
    let personal = Class::LIFE.and(Class::MOTION).and(Class::STATE);
    // "and commenced her voyage" has an object, and is no passive.
    let has_object = begins_object(sentence, predicate.end);
    if let Some(shared) = shared.filter(|p| p.is_passive && !p.class.is(personal) && !has_object)
        && predicate.may_be_participle
        && !predicate.class.is(personal)
    {
        kept.extend(shared.start..shared.end.saturating_sub(1));
    }
    keep(sentence, predicate.start..predicate.end, kept);
}

/// The title by a noun ("The tripartite meeting held in Brussels"), which stands at `noun`.
pub fn of_noun(sentence: &Tagged, clauses: &Clauses, number: usize, noun: usize) -> Title {
    let piece = clauses.pieces(number, sentence.len()).find(|piece| piece.contains(&noun));
    let Some(piece) = piece else { return Title::new() };
    let verb = clauses.get(number).and_then(|c| c.predicate).map_or(piece.clone(), |p| {
        if noun < p.start { piece.start..p.start.min(piece.end) } else { p.end.max(piece.start)..piece.end }
    });
    let start = noun_phrase_start(sentence, verb.start, noun);
    let end = end_of_object(sentence, &(noun + 1..verb.end.max(noun + 1)), true);
    let mut kept = Kept::new();
    keep(sentence, start..end, &mut kept);
    finish(sentence, &mut kept, noun + 1 - start)
}

/// Where what a clause says of its verb ends: at a comma, an aside, or a word that only adds.
fn end_of_object(sentence: &Tagged, rest: &Range<usize>, has_object: bool) -> usize {
    let mut has_object = has_object;
    let mut at = rest.start;
    while at < rest.end {
        let sign = sentence.sign(at);
        let class = sentence.class(at);
        if sign == '\0' && !class.is(Class::ENDS_TITLE) {
            has_object = has_object || !(sentence.is_in_time(at) || class.is(Class::LEANS));
            at += 1;
            continue;
        }
        if matches!(sign, '.' | '!' | '?' | ';' | ':' | '(' | '[' | '–' | '—' | '…')
            && !is_inner_period(sentence, at)
        {
            break;
        }
        if sentence.is_parting_comma(at) && (has_object || !is_before_time(sentence, at + 1)) {
            let after = (at + 1..rest.end).take_while(|n| sentence.sign(*n) != ',').count();
            // A date between commas is left out, and the sentence goes on behind it.
            let ends_date = !has_object && at > 0 && sentence.is_in_time(at - 1);
            let is_date = ends_date
                || (sentence.is_in_time(at + 1) || is_before_time(sentence, at + 1))
                    && sentence.sign(at + 1 + after) == ',';
            if !is_date {
                break;
            }
        }
        if class.is(Class::ENDS_TITLE)
            && !sentence.is_in_mention(at)
            && !is_before_time(sentence, at)
            && (has_object || class.is(Class::ACCORDING.and(Class::RELATIVE)))
        {
            break;
        }
        has_object |= sign == '\0' && !sentence.is_in_time(at) && !class.is(Class::LEANS);
        at += 1;
    }
    at
}

/// The period of an abbreviation or initial.
fn is_inner_period(sentence: &Tagged, at: usize) -> bool {
    sentence.sign(at) == '.'
        && at + 1 < sentence.len()
        && !matches!(sentence.sign(at + 1), '”' | '"' | '’' | ')')
}

/// Where the noun phrase about this noun begins.
fn noun_phrase_start(sentence: &Tagged, first: usize, noun: usize) -> usize {
    let mut start = noun;
    while start > first {
        let class = sentence.class(start - 1);
        let sign = sentence.sign(start - 1);
        let is_of = class.is(Class::OF);
        let is_verb =
            class.is(Class::THIRD.and(Class::PAST)) && !class.is(Class::NOUN.and(Class::PARTICIPLE));
        let ends = (class.is(Class::PREPOSITION) && !is_of)
            || is_verb
            || class.is(Class::AND.and(Class::RELATIVE).and(Class::THAT).and(Class::FINITE_AUXILIARY))
            || (sign != '\0' && !matches!(sign, '-' | '’' | '\'' | '“' | '”' | '"'));
        if ends && !sentence.is_in_mention(start - 1) {
            break;
        }
        start -= 1;
    }
    while start < noun && sentence.is_in_time(start) && !owns_next(sentence, start) {
        start += 1;
    }
    while start < noun && matches!(sentence.sign(start), ',' | '”' | '’' | '\'' | '-') {
        start += 1;
    }
    start
}
