//! Areas and lines of the map: where their name goes, how near a position is to them, and the soft
//! shape of a region without an outline.

use geo::{Contains, LineString, MultiPolygon, Polygon, Simplify};

use super::LonLat;
use super::mercator::{WorldPos, project};

/// A ring or line of travel in the square world.
pub type WorldLine = Vec<WorldPos>;

/// The rings of an area, holes too, in the square world.
pub fn world_rings(area: &MultiPolygon<f64>) -> Vec<WorldLine> {
    area.iter()
        .flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()))
        .map(|ring| ring.coords().map(|c| project(LonLat { lon: c.x, lat: c.y })).collect())
        .collect()
}

/// A line with no point that would move it by less than `tolerance` (square-world units);
/// Ramer–Douglas–Peucker.
pub fn simplified(line: &[WorldPos], tolerance: f64) -> WorldLine {
    let line: LineString<f64> = line.iter().map(|p| (p.x, p.y)).collect();
    line.simplify(tolerance).coords().map(|c| WorldPos { x: c.x, y: c.y }).collect()
}

/// Where the name of an area goes: inside its largest part, as far from the edge as a coarse grid
/// finds. (A centroid may lie outside: Croatia's does.)
pub fn label_position(area: &MultiPolygon<f64>) -> Option<LonLat> {
    const STEPS: u32 = 20;
    let part = area.iter().max_by(|a, b| extent(a).total_cmp(&extent(b)))?;
    let (west, south, east, north) = bounding_box(part)?;
    let at = |i: u32, low: f64, high: f64| low + (high - low) * (f64::from(i) + 0.5) / f64::from(STEPS);
    let stretch = f64::midpoint(south, north).to_radians().cos().max(0.05);
    (0..STEPS)
        .flat_map(|i| (0..STEPS).map(move |j| (i, j)))
        .map(|(i, j)| geo::Point::new(at(i, west, east), at(j, south, north)))
        .filter(|p| part.contains(p))
        .map(|p| {
            let edge = part
                .exterior()
                .lines()
                .map(|l| {
                    let (a, b) = (l.start, l.end);
                    segment_distance((p.x() * stretch, p.y()), (a.x * stretch, a.y), (b.x * stretch, b.y))
                })
                .fold(f64::INFINITY, f64::min);
            (p, edge)
        })
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(p, _)| LonLat { lon: p.x(), lat: p.y() })
}

/// Is the position within the area?
pub fn contains(area: &MultiPolygon<f64>, p: LonLat) -> bool {
    area.contains(&geo::Point::new(p.lon, p.lat))
}

/// The middle of a line of travel by its length.
pub fn middle(line: &[WorldPos]) -> Option<WorldPos> {
    let length = |w: &[WorldPos]| match w {
        [a, b] => (a.x - b.x).hypot(a.y - b.y),
        _ => 0.0,
    };
    let half = line.windows(2).map(length).sum::<f64>() / 2.0;
    let mut walked = 0.0;
    for pair in line.windows(2) {
        let step = length(pair);
        if walked + step >= half && step > 0.0 {
            let t = (half - walked) / step;
            let [a, b] = pair else { continue };
            return Some(WorldPos { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t });
        }
        walked += step;
    }
    line.first().copied()
}

/// How far a position is from a line, in square-world units.
pub fn distance_to_line(line: &[WorldPos], p: WorldPos) -> f64 {
    line.windows(2)
        .filter_map(|w| match w {
            [a, b] => Some(segment_distance((p.x, p.y), (a.x, a.y), (b.x, b.y))),
            _ => None,
        })
        .fold(f64::INFINITY, f64::min)
}

fn segment_distance(p: (f64, f64), a: (f64, f64), b: (f64, f64)) -> f64 {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let length_squared = dx * dx + dy * dy;
    let t = if length_squared > 0.0 {
        (((p.0 - a.0) * dx + (p.1 - a.1) * dy) / length_squared).clamp(0.0, 1.0)
    } else {
        0.0
    };
    (p.0 - a.0 - dx * t).hypot(p.1 - a.1 - dy * t)
}

