//! Which rules are worth trying at a token: by its classes and those of the two behind it.

use super::rules::Rule;
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
    fn and(self, other: Self) -> Self {
        let ([low, mid, high], of) = (self.0, other.0);
        Self([low & of[0], mid & of[1], high & of[2]])
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
}

/// The ways to begin with one class, at most [`Set::ROOM`] (a test counts them).
#[derive(Debug, Default)]
struct OfClass {
    /// Rule and step.
    ways: Vec<(u16, u16)>,
    second: Wanted,
    third: Wanted,
}

/// What a set of ways wants of another token.
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
        for (rule, start) in
            (0_u16..).zip(rules).flat_map(|(n, r)| r.program.starts.iter().map(move |s| (n, s)))
        {
            first |= start.first;
            for bit in bits(start.first) {
                let Some(of_class) = by_bit.get_mut(usize::from(bit)) else { continue };
                let way = of_class.ways.len();
                debug_assert!(way < Set::ROOM);
                of_class.ways.push((rule, start.pc));
                of_class.second.add(way, start.second);
                of_class.third.add(way, start.third);
            }
        }
        Self { first, by_bit }
    }

    /// What any way to begin with a token of these classes wants of the next: some of these classes; all, where
    /// one wants nothing.
    pub fn wanted_behind(&self, mask: Mask) -> Mask {
        let of_classes = bits(mask & self.first).filter_map(|bit| self.by_bit.get(usize::from(bit)));
        of_classes.fold(0, |all, of_class| all | of_class.second.of_any())
    }

    /// Tries the rules that can begin with a token of these classes, followed by two of those, each with
    /// the step that takes the first.
    #[inline(always)]
    #[allow(clippy::inline_always)]
    pub fn of_tokens(&self, mask: Mask, next: Mask, third: Mask, mut each: impl FnMut(u16, u16)) {
        for of_class in bits(mask & self.first).filter_map(|bit| self.by_bit.get(usize::from(bit))) {
            let fit = of_class.second.met_by(next);
            if fit.is_empty() {
                continue;
            }
            for (rule, pc) in
                fit.and(of_class.third.met_by(third)).ways().filter_map(|way| of_class.ways.get(way))
            {
                each(*rule, *pc);
            }
        }
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
                let mut tried = Vec::new();
                rules.beginnings().of_tokens(1 << bit, next, third, |rule, pc| tried.push((rule, pc)));
                let starts = (0_u16..)
                    .zip(&rules.all)
                    .flat_map(|(n, rule)| rule.program.starts.iter().map(move |start| (n, start)));
                let expected: Vec<_> = starts
                    .filter(|(_, start)| {
                        start.first & 1 << bit != 0 && meets(start.second, next) && meets(start.third, third)
                    })
                    .map(|(n, start)| (n, start.pc))
                    .collect();
                assert_eq!(tried, expected, "class {bit} before {next:x} and {third:x}");
            }
        }
    }
}
