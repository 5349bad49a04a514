//! Patterns of `time-rules.txt` compiled into small programs over token classes.
//!
//! `word`, `{class}`, `{figure}` and signs stand for a token each (`{…}` keeps what it met); `( a | b )`
//! is a choice, `?` behind a thing makes it optional, `~` before it says that nothing stands between it
//! and the token before, `<name>` is another pattern, `^` and `$` are where the mention begins and ends
//! if not at the ends of the pattern. No repetition: a match takes bounded time.

use std::collections::BTreeMap;

use super::figures::Figure;
use super::words::{Beside, Class, Mask, Words, class_of_sign, literal_bit};
use crate::extract::word::{Lexicon, WordIx};

/// What one step must meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Test {
    Class(Class),
    Figure(Figure),
    Word(WordIx),
    Sign(char),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Op {
    /// Go on at both, the first preferred.
    Split(u16, u16),
    Jump(u16),
    Take {
        test: Test,
        is_joined: bool,
    },
    Begin,
    End,
    Done,
}

impl Op {
    /// The same, so many steps further on.
    fn moved(self, by: usize) -> Self {
        let to = |pc: u16| usize::from(pc).wrapping_add(by) as u16;
        match self {
            Self::Split(a, b) => Self::Split(to(a), to(b)),
            Self::Jump(pc) => Self::Jump(to(pc)),
            op => op,
        }
    }
}

/// A compiled pattern. All jumps go forward.
#[derive(Debug, Clone, Default)]
pub(super) struct Program {
    pub ops: Vec<Op>,
    /// For each step: the classes that can be met next from there; all, if it may end there.
    pub next: Vec<Mask>,
    /// The steps that can take the first token.
    pub starts: Vec<Start>,
}

/// A way to begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Start {
    pub pc: u16,
    pub first: Mask,
    /// The classes of the second token, which may be of the same figure; all, where there need be none.
    pub second: Mask,
    /// Of the third, likewise.
    pub third: Mask,
}

/// What a pattern may name.
pub(super) struct Names<'n> {
    pub fragments: &'n BTreeMap<&'static str, &'static str>,
    pub lexicon: &'n mut Lexicon,
    pub words: &'n mut Words,
    /// The bits of the literal words met so far.
    pub literals: &'n mut BTreeMap<WordIx, Mask>,
    /// The steps of the patterns met so far, from 0: many rules hold a date.
    pub compiled: &'n mut BTreeMap<&'static str, Vec<Op>>,
}

/// Compiles a pattern, or says what is wrong with it.
pub(super) fn compile(pattern: &str, names: &mut Names) -> Result<Program, String> {
    let mut compiler = Compiler { names, ops: Vec::with_capacity(64), depth: 0 };
    compiler.choice(&mut Reader { rest: pattern })?;
    compiler.ops.push(Op::Done);
    let ops = without_idle_jumps(&compiler.ops);
    let next = next_masks(&ops, names);
    let starts = starts(&ops, &next, names);
    Ok(Program { ops, next, starts })
}

/// The same steps without jumps to the next one, which optional things leave behind.
fn without_idle_jumps(ops: &[Op]) -> Vec<Op> {
    let is_idle = |(pc, op): (usize, &Op)| matches!(op, Op::Jump(to) if usize::from(*to) == pc + 1);
    let mut n_kept = 0;
    let mut moved: Vec<u16> = Vec::with_capacity(ops.len() + 1);
    for step in ops.iter().enumerate() {
        moved.push(n_kept);
        n_kept += u16::from(!is_idle(step));
    }
    moved.push(n_kept);
    let to = |pc: u16| moved.get(usize::from(pc)).copied().unwrap_or(n_kept);
    ops.iter()
        .enumerate()
        .filter(|step| !is_idle(*step))
        .map(|(_, op)| match *op {
            Op::Split(a, b) => Op::Split(to(a), to(b)),
            Op::Jump(pc) => Op::Jump(to(pc)),
            op => op,
        })
        .collect()
}

