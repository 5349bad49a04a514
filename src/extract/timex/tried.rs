//! Which rules were worth trying at tokens of two sorts: worked out once, as the same sorts come again and
//! again.

use std::sync::OnceLock;

use super::beginnings::Trials;
use super::sorts::Sort;

/// A power of two.
const N_SLOTS: usize = 1 << 13;

/// What was worked out before, shared by all threads, in bounded memory: the first who needs a slot has it.
#[derive(Debug)]
pub(super) struct Tried {
    slots: Vec<OnceLock<Known>>,
}

#[derive(Debug)]
struct Known {
    sorts: [Sort; 2],
    trials: Trials,
}

impl Default for Tried {
    fn default() -> Self {
        Self { slots: (0..N_SLOTS).map(|_| OnceLock::new()).collect() }
    }
}

impl Tried {
    /// The trials of these sorts, in their order; `work_out` gives them where they are not known.
    #[inline]
    pub fn of(&self, sorts: [Sort; 2], work_out: impl Fn() -> Trials, with: impl FnOnce(&Trials)) {
        let slot = self.slots.get(slot_of(sorts));
        let known = slot.map(|slot| slot.get_or_init(|| Known { sorts, trials: work_out() }));
        match known {
            Some(known) if known.sorts == sorts => with(&known.trials),
            _ => with(&work_out()),
        }
    }
}

#[inline]
fn slot_of(sorts: [Sort; 2]) -> usize {
    let key = sorts.iter().fold(0, |key: u64, sort| key << 16 | sort.index() as u64);
    // Of a product the highest bits depend on all of its factors.
    (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - N_SLOTS.ilog2())) as usize
}

#[cfg(test)]
mod tests {
    use super::super::rules::Rules;
    use super::*;
    use crate::extract::word::Lexicon;

    #[test]
    fn what_is_known_is_what_would_be_worked_out() {
        let rules = Rules::english(&mut Lexicon::default());
        let sorts: Vec<(Sort, _)> = rules.words.sorts().all().collect();
        let tried = Tried::default();
        // More pairs than slots, so that some have none of their own, and each twice.
        for _ in 0..2 {
            for ((first, mask), (second, next)) in
                sorts.iter().flat_map(|a| sorts.iter().map(move |b| (a, b)))
            {
                let work_out = || rules.beginnings().of_tokens(&rules.programs, *mask, *next);
                let expected: Vec<(u16, u16)> = work_out().before(*mask).collect();
                let mut found = Vec::new();
                tried.of([*first, *second], work_out, |trials| found.extend(trials.before(*mask)));
                assert_eq!(found, expected, "{first:?} before {second:?}");
            }
        }
        assert!(sorts.len() * sorts.len() > N_SLOTS);
    }
}
