//! The box for a typed date.

use egui::{Key, Ui};

use crate::app::panels::PanelContext;
use crate::app::theme::{sans, size};
use crate::state::Command;
use crate::store::drawn_span;
use crate::time::{Edtf, edtf};

const HINT: &str = "Go to date";

/// What has been typed so far, and what was wrong with it.
#[derive(Debug, Default)]
pub struct DateBox {
    text: String,
    error: Option<String>,
    obeyed: u64,
}

impl DateBox {
    pub fn show(&mut self, ui: &mut Ui, cx: &PanelContext<'_>, width: f32) {
        let edit = egui::TextEdit::singleline(&mut self.text)
            .hint_text(HINT)
            .desired_width(width - 14.0)
            .margin(egui::vec2(6.0, 4.0))
            .font(sans(size::LABEL));
        let edit = if self.error.is_some() { edit.text_color(cx.palette.warning) } else { edit };
        let response = ui.add(edit).accessible_name(HINT);
        if cx.view.focus_date_box > self.obeyed {
            self.obeyed = cx.view.focus_date_box;
            response.request_focus();
        }
        if response.changed() {
            self.error = None;
        }
        if response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter)) {
            match read(&self.text) {
                Ok(None) => {}
                Ok(Some(span)) => {
                    self.error = None;
                    cx.send(Command::GoToDate(span));
                }
                Err(error) => {
                    self.error = Some(error);
                    response.request_focus();
                }
            }
        }
        if let Some(error) = &self.error {
            egui::Popup::from_response(&response)
                .open(true)
                .align(egui::RectAlign::TOP_END)
                .close_behavior(egui::PopupCloseBehavior::IgnoreClicks)
                .show(|ui| {
                    ui.set_max_width(340.0);
                    ui.colored_label(cx.palette.warning, error);
                });
            if response.lost_focus() && !ui.input(|i| i.key_pressed(Key::Enter)) {
                self.error = None;
            }
        } else {
            response.on_hover_text("A day, month, year or interval: 2023-04-23, April 2023, 2020/2023");
        }
    }
}

fn read(text: &str) -> Result<Option<crate::time::DaySpan>, String> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let date: Edtf = edtf::from_typed(text).map_err(|error| error.to_string())?;
    let span = drawn_span(&date.interval());
    span.map(Some).ok_or_else(|| format!("“{}” has neither a beginning nor an end to go to.", text.trim()))
}
