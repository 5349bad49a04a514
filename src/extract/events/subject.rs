//! The subject of a clause: what stands before its verb, without what only leads there.

use std::ops::Range;

use super::clause::{Clause, Clauses, Kind};
use super::phrase::begins_quantity;
use super::tagged::{Tagged, Within};
use super::words::Class;

/// Tokens before a colon that may be a label.
const MAX_LABEL: usize = 6;

/// The tokens of a clause's subject, times and asides among them.
pub fn subject(sentence: &Tagged, clauses: &Clauses, number: usize) -> Option<Range<usize>> {
    let mut number = number;
    // A clause shares the subject only of one before it.
    while let Some(shared) = clauses.get(number)?.shares_subject_of.filter(|shared| *shared < number) {
        number = shared;
    }
    let clause = clauses.get(number)?;
    if clause.kind == Kind::Relative
        && let Some(antecedent) = &clause.antecedent
    {
        let start = clauses.get(number)?.start;
        let predicate = clause.predicate?;
        // "the day when Congress met": the clause has a subject of its own.
        let own = start + 1..predicate.start;
        let opens = own.start + usize::from(sentence.sign(start) == ',');
        let own = opens..own.end;
        let has_own = own.clone().any(|at| {
            let class = sentence.class(at);
            !class.is(Class::ADVERB.and(Class::RELATIVE).and(Class::THAT))
                && sentence.sign(at) == '\0'
                && !sentence.is_in_time(at)
                && !is_before_time(sentence, at)
        });
        if !has_own || clause.start == predicate.start {
            return described(sentence, clauses, clause, antecedent).or_else(|| Some(antecedent.clone()));
        }
        let start = subject_start(sentence, &own);
        return Some(start..own.end);
    }
    let predicate = clause.predicate?;
    // "before | the boat capsized".
    let opener = if matches!(clause.kind, Kind::Subordinate | Kind::Condition) {
        clause.start + usize::from(sentence.sign(clause.start) == ',')
    } else {
        usize::MAX
    };
    let before = clauses
        .pieces(number, sentence.len())
        .map(|piece| piece.start..piece.end.min(predicate.start))
        .map(|piece| if piece.contains(&opener) { opener + 1..piece.end } else { piece })
        .filter(|piece| !piece.is_empty() && piece.start < predicate.start);
    // "In a speech | prepared for the day, | Mr. Roe summed up": what only leads is no subject.
    let leads = |subject: &Range<usize>| only_leads(sentence, subject.start);
    let mut subjects =
        before.map(|piece| subject_start(sentence, &piece)..piece.end).filter(|subject| !subject.is_empty());
    let first = subjects.next()?;
    let Range { start, end } =
        if leads(&first) { subjects.find(|subject| !leads(subject)).unwrap_or(first) } else { first };
    let end = (start..end).find(|at| ends_subject(sentence, *at, end)).unwrap_or(end);
    (start < end).then_some(start..end)
}

/// "In a speech", but neither "Up to 30 people" nor the name "Over the Hills": a phrase that is no subject.
pub fn only_leads(sentence: &Tagged, start: usize) -> bool {
    sentence.class(start).is(Class::PREPOSITION)
        && !sentence.is_in_mention(start)
        && !begins_quantity(sentence, start)
}

/// "The Laurentic was a liner | that was launched in 1908": of what a relative clause's noun is said.
fn described(
    sentence: &Tagged,
    clauses: &Clauses,
    clause: &Clause,
    antecedent: &Range<usize>,
) -> Option<Range<usize>> {
    let parent = clause.parent?;
    let verb = clauses.get(parent)?.predicate?;
    let says_what = verb.is_bare_auxiliary
        && verb.class.is(Class::BE)
        && antecedent.start == verb.end
        && sentence.class(antecedent.start).is(Class::DETERMINER);
    let subject = subject(sentence, clauses, parent).filter(|_| says_what)?;
    // "It was a bomb that exploded".
    let is_named = !sentence.class(subject.start).is(Class::PRONOUN.and(Class::IT).and(Class::THERE));
    is_named.then_some(subject)
}

/// A comma that sets something apart from the subject ("the president, a lawyer, …").
fn ends_subject(sentence: &Tagged, at: usize, end: usize) -> bool {
    match sentence.sign(at) {
        ',' => {
            let is_list = (at..end).any(|n| sentence.class(n).is(Class::AND) && !sentence.is_in_mention(n));
            !is_list && !sentence.joins_places(at)
        }
        '(' | '–' | '—' | ';' | ':' => true,
        _ => false,
    }
}

