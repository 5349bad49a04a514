//! Reads of a byte table that cannot go out of it: whatever is not there is `None`.

pub fn u8_at(bytes: &[u8], at: usize) -> Option<u8> {
    bytes.get(at).copied()
}

pub fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

pub fn i16_at(bytes: &[u8], at: usize) -> Option<i16> {
    u16_at(bytes, at).map(u16::cast_signed)
}

pub fn u24_at(bytes: &[u8], at: usize) -> Option<u32> {
    match bytes.get(at..at.checked_add(3)?)? {
        &[a, b, c] => Some(u32::from_le_bytes([a, b, c, 0])),
        _ => None,
    }
}

/// A signed number of 24 bits.
pub fn i24_at(bytes: &[u8], at: usize) -> Option<i32> {
    u24_at(bytes, at).map(|bits| (bits << 8).cast_signed() >> 8)
}

pub fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

pub fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(bytes.get(at..at.checked_add(8)?)?.try_into().ok()?))
}

/// Fixed-width records of a table.
#[derive(Debug, Clone, Copy)]
pub struct Records<'a> {
    bytes: &'a [u8],
    width: usize,
}

impl<'a> Records<'a> {
    pub fn new(bytes: &'a [u8], width: usize) -> Self {
        Self { bytes, width }
    }

    pub fn len(&self) -> usize {
        self.bytes.len() / self.width.max(1)
    }

    pub fn get(&self, index: usize) -> Option<&'a [u8]> {
        let start = index.checked_mul(self.width)?;
        self.bytes.get(start..start.checked_add(self.width)?)
    }

    /// The bytes of `n` records.
    pub fn span(&self, first: usize, n: usize) -> Option<&'a [u8]> {
        let start = first.checked_mul(self.width)?;
        self.bytes.get(start..start.checked_add(n.checked_mul(self.width)?)?)
    }

    /// The record that begins with this number of 24 bits, of records sorted by it.
    pub fn find(&self, key: u32) -> Option<&'a [u8]> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            let record = self.get(middle)?;
            match u24_at(record, 0)?.cmp(&key) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Some(record),
            }
        }
        None
    }
}

/// What stands behind its length in one byte.
pub fn short_bytes(bytes: &[u8], at: usize) -> Option<&[u8]> {
    let start = at.checked_add(1)?;
    bytes.get(start..start.checked_add(usize::from(u8_at(bytes, at)?))?)
}

/// The same as a text, and where the next thing begins.
pub fn short_text(bytes: &[u8], at: usize) -> Option<(&str, usize)> {
    let text = short_bytes(bytes, at)?;
    Some((std::str::from_utf8(text).ok()?, at + 1 + text.len()))
}

/// A text behind its length in two bytes.
pub fn long_text(bytes: &[u8], at: usize) -> Option<&str> {
    let start = at.checked_add(2)?;
    let end = start.checked_add(usize::from(u16_at(bytes, at)?))?;
    std::str::from_utf8(bytes.get(start..end)?).ok()
}

/// Numbers of variable length, one after another.
#[derive(Debug, Clone)]
pub struct Varints<'a> {
    bytes: &'a [u8],
}

impl<'a> Varints<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    pub fn unsigned(&mut self) -> Option<u32> {
        let mut value = 0_u32;
        for shift in [0, 7, 14, 21, 28] {
            let (byte, rest) = self.bytes.split_first()?;
            self.bytes = rest;
            value |= u32::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    pub fn signed(&mut self) -> Option<i32> {
        let bits = self.unsigned()?;
        Some((bits >> 1).cast_signed() ^ -(bits & 1).cast_signed())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_read_beyond_the_end() {
        let bytes = [1, 2, 0xff];
        assert_eq!(u24_at(&bytes, 0), Some(0xff_0201));
        assert_eq!(i24_at(&bytes, 0), Some(-65_023));
        assert_eq!(u24_at(&bytes, 1), None);
        assert_eq!(u16_at(&bytes, usize::MAX), None);
        assert_eq!(short_text(&[200, b'a'], 0), None);
        assert_eq!(short_text(&[1, b'a', 9], 0), Some(("a", 2)));
        assert_eq!(Varints::new(&[0x80, 0x80]).unsigned(), None);
        assert_eq!(Varints::new(&[0x80, 0x80, 0x80, 0x80, 0x80, 1]).unsigned(), None);
    }

    #[test]
    fn records_are_found_by_their_number() {
        let bytes = [1, 0, 0, 10, 5, 0, 0, 50, 9, 0, 0, 90];
        let records = Records::new(&bytes, 4);
        assert_eq!(records.find(5), Some(&bytes[4..8]));
        assert_eq!(records.find(6), None);
        assert_eq!(records.get(3), None);
    }
}
