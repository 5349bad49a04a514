//! Noun phrases: where they begin, and which stands before a word.

use std::ops::Range;

use super::tagged::Tagged;
use super::words::Class;

/// Does a noun phrase begin with this word?
pub fn begins_phrase(sentence: &Tagged, at: usize) -> bool {
    sentence.class(at).is(Class::DETERMINER.and(Class::PRONOUN))
        || sentence.is_number(at)
        || begins_quantity(sentence, at)
        || (sentence.is_capitalised(at) && !sentence.is_in_mention(at))
}

/// "sent a team": behind a verb, what only an object begins with.
pub fn begins_object(sentence: &Tagged, at: usize) -> bool {
    sentence.class(at).is(Class::DETERMINER.and(Class::PRONOUN)) && !sentence.is_in_mention(at)
}

/// "at least 16 rebels", "as many as 1,500 people", "up to 30".
pub fn begins_quantity(sentence: &Tagged, at: usize) -> bool {
    let class = sentence.class(at);
    if !class.is(Class::PREPOSITION.and(Class::ADVERB).and(Class::AS)) {
        return false;
    }
    let next = sentence.class(at + 1);
    let is_quantity = next.is(Class::QUANTITY) && class.is(Class::PREPOSITION.and(Class::AS));
    let is_up_to = next.is(Class::TO) && class.is(Class::ADVERB) && sentence.is_number(at + 2);
    (is_quantity || is_up_to) && !sentence.is_in_mention(at)
}

/// "the captain of a ferry | that sank": the last of what is named with "of", where it stands by itself.
pub fn nearest_thing(sentence: &Tagged, phrase: Range<usize>) -> Range<usize> {
    let of =
        phrase.clone().rev().find(|at| sentence.class(*at).is(Class::OF) && !sentence.is_in_mention(*at));
    match of {
        // "the League for the Freedom of the River" is a name.
        Some(of)
            if sentence.class(of + 1).is(Class::DETERMINER)
                && !of.checked_sub(1).is_some_and(|before| sentence.is_capitalised(before)) =>
        {
            of + 1..phrase.end
        }
        _ => phrase,
    }
}

/// "a rebellion in Poland | that lasted": of what is in the place, and not of the place.
pub fn holder_of_place(sentence: &Tagged, phrase: Range<usize>) -> Range<usize> {
    let Some(lead) = phrase.start.checked_sub(1) else { return phrase };
    let is_place = phrase.end > phrase.start && sentence.is_in_place(phrase.end - 1);
    if !(is_place && sentence.class(lead).is(Class::LOCATING)) {
        return phrase;
    }
    let holder = noun_phrase_before(sentence, lead);
    if sentence.class(holder.start).is(Class::DETERMINER) { holder.start..phrase.end } else { phrase }
}

/// "Army for the Liberation".
fn joins_name(sentence: &Tagged, at: usize) -> bool {
    let next = at + 1 + usize::from(sentence.class(at + 1).is(Class::DETERMINER));
    let is_part = |at: usize| sentence.is_capitalised(at) && !sentence.is_in_place(at);
    is_part(next) && at.checked_sub(1).is_some_and(is_part)
}

/// Tokens of what stands in brackets within a noun phrase.
const MAX_BRACKET: usize = 12;

/// The noun phrase that ends where a relative clause begins, commas aside.
pub fn noun_phrase_before(sentence: &Tagged, end: usize) -> Range<usize> {
    let mut end = end;
    while end > 0 && sentence.sign(end - 1) == ',' {
        end -= 1;
    }
    let mut start = end;
    while start > 0 {
        // What stands in brackets is passed over.
        if sentence.sign(start - 1) == ')'
            && let Some(open) =
                (start.saturating_sub(MAX_BRACKET)..start).rev().find(|at| sentence.sign(*at) == '(')
            && open > 0
        {
            start = open;
            continue;
        }
        if start >= 2 && begins_quantity(sentence, start - 1) {
            start -= 1;
            continue;
        }
        let class = sentence.class(start - 1);
        let is_of = class.is(Class::OF);
        // "an armed rebellion", "the wounded man".
        let describes = start >= 2 && sentence.class(start - 2).is(Class::DETERMINER);
        let is_verb = class.is(Class::PAST.and(Class::PARTICIPLE).and(Class::FINITE_AUXILIARY))
            && !(describes || sentence.is_in_mention(start - 1) || class.is(Class::NOUN));
        let ends = class.is(Class::AND.and(Class::RELATIVE).and(Class::THAT).and(Class::SUBORDINATE))
            || (class.is(Class::PREPOSITION) && !is_of && !joins_name(sentence, start - 1))
            || is_verb
            || (sentence.sign(start - 1) != '\0'
                && !matches!(sentence.sign(start - 1), '-' | '’' | '\'' | '“' | '”' | '"'));
        if ends {
            break;
        }
        start -= 1;
    }
    start..end
}
