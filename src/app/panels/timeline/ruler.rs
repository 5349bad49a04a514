//! The calendar ruler: units below, the larger units they belong to above.

use egui::{Align2, Painter, Rangef, Rect, Stroke, pos2};

use super::axis::Axis;
use super::calendar::Unit;
use super::words;
use crate::app::theme::{Palette, sans, size};
use crate::time::{CivilDate, DaySpan};

pub fn paint(painter: &Painter, rect: Rect, lanes: Rect, axis: &Axis, palette: &Palette) {
    let painter = painter.with_clip_rect(painter.clip_rect().intersect(rect.union(lanes)));
    let unit = Unit::at_least(38.0, axis.scale.px_per_day);
    let mut cell = unit.around(axis.visible().first);
    let middle = rect.center().y;
    for _ in 0..400 {
        let x = axis.x_of_span(cell);
        if x.min > rect.right() {
            break;
        }
        painter.vline(x.min, Rangef::new(middle, lanes.bottom()), Stroke::new(1.0, palette.hairline));
        painter.text(
            pos2(x.min + 4.0, middle + 1.0),
            Align2::LEFT_TOP,
            label(unit, cell),
            sans(size::CAPTION),
            palette.ink_soft,
        );
        cell = unit.around(cell.last + 1);
    }
}

fn label(unit: Unit, cell: DaySpan) -> String {
    let date = CivilDate::from_day(cell.first);
    match unit {
        Unit::Day => date.day.to_string(),
        Unit::Month => words::month(date.month).to_owned(),
        Unit::Years(_) => words::year(date.year),
    }
}
