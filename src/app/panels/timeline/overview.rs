//! The overview strip: how many events lie where in all of time, and which part of it is shown.

use egui::{Painter, Rangef, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, pos2};

use super::axis::Axis;
use super::rows::Rows;
use crate::app::panels::PanelContext;
use crate::store::Histogram;
use crate::time::DaySpan;
use crate::time::scale::TimeScale;
use crate::time::words::span_words;
use crate::view::FilterKey;

/// The histogram as it was last counted.
#[derive(Debug, Default)]
pub struct Overview {
    cached: Option<(Key, Histogram)>,
    /// Between the pointer and the middle of the frame while the frame is dragged, in days.
    grab: Option<f64>,
}

#[derive(Debug, Clone, PartialEq)]
struct Key {
    rows_serial: u64,
    filter: FilterKey,
    n_bins: usize,
    span: DaySpan,
}

/// Pixels a bin is wide.
const BIN_PX: f32 = 4.0;

impl Overview {
    /// Paints the strip; returns the day that is to stand in the middle when it is clicked, dragged
    /// or moved by arrow keys.
    pub fn show(
        &mut self,
        ui: &Ui,
        cx: &PanelContext<'_>,
        (rows, rows_serial): (&Rows, u64),
        axis: &Axis,
        rect: Rect,
    ) -> Option<f64> {
        let extent = rows.extent()?;
        let scale = TimeScale::fit(extent, f64::from(rect.width()), 8.0);
        let whole = Axis { scale, x_range: rect.x_range() };
        let n_bins = (rect.width() / BIN_PX).floor().max(1.0) as usize;
        let span = whole.visible();
        let key =
            Key { rows_serial, filter: FilterKey { window: None, ..cx.view.filter_key() }, n_bins, span };
        if self.cached.as_ref().is_none_or(|(known, _)| *known != key) {
            self.cached = Some((key, Histogram::of(cx.answer, span, n_bins)));
        }
        let painter = ui.painter_at(rect);
        painter.rect_filled(rect, 0.0, cx.palette.paper);
        if let Some((_, histogram)) = &self.cached {
            paint_bins(&painter, rect, histogram, cx);
        }
        let response = ui.interact(rect, ui.scope_id().with("overview"), Sense::click_and_drag());
        Self::paint_frame(&painter, rect, &whole, axis, cx, &response);
        let shown = span_words(axis.visible());
        response.widget_info(|| WidgetInfo::labeled(Role::ScrollBar, true, "Visible dates"));
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_value(shown.as_str()));
        let moved = self.moved(ui, &response, &whole, axis);
        response
            .on_hover_text("All dates; drag to move what is shown below")
            .on_hover_cursor(egui::CursorIcon::Grab);
        moved
    }

    fn moved(&mut self, ui: &Ui, response: &Response, whole: &Axis, axis: &Axis) -> Option<f64> {
        let middle = axis.day_at(axis.x_range.center());
        if response.has_focus() {
            ui.memory_mut(|memory| {
                let arrows = egui::EventFilter { horizontal_arrows: true, ..Default::default() };
                memory.set_focus_lock_filter(response.id, arrows);
            });
            let n = ui.input_mut(|input| {
                input.count_and_consume_key(egui::Modifiers::NONE, egui::Key::ArrowRight) as f64
                    - input.count_and_consume_key(egui::Modifiers::NONE, egui::Key::ArrowLeft) as f64
            });
            if n != 0.0 {
                return Some(middle + n * f64::from(axis.width()) / axis.scale.px_per_day / 4.0);
            }
        }
        let pointer = response.interact_pointer_pos()?;
        let day = whole.day_at(pointer.x);
        if response.drag_started() {
            let origin = ui.input(|i| i.pointer.press_origin()).unwrap_or(pointer);
            let frame = frame_on(whole, axis);
            self.grab = Some(if frame.contains(origin.x) { middle - whole.day_at(origin.x) } else { 0.0 });
        }
        if response.dragged() {
            return Some(day + self.grab.unwrap_or(0.0));
        }
        self.grab = None;
        response.clicked().then_some(day)
    }

    fn paint_frame(
        painter: &Painter,
        rect: Rect,
        whole: &Axis,
        axis: &Axis,
        cx: &PanelContext<'_>,
        response: &Response,
    ) {
        if let Some(window) = cx.view.window {
            let x = whole.x_of_span(window);
            let band = Rect::from_x_y_ranges(Rangef::new(x.min, x.max.max(x.min + 2.0)), rect.y_range());
            painter.rect_filled(band, 0.0, cx.palette.time.gamma_multiply(0.16));
            for x in [band.left(), band.right()] {
                painter.vline(x, rect.y_range(), Stroke::new(1.0, cx.palette.time));
            }
        }
        let frame = frame_on(whole, axis);
        let shade = cx.palette.panel.gamma_multiply(0.62);
        painter.rect_filled(
            Rect::from_x_y_ranges(Rangef::new(rect.left(), frame.min), rect.y_range()),
            0.0,
            shade,
        );
        painter.rect_filled(
            Rect::from_x_y_ranges(Rangef::new(frame.max, rect.right()), rect.y_range()),
            0.0,
            shade,
        );
        let is_strong = response.hovered() || response.dragged();
        let line = if response.has_focus() {
            Stroke::new(2.0, cx.palette.focus)
        } else {
            Stroke::new(1.5, if is_strong { cx.palette.ink } else { cx.palette.ink_soft })
        };
        let frame = Rect::from_x_y_ranges(frame, rect.y_range()).intersect(rect.expand(1.0));
        painter.rect_stroke(frame, 3.0, line, egui::StrokeKind::Inside);
    }
}

/// The visible range on the axis of all dates, at least wide enough to be seen.
fn frame_on(whole: &Axis, axis: &Axis) -> Rangef {
    let x = Rangef::new(whole.x(axis.day_at(axis.x_range.min)), whole.x(axis.day_at(axis.x_range.max)));
    if x.span() < 10.0 { Rangef::new(x.center() - 5.0, x.center() + 5.0) } else { x }
}

/// Filled: within the map's viewport. Outlined: elsewhere.
fn paint_bins(painter: &Painter, rect: Rect, histogram: &Histogram, cx: &PanelContext<'_>) {
    let width = rect.width() / histogram.bins.len().max(1) as f32;
    let room = rect.height() - 4.0;
    let height = |n: f32| if n > 0.0 { (n / histogram.max * room).max(2.0) } else { 0.0 };
    let color = cx.palette.time;
    let outline = Stroke::new(1.0, cx.palette.panel.lerp_to_gamma(color, 0.6));
    let fill = cx.palette.paper.lerp_to_gamma(color, 0.62);
    let mut before = 0.0;
    for (number, bin) in histogram.bins.iter().enumerate() {
        let left = rect.left() + number as f32 * width;
        let (all, filled) = (height(bin.total), height(bin.in_viewport));
        let y = |height: f32| rect.bottom() - height;
        if filled > 0.0 {
            painter.rect_filled(
                Rect::from_min_max(pos2(left, y(filled)), pos2(left + width, y(0.0))),
                0.0,
                fill,
            );
        }
        if all > 0.0 {
            painter.hline(left..=left + width, y(all), outline);
        }
        if (all - before).abs() > 0.1 {
            painter.vline(left, Rangef::new(y(all.max(before)), y(all.min(before))), outline);
        }
        before = all;
    }
}
