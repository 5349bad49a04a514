//! Names that stay: an id made of where a thing stands, so that a repeated run gives the same.

use super::digits::Digits;
use super::hash::{FNV_OFFSET, with_byte};

/// What kind of thing is named, as the id's hash takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Time,
    Place,
    Event,
}

impl Kind {
    pub fn word(self) -> &'static str {
        match self {
            Self::Time => "time",
            Self::Place => "place",
            Self::Event => "event",
        }
    }
}

/// What the ids of one kind of thing in one document have in common.
#[derive(Debug, Clone, Copy)]
pub struct Stem(Fnv);

impl Stem {
    pub fn new(document: &str, kind: Kind) -> Self {
        let mut hash = Fnv::default();
        hash.write(document.as_bytes());
        hash.part(kind.word().as_bytes());
        Self(hash)
    }

    /// The id of what stands from `start` to `end` (code points) of a document, the `nth` (from 0) of its
    /// kind just there: 16 hex digits.
    ///
    /// They are FNV-1a, 64 bits (<https://datatracker.ietf.org/doc/html/rfc9923>), of the document's id,
    /// the word of the kind, start, end and, from the second on, `nth`, each but the first after a NUL.
    pub fn id(self, start: &Digits, end: &Digits, nth: usize) -> [u8; 16] {
        let mut hash = self.0;
        hash.part(start.as_bytes());
        hash.part(end.as_bytes());
        if nth > 0 {
            hash.part(Digits::of(nth as u64).as_bytes());
        }
        hash.hex()
    }
}

/// One [`Stem::id`].
pub fn stable_id(document: &str, kind: Kind, start: usize, end: usize, nth: usize) -> [u8; 16] {
    Stem::new(document, kind).id(&Digits::of(start as u64), &Digits::of(end as u64), nth)
}

/// The same as a string.
pub fn stable_id_string(document: &str, kind: Kind, start: usize, end: usize, nth: usize) -> String {
    String::from_utf8_lossy(&stable_id(document, kind, start, end, nth)).into_owned()
}

#[derive(Debug, Clone, Copy)]
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(FNV_OFFSET)
    }
}

impl Fnv {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |hash, byte| with_byte(hash, *byte));
    }

    fn part(&mut self, bytes: &[u8]) {
        self.write(&[0]);
        self.write(bytes);
    }

    fn hex(self) -> [u8; 16] {
        let mut hex = [0; 16];
        for (pair, byte) in hex.as_chunks_mut::<2>().0.iter_mut().zip(self.0.to_be_bytes()) {
            *pair = HEX.get(usize::from(byte)).copied().unwrap_or_default();
        }
        hex
    }
}

/// Every byte in two hex digits. Computed when the program is compiled, where an index cannot panic.
#[allow(clippy::indexing_slicing)]
const HEX: [[u8; 2]; 256] = {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut hex = [[0; 2]; 256];
    let mut byte = 0;
    while byte < 256 {
        hex[byte] = [DIGITS[byte >> 4], DIGITS[byte & 15]];
        byte += 1;
    }
    hex
};

#[cfg(test)]
mod tests {
    use super::*;

    fn fnv(bytes: &str) -> String {
        let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(1_099_511_628_211);
        format!("{:016x}", bytes.bytes().fold(14_695_981_039_346_656_037, step))
    }

    #[test]
    fn an_id_is_the_hash_of_where_a_thing_stands() {
        let id = |nth| stable_id_string("b-17", Kind::Time, 0, 1234, nth);
        assert_eq!(id(0), fnv("b-17\0time\x000\x001234"));
        assert_eq!(id(2), fnv("b-17\0time\x000\x001234\x002"));
        assert_ne!(id(0), stable_id_string("b-17", Kind::Place, 0, 1234, 0));
        assert_ne!(id(0), stable_id_string("b-1", Kind::Time, 70, 1234, 0));
    }
}
