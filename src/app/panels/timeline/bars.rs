//! Bars on the screen: the cached layout of what is in sight, and one loop that paints it.

use egui::{Color32, FontId, Painter, Rangef, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::axis::Axis;
use super::bar_paint::{BAR_HEIGHT, Look, Strength, paint_bar};
use super::density::{self, Block};
use super::lanes::{self, Bar, BarSpec, Label, LaneLayout};
use super::related::{Related, Relation};
use super::rows::{Row, Rows};
use super::{card, chips};
use crate::app::panels::PanelContext;
use crate::app::theme::{Palette, sans, size};
use crate::app::words;
use crate::state::Command;
use crate::store::{Event, EventIx, EventStore};
use crate::time::{Day, DaySpan};
use crate::view::Target;

const LANE_PITCH: f32 = 20.0;
const TOP_MARGIN: f32 = 4.0;
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

#[derive(Debug, Clone, Copy, PartialEq)]
struct Key {
    px_per_day: f64,
    n_lanes: usize,
    /// How many lanes are left where the bottom row holds chips.
    n_beside_chips: usize,
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
    selected: Related,
    hovered: Related,
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
        let lanes_in = |height: f32| ((height - TOP_MARGIN) / LANE_PITCH).floor().max(0.0) as usize;
        let n_beside_chips = lanes_in(height - chips::ROW_HEIGHT).max(1);
        // Chips of open ends can turn up wherever the axis is moved: their row is kept free.
        let n_lanes = if rows.has_open_ends() { n_beside_chips } else { lanes_in(height).max(1) };
        let key = Key { px_per_day: axis.scale.px_per_day, n_lanes, n_beside_chips, rows_serial };
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
            let blocks = density::blocks(rows, visible, axis.scale.px_per_day);
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
        self.cached = Some((key, covered, Content::Bars(lanes::pack(&specs, n_lanes, n_beside_chips))));
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
        self.selected.refresh(cx.store, cx.view.selection);
        self.hovered.refresh(cx.store, cx.view.hover);
        let needs_row = rows.has_open_ends();
        let painter = ui.painter_at(rect);
        let mut response = LanesResponse::default();
        let row = rect.with_min_y((rect.bottom() - chips::ROW_HEIGHT).max(rect.top()));
        let n_open = if needs_row { chips::open_ended(cx, rows, axis) } else { 0 };
        match &self.cached {
            Some((_, _, Content::Bars(layout))) => {
                let origin = axis.x(self.anchor as f64);
                let place = BarPlace { rect, origin, selected: &self.selected, hovered: &self.hovered };
                for bar in &layout.bars {
                    place.show_bar(ui, &painter, cx, bar, &mut response);
                }
                if let Some(Target::Event(event)) = cx.view.selection
                    && let Some(bar) = layout.bars.iter().find(|bar| bar.spec.event == event)
                {
                    place.paint_whole_label(&painter, cx, bar);
                }
                let markers = layout.more.iter().map(|more| (place.x(more.x), more.clone()));
                chips::show_row(ui, cx, axis, row, n_open, markers, &mut response);
            }
            Some((_, _, Content::Blocks(blocks))) => {
                let blocks_rect = rect.with_max_y(if needs_row { row.top() } else { rect.bottom() });
                density::show(ui, &painter, cx, blocks, axis, blocks_rect, &mut response);
                chips::show_row(ui, cx, axis, row, n_open, std::iter::empty(), &mut response);
            }
            None => {}
        }
        response
    }
}

/// The title with a word for what is not told as a fact, and a sign for its source.
pub fn bar_label(event: &Event, n_sources: usize) -> String {
    let title = words::marked_title(event);
    if n_sources > 1 { format!("{} · {title}", Palette::source_letter(event.source)) } else { title }
}

/// Where bars are painted.
struct BarPlace<'a> {
    rect: Rect,
    /// Screen x of the layout's anchor day.
    origin: f32,
    selected: &'a Related,
    hovered: &'a Related,
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
        if self.x(bar.right()) < self.rect.left() || reach.min > self.rect.right() {
            return;
        }
        let Some(event) = cx.store.event(bar.spec.event) else { return };
        let target = Target::Event(bar.spec.event);
        let top = self.rect.top() + TOP_MARGIN + bar.lane as f32 * LANE_PITCH;
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
        let selected = self.selected.relation(cx.store, bar.spec.event, event);
        let hovered = self.hovered.relation(cx.store, bar.spec.event, event);
        let strength = match selected.max(hovered) {
            _ if selected == Relation::Itself => Strength::Selected,
            Relation::Itself => Strength::Hovered,
            _ if response.hovered() => Strength::Hovered,
            Relation::Named => Strength::Named,
            Relation::None if in_window => Strength::Normal,
            Relation::None => Strength::Faded,
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
                let left = self.x(bar.right() + lanes::LABEL_GAP_PX);
                (left, (width as f32).min(self.rect.right() - 4.0 - left), look.label_outside)
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

    /// The label of the selected bar in full, over whatever stands beside it.
    fn paint_whole_label(&self, painter: &Painter, cx: &PanelContext<'_>, bar: &Bar) {
        let is_whole = match bar.label {
            Label::None => false,
            Label::Inside => {
                bar.spec.end - bar.spec.start >= bar.spec.label_width + 2.0 * lanes::LABEL_PAD_PX
            }
            Label::After(width) => width >= bar.spec.label_width,
        };
        let Some(event) = cx.store.event(bar.spec.event).filter(|_| !is_whole) else { return };
        if self.x(bar.right()) < self.rect.left() || self.x(bar.left()) > self.rect.right() {
            return;
        }
        let text = bar_label(event, cx.store.sources().len());
        let galley = painter.layout_no_wrap(text, label_font(), cx.palette.ink);
        let plate = galley.size() + vec2(8.0, 2.0);
        let after = self.x(bar.right()) + 2.0;
        let before = self.x(bar.left()) - 2.0 - plate.x;
        let left =
            if after + plate.x > self.rect.right() { before.max(self.rect.left() + 2.0) } else { after };
        let middle = self.rect.top() + TOP_MARGIN + bar.lane as f32 * LANE_PITCH + BAR_HEIGHT / 2.0;
        let plate = Rect::from_min_size(pos2(left, middle - plate.y / 2.0), plate);
        painter.rect(
            plate,
            3.0,
            cx.palette.raised,
            Stroke::new(1.0, cx.palette.hairline),
            egui::StrokeKind::Inside,
        );
        painter.galley(plate.min + vec2(4.0, 1.0), galley, cx.palette.ink);
    }
}

fn bar_name(event: &Event, in_window: bool) -> String {
    let date = event.when.as_ref().map_or_else(String::new, |when| when.edtf.for_people());
    let status = words::aside(event.status).map_or_else(String::new, |words| format!(", {words}"));
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
    };
    painter.layout_job(job)
}
