//! The rules of `assets/lang/en/time-rules.txt`: compiled patterns, what they mean, and where to try them.

use std::collections::BTreeMap;

use super::beginnings::Beginnings;
use super::pattern::{Names, Program, compile};
use super::words::{Mask, Words};
use crate::extract::language::lists;
use crate::extract::token::{Token, TokenKind};
use crate::extract::word::{Lexicon, WordSet};

/// What the expressions of a section mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Means {
    /// A date of the calendar, whole or in part.
    Date,
    /// A time of day by the clock.
    Clock,
    /// A part of a day.
    Part,
    /// A day counted from that of speaking: "yesterday".
    Day,
    /// A unit pointed at: "last week", "the third quarter".
    Unit,
    Decade,
    Century,
    /// An amount away from a date: "two weeks later".
    Shift,
    /// An amount beside a date: "the past five days".
    Span,
    Duration,
    Age,
    Set,
    /// The past, the present or the future.
    Ref,
    Holiday,
}

impl Means {
    fn named(section: &str) -> Option<Self> {
        Some(match section {
            "date" => Self::Date,
            "clock" => Self::Clock,
            "part" => Self::Part,
            "day" => Self::Day,
            "unit" => Self::Unit,
            "decade" => Self::Decade,
            "century" => Self::Century,
            "shift" => Self::Shift,
            "span" => Self::Span,
            "duration" => Self::Duration,
            "age" => Self::Age,
            "set" => Self::Set,
            "ref" => Self::Ref,
            "holiday" => Self::Holiday,
            _ => return None,
        })
    }
}

/// A pattern with its meaning.
#[derive(Debug)]
pub(super) struct Rule {
    pub name: &'static str,
    pub means: Means,
    /// The check of `guards.rs` that it must pass.
    pub guard: Option<&'static str>,
    /// A value that is always the same: `PAST_REF`, `12-25`.
    pub value: Option<&'static str>,
    pub only_in_history: bool,
    pub is_name: bool,
    pub program: Program,
}

/// All rules of one language.
#[derive(Debug)]
pub struct Rules {
    pub(super) words: Words,
    pub(super) all: Vec<Rule>,
    beginnings: Beginnings,
    first_words: WordSet,
}

impl Rules {
    pub fn english(lexicon: &mut Lexicon) -> Self {
        Self::new(super::WORDS, super::RULES, lexicon).0
    }

    /// The rules, and what is wrong with those that are left out (nothing, as a test says).
    pub(super) fn new(words: &str, rules: &'static str, lexicon: &mut Lexicon) -> (Self, Vec<String>) {
        let mut words = Words::new(words, lexicon);
        let lines = || {
            lists(rules).filter_map(|(section, line)| {
                line.split_once('=').map(|(n, p)| (section, n.trim(), p.trim()))
            })
        };
        let fragments: BTreeMap<&'static str, &'static str> =
            lines().filter(|(section, ..)| *section == "pattern").map(|(_, name, p)| (name, p)).collect();
        let mut literals = BTreeMap::new();
        let mut compiled = Vec::with_capacity(220);
        let mut patterns = BTreeMap::new();
        let mut wrong = Vec::new();
        for (section, name, line) in lines().filter(|(section, ..)| *section != "pattern") {
            let Some(means) = Means::named(section) else {
                wrong.push(format!("[{section}] is not known"));
                continue;
            };
            let (pattern, flags) = line.split_once('@').unwrap_or((line, ""));
            let mut names = Names {
                fragments: &fragments,
                lexicon,
                words: &mut words,
                literals: &mut literals,
                compiled: &mut patterns,
            };
            // Any holiday may say its year, or point at it.
            let with_year = format!("( {{last}} | {{next}} | {{this}} )? ({pattern}) ( ,? of? {{year}} )?");
            let pattern = if means == Means::Holiday { &with_year } else { pattern };
            let program = match compile(pattern.trim(), &mut names) {
                Ok(program) => program,
                Err(reason) => {
                    wrong.push(format!("{name}: {reason}"));
                    continue;
                }
            };
            let mut rule = Rule {
                name,
                means,
                guard: None,
                value: None,
                only_in_history: false,
                is_name: false,
                program,
            };
            for flag in flags.split('@').map(str::trim).filter(|flag| !flag.is_empty()) {
                match flag {
                    "history" => rule.only_in_history = true,
                    "name" => rule.is_name = true,
                    _ if flag.starts_with('=') => rule.value = flag.get(1..),
                    _ => rule.guard = Some(flag),
                }
            }
            compiled.push(rule);
        }
        let beginnings = Beginnings::of(&compiled);
        let first_words = words.of_classes(beginnings.first);
        (Self { words, all: compiled, beginnings, first_words }, wrong)
    }

    /// Can a token begin any?
    #[inline]
    pub(super) fn can_begin(&self, token: &Token, text: &str) -> bool {
        (self.first_words.contains(token.word) | token.is_number())
            || (token.kind == TokenKind::Sign && self.words.mask_of(token, text) & self.beginnings.first != 0)
    }

    /// Tries the rules that can begin with a token of these classes, if the next two have those, each with
    /// the step that takes the first.
    #[inline]
    pub(super) fn beginning<'r>(
        &'r self,
        (mask, next, third): (Mask, Mask, Mask),
        mut each: impl FnMut(&'r Rule, u16),
    ) {
        self.beginnings.of_tokens(mask, next, third, |n, pc| {
            if let Some(rule) = self.all.get(usize::from(n)) {
                each(rule, pc);
            }
        });
    }

    #[cfg(test)]
    pub(super) fn beginnings(&self) -> &Beginnings {
        &self.beginnings
    }

    /// Steps of all programs together.
    #[cfg(test)]
    pub(super) fn n_ops(&self) -> usize {
        self.all.iter().map(|rule| rule.program.ops.len()).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_rules_are_understood() {
        let mut lexicon = Lexicon::default();
        let (rules, wrong) = Rules::new(super::super::WORDS, super::super::RULES, &mut lexicon);
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(rules.all.len() > 100);
        assert!(rules.n_ops() < 20_000, "{} steps: the patterns have grown out of hand", rules.n_ops());
    }

    #[test]
    fn what_is_wrong_with_a_rule_is_said() {
        for (rules, reason) in [
            ("[date]\na = {month", "‘}’ is missing"),
            ("[date]\na = {mouth}", "no class {mouth}"),
            ("[date]\na = <x>", "no pattern <x>"),
            ("[date]\na = ( of", "a bracket is not closed"),
            ("[pattern]\nx = <x>\n[date]\na = <x>", "within itself"),
            ("[dates]\na = of", "[dates] is not known"),
        ] {
            let (_, wrong) = Rules::new("[month]\nmay = 5", rules, &mut Lexicon::default());
            assert!(wrong.iter().any(|said| said.contains(reason)), "{rules}: {wrong:?}");
        }
    }
}
