//! Positions on the globe and rectangles of them. Degrees, WGS 84.

pub mod areas;
pub mod cluster;
pub mod mercator;
pub mod viewport;

pub use viewport::MapViewport;

/// A position in degrees: longitude −180…180 east, latitude −90…90 north.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct LonLat {
    pub lon: f64,
    pub lat: f64,
}

/// A box in degrees. It may cross the date line: then `west > east`.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct GeoBounds {
    pub west: f64,
    pub south: f64,
    pub east: f64,
    pub north: f64,
}

impl GeoBounds {
    pub fn of_point(p: LonLat) -> Self {
        Self { west: p.lon, south: p.lat, east: p.lon, north: p.lat }
    }

    /// The smallest box without date-line crossing around some positions.
    pub fn of_points(points: impl IntoIterator<Item = LonLat>) -> Option<Self> {
        points.into_iter().fold(None, |bounds: Option<Self>, p| {
            Some(bounds.map_or_else(|| Self::of_point(p), |b| b.union(Self::of_point(p))))
        })
    }

    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self {
            west: self.west.min(other.west),
            south: self.south.min(other.south),
            east: self.east.max(other.east),
            north: self.north.max(other.north),
        }
    }

    pub fn contains(self, p: LonLat) -> bool {
        self.intersects(Self::of_point(p))
    }

    pub fn intersects(self, other: Self) -> bool {
        let lon = |a: Self, b: Self| -> bool {
            match (a.west <= a.east, b.west <= b.east) {
                (true, true) => a.west <= b.east && b.west <= a.east,
                (true, false) | (false, true) => a.east >= b.west || a.west <= b.east,
                (false, false) => true,
            }
        };
        lon(self, other) && self.south <= other.north && other.south <= self.north
    }

    pub fn center(self) -> LonLat {
        LonLat { lon: f64::midpoint(self.west, self.east), lat: f64::midpoint(self.south, self.north) }
    }
}
