//! The time window on the screen: band, handles and playhead, and the pointer and keys on them.

use egui::{
    CursorIcon, Key, Modifiers, Painter, Rangef, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, pos2,
    vec2,
};

use super::axis::Axis;
use super::brush::{BrushDrag, Grip, snap_unit, stepped};
use crate::app::panels::PanelContext;
use crate::app::theme::{sans, size};
use crate::state::Command;
use crate::time::words::span_words;
use crate::time::{Day, DaySpan};

/// Half the width of a handle's hit area.
const REACH: f32 = 6.0;

/// The drag that is under way, if any.
#[derive(Debug, Default)]
pub struct WindowBrush {
    drag: Option<BrushDrag>,
    /// Esc has called the drag off; the pointer is still down.
    is_called_off: bool,
    /// Esc has been pressed: the drag is to be called off in the next frame.
    is_esc_pressed: bool,
}

impl WindowBrush {
    pub fn is_dragging(&self) -> bool {
        self.drag.is_some()
    }

    /// Has the drag called off in the next frame, with everything as it was before.
    pub fn cancel(&mut self) {
        self.is_esc_pressed = true;
    }

    /// The wash behind the window, below ruler and bars.
    pub fn paint_band(&self, ui: &Ui, cx: &PanelContext<'_>, axis: &Axis, ruler: Rect, lanes: Rect) {
        let Some(window) = cx.view.window else { return };
        let x = axis.x_of_span(window).intersection(axis.x_range);
        if x.span() <= 0.0 {
            return;
        }
        let painter = ui.painter();
        painter.rect_filled(Rect::from_x_y_ranges(x, ruler.y_range()), 0.0, cx.palette.time_tint);
        painter.rect_filled(Rect::from_x_y_ranges(x, lanes.y_range()), 0.0, cx.palette.paper);
    }

    /// The window's edges within the lanes: below the bars, so that a bar at an edge can be hit.
    pub fn sense_lanes(&mut self, ui: &Ui, cx: &PanelContext<'_>, axis: &Axis, whole: DaySpan, lanes: Rect) {
        let Some(window) = cx.view.window else { return };
        let x = axis.x_of_span(window);
        for (grip, x) in [(Grip::Start, x.min), (Grip::End, x.max)] {
            if !axis.is_visible(x) {
                continue;
            }
            let rect = Rect::from_x_y_ranges(Rangef::new(x - REACH, x + REACH), lanes.y_range());
            let response = ui.interact(rect, ui.scope_id().with(("edge", grip == Grip::Start)), Sense::DRAG);
            self.drag_with(ui, cx, axis, whole, grip, &response);
            response.on_hover_and_drag_cursor(CursorIcon::ResizeHorizontal);
        }
    }

    /// Handles, playhead and the ruler they stand on, above everything else.
    pub fn show(
        &mut self,
        ui: &Ui,
        cx: &PanelContext<'_>,
        axis: &Axis,
        whole: DaySpan,
        ruler: Rect,
        lanes: Rect,
    ) {
        self.ruler(ui, cx, axis, whole, ruler);
        let painter = ui.painter_at(ruler.union(lanes));
        self.playhead(ui, cx, axis, whole, ruler, lanes, &painter);
        self.handle(ui, cx, axis, whole, Grip::Start, ruler, lanes, &painter);
        self.handle(ui, cx, axis, whole, Grip::End, ruler, lanes, &painter);
        if std::mem::take(&mut self.is_esc_pressed) {
            self.call_off(cx);
        }
        if !ui.input(|i| i.pointer.any_down()) {
            self.drag = None;
            self.is_called_off = false;
        }
    }

    fn call_off(&mut self, cx: &PanelContext<'_>) {
        let Some(drag) = self.drag.take() else { return };
        self.is_called_off = true;
        if cx.view.window != drag.window {
            cx.send(Command::SetWindow(drag.window));
        }
        if cx.view.playhead != drag.playhead {
            cx.send(Command::SetPlayhead(drag.playhead));
        }
    }

