//! Large sets of words, kept by their hashes alone; and maps for keys that are numbers or hashes.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::extract::word::{FNV_OFFSET, with_byte};

/// A map whose keys are few numbers: a multiplication instead of the standard library's careful hash. Never
/// iterated where the order would show.
pub type FastMap<K, V> = HashMap<K, V, BuildHasherDefault<FastHasher>>;
pub type FastSet<K> = std::collections::HashSet<K, BuildHasherDefault<FastHasher>>;

/// Multiplies and folds (as `FxHash` does).
#[derive(Debug, Default, Clone, Copy)]
pub struct FastHasher(u64);

impl FastHasher {
    fn add(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for FastHasher {
    fn finish(&self) -> u64 {
        // The table takes its buckets from the low bits, the multiplication fills the high ones.
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.add(u64::from(*byte));
        }
    }

    fn write_u8(&mut self, n: u8) {
        self.add(u64::from(n));
    }

    fn write_u16(&mut self, n: u16) {
        self.add(u64::from(n));
    }

    fn write_u32(&mut self, n: u32) {
        self.add(u64::from(n));
    }

    fn write_u64(&mut self, n: u64) {
        self.add(n);
    }

    fn write_i16(&mut self, n: i16) {
        self.add(n as u64);
    }

    fn write_isize(&mut self, n: isize) {
        self.add(n as u64);
    }

    fn write_usize(&mut self, n: usize) {
        self.add(n as u64);
    }
}

/// Words with up to three marks each; open addressing, one number a word.
#[derive(Debug, Clone)]
pub struct HashMarks {
    /// A hash with its last three bits replaced by the marks; 0 is empty.
    slots: Vec<u64>,
}

const MARKS: u64 = 7;

impl HashMarks {
    /// Room for about this many words.
    pub fn with_capacity(n_words: usize) -> Self {
        Self { slots: vec![0; (n_words * 2).next_power_of_two().max(16)] }
    }

    /// Adds the words of a list, one folded word a line, `#` before comments and `[name]` before what is
    /// marked otherwise. It is read at every start, so it is read once and byte by byte.
    pub fn add_lines(&mut self, list: &str, marks_of: impl Fn(&str) -> u8) {
        let mut marks = marks_of("");
        let mut bytes = list.as_bytes();
        while let [first, ..] = bytes {
            let n = match first {
                b'#' | b'[' => {
                    let n = memchr::memchr(b'\n', bytes).unwrap_or(bytes.len());
                    if let Some([b'[', name @ .., b']']) = bytes.get(..n) {
                        marks = marks_of(std::str::from_utf8(name).unwrap_or(""));
                    }
                    n
                }
                b'\n' => 0,
                // The end of the word is found while it is read.
                _ => {
                    let (mut hash, mut n) = (FNV_OFFSET, 0);
                    for byte in bytes.iter().take_while(|byte| **byte != b'\n') {
                        hash = with_byte(hash, *byte);
                        n += 1;
                    }
                    self.add_hash(hash, marks);
                    n
                }
            };
            bytes = bytes.get(n + 1..).unwrap_or_default();
        }
    }

    fn add_hash(&mut self, hash: u64, marks: u8) {
        let mask = self.slots.len() - 1;
        let mut at = slot_of(hash) & mask;
        // One slot stays empty, so that a search ends.
        for _ in 1..self.slots.len() {
            let Some(slot) = self.slots.get_mut(at) else { return };
            if *slot == 0 {
                *slot = (hash & !MARKS) | u64::from(marks);
                return;
            }
            if *slot & !MARKS == hash & !MARKS {
                *slot |= u64::from(marks);
                return;
            }
            at = (at + 1) & mask;
        }
    }

    /// The marks of a word by its [`word_hash`](crate::extract::word::word_hash); 0 if it is not here.
    #[inline]
    #[allow(clippy::needless_bitwise_bool)]
    pub fn get(&self, hash: u64) -> u8 {
        let mask = self.slots.len() - 1;
        let mut at = slot_of(hash) & mask;
        for _ in 0..self.slots.len() {
            let Some(slot) = self.slots.get(at) else { return 0 };
            // An empty slot has no marks.
            if (*slot == 0) | ((*slot ^ hash) & !MARKS == 0) {
                return (*slot & MARKS) as u8;
            }
            at = (at + 1) & mask;
        }
        0
    }
}

#[inline]
fn slot_of(hash: u64) -> usize {
    ((hash >> 3) ^ (hash >> 32)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::word::word_hash;

    #[test]
    fn marks_are_kept_and_joined() {
        let mut marks = HashMarks::with_capacity(2000);
        let words: Vec<String> = (0..2000).map(|n| format!("w{n}")).collect();
        let words = words.join("\n");
        marks.add_lines(&format!("# words\n[one]\n{words}\n[two]\nw7\n"), |list| {
            u8::from(list == "two") * 3 + 1
        });
        assert_eq!(
            [marks.get(word_hash("w6")), marks.get(word_hash("w7")), marks.get(word_hash("w2001"))],
            [1, 5, 0]
        );
    }
}
