//! The six links: place ↔ passage ↔ date ↔ place, by hover and by click, in the whole window.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail"
)]
#![cfg(feature = "gui")]

mod common;

use chronotope::state::Command;
use chronotope::store::EventIx;
use chronotope::time::{CivilDate, Day, DaySpan};
use chronotope::view::{Target, Tray};
use common::{Window, article, event, event_data, place, selection, send, view};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

fn day(year: i64, month: u8, day: u8) -> Day {
    CivilDate::new(year, month, day).unwrap().to_day()
}

/// Clicks the first thing whose name begins so.
fn click(window: &mut Window, name: &str) {
    find(window, name, |node| node.click());
    window.run();
}

fn hover(window: &mut Window, name: &str) {
    find(window, name, |node| node.hover());
    window.run();
}

fn find(window: &Window, name: &str, act: impl FnOnce(egui_kittest::Node<'_>)) {
    let begins = window
        .query_all_by_label_contains(name)
        .find(|node| node.accesskit_node().label().is_some_and(|label| label.starts_with(name)));
    act(begins.unwrap_or_else(|| panic!("nothing is named “{name}…”")));
}

/// Scrolls the page to a passage of an event without selecting anything.
fn show_in_text(window: &mut Window, event: EventIx) {
    let store = window.state().state().store();
    let passage = store.passage(store.event(event).unwrap().passages[0]).unwrap();
    let (document, span) = (passage.document, passage.span.unwrap());
    send(window, Command::ScrollTo(document, span));
}

#[test]
fn from_place_to_passage_and_date() {
    let mut window = article();
    let flags = event(&window, "e34");
    let khankendi = place(&window, "Khankendi");
    click(&mut window, "Khankendi, 1 of 1 event");
    assert_eq!(selection(&window), Some(Target::Place(khankendi)));
    // Its passages are listed, and one of them is on the page.
    assert!(window.query_all_by_label_contains("Khankendi · ").next().is_some(), "the list says whose it is");
    let title = event_data(&window, flags).title.clone();
    assert!(window.query_all_by_label_contains(&title).count() >= 2, "in the list and on the timeline");
    assert!(view(&window).reader.is_some());
}

#[test]
fn hovering_a_place_only_asks() {
    let mut window = article();
    let khankendi = place(&window, "Khankendi");
    hover(&mut window, "Khankendi, 1 of 1 event");
    assert_eq!(view(&window).hover, Some(Target::Place(khankendi)));
    assert_eq!(selection(&window), None);
    window.hover_at(egui::pos2(700.0, 18.0));
    window.run();
    assert_eq!(view(&window).hover, None, "and when the pointer has gone, nothing is asked");
}

#[test]
fn from_passage_to_place_and_date() {
    let mut window = article();
    let flags = event(&window, "e34");
    // A narrow window leaves one event in the list, so that its row is in sight.
    send(&mut window, Command::SetWindow(Some(DaySpan::new(day(2023, 10, 15), day(2023, 10, 15)))));
    let khankendi = place(&window, "Khankendi");
    send(&mut window, Command::Select(Some(Target::Place(khankendi))));
    let title = event_data(&window, flags).title.clone();
    let row = format!("{title}, 15 October 2023");
    hover(&mut window, &row);
    assert_eq!(view(&window).hover, Some(Target::Event(flags)));
    click(&mut window, &row);
    assert_eq!(selection(&window), Some(Target::Event(flags)));
    assert!(view(&window).camera.is_some() && view(&window).timeline.is_some(), "map and timeline follow");
}

#[test]
fn from_date_to_place_and_passage() {
    let mut window = article();
    let flags = event(&window, "e34");
    let bar = format!("15 October 2023: {}", event_data(&window, flags).title);
    hover(&mut window, &bar);
    assert_eq!(view(&window).hover, Some(Target::Event(flags)));
    click(&mut window, &bar);
    assert_eq!(selection(&window), Some(Target::Event(flags)));
    assert!(view(&window).camera.is_some(), "the map brings its places into sight");
    assert!(view(&window).reader.is_some(), "the page scrolls to its passage");
}

#[test]
fn from_a_toponym_in_the_text_to_its_place() {
    let mut window = article();
    let lachin = place(&window, "Lachin");
    hover(&mut window, "Lachin, place");
    assert!(matches!(view(&window).hover, Some(Target::Mention(_) | Target::Place(_))));
    click(&mut window, "Lachin, place");
    assert_eq!(selection(&window), Some(Target::Place(lachin)));
    assert!(
        window.query_all_by_label_contains("Lachin, named in the text").next().is_some(),
        "the map shows where it is, though no event is drawn there"
    );
    assert_eq!(view(&window).reader, None, "the page stays where it was clicked");
}

#[test]
fn from_a_date_in_the_text_to_the_timeline() {
    let mut window = article();
    click(&mut window, "April 23, 2023, date");
    assert!(matches!(selection(&window), Some(Target::Mention(_))));
    assert!(view(&window).timeline.is_some(), "the timeline brings it into sight");
    assert_eq!(view(&window).playhead, Some(day(2023, 4, 23)));
}

#[test]
fn from_a_passage_on_the_page_to_its_event() {
    let mut window = article();
    let court = event(&window, "e19");
    show_in_text(&mut window, court);
    let title = event_data(&window, court).title.clone();
    click(&mut window, &format!("Passage of “{title}”"));
    assert!(matches!(selection(&window), Some(Target::Event(_))));
}

#[test]
fn an_event_says_why_here_and_why_then() {
    let mut window = article();
    let protest = event(&window, "e13");
    send(&mut window, Command::Select(Some(Target::Event(protest))));
    let (reason, quote) = {
        let store = window.state().state().store();
        let data = store.event(protest).unwrap();
        (data.when.as_ref().unwrap().reason.clone(), store.passage(data.passages[0]).unwrap().quote.clone())
    };
    for words in ["Why here?", "Why then?"] {
        click(&mut window, words);
    }
    let says = |words: &str| window.query_all_by_label_contains(words).next().is_some();
    assert!(says("ead by hand"), "who read it");
    assert!(says(&reason[..30]), "the reason for the date");
    assert!(says(&quote[..30]), "the quote");
}

#[test]
fn undated_and_unplaced_events_are_in_their_trays() {
    let mut window = article();
    let answer = window.state_mut().answer();
    let (n_undated, n_unplaced) = (answer.undated.len(), answer.unplaced.len());
    assert!(n_undated > 0 && n_unplaced > 0);
    click(&mut window, &format!("Undated {n_undated}"));
    assert_eq!(view(&window).tray, Tray::Undated);
    let first = event_data(&window, answer.undated[0]).title.clone();
    assert!(window.query_all_by_label_contains(&first).next().is_some());
    click(&mut window, &format!("Unplaced {n_unplaced}"));
    assert_eq!(view(&window).tray, Tray::Unplaced);
}

#[test]
fn an_empty_window_names_what_is_nearest() {
    let mut window = article();
    send(&mut window, Command::GoToDate(DaySpan::new(day(2021, 6, 1), day(2021, 6, 2))));
    if !window.state_mut().answer().in_window.is_empty() {
        send(&mut window, Command::GoToDate(DaySpan::new(day(1950, 1, 1), day(1950, 1, 2))));
    }
    let answer = window.state_mut().answer();
    let nearest = answer.nearest_after.unwrap();
    let title = event_data(&window, nearest).title.clone();
    assert!(window.query_all_by_label_contains(&title).next().is_some());
}

#[test]
fn the_table_is_an_equal_of_the_drawings() {
    let mut window = article();
    send(&mut window, Command::ShowTable(true));
    click(&mut window, "Sort by Date");
    window.run();
    let first = window.state().state().store().events_by_date()[0];
    let title = event_data(&window, first).title.clone();
    send(&mut window, Command::Select(Some(Target::Event(first))));
    assert!(window.query_all_by_label_contains(&title).count() >= 2);
    click(&mut window, "Sort by Event");
    click(&mut window, "Sort by Place");
}
