//! Patterns of `time-rules.txt` read into steps over token classes, of which programs are made (`program`).
//!
//! `word`, `{class}`, `{figure}` and signs stand for a token each (`{…}` keeps what it met); `( a | b )`
//! is a choice, `?` behind a thing makes it optional, `~` before it says that nothing stands between it
//! and the token before, `<name>` is another pattern, `^` and `$` are where the mention begins and ends
//! if not at the ends of the pattern. No repetition: a match takes bounded time.

use std::collections::BTreeMap;

use super::figures::Figure;
use super::program::{Programs, Start};
use super::words::{Beside, Class, Mask, Words, literal_bit};
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

/// Adds the program of a pattern and gives the ways to begin it, or says what is wrong with it.
pub(super) fn compile(
    pattern: &str,
    names: &mut Names,
    programs: &mut Programs,
) -> Result<Vec<Start>, String> {
    let mut compiler = Compiler { names, ops: Vec::with_capacity(64), depth: 0 };
    compiler.choice(&mut Reader { rest: pattern })?;
    compiler.ops.push(Op::Done);
    let ops = compiler.ops;
    Ok(programs.add(&ops, names))
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
            let name = reader.word();
            if name.is_empty() {
                let Some(sign) = reader.peek() else { return Err("it ends with ‘~’".to_owned()) };
                reader.eat(sign);
                Op::Take { test: Test::Sign(sign), is_joined }
            } else {
                let word = self.names.lexicon.add(name);
                let known = self.names.literals.get(&word).copied();
                let bit = known.unwrap_or_else(|| self.new_bit(word));
                self.names.words.add_class(word, name, bit);
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
