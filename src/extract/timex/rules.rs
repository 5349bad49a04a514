//! The rules of `assets/lang/en/time-rules.txt`: compiled patterns, what they mean, and where to try them.

use std::collections::BTreeMap;

use super::figures::Reader;
use super::pattern::{Names, Op, Program, Start, Test, compile};
use super::words::{Class, Mask, Words};
use crate::extract::language::lists;
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
    /// A value that is always the same: "PAST_REF", "12-25".
    pub value: Option<&'static str>,
    pub only_in_history: bool,
    pub only_in_news: bool,
    pub is_name: bool,
    pub program: Program,
}

/// The rules that can begin with a class, each with what must come second.
#[derive(Debug, Clone, Default)]
struct Beginning {
    starts: Vec<(u16, Start)>,
    /// Of any of them.
    second: Mask,
}

/// All rules of one language.
#[derive(Debug)]
pub struct Rules {
    pub(super) words: Words,
    pub(super) rules: Vec<Rule>,
    /// For each bit of a [`Mask`]: the rules that can begin with it.
    by_bit: Vec<Beginning>,
    /// What can begin any.
    pub(super) first: Mask,
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
        let fragments: BTreeMap<&str, &str> =
            lines().filter(|(section, ..)| *section == "pattern").map(|(_, name, p)| (name, p)).collect();
        let mut literals = BTreeMap::new();
        let mut compiled = Vec::with_capacity(220);
        let mut wrong = Vec::new();
        for (section, name, line) in lines().filter(|(section, ..)| *section != "pattern") {
            let Some(means) = Means::named(section) else {
                wrong.push(format!("[{section}] is not known"));
                continue;
            };
            let (pattern, flags) = line.split_once('@').unwrap_or((line, ""));
            let mut names =
                Names { fragments: &fragments, lexicon, words: &mut words, literals: &mut literals };
            // Any holiday may say its year.
            let with_year = format!("({pattern}) ( ,? {{year}} )?");
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
                only_in_news: false,
                is_name: false,
                program,
            };
            for flag in flags.split('@').map(str::trim).filter(|flag| !flag.is_empty()) {
                match flag {
                    "history" => rule.only_in_history = true,
                    "news" => rule.only_in_news = true,
                    "name" => rule.is_name = true,
                    _ if flag.starts_with('=') => rule.value = flag.get(1..),
                    _ => rule.guard = Some(flag),
                }
            }
            compiled.push(rule);
        }
        let mut all = Self {
            words,
            rules: compiled,
            by_bit: vec![Beginning::default(); Mask::BITS as usize],
            first: 0,
        };
        all.index();
        (all, wrong)
    }

    fn index(&mut self) {
        for (n, rule) in self.rules.iter().enumerate() {
            for start in &rule.program.starts {
                let mut rest = start.first;
                self.first |= rest;
                while rest != 0 {
                    let bit = rest.trailing_zeros() as usize;
                    rest &= rest - 1;
                    if let Some(by_bit) = self.by_bit.get_mut(bit) {
                        by_bit.second |= start.second;
                        by_bit.starts.push((n as u16, *start));
                    }
                }
            }
        }
    }

    /// The rules that can begin with a token of these classes, if the next has those, each with the step
    /// that takes the first.
    #[inline]
    pub(super) fn beginning(&self, mask: Mask, next: Mask) -> impl Iterator<Item = (&Rule, u16)> {
        let fits = move |second: Mask| second & next != 0 || second == Mask::MAX;
        let mut rest = mask & self.first;
        std::iter::from_fn(move || {
            (rest != 0).then(|| {
                let bit = rest.trailing_zeros() as usize;
                rest &= rest - 1;
                bit
            })
        })
        .filter_map(|bit| self.by_bit.get(bit))
        .filter(move |by_bit| fits(by_bit.second))
        .flat_map(|by_bit| &by_bit.starts)
        .filter(move |(_, start)| fits(start.second))
        .filter_map(|(n, start)| self.rules.get(usize::from(*n)).map(|rule| (rule, start.pc)))
    }

    /// Steps of all programs together.
    #[cfg(test)]
    pub(super) fn n_ops(&self) -> usize {
        self.rules.iter().map(|rule| rule.program.ops.len()).sum()
    }
}

/// What a step met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Capture {
    pub test: Test,
    pub value: i32,
    /// The position of its first token.
    pub at: usize,
}

/// The parts of a match, in the order met.
#[derive(Debug, Clone, Copy)]
pub(super) struct Captures {
    all: [Capture; Self::MOST],
    n: usize,
}

impl Captures {
    const MOST: usize = 10;

    pub fn none() -> Self {
        let nothing = Capture { test: Test::Class(Class::Sign), value: 0, at: 0 };
        Self { all: [nothing; Self::MOST], n: 0 }
    }

    pub fn iter(&self) -> impl Iterator<Item = &Capture> {
        self.all.iter().take(self.n)
    }

