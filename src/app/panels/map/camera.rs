//! The map's camera: what the hand on mouse or keys makes of the viewport, and when it rests.
//!
//! walkers draws; the camera is moved here, because walkers' double click jumps two levels, its
//! wheel depends on the frame rate, and it lets the world go out of sight.

use egui::{Vec2, vec2};

use crate::geo::{GeoBounds, LonLat, MapViewport};
use crate::view::CameraWish;

/// Seconds of stillness after which the camera is at rest.
const REST_AFTER: f64 = 0.15;
/// Wheel points for one level of zoom.
const POINTS_PER_LEVEL: f32 = 110.0;
/// Seconds in which a flung map loses all but a third of its speed.
const INERTIA_SECONDS: f32 = 0.18;
/// Points a second below which a flung map stands.
const STANDSTILL: f32 = 12.0;
/// Seconds that a wished-for move takes.
const MOVE_SECONDS: f32 = 0.35;
/// Free pixels around a box that is fitted.
const FIT_MARGIN: f64 = 110.0;

/// What mouse and keys did in a frame. Positions and distances in points within the map.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Gesture {
    pub pointer: Option<Vec2>,
    pub drag: Vec2,
    pub is_dragging: bool,
    /// Points a second, in the frame in which a drag ends.
    pub flung: Option<Vec2>,
    pub wheel: f32,
    /// Pinch or Ctrl + wheel: a factor.
    pub pinch: f32,
    pub double_click: bool,
    /// Keys: levels of zoom, and shares of the view to pan by.
    pub zoom_by: f64,
    pub pan_by: Vec2,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Move {
    from: MapViewport,
    to: MapViewport,
    seconds: f32,
    passed: f32,
}

/// The camera with all that moves it.
#[derive(Debug, Clone, Default)]
pub struct Camera {
    viewport: Option<MapViewport>,
    /// The box that was asked for and still is in sight: a resized map shows it again.
    fitted: Option<GeoBounds>,
    velocity: Vec2,
    moving: Option<Move>,
    last_change: f64,
    reported: Option<MapViewport>,
}

impl Camera {
    /// `None` before the first frame.
    pub fn viewport(&self) -> Option<MapViewport> {
        self.viewport
    }

    /// The box that was asked for and still is in sight.
    pub fn fitted(&self) -> Option<GeoBounds> {
        self.fitted
    }

    /// Gives the camera the size of the map; the first time also a first view.
    pub fn set_size(&mut self, size: Vec2, first: impl FnOnce() -> Option<GeoBounds>) {
        const WORLD: LonLat = LonLat { lon: 20.0, lat: 30.0 };
        let (width, height) = (f64::from(size.x), f64::from(size.y));
        match &mut self.viewport {
            Some(view) if (view.width, view.height) == (width, height) => {}
            Some(view) => {
                (view.width, view.height) = (width, height);
                *view = match self.fitted {
                    Some(bounds) => MapViewport::fit(bounds, width, height, margin(size)),
                    None => view.clamped(),
                };
                if let Some(moving) = &mut self.moving {
                    moving.passed = moving.seconds;
                    self.moving = None;
                }
            }
            None => {
                self.fitted = first();
                self.viewport = Some(match self.fitted {
                    Some(bounds) => MapViewport::fit(bounds, width, height, margin(size)),
                    None => MapViewport { center: WORLD, zoom: 2.0, width, height }.clamped(),
                });
            }
        }
    }

    /// Fits a box at once, as a first view.
    pub fn jump_to(&mut self, bounds: GeoBounds) {
        if let Some(view) = &mut self.viewport {
            *view = fit(bounds, view);
            self.fitted = Some(bounds);
            self.moving = None;
        }
    }

