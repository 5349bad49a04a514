//! The plan of all names on the map: made when the view, the marks or the tiles change, moved along
//! while the map is dragged.

use std::collections::HashSet;

use egui::{Painter, Pos2, Rect, Vec2, pos2, vec2};

use super::labels::{LabelStyle, Placed, Wish, is_shown_at, obstacle, place};
use super::markers::{Form, Marks, Spot, radius};
use super::overlay;
use super::style::{LabelKind, MapColors};
use super::tiles::BaseLabel;
use crate::app::panels::PanelContext;
use crate::app::theme::{self, Palette};
use crate::gazetteer::Place;
use crate::geo::mercator::WorldPos;
use crate::geo::{GeoBounds, LonLat, MapViewport};
use crate::store::PlaceIx;
use crate::view::Theme;

/// Names are planned this far beyond the edge, so that dragging does not need another plan.
const BEYOND: f64 = 240.0;

/// Marks beyond this number are not named; there would be no room.
const MOST_NAMES: usize = 250;

#[derive(Debug, Clone, PartialEq)]
struct PlanKey {
    zoom: u64,
    center: (i64, i64),
    size: (u64, u64),
    marks: u64,
    labels: u64,
    strong: Vec<PlaceIx>,
    theme: Theme,
}

/// The name of a mark that is not round, which can be touched.
#[derive(Debug, Clone)]
pub struct ShapeLabel {
    /// Position in [`Marks::all`].
    pub mark: usize,
    pub rect: Rect,
}

/// All names of the map with their places, in pixels from `origin`.
#[derive(Debug, Default)]
pub struct LabelPlan {
    key: Option<PlanKey>,
    /// Laid out in every frame; another one means that egui has emptied its glyph atlas (a new theme,
    /// another text size, too many letters), into which all kept names point.
    sentinel: Option<std::sync::Arc<egui::Galley>>,
    origin: Option<WorldPos>,
    pub of_marks: Vec<Placed>,
    pub of_base: Vec<Placed>,
    pub shape_labels: Vec<ShapeLabel>,
}

/// What the plan is made from.
#[derive(Debug, Clone, Copy)]
pub struct PlanInput<'a> {
    pub cx: &'a PanelContext<'a>,
    pub viewport: &'a MapViewport,
    pub marks: &'a Marks,
    pub spots: &'a [Spot],
    /// Places whose names are shown in any case: the selected and the hovered.
    pub strong: &'a [PlaceIx],
    pub colors: &'a MapColors,
}

impl LabelPlan {
    /// Where pixels of the plan are now, in points from the map's corner.
    pub fn offset(&self, viewport: &MapViewport) -> Vec2 {
        self.origin.map_or(Vec2::ZERO, |origin| {
            let (x, y) = viewport.pos_from_world(origin);
            vec2(x as f32, y as f32)
        })
    }

