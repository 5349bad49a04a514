//! The timeline panel: a strip of controls, the overview of all dates, a calendar ruler with the time
//! window on it, and the events as bars in lanes.

mod axis;
mod bar_paint;
mod bars;
mod brush;
mod card;
mod chips;
mod controls;
mod date_box;
mod density;
mod gaps;
mod icons;
mod lanes;
mod overview;
mod related;
mod rows;
mod ruler;
mod window;

use std::collections::BTreeSet;

use egui::{Rect, Sense, Ui, pos2};

use crate::app::panels::PanelContext;
use crate::app::theme::{sans, size};
use crate::state::Command;
use crate::store::SourceIx;
use crate::time::DaySpan;
use crate::time::scale::TimeScale;
use crate::time::words::grouped;
use crate::view::{Target, TimelineWish};

use axis::{Axis, Glide};
use bars::Lanes;
use date_box::DateBox;
use overview::Overview;
use rows::Rows;
use ruler::Ruler;
use window::{Marks, Stage, WindowBrush};

const CONTROLS_HEIGHT: f32 = 36.0;
const RULER_HEIGHT: f32 = 36.0;
/// Free pixels at both ends when the axis is fitted to a span.
const FIT_MARGIN: f32 = 48.0;

/// Panel memory of the timeline: its scale, half-done drags and caches.
#[derive(Debug, Default)]
pub struct TimelinePanel {
    rows: Rows,
    rows_of: Option<(u64, BTreeSet<SourceIx>)>,
    /// Counts how often `rows` has been made anew.
    rows_serial: u64,
    scale: Option<TimeScale>,
    width: f32,
    glide: Option<Glide>,
    obeyed: u64,
    hovering: bool,
    lanes: Lanes,
    overview: Overview,
    ruler: Ruler,
    window: WindowBrush,
    date_box: DateBox,
}

/// Where the parts of the panel stand, from top to bottom.
struct Parts {
    controls: Rect,
    overview: Rect,
    ruler: Rect,
    lanes: Rect,
}

impl Parts {
    fn of(rect: Rect) -> Self {
        let overview_height = if rect.height() < 170.0 { 18.0 } else { 28.0 };
        let cut = |top: f32, height: f32| {
            let bottom = (top + height).min(rect.bottom());
            Rect::from_min_max(pos2(rect.left(), top), pos2(rect.right(), bottom))
        };
        let controls = cut(rect.top(), CONTROLS_HEIGHT);
        let overview = cut(controls.bottom(), overview_height);
        let ruler = cut(overview.bottom(), RULER_HEIGHT);
        let lanes = cut(ruler.bottom(), f32::INFINITY);
        Self { controls, overview, ruler, lanes }
    }
}

impl TimelinePanel {
    /// Is a drag of the window or the playhead under way, which Esc should call off?
    pub fn is_dragging(&self) -> bool {
        self.window.is_dragging()
    }

    /// Calls the drag off: window and playhead become what they were before it.
    pub fn cancel_drag(&mut self) {
        self.window.cancel();
    }

    /// Fills the rest of `ui` with the timeline.
    pub fn show(&mut self, ui: &mut Ui, cx: &PanelContext<'_>) {
        let rect = ui.available_rect_before_wrap();
        ui.advance_cursor_after_rect(rect);
        self.refresh_rows(cx);
        self.tick(ui, cx);
        let parts = Parts::of(rect);
        controls::show(ui, cx, parts.controls, self.rows.len(), &mut self.date_box);
        let Some(extent) = self.rows.extent() else {
            show_nothing(ui, cx, rect.with_min_y(parts.controls.bottom()));
            return;
        };
        let axis = self.move_axis(ui, cx, extent, &parts);
        self.draw(ui, cx, extent, axis, &parts);
    }

