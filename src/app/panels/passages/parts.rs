//! Small parts that the card and the list share.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Color32, FontId, Galley, Response, RichText, Role, Sense, Stroke, Ui, WidgetInfo, vec2};

use crate::app::theme::{Palette, sans_semibold};
use crate::store::SourceIx;

/// Space to the left and right of everything in the panel, in points.
pub const MARGIN: f32 = 20.0;

/// A text cut after some rows, with an ellipsis.
pub fn elided(ui: &Ui, text: &str, font: FontId, color: Color32, width: f32, max_rows: usize) -> Arc<Galley> {
    rows(ui, text, font, color, width, max_rows, None)
}

/// As [`elided`], with a line height in points.
pub fn rows(
    ui: &Ui,
    text: &str,
    font: FontId,
    color: Color32,
    width: f32,
    max_rows: usize,
    line_height: Option<f32>,
) -> Arc<Galley> {
    let format = TextFormat { font_id: font, color, line_height, ..TextFormat::default() };
    let mut job = LayoutJob::single_section(text.to_owned(), format);
    job.wrap = TextWrapping { max_width: width.max(20.0), max_rows, ..TextWrapping::default() };
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

/// The letter of a source in a disc of its colour.
pub fn badge(ui: &Ui, palette: &Palette, center: egui::Pos2, source: SourceIx, n_sources: usize) {
    let color = palette.source(source, palette.place, n_sources);
    ui.painter().circle_filled(center, 8.0, color);
    let letter = Palette::source_letter(source);
    ui.painter().text(center, egui::Align2::CENTER_CENTER, letter, sans_semibold(10.5), palette.paper);
}

/// Words that wrap, in a colour and a face.
pub fn label(ui: &mut Ui, text: impl Into<String>, font: FontId, color: Color32) -> Response {
    ui.add(egui::Label::new(RichText::new(text).font(font).color(color)).wrap())
}

/// Words to click, underlined while the pointer is on them.
pub fn link(ui: &mut Ui, text: &str, font: FontId, color: Color32) -> Response {
    let width = ui.available_width();
    let galley = rows(ui, text, font, color, width, 3, None);
    let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, text));
    let stroke =
        if response.hovered() || response.has_focus() { Stroke::new(1.0, color) } else { Stroke::NONE };
    ui.painter().add(egui::epaint::TextShape::new(rect.min, galley, color).with_underline(stroke));
    if response.has_focus() {
        focus_ring(ui, rect.expand(2.0));
    }
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// A line that opens and closes what stands beneath it; a drawn triangle shows which.
pub fn disclosure(ui: &mut Ui, words: &str, is_open: &mut bool, palette: &Palette) {
    let galley = ui.painter().layout_no_wrap(words.to_owned(), sans_semibold(12.5), palette.ink_soft);
    let (rect, response) = ui.allocate_exact_size(galley.size() + vec2(16.0, 8.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::DisclosureTriangle, true, *is_open, words));
    let c = egui::pos2(rect.left() + 5.0, rect.center().y);
    let points = if *is_open {
        vec![c + vec2(-4.0, -2.0), c + vec2(4.0, -2.0), c + vec2(0.0, 3.5)]
    } else {
        vec![c + vec2(-2.0, -4.0), c + vec2(3.5, 0.0), c + vec2(-2.0, 4.0)]
    };
    let color = if response.hovered() { palette.ink } else { palette.ink_soft };
    ui.painter().add(egui::Shape::convex_polygon(points, color, Stroke::NONE));
    ui.painter().galley_with_override_text_color(rect.min + vec2(15.0, 4.0), galley, color);
    if response.has_focus() {
        focus_ring(ui, rect);
    }
    if response.clicked() {
        *is_open = !*is_open;
    }
}

pub fn focus_ring(ui: &Ui, rect: egui::Rect) {
    ui.painter().rect_stroke(rect, 4.0, ui.visuals().selection.stroke, egui::StrokeKind::Outside);
}
