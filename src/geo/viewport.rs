//! What part of the globe a map shows: centre, zoom level and size on the screen.

use std::collections::BTreeMap;

use super::mercator::{self, WorldPos, project, unproject, world_px};
use super::{GeoBounds, LonLat};

/// The farthest a person can zoom out: the world is 1,024 px wide.
pub const MIN_ZOOM: f64 = 2.0;
/// Beyond this a basemap of 1:10m has nothing more to tell.
pub const MAX_ZOOM: f64 = 14.0;
/// The zoom at which a single place is shown with its surroundings.
pub const PLACE_ZOOM: f64 = 8.5;

/// How much of the view may lie beyond the world's edge, as a share of the view.
const OVERSCROLL: f64 = 0.35;

/// A map's camera and its size in pixels. Zoom levels as on the web: the world is
/// 256 · 2^zoom pixels wide.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MapViewport {
    pub center: LonLat,
    pub zoom: f64,
    pub width: f64,
    pub height: f64,
}

impl MapViewport {
    /// The viewport of this size that shows a box with `margin` pixels free on every side.
    ///
    /// The world does not wrap here: a box that crosses the date line has its halves at the two
    /// edges of the map, and is shown by showing the whole width of the world.
    pub fn fit(bounds: GeoBounds, width: f64, height: f64, margin: f64) -> Self {
        let (west, east) =
            if bounds.west <= bounds.east { (bounds.west, bounds.east) } else { (-180.0, 180.0) };
        let a = project(LonLat { lon: west, lat: bounds.north });
        let b = project(LonLat { lon: east, lat: bounds.south });
        let free = |size: f64| (size - 2.0 * margin).max(size * 0.2).max(1.0);
        let zoom_for = |free: f64, extent: f64| {
            if extent <= 0.0 { f64::INFINITY } else { (free / (extent * world_px(0.0))).log2() }
        };
        let fitting = zoom_for(free(width), b.x - a.x).min(zoom_for(free(height), b.y - a.y));
        let zoom = if fitting.is_finite() { fitting.min(MAX_ZOOM - 2.0) } else { PLACE_ZOOM };
        let center = unproject(WorldPos { x: f64::midpoint(a.x, b.x), y: f64::midpoint(a.y, b.y) });
        Self { center, zoom, width, height }.clamped()
    }

    /// The nearest viewport in which a box is in sight with `margin` pixels around it. What is too
    /// large for that is in sight already if the middle of the view lies in it, else it is fitted.
    #[must_use]
    pub fn revealing(self, bounds: GeoBounds, margin: f64) -> Self {
        let (left, top) = self.pos_from_lon_lat(LonLat { lon: bounds.west, lat: bounds.north });
        let (right, bottom) = self.pos_from_lon_lat(LonLat { lon: bounds.east, lat: bounds.south });
        let (width, height) = (self.width - 2.0 * margin, self.height - 2.0 * margin);
        if bounds.west > bounds.east || right - left > width || bottom - top > height {
            let is_around_us = bounds.contains(self.center);
            return if is_around_us { self } else { Self::fit(bounds, self.width, self.height, margin) };
        }
        let into = |low: f64, high: f64, size: f64| {
            if low < margin { margin - low } else { (size - margin - high).min(0.0) }
        };
        let (dx, dy) = (into(left, right, self.width), into(top, bottom, self.height));
        if dx == 0.0 && dy == 0.0 { self } else { self.dragged(dx, dy) }
    }

    /// The nearest viewport within the limits of zoom and of the world.
    #[must_use]
    pub fn clamped(self) -> Self {
        let zoom = if self.zoom.is_finite() { self.zoom.clamp(MIN_ZOOM, MAX_ZOOM) } else { MIN_ZOOM };
        let center = project(self.center);
        let within = |at: f64, size: f64| {
            // The centre may come this near the edge of the world.
            let half = (0.5 - OVERSCROLL) * size / world_px(zoom);
            if half >= 0.5 || !at.is_finite() { 0.5 } else { at.clamp(half, 1.0 - half) }
        };
        let center =
            unproject(WorldPos { x: within(center.x, self.width), y: within(center.y, self.height) });
        Self { center, zoom, ..self }
    }

