//! What is pointed at, focused or clicked on the map, as widgets with names.

use egui::{Pos2, Rect, Response, Sense, Stroke, Ui, Vec2};

use super::markers::{Form, Mark, Marks, Spot, cluster_in_words, count_in_words, radius};
use super::paint::{Emphasis, Screen};
use super::plan::ShapeLabel;
use crate::app::panels::PanelContext;
use crate::gazetteer::PlaceShape;
use crate::geo::areas::{contains, distance_to_line};
use crate::geo::mercator::{unproject, world_px};
use crate::store::PlaceIx;
use crate::view::Target;

/// Marks beyond this number are drawn but are no nodes of the AccessKit tree; the event table has
/// them all.
const MOST_NODES: usize = 300;
/// Points from a line within which it is pointed at.
const REACH: f64 = 6.0;

/// A mark that is pointed at, focused or clicked.
#[derive(Debug, Clone, PartialEq)]
pub struct Touch {
    /// Positions in [`Marks::all`].
    pub marks: Vec<usize>,
    pub at: Pos2,
    pub is_clicked: bool,
    pub is_hovered: bool,
}

impl Touch {
    /// What a widget of some marks has met with in this frame. The pointer goes before the focus.
    fn join(known: Option<Self>, response: &Response, marks: &[usize], at: Pos2) -> Option<Self> {
        let is_focused = response.has_focus() && known.is_none();
        if !(response.hovered() || response.clicked() || is_focused) {
            return known;
        }
        Some(Self {
            marks: marks.to_vec(),
            at: response.hover_pos().unwrap_or(at),
            is_clicked: response.clicked(),
            is_hovered: response.hovered(),
        })
    }
}

/// Places that other panels or this one have lit up.
#[derive(Debug, Clone, Copy)]
pub struct Lit<'a> {
    pub selected: &'a [PlaceIx],
    pub hovered: &'a [PlaceIx],
}

impl Lit<'_> {
    pub fn emphasis(&self, place: PlaceIx) -> Emphasis {
        if self.selected.contains(&place) {
            Emphasis::Selected
        } else if self.hovered.contains(&place) {
            Emphasis::Hovered
        } else {
            Emphasis::None
        }
    }

    pub fn emphasis_of(&self, spot: &Spot, marks: &Marks) -> Emphasis {
        let members = spot.members.iter().filter_map(|i| marks.all.get(*i));
        members.map(|m| self.emphasis(m.place)).max().unwrap_or(Emphasis::None)
    }
}

/// Round marks: in an order that does not change with what is lit, so that Tab goes on from a mark
/// that was just chosen.
pub fn of_spots(
    ui: &mut Ui,
    cx: &PanelContext<'_>,
    marks: &Marks,
    screen: &Screen<'_>,
    spots: &[Spot],
    lit: &Lit<'_>,
) -> Option<Touch> {
    let mut order: Vec<&Spot> = spots.iter().collect();
    order.sort_by_key(|s| std::cmp::Reverse((s.n_in_window, s.n_visible)));
    let mut touched = None;
    for spot in order.into_iter().take(MOST_NODES) {
        let Some(first) = spot.members.first().and_then(|i| marks.all.get(*i)) else { continue };
        let at = screen.pos(spot.at);
        let side = 2.0 * (radius(spot.n_in_window) as f32 + 2.0).max(10.0);
        let is_cluster = spot.members.len() > 1;
        let id = ui.scope_id().with((if is_cluster { "cluster" } else { "place" }, first.place));
        let response = ui.interact(Rect::from_center_size(at, Vec2::splat(side)), id, Sense::click());
        response.widget_info(|| {
            let name = if is_cluster { cluster_in_words(spot) } else { mark_in_words(cx, first) };
            let is_selected = lit.emphasis_of(spot, marks) == Emphasis::Selected;
            egui::WidgetInfo::selected(egui::Role::Button, true, is_selected, name)
        });
        if response.has_focus() {
            let r = radius(spot.n_in_window) as f32 + 8.0;
            ui.painter().circle_stroke(at, r, Stroke::new(2.0, cx.palette.focus));
        }
        touched = Touch::join(touched, &response, &spot.members, at);
    }
    touched
}

/// Names of areas and routes are their handles.
pub fn of_names(
    ui: &mut Ui,
    cx: &PanelContext<'_>,
    marks: &Marks,
    labels: &[ShapeLabel],
    offset: Vec2,
) -> Option<Touch> {
    let mut touched = None;
    for label in labels.iter().take(MOST_NODES) {
        let rect = label.rect.translate(offset);
        let Some(mark) = marks.all.get(label.mark) else { continue };
        if !rect.intersects(ui.clip_rect()) {
            continue;
        }
        let response = ui.interact(rect, ui.scope_id().with(("place", mark.place)), Sense::click());
        response.widget_info(|| {
            let is_selected = cx.is_selected(Target::Place(mark.place));
            egui::WidgetInfo::selected(egui::Role::Button, true, is_selected, mark_in_words(cx, mark))
        });
        if response.has_focus() {
            let stroke = Stroke::new(2.0, cx.palette.focus);
            ui.painter().rect_stroke(rect.expand(3.0), 4, stroke, egui::StrokeKind::Outside);
        }
        touched = Touch::join(touched, &response, &[label.mark], rect.center_bottom());
    }
    touched
}

/// The route, outline or soft area at the pointer; small ones before large ones.
pub fn of_shapes(
    cx: &PanelContext<'_>,
    marks: &Marks,
    screen: &Screen<'_>,
    pointer: Pos2,
    is_clicked: bool,
) -> Option<Touch> {
    let world = screen.world(pointer);
    let scale = world_px(screen.viewport.zoom);
    let near = REACH / scale;
    let is_hit = |mark: &Mark| -> Option<bool> {
        Some(match &marks.geometry(mark.place)?.form {
            Form::Point => false,
            Form::Line(line) => distance_to_line(line, world) < near,
            Form::Outline(rings) => rings.iter().any(|r| distance_to_line(r, world) < near),
            Form::Soft(mask) => {
                // One that fills the view is the ground itself, not a thing on it.
                let fills_the_view = (mask.max.x - mask.min.x) * scale > 0.8 * screen.viewport.width;
                let PlaceShape::Area(area) = cx.store.place(mark.place)?.shape.as_ref()? else { return None };
                !fills_the_view && contains(area, unproject(world))
            }
        })
    };
    let hit = marks.shapes.iter().rev().find(|i| marks.all.get(**i).and_then(is_hit) == Some(true))?;
    Some(Touch { marks: vec![*hit], at: pointer, is_clicked, is_hovered: true })
}

fn mark_in_words(cx: &PanelContext<'_>, mark: &Mark) -> String {
    let name = cx.store.place(mark.place).map_or("", |p| p.name.as_str());
    format!("{name}, {}", count_in_words(mark.n_in_window, mark.n_not_facts, mark.n_visible))
}
