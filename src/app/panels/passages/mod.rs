//! The passages list: what the selection or the window is told by, with a card of what is selected
//! and trays for events without a date, without a place or whose words are gone from the text.

mod card;
mod header;
mod items;
mod list;
mod parts;
mod words;

use egui::{Ui, vec2};

use crate::app::panels::PanelContext;
use crate::app::theme;
use crate::view::{Target, Tray};

use card::Card;
use items::{Item, Key};
use list::List;

/// Panel memory of the passages list.
#[derive(Debug, Default)]
pub struct PassagesPanel {
    key: Option<Key>,
    items: Vec<Item>,
    list: List,
    card: Card,
    /// Store generation and number of orphaned passages.
    orphans: Option<(u64, usize)>,
    /// What this panel last said is hovered.
    hovers: Option<Target>,
}

impl PassagesPanel {
    /// Fills the rest of `ui` with the list.
    pub fn show(&mut self, ui: &mut Ui, cx: &PanelContext<'_>) {
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        let is_new = self.update(cx);
        let n_orphans = self.orphans.map_or(0, |(_, n)| n);
        header::tabs(ui, cx, n_orphans);
        header::line(ui, cx, &self.items);

        let mut area = egui::ScrollArea::vertical().id_salt("passages").auto_shrink(false);
        if is_new {
            area = area.vertical_scroll_offset(0.0);
        }
        ui.spacing_mut().scroll = theme::scroll_style();
        let hover = area
            .show_viewport(ui, |ui, viewport| {
                let in_card = match cx.view.tray {
                    Tray::Passages => self.card.show(ui, cx),
                    _ => None,
                };
                let in_list = self.list.show(ui, cx, &self.items, viewport);
                in_list.or(in_card)
            })
            .inner;
        if hover.is_some() {
            cx.hover(hover);
        } else if self.hovers.is_some() && cx.view.hover == self.hovers {
            cx.hover(None);
        }
        self.hovers = hover;
    }

    /// Finds the items anew if what they depend on has changed; true if so.
    fn update(&mut self, cx: &PanelContext<'_>) -> bool {
        let generation = cx.store.generation();
        if self.orphans.is_none_or(|(known, _)| known != generation) {
            self.orphans = Some((generation, items::orphans(cx.store).count()));
        }
        let key = Key::of(cx);
        if self.key.as_ref() == Some(&key) {
            return false;
        }
        self.items = items::items(cx);
        self.key = Some(key);
        self.list.forget();
        true
    }
}
