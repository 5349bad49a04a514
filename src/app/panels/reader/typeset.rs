//! From a block to a galley: fonts, colours of mentions, and positions between bytes and the screen.
//!
//! The only place where UTF-8 bytes meet egui's character cursors.

use std::cmp::Reverse;

use egui::text::{ByteIndex, CharIndex, LayoutJob, LayoutSection, TextFormat, TextWrapping};
use egui::{Color32, FontId, Galley, Pos2, Rect, pos2};

use super::blocks::{Block, BlockKind};
use super::highlight::flatten;
use crate::annotation::{MentionKind, StoredMention, ToponymRole};
use crate::app::theme::{self, Palette};
use crate::document::{Document, Span};
use crate::store::{EventStore, MentionIx};

/// How a kind of block is set, in points.
#[derive(Debug, Clone)]
pub struct BlockStyle {
    pub font: FontId,
    pub line_height: f32,
    pub space_before: f32,
    pub space_after: f32,
    /// For estimating lengths before a block is laid out.
    pub char_width: f32,
    pub color: Color32,
}

/// The style of a kind of block in a column of a width.
pub fn style(kind: BlockKind, width: f32, palette: &Palette) -> BlockStyle {
    let reading = theme::size::READING;
    let title = if width < 420.0 { theme::size::TITLE - 5.0 } else { theme::size::TITLE };
    let heading = if width < 420.0 { theme::size::HEADING - 2.0 } else { theme::size::HEADING };
    let (font, line_height, space_before, color) = match kind {
        BlockKind::Title => (theme::serif_semibold(title), (title * 1.2).round(), 40.0, palette.ink),
        BlockKind::Meta => (theme::sans(12.5), 19.0, 12.0, palette.ink_soft),
        BlockKind::Heading => (theme::serif_semibold(heading), (heading * 1.25).round(), 38.0, palette.ink),
        BlockKind::Body => (theme::serif(reading), 26.0, 14.0, palette.ink),
        BlockKind::Continued => (theme::serif(reading), 26.0, 0.0, palette.ink),
        BlockKind::Reason => (theme::sans(theme::size::BODY), 21.0, 24.0, palette.ink_soft),
        BlockKind::Quote => (theme::serif_italic(reading), 26.0, 14.0, palette.ink),
    };
    // The source line is set off from the text by a short rule.
    let space_after = if kind == BlockKind::Meta { 34.0 } else { 0.0 };
    BlockStyle { char_width: font.size * 0.45, font, line_height, space_before, space_after, color }
}

/// How the line under a mention is drawn, so that colour is not the only sign of what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    Solid,
    Dotted,
    Wavy,
}

/// How a mention looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MentionLook {
    pub text: Color32,
    pub line: Line,
    pub line_color: Color32,
}

pub fn look(mention: &StoredMention, palette: &Palette) -> MentionLook {
    let (accent, line, strength) = match &mention.kind {
        MentionKind::Time { .. } => (palette.time, Line::Dotted, 1.0),
        MentionKind::Toponym { role: ToponymRole::Location, .. } => (palette.place, Line::Solid, 1.0),
        MentionKind::Toponym { role: ToponymRole::Slip, .. } => (palette.place, Line::Wavy, 1.0),
        // These name no scene of an event: fainter, but still links.
        MentionKind::Toponym { .. } => (palette.place, Line::Solid, 0.45),
    };
    MentionLook {
        text: palette.ink.lerp_to_gamma(accent, 0.85 * strength),
        line,
        line_color: if line == Line::Wavy { palette.warning } else { accent.gamma_multiply(0.7 * strength) },
    }
}

/// What egui needs to lay out a block.
pub fn job(
    block: &Block,
    document: &Document,
    store: &EventStore,
    palette: &Palette,
    width: f32,
) -> LayoutJob {
    let text = block.slice(document);
    let style = style(block.kind, width, palette);
    let format = |color| TextFormat {
        font_id: style.font.clone(),
        line_height: Some(style.line_height),
        color,
        ..TextFormat::default()
    };
    let section = |start: usize, end: usize, color| LayoutSection {
        leading_space: 0.0,
        byte_range: ByteIndex(start)..ByteIndex(end),
        format: format(color),
    };
    let mut sections = Vec::new();
    let mut done = 0;
    for (piece, mention) in mention_pieces(block, store) {
        let Some(mention) = store.mention(mention) else { continue };
        if done < piece.start {
            sections.push(section(done, piece.start, style.color));
        }
        sections.push(section(piece.start, piece.end, look(mention, palette).text));
        done = piece.end;
    }
    if done < text.len() {
        sections.push(section(done, text.len(), style.color));
    }
    LayoutJob {
        text: text.to_owned(),
        sections,
        wrap: TextWrapping::wrap_at_width(width),
        break_on_newline: true,
        keep_trailing_whitespace: true,
        ..LayoutJob::default()
    }
}

