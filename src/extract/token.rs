//! A text cut into words, numbers and signs, each looked up once.
//!
//! Letters and digits part company ("1990s" is `1990` `s`, "5pm" is `5` `pm`), and every sign stands
//! alone ("Côte d’Ivoire" is `Côte` `d` `’` `Ivoire`), so that rules need not know how a thing was
//! set; [`Token::is_joined`] says what stood together.

use super::steps;
use super::word::{FNV_OFFSET, KEY_OFFSET, Lexicon, WordIx, with_byte, with_eight, word_hash, word_key};
use crate::document::Span;
use crate::document::fold::push_folded_word;
use crate::progress::{Cancelled, Progress};

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters only.
    Word,
    /// Decimal digits 0–9 only.
    Number,
    /// One character that is neither.
    Sign,
}

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Case {
    /// No letter with case, or all small.
    Lower,
    /// The first letter only: "Paris", "A".
    Title,
    /// All of at least two: "NATO".
    Upper,
    /// Anything else: `McDonald`, `iPhone`.
    Mixed,
}

/// A word, a number or a sign of a text. Offsets are UTF-8 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    pub start: u32,
    pub end: u32,
    /// [`word_key`] of the folded word; of a number or an ASCII sign that of its bytes.
    pub key: u64,
    pub word: WordIx,
    pub kind: TokenKind,
    pub case: Case,
    /// Of a word: it has ASCII letters only.
    pub is_ascii: bool,
    /// Nothing stands between it and the token before.
    pub is_joined: bool,
    /// A blank line, or the beginning of the text, stands before it.
    pub begins_paragraph: bool,
    /// A line end stands before it.
    pub begins_line: bool,
    /// A word that begins with a capital letter, or has one.
    has_capital: bool,
}

impl Token {
    pub fn span(&self) -> Span {
        Span { start: self.start as usize, end: self.end as usize }
    }

    pub fn text<'t>(&self, text: &'t str) -> &'t str {
        self.span().slice(text)
    }

    pub fn is_word(&self) -> bool {
        self.kind == TokenKind::Word
    }

    pub fn is_number(&self) -> bool {
        self.kind == TokenKind::Number
    }

    /// A word that begins with a capital letter.
    #[inline]
    pub fn is_capitalised(&self) -> bool {
        self.has_capital
    }

    /// Is it this one sign?
    pub fn is_sign(&self, text: &str, sign: char) -> bool {
        self.kind == TokenKind::Sign && self.sign(text) == sign
    }

    /// The character of a sign.
    #[inline]
    pub fn sign(&self, text: &str) -> char {
        match text.as_bytes().get(self.start as usize) {
            Some(byte) if byte.is_ascii() => char::from(*byte),
            _ => self.text(text).chars().next().unwrap_or('\0'),
        }
    }

    /// Are its last bytes these?
    #[inline]
    pub fn ends_with(&self, text: &str, ending: &[u8]) -> bool {
        text.as_bytes().get(self.start as usize..self.end as usize).is_some_and(|own| own.ends_with(ending))
    }

    /// [`word_hash`] of the folded word, by which the gazetteer knows it. O(length): it is made when it is asked for.
    pub fn hash(&self, text: &str) -> u64 {
        let word = self.text(text);
        if self.is_ascii {
            return word.bytes().map(|byte| byte.to_ascii_lowercase()).fold(FNV_OFFSET, with_byte);
        }
        let mut folded = String::with_capacity(word.len());
        push_folded_word(word, &mut folded);
        word_hash(&folded)
    }

    /// The value of a number of at most 18 digits.
    pub fn number(&self, text: &str) -> Option<u64> {
        if self.kind != TokenKind::Number || self.end - self.start > 18 {
            return None;
        }
        Some(self.text(text).bytes().fold(0, |value, digit| value * 10 + u64::from(digit - b'0')))
    }

    pub fn n_digits(&self) -> usize {
        if self.is_number() { (self.end - self.start) as usize } else { 0 }
    }
}

/// The tokens of a text of less than 4 GiB, in order; what lies beyond is not read. O(n).
pub fn tokenize(text: &str, lexicon: &Lexicon) -> Vec<Token> {
    let mut tokens = Vec::new();
    // Nobody cancels this progress.
    let _ = tokenize_watched(text, lexicon, &Progress::default(), &mut tokens);
    tokens
}

