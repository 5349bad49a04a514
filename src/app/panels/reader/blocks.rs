//! A document as blocks to be set one under another: title, source line, headings, paragraphs.

use crate::document::{Document, Span, segment};
use crate::store::{DocumentIx, EventStore, MentionIx, PassageIx};

/// Longer paragraphs are set in pieces, so that one without line ends costs no more than others.
const MAX_BLOCK_BYTES: usize = 6_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    Title,
    /// Whose words these are and when they were published.
    Meta,
    Heading,
    Body,
    /// Goes on from the block before it.
    Continued,
    /// Why the text is not here.
    Reason,
    /// A passage of a text that is not here.
    Quote,
}

/// A block, with what is marked in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    pub kind: BlockKind,
    pub text: BlockText,
    pub n_chars: usize,
    pub mentions: Vec<MentionIx>,
    pub passages: Vec<PassageIx>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum BlockText {
    /// A stretch of the document.
    Document(Span),
    /// The program's own words or a passage's quote.
    Own(String),
}

impl Block {
    fn own(kind: BlockKind, text: String) -> Self {
        Self {
            kind,
            n_chars: text.chars().count(),
            text: BlockText::Own(text),
            mentions: Vec::new(),
            passages: Vec::new(),
        }
    }

    fn of_document(kind: BlockKind, span: Span, text: &str) -> Self {
        Self {
            kind,
            n_chars: span.slice(text).chars().count(),
            text: BlockText::Document(span),
            mentions: Vec::new(),
            passages: Vec::new(),
        }
    }

    /// Where the block stands in its document; `None` for the program's own words.
    pub fn span(&self) -> Option<Span> {
        match &self.text {
            BlockText::Document(span) => Some(*span),
            BlockText::Own(_) => None,
        }
    }

    pub fn slice<'a>(&'a self, document: &'a Document) -> &'a str {
        match &self.text {
            BlockText::Document(span) => span.slice(&document.text),
            BlockText::Own(text) => text,
        }
    }
}

/// The blocks of a document in the order in which they are read. O(text + marks).
pub fn blocks(store: &EventStore, document_ix: DocumentIx) -> Vec<Block> {
    let Some(document) = store.document(document_ix) else { return Vec::new() };
    if let Some(reason) = &document.missing {
        return without_text(store, document_ix, document, reason);
    }
    let mut blocks = Vec::new();
    // Headings and paragraphs are in text order: one walk along both.
    let mut headings = document.headings.iter().peekable();
    for span in segment::paragraphs(&document.text) {
        while headings.next_if(|heading| heading.end <= span.start).is_some() {}
        let is_heading = headings.peek().is_some_and(|heading| heading.overlaps(span));
        let kind = match (is_heading, blocks.is_empty()) {
            (true, true) => BlockKind::Title,
            (true, false) => BlockKind::Heading,
            (false, _) => BlockKind::Body,
        };
        if blocks.is_empty() && kind != BlockKind::Title {
            blocks.extend(title_of(document));
            blocks.push(Block::own(BlockKind::Meta, meta(document)));
        }
        for (number, piece) in pieces(span, &document.text).into_iter().enumerate() {
            let kind = if number == 0 { kind } else { BlockKind::Continued };
            blocks.push(Block::of_document(kind, piece, &document.text));
        }
        if kind == BlockKind::Title {
            blocks.push(Block::own(BlockKind::Meta, meta(document)));
        }
    }
    assign_marks(&mut blocks, store, document_ix);
    blocks
}

fn title_of(document: &Document) -> Option<Block> {
    (!document.title.is_empty()).then(|| Block::own(BlockKind::Title, document.title.clone()))
}

fn meta(document: &Document) -> String {
    let source = if document.source.is_empty() { "Source not named" } else { &document.source };
    match &document.published {
        Some(date) => format!("{source}\nPublished {}", date.edtf.for_people()),
        None => format!("{source}\nDate of publication not known"),
    }
}

fn without_text(
    store: &EventStore,
    document_ix: DocumentIx,
    document: &Document,
    reason: &str,
) -> Vec<Block> {
    let mut blocks: Vec<Block> = title_of(document).into_iter().collect();
    blocks.push(Block::own(BlockKind::Meta, meta(document)));
    let quotes = store.passages_of_document(document_ix);
    let remains = if quotes.is_empty() { "" } else { " These are the passages that its events quote:" };
    blocks.push(Block::own(BlockKind::Reason, format!("The text is not here: {reason}.{remains}")));
    for passage_ix in quotes {
        let Some(passage) = store.passage(*passage_ix) else { continue };
        blocks.push(Block {
            passages: vec![*passage_ix],
            ..Block::own(BlockKind::Quote, passage.quote.clone())
        });
    }
    blocks
}