fn next_masks(ops: &[Op], names: &Names) -> Vec<Mask> {
    let mut next = vec![Mask::MAX; ops.len() + 1];
    for (pc, op) in ops.iter().enumerate().rev() {
        let at = |pc: usize| next.get(pc).copied().unwrap_or(Mask::MAX);
        let mask = match op {
            Op::Done => Mask::MAX,
            Op::Jump(to) => at(usize::from(*to)),
            Op::Begin | Op::End => at(pc + 1),
            Op::Split(a, b) => at(usize::from(*a)) | at(usize::from(*b)),
            Op::Take { test, .. } => match test {
                Test::Class(class) => class.bit(),
                Test::Figure(figure) => figure.mask(),
                Test::Word(word) => names.literals.get(word).copied().unwrap_or(Mask::MAX),
                Test::Sign(sign) => class_of_sign(*sign).bit(),
            },
        };
        if let Some(slot) = next.get_mut(pc) {
            *slot = mask;
        }
    }
    next
}

/// The steps that take the next token from here, those behind choices and marks.
fn takes(ops: &[Op], from: usize) -> Vec<(usize, Test)> {
    let mut takes = Vec::new();
    let mut seen = vec![false; ops.len()];
    let mut open = vec![from];
    while let Some(pc) = open.pop() {
        match seen.get_mut(pc) {
            Some(seen) if !*seen => *seen = true,
            _ => continue,
        }
        match ops.get(pc) {
            None | Some(Op::Done) => {}
            Some(Op::Jump(to)) => open.push(usize::from(*to)),
            Some(Op::Begin | Op::End) => open.push(pc + 1),
            Some(Op::Split(a, b)) => open.extend([usize::from(*b), usize::from(*a)]),
            Some(Op::Take { test, .. }) => takes.push((pc, *test)),
        }
    }
    takes
}

fn starts(ops: &[Op], next: &[Mask], names: &Names) -> Vec<Start> {
    let is_small = |word: WordIx| {
        names.words.is_beside(word, Beside::And) || names.words.is_beside(word, Beside::PluralS)
    };
    let small =
        names.literals.iter().filter(|(word, _)| is_small(**word)).fold(0, |all, (_, mask)| all | mask);
    let at = |pc: usize| next.get(pc).copied().unwrap_or(Mask::MAX);
    // What can follow the first token of a step: what the step goes on with, and what comes after it.
    let second = |pc: usize, test: Test| match test {
        Test::Figure(figure) if figure.is_several() => figure.second(small),
        Test::Figure(figure) => at(pc + 1) | figure.second(small),
        _ => at(pc + 1),
    };
    let start = |(pc, test): (usize, Test)| {
        // Behind a step of one token, and behind one of two or more.
        let after_one = takes(ops, pc + 1).into_iter().fold(0, |all, (pc, test)| all | second(pc, test));
        let third = match test {
            Test::Figure(figure) if figure.second(small) != 0 => {
                let after_two = at(pc + 1) | figure.third(small);
                if figure.is_several() { after_two } else { after_one | after_two }
            }
            _ if at(pc + 1) == Mask::MAX => Mask::MAX,
            _ => after_one,
        };
        Start { pc: pc as u16, first: at(pc), second: second(pc, test), third }
    };
    takes(ops, 0).into_iter().map(start).collect()
}

struct Compiler<'c, 'n> {
    names: &'c mut Names<'n>,
    ops: Vec<Op>,
    depth: usize,
}

struct Reader<'r> {
    rest: &'r str,
}

impl<'r> Reader<'r> {
    fn peek(&mut self) -> Option<char> {
        self.rest = self.rest.trim_start();
        self.rest.chars().next()
    }

    fn eat(&mut self, c: char) -> bool {
        let is_next = self.peek() == Some(c);
        if is_next {
            self.rest = self.rest.get(c.len_utf8()..).unwrap_or("");
        }
        is_next
    }

    fn until(&mut self, close: char) -> Result<&'r str, String> {
        let (name, rest) =
            self.rest.split_once(close).ok_or_else(|| format!("‘{close}’ is missing in ‘{}’", self.rest))?;
        self.rest = rest;
        Ok(name)
    }

    fn word(&mut self) -> &'r str {
        let end = self.rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word
    }
}

