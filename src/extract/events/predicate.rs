//! Verb groups: "was signed", "had not arrived", "will be held", "fled".

use super::tagged::Tagged;
use super::words::Class;
use crate::extract::token::{Case, Token};

/// How sure a verb group is of what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mood {
    #[default]
    Plain,
    /// "will", "is to", "plans to".
    Planned,
    /// "would", of which the sentence around it decides.
    Would,
    /// "may", "could", "would have".
    Possible,
}

/// A verb group of a sentence; positions are the sentence's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Predicate {
    pub start: usize,
    pub end: usize,
    /// The class of the verb that carries the meaning; of "was" alone that of "was".
    pub class: Class,
    pub mood: Mood,
    pub is_negated: bool,
    pub is_passive: bool,
    /// "had signed": before what is being told.
    pub is_past_perfect: bool,
    /// It is, rather than was or has been.
    pub is_present: bool,
    /// Only "was", "has", "did".
    pub is_bare_auxiliary: bool,
    /// One word that may as well be a participle: "held", "opened".
    pub may_be_participle: bool,
    /// A participle at the head of its sentence: "Born in Rye in 1922, he …".
    pub is_fronted: bool,
}

impl Predicate {
    /// Does something happen by this verb?
    pub fn happens(&self) -> bool {
        !self.is_bare_auxiliary && (self.class.is(Class::HAPPENING) || self.is_unlisted())
    }

    /// A verb that no list has.
    pub fn is_unlisted(&self) -> bool {
        let listed = Class::HAPPENING.and(Class::TELLING).and(Class::STATE).and(Class::PLAN);
        self.class.is(Class::PAST.and(Class::BASE)) && !self.class.is(listed)
    }

    /// "lives", "attracts": what always is, unless a date is with it.
    pub fn is_habit(&self) -> bool {
        self.is_present && self.end == self.start + 1 && !self.is_bare_auxiliary
    }

    pub fn tells(&self) -> bool {
        !self.is_bare_auxiliary && self.class.is(Class::TELLING)
    }
}

/// The verb groups of a sentence, in order.
pub fn predicates(sentence: &Tagged, found: &mut Vec<Predicate>) {
    found.clear();
    let mut at = 0;
    if let Some(fronted) = fronted_participle(sentence) {
        at = fronted.end;
        found.push(fronted);
    }
    while at < sentence.len() {
        let class = sentence.class(at);
        // Few words can begin a group.
        if !class.is(Class::BEGINS_VERB) || sentence.is_in_mention(at) {
            at += 1;
        } else if class.is(Class::FINITE_AUXILIARY) && !follows_to(sentence, at) {
            let predicate = auxiliary_group(sentence, at);
            at = predicate.end;
            found.push(predicate);
        } else {
            if is_finite_past(sentence, at) {
                found.push(lexical(sentence, at, false));
            } else if is_finite_present(sentence, at) || is_plural_telling(sentence, at) {
                found.push(lexical(sentence, at, true));
            }
            at += 1;
        }
    }
    if found.is_empty() {
        found.extend(historic_present(sentence));
    }
}

fn lexical(sentence: &Tagged, at: usize, is_present: bool) -> Predicate {
    let class = sentence.class(at);
    // "planned to meet" is a plan, "began to fire" an event.
    let is_plan = class.is(Class::PLAN) && sentence.class(at + 1).is(Class::TO.and(Class::THAT));
    Predicate {
        start: at,
        end: at + 1,
        class,
        mood: if is_plan { Mood::Planned } else { Mood::Plain },
        is_negated: is_never(sentence, at) && !class.is(Class::ENDING),
        is_passive: false,
        is_past_perfect: false,
        is_present,
        is_bare_auxiliary: false,
        may_be_participle: class.is(Class::PARTICIPLE) && !is_present,
        is_fronted: false,
    }
}

/// Where a participle's phrase at the head of a sentence ends: at a comma, or before "she".
pub fn end_of_fronted(sentence: &Tagged) -> Option<usize> {
    (1..sentence.len()).find(|at| {
        let class = sentence.class(*at);
        let is_subject = class.is(Class::PRONOUN) && !class.is(Class::RELATIVE);
        sentence.is_parting_comma(*at) || (is_subject && !sentence.is_in_mention(*at))
    })
}