    /// Pixels from the left and top edge of the view.
    pub fn pos_from_world(&self, p: WorldPos) -> (f64, f64) {
        let center = project(self.center);
        let px = world_px(self.zoom);
        ((p.x - center.x) * px + self.width / 2.0, (p.y - center.y) * px + self.height / 2.0)
    }

    pub fn world_from_pos(&self, x: f64, y: f64) -> WorldPos {
        let center = project(self.center);
        let px = world_px(self.zoom);
        WorldPos { x: center.x + (x - self.width / 2.0) / px, y: center.y + (y - self.height / 2.0) / px }
    }

    /// Pixels from the left and top edge of the view.
    pub fn pos_from_lon_lat(&self, p: LonLat) -> (f64, f64) {
        self.pos_from_world(project(p))
    }

    pub fn lon_lat_from_pos(&self, x: f64, y: f64) -> LonLat {
        unproject(self.world_from_pos(x, y))
    }

    /// The part of the world in sight.
    pub fn bounds(&self) -> GeoBounds {
        let a = self.lon_lat_from_pos(0.0, 0.0);
        let b = self.lon_lat_from_pos(self.width, self.height);
        GeoBounds { west: a.lon.max(-180.0), south: b.lat, east: b.lon.min(180.0), north: a.lat }
    }

    /// The ground under the pixels (x, y) stays where it is.
    #[must_use]
    pub fn zoomed_about(self, levels: f64, x: f64, y: f64) -> Self {
        let fixed = self.world_from_pos(x, y);
        let zoom = (self.zoom + levels).clamp(MIN_ZOOM, MAX_ZOOM);
        let px = world_px(zoom);
        let center =
            WorldPos { x: fixed.x - (x - self.width / 2.0) / px, y: fixed.y - (y - self.height / 2.0) / px };
        Self { center: unproject(center), zoom, ..self }.clamped()
    }

    /// Moves the map by pixels, as a dragging hand does.
    #[must_use]
    pub fn dragged(self, dx: f64, dy: f64) -> Self {
        let center = self.world_from_pos(self.width / 2.0 - dx, self.height / 2.0 - dy);
        Self { center: unproject(center), ..self }.clamped()
    }

    /// The viewport a share `t` (0–1) of the way to another: a straight zoom towards the one point
    /// that is at the same pixel in both.
    #[must_use]
    pub fn toward(self, to: Self, t: f64) -> Self {
        let zoom = self.zoom + (to.zoom - self.zoom) * t;
        let (a, b) = (project(self.center), project(to.center));
        let (scale_a, scale_b) = (world_px(self.zoom), world_px(to.zoom));
        let along = |a: f64, b: f64| {
            if (self.zoom - to.zoom).abs() < 0.01 {
                return a + (b - a) * t;
            }
            let fixed = (b * scale_b - a * scale_a) / (scale_b - scale_a);
            fixed + (a - fixed) * scale_a / world_px(zoom)
        };
        Self { center: unproject(WorldPos { x: along(a.x, b.x), y: along(a.y, b.y) }), zoom, ..to }
    }

    /// How long a pixel is on the ground at the centre, in kilometres.
    pub fn km_per_px(&self) -> f64 {
        mercator::km_per_px(self.center.lat, self.zoom)
    }
}

/// The length of a scale bar: the longest of 1, 2, 5 × 10ⁿ kilometres that is at most `max_px`
/// long, with its length in pixels.
pub fn scale_bar(km_per_px: f64, max_px: f64) -> (f64, f64) {
    let max_km = km_per_px * max_px;
    let magnitude = max_km.log10().floor().exp10_safe();
    let km = [5.0, 2.0, 1.0].map(|step| step * magnitude).into_iter().find(|km| *km <= max_km);
    let km = km.unwrap_or(magnitude);
    (km, km / km_per_px)
}

