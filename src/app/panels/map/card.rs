//! The card at the pointer and the list of all events of a spot.

use egui::{
    Align2, Area, Color32, Frame, Id, Margin, Order, Pos2, Rect, RichText, ScrollArea, Sense, Stroke, Ui,
    vec2,
};

use super::markers::{Mark, count_in_words, kind_in_words};
use crate::app::panels::PanelContext;
use crate::app::theme::{self, Palette, size};
use crate::app::words;
use crate::geo::mercator::WorldPos;
use crate::state::Command;
use crate::store::{EventIx, PlaceIx};
use crate::view::Target;

const CARD_WIDTH: f32 = 280.0;
const LIST_WIDTH: f32 = 330.0;
const LIST_HEIGHT: f32 = 300.0;
/// Events on a page of the list; more are a step away.
const PAGE: usize = 100;

fn frame(palette: &Palette) -> Frame {
    Frame::new()
        .fill(palette.raised)
        .stroke(Stroke::new(1.0, palette.hairline))
        .corner_radius(6)
        .inner_margin(Margin::symmetric(12, 10))
        .shadow(egui::Shadow { offset: [0, 2], blur: 10, spread: 0, color: Color32::from_black_alpha(40) })
}

fn line(ui: &mut Ui, text: impl Into<String>, font: egui::FontId, color: Color32) {
    ui.add(egui::Label::new(RichText::new(text).font(font).color(color)).wrap().selectable(false));
}

/// Shows what is known of a place (or of the places of a cluster) beside `at`.
pub fn hover_card(ctx: &egui::Context, cx: &PanelContext<'_>, marks: &[&Mark], at: Pos2, within: Rect) {
    const MOST: usize = 8;
    // Away from the nearer edges, so that the card stays on the map.
    let to_left = at.x > within.center().x;
    let below = at.y < within.center().y;
    let pivot = match (to_left, below) {
        (true, true) => Align2::RIGHT_TOP,
        (true, false) => Align2::RIGHT_BOTTOM,
        (false, true) => Align2::LEFT_TOP,
        (false, false) => Align2::LEFT_BOTTOM,
    };
    let d = vec2(if to_left { -14.0 } else { 14.0 }, if below { 14.0 } else { -14.0 });
    Area::new(Id::unique("map hover card"))
        .order(Order::Tooltip)
        .interactable(false)
        .pivot(pivot)
        .fixed_pos(at + d)
        .constrain_to(within)
        .show(ctx, |ui| {
            frame(cx.palette).show(ui, |ui| {
                ui.set_max_width(CARD_WIDTH);
                ui.spacing_mut().item_spacing.y = 3.0;
                match marks {
                    [] => {}
                    [one] => one_place(ui, cx, one),
                    several => {
                        for mark in several.iter().take(MOST) {
                            let Some(place) = cx.store.place(mark.place) else { continue };
                            let text = format!("{} · {} of {}", place.name, mark.n_in_window, mark.n_visible);
                            line(ui, text, theme::sans(size::LABEL), cx.palette.ink);
                        }
                        if several.len() > MOST {
                            let text = format!("and {} more", several.len() - MOST);
                            line(ui, text, theme::sans(size::CAPTION), cx.palette.ink_faint);
                        }
                    }
                }
            });
        });
}

fn one_place(ui: &mut Ui, cx: &PanelContext<'_>, mark: &Mark) {
    let palette = cx.palette;
    let Some(place) = cx.store.place(mark.place) else { return };
    line(ui, &place.name, theme::serif_semibold(17.0), palette.ink);
    if !place.names.is_empty() {
        line(ui, place.names.join(", "), theme::serif_italic(14.0), palette.ink_soft);
    }
    line(ui, kind_in_words(place.kind, place.soft), theme::sans(size::CAPTION), palette.ink_faint);
    ui.add_space(3.0);
    line(
        ui,
        count_in_words(mark.n_in_window, mark.n_not_facts, mark.n_visible),
        theme::sans(size::LABEL),
        palette.place,
    );
    if let Some(dates) = first_and_last(cx, mark.place) {
        line(ui, dates, theme::sans(size::LABEL), palette.time);
    }
    if let Some(radius) = place.radius_km {
        let text = format!("drawn to within about {radius} km");
        line(ui, text, theme::sans(size::CAPTION), palette.ink_faint);
    }
    ui.add_space(3.0);
    let several = cx.store.sources().len() > 1;
    for source in mark.sources() {
        if let Some(info) = cx.store.sources().get(source.as_usize()) {
            let letter = if several { format!("{} ", Palette::source_letter(source)) } else { String::new() };
            let text = format!("{letter}{}", info.title);
            line(ui, text, theme::sans(size::CAPTION), palette.ink_soft);
        }
    }
    line(ui, format!("Position: {}", place.source), theme::sans(size::CAPTION), palette.ink_faint);
}