/// "Born in Salzburg in 1756, he was taken to Munich": an event of its own, without a subject.
fn fronted_participle(sentence: &Tagged) -> Option<Predicate> {
    let class = sentence.class(0);
    let leads = || sentence.class(1).is(Class::PREPOSITION.and(Class::BY)) || sentence.is_in_mention(1);
    let is_it = class.is(Class::PARTICIPLE)
        && class.is(Class::HAPPENING)
        && !class.is(Class::NOUN.and(Class::BASE))
        && sentence.is_capitalised(0)
        && !sentence.is_in_mention(0)
        && leads();
    if !is_it {
        return None;
    }
    let end = end_of_fronted(sentence)?;
    let goes_on = (end + 1..sentence.len()).any(|at| {
        sentence.class(at).is(Class::PAST.and(Class::FINITE_AUXILIARY)) && !sentence.is_in_mention(at)
    });
    let has_date = (1..end).any(|at| sentence.is_in_time(at));
    (has_date && goes_on).then(|| Predicate {
        is_fronted: true,
        is_passive: true,
        ..lexical(sentence, 0, false)
    })
}

/// "never visited", "nor carried out".
fn is_never(sentence: &Tagged, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| sentence.class(before).is(Class::NOT))
}

/// The group that begins with this auxiliary.
fn auxiliary_group(sentence: &Tagged, start: usize) -> Predicate {
    let first = sentence.class(start);
    let mut group = Predicate {
        start,
        end: start + 1,
        class: first,
        mood: mood_of(first),
        is_negated: first.is(Class::NOT),
        is_passive: false,
        is_past_perfect: false,
        is_present: false,
        is_bare_auxiliary: true,
        may_be_participle: false,
        is_fronted: false,
    };
    let mut has_been = first.is(Class::BE);
    let mut has_have = first.is(Class::HAS.and(Class::HAD));
    let mut at = start + 1;
    while at < sentence.len() && at <= start + 7 && !sentence.is_in_place(at) {
        let class = sentence.class(at);
        let sign = sentence.sign(at);
        // "had recently arrived", "was in 1769 appointed".
        let is_time = |at: usize| sentence.is_in_time(at);
        if is_time(at) || (class.is(Class::PREPOSITION) && is_time(at + 1)) {
            at += 1;
            continue;
        }
        if class.is(Class::NOT) {
            group.is_negated = true;
        } else if class.is(Class::BEEN) {
            has_been = true;
        } else if class.is(Class::HAS) && !has_have {
            has_have = true;
        } else if class.is(Class::PLANNED)
            && sentence.class(at + 1).is(Class::TO)
            && first.is(Class::BE)
            && !class.is(Class::PARTICIPLE)
        {
            // "is due to open".
        } else if class.is(Class::TO)
            && (at == start + 1 || sentence.class(at - 1).is(Class::PLANNED))
            && first.is(Class::BE)
        {
            // "is to open", "was to be held".
            group.mood = Mood::Planned;
        } else if is_verb_after(class, has_been, has_have, group.mood, first) {
            group.class = class;
            group.end = at + 1;
            group.is_bare_auxiliary = false;
            group.is_passive = has_been && class.is(Class::PARTICIPLE);
            if class.is(Class::PLAN) && sentence.class(at + 1).is(Class::TO) {
                group.mood = Mood::Planned;
            }
            group.is_negated &= !class.is(Class::ENDING);
            break;
        } else if (group.mood != Mood::Plain && is_new_verb(sentence, at))
            || (has_been && is_new_progressive(sentence, at))
        {
            group.class = Class::BASE;
            group.end = at + 1;
            group.is_bare_auxiliary = false;
            break;
        } else if !(class.is(Class::ADVERB) || sentence.is_manner(at) || matches!(sign, '’' | '\'')) {
            break;
        }
        at += 1;
    }
    if has_have && group.mood == Mood::Would {
        group.mood = Mood::Possible;
    }
    group.is_past_perfect = first.is(Class::HAD) && !group.is_bare_auxiliary;
    let is_now = first.is(Class::IS);
    group.is_present = is_now && !group.is_passive || (first.is(Class::HAS) && group.is_bare_auxiliary);
    group
}

