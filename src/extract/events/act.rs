//! What happens in each clause of a sentence, when and where it says so itself.

use super::clause::{Clauses, Kind};
use super::predicate::{Mood, Predicate};
use super::standing::Standing;
use super::subject::subject;
use super::tagged::{Tagged, Width, Within, is_where};
use super::when::{self, is_when};
use super::words::Class;
use crate::extract::Positions;

/// What makes a clause an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    Verb,
    /// By the noun at this token: "the signing of the treaty on 3 May was …".
    Noun(usize),
    /// Somebody speaks.
    Speech,
}

/// A clause with what it has of its own; times and places are positions in the reading.
#[derive(Debug, Clone, Default)]
pub struct Part {
    pub act: Option<Act>,
    pub times: Positions,
    pub places: Positions,
    /// Places that its words are about.
    pub spoken_of: Positions,
    /// Has times or places handed on from a clause in which nothing happens.
    pub is_given: bool,
}

/// One part for each clause.
pub fn parts(sentence: &Tagged, clauses: &Clauses, parts: &mut Vec<Part>) {
    parts.clear();
    parts.resize_with(clauses.clauses.len(), Part::default);
    for time in sentence.times.clone() {
        let at = sentence.time_range(time).start;
        if sentence.all_times.get(time).is_some_and(is_when)
            && let Some(part) = parts.get_mut(clauses.owner(at))
        {
            part.times.push(time);
        }
    }
    for place in sentence.places.clone() {
        if !sentence.all_places.get(place).is_some_and(is_where) {
            continue;
        }
        let owner = clauses.owner(sentence.place_range(place).start);
        let (Some(clause), Some(part)) = (clauses.get(owner), parts.get_mut(owner)) else { continue };
        if Standing::of(sentence, place).is_where_it_happens(clause) {
            part.places.push(place);
        } else {
            part.spoken_of.push(place);
        }
    }
    from_antecedents(sentence, clauses, parts);
    for number in 0..parts.len() {
        let act = act(sentence, clauses, number, parts.get(number));
        if let Some(part) = parts.get_mut(number) {
            part.act = act;
        }
    }
    hand_on(clauses, parts);
    from_objects(clauses, parts);
}

/// "opened at a ceremony held in Calais on 6 May": what is said of an object, the clause above has.
fn from_objects(clauses: &Clauses, parts: &mut [Part]) {
    for number in 0..parts.len() {
        let Some(clause) = clauses.get(number) else { continue };
        let Some(parent) = clause.parent.filter(|_| clause.kind == Kind::Relative) else { continue };
        let above = clauses.get(parent).and_then(|c| c.predicate);
        let is_reduced = clause.predicate.is_some_and(|p| p.start == clause.start);
        let is_behind = above.is_some_and(|p| p.end <= clause.start);
        let takes = parts.get(parent).is_some_and(|p| p.act == Some(Act::Verb) && p.times.is_empty());
        if !(is_reduced && is_behind && takes) {
            continue;
        }
        let Some(given) = parts.get(number).filter(|part| !part.times.is_empty()).cloned() else { continue };
        if let Some(part) = parts.get_mut(number) {
            part.times.clear();
            part.places.clear();
        }
        if let Some(part) = parts.get_mut(parent) {
            part.times = given.times;
            if part.places.is_empty() {
                part.places = given.places;
            }
            part.is_given = true;
        }
    }
}

/// "fled to Varennes, where he was arrested", "on 3 May, when it fell": what a relative clause is about
/// is where or when it happens.
fn from_antecedents(sentence: &Tagged, clauses: &Clauses, parts: &mut [Part]) {
    for (clause, part) in clauses.clauses.iter().zip(parts) {
        let last = clause.antecedent.as_ref().and_then(|range| range.end.checked_sub(1));
        let Some(last) = last.filter(|_| clause.kind == Kind::Relative) else { continue };
        let opens = clause.predicate.is_some_and(|p| clause.start < p.start);
        match sentence.within(last) {
            Within::Place(place) if part.places.is_empty() => {
                let place = place as usize;
                // "France, which surrendered" acts; "France, where he died" does not.
                let opener = clause.start + usize::from(sentence.sign(clause.start) == ',');
                if sentence.width(place) == Width::Country && !sentence.class(opener).is(Class::SUBORDINATE) {
                    continue;
                }
                part.places.extend(sentence.all_places.get(place).filter(|p| is_where(p)).map(|_| place));
            }
            Within::Time(time) if opens && part.times.is_empty() => {
                let time = time as usize;
                part.times.extend(sentence.all_times.get(time).filter(|t| is_when(t)).map(|_| time));
            }
            _ => {}
        }
    }
}