/// "23 April 2023 to about April 2024": the first and last dated event of a place.
fn first_and_last(cx: &PanelContext<'_>, place: PlaceIx) -> Option<String> {
    let mut dated = cx
        .store
        .events_of_place(place)
        .iter()
        .filter_map(|e| cx.store.event(*e))
        .filter(|e| !cx.view.hidden_sources.contains(&e.source))
        .filter_map(|e| e.when.as_ref());
    let first = dated.next()?;
    let last = dated.max_by_key(|w| w.interval.latest_end).unwrap_or(first);
    let (a, b) = (first.edtf.for_people(), last.edtf.for_people());
    Some(if a == b { a } else { format!("{a} to {b}") })
}

/// The list of all events of a spot.
#[derive(Debug, Clone, PartialEq)]
pub struct SpotList {
    pub places: Vec<PlaceIx>,
    pub at: WorldPos,
    page: usize,
}

impl SpotList {
    pub fn new(places: Vec<PlaceIx>, at: WorldPos) -> Self {
        Self { places, at, page: 0 }
    }

    /// Visible events of the spot's places in date order, each once.
    fn events(&self, cx: &PanelContext<'_>) -> Vec<EventIx> {
        let mut events: Vec<EventIx> = self
            .places
            .iter()
            .flat_map(|p| cx.store.events_of_place(*p))
            .copied()
            .filter(|e| cx.store.event(*e).is_some_and(|e| !cx.view.hidden_sources.contains(&e.source)))
            .collect();
        if self.places.len() > 1 {
            let start = |e: &EventIx| {
                let when = cx.store.event(*e).and_then(|e| e.when.as_ref());
                (when.is_none(), when.map(|w| (w.interval.earliest_start, w.interval.latest_end)), *e)
            };
            events.sort_by_key(start);
            events.dedup();
        }
        events
    }

    /// Shows the list beside `at`. False when it has been closed.
    pub fn show(&mut self, ctx: &egui::Context, cx: &PanelContext<'_>, at: Pos2, within: Rect) -> bool {
        let names: Vec<&str> =
            self.places.iter().filter_map(|p| cx.store.place(*p)).map(|p| p.name.as_str()).collect();
        let title = names.join(", ");
        let events = self.events(cx);
        let mut stays = true;
        let to_left = at.x > within.center().x;
        let d = vec2(if to_left { -22.0 } else { 22.0 }, 0.0);
        Area::new(Id::unique("map event list"))
            .order(Order::Foreground)
            .pivot(if to_left { Align2::RIGHT_CENTER } else { Align2::LEFT_CENTER })
            .fixed_pos(at + d)
            .constrain_to(within.shrink(6.0))
            .show(ctx, |ui| {
                frame(cx.palette).show(ui, |ui| {
                    ui.set_width(LIST_WIDTH.min(within.width() - 48.0));
                    ui.spacing_mut().item_spacing.y = 2.0;
                    stays = header(ui, cx, &title, events.len());
                    let height = LIST_HEIGHT.min(within.height() - 110.0).max(80.0);
                    ScrollArea::vertical().max_height(height).id_salt(&title).show(ui, |ui| {
                        for event in events.iter().skip(self.page * PAGE).take(PAGE) {
                            row(ui, cx, *event);
                        }
                    });
                    self.pages(ui, events.len());
                });
            });
        stays
    }

