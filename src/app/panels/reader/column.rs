//! The column of text: paints the blocks in sight and says what the pointer is over.

use std::sync::Arc;

use egui::text_selection::LabelSelectionState;
use egui::{
    CornerRadius, CursorIcon, Galley, Id, Pos2, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui,
    WidgetInfo, pos2, vec2,
};

use super::blocks::{Block, BlockKind};
use super::emphasis::Emphasis;
use super::highlight::{Tint, flatten, lanes, touching};
use super::page::Page;
use super::{marks, typeset};
use crate::annotation::MentionKind;
use crate::app::panels::PanelContext;
use crate::document::Span;
use crate::state::Command;
use crate::store::{DocumentIx, EventIx, MentionIx, PassageIx, drawn_span};
use crate::view::Target;

/// Bars of overlapping passages lie beside each other in at most so many lanes.
const N_LANES: usize = 3;
const LANE: f32 = 5.0;

/// All that the column shows, but for the page itself.
#[derive(Debug, Clone, Copy)]
pub struct Column<'a> {
    pub cx: &'a PanelContext<'a>,
    pub document: DocumentIx,
    /// The left edge and the width of the text, in points of the screen.
    pub left: f32,
    pub width: f32,
    pub selected: &'a Emphasis,
    pub hovered: &'a Emphasis,
    /// Hits of the text search in text order.
    pub hits: &'a [Span],
    pub current_hit: Option<Span>,
}

/// A block laid out at its place on the screen.
struct Placed<'a> {
    number: usize,
    block: &'a Block,
    galley: Arc<Galley>,
    pos: Pos2,
}