    /// Makes another plan if anything it depends on has changed.
    pub fn update<'l>(
        &mut self,
        painter: &Painter,
        input: &PlanInput<'_>,
        labels_key: u64,
        base_labels: impl Iterator<Item = &'l BaseLabel>,
    ) {
        let view = input.viewport;
        let center = view.pos_from_world(WorldPos { x: 0.0, y: 0.0 });
        let key = PlanKey {
            zoom: view.zoom.to_bits(),
            center: ((center.0 / BEYOND).round() as i64, (center.1 / BEYOND).round() as i64),
            size: (view.width.to_bits(), view.height.to_bits()),
            marks: input.marks.version,
            labels: labels_key,
            strong: input.strong.to_vec(),
            theme: input.cx.view.theme,
        };
        let sentinel =
            painter.layout_no_wrap("°".to_owned(), theme::sans(theme::size::LABEL), egui::Color32::BLACK);
        let is_same_atlas =
            self.sentinel.as_ref().is_some_and(|known| std::sync::Arc::ptr_eq(known, &sentinel));
        self.sentinel = Some(sentinel);
        if is_same_atlas && self.key.as_ref() == Some(&key) {
            return;
        }
        self.key = Some(key);
        self.origin = Some(view.world_from_pos(0.0, 0.0));
        self.make(painter, input, base_labels);
    }

    fn make<'l>(
        &mut self,
        painter: &Painter,
        input: &PlanInput<'_>,
        base_labels: impl Iterator<Item = &'l BaseLabel>,
    ) {
        let mut names = Names { painter, wishes: Vec::new(), drafts: Vec::new(), unnamed: Vec::new() };
        let mut obstacles = mark_obstacles(input);
        let n_marks = {
            add_mark_names(&mut names, input);
            names.wishes.len()
        };
        add_base_names(&mut names, input, base_labels, &obstacles);

        (self.of_marks, self.of_base, self.shape_labels) = (Vec::new(), Vec::new(), Vec::new());
        let size = vec2(input.viewport.width as f32, input.viewport.height as f32);
        let view = Rect::from_min_size(Pos2::ZERO, size);
        obstacles.extend(overlay::covered(painter, input.cx, view));
        let rects = place(view.shrink(4.0), &obstacles, &names.wishes);
        for (i, (rect, draft)) in rects.into_iter().zip(names.drafts).enumerate() {
            let Some(rect) = rect else {
                names.unnamed.extend(draft.shape.map(|mark| (mark, draft.at)));
                continue;
            };
            let placed =
                Placed { rect, galley: draft.galley, color: draft.color, halo: draft.halo, dot: draft.dot };
            if i < n_marks {
                self.of_marks.push(placed);
            } else {
                self.of_base.push(placed);
            }
            if let Some(mark) = draft.shape {
                self.shape_labels.push(ShapeLabel { mark, rect });
            }
        }
        // Without its name a shape still has a handle.
        self.shape_labels
            .extend(names.unnamed.into_iter().map(|(mark, at)| ShapeLabel { mark, rect: obstacle(at, 5.0) }));
    }
}

struct Draft {
    galley: std::sync::Arc<egui::Galley>,
    color: egui::Color32,
    halo: egui::Color32,
    dot: Option<(Pos2, f32)>,
    /// The shape whose name it is.
    shape: Option<usize>,
    at: Pos2,
}

struct Names<'a> {
    painter: &'a Painter,
    wishes: Vec<Wish>,
    drafts: Vec<Draft>,
    /// Shapes whose name finds no room, and where it would be.
    unnamed: Vec<(usize, Pos2)>,
}

impl Names<'_> {
    fn add(&mut self, text: &str, style: &LabelStyle, halo: egui::Color32, wish: Wish, shape: Option<usize>) {
        let galley = style.lay_out(self.painter, text);
        self.wishes.push(Wish { size: galley.rect.size(), padding: style.padding, ..wish });
        let dot = style.dot.map(|radius| (wish.at, radius));
        self.drafts.push(Draft { galley, color: style.color, halo, dot, shape, at: wish.at });
    }
}

fn px(view: &MapViewport, at: WorldPos) -> Pos2 {
    let (x, y) = view.pos_from_world(at);
    pos2(x as f32, y as f32)
}

fn is_near(view: &MapViewport, at: Pos2) -> bool {
    let (x, y, beyond) = (f64::from(at.x), f64::from(at.y), BEYOND);
    (-beyond..view.width + beyond).contains(&x) && (-beyond..view.height + beyond).contains(&y)
}

fn mark_obstacles(input: &PlanInput<'_>) -> Vec<Rect> {
    input
        .spots
        .iter()
        .map(|s| (px(input.viewport, s.at), radius(s.n_in_window) as f32))
        .filter(|(at, _)| is_near(input.viewport, *at))
        .map(|(at, radius)| obstacle(at, radius))
        .collect()
}

