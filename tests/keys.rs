//! Every key of the table, pressed in the whole window.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail"
)]
#![cfg(feature = "gui")]

mod common;

use chronotope::app::keys::{BINDINGS, Section};
use chronotope::state::Command;
use chronotope::time::{CivilDate, DaySpan};
use chronotope::view::{PassageOrder, Target, Theme, Tray};
use common::{Window, article, event, send, view};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

fn press(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    // Play asks for frames as long as it runs: a few steps are enough to see what a key did.
    window.run_steps(3);
}

fn year(year: i64) -> DaySpan {
    let day = |month, day| CivilDate::new(year, month, day).unwrap().to_day();
    DaySpan::new(day(1, 1), day(12, 31))
}

#[test]
fn space_plays_and_pauses() {
    let mut window = article();
    press(&mut window, Modifiers::NONE, Key::Space);
    assert!(view(&window).play.playing);
    let before = view(&window).window.unwrap();
    window.run_steps(20);
    assert!(view(&window).window.unwrap().last > before.last, "the window travels while it plays");
    press(&mut window, Modifiers::NONE, Key::Space);
    assert!(!view(&window).play.playing);
}

#[test]
fn arrows_step_through_the_events_and_home_and_end_go_to_the_ends() {
    let mut window = article();
    let order = window.state().state().store().events_by_date().to_vec();
    press(&mut window, Modifiers::NONE, Key::Home);
    assert_eq!(view(&window).selection, Some(Target::Event(order[0])));
    press(&mut window, Modifiers::NONE, Key::ArrowRight);
    assert_eq!(view(&window).selection, Some(Target::Event(order[1])));
    press(&mut window, Modifiers::NONE, Key::ArrowLeft);
    assert_eq!(view(&window).selection, Some(Target::Event(order[0])));
    press(&mut window, Modifiers::NONE, Key::End);
    assert_eq!(view(&window).selection, Some(Target::Event(*order.last().unwrap())));
}

#[test]
fn shift_and_arrows_move_the_time_window() {
    let mut window = article();
    send(&mut window, Command::SetWindow(Some(year(2022))));
    press(&mut window, Modifiers::SHIFT, Key::ArrowRight);
    let moved = view(&window).window.unwrap();
    assert!(moved.first > year(2022).first && moved.n_days() == year(2022).n_days());
    press(&mut window, Modifiers::SHIFT, Key::ArrowLeft);
    assert_eq!(view(&window).window, Some(year(2022)));
    assert_eq!(view(&window).selection, None, "no event was stepped to");
}

#[test]
fn alt_and_arrows_leave_an_empty_window() {
    let mut window = article();
    send(&mut window, Command::SetWindow(Some(year(1950))));
    assert!(window.state_mut().answer().in_window.is_empty());
    press(&mut window, Modifiers::ALT, Key::ArrowRight);
    assert!(!window.state_mut().answer().in_window.is_empty());
}

#[test]
fn plus_and_minus_zoom_the_map_and_control_arrows_pan_it() {
    let mut window = article();
    window.run();
    let at_rest = |window: &mut Window| {
        window.run();
        view(window).map_camera.unwrap()
    };
    let start = at_rest(&mut window);
    press(&mut window, Modifiers::NONE, Key::Plus);
    let zoomed = at_rest(&mut window);
    assert!(zoomed.zoom > start.zoom + 0.5, "{start:?} {zoomed:?}");
    press(&mut window, Modifiers::NONE, Key::Minus);
    assert!(at_rest(&mut window).zoom < zoomed.zoom - 0.5);
    let before = at_rest(&mut window);
    press(&mut window, Modifiers::COMMAND, Key::ArrowRight);
    assert!(at_rest(&mut window).center.lon > before.center.lon);
    press(&mut window, Modifiers::COMMAND, Key::ArrowUp);
    assert!(at_rest(&mut window).center.lat > before.center.lat);
    press(&mut window, Modifiers::NONE, Key::F);
    let fitted = at_rest(&mut window);
    assert!((fitted.zoom - start.zoom).abs() < 0.1, "all places again: {start:?} {fitted:?}");
}

#[test]
fn control_f_finds_in_the_text_and_escape_closes_the_search() {
    let mut window = article();
    press(&mut window, Modifiers::COMMAND, Key::F);
    assert_eq!(view(&window).find.as_deref(), Some(""));
    window.run();
    window.event(egui::Event::Text("Khankendi".to_owned()));
    window.run();
    assert_eq!(view(&window).find.as_deref(), Some("Khankendi"), "the box has the focus");
    press(&mut window, Modifiers::NONE, Key::F3);
    assert_eq!(view(&window).find_hit, 1);
    press(&mut window, Modifiers::SHIFT, Key::F3);
    assert_eq!(view(&window).find_hit, 0);
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert_eq!(view(&window).find, None);
}