    /// Sets off to fulfil a wish.
    pub fn obey(&mut self, wish: CameraWish, is_animated: bool) {
        let Some(view) = self.viewport else { return };
        // A second press adds to the first, whose move may not have ended.
        let base = self.moving.map_or(view, |m| m.to);
        let fitted = self.fitted.take();
        let to = match wish {
            CameraWish::Fit(bounds) => {
                self.fitted = Some(bounds);
                fit(bounds, &view)
            }
            // The panel knows the events and asks for their box.
            CameraWish::FitEvents => {
                self.fitted = fitted;
                return;
            }
            CameraWish::Reveal(bounds) => {
                base.revealing(bounds, margin(vec2(view.width as f32, view.height as f32)))
            }
            CameraWish::ZoomBy(levels) => base.zoomed_about(levels, base.width / 2.0, base.height / 2.0),
            CameraWish::PanBy(x, y) => base.dragged(-x * base.width, -y * base.height),
            CameraWish::Restore(center, zoom) => MapViewport { center, zoom, ..view }.clamped(),
        };
        if to == view && self.moving.is_none() {
            self.fitted = self.fitted.or(fitted);
            return;
        }
        let is_animated = is_animated && !matches!(wish, CameraWish::Restore(..));
        self.go(to, if is_animated { MOVE_SECONDS } else { 0.0 });
    }

    fn go(&mut self, to: MapViewport, seconds: f32) {
        self.velocity = Vec2::ZERO;
        if seconds <= 0.0 {
            self.moving = None;
            self.viewport = Some(to);
        } else if let Some(from) = self.viewport {
            self.moving = Some(Move { from, to, seconds, passed: 0.0 });
        }
    }

    /// Moves the camera by a frame of `dt` seconds. True if it goes on moving by itself.
    pub fn advance(&mut self, gesture: &Gesture, dt: f32, is_animated: bool) -> bool {
        let Some(before) = self.viewport else { return false };
        if gesture.zoom_by != 0.0 {
            self.obey(CameraWish::ZoomBy(gesture.zoom_by), is_animated);
        }
        if gesture.pan_by != Vec2::ZERO {
            self.obey(
                CameraWish::PanBy(f64::from(gesture.pan_by.x), f64::from(gesture.pan_by.y)),
                is_animated,
            );
        }
        let at = gesture.pointer.unwrap_or(vec2(before.width as f32, before.height as f32) / 2.0);
        let (x, y) = (f64::from(at.x), f64::from(at.y));
        if gesture.double_click {
            self.fitted = None;
            self.go(before.zoomed_about(1.0, x, y), if is_animated { MOVE_SECONDS } else { 0.0 });
        }
        if gesture.is_dragging || gesture.wheel != 0.0 {
            self.moving = None;
            self.velocity = Vec2::ZERO;
        }
        if let Some(mut moving) = self.moving {
            moving.passed += dt;
            let t = (moving.passed / moving.seconds).min(1.0);
            self.viewport = Some(moving.from.toward(moving.to, f64::from(ease(t))));
            self.moving = (t < 1.0).then_some(moving);
        }
        let Some(mut view) = self.viewport else { return false };
        let levels = f64::from(gesture.wheel / POINTS_PER_LEVEL)
            + if gesture.pinch > 0.0 { f64::from(gesture.pinch).log2() } else { 0.0 };
        if levels != 0.0 {
            view = view.zoomed_about(levels, x, y);
            self.fitted = None;
        }
        if gesture.drag != Vec2::ZERO {
            view = view.dragged(f64::from(gesture.drag.x), f64::from(gesture.drag.y));
            self.fitted = None;
        }
        if let Some(velocity) = gesture.flung {
            self.velocity = if is_animated && velocity.is_finite() { velocity } else { Vec2::ZERO };
        }
        if self.velocity != Vec2::ZERO {
            let step = self.velocity * dt;
            view = view.dragged(f64::from(step.x), f64::from(step.y));
            self.velocity *= (-dt / INERTIA_SECONDS).exp();
            if self.velocity.length() < STANDSTILL {
                self.velocity = Vec2::ZERO;
            }
        }
        self.viewport = Some(view);
        self.moving.is_some() || self.velocity != Vec2::ZERO
    }

    /// The viewport, once each time it has come to rest somewhere else; otherwise the seconds after
    /// which to ask again.
    pub fn rest(&mut self, before: Option<MapViewport>, is_busy: bool, now: f64) -> Rest {
        if is_busy || before != self.viewport {
            self.last_change = now;
        }
        if self.viewport == self.reported {
            return Rest::Nothing;
        }
        let waited = now - self.last_change;
        if waited < REST_AFTER || is_busy {
            return Rest::AskIn(REST_AFTER - waited.min(REST_AFTER - 0.01));
        }
        self.reported = self.viewport;
        self.viewport.map_or(Rest::Nothing, Rest::At)
    }
}

