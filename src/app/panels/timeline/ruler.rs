//! The calendar ruler: units below, the larger units they belong to above.

use std::sync::Arc;

use egui::{Color32, Galley, Painter, Rangef, Rect, Stroke, Ui, pos2};

use super::axis::Axis;
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
    pub fn show(&mut self, ui: &Ui, cx: &PanelContext<'_>, axis: &Axis, ruler: Rect, lanes: Rect) {
        let key = (axis.scale, axis.width());
        if self.cached.as_ref().is_none_or(|(scale, width, _)| (*scale, *width) != key) {
            let label_px = |label: &str| f64::from(galley(ui.painter(), label, false).size().x);
            let ticks = ruler_ticks(&axis.scale, f64::from(axis.width()), label_px);
            self.cached = Some((axis.scale, axis.width(), ticks));
        }
        let Some((_, _, ticks)) = &self.cached else { return };
        paint(&ui.painter_at(ruler.union(lanes)), cx, ticks, axis, ruler, lanes);
    }
}

fn galley(painter: &Painter, label: &str, is_context: bool) -> Arc<Galley> {
    let font = if is_context { sans_semibold(size::CAPTION) } else { sans(size::CAPTION) };
    painter.layout_no_wrap(label.to_owned(), font, Color32::PLACEHOLDER)
}

fn paint(
    painter: &Painter,
    cx: &PanelContext<'_>,
    ticks: &RulerTicks,
    axis: &Axis,
    ruler: Rect,
    lanes: Rect,
) {
    let palette = cx.palette;
    let x_of = |tick: &Tick| painter.round_to_pixel_center(axis.x(tick.span.first as f64));
    let middle = ruler.center().y;
    let hairline = Stroke::new(1.0, palette.hairline);
    let strong = Stroke::new(1.0, palette.ink_faint.gamma_multiply(0.55));
    for tick in &ticks.fine {
        painter.vline(x_of(tick), Rangef::new(ruler.bottom() - 4.0, ruler.bottom()), hairline);
    }
    for tick in &ticks.minor {
        let x = x_of(tick);
        painter.vline(x, Rangef::new(middle + 2.0, lanes.bottom()), hairline);
        let galley = galley(painter, &tick.label, false);
        let y = (middle + ruler.bottom()) / 2.0 - galley.size().y / 2.0;
        painter.galley(pos2(x + LABEL_GAP, y), galley, palette.ink_soft);
    }
    for tick in &ticks.major {
        let x = x_of(tick);
        painter.vline(x, Rangef::new(ruler.top(), lanes.bottom()), strong);
        // The first unit begins to the left of what is seen: its name stays at the edge.
        let galley = galley(painter, &tick.label, true);
        let y = (ruler.top() + middle) / 2.0 - galley.size().y / 2.0 + 1.0;
        painter.galley(pos2(x.max(ruler.left()) + LABEL_GAP, y), galley, palette.ink);
    }
    painter.hline(ruler.x_range(), ruler.bottom(), hairline);
}
