//! Which senses are named close to which.

use super::senses::Sense;
use crate::extract::toponym::{Next, Toponym};

/// Senses named close to one that are kept.
pub const MAX_NEAR: usize = 8;
/// Names farther apart in the text are not close.
const WITHIN_BYTES: usize = 300;
/// The next mentions that are looked at.
const N_NEXT: usize = 3;
/// No sense.
const NONE: u32 = u32::MAX;

/// The senses named close to one, in the order of the text.
#[derive(Debug, Clone, Copy)]
pub struct Near {
    senses: [u32; MAX_NEAR],
    /// One bit for each that is an item of a list with it.
    listed: u8,
    n: u8,
}

impl Default for Near {
    fn default() -> Self {
        Self { senses: [NONE; MAX_NEAR], listed: 0, n: 0 }
    }
}

impl Near {
    /// Adds a sense, if it is not there and there is room.
    fn add(&mut self, sense: u32, is_listed: bool) {
        // All are compared: where the search could end no processor could guess.
        let known = (0..).zip(self.senses).fold(0, |all, (at, known)| all | u8::from(known == sense) << at);
        let at = if known == 0 { u32::from(self.n) } else { u8::trailing_zeros(known) };
        let Some(place) = self.senses.get_mut(at as usize) else { return };
        *place = sense;
        self.n += u8::from(known == 0);
        self.listed |= u8::from(is_listed) << at;
    }

    pub fn len(&self) -> usize {
        usize::from(self.n)
    }

    /// Each, and whether both are items of a list.
    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = (usize, bool)> + '_ {
        let is_listed = |at: usize| self.listed >> at & 1 != 0;
        let known = self.senses.iter().take(self.len()).enumerate();
        known.map(move |(at, sense)| (*sense as usize, is_listed(at)))
    }
}

/// Links the senses of mentions near each other in the text: those that may mean several places with others,
/// since nothing asks what is near to the rest.
pub fn link_near(mentions: &[Toponym], of_mention: &[Option<u32>], senses: &mut [Sense]) {
    let mut rest = mentions.iter().zip(of_mention);
    while let Some((one, a)) = rest.next() {
        let Some(a) = *a else { continue };
        let mut is_listed = one.next == Next::Listed;
        for (two, b) in rest.clone().take(N_NEXT) {
            if two.span.start.saturating_sub(one.span.end) > WITHIN_BYTES {
                break;
            }
            if let Some(b) = *b
                && a != b
            {
                for (from, to) in [(a, b), (b, a)] {
                    if let Some(sense) = senses.get_mut(from as usize).filter(|s| s.candidates.len() > 1) {
                        sense.near.add(to, is_listed);
                    }
                }
            }
            // Only what comes next is an item of the same list.
            is_listed = false;
        }
    }
}