    fn refresh_rows(&mut self, cx: &PanelContext<'_>) {
        let is_current = self.rows_of.as_ref().is_some_and(|(generation, hidden)| {
            *generation == cx.store.generation() && *hidden == cx.view.hidden_sources
        });
        if is_current {
            return;
        }
        let is_other_store = self.rows_of.as_ref().is_none_or(|(known, _)| *known != cx.store.generation());
        let n_in_sight = self.n_in_sight();
        self.rows = Rows::of_store(cx.store, &cx.view.hidden_sources);
        self.rows_of = Some((cx.store.generation(), cx.view.hidden_sources.clone()));
        self.rows_serial += 1;
        if is_other_store {
            // Opening a file asks to see all of it; a store is opened on its busiest stretch instead,
            // and the overview shows the rest.
            let opening = cx.view.timeline.filter(|request| {
                cx.store.extent().is_some_and(|extent| request.wish == TimelineWish::Fit(extent))
            });
            // A text that was read again stays where it was looked at, unless most of what was there has
            // gone elsewhere.
            let has_gone = self.n_in_sight() * 2 < n_in_sight;
            if opening.is_some_and(|request| request.serial > self.obeyed) || self.rows.is_empty() || has_gone
            {
                self.scale = None;
                self.glide = None;
            }
            self.obeyed = opening.map_or(self.obeyed, |request| request.serial);
        }
    }

    /// How many events the lanes show. O(log n).
    fn n_in_sight(&self) -> usize {
        self.scale.map_or(0, |scale| self.rows.n_overlapping(scale.visible(f64::from(self.width))))
    }

    fn tick(&self, ui: &Ui, cx: &PanelContext<'_>) {
        if cx.view.play.playing && !self.rows.is_empty() {
            cx.send(Command::PlayTick(f64::from(ui.input(|i| i.stable_dt.min(0.1)))));
            ui.ctx().request_repaint();
        }
    }

    /// Obeys requests, the wheel and the glide; returns the axis of this frame.
    fn move_axis(&mut self, ui: &Ui, cx: &PanelContext<'_>, extent: DaySpan, parts: &Parts) -> Axis {
        let width = parts.lanes.width().max(1.0);
        let busiest = self.rows.busiest().unwrap_or(extent);
        let mut scale = self.scale.unwrap_or_else(|| axis::fitted(busiest, width, FIT_MARGIN));
        if self.width > 0.0 && (self.width - width).abs() > 0.5 {
            // Another width shows the same days.
            scale.px_per_day *= f64::from(width / self.width);
            self.glide = None;
        }
        self.width = width;
        if let Some(request) = cx.view.timeline.filter(|request| request.serial > self.obeyed) {
            self.obeyed = request.serial;
            let from = self.glide.map_or(scale, |glide| glide.target());
            let to = match request.wish {
                TimelineWish::Fit(span) => axis::fitted(span, width, FIT_MARGIN),
                TimelineWish::Reveal(span) => from.revealing(span, f64::from(width), f64::from(FIT_MARGIN)),
                TimelineWish::ZoomBy(levels) => {
                    let about = cx.view.playhead.map(|day| from.x_from_day(day as f64 + 0.5));
                    let about = about.filter(|x| (0.0..=f64::from(width)).contains(x));
                    from.zoomed(levels.exp2(), about.unwrap_or(f64::from(width) / 2.0), f64::from(width))
                }
            };
            self.glide = Some(Glide::new(scale, axis::held(to, extent, width)));
        }
        if let Some(glide) = &mut self.glide {
            let (glided, arrived) = glide.step(ui, width);
            scale = glided;
            if arrived {
                self.glide = None;
            } else {
                ui.ctx().request_repaint();
            }
        }
        let drawing = parts.overview.union(parts.lanes);
        if let Some(wheeled) = wheel(ui, drawing, scale) {
            scale = wheeled;
            self.glide = None;
        }
        let background = ui.interact(parts.lanes, ui.scope_id().with("lanes"), Sense::CLICK | Sense::DRAG);
        if background.dragged() {
            scale = scale.panned(f64::from(background.drag_delta().x));
            self.glide = None;
        }
        if background.clicked() && cx.view.selection.is_some() {
            cx.send(Command::Select(None));
        }
        let scale = if self.glide.is_some() { scale } else { axis::held(scale, extent, width) };
        self.scale = Some(scale);
        Axis { scale, x_range: parts.lanes.x_range() }
    }

