//! The card under the pointer: what an event's bar stands for, in the text's own words.

use egui::{RichText, Ui};

use crate::app::theme::{Palette, sans, sans_semibold, serif_italic, size};
use crate::app::words;
use crate::store::{Event, EventStore};

pub fn show(ui: &mut Ui, store: &EventStore, event: &Event, palette: &Palette) {
    ui.set_max_width(330.0);
    ui.spacing_mut().item_spacing.y = 4.0;
    if let Some(when) = &event.when {
        let date = match words::aside(event.status) {
            Some(status) => format!("{} · {status}", when.edtf.for_people()),
            None => when.edtf.for_people(),
        };
        ui.label(RichText::new(date).font(sans(size::CAPTION)).color(palette.time));
    }
    ui.label(RichText::new(&event.title).font(sans_semibold(size::LABEL)).color(palette.ink));
    if let Some(when) = event.when.as_ref().filter(|when| !when.label.is_empty()) {
        let words = format!("“{}”", when.label);
        ui.label(RichText::new(words).font(serif_italic(size::LABEL)).color(palette.ink_soft));
    }
    let names: Vec<&str> =
        event.places.iter().filter_map(|p| Some(store.place(p.place)?.name.as_str())).collect();
    if !names.is_empty() {
        ui.label(RichText::new(names.join(", ")).font(sans(size::CAPTION)).color(palette.place));
    }
    if let Some(source) = store.sources().get(event.source.as_usize()) {
        let letter = if store.sources().len() > 1 {
            format!("{} · ", Palette::source_letter(event.source))
        } else {
            String::new()
        };
        let whose = if event.told_by.is_empty() {
            format!("{letter}{}", source.title)
        } else {
            format!("{letter}{} · {}", source.title, words::told(event.status, &event.told_by))
        };
        ui.label(RichText::new(whose).font(sans(size::CAPTION)).color(palette.ink_faint));
    }
    if let Some(found) = words::found(event) {
        ui.label(RichText::new(found).font(sans(size::CAPTION)).color(palette.ink_faint));
    }
}
