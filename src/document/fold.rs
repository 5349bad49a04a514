//! Searching a text as people type: without regard to case, accents or the shape of quotes.
//!
//! Letters are decomposed canonically (Unicode NFD, UAX #15), their combining marks dropped and the
//! rest put in lower case. A few letters that Unicode does not decompose are folded by a table.

use icu_normalizer::properties::{
    CanonicalCombiningClassMapBorrowed, CanonicalDecompositionBorrowed, Decomposed,
};

use super::Span;

/// A text made ready for searching. It takes about twelve bytes for each letter.
#[derive(Debug, Clone)]
pub struct FoldedText {
    letters: Vec<char>,
    /// For each folded letter the byte at which its original begins.
    starts: Vec<usize>,
    n_bytes: usize,
}

impl FoldedText {
    pub fn new(text: &str) -> Self {
        let mut folded = Self {
            letters: Vec::with_capacity(text.len()),
            starts: Vec::with_capacity(text.len()),
            n_bytes: text.len(),
        };
        let mut in_space = false;
        for (start, c) in text.char_indices() {
            // A line end or a row of spaces counts as one space, so that a quote is found across lines.
            if c.is_whitespace() {
                if !in_space {
                    folded.letters.push(' ');
                    folded.starts.push(start);
                }
                in_space = true;
                continue;
            }
            in_space = false;
            fold(c, &mut |letter| {
                folded.letters.push(letter);
                folded.starts.push(start);
            });
        }
        folded
    }

    /// Where a query stands in the original text: the first `limit` hits, which do not overlap.
    ///
    /// `a` and `e` in the query also find `ə`, which is transliterated as either.
    pub fn find(&self, query: &str, limit: usize) -> Vec<Span> {
        let query = Self::new(query.trim()).letters;
        let mut hits = Vec::new();
        let Some(first) = query.first() else { return hits };
        let mut at = 0;
        while hits.len() < limit
            && let Some(window) = self.letters.get(at..at + query.len())
        {
            let is_hit = window.first().is_some_and(|c| is_same(*c, *first))
                && window.iter().zip(&query).all(|(c, q)| is_same(*c, *q));
            if is_hit {
                hits.push(self.span(at, at + query.len()));
                at += query.len();
            } else {
                at += 1;
            }
        }
        hits
    }

    /// The original of some folded letters; an original is never cut in two.
    fn span(&self, first: usize, end: usize) -> Span {
        let start = self.starts.get(first).copied().unwrap_or(self.n_bytes);
        let last = self.starts.get(end - 1).copied().unwrap_or(start);
        let after = self.starts.get(end..).into_iter().flatten().find(|next| **next > last);
        Span { start, end: after.copied().unwrap_or(self.n_bytes) }
    }
}

/// Bytes of a long text that are folded at a time.
const PIECE: usize = 1 << 18;

/// As [`FoldedText::find`], without folding all of a long text at once: it takes the room of one piece.
/// Ends early, with what has been found so far, when `is_off` says that nobody waits any more.
pub fn find_in_long_text(text: &str, query: &str, limit: usize, is_off: &dyn Fn() -> bool) -> Vec<Span> {
    find_by_pieces(text, query, limit, PIECE, is_off)
}

fn find_by_pieces(
    text: &str,
    query: &str,
    limit: usize,
    n_bytes: usize,
    is_off: &dyn Fn() -> bool,
) -> Vec<Span> {
    // A hit that begins in a piece may end beyond it: marks and rows of spaces make it longer than
    // the query.
    let beyond = 16 * query.len() + 64;
    let mut hits = Vec::new();
    let mut start = 0;
    while start < text.len() && hits.len() < limit && !is_off() {
        let end = text.floor_char_boundary(start + n_bytes.max(4));
        let piece = text.get(start..text.floor_char_boundary(end + beyond)).unwrap_or("");
        let mut next = end;
        for hit in FoldedText::new(piece).find(query, limit - hits.len()) {
            if start + hit.start >= end {
                break;
            }
            hits.push(Span { start: start + hit.start, end: start + hit.end });
            next = next.max(start + hit.end);
        }
        start = next;
    }
    hits
}

fn is_same(text: char, query: char) -> bool {
    text == query || (text == 'ə' && matches!(query, 'a' | 'e'))
}

/// Appends a word as names are compared: folded as for searching, and every schwa (`ə`, and the `ǝ`
/// that GeoNames writes for it) as `a`.
pub fn push_folded_word(word: &str, folded: &mut String) {
    if word.is_ascii() {
        let start = folded.len();
        folded.push_str(word);
        if let Some(word) = folded.get_mut(start..) {
            word.make_ascii_lowercase();
        }
        return;
    }
    for c in word.chars() {
        fold(c, &mut |letter| folded.push(if matches!(letter, 'ə' | 'ǝ') { 'a' } else { letter }));
    }
}

