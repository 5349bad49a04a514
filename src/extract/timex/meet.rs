//! A rule tried at a token: the longest way through its pattern, and what was met on it.

use super::figures::Reader;
use super::pattern::Test;
use super::program::Programs;
use super::rules::{Means, Rule};
use super::words::{Class, Mask};
use crate::extract::steps;
use crate::extract::token::Token;

/// What a step met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Capture {
    pub test: Test,
    pub value: i32,
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
        let nothing = Capture { test: Test::Class(Class::Sign), value: 0 };
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
///
/// `captures` is memory to be used.
pub(super) fn meet<'r>(
    (rule, step): (&'r Rule, u16),
    programs: &Programs,
    reader: &Reader,
    at: usize,
    mask: Mask,
    captures: &mut Captures,
) -> Option<Met<'r>> {
    captures.n = 0;
    let mut run = Run { reader, programs, start: at, captures, best: None };
    run.go(step, at, mask, State { begin: at, end: None, first_capture: 0 });
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

struct Run<'r, 'c> {
    reader: &'r Reader<'r>,
    programs: &'r Programs,
    start: usize,
    /// Those on the way that is being tried.
    captures: &'c mut Captures,
    best: Option<(usize, State, Captures)>,
}

impl Run<'_, '_> {
    /// Takes a token of these classes, and goes on behind it in every way that the next allows.
    fn go(&mut self, step: u16, at: usize, mask: Mask, state: State) {
        steps::count();
        let from = step;
        let Some(step) = self.programs.step(from) else { return };
        let Some(token) = self.reader.token(at) else { return };
        if step.is_joined && !token.is_joined {
            return;
        }
        let Some((n, value)) = self.take(step.test, token, at, mask) else { return };
        if at > self.start && token.begins_line && self.reader.begins_anew(at) {
            return;
        }
        if let Some(value) = value {
            self.captures.push(Capture { test: step.test, value });
        }
        let n_captures = self.captures.n;
        let at = at + n;
        let mask = self.reader.mask(at);
        for way in self.programs.moves(step, mask) {
            self.captures.n = n_captures;
            let mut state = state;
            if way.begins {
                state.begin = at;
                state.first_capture = n_captures;
            }
            if way.ends {
                state.end = Some(at);
            }
            match way.from(from) {
                Some(step) => self.go(step, at, mask, state),
                None if self.best.as_ref().is_none_or(|(end, ..)| at > *end) => {
                    self.best = Some((at, state, *self.captures));
                }
                None => {}
            }
        }
    }

    fn take(&self, test: Test, token: &Token, at: usize, mask: Mask) -> Option<(usize, Option<i32>)> {
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
