//! Masks kept once each, since there are few of them, and known by a short number from 0 on.

use super::words::Mask;

/// A mask of [`Masks`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct MaskIx(pub u16);

#[derive(Debug, Default)]
pub(super) struct Masks(Vec<Mask>);

/// A bit that only the mask of all has: any token has it.
const ANY: Mask = 1 << (Mask::BITS - 1);

impl Masks {
    pub fn add(&mut self, mask: Mask) -> MaskIx {
        let known = self.0.iter().position(|known| *known == mask);
        if known.is_none() {
            self.0.push(mask);
        }
        MaskIx(known.unwrap_or(self.0.len() - 1) as u16)
    }

    #[inline]
    pub fn get(&self, ix: MaskIx) -> Option<Mask> {
        self.0.get(usize::from(ix.0)).copied()
    }

    /// In the order in which they were added.
    pub fn all(&self) -> impl Iterator<Item = (MaskIx, Mask)> {
        (0..).map(MaskIx).zip(self.0.iter().copied())
    }

    /// Has a token of these classes one that the mask wants? Of one that wants all, any token has.
    #[inline]
    pub fn fits(&self, wanted: MaskIx, classes: Mask) -> bool {
        self.get(wanted).is_some_and(|wanted| wanted & (classes | ANY) != 0)
    }
}
