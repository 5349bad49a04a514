//! The head of the list: tabs of the trays, what is listed, and in which order.

use egui::{Align, Layout, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, vec2};

use super::items::Item;
use super::parts::{MARGIN, elided};
use super::words::counted;
use crate::app::panels::PanelContext;
use crate::app::theme::{sans, sans_semibold, size};
use crate::state::Command;
use crate::view::{PassageOrder, Target, Tray};

const TABS_HEIGHT: f32 = 34.0;
const LINE_HEIGHT: f32 = 30.0;

pub fn tabs(ui: &mut Ui, cx: &PanelContext<'_>, n_orphans: usize) {
    let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), TABS_HEIGHT), Sense::hover());
    ui.painter().hline(row.x_range(), row.top() + 0.5, Stroke::new(1.0, cx.palette.hairline));
    ui.painter().hline(row.x_range(), row.bottom() - 0.5, Stroke::new(1.0, cx.palette.hairline));
    let mut ui = ui.new_child(
        UiBuilder::new()
            .max_rect(row.shrink2(vec2(MARGIN - 8.0, 0.0)))
            .layout(Layout::left_to_right(Align::Center)),
    );
    ui.set_clip_rect(row.intersect(ui.clip_rect()));
    let is_narrow = row.width() < 360.0;
    for (tray, name, count) in [
        (Tray::Passages, "Passages", None),
        (Tray::Undated, "Undated", Some(cx.answer.undated.len())),
        (Tray::Unplaced, "Unplaced", Some(cx.answer.unplaced.len())),
        (Tray::Orphaned, "Orphaned", Some(n_orphans)),
    ] {
        let is_shown = cx.view.tray == tray;
        // Where there is no room for all, the tab that holds nothing gives way.
        if is_narrow && tray == Tray::Orphaned && n_orphans == 0 && !is_shown {
            continue;
        }
        if tab(&mut ui, cx, name, count, is_shown, is_narrow).clicked() && !is_shown {
            cx.send(Command::SetTray(tray));
        }
    }
}

fn tab(
    ui: &mut Ui,
    cx: &PanelContext<'_>,
    name: &str,
    count: Option<usize>,
    is_shown: bool,
    is_narrow: bool,
) -> Response {
    let palette = cx.palette;
    let ink = if is_shown { palette.ink } else { palette.ink_soft };
    let font = if is_shown { sans_semibold(12.5) } else { sans(12.5) };
    let label = ui.painter().layout_no_wrap(name.to_owned(), font, ink);
    let number =
        count.map(|n| ui.painter().layout_no_wrap(n.to_string(), sans(size::CAPTION), palette.ink_faint));
    let pad = if is_narrow { 6.0 } else { 8.0 };
    let number_width = number.as_ref().map_or(0.0, |n| n.size().x + 4.0);
    let width = label.size().x + number_width + 2.0 * pad;
    let (rect, response) = ui.allocate_exact_size(vec2(width, TABS_HEIGHT), Sense::click());
    let words = count.map_or_else(|| name.to_owned(), |n| format!("{name} {n}"));
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, is_shown, &words));
    let painter = ui.painter();
    if response.hovered() && !is_shown {
        painter.rect_filled(rect.shrink2(vec2(1.0, 4.0)), 4.0, palette.hover_tint);
    }
    let baseline = rect.center().y + label.size().y / 2.0;
    let x = rect.left() + pad;
    let label_width = label.size().x;
    painter.galley(egui::pos2(x, baseline - label.size().y), label, ink);
    if let Some(number) = number {
        let pos = egui::pos2(x + label_width + 4.0, baseline - number.size().y - 0.5);
        painter.galley(pos, number, palette.ink_faint);
    }
    if is_shown {
        let line = Rect::from_min_max(
            egui::pos2(x, rect.bottom() - 2.0),
            egui::pos2(rect.right() - pad, rect.bottom()),
        );
        painter.rect_filled(line, 0.0, palette.ink);
    }
    if response.has_focus() {
        painter.rect_stroke(rect.shrink(2.0), 4.0, Stroke::new(1.5, palette.focus), StrokeKind::Inside);
    }
    response
}