#[test]
fn letters_typed_into_a_box_are_text_and_no_keys() {
    let mut window = article();
    press(&mut window, Modifiers::COMMAND, Key::F);
    window.run();
    for (key, text) in [(Key::N, "n"), (Key::T, "t"), (Key::Space, " ")] {
        window.event(egui::Event::Text(text.to_owned()));
        press(&mut window, Modifiers::NONE, key);
    }
    assert_eq!(view(&window).theme, Theme::Day);
    assert!(!view(&window).show_table && !view(&window).play.playing);
}

#[test]
fn control_l_types_a_date_and_goes_there() {
    let mut window = article();
    press(&mut window, Modifiers::COMMAND, Key::L);
    window.run();
    window.event(egui::Event::Text("April 2023".to_owned()));
    window.run();
    window.key_press(Key::Enter);
    window.run();
    let april = |day| CivilDate::new(2023, 4, day).unwrap().to_day();
    assert_eq!(view(&window).window, Some(DaySpan::new(april(1), april(30))));
}

#[test]
fn letters_change_what_they_say() {
    let mut window = article();
    let protest = event(&window, "e13");
    send(&mut window, Command::Select(Some(Target::Event(protest))));
    press(&mut window, Modifiers::NONE, Key::W);
    assert_eq!(view(&window).window.unwrap().n_days(), 138, "the 138 days of the article");
    press(&mut window, Modifiers::NONE, Key::A);
    assert_eq!(view(&window).window, None);
    press(&mut window, Modifiers::NONE, Key::C);
    assert!(view(&window).play.cumulative);
    press(&mut window, Modifiers::NONE, Key::G);
    assert!(!view(&window).play.skip_gaps);
    press(&mut window, Modifiers::NONE, Key::D);
    assert!(!view(&window).show_disputed);
    press(&mut window, Modifiers::NONE, Key::R);
    assert!(!view(&window).show_relief);
    press(&mut window, Modifiers::NONE, Key::O);
    assert_eq!(view(&window).passage_order, PassageOrder::Text);
    press(&mut window, Modifiers::NONE, Key::U);
    assert_eq!(view(&window).tray, Tray::Undated);
    press(&mut window, Modifiers::NONE, Key::N);
    assert_eq!(view(&window).theme, Theme::Night);
    press(&mut window, Modifiers::NONE, Key::T);
    assert!(view(&window).show_table);
}

#[test]
fn brackets_zoom_the_timeline_and_z_the_map() {
    let mut window = article();
    for (key, check) in [(Key::CloseBracket, "in"), (Key::OpenBracket, "out"), (Key::Backslash, "all")] {
        let before = view(&window).timeline.map_or(0, |r| r.serial);
        press(&mut window, Modifiers::NONE, key);
        assert!(view(&window).timeline.unwrap().serial > before, "{check}");
    }
    let protest = event(&window, "e13");
    send(&mut window, Command::Select(Some(Target::Event(protest))));
    let before = view(&window).camera.map_or(0, |r| r.serial);
    press(&mut window, Modifiers::NONE, Key::Z);
    assert!(view(&window).camera.unwrap().serial > before);
}

#[test]
fn f1_shows_every_key_of_the_table_and_escape_closes_it() {
    let mut window = article();
    press(&mut window, Modifiers::NONE, Key::F1);
    window.run();
    assert!(view(&window).show_keys);
    for binding in BINDINGS {
        assert!(
            window.query_all_by_label(binding.words).next().is_some(),
            "“{}” is in the sheet",
            binding.words
        );
    }
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert!(!view(&window).show_keys);
}

#[test]
fn no_two_bindings_share_a_key_and_every_section_has_some() {
    let mut seen = Vec::new();
    for binding in BINDINGS {
        for shortcut in binding.shortcuts {
            assert!(!seen.contains(shortcut), "{shortcut:?} is bound twice");
            seen.push(*shortcut);
        }
    }
    for section in Section::ALL {
        assert!(BINDINGS.iter().any(|b| b.section == section));
    }
}

#[test]
fn tab_reaches_every_panel() {
    let mut window = article();
    let mut reached = Vec::new();
    for _ in 0..400 {
        window.key_press(Key::Tab);
        window.step();
        if let Some(rect) = window
            .ctx
            .memory(egui::Memory::focused)
            .and_then(|id| window.ctx.read_response(id))
            .map(|r| r.rect)
        {
            reached.push(rect.center());
        }
    }
    let panels = [
        ("toolbar", 0.0..960.0, 0.0..40.0),
        ("map", 0.0..900.0, 60.0..700.0),
        ("reader", 1000.0..1600.0, 50.0..450.0),
        ("passages", 1000.0..1600.0, 480.0..770.0),
        ("timeline", 0.0..1600.0, 780.0..1000.0),
    ];
    for (name, xs, ys) in panels {
        let is_reached =
            reached.iter().any(|p| (name == "toolbar" || xs.contains(&p.x)) && ys.contains(&p.y));
        assert!(is_reached, "Tab never comes to the {name}");
    }
}
