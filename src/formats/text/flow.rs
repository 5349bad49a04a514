//! The paragraphs and tables of word processors as a text: a row of short cells becomes one line.

use super::TextFile;
use super::blocks::{Block, Blocks};

/// A cell longer than this is a text of its own, in bytes.
const LONG_CELL: usize = 200;

/// Collects paragraphs, those in tables too.
#[derive(Debug, Default)]
pub(super) struct Flow {
    blocks: Blocks,
    /// The open row of each open table, outermost first: its cells and their paragraphs.
    rows: Vec<Vec<Vec<(Block, String)>>>,
}

impl Flow {
    pub fn paragraph(&mut self, words: String, block: Block) {
        let in_table = self.rows.len();
        self.put(words, block, in_table);
    }

    /// Puts a paragraph into the open cell of the table at a depth, or into the text at 0.
    fn put(&mut self, words: String, block: Block, depth: usize) {
        let cell = depth.checked_sub(1).and_then(|i| self.rows.get_mut(i)).and_then(|row| row.last_mut());
        match cell {
            Some(cell) if !words.trim().is_empty() => cell.push((block, words)),
            Some(_) => {}
            None => {
                self.blocks.push(&words);
                self.blocks.end(block);
            }
        }
    }

    pub fn begin_table(&mut self) {
        self.rows.push(Vec::new());
    }

    pub fn begin_cell(&mut self) {
        if let Some(row) = self.rows.last_mut() {
            row.push(Vec::new());
        }
    }

    pub fn end_row(&mut self) {
        let Some(cells) = self.rows.last_mut().map(std::mem::take) else { return };
        let outside = self.rows.len() - 1;
        let is_line = cells.len() > 1
            && cells
                .iter()
                .all(|cell| cell.len() <= 1 && cell.iter().all(|(_, words)| words.len() <= LONG_CELL));
        if is_line {
            let words: Vec<String> = cells.into_iter().flatten().map(|(_, words)| words).collect();
            self.put(words.join(" | "), Block::Paragraph, outside);
        } else {
            for (block, words) in cells.into_iter().flatten() {
                self.put(words, block, outside);
            }
        }
    }

    pub fn end_table(&mut self) {
        self.end_row();
        self.rows.pop();
    }

    pub fn finish(mut self) -> TextFile {
        while !self.rows.is_empty() {
            self.end_table();
        }
        self.blocks.finish()
    }
}