/// "Khankendi · 7 passages in the window", and the order.
pub fn line(ui: &mut Ui, cx: &PanelContext<'_>, items: &[Item]) {
    let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), LINE_HEIGHT), Sense::hover());
    let inner = row.shrink2(vec2(MARGIN, 0.0));
    let mut ui = ui.new_child(UiBuilder::new().max_rect(inner).layout(Layout::right_to_left(Align::Center)));
    if cx.view.tray == Tray::Passages && items.len() > 1 {
        order_switch(&mut ui, cx);
    }
    let (of, count) = what_is_listed(cx, items.len());
    let count = ui.painter().layout_no_wrap(count, sans(12.5), cx.palette.ink_soft);
    let room = ui.available_width() - count.size().x - 12.0;
    let mut pos = egui::pos2(inner.left(), inner.center().y - count.size().y / 2.0);
    let mut words = count.text().to_owned();
    if let Some(of) = of {
        words = format!("{of} · {words}");
        // Where there is not room for both, the name gives way to the number.
        let name = elided(&ui, &format!("{of}  ·  "), sans(12.5), cx.palette.ink_soft, room, 1);
        let width = name.size().x;
        ui.painter().galley(pos, name, cx.palette.ink_soft);
        pos.x += width + 3.0;
    }
    let rect = Rect::from_min_max(inner.min, egui::pos2(pos.x + count.size().x, inner.max.y));
    ui.painter().galley(pos, count, cx.palette.ink_soft);
    let response = ui.interact(rect, ui.scope_id().with("listed"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
}

fn order_switch(ui: &mut Ui, cx: &PanelContext<'_>) {
    let (now, other, words) = match cx.view.passage_order {
        PassageOrder::Date => ("By date", PassageOrder::Text, "in date order"),
        PassageOrder::Text => ("In text order", PassageOrder::Date, "in text order"),
    };
    let galley = ui.painter().layout_no_wrap(now.to_owned(), sans(12.5), cx.palette.ink);
    let (rect, response) = ui.allocate_exact_size(galley.size() + vec2(24.0, 8.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Order: {words}")));
    let stroke = Stroke::new(1.0, cx.palette.hairline);
    let fill = if response.hovered() { cx.palette.hover_tint } else { cx.palette.raised };
    ui.painter().rect(rect, 4.0, fill, stroke, StrokeKind::Inside);
    if response.has_focus() {
        ui.painter().rect_stroke(rect, 4.0, Stroke::new(1.5, cx.palette.focus), StrokeKind::Inside);
    }
    ui.painter().galley(rect.min + vec2(7.0, 4.0), galley, cx.palette.ink);
    // A pair of arrows says that it changes places with the other order.
    let c = egui::pos2(rect.right() - 10.0, rect.center().y);
    let thin = Stroke::new(1.2, cx.palette.ink_faint);
    for side in [-1.0, 1.0] {
        let points = [vec2(-2.5, 1.5 * side), vec2(0.0, 4.0 * side), vec2(2.5, 1.5 * side)];
        ui.painter().line(points.iter().map(|p| c + *p).collect(), thin);
    }
    if response.on_hover_text("Change the order (O)").clicked() {
        cx.send(Command::SetPassageOrder(other));
    }
}

/// What the list shows, in words: of what, and how many.
fn what_is_listed(cx: &PanelContext<'_>, n: usize) -> (Option<String>, String) {
    let passages = counted(n, "passage", "passages");
    let in_window = if cx.view.window.is_some() { " in the window" } else { "" };
    match cx.view.tray {
        Tray::Undated => (None, format!("{} to which the text gives no date", counted(n, "event", "events"))),
        Tray::Unplaced => {
            (None, format!("{} without a place that can be drawn", counted(n, "event", "events")))
        }
        Tray::Orphaned => (None, format!("{passages} no longer in the text")),
        Tray::Passages => match cx.view.selection {
            None => (None, format!("{passages}{in_window}")),
            Some(Target::Event(_)) => (None, format!("{passages} of this event")),
            Some(Target::Place(place)) => {
                (cx.store.place(place).map(|p| p.name.clone()), format!("{passages}{in_window}"))
            }
            Some(Target::Mention(mention)) => {
                (cx.store.mention(mention).map(|m| format!("“{}”", m.quote)), passages)
            }
        },
    }
}
