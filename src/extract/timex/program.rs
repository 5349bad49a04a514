//! What a pattern becomes: the tokens that it takes one after another, and which may come next behind each.
//!
//! The ways from token to token are followed when the program is made, so that choices and marks cost nothing
//! while a text is read.

use super::masks::{MaskIx, Masks};
use super::pattern::{Names, Op, Test};
use super::words::{Beside, Mask, class_of_sign};
use crate::extract::word::WordIx;

/// The compiled patterns of all rules. All moves go forward.
///
/// Small, so that what is used of it stays in the nearest cache: masks, of which there are few, are kept apart.
#[derive(Debug, Default)]
pub(super) struct Programs {
    steps: Vec<Step>,
    moves: Vec<Move>,
    masks: Masks,
    /// Of each step.
    ahead: Vec<Ahead>,
}

/// A token, or several that make a figure, to be taken.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    pub test: Test,
    first_move: u16,
    n_moves: u8,
    pub is_joined: bool,
}

/// What can be done behind a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Move {
    /// The classes that the next token must have one of.
    next: MaskIx,
    /// How many steps further on it is taken; 0: the match ends here.
    by: u16,
    /// Here the mention begins: what stands before is only the surroundings.
    pub begins: bool,
    /// Here it ends.
    pub ends: bool,
}

impl Move {
    /// The step that comes behind one; `None`: the match ends.
    #[inline]
    pub fn from(self, step: u16) -> Option<u16> {
        (self.by != 0).then(|| step.wrapping_add(self.by))
    }
}

/// A way to begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Start {
    pub step: u16,
    pub first: Mask,
    /// The classes of the second token, which may be of the same figure; all, where there need be none.
    pub second: Mask,
}

/// What a step may be followed by, for those who look ahead.
#[derive(Debug, Clone, Copy)]
struct Ahead {
    /// The classes of the second token, as in [`Start`].
    second: Mask,
    /// Of these, those with which it is of the same figure.
    of_figure: Mask,
    /// The classes of the third, if the second is of the same figure.
    after_figure: Mask,
    /// The second always is.
    is_several: bool,
}

impl Programs {
    /// Adds the program of a pattern; the ways to begin it.
    pub fn add(&mut self, ops: &[Op], names: &Names) -> Vec<Start> {
        let pattern = Pattern::of(ops, names);
        let small = small_words(names);
        let first_step = self.steps.len();
        for (taken, n) in pattern.takes.iter().zip(0..) {
            let first_move = self.moves.len();
            for way in &taken.behind {
                let next = self.masks.add(pattern.mask_of(*way));
                let by = way.take.map_or(0, |take| (take - n) as u16);
                let new = Move { next, by, begins: way.begins, ends: way.ends };
                // The second of two equal ways leads nowhere else.
                if !self.moves.get(first_move..).unwrap_or_default().contains(&new) {
                    self.moves.push(new);
                }
            }
            let n_moves = (self.moves.len() - first_move) as u8;
            let first_move = first_move as u16;
            self.steps.push(Step { test: taken.test, first_move, n_moves, is_joined: taken.is_joined });
            self.ahead.push(pattern.ahead(taken, small));
        }
        let mut starts: Vec<Start> = Vec::new();
        for take in pattern.firsts.iter().filter_map(|way| way.take) {
            let step = (first_step + take) as u16;
            let (Some(taken), Some(ahead)) = (pattern.takes.get(take), self.ahead.get(usize::from(step)))
            else {
                continue;
            };
            if starts.iter().all(|known| known.step != step) {
                starts.push(Start { step, first: taken.mask, second: ahead.second });
            }
        }
        starts
    }

    /// The classes of the token after the next, if that has these classes; all, where there need be none.
    pub fn third(&self, step: u16, next: Mask) -> Mask {
        let at = usize::from(step);
        let (Some(taken), Some(ahead)) = (self.steps.get(at), self.ahead.get(at)) else { return 0 };
        let after_figure = if ahead.of_figure & next != 0 { ahead.after_figure } else { 0 };
        if ahead.is_several {
            return after_figure;
        }
        self.moves(taken, next).fold(after_figure, |third, way| {
            let second = way.from(step).and_then(|step| self.ahead.get(usize::from(step)));
            third | second.map_or(Mask::MAX, |ahead| ahead.second)
        })
    }

    #[inline]
    pub fn step(&self, step: u16) -> Option<&Step> {
        self.steps.get(usize::from(step))
    }