/// The pieces of a block that belong to a mention, in bytes of the block; the innermost mention has
/// a piece that several share.
pub fn mention_pieces(block: &Block, store: &EventStore) -> Vec<(Span, MentionIx)> {
    let Some(within) = block.span() else { return Vec::new() };
    let labelled = |mention: &MentionIx| {
        let span = store.mention(*mention)?.span?;
        Some((span, (Reverse(span.end.saturating_sub(span.start)), *mention)))
    };
    let spans: Vec<_> = block.mentions.iter().filter_map(labelled).collect();
    let local = |span: Span| Span { start: span.start - within.start, end: span.end - within.start };
    flatten(&spans, within).into_iter().map(|(span, (_, mention))| (local(span), mention)).collect()
}

/// Where some bytes of a galley's text are: a rectangle for each row, relative to the galley,
/// without the white space at the end of a row.
pub fn rects(galley: &Galley, bytes: Span) -> Vec<RowRect> {
    let char_of = |byte: usize| {
        let text = galley.text();
        text.get(..text.floor_char_boundary(byte)).map_or(0, |before| before.chars().count())
    };
    let (start, end) = (char_of(bytes.start), char_of(bytes.end));
    let mut rects = Vec::new();
    let mut row_start = 0;
    for row in &galley.rows {
        let row_end = row_start + row.char_count_including_newline().0;
        if row_end > start && row_start < end {
            let from = start.max(row_start) - row_start;
            let mut to = (end.min(row_end) - row_start).min(row.glyphs.len());
            while to > from && row.glyphs.get(to - 1).is_some_and(|g| g.chr.is_whitespace()) {
                to -= 1;
            }
            if from < to {
                let left = row.pos.x + row.x_offset(CharIndex(from));
                let right = row.glyphs.get(to - 1).map_or(left, |g| row.pos.x + g.max_x());
                let baseline = row.glyphs.get(from).map_or(row.max_y(), |g| row.pos.y + g.pos.y);
                rects.push(RowRect {
                    rect: Rect::from_min_max(pos2(left, row.min_y()), pos2(right, row.max_y())),
                    baseline,
                });
            }
        }
        if row_start >= end {
            break;
        }
        row_start = row_end;
    }
    rects
}

/// A stretch of text on one row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RowRect {
    pub rect: Rect,
    /// y of the baseline.
    pub baseline: f32,
}

/// The byte of the letter at a position relative to the galley; `None` beside the text.
pub fn byte_at(galley: &Galley, pos: Pos2) -> Option<usize> {
    let mut row_start = 0;
    for row in &galley.rows {
        if row.min_y() <= pos.y && pos.y < row.max_y() {
            let x = pos.x - row.pos.x;
            let column = row.glyphs.iter().position(|g| g.pos.x <= x && x < g.max_x())?;
            return galley.text().char_indices().nth(row_start + column).map(|(byte, _)| byte);
        }
        row_start += row.char_count_including_newline().0;
    }
    None
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Runs a frame of egui without a screen.
    pub fn frame(ctx: &egui::Context, add: impl FnMut(&mut egui::Ui)) {
        ctx.run_ui(egui::RawInput::default(), add).textures_delta.clear();
    }

    fn galley(text: &str, width: f32) -> std::sync::Arc<Galley> {
        let ctx = egui::Context::default();
        let mut galley = None;
        frame(&ctx, |ui| {
            let mut job =
                LayoutJob::simple(text.to_owned(), FontId::proportional(16.0), Color32::BLACK, width);
            job.keep_trailing_whitespace = true;
            galley = Some(ui.fonts_mut(|fonts| fonts.layout_job(job)));
        });
        galley.unwrap()
    }

    #[test]
    fn bytes_and_positions_agree_in_any_script() {
        for text in [
            "From Lachin to Khankendi",
            "Şuşadan Xankəndiyə, Laçın yolu ilə",
            "Երևանից Ստեփանակերտ ճանապարհը",
            "🏔 Gəncə 🏔🏔 Şuşa e\u{301} 🏔",
        ] {
            for width in [90.0, 1000.0] {
                let galley = galley(text, width);
                for (byte, c) in text.char_indices() {
                    if c.is_whitespace() || c == '\u{301}' {
                        continue;
                    }
                    let rects = rects(&galley, Span { start: byte, end: byte + c.len_utf8() });
                    assert_eq!(rects.len(), 1, "{c} in {text}");
                    if rects[0].rect.width() > 0.5 {
                        assert_eq!(byte_at(&galley, rects[0].rect.center()), Some(byte), "{c} in {text}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_mention_across_a_line_end_has_two_rectangles() {
        let text = "Bax: Xankəndi şəhəri";
        let start = text.find("Xankəndi").unwrap();
        let galley = galley(text, galley(text, 1000.0).size().x - 4.0);
        let both = rects(&galley, Span { start, end: text.len() });
        assert_eq!(both.len(), 2);
        assert!(both[0].rect.bottom() <= both[1].rect.top() + 0.5);
        assert!(both[1].rect.left() < 1.0, "the second begins at the left edge");
    }

    #[test]
    fn beside_the_text_there_is_no_byte() {
        let galley = galley("Short", 500.0);
        for pos in [pos2(200.0, 5.0), pos2(-3.0, 5.0), pos2(5.0, 500.0), pos2(5.0, -1.0)] {
            assert_eq!(byte_at(&galley, pos), None, "{pos:?}");
        }
    }
}
