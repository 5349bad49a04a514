//! What mouse and keys do to the map in a frame.

use egui::{Id, Key, Modifiers, Pos2, Rect, Ui, Vec2, vec2};

use super::camera::Gesture;

/// Reads the gestures on the map's widget. Its response is read before the map is drawn, so that
/// the map follows the hand without a frame's delay.
pub fn read(ui: &Ui, map: Id, rect: Rect) -> Gesture {
    let mut gesture = Gesture { pinch: 1.0, ..Gesture::default() };
    let Some(response) = ui.ctx().read_response(map) else { return gesture };
    let in_map = |p: Pos2| p - rect.min;
    gesture.pointer = ui.input(|i| i.pointer.latest_pos()).filter(|p| rect.contains(*p)).map(in_map);
    gesture.is_dragging = response.dragged();
    gesture.drag = if response.dragged() { response.drag_delta() } else { Vec2::ZERO };
    gesture.flung = response.drag_stopped().then(|| ui.input(|i| i.pointer.velocity()));
    gesture.double_click = response.double_clicked();
    if ui.rect_contains_pointer(rect) {
        (gesture.wheel, gesture.pinch) = ui.input(|i| (i.smooth_scroll_delta.y, i.zoom_delta()));
        ui.input_mut(|i| i.smooth_scroll_delta = Vec2::ZERO);
    }
    if response.has_focus() {
        keys(ui, &mut gesture);
    }
    gesture
}

fn keys(ui: &Ui, gesture: &mut Gesture) {
    const STEP: f32 = 0.2;
    ui.input_mut(|i| {
        let mut pressed = |key| i.consume_key(Modifiers::NONE, key);
        for (key, step) in [
            (Key::ArrowLeft, vec2(-STEP, 0.0)),
            (Key::ArrowRight, vec2(STEP, 0.0)),
            (Key::ArrowUp, vec2(0.0, -STEP)),
            (Key::ArrowDown, vec2(0.0, STEP)),
        ] {
            if pressed(key) {
                gesture.pan_by += step;
            }
        }
        for (key, levels) in [(Key::Plus, 1.0), (Key::Equals, 1.0), (Key::Minus, -1.0)] {
            if pressed(key) {
                gesture.zoom_by += levels;
            }
        }
    });
}
