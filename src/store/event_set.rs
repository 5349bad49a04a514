//! A set of events as one bit each.

use super::EventIx;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct EventSet {
    words: Vec<u64>,
}

impl EventSet {
    /// The empty set, with room for events `0..n_events`.
    pub fn none(n_events: usize) -> Self {
        Self { words: vec![0; n_events.div_ceil(64)] }
    }

    pub fn contains(&self, event: EventIx) -> bool {
        let word = self.words.get(event.as_usize() / 64).copied().unwrap_or(0);
        word >> (event.0 % 64) & 1 == 1
    }

    /// Adds an event; one beyond the room of the set is left out.
    pub fn insert(&mut self, event: EventIx) {
        if let Some(word) = self.words.get_mut(event.as_usize() / 64) {
            *word |= 1 << (event.0 % 64);
        }
    }

    pub fn intersect_with(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= other;
        }
    }

    pub fn len(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The events of the set by index.
    pub fn iter(&self) -> impl Iterator<Item = EventIx> + '_ {
        self.words.iter().zip(0_u32..).flat_map(|(word, number)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                let bit = (rest != 0).then(|| rest.trailing_zeros())?;
                rest &= rest - 1;
                Some(EventIx(number * 64 + bit))
            })
        })
    }

    /// Bytes on the heap.
    pub fn heap_size(&self) -> usize {
        self.words.len() * size_of::<u64>()
    }
}

impl EventSet {
    /// The events among `0..n_events` that pass a test.
    pub fn of(n_events: usize, mut is_in: impl FnMut(EventIx) -> bool) -> Self {
        let mut set = Self::none(n_events);
        for event in (0..super::ix(n_events)).map(EventIx).filter(|event| is_in(*event)) {
            set.insert(event);
        }
        set
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn agrees_with_a_tree_set(
            a in prop::collection::btree_set(0_u32..200, 0..60),
            b in prop::collection::btree_set(0_u32..200, 0..60),
        ) {
            let set_of = |events: &BTreeSet<u32>| EventSet::of(200, |event| events.contains(&event.0));
            let mut set = set_of(&a);
            set.intersect_with(&set_of(&b));
            let expected: Vec<EventIx> = a.intersection(&b).copied().map(EventIx).collect();
            prop_assert_eq!(set.len(), expected.len());
            prop_assert_eq!(set.iter().collect::<Vec<_>>(), expected);
            prop_assert!((0..300).all(|e| set.contains(EventIx(e)) == (a.contains(&e) && b.contains(&e))));
        }
    }
}