fn fold(c: char, push: &mut dyn FnMut(char)) {
    if c.is_ascii() {
        push(c.to_ascii_lowercase());
        return;
    }
    match CanonicalDecompositionBorrowed::new().decompose(c) {
        Decomposed::Default | Decomposed::Singleton(_) if is_mark(c) => {}
        Decomposed::Default => plain(c, push),
        // What it stands for may be made of two in turn: the Greek extended Ό is Ό.
        Decomposed::Singleton(single) => fold(single, push),
        Decomposed::Expansion(first, second) => {
            fold(first, push);
            if !is_mark(second) {
                fold(second, push);
            }
        }
    }
}

fn is_mark(c: char) -> bool {
    CanonicalCombiningClassMapBorrowed::new().get_u8(c) != 0
}

/// Letters that only look like others to people, and signs that keyboards have in one shape only.
fn plain(c: char, push: &mut dyn FnMut(char)) {
    let folded = match c {
        'ı' => "i",
        'ł' | 'Ł' => "l",
        'ø' | 'Ø' => "o",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'ß' | 'ẞ' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'Ə' => "ə",
        '“' | '”' | '„' | '«' | '»' | '″' => "\"",
        '‘' | '’' | '‚' | '′' | 'ʼ' => "'",
        '–' | '—' | '−' | '‑' => "-",
        '\u{ad}' | '\u{200b}' | '\u{feff}' => "",
        '…' => "...",
        other => return other.to_lowercase().filter(|c| !is_mark(*c)).for_each(push),
    };
    folded.chars().for_each(push);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn finds_what_a_person_means() {
        for (text, query, expected) in [
            ("Khankendi, KHANKENDI", "khankendi", vec!["Khankendi", "KHANKENDI"]),
            ("in Xankəndi and Gəncə", "xankendi", vec!["Xankəndi"]),
            ("in Xankəndi and Gəncə", "gance", vec!["Gəncə"]),
            ("Şuşa (Shusha), Laçın", "susa", vec!["Şuşa"]),
            ("Şuşa (Shusha), Laçın", "lacin", vec!["Laçın"]),
            ("İstanbul, istanbul", "ISTANBUL", vec!["İstanbul", "istanbul"]),
            ("cafe\u{301}s", "cafe", vec!["cafe\u{301}"]),
            ("die Straße", "strasse", vec!["Straße"]),
            ("die Straße", "stras", vec!["Straß"]),
            ("Երևան, ԵՐԵՎԱՆ", "երևան", vec!["Երևան"]),
            ("🏔🏔 Berg 🏔", "🏔 b", vec!["🏔 B"]),
            ("the “Spayka” cars", "\"spayka\"", vec!["“Spayka”"]),
            ("one\n  line", "one line", vec!["one\n  line"]),
            ("aaaa", "aa", vec!["aa", "aa"]),
            ("Gaza", "gazakh", vec![]),
            ("anything", "   ", vec![]),
            ("", "x", vec![]),
        ] {
            let found: Vec<&str> =
                FoldedText::new(text).find(query, 10).into_iter().map(|s| s.slice(text)).collect();
            assert_eq!(found, expected, "{query:?} in {text:?}");
        }
    }

    #[test]
    fn stops_at_the_limit() {
        assert_eq!(FoldedText::new(&"a ".repeat(100)).find("a", 7).len(), 7);
    }

    proptest! {
        #[test]
        fn hits_lie_on_character_boundaries(text in "[aeəƏçÇşıİßéﬁ🏔՞Ե \n]{0,30}", query in "[aeəcsié🏔 ]{1,3}") {
            for hit in FoldedText::new(&text).find(&query, 100) {
                prop_assert!(text.get(hit.start..hit.end).is_some_and(|hit| !hit.is_empty()));
            }
        }

        #[test]
        fn piece_by_piece_finds_the_same(text in "[abə ]{0,200}", query in "[ab]{1,3}", n_bytes in 4_usize..40) {
            let whole = FoldedText::new(&text).find(&query, 1000);
            prop_assert_eq!(find_by_pieces(&text, &query, 1000, n_bytes, &|| false), whole);
        }

        #[test]
        fn a_piece_of_a_text_is_found_in_it(text in "[a-zéşə]{1,20}", from in 0_usize..20, n in 1_usize..5) {
            let piece: String = text.chars().skip(from).take(n).collect();
            prop_assume!(!piece.is_empty());
            prop_assert!(!FoldedText::new(&text).find(&piece, 1).is_empty());
        }
    }
}