/// Has the camera come to rest?
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Rest {
    Nothing,
    AskIn(f64),
    At(MapViewport),
}

fn fit(bounds: GeoBounds, view: &MapViewport) -> MapViewport {
    MapViewport::fit(bounds, view.width, view.height, margin(vec2(view.width as f32, view.height as f32)))
}

/// Small maps have smaller margins.
fn margin(size: Vec2) -> f64 {
    FIT_MARGIN.min(f64::from(size.min_elem()) * 0.14)
}

/// Starts and ends gently (smoothstep).
fn ease(t: f32) -> f32 {
    t * t * (3.0 - 2.0 * t)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KARABAKH: GeoBounds = GeoBounds { west: 46.0, south: 39.2, east: 47.4, north: 40.4 };

    fn camera() -> Camera {
        let mut camera = Camera::default();
        camera.set_size(vec2(600.0, 400.0), || Some(KARABAKH));
        camera
    }

    fn zoom(camera: &Camera) -> f64 {
        camera.viewport().unwrap().zoom
    }

    #[test]
    fn a_resized_map_keeps_showing_what_was_fitted_until_it_is_moved() {
        let mut c = camera();
        let small = zoom(&c);
        c.set_size(vec2(1200.0, 800.0), || None);
        assert!(zoom(&c) > small + 0.8);
        c.advance(&Gesture { drag: vec2(5.0, 0.0), is_dragging: true, ..Gesture::default() }, 0.02, true);
        let moved = zoom(&c);
        c.set_size(vec2(600.0, 400.0), || None);
        assert!((zoom(&c) - moved).abs() < 1e-9);
    }

    #[test]
    fn the_wheel_zooms_about_the_pointer() {
        let mut c = camera();
        let at = vec2(100.0, 60.0);
        let before = c.viewport().unwrap().lon_lat_from_pos(100.0, 60.0);
        c.advance(&Gesture { pointer: Some(at), wheel: POINTS_PER_LEVEL, ..Gesture::default() }, 0.02, true);
        let view = c.viewport().unwrap();
        let after = view.lon_lat_from_pos(100.0, 60.0);
        assert!((before.lon - after.lon).abs() < 1e-6 && (before.lat - after.lat).abs() < 1e-6);
        assert!((view.zoom - zoom(&camera()) - 1.0).abs() < 1e-6);
    }

    #[test]
    fn a_flung_map_slides_and_stops() {
        let mut c = camera();
        let start = c.viewport().unwrap().center.lon;
        let flung = Gesture { flung: Some(vec2(-900.0, 0.0)), ..Gesture::default() };
        assert!(c.advance(&flung, 0.016, true));
        let frames = (0..200).take_while(|_| c.advance(&Gesture::default(), 0.016, true)).count();
        assert!((10..150).contains(&frames), "{frames} frames");
        assert!(c.viewport().unwrap().center.lon > start);
        let mut still = camera();
        assert!(!still.advance(&flung, 0.016, false), "without animation nothing slides");
    }

    #[test]
    fn wishes_add_up_and_arrive() {
        let mut c = camera();
        let start = zoom(&c);
        c.obey(CameraWish::ZoomBy(1.0), true);
        c.advance(&Gesture::default(), 0.05, true);
        c.obey(CameraWish::ZoomBy(1.0), true);
        while c.advance(&Gesture::default(), 0.05, true) {}
        assert!((zoom(&c) - start - 2.0).abs() < 1e-6);
    }

    #[test]
    fn rest_is_reported_once_a_while_after_the_last_move() {
        let mut c = camera();
        assert!(matches!(c.rest(None, false, 0.0), Rest::AskIn(_)));
        let before = c.viewport();
        assert!(matches!(c.rest(before, true, 0.1), Rest::AskIn(_)));
        assert!(matches!(c.rest(before, false, 0.2), Rest::AskIn(_)));
        assert_eq!(c.rest(before, false, 0.3), Rest::At(c.viewport().unwrap()));
        assert_eq!(c.rest(before, false, 9.0), Rest::Nothing);
    }
}