impl Column<'_> {
    /// Shows the blocks that lie in `viewport`, in points from `base`, itself in points from the top of
    /// the page.
    pub fn show(&self, ui: &mut Ui, page: &mut Page, base: f64, viewport: Rect) -> Option<Target> {
        let origin = ui.min_rect().top();
        let mut hover = None;
        let bottom = base + f64::from(viewport.bottom());
        let mut number = page.block_at(base + f64::from(viewport.top()));
        while number < page.blocks.len() && page.top(number) < bottom {
            let Some((galley, _)) = page.lay_out(ui.ctx(), self.cx.store, self.cx.palette, number) else {
                break;
            };
            let top = origin + (page.text_top(number, self.cx.palette) - base) as f32;
            let Some(block) = page.blocks.get(number) else { break };
            let pos = pos2(self.left, top.round());
            let placed = Placed { number, block, galley, pos };
            hover = self.show_block(ui, &placed).or(hover);
            number += 1;
        }
        hover
    }

    fn show_block(&self, ui: &mut Ui, placed: &Placed<'_>) -> Option<Target> {
        let (block, palette) = (placed.block, self.cx.palette);
        let rect = Rect::from_min_size(placed.pos, vec2(self.width, placed.galley.size().y));
        self.paint_tints(ui, placed);

        let id = Id::unique(("reader block", self.document.0, placed.number));
        let text = ui.interact(rect, id, Sense::CLICK | Sense::DRAG);
        let role = match block.kind {
            BlockKind::Title | BlockKind::Heading => Role::Heading,
            BlockKind::Quote => Role::Blockquote,
            _ => Role::Label,
        };
        text.widget_info(|| WidgetInfo::labeled(role, true, placed.galley.text()));
        LabelSelectionState::label_text_selection(
            ui,
            &text,
            placed.pos,
            Arc::clone(&placed.galley),
            palette.ink,
            Stroke::NONE,
        );
        if block.kind == BlockKind::Meta {
            self.explain_date(ui, &text, rect);
        }
        let bars = self.bars(ui, placed);
        let mentions = self.mentions(ui, placed);
        mentions.or(bars).or_else(|| self.passage(ui, placed, &text))
    }

    fn explain_date(&self, ui: &Ui, text: &Response, rect: Rect) {
        let rule = Rect::from_min_size(rect.left_bottom() + vec2(0.0, 18.0), vec2(40.0, 1.0));
        ui.painter().rect_filled(rule, 0.0, self.cx.palette.hairline);
        let published = self.cx.store.document(self.document).and_then(|d| d.published.as_ref());
        if let Some(published) = published.filter(|p| !p.reason.is_empty()) {
            text.clone().on_hover_text(format!(
                "Published {}. {}",
                published.edtf.for_people(),
                published.reason
            ));
        }
    }

    fn paint_tints(&self, ui: &Ui, placed: &Placed<'_>) {
        let palette = self.cx.palette;
        let Some(within) = placed.block.span() else {
            self.paint_quote_tint(ui, placed);
            return;
        };
        let label = |spans: &[Span], tint: Tint| -> Vec<(Span, Tint)> {
            touching(spans, within).iter().map(|s| (*s, tint)).collect()
        };
        // Two layers, so that the tint of a passage runs on beneath that of a word in it.
        let mut ground = label(&self.hovered.passages, Tint::Hover);
        ground.extend(label(&self.selected.passages, Tint::Passage));
        let mut words = label(&self.hovered.mentions, Tint::Mention);
        words.extend(label(&self.selected.mentions, Tint::Mention));
        words.extend(label(self.hits, Tint::FindHit));
        words.extend(self.current_hit.map(|hit| (hit, Tint::CurrentHit)));
        let pieces = flatten(&ground, within).into_iter().chain(flatten(&words, within));
        for (span, tint) in pieces {
            let local = Span { start: span.start - within.start, end: span.end - within.start };
            let (fill, grow) = match tint {
                Tint::Hover => (palette.hover_tint, vec2(3.0, 0.0)),
                Tint::Passage => (palette.passage_tint, vec2(3.0, 0.0)),
                Tint::Mention => (self.mention_tint(span), vec2(1.5, -2.0)),
                Tint::FindHit | Tint::CurrentHit => (palette.find_tint, vec2(1.5, -2.0)),
            };
            for row in typeset::rects(&placed.galley, local) {
                let rect = row.rect.translate(placed.pos.to_vec2()).expand2(grow);
                ui.painter().rect_filled(rect, CornerRadius::same(2), fill);
                if tint == Tint::CurrentHit {
                    let stroke = Stroke::new(1.5, palette.focus);
                    ui.painter().rect_stroke(rect, CornerRadius::same(2), stroke, StrokeKind::Outside);
                }
            }
        }
    }

    /// Of a text that is not here, a passage is a block: it is tinted as a whole.
    fn paint_quote_tint(&self, ui: &Ui, placed: &Placed<'_>) {
        let event_of = |target: Option<Target>| match target {
            Some(Target::Event(event)) => Some(event),
            _ => None,
        };
        let mine = placed.block.passages.first().and_then(|p| self.cx.store.passage(*p)).map(|p| p.event);
        let view = self.cx.view;
        let fill = if mine.is_some() && mine == event_of(view.selection) {
            self.cx.palette.passage_tint
        } else if mine.is_some() && mine == event_of(view.hover) {
            self.cx.palette.hover_tint
        } else {
            return;
        };
        let rect = Rect::from_min_size(placed.pos, placed.galley.size()).expand2(vec2(4.0, 1.0));
        ui.painter().rect_filled(rect, CornerRadius::same(2), fill);
    }

    fn mention_tint(&self, span: Span) -> egui::Color32 {
        let mention =
            self.cx.store.mention_at(self.document, span.start).and_then(|m| self.cx.store.mention(m));
        match mention.map(|m| &m.kind) {
            Some(MentionKind::Time { .. }) => self.cx.palette.time_tint,
            _ => self.cx.palette.place_tint,
        }
    }

    /// Thin bars in the margin beside the passages of events in the window.
    fn bars(&self, ui: &Ui, placed: &Placed<'_>) -> Option<Target> {
        let within = placed.block.span()?;
        let passages = placed.block.passages.iter().filter_map(|passage_ix| {
            let passage = self.cx.store.passage(*passage_ix)?;
            let span = passage.span.filter(|_| self.cx.answer.is_shown(passage.event))?;
            let local = Span {
                start: span.start.saturating_sub(within.start),
                end: span.end.min(within.end) - within.start,
            };
            let rows = typeset::rects(&placed.galley, local);
            let (first, last) = (rows.first()?.rect, rows.last()?.rect);
            Some((*passage_ix, passage.event, (first.top() + 4.0, last.bottom() - 4.0)))
        });
        let mut passages: Vec<(PassageIx, EventIx, (f32, f32))> = passages.collect();
        passages.sort_by(|a, b| a.2.0.total_cmp(&b.2.0));
        let stretches: Vec<(f32, f32)> = passages.iter().map(|(_, _, stretch)| *stretch).collect();
        let mut hover = None;
        for ((passage, event, (top, bottom)), lane) in passages.into_iter().zip(lanes(&stretches, N_LANES)) {
            let x = self.left - 9.0 - lane as f32 * LANE;
            let bar =
                Rect::from_min_max(pos2(x - 1.0, placed.pos.y + top), pos2(x + 1.0, placed.pos.y + bottom));
            if ui.is_rect_visible(bar) {
                hover = self.bar(ui, bar, (placed.number, passage), event).or(hover);
            }
        }
        hover
    }

    fn bar(&self, ui: &Ui, bar: Rect, key: (usize, PassageIx), event: EventIx) -> Option<Target> {
        let cx = self.cx;
        let known = cx.store.event(event)?;
        let id = Id::unique(("passage bar", key.0, key.1.0));
        let response = ui.interact(bar.expand2(vec2(LANE / 2.0 - 1.0, 0.0)), id, Sense::click());
        response
            .widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Passage of “{}”", known.title)));
        let is_chosen = cx.view.selection == Some(Target::Event(event));
        let is_lit = is_chosen || cx.view.hover == Some(Target::Event(event)) || response.has_focus();
        let color = cx.palette.source(known.source, cx.palette.time, cx.store.sources().len());
        let (bar, color) =
            if is_lit { (bar.expand2(vec2(0.5, 0.0)), color) } else { (bar, color.gamma_multiply(0.4)) };
        ui.painter().rect_filled(bar, 1.0, color);
        if response.has_focus() {
            let stroke = Stroke::new(1.5, cx.palette.focus);
            ui.painter().rect_stroke(bar.expand(2.0), 2.0, stroke, StrokeKind::Outside);
        }
        if response.clicked() && !is_chosen {
            cx.send(Command::SelectInText(Target::Event(event)));
        }
        let response = response.on_hover_cursor(CursorIcon::PointingHand).on_hover_text(&known.title);
        response.hovered().then_some(Target::Event(event))
    }

    fn mentions(&self, ui: &Ui, placed: &Placed<'_>) -> Option<Target> {
        let mut hover = None;
        let mut previous = None;
        for (span, mention) in typeset::mention_pieces(placed.block, self.cx.store) {
            let is_first = previous.replace(mention) != Some(mention);
            for (row_number, row) in typeset::rects(&placed.galley, span).into_iter().enumerate() {
                let row = typeset::RowRect {
                    rect: row.rect.translate(placed.pos.to_vec2()),
                    baseline: row.baseline + placed.pos.y,
                };
                if !ui.is_rect_visible(row.rect) {
                    continue;
                }
                let piece = Piece {
                    mention,
                    row,
                    is_named: is_first && row_number == 0,
                    at: (span.start, row_number),
                };
                hover = self.mention(ui, placed.number, &piece).or(hover);
            }
        }
        hover
    }

    /// A row of a mention: its first is a link in the tree that screen readers see.
    fn mention(&self, ui: &Ui, block: usize, piece: &Piece) -> Option<Target> {
        let cx = self.cx;
        let mention = cx.store.mention(piece.mention)?;
        marks::underline(ui.painter(), &piece.row, typeset::look(mention, cx.palette));

        let sense = if piece.is_named { Sense::click() } else { Sense::CLICK };
        let id = Id::unique(("mention", self.document.0, block, piece.at));
        let mut response = ui.interact(piece.row.rect.shrink2(vec2(0.0, 2.0)), id, sense);
        if piece.is_named {
            response.widget_info(|| WidgetInfo::labeled(Role::Link, true, marks::name(mention)));
        }
        if response.has_focus() {
            let stroke = Stroke::new(1.5, cx.palette.focus);
            let ring = piece.row.rect.expand2(vec2(2.0, -1.0));
            ui.painter().rect_stroke(ring, 3.0, stroke, StrokeKind::Outside);
        }
        if response.clicked() {
            self.follow(piece.mention);
        }
        response = response.on_hover_cursor(CursorIcon::PointingHand);
        if let Some(words) = marks::explanation(mention, cx.store) {
            response = response.on_hover_text(words);
        }
        response.hovered().then_some(Target::Mention(piece.mention))
    }

    /// A click on a toponym chooses its place, on a date it brings the timeline there.
    fn follow(&self, mention_ix: MentionIx) {
        let Some(mention) = self.cx.store.mention(mention_ix) else { return };
        let target = match &mention.kind {
            MentionKind::Toponym { place: Some(place), .. } => Target::Place(*place),
            MentionKind::Toponym { .. } | MentionKind::Time { .. } => Target::Mention(mention_ix),
        };
        if !self.cx.is_selected(target) {
            self.cx.send(Command::SelectInText(target));
        }
        if let MentionKind::Time { edtf: Some(edtf), .. } = &mention.kind
            && let Some(span) = drawn_span(&edtf.interval())
        {
            self.cx.send(Command::ShowSpan(span));
        }
    }

    /// The innermost event at the pointer; a click there chooses it.
    fn passage(&self, ui: &Ui, placed: &Placed<'_>, text: &Response) -> Option<Target> {
        let is_dragging = ui.input(|i| i.pointer.is_decidedly_dragging());
        if is_dragging || !(text.hovered() || text.clicked()) {
            return None;
        }
        let pos = text.interact_pointer_pos().or(text.hover_pos())?;
        let event = match placed.block.span() {
            Some(within) => {
                let byte = typeset::byte_at(&placed.galley, pos - placed.pos.to_vec2())?;
                self.event_at(within.start + byte)?
            }
            None => self.cx.store.passage(*placed.block.passages.first()?)?.event,
        };
        let target = Target::Event(event);
        if text.clicked() && !self.cx.is_selected(target) {
            self.cx.send(Command::SelectInText(target));
        }
        Some(target)
    }

    /// The innermost event at a byte; one that the window shows comes before one that it does not.
    fn event_at(&self, byte: usize) -> Option<EventIx> {
        let events = self.cx.store.events_at_byte(self.document, byte, self.cx.answer);
        let shown = events.iter().find(|event| self.cx.answer.is_shown(**event));
        shown.or(events.first()).copied()
    }
}

/// A row of a mention on the screen.
struct Piece {
    mention: MentionIx,
    row: typeset::RowRect,
    /// Does this piece stand for the mention in the tree that screen readers see?
    is_named: bool,
    /// Byte in the block and number of the row: tells pieces apart.
    at: (usize, usize),
}
