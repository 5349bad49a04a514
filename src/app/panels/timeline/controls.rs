//! The control strip: play, step, speed, what the window is in words, presets and trays.

use egui::{Align, Layout, Rect, Response, RichText, Role, Sense, Stroke, Ui, UiBuilder, WidgetInfo, vec2};

use super::date_box::DateBox;
use super::icons::{self, Icon};
use super::{count_words, number_words};
use crate::app::panels::PanelContext;
use crate::app::theme::{sans, size};
use crate::state::Command;
use crate::time::words::span_words;
use crate::view::Tray;

/// Days that pass in a second of play, in words.
const SPEEDS: [(f64, &str); 7] = [
    (1.0, "1 day/s"),
    (7.0, "1 week/s"),
    (30.0, "1 month/s"),
    (365.25, "1 year/s"),
    (3_652.5, "10 years/s"),
    (36_525.0, "100 years/s"),
    (365_250.0, "1,000 years/s"),
];

/// Below this the two toggles are icons without words.
const WIDE: f32 = 1320.0;

pub fn show(ui: &mut Ui, cx: &PanelContext<'_>, rect: Rect, n_dated: usize, date_box: &mut DateBox) {
    let mut ui = ui.new_child(
        UiBuilder::new()
            .id_salt("controls")
            .max_rect(rect.shrink2(vec2(10.0, 0.0)))
            .layout(Layout::left_to_right(Align::Center)),
    );
    let is_wide = rect.width() >= WIDE;
    ui.spacing_mut().item_spacing.x = 4.0;
    ui.spacing_mut().interact_size.y = 24.0;
    transport(&mut ui, cx, is_wide);
    ui.add_space(8.0);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        trays(ui, cx);
        presets(ui, cx);
        date_box.show(ui, cx, if is_wide { 190.0 } else { 128.0 });
        ui.add_space(8.0);
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let text =
                RichText::new(window_words(cx, n_dated)).font(sans(size::LABEL)).color(cx.palette.ink_soft);
            ui.add(egui::Label::new(text).truncate());
        });
    });
}

fn transport(ui: &mut Ui, cx: &PanelContext<'_>, is_wide: bool) {
    let play = cx.view.play;
    if icon_button(ui, cx, Icon::Previous, "Previous event", None).clicked() {
        cx.send(Command::PreviousEvent);
    }
    let (icon, name) = if play.playing { (Icon::Pause, "Pause") } else { (Icon::Play, "Play") };
    if icon_button(ui, cx, icon, name, None).clicked() {
        cx.send(Command::TogglePlay);
    }
    if icon_button(ui, cx, Icon::Next, "Next event", None).clicked() {
        cx.send(Command::NextEvent);
    }
    let speed = SPEEDS.iter().find(|(days, _)| (days - play.days_per_second).abs() < 0.5);
    let speed_words = speed.map_or_else(|| format!("{:.0} days/s", play.days_per_second), |s| s.1.to_owned());
    let combo =
        egui::ComboBox::from_id_salt("speed").selected_text(speed_words).width(96.0).show_ui(ui, |ui| {
            for (days, words) in SPEEDS {
                let is_current = (days - play.days_per_second).abs() < 0.5;
                if ui.selectable_label(is_current, words).clicked() && !is_current {
                    cx.send(Command::SetSpeed(days));
                }
            }
        });
    combo.response.accessible_name("Speed").on_hover_text("How much time passes in a second of play");
    for (icon, words, is_on, explained, command) in [
        (
            Icon::Cumulative,
            "Cumulative",
            play.cumulative,
            "Cumulative: what has happened stays in the window",
            Command::SetCumulative(!play.cumulative),
        ),
        (
            Icon::SkipGaps,
            "Skip gaps",
            play.skip_gaps,
            "Skip gaps: play jumps over times in which nothing happens",
            Command::SetSkipGaps(!play.skip_gaps),
        ),
    ] {
        let response = toggle(ui, cx, icon, words, is_on, is_wide).on_hover_text(explained);
        if response.clicked() {
            cx.send(command);
        }
    }
}