/// The same into a list that is there, with a word on how far it has come at every MB.
///
/// # Errors
/// [`Cancelled`] when the tokens are no longer wanted.
pub fn tokenize_watched(
    text: &str,
    lexicon: &Lexicon,
    progress: &Progress,
    tokens: &mut Vec<Token>,
) -> Result<(), Cancelled> {
    tokens.clear();
    tokens.reserve(text.len() / 5);
    let after = After { gap: false, n_lines: 2 };
    let text = text.get(..text.floor_char_boundary(u32::MAX as usize)).unwrap_or(text);
    let mut cutter = Cutter { text, tokens, folded: String::new(), after };
    let mut at = 0;
    while at < text.len() {
        progress.reach(at as u64)?;
        let n_before = cutter.tokens.len();
        at = cutter.run(at, at.saturating_add(STRETCH));
        // Looked up apart from being cut, the words need not wait for each other.
        for token in cutter.tokens.iter_mut().skip(n_before) {
            token.word = lexicon.get(token.key);
        }
    }
    Ok(())
}

/// Bytes that are cut up between two looks at whether they are still wanted, and then looked up: so few that
/// their tokens are still at hand.
const STRETCH: usize = 1 << 11;

struct Cutter<'t> {
    text: &'t str,
    tokens: &'t mut Vec<Token>,
    folded: String,
    /// What stands before the next token.
    after: After,
}

/// What a byte begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Byte {
    Letter,
    Digit,
    Sign,
    Space,
    LineEnd,
    /// A character beyond ASCII.
    Wide,
}

/// Computed when the program is compiled, where an index cannot panic.
#[allow(clippy::indexing_slicing)]
const BYTES: [Byte; 256] = {
    let mut bytes = [Byte::Sign; 256];
    let mut byte = 0_u8;
    loop {
        bytes[byte as usize] = match byte {
            b'a'..=b'z' | b'A'..=b'Z' => Byte::Letter,
            b'0'..=b'9' => Byte::Digit,
            b'\n' => Byte::LineEnd,
            b' ' | b'\t' | b'\r' | 0x0b | 0x0c => Byte::Space,
            0x80.. => Byte::Wide,
            _ => Byte::Sign,
        };
        if byte == u8::MAX {
            break bytes;
        }
        byte += 1;
    }
};

impl Cutter<'_> {
    /// Goes on from one byte to the first token that ends at another or beyond; the end of that, or of
    /// the text.
    fn run(&mut self, mut at: usize, until: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut after = self.after;
        while at < until
            && let Some(first) = bytes.get(at)
        {
            let end = match BYTES.get(usize::from(*first)).copied().unwrap_or(Byte::Wide) {
                Byte::LineEnd => {
                    after = After { gap: true, n_lines: after.n_lines.saturating_add(1) };
                    at += 1;
                    continue;
                }
                Byte::Space => {
                    after.gap = true;
                    at += 1;
                    continue;
                }
                Byte::Letter => self.ascii_word(at, after),
                Byte::Digit => {
                    let rest = bytes.get(at..).unwrap_or_default();
                    let n = rest.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(rest.len());
                    let key = self.text.get(at..at + n).map_or(0, word_key);
                    self.push(at, at + n, key, TokenKind::Number, Case::Lower, after);
                    at + n
                }
                Byte::Sign => {
                    let key = with_eight(KEY_OFFSET, u64::from(*first));
                    self.push(at, at + 1, key, TokenKind::Sign, Case::Lower, after);
                    at + 1
                }
                Byte::Wide => {
                    let next = self.text.get(at..).and_then(|rest| rest.chars().next());
                    let Some(c) = next else { return bytes.len() };
                    if is_letter(c) {
                        self.any_word(at, at, after)
                    } else if c.is_whitespace() {
                        at += c.len_utf8();
                        after.gap = true;
                        if matches!(c, '\u{85}' | '\u{2028}') {
                            after.n_lines = after.n_lines.saturating_add(1);
                        } else if c == '\u{2029}' {
                            after.n_lines = 2;
                        }
                        continue;
                    } else {
                        let end = at + c.len_utf8();
                        self.push(at, end, 0, TokenKind::Sign, Case::Lower, after);
                        end
                    }
                }
            };
            // What most often comes next needs no look of its own.
            let is_space = bytes.get(end) == Some(&b' ');
            after = After { gap: is_space, n_lines: 0 };
            at = end + usize::from(is_space);
        }
        self.after = after;
        at
    }

    /// A word of ASCII letters, folded as it is read; the end of it.
    #[inline]
    fn ascii_word(&mut self, start: usize, after: After) -> usize {
        let mut key = KEY_OFFSET;
        let (mut first, mut others, mut small) = (0, 0, 0);
        let mut at = start;
        loop {
            let eight = Eight::at(self.text.as_bytes(), at);
            let (letters, n) = eight.letters();
            let own = first_bytes(n);
            let (capitals, others_small) = eight.cases(letters & own);
            let own_first = if at == start { Eight::FIRST } else { 0 };
            first |= capitals & own_first;
            others |= capitals & !own_first;
            small |= others_small;
            if n > 0 {
                key = with_eight(key, eight.small() & own);
            }
            at += n as usize;
            if n < 8 {
                break;
            }
        }
        let bytes = self.text.as_bytes();
        if bytes.get(at).is_some_and(|next| *next >= 0x80)
            && self.text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(is_letter)
        {
            return self.any_word(start, at, after);
        }
        let case = match (first != 0, others != 0) {
            (false, false) => Case::Lower,
            (true, false) => Case::Title,
            (true, true) if small == 0 => Case::Upper,
            _ => Case::Mixed,
        };
        self.push(start, at, key, TokenKind::Word, case, after);
        at
    }

    /// A word with letters beyond ASCII, of which the letters before `at` are known; the end of it.
    #[cold]
    fn any_word(&mut self, start: usize, at: usize, after: After) -> usize {
        let rest = self.text.get(at..).unwrap_or("");
        let end = rest.char_indices().find(|(_, c)| !is_letter(*c)).map_or(self.text.len(), |(n, _)| at + n);
        let word = self.text.get(start..end).unwrap_or("");
        self.folded.clear();
        push_folded_word(word, &mut self.folded);
        let key = word_key(&self.folded);
        let n_upper = word.chars().filter(|c| c.is_uppercase()).count();
        let n_letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let first_is_upper = word.chars().next().is_some_and(char::is_uppercase);
        let case = case_of(n_upper, n_letters, first_is_upper);
        self.push(start, end, key, TokenKind::Word, case, after);
        if let Some(token) = self.tokens.last_mut() {
            token.is_ascii = false;
        }
        end
    }

    /// Offsets fit 32 bits: longer texts are cut before.
    #[inline]
    fn push(&mut self, start: usize, end: usize, key: u64, kind: TokenKind, case: Case, after: After) {
        steps::count();
        self.tokens.push(Token {
            start: start as u32,
            end: end as u32,
            key,
            word: WordIx::UNKNOWN,
            kind,
            case,
            is_ascii: true,
            is_joined: !after.gap && !self.tokens.is_empty(),
            begins_paragraph: after.n_lines >= 2,
            begins_line: after.n_lines >= 1,
            has_capital: case != Case::Lower,
        });
    }
}

