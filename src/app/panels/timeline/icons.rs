//! Signs of the control strip, painted: no font is sure to have them.

use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, pos2};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    Previous,
    Play,
    Pause,
    Next,
    /// What has been stays: bars that pile up.
    Cumulative,
    /// A line that jumps over a gap.
    SkipGaps,
}

/// Paints an icon into the middle 14 × 14 of a rectangle.
pub fn paint(painter: &Painter, rect: Rect, icon: Icon, color: Color32) {
    let at = |x: f32, y: f32| -> Pos2 { rect.center() + egui::vec2(x, y) };
    let fill = |points: Vec<Pos2>| Shape::convex_polygon(points, color, Stroke::NONE);
    let bar = |x0: f32, y0: f32, x1: f32, y1: f32| {
        Shape::rect_filled(Rect::from_two_pos(at(x0, y0), at(x1, y1)), 0.5, color)
    };
    let line = Stroke::new(1.5, color);
    match icon {
        Icon::Play => {
            painter.add(fill(vec![at(-4.0, -6.0), at(6.0, 0.0), at(-4.0, 6.0)]));
        }
        Icon::Pause => {
            painter.add(bar(-4.5, -5.5, -1.5, 5.5));
            painter.add(bar(1.5, -5.5, 4.5, 5.5));
        }
        Icon::Previous => {
            painter.add(fill(vec![at(5.0, -5.0), at(5.0, 5.0), at(-3.0, 0.0)]));
            painter.add(bar(-5.0, -5.0, -3.2, 5.0));
        }
        Icon::Next => {
            painter.add(fill(vec![at(-5.0, -5.0), at(3.0, 0.0), at(-5.0, 5.0)]));
            painter.add(bar(3.2, -5.0, 5.0, 5.0));
        }
        Icon::Cumulative => {
            painter.add(bar(-6.0, 3.0, -3.2, 6.0));
            painter.add(bar(-1.4, -0.5, 1.4, 6.0));
            painter.add(bar(3.2, -5.0, 6.0, 6.0));
        }
        Icon::SkipGaps => {
            painter.add(bar(-7.0, 2.0, -3.0, 5.0));
            painter.add(bar(3.0, 2.0, 7.0, 5.0));
            let arc: Vec<Pos2> = (0..=10_u8)
                .map(|step| {
                    let angle = std::f32::consts::PI * f32::from(step) / 10.0;
                    pos2(rect.center().x - 4.5 * angle.cos(), rect.center().y - 0.5 - 4.5 * angle.sin())
                })
                .collect();
            painter.add(Shape::line(arc, line));
        }
    }
}
