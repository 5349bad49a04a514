//! What single words say of events: verbs and nouns of action, and the small words around them.

use crate::extract::endings::Endings;
use crate::extract::language::lists;
use crate::extract::token::{Case, Token};
use crate::extract::word::{Lexicon, WordIx, WordTable};

const VERBS: &str = include_str!("../../../assets/lang/en/event-verbs.txt");
const NOUNS: &str = include_str!("../../../assets/lang/en/event-nouns.txt");
const WORDS: &str = include_str!("../../../assets/lang/en/event-words.txt");

/// The list of words that are in no class.
const SAYS_NOTHING: &str = "says nothing";

/// What a word may be, as a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Class(u128);

macro_rules! classes {
    ($($name:ident)*) => {
        classes!(@ 0; $($name)*);
    };
    (@ $n:expr; $name:ident $($rest:ident)*) => {
        pub const $name: Self = Self(1 << ($n));
        classes!(@ $n + 1; $($rest)*);
    };
    (@ $n:expr;) => {};
}

impl Class {
    // Kinds of verbs.
    classes! {
        ACTION MOTION LIFE SPEECH CLAIM DENIAL PLAN STATE
        PAST PARTICIPLE THIRD BASE ING
        BE BEEN HAS HAD HAVING DO WILL WOULD MAY MUST NOT
        NOUN DETERMINER PRONOUN RELATIVE THAT SUBORDINATE IF AND PREPOSITION TO ABOUT ADVERB OPENER
        GOES_ON THERE THE_PLACE CLAIMED DENIED PLANNED HYPOTHETICAL NOT_PAST ENDS_TITLE LEANS
        FROM BETWEEN UNTIL THROUGH SINCE EARLIER AFTER BY ACCORDING WHERE
        ENDING NO_PLACE GOAL LOCATING AREA ENTERS ADDRESSES IT IS_NOW OF FOR IN THE IS BELIEF FAILS
        QUANTITY AS WHICH RANK DIRECTION CALLS MOVES_ON DESCRIBING
    }

    pub const NONE: Self = Self(0);
    pub const MODAL: Self = Self(Self::WILL.0 | Self::WOULD.0 | Self::MAY.0 | Self::MUST.0);
    pub const FINITE_AUXILIARY: Self =
        Self(Self::BE.0 | Self::HAS.0 | Self::HAD.0 | Self::DO.0 | Self::MODAL.0);
    /// Verbs that put somebody's words before the event.
    pub const TELLING: Self = Self(Self::SPEECH.0 | Self::CLAIM.0 | Self::DENIAL.0);
    pub const HAPPENING: Self = Self(Self::ACTION.0 | Self::MOTION.0 | Self::LIFE.0);

    /// Words that may be the first of a verb group.
    pub const BEGINS_VERB: Self = Self(
        Self::FINITE_AUXILIARY.0
            | Self::TELLING.0
            | Self::PLAN.0
            | Self::PAST.0
            | Self::PARTICIPLE.0
            | Self::THIRD.0,
    );
    /// Words that open a clause.
    pub const OPENS_CLAUSE: Self =
        Self(Self::THAT.0 | Self::IF.0 | Self::AS.0 | Self::SUBORDINATE.0 | Self::RELATIVE.0);

