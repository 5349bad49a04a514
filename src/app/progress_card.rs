//! The card that says what is being opened and how far it has come, and stops it.

use egui::{Align, Align2, Area, Frame, Id, Layout, Order, Rect, RichText, Role, Sense, Stroke, Ui, vec2};

use super::opener::Status;
use super::theme::{Palette, sans, sans_semibold, size};
use crate::progress::Stage;

/// Points; a long name is cut within it.
const WIDTH: f32 = 380.0;
const BAR_HEIGHT: f32 = 6.0;
const ROW_HEIGHT: f32 = 26.0;
const WORDS_HEIGHT: f32 = 18.0;
/// What is opened sooner than this needs no card: it would only flicker.
const PATIENCE: f64 = 0.15;
/// Seconds between two pictures of the card: enough for a bar, and it leaves the worker its core.
const PERIOD: f64 = 0.08;

/// Shows the card, if it is time to: at the upper right, or, where nothing else is open that it could hide,
/// in the middle of the map (`alone_at`, points from the left). Returns its height, and whether all is to be stopped.
pub fn show(
    ctx: &egui::Context,
    palette: &Palette,
    status: &Status,
    top: f32,
    alone_at: Option<f32>,
) -> (f32, bool) {
    let now = ctx.input(|input| input.time);
    ctx.request_repaint_after_secs(PERIOD as f32);
    if now - status.since < PATIENCE && status.number == 1 {
        return (0.0, false);
    }
    let mut is_stopped = false;
    let middle = ctx.content_rect().center().x;
    let (anchor, offset) = match alone_at {
        Some(x) => (Align2::CENTER_CENTER, vec2(x - middle, -60.0)),
        None => (Align2::RIGHT_TOP, vec2(-12.0, top)),
    };
    let area = Area::new(Id::unique("progress")).order(Order::Foreground).anchor(anchor, offset);
    let shown = area.show(ctx, |ui| {
        ui.set_width(WIDTH.min(ctx.content_rect().width() - 24.0));
        frame(palette).show(ui, |ui| is_stopped = contents(ui, palette, status, now));
    });
    let height = if alone_at.is_some() { 0.0 } else { shown.response.rect.height() + 8.0 };
    (height, is_stopped)
}

fn frame(palette: &Palette) -> Frame {
    let color = egui::Color32::from_black_alpha(40);
    Frame::NONE
        .fill(palette.raised)
        .stroke(Stroke::new(1.0, palette.hairline))
        .corner_radius(4)
        .shadow(egui::Shadow { offset: [0, 2], blur: 10, spread: 0, color })
        .inner_margin(egui::Margin::symmetric(14, 11))
}

fn contents(ui: &mut Ui, palette: &Palette, status: &Status, now: f64) -> bool {
    let mut is_stopped = false;
    ui.spacing_mut().item_spacing.y = 5.0;
    row(ui, ROW_HEIGHT, |ui| {
        let stop = ui.button(RichText::new("Stop").font(sans(size::LABEL)));
        is_stopped = stop.on_hover_text("Stop opening (Esc): what is open stays as it is").clicked();
        if status.total > 1 {
            let count = format!("{} of {}", status.number, status.total);
            ui.label(RichText::new(count).font(sans(size::LABEL)).color(palette.ink_soft));
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let name = RichText::new(&status.name).font(sans_semibold(size::BODY)).color(palette.ink);
            ui.add(egui::Label::new(name).truncate());
        });
    });
    bar(ui, palette, status, now);
    row(ui, WORDS_HEIGHT, |ui| {
        if let Some(percent) = percent(status) {
            ui.label(RichText::new(percent).font(sans(size::LABEL)).color(palette.ink_soft));
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let words = RichText::new(stage_words(status.stage)).font(sans(size::LABEL));
            ui.add(egui::Label::new(words.color(palette.ink_soft)).truncate());
        });
    });
    is_stopped
}

/// A line filled from the right, so that what stands there keeps its room.
fn row(ui: &mut Ui, height: f32, add: impl FnOnce(&mut Ui)) {
    let size = vec2(ui.available_width(), height);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), add);
}

fn bar(ui: &mut Ui, palette: &Palette, status: &Status, now: f64) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), BAR_HEIGHT), Sense::hover());
    response.widget_info(|| egui::WidgetInfo {
        value: status.share.map(|share| f64::from((share * 100.0).round())),
        ..egui::WidgetInfo::labeled(Role::ProgressIndicator, true, words(status))
    });
    let radius = BAR_HEIGHT / 2.0;
    ui.painter().rect_filled(rect, radius, palette.hairline);
    let part = |from: f32, to: f32| {
        Rect::from_x_y_ranges(
            rect.left() + from * rect.width()..=rect.left() + to * rect.width(),
            rect.y_range(),
        )
    };
    let done = status.share.map_or_else(
        || {
            // A part that goes to and fro says that something is done, and not how much.
            let phase = ((now - status.since) * 0.45).fract() as f32;
            let at = 0.7 * (1.0 - (2.0 * phase - 1.0).abs());
            part(at, at + 0.3)
        },
        |share| part(0.0, share.max(0.01)),
    );
    ui.painter().rect_filled(done, radius, palette.place);
}

fn percent(status: &Status) -> Option<String> {
    status.share.map(|share| format!("{:.0} %", share * 100.0))
}

fn stage_words(stage: Stage) -> &'static str {
    match stage {
        Stage::Reading => "Reading",
        Stage::Extracting => "Finding dates, places and events",
        Stage::Joining => "Putting it on the map and the timeline",
    }
}

/// How a screen reader says it: "Opening chapter.txt, 2 of 5: Reading".
pub fn words(status: &Status) -> String {
    let count =
        if status.total > 1 { format!(", {} of {}", status.number, status.total) } else { String::new() };
    format!("Opening {}{count}: {}", status.name, stage_words(status.stage))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_said_in_words() {
        let status = |number, total, stage| Status {
            name: "chapter.txt".to_owned(),
            number,
            total,
            stage,
            share: None,
            since: 0.0,
        };
        for (status, expected) in [
            (status(1, 1, Stage::Reading), "Opening chapter.txt: Reading"),
            (
                status(2, 5, Stage::Extracting),
                "Opening chapter.txt, 2 of 5: Finding dates, places and events",
            ),
        ] {
            assert_eq!(words(&status), expected);
        }
    }
}
