//! How a clause is put: as a fact, a claim, a plan, a condition or a denial, and who says it.

use std::ops::Range;

use super::clause::{Clauses, Kind};
use super::predicate::Mood;
use super::subject::subject;
use super::tagged::Tagged;
use super::words::Class;
use crate::document::Span;
use crate::extract::Statement;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Told {
    pub statement: Statement,
    pub by: Option<Span>,
    /// Clause that says it, where that is another.
    pub teller: Option<usize>,
}

/// How a clause is told. `has_time` is whether it is dated by itself: "would return in 1945" is history.
pub fn told(sentence: &Tagged, clauses: &Clauses, number: usize, has_time: bool) -> Told {
    let mut told = Told::default();
    let Some(clause) = clauses.get(number) else { return told };
    told.statement = own(sentence, clauses, number, has_time);
    let mut below = number;
    for ancestor in clauses.ancestors(number) {
        let kind = clauses.get(below).map(|c| c.kind);
        let above = clauses.get(ancestor).and_then(|c| c.predicate);
        let governor = governor(sentence, clauses, below);
        if kind == Some(Kind::Complement)
            && let Some(above) = above
            && governor != Class::NONE
        {
            let says = if governor.is(Class::DENIAL) {
                Statement::Denied
            } else if governor.is(Class::CLAIM)
                || (governor.is(Class::STATE) && is_belief(sentence, ancestor, clauses))
            {
                Statement::Claimed
            } else if governor.is(Class::PLAN) {
                Statement::Planned
            } else {
                Statement::Reported
            };
            if says != Statement::Reported {
                told.statement = says;
            }
            if governor.is(Class::TELLING) && !above.is_bare_auxiliary && told.by.is_none() {
                told.by = teller(sentence, clauses, ancestor);
                told.teller = Some(ancestor);
            }
        } else if kind == Some(Kind::Condition) {
            told.statement = Statement::Hypothetical;
        }
        below = ancestor;
    }
    if clause.kind == Kind::Condition {
        told.statement = Statement::Hypothetical;
    }
    if told.by.is_none()
        && let Some(last) = said_after(sentence, clauses, number)
    {
        told.by = teller(sentence, clauses, last);
        told.teller = Some(last);
        if clauses.get(last).and_then(|c| c.predicate).is_some_and(|p| p.class.is(Class::CLAIM)) {
            told.statement = Statement::Claimed;
        }
    }
    if told.by.is_none() {
        told.by = according_to(sentence);
    }
    if told.by.is_none()
        && clause.predicate.is_some_and(|p| p.tells() && p.class.is(Class::CLAIM.and(Class::DENIAL)))
    {
        told.by = teller(sentence, clauses, number);
    }
    told
}

/// The word that a complement hangs on: the verb above it, or one just before it ("claiming that").
fn governor(sentence: &Tagged, clauses: &Clauses, number: usize) -> Class {
    let Some(clause) = clauses.get(number) else { return Class::NONE };
    let before = clause.start.checked_sub(1).map_or(Class::NONE, |at| sentence.class(at));
    if before.is(Class::TELLING.and(Class::PLAN)) {
        return before;
    }
    let above = clause.parent.and_then(|parent| clauses.get(parent)).and_then(|c| c.predicate);
    above.filter(|p| !p.is_bare_auxiliary && p.start < clause.start).map_or(Class::NONE, |p| p.class)
}

/// What the clause itself shows.
fn own(sentence: &Tagged, clauses: &Clauses, number: usize, has_time: bool) -> Statement {
    let Some(clause) = clauses.get(number) else { return Statement::Reported };
    let has_condition = clauses.clauses.iter().any(|c| c.kind == Kind::Condition && c.parent == Some(number));
    if let Some(predicate) = clause.predicate {
        let is_if = |at: usize| sentence.class(at).is(Class::IF) && clauses.owner(at) == number;
        let has_condition =
            has_condition || (predicate.mood != Mood::Plain && (0..predicate.start).any(is_if));
        let in_speech = clause.kind == Kind::Complement;
        match predicate.mood {
            Mood::Planned if !has_condition => return Statement::Planned,
            Mood::Planned | Mood::Possible => return Statement::Hypothetical,
            Mood::Would if has_condition => return Statement::Hypothetical,
            Mood::Would if in_speech => return Statement::Planned,
            Mood::Would if !has_time => return Statement::Hypothetical,
            Mood::Would | Mood::Plain => {}
        }
        if predicate.is_negated && !waits_until(sentence, clauses, number, predicate.end) {
            return Statement::Denied;
        }
        if predicate.class.is(Class::FAILS) && sentence.class(predicate.end).is(Class::TO) {
            return Statement::Denied;
        }
        if !predicate.is_bare_auxiliary {
            if predicate.class.is(Class::DENIAL) {
                return Statement::Denied;
            }
            // "are said to have fled".
            let is_hearsay =
                predicate.tells() && predicate.is_passive && sentence.class(predicate.end).is(Class::TO);
            if predicate.class.is(Class::CLAIM) || is_hearsay {
                return Statement::Claimed;
            }
            if predicate.class.is(Class::PLAN) && !predicate.class.is(Class::HAPPENING) {
                return Statement::Planned;
            }
        }
    }
    let marks = Class::CLAIMED.and(Class::DENIED).and(Class::PLANNED).and(Class::HYPOTHETICAL);
    if !sentence.any_class.is(marks) {
        return Statement::Reported;
    }
    let verb = clause.predicate.map(|p| p.end.saturating_sub(1));
    for piece in clauses.pieces(number, sentence.len()) {
        for at in piece {
            let class = sentence.class(at);
            if !class.is(marks) || sentence.is_in_mention(at) {
                continue;
            }
            let is_near = (at + 1..at + 3).any(|n| sentence.class(n).is(Class::NOUN) || verb == Some(n));
            let is_adverb = sentence.is_manner(at);
            if class.is(Class::CLAIMED) && (is_near || is_adverb) {
                return Statement::Claimed;
            }
            if class.is(Class::DENIED) && is_near {
                return Statement::Denied;
            }
            if class.is(Class::PLANNED) && is_near && verb != Some(at) {
                return Statement::Planned;
            }
            if class.is(Class::HYPOTHETICAL) && is_near {
                return Statement::Hypothetical;
            }
        }
    }
    Statement::Reported
}

