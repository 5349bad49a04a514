//! Draws marks: areas, routes, circles and their rings.

use std::collections::HashMap;

use egui::{
    Color32, ColorImage, Painter, Pos2, Rect, Shape, Stroke, TextureHandle, TextureOptions, Vec2, pos2, vec2,
};

use super::markers::{Form, Mark, Spot, radius};
use crate::app::panels::PanelContext;
use crate::app::theme;
use crate::gazetteer::{Place, PlaceKind};
use crate::geo::MapViewport;
use crate::geo::areas::{SoftMask, WorldLine, simplified};
use crate::geo::mercator::{WorldPos, km_per_px, project, unproject, world_px};
use crate::store::PlaceIx;

/// How much a mark stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Emphasis {
    None,
    Hovered,
    Selected,
}

/// What a mark has in the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// Nothing: its events lie outside.
    Outside,
    /// Only what is planned, hypothetical or denied: an outline, dashed.
    NoFact,
    Fact,
}

impl Presence {
    pub fn of(mark: &Mark) -> Self {
        match (mark.n_in_window, mark.n_not_facts) {
            (0, _) => Self::Outside,
            (all, not_facts) if all == not_facts => Self::NoFact,
            _ => Self::Fact,
        }
    }
}

/// A diamond reaches this much further than the circle of its count: their areas are near.
const DIAMOND: f32 = 1.2;
/// Dashes of what is not told as a fact, and the gaps between them.
const DASH: f32 = 3.5;
const GAP: f32 = 2.5;
/// Opacity of what lies outside the window.
const FADED: f32 = 0.4;
/// Width of the band along the outline of an area.
const BAND: f32 = 7.0;

/// Simplified outlines and soft tints, kept between frames.
#[derive(Default)]
pub struct ShapeCache {
    generation: u64,
    lines: HashMap<(PlaceIx, i32), Vec<WorldLine>>,
    tints: HashMap<PlaceIx, TextureHandle>,
}

impl std::fmt::Debug for ShapeCache {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ShapeCache").field("n_lines", &self.lines.len()).finish_non_exhaustive()
    }
}

impl ShapeCache {
    pub fn begin_frame(&mut self, generation: u64) {
        if self.generation != generation {
            *self = Self { generation, ..Self::default() };
        }
    }

    fn lines(&mut self, place: PlaceIx, rings: &[WorldLine], zoom: f64) -> &[WorldLine] {
        let bucket = zoom.ceil() as i32;
        self.lines.entry((place, bucket)).or_insert_with(|| {
            let tolerance = 0.6 / world_px(f64::from(bucket));
            rings.iter().map(|r| simplified(r, tolerance)).filter(|r| r.len() > 1).collect()
        })
    }

    fn tint(&mut self, place: PlaceIx, mask: &SoftMask, ctx: &egui::Context) -> egui::TextureId {
        self.tints
            .entry(place)
            .or_insert_with(|| {
                let pixels = mask.alpha.iter().map(|a| Color32::from_white_alpha(*a)).collect();
                let image = ColorImage::new([mask.width, mask.height], pixels);
                ctx.load_texture("soft area", image, TextureOptions::LINEAR)
            })
            .id()
    }
}

/// The map on the screen: where its corner is and what it shows.
#[derive(Debug, Clone, Copy)]
pub struct Screen<'a> {
    pub rect: Rect,
    pub viewport: &'a MapViewport,
    /// The viewport's centre and the world's side in pixels: worked out once a frame, as there are
    /// outlines of thousands of points.
    center: WorldPos,
    world_px: f64,
}

impl<'a> Screen<'a> {
    pub fn new(rect: Rect, viewport: &'a MapViewport) -> Self {
        Self { rect, viewport, center: project(viewport.center), world_px: world_px(viewport.zoom) }
    }

    pub fn pos(&self, at: WorldPos) -> Pos2 {
        let (x, y) = ((at.x - self.center.x) * self.world_px, (at.y - self.center.y) * self.world_px);
        self.rect.center() + vec2(x as f32, y as f32)
    }

