//! The calendar ruler: units below, the larger units they belong to above.

use std::sync::Arc;

use egui::{Color32, Galley, Painter, Rangef, Stroke, Ui, pos2};

use super::window::{Marks, Stage};
use crate::app::panels::PanelContext;
use crate::app::theme::{sans, sans_semibold, size};
use crate::time::scale::TimeScale;
use crate::time::ticks::{RulerTicks, Tick, ruler_ticks};

/// From a tick to the label that begins at it.
const LABEL_GAP: f32 = 4.0;

/// The ticks of the last scale.
#[derive(Debug, Default)]
pub struct Ruler {
    cached: Option<(TimeScale, f32, RulerTicks)>,
}

impl Ruler {
    pub fn show(&mut self, ui: &Ui, cx: &PanelContext<'_>, stage: &Stage, marks: &Marks) {
        let axis = &stage.axis;
        let key = (axis.scale, axis.width());
        if self.cached.as_ref().is_none_or(|(scale, width, _)| (*scale, *width) != key) {
            let label_px = |label: &str| f64::from(galley(ui.painter(), label, false).size().x);
            let ticks = ruler_ticks(&axis.scale, f64::from(axis.width()), label_px);
            self.cached = Some((axis.scale, axis.width(), ticks));
        }
        let Some((_, _, ticks)) = &self.cached else { return };
        paint(&ui.painter_at(stage.ruler.union(stage.lanes)), cx, ticks, stage, marks);
    }
}

fn galley(painter: &Painter, label: &str, is_context: bool) -> Arc<Galley> {
    let font = if is_context { sans_semibold(size::CAPTION) } else { sans(size::CAPTION) };
    painter.layout_no_wrap(label.to_owned(), font, Color32::PLACEHOLDER)
}

fn paint(painter: &Painter, cx: &PanelContext<'_>, ticks: &RulerTicks, stage: &Stage, marks: &Marks) {
    let Stage { axis, ruler, lanes, .. } = *stage;
    let palette = cx.palette;
    let x_of = |tick: &Tick| painter.round_to_pixel_center(axis.x(tick.span.first as f64));
    let middle = ruler.center().y;
    let hairline = Stroke::new(1.0, palette.hairline);
    let strong = Stroke::new(1.0, palette.ink_faint.gamma_multiply(0.55));
    for tick in &ticks.fine {
        painter.vline(x_of(tick), Rangef::new(ruler.bottom() - 4.0, ruler.bottom()), hairline);
    }
    let through_lanes = Stroke::new(1.0, palette.hairline.gamma_multiply(0.65));
    for tick in &ticks.minor {
        let x = x_of(tick);
        painter.vline(x, Rangef::new(middle + 2.0, ruler.bottom()), hairline);
        painter.vline(x, lanes.y_range(), through_lanes);
        let galley = galley(painter, &tick.label, false);
        // Cut off at the edge a label would say something else.
        let seen_from = x.max(ruler.left());
        if galley.size().x + 2.0 * LABEL_GAP > axis.x_of_span(tick.span).max - seen_from {
            continue;
        }
        let x = seen_from;
        let y = f32::midpoint(middle, ruler.bottom()) - galley.size().y / 2.0;
        painter.galley(pos2(x + LABEL_GAP, y), galley, palette.ink_soft);
    }
    for tick in &ticks.major {
        let x = x_of(tick);
        painter.vline(x, ruler.y_range(), strong);
        painter.vline(x, lanes.y_range(), Stroke::new(1.0, palette.ink_faint.gamma_multiply(0.3)));
        let galley = galley(painter, &tick.label, true);
        let y = f32::midpoint(ruler.top(), middle) - galley.size().y / 2.0 + 1.0;
        // The first unit begins to the left of what is seen: its name stays at the edge.
        let from = x.max(ruler.left()) + LABEL_GAP;
        let from = beside(from, galley.size().x, marks);
        if from + galley.size().x <= axis.x_of_span(tick.span).max.min(ruler.right()) {
            painter.galley(pos2(from, y), galley, palette.ink);
        }
    }
    painter.hline(ruler.x_range(), ruler.bottom(), hairline);
}

/// Where a label of some width stands free of handles and flag: at `from` or the next place after.
fn beside(from: f32, width: f32, marks: &Marks) -> f32 {
    let mut taken: Vec<Rangef> = marks.taken().collect();
    taken.sort_by(|a, b| a.min.total_cmp(&b.min));
    taken.into_iter().fold(from, |from, mark| {
        let is_clear = mark.max + LABEL_GAP <= from || from + width + LABEL_GAP <= mark.min;
        if is_clear { from } else { mark.max + LABEL_GAP }
    })
}
