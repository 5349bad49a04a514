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

    /// The smallest box around some that do not cross the date line. It crosses that line where it is the narrower
    /// for it; around all longitudes it is −180…180.
    pub fn around(boxes: impl IntoIterator<Item = Self>) -> Option<Self> {
        let mut boxes: Vec<Self> = boxes.into_iter().collect();
        boxes.sort_by(|a, b| a.west.total_cmp(&b.west));
        let plain = boxes.iter().copied().reduce(Self::union)?;
        // The widest gap between them, without and across the line, is what the box leaves out.
        let mut widest = (plain.west - plain.east + 360.0, plain.west, plain.east);
        let mut east = plain.west;
        for part in &boxes {
            if part.west - east > widest.0 {
                widest = (part.west - east, part.west, east);
            }
            east = east.max(part.east);
        }
        let (_, west, east) = widest;
        Some(Self { west, east, ..plain })
    }

    /// The box around both. It crosses the date line only if one of them does.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        let (west, east) = if self.crosses_date_line() || other.crosses_date_line() {
            self.lon_union(other)
        } else {
            (self.west.min(other.west), self.east.max(other.east))
        };
        Self { west, south: self.south.min(other.south), east, north: self.north.max(other.north) }
    }

    pub fn crosses_date_line(self) -> bool {
        self.west > self.east
    }

    /// Width in degrees of longitude.
    pub fn width(self) -> f64 {
        if self.crosses_date_line() { self.east - self.west + 360.0 } else { self.east - self.west }
    }

    /// The shortest arc of longitudes around two, from west to east.
    fn lon_union(self, other: Self) -> (f64, f64) {
        let arc = |west: f64, east: f64| Self { west, east, ..self };
        let holds = |arc: Self, part: Self| {
            (part.west - arc.west).rem_euclid(360.0) + part.width() <= arc.width() + 1e-9
        };
        let arcs = [self, other, arc(self.west, other.east), arc(other.west, self.east)];
        arcs.into_iter()
            .filter(|arc| holds(*arc, self) && holds(*arc, other))
            .min_by(|a, b| a.width().total_cmp(&b.width()))
            .map_or((-180.0, 180.0), |arc| (arc.west, arc.east))
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
        let lon = self.west + self.width() / 2.0;
        let lon = if lon > 180.0 && self.crosses_date_line() { lon - 360.0 } else { lon };
        LonLat { lon, lat: f64::midpoint(self.south, self.north) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn union_and_center_know_the_date_line() {
        let lon_box = |west, east| GeoBounds { west, east, south: 0.0, north: 2.0 };
        // Two boxes, their union, its centre.
        let table = [
            ((10.0, 20.0), (-30.0, 15.0), (-30.0, 20.0), -5.0),
            ((170.0, -170.0), (-175.0, -160.0), (170.0, -160.0), -175.0),
            ((160.0, 175.0), (170.0, -178.0), (160.0, -178.0), 171.0),
            ((170.0, -170.0), (0.0, 10.0), (0.0, -170.0), 95.0),
            ((170.0, -170.0), (-172.0, 172.0), (-180.0, 180.0), 0.0),
        ];
        for ((aw, ae), (bw, be), (west, east), center) in table {
            for union in [lon_box(aw, ae).union(lon_box(bw, be)), lon_box(bw, be).union(lon_box(aw, ae))] {
                assert_eq!((union.west, union.east), (west, east));
                assert_eq!(union.center(), LonLat { lon: center, lat: 1.0 });
            }
        }
    }
}
