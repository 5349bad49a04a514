//! The rules of `assets/lang/en/time-rules.txt`: compiled patterns, what they mean, and where to try them.

use std::collections::BTreeMap;

use super::beginnings::Beginnings;
use super::pattern::{Names, Program, compile};
use super::words::{Mask, Words};
use crate::extract::language::lists;
use crate::extract::token::{Token, TokenKind};
use crate::extract::word::{Lexicon, WordTable};

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
    /// Of words that can begin any: where in `behind` it is what they want of the next token, from 1.
    firsts: WordTable<u8>,
    behind: Vec<Mask>,
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
        let mut behind = Vec::new();
        let mut firsts = WordTable::default();
        for (word, mask) in words.masks().filter(|(_, mask)| mask & beginnings.first != 0) {
            let wanted = beginnings.wanted_behind(mask);
            let known = behind.iter().position(|known| *known == wanted);
            // A test says that there are so few.
            *firsts.entry(word) = known.unwrap_or(behind.len()) as u8 + 1;
            if known.is_none() {
                behind.push(wanted);
            }
        }
        (Self { words, all: compiled, beginnings, firsts, behind }, wrong)
    }

    /// The first position from `at` on where a token can begin any, going by it and the next.
    #[inline]
    pub(super) fn next_beginning(&self, tokens: &[Token], text: &str, at: usize) -> Option<usize> {
        let mask_at = |at: usize| tokens.get(at).map_or(0, |token| self.words.mask_of(token, text));
        let rest = tokens.get(at..)?.iter().zip(at..);
        let can_begin = |(token, at): (&Token, usize)| match (token.kind, *self.firsts.get(token.word)) {
            (TokenKind::Word, 0) => false,
            (TokenKind::Word, first) => {
                let wanted = self.behind.get(usize::from(first) - 1).copied().unwrap_or(Mask::MAX);
                wanted == Mask::MAX || wanted & mask_at(at + 1) != 0
            }
            (TokenKind::Number, _) => true,
            (TokenKind::Sign, _) => mask_at(at) & self.beginnings.first != 0,
        };
        rest.into_iter().find(|(token, at)| can_begin((token, *at))).map(|(_, at)| at)
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
    use crate::extract::token::tokenize;

    #[test]
    fn all_rules_are_understood() {
        let mut lexicon = Lexicon::default();
        let (rules, wrong) = Rules::new(super::super::WORDS, super::super::RULES, &mut lexicon);
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(rules.all.len() > 100);
        assert!(rules.n_ops() < 20_000, "{} steps: the patterns have grown out of hand", rules.n_ops());
    }

    #[test]
    fn whatever_is_passed_over_begins_no_rule() {
        let mut lexicon = Lexicon::default();
        let rules = Rules::english(&mut lexicon);
        assert!(rules.behind.len() < usize::from(u8::MAX), "{}", rules.behind.len());
        let text =
            "In the last days of May, on 3 June 1990 at 5:30 p.m. – the second, in March’s end: ’45. Two";
        let tokens = tokenize(text, &lexicon);
        let mask = |at: usize| tokens.get(at).map_or(0, |token| rules.words.mask_of(token, text));
        for at in 0..tokens.len() {
            let mut begins = false;
            rules.beginning((mask(at), mask(at + 1), Mask::MAX), |_, _| begins = true);
            let is_passed_over = rules.next_beginning(&tokens, text, at) != Some(at);
            assert!(!(begins && is_passed_over), "{}", tokens[at].text(text));
            let is_word = tokens[at].is_word();
            assert!(begins || is_passed_over || !is_word, "{}: tried for nothing", tokens[at].text(text));
        }
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
