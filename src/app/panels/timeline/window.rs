//! The time window on the screen: band, handles and playhead, and the pointer and keys on them.

use std::sync::Arc;

use egui::{
    CursorIcon, Galley, Key, Modifiers, Painter, Rangef, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui,
    WidgetInfo, pos2, vec2,
};

use super::axis::Axis;
use super::brush::{BrushDrag, Grip, snap_unit, stepped};
use crate::annotation::MentionKind;
use crate::app::panels::PanelContext;
use crate::app::theme::{sans, size};
use crate::state::Command;
use crate::store::{EventStore, drawn_span};
use crate::time::words::span_words;
use crate::time::{Day, DaySpan};
use crate::view::Target;

/// Half the width of the area in which an edge can be caught among the lanes.
const REACH: f32 = 6.0;
const TAB_WIDTH: f32 = 9.0;

/// Where the window stands: the axis and the two rows of the panel that it runs through.
#[derive(Debug, Clone, Copy)]
pub struct Stage {
    pub axis: Axis,
    /// Stands in for "no window".
    pub whole: DaySpan,
    pub ruler: Rect,
    pub lanes: Rect,
}

/// What stands on the ruler and must not be written over.
#[derive(Debug, Clone)]
pub struct Marks {
    /// `None` where the edge is out of sight.
    start_tab: Option<Rect>,
    end_tab: Option<Rect>,
    flag: Option<(Rect, Arc<Galley>)>,
}

impl Marks {
    /// Positions of the handles and the playhead's flag.
    pub fn of(painter: &Painter, cx: &PanelContext<'_>, stage: &Stage) -> Self {
        let Stage { axis, ruler, .. } = stage;
        let window = cx.view.window.unwrap_or(stage.whole);
        let x = axis.x_of_span(window);
        // Labels stand to the right of their ticks, so handles stand to the left of their edges: but
        // not that of a window so narrow that its handles would cover each other.
        let is_narrow = x.span() < 2.0 * TAB_WIDTH + 4.0;
        let tab = |x: f32, is_right: bool| {
            let is_right = is_right || x < axis.x_range.min + TAB_WIDTH;
            let left = if is_right { x } else { x - TAB_WIDTH };
            let y = Rangef::new(ruler.top() + 1.0, ruler.center().y);
            axis.is_visible(x).then(|| Rect::from_x_y_ranges(Rangef::new(left, left + TAB_WIDTH), y))
        };
        let end_tab = tab(x.max, is_narrow);
        let flag = cx.view.playhead.and_then(|day| {
            let x = axis.x(day as f64 + 0.5);
            let galley = painter.layout_no_wrap(day_words(day), sans(size::CAPTION), cx.palette.paper);
            let flag_size = galley.size() + vec2(10.0, 2.0);
            let is_beside = |tab: &Rect| x < tab.right() + 3.0 && tab.left() < x + flag_size.x;
            let beside = end_tab.filter(is_beside);
            let from = beside.map_or(x, |tab| tab.right() + 3.0);
            let left = if from + flag_size.x > axis.x_range.max { x - flag_size.x - TAB_WIDTH } else { from };
            axis.is_visible(x).then(|| (Rect::from_min_size(pos2(left, ruler.top()), flag_size), galley))
        });
        Self { start_tab: tab(x.min, false), end_tab, flag }
    }

