//! The two sheets that lie over the window: all keys, and the credits.

use egui::{RichText, Ui};

use crate::app::keys::{BINDINGS, BUILT_IN, Section, name};
use crate::app::theme::{Palette, sans, sans_semibold, serif, serif_semibold, size};

const CREDITS: &str = include_str!("../../assets/CREDITS.md");

/// Shows the sheet of keys. Returns whether it wants to be closed.
pub fn keys(ctx: &egui::Context, palette: &Palette) -> bool {
    sheet(ctx, palette, "Keys", 860.0, |ui| {
        ui.columns(2, |columns| {
            for (number, section) in Section::ALL.into_iter().enumerate() {
                // Time alone is about as long as the three others.
                if let Some(column) = columns.get_mut(usize::from(number > 0)) {
                    keys_of(column, palette, section);
                }
            }
        });
    })
}

fn keys_of(ui: &mut Ui, palette: &Palette, section: Section) {
    ui.label(RichText::new(section.title()).font(sans_semibold(size::BODY)).color(palette.place));
    let bound = BINDINGS.iter().filter(|b| b.section == section).map(|binding| {
        let key = binding.shortcuts.first().map(|s| name(s, ui.ctx())).unwrap_or_default();
        (key, binding.words)
    });
    let built_in =
        BUILT_IN.iter().filter(|b| b.0 == section).map(|(_, key, words)| ((*key).to_owned(), *words));
    let rows: Vec<(String, &str)> = bound.chain(built_in).collect();
    egui::Grid::new(("keys", section.title()))
        .num_columns(2)
        .min_col_width(112.0)
        .min_row_height(18.0)
        .spacing([16.0, 4.0])
        .show(ui, |ui| {
            for (key, words) in rows {
                ui.label(RichText::new(key).font(sans_semibold(size::LABEL)).color(palette.ink));
                ui.label(RichText::new(words).font(sans(size::LABEL)).color(palette.ink_soft));
                ui.end_row();
            }
        });
    ui.add_space(12.0);
}

/// Shows who made what the program is made of. Returns whether it wants to be closed.
pub fn about(ctx: &egui::Context, palette: &Palette) -> bool {
    sheet(ctx, palette, "About Chronotope", 620.0, |ui| {
        let version =
            format!("Version {}. Reads a text by where and when it happens.", env!("CARGO_PKG_VERSION"));
        ui.label(RichText::new(version).font(serif(size::BODY + 1.0)).color(palette.ink_soft));
        ui.label(
            RichText::new("The program reports what a text says; it takes no position. Nothing leaves this machine: it makes no network connection unless online tiles are turned on.")
                .font(serif(size::BODY + 1.0))
                .color(palette.ink_soft),
        );
        ui.add_space(8.0);
        for line in CREDITS.lines() {
            credit_line(ui, palette, line);
        }
    })
}

/// The little Markdown that the credits use: headings, list items, paragraphs.
fn credit_line(ui: &mut Ui, palette: &Palette, line: &str) {
    let plain = |text: &str| text.replace(['`', '*'], "");
    if line.starts_with("# ") || line.is_empty() {
        ui.add_space(2.0);
    } else if let Some(heading) = line.strip_prefix("## ") {
        ui.add_space(4.0);
        ui.label(RichText::new(plain(heading)).font(sans_semibold(size::LABEL)).color(palette.place));
    } else if let Some(item) = line.strip_prefix("* ") {
        ui.label(RichText::new(format!("– {}", plain(item))).font(sans(size::LABEL)).color(palette.ink_soft));
    } else {
        ui.label(RichText::new(plain(line)).font(sans(size::LABEL)).color(palette.ink_soft));
    }
}

fn sheet(
    ctx: &egui::Context,
    palette: &Palette,
    title: &str,
    width: f32,
    contents: impl FnOnce(&mut Ui),
) -> bool {
    let area = ctx.content_rect();
    let mut wants_close = false;
    let response = egui::Modal::new(egui::Id::unique(title))
        .frame(
            egui::Frame::popup(&ctx.global_style()).fill(palette.raised).inner_margin(egui::Margin::same(22)),
        )
        .show(ctx, |ui| {
            ui.set_width(width.min(area.width() - 80.0));
            ui.horizontal(|ui| {
                ui.label(RichText::new(title).font(serif_semibold(size::HEADING)).color(palette.ink));
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    wants_close = ui.button("Close").on_hover_text("Esc").clicked();
                });
            });
            ui.add_space(8.0);
            let height = (area.height() - 180.0).max(120.0);
            egui::ScrollArea::vertical().max_height(height).min_scrolled_height(height).show(ui, contents);
        });
    wants_close || response.should_close()
}
