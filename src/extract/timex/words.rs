//! The words of time and their classes, read from `assets/lang/en/time-words.txt`.

use super::sorts::Sorts;
use crate::extract::language::lists;
use crate::extract::token::Token;
use crate::extract::word::{Lexicon, WordIx, WordTable};

/// A set of classes: bit `n` is the class numbered `n`; those from 77 on are shared by literal words.
pub(super) type Mask = u128;

macro_rules! named {
    ($(#[$doc:meta])+ $kind:ident: $($variant:ident = $name:literal),+ $(,)?) => {
        $(#[$doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(super) enum $kind { $($variant),+ }

        impl $kind {
            const ALL: &[(&str, Self)] = &[$(($name, Self::$variant)),+];

            pub(super) fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, this)| *this)
            }
        }
    };
}

named! {
    /// Lists of words that stand beside expressions and decide what they are.
    Beside:
    Determiner = "determiner",
    Definite = "definite",
    MarchTarget = "march-target",
    VerbFollows = "verb-follows",
    MonthSubject = "month-subject",
    Joins = "joins",
    Range = "range",
    Both = "both",
    Between = "between",
    Since = "since",
    From = "from",
    Of = "of",
    On = "on",
    SeasonPlace = "season-place",
    SeasonNoun = "season-noun",
    SeasonNotNext = "season-not-next",
    SeasonNotBefore = "season-not-before",
    SeasonNameNext = "season-name-next",
    ClockPlace = "clock-place",
    UnitsPlace = "units-place",
    Preposition = "beside",
    GoesOn = "goes-on",
    NotFormer = "not-former",
    NotTheTime = "not-the-time",
    ShiftFollows = "shift-follows",
    NotQuarter = "not-quarter",
    Would = "would",
    NightNoun = "night-noun",
    Infinitive = "infinitive",
    Be = "be",
    And = "and",
    PluralS = "plural-s",
    NotPast = "not-past",
    At = "at",
    RefPlace = "ref-place",
    For = "for",
    To = "to",
    PastPlace = "past-place",
    UnitPlace = "unit-place",
    Negation = "negation",
    Predicate = "predicate",
    By = "by",
    Is = "is",
    IsAt = "is-at",
    Bid = "bid",
    Moved = "moved",
    Record = "record",
    Comes = "comes",
    Come = "come",
    Plural = "plural",
    Weather = "weather",
    Report = "report",
    Delivery = "delivery",
    Earnings = "earnings",
    Traded = "traded",
    Overnight = "overnight",
    NotLull = "not-lull",
    Compared = "compared",
    Over = "over",
    Born = "born",
    Frequent = "frequent",
}

named! {
    /// What a word or sign can be in a time expression.
    Class:
    Month = "month", MonthShort = "month-short", MonthName = "month-name",
    Weekday = "weekday", WeekdayShort = "weekday-short", Weekdays = "weekdays",
    Unit = "unit", Units = "units", UnitShort = "unit-short",
    Number = "number", Scale = "scale", Ordinal = "ordinal", OrdinalSuffix = "ordinal-suffix", Final = "final",
    Season = "season", SeasonName = "season-name", SeasonPlural = "season-plural",
    Part = "part", PartBare = "part-bare", DayWord = "day-word", NightWord = "night-word",
    Edge = "edge", Mod = "mod", ModCompare = "mod-compare", Half = "half",
    Approx = "approx", Vague = "vague", VagueMany = "vague-many",
    This = "this", That = "that", Next = "next", Following = "following", Last = "last",
    Previous = "previous", Same = "same",
    Ago = "ago", Earlier = "earlier", Later = "later", Every = "every", Often = "often",
    EraBefore = "era-before", EraAfter = "era-after", AmPm = "am-pm", AorP = "a-p", Zone = "zone", Noon = "noon",
    PastRef = "past-ref", PresentRef = "present-ref", Lull = "lull", FutureRef = "future-ref", Roman = "roman",
    DecadeWord = "decade-word", EraLetter = "era-letter", QuarterLetter = "quarter-letter",
    Label = "label", Counted = "counted", TimePreposition = "time-preposition", NameBefore = "name-before",
    Was = "was", Will = "will", ToBefore = "to-before", Deictic = "deictic", Say = "say", Until = "until", Title = "title",
    // Not words: what the signs and figures are.
    Figure = "figure", LongFigure = "long-figure", YearFigure = "year-figure", ShortFigure = "short-figure", Dash = "dash", Sign = "sign",
    Quote = "quote", Slash = "slash", Comma = "comma", Period = "period", Colon = "colon",
}

impl Class {
    /// In the order of their numbers.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        Self::ALL.iter().map(|(_, class)| *class)
    }

    /// Its bit; of figures of any length those of each, of which a number has only one.
    pub(super) const fn bit(self) -> Mask {
        match self {
            Self::Figure => Self::LongFigure.bit() | Self::YearFigure.bit() | Self::ShortFigure.bit(),
            class => 1 << (class as u8),
        }
    }
}

impl Beside {
    pub(super) const fn bit(self) -> u64 {
        1 << (self as u8)
    }
}

/// The bit of the nth literal word of the patterns: frequent words have one of their own, the others share.
pub(super) fn literal_bit(n: u32, is_frequent: bool) -> Mask {
    const FIRST: u32 = 77;
    const N_OWN: u32 = 20;
    let bit = if is_frequent { n % N_OWN } else { N_OWN + n % (Mask::BITS - 1 - FIRST - N_OWN) };
    1 << (FIRST + bit)
}

