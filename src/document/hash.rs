//! FNV-1a, 64 bits: how words are known to the lexicon and the gazetteer, and what stable ids are made of.
//!
//! Source: <https://datatracker.ietf.org/doc/html/rfc9923>. It is stored in `assets/gazetteer.bin` and in
//! files that people keep, so it must not change.

/// The hash of no bytes.
pub const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

/// The hash of some bytes and one more.
#[inline]
pub fn with_byte(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
}

/// The hash of a folded word's UTF-8 bytes.
pub fn word_hash(folded_word: &str) -> u64 {
    folded_word.bytes().fold(FNV_OFFSET, with_byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_hash_of_the_standard() {
        for (word, hash) in
            [("", 0xcbf2_9ce4_8422_2325), ("a", 0xaf63_dc4c_8601_ec8c), ("foobar", 0x8594_4171_f739_67e8)]
        {
            assert_eq!(word_hash(word), hash, "{word:?}");
        }
    }
}
