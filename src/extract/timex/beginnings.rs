//! Which rules are worth trying at a token: by its classes and those of the two behind it.

use super::masks::{MaskIx, Masks};
use super::program::{Programs, Start};
use super::rules::Rule;
use super::sorts::{Sort, Sorts};
use super::words::Mask;

/// For each class, the rules that can begin with it.
#[derive(Debug)]
pub(super) struct Beginnings {
    /// Rules, each with a way to begin it.
    by_bit: Vec<Vec<(u16, Start)>>,
}

/// The rules to be tried at two tokens, in order.
#[derive(Debug, Default)]
pub(super) struct Trials {
    all: Vec<Trial>,
    thirds: Masks,
}

/// A rule to be tried if the third token is one of those that it wants.
#[derive(Debug, Clone, Copy)]
struct Trial {
    rule: u16,
    /// Takes the first token.
    step: u16,
    third: MaskIx,
}

impl Trials {
    /// Rule and first step of those for whom a third token of these classes is enough.
    #[inline]
    pub fn before(&self, third: Mask) -> impl Iterator<Item = (u16, u16)> {
        let fitting = self.all.iter().filter(move |trial| self.thirds.fits(trial.third, third));
        fitting.map(|trial| (trial.rule, trial.step))
    }
}

impl Beginnings {
    pub fn of(rules: &[Rule]) -> Self {
        let mut by_bit: Vec<Vec<(u16, Start)>> = vec![Vec::new(); Mask::BITS as usize];
        for (rule, start) in (0_u16..).zip(rules).flat_map(|(n, r)| r.starts.iter().map(move |s| (n, s))) {
            for bit in bits(start.first) {
                if let Some(ways) = by_bit.get_mut(usize::from(bit)) {
                    ways.push((rule, *start));
                }
            }
        }
        Self { by_bit }
    }

    /// The ways to begin with a token of these classes, by the number of the class.
    fn ways(&self, mask: Mask) -> impl Iterator<Item = &(u16, Start)> {
        bits(mask).filter_map(|bit| self.by_bit.get(usize::from(bit))).flatten()
    }

    /// What any way to begin with a token of these classes wants of the next: some of these classes; all, where
    /// one wants nothing; `None`, where there is no such way.
    fn wanted_behind(&self, mask: Mask) -> Option<Mask> {
        self.ways(mask).map(|(_, start)| start.second).reduce(|all, second| all | second)
    }

    /// The rules that can begin with a token of these classes, followed by one of those.
    pub fn of_tokens(&self, programs: &Programs, mask: Mask, next: Mask) -> Trials {
        let mut trials = Trials::default();
        for (rule, start) in self.ways(mask).filter(|(_, start)| is_enough(start.second, next)) {
            let Start { step, .. } = *start;
            // A token of two classes is not tried twice.
            if trials.all.iter().all(|known| (known.rule, known.step) != (*rule, step)) {
                let third = trials.thirds.add(programs.third(step, next));
                trials.all.push(Trial { rule: *rule, step, third });
            }
        }
        trials
    }
}

/// Has a token of these classes one that is wanted? Of who wants all, any token has, and also none at all.
fn is_enough(wanted: Mask, classes: Mask) -> bool {
    wanted == Mask::MAX || wanted & classes != 0
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
            let wanted = beginnings.wanted_behind(mask);
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
        let fits = |mask: Mask| wanted.is_some_and(|wanted| is_enough(wanted, mask));
        for (sort, _) in sorts.all().filter(|(_, mask)| fits(*mask)) {
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
    fn no_way_to_begin_is_passed_over() {
        let rules = Rules::english(&mut Lexicon::default());
        let masks = [0, 1, 1 << 7 | 1 << 40, 1 << 76, 1 << 30 | 1 << 127, 1 << 69];
        for bit in 0..Mask::BITS {
            for next in masks {
                let trials = rules.beginnings().of_tokens(&rules.programs, 1 << bit, next);
                let tried: Vec<(u16, u16)> = trials.before(Mask::MAX).collect();
                let starts = (0_u16..)
                    .zip(&rules.all)
                    .flat_map(|(n, rule)| rule.starts.iter().map(move |start| (n, start)));
                let expected: Vec<_> = starts
                    .filter(|(_, start)| start.first & 1 << bit != 0 && is_enough(start.second, next))
                    .map(|(n, start)| (n, start.step))
                    .collect();
                assert_eq!(tried, expected, "class {bit} before {next:x}");
            }
        }
    }
}