fn add_mark_names(names: &mut Names<'_>, input: &PlanInput<'_>) {
    let PlanInput { cx, viewport, marks, spots, strong, colors } = *input;
    let is_strong = |i: &usize| marks.all.get(*i).is_some_and(|m| strong.contains(&m.place));
    // The selected first, then the busiest.
    let mut order: Vec<&Spot> = spots.iter().filter(|s| is_near(viewport, px(viewport, s.at))).collect();
    order
        .sort_by_key(|s| (!s.members.iter().any(is_strong), std::cmp::Reverse((s.n_in_window, s.n_visible))));
    let shapes = marks.shapes.iter().filter_map(|i| {
        let mark = marks.all.get(*i)?;
        Some((*i, mark, marks.geometry(mark.place)?, cx.store.place(mark.place)?))
    });
    let (soft_or_strong, rest): (Vec<_>, Vec<_>) = shapes.partition(|(i, ..)| is_strong(i));

    for spot in order.into_iter().take(MOST_NAMES) {
        let Some(text) = spot_name(input, spot) else { continue };
        let at = px(viewport, spot.at);
        let must = spot.members.iter().any(is_strong);
        let style = point_style(cx.palette, spot.n_in_window > 0);
        let wish = Wish {
            size: Vec2::ZERO,
            at,
            beside: Some(radius(spot.n_in_window) as f32 + if must { 4.0 } else { 1.0 }),
            must,
            padding: 0.0,
            is_roomy: false,
        };
        names.add(&text, &style, colors.halo, wish, None);
    }
    for (i, mark, geometry, place) in soft_or_strong.into_iter().chain(rest) {
        let at = px(viewport, geometry.anchor);
        if !is_near(viewport, at) {
            continue;
        }
        let is_line = matches!(geometry.form, Form::Line(_));
        let style = shape_style(cx.palette, place, mark.n_in_window > 0, is_line);
        let count = match mark.n_in_window {
            0 => String::new(),
            n => format!(" ·\u{a0}{n}"),
        };
        let text = format!("{}{count}{}", place.name, letters(cx, mark));
        // A name much larger than its area names nothing one can see.
        let room = shape_width(viewport, geometry.bounds);
        if !is_strong(&i) && room < if is_line { 30.0 } else { 46.0 } {
            names.unnamed.push((i, at));
            continue;
        }
        let wish = Wish {
            size: Vec2::ZERO,
            at,
            beside: is_line.then_some(2.0),
            must: is_strong(&i),
            padding: 0.0,
            is_roomy: !is_line,
        };
        names.add(&text, &style, colors.halo, wish, Some(i));
    }
}

/// How wide (or high, if that is more) a shape is on the screen, in points.
fn shape_width(view: &MapViewport, b: GeoBounds) -> f64 {
    let nw = view.pos_from_lon_lat(LonLat { lon: b.west, lat: b.north });
    let se = view.pos_from_lon_lat(LonLat { lon: b.east, lat: b.south });
    (se.0 - nw.0).max(se.1 - nw.1)
}

/// "A", "AB": which sources tell of a place, where there are several.
fn letters(cx: &PanelContext<'_>, mark: &super::markers::Mark) -> String {
    if cx.store.sources().len() < 2 {
        return String::new();
    }
    let letters: String = mark.sources().map(Palette::source_letter).collect();
    format!(" ·\u{a0}{letters}")
}

/// The name beside a round mark: of a cluster the two busiest places and how many more.
fn spot_name(input: &PlanInput<'_>, spot: &Spot) -> Option<String> {
    let mark = |i: &usize| input.marks.all.get(*i);
    let place = |i: &usize| Some(input.cx.store.place(mark(i)?.place)?.name.clone());
    let strong = spot.members.iter().find(|i| mark(i).is_some_and(|m| input.strong.contains(&m.place)));
    match spot.members.as_slice() {
        [] => None,
        [one] => Some(format!("{}{}", place(one)?, letters(input.cx, mark(one)?))),
        [first, second, ..] => {
            let (a, b) = match strong {
                Some(s) if s != first => (s, first),
                _ => (first, second),
            };
            let more = spot.members.len() - 2;
            let more = if more == 0 { String::new() } else { format!(" +{more}") };
            Some(format!("{}, {}{more}", shortened(&place(a)?), shortened(&place(b)?)))
        }
    }
}