fn bounding_box(part: &Polygon<f64>) -> Option<(f64, f64, f64, f64)> {
    part.exterior().coords().fold(None, |b, c| {
        let (w, s, e, n) = b.unwrap_or((c.x, c.y, c.x, c.y));
        Some((w.min(c.x), s.min(c.y), e.max(c.x), n.max(c.y)))
    })
}

fn extent(part: &Polygon<f64>) -> f64 {
    bounding_box(part).map_or(0.0, |(w, s, e, n)| (e - w) * (n - s))
}

/// The shape of a vague region as a small picture of opacities that fade towards the edge: it has
/// no line that anyone could take for a border.
#[derive(Debug, Clone, PartialEq)]
pub struct SoftMask {
    pub width: usize,
    pub height: usize,
    /// Row by row from the north-west, 0 (clear) … 255.
    pub alpha: Vec<u8>,
    /// The north-west and south-east corners of the picture.
    pub min: WorldPos,
    pub max: WorldPos,
}

impl SoftMask {
    /// Longest side of the picture in pixels.
    const SIDE: usize = 128;
    /// Room around the shape for the fading, as a share of its longer side.
    const ROOM: f64 = 0.14;
    /// Passes of a box mean; three come close to a Gaussian.
    const PASSES: usize = 3;

    pub fn new(area: &MultiPolygon<f64>) -> Option<Self> {
        let rings = world_rings(area);
        let mut points = rings.iter().flatten();
        let first = *points.next()?;
        let (mut min, mut max) = (first, first);
        for p in points {
            min = WorldPos { x: min.x.min(p.x), y: min.y.min(p.y) };
            max = WorldPos { x: max.x.max(p.x), y: max.y.max(p.y) };
        }
        let longer = (max.x - min.x).max(max.y - min.y);
        if !longer.is_finite() || longer <= 0.0 {
            return None;
        }
        let room = longer * Self::ROOM;
        let (min, max) =
            (WorldPos { x: min.x - room, y: min.y - room }, WorldPos { x: max.x + room, y: max.y + room });
        let px = (longer + 2.0 * room) / Self::SIDE as f64;
        let side = |size: f64| ((size / px).round() as usize).clamp(2, Self::SIDE);
        let (width, height) = (side(max.x - min.x), side(max.y - min.y));
        let mut cover = vec![0.0f32; width * height];
        for (row, line) in cover.chunks_mut(width).enumerate() {
            let y = min.y + (row as f64 + 0.5) / height as f64 * (max.y - min.y);
            fill_row(line, &rings, y, min.x, (max.x - min.x) / width as f64);
        }
        let radius = (Self::SIDE as f64 * Self::ROOM / 3.2) as usize;
        for _ in 0..Self::PASSES {
            cover = transposed(&box_mean(&cover, width, radius), width);
            cover = transposed(&box_mean(&cover, height, radius), height);
        }
        let alpha = cover.into_iter().map(|c| (c.clamp(0.0, 1.0) * 255.0).round() as u8).collect();
        Some(Self { width, height, alpha, min, max })
    }
}

/// Even-odd fill of one row of pixel centres.
fn fill_row(line: &mut [f32], rings: &[WorldLine], y: f64, left: f64, px: f64) {
    let mut crossings: Vec<f64> = rings
        .iter()
        .flat_map(|ring| ring.iter().zip(ring.iter().cycle().skip(1)))
        .filter(|(a, b)| (a.y <= y) != (b.y <= y))
        .map(|(a, b)| a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x))
        .collect();
    crossings.sort_by(f64::total_cmp);
    for pair in crossings.chunks_exact(2) {
        let &[from, to] = pair else { continue };
        for (column, value) in line.iter_mut().enumerate() {
            let x = left + (column as f64 + 0.5) * px;
            if from <= x && x < to {
                *value = 1.0;
            }
        }
    }
}