    /// What can be done behind a step if the next token has these classes, the preferred first.
    #[inline]
    pub fn moves(&self, step: &Step, mask: Mask) -> impl Iterator<Item = &Move> {
        let first = usize::from(step.first_move);
        let moves = self.moves.get(first..first + usize::from(step.n_moves)).unwrap_or_default();
        moves.iter().filter(move |way| self.masks.fits(way.next, mask))
    }

    #[cfg(test)]
    pub fn n_moves(&self) -> usize {
        self.moves.len()
    }
}

/// "and" and "s", which go on with figures.
fn small_words(names: &Names) -> Mask {
    let is_small = |word: WordIx| {
        names.words.is_beside(word, Beside::And) || names.words.is_beside(word, Beside::PluralS)
    };
    names.literals.iter().filter(|(word, _)| is_small(**word)).fold(0, |all, (_, mask)| all | mask)
}

/// A pattern as the tokens that it takes, in order, and the ways from each to the next.
struct Pattern {
    takes: Vec<Taken>,
    /// To the first token.
    firsts: Vec<Way>,
}

struct Taken {
    test: Test,
    is_joined: bool,
    /// The classes with which the test can be met.
    mask: Mask,
    /// The preferred first.
    behind: Vec<Way>,
}

#[derive(Debug, Clone, Copy)]
struct Way {
    /// Which token is taken next; `None`: the pattern ends.
    take: Option<usize>,
    begins: bool,
    ends: bool,
}

impl Pattern {
    fn of(ops: &[Op], names: &Names) -> Self {
        let mut n_before = 0;
        let numbers: Vec<usize> = ops
            .iter()
            .map(|op| {
                let n = n_before;
                n_before += usize::from(matches!(op, Op::Take { .. }));
                n
            })
            .collect();
        let ways_from = |pc: usize| {
            let mut ways = Vec::new();
            follow(ops, &numbers, pc, Way { take: None, begins: false, ends: false }, &mut ways);
            ways
        };
        let takes = (0..).zip(ops).filter_map(|(pc, op)| match op {
            Op::Take { test, is_joined } => Some(Taken {
                test: *test,
                is_joined: *is_joined,
                mask: mask_of(*test, names),
                behind: ways_from(pc + 1),
            }),
            _ => None,
        });
        Self { takes: takes.collect(), firsts: ways_from(0) }
    }

    /// The classes that a token must have one of to go a way; all, where the pattern ends.
    fn mask_of(&self, way: Way) -> Mask {
        way.take.map_or(Mask::MAX, |take| self.takes.get(take).map_or(0, |taken| taken.mask))
    }

    /// The classes of what can follow a token; all, if nothing need.
    fn next(&self, taken: &Taken) -> Mask {
        taken.behind.iter().fold(0, |next, way| next | self.mask_of(*way))
    }

    fn ahead(&self, taken: &Taken, small: Mask) -> Ahead {
        let next = self.next(taken);
        let Test::Figure(figure) = taken.test else {
            return Ahead { second: next, of_figure: 0, after_figure: 0, is_several: false };
        };
        let of_figure = figure.second(small);
        let is_several = figure.is_several();
        let second = if is_several { of_figure } else { next | of_figure };
        Ahead { second, of_figure, after_figure: next | figure.third(small), is_several }
    }
}

/// Adds the ways from a position to the next token; `numbers` are of the tokens taken before each. Jumps go
/// forward, so this ends.
fn follow(ops: &[Op], numbers: &[usize], mut pc: usize, mut way: Way, ways: &mut Vec<Way>) {
    loop {
        match ops.get(pc) {
            None | Some(Op::Done) => return ways.push(Way { take: None, ..way }),
            Some(Op::Take { .. }) => return ways.push(Way { take: numbers.get(pc).copied(), ..way }),
            Some(Op::Jump(to)) => pc = usize::from(*to),
            Some(Op::Split(a, b)) => {
                follow(ops, numbers, usize::from(*a), way, ways);
                pc = usize::from(*b);
            }
            Some(Op::Begin) => {
                way.begins = true;
                pc += 1;
            }
            Some(Op::End) => {
                way.ends = true;
                pc += 1;
            }
        }
    }
}

/// The classes with which a test can be met.
fn mask_of(test: Test, names: &Names) -> Mask {
    match test {
        Test::Class(class) => class.bit(),
        Test::Figure(figure) => figure.mask(),
        Test::Word(word) => names.literals.get(&word).copied().unwrap_or(Mask::MAX),
        Test::Sign(sign) => class_of_sign(sign).bit(),
    }
}
