//! A place of the gazetteer as an account holds it, with its shape.

use geo::{Coord, LineString, MultiPolygon, Polygon};

use super::bytes::{Varints, u32_at};
use super::kinds::FeatureClass;
use super::layout;
use super::table::{Gazetteer, GazetteerId};
use super::{Place, PlaceShape};
use crate::geo::LonLat;

/// Corners of the circle that stands for a region without an outline.
const CIRCLE_CORNERS: u32 = 32;
const KM_PER_DEGREE: f64 = 111.2;
/// Nearer to a pole than this a circle would wrap round it.
const MAX_CIRCLE_LAT: f64 = 80.0;

impl Gazetteer {
    /// The place with its names and shape: a country its outline, a region or province a soft area as
    /// wide as it is known to be, anything else a point. Its id is `gn:GEONAMEID` or `gz:NUMBER`.
    pub fn to_place(&self, id: GazetteerId) -> Place {
        let Some(facts) = self.facts(id) else { return Place::default() };
        let geonameid = self.geonameid(id);
        let radius_km = self.radius_km(id).map(f64::from);
        let outline = self.outline(id);
        let is_area = facts.is_soft
            && matches!(
                facts.class(),
                FeatureClass::Administrative
                    | FeatureClass::Area
                    | FeatureClass::Terrain
                    | FeatureClass::Water
            );
        let (shape, soft, radius_km) = match (outline, radius_km) {
            (Some(outline), _) => (PlaceShape::Area(outline), false, None),
            (None, Some(radius)) if is_area && facts.lon_lat.lat.abs() < MAX_CIRCLE_LAT => {
                (PlaceShape::Area(circle(facts.lon_lat, radius)), true, None)
            }
            (None, radius) => (PlaceShape::Point(facts.lon_lat), false, radius),
        };
        Place {
            id: geonameid.map_or_else(|| format!("gz:{}", id.0), |number| format!("gn:{number}")),
            name: self.name(id).to_owned(),
            names: self.names(id).map(str::to_owned).collect(),
            kind: facts.kind(),
            shape: Some(shape),
            soft,
            radius_km,
            iso: if facts.is_country() {
                self.country(facts.country).map(|country| country.iso2.to_owned()).unwrap_or_default()
            } else {
                String::new()
            },
            geonameid: geonameid.map(u64::from),
            source: self.source(id).to_owned(),
            note: self.note(id).to_owned(),
        }
    }

    /// The outline of a country, if the gazetteer has one.
    pub fn outline(&self, id: GazetteerId) -> Option<MultiPolygon<f64>> {
        let start = u32_at(self.outlines.find(id.0)?, 3)? as usize;
        let mut numbers = Varints::new(self.rings.get(start..)?);
        let polygons = (0..numbers.unsigned()?).map(|_| polygon(&mut numbers)).collect::<Option<Vec<_>>>()?;
        (!polygons.is_empty()).then_some(MultiPolygon(polygons))
    }
}

fn polygon(numbers: &mut Varints) -> Option<Polygon<f64>> {
    let n_rings = numbers.unsigned()?;
    let (mut x, mut y) = (0_i32, 0_i32);
    let mut rings = Vec::new();
    for _ in 0..n_rings {
        let n_points = numbers.unsigned()?;
        let mut ring = Vec::new();
        for _ in 0..n_points {
            x = x.wrapping_add(numbers.signed()?);
            y = y.wrapping_add(numbers.signed()?);
            ring.push(Coord {
                x: f64::from(x) / layout::OUTLINE_UNITS,
                y: f64::from(y) / layout::OUTLINE_UNITS,
            });
        }
        rings.push(LineString(ring));
    }
    let mut rings = rings.into_iter();
    Some(Polygon::new(rings.next()?, rings.collect()))
}

/// A circle on the globe, as corners; longitudes stay within ±180°.
fn circle(centre: LonLat, radius_km: f64) -> MultiPolygon<f64> {
    let high = radius_km / KM_PER_DEGREE;
    let wide = high / centre.lat.to_radians().cos().max(0.1);
    let corner = |i: u32| {
        let turn = std::f64::consts::TAU * f64::from(i) / f64::from(CIRCLE_CORNERS);
        Coord {
            x: rounded((centre.lon + wide * turn.cos()).clamp(-180.0, 180.0)),
            y: rounded((centre.lat + high * turn.sin()).clamp(-85.0, 85.0)),
        }
    };
    let ring: LineString<f64> = (0..=CIRCLE_CORNERS).map(|i| corner(i % CIRCLE_CORNERS)).collect();
    MultiPolygon(vec![Polygon::new(ring, Vec::new())])
}

fn rounded(degrees: f64) -> f64 {
    (degrees * 1000.0).round() / 1000.0
}
