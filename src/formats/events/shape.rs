//! Geometries of the file as shapes of places, and back.

use geo::{Coord, LineString, MultiPolygon, Polygon};
use geojson::{Geometry, GeometryValue, PolygonType, Position};

use crate::formats::Problem;
use crate::gazetteer::PlaceShape;
use crate::geo::LonLat;

/// More positions than this in one geometry are no map of places but a mistake or an attack.
const MAX_POSITIONS: usize = 1_000_000;

/// The shapes of a geometry: one for most, one for each part of a multi-point, multi-line or
/// collection. `at` is the JSON path of the geometry.
pub(super) fn shapes_of(geometry: Geometry, at: &str) -> Result<Vec<PlaceShape>, Problem> {
    let mut reader = Reader { n_left: MAX_POSITIONS };
    let mut shapes = Vec::new();
    reader.geometry(geometry, at, &mut shapes)?;
    Ok(shapes)
}

struct Reader {
    n_left: usize,
}

impl Reader {
    fn geometry(
        &mut self,
        geometry: Geometry,
        at: &str,
        shapes: &mut Vec<PlaceShape>,
    ) -> Result<(), Problem> {
        let at = format!("{at}.coordinates");
        match geometry.value {
            GeometryValue::Point { coordinates } => {
                shapes.push(PlaceShape::Point(self.position(&coordinates, || at)?));
            }
            GeometryValue::MultiPoint { coordinates } => {
                for (i, position) in coordinates.iter().enumerate() {
                    let point = self.position(position, || format!("{at}[{i}]"))?;
                    shapes.push(PlaceShape::Point(point));
                }
            }
            GeometryValue::LineString { coordinates } => shapes.push(self.line(&coordinates, &at)?),
            GeometryValue::MultiLineString { coordinates } => {
                for (i, line) in coordinates.iter().enumerate() {
                    shapes.push(self.line(line, &format!("{at}[{i}]"))?);
                }
            }
            GeometryValue::Polygon { coordinates } => {
                shapes.push(PlaceShape::Area(MultiPolygon(vec![self.polygon(&coordinates, &at)?])));
            }
            GeometryValue::MultiPolygon { coordinates } => {
                let polygons = coordinates
                    .iter()
                    .enumerate()
                    .map(|(i, polygon)| self.polygon(polygon, &format!("{at}[{i}]")))
                    .collect::<Result<Vec<_>, _>>()?;
                if polygons.is_empty() {
                    return Err(Problem::at(at, "has no polygon; leave an unknown geometry null"));
                }
                shapes.push(PlaceShape::Area(MultiPolygon(polygons)));
            }
            GeometryValue::GeometryCollection { geometries } => {
                let at = at.trim_end_matches(".coordinates");
                for (i, part) in geometries.into_iter().enumerate() {
                    self.geometry(part, &format!("{at}.geometries[{i}]"), shapes)?;
                }
            }
        }
        Ok(())
    }

    fn line(&mut self, positions: &[Position], at: &str) -> Result<PlaceShape, Problem> {
        if positions.len() < 2 {
            return Err(Problem::at(at, "is a line of fewer than 2 positions; expected at least 2"));
        }
        Ok(PlaceShape::Line(self.positions(positions, at)?))
    }

    fn polygon(&mut self, rings: &PolygonType, at: &str) -> Result<Polygon<f64>, Problem> {
        let mut lines = rings
            .iter()
            .enumerate()
            .map(|(i, ring)| self.ring(ring, &format!("{at}[{i}]")))
            .collect::<Result<Vec<_>, _>>()?
            .into_iter();
        let exterior = lines.next().ok_or_else(|| Problem::at(at, "is a polygon without an outer ring"))?;
        Ok(Polygon::new(exterior, lines.collect()))
    }

