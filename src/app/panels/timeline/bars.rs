//! Bars on the screen: the cached layout of what is in sight, and one loop that paints it.

use egui::{
    Color32, Direction, FontId, Painter, Pos2, Rangef, Rect, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2,
};

use super::axis::Axis;
use super::lanes::{self, Bar, BarSpec, Label, LaneLayout, More};
use super::rows::{Row, Rows};
use super::{card, count_words};
use crate::annotation::MentionKind;
use crate::app::panels::PanelContext;
use crate::app::theme::{Palette, sans, size};
use crate::state::Command;
use crate::store::{Event, EventIx, EventStore, Status};
use crate::time::ticks::TickLevel;
use crate::time::words::span_words;
use crate::time::{Day, DaySpan};
use crate::view::Target;

const LANE_PITCH: f32 = 20.0;
const BAR_HEIGHT: f32 = 13.0;
/// Up to this many events are laid out all at once, so that panning never moves a bar to another lane.
const MAX_LAID_OUT_WHOLE: usize = 600;
/// With more bars in sight than this, stretches are drawn as blocks instead.
const MAX_BARS: usize = 400;

pub fn label_font() -> FontId {
    sans(size::CAPTION)
}

/// What the lanes show: bars, or blocks of how many where there are too many.
#[derive(Debug)]
enum Content {
    Bars(LaneLayout),
    Blocks(Vec<Block>),
}

/// A calendar unit with the number of events that touch it.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Block {
    span: DaySpan,
    n_events: usize,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Key {
    px_per_day: f64,
    n_lanes: usize,
    rows_serial: u64,
}

/// The layout of the lanes, kept until something it depends on changes.
#[derive(Debug, Default)]
pub struct Lanes {
    cached: Option<(Key, DaySpan, Content)>,
    /// The day from which the layout counts its pixels.
    anchor: Day,
    /// Label widths by event; `NaN` where not yet measured.
    label_widths: Vec<f32>,
    label_widths_of: u64,
}

/// What the pointer did among the bars.
#[derive(Debug, Default)]
pub struct LanesResponse {
    pub hovered: Option<EventIx>,
    /// Zoom to these days.
    pub zoom_to: Option<DaySpan>,
}

impl Lanes {
    fn refresh(
        &mut self,
        ui: &Ui,
        cx: &PanelContext<'_>,
        rows: &Rows,
        rows_serial: u64,
        axis: &Axis,
        height: f32,
    ) {
        let n_lanes = ((height - 4.0) / LANE_PITCH).floor().max(1.0) as usize;
        let key = Key { px_per_day: axis.scale.px_per_day, n_lanes, rows_serial };
        let visible = axis.visible();
        if let Some((known, covered, _)) = &self.cached
            && *known == key
            && covered.first <= visible.first
            && visible.last <= covered.last
        {
            return;
        }
        if self.label_widths_of != rows_serial {
            self.label_widths = vec![f32::NAN; cx.store.n_events()];
            self.label_widths_of = rows_serial;
        }
        self.anchor = visible.first;
        if rows.n_overlapping(visible) > MAX_BARS {
            let blocks = blocks(rows, visible, axis.scale.px_per_day);
            self.cached = Some((key, visible, Content::Blocks(blocks)));
            return;
        }
        let covered = if rows.len() <= MAX_LAID_OUT_WHOLE {
            DaySpan { first: Day::MIN, last: Day::MAX }
        } else {
            let n_days = visible.n_days();
            DaySpan { first: visible.first - n_days, last: visible.last + n_days }
        };
        let specs: Vec<BarSpec> = rows
            .overlapping(covered)
            .filter_map(|row| self.spec(ui, cx.store, row, axis.scale.px_per_day))
            .collect();
        self.cached = Some((key, covered, Content::Bars(lanes::pack(&specs, n_lanes))));
    }

    fn spec(&mut self, ui: &Ui, store: &EventStore, row: Row, px_per_day: f64) -> Option<BarSpec> {
        let event = store.event(row.event)?;
        let when = event.when.as_ref()?;
        let width = self.label_widths.get_mut(row.event.as_usize())?;
        if width.is_nan() {
            let text = bar_label(event, store.sources().len());
            *width = ui.fonts_mut(|f| f.layout_no_wrap(text, label_font(), Color32::PLACEHOLDER)).size().x;
        }
        let anchor = self.anchor as f64;
        let px = |day: f64| (day - anchor) * px_per_day;
        let softness = when.edtf.softness();
        Some(lanes::bar_spec(row.event, &when.interval, row.span, softness, px, f64::from(*width)))
    }

