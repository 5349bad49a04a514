//! The rules of `assets/lang/en/time-rules.txt`: compiled patterns, what they mean, and where to try them.

use std::collections::BTreeMap;

use super::beginnings::{Beginnings, Pairs};
use super::pattern::{Names, compile};
use super::program::{Programs, Start};
use super::sorts::Sort;
use super::tried::Tried;
use super::words::Words;
use crate::extract::language::lists;
use crate::extract::token::Token;
use crate::extract::word::Lexicon;

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
    pub starts: Vec<Start>,
}

/// All rules of one language.
#[derive(Debug)]
pub struct Rules {
    pub(super) words: Words,
    pub(super) all: Vec<Rule>,
    pub(super) programs: Programs,
    beginnings: Beginnings,
    pairs: Pairs,
    tried: Tried,
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
        let mut programs = Programs::default();
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
            let starts = match compile(pattern.trim(), &mut names, &mut programs) {
                Ok(starts) => starts,
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
                starts,
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
        words.sort_out();
        let beginnings = Beginnings::of(&compiled);
        let pairs = Pairs::of(words.sorts(), &beginnings);
        (Self { words, all: compiled, programs, beginnings, pairs, tried: Tried::default() }, wrong)
    }

    /// The first position from `at` on where a token can begin any, going by it and the next.
    #[inline]
    pub(super) fn next_beginning(&self, tokens: &[Token], text: &str, at: usize) -> Option<usize> {
        let sorts = self.words.sorts();
        let mut rest = tokens.get(at..)?.iter();
        let mut sort = sorts.of(rest.next()?, text);
        let mut at = at;
        for next in rest {
            let next = sorts.of(next, text);
            if self.pairs.can_begin(sort, next) {
                return Some(at);
            }
            sort = next;
            at += 1;
        }
        self.pairs.can_begin(sort, Sort::NONE).then_some(at)
    }

    /// Tries the rules that can begin with a token of this sort, if the next two are of those, each with
    /// the step that takes the first.
    #[inline]
    pub(super) fn beginning<'r>(&'r self, sorts: [Sort; 3], mut each: impl FnMut((&'r Rule, u16))) {
        let [first, second, third] = sorts;
        let mask = |sort: Sort| self.words.sorts().mask(sort);
        let work_out = || self.beginnings.of_tokens(&self.programs, mask(first), mask(second));
        self.tried.of([first, second], work_out, |trials| {
            for (rule, step) in trials.before(mask(third)) {
                if let Some(rule) = self.all.get(usize::from(rule)) {
                    each((rule, step));
                }
            }
        });
    }

    #[cfg(test)]
    pub(super) fn beginnings(&self) -> &Beginnings {
        &self.beginnings
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
        let n_moves = rules.programs.n_moves();
        assert!(n_moves < 20_000, "{n_moves} moves: the patterns have grown out of hand");
    }

    #[test]
    fn whatever_is_passed_over_begins_no_rule() {
        let mut lexicon = Lexicon::default();
        let rules = Rules::english(&mut lexicon);
        let text =
            "In the last days of May, on 3 June 1990 at 5:30 p.m. – the second, in March’s end: ’45. Two";
        let tokens = tokenize(text, &lexicon);
        let mask = |at: usize| tokens.get(at).map_or(0, |token| rules.words.mask_of(token, text));
        for at in 0..tokens.len() {
            let trials = rules.beginnings.of_tokens(&rules.programs, mask(at), mask(at + 1));
            let begins = trials.before(super::super::words::Mask::MAX).next().is_some();
            let is_passed_over = rules.next_beginning(&tokens, text, at) != Some(at);
            assert_eq!(begins, !is_passed_over, "{}", tokens[at].text(text));
        }
    }

    #[test]
    fn a_rule_that_is_met_is_tried() {
        use super::super::figures::Reader;
        use super::super::meet::{Captures, meet};
        use crate::extract::{Language, Setting, Source};
        use crate::progress::Progress;

        let english = Language::english();
        let rules = &english.timex;
        let text = "On 3 June 1990, at 5:30 p.m., 1,500 men left; 2 1/2 hours later, in the early 1980s, between \
                    May 3-5, 1918, twenty-five years and three days ago, the 21st of last month came. 7/8/07. \
                    Two and a half weeks before the end of March 44 B.C. it was 9/11, the day after tomorrow.";
        let tokens = tokenize(text, &english.lexicon);
        let sentences = crate::extract::sentence::sentences(text, &tokens, &[], english);
        let setting = Setting { text, headings: &[], document_date: None };
        let progress = Progress::default();
        let source = Source {
            setting: &setting,
            tokens: &tokens,
            sentences: &sentences,
            language: english,
            progress: &progress,
        };
        let reader = Reader { source: &source, words: &rules.words };
        let mut captures = Captures::none();
        let mut n_met = 0;
        for at in 0..tokens.len() {
            let mut tried = Vec::new();
            rules.beginning([at, at + 1, at + 2].map(|at| reader.sort(at)), |(rule, step)| {
                tried.push((rule.name, step));
            });
            for (rule, start) in
                rules.all.iter().flat_map(|rule| rule.starts.iter().map(move |start| (rule, start)))
            {
                let met =
                    meet((rule, start.step), &rules.programs, &reader, at, reader.mask(at), &mut captures);
                if met.is_some() {
                    n_met += 1;
                    assert!(tried.contains(&(rule.name, start.step)), "{} at {at}", rule.name);
                }
            }
        }
        assert!(n_met > 40, "{n_met}");
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
