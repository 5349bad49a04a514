//! Files opened in the window: what was open stays untouched when one fails, and orphans are listed.
#![cfg(feature = "gui")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use std::path::Path;

use chronotope::app::settings::{self, Settings, SettingsError};
use chronotope::state::Command;
use chronotope::view::Theme;
use common::{Window, article, send};
use egui_kittest::kittest::Queryable as _;

fn open(window: &mut Window, path: &Path) {
    window.state_mut().send(Command::OpenFile(path.to_owned()));
    window.step();
    while !window.state().is_idle() {
        std::thread::sleep(std::time::Duration::from_millis(5));
        window.step();
    }
    window.run_steps(3);
}

fn says(window: &Window, words: &str) -> bool {
    window.query_all_by_label_contains(words).next().is_some()
}

#[test]
fn a_broken_file_is_told_of_and_changes_nothing() {
    let mut window = article();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("broken.geojson");
    std::fs::write(&path, r#"{"type": "FeatureCollection", "features": [{"type": "Feature"#).unwrap();
    let generation = window.state().state().store().generation();
    open(&mut window, &path);
    assert!(says(&window, "broken.geojson"), "the notice names the file");
    assert!(says(&window, "This did not work"));
    assert_eq!(window.state().state().store().generation(), generation, "what was open is untouched");
    window.get_by_label("Close the notice").click();
    window.run();
    assert!(!says(&window, "This did not work"));
}

#[test]
fn a_second_file_joins_and_can_be_hidden_and_closed() {
    let mut window = article();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("other.geojson");
    let other = r#"{"type": "FeatureCollection", "title": "Another account", "features": [
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [46.75, 39.82]},
         "properties": {"title": "Something else is told", "when": "2023-10-15"}}]}"#;
    std::fs::write(&path, other).unwrap();
    let n = window.state().state().store().n_events();
    open(&mut window, &path);
    assert_eq!(window.state().state().store().n_events(), n + 1);
    window.get_by_label_contains("Source B: Another account, shown").click();
    window.run();
    assert!(says(&window, "Source B: Another account, hidden"));
    window.get_by_label("Close Another account").click();
    window.run();
    assert_eq!(window.state().state().store().n_events(), n);
}

#[test]
fn a_passage_whose_quote_is_gone_is_listed_as_orphaned() {
    let mut window = article();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("text.txt"), "The bridge was built.\n").unwrap();
    let path = folder.path().join("orphan.geojson");
    let file = r#"{"type": "FeatureCollection", "title": "Orphan", "chronotope": 1,
        "documents": [{"id": "d", "title": "T", "file": "text.txt"}],
        "features": [{"type": "Feature", "id": "e", "geometry": null,
          "properties": {"title": "A bridge burns"}, "when": {"edtf": "1999"},
          "passages": [{"document": "d", "selector": [
            {"type": "TextPositionSelector", "start": 0, "end": 16},
            {"type": "TextQuoteSelector", "exact": "The bridge burnt", "prefix": "", "suffix": ""}]}]}]}"#;
    std::fs::write(&path, file).unwrap();
    open(&mut window, &path);
    window.get_by_label_contains("Orphaned 1").click();
    window.run();
    assert!(says(&window, "A bridge burns"));
}

#[test]
fn settings_come_back_and_damaged_ones_are_set_aside() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deeper").join("settings.json");
    assert_eq!(settings::load(&path).0, Settings::default(), "none is no failure");
    let changed = Settings { theme: Theme::Night, timeline_height: 300.0, ..Settings::default() };
    changed.save(&path).unwrap();
    let (loaded, problem) = settings::load(&path);
    assert_eq!(loaded, changed);
    assert!(problem.is_none());

    std::fs::write(&path, "{\"theme\": 7").unwrap();
    let (loaded, problem) = settings::load(&path);
    assert_eq!(loaded, Settings::default());
    let Some(SettingsError::SetAside { aside, .. }) = problem else { panic!("{problem:?}") };
    assert_eq!(std::fs::read_to_string(aside).unwrap(), "{\"theme\": 7", "nothing is lost");

    std::fs::write(&path, r#"{"window_size": [1e30, -5.0], "zoom_factor": 900.0}"#).unwrap();
    let (loaded, _) = settings::load(&path);
    assert!(loaded.window_size[0] <= 16_384.0 && loaded.window_size[1] >= 400.0 && loaded.zoom_factor <= 4.0);
}

#[test]
fn the_theme_is_a_setting_and_online_tiles_are_not() {
    let mut window = article();
    send(&mut window, Command::SetTheme(Theme::Night));
    let mut view = window.state().state().view.clone();
    view.basemap = chronotope::view::Basemap::Online;
    let mut saved = Settings::default();
    saved.take_from(&view);
    assert_eq!(saved.theme, Theme::Night);
    assert_eq!(saved.basemap, chronotope::view::Basemap::Bundled, "no network because of another day");
}