    fn pages(&mut self, ui: &mut Ui, n_events: usize) {
        let n_pages = n_events.div_ceil(PAGE);
        self.page = self.page.min(n_pages.saturating_sub(1));
        if n_pages < 2 {
            return;
        }
        ui.horizontal(|ui| {
            if ui.add_enabled(self.page > 0, egui::Button::new("Earlier")).clicked() {
                self.page -= 1;
            }
            ui.label(format!("{} of {n_pages}", self.page + 1));
            if ui.add_enabled(self.page + 1 < n_pages, egui::Button::new("Later")).clicked() {
                self.page += 1;
            }
        });
    }
}

fn header(ui: &mut Ui, cx: &PanelContext<'_>, title: &str, n_events: usize) -> bool {
    let mut stays = true;
    ui.horizontal(|ui| {
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Min), |ui| {
            let (rect, close) = ui.allocate_exact_size(vec2(20.0, 20.0), Sense::click());
            close.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "Close the list"));
            let color =
                if close.hovered() || close.has_focus() { cx.palette.ink } else { cx.palette.ink_faint };
            let c = rect.shrink(6.0);
            ui.painter().line_segment([c.left_top(), c.right_bottom()], Stroke::new(1.4, color));
            ui.painter().line_segment([c.right_top(), c.left_bottom()], Stroke::new(1.4, color));
            if close.has_focus() {
                ui.painter().rect_stroke(
                    rect,
                    3,
                    Stroke::new(1.5, cx.palette.focus),
                    egui::StrokeKind::Inside,
                );
            }
            stays = !close.clicked();
            ui.with_layout(egui::Layout::top_down(egui::Align::Min), |ui| {
                line(ui, title, theme::serif_semibold(16.0), cx.palette.ink);
                let events = if n_events == 1 { "event" } else { "events" };
                line(ui, format!("{n_events} {events}"), theme::sans(size::CAPTION), cx.palette.ink_faint);
            });
        });
    });
    ui.add_space(4.0);
    stays
}

/// One event: its date over its title. Outside the window it is faded, and says so.
fn row(ui: &mut Ui, cx: &PanelContext<'_>, event_ix: EventIx) {
    let Some(event) = cx.store.event(event_ix) else { return };
    let palette = cx.palette;
    let target = Target::Event(event_ix);
    let is_in = cx.answer.is_in_window(event_ix);
    let date = event.when.as_ref().map_or_else(|| "no date".to_owned(), |w| w.edtf.for_people());
    let width = ui.available_width();
    let pad = vec2(8.0, 5.0);
    let place = |color: Color32| if is_in { color } else { color.gamma_multiply(0.62) };
    let letter = if cx.store.sources().len() > 1 {
        format!("{}  ", Palette::source_letter(event.source))
    } else {
        String::new()
    };
    let aside = if is_in || event.when.is_none() { "" } else { "  · outside the window" };
    let caption = ui.painter().layout_no_wrap(
        format!("{letter}{date}{aside}"),
        theme::sans(size::CAPTION),
        place(palette.time),
    );
    let title = ui.painter().layout(
        words::marked_title(event),
        theme::sans(size::LABEL),
        place(palette.ink),
        width - 2.0 * pad.x,
    );
    let height = caption.size().y + title.size().y + 2.0 * pad.y + 1.0;
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::click());
    let is_selected = cx.is_selected(target);
    response.widget_info(|| {
        egui::WidgetInfo::selected(
            egui::Role::Button,
            true,
            is_selected,
            format!("{date}: {}", words::marked_title(event)),
        )
    });
    let fill = if is_selected {
        palette.passage_tint
    } else if response.hovered() {
        palette.hover_tint
    } else {
        Color32::TRANSPARENT
    };
    ui.painter().rect_filled(rect, 4, fill);
    if response.has_focus() {
        ui.painter().rect_stroke(rect, 4, Stroke::new(1.5, palette.focus), egui::StrokeKind::Inside);
    }
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    let at = rect.min + pad;
    let title_at = at + vec2(0.0, caption.size().y + 1.0);
    ui.painter().galley(at, caption, palette.time);
    ui.painter().galley(title_at, title, palette.ink);
    if response.hovered() {
        cx.hover(Some(target));
    }
    if response.clicked() && !is_selected {
        cx.send(Command::Select(Some(target)));
    }
}
