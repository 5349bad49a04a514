//! The typeset document: which blocks are in sight, and where each byte of the text stands.

use std::sync::Arc;

use egui::text::LayoutJob;
use egui::{Context, Galley};

use super::blocks::{Block, block_of_byte};
use super::typeset;
use crate::app::heights::Heights;
use crate::app::theme::Palette;
use crate::document::Span;
use crate::store::{DocumentIx, EventStore};
use crate::view::Theme;

/// Empty space under the last line, in points.
const BOTTOM: f64 = 96.0;

/// A document's blocks with their heights at one width. Only blocks that have been in sight are laid
/// out; the heights of the others are estimates.
#[derive(Debug)]
pub struct Page {
    pub generation: u64,
    pub document: DocumentIx,
    text: Arc<str>,
    pub blocks: Vec<Block>,
    set_for: Option<(f32, Theme)>,
    heights: Heights,
    jobs: Vec<Option<Arc<LayoutJob>>>,
}

impl Page {
    pub fn new(store: &EventStore, document: DocumentIx, blocks: Vec<Block>) -> Self {
        Self {
            generation: store.generation(),
            document,
            text: store.document(document).map(|d| Arc::clone(&d.text)).unwrap_or_default(),
            blocks,
            set_for: None,
            heights: Heights::default(),
            jobs: Vec::new(),
        }
    }

    pub fn is_of(&self, store: &EventStore, document: DocumentIx) -> bool {
        self.generation == store.generation() && self.document == document
    }