    /// A closed ring. One that misses its closing position, as some programs write it, is closed.
    fn ring(&mut self, positions: &[Position], at: &str) -> Result<LineString<f64>, Problem> {
        let mut coords: Vec<Coord<f64>> =
            self.positions(positions, at)?.iter().map(|p| Coord { x: p.lon, y: p.lat }).collect();
        if let (Some(first), Some(last)) = (coords.first().copied(), coords.last().copied())
            && (first != last || coords.len() == 3)
        {
            coords.push(first);
        }
        let n_distinct = {
            let mut distinct: Vec<_> = coords.iter().map(|c| (c.x.to_bits(), c.y.to_bits())).collect();
            distinct.sort_unstable();
            distinct.dedup();
            distinct.len()
        };
        if n_distinct < 3 {
            let reason = "is a ring of fewer than 3 different positions; expected at least 4 positions, \
                          the last the same as the first";
            return Err(Problem::at(at, reason));
        }
        Ok(LineString(coords))
    }

    fn positions(&mut self, positions: &[Position], at: &str) -> Result<Vec<LonLat>, Problem> {
        positions.iter().enumerate().map(|(i, p)| self.position(p, || format!("{at}[{i}]"))).collect()
    }

    fn position(&mut self, position: &Position, at: impl FnOnce() -> String) -> Result<LonLat, Problem> {
        let Some(n_left) = self.n_left.checked_sub(1) else {
            let reason = format!("more than {MAX_POSITIONS} positions; simplify the shape");
            return Err(Problem::at(at(), reason));
        };
        self.n_left = n_left;
        let &[lon, lat, ..] = position.as_slice() else {
            return Err(Problem::at(at(), "expected a longitude and a latitude in degrees"));
        };
        if (-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat) {
            return Ok(LonLat { lon, lat });
        }
        let advice = if (-90.0..=90.0).contains(&lon) && (-180.0..=180.0).contains(&lat) {
            ". Perhaps they are swapped: GeoJSON has the longitude first"
        } else if lon.abs() > 360.0 || lat.abs() > 360.0 {
            ". Perhaps they are metres: save the file in WGS 84 (EPSG:4326)"
        } else {
            ""
        };
        let reason = format!(
            "longitude {lon}, latitude {lat} is not on the globe; expected −180 to 180 and −90 to 90{advice}"
        );
        Err(Problem::at(at(), reason))
    }
}

/// The geometry of one shape.
pub(super) fn geometry_of(shape: &PlaceShape) -> Geometry {
    Geometry::new(match shape {
        PlaceShape::Point(p) => GeometryValue::Point { coordinates: position(p.lon, p.lat) },
        PlaceShape::Line(line) => {
            GeometryValue::LineString { coordinates: line.iter().map(|p| position(p.lon, p.lat)).collect() }
        }
        PlaceShape::Area(area) => match area.0.as_slice() {
            [polygon] => GeometryValue::Polygon { coordinates: rings(polygon) },
            polygons => GeometryValue::MultiPolygon { coordinates: polygons.iter().map(rings).collect() },
        },
    })
}

/// One geometry for the shapes of all places of an event.
pub(super) fn joined_geometry(shapes: &[&PlaceShape]) -> Option<Geometry> {
    let mut points = Vec::new();
    let mut lines = Vec::new();
    let mut polygons = Vec::new();
    for shape in shapes {
        match shape {
            PlaceShape::Point(p) => points.push(position(p.lon, p.lat)),
            PlaceShape::Line(line) => {
                lines.push(line.iter().map(|p| position(p.lon, p.lat)).collect::<Vec<_>>());
            }
            PlaceShape::Area(area) => polygons.extend(area.iter().map(rings)),
        }
    }
    let value = match (shapes, points.is_empty(), lines.is_empty(), polygons.is_empty()) {
        ([], ..) => return None,
        ([shape], ..) => return Some(geometry_of(shape)),
        (_, false, true, true) => GeometryValue::MultiPoint { coordinates: points },
        (_, true, false, true) => GeometryValue::MultiLineString { coordinates: lines },
        (_, true, true, false) => GeometryValue::MultiPolygon { coordinates: polygons },
        _ => {
            GeometryValue::GeometryCollection { geometries: shapes.iter().map(|s| geometry_of(s)).collect() }
        }
    };
    Some(Geometry::new(value))
}

fn rings(polygon: &Polygon<f64>) -> PolygonType {
    let ring = |line: &LineString<f64>| line.coords().map(|c| position(c.x, c.y)).collect();
    std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(ring).collect()
}

fn position(lon: f64, lat: f64) -> Position {
    Position::from([lon, lat])
}