    /// Is it any of these?
    #[inline]
    pub fn is(self, any: Self) -> bool {
        self.0 & any.0 != 0
    }

    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn of_list(name: &str) -> Self {
        match name {
            "action" => Self::ACTION,
            "motion" => Self::MOTION,
            "life" => Self::LIFE,
            "speech" => Self::SPEECH,
            "claim" => Self::CLAIM,
            "denial" => Self::DENIAL,
            "plan" => Self::PLAN,
            "state" => Self::STATE,
            "be" => Self::BE,
            "been" => Self::BEEN,
            "has" => Self::HAS,
            "had" => Self::HAD,
            "having" => Self::HAVING,
            "do" => Self::DO,
            "will" => Self::WILL,
            "would" => Self::WOULD,
            "may" => Self::MAY,
            "must" => Self::MUST,
            "not" => Self::NOT,
            "events" => Self::NOUN,
            "determiners" => Self::DETERMINER,
            "pronouns" => Self::PRONOUN,
            "relative" => Self::RELATIVE,
            "that" => Self::THAT,
            "subordinate" => Self::SUBORDINATE,
            "if" => Self::IF,
            "and" => Self::AND,
            "prepositions" => Self::PREPOSITION,
            "to" => Self::TO,
            "about" => Self::ABOUT,
            "adverbs" => Self::ADVERB,
            "openers" => Self::OPENER,
            "goes on" => Self::GOES_ON,
            "there" => Self::THERE,
            "the place" => Self::THE_PLACE,
            "claimed" => Self::CLAIMED,
            "denied" => Self::DENIED,
            "planned" => Self::PLANNED,
            "hypothetical" => Self::HYPOTHETICAL,
            "not past" => Self::NOT_PAST,
            "ends a title" => Self::ENDS_TITLE,
            "leans" => Self::LEANS,
            "from" => Self::FROM,
            "between" => Self::BETWEEN,
            "until" => Self::UNTIL,
            "through" => Self::THROUGH,
            "since" => Self::SINCE,
            "before" => Self::EARLIER,
            "after" => Self::AFTER,
            "by" => Self::BY,
            "according" => Self::ACCORDING,
            "place prepositions" => Self::WHERE,
            "ending" => Self::ENDING,
            "locating" => Self::LOCATING,
            "areas" => Self::AREA,
            "enters" => Self::ENTERS,
            "addresses" => Self::ADDRESSES,
            "is now" => Self::IS_NOW,
            "it" => Self::IT,
            "of" => Self::OF,
            "for" => Self::FOR,
            "in" => Self::IN,
            "the" => Self::THE,
            "is" => Self::IS,
            "belief" => Self::BELIEF,
            "fails" => Self::FAILS,
            "quantity" => Self::QUANTITY,
            "as" => Self::AS,
            "which" => Self::WHICH,
            "ranks" => Self::RANK,
            "describing" => Self::DESCRIBING,
            "directions" => Self::DIRECTION,
            "calls" => Self::CALLS,
            "moves on" => Self::MOVES_ON,
            "goal" => Self::GOAL,
            "no place" => Self::NO_PLACE,
            _ => Self::NONE,
        }
    }
}

/// The classes of all words that any rule of this room knows.
#[derive(Debug)]
pub struct Words {
    classes: WordTable<Class>,
    says_nothing: Vec<&'static str>,
}

impl Words {
    pub fn english(lexicon: &mut Lexicon, endings: &Endings) -> Self {
        let mut words = Self { classes: WordTable::default(), says_nothing: Vec::new() };
        for (list, entry) in lists(VERBS) {
            words.add_verb(lexicon, endings, Class::of_list(list), entry);
        }
        for (list, noun) in lists(NOUNS) {
            let class = Class::of_list(list);
            words.add(lexicon, noun, class);
            words.add(lexicon, &endings.third(noun), class);
        }
        for (list, word) in lists(WORDS) {
            if list == SAYS_NOTHING {
                words.says_nothing.push(word);
                continue;
            }
            words.add(lexicon, word, Class::of_list(list));
        }
        words
    }

    /// A verb's line: base, then past and participle where they are irregular. All forms are added.
    fn add_verb(&mut self, lexicon: &mut Lexicon, endings: &Endings, class: Class, entry: &str) {
        let mut forms = entry.split_whitespace();
        let Some(base) = forms.next() else { return };
        let regular = endings.past_form(base);
        let past = forms.next().unwrap_or(&regular);
        let participle = forms.next().unwrap_or(past);
        self.add(lexicon, base, class.and(Class::BASE));
        self.add(lexicon, &endings.third(base), class.and(Class::THIRD));
        self.add(lexicon, past, class.and(Class::PAST));
        self.add(lexicon, participle, class.and(Class::PARTICIPLE));
        self.add(lexicon, &endings.ing_form(base, past), class.and(Class::ING));
    }

    fn add(&mut self, lexicon: &mut Lexicon, word: &str, class: Class) {
        let entry = self.classes.entry(lexicon.add(word));
        *entry = entry.and(class);
    }

    #[inline]
    pub fn class(&self, word: WordIx) -> Class {
        *self.classes.get(word)
    }

    /// Does a word tell no event from another, as small ones do?
    pub fn says_nothing(&self, word: &str) -> bool {
        self.says_nothing.iter().any(|small| word.eq_ignore_ascii_case(small))
    }

    /// The class of a token; a small word that no list has may be a past by its ending.
    #[inline]
    pub fn class_of(&self, endings: &Endings, token: &Token, text: &str) -> Class {
        if !token.is_word() {
            return Class::NONE;
        }
        let class = self.class(token.word);
        // The ending comes first, for few words have it, while no processor could guess which words are new.
        if endings.is_past(token, text)
            && class == Class::NONE
            && token.case == Case::Lower
            && token.end - token.start >= 5
        {
            return Class::PAST.and(Class::PARTICIPLE);
        }
        class
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_known() {
        for data in [VERBS, NOUNS, WORDS] {
            for (list, _) in lists(data).filter(|(list, _)| *list != SAYS_NOTHING) {
                assert_ne!(Class::of_list(list), Class::NONE, "{list}");
            }
        }
    }
}