/// Eight bytes of a text, looked at together: each in eight bits of a number, the first in the lowest.
#[derive(Debug, Clone, Copy)]
struct Eight(u64);

impl Eight {
    const ONES: u64 = u64::MAX / 255;
    const HIGH: u64 = Self::ONES << 7;
    /// What tells small ASCII letters from capitals.
    const SMALL: u64 = Self::ONES * 0x20;
    /// The high bit of the first.
    const FIRST: u64 = 0x80;

    /// Those from a byte on; zeros behind the end.
    #[inline]
    fn at(bytes: &[u8], at: usize) -> Self {
        let rest = bytes.get(at..).unwrap_or_default();
        if let Some(eight) = rest.first_chunk() {
            return Self(u64::from_le_bytes(*eight));
        }
        Self(rest.iter().rev().fold(0, |all, byte| all << 8 | u64::from(*byte)))
    }

    /// With letters in small.
    #[inline]
    fn small(self) -> u64 {
        self.0 | Self::SMALL
    }

    /// The high bit of each byte that is an ASCII letter, and how many there are before any other byte.
    #[inline]
    fn letters(self) -> (u64, u32) {
        // No sum of seven bits and so little carries into the next byte.
        let small = self.small() & !Self::HIGH;
        let from_a = small + Self::ONES * u64::from(0x80 - b'a');
        let beyond_z = small + Self::ONES * u64::from(0x7f - b'z');
        let letters = from_a & !beyond_z & !self.0 & Self::HIGH;
        (letters, (!letters & Self::HIGH).trailing_zeros() / 8)
    }

    /// The high bits of those of these letters that are capitals, and of those that are small.
    #[inline]
    fn cases(self, letters: u64) -> (u64, u64) {
        let is_small = self.0 << 2;
        (letters & !is_small, letters & is_small)
    }
}

/// The bits of the first `n` bytes, at most eight.
#[inline]
fn first_bytes(n: u32) -> u64 {
    1_u64.checked_shl(n * 8).map_or(u64::MAX, |end| end - 1)
}

/// What stood since the last token.
#[derive(Debug, Clone, Copy, Default)]
struct After {
    gap: bool,
    n_lines: u8,
}

