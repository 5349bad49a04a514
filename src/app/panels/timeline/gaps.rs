//! An empty time window says what lies nearest before and after it.

use egui::{Align2, Rect, Ui, pos2, vec2};

use super::axis::Axis;
use crate::app::keys;
use crate::app::panels::PanelContext;
use crate::app::theme::{sans, size};
use crate::state::Command;
use crate::store::EventIx;

/// Titles longer than this are cut: both buttons must fit beside each other.
const MAX_TITLE_CHARS: usize = 48;

pub fn show(ui: &Ui, cx: &PanelContext<'_>, axis: &Axis, lanes: Rect) {
    let Some(window) = cx.view.window.filter(|_| cx.answer.in_window.is_empty()) else { return };
    let named = |event: Option<EventIx>| {
        let event = cx.store.event(event?)?;
        let date = event.when.as_ref()?.edtf.for_people();
        let mut title: String = event.title.chars().take(MAX_TITLE_CHARS).collect();
        if title.len() < event.title.len() {
            title.push('…');
        }
        Some(format!("{date}: {title}"))
    };
    let (before, after) = (named(cx.answer.nearest_before), named(cx.answer.nearest_after));
    egui::Area::new(ui.scope_id().with("gap"))
        .order(egui::Order::Middle)
        .pivot(Align2::CENTER_CENTER)
        .fixed_pos(pos2(axis.x_of_span(window).center(), lanes.center().y))
        .constrain_to(lanes)
        .show(ui.ctx(), |ui| {
            egui::Frame::NONE
                .fill(cx.palette.raised)
                .stroke(egui::Stroke::new(1.0, cx.palette.hairline))
                .corner_radius(6.0)
                .inner_margin(8.0)
                .show(ui, |ui| {
                    ui.spacing_mut().item_spacing = vec2(8.0, 4.0);
                    let words = egui::RichText::new("Nothing is dated in this window. Nearest:");
                    ui.label(words.font(sans(size::LABEL)).color(cx.palette.ink_soft));
                    ui.horizontal(|ui| {
                        if let Some(before) = before {
                            go(ui, cx, &format!("← {before}"), Command::GoToNearestBefore);
                        }
                        if let Some(after) = after {
                            go(ui, cx, &format!("{after} →"), Command::GoToNearestAfter);
                        }
                    });
                });
        });
}

/// A button that names the key which does the same.
fn go(ui: &mut Ui, cx: &PanelContext<'_>, words: &str, command: Command) {
    let shortcut = keys::BINDINGS
        .iter()
        .find(|binding| (binding.command)(cx.view) == command)
        .and_then(|binding| binding.shortcuts.first())
        .map(|shortcut| keys::name(shortcut, ui.ctx()));
    let mut button = egui::Button::new(words);
    if let Some(shortcut) = shortcut {
        button = button.shortcut_text(shortcut);
    }
    let response = ui.add(button);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, words));
    if response.clicked() {
        cx.send(command);
    }
}
