//! Web Mercator: positions as fractions of one square world, 0…1 from west to east and from north
//! to south (<https://en.wikipedia.org/wiki/Web_Mercator_projection>).

use super::LonLat;

/// The latitude at which the square world ends.
pub const MAX_LATITUDE: f64 = 85.051_128_78;

/// Kilometres around the equator.
const EQUATOR_KM: f64 = 40_075.016_686;

/// Side of the square world in pixels at zoom 0.
const TILE_PX: f64 = 256.0;

/// A position in the square world.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WorldPos {
    pub x: f64,
    pub y: f64,
}

/// Positions nearer the poles than [`MAX_LATITUDE`] are drawn at the world's edge.
pub fn project(p: LonLat) -> WorldPos {
    let lat = p.lat.clamp(-MAX_LATITUDE, MAX_LATITUDE).to_radians();
    WorldPos { x: (p.lon + 180.0) / 360.0, y: (1.0 - lat.tan().asinh() / std::f64::consts::PI) / 2.0 }
}

/// The inverse of [`project`].
pub fn unproject(p: WorldPos) -> LonLat {
    let lat = (std::f64::consts::PI * (1.0 - 2.0 * p.y)).sinh().atan().to_degrees();
    LonLat { lon: p.x * 360.0 - 180.0, lat }
}

/// Side of the square world in pixels at a zoom level.
pub fn world_px(zoom: f64) -> f64 {
    TILE_PX * zoom.exp2()
}

/// How long a pixel is on the ground at a latitude, in kilometres.
pub fn km_per_px(lat: f64, zoom: f64) -> f64 {
    EQUATOR_KM * lat.clamp(-MAX_LATITUDE, MAX_LATITUDE).to_radians().cos() / world_px(zoom)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_positions() {
        let cases =
            [(0.0, 0.0, 0.5, 0.5), (-180.0, MAX_LATITUDE, 0.0, 0.0), (180.0, -MAX_LATITUDE, 1.0, 1.0)];
        for (lon, lat, x, y) in cases {
            let p = project(LonLat { lon, lat });
            assert!((p.x - x).abs() < 1e-9 && (p.y - y).abs() < 1e-9, "{lon},{lat} is at {p:?}");
        }
        assert!((km_per_px(60.0, 0.0) * 2.0 - km_per_px(0.0, 0.0)).abs() < 1e-9);
    }

    proptest! {
        #[test]
        fn there_and_back(lon in -180.0..180.0f64, lat in -85.0..85.0f64) {
            let back = unproject(project(LonLat { lon, lat }));
            prop_assert!((back.lon - lon).abs() < 1e-9 && (back.lat - lat).abs() < 1e-9);
        }
    }
}