    /// Is it the same text, whatever is marked in it?
    pub fn has_text_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.text, &other.text)
    }

    /// Sets the width of the column in points; true where all must be laid out anew.
    pub fn set_width(&mut self, width: f32, palette: &Palette) -> bool {
        if self.set_for == Some((width, palette.mode)) {
            return false;
        }
        let is_same_width = self.set_for.is_some_and(|(known, _)| (known - width).abs() < 0.5);
        self.set_for = Some((width, palette.mode));
        self.jobs = vec![None; self.blocks.len()];
        if is_same_width {
            return false;
        }
        let estimate = |block: &Block| {
            let style = typeset::style(block.kind, width, palette);
            let n_rows = (block.n_chars as f32 * style.char_width / width).ceil().max(1.0);
            style.space_before + n_rows * style.line_height + style.space_after
        };
        self.heights = Heights::new(self.blocks.iter().map(estimate).collect());
        true
    }

    /// The height of everything, in points.
    pub fn height(&self) -> f64 {
        self.heights.total() + BOTTOM
    }

    pub fn top(&self, block: usize) -> f64 {
        self.heights.top(block)
    }

    /// The top of a block's first line.
    pub fn text_top(&self, number: usize, palette: &Palette) -> f64 {
        let space = self
            .blocks
            .get(number)
            .zip(self.set_for)
            .map_or(0.0, |(block, (width, _))| typeset::style(block.kind, width, palette).space_before);
        self.top(number) + f64::from(space)
    }

    pub fn block_at(&self, y: f64) -> usize {
        self.heights.block_at(y)
    }

    /// Lays out a block (egui keeps the galley while it is asked for each frame) and corrects its
    /// height; returns the galley with the growth of the block.
    pub fn lay_out(
        &mut self,
        ctx: &Context,
        store: &EventStore,
        palette: &Palette,
        number: usize,
    ) -> Option<(Arc<Galley>, f32)> {
        let (width, _) = self.set_for?;
        let block = self.blocks.get(number)?;
        let job = self.jobs.get_mut(number)?;
        if job.is_none() {
            let document = store.document(self.document)?;
            *job = Some(Arc::new(typeset::job(block, document, store, palette, width)));
        }
        let job = Arc::clone(job.as_ref()?);
        let galley = ctx.fonts_mut(|fonts| fonts.layout_job(LayoutJob::clone(&job)));
        let style = typeset::style(block.kind, width, palette);
        let height = style.space_before + galley.size().y + style.space_after;
        let growth = self.heights.set(number, height);
        Some((galley, growth))
    }

    /// Lays out what is in sight from `offset` on. Returns by how much the offset must grow so that
    /// the text in sight stays where it is although the block above it has another height than was
    /// estimated.
    pub fn settle(
        &mut self,
        ctx: &Context,
        store: &EventStore,
        palette: &Palette,
        offset: f64,
        sight: f32,
    ) -> f64 {
        let mut shift = 0.0;
        let mut number = self.block_at(offset);
        while number < self.blocks.len() && self.top(number) < offset + shift + f64::from(sight) {
            let top = self.top(number);
            let Some((_, growth)) = self.lay_out(ctx, store, palette, number) else { break };
            if top < offset + shift {
                shift += f64::from(growth);
            }
            number += 1;
        }
        shift
    }

    /// The height of the line in which a byte stands, exact once its block has been laid out.
    pub fn y_of_byte(&self, byte: usize) -> f64 {
        let number = block_of_byte(&self.blocks, byte);
        let fraction = self.blocks.get(number).and_then(Block::span).map_or(0.0, |span| {
            let into = byte.saturating_sub(span.start) as f32;
            (into / (span.end - span.start).max(1) as f32).min(1.0)
        });
        self.top(number) + f64::from(fraction * self.heights.get(number))
    }

    /// The top of the first line of a span, exactly.
    pub fn y_of_span(&mut self, ctx: &Context, store: &EventStore, palette: &Palette, span: Span) -> f64 {
        let number = block_of_byte(&self.blocks, span.start);
        let Some((galley, _)) = self.lay_out(ctx, store, palette, number) else { return 0.0 };
        let Some(block) = self.blocks.get(number).and_then(Block::span) else { return 0.0 };
        let local = Span {
            start: span.start.saturating_sub(block.start),
            end: span.end.saturating_sub(block.start).min(block.end - block.start),
        };
        let in_galley = typeset::rects(&galley, local).first().map_or(0.0, |row| row.rect.top());
        self.text_top(number, palette) + f64::from(in_galley)
    }

    /// The first byte of the block at a height: what to keep in place when the width changes.
    pub fn byte_at(&self, y: f64) -> Option<usize> {
        self.blocks.get(self.block_at(y)..)?.iter().find_map(Block::span).map(|span| span.start)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::blocks::blocks;
    use super::super::typeset::tests::frame;
    use super::*;
    use crate::document::Document;
    use crate::store::Account;

    #[test]
    fn only_what_is_in_sight_is_laid_out() {
        let text = "Bir cümlə Xankəndi haqqında. ".repeat(40) + "\n\n";
        let document =
            Document { title: "Long".into(), text: text.repeat(2_000).into(), ..Document::default() };
        let n_bytes = document.text.len();
        assert!(n_bytes > 2_000_000);
        let store =
            EventStore::build(&[Arc::new(Account { documents: vec![document], ..Account::default() })]);
        let palette = Palette::of(Theme::Day);
        let ctx = egui::Context::default();
        ctx.set_fonts(crate::app::fonts::definitions());
        let mut page = Page::new(&store, DocumentIx(0), blocks(&store, DocumentIx(0)));
        frame(&ctx, |_| {});
        frame(&ctx, |ui| {
            page.set_width(500.0, &palette);
            let span = Span { start: n_bytes / 2, end: n_bytes / 2 + 4 };
            let span = Span {
                start: store.document(DocumentIx(0)).unwrap().text.floor_char_boundary(span.start),
                ..span
            };
            let y = page.y_of_span(ui.ctx(), &store, &palette, span);
            page.settle(ui.ctx(), &store, &palette, y, 800.0);
            // Estimates are near enough that the middle of the text is near the middle of the page.
            let middle = y / page.height();
            assert!((0.45..0.55).contains(&middle), "{middle}");
            assert_eq!(page.byte_at(y).map(|b| b / 100_000), Some(span.start / 100_000));
        });
        let n_laid_out = page.jobs.iter().flatten().count();
        assert!((1..12).contains(&n_laid_out), "{n_laid_out}");
    }

    #[test]
    fn what_is_in_sight_stays_when_the_block_above_it_has_another_height() {
        let text = "Short.\n\n".to_owned() + &"Wide Words Make Longer Lines. ".repeat(30) + "\n\nEnd.";
        let document = Document { text: text.repeat(20).into(), ..Document::default() };
        let store =
            EventStore::build(&[Arc::new(Account { documents: vec![document], ..Account::default() })]);
        let palette = Palette::of(Theme::Day);
        let ctx = egui::Context::default();
        ctx.set_fonts(crate::app::fonts::definitions());
        let mut page = Page::new(&store, DocumentIx(0), blocks(&store, DocumentIx(0)));
        frame(&ctx, |_| {});
        frame(&ctx, |ui| {
            page.set_width(300.0, &palette);
            let number = 20;
            let offset = page.top(number) - 10.0;
            let below = page.top(number) - offset;
            let shift = page.settle(ui.ctx(), &store, &palette, offset, 300.0);
            assert!((page.top(number) - (offset + shift) - below).abs() < 0.01);
        });
    }
}
