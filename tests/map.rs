//! The map by the names of what can be touched on it.

#![cfg(feature = "gui")]
#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

mod common;

use chronotope::state::{Command, apply};
use chronotope::store::EventIx;
use chronotope::view::Target;
use common::{Window, article, place, send, state_of, view, window_of};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

/// The small window: the map is about 600 × 380.
fn small() -> Window {
    window_of(state_of([common::bundled()]), [1024.0, 640.0])
}

/// Until the camera has rested and reported: `run` alone does not wait for later repaints.
fn rest(window: &mut Window) {
    window.run();
    for _ in 0..8 {
        window.step();
    }
    window.run();
}

fn send_and_rest(window: &mut Window, command: Command) {
    send(window, command);
    rest(window);
}

/// How the mark of a place is named.
fn label(window: &mut Window, name: &str) -> String {
    let place = place(window, name);
    let answer = window.state_mut().answer();
    let summary = answer.places.get(place).unwrap();
    let word = if summary.n_visible == 1 { "event" } else { "events" };
    let words = format!("{name}, {} of {} {word} in the window", summary.n_in_window, summary.n_visible);
    let store = window.state().state().store();
    let is_no_fact =
        |e: &&EventIx| answer.is_in_window(**e) && !store.event(**e).unwrap().status.is_told_as_fact();
    match store.events_of_place(place).iter().filter(is_no_fact).count() {
        0 => words,
        n if n == summary.n_in_window as usize => format!("{words}, planned, hypothetical or denied"),
        n => format!("{words}, {n} of them planned, hypothetical or denied"),
    }
}

fn zoom(window: &Window) -> f64 {
    view(window).map_camera.unwrap().zoom
}

fn bounds_center(window: &Window) -> (f64, f64) {
    let center = view(window).map_bounds.unwrap().center();
    (center.lon, center.lat)
}

#[test]
fn a_click_on_a_mark_selects_its_place() {
    let mut window = article();
    let label = label(&mut window, "Khankendi");
    window.get_by_label(&label).click();
    rest(&mut window);
    assert_eq!(view(&window).selection, Some(Target::Place(place(&window, "Khankendi"))));
}

#[test]
fn an_area_and_a_route_are_touched_by_their_names() {
    for name in ["Karabakh", "Lachin-Khankendi road", "Azerbaijan"] {
        let mut window = article();
        let label = label(&mut window, name);
        window.get_by_label(&label).click();
        rest(&mut window);
        assert_eq!(view(&window).selection, Some(Target::Place(place(&window, name))), "{name}");
    }
}

#[test]
fn hovering_a_mark_hovers_its_place_and_leaving_it_lets_go() {
    let mut window = article();
    window.get_by_label_contains("Khojavand, ").hover();
    rest(&mut window);
    assert_eq!(view(&window).hover, Some(Target::Place(place(&window, "Khojavand"))));
    window.get_by_label_contains("Map, ").hover();
    rest(&mut window);
    assert_ne!(view(&window).hover, Some(Target::Place(place(&window, "Khojavand"))));
}

#[test]
fn several_events_at_one_spot_open_as_a_list_and_each_can_be_chosen() {
    let mut window = article();
    let label = label(&mut window, "Shusha");
    window.get_by_label(&label).click();
    rest(&mut window);
    let shusha = place(&window, "Shusha");
    let store = window.state().state().store();
    let titles: Vec<String> =
        store.events_of_place(shusha).iter().map(|e| store.event(*e).unwrap().title.clone()).collect();
    let events = store.events_of_place(shusha).to_vec();
    assert!(titles.len() >= 3);
    for title in &titles {
        assert!(in_list(&window, title), "“{title}” is not in the list");
    }
    row(&window, &titles[1]).click();
    rest(&mut window);
    assert_eq!(view(&window).selection, Some(Target::Event(events[1])));
    window.get_by_label("Close the list").click();
    rest(&mut window);
    assert!(window.query_by_label("Close the list").is_none());
}

/// The list's row of an event: its date, a colon and its title.
fn row<'a>(window: &'a Window, title: &str) -> egui_kittest::Node<'a> {
    let name = format!(": {title}");
    window
        .query_all_by_role(egui::accesskit::Role::Button)
        .find(|n| n.accesskit_node().label().is_some_and(|l| l.ends_with(&name)))
        .unwrap()
}

fn in_list(window: &Window, title: &str) -> bool {
    let name = format!(": {title}");
    window
        .query_all_by_role(egui::accesskit::Role::Button)
        .any(|n| n.accesskit_node().label().is_some_and(|l| l.ends_with(&name)))
}

#[test]
fn the_list_is_reached_and_used_with_keys_alone() {
    let mut window = article();
    let label = label(&mut window, "Shusha");
    window.get_by_label(&label).focus();
    rest(&mut window);
    window.key_press(egui::Key::Enter);
    rest(&mut window);
    assert_eq!(view(&window).selection, Some(Target::Place(place(&window, "Shusha"))));
    let store = window.state().state().store();
    let first = store.events_of_place(place(&window, "Shusha"))[0];
    let title = store.event(first).unwrap().title.clone();
    row(&window, &title).focus();
    rest(&mut window);
    window.key_press(egui::Key::Enter);
    rest(&mut window);
    assert_eq!(view(&window).selection, Some(Target::Event(first)));
}

#[test]
fn a_click_on_a_cluster_zooms_until_its_places_come_apart() {
    let mut window = small();
    let before = zoom(&window);
    window.get_by_label_contains("Cluster of 2 places").click();
    rest(&mut window);
    assert!(zoom(&window) > before + 0.3);
    assert!(window.query_by_label_contains("Cluster of").is_none());
    let label = label(&mut window, "Khankendi");
    assert!(window.query_by_label(&label).is_some());
}