    fn draw(&mut self, ui: &Ui, cx: &PanelContext<'_>, extent: DaySpan, axis: Axis, parts: &Parts) {
        let rows = (&self.rows, self.rows_serial);
        let middle = self.overview.show(ui, cx, rows, &axis, parts.overview);
        let stage = Stage { axis, whole: extent, ruler: parts.ruler, lanes: parts.lanes };
        let marks = Marks::of(ui.painter(), cx, &stage);
        self.window.show_below(ui, cx, &stage);
        self.ruler.show(ui, cx, &stage, &marks);
        let among_bars = self.lanes.show(ui, cx, rows, &axis, parts.lanes);
        self.window.show(ui, cx, &stage, &marks);
        gaps::show(ui, cx, &axis, parts.lanes);

        match among_bars.hovered {
            Some(event) => {
                cx.hover(Some(Target::Event(event)));
                self.hovering = true;
            }
            None if self.hovering => {
                self.hovering = false;
                cx.hover(None);
            }
            None => {}
        }
        let width = axis.width();
        if let Some(span) = among_bars.zoom_to {
            self.glide = Some(Glide::new(axis.scale, axis::fitted(span, width, 80.0)));
            ui.ctx().request_repaint();
        }
        if let Some(middle) = middle {
            let scale = axis.scale.centred_on(middle, f64::from(width));
            self.scale = Some(axis::held(scale, extent, width));
            self.glide = None;
            ui.ctx().request_repaint();
        }
    }
}

/// The wheel zooms about the pointer; sideways it pans.
fn wheel(ui: &Ui, rect: Rect, scale: TimeScale) -> Option<TimeScale> {
    if !ui.rect_contains_pointer(rect) {
        return None;
    }
    let (pointer, scroll, pinch) =
        ui.input(|i| (i.pointer.hover_pos(), i.smooth_scroll_delta(), f64::from(i.zoom_delta())));
    let x = f64::from(pointer?.x - rect.left());
    let mut moved = scale;
    if scroll.y != 0.0 || (pinch - 1.0).abs() > 1e-6 {
        moved = moved.zoomed((f64::from(scroll.y) * 0.004).exp() * pinch, x, f64::from(rect.width()));
    }
    if scroll.x != 0.0 {
        moved = moved.panned(f64::from(scroll.x));
    }
    (moved != scale).then_some(moved)
}

fn show_nothing(ui: &Ui, cx: &PanelContext<'_>, rect: Rect) {
    let words = if cx.store.sources().is_empty() && cx.is_opening {
        "Opening…"
    } else if cx.store.sources().is_empty() {
        "No events yet: open a text or an events file."
    } else if cx.store.n_events() == 0 {
        "No dated or placed events were found in this text."
    } else if cx.answer.undated.is_empty() {
        "All sources are hidden."
    } else {
        "None of these events has a date: they are listed as undated."
    };
    let id = ui.scope_id().with("nothing");
    let galley = ui.painter().layout_no_wrap(words.to_owned(), sans(size::BODY), cx.palette.ink_soft);
    let place = Rect::from_center_size(rect.center(), galley.size());
    ui.painter().galley(place.min, galley, cx.palette.ink_soft);
    let response = ui.interact(place, id, Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, words));
}

/// "1 event", "23 events".
fn count_words(n: usize, one: &str) -> String {
    format!("{} {one}{}", number_words(n), if n == 1 { "" } else { "s" })
}

/// "52", "18,373".
fn number_words(n: usize) -> String {
    grouped(i64::try_from(n).unwrap_or(i64::MAX))
}
