//! The table of events: the accessible equal of the map and the timeline.

use egui::{RichText, Sense, Ui};
use egui_extras::{Column, TableBuilder};

use crate::app::panels::PanelContext;
use crate::app::theme::{Palette, sans, sans_semibold, size};
use crate::app::words;
use crate::state::Command;
use crate::store::{Event, EventIx};
use crate::time::Day;
use crate::view::Target;

const ROW_HEIGHT: f32 = 28.0;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum SortBy {
    #[default]
    Date,
    Place,
    Title,
}

/// Panel memory of the table: its order, and the rows in that order.
#[derive(Debug, Default)]
pub struct EventTable {
    sort_by: SortBy,
    is_descending: bool,
    only_window: bool,
    rows: Vec<EventIx>,
    rows_key: Option<RowsKey>,
    scrolled_to: Option<Target>,
}

#[derive(Debug, PartialEq)]
struct RowsKey {
    generation: u64,
    filter: crate::view::FilterKey,
    sort_by: SortBy,
    is_descending: bool,
    only_window: bool,
}

impl EventTable {
    /// Fills the rest of `ui` with the table.
    pub fn show(&mut self, ui: &mut Ui, cx: &PanelContext<'_>) {
        egui::Frame::NONE.inner_margin(egui::Margin::symmetric(14, 10)).show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.label(RichText::new("Events").font(sans_semibold(size::BODY)));
                ui.label(RichText::new(counts(cx)).color(cx.palette.ink_faint));
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    ui.checkbox(&mut self.only_window, "Only the time window");
                });
            });
            ui.add_space(4.0);
            self.sort(cx);
            self.table(ui, cx);
        });
    }

    fn sort(&mut self, cx: &PanelContext<'_>) {
        let key = RowsKey {
            generation: cx.store.generation(),
            filter: cx.view.filter_key(),
            sort_by: self.sort_by,
            is_descending: self.is_descending,
            only_window: self.only_window,
        };
        if self.rows_key.as_ref() == Some(&key) {
            return;
        }
        let is_shown = |e: &EventIx| {
            let is_visible = cx.store.event(*e).is_some_and(|e| !cx.view.hidden_sources.contains(&e.source));
            is_visible && (!self.only_window || cx.answer.is_in_window(*e))
        };
        self.rows = cx.store.event_ids().filter(is_shown).collect();
        sort_rows(&mut self.rows, cx, self.sort_by, self.is_descending);
        self.rows_key = Some(key);
    }

    fn table(&mut self, ui: &mut Ui, cx: &PanelContext<'_>) {
        let width = ui.available_width();
        let (date, place) = ((width * 0.27).clamp(120.0, 230.0), (width * 0.2).clamp(90.0, 180.0));
        let mut table = TableBuilder::new(ui)
            .striped(false)
            .sense(Sense::click())
            .cell_layout(egui::Layout::left_to_right(egui::Align::Center))
            .column(Column::initial(date).at_least(110.0).resizable(true).clip(true))
            .column(Column::initial(place).at_least(80.0).resizable(true).clip(true))
            .column(Column::remainder().at_least(120.0).clip(true))
            .column(Column::exact(86.0));
        if let Some(row) = self.row_to_reveal(cx) {
            table = table.scroll_to_row(row, None);
        }
        table
            .header(ROW_HEIGHT, |mut header| {
                for (column, name) in
                    [(SortBy::Date, "Date"), (SortBy::Place, "Place"), (SortBy::Title, "Event")]
                {
                    header.col(|ui| self.heading(ui, cx.palette, column, name));
                }
                header.col(|ui| {
                    ui.label(
                        RichText::new("Told as").font(sans_semibold(size::LABEL)).color(cx.palette.ink_soft),
                    );
                });
            })
            .body(|body| {
                body.rows(ROW_HEIGHT, self.rows.len(), |mut row| {
                    let Some(event_ix) = self.rows.get(row.index()).copied() else { return };
                    let Some(event) = cx.store.event(event_ix) else { return };
                    let target = Target::Event(event_ix);
                    row.set_selected(cx.is_selected(target));
                    row.set_hovered(cx.view.hover == Some(target));
                    cells(&mut row, cx, event_ix, event);
                    let response = row.response();
                    response.widget_info(|| {
                        egui::WidgetInfo::selected(
                            egui::Role::Button,
                            true,
                            cx.is_selected(target),
                            row_name(cx, event_ix, event),
                        )
                    });
                    if response.hovered() {
                        cx.hover(Some(target));
                    }
                    if response.clicked() {
                        self.scrolled_to = Some(target);
                        cx.send(Command::Select(Some(target)));
                    }
                });
            });
    }

    /// The row of a selection that was made elsewhere, once.
    fn row_to_reveal(&mut self, cx: &PanelContext<'_>) -> Option<usize> {
        if self.scrolled_to == cx.view.selection {
            return None;
        }
        self.scrolled_to = cx.view.selection;
        let Some(Target::Event(event)) = cx.view.selection else { return None };
        self.rows.iter().position(|e| *e == event)
    }

    fn heading(&mut self, ui: &mut Ui, palette: &Palette, column: SortBy, name: &str) {
        let is_sorted = self.sort_by == column;
        let sign = match (is_sorted, self.is_descending) {
            (false, _) => "",
            (true, false) => " ↑",
            (true, true) => " ↓",
        };
        let text =
            RichText::new(format!("{name}{sign}")).font(sans_semibold(size::LABEL)).color(palette.ink_soft);
        let response = ui.add(egui::Button::new(text).frame(false));
        let state = match (is_sorted, self.is_descending) {
            (false, _) => "",
            (true, false) => ", sorted ascending",
            (true, true) => ", sorted descending",
        };
        response.widget_info(|| {
            egui::WidgetInfo::labeled(egui::Role::Button, true, format!("Sort by {name}{state}"))
        });
        if response.clicked() {
            self.is_descending = is_sorted && !self.is_descending;
            self.sort_by = column;
        }
    }
}

