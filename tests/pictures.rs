//! Pictures of the whole window on the bundled article, compared with those in `tests/snapshots`.
//!
//! `UPDATE_SNAPSHOTS=1 cargo test --test pictures` makes them anew; look at each before committing.
#![cfg(feature = "gui")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use chronotope::state::Command;
use chronotope::time::{CivilDate, DaySpan};
use chronotope::view::{Target, Theme};
use common::{Window, bundled, event, place, send, state_of, window_of};
use egui_kittest::SnapshotOptions;

const LARGE: [f32; 2] = [1600.0, 1000.0];
const SMALL: [f32; 2] = [1024.0, 640.0];
/// Another release of the software rasteriser smooths some edges otherwise; a change that a person
/// would see touches many more pixels.
const MAX_OTHER_PIXELS: usize = 1500;

fn compare(window: &mut Window, name: &str) {
    window.remove_cursor();
    window.run();
    let options = SnapshotOptions::new().threshold(2.0).max_failed_pixels(MAX_OTHER_PIXELS);
    window.snapshot_options(name, &options);
}

fn open(size: [f32; 2]) -> Window {
    window_of(state_of([bundled()]), size)
}

fn year(year: i64) -> DaySpan {
    let day = |month, day| CivilDate::new(year, month, day).unwrap().to_day();
    DaySpan::new(day(1, 1), day(12, 31))
}

#[test]
fn day() {
    compare(&mut open(LARGE), "day");
}

#[test]
fn night_with_khankendi_selected() {
    let mut window = open(LARGE);
    send(&mut window, Command::SetTheme(Theme::Night));
    let khankendi = place(&window, "Khankendi");
    send(&mut window, Command::Select(Some(Target::Place(khankendi))));
    compare(&mut window, "night_place_selected");
}

#[test]
fn small_with_an_event_selected() {
    let mut window = open(SMALL);
    let protest = event(&window, "e13");
    send(&mut window, Command::Select(Some(Target::Event(protest))));
    compare(&mut window, "small_event_selected");
}

#[test]
fn small_night() {
    let mut window = open(SMALL);
    send(&mut window, Command::SetTheme(Theme::Night));
    compare(&mut window, "small_night");
}

#[test]
fn empty_time_window() {
    let mut window = open(LARGE);
    send(&mut window, Command::GoToDate(year(1950)));
    compare(&mut window, "empty_window");
}

#[test]
fn table() {
    let mut window = open(SMALL);
    send(&mut window, Command::ShowTable(true));
    compare(&mut window, "small_table");
}

#[test]
fn two_sources() {
    let mut other = bundled();
    other.title = "A second reading".to_owned();
    other.path = Some("second.geojson".into());
    other.events.retain(|event| event.id.as_str() > "e13" && event.id.as_str() < "e48");
    let mut window = window_of(state_of([bundled(), other]), LARGE);
    compare(&mut window, "two_sources");
}