/// Running mean along the rows; nothing lies beyond the picture.
fn box_mean(values: &[f32], width: usize, radius: usize) -> Vec<f32> {
    let mut out = Vec::with_capacity(values.len());
    let span = (2 * radius + 1) as f32;
    for row in values.chunks(width) {
        let at = |i: usize| row.get(i).copied().unwrap_or(0.0);
        let mut sum: f32 = (0..=radius).map(at).sum();
        for i in 0..row.len() {
            out.push(sum / span);
            sum += at(i + radius + 1) - i.checked_sub(radius).map_or(0.0, at);
        }
    }
    out
}

fn transposed(values: &[f32], width: usize) -> Vec<f32> {
    let height = values.len() / width.max(1);
    (0..width)
        .flat_map(|x| (0..height).map(move |y| (x, y)))
        .map(|(x, y)| values.get(y * width + x).copied().unwrap_or(0.0))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{Area as _, polygon};

    fn horseshoe() -> MultiPolygon<f64> {
        polygon![
            (x: 0.0, y: 0.0), (x: 9.0, y: 0.0), (x: 9.0, y: 3.0), (x: 2.0, y: 3.0),
            (x: 2.0, y: 6.0), (x: 9.0, y: 6.0), (x: 9.0, y: 7.0), (x: 0.0, y: 7.0),
        ]
        .into()
    }

    #[test]
    fn a_name_is_put_inside_and_away_from_the_edge() {
        let area = horseshoe();
        let p = label_position(&area).unwrap();
        assert!(contains(&area, p), "{p:?}");
        let edge = distance_to_line(&world_rings(&area)[0], project(p)) * 360.0;
        assert!(edge > 0.9, "only {edge}° from the edge");
        assert_eq!(label_position(&MultiPolygon::new(vec![])), None);
    }

    #[test]
    fn the_middle_of_a_road_is_half_way_along_it() {
        let p = |x: f64, y: f64| WorldPos { x, y };
        assert_eq!(middle(&[p(0.0, 0.0), p(0.1, 0.0), p(0.4, 0.0)]), Some(p(0.2, 0.0)));
        assert_eq!(middle(&[p(0.3, 0.1)]), Some(p(0.3, 0.1)));
        assert_eq!(middle(&[]), None);
    }

    #[test]
    fn distance_is_to_the_segment_not_to_its_ends() {
        let line = [WorldPos { x: 0.0, y: 0.0 }, WorldPos { x: 1.0, y: 0.0 }];
        for (x, y, distance) in [(0.5, 0.2, 0.2), (2.0, 0.0, 1.0), (-3.0, 4.0, 5.0)] {
            assert!((distance_to_line(&line, WorldPos { x, y }) - distance).abs() < 1e-12);
        }
    }

    #[test]
    fn a_soft_mask_is_full_inside_clear_outside_and_has_no_step() {
        let square: MultiPolygon<f64> =
            polygon![(x: 40.0, y: 38.0), (x: 50.0, y: 38.0), (x: 50.0, y: 44.0), (x: 40.0, y: 44.0)].into();
        assert!(square.unsigned_area() > 0.0);
        let mask = SoftMask::new(&square).unwrap();
        let at = |x: usize, y: usize| i32::from(mask.alpha[y * mask.width + x]);
        assert_eq!(mask.alpha.len(), mask.width * mask.height);
        assert!(at(mask.width / 2, mask.height / 2) > 250);
        assert!(at(0, 0) < 3 && at(mask.width - 1, mask.height - 1) < 3);
        for y in 0..mask.height {
            for x in 1..mask.width {
                assert!((at(x, y) - at(x - 1, y)).abs() < 24, "a hard edge at {x}, {y}");
            }
        }
    }

    #[test]
    fn a_point_like_area_has_no_mask() {
        let nothing: MultiPolygon<f64> = polygon![(x: 1.0, y: 1.0), (x: 1.0, y: 1.0)].into();
        assert_eq!(SoftMask::new(&nothing), None);
    }

    #[test]
    fn simplifying_keeps_the_ends() {
        let line: WorldLine = (0..100).map(|i| WorldPos { x: f64::from(i) / 100.0, y: 0.0 }).collect();
        assert_eq!(simplified(&line, 1e-6), vec![line[0], line[99]]);
    }
}