#[test]
fn the_camera_reports_once_when_it_rests() {
    let window = article();
    let bounds = view(&window).map_bounds.unwrap();
    let khankendi = window.state().state().store().place(place(&window, "Khankendi")).unwrap();
    assert!(bounds.intersects(khankendi.bounds().unwrap()));
    assert!(view(&window).map_camera.is_some());
}

#[test]
fn without_input_the_map_asks_for_the_frame_in_which_it_reports() {
    // A frame at a time: the report needs a repaint that nobody but the map asks for.
    let mut window = article();
    window.state_mut().send(Command::ZoomMap(1.0));
    let before = view(&window).map_camera;
    let mut frames = 0;
    while view(&window).map_camera == before {
        window.step();
        frames += 1;
        assert!(frames < 60, "the camera never reported");
        let is_wanted = window.ctx.has_requested_repaint()
            || window.output().viewport_output.values().any(|v| v.repaint_delay.as_secs_f64() < 1.0);
        assert!(is_wanted || view(&window).map_camera != before, "frame {frames}: nobody asks for another");
    }
}

#[test]
fn a_wish_is_obeyed_once() {
    let mut window = article();
    let before = zoom(&window);
    send_and_rest(&mut window, Command::ZoomMap(1.0));
    assert!((zoom(&window) - before - 1.0).abs() < 1e-6);
    for _ in 0..5 {
        window.step();
    }
    assert!((zoom(&window) - before - 1.0).abs() < 1e-6);
    send_and_rest(&mut window, Command::ZoomMap(-1.0));
    assert!((zoom(&window) - before).abs() < 1e-6);
    let (lon, _) = bounds_center(&window);
    send_and_rest(&mut window, Command::PanMap(0.25, 0.0));
    assert!(bounds_center(&window).0 > lon);
}

#[test]
fn the_buttons_on_the_map_zoom_and_fit() {
    let mut window = article();
    let before = zoom(&window);
    window.get_by_label("Zoom in").click();
    rest(&mut window);
    assert!((zoom(&window) - before - 1.0).abs() < 1e-6);
    window.get_by_label("Zoom out").click();
    rest(&mut window);
    assert!((zoom(&window) - before).abs() < 1e-6);
    window.get_by_label("Fit to events").click();
    rest(&mut window);
    assert!((zoom(&window) - before).abs() < 0.01, "the first view again");
    window.get_by_label("Fit to events").click();
    rest(&mut window);
    assert!(zoom(&window) < before - 2.0, "then all of the account");
}

#[test]
fn keys_move_the_map_that_has_the_focus() {
    let mut window = article();
    window.get_by_label_contains("Map, ").focus();
    rest(&mut window);
    let (lon, lat) = bounds_center(&window);
    window.key_press(egui::Key::ArrowRight);
    rest(&mut window);
    assert!(bounds_center(&window).0 > lon);
    window.key_press(egui::Key::ArrowUp);
    rest(&mut window);
    assert!(bounds_center(&window).1 > lat);
    let before = zoom(&window);
    window.key_press(egui::Key::Plus);
    rest(&mut window);
    assert!((zoom(&window) - before - 1.0).abs() < 1e-6, "one press is one level");
}

#[test]
fn wheel_and_drag_move_the_map() {
    let mut window = article();
    let before = zoom(&window);
    let at = egui::pos2(300.0, 400.0);
    window.hover_at(at);
    window.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Line,
        delta: egui::vec2(0.0, 2.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
        modifiers: egui::Modifiers::NONE,
    });
    rest(&mut window);
    assert!(zoom(&window) > before + 0.2, "{} after {before}", zoom(&window));
    let (lon, _) = bounds_center(&window);
    window.drag_at(at);
    rest(&mut window);
    window.hover_at(at + egui::vec2(-120.0, 0.0));
    rest(&mut window);
    window.drop_at(at + egui::vec2(-120.0, 0.0));
    rest(&mut window);
    assert!(bounds_center(&window).0 > lon);
}

#[test]
fn disputed_lines_relief_and_the_online_map_are_in_one_menu() {
    let mut window = article();
    window.get_by_label("Map layers").click();
    rest(&mut window);
    window.get_by_label("Disputed lines").click();
    rest(&mut window);
    assert!(!view(&window).show_disputed);
    window.get_by_label("Shaded relief").click();
    rest(&mut window);
    assert!(!view(&window).show_relief);
    assert!(window.query_by_label_contains("network connections").is_some());
}

#[test]
fn events_of_the_window_out_of_sight_are_told_and_can_be_shown() {
    let mut state = state_of([common::bundled()]);
    // Only the meeting in Brussels, April 5.
    let day = chronotope::time::Edtf::parse("2024-04-05").unwrap().interval().extent();
    apply(&mut state, Command::SetWindow(Some(day)));
    let mut window = window_of(state, [1600.0, 1000.0]);
    send_and_rest(&mut window, Command::PanMap(-3.0, 3.0));
    window.get_by_label_contains("outside the map").click();
    rest(&mut window);
    assert!(window.query_by_label_contains("outside the map").is_none());
    let brussels = window.state().state().store().place(place(&window, "Brussels")).unwrap();
    assert!(view(&window).map_bounds.unwrap().intersects(brussels.bounds().unwrap()));
}

#[test]
fn without_a_gpu_the_marks_are_still_there() {
    let state = state_of([common::bundled()]);
    let mut window = egui_kittest::Harness::builder()
        .with_size([1024.0, 640.0])
        .with_max_steps(400)
        .build_eframe(move |cc| chronotope::app::ChronotopeApp::new(&cc.egui_ctx, None, state));
    rest(&mut window);
    let label = label(&mut window, "Karabakh");
    assert!(window.query_by_label(&label).is_some());
}
