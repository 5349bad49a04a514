//! Which rules are worth trying at a token: by its classes and those of the two behind it.

use super::masks::{MaskIx, Masks};
use super::rules::Rule;
use super::sorts::{Sort, Sorts};
use super::words::Mask;

/// A set of the ways to begin with one class, by their positions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Set([u64; Self::N]);

impl Set {
    const N: usize = 3;
    const ROOM: usize = Self::N * u64::BITS as usize;

    fn insert(&mut self, way: usize) {
        if let Some(bits) = self.0.get_mut(way / 64) {
            *bits |= 1 << (way % 64);
        }
    }

    #[inline]
    fn or(self, other: Self) -> Self {
        let ([low, mid, high], of) = (self.0, other.0);
        Self([low | of[0], mid | of[1], high | of[2]])
    }

    #[inline]
    fn is_empty(self) -> bool {
        self == Self::default()
    }

    /// Their positions, from the first.
    #[inline]
    fn ways(self) -> impl Iterator<Item = usize> {
        let [mut bits, mut second, mut third] = self.0;
        let mut base = 0;
        std::iter::from_fn(move || {
            while bits == 0 {
                (bits, second, third) = (second, third, 0);
                base += 64;
                if base >= Self::ROOM {
                    return None;
                }
            }
            let way = base + bits.trailing_zeros() as usize;
            bits &= bits - 1;
            Some(way)
        })
    }
}

/// For each class, the rules that can begin with it.
#[derive(Debug)]
pub(super) struct Beginnings {
    /// All classes that can begin any.
    pub first: Mask,
    by_bit: Vec<OfClass>,
    /// What they want of the third token.
    pub thirds: Masks,
}

/// A rule to be tried if the third token is one of those that it wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Trial {
    pub rule: u16,
    /// Takes the first token.
    pub step: u16,
    pub third: MaskIx,
}

/// The ways to begin with one class, at most [`Set::ROOM`] (a test counts them).
#[derive(Debug, Default)]
struct OfClass {
    ways: Vec<Trial>,
    second: Wanted,
}

/// What a set of ways wants of the second token.
#[derive(Debug, Default)]
struct Wanted {
    /// They want nothing.
    nothing: Set,
    /// All classes that any of them wants.
    any: Mask,
    /// The classes that are wanted, each with who wants it.
    by_bit: Vec<(u8, Set)>,
    /// Where in `by_bit` a class is, from 1; empty where nothing is wanted.
    position: Vec<u8>,
}

impl Beginnings {
    pub fn of(rules: &[Rule]) -> Self {
        let mut by_bit: Vec<OfClass> = (0..Mask::BITS).map(|_| OfClass::default()).collect();
        let mut first = 0;
        let mut thirds = Masks::default();
        for (rule, start) in (0_u16..).zip(rules).flat_map(|(n, r)| r.starts.iter().map(move |s| (n, s))) {
            first |= start.first;
            let third = thirds.add(start.third);
            for bit in bits(start.first) {
                let Some(of_class) = by_bit.get_mut(usize::from(bit)) else { continue };
                let way = of_class.ways.len();
                debug_assert!(way < Set::ROOM);
                of_class.ways.push(Trial { rule, step: start.step, third });
                of_class.second.add(way, start.second);
            }
        }
        Self { first, by_bit, thirds }
    }

    /// What any way to begin with a token of these classes wants of the next: some of these classes; all, where
    /// one wants nothing.
    pub fn wanted_behind(&self, mask: Mask) -> Mask {
        let of_classes = bits(mask & self.first).filter_map(|bit| self.by_bit.get(usize::from(bit)));
        of_classes.fold(0, |all, of_class| all | of_class.second.of_any())
    }

    /// The rules that can begin with a token of these classes, followed by one of those.
    pub fn of_tokens(&self, mask: Mask, next: Mask) -> Vec<Trial> {
        let of_classes = bits(mask & self.first).filter_map(|bit| self.by_bit.get(usize::from(bit)));
        let trials = of_classes.flat_map(|of_class| {
            of_class.second.met_by(next).ways().filter_map(|way| of_class.ways.get(way).copied())
        });
        trials.collect()
    }
}

impl Wanted {
    fn add(&mut self, way: usize, wanted: Mask) {
        if wanted == Mask::MAX {
            self.nothing.insert(way);
            return;
        }
        self.any |= wanted;
        self.position.resize(Mask::BITS as usize, 0);
        for bit in bits(wanted) {
            let Some(position) = self.position.get_mut(usize::from(bit)) else { continue };
            if *position == 0 {
                self.by_bit.push((bit, Set::default()));
                *position = self.by_bit.len() as u8;
            }
            if let Some((_, set)) = self.by_bit.get_mut(usize::from(*position) - 1) {
                set.insert(way);
            }
        }
    }

