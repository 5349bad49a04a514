//! The rows of the list. Only those in sight are laid out.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{CursorIcon, Galley, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::items::Item;
use super::parts::{MARGIN, badge, elided, focus_ring, label, rows};
use crate::app::heights::Heights;
use crate::app::panels::PanelContext;
use crate::app::theme::{sans, sans_medium, sans_semibold, serif, size};
use crate::app::words;
use crate::state::Command;
use crate::store::Event;
use crate::view::{Target, Tray};

const PAD: f32 = 11.0;
const SNIPPET_ROWS: usize = 3;
const SNIPPET_LINE: f32 = 20.0;
const TITLE_LINE: f32 = 18.0;

/// Heights of the rows at one width.
#[derive(Debug, Default)]
pub struct List {
    width: f32,
    heights: Heights,
}

/// A row laid out.
struct Row {
    date: Option<Arc<Galley>>,
    places: Option<Arc<Galley>>,
    title: Option<Arc<Galley>>,
    snippet: Arc<Galley>,
}

impl Row {
    fn height(&self) -> f32 {
        let head = self.date.as_ref().map_or(0.0, |g| g.size().y + 2.0);
        let title = self.title.as_ref().map_or(0.0, |g| g.size().y + 3.0);
        let pad = if self.date.is_some() { 2.0 * PAD } else { PAD };
        pad + head + title + self.snippet.size().y
    }
}

impl List {
    /// Other items: their heights are not known.
    pub fn forget(&mut self) {
        self.heights = Heights::default();
    }

    /// Shows the rows that lie in `viewport`, given in points from the top of the scrolled content.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        cx: &PanelContext<'_>,
        items: &[Item],
        viewport: Rect,
    ) -> Option<Target> {
        if items.is_empty() {
            nothing_listed(ui, cx);
            return None;
        }
        let width = ui.available_width();
        if self.heights.len() != items.len() || (self.width - width).abs() > 0.5 {
            self.width = width;
            self.heights = Heights::new(items.iter().map(|item| estimate(cx, item, width)).collect());
        }
        let first_top = ui.cursor().top();
        let above = first_top - ui.min_rect().top();
        let (area, _) =
            ui.allocate_exact_size(vec2(width, self.heights.total() as f32 + PAD), Sense::hover());

        let mut hover = None;
        let mut number = self.heights.block_at(f64::from(viewport.top() - above).max(0.0));
        while let Some(item) =
            items.get(number).filter(|_| above + (self.heights.top(number) as f32) < viewport.bottom())
        {
            let top = first_top + self.heights.top(number) as f32;
            let Some(row) = lay_out(ui, cx, item, width) else { break };
            if self.heights.set(number, row.height()) != 0.0 {
                ui.ctx().request_repaint();
            }
            let rect = Rect::from_min_size(pos2(area.left(), top), vec2(width, row.height()));
            hover = show_row(ui, cx, (number, item), &row, rect).or(hover);
            number += 1;
        }
        hover
    }
}

/// The height of a row by the lengths of its words: near enough that corrections go unseen.
fn estimate(cx: &PanelContext<'_>, item: &Item, width: f32) -> f32 {
    let inner = (width - 2.0 * MARGIN).max(20.0);
    let n_rows = |n_letters: usize, letter: f32| (n_letters as f32 * letter / inner).ceil().max(1.0);
    let quote = item.passage.and_then(|p| cx.store.passage(p)).map_or(20, |p| p.quote.len());
    let snippet = n_rows(quote, 6.6).min(SNIPPET_ROWS as f32) * SNIPPET_LINE;
    if item.continues || is_told_by_card(cx, item) {
        return PAD + snippet;
    }
    let title = cx.store.event(item.event).map_or(0, |e| e.title.len());
    2.0 * PAD + 17.0 + n_rows(title, 7.0).min(2.0) * TITLE_LINE + 3.0 + snippet
}

/// Does the card above the list already say what the row's event is?
fn is_told_by_card(cx: &PanelContext<'_>, item: &Item) -> bool {
    cx.view.tray == Tray::Passages && cx.view.selection == Some(Target::Event(item.event))
}

fn lay_out(ui: &Ui, cx: &PanelContext<'_>, item: &Item, width: f32) -> Option<Row> {
    let (store, palette) = (cx.store, cx.palette);
    let event = store.event(item.event)?;
    let inner = width - 2.0 * MARGIN;
    let quote = item.passage.and_then(|p| store.passage(p)).map_or("No passage is given.", |p| &p.quote);
    let snippet = rows(ui, quote, serif(14.5), palette.ink_soft, inner, SNIPPET_ROWS, Some(SNIPPET_LINE));
    if item.continues || is_told_by_card(cx, item) {
        return Some(Row { date: None, places: None, title: None, snippet });
    }
    let room = if store.sources().len() > 1 { inner - 26.0 } else { inner };
    let date = elided(ui, &date_words(event), sans_medium(size::CAPTION + 1.0), palette.time, room * 0.6, 1);
    let left = (room - date.size().x - 14.0).max(40.0);
    let places = where_and_how(ui, cx, event, left);
    let title = rows(ui, &event.title, sans_semibold(13.5), palette.ink, inner, 2, Some(TITLE_LINE));
    Some(Row { date: Some(date), places, title: Some(title), snippet })
}

