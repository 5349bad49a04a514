//! The kept parts of a page as paragraphs and headings.

use html5ever::LocalName;

use super::readable::Kept;
use super::tree::{DOCUMENT, Data, NodeId, Step, Tree};
use crate::formats::text::blocks::{Block, Blocks};

/// Elements that begin and end a paragraph.
const BLOCKS: [&str; 44] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

pub(super) fn is_block(name: &LocalName) -> bool {
    BLOCKS.contains(&&**name)
}

/// Writes what is kept of a page.
pub(super) fn write(tree: &Tree, kept: &Kept, blocks: &mut Blocks) {
    let mut state = State { tree, n_breaks: 0, n_pre: 0, row_tables: Vec::new(), lost_since_words: false };
    for step in tree.walk(DOCUMENT, |id| !kept.is_dropped(id)) {
        match step {
            Step::Enter(id) if kept.is_dropped(id) => state.lost_since_words = true,
            Step::Leave(id) if kept.is_dropped(id) => {}
            Step::Enter(id) => state.enter(id, blocks),
            Step::Leave(id) => state.leave(id, blocks),
        }
    }
    blocks.end(Block::Paragraph);
    if state.lost_since_words {
        blocks.drop_heading(1);
    }
}

struct State<'a> {
    tree: &'a Tree,
    /// Line breaks since the last words: two end a paragraph.
    n_breaks: usize,
    n_pre: usize,
    /// Of each open table, whether its rows are written as lines.
    row_tables: Vec<bool>,
    /// Something was left out since the last words that are no heading.
    lost_since_words: bool,
}

impl State<'_> {
    fn enter(&mut self, id: NodeId, blocks: &mut Blocks) {
        let name = match self.tree.data(id) {
            Data::Text(words) => return self.words(words, blocks),
            Data::Element { name, .. } => name,
            Data::Other => return,
        };
        match &**name {
            "br" => {
                self.n_breaks += 1;
                if self.n_breaks == 2 { self.end(Block::Paragraph, blocks) } else { blocks.push(" ") }
            }
            "q" => blocks.push("“"),
            "table" => {
                self.end(Block::Paragraph, blocks);
                self.row_tables.push(has_plain_cells(self.tree, id));
            }
            "td" | "th" if self.is_in_rows() && blocks.has_words() => blocks.push(" | "),
            "td" | "th" if self.is_in_rows() => {}
            "pre" => {
                self.end(Block::Paragraph, blocks);
                self.n_pre += 1;
            }
            _ if is_block(name) => {
                if let Some(level) = heading_level(name) {
                    self.end(Block::Paragraph, blocks);
                    // A heading whose section was left out goes with it.
                    if self.lost_since_words {
                        blocks.drop_heading(level);
                    }
                    self.lost_since_words = false;
                } else {
                    self.end(Block::Paragraph, blocks);
                }
            }
            _ => {}
        }
    }

    fn leave(&mut self, id: NodeId, blocks: &mut Blocks) {
        let Some(name) = self.tree.name(id) else { return };
        match &**name {
            "q" => blocks.push("”"),
            "td" | "th" if self.is_in_rows() => {}
            "table" => {
                self.end(Block::Paragraph, blocks);
                self.row_tables.pop();
            }
            "pre" => {
                self.end(Block::Paragraph, blocks);
                self.n_pre = self.n_pre.saturating_sub(1);
            }
            _ if is_block(name) => {
                self.end(heading_level(name).map_or(Block::Paragraph, Block::Heading), blocks);
            }
            _ => {}
        }
    }

    fn words(&mut self, words: &str, blocks: &mut Blocks) {
        if !words.trim_ascii().is_empty() {
            self.n_breaks = 0;
        }
        if self.n_pre == 0 {
            return blocks.push(words);
        }
        // Preformatted text is set like a letter: a blank line ends a paragraph.
        for line in words.split_inclusive('\n') {
            if line.trim().is_empty() && line.ends_with('\n') && blocks.has_words() && self.n_breaks > 0 {
                self.end(Block::Paragraph, blocks);
            }
            blocks.push(line);
            self.n_breaks = usize::from(line.ends_with('\n'));
        }
    }

    fn end(&mut self, block: Block, blocks: &mut Blocks) {
        if blocks.has_words() && block == Block::Paragraph {
            self.lost_since_words = false;
        }
        self.n_breaks = 0;
        blocks.end(block);
    }

    fn is_in_rows(&self) -> bool {
        self.row_tables.last() == Some(&true)
    }
}

fn heading_level(name: &LocalName) -> Option<u8> {
    match name.as_bytes() {
        [b'h', digit @ b'1'..=b'6'] => Some(digit - b'0'),
        _ => None,
    }
}

/// Whether a table's cells hold words only, as those of data do; others lay out a page.
fn has_plain_cells(tree: &Tree, table: NodeId) -> bool {
    let parts = ["thead", "tbody", "tfoot", "tr", "td", "th", "caption", "table"];
    tree.walk(table, |_| true).all(|step| match step {
        Step::Enter(id) => tree.name(id).is_none_or(|name| {
            !is_block(name) || id == table || (parts.contains(&&**name) && &**name != "table")
        }),
        Step::Leave(_) => true,
    })
}