fn act(sentence: &Tagged, clauses: &Clauses, number: usize, part: Option<&Part>) -> Option<Act> {
    let clause = clauses.get(number)?;
    if let Some(predicate) = &clause.predicate {
        let has_complement = || {
            clauses.clauses.iter().any(|c| c.kind == Kind::Complement && c.parent == Some(number))
                || sentence.class(predicate.end).is(Class::THAT)
        };
        // "are said to have fled".
        if predicate.tells() && predicate.is_passive && sentence.class(predicate.end).is(Class::TO) {
            return Some(Act::Verb);
        }
        let is_span = |part: &Part| {
            let chosen = when::choose(sentence, &part.times, predicate.end);
            part.times.len() > 1 && chosen.len() == 1 && chosen.iter().all(|c| c.rule == when::SPAN)
        };
        // "was ambassador from 1934 to 1938"; "was a guest in York in 1334": somebody was there, then.
        if predicate.is_bare_auxiliary
            && predicate.class.is(Class::BE)
            && !predicate.is_present
            && part.is_some_and(|part| is_span(part) || was_there(sentence, clauses, number, predicate, part))
        {
            return Some(Act::Verb);
        }
        if predicate.tells() && (!predicate.class.is(Class::HAPPENING) || has_complement()) {
            // "denied attacking the village": what happens, or not, is the second verb.
            let next = sentence.class(predicate.end);
            let is_chained = next.is(Class::ING) && next.is(Class::HAPPENING);
            return Some(if is_chained { Act::Verb } else { Act::Speech });
        }
        // "does not want to", "was not planned".
        if predicate.is_negated && predicate.class.is(Class::PLAN) {
            return None;
        }
        if predicate.happens() {
            return Some(Act::Verb);
        }
        // "is scheduled for 5 May".
        if predicate.class.is(Class::PLAN) && predicate.is_passive {
            return Some(Act::Verb);
        }
        let opens = || {
            (predicate.end..predicate.end + 3).any(|at| {
                sentence.class(at).is(Class::TO)
                    && sentence.class(at + 1).is(Class::HAPPENING)
                    && sentence.class(at + 1).is(Class::BASE)
            })
        };
        if (predicate.mood != Mood::Plain || predicate.class.is(Class::PLAN)) && opens() {
            return Some(Act::Verb);
        }
    }
    // A noun tells of an event where the clause says when.
    let part = part?;
    let time = part.times.iter().map(|time| sentence.time_range(*time)).find(|time| {
        // "today’s victories" are not victories of today.
        !(time.start..=time.end).any(|at| matches!(sentence.sign(at), '’' | '\''))
    })?;
    let mut best = None;
    for piece in clauses.pieces(number, sentence.len()) {
        for at in piece {
            let class = sentence.class(at);
            // "the storming of".
            let is_gerund = class.is(Class::ING)
                && class.is(Class::HAPPENING)
                && sentence.class(at + 1).is(Class::NO_PLACE.and(Class::PREPOSITION));
            let is_noun = (class.is(Class::NOUN) || is_gerund)
                && sentence.within(at) == Within::Nothing
                && !at.checked_sub(1).is_some_and(|n| sentence.class(n).is(Class::TO));
            if is_noun {
                let distance = if at < time.start { time.start - at } else { at - time.start + 4 };
                if best.is_none_or(|(least, _)| distance < least) {
                    best = Some((distance, at));
                }
            }
        }
    }
    best.map(|(_, at)| Act::Noun(at))
}

/// Does a clause with "was" say of somebody when and, behind it, where?
fn was_there(
    sentence: &Tagged,
    clauses: &Clauses,
    number: usize,
    predicate: &Predicate,
    part: &Part,
) -> bool {
    let is_behind = !part.times.is_empty()
        && !part.places.is_empty()
        && part.places.iter().all(|place| sentence.place_range(*place).start >= predicate.end);
    let Some(subject) = subject(sentence, clauses, number).filter(|_| is_behind) else { return false };
    let first = sentence.class(subject.start);
    let is_somebody = (first.is(Class::PRONOUN) && !first.is(Class::IT))
        || (sentence.is_capitalised(subject.start)
            && !sentence.is_in_mention(subject.start)
            && !first.is(Class::DETERMINER.and(Class::PRONOUN).and(Class::THERE)));
    is_somebody && !predicate.is_negated
}

/// A clause in which nothing happens gives its times and places to one above or below that lacks them:
/// "April 23 is the day when the border was closed".
fn hand_on(clauses: &Clauses, parts: &mut [Part]) {
    for number in 0..parts.len() {
        let Some(part) = parts.get(number) else { continue };
        if part.act.is_some() || (part.times.is_empty() && part.places.is_empty()) {
            continue;
        }
        let Some(clause) = clauses.get(number) else { continue };
        let gives = clause
            .predicate
            .is_none_or(|p| p.class.is(Class::STATE) || p.mood == Mood::Plain && !p.is_negated);
        let hangs_on = |at: usize, parent: Option<usize>| clauses.get(at).is_some_and(|c| c.parent == parent);
        let below = (0..parts.len()).filter(|at| hangs_on(*at, Some(number)));
        let beside = (0..parts.len()).filter(|at| *at != number && hangs_on(*at, clause.parent));
        let near = || clauses.ancestors(number).chain(below.clone());
        let takes = |at: &usize, wanted: fn(&Part) -> bool| {
            gives
                && parts
                    .get(*at)
                    .is_some_and(|part| matches!(part.act, Some(Act::Verb | Act::Noun(_))) && wanted(part))
        };
        let takes_times = near().chain(beside).find(|at| takes(at, |part| part.times.is_empty()));
        let takes_places = near().find(|at| takes(at, |part| part.places.is_empty()));
        let (mut times, mut places) = match parts.get_mut(number) {
            Some(part) => (std::mem::take(&mut part.times), std::mem::take(&mut part.places)),
            None => continue,
        };
        if let Some(taker) = takes_times.and_then(|at| parts.get_mut(at)) {
            taker.is_given |= !times.is_empty();
            taker.times.append(&mut times);
        }
        if let Some(taker) = takes_places.and_then(|at| parts.get_mut(at)) {
            taker.is_given |= !places.is_empty();
            taker.places.append(&mut places);
        }
        if let Some(part) = parts.get_mut(number) {
            part.times = times;
            part.places = places;
        }
    }
}
