//! One language's words and rules, read once from `assets/lang`.

use std::sync::OnceLock;

use super::endings::Endings;
use super::word::Lexicon;
use super::{events, sentence, timex, toponym};

/// What the recognisers know of a language.
#[derive(Debug)]
pub struct Language {
    pub lexicon: Lexicon,
    pub endings: Endings,
    pub sentence: sentence::Words,
    pub timex: timex::Rules,
    pub toponym: toponym::Words,
    pub events: events::Words,
}

impl Language {
    /// English. Reads its data the first time, in a few milliseconds.
    pub fn english() -> &'static Self {
        static ENGLISH: OnceLock<Language> = OnceLock::new();
        ENGLISH.get_or_init(|| {
            let mut lexicon = Lexicon::default();
            let endings = Endings::english();
            Self {
                sentence: sentence::Words::english(&mut lexicon),
                timex: timex::Rules::english(&mut lexicon),
                toponym: toponym::Words::english(&mut lexicon),
                events: events::Words::english(&mut lexicon, &endings),
                endings,
                lexicon,
            }
        })
    }
}

/// Lists of words as `assets/lang` has them: `[name]` begins a list, `#` a comment, and every other
/// line is an entry. In the order of the file.
pub fn lists(data: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut list = "";
    data.lines().filter_map(move |line| {
        let line = line.split_once('#').map_or(line, |(before, _)| before).trim();
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            list = name;
            return None;
        }
        (!line.is_empty()).then_some((list, line))
    })
}
