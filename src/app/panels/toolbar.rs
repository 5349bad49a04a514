//! The bar along the top: what is open, and the few things that are not of one panel.

use egui::{Align, Layout, RichText, Sense, Stroke, Ui, vec2};

use crate::app::panels::PanelContext;
use crate::app::theme::{Palette, sans, sans_semibold, serif_semibold, size};
use crate::state::Command;
use crate::store::{SourceInfo, SourceIx};
use crate::view::Theme;

/// Fills `ui`, a strip of about 40 points height.
pub fn show(ui: &mut Ui, cx: &PanelContext<'_>) {
    ui.horizontal_centered(|ui| {
        ui.add_space(12.0);
        ui.label(RichText::new("Chronotope").font(serif_semibold(18.0)).color(cx.palette.ink));
        ui.add_space(10.0);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(8.0);
            tools(ui, cx);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                egui::ScrollArea::horizontal()
                    .id_salt("sources")
                    .scroll_bar_visibility(egui::scroll_area::ScrollBarVisibility::AlwaysHidden)
                    .show(ui, |ui| sources(ui, cx));
            });
        });
    });
}

fn tools(ui: &mut Ui, cx: &PanelContext<'_>) {
    let view = cx.view;
    if tool(ui, "Keys", "All keys (F1)", view.show_keys).clicked() {
        cx.send(Command::ShowKeys(!view.show_keys));
    }
    if tool(ui, "About", "Credits and licences", view.show_about).clicked() {
        cx.send(Command::ShowAbout(!view.show_about));
    }
    let (name, other) = match view.theme {
        Theme::Day => ("Night", Theme::Night),
        Theme::Night => ("Day", Theme::Day),
    };
    if tool(ui, name, "Day or night theme (N)", false).clicked() {
        cx.send(Command::SetTheme(other));
    }
    let (name, hint) =
        if view.show_table { ("Map", "Back to the map (T)") } else { ("Table", "All events in a table (T)") };
    if tool(ui, name, hint, false).clicked() {
        cx.send(Command::ShowTable(!view.show_table));
    }
    opening(ui, cx);
}

/// "Open…" with a menu of the other ways.
fn opening(ui: &mut Ui, cx: &PanelContext<'_>) {
    let spacing = std::mem::replace(&mut ui.spacing_mut().item_spacing.x, 0.0);
    let (rect, more) = ui.allocate_exact_size(vec2(20.0, 26.0), Sense::click());
    more.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "Other ways to open"));
    let color = if more.hovered() || more.has_focus() { cx.palette.ink } else { cx.palette.ink_soft };
    if more.hovered() {
        ui.painter().rect_filled(rect.shrink2(vec2(1.0, 2.0)), 4.0, cx.palette.hover_tint);
    }
    if more.has_focus() {
        let stroke = Stroke::new(1.5, cx.palette.focus);
        ui.painter().rect_stroke(rect.shrink(1.0), 4.0, stroke, egui::StrokeKind::Inside);
    }
    let points = [vec2(-3.5, -1.5), vec2(0.0, 2.0), vec2(3.5, -1.5)].map(|d| rect.center() + d);
    ui.painter().line(points.to_vec(), Stroke::new(1.5, color));
    egui::Popup::menu(&more).align(egui::RectAlign::BOTTOM_END).gap(4.0).show(|ui| {
        ui.set_min_width(210.0);
        for (name, key, command) in [
            ("Documents or events…", "Ctrl O", Command::OpenDialog),
            ("Copied text", "Ctrl V", Command::Paste),
            ("The sample article", "", Command::OpenSample),
        ] {
            if ui.add(egui::Button::new(name).shortcut_text(key)).clicked() {
                cx.send(command);
            }
        }
    });
    if tool(ui, "Open…", "Open documents or events (Ctrl+O)", false).clicked() {
        cx.send(Command::OpenDialog);
    }
    ui.spacing_mut().item_spacing.x = spacing;
}

fn tool(ui: &mut Ui, name: &str, hint: &str, is_on: bool) -> egui::Response {
    let button = egui::Button::new(RichText::new(name).font(sans(size::LABEL)))
        .frame_when_inactive(is_on)
        .selected(is_on);
    ui.add(button).on_hover_text(hint)
}

fn sources(ui: &mut Ui, cx: &PanelContext<'_>) {
    let n_sources = cx.store.sources().len();
    for (number, source) in cx.store.sources().iter().enumerate() {
        let Ok(number) = u32::try_from(number) else { break };
        chip(ui, cx, SourceIx(number), source, n_sources);
    }
    if n_sources == 0 {
        let words = if cx.is_opening { "Opening…" } else { "Nothing is open" };
        ui.label(RichText::new(words).color(cx.palette.ink_faint));
    }
}

/// A source with its sign, its colour and, where there are several, the means to hide or close it.
fn chip(ui: &mut Ui, cx: &PanelContext<'_>, source: SourceIx, info: &SourceInfo, n_sources: usize) {
    let palette = cx.palette;
    let is_hidden = cx.view.hidden_sources.contains(&source);
    let color = palette.source(source, palette.place, n_sources);
    let whose = info.documents.first().and_then(|d| cx.store.document(*d)).map_or("", |d| d.source.as_str());
    if n_sources > 1 {
        let words = if is_hidden { "hidden" } else { "shown" };
        let letter = Palette::source_letter(source);
        let (rect, response) = ui.allocate_exact_size(vec2(22.0, 22.0), Sense::click());
        response.widget_info(|| {
            egui::WidgetInfo::selected(
                egui::Role::CheckBox,
                true,
                !is_hidden,
                format!("Source {letter}: {}, {words}", info.title),
            )
        });
        let radius = 9.0;
        if is_hidden {
            ui.painter().circle_stroke(rect.center(), radius, Stroke::new(1.5, color));
        } else {
            ui.painter().circle_filled(rect.center(), radius, color);
        }
        let text = if is_hidden { color } else { palette.paper };
        ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, letter, sans_semibold(11.5), text);
        if response.has_focus() {
            ui.painter().circle_stroke(rect.center(), radius + 2.0, Stroke::new(1.5, palette.focus));
        }
        if response.on_hover_text(if is_hidden { "Show this source" } else { "Hide this source" }).clicked() {
            cx.send(Command::HideSource(source, !is_hidden));
        }
    }
    let ink = if is_hidden { palette.ink_faint } else { palette.ink_soft };
    let title = RichText::new(&info.title).font(sans(size::LABEL)).color(ink);
    let hint = format!("{}\n{} events", if whose.is_empty() { &info.title } else { whose }, info.n_events);
    let label = ui.add(egui::Label::new(title).sense(Sense::click()).selectable(false)).on_hover_text(hint);
    if label.clicked()
        && let Some(document) = info.documents.first()
    {
        cx.send(Command::SetDocument(*document));
    }
    if n_sources > 1 {
        let close = ui.add(egui::Button::new(RichText::new("×").font(sans(11.0))).frame(false));
        close.widget_info(|| {
            egui::WidgetInfo::labeled(egui::Role::Button, true, format!("Close {}", info.title))
        });
        if close.on_hover_text("Close this source").clicked() {
            cx.send(Command::CloseSource(source));
        }
        ui.add_space(8.0);
    }
}