fn mood_of(auxiliary: Class) -> Mood {
    if auxiliary.is(Class::WILL) {
        Mood::Planned
    } else if auxiliary.is(Class::WOULD) {
        Mood::Would
    } else if auxiliary.is(Class::MAY.and(Class::MUST)) {
        Mood::Possible
    } else {
        Mood::Plain
    }
}

fn is_verb_after(class: Class, has_been: bool, has_have: bool, mood: Mood, first: Class) -> bool {
    if has_been && class.is(Class::ING) {
        return true;
    }
    if has_been || has_have {
        return class.is(Class::PARTICIPLE) || (mood == Mood::Planned && class.is(Class::BASE));
    }
    (mood != Mood::Plain || first.is(Class::DO)) && class.is(Class::BASE)
}

/// A word after "will" or "to" that no list has: a verb, by where it stands.
fn is_new_verb(sentence: &Tagged, at: usize) -> bool {
    let is_lower = sentence.tokens.get(at).is_some_and(|t| t.is_word() && t.case == Case::Lower);
    is_lower && sentence.class(at) == Class::NONE && !sentence.is_manner(at)
}

/// "was regaining strength", "is lapping at": a word that no list has, not even that of "charming".
fn is_new_progressive(sentence: &Tagged, at: usize) -> bool {
    is_new_verb(sentence, at)
        && sentence.tokens.get(at).is_some_and(|token| sentence.endings.is_progressive(token, sentence.text))
}

fn follows_to(sentence: &Tagged, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| sentence.class(before).is(Class::TO))
}

/// Can what stands before this position be a subject?
fn is_after_subject(sentence: &Tagged, at: usize) -> bool {
    let mut before = at;
    loop {
        let Some(previous) = before.checked_sub(1) else { return false };
        let class = sentence.class(previous);
        let is_aside =
            class.is(Class::ADVERB) && !class.is(Class::PREPOSITION) || sentence.is_manner(previous);
        if !is_aside || sentence.is_in_mention(previous) {
            break;
        }
        before = previous;
    }
    let before = before - 1;
    let is_possessive = before >= 1
        && matches!(sentence.sign(before - 1), '’' | '\'')
        && sentence.tokens.get(before).is_some_and(|token| token.is_joined && token.end - token.start == 1);
    if is_possessive {
        return false;
    }
    if sentence.is_in_mention(before) {
        return true;
    }
    let class = sentence.class(before);
    if class.is(Class::PRONOUN.and(Class::RELATIVE).and(Class::THAT).and(Class::AND)) {
        return true;
    }
    // "to be established", "having arrived".
    let describes = Class::DETERMINER
        .and(Class::PREPOSITION)
        .and(Class::FINITE_AUXILIARY)
        .and(Class::BEEN)
        .and(Class::HAVING)
        .and(Class::TO);
    !class.is(describes)
        && !sentence.is_number(before)
        && !matches!(sentence.sign(before), '-' | '(' | '$' | '€' | '£')
}

fn is_finite_past(sentence: &Tagged, at: usize) -> bool {
    let class = sentence.class(at);
    if !class.is(Class::PAST.and(Class::PARTICIPLE)) {
        return false;
    }
    // "the work, begun in May, …": a participle that is no past still opens a clause.
    let next = sentence.class(at + 1);
    let is_participle = class.is(Class::PARTICIPLE)
        && !class.is(Class::NOUN.and(Class::BASE))
        && (next.is(Class::PREPOSITION.and(Class::BY)) || sentence.is_in_mention(at + 1));
    // "advanced" describes, but not in "advanced toward Rye".
    let describes = class.is(Class::NOT_PAST) && !(class.is(Class::MOTION) && next.is(Class::GOAL));
    if !(class.is(Class::PAST) || is_participle) || describes || !is_after_subject(sentence, at) {
        return false;
    }
    // "a village called Rye".
    let names = class.is(Class::CALLS)
        && sentence.is_capitalised(at + 1)
        && at.checked_sub(1).is_some_and(|n| {
            sentence.tokens.get(n).is_some_and(|t| t.is_word() && t.case == Case::Lower)
                && !sentence.class(n).is(Class::PRONOUN.and(Class::ADVERB))
        });
    if names {
        return false;
    }
    // "the agreed and accepted rules", "well-known": words that only describe.
    if sentence.sign(at + 1) == '-' && sentence.tokens.get(at + 1).is_some_and(|token| token.is_joined) {
        return false;
    }
    if sentence.tokens.get(at).is_some_and(Token::is_capitalised) {
        return false;
    }
    // Words that are the same in the present, or nouns ("cut", "set", "hit", "fire").
    let is_joined_pair = at.checked_sub(2).is_some_and(|before| {
        sentence.class(at - 1).is(Class::AND)
            && sentence.class(before).is(Class::PAST)
            && !is_after_subject(sentence, before)
    });
    !is_joined_pair
}