    fn ruler(&mut self, ui: &Ui, cx: &PanelContext<'_>, axis: &Axis, whole: DaySpan, ruler: Rect) {
        let response = ui.interact(ruler, ui.scope_id().with("ruler"), Sense::CLICK | Sense::DRAG);
        response.widget_info(|| {
            WidgetInfo::labeled(Role::Group, true, "Ruler: click sets the playhead, drag makes a time window")
        });
        let origin = ui.input(|i| i.pointer.press_origin());
        let is_on_band = |x: f32| cx.view.window.is_some_and(|w| axis.x_of_span(w).contains(x));
        let grip = if origin.is_some_and(|p| is_on_band(p.x)) { Grip::Middle } else { Grip::New };
        self.drag_with(ui, cx, axis, whole, grip, &response);
        if response.clicked()
            && let Some(pointer) = response.interact_pointer_pos()
        {
            set_playhead(cx, axis.civil_day_at(pointer.x));
        }
        if let Some(pointer) = response.hover_pos() {
            let is_band = is_on_band(pointer.x);
            ui.set_cursor_icon(if is_band { CursorIcon::Grab } else { CursorIcon::Crosshair });
        }
    }

    fn drag_with(
        &mut self,
        ui: &Ui,
        cx: &PanelContext<'_>,
        axis: &Axis,
        whole: DaySpan,
        grip: Grip,
        response: &Response,
    ) {
        let Some(pointer) = response.interact_pointer_pos() else { return };
        if response.drag_started() && !self.is_called_off {
            let origin = ui.input(|i| i.pointer.press_origin()).unwrap_or(pointer);
            self.drag = Some(BrushDrag {
                grip,
                from_day: axis.day_at(origin.x),
                window: cx.view.window,
                playhead: cx.view.playhead,
            });
        }
        let Some(drag) = self.drag.filter(|_| response.dragged()) else { return };
        let day = axis.day_at(pointer.x);
        if drag.grip == Grip::Playhead {
            set_playhead(cx, day.floor() as Day);
            return;
        }
        let window = drag.window_at(day, snap_unit(axis.scale.px_per_day), whole);
        if cx.view.window != Some(window) {
            cx.send(Command::SetWindow(Some(window)));
        }
    }