    /// The stretches of the upper row that are taken.
    pub fn taken(&self) -> impl Iterator<Item = Rangef> {
        let flag = self.flag.as_ref().map(|(rect, _)| *rect);
        [self.start_tab, self.end_tab, flag].into_iter().flatten().map(|rect| rect.x_range())
    }
}

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

    /// What lies below ruler and bars: the wash of the window, its edges within the lanes (so that a
    /// bar at an edge can still be hit), and the days of a date that is pointed at in the text.
    pub fn show_below(&mut self, ui: &Ui, cx: &PanelContext<'_>, stage: &Stage) {
        self.show_window_below(ui, cx, stage);
        for (target, line) in [(cx.view.selection, 2.0), (cx.view.hover, 1.0)] {
            let Some(span) = target.and_then(|target| days_of_date(cx.store, target)) else { continue };
            let x = stage.axis.x_of_span(span).intersection(stage.axis.x_range);
            if x.span() > 0.0 {
                let y = Rangef::new(stage.ruler.center().y, stage.lanes.bottom());
                let mark = Rect::from_x_y_ranges(Rangef::new(x.min, x.max.max(x.min + 3.0)), y);
                let color = cx.palette.time.gamma_multiply(0.14);
                ui.painter().rect(mark, 0.0, color, Stroke::new(line, cx.palette.time), StrokeKind::Inside);
            }
        }
    }

    fn show_window_below(&mut self, ui: &Ui, cx: &PanelContext<'_>, stage: &Stage) {
        let Some(window) = cx.view.window else { return };
        let edges = stage.axis.x_of_span(window);
        let band = edges.intersection(stage.axis.x_range);
        if band.span() > 0.0 {
            let painter = ui.painter();
            painter.rect_filled(
                Rect::from_x_y_ranges(band, stage.ruler.y_range()),
                0.0,
                cx.palette.time_tint,
            );
            painter.rect_filled(Rect::from_x_y_ranges(band, stage.lanes.y_range()), 0.0, cx.palette.paper);
        }
        for (grip, x) in [(Grip::Start, edges.min), (Grip::End, edges.max)] {
            if !stage.axis.is_visible(x) {
                continue;
            }
            let rect = Rect::from_x_y_ranges(Rangef::new(x - REACH, x + REACH), stage.lanes.y_range());
            let id = ui.scope_id().with(("edge", grip == Grip::Start));
            let response = ui.interact(rect, id, Sense::DRAG);
            self.drag_with(ui, cx, stage, grip, &response);
            response.on_hover_and_drag_cursor(CursorIcon::ResizeHorizontal);
        }
    }

    /// The ruler's own pointer, then handles and playhead above everything else.
    pub fn show(&mut self, ui: &Ui, cx: &PanelContext<'_>, stage: &Stage, marks: &Marks) {
        self.ruler(ui, cx, stage);
        let painter = ui.painter_at(stage.ruler.union(stage.lanes));
        self.playhead(ui, cx, stage, marks, &painter);
        self.handle(ui, cx, stage, (Grip::Start, marks.start_tab), &painter);
        self.handle(ui, cx, stage, (Grip::End, marks.end_tab), &painter);
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

    fn ruler(&mut self, ui: &Ui, cx: &PanelContext<'_>, stage: &Stage) {
        let id = ui.scope_id().with("ruler");
        let response = ui.interact(stage.ruler, id, Sense::CLICK | Sense::DRAG);
        response.widget_info(|| {
            WidgetInfo::labeled(Role::Group, true, "Ruler: click sets the playhead, drag makes a time window")
        });
        let is_on_band = |x: f32| cx.view.window.is_some_and(|w| stage.axis.x_of_span(w).contains(x));
        let origin = ui.input(|i| i.pointer.press_origin());
        let grip = if origin.is_some_and(|p| is_on_band(p.x)) { Grip::Middle } else { Grip::New };
        self.drag_with(ui, cx, stage, grip, &response);
        if response.clicked()
            && let Some(pointer) = response.interact_pointer_pos()
        {
            set_playhead(cx, stage.axis.civil_day_at(pointer.x));
        }
        if let Some(pointer) = response.hover_pos() {
            let is_band = is_on_band(pointer.x);
            ui.set_cursor_icon(if is_band { CursorIcon::Grab } else { CursorIcon::Crosshair });
        }
    }

    fn drag_with(&mut self, ui: &Ui, cx: &PanelContext<'_>, stage: &Stage, grip: Grip, response: &Response) {
        let Some(pointer) = response.interact_pointer_pos() else { return };
        if response.drag_started() && !self.is_called_off {
            let origin = ui.input(|i| i.pointer.press_origin()).unwrap_or(pointer);
            self.drag = Some(BrushDrag {
                grip,
                from_day: stage.axis.day_at(origin.x),
                window: cx.view.window,
                playhead: cx.view.playhead,
            });
        }
        let Some(drag) = self.drag.filter(|_| response.dragged()) else { return };
        let day = stage.axis.day_at(pointer.x);
        if drag.grip == Grip::Playhead {
            set_playhead(cx, day.floor() as Day);
            return;
        }
        let window = drag.window_at(day, snap_unit(stage.axis.scale.px_per_day), stage.whole);
        if cx.view.window != Some(window) {
            cx.send(Command::SetWindow(Some(window)));
        }
    }

    /// A handle; one whose edge is out of sight can still be focused and moved by keys.
    fn handle(
        &mut self,
        ui: &Ui,
        cx: &PanelContext<'_>,
        stage: &Stage,
        (grip, tab): (Grip, Option<Rect>),
        painter: &Painter,
    ) {
        let window = cx.view.window.unwrap_or(stage.whole);
        let edges = stage.axis.x_of_span(window);
        let (x, edge_day, name) = if grip == Grip::Start {
            (edges.min, window.first, "Window start")
        } else {
            (edges.max, window.last, "Window end")
        };
        let (hit, sense) = if let Some(tab) = tab {
            (tab.expand2(vec2(3.0, 0.0)).with_max_y(stage.ruler.bottom()), Sense::drag())
        } else {
            let edge = x.clamp(stage.ruler.left(), stage.ruler.right());
            let y = Rangef::new(stage.ruler.top(), stage.ruler.center().y);
            (Rect::from_x_y_ranges(Rangef::point(edge), y), Sense::focusable_noninteractive())
        };
        let response = ui.interact(hit, ui.scope_id().with(name), sense);
        self.drag_with(ui, cx, stage, grip, &response);
        let n_steps = key_steps(ui, &response);
        if n_steps != 0 {
            let moved = stepped(window, grip, n_steps, snap_unit(stage.axis.scale.px_per_day));
            if cx.view.window != Some(moved) {
                cx.send(Command::SetWindow(Some(moved)));
            }
        }
        name_slider(ui, &response, name, edge_day);
        let focus = Stroke::new(2.0, cx.palette.focus);
        if response.has_focus() {
            let ring = tab.map_or(hit.expand(3.0), |tab| tab.expand(3.0));
            painter.rect_stroke(ring, 5.0, focus, StrokeKind::Inside);
        }
        let Some(tab) = tab else { return };
        let has_window = cx.view.window.is_some();
        let is_strong = has_window || response.hovered() || response.dragged() || response.has_focus();
        let color = if is_strong { cx.palette.time } else { cx.palette.ink_faint };
        if has_window {
            let y = Rangef::new(stage.ruler.top(), stage.lanes.bottom());
            painter.vline(x, y, Stroke::new(1.0, color));
        }
        let (fill, groove) = if is_strong { (color, cx.palette.paper) } else { (cx.palette.panel, color) };
        painter.rect(tab, 3.0, fill, Stroke::new(1.0, color), StrokeKind::Inside);
        for dx in [-1.5, 1.5] {
            painter.vline(tab.center().x + dx, tab.y_range().shrink(5.0), Stroke::new(1.0, groove));
        }
        response
            .on_hover_and_drag_cursor(CursorIcon::ResizeHorizontal)
            .on_hover_text(format!("{name}: {}", day_words(edge_day)));
    }

    fn playhead(&mut self, ui: &Ui, cx: &PanelContext<'_>, stage: &Stage, marks: &Marks, painter: &Painter) {
        let Some((day, (flag, galley))) = cx.view.playhead.zip(marks.flag.as_ref()) else { return };
        let Stage { axis, ruler, lanes, .. } = stage;
        let x = axis.x(day as f64 + 0.5);
        let hit = flag.union(Rect::from_x_y_ranges(Rangef::new(x - 4.0, x + 4.0), ruler.y_range()));
        let response = ui.interact(hit, ui.scope_id().with("playhead"), Sense::drag());
        self.drag_with(ui, cx, stage, Grip::Playhead, &response);
        let n_steps = key_steps(ui, &response);
        if n_steps != 0 {
            set_playhead(cx, day + n_steps);
        }
        name_slider(ui, &response, "Playhead", day);
        let y = Rangef::new(ruler.top(), lanes.bottom());
        painter.vline(x, y, Stroke::new(1.5, cx.palette.ink));
        let line = if response.has_focus() { Stroke::new(2.0, cx.palette.focus) } else { Stroke::NONE };
        painter.rect(*flag, 2.0, cx.palette.ink, line, StrokeKind::Outside);
        painter.galley(flag.min + vec2(5.0, 1.0), Arc::clone(galley), cx.palette.paper);
        response.on_hover_and_drag_cursor(CursorIcon::ResizeHorizontal);
    }
}