    /// Paints the lanes and senses the pointer on them.
    pub fn show(
        &mut self,
        ui: &Ui,
        cx: &PanelContext<'_>,
        (rows, rows_serial): (&Rows, u64),
        axis: &Axis,
        rect: Rect,
    ) -> LanesResponse {
        self.refresh(ui, cx, rows, rows_serial, axis, rect.height());
        let painter = ui.painter_at(rect);
        let mut response = LanesResponse::default();
        match &self.cached {
            Some((_, _, Content::Bars(layout))) => {
                let origin = axis.x(self.anchor as f64);
                let place = BarPlace { rect, origin, axis };
                for bar in &layout.bars {
                    place.show_bar(ui, &painter, cx, bar, &mut response);
                }
                for more in &layout.more {
                    place.show_more(ui, &painter, cx, more, &mut response);
                }
            }
            Some((_, _, Content::Blocks(blocks))) => {
                show_blocks(ui, &painter, cx, blocks, axis, rect, &mut response)
            }
            None => {}
        }
        response
    }
}

/// The title with a sign for what is not simply told as having happened, and for its source.
fn bar_label(event: &Event, n_sources: usize) -> String {
    let sign = match event.status {
        Status::Planned => "planned: ",
        Status::Hypothetical => "if: ",
        Status::Denied => "denied: ",
        Status::Reported | Status::Claimed => "",
    };
    if n_sources > 1 {
        format!("{} · {sign}{}", Palette::source_letter(event.source), event.title)
    } else {
        format!("{sign}{}", event.title)
    }
}

/// Is an event what is pointed at, or does it belong to it?
pub fn belongs_to(store: &EventStore, target: Option<Target>, event_ix: EventIx, event: &Event) -> bool {
    let is_at = |place| event.places.iter().any(|p| p.place == place);
    match target {
        None => false,
        Some(Target::Event(target)) => target == event_ix,
        Some(Target::Place(place)) => is_at(place),
        Some(Target::Mention(mention)) => match store.mention(mention).map(|m| &m.kind) {
            Some(MentionKind::Toponym { place: Some(place), .. }) => is_at(*place),
            Some(MentionKind::Time { edtf: Some(edtf), .. }) => {
                event.when.as_ref().is_some_and(|w| w.interval == edtf.interval())
            }
            _ => false,
        },
    }
}

/// How strongly a bar is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Strength {
    Faded,
    Normal,
    Hovered,
    Selected,
}

/// Where bars are painted.
struct BarPlace<'a> {
    rect: Rect,
    /// Screen x of the layout's anchor day.
    origin: f32,
    axis: &'a Axis,
}