trait Exp10 {
    fn exp10_safe(self) -> f64;
}

impl Exp10 for f64 {
    /// 10^self; `f64::exp10` is not stable.
    fn exp10_safe(self) -> f64 {
        10f64.powf(self)
    }
}

/// The heart of an account: the box around weighted boxes after setting aside far-off ones that
/// together weigh at most `spare` (0–1) of the whole.
///
/// A text about one valley names a meeting in a distant capital too; a first view that holds both
/// shows neither. Greedy: of the up to four boxes that reach farthest, the one goes first that
/// frees most of the world per weight; what went is left aside only if at least a third of the view
/// is won by it.
pub fn core_bounds(boxes: &[(GeoBounds, u32)], spare: f64) -> Option<GeoBounds> {
    let total: f64 = boxes.iter().map(|(_, weight)| f64::from(*weight)).sum();
    let mut left = gathered(boxes);
    let mut to_spare = total * spare;
    let mut core = union(left.iter())?;
    while let Some((i, weight)) = farthest(&left, to_spare) {
        to_spare -= weight;
        left.swap_remove(i);
        let Some(rest) = union(left.iter()) else { break };
        if area(rest) <= area(core) * 2.0 / 3.0 {
            core = rest;
        }
    }
    Some(core)
}

/// Many boxes as few: those whose middles share a cell of a grid become one.
fn gathered(boxes: &[(GeoBounds, u32)]) -> Vec<(GeoBounds, u32)> {
    const ENOUGH: usize = 256;
    const CELLS: f64 = 16.0;
    let Some(whole) = union(boxes.iter()).filter(|_| boxes.len() > ENOUGH) else { return boxes.to_vec() };
    let step = |low: f64, high: f64, at: f64| ((at - low) / (high - low).max(1e-9) * CELLS).floor() as i64;
    let mut cells: BTreeMap<(i64, i64), (GeoBounds, u32)> = BTreeMap::new();
    for (bounds, weight) in boxes {
        let p = bounds.center();
        let cell = (step(whole.west, whole.east, p.lon), step(whole.south, whole.north, p.lat));
        let known = cells.entry(cell).or_insert((*bounds, 0));
        *known = (known.0.union(*bounds), known.1.saturating_add(*weight));
    }
    cells.into_values().collect()
}

/// The box whose absence frees most per weight, with its weight, among those that may be spared.
fn farthest(boxes: &[(GeoBounds, u32)], to_spare: f64) -> Option<(usize, f64)> {
    let extreme = |key: fn(&GeoBounds) -> f64| {
        let by_key = boxes.iter().enumerate().max_by(|(_, (a, _)), (_, (b, _))| key(a).total_cmp(&key(b)));
        by_key.map(|(i, _)| i)
    };
    let whole = area(union(boxes.iter())?);
    [extreme(|b| -b.west), extreme(|b| b.east), extreme(|b| -b.south), extreme(|b| b.north)]
        .into_iter()
        .flatten()
        .filter_map(|i| {
            let weight = f64::from(boxes.get(i)?.1);
            let rest = union(boxes.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, b)| b))?;
            (weight <= to_spare).then_some((i, weight, (whole - area(rest)) / weight.max(1.0)))
        })
        .max_by(|a, b| a.2.total_cmp(&b.2))
        .map(|(i, weight, _)| (i, weight))
}

fn union<'a>(boxes: impl Iterator<Item = &'a (GeoBounds, u32)>) -> Option<GeoBounds> {
    boxes.map(|(bounds, _)| *bounds).reduce(GeoBounds::union)
}