    #[expect(clippy::too_many_arguments, reason = "one call a handle; a bundle would only rename them")]
    fn handle(
        &mut self,
        ui: &Ui,
        cx: &PanelContext<'_>,
        axis: &Axis,
        whole: DaySpan,
        grip: Grip,
        ruler: Rect,
        lanes: Rect,
        painter: &Painter,
    ) {
        let window = cx.view.window.unwrap_or(whole);
        let x = axis.x_of_span(window);
        let (true_x, name, outward) =
            if grip == Grip::Start { (x.min, "Window start", -1.0) } else { (x.max, "Window end", 1.0) };
        let x = true_x.clamp(axis.x_range.min + 1.0, axis.x_range.max - 1.0);
        // Handles stand outside the window, so that those of a single day do not cover each other.
        let tab = Rect::from_two_pos(pos2(x, ruler.center().y), pos2(x + outward * 9.0, ruler.bottom()));
        let hit = Rect::from_two_pos(
            pos2(x - outward * 3.0, ruler.top()),
            pos2(x + outward * 11.0, ruler.bottom()),
        );
        let response = ui.interact(hit, ui.scope_id().with(name), Sense::drag());
        self.drag_with(ui, cx, axis, whole, grip, &response);
        let edge_day = if grip == Grip::Start { window.first } else { window.last };
        let n_steps = key_steps(ui, &response);
        if n_steps != 0 {
            let moved = stepped(window, grip, n_steps, snap_unit(axis.scale.px_per_day));
            if cx.view.window != Some(moved) {
                cx.send(Command::SetWindow(Some(moved)));
            }
        }
        response.widget_info(|| WidgetInfo::slider(true, edge_day as f64, name));
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_value(day_words(edge_day));
            node.add_action(egui::accesskit::Action::Increment);
            node.add_action(egui::accesskit::Action::Decrement);
        });
        let is_strong = response.hovered() || response.dragged() || response.has_focus();
        let has_window = cx.view.window.is_some();
        let color = if has_window || is_strong { cx.palette.time } else { cx.palette.ink_faint };
        if has_window && axis.is_visible(true_x) {
            painter.vline(x, Rangef::new(ruler.top(), lanes.bottom()), Stroke::new(1.0, color));
        }
        let fill = if has_window || is_strong { color } else { cx.palette.panel };
        painter.rect(tab, 3.0, fill, Stroke::new(1.0, color), egui::StrokeKind::Inside);
        let groove = if has_window || is_strong { cx.palette.paper } else { color };
        for dx in [-1.5, 1.5] {
            painter.vline(tab.center().x + dx, tab.y_range().shrink(5.0), Stroke::new(1.0, groove));
        }
        if response.has_focus() {
            painter.rect_stroke(
                tab.expand(2.0),
                4.0,
                Stroke::new(2.0, cx.palette.focus),
                egui::StrokeKind::Outside,
            );
        }
        response
            .on_hover_and_drag_cursor(CursorIcon::ResizeHorizontal)
            .on_hover_text(format!("{name}: {}", day_words(edge_day)));
    }

    #[expect(clippy::too_many_arguments, reason = "one call; a bundle would only rename them")]
    fn playhead(
        &mut self,
        ui: &Ui,
        cx: &PanelContext<'_>,
        axis: &Axis,
        whole: DaySpan,
        ruler: Rect,
        lanes: Rect,
        painter: &Painter,
    ) {
        let Some(day) = cx.view.playhead else { return };
        let x = axis.x(day as f64 + 0.5);
        if !axis.is_visible(x) {
            return;
        }
        let galley = painter.layout_no_wrap(day_words(day), sans(size::CAPTION), cx.palette.paper);
        let flag_size = galley.size() + vec2(10.0, 2.0);
        let left = if x + flag_size.x > axis.x_range.max { x - flag_size.x } else { x };
        let flag = Rect::from_min_size(pos2(left, ruler.top()), flag_size);
        let hit = flag.union(Rect::from_x_y_ranges(Rangef::new(x - 4.0, x + 4.0), ruler.y_range()));
        let response = ui.interact(hit, ui.scope_id().with("playhead"), Sense::drag());
        self.drag_with(ui, cx, axis, whole, Grip::Playhead, &response);
        let n_steps = key_steps(ui, &response);
        if n_steps != 0 {
            set_playhead(cx, day + n_steps);
        }
        response.widget_info(|| WidgetInfo::slider(true, day as f64, "Playhead"));
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_value(day_words(day));
            node.add_action(egui::accesskit::Action::Increment);
            node.add_action(egui::accesskit::Action::Decrement);
        });
        painter.vline(x, Rangef::new(ruler.top(), lanes.bottom()), Stroke::new(1.5, cx.palette.ink));
        let line = if response.has_focus() { Stroke::new(2.0, cx.palette.focus) } else { Stroke::NONE };
        painter.rect(flag, 2.0, cx.palette.ink, line, egui::StrokeKind::Outside);
        painter.galley(flag.min + vec2(5.0, 1.0), galley, cx.palette.paper);
        response.on_hover_and_drag_cursor(CursorIcon::ResizeHorizontal);
    }
}

fn day_words(day: Day) -> String {
    span_words(DaySpan::day(day))
}

fn set_playhead(cx: &PanelContext<'_>, day: Day) {
    if cx.view.playhead != Some(day) {
        cx.send(Command::SetPlayhead(Some(day)));
    }
}

/// Steps by arrow keys while focused, and by a screen reader's increment and decrement.
fn key_steps(ui: &Ui, response: &Response) -> i64 {
    use egui::accesskit::Action;
    let mut n_steps = ui.input(|i| {
        i.num_accesskit_action_requests(response.id, Action::Increment) as i64
            - i.num_accesskit_action_requests(response.id, Action::Decrement) as i64
    });
    if response.has_focus() {
        ui.memory_mut(|memory| {
            let arrows =
                egui::EventFilter { horizontal_arrows: true, vertical_arrows: true, ..Default::default() };
            memory.set_focus_lock_filter(response.id, arrows);
        });
        n_steps += ui.input_mut(|i| {
            let mut count = |key| i.count_and_consume_key(Modifiers::NONE, key) as i64;
            count(Key::ArrowRight) + count(Key::ArrowUp) - count(Key::ArrowLeft) - count(Key::ArrowDown)
        });
    }
    n_steps
}