    pub fn world(&self, pos: Pos2) -> WorldPos {
        let d = pos - self.rect.min;
        self.viewport.world_from_pos(f64::from(d.x), f64::from(d.y))
    }
}

/// The colour of a mark: its source's if it has one alone, the colour of places otherwise.
pub fn mark_color(cx: &PanelContext<'_>, mark: &Mark) -> Color32 {
    match mark.only_source() {
        Some(source) => cx.palette.source(source, cx.palette.place, cx.store.sources().len()),
        None => cx.palette.place,
    }
}

/// Draws an area or a line.
pub fn shape(
    painter: &Painter,
    screen: &Screen<'_>,
    cache: &mut ShapeCache,
    (place_ix, place, form): (PlaceIx, &Place, &Form),
    color: Color32,
    presence: Presence,
    emphasis: Emphasis,
) {
    let is_dashed = presence == Presence::NoFact;
    let strength = if presence != Presence::Outside || emphasis > Emphasis::None { 1.0 } else { FADED };
    let width = match emphasis {
        Emphasis::None => 1.1,
        Emphasis::Hovered => 2.0,
        Emphasis::Selected => 2.6,
    };
    match form {
        Form::Point => {}
        Form::Soft(mask) => {
            let texture = cache.tint(place_ix, mask, painter.ctx());
            let rect = Rect::from_two_pos(screen.pos(mask.min), screen.pos(mask.max));
            let alpha = match emphasis {
                Emphasis::None => 0.20,
                Emphasis::Hovered => 0.28,
                Emphasis::Selected => 0.36,
            };
            // A tint over the whole view would only dull it.
            let share = rect.size().max_elem() / screen.rect.size().max_elem();
            let alpha = alpha * (1.7 - share).clamp(0.3, 1.0) * if is_dashed { 0.6 } else { 1.0 };
            let uv = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            painter.image(texture, rect, uv, color.gamma_multiply(alpha * strength));
        }
        Form::Outline(rings) => {
            for ring in cache.lines(place_ix, rings, screen.viewport.zoom) {
                for run in visible_runs(screen, ring) {
                    let line = Stroke::new(width, color.gamma_multiply(0.7 * strength));
                    if is_dashed {
                        painter.extend(Shape::dashed_line(&run, line, DASH, GAP));
                        continue;
                    }
                    let band = Stroke::new(BAND + width, color.gamma_multiply(0.10 * strength));
                    painter.add(Shape::line(run.clone(), band));
                    painter.add(Shape::line(run, line));
                }
            }
        }
        Form::Line(line) => {
            for line in cache.lines(place_ix, std::slice::from_ref(line), screen.viewport.zoom) {
                for run in visible_runs(screen, line) {
                    let line_width = width + 0.9;
                    let casing = Stroke::new(line_width + 2.4, cx_casing(painter, strength));
                    painter.add(Shape::line(run.clone(), casing));
                    let stroke = Stroke::new(line_width, color.gamma_multiply(strength));
                    if is_dashed {
                        painter.extend(Shape::dashed_line(&run, stroke, DASH, GAP));
                    } else if is_approximate(place) {
                        painter.extend(Shape::dashed_line(&run, stroke, 7.0, 4.0));
                    } else {
                        painter.add(Shape::line(run, stroke));
                    }
                }
            }
        }
    }
}

/// The light under a route, so that it stands off the basemap's lines.
fn cx_casing(painter: &Painter, strength: f32) -> Color32 {
    painter.ctx().global_style().visuals.panel_fill.gamma_multiply(0.75 * strength)
}

/// Is the drawn line only near the truth?
fn is_approximate(place: &Place) -> bool {
    place.soft || place.radius_km.is_some()
}