/// Cuts a long paragraph after white space where there is some.
fn pieces(span: Span, text: &str) -> Vec<Span> {
    let mut pieces = Vec::new();
    let mut start = span.start;
    while span.end - start > MAX_BLOCK_BYTES {
        let limit = text.floor_char_boundary(start + MAX_BLOCK_BYTES);
        let head = text.get(start..limit).unwrap_or("");
        let cut = head.rfind(char::is_whitespace).map_or(limit, |space| start + space);
        let next = cut + text.get(cut..).map_or(0, |rest| rest.len() - rest.trim_start().len());
        if cut == start || next >= span.end {
            break;
        }
        pieces.push(Span { start, end: cut });
        start = next;
    }
    pieces.push(Span { start, end: span.end });
    pieces
}

fn assign_marks(blocks: &mut [Block], store: &EventStore, document: DocumentIx) {
    let in_text: Vec<(usize, Span)> =
        blocks.iter().enumerate().filter_map(|(number, b)| Some((number, b.span()?))).collect();
    let touched = |span: Span| -> Vec<usize> {
        let first = in_text.partition_point(|(_, block)| block.end <= span.start);
        let touched = in_text.get(first..).into_iter().flatten();
        touched.take_while(|(_, block)| block.start < span.end).map(|(number, _)| *number).collect()
    };
    for mention in store.mentions_of_document(document) {
        let Some(span) = store.mention(*mention).and_then(|m| m.span) else { continue };
        for number in touched(span) {
            if let Some(block) = blocks.get_mut(number) {
                block.mentions.push(*mention);
            }
        }
    }
    for passage in store.passages_of_document(document) {
        let Some(span) = store.passage(*passage).and_then(|p| p.span) else { continue };
        for number in touched(span) {
            if let Some(block) = blocks.get_mut(number) {
                block.passages.push(*passage);
            }
        }
    }
}

/// The block in which a byte of the document stands, or the one before it where it stands between.
pub fn block_of_byte(blocks: &[Block], byte: usize) -> usize {
    // The program's own words stand at the beginning only, save in a document without text.
    let after = blocks.partition_point(|b| b.span().is_none_or(|s| s.start <= byte));
    let mut number = after.saturating_sub(1);
    while number > 0 && blocks.get(number).is_some_and(|b| b.span().is_none()) {
        number -= 1;
    }
    number
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::store::Account;

    fn store_of(document: Document) -> EventStore {
        EventStore::build(&[Arc::new(Account { documents: vec![document], ..Account::default() })])
    }

    fn document(text: &str, headings: Vec<Span>) -> Document {
        Document {
            id: "d".into(),
            title: "A title".into(),
            source: "A paper".into(),
            text: text.into(),
            headings,
            ..Document::default()
        }
    }

    #[test]
    fn a_text_becomes_title_source_line_headings_and_paragraphs() {
        use BlockKind::{Body, Heading, Meta, Title};
        let text = "Şuşa\n\nOne.\n\nPart\n\nTwo.\nThree.";
        let heading = |word: &str| {
            let start = text.find(word).unwrap();
            Span { start, end: start + word.len() }
        };
        for (name, headings, expected) in [
            (
                "with title",
                vec![heading("Şuşa"), heading("Part")],
                vec![Title, Meta, Body, Heading, Body, Body],
            ),
            ("without", vec![heading("Part")], vec![Title, Meta, Body, Body, Heading, Body, Body]),
            ("plain", vec![], vec![Title, Meta, Body, Body, Body, Body, Body]),
        ] {
            let store = store_of(document(text, headings));
            let blocks = blocks(&store, DocumentIx(0));
            let kinds: Vec<BlockKind> = blocks.iter().map(|b| b.kind).collect();
            assert_eq!(kinds, expected, "{name}");
            for word in ["Şuşa", "One.", "Part", "Three."] {
                let byte = text.find(word).unwrap();
                let found = &blocks[block_of_byte(&blocks, byte + 1)];
                assert_eq!(found.slice(store.document(DocumentIx(0)).unwrap()), word, "{name}");
            }
        }
    }

    #[test]
    fn a_paragraph_without_end_is_cut_between_words() {
        let text = "ərazi 🏔 ".repeat(4_000);
        let store = store_of(document(&text, vec![]));
        let blocks = blocks(&store, DocumentIx(0));
        let spans: Vec<Span> = blocks.iter().filter_map(Block::span).collect();
        assert!(spans.len() > 5);
        assert!(spans.iter().all(|s| s.end - s.start <= MAX_BLOCK_BYTES && !s.slice(&text).is_empty()));
        assert!(spans.windows(2).all(|s| text[s[0].end..s[1].start].trim().is_empty()));
        assert_eq!(blocks.iter().filter(|b| b.kind == BlockKind::Body).count(), 1);
    }

    #[test]
    fn letters_without_any_space_are_set_all_the_same() {
        let text = "🏔".repeat(5_000);
        let store = store_of(document(&text, vec![]));
        let n_bytes: usize =
            blocks(&store, DocumentIx(0)).iter().filter_map(Block::span).map(|s| s.end - s.start).sum();
        assert_eq!(n_bytes, text.len());
    }

    #[test]
    fn a_missing_text_says_why() {
        let store = store_of(Document { missing: Some("its file is gone".into()), ..document("", vec![]) });
        let blocks = blocks(&store, DocumentIx(0));
        assert!(matches!(&blocks[2].text, BlockText::Own(text) if text.contains("its file is gone")));
    }
}
