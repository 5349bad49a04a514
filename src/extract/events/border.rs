//! Where one clause ends and the next begins: the words that open a clause, commas and "and".

use std::ops::Range;

use super::clause::{Clause, Kind};
use super::phrase::{begins_object, begins_quantity};
use super::predicate::Predicate;
use super::subject::{only_leads, subject_start};
use super::tagged::{Tagged, Within};
use super::words::Class;

/// Is there only a phrase before a verb, as "Under the treaty | signed"?
pub fn lacks_subject(sentence: &Tagged, before: Range<usize>) -> bool {
    let start = subject_start(sentence, &before);
    start < before.end && sentence.class(start).is(Class::PREPOSITION) && !sentence.is_in_mention(start)
}

/// Is there a subject among these tokens, which stand between "and" or a comma and a verb?
pub fn has_subject(sentence: &Tagged, between: Range<usize>) -> bool {
    let is_aside = |at: usize| {
        sentence.sign(at) == ','
            || sentence.class(at).is(Class::AND.and(Class::ADVERB))
            || sentence.is_manner(at)
    };
    let Some(first) = between.clone().find(|at| !is_aside(*at)) else { return false };
    // "and in 1763 left", "and in a bid to win trade deployed".
    let first = subject_start(sentence, &(first..between.end));
    first < between.end
        && !between.clone().skip_while(|at| *at < first).all(is_aside)
        && !only_leads(sentence, first)
}

pub struct Opener {
    pub at: usize,
    pub kind: Kind,
}

/// The word before a verb group that opens a clause of its own.
pub fn opener(
    sentence: &Tagged,
    region: &Range<usize>,
    predicate: &Predicate,
    before: Option<&Predicate>,
) -> Option<Opener> {
    if !sentence.any_class.is(Class::OPENS_CLAUSE) {
        return None;
    }
    let mut has_comma = false;
    let mut last_comma = None;
    for at in region.clone().rev() {
        let class = sentence.class(at);
        let sign = sentence.sign(at);
        if !(class.is(Class::OPENS_CLAUSE) || matches!(sign, ',' | ';')) || sentence.is_in_mention(at) {
            continue;
        }
        if sign == ';' {
            return None;
        }
        if sign == ',' {
            let joins = sentence.joins_places(at) && !acts_by_itself(sentence, at, region, predicate);
            has_comma = !joins && !borders_time(sentence, at);
            // "after another vessel, the Anna, sank": what stands between two commas is put in.
            has_comma &= !last_comma.is_some_and(|last| is_apposition(sentence, at, last));
            last_comma = Some(at);
            continue;
        }
        let is_first =
            at == 0 || (0..at).all(|n| sentence.sign(n) != '\0' || sentence.class(n).is(Class::AND));
        let is_said = before.is_some_and(|before| before.tells() && at <= before.end + 4);
        if class.is(Class::THAT) && (!has_comma || is_said) {
            let is_next = sentence.before_adverbs(predicate.start) == Some(at);
            let follows_verb = before.is_some_and(|before| before.end == at || before.tells());
            let is_pair = at.checked_sub(1).is_some_and(|n| sentence.class(n).is(Class::AND));
            if is_next && !follows_verb && !is_first && !is_pair {
                return Some(Opener { at, kind: Kind::Relative });
            }
            if !is_next && (follows_verb || is_pair || !is_first) && at + 1 < predicate.start {
                return Some(Opener { at, kind: Kind::Complement });
            }
            continue;
        }
        if class.is(Class::IF) && !has_comma {
            return Some(Opener { at, kind: Kind::Condition });
        }
        // In "attempts to form it as an outpost will fail" it is of the subject.
        if class.is(Class::AS)
            && (before.is_some() || at == 0)
            && !has_comma
            && at + 1 < predicate.start
            && is_while(sentence, at, predicate)
        {
            return Some(Opener { at, kind: Kind::Subordinate });
        }
        if class.is(Class::SUBORDINATE) && (is_first || !class.is(Class::RELATIVE)) {
            // "After the war, he left" has no clause after "after".
            if !has_comma && at + 1 < predicate.start {
                return Some(Opener { at, kind: Kind::Subordinate });
            }
            continue;
        }
        if class.is(Class::RELATIVE) && !is_first {
            let kind = if class.is(Class::SUBORDINATE) && !is_after_noun(sentence, at) {
                Kind::Subordinate
            } else {
                Kind::Relative
            };
            return Some(Opener { at, kind });
        }
    }
    None
}

/// "After the battle of Austerlitz, | Austria withdrew": the place behind the comma is the subject.
fn acts_by_itself(sentence: &Tagged, comma: usize, region: &Range<usize>, predicate: &Predicate) -> bool {
    let Within::Place(place) = sentence.within(comma + 1) else { return false };
    sentence.place_range(place as usize).end == predicate.start
        && !region.clone().any(|at| sentence.class(at).is(Class::AND))
}