impl Compiler<'_, '_> {
    fn choice(&mut self, reader: &mut Reader) -> Result<(), String> {
        let mut ends = Vec::new();
        loop {
            let split = self.ops.len();
            self.ops.push(Op::Jump(split as u16 + 1));
            self.sequence(reader)?;
            if !reader.eat('|') {
                break;
            }
            ends.push(self.ops.len());
            self.ops.push(Op::Done);
            let next = self.ops.len() as u16;
            if let Some(op) = self.ops.get_mut(split) {
                *op = Op::Split(split as u16 + 1, next);
            }
        }
        let end = self.ops.len() as u16;
        for at in ends {
            if let Some(op) = self.ops.get_mut(at) {
                *op = Op::Jump(end);
            }
        }
        Ok(())
    }

    fn sequence(&mut self, reader: &mut Reader) -> Result<(), String> {
        while let Some(c) = reader.peek() {
            if c == ')' || c == '|' {
                break;
            }
            let start = self.ops.len();
            self.ops.push(Op::Jump(start as u16 + 1));
            self.thing(reader)?;
            if reader.eat('?') {
                let end = self.ops.len() as u16;
                if let Some(op) = self.ops.get_mut(start) {
                    *op = Op::Split(start as u16 + 1, end);
                }
            }
        }
        Ok(())
    }

    fn thing(&mut self, reader: &mut Reader) -> Result<(), String> {
        let is_joined = reader.eat('~');
        if reader.eat('(') {
            self.choice(reader)?;
            return if reader.eat(')') { Ok(()) } else { Err("a bracket is not closed".to_owned()) };
        }
        if reader.eat('<') {
            let name = reader.until('>')?;
            let known = self.names.fragments.get_key_value(name);
            let (name, fragment) = known.ok_or_else(|| format!("no pattern <{name}>"))?;
            let base = self.ops.len();
            if let Some(known) = self.names.compiled.get(*name) {
                self.ops.extend(known.iter().map(|op| op.moved(base)));
                return Ok(());
            }
            self.depth += 1;
            if self.depth > 8 {
                return Err(format!("<{name}> is within itself"));
            }
            let mut inner = Reader { rest: fragment };
            self.choice(&mut inner)?;
            self.depth -= 1;
            if inner.peek().is_some() {
                return Err(format!("<{name}>: ‘{}’", inner.rest));
            }
            let own = self.ops.get(base..).unwrap_or_default();
            self.names
                .compiled
                .insert(*name, own.iter().map(|op| op.moved(0_usize.wrapping_sub(base))).collect());
            return Ok(());
        }
        let op = if reader.eat('{') {
            let name = reader.until('}')?;
            let test = Figure::named(name)
                .map(Test::Figure)
                .or_else(|| Class::named(name).map(Test::Class))
                .ok_or_else(|| format!("no class {{{name}}}"))?;
            Op::Take { test, is_joined }
        } else if reader.eat('^') {
            Op::Begin
        } else if reader.eat('$') {
            Op::End
        } else if reader.eat('\\') {
            let Some(sign) = reader.peek() else { return Err("it ends with ‘\\’".to_owned()) };
            reader.eat(sign);
            Op::Take { test: Test::Sign(sign), is_joined }
        } else if reader.eat('-') {
            Op::Take { test: Test::Class(Class::Dash), is_joined }
        } else {
            let word = reader.word();
            if word.is_empty() {
                let Some(sign) = reader.peek() else { return Err("it ends with ‘~’".to_owned()) };
                reader.eat(sign);
                Op::Take { test: Test::Sign(sign), is_joined }
            } else {
                let word = self.names.lexicon.add(word);
                let known = self.names.literals.get(&word).copied();
                let bit = known.unwrap_or_else(|| self.new_bit(word));
                self.names.words.add_literal(word, bit);
                Op::Take { test: Test::Word(word), is_joined }
            }
        };
        self.ops.push(op);
        Ok(())
    }

    fn new_bit(&mut self, word: WordIx) -> Mask {
        let words = &*self.names.words;
        let is_frequent = words.is_beside(word, Beside::Frequent);
        let of_kind = |known: &&WordIx| words.is_beside(**known, Beside::Frequent) == is_frequent;
        let n_known = self.names.literals.keys().filter(of_kind).count() as u32;
        let bit = literal_bit(n_known, is_frequent);
        self.names.literals.insert(word, bit);
        bit
    }
}