    /// The classes of which a token has one if it is enough to any of them; all, if nothing is.
    fn of_any(&self) -> Mask {
        if self.nothing.is_empty() { self.any } else { Mask::MAX }
    }

    /// Those to whom a token of these classes is enough.
    #[inline]
    fn met_by(&self, mask: Mask) -> Set {
        bits(mask & self.any).fold(self.nothing, |met, bit| {
            let position = self.position.get(usize::from(bit)).copied().unwrap_or(0);
            let set = self.by_bit.get(usize::from(position).wrapping_sub(1));
            set.map_or(met, |(_, set)| met.or(*set))
        })
    }
}

/// Which two sorts of tokens, one behind the other, can begin any rule: a bit for each two.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    /// Of each first sort, where its row of bits begins: most sorts begin nothing, and others are alike.
    rows: Vec<u32>,
    bits: Vec<u64>,
}

impl Pairs {
    pub fn of(sorts: &Sorts, beginnings: &Beginnings) -> Self {
        let mut pairs = Self::default();
        let mut known: Vec<(Option<Mask>, u32)> = Vec::new();
        for (_, mask) in sorts.all() {
            let wanted = (mask & beginnings.first != 0).then(|| beginnings.wanted_behind(mask));
            let row = known.iter().find(|(of, _)| *of == wanted).map(|(_, row)| *row);
            let row = row.unwrap_or_else(|| {
                let row = pairs.bits.len() as u32;
                pairs.push_row(sorts, wanted);
                known.push((wanted, row));
                row
            });
            pairs.rows.push(row);
        }
        pairs
    }

    /// The row of those who want some of these classes of the next token.
    fn push_row(&mut self, sorts: &Sorts, wanted: Option<Mask>) {
        let row = self.bits.len();
        self.bits.resize(row + sorts.all().count().div_ceil(64), 0);
        let is_enough = |mask: Mask| wanted.is_some_and(|wanted| wanted == Mask::MAX || wanted & mask != 0);
        for (sort, _) in sorts.all().filter(|(_, mask)| is_enough(*mask)) {
            if let Some(bits) = self.bits.get_mut(row + sort.index() / 64) {
                *bits |= 1 << (sort.index() % 64);
            }
        }
    }

    #[inline]
    pub fn can_begin(&self, first: Sort, second: Sort) -> bool {
        let row = self.rows.get(first.index()).map_or(0, |row| *row as usize);
        let bits = self.bits.get(row + second.index() / 64).copied().unwrap_or(0);
        bits >> (second.index() % 64) & 1 != 0
    }
}

/// The numbers of the bits that are set, from the lowest.
#[inline]
fn bits(mask: Mask) -> impl Iterator<Item = u8> {
    let (mut low, mut high) = (mask as u64, (mask >> 64) as u64);
    let mut base = 0;
    std::iter::from_fn(move || {
        if low == 0 {
            (low, high) = (high, 0);
            base += 64;
            if low == 0 {
                return None;
            }
        }
        let bit = base + low.trailing_zeros() as u8;
        low &= low - 1;
        Some(bit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::timex::rules::Rules;
    use crate::extract::word::Lexicon;

    #[test]
    fn there_is_room_for_all() {
        let rules = Rules::english(&mut Lexicon::default());
        let most = rules.beginnings().by_bit.iter().map(|of_class| of_class.ways.len()).max();
        assert!(most.is_some_and(|most| most > 10 && most < Set::ROOM), "{most:?}");
    }

    #[test]
    fn exactly_those_are_tried_whom_the_tokens_are_enough() {
        let rules = Rules::english(&mut Lexicon::default());
        let masks = [0, 1, 1 << 7 | 1 << 40, 1 << 76, 1 << 30 | 1 << 127, 1 << 69];
        let meets = |wanted: Mask, has: Mask| wanted == Mask::MAX || wanted & has != 0;
        for bit in 0..Mask::BITS {
            for (next, third) in masks.iter().flat_map(|next| masks.map(|third| (*next, third))) {
                let beginnings = rules.beginnings();
                let tried: Vec<(u16, u16)> = beginnings
                    .of_tokens(1 << bit, next)
                    .into_iter()
                    .filter(|trial| beginnings.thirds.fits(trial.third, third))
                    .map(|trial| (trial.rule, trial.step))
                    .collect();
                let starts = (0_u16..)
                    .zip(&rules.all)
                    .flat_map(|(n, rule)| rule.starts.iter().map(move |start| (n, start)));
                let expected: Vec<_> = starts
                    .filter(|(_, start)| {
                        start.first & 1 << bit != 0 && meets(start.second, next) && meets(start.third, third)
                    })
                    .map(|(n, start)| (n, start.step))
                    .collect();
                assert_eq!(tried, expected, "class {bit} before {next:x} and {third:x}");
            }
        }
    }
}