/// ", the Anna,": short, and a name or with an article.
fn is_apposition(sentence: &Tagged, first: usize, last: usize) -> bool {
    const MAX_TOKENS: usize = 7;
    let begins = sentence.class(first + 1).is(Class::DETERMINER)
        || (sentence.is_capitalised(first + 1) && !sentence.is_in_mention(first + 1));
    let is_plain = (first + 1..last).all(|at| {
        sentence.sign(at) == '\0'
            && !sentence.class(at).is(Class::AND.and(Class::FINITE_AUXILIARY).and(Class::PRONOUN))
    });
    begins && is_plain && last - first <= MAX_TOKENS && first > 0 && !sentence.is_in_mention(first - 1)
}

/// "as the train travelled": while it did, and not "as the leader elected in May", "as much as", "such as".
fn is_while(sentence: &Tagged, at: usize, predicate: &Predicate) -> bool {
    let begins = sentence.class(at + 1).is(Class::DETERMINER.and(Class::PRONOUN))
        || sentence.is_capitalised(at + 1)
        || sentence.names_place(at + 1);
    // "as the attack failed", but "as the leader elected in May".
    let ends = matches!(sentence.sign(predicate.end), '.' | ',' | ';') || predicate.end >= sentence.len();
    // ", as the board sent a team": no participle has an object.
    let has_object = begins_object(sentence, predicate.end);
    let is_finite = !predicate.may_be_participle || predicate.class.is(Class::MOTION) || ends || has_object;
    // "As a hospital ship she served".
    let has_other = sentence.class(at + 1).is(Class::DETERMINER)
        && sentence.before_adverbs(predicate.start).is_some_and(|n| sentence.class(n).is(Class::PRONOUN));
    let compares = at.checked_sub(1).is_some_and(|n| {
        sentence.class(n).is(Class::ADVERB.and(Class::QUANTITY).and(Class::LEANS)) && sentence.sign(n) == '\0'
    });
    begins && is_finite && !compares && !has_other && !begins_quantity(sentence, at)
}

/// "the day when", "in Paris, where": rather than "he left when".
fn is_after_noun(sentence: &Tagged, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|n| {
        sentence.sign(n) == ',' || !sentence.class(n).is(Class::PAST) || sentence.is_in_mention(n)
    })
}

fn borders_time(sentence: &Tagged, comma: usize) -> bool {
    let before = comma.checked_sub(1).map_or(Within::Nothing, |n| sentence.within(n));
    matches!(before, Within::Time(_)) && sentence.is_in_time(comma + 1)
}

#[derive(Debug, Clone, Copy)]
pub struct Border {
    pub at: usize,
    pub has_and: bool,
    pub has_comma: bool,
}

/// Where, between two verb groups, one clause ends and the next begins.
pub fn border(sentence: &Tagged, region: &Range<usize>, current: Option<&Clause>) -> Option<Border> {
    let mut bare_and = None;
    let mut first_comma = None;
    let mut last_comma = None;
    for at in region.clone().rev() {
        let sign = sentence.sign(at);
        let is_and = sentence.class(at).is(Class::AND);
        if !(is_and || matches!(sign, ',' | ';' | ':' | '–' | '—')) || sentence.is_in_mention(at) {
            continue;
        }
        let is_dash =
            matches!(sign, '–' | '—') && !sentence.tokens.get(at).is_some_and(|t| t.is_joined && sign == '–');
        let closes = is_dash && current.is_some_and(|c| c.kind == Kind::Relative);
        if closes && let Some(first) = region.clone().find(|n| matches!(sentence.sign(*n), '–' | '—')) {
            return Some(Border { at: first, has_and: false, has_comma: true });
        }
        if matches!(sign, ';' | ':') {
            return Some(Border { at, has_and: true, has_comma: true });
        }
        if sentence.joins_places(at) {
            continue;
        }
        if sign == ',' {
            if sentence.class(at + 1).is(Class::AND) && !sentence.is_in_mention(at + 1) {
                return Some(Border { at, has_and: true, has_comma: true });
            }
            first_comma = Some(at);
            last_comma = last_comma.or(first_comma);
        } else if is_and {
            bare_and = bare_and.or(Some(at));
        }
    }
    let leads =
        current.is_some_and(|c| matches!(c.kind, Kind::Subordinate | Kind::Condition) && c.start <= 1);
    if leads && let Some(at) = first_comma {
        return Some(Border { at, has_and: false, has_comma: true });
    }
    // "…, Armenia and its allies withdrew": the "and" is of the subject.
    let is_of_subject = |and: usize| {
        let next = sentence.tags.get(and + 1..region.end).unwrap_or_default();
        next.iter().any(|tag| !tag.class.is(Class::ADVERB)) && last_comma.is_some_and(|comma| comma < and)
    };
    if let Some(at) = bare_and.filter(|at| !is_of_subject(*at)) {
        return Some(Border { at, has_and: true, has_comma: false });
    }
    last_comma.map(|at| Border { at, has_and: false, has_comma: true })
}
