//! Chips in the bottom row of the lanes: events that have no bar there, none unreachable.

use egui::{Painter, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, pos2};

use super::axis::{self, Axis};
use super::bars::{LanesResponse, bar_label, label_font};
use super::count_words;
use super::lanes::{MORE_PX, More};
use super::rows::Rows;
use crate::app::panels::PanelContext;
use crate::state::Command;
use crate::store::EventIx;
use crate::time::words::span_words;
use crate::view::Target;

/// Height of the row of chips.
pub const ROW_HEIGHT: f32 = 20.0;
const CHIP_HEIGHT: f32 = 16.0;
const GAP: f32 = 4.0;
/// A list longer than this is not read; zooming in shortens it.
const MAX_LISTED: usize = 300;

/// Events that reach into what is shown by an open end, and so have no bar in it.
pub fn open_ended(cx: &PanelContext<'_>, rows: &Rows, axis: &Axis) -> usize {
    let visible = axis.visible();
    cx.answer.n_within(visible).saturating_sub(rows.n_overlapping(visible))
}

/// The row from left to right; `x` gives a marker's screen position.
pub fn show_row(
    ui: &Ui,
    cx: &PanelContext<'_>,
    axis: &Axis,
    row: Rect,
    n_open: usize,
    markers: impl Iterator<Item = (f32, More)>,
    out: &mut LanesResponse,
) {
    let painter = ui.painter_at(row);
    let mut free_from = row.left() + GAP;
    if n_open > 0 {
        let words = format!("+{n_open} open-ended");
        let width = painter.layout_no_wrap(words.clone(), label_font(), cx.palette.ink).size().x + 16.0;
        let visible = axis.visible();
        let name =
            format!("{} with an open end reach into {}", count_words(n_open, "event"), span_words(visible));
        let chip = chip(ui, &painter, cx, row, free_from, width, &words, &name);
        let chip = chip.on_hover_text("Events without a known beginning or end; their bars stand elsewhere");
        list(&chip, cx, out, || {
            let within = cx.answer.events_within(visible, MAX_LISTED);
            let has_no_bar =
                |event: &EventIx| cx.store.drawn_span_of(*event).is_none_or(|s| !s.overlaps(visible));
            within.into_iter().filter(has_no_bar).collect()
        });
        free_from += width + GAP;
    }
    for (x, more) in markers {
        let width = MORE_PX as f32;
        if x + width < row.left() {
            continue;
        }
        let left = x.max(free_from);
        if left > row.right() {
            break;
        }
        free_from = left + width + GAP;
        let n = more.events.len();
        let name = format!("{n} more events, {}", span_words(more.span));
        let chip = chip(ui, &painter, cx, row, left, width, &format!("+{n} more"), &name);
        if can_be_spread(&more, axis) {
            if chip.clicked() {
                out.zoom_to = Some(more.span);
            }
            chip.on_hover_text("Zoom in on these events");
        } else {
            list(&chip, cx, out, || more.events.iter().copied().take(MAX_LISTED).collect());
        }
    }
}

/// Would zooming to its events show them farther apart than they are?
fn can_be_spread(more: &More, axis: &Axis) -> bool {
    axis::fitted(more.span, axis.width(), 80.0).px_per_day > axis.scale.px_per_day * 1.4
}

#[expect(clippy::too_many_arguments, reason = "one row of chips; a bundle would only rename them")]
fn chip(
    ui: &Ui,
    painter: &Painter,
    cx: &PanelContext<'_>,
    row: Rect,
    left: f32,
    width: f32,
    words: &str,
    name: &str,
) -> Response {
    let y = row.center().y;
    let rect =
        Rect::from_min_max(pos2(left, y - CHIP_HEIGHT / 2.0), pos2(left + width, y + CHIP_HEIGHT / 2.0));
    let response = ui.interact(rect.intersect(row), ui.scope_id().with(("chip", name)), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    let (fill, ink) = if response.hovered() {
        (cx.palette.raised, cx.palette.ink)
    } else {
        (cx.palette.panel, cx.palette.ink_soft)
    };
    let line = if response.has_focus() {
        Stroke::new(2.0, cx.palette.focus)
    } else {
        Stroke::new(1.0, cx.palette.hairline)
    };
    painter.rect(rect, CHIP_HEIGHT / 2.0, fill, line, egui::StrokeKind::Inside);
    let galley = painter.layout_no_wrap(words.to_owned(), label_font(), ink);
    painter.galley(rect.center() - galley.size() / 2.0, galley, ink);
    response
}

/// Opens a list of events at a chip when it is clicked.
fn list(chip: &Response, cx: &PanelContext<'_>, out: &mut LanesResponse, events: impl Fn() -> Vec<EventIx>) {
    let menu = egui::Popup::menu(chip).width(340.0).align(egui::RectAlign::TOP_START);
    menu.show(|ui| {
        egui::ScrollArea::vertical().max_height(260.0).show(ui, |ui| {
            for event_ix in events() {
                let Some(event) = cx.store.event(event_ix) else { continue };
                let target = Target::Event(event_ix);
                let date = event.when.as_ref().map_or_else(String::new, |when| when.edtf.for_people());
                let words = format!("{date}: {}", bar_label(event, cx.store.sources().len()));
                let entry = ui.selectable_label(cx.is_selected(target), words);
                if entry.hovered() {
                    out.hovered = Some(event_ix);
                }
                if entry.clicked() && !cx.is_selected(target) {
                    cx.send(Command::Select(Some(target)));
                }
            }
        });
    });
}