/// What is known of a word beside its classes, and where its values are.
#[derive(Debug, Clone, Copy, Default)]
struct Known {
    /// The lists of [`Beside`] that it is in, a bit each.
    beside: u64,
    first_value: u16,
    n_values: u16,
}

/// All words of time of one language.
#[derive(Debug, Default)]
pub(super) struct Words {
    table: WordTable<Known>,
    values: Vec<(Class, i32)>,
    /// The classes of each word, until all are known.
    classes: WordTable<Mask>,
    sorts: Sorts,
}

impl Words {
    /// Reads the data; lines of unknown classes or without a number where one is due are passed over
    /// (a test sees to it that there are none).
    pub fn new(data: &str, lexicon: &mut Lexicon) -> Self {
        let mut words = Self::default();
        let mut said: Vec<(WordIx, Class, i32)> = Vec::with_capacity(800);
        for (class, line) in lists(data) {
            let Some(class) = Class::named(class) else {
                if let Some(list) = Beside::named(class) {
                    for name in line.split_whitespace() {
                        words.table.entry(lexicon.add(name)).beside |= 1 << (list as u8);
                    }
                }
                continue;
            };
            let (names, value) = line.split_once('=').unwrap_or((line, "0"));
            let Ok(value) = value.trim().parse::<i32>() else { continue };
            for name in names.split_whitespace() {
                let word = lexicon.add(name);
                words.add_class(word, name, class.bit());
                said.push((word, class, value));
            }
        }
        said.sort_unstable();
        for (word, class, value) in said {
            let known = words.table.entry(word);
            if known.n_values == 0 {
                known.first_value = words.values.len() as u16;
            }
            known.n_values += 1;
            words.values.push((class, value));
        }
        words
    }

    /// Adds a class to a word, or the bit of those that patterns name literally. Figures have that of their
    /// length too.
    pub fn add_class(&mut self, word: WordIx, name: &str, bit: Mask) {
        let is_figures = name.bytes().all(|byte| byte.is_ascii_digit());
        *self.classes.entry(word) |= if is_figures { bit | class_of_figures(name.len()).bit() } else { bit };
    }

    /// Now that all words have their classes, tokens can be asked for them.
    pub fn sort_out(&mut self) {
        self.sorts = Sorts::of_words(&std::mem::take(&mut self.classes));
    }

    pub fn sorts(&self) -> &Sorts {
        &self.sorts
    }

    pub fn is_beside(&self, word: WordIx, list: Beside) -> bool {
        self.table.get(word).beside & list.bit() != 0
    }

    /// The lists of a word, a bit each.
    pub fn lists_of(&self, word: WordIx) -> u64 {
        self.table.get(word).beside
    }

    pub fn value(&self, word: WordIx, class: Class) -> Option<i32> {
        let known = self.table.get(word);
        let first = usize::from(known.first_value);
        let values = self.values.get(first..first + usize::from(known.n_values))?;
        values.iter().find(|(of, _)| *of == class).map(|(_, value)| *value)
    }

    /// The classes of a token.
    #[inline]
    pub fn mask_of(&self, token: &Token, text: &str) -> Mask {
        self.sorts.mask(self.sorts.of(token, text))
    }
}

/// The class of so many figures.
pub(super) fn class_of_figures(n: usize) -> Class {
    match n {
        1 | 2 => Class::ShortFigure,
        4 => Class::YearFigure,
        _ => Class::LongFigure,
    }
}

/// The class of a sign, in UTF-8: a hyphen, any dash or the minus sign; an apostrophe or single quote; those
/// that stand in numbers; any other.
#[inline]
pub(super) fn class_of_utf8(sign: &[u8]) -> Class {
    match sign {
        [b'-'] | [0xe2, 0x80, 0x90..=0x95] | [0xe2, 0x88, 0x92] => Class::Dash,
        [b'\'' | b'`'] | [0xe2, 0x80, 0x98 | 0x99] => Class::Quote,
        [b'/'] => Class::Slash,
        [b','] => Class::Comma,
        [b'.'] => Class::Period,
        [b':'] => Class::Colon,
        _ => Class::Sign,
    }
}

/// The class of a sign in a pattern.
pub(super) fn class_of_sign(sign: char) -> Class {
    match sign {
        '\'' => Class::Quote,
        '/' => Class::Slash,
        ',' => Class::Comma,
        '.' => Class::Period,
        ':' => Class::Colon,
        _ => Class::Sign,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_data_is_understood() {
        let mut n_lines = 0;
        for (class, line) in lists(super::super::WORDS) {
            let is_known = Class::named(class).is_some() || Beside::named(class).is_some();
            assert!(is_known, "[{class}]");
            if let Some((_, value)) = line.split_once('=') {
                assert!(value.trim().parse::<i32>().is_ok(), "{line}");
            }
            n_lines += 1;
        }
        assert!(n_lines > 200);
    }

    #[test]
    fn classes_have_bits_of_their_own() {
        let all = Class::ALL.iter().fold(0, |all, (_, class)| all | class.bit());
        assert_eq!(all.count_ones() as usize, Class::ALL.len() - 1, "all but that of any figure");
        assert!(Beside::ALL.len() <= 64, "one bit each");
        assert!(Class::ALL.len() <= 77, "literal words begin at bit 77");
    }

    #[test]
    fn a_word_has_a_value_in_each_of_its_classes() {
        let mut lexicon = Lexicon::default();
        let words = Words::new(super::super::WORDS, &mut lexicon);
        let second = lexicon.add("Second");
        assert_eq!(
            (words.value(second, Class::Unit), words.value(second, Class::Ordinal)),
            (Some(1), Some(2))
        );
        assert_eq!(words.value(second, Class::Month), None);
    }
}
