//! What is known of a language's words when place names are looked for: lists in `assets/lang/en/place-*`.

use serde::Deserialize;

use super::hashes::HashMarks;
use crate::extract::endings::Endings;
use crate::extract::language::lists;
use crate::extract::word::{FNV_OFFSET, Lexicon, WordIx, WordTable, with_byte, word_hash};
use crate::gazetteer::{fold_name, hash_of_name};

const CONTEXT: &str = include_str!("../../../assets/lang/en/place-context.txt");
const PEOPLE: &str = include_str!("../../../assets/lang/en/place-people.txt");
const COMMON: &str = include_str!("../../../assets/lang/en/place-words.txt");
const DEMONYMS: &str = include_str!("../../../assets/lang/en/place-demonyms.txt");
const ABBREVIATIONS: &str = include_str!("../../../assets/lang/en/place-abbreviations.txt");
const WEIGHTS: &str = include_str!("../../../assets/lang/en/place-weights.toml");

/// What the lists of `place-context.txt` say of a word: one bit a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Context(u32);

macro_rules! context_lists {
    ($($name:ident $list:literal),+ $(,)?) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        mod bit { #[repr(u32)] #[derive(Clone, Copy)] pub enum Bit { $($name),+ } }

        impl Context {
            $(pub const $name: Self = Self(1 << bit::Bit::$name as u32);)+

            fn of_list(list: &str) -> Self {
                match list { $($list => Self::$name,)+ _ => Self(0) }
            }
        }
    };
}

context_lists! {
    PLACE_PREPOSITION "place preposition",
    PREPOSITION "preposition",
    KIND "kind of place",
    NAMED_KIND "kind with a name",
    BEFORE_NAME "before name",
    AFTER_NAME "after name",
    PART_OF "part of",
    TITLE "title",
    SAYS "says",
    ACTS "acts",
    AUXILIARY "auxiliary",
    OF_STATE "of state",
    ORGANISATION "organisation",
    ORGANISATION_OF "organisation of",
    SITE "site",
    NEVER "never",
    OPENER "opener",
    PARTICLE "particle",
    PERSON_AFTER "person after",
    ARTICLE "article",
    PUBLIC "public body",
    NOT_AFTER "not after",
    PARTY "party",
    SAINT "saint",
    OF_PLACE "of a place",
    HINT_PROVINCE "a province",
    HINT_TOWN "a town",
    HINT_TERRAIN "land or water",
    WEEKDAY "weekday",
    MONTH "month",
    OF_ITS_OWN "kind of its own",
    MUNICIPAL "of a municipality",
}