/// The parts of a line that may be seen, in screen positions.
fn visible_runs(screen: &Screen<'_>, line: &[WorldPos]) -> Vec<Vec<Pos2>> {
    let sight = screen.rect.expand(24.0);
    let mut runs: Vec<Vec<Pos2>> = Vec::new();
    let mut is_open = false;
    let points: Vec<Pos2> = line.iter().map(|p| screen.pos(*p)).collect();
    for pair in points.windows(2) {
        let &[a, b] = pair else { continue };
        if !Rect::from_two_pos(a, b).intersects(sight) {
            is_open = false;
            continue;
        }
        match runs.last_mut() {
            Some(run) if is_open => run.push(b),
            _ => runs.push(vec![a, b]),
        }
        is_open = true;
    }
    runs
}

/// The ring within which the truth lies.
pub fn uncertainty(painter: &Painter, screen: &Screen<'_>, at: WorldPos, radius_km: f64, color: Color32) {
    const STEPS: u32 = 48;
    let px = radius_km / km_per_px(unproject(at).lat, screen.viewport.zoom);
    if px < 9.0 || px > 4.0 * screen.viewport.width {
        return;
    }
    let center = screen.pos(at);
    let points: Vec<Pos2> = (0..=STEPS)
        .map(|i| center + Vec2::angled(i as f32 / STEPS as f32 * std::f32::consts::TAU) * px as f32)
        .collect();
    painter.extend(Shape::dashed_line(&points, Stroke::new(1.0, color.gamma_multiply(0.7)), 4.0, 4.0));
}

/// Draws a round mark, or a crossing's diamond.
pub fn spot(
    painter: &Painter,
    cx: &PanelContext<'_>,
    at: Pos2,
    spot: &Spot,
    marks: &[Mark],
    emphasis: Emphasis,
) {
    let palette = cx.palette;
    let r = radius(spot.n_in_window) as f32;
    let members: Vec<&Mark> = spot.members.iter().filter_map(|i| marks.get(*i)).collect();
    let kind = match members.as_slice() {
        [one] => cx.store.place(one.place).map(|p| p.kind),
        _ => None,
    };
    let is_diamond = kind == Some(PlaceKind::Crossing);
    let colors: Vec<Color32> = sources_of(&members, cx);
    let color = match colors.as_slice() {
        [one] => *one,
        _ => palette.place,
    };
    if emphasis > Emphasis::None {
        let (width, ring) = if emphasis == Emphasis::Selected { (2.6, palette.ink) } else { (1.8, color) };
        outline(
            painter,
            at,
            r + 4.5,
            is_diamond,
            Stroke::new(width + 2.4, palette.paper.gamma_multiply(0.8)),
        );
        outline(painter, at, r + 4.5, is_diamond, Stroke::new(width, ring));
    }
    if spot.n_in_window == 0 {
        filled(painter, at, r, is_diamond, palette.paper.gamma_multiply(0.55));
        outline(painter, at, r, is_diamond, Stroke::new(1.3, color.gamma_multiply(0.6)));
        return;
    }
    if members.len() > 1 {
        outline(painter, at, r + 2.6, false, Stroke::new(1.2, color.gamma_multiply(0.85)));
    }
    filled(painter, at, r + 1.2, is_diamond, palette.paper);
    let n_facts = spot.n_in_window.saturating_sub(spot.n_not_facts);
    let core = radius(n_facts) as f32;
    if spot.n_not_facts > 0 {
        // What is planned, hypothetical or denied is an outline around the facts.
        filled(painter, at, r, is_diamond, color.gamma_multiply(0.12));
        dashed_outline(painter, at, r.max(core + 3.0), is_diamond, Stroke::new(1.6, color));
    }
    if n_facts > 0 {
        filled(painter, at, core, is_diamond, color);
        if colors.len() > 1 {
            sectors(painter, at, core, is_diamond, &colors);
        }
    }
    let (count, ink) = if n_facts > 0 { (n_facts, palette.paper) } else { (spot.n_not_facts, color) };
    if count > 1 {
        let size = if count > 999 { 9.5 } else { 11.0 };
        let text = short_count(count);
        painter.text(at, egui::Align2::CENTER_CENTER, text, theme::sans_semibold(size), ink);
    }
}