/// "says", "it recognises": a present that cannot be a noun.
fn is_finite_present(sentence: &Tagged, at: usize) -> bool {
    let class = sentence.class(at);
    if !class.is(Class::THIRD.and(Class::PLAN))
        || sentence.is_capitalised(at)
        || !is_after_subject(sentence, at)
    {
        return false;
    }
    // "plans to", "they plan to".
    if class.is(Class::PLAN)
        && class.is(Class::THIRD.and(Class::BASE))
        && sentence.class(at + 1).is(Class::TO)
    {
        return true;
    }
    if !class.is(Class::THIRD) {
        return false;
    }
    let before = sentence.before_adverbs(at);
    // "Russian forces captured", "in 1998 rebels attacked": nouns.
    let is_name = before.is_some_and(|before| sentence.names_place(before))
        && !sentence.class(at + 1).is(Class::PAST.and(Class::FINITE_AUXILIARY));
    let is_pronoun = before.is_some_and(|before| sentence.class(before).is(Class::PRONOUN));
    // "the states made", "reports of": nouns, unless something is told.
    let next = sentence.class(at + 1);
    let has_object = next.is(Class::THAT.and(Class::DETERMINER).and(Class::PRONOUN))
        || (sentence.is_capitalised(at + 1) && !sentence.is_in_time(at + 1))
        || sentence.is_number(at + 1)
        || sentence.sign(at + 1) != '\0';
    class.is(Class::TELLING) && !class.is(Class::NOUN) && has_object
        || is_pronoun
        || (is_name && !class.is(Class::NOUN))
}

/// "officials say that", "they claim it".
fn is_plural_telling(sentence: &Tagged, at: usize) -> bool {
    let class = sentence.class(at);
    let has_object = || {
        let next = sentence.class(at + 1);
        next.is(Class::DETERMINER.and(Class::PRONOUN).and(Class::THAT)) || sentence.is_number(at + 1)
    };
    class.is(Class::BASE)
        && class.is(Class::TELLING)
        && !class.is(Class::NOUN.and(Class::PAST))
        && !sentence.is_capitalised(at)
        && has_object()
        && is_after_subject(sentence, at)
}

/// "On 4 July Congress adopts the declaration": where a sentence has no other verb.
fn historic_present(sentence: &Tagged) -> Option<Predicate> {
    let is_verb = |at: &usize| {
        let class = sentence.class(*at);
        if !(class.is(Class::THIRD) && class.is(Class::HAPPENING)) {
            return false;
        }
        let after = sentence.class(at + 1);
        let has_object = after.is(Class::DETERMINER.and(Class::PREPOSITION).and(Class::PRONOUN))
            || sentence.is_capitalised(at + 1)
            || sentence.is_in_mention(at + 1)
            || sentence.is_number(at + 1)
            || matches!(sentence.sign(at + 1), '.' | '\0');
        !sentence.is_in_mention(*at)
            && !sentence.is_capitalised(*at)
            && has_object
            && is_after_subject(sentence, *at)
            && !(class.is(Class::NOUN) && after.is(Class::PREPOSITION))
    };
    let at = (0..sentence.len()).find(is_verb)?;
    Some(lexical(sentence, at, true))
}