fn counts(cx: &PanelContext<'_>) -> String {
    format!(
        "{} in the time window · {} undated · {} without a place",
        cx.answer.in_window.len(),
        cx.answer.undated.len(),
        cx.answer.unplaced.len()
    )
}

fn sort_rows(rows: &mut [EventIx], cx: &PanelContext<'_>, by: SortBy, is_descending: bool) {
    // Undated and unplaced events stay last in either direction: they are looked for there.
    let order = |missing: bool, ordering: std::cmp::Ordering| {
        if is_descending && !missing { ordering.reverse() } else { ordering }
    };
    let event = |e: EventIx| cx.store.event(e);
    match by {
        SortBy::Date => {
            let key = |e: EventIx| -> Option<(Day, Day)> {
                let reach = event(e)?.when.as_ref()?.reach();
                Some((reach.first, reach.last))
            };
            rows.sort_by(|a, b| {
                let (a, b) = (key(*a), key(*b));
                order(a.is_none() || b.is_none(), (a.is_none(), a).cmp(&(b.is_none(), b)))
            });
        }
        SortBy::Place => rows.sort_by_cached_key_directed(is_descending, |e| {
            let names = event(e).map(|e| cx.place_names(e)).unwrap_or_default();
            (names.is_empty(), names.to_lowercase())
        }),
        SortBy::Title => rows.sort_by_cached_key_directed(is_descending, |e| {
            (false, event(e).map(|e| e.title.to_lowercase()).unwrap_or_default())
        }),
    }
}

trait SortDirected {
    fn sort_by_cached_key_directed(
        &mut self,
        is_descending: bool,
        key: impl FnMut(EventIx) -> (bool, String),
    );
}

impl SortDirected for [EventIx] {
    fn sort_by_cached_key_directed(
        &mut self,
        is_descending: bool,
        mut key: impl FnMut(EventIx) -> (bool, String),
    ) {
        self.sort_by_cached_key(|e| key(*e));
        if is_descending {
            let n_named = self.partition_point(|e| !key(*e).0);
            if let Some(named) = self.get_mut(..n_named) {
                named.reverse();
            }
        }
    }
}

fn date(event: &Event) -> String {
    event.when.as_ref().map_or_else(|| "no date".to_owned(), |w| w.edtf.for_people())
}

fn cells(row: &mut egui_extras::TableRow<'_, '_>, cx: &PanelContext<'_>, event_ix: EventIx, event: &Event) {
    let palette = cx.palette;
    let is_outside = event.when.is_some() && !cx.answer.is_in_window(event_ix);
    let ink = |color| if is_outside { palette.ink_faint } else { color };
    let cell = |ui: &mut Ui, text: String, color| {
        ui.add(
            egui::Label::new(RichText::new(text).font(sans(size::LABEL)).color(color))
                .truncate()
                .selectable(false),
        );
    };
    row.col(|ui| {
        cell(ui, date(event), if event.when.is_some() { ink(palette.time) } else { palette.ink_faint });
    });
    row.col(|ui| {
        let names = cx.place_names(event);
        if names.is_empty() {
            cell(ui, "no place".to_owned(), palette.ink_faint);
        } else {
            cell(ui, names, ink(palette.place));
        }
    });
    row.col(|ui| {
        let n_sources = cx.store.sources().len();
        if n_sources > 1 {
            let color = palette.source(event.source, palette.place, n_sources);
            let letter = Palette::source_letter(event.source).to_string();
            ui.label(RichText::new(letter).font(sans_semibold(size::LABEL)).color(color));
        }
        cell(ui, event.title.clone(), ink(palette.ink));
    });
    row.col(|ui| cell(ui, words::status(event.status).to_owned(), ink(palette.ink_soft)));
}

fn row_name(cx: &PanelContext<'_>, event_ix: EventIx, event: &Event) -> String {
    let places = cx.place_names(event);
    let places = if places.is_empty() { "no place".to_owned() } else { places };
    let outside = if event.when.is_some() && !cx.answer.is_in_window(event_ix) {
        ", outside the time window"
    } else {
        ""
    };
    let status = words::aside(event.status).map_or_else(String::new, |words| format!(", {words}"));
    format!("{}: {}{status}, {places}{outside}", date(event), event.title)
}