fn sources_of(members: &[&Mark], cx: &PanelContext<'_>) -> Vec<Color32> {
    let all = members.iter().fold(0, |bits, m| bits | m.sources);
    let n = cx.store.sources().len();
    let mark = Mark { place: PlaceIx(0), n_in_window: 0, n_not_facts: 0, n_visible: 0, sources: all };
    mark.sources().map(|s| cx.palette.source(s, cx.palette.place, n)).collect()
}

/// A count that fits into a circle.
fn short_count(n: u32) -> String {
    match n {
        0..1_000 => n.to_string(),
        1_000..1_000_000 => format!("{}k", n / 1_000),
        _ => format!("{}M", n / 1_000_000),
    }
}

fn diamond(at: Pos2, r: f32) -> Vec<Pos2> {
    let r = r * DIAMOND;
    [vec2(0.0, -r), vec2(r, 0.0), vec2(0.0, r), vec2(-r, 0.0)].map(|d| at + d).to_vec()
}

fn filled(painter: &Painter, at: Pos2, r: f32, is_diamond: bool, color: Color32) {
    if is_diamond {
        painter.add(Shape::convex_polygon(diamond(at, r), color, Stroke::NONE));
    } else {
        painter.circle_filled(at, r, color);
    }
}

fn outline(painter: &Painter, at: Pos2, r: f32, is_diamond: bool, stroke: Stroke) {
    if is_diamond {
        painter.add(Shape::closed_line(diamond(at, r), stroke));
    } else {
        painter.circle_stroke(at, r, stroke);
    }
}

/// The outline of what is not told as a fact.
pub fn dashed_outline(painter: &Painter, at: Pos2, r: f32, is_diamond: bool, stroke: Stroke) {
    const STEPS: usize = 36;
    let mut points = if is_diamond {
        diamond(at, r)
    } else {
        let angle = |step: usize| step as f32 / STEPS as f32 * std::f32::consts::TAU;
        (0..STEPS).map(|step| at + Vec2::angled(angle(step)) * r).collect()
    };
    points.extend(points.first().copied());
    painter.extend(Shape::dashed_line(&points, stroke, DASH, GAP));
}

/// A mark shared by several sources: a turn of it to each, clockwise from the top.
fn sectors(painter: &Painter, at: Pos2, r: f32, is_diamond: bool, colors: &[Color32]) {
    const STEPS: usize = 16;
    let turn = std::f32::consts::TAU / colors.len() as f32;
    for (i, color) in colors.iter().enumerate() {
        let from = i as f32 * turn - std::f32::consts::FRAC_PI_2;
        let arc = (0..=STEPS).map(|s| {
            let d = Vec2::angled(from + turn * s as f32 / STEPS as f32);
            // On the diamond |x| + |y| is the same everywhere.
            let reach = if is_diamond { r * DIAMOND / (d.x.abs() + d.y.abs()) } else { r };
            at + d * reach
        });
        let points: Vec<Pos2> = std::iter::once(at).chain(arc).collect();
        painter.add(Shape::convex_polygon(points, *color, Stroke::NONE));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_fit_into_circles() {
        for (n, text) in [(7, "7"), (999, "999"), (1_500, "1k"), (99_000, "99k"), (2_000_000, "2M")] {
            assert_eq!(short_count(n), text);
        }
    }

    #[test]
    fn a_line_is_cut_to_what_can_be_seen() {
        let viewport = MapViewport {
            center: crate::geo::LonLat { lon: 0.0, lat: 0.0 },
            zoom: 4.0,
            width: 400.0,
            height: 300.0,
        };
        let screen = Screen::new(Rect::from_min_size(pos2(10.0, 10.0), vec2(400.0, 300.0)), &viewport);
        let p = |x: f64, y: f64| WorldPos { x, y };
        let line = [p(0.1, 0.1), p(0.2, 0.1), p(0.49, 0.5), p(0.51, 0.5), p(0.9, 0.1), p(0.95, 0.1)];
        let runs = visible_runs(&screen, &line);
        assert_eq!(runs.iter().map(Vec::len).sum::<usize>(), 4);
    }
}
