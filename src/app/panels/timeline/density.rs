//! Blocks of how many, where there are more events than bars could show.

use egui::{Color32, Painter, Rangef, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2};

use super::axis::Axis;
use super::bars::{LanesResponse, label_font};
use super::rows::Rows;
use super::{count_words, number_words};
use crate::app::panels::PanelContext;
use crate::time::DaySpan;
use crate::time::ticks::TickLevel;
use crate::time::words::span_words;
use crate::view::Target;

/// A calendar unit with the number of events that touch it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Block {
    pub span: DaySpan,
    pub n_events: usize,
}

/// Counts per calendar unit of at least 26 pixels.
pub fn blocks(rows: &Rows, visible: DaySpan, px_per_day: f64) -> Vec<Block> {
    let unit = TickLevel::at_least(26.0, px_per_day);
    let mut blocks = Vec::new();
    let mut span = unit.unit_around(visible.first);
    while span.first <= visible.last {
        let n_events = rows.n_overlapping(span);
        if n_events > 0 {
            blocks.push(Block { span, n_events });
        }
        span = unit.unit_around(span.last + 1);
    }
    blocks
}

pub fn show(
    ui: &Ui,
    painter: &Painter,
    cx: &PanelContext<'_>,
    blocks: &[Block],
    axis: &Axis,
    rect: Rect,
    out: &mut LanesResponse,
) {
    let most = blocks.iter().map(|b| b.n_events).max().unwrap_or(1) as f32;
    let room = rect.height() - 24.0;
    for block in blocks {
        let height = (block.n_events as f32 / most * room).max(3.0);
        let x = axis.x_of_span(block.span);
        let drawn = Rect::from_min_max(
            pos2(x.min + 1.0, rect.bottom() - 4.0 - height),
            pos2(x.max - 1.0, rect.bottom() - 4.0),
        );
        let column = Rect::from_x_y_ranges(x, rect.y_range()).intersect(rect);
        let response = ui.interact(column, ui.scope_id().with(("block", block.span.first)), Sense::click());
        let name =
            || format!("{}: {}, zoom in", span_words(block.span), count_words(block.n_events, "event"));
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name()));
        let is_strong = response.hovered() || response.has_focus();
        let in_window = cx.view.window.is_none_or(|window| window.overlaps(block.span));
        let share = if is_strong {
            0.7
        } else if in_window {
            0.42
        } else {
            0.16
        };
        painter.rect_filled(drawn, 2.0, cx.palette.panel.lerp_to_gamma(cx.palette.time, share));
        let ink = if in_window { cx.palette.ink_soft } else { cx.palette.ink_faint };
        let galley = painter.layout_no_wrap(number_words(block.n_events), label_font(), ink);
        if galley.size().x < drawn.width() - 2.0 {
            let pos = pos2(drawn.center().x - galley.size().x / 2.0, drawn.top() - galley.size().y - 1.0);
            painter.galley(pos, galley, ink);
        }
        if response.clicked() {
            out.zoom_to = Some(block.span);
        }
        response.on_hover_ui(|ui| {
            ui.label(name());
        });
    }
    for (target, width) in [(cx.view.hover, 1.0), (cx.view.selection, 2.0)] {
        let Some(Target::Event(event)) = target else { continue };
        let Some(span) = cx.store.drawn_span_of(event) else { continue };
        let x = axis.x_of_span(span);
        let mark = Rect::from_x_y_ranges(Rangef::new(x.min, x.max.max(x.min + 3.0)), rect.y_range());
        painter.rect(mark, 1.0, Color32::TRANSPARENT, Stroke::new(width, cx.palette.ink), StrokeKind::Inside);
    }
}
