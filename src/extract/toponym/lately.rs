//! What was worked out lately, in bounded memory: an archive asks for the same words again and again.

use std::marker::PhantomData;

/// A value of a few bits.
pub trait Small {
    /// So many hold it.
    const BITS: u32;

    /// `None`: this one is too large to be kept.
    fn bits(self) -> Option<u64>;

    fn of_bits(bits: u64) -> Self;
}

/// A value for some of the keys that were asked for; each key has few places in which it may be kept, where
/// the oldest makes room for the next. A search looks at one line of the cache, and the whole is so small that
/// it stays in the nearer ones.
#[derive(Debug)]
pub struct Lately<V> {
    /// A power of two.
    sets: Vec<Set>,
    values: PhantomData<V>,
}

/// Places of a set.
const N_PLACES: usize = 4;

/// Keys that may be kept in the same places, the newest first: each with its last bits replaced by its value.
/// 0 is none.
#[derive(Debug, Clone, Copy, Default)]
#[repr(align(32))]
struct Set([u64; N_PLACES]);

impl<V: Small> Lately<V> {
    const VALUE: u64 = (1 << V::BITS) - 1;

    /// Room for `1 << bits`, which are at least four.
    pub fn new(bits: u32) -> Self {
        let n_sets = (1 << bits) / N_PLACES;
        Self { sets: vec![Set::default(); n_sets.max(1)], values: PhantomData }
    }

    /// Which set a key may be in: it tells apart most keys that differ only in the bits that are not kept.
    #[inline]
    fn set_of(&self, key: u64) -> usize {
        // Keys are hashes, but not all of them are well mixed in their low bits.
        (key ^ key >> 32) as usize & (self.sets.len() - 1)
    }

    #[inline]
    pub fn get(&self, key: u64) -> Option<V> {
        let set = self.sets.get(self.set_of(key))?;
        // All are compared: where it is no processor could guess.
        let is_it = |known: u64| (known ^ key) & !Self::VALUE == 0;
        let found = set.0.iter().fold(0, |found, known| if is_it(*known) { *known } else { found });
        (found != 0).then(|| V::of_bits(found & Self::VALUE))
    }

    pub fn put(&mut self, key: u64, value: V) {
        let Some(bits) = value.bits() else { return };
        let at = self.set_of(key);
        let Some(set) = self.sets.get_mut(at) else { return };
        let is_it = |known: &u64| (*known ^ key) & !Self::VALUE == 0;
        let n_newer = set.0.iter().position(is_it).unwrap_or(N_PLACES - 1);
        if let Some(newer) = set.0.get_mut(..=n_newer) {
            newer.rotate_right(1);
        }
        if let Some(newest) = set.0.first_mut() {
            *newest = key & !Self::VALUE | bits & Self::VALUE;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq)]
    struct Low(u64);

    impl Small for Low {
        const BITS: u32 = 8;

        fn bits(self) -> Option<u64> {
            (self.0 < 200).then_some(self.0)
        }

        fn of_bits(bits: u64) -> Self {
            Self(bits)
        }
    }

    #[test]
    fn what_is_given_back_was_put_there() {
        let mut lately = Lately::new(4);
        let keys = || (1..200).map(|n| n << 32);
        for (n, key) in (1..).zip(keys()) {
            assert_eq!(lately.get(key), None, "{key}");
            lately.put(key, Low(n));
            assert_eq!(lately.get(key), Some(Low(n)), "{key}");
        }
        let n_kept = (1..).zip(keys()).filter(|(n, key)| lately.get(*key) == Some(Low(*n))).count();
        assert_eq!(n_kept, 16, "the last of each set");
        assert_eq!(keys().find_map(|key| lately.get(key ^ 1 << 50)), None);
    }

    #[test]
    fn what_is_too_large_is_not_kept() {
        let mut lately = Lately::new(4);
        lately.put(1 << 40, Low(200));
        assert_eq!(lately.get(1 << 40), None);
    }
}