/// Share of the square world, never zero.
fn area(b: GeoBounds) -> f64 {
    let nw = project(LonLat { lon: b.west, lat: b.north });
    let se = project(LonLat { lon: b.east, lat: b.south });
    ((se.x - nw.x).abs().max(1e-4)) * ((se.y - nw.y).abs().max(1e-4))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const KARABAKH: GeoBounds = GeoBounds { west: 46.0, south: 39.2, east: 47.4, north: 40.4 };

    fn at(lon: f64, lat: f64) -> GeoBounds {
        GeoBounds::of_point(LonLat { lon, lat })
    }

    #[test]
    fn a_fitted_box_touches_the_margin_on_its_tighter_side() {
        let view = MapViewport::fit(KARABAKH, 600.0, 380.0, 40.0);
        let (left, top) = view.pos_from_lon_lat(LonLat { lon: KARABAKH.west, lat: KARABAKH.north });
        let (right, bottom) = view.pos_from_lon_lat(LonLat { lon: KARABAKH.east, lat: KARABAKH.south });
        assert!((top - 40.0).abs() < 1e-6 && (bottom - 340.0).abs() < 1e-6, "{top}…{bottom}");
        assert!(left >= 40.0 && right <= 560.0, "{left}…{right}");
    }

    #[test]
    fn a_single_point_is_shown_with_its_surroundings() {
        let view = MapViewport::fit(at(46.75, 39.82), 600.0, 380.0, 40.0);
        assert!((view.zoom - PLACE_ZOOM).abs() < 1e-9);
        assert!((view.center.lon - 46.75).abs() < 1e-9);
    }

    #[test]
    fn a_box_across_the_date_line_is_in_sight_at_both_edges() {
        let fiji = GeoBounds { west: 177.0, south: -19.0, east: -179.0, north: -16.0 };
        let view = MapViewport::fit(fiji, 1400.0, 700.0, 20.0);
        for lon in [177.0, 180.0, -180.0, -179.0] {
            let (x, y) = view.pos_from_lon_lat(LonLat { lon, lat: -17.0 });
            assert!((0.0..=1400.0).contains(&x) && (0.0..=700.0).contains(&y), "{lon}: {x}, {y}");
        }
    }

    #[test]
    fn revealing_moves_no_more_than_needed() {
        let view = MapViewport::fit(KARABAKH, 600.0, 380.0, 40.0);
        assert_eq!(view.revealing(at(46.75, 39.82), 30.0), view, "it is in sight");
        let moved = view.revealing(at(49.87, 40.41), 30.0);
        assert!((moved.zoom - view.zoom).abs() < 1e-9);
        let (x, _) = moved.pos_from_lon_lat(LonLat { lon: 49.87, lat: 40.41 });
        assert!((x - 570.0).abs() < 1e-6, "{x}");
        let around = GeoBounds { west: 44.8, south: 38.4, east: 50.5, north: 41.9 };
        assert_eq!(view.revealing(around, 30.0), view, "we are in it");
        let france = GeoBounds { west: -5.0, south: 42.0, east: 8.0, north: 51.0 };
        assert!(view.revealing(france, 30.0).bounds().contains(france.center()));
    }

    #[test]
    fn a_tiny_view_is_no_reason_to_divide_by_nothing() {
        for (width, height) in [(0.0, 0.0), (10.0, 500.0), (60.0, 60.0)] {
            let view = MapViewport::fit(KARABAKH, width, height, 40.0);
            assert!(view.zoom.is_finite() && view.center.lon.is_finite());
        }
    }

    #[test]
    fn scale_bars_are_round() {
        for (km_per_px, km) in
            [(1.0, 100.0), (0.9, 100.0), (0.1, 10.0), (0.05, 5.0), (20.0, 2000.0), (0.004, 0.2)]
        {
            let (got, px) = scale_bar(km_per_px, 120.0);
            assert!((got - km).abs() < 1e-9 * km, "{km_per_px}: {got}");
            assert!(px <= 120.0 + 1e-9);
        }
    }

    #[test]
    fn the_core_sets_aside_a_distant_capital_but_not_half_the_story() {
        let mut boxes: Vec<_> = [(46.75, 39.82), (46.55, 39.64), (46.93, 39.99), (45.36, 41.09)]
            .map(|(lon, lat)| (at(lon, lat), 5))
            .to_vec();
        boxes.push((at(4.35, 50.85), 2));
        boxes.push((GeoBounds { west: -61.0, south: -21.0, east: 55.0, north: 51.0 }, 1));
        let core = core_bounds(&boxes, 0.2).unwrap();
        assert!(core.west > 40.0 && core.north < 45.0, "{core:?}");
        boxes.push((at(4.35, 50.85), 20));
        assert!(core_bounds(&boxes, 0.2).unwrap().west < 5.0);
        assert_eq!(core_bounds(&[], 0.2), None);
        assert_eq!(core_bounds(&[(at(1.0, 2.0), 1)], 0.2), Some(at(1.0, 2.0)));
    }

    #[test]
    fn the_core_of_many_places_is_found_by_their_cells() {
        let mut boxes: Vec<_> = (0..1000)
            .map(|i| (at(46.0 + f64::from(i % 40) / 40.0, 39.0 + f64::from(i / 40) / 25.0), 1))
            .collect();
        boxes.push((at(4.35, 50.85), 3));
        let core = core_bounds(&boxes, 0.2).unwrap();
        assert!(core.west >= 46.0 && core.east <= 47.0, "{core:?}");
        assert_eq!(gathered(&boxes).iter().map(|(_, w)| w).sum::<u32>(), 1003);
    }

    fn view() -> impl Strategy<Value = MapViewport> {
        (-170.0..170.0f64, -70.0..70.0f64, MIN_ZOOM..MAX_ZOOM).prop_map(|(lon, lat, zoom)| {
            MapViewport { center: LonLat { lon, lat }, zoom, width: 900.0, height: 600.0 }.clamped()
        })
    }

    proptest! {
        #[test]
        fn pixels_there_and_back(view in view(), x in 0.0..900.0f64, y in 0.0..600.0f64) {
            let (back_x, back_y) = view.pos_from_world(view.world_from_pos(x, y));
            prop_assert!((back_x - x).abs() < 1e-4 && (back_y - y).abs() < 1e-4);
        }

        #[test]
        fn the_ground_under_the_pointer_stays_when_zooming_in(
            view in view(), x in 0.0..900.0f64, y in 0.0..600.0f64, levels in 0.0..3.0f64
        ) {
            prop_assume!(view.zoom > 5.0 && view.center.lat.abs() < 60.0 && view.center.lon.abs() < 120.0);
            let before = view.world_from_pos(x, y);
            let after = view.zoomed_about(levels, x, y).world_from_pos(x, y);
            prop_assert!((before.x - after.x).abs() < 1e-9 && (before.y - after.y).abs() < 1e-9);
        }

        #[test]
        fn an_animation_begins_and_ends_where_it_should(a in view(), b in view()) {
            let near = |p: MapViewport, q: MapViewport| {
                (p.zoom - q.zoom).abs() < 1e-6
                    && (p.center.lon - q.center.lon).abs() < 1e-3
                    && (p.center.lat - q.center.lat).abs() < 1e-3
            };
            prop_assert!(near(a.toward(b, 0.0), a) && near(a.toward(b, 1.0), b));
        }

        #[test]
        fn nobody_gets_lost(view in view(), dx in -1e6..1e6f64, dy in -1e6..1e6f64) {
            let moved = view.dragged(dx, dy);
            let sw = moved.pos_from_world(WorldPos { x: 0.0, y: 1.0 });
            let ne = moved.pos_from_world(WorldPos { x: 1.0, y: 0.0 });
            prop_assert!(sw.0 < 900.0 && ne.0 > 0.0 && sw.1 > 0.0 && ne.1 < 600.0);
        }
    }
}
