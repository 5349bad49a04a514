//! How a name is folded for the index, by a rule that a tokenizer of any text can follow.
//!
//! A word is a longest run of [name characters](is_name_char); each is folded by
//! [`push_folded_word`] (case, accents, `ə` → `a`, dotless `ı` → `i`), and the words stand one space
//! apart. Everything else, hyphens, apostrophes and stops too, only parts words:
//!
//! | written | folded |
//! |---|---|
//! | `Nagorno-Karabakh` | `nagorno karabakh` |
//! | `Côte d’Ivoire` | `cote d ivoire` |
//! | `Queen Anne's County` | `queen anne s county` |
//! | `U.S.` | `u s` |
//! | `Xankəndi` | `xankandi` |

use crate::document::fold::push_folded_word;
pub use crate::document::hash::word_hash;

/// Is this a character of a word? Letters, digits, and combining marks, but no apostrophe of any kind
/// (those in U+02B0–02FF count as letters in Unicode, and here as apostrophes).
pub fn is_name_char(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    match c {
        '\u{2b0}'..='\u{2ff}' => false,
        // Combining marks: Latin, Cyrillic and Greek; Hebrew points; Arabic vowel signs.
        '\u{300}'..='\u{36f}'
        | '\u{483}'..='\u{487}'
        | '\u{591}'..='\u{5bd}'
        | '\u{5bf}'
        | '\u{5c1}'..='\u{5c2}'
        | '\u{5c4}'..='\u{5c5}'
        | '\u{5c7}'
        | '\u{610}'..='\u{61a}'
        | '\u{640}'
        | '\u{64b}'..='\u{65f}'
        | '\u{670}' => true,
        _ => c.is_alphanumeric(),
    }
}

/// The words of a name or text, not folded.
pub fn name_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !is_name_char(c)).filter(|word| !word.is_empty())
}

/// Appends a name, folded: its words in lower case and without accents, one space between them.
pub fn fold_name(name: &str, folded: &mut String) {
    let mut is_first = true;
    for word in name_words(name) {
        let before = folded.len();
        if !is_first {
            folded.push(' ');
        }
        let start = folded.len();
        push_folded_word(word, folded);
        // A word of marks alone folds to nothing.
        if folded.len() == start {
            folded.truncate(before);
        } else {
            is_first = false;
        }
    }
}

/// What [`name_hash`] is of no words.
pub const NO_WORDS: u64 = 0;

/// The hash of a name from that of its words so far and the [`word_hash`] of its next word: what the
/// gazetteer knows a name by. Its first bits are the best ones.
#[inline]
pub fn name_hash(so_far: u64, word_hash: u64) -> u64 {
    // FNV's first bits hardly change with a short word; the product's all do.
    (so_far.rotate_left(25) ^ word_hash).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// [`name_hash`] of a whole folded name.
pub fn hash_of_name(folded_name: &str) -> u64 {
    folded_name.split(' ').fold(NO_WORDS, |so_far, word| name_hash(so_far, word_hash(word)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn folded(name: &str) -> String {
        let mut folded = String::new();
        fold_name(name, &mut folded);
        folded
    }

    #[test]
    fn names_are_folded_as_the_table_says() {
        for (written, expected) in [
            ("Nagorno-Karabakh", "nagorno karabakh"),
            ("Côte d’Ivoire", "cote d ivoire"),
            ("Co\u{302}te d'Ivoire", "cote d ivoire"),
            ("Queen Anne's County", "queen anne s county"),
            ("U.S.", "u s"),
            ("Xankəndi", "xankandi"),
            ("Xank\u{1dd}ndi", "xankandi"),
            ("Stepʻanakert", "step anakert"),
            ("  Saint-Étienne ", "saint etienne"),
            ("ISTANBUL", "istanbul"),
            ("İstanbul", "istanbul"),
            ("Ереван", "ереван"),
            ("Ղարաբաղ", "ղարաբաղ"),
            ("’s-Hertogenbosch", "s hertogenbosch"),
            ("…", ""),
        ] {
            assert_eq!(folded(written), expected, "{written:?}");
        }
    }

    #[test]
    fn the_hash_is_fnv_1a() {
        assert_eq!(word_hash(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(word_hash("a"), 0xaf63_dc4c_8601_ec8c);
    }

    #[test]
    fn a_name_has_the_hash_of_its_words_in_their_order() {
        let new_york = name_hash(name_hash(NO_WORDS, word_hash("new")), word_hash("york"));
        assert_eq!(hash_of_name("new york"), new_york);
        assert_ne!(hash_of_name("york new"), new_york);
        assert_ne!(hash_of_name("new"), hash_of_name("new new"));
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(name in "\\PC{0,20}") {
            let once = folded(&name);
            prop_assert_eq!(folded(&once), once);
        }
    }
}
