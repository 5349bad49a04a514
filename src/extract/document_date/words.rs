//! The words by which a text tells its own date.

use std::sync::OnceLock;

use crate::extract::language::lists;

const DATA: &str = include_str!("../../../assets/lang/en/event-document-date.txt");

/// Small lists, looked through only at a time expression or at the head of a text.
#[derive(Debug, Default)]
pub struct Words {
    pub published: Vec<&'static str>,
    pub by: Vec<&'static str>,
    /// In order, each with its short forms.
    pub months: Vec<Vec<&'static str>>,
    pub year_before: Vec<&'static str>,
    pub same_year: Vec<&'static str>,
    pub years_ago: Vec<&'static str>,
    pub numbers: Vec<(&'static str, i64)>,
    pub now: Vec<&'static str>,
}

impl Words {
    pub fn english() -> &'static Self {
        static WORDS: OnceLock<Words> = OnceLock::new();
        WORDS.get_or_init(|| {
            let mut words = Self::default();
            for (list, entry) in lists(DATA) {
                match list {
                    "published" => words.published.push(entry),
                    "by" => words.by.push(entry),
                    "months" => words.months.push(entry.split(' ').collect()),
                    "year before" => words.year_before.push(entry),
                    "same year" => words.same_year.push(entry),
                    "years ago" => words.years_ago.push(entry),
                    "numbers" => {
                        let number =
                            entry.split_once(' ').and_then(|(word, n)| Some((word, n.parse().ok()?)));
                        words.numbers.extend(number);
                    }
                    _ => words.now.push(entry),
                }
            }
            words
        })
    }

    /// The month that a word names, 1–12.
    pub fn month(&self, word: &str) -> Option<u8> {
        let is_name = |names: &Vec<&str>| names.iter().any(|name| word.eq_ignore_ascii_case(name));
        let at = self.months.iter().position(is_name)?;
        u8::try_from(at + 1).ok()
    }
}

/// Does a text hold one of these phrases, without regard to case?
pub fn says(text: &str, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| position(text, phrase).is_some())
}

fn position(text: &str, phrase: &str) -> Option<usize> {
    let (text, phrase) = (text.as_bytes(), phrase.as_bytes());
    text.windows(phrase.len()).position(|window| window.eq_ignore_ascii_case(phrase))
}