fn icon_button(ui: &mut Ui, cx: &PanelContext<'_>, icon: Icon, name: &str, is_on: Option<bool>) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(28.0, 24.0), Sense::click());
    response.widget_info(|| match is_on {
        Some(is_on) => WidgetInfo::selected(Role::Button, true, is_on, name),
        None => WidgetInfo::labeled(Role::Button, true, name),
    });
    frame_button(ui, cx, rect, &response, is_on == Some(true));
    let color = if is_on == Some(false) { cx.palette.ink_faint } else { cx.palette.ink };
    icons::paint(ui.painter(), rect, icon, color);
    response.on_hover_text(name)
}

fn frame_button(ui: &Ui, cx: &PanelContext<'_>, rect: Rect, response: &Response, is_on: bool) {
    let palette = cx.palette;
    let fill = if is_on {
        palette.time_tint
    } else if response.hovered() {
        palette.hover_tint
    } else {
        palette.raised
    };
    let line = if response.has_focus() {
        Stroke::new(2.0, palette.focus)
    } else {
        Stroke::new(1.0, if is_on { palette.time } else { palette.hairline })
    };
    ui.painter().rect(rect, 4.0, fill, line, egui::StrokeKind::Inside);
}

/// A button that stays pressed: its frame and tint say so, and the AccessKit tree does.
fn toggle(
    ui: &mut Ui,
    cx: &PanelContext<'_>,
    icon: Icon,
    words: &str,
    is_on: bool,
    with_words: bool,
) -> Response {
    if !with_words {
        return icon_button(ui, cx, icon, words, Some(is_on));
    }
    let ink = if is_on { cx.palette.ink } else { cx.palette.ink_soft };
    let galley = ui.painter().layout_no_wrap(words.to_owned(), sans(size::LABEL), ink);
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x + 36.0, 24.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_on, words));
    frame_button(ui, cx, rect, &response, is_on);
    let icon_rect = Rect::from_min_size(rect.min + vec2(2.0, 0.0), vec2(26.0, 24.0));
    icons::paint(ui.painter(), icon_rect, icon, ink);
    ui.painter().galley(egui::pos2(rect.left() + 28.0, rect.center().y - galley.size().y / 2.0), galley, ink);
    response
}

fn presets(ui: &mut Ui, cx: &PanelContext<'_>) {
    let selection = ui
        .add_enabled(cx.view.selection.is_some(), egui::Button::new("This selection"))
        .on_hover_text("The time window becomes the dates of what is selected")
        .on_disabled_hover_text("Nothing is selected");
    if selection.clicked() {
        cx.send(Command::WindowFromSelection);
    }
    let all = ui.button("All dates").on_hover_text("No time window: everything is shown");
    if all.clicked() {
        if cx.view.window.is_some() {
            cx.send(Command::SetWindow(None));
        }
        cx.send(Command::FitTimeline);
    }
}

fn trays(ui: &mut Ui, cx: &PanelContext<'_>) {
    for (n, words, tray) in [
        (cx.answer.unplaced.len(), "unplaced", Tray::Unplaced),
        (cx.answer.undated.len(), "undated", Tray::Undated),
    ] {
        if n == 0 {
            continue;
        }
        let is_open = cx.view.tray == tray;
        let button = egui::Button::new(format!("{} {words}", number_words(n))).selected(is_open);
        let explained = match tray {
            Tray::Undated => "Events for which the text gives no date",
            _ => "Events for which the text gives no place",
        };
        if ui.add(button).on_hover_text(explained).clicked() {
            cx.send(Command::SetTray(if is_open { Tray::Passages } else { tray }));
        }
    }
}

/// "1 Jan 2020 – 3 Mar 2021 · 23 of 38 events", "All dates · 38 events, 5 undated".
fn window_words(cx: &PanelContext<'_>, n_dated: usize) -> String {
    let n_undated = cx.answer.undated.len();
    match cx.view.window {
        Some(window) => {
            let n = cx.answer.in_window.len();
            format!("{} · {} of {}", span_words(window), number_words(n), count_words(n_dated, "event"))
        }
        None if n_undated > 0 => {
            format!("All dates · {}, {n_undated} undated", count_words(n_dated + n_undated, "event"))
        }
        None => format!("All dates · {}", count_words(n_dated, "event")),
    }
}