fn case_of(n_upper: usize, n_letters: usize, first_is_upper: bool) -> Case {
    match n_upper {
        0 => Case::Lower,
        1 if first_is_upper => Case::Title,
        n if n == n_letters => Case::Upper,
        _ => Case::Mixed,
    }
}

/// Letters and the marks that belong to them (combining accents, vowel signs, joiners within words).
fn is_letter(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200c}' | '\u{200d}' | 'ʼ' | 'ʻ')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(text: &str) -> Vec<String> {
        let tokens = tokenize(text, &Lexicon::default());
        tokens.iter().map(|t| format!("{}{}", if t.is_joined { "~" } else { "" }, t.text(text))).collect()
    }

    #[test]
    fn a_text_is_cut_where_its_kinds_change() {
        for (text, expected) in [
            ("", vec![]),
            ("In 1990s Paris.", vec!["In", "1990", "~s", "Paris", "~."]),
            ("5pm, 3.5", vec!["5", "~pm", "~,", "3", "~.", "~5"]),
            ("Côte d’Ivoire", vec!["Côte", "d", "~’", "~Ivoire"]),
            ("Xankəndi—Երևան", vec!["Xankəndi", "~—", "~Երևան"]),
            ("U.S. 2020–21", vec!["U", "~.", "~S", "~.", "2020", "~–", "~21"]),
            ("İ e\u{301}té\u{a0}x", vec!["İ", "e\u{301}té", "x"]),
            ("٣ 🏔x", vec!["٣", "🏔", "~x"]),
        ] {
            assert_eq!(words(text), expected, "{text:?}");
        }
    }

    #[test]
    fn case_is_seen_in_any_script() {
        for (word, case) in [
            ("paris", Case::Lower),
            ("Paris", Case::Title),
            ("A", Case::Title),
            ("NATO", Case::Upper),
            ("McDonald", Case::Mixed),
            ("iPhone", Case::Mixed),
            ("Şuşa", Case::Title),
            ("ЕРЕВАН", Case::Upper),
            ("東京", Case::Lower),
        ] {
            assert_eq!(tokenize(word, &Lexicon::default())[0].case, case, "{word}");
        }
    }

    #[test]
    fn lines_and_paragraphs_begin_where_they_do() {
        let text = "One two\nthree\r\n\r\nfour\n \n five";
        let begins: Vec<(bool, bool)> =
            tokenize(text, &Lexicon::default()).iter().map(|t| (t.begins_line, t.begins_paragraph)).collect();
        let (no, line, paragraph) = ((false, false), (true, false), (true, true));
        assert_eq!(begins, [paragraph, no, line, paragraph, paragraph]);
    }

    #[test]
    fn a_long_text_is_cut_as_a_short_one() {
        // Words, gaps and paragraphs that go over the end of a stretch.
        for before in [STRETCH - 3, STRETCH - 1, STRETCH] {
            for piece in ["a border é 12", "ab\n\ncd", "ab \n cd", "1234567"] {
                let text = format!("{}{piece}", " ".repeat(before));
                let shift = |token: Token| Token {
                    start: token.start - u32::try_from(before).unwrap(),
                    end: token.end - u32::try_from(before).unwrap(),
                    ..token
                };
                let lexicon = Lexicon::default();
                let long: Vec<Token> = tokenize(&text, &lexicon).into_iter().map(shift).collect();
                assert_eq!(long, tokenize(piece, &lexicon), "{before} {piece:?}");
            }
        }
    }

    #[test]
    fn who_is_stopped_gives_nothing() {
        let progress = Progress::default();
        progress.cancel();
        let mut tokens = Vec::new();
        assert_eq!(tokenize_watched("a b", &Lexicon::default(), &progress, &mut tokens), Err(Cancelled));
    }

    proptest! {
        #[test]
        fn tokens_cover_all_but_white_space(text in "\\PC{0,80}|[aAzZ@\\[`{1 .’é\u{301}ə\n🏔]{0,40}") {
            let tokens = tokenize(&text, &Lexicon::default());
            let mut last = 0;
            for token in &tokens {
                let span = token.span();
                prop_assert!(text.get(last..span.start).is_some_and(|gap| gap.chars().all(char::is_whitespace)));
                prop_assert_eq!(token.is_joined, span.start == last && last > 0);
                prop_assert!(!token.text(&text).is_empty());
                if token.is_word() {
                    let mut folded = String::new();
                    push_folded_word(token.text(&text), &mut folded);
                    prop_assert_eq!(token.key, word_key(&folded));
                    prop_assert_eq!(token.hash(&text), word_hash(&folded));
                }
                last = span.end;
            }
            prop_assert!(text.get(last..).is_some_and(|gap| gap.chars().all(char::is_whitespace)));
        }
    }
}