impl BarPlace<'_> {
    fn x(&self, px: f64) -> f32 {
        (f64::from(self.origin) + px).clamp(-1e5, 1e5) as f32
    }

    fn show_bar(
        &self,
        ui: &Ui,
        painter: &Painter,
        cx: &PanelContext<'_>,
        bar: &Bar,
        out: &mut LanesResponse,
    ) {
        let body = Rangef::new(self.x(bar.spec.start), self.x(bar.spec.end));
        let label_right = match bar.label {
            Label::After(width) => self.x(bar.right() + lanes::LABEL_GAP_PX + width),
            Label::Inside | Label::None => self.x(bar.right()),
        };
        let reach = Rangef::new(self.x(bar.left()), label_right);
        if reach.max < self.rect.left() || reach.min > self.rect.right() {
            return;
        }
        let Some(event) = cx.store.event(bar.spec.event) else { return };
        let target = Target::Event(bar.spec.event);
        let top = self.rect.top() + 4.0 + bar.lane as f32 * LANE_PITCH;
        let y = Rangef::new(top, top + BAR_HEIGHT);
        let hit = Rect::from_x_y_ranges(
            Rangef::new(reach.min.max(self.rect.left()), reach.max.min(self.rect.right())),
            Rangef::new(top - 2.0, top + BAR_HEIGHT + 2.0),
        );
        let response = ui.interact(hit, ui.scope_id().with(("bar", bar.spec.event.0)), Sense::click());
        let in_window = cx.answer.is_in_window(bar.spec.event);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, bar_name(event, in_window)));
        if response.hovered() {
            out.hovered = Some(bar.spec.event);
        }
        if response.double_clicked() {
            cx.send(Command::SetWindow(Some(bar.spec.span)));
        } else if response.clicked() && !cx.is_selected(target) {
            cx.send(Command::Select(Some(target)));
        }
        let strength = if belongs_to(cx.store, cx.view.selection, bar.spec.event, event) {
            Strength::Selected
        } else if response.hovered() || belongs_to(cx.store, cx.view.hover, bar.spec.event, event) {
            Strength::Hovered
        } else if in_window {
            Strength::Normal
        } else {
            Strength::Faded
        };
        let look = Look::of(cx, event, strength);
        paint_bar(painter, Rect::from_x_y_ranges(body, y), bar, &look, event.status);
        self.paint_label(painter, cx, bar, event, body, y, &look);
        if response.has_focus() {
            painter.rect_stroke(hit, 3.0, Stroke::new(2.0, cx.palette.focus), egui::StrokeKind::Inside);
        }
        response.on_hover_ui(|ui| card::show(ui, cx.store, event, cx.palette));
    }

    #[expect(clippy::too_many_arguments, reason = "one call; a bundle would only rename them")]
    fn paint_label(
        &self,
        painter: &Painter,
        cx: &PanelContext<'_>,
        bar: &Bar,
        event: &Event,
        body: Rangef,
        y: Rangef,
        look: &Look,
    ) {
        let pad = lanes::LABEL_PAD_PX as f32;
        let (left, room, color) = match bar.label {
            Label::None => return,
            Label::Inside => {
                let left = body.min.max(self.rect.left()) + pad;
                (left, body.max.min(self.rect.right()) - pad - left, look.label_inside)
            }
            Label::After(width) => {
                (self.x(bar.right() + lanes::LABEL_GAP_PX), width as f32, look.label_outside)
            }
        };
        if room < 16.0 {
            return;
        }
        let text = bar_label(event, cx.store.sources().len());
        // Half a pixel of grace: the width was measured on the same text.
        let galley = elided(painter, text, room + 0.5);
        let pos = pos2(left, y.center() - galley.size().y / 2.0);
        painter.galley(pos, galley, color);
    }

    fn show_more(
        &self,
        ui: &Ui,
        painter: &Painter,
        cx: &PanelContext<'_>,
        more: &More,
        out: &mut LanesResponse,
    ) {
        let left = self.x(more.x);
        let width = lanes::MORE_PX as f32;
        if left + width < self.rect.left() || left > self.rect.right() {
            return;
        }
        let bottom = self.rect.bottom() - 2.0;
        let chip = Rect::from_min_max(pos2(left, bottom - 16.0), pos2(left + width, bottom));
        let response = ui.interact(chip, ui.scope_id().with(("more", more.events.first())), Sense::click());
        let name = format!("{} more events, {}", more.events.len(), span_words(more.span));
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        let is_strong = response.hovered() || response.has_focus();
        let (fill, ink) = if is_strong {
            (cx.palette.raised, cx.palette.ink)
        } else {
            (cx.palette.panel, cx.palette.ink_soft)
        };
        painter.rect(chip, 8.0, fill, Stroke::new(1.0, cx.palette.hairline), egui::StrokeKind::Inside);
        let galley = painter.layout_no_wrap(format!("+{} more", more.events.len()), label_font(), ink);
        painter.galley(chip.center() - galley.size() / 2.0, galley, ink);
        if can_be_spread(more.span, self.axis) {
            if response.clicked() {
                out.zoom_to = Some(more.span);
            }
            response.on_hover_text("Zoom in on these events");
            return;
        }
        egui::Popup::menu(&response).width(320.0).show(|ui| {
            egui::ScrollArea::vertical().max_height(260.0).show(ui, |ui| {
                for &event_ix in more.events.iter().take(200) {
                    let Some(event) = cx.store.event(event_ix) else { continue };
                    let target = Target::Event(event_ix);
                    let entry = ui
                        .selectable_label(cx.is_selected(target), bar_label(event, cx.store.sources().len()));
                    if entry.hovered() {
                        out.hovered = Some(event_ix);
                    }
                    if entry.clicked() {
                        cx.send(Command::Select(Some(target)));
                    }
                }
            });
        });
    }
}

