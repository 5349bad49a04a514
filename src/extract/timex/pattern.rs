//! Patterns of `time-rules.txt` compiled into small programs over token classes.
//!
//! `word`, `{class}`, `{figure}` and signs stand for a token each (`{…}` keeps what it met); `( a | b )`
//! is a choice, `?` behind a thing makes it optional, `~` before it says that nothing stands between it
//! and the token before, `<name>` is another pattern, `^` and `$` are where the mention begins and ends
//! if not at the ends of the pattern. No repetition: a match takes bounded time.

use std::collections::BTreeMap;

use super::figures::Figure;
use super::words::{Class, Mask, Words, literal_bit};
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

/// A compiled pattern.
#[derive(Debug, Clone, Default)]
pub(super) struct Program {
    pub ops: Vec<Op>,
    /// Ways to begin: classes of the first token, and those that must then come second (all, where one
    /// token may be enough or a figure may take several).
    pub starts: Vec<(Mask, Mask)>,
}

/// What a pattern may name.
pub(super) struct Names<'n> {
    pub fragments: &'n BTreeMap<&'n str, &'n str>,
    pub lexicon: &'n mut Lexicon,
    pub words: &'n mut Words,
    /// The bits of the literal words met so far.
    pub literals: &'n mut BTreeMap<WordIx, Mask>,
}

/// Compiles a pattern, or says what is wrong with it.
pub(super) fn compile(pattern: &str, names: &mut Names) -> Result<Program, String> {
    let mut compiler = Compiler { names, ops: Vec::with_capacity(32), depth: 0 };
    compiler.choice(&mut Reader { rest: pattern })?;
    compiler.ops.push(Op::Done);
    let mut program = Program { ops: compiler.ops, ..Program::default() };
    let (mut after, mut seen) = (Vec::new(), Vec::new());
    steps(&program.ops, 0, names, &mut after, &mut seen);
    let mut later = Vec::new();
    for (first, pc) in after {
        let second = if let Some(pc) = pc {
            seen.clear();
            later.clear();
            let may_end = steps(&program.ops, pc, names, &mut later, &mut seen);
            if may_end { Mask::MAX } else { later.iter().fold(0, |all, (mask, _)| all | mask) }
        } else {
            Mask::MAX
        };
        match program.starts.iter_mut().find(|(known, _)| *known == first) {
            Some((_, known)) => *known |= second,
            None => program.starts.push((first, second)),
        }
    }
    Ok(program)
}

/// What can be met next from `pc`, with where it goes on behind it (`None` where a figure may take any
/// number of tokens); may the pattern end there?
fn steps(
    ops: &[Op],
    pc: usize,
    names: &Names,
    after: &mut Vec<(Mask, Option<usize>)>,
    seen: &mut Vec<usize>,
) -> bool {
    if seen.contains(&pc) {
        return false;
    }
    seen.push(pc);
    match ops.get(pc) {
        None | Some(Op::Done) => true,
        Some(Op::Jump(to)) => steps(ops, usize::from(*to), names, after, seen),
        Some(Op::Begin | Op::End) => steps(ops, pc + 1, names, after, seen),
        Some(Op::Split(a, b)) => {
            let ends = steps(ops, usize::from(*a), names, after, seen);
            steps(ops, usize::from(*b), names, after, seen) || ends
        }
        Some(Op::Take { test, .. }) => {
            let (mask, next) = match test {
                Test::Class(class) => (class.bit(), Some(pc + 1)),
                Test::Figure(figure) => (figure.mask(), None),
                Test::Word(word) => (names.literals.get(word).copied().unwrap_or(Mask::MAX), Some(pc + 1)),
                Test::Sign(_) => (Class::Sign.bit(), Some(pc + 1)),
            };
            after.push((mask, next));
            false
        }
    }
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
            let fragment = *self.names.fragments.get(name).ok_or_else(|| format!("no pattern <{name}>"))?;
            self.depth += 1;
            if self.depth > 8 {
                return Err(format!("<{name}> is within itself"));
            }
            let mut inner = Reader { rest: fragment };
            self.choice(&mut inner)?;
            self.depth -= 1;
            return if inner.peek().is_none() {
                Ok(())
            } else {
                Err(format!("<{name}>: ‘{}’", inner.rest))
            };
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
                let n_known = self.names.literals.len() as u32;
                let bit = *self.names.literals.entry(word).or_insert_with(|| literal_bit(n_known));
                self.names.words.add_literal(word, bit);
                Op::Take { test: Test::Word(word), is_joined }
            }
        };
        self.ops.push(op);
        Ok(())
    }
}
