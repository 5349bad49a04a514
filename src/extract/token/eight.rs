//! Eight bytes at a time: where a word ends and how it is written, without a choice at each letter.

/// Eight bytes of a text, looked at together: each in eight bits of a number, the first in the lowest.
#[derive(Debug, Clone, Copy)]
pub(super) struct Eight(u64);

impl Eight {
    const ONES: u64 = u64::MAX / 255;
    const HIGH: u64 = Self::ONES << 7;
    /// What tells small ASCII letters from capitals.
    const SMALL: u64 = Self::ONES * 0x20;
    /// The high bit of the first.
    pub const FIRST: u64 = 0x80;

    /// Those from a byte on; zeros behind the end.
    #[inline]
    pub fn at(bytes: &[u8], at: usize) -> Self {
        let rest = bytes.get(at..).unwrap_or_default();
        if let Some(eight) = rest.first_chunk() {
            return Self(u64::from_le_bytes(*eight));
        }
        Self(rest.iter().rev().fold(0, |all, byte| all << 8 | u64::from(*byte)))
    }

    /// With letters in small.
    #[inline]
    pub fn small(self) -> u64 {
        self.0 | Self::SMALL
    }

    /// The byte behind the first `n`, at most seven.
    #[inline]
    pub fn byte(self, n: u32) -> u8 {
        (self.0 >> (8 * n)) as u8
    }

    /// Is the byte behind the first `n`, at most seven, of a character beyond ASCII?
    #[inline]
    pub fn goes_on_wide(self, n: u32) -> bool {
        !self.byte(n).is_ascii()
    }

    /// The high bit of each byte that is an ASCII letter, and how many there are before any other byte.
    #[inline]
    pub fn letters(self) -> (u64, u32) {
        // No sum of seven bits and so little carries into the next byte.
        let small = self.small() & !Self::HIGH;
        let from_a = small + Self::ONES * u64::from(0x80 - b'a');
        let beyond_z = small + Self::ONES * u64::from(0x7f - b'z');
        let letters = from_a & !beyond_z & !self.0 & Self::HIGH;
        (letters, (!letters & Self::HIGH).trailing_zeros() / 8)
    }

    /// The high bits of those of these letters that are capitals, and of those that are small.
    #[inline]
    pub fn cases(self, letters: u64) -> (u64, u64) {
        let is_small = self.0 << 2;
        (letters & !is_small, letters & is_small)
    }
}

/// The bits of the first `n` bytes, at most eight.
#[inline]
pub(super) fn first_bytes(n: u32) -> u64 {
    1_u64.checked_shl(n * 8).map_or(u64::MAX, |end| end - 1)
}