/// Would zooming to a span show its events farther apart than they are?
fn can_be_spread(span: DaySpan, axis: &Axis) -> bool {
    super::axis::fitted(span, axis.width(), 80.0).px_per_day > axis.scale.px_per_day * 1.4
}

fn bar_name(event: &Event, in_window: bool) -> String {
    let date = event.when.as_ref().map_or_else(String::new, |when| when.edtf.for_people());
    let status = card::status_words(event.status).map_or_else(String::new, |words| format!(", {words}"));
    let place = if in_window { "in window" } else { "outside window" };
    format!("{date}: {}{status}, {place}", event.title)
}

/// One line of text, cut with an ellipsis where it does not fit.
fn elided(painter: &Painter, text: String, max_width: f32) -> std::sync::Arc<egui::Galley> {
    let mut job = egui::text::LayoutJob::simple_singleline(text, label_font(), Color32::PLACEHOLDER);
    job.wrap = egui::text::TextWrapping {
        max_width,
        max_rows: 1,
        break_anywhere: true,
        overflow_character: Some('…'),
        ..Default::default()
    };
    painter.layout_job(job)
}

/// The colours of one bar.
struct Look {
    fill: Color32,
    line: Stroke,
    label_inside: Color32,
    label_outside: Color32,
}

impl Look {
    fn of(cx: &PanelContext<'_>, event: &Event, strength: Strength) -> Self {
        let palette = cx.palette;
        let base = palette.source(event.source, palette.time, cx.store.sources().len());
        let mix = |share: f32| palette.panel.lerp_to_gamma(base, share);
        let (fill, line, inside, outside) = match strength {
            Strength::Faded => (mix(0.12), Stroke::new(1.0, mix(0.38)), palette.ink_faint, palette.ink_faint),
            Strength::Normal => (mix(0.32), Stroke::new(1.0, mix(0.9)), palette.ink, palette.ink_soft),
            Strength::Hovered => (mix(0.55), Stroke::new(1.5, base), palette.ink, palette.ink),
            Strength::Selected => (base, Stroke::new(2.0, base), palette.paper, palette.ink),
        };
        Self { fill, line, label_inside: inside, label_outside: outside }
    }
}

fn paint_bar(painter: &Painter, rect: Rect, bar: &Bar, look: &Look, status: Status) {
    let spec = &bar.spec;
    let is_told = matches!(status, Status::Reported | Status::Claimed);
    let (fade_start, fade_end) = (spec.fade_start as f32, spec.fade_end as f32);
    let core = Rect::from_min_max(
        pos2(rect.left() + fade_start, rect.top()),
        pos2((rect.right() - fade_end).max(rect.left() + fade_start), rect.bottom()),
    );
    let clip = painter.clip_rect().expand2(egui::vec2(8.0, 0.0));
    let fill = if !is_told {
        look.fill.gamma_multiply(0.35)
    } else if rect.width() < 14.0 {
        look.line.color
    } else {
        look.fill
    };
    let clear = Color32::TRANSPARENT;
    if fade_start > 0.0 {
        let part = Rect::from_min_max(rect.left_top(), core.left_bottom());
        painter.add(Shape::gradient_rect(part, Direction::LeftToRight, [clear, fill]));
    }
    if fade_end > 0.0 {
        let part = Rect::from_min_max(core.right_top(), rect.right_bottom());
        painter.add(Shape::gradient_rect(part, Direction::LeftToRight, [fill, clear]));
    }
    painter.rect_filled(core.intersect(clip), 1.5, fill);
    tail(painter, rect, spec, look);

    // Outline: solid where it is certain, dashed where it is not or where nothing is told as done.
    let edge = |from: Pos2, to: Pos2, is_certain: bool| {
        let (from, to) = (
            pos2(from.x.clamp(clip.left(), clip.right()), from.y),
            pos2(to.x.clamp(clip.left(), clip.right()), to.y),
        );
        if (from.x - to.x).abs() < 0.1 && (from.y - to.y).abs() < 0.1 {
            return;
        }
        if is_certain {
            painter.line_segment([from, to], look.line);
        } else {
            painter.extend(Shape::dashed_line(&[from, to], look.line, 3.0, 3.0));
        }
    };
    for y in [rect.top(), rect.bottom()] {
        edge(pos2(rect.left(), y), pos2(core.left(), y), false);
        edge(pos2(core.left(), y), pos2(core.right(), y), is_told);
        edge(pos2(core.right(), y), pos2(rect.right(), y), false);
    }
    if fade_start <= 0.0 && spec.tail_start <= 0.0 && rect.left() >= clip.left() {
        edge(rect.left_top(), rect.left_bottom(), is_told);
    }
    if fade_end <= 0.0 && spec.tail_end <= 0.0 && rect.right() <= clip.right() {
        edge(rect.right_top(), rect.right_bottom(), is_told);
    }
}

