//! What was worked out lately, in bounded memory: an archive asks for the same words again and again.

/// A value for some of the keys that were asked for; each key has one place in which it may be kept, where the
/// next of that place replaces it. A search looks at one place.
#[derive(Debug)]
pub struct Lately<V> {
    /// A power of two. A key of 0 is none.
    places: Vec<(u64, V)>,
}

impl<V: Copy> Lately<V> {
    /// Room for `1 << bits`; `empty` is never given back.
    pub fn new(bits: u32, empty: V) -> Self {
        Self { places: vec![(0, empty); 1 << bits] }
    }

    #[inline]
    fn place_of(&self, key: u64) -> usize {
        // Keys are hashes, but not all of them are well mixed in their low bits.
        (key ^ key >> 32) as usize & (self.places.len() - 1)
    }

    #[inline]
    pub fn get(&self, key: u64) -> Option<V> {
        let (known, value) = self.places.get(self.place_of(key))?;
        (*known == key && key != 0).then_some(*value)
    }

    pub fn put(&mut self, key: u64, value: V) {
        let at = self.place_of(key);
        if let Some(place) = self.places.get_mut(at) {
            *place = (key, value);
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
        assert_eq!(n_kept, 16, "the last of each place");
        assert_eq!((1 << 40..1 << 41).step_by(1 << 36).find_map(|key| lately.get(key)), None);
    }
}