impl Context {
    #[inline]
    pub fn has(self, any: Self) -> bool {
        self.0 & any.0 != 0
    }

    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Marks of the large sets.
pub const GIVEN: u8 = 1;
pub const SURNAME: u8 = 2;
pub const COMMON_WORD: u8 = 4;

/// About how many words have marks; more would only be slower to find.
const N_MARKED: usize = 33_000;

/// Weights of `place-weights.toml`, where each is explained.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    pub threshold: f32,
    pub name: NameWeights,
    pub context: ContextWeights,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameWeights {
    pub country: f32,
    pub province: f32,
    pub region: f32,
    pub town_base: f32,
    pub town_per_point: f32,
    pub town_least: f32,
    pub town_most: f32,
    pub alternate_only: f32,
    pub common_word: f32,
    pub common_word_large: f32,
    pub common_word_country: f32,
    pub given_name: f32,
    pub given_name_large: f32,
    pub surname: f32,
    pub surname_large: f32,
    pub unknown: f32,
    pub several_words: f32,
    pub with_kind: f32,
    pub several_common_words: f32,
    pub short: f32,
    pub acronym: f32,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContextWeights {
    pub place_preposition: f32,
    pub preposition: f32,
    pub of: f32,
    pub kind_before: f32,
    pub named_kind_of: f32,
    pub kind_after: f32,
    pub of_place: f32,
    pub in_wider: f32,
    pub part_of: f32,
    pub inside: f32,
    pub holds: f32,
    pub coordinated: f32,
    pub again: f32,
    pub not_after: f32,
    pub possessive: f32,
    pub opens_sentence: f32,
    pub opens_sentence_common: f32,
    pub the_before: f32,
    pub article_before: f32,
    pub title_before: f32,
    pub person_elsewhere: f32,
    pub person_maybe_elsewhere: f32,
    pub says_after: f32,
    pub did_after: f32,
    pub age_after: f32,
    pub in_unknown_name: f32,
    pub in_person_name: f32,
    pub house_of_saint: f32,
    pub after_words: f32,
    pub of_government: f32,
    pub headline_common: f32,
    pub dateline: f32,
}

/// What a word stands for: the number of a place in [`Words::meant`], counted from 1.
pub type Meaning = u16;

/// What two words mean together. They are few, so that hardly any word begins one.
#[derive(Debug, Default)]
pub struct Pairs {
    known: Vec<(WordIx, WordIx, Meaning)>,
    begins: WordTable<bool>,
}

impl Pairs {
    fn add(&mut self, first: WordIx, second: WordIx, meaning: Meaning) {
        self.known.push((first, second, meaning));
        *self.begins.entry(first) = true;
    }

    #[inline]
    pub fn may_begin(&self, first: WordIx) -> bool {
        *self.begins.get(first)
    }

    pub fn get(&self, first: WordIx, second: WordIx) -> Option<Meaning> {
        self.known.iter().find(|(a, b, _)| *a == first && *b == second).map(|(.., meaning)| *meaning)
    }
}

#[derive(Debug)]
pub struct Words {
    pub context: WordTable<Context>,
    /// Names of people and common words, by [`GIVEN`], [`SURNAME`], [`COMMON_WORD`].
    marks: HashMarks,
    /// "French": the country's `Meaning`.
    pub demonyms: WordTable<Meaning>,
    /// "South Korean".
    pub double_demonyms: Pairs,
    /// "counties": the hash of "county".
    pub one_of_several: WordTable<u64>,
    /// "W.Va."
    pub double_abbreviations: Pairs,
    /// Hashes of folded names of several words that are no places.
    pub never_whole: Vec<u64>,
    /// "Pa.", "OH".
    pub abbreviations: WordTable<Meaning>,
    /// Folded names of the places that demonyms and abbreviations mean.
    meant: Vec<String>,
    pub weights: Weights,
    pub of: WordIx,
    pub the: WordIx,
    pub inside: WordIx,
    pub between: WordIx,
    pub and: WordIx,
    pub or: WordIx,
    pub official: WordIx,
}

impl Words {
    pub fn english(lexicon: &mut Lexicon) -> Self {
        // The file is compiled in and a test reads it.
        let weights = toml::from_str(WEIGHTS).unwrap_or_default();
        let mut words = Self {
            context: WordTable::default(),
            marks: HashMarks::with_capacity(N_MARKED),
            demonyms: WordTable::default(),
            double_demonyms: Pairs::default(),
            one_of_several: WordTable::default(),
            double_abbreviations: Pairs::default(),
            never_whole: Vec::new(),
            abbreviations: WordTable::default(),
            meant: Vec::new(),
            weights,
            of: lexicon.add("of"),
            the: lexicon.add("the"),
            inside: lexicon.add("in"),
            between: lexicon.add("between"),
            and: lexicon.add("and"),
            or: lexicon.add("or"),
            official: lexicon.add("official"),
        };
        for (list, word) in lists(CONTEXT) {
            if list == "never whole" {
                words.never_whole.push(hash_of_name(&fold_words(word)));
                continue;
            }
            if list == "several of a kind" {
                if let Some((several, one)) = word.split_once('=') {
                    *words.one_of_several.entry(lexicon.add(several.trim())) = word_hash(one.trim());
                }
                continue;
            }
            let context = words.context.entry(lexicon.add(word));
            *context = context.or(Context::of_list(list));
        }
        words.marks.add_lines(PEOPLE, |list| match list {
            "given" => GIVEN,
            "surname" => SURNAME,
            _ => GIVEN | SURNAME,
        });
        words.marks.add_lines(COMMON, |_| COMMON_WORD);
        words.read_demonyms(lexicon);
        words.read_abbreviations(lexicon);
        words
    }

    fn read_demonyms(&mut self, lexicon: &mut Lexicon) {
        for (_, line) in lists(DEMONYMS) {
            let Some((names, place)) = line.split_once('=') else { continue };
            let meaning = self.meaning_of(place);
            if names.contains(',') {
                self.read_doubles(names, meaning, lexicon);
                continue;
            }
            for name in names.split_whitespace() {
                *self.demonyms.entry(lexicon.add(name)) = meaning;
            }
        }
    }

    fn read_doubles(&mut self, names: &str, meaning: Meaning, lexicon: &mut Lexicon) {
        for name in names.split(',') {
            let mut parts = name.split_whitespace();
            match (parts.next(), parts.next(), parts.next()) {
                (Some(first), Some(second), None) => {
                    self.double_demonyms.add(lexicon.add(first), lexicon.add(second), meaning);
                }
                (Some(only), None, None) => *self.demonyms.entry(lexicon.add(only)) = meaning,
                _ => {}
            }
        }
    }

    fn read_abbreviations(&mut self, lexicon: &mut Lexicon) {
        for (_, line) in lists(ABBREVIATIONS) {
            let Some((names, place)) = line.split_once('=') else { continue };
            let meaning = self.meaning_of(place);
            for name in names.split_whitespace() {
                match name.split_once('.') {
                    None => *self.abbreviations.entry(lexicon.add(name)) = meaning,
                    // Those of single letters are names of the gazetteer.
                    Some((_, second)) if second.len() < 2 => {}
                    Some((first, second)) => {
                        self.double_abbreviations.add(lexicon.add(first), lexicon.add(second), meaning);
                    }
                }
            }
        }
    }

    fn meaning_of(&mut self, place: &str) -> Meaning {
        let folded = fold_words(place);
        let known = self.meant.iter().position(|meant| *meant == folded);
        let at = known.unwrap_or_else(|| {
            self.meant.push(folded);
            self.meant.len() - 1
        });
        Meaning::try_from(at + 1).unwrap_or(0)
    }

    /// The folded name of a meaning.
    pub fn meant(&self, meaning: Meaning) -> &str {
        usize::from(meaning).checked_sub(1).and_then(|at| self.meant.get(at)).map_or("", String::as_str)
    }

    /// `GIVEN`, `SURNAME` and `COMMON_WORD` of a word, whose inflections count as itself.
    pub fn marks(&self, endings: &Endings, hash: u64, text: &str) -> u8 {
        let marks = self.marks.get(hash);
        if marks & COMMON_WORD != 0 || !text.is_ascii() {
            return marks;
        }
        if self.is_inflected(endings, text) { marks | COMMON_WORD } else { marks }
    }

    /// As `assets/build/people_and_words.py` takes inflections away.
    fn is_inflected(&self, endings: &Endings, text: &str) -> bool {
        let bytes = text.as_bytes();
        let Some(last) = bytes.last() else { return false };
        // Few words have the last letter of any.
        let may_fit =
            |suffix: &str| suffix.as_bytes().last().is_none_or(|byte| byte.eq_ignore_ascii_case(last));
        endings.inflections.iter().filter(|(suffix, _)| may_fit(suffix)).any(|(suffix, endings)| {
            let Some(stem) = bytes.len().checked_sub(suffix.len()).filter(|n| *n >= 4) else { return false };
            let (Some(stem), Some(end)) = (bytes.get(..stem), bytes.get(stem..)) else { return false };
            if !end.eq_ignore_ascii_case(suffix.as_bytes()) {
                return false;
            }
            let hash = stem.iter().fold(FNV_OFFSET, |hash, byte| with_byte(hash, byte.to_ascii_lowercase()));
            endings
                .iter()
                .any(|ending| self.marks.get(ending.bytes().fold(hash, with_byte)) & COMMON_WORD != 0)
        })
    }
}

fn fold_words(name: &str) -> String {
    let mut folded = String::new();
    fold_name(name, &mut folded);
    folded
}