/// A name short enough to stand beside another.
fn shortened(name: &str) -> String {
    const MOST: usize = 16;
    if name.chars().count() <= MOST {
        return name.to_owned();
    }
    let cut: String = name.chars().take(MOST - 1).collect();
    format!("{}…", cut.trim_end())
}

fn point_style(palette: &Palette, is_in_window: bool) -> LabelStyle {
    let (font, color) = if is_in_window {
        (theme::sans_semibold(12.5), palette.ink)
    } else {
        (theme::sans(11.5), palette.ink_faint)
    };
    LabelStyle { font, color, spacing: 0.0, is_upper: false, wrap: 230.0, padding: 1.0, dot: None }
}

fn shape_style(palette: &Palette, place: &Place, is_in_window: bool, is_line: bool) -> LabelStyle {
    let size = if is_line {
        12.5
    } else if place.soft {
        16.0
    } else {
        15.0
    };
    LabelStyle {
        font: theme::serif_italic(size),
        color: if is_in_window { palette.place } else { palette.ink_faint },
        spacing: if is_line { 0.2 } else { 0.8 },
        is_upper: false,
        wrap: 210.0,
        padding: 1.0,
        dot: None,
    }
}

fn add_base_names<'l>(
    names: &mut Names<'_>,
    input: &PlanInput<'_>,
    base_labels: impl Iterator<Item = &'l BaseLabel>,
    obstacles: &[Rect],
) {
    /// A town's mark and its dot on the basemap are this near in all archives met.
    const SAME_SPOT: f32 = 9.0;
    /// More names than this nobody reads.
    const AT_MOST: usize = 400;

    let view = input.viewport;
    let mut known: HashSet<(&str, i64, i64)> = HashSet::new();
    let mut wanted: Vec<(&BaseLabel, Pos2)> = base_labels
        .filter(|l| is_shown_at(l, view.zoom))
        .map(|l| (l, px(view, l.at)))
        .filter(|(_, at)| is_near(view, *at))
        .filter(|(l, at)| known.insert((&l.text, (at.x / 8.0) as i64, (at.y / 8.0) as i64)))
        .filter(|(l, at)| !is_marked(input, l, *at, obstacles, SAME_SPOT))
        .collect();
    wanted.sort_by_key(|(l, _)| (order_of(l.kind), l.rank));
    for (label, at) in wanted.into_iter().take(AT_MOST) {
        let style = LabelStyle::of_base(label.kind, label.rank, input.colors);
        let beside = if label.kind == LabelKind::Caption { Some(4.0) } else { style.dot };
        let wish = Wish { size: Vec2::ZERO, at, beside, must: false, padding: 0.0, is_roomy: false };
        names.add(&label.text, &style, input.colors.halo, wish, None);
    }
}

/// Has the thing that a basemap's label names a mark of its own?
fn is_marked(input: &PlanInput<'_>, label: &BaseLabel, at: Pos2, obstacles: &[Rect], near: f32) -> bool {
    /// Two towns of one name further apart than this are two towns.
    const SAME_TOWN: f32 = 90.0;
    let is_town = matches!(label.kind, LabelKind::City | LabelKind::Capital);
    if is_town && obstacles.iter().any(|r| r.expand(near).contains(at)) {
        return true;
    }
    input.marks.named(&label.text).iter().filter_map(|p| input.marks.geometry(*p)).any(|geometry| {
        if is_town && geometry.form == Form::Point {
            return px(input.viewport, geometry.anchor).distance(at) < SAME_TOWN;
        }
        !is_town && geometry.form != Form::Point
    })
}

fn order_of(kind: LabelKind) -> u8 {
    match kind {
        LabelKind::Country => 0,
        LabelKind::Sea => 1,
        LabelKind::Capital => 2,
        LabelKind::Lake => 3,
        LabelKind::City => 4,
        LabelKind::Caption => 5,
        LabelKind::Province => 6,
        LabelKind::River => 7,
    }
}