    /// Without the first `n`.
    fn from(mut self, n: usize) -> Self {
        self.all.copy_within(n.min(Self::MOST).., 0);
        self.n = self.n.saturating_sub(n);
        self
    }

    fn push(&mut self, capture: Capture) {
        if let Some(slot) = self.all.get_mut(self.n) {
            *slot = capture;
            self.n += 1;
        }
    }
}

/// A rule met in a text. Positions are of tokens, the end not included.
#[derive(Debug, Clone, Copy)]
pub(super) struct Met<'r> {
    pub rule: &'r Rule,
    /// As the rule says, unless the surroundings tell otherwise.
    pub means: Means,
    pub start: usize,
    pub end: usize,
    /// Of all that was read, which may be more than the mention.
    pub read_to: usize,
    pub captures: Captures,
}

/// Tries one rule at a token, from a step of its pattern; the longest way through.
pub(super) fn meet<'r>(rule: &'r Rule, pc: u16, reader: &Reader, at: usize) -> Option<Met<'r>> {
    let mut run = Run { reader, program: &rule.program, start: at, captures: Captures::none(), best: None };
    run.go(usize::from(pc), at, State { begin: at, end: None, first_capture: 0 });
    let (read_to, state, captures) = run.best?;
    let end = state.end.unwrap_or(read_to);
    (end > state.begin).then_some(Met {
        rule,
        means: rule.means,
        start: state.begin,
        end,
        read_to,
        captures: captures.from(state.first_capture),
    })
}

#[derive(Debug, Clone, Copy)]
struct State {
    begin: usize,
    end: Option<usize>,
    first_capture: usize,
}

struct Run<'r> {
    reader: &'r Reader<'r>,
    program: &'r Program,
    start: usize,
    /// Those on the way that is being tried.
    captures: Captures,
    best: Option<(usize, State, Captures)>,
}

impl Run<'_> {
    fn go(&mut self, mut pc: usize, mut at: usize, mut state: State) {
        let mut mask = self.reader.mask(at);
        loop {
            match self.program.ops.get(pc) {
                None | Some(Op::Done) => {
                    if at > self.start && self.best.as_ref().is_none_or(|(end, ..)| at > *end) {
                        self.best = Some((at, state, self.captures));
                    }
                    return;
                }
                Some(Op::Jump(to)) => pc = usize::from(*to),
                Some(Op::Split(a, b)) => {
                    let fits = |pc: u16| {
                        self.program
                            .next
                            .get(usize::from(pc))
                            .is_some_and(|next| *next == Mask::MAX || next & mask != 0)
                    };
                    match (fits(*a), fits(*b)) {
                        (true, true) => {
                            let n = self.captures.n;
                            self.go(usize::from(*a), at, state);
                            self.captures.n = n;
                            pc = usize::from(*b);
                        }
                        (true, false) => pc = usize::from(*a),
                        (false, true) => pc = usize::from(*b),
                        (false, false) => return,
                    }
                }
                Some(Op::Begin) => {
                    // What stands before is only the surroundings.
                    state.begin = at;
                    state.first_capture = self.captures.n;
                    pc += 1;
                }
                Some(Op::End) => {
                    state.end = Some(at);
                    pc += 1;
                }
                Some(Op::Take { test, is_joined }) => {
                    let Some(token) = self.reader.token(at) else { return };
                    if *is_joined && !token.is_joined {
                        return;
                    }
                    let Some((n, value)) = self.take(*test, at, mask) else { return };
                    if at > self.start && token.begins_line && self.reader.begins_anew(at) {
                        return;
                    }
                    if let Some(value) = value {
                        self.captures.push(Capture { test: *test, value, at });
                    }
                    at += n;
                    pc += 1;
                    mask = self.reader.mask(at);
                }
            }
        }
    }

    fn take(&self, test: Test, at: usize, mask: Mask) -> Option<(usize, Option<i32>)> {
        let token = self.reader.token(at)?;
        match test {
            Test::Word(word) => (token.word == word).then_some((1, None)),
            Test::Sign(sign) => {
                let is_it = token.is_sign(self.reader.text(), sign)
                    || (sign == '\'' && matches!(token.text(self.reader.text()), "’" | "‘" | "`"));
                is_it.then_some((1, None))
            }
            Test::Class(Class::Dash) => (mask & Class::Dash.bit() != 0).then_some((1, None)),
            Test::Class(class) => {
                if mask & class.bit() == 0 {
                    return None;
                }
                let needs_capital = matches!(
                    class,
                    Class::Month | Class::MonthShort | Class::Weekday | Class::WeekdayShort | Class::Weekdays
                );
                if needs_capital && !token.is_capitalised() {
                    return None;
                }
                let value = self.reader.value(at, class)?;
                Some((1, Some(value)))
            }
            Test::Figure(figure) => self.reader.read(figure, at).map(|(n, value)| (n, Some(value))),
        }
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
        assert!(rules.rules.len() > 100);
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
