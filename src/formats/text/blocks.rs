//! Blocks of words to a text of one line a paragraph, with its headings.

use super::{Heading, TextFile};
use crate::document::Span;

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Block {
    Paragraph,
    /// Of level 1 to 6.
    Heading(u8),
}

/// Collects words into paragraphs and headings: white space between words becomes one space, whatever
/// stood there, and invisible characters go.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    text: String,
    headings: Vec<Heading>,
    /// Where the open block starts; it has no words yet when this is the text's length.
    start: usize,
    /// White space was seen since the last word of the open block.
    has_gap: bool,
}

impl Blocks {
    /// Adds words to the open block.
    pub fn push(&mut self, words: &str) {
        for (part, is_space) in runs(words) {
            if is_space {
                self.has_gap = true;
                continue;
            }
            if self.has_gap && self.text.len() > self.start {
                self.text.push(' ');
            }
            self.has_gap = false;
            if part.contains(is_invisible) {
                self.text.extend(part.chars().filter(|c| !is_invisible(*c)));
            } else {
                self.text.push_str(part);
            }
        }
    }

    /// Ends the open block; one without words leaves nothing.
    pub fn end(&mut self, block: Block) {
        self.has_gap = false;
        if self.text.len() > self.start {
            if let Block::Heading(level) = block {
                let span = Span { start: self.start, end: self.text.len() };
                self.headings.push(Heading { level: level.clamp(1, 6), span });
            }
            self.text.push_str("\n\n");
        }
        self.start = self.text.len();
    }

    /// Takes back the last block if it is a heading of this level or a lower one.
    pub fn drop_heading(&mut self, level: u8) {
        while let Some(last) = self.headings.last()
            && last.level >= level
            && last.span.end + 2 == self.text.len()
            && self.text.len() == self.start
        {
            self.text.truncate(last.span.start);
            self.start = self.text.len();
            self.headings.pop();
        }
    }

    /// Whether the open block has words.
    pub fn has_words(&self) -> bool {
        self.text.len() > self.start
    }

    /// Bytes written until now.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// The text with its headings, one line end after the last paragraph.
    pub fn finish(mut self) -> TextFile {
        self.end(Block::Paragraph);
        self.text.truncate(self.text.trim_end().len());
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        TextFile { text: self.text, headings: self.headings, ..TextFile::default() }
    }
}

/// Characters that hold no words, or only say where a line may be broken.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\0'..='\u{8}' | '\u{E}'..='\u{1F}' | '\u{7F}'..='\u{84}' | '\u{86}'..='\u{9F}')
}

/// Words and the white space between them, by turns.
fn runs(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let is_space = rest.chars().next()?.is_whitespace();
        let end = rest.find(|c: char| c.is_whitespace() != is_space).unwrap_or(rest.len());
        let (part, after) = rest.split_at_checked(end)?;
        rest = after;
        Some((part, is_space))
    })
}

/// Words as one line: white space between them becomes one space.
pub(super) fn one_line(words: &str) -> String {
    let mut blocks = Blocks::default();
    blocks.push(words);
    blocks.text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_lines_and_keep_their_headings() {
        let mut blocks = Blocks::default();
        blocks.push("  A\u{AD}gdam\n ");
        blocks.push(" to\u{A0}Shusha");
        assert!(blocks.has_words());
        blocks.end(Block::Heading(2));
        blocks.push(" \t ");
        blocks.end(Block::Paragraph);
        blocks.push("They left");
        blocks.push(".");
        let file = blocks.finish();
        assert_eq!(file.text, "Agdam to Shusha\n\nThey left.\n");
        assert_eq!(file.headings, [Heading { level: 2, span: Span { start: 0, end: 15 } }]);
        assert_eq!(Blocks::default().finish().text, "");
    }
}
