//! The date of the document, from which everything relative in it is counted: a line above the page,
//! and the box in which it is changed.

use egui::{
    Align, Align2, Id, Key, Label, Layout, Rect, RichText, Role, Sense, Stroke, TextEdit, Ui, UiBuilder,
    WidgetInfo, vec2,
};

use crate::app::panels::PanelContext;
use crate::app::theme::{sans, sans_medium, size};
use crate::state::{Command, date_of_document};
use crate::store::{DocumentIx, SourceIx};
use crate::time::edtf;

const HEIGHT: f32 = 34.0;
const BOX_HEIGHT: f32 = 68.0;
const NAME: &str = "Document date";

/// What has been typed so far, and what was wrong with it.
#[derive(Debug, Default)]
pub struct DateLine {
    of: Option<DocumentIx>,
    text: String,
    error: Option<String>,
    is_open: bool,
}

impl DateLine {
    /// Shows the line of a document whose events were found by the machine; of others, nothing.
    pub fn show(&mut self, ui: &mut Ui, cx: &PanelContext<'_>, document: DocumentIx) {
        let Some(source) = date_of_document(cx.store, document) else { return };
        let is_open = cx.view.date_box && !cx.is_opening;
        let is_new = is_open && (!self.is_open || self.of != Some(document));
        (self.is_open, self.of) = (is_open, Some(document));
        if is_new {
            let known = cx.store.document(document).and_then(|d| d.published.as_ref());
            self.text = known.map_or_else(String::new, |date| date.edtf.to_string());
            self.error = None;
        }
        let height = if is_open { BOX_HEIGHT } else { HEIGHT };
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
        ui.painter().rect_filled(rect, 0.0, cx.palette.panel);
        ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, cx.palette.hairline));
        let inner = rect.shrink2(vec2(14.0, 4.0));
        if is_open {
            self.edit(ui, cx, inner, source, is_new);
        } else {
            line(ui, cx, inner, document);
        }
    }

    fn edit(&mut self, ui: &mut Ui, cx: &PanelContext<'_>, rect: Rect, source: SourceIx, is_new: bool) {
        let palette = cx.palette;
        let row = rect.with_max_y(rect.top() + 34.0);
        let mut ui_row =
            ui.new_child(UiBuilder::new().max_rect(row).layout(Layout::right_to_left(Align::Center)));
        ui_row.spacing_mut().item_spacing.x = 8.0;
        let id = Id::unique("document date");
        let is_entered = ui.memory(|m| m.has_focus(id)) && ui.input(|i| i.key_pressed(Key::Enter));
        if ui_row.button("Cancel").on_hover_text("Esc").clicked() {
            cx.send(Command::EditDocumentDate(false));
        }
        let apply = ui_row.button("Apply").on_hover_text("Enter: read the text again with this date");
        ui_row.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.label(RichText::new(NAME).font(sans_medium(size::LABEL)).color(palette.ink));
            let edit = TextEdit::singleline(&mut self.text)
                .id(id)
                .hint_text("2023-04-23, April 2023, 1877")
                .desired_width(ui.available_width() - 14.0)
                .margin(egui::Margin::symmetric(8, 5))
                .font(sans(size::LABEL));
            let response = ui.add(edit).accessible_name(NAME);
            if is_new {
                response.request_focus();
                select_all(ui, id, self.text.chars().count());
            }
            if response.changed() {
                self.error = None;
            }
        });
        let below = rect.with_min_y(row.bottom() + 2.0);
        let hint = "A day, month or year. “Yesterday” and “last week” are counted from it.";
        let (words, color) = match &self.error {
            Some(error) => (error.as_str(), palette.warning),
            None => (hint, palette.ink_soft),
        };
        let label = Label::new(RichText::new(words).font(sans(size::CAPTION)).color(color)).truncate();
        ui.scope_builder(UiBuilder::new().max_rect(below), |ui| ui.add(label).on_hover_text(words));
        if is_entered || apply.clicked() {
            self.apply(ui, cx, source, id);
        }
    }

    fn apply(&mut self, ui: &Ui, cx: &PanelContext<'_>, source: SourceIx, id: Id) {
        match edtf::from_typed(&self.text) {
            Ok(date) => {
                self.error = None;
                cx.send(Command::SetDocumentDate(source, date));
            }
            Err(error) => {
                self.error = Some(error.to_string());
                ui.memory_mut(|m| m.request_focus(id));
            }
        }
    }
}

fn select_all(ui: &Ui, id: Id, n_chars: usize) {
    let mut state = egui::text_edit::TextEditState::load(ui.ctx(), id).unwrap_or_default();
    let all = egui::text::CCursorRange::two(egui::text::CCursor::new(0), egui::text::CCursor::new(n_chars));
    state.cursor.set_char_range(Some(all));
    state.store(ui.ctx(), id);
}

/// "Document date: 23 April 2023 — why", and the way to change it.
fn line(ui: &mut Ui, cx: &PanelContext<'_>, rect: Rect, document: DocumentIx) {
    let palette = cx.palette;
    let published = cx.store.document(document).and_then(|d| d.published.as_ref());
    let mut ui = ui.new_child(UiBuilder::new().max_rect(rect).layout(Layout::right_to_left(Align::Center)));
    let (name, hint) = match published {
        Some(_) => ("Change…", "Change the document date (Ctrl+D): everything relative follows"),
        None => ("Set…", "Set the document date (Ctrl+D): everything relative follows"),
    };
    let button = ui.add(egui::Button::new(RichText::new(name).font(sans(size::LABEL))));
    button.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{NAME}: {name}")));
    if button.on_hover_text(hint).clicked() {
        cx.send(Command::EditDocumentDate(true));
    }
    let (date, why) = match published {
        Some(date) => (date.edtf.for_people(), date.reason.clone()),
        None => ("not known".to_owned(), "relative dates such as “yesterday” are not placed".to_owned()),
    };
    let words = match (published.is_some(), why.is_empty()) {
        (true, false) => format!("{NAME}: {date} — {why}"),
        (true, true) => format!("{NAME}: {date}"),
        (false, _) => format!("No document date: {why}"),
    };
    let room = Rect::from_min_max(rect.min, egui::pos2(ui.min_rect().left() - 8.0, rect.bottom()));
    let mut job = egui::text::LayoutJob::default();
    let face = |font, color| egui::TextFormat::simple(font, color);
    if published.is_some() {
        job.append(NAME, 0.0, face(sans(size::LABEL), palette.ink_soft));
        job.append(&date, 8.0, face(sans_medium(size::LABEL), palette.time));
        job.append(&why, 10.0, face(sans(size::LABEL), palette.ink_soft));
    } else {
        job.append("No document date:", 0.0, face(sans_medium(size::LABEL), palette.ink));
        job.append(&why, 6.0, face(sans(size::LABEL), palette.ink_soft));
    }
    job.wrap = egui::text::TextWrapping::truncate_at_width(room.width());
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let at = Align2::LEFT_CENTER.anchor_size(room.left_center(), galley.size());
    ui.painter().galley(at.min, galley, palette.ink_soft);
    let response = ui.interact(room, ui.scope_id().with(NAME), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
    response.on_hover_text(words);
}
