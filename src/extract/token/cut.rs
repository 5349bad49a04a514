//! The cutting itself.

use super::eight::{Eight, first_bytes};
use super::{Case, Token, TokenKind};
use crate::document::fold::push_folded_word;
use crate::extract::steps;
use crate::extract::word::{KEY_OFFSET, Lexicon, WordIx, with_eight, word_key};
use crate::progress::{Cancelled, Progress};

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
    // Nothing is joined to the beginning of a text.
    let after = After { gap: true, n_lines: 2 };
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

/// How a word is written by its capitals: 1 where its first letter is one, 2 where another is, 4 where it has
/// small letters.
const CASES: [Case; 8] =
    [Case::Lower, Case::Title, Case::Mixed, Case::Upper, Case::Lower, Case::Title, Case::Mixed, Case::Mixed];

impl Cutter<'_> {
    /// Goes on from one byte to the first token that ends at another or beyond; the end of that, or of
    /// the text.
    fn run(&mut self, mut at: usize, until: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut after = self.after;
        while at < until
            && let Some(first) = bytes.get(at)
        {
            let eight = Eight::at(bytes, at);
            let (letters, n) = eight.letters();
            let (end, next) = match n {
                // Most are words, and most of them are so short that the byte behind is in sight.
                1..8 if !eight.goes_on_wide(n) => {
                    let own = first_bytes(n);
                    let key = with_eight(KEY_OFFSET, eight.small() & own);
                    let (capitals, small) = eight.cases(letters & own);
                    let case = case_of_ascii(capitals & Eight::FIRST, capitals & !Eight::FIRST, small);
                    let end = at + n as usize;
                    self.push(at, end, key, TokenKind::Word, case, after);
                    (end, eight.byte(n))
                }
                1.. => {
                    let end = self.ascii_word(at, after);
                    (end, bytes.get(end).copied().unwrap_or_default())
                }
                0 => match self.other(at, *first, &mut after) {
                    Ok(end) => (end, bytes.get(end).copied().unwrap_or_default()),
                    Err(next) => {
                        at = next;
                        continue;
                    }
                },
            };
            // What most often comes next needs no look of its own.
            let is_space = next == b' ';
            after = After { gap: is_space, n_lines: 0 };
            at = end + usize::from(is_space);
        }
        self.after = after;
        at
    }

    /// What does not begin with an ASCII letter: the end of a token, or, as an error, of white space.
    #[inline]
    fn other(&mut self, at: usize, first: u8, after: &mut After) -> Result<usize, usize> {
        let bytes = self.text.as_bytes();
        match first {
            b'\n' => {
                *after = After { gap: true, n_lines: after.n_lines.saturating_add(1) };
                Err(at + 1)
            }
            b' ' | b'\t' | b'\r' | 0x0b | 0x0c => {
                after.gap = true;
                Err(at + 1)
            }
            b'0'..=b'9' => {
                let rest = bytes.get(at..).unwrap_or_default();
                let n = rest.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(rest.len());
                let key = self.text.get(at..at + n).map_or(0, word_key);
                self.push(at, at + n, key, TokenKind::Number, Case::Lower, *after);
                Ok(at + n)
            }
            0x80.. => self.wide(at, after),
            _ => {
                let key = with_eight(KEY_OFFSET, u64::from(first));
                self.push(at, at + 1, key, TokenKind::Sign, Case::Lower, *after);
                Ok(at + 1)
            }
        }
    }

    /// The same of what begins with a character beyond ASCII.
    #[cold]
    fn wide(&mut self, at: usize, after: &mut After) -> Result<usize, usize> {
        let next = self.text.get(at..).and_then(|rest| rest.chars().next());
        let Some(c) = next else { return Err(self.text.len()) };
        let end = at + c.len_utf8();
        if is_letter(c) {
            return Ok(self.any_word(at, at, *after));
        }
        if !c.is_whitespace() {
            self.push(at, end, 0, TokenKind::Sign, Case::Lower, *after);
            return Ok(end);
        }
        after.gap = true;
        if matches!(c, '\u{85}' | '\u{2028}') {
            after.n_lines = after.n_lines.saturating_add(1);
        } else if c == '\u{2029}' {
            after.n_lines = 2;
        }
        Err(end)
    }

    /// A word that begins with ASCII letters, folded as it is read; the end of it.
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
        self.push(start, at, key, TokenKind::Word, case_of_ascii(first, others, small), after);
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
            is_joined: !after.gap,
            begins_paragraph: after.n_lines >= 2,
            begins_line: after.n_lines >= 1,
            has_capital: case != Case::Lower,
        });
    }
}

/// What stood since the last token.
#[derive(Debug, Clone, Copy, Default)]
struct After {
    gap: bool,
    n_lines: u8,
}

/// By the high bits of capitals: of the first letter, of others; and of the small letters.
#[inline]
fn case_of_ascii(first: u64, others: u64, small: u64) -> Case {
    let (first, others, small) = (usize::from(first != 0), usize::from(others != 0), usize::from(small != 0));
    // No processor could guess it, but a table knows.
    CASES.get(first | others << 1 | small << 2).copied().unwrap_or(Case::Mixed)
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
    use crate::extract::word::word_hash;

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