/// The days of a date in the text.
fn days_of_date(store: &EventStore, target: Target) -> Option<DaySpan> {
    let Target::Mention(mention) = target else { return None };
    match &store.mention(mention)?.kind {
        MentionKind::Time { edtf: Some(edtf), .. } => drawn_span(&edtf.interval()),
        _ => None,
    }
}

/// A slider's name and value in the AccessKit tree; the value is a date in words.
fn name_slider(ui: &Ui, response: &Response, name: &str, day: Day) {
    response.widget_info(|| WidgetInfo::slider(true, day as f64, name));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_value(day_words(day));
        node.add_action(egui::accesskit::Action::Increment);
        node.add_action(egui::accesskit::Action::Decrement);
    });
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
    let signed = |n_more: usize, n_less: usize| {
        i64::try_from(n_more).unwrap_or(0) - i64::try_from(n_less).unwrap_or(0)
    };
    let n_asked = |action| ui.input(|i| i.num_accesskit_action_requests(response.id, action));
    let mut n_steps = signed(n_asked(Action::Increment), n_asked(Action::Decrement));
    if response.has_focus() {
        ui.memory_mut(|memory| {
            let arrows =
                egui::EventFilter { horizontal_arrows: true, vertical_arrows: true, ..Default::default() };
            memory.set_focus_lock_filter(response.id, arrows);
        });
        let n_pressed = |key| ui.input_mut(|i| i.count_and_consume_key(Modifiers::NONE, key));
        n_steps += signed(
            n_pressed(Key::ArrowRight) + n_pressed(Key::ArrowUp),
            n_pressed(Key::ArrowLeft) + n_pressed(Key::ArrowDown),
        );
    }
    n_steps
}
