//! Which clauses of a sentence are events.

use super::act::{Act, Part};
use super::clause::{Clauses, Kind};
use super::predicate::Mood;
use super::tagged::Tagged;
use super::when::is_when;
use crate::extract::Positions;

/// The clauses that were chosen.
#[derive(Debug, Default)]
pub struct Chosen {
    /// In text order of their verbs: a main clause may begin before another and end after it.
    pub clauses: Positions,
    /// It has no time and no place, and is an event only where its sentence goes on from the one before.
    pub needs_past: bool,
}

/// Chooses the clauses that are events, or the one that stands for the whole sentence.
pub fn choose(sentence: &Tagged, clauses: &Clauses, parts: &mut [Part]) -> Chosen {
    let chosen = by_their_own(clauses, parts);
    if !chosen.is_empty() {
        return Chosen { clauses: chosen, needs_past: false };
    }
    let taker = of_the_whole(sentence, clauses, parts);
    let lacks = |part: &Part| part.times.is_empty() && part.places.is_empty();
    let needs_past = taker.and_then(|taker| parts.get(taker)).is_some_and(lacks);
    Chosen { clauses: taker.into_iter().collect(), needs_past }
}

/// The clauses that are events by what they have themselves.
fn by_their_own(clauses: &Clauses, parts: &[Part]) -> Positions {
    let part = |at: usize| parts.get(at);
    let mut chosen = Positions::new();
    for number in 0..parts.len() {
        let (Some(own), Some(clause)) = (part(number), clauses.get(number)) else { continue };
        let Some(act) = own.act else { continue };
        let complements = || {
            (0..parts.len()).filter(|at| {
                clauses.get(*at).is_some_and(|c| c.kind == Kind::Complement && c.parent == Some(number))
                    && part(*at).is_some_and(|p| matches!(p.act, Some(Act::Verb | Act::Noun(_))))
            })
        };
        let is_event = match act {
            Act::Speech => {
                let has_times = !own.times.is_empty();
                let is_told = complements().any(|at| tells(clauses, parts, at, has_times))
                    || is_afterthought(clauses, parts, number);
                // What is told is the event; the telling only where it has both of its own.
                !own.times.is_empty() && (!is_told || !own.places.is_empty())
                    || (!own.places.is_empty() && !is_told)
            }
            Act::Noun(_) => !own.times.is_empty(),
            Act::Verb
                if own.times.is_empty()
                    && clause.predicate.is_some_and(|p| p.is_habit() && p.mood == Mood::Plain) =>
            {
                false
            }
            Act::Verb => {
                let has_own = !own.times.is_empty() || !own.places.is_empty();
                let told_of = clause.kind == Kind::Complement
                    && clause
                        .parent
                        .and_then(part)
                        .is_some_and(|p| p.act == Some(Act::Speech) && !p.times.is_empty());
                match clause.kind {
                    // "cars sent from France": no event of its own without a date.
                    Kind::Relative | Kind::Condition => !own.times.is_empty(),
                    Kind::Complement if placed_teller(clauses, parts, number) => has_own,
                    Kind::Complement if dated_teller(clauses, parts, number) => {
                        tells(clauses, parts, number, true)
                    }
                    _ => has_own || told_of || has_teller_time(clauses, parts, number),
                }
            }
        };
        if is_event {
            chosen.push(number);
        }
    }
    if chosen.len() > 1 {
        chosen.sort_by_key(|number| {
            clauses.get(*number).map_or(0, |c| c.predicate.map_or(c.start, |p| p.start))
        });
    }
    chosen
}

/// Is what somebody says an event by itself? Of what was promised on a day, the promise is.
fn tells(clauses: &Clauses, parts: &[Part], number: usize, teller_has_time: bool) -> bool {
    let is_past = clauses.get(number).and_then(|c| c.predicate).is_none_or(|p| p.mood == Mood::Plain);
    let part = parts.get(number);
    is_past || part.is_some_and(|p| !p.times.is_empty() || (!p.places.is_empty() && !teller_has_time))
}

fn dated_teller(clauses: &Clauses, parts: &[Part], number: usize) -> bool {
    let teller = clauses.get(number).and_then(|c| c.parent).and_then(|parent| parts.get(parent));
    teller.is_some_and(|p| p.act == Some(Act::Speech) && !p.times.is_empty())
}

/// The telling has a place, and is an event itself.
fn placed_teller(clauses: &Clauses, parts: &[Part], number: usize) -> bool {
    let teller = clauses.get(number).and_then(|c| c.parent).and_then(|parent| parts.get(parent));
    teller.is_some_and(|p| p.act == Some(Act::Speech) && !p.times.is_empty() && !p.places.is_empty())
}

/// "…, police said on Monday": the clause that ends a sentence only says who says the rest.
fn is_afterthought(clauses: &Clauses, parts: &[Part], number: usize) -> bool {
    number > 0
        && number + 1 == parts.len()
        && clauses.get(number).is_some_and(|c| c.kind == Kind::Coordinate)
        && parts.iter().any(|part| part.act == Some(Act::Verb))
}

fn has_teller_time(clauses: &Clauses, parts: &[Part], number: usize) -> bool {
    let last = parts.len().saturating_sub(1);
    number == 0
        && is_afterthought(clauses, parts, last)
        && parts.get(last).is_some_and(|part| part.act == Some(Act::Speech) && !part.times.is_empty())
}

/// The clause that stands for a sentence none of whose clauses has both action and time or place:
/// the first in which something happens, with all that the sentence has.
fn of_the_whole(sentence: &Tagged, clauses: &Clauses, parts: &mut [Part]) -> Option<usize> {
    // A relative clause's action, where the sentence has no other with a place.
    let acts_there =
        |part: &Part| part.act == Some(Act::Verb) && !(part.places.is_empty() && part.times.is_empty());
    let is_near = |number: usize, part: &Part| {
        let verb = clauses.get(number).and_then(|c| c.predicate).map_or(0, |p| p.end);
        part.places
            .iter()
            .map(|place| sentence.place_range(*place).start)
            .all(|place| (verb.min(place)..place.max(verb)).all(|at| sentence.sign(at) != ','))
    };
    let is_habit =
        |number: usize| clauses.get(number).and_then(|c| c.predicate).is_some_and(|p| p.is_habit());
    let parts_there = parts.iter().enumerate().filter(|(n, part)| acts_there(part) && !is_habit(*n));
    if let Some(number) = parts_there.filter(|(n, part)| is_near(*n, part)).map(|(n, _)| n).next() {
        return Some(number);
    }
    let is_free = |number: &usize| {
        clauses.get(*number).is_some_and(|c| matches!(c.kind, Kind::Main | Kind::Coordinate))
    };
    let acts =
        |number: &usize| !is_habit(*number) && parts.get(*number).is_some_and(|p| p.act == Some(Act::Verb));
    let taker = (0..parts.len()).find(|number| is_free(number) && acts(number))?;
    let times =
        sentence.times.clone().filter(|time| sentence.all_times.get(*time).is_some_and(is_when)).collect();
    let part = parts.get_mut(taker)?;
    part.times = times;
    part.is_given = true;
    Some(taker)
}