/// "did not close until May 1920": it did, then.
fn waits_until(sentence: &Tagged, clauses: &Clauses, number: usize, verb_end: usize) -> bool {
    let mut rest = clauses.pieces(number, sentence.len()).flatten().filter(|at| *at >= verb_end);
    rest.any(|at| sentence.class(at).is(Class::UNTIL) && (at..at + 3).any(|n| sentence.is_in_time(n)))
}

/// "thought", "believed": of what is seen or shown, the text itself is sure.
fn is_belief(sentence: &Tagged, clause: usize, clauses: &Clauses) -> bool {
    let Some(predicate) = clauses.get(clause).and_then(|c| c.predicate) else { return false };
    predicate.end.checked_sub(1).is_some_and(|at| sentence.class(at).is(Class::BELIEF))
}

/// The subject of a clause of saying, or what stands after it ("said the minister").
fn teller(sentence: &Tagged, clauses: &Clauses, clause: usize) -> Option<Span> {
    let predicate = clauses.get(clause)?.predicate?;
    if !predicate.is_passive
        && let Some(range) = subject(sentence, clauses, clause)
    {
        // "July 25, which says that": a date says nothing.
        let is_time = range.clone().any(|at| sentence.is_in_time(at));
        if is_time {
            return None;
        }
        return sentence.span(&range);
    }
    let mut start = predicate.end;
    if predicate.is_passive {
        start = (start..sentence.len()).find(|at| sentence.class(*at).is(Class::BY))? + 1;
    }
    sentence.span(&noun_phrase(sentence, start))
}

/// A noun phrase from here on.
fn noun_phrase(sentence: &Tagged, start: usize) -> Range<usize> {
    let mut end = start;
    while end < sentence.len() && end < start + 14 {
        let class = sentence.class(end);
        let sign = sentence.sign(end);
        let is_inner = matches!(sign, '\0' | '-' | '’' | '\'')
            || (sign == '.' && end + 1 < sentence.len() && sentence.is_capitalised(end + 1));
        let ends = !is_inner
            || class.is(Class::PAST.and(Class::FINITE_AUXILIARY).and(Class::RELATIVE).and(Class::THAT))
            || sentence.is_in_time(end);
        if ends {
            break;
        }
        end += 1;
    }
    while end > start
        && sentence.class(end - 1).is(Class::LEANS)
        && !sentence.class(end - 1).is(Class::PRONOUN)
    {
        end -= 1;
    }
    start..end
}

/// "…, he said": the clause of saying that ends the sentence, of another clause.
fn said_after(sentence: &Tagged, clauses: &Clauses, number: usize) -> Option<usize> {
    let last = clauses.clauses.len().checked_sub(1)?;
    let clause = clauses.get(last)?;
    let predicate = clause.predicate?;
    if last == number || clause.kind != Kind::Coordinate || !predicate.tells() {
        return None;
    }
    let rest = predicate.end..sentence.len();
    let ends = rest.len() <= 1
        || rest.clone().filter(|at| !sentence.is_in_mention(*at)).count() <= 10
            && !rest.clone().any(|at| sentence.class(at).is(Class::THAT));
    // "…, and denied the charges" has no such pause.
    let is_paused = sentence.sign(clause.start) == ',' && !sentence.class(clause.start + 1).is(Class::AND);
    let has_quote = (0..clause.start).any(|at| matches!(sentence.sign(at), '”' | '"' | '»'));
    (ends && is_paused && (has_quote || rest.len() <= 5)).then_some(last)
}

fn according_to(sentence: &Tagged) -> Option<Span> {
    if !sentence.any_class.is(Class::ACCORDING) {
        return None;
    }
    let at = (0..sentence.len())
        .find(|at| sentence.class(*at).is(Class::ACCORDING) && sentence.class(at + 1).is(Class::TO))?;
    let range = noun_phrase(sentence, at + 2);
    sentence.span(&range)
}
