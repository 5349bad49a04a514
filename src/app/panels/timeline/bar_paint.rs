//! How one bar is painted: its strength, its colours, its certain and uncertain parts.

use egui::{Color32, Direction, Painter, Pos2, Rect, Shape, Stroke, pos2};

use super::lanes::{Bar, BarSpec};
use crate::app::panels::PanelContext;
use crate::store::{Event, Status};

pub const BAR_HEIGHT: f32 = 13.0;

/// How strongly a bar is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    Faded,
    Normal,
    Named,
    Hovered,
    Selected,
}

/// The colours of one bar.
pub struct Look {
    pub fill: Color32,
    /// Fills a bar too narrow for a fill and an outline.
    pub solid: Color32,
    pub line: Stroke,
    pub label_inside: Color32,
    pub label_outside: Color32,
}

impl Look {
    pub fn of(cx: &PanelContext<'_>, event: &Event, strength: Strength) -> Self {
        let palette = cx.palette;
        let base = palette.source(event.source, palette.time, cx.store.sources().len());
        let mix = |share: f32| palette.panel.lerp_to_gamma(base, share);
        let (fill, line, inside, outside) = match strength {
            Strength::Faded => (mix(0.12), Stroke::new(1.0, mix(0.38)), palette.ink_faint, palette.ink_faint),
            Strength::Normal => (mix(0.32), Stroke::new(1.0, mix(0.9)), palette.ink, palette.ink_soft),
            Strength::Named => (mix(0.45), Stroke::new(1.5, mix(0.95)), palette.ink, palette.ink),
            Strength::Hovered => (mix(0.55), Stroke::new(1.5, base), palette.ink, palette.ink),
            Strength::Selected => (base, Stroke::new(2.0, palette.ink), palette.paper, palette.ink),
        };
        let solid = match strength {
            Strength::Selected => base,
            _ => line.color,
        };
        Self { fill, solid, line, label_inside: inside, label_outside: outside }
    }
}

pub fn paint_bar(painter: &Painter, rect: Rect, bar: &Bar, look: &Look, status: Status) {
    let spec = &bar.spec;
    let is_told = status.is_told_as_fact();
    let (fade_start, fade_end) = (spec.fade_start as f32, spec.fade_end as f32);
    let core = Rect::from_min_max(
        pos2(rect.left() + fade_start, rect.top()),
        pos2((rect.right() - fade_end).max(rect.left() + fade_start), rect.bottom()),
    );
    let clip = painter.clip_rect().expand2(egui::vec2(8.0, 0.0));
    let fill = if !is_told {
        look.fill.gamma_multiply(0.35)
    } else if rect.width() < 14.0 {
        look.solid
    } else {
        look.fill
    };
    let clear = fill.gamma_multiply(0.1);
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
