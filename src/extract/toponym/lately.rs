//! What was worked out lately, in bounded memory: an archive asks for the same words again and again.

/// A value for some of the keys that were asked for; each key has few places in which it may be kept, where
/// the oldest makes room for the next. A search looks at one line of the cache, if a value is small.
#[derive(Debug)]
pub struct Lately<V> {
    /// A power of two. A key of 0 is none.
    sets: Vec<Set<V>>,
}

/// Places of a set.
const N_PLACES: usize = 4;

/// Keys that may be kept in the same places, the newest first.
#[derive(Debug, Clone)]
#[repr(align(64))]
struct Set<V>([(u64, V); N_PLACES]);

impl<V> Set<V> {
    /// Where a key is, or [`N_PLACES`]. All are compared: where it is no processor could guess.
    #[inline]
    fn find(&self, key: u64) -> usize {
        let places = (0..).zip(&self.0);
        places.fold(N_PLACES, |found, (at, (known, _))| if *known == key { at } else { found })
    }
}

impl<V: Copy> Lately<V> {
    /// Room for `1 << bits`, which are at least four; `empty` is never given back.
    pub fn new(bits: u32, empty: V) -> Self {
        let n_sets = (1 << bits) / N_PLACES;
        Self { sets: vec![Set([(0, empty); N_PLACES]); n_sets.max(1)] }
    }

    #[inline]
    fn set_of(&self, key: u64) -> usize {
        // Keys are hashes, but not all of them are well mixed in their low bits.
        (key ^ key >> 32) as usize & (self.sets.len() - 1)
    }

    #[inline]
    pub fn get(&self, key: u64) -> Option<V> {
        let set = self.sets.get(self.set_of(key))?;
        let (_, value) = set.0.get(set.find(key)).filter(|_| key != 0)?;
        Some(*value)
    }

    pub fn put(&mut self, key: u64, value: V) {
        let at = self.set_of(key);
        let Some(set) = self.sets.get_mut(at) else { return };
        let n_newer = set.find(key).min(N_PLACES - 1);
        if let Some(newer) = set.0.get_mut(..=n_newer) {
            newer.rotate_right(1);
        }
        if let Some(newest) = set.0.first_mut() {
            *newest = (key, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_back_was_put_there() {
        let mut lately = Lately::new(4, 0);
        for key in 0..100 {
            assert_eq!(lately.get(key), None, "{key}");
            lately.put(key, key + 1000);
            assert_eq!(lately.get(key), (key != 0).then_some(key + 1000), "{key}");
        }
        let n_kept = (0..100).filter(|key| lately.get(*key) == Some(key + 1000)).count();
        assert_eq!(n_kept, 16, "the last of each set");
        assert_eq!((1 << 40..1 << 41).step_by(1 << 36).find_map(|key| lately.get(key)), None);
    }
}