/// The names of the places, and how the source tells it where it does not tell it as a fact.
fn where_and_how(ui: &Ui, cx: &PanelContext<'_>, event: &Event, width: f32) -> Option<Arc<Galley>> {
    let names = cx.place_names(event);
    let status = words::aside(event.status).unwrap_or_default();
    let mut job = LayoutJob::default();
    for (text, color) in [(names.as_str(), cx.palette.place), (status, cx.palette.ink_faint)] {
        if !text.is_empty() {
            let gap = if job.text.is_empty() { 0.0 } else { 10.0 };
            job.append(text, gap, TextFormat::simple(sans_medium(size::CAPTION + 1.0), color));
        }
    }
    job.wrap = TextWrapping::truncate_at_width(width);
    (!job.text.is_empty()).then(|| ui.fonts_mut(|fonts| fonts.layout_job(job)))
}

/// When it happened, or what the text says in place of a date.
fn date_words(event: &Event) -> String {
    match (&event.when, &event.undated) {
        (Some(when), _) => when.edtf.for_people(),
        (None, Some(why)) if !matches!(why.label.as_str(), "" | "undated") => {
            format!("Undated: “{}”", why.label)
        }
        (None, _) => "Undated".to_owned(),
    }
}

fn show_row(
    ui: &Ui,
    cx: &PanelContext<'_>,
    (number, item): (usize, &Item),
    row: &Row,
    rect: Rect,
) -> Option<Target> {
    let palette = cx.palette;
    let event = cx.store.event(item.event)?;
    let target = Target::Event(item.event);
    let response = ui.interact(rect, ui.scope_id().with(("row", number)), Sense::click());
    response.widget_info(|| {
        let date = event.when.as_ref().map_or_else(|| "undated".to_owned(), |w| w.edtf.for_people());
        let places = cx.place_names(event);
        let quote = item.passage.and_then(|p| cx.store.passage(p)).map_or("", |p| &p.quote);
        let is_selected = cx.is_selected(target);
        let status = words::aside(event.status).map_or_else(String::new, |words| format!(", {words}"));
        WidgetInfo::selected(
            Role::Button,
            true,
            is_selected,
            format!("{}, {date}, {places}{status}: {quote}", event.title),
        )
    });
    let is_in_card = row.date.is_none() && !item.continues;
    if cx.is_selected(target) && !is_in_card {
        ui.painter().rect_filled(rect, 0.0, palette.passage_tint);
    } else if response.hovered() || cx.view.hover == Some(target) {
        ui.painter().rect_filled(rect, 0.0, palette.raised);
    }
    let (left, right) = (rect.left() + MARGIN, rect.right() - MARGIN);
    let mut y = rect.top();
    if row.date.is_some() && number > 0 {
        ui.painter().hline(left..=right, y, Stroke::new(1.0, palette.hairline));
    }
    if let Some(date) = &row.date {
        y += PAD;
        ui.painter().galley(pos2(left, y), Arc::clone(date), palette.time);
        if let Some(places) = &row.places {
            ui.painter().galley(pos2(left + date.size().x + 12.0, y), Arc::clone(places), palette.place);
        }
        if cx.store.sources().len() > 1 {
            let center = pos2(right - 8.0, y + date.size().y / 2.0);
            badge(ui, palette, center, event.source, cx.store.sources().len());
        }
        y += date.size().y + 2.0;
    }
    if let Some(title) = &row.title {
        ui.painter().galley(pos2(left, y), Arc::clone(title), palette.ink);
        y += title.size().y + 3.0;
    } else if !item.continues {
        y += PAD / 2.0;
    }
    ui.painter().galley(pos2(left, y), Arc::clone(&row.snippet), palette.ink_soft);
    if response.has_focus() {
        focus_ring(ui, rect.shrink(3.0));
    }
    if response.clicked() {
        cx.send(item.passage.map_or(Command::Select(Some(target)), Command::ShowPassage));
    }
    let response = response.on_hover_cursor(CursorIcon::PointingHand);
    (response.hovered() || response.has_focus()).then_some(target)
}

/// Why there is no event at all.
fn nothing_found(cx: &PanelContext<'_>) -> &'static str {
    match cx.store.sources() {
        [] if cx.is_opening => "Opening…",
        [] => "Nothing is open.",
        sources if sources.iter().all(|source| source.found) => {
            "No dated or placed events were found in this text."
        }
        _ => "The file holds no events.",
    }
}

/// Says why the list is empty and where the nearest events are.
fn nothing_listed(ui: &mut Ui, cx: &PanelContext<'_>) {
    let palette = cx.palette;
    let margin = egui::Margin { left: MARGIN as i8, right: MARGIN as i8, top: 10, bottom: 16 };
    egui::Frame::NONE.inner_margin(margin).show(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        let words = match cx.view.tray {
            Tray::Undated | Tray::Unplaced if cx.store.n_events() == 0 => nothing_found(cx),
            Tray::Undated => "Every event has a date.",
            Tray::Unplaced => "Every event has a place that can be drawn.",
            Tray::Orphaned => "Every passage stands in its text.",
            Tray::Passages if cx.store.n_events() == 0 => nothing_found(cx),
            Tray::Passages if cx.view.window.is_some() => "Nothing is told of here within the time window.",
            Tray::Passages => "No passage tells of it.",
        };
        label(ui, words, sans(size::BODY), palette.ink_soft);
        if cx.view.tray != Tray::Passages || cx.view.window.is_none() {
            return;
        }
        let nearest = [
            ("Nearest before", cx.answer.nearest_before, Command::GoToNearestBefore),
            ("Nearest after", cx.answer.nearest_after, Command::GoToNearestAfter),
        ];
        for (side, event, command) in nearest {
            let Some(event) = event.and_then(|e| cx.store.event(e)) else { continue };
            let date = event.when.as_ref().map_or_else(String::new, |w| w.edtf.for_people());
            let text = format!("{side}: {date}, {}", event.title);
            if super::parts::link(ui, &text, sans(size::LABEL), palette.time).clicked() {
                cx.send(command);
            }
        }
    });
}
