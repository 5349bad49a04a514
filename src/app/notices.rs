//! Short notices at the upper right: what was opened, and what went wrong.
//!
//! Own and not egui-notify's: those do not wrap a long message, and no screen reader sees them.

use egui::{Align, Align2, Area, Frame, Id, Label, Layout, Order, RichText, Shadow, Stroke, vec2};

use crate::app::theme::{Palette, sans, sans_semibold, size};

/// Points; a message wraps within it.
const WIDTH: f32 = 380.0;
/// Seconds that a notice which needs no answer stays.
const STAYS: f64 = 5.0;
/// More than these would cover what they are about; the oldest go first.
const MAX_NOTICES: usize = 4;

/// How much a notice weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Goes by itself.
    News,
    /// Stays until it is closed, as what it is about can be used.
    Warning,
    /// Stays until it is closed: something was not done.
    Error,
}

#[derive(Debug)]
struct Notice {
    serial: u64,
    message: String,
    weight: Weight,
    /// The time on egui's clock at which it goes; what is no news stays until it is closed.
    until: Option<f64>,
}

/// The notices on the screen, oldest first.
#[derive(Debug, Default)]
pub struct Notices {
    list: Vec<Notice>,
    last_serial: u64,
}

impl Notices {
    pub fn add(&mut self, message: &str, weight: Weight) {
        if self.list.iter().any(|notice| notice.message == message) {
            return;
        }
        self.last_serial += 1;
        self.list.push(Notice { serial: self.last_serial, message: message.to_owned(), weight, until: None });
        let n_too_many = self.list.len().saturating_sub(MAX_NOTICES);
        self.list.drain(..n_too_many);
    }

    /// Takes away the newest that stays, if there is one: what Esc does first.
    pub fn dismiss(&mut self) -> bool {
        let newest = self.list.iter().rposition(|notice| notice.weight != Weight::News);
        newest.map(|position| self.list.remove(position)).is_some()
    }

    pub fn show(&mut self, ctx: &egui::Context, palette: &Palette, top: f32) {
        let now = ctx.input(|input| input.time);
        for notice in self.list.iter_mut().filter(|notice| notice.weight == Weight::News) {
            let until = *notice.until.get_or_insert(now + STAYS);
            ctx.request_repaint_after_secs((until - now).max(0.0) as f32);
        }
        self.list.retain(|notice| notice.until.is_none_or(|until| now < until));
        if self.list.is_empty() {
            return;
        }
        let mut closed = None;
        Area::new(Id::unique("notices"))
            .order(Order::Foreground)
            .anchor(Align2::RIGHT_TOP, vec2(-12.0, top))
            .show(ctx, |ui| {
                ui.set_width(WIDTH.min(ctx.content_rect().width() - 24.0));
                for notice in &self.list {
                    if card(ui, palette, notice) {
                        closed = Some(notice.serial);
                    }
                }
            });
        self.list.retain(|notice| Some(notice.serial) != closed);
    }
}

/// Draws a notice; true when it was closed.
fn card(ui: &mut egui::Ui, palette: &Palette, notice: &Notice) -> bool {
    let (accent, heading) = match notice.weight {
        Weight::News => (palette.place, None),
        Weight::Warning => (palette.warning, Some("Please note")),
        Weight::Error => (palette.warning, Some("This did not work")),
    };
    let shadow = Shadow { offset: [0, 2], blur: 10, spread: 0, color: egui::Color32::from_black_alpha(40) };
    let frame = Frame::NONE
        .fill(palette.raised)
        .stroke(Stroke::new(1.0, accent))
        .corner_radius(4)
        .shadow(shadow)
        .inner_margin(egui::Margin::symmetric(12, 9));
    let mut is_closed = false;
    frame.show(ui, |ui| {
        ui.with_layout(Layout::right_to_left(Align::TOP), |ui| {
            let close = ui.add(egui::Button::new(RichText::new("×").font(sans(size::BODY))).frame(false));
            close.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "Close the notice"));
            is_closed = close.clicked();
            ui.with_layout(Layout::top_down(Align::LEFT), |ui| {
                if let Some(heading) = heading {
                    ui.label(RichText::new(heading).font(sans_semibold(size::LABEL)).color(accent));
                }
                let text = RichText::new(&notice.message).font(sans(size::LABEL)).color(palette.ink);
                ui.add(Label::new(text).wrap());
            });
        });
    });
    is_closed
}