/// An open end: a fading stem with an arrow head that points on.
fn tail(painter: &Painter, rect: Rect, spec: &BarSpec, look: &Look) {
    let clear = Color32::TRANSPARENT;
    let y = rect.center().y;
    let half = BAR_HEIGHT * 0.22;
    for (length, from, sign) in
        [(spec.tail_start as f32, rect.left(), -1.0), (spec.tail_end as f32, rect.right(), 1.0)]
    {
        if length <= 0.0 {
            continue;
        }
        let tip = from + sign * length;
        let stem = Rect::from_two_pos(pos2(from, y - half), pos2(tip - sign * 4.0, y + half));
        let colors = if sign > 0.0 { [look.line.color, clear] } else { [clear, look.line.color] };
        painter.add(Shape::gradient_rect(stem, Direction::LeftToRight, colors));
        painter.line(
            vec![pos2(tip - sign * 4.0, y - 4.0), pos2(tip, y), pos2(tip - sign * 4.0, y + 4.0)],
            Stroke::new(1.5, look.line.color),
        );
    }
}

/// Counts per calendar unit of at least 26 pixels.
fn blocks(rows: &Rows, visible: DaySpan, px_per_day: f64) -> Vec<Block> {
    let unit = TickLevel::at_least(26.0, px_per_day);
    let mut blocks = Vec::new();
    let mut span = unit.unit_around(visible.first);
    while span.first <= visible.last {
        let n_events = rows.n_overlapping(span);
        if n_events > 0 {
            blocks.push(Block { span, n_events });
        }
        span = unit.unit_around(span.last + 1);
    }
    blocks
}

fn show_blocks(
    ui: &Ui,
    painter: &Painter,
    cx: &PanelContext<'_>,
    blocks: &[Block],
    axis: &Axis,
    rect: Rect,
    out: &mut LanesResponse,
) {
    let most = blocks.iter().map(|b| b.n_events).max().unwrap_or(1) as f32;
    let room = rect.height() - 24.0;
    for block in blocks {
        let height = (block.n_events as f32 / most * room).max(3.0);
        let x = axis.x_of_span(block.span);
        let drawn = Rect::from_min_max(
            pos2(x.min + 1.0, rect.bottom() - 4.0 - height),
            pos2(x.max - 1.0, rect.bottom() - 4.0),
        );
        let column = Rect::from_x_y_ranges(x, rect.y_range()).intersect(rect);
        let response = ui.interact(column, ui.scope_id().with(("block", block.span.first)), Sense::click());
        let name = format!("{}: {}, zoom in", span_words(block.span), count_words(block.n_events, "event"));
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        let is_strong = response.hovered() || response.has_focus();
        let in_window = cx.view.window.is_none_or(|window| window.overlaps(block.span));
        let share = if is_strong {
            0.7
        } else if in_window {
            0.42
        } else {
            0.16
        };
        painter.rect_filled(drawn, 2.0, cx.palette.panel.lerp_to_gamma(cx.palette.time, share));
        let ink = if in_window { cx.palette.ink_soft } else { cx.palette.ink_faint };
        let galley = painter.layout_no_wrap(block.n_events.to_string(), label_font(), ink);
        if galley.size().x < drawn.width() - 2.0 {
            let pos = pos2(drawn.center().x - galley.size().x / 2.0, drawn.top() - galley.size().y - 1.0);
            painter.galley(pos, galley, ink);
        }
        if response.clicked() {
            out.zoom_to = Some(block.span);
        }
        response.on_hover_text(name);
    }
}