/// Where, among the tokens before a verb, its subject begins: after "Finally, on 3 May,".
pub fn subject_start(sentence: &Tagged, before: &Range<usize>) -> usize {
    // "A widower, with three children, he was taken": the word before the verb.
    let pronoun = sentence.before_adverbs(before.end).filter(|at| {
        *at > before.start
            && sentence.class(*at).is(Class::PRONOUN)
            && !sentence.class(*at).is(Class::RELATIVE)
            && sentence.sign(at.saturating_sub(1)) == ','
    });
    if let Some(pronoun) = pronoun {
        return pronoun;
    }
    // "Hathras: A bus driver died": what stands before a colon only says where, or who.
    let colon = (before.start..before.end.min(before.start + MAX_LABEL)).find(|at| sentence.sign(*at) == ':');
    let mut start = colon.map_or(before.start, |colon| colon + 1);
    while start < before.end {
        let class = sentence.class(start);
        let sign = sentence.sign(start);
        let within = sentence.within(start);
        let is_time = matches!(within, Within::Time(_));
        let is_lead = class.is(Class::OPENER.and(Class::AND).and(Class::SUBORDINATE).and(Class::PREPOSITION))
            || class.is(Class::THAT.and(Class::RELATIVE)) && start == before.start;
        if (sign != '\0' && !matches!(sign, '$' | '€' | '£')) || (is_time && !owns_next(sentence, start)) {
            start += 1;
            // "A few weeks after | the hurricane, …": what it is counted from.
            let counts_from = is_time
                && sentence.within(start) != within
                && class.is(Class::AFTER.and(Class::EARLIER).and(Class::SINCE))
                && sentence.sign(start) == '\0';
            if counts_from && let Some(comma) = first_comma(sentence, start, before.end) {
                start = comma + 1;
            }
            continue;
        }
        if begins_quantity(sentence, start) {
            break;
        }
        if let Some(comma) = leading_comma(sentence, start, before.end) {
            start = comma + 1;
            continue;
        }
        let is_joined = || sentence.sign(start + 1) == '-' || sentence.sign(start + 1) == '’';
        if !is_lead || within != Within::Nothing || is_joined() {
            break;
        }
        start = if class.is(Class::PREPOSITION) && !is_before_time(sentence, start) {
            match after_phrase(sentence, start, before.end) {
                Some(after) => after,
                None => break,
            }
        } else {
            start + 1
        };
    }
    start.min(before.end)
}

/// "today’s", "half a year’s": is this in a time that belongs to what follows?
pub fn owns_next(sentence: &Tagged, at: usize) -> bool {
    let Within::Time(time) = sentence.within(at) else { return false };
    matches!(sentence.sign(sentence.time_range(time as usize).end), '’' | '\'')
}

/// Where the subject begins after a phrase without a comma: "In Baku | people gathered".
fn after_phrase(sentence: &Tagged, start: usize, end: usize) -> Option<usize> {
    let at = start + 1 + usize::from(sentence.class(start + 1).is(Class::DETERMINER));
    if sentence.is_in_place(at) {
        let after = (at..end).find(|n| sentence.within(*n) != sentence.within(at))?;
        return (after < end).then_some(after);
    }
    (at..end).find(|n| {
        sentence.class(*n).is(Class::PRONOUN)
            && !sentence.class(*n).is(Class::PREPOSITION.and(Class::RELATIVE))
    })
}

fn first_comma(sentence: &Tagged, start: usize, end: usize) -> Option<usize> {
    (start..end).find(|at| sentence.is_parting_comma(*at))
}

/// "After the battle of Austerlitz, | Austria withdrew": the second place acts, and is no other of a list.
fn comma_before_place(sentence: &Tagged, start: usize, end: usize) -> Option<usize> {
    let Within::Place(place) = sentence.within(end.checked_sub(1)?) else { return None };
    let comma = sentence.place_range(place as usize).start.checked_sub(1)?;
    let has_and = (start..end).any(|at| sentence.class(at).is(Class::AND));
    (comma > start && sentence.sign(comma) == ',' && !has_and).then_some(comma)
}

/// The comma after a phrase that leads to the subject; `None` where the subject has begun.
fn leading_comma(sentence: &Tagged, start: usize, end: usize) -> Option<usize> {
    let comma = first_comma(sentence, start, end).or_else(|| comma_before_place(sentence, start, end))?;
    let class = sentence.class(start);
    let is_past = |at: usize| {
        sentence.tokens.get(at).is_some_and(|token| sentence.endings.is_past(token, sentence.text))
    };
    let leads = (class.is(Class::PREPOSITION.and(Class::SUBORDINATE).and(Class::ING).and(Class::IF))
        && !sentence.is_in_mention(start))
        || class.is(Class::TO)
        || (class.is(Class::PARTICIPLE) && !class.is(Class::BASE))
        || (matches!(class, Class::NONE | Class::LEANS) && sentence.is_manner(start))
        // "Alarmed at the loss, …", at the head of a sentence.
        || (class == Class::NONE
            && sentence.is_capitalised(start)
            && is_past(start)
            && sentence.class(start + 1).is(Class::PREPOSITION))
        || sentence.is_in_time(start);
    // "180 miles north of Rye, the ship sank".
    let is_far = sentence.is_number(start)
        && sentence.names_place(comma.wrapping_sub(1))
        && sentence.class(comma + 1).is(Class::DETERMINER.and(Class::PRONOUN));
    if is_far {
        return Some(comma);
    }
    // "Most importantly, …"
    let is_adverbial =
        comma <= start + 3 && comma.checked_sub(1).is_some_and(|last| sentence.is_manner(last));
    (leads || is_adverbial).then_some(comma)
}

pub fn is_before_time(sentence: &Tagged, at: usize) -> bool {
    let next = at + 1 + usize::from(sentence.class(at + 1).is(Class::DETERMINER));
    let is_preposition = sentence.class(at).is(Class::PREPOSITION);
    is_preposition && [at + 1, next].iter().any(|n| sentence.is_in_time(*n))
}
