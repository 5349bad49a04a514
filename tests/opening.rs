//! Opening a fresh document in the whole window: dropped, pasted, several, stopped, broken, and its date.
#![cfg(feature = "gui")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail"
)]

mod common;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chronotope::app::ChronotopeApp;
use chronotope::formats::OpenError;
use chronotope::opening::{self, Choices, Input};
use chronotope::progress::{Progress, Stage};
use chronotope::state::{AccountHandle, AppState, Command, apply};
use chronotope::store::{Account, EventIx};
use chronotope::time::{CivilDate, Day};
use chronotope::view::Target;
use common::{Window, bundled, selection, send, view, window_of};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

const SIZE: [f32; 2] = [1600.0, 1000.0];

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files/opening").join(name)
}

fn day(year: i64, month: u8, day: u8) -> Day {
    CivilDate::new(year, month, day).unwrap().to_day()
}

/// The window as it is when the program is started without a file.
fn with_sample() -> Window {
    let mut state = AppState::default();
    apply(&mut state, Command::SampleOpened(AccountHandle(Arc::new(bundled()))));
    window_of(state, SIZE)
}

fn empty() -> Window {
    window_of(AppState::default(), SIZE)
}

#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

fn drop_files(window: &mut Window, names: &[&str]) {
    for name in names {
        window.input_mut().dropped_files.push(Arc::new(Dropped(fixture(name))));
    }
    window.step();
    window.step();
}

/// Lets the window go on until nothing is being opened any more.
fn wait(window: &mut Window) {
    for _ in 0..20_000 {
        if window.state().is_idle() {
            window.run();
            return;
        }
        std::thread::sleep(Duration::from_millis(5));
        window.step();
    }
    panic!("it is never opened");
}

fn app(window: &Window) -> &ChronotopeApp {
    window.state()
}

fn says(window: &Window, words: &str) -> bool {
    window.query_all_by_label_contains(words).next().is_some()
}

fn titles(window: &Window) -> Vec<String> {
    app(window).state().store().sources().iter().map(|s| s.title.clone()).collect()
}

/// The event whose passage holds these words.
fn event_of(window: &Window, words: &str) -> EventIx {
    let store = app(window).state().store();
    let holds = |e: &EventIx| {
        store.event(*e).unwrap().passages.iter().any(|p| store.passage(*p).unwrap().quote.contains(words))
    };
    store.event_ids().find(holds).unwrap_or_else(|| panic!("no event is found in “{words}”"))
}

/// Reads as the program does, but not before the gate is open.
fn read_when_open(
    gate: &AtomicBool,
    input: &Input<'_>,
    choices: &Choices,
    progress: &Progress,
) -> Result<Account, OpenError> {
    progress.begin(Stage::Extracting, 100);
    let _ = progress.reach(40);
    while !gate.load(Ordering::Relaxed) && progress.check().is_ok() {
        std::thread::sleep(Duration::from_millis(1));
    }
    opening::open(input, choices, progress)
}

#[test]
fn a_dropped_document_is_read_while_the_window_answers() {
    static GATE: AtomicBool = AtomicBool::new(false);
    let mut window = with_sample();
    window.state_mut().read_with(|i, c, p| read_when_open(&GATE, i, c, p));
    let article = titles(&window);
    drop_files(&mut window, &["bridge.txt"]);
    window.run_steps(8);
    assert!(
        says(&window, "Opening bridge.txt: Finding dates, places and events"),
        "the card tells how far it is"
    );
    assert!(says(&window, "40 %"));
    assert_eq!(titles(&window), article, "what is open stays until the new one is whole");
    window.key_press(Key::T);
    window.run_steps(3);
    assert!(view(&window).show_table, "and can be used meanwhile");
    window.key_press(Key::T);

    GATE.store(true, Ordering::Relaxed);
    wait(&mut window);
    assert!(!says(&window, "Opening bridge.txt"));
    assert_eq!(titles(&window), ["The bridge at Mostar"], "the sample has given way, and says so");
    assert!(says(&window, "The sample article was closed"));
    let arrived = event_of(&window, "Engineers arrived");
    let span = app(&window).state().store().drawn_span_of(arrived).unwrap();
    assert_eq!(span.first, day(2021, 5, 12));
    send(&mut window, Command::Select(Some(Target::Event(arrived))));
    assert!(says(&window, "Found by rule “"), "a machine's find says so");
    assert!(says(&window, "confidence 0."));
}

#[test]
fn stop_and_escape_leave_everything_as_it_was() {
    static GATE: AtomicBool = AtomicBool::new(false);
    let mut window = with_sample();
    window.state_mut().read_with(|i, c, p| read_when_open(&GATE, i, c, p));
    let before = app(&window).state().store().generation();
    drop_files(&mut window, &["bridge.txt", "ferry.md"]);
    window.run_steps(8);
    window.get_by_label("Stop").click();
    window.run_steps(4);
    assert!(app(&window).is_idle(), "what waits is called off too");
    assert!(!says(&window, "Opening "));

    drop_files(&mut window, &["bridge.txt"]);
    window.run_steps(8);
    assert!(says(&window, "Opening bridge.txt"));
    window.key_press(Key::Escape);
    window.run_steps(4);
    assert!(app(&window).is_idle() && !says(&window, "Opening "));
    std::thread::sleep(Duration::from_millis(30));
    window.run();
    assert_eq!(app(&window).state().store().generation(), before);
    assert!(!says(&window, "This did not work"), "who stops it knows why it was not opened");

    GATE.store(true, Ordering::Relaxed);
    drop_files(&mut window, &["ferry.md"]);
    wait(&mut window);
    assert_eq!(titles(&window), ["The ferry to Trieste"], "and the next one is opened as ever");
}

#[test]
fn several_files_come_one_after_another_in_their_order() {
    static GATE: AtomicBool = AtomicBool::new(false);
    let mut window = empty();
    window.state_mut().read_with(|i, c, p| read_when_open(&GATE, i, c, p));
    drop_files(&mut window, &["ferry.md", "bridge.txt", "soup.txt"]);
    window.run_steps(8);
    assert!(says(&window, "Opening ferry.md, 1 of 3"));
    assert!(says(&window, "1 of 3"));
    GATE.store(true, Ordering::Relaxed);
    wait(&mut window);
    assert_eq!(titles(&window), ["The ferry to Trieste", "The bridge at Mostar", "How to make a soup"]);
    drop_files(&mut window, &["bridge.txt"]);
    wait(&mut window);
    assert_eq!(titles(&window).len(), 3, "one that is open is read again in its place");
}

#[test]
fn a_pasted_text_is_opened_unless_a_box_has_the_focus() {
    let mut window = empty();
    assert!(says(&window, "Nothing is open"));
    let text = std::fs::read_to_string(fixture("bridge.txt")).unwrap();
    window.event(egui::Event::Paste(text.clone()));
    window.step();
    wait(&mut window);
    assert_eq!(titles(&window).len(), 1);
    let n = app(&window).state().store().n_events();
    assert!(n > 0);

    window.key_press_modifiers(Modifiers::COMMAND, Key::F);
    window.run();
    window.event(egui::Event::Paste("Mostar".to_owned()));
    window.run();
    assert_eq!(view(&window).find.as_deref(), Some("Mostar"), "a search box keeps what is pasted into it");
    assert_eq!(titles(&window).len(), 1);

    send(&mut window, Command::Find(None));
    window.event(egui::Event::Paste("   ".to_owned()));
    window.run();
    assert!(says(&window, "There is no text on the clipboard"));
}

#[test]
fn a_file_that_cannot_be_read_is_told_of_and_the_others_are_opened() {
    let mut window = empty();
    let folder = tempfile::tempdir().unwrap();
    let nothing = folder.path().join("nothing.docx");
    std::fs::write(&nothing, "PK no archive").unwrap();
    window.state_mut().send(Command::OpenFile(nothing));
    window.state_mut().send(Command::OpenFile(fixture("bridge.txt")));
    window.step();
    window.step();
    wait(&mut window);
    assert!(says(&window, "This did not work") && says(&window, "nothing.docx"));
    assert_eq!(titles(&window), ["The bridge at Mostar"]);
}

#[test]
fn a_reader_that_fails_does_not_take_the_window_with_it() {
    let mut window = empty();
    window.state_mut().read_with(|_, _, _| panic!("a fault of the reader, on purpose"));
    drop_files(&mut window, &["bridge.txt"]);
    wait(&mut window);
    assert!(says(&window, "bridge.txt: the program failed while reading it"));
}

#[test]
fn another_document_date_moves_what_is_relative() {
    let mut window = empty();
    drop_files(&mut window, &["bridge.txt"]);
    wait(&mut window);
    assert!(says(&window, "Document date: 4 May 2021"), "with its reason above the page");
    let closed = |window: &Window| {
        let event = event_of(window, "closed yesterday");
        app(window).state().store().drawn_span_of(event).unwrap().first
    };
    assert_eq!(closed(&window), day(2021, 5, 3));
    let event = event_of(&window, "closed yesterday");
    send(&mut window, Command::Select(Some(Target::Event(event))));

    window.key_press_modifiers(Modifiers::COMMAND, Key::D);
    window.run();
    assert!(view(&window).date_box);
    // What stands in the box is selected: what is typed takes its place.
    window.event(egui::Event::Text("the day after".to_owned()));
    window.run();
    window.key_press(Key::Enter);
    window.run();
    assert!(view(&window).date_box, "what is no date is said to be none, and the box stays");
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.event(egui::Event::Text("20 June 2022".to_owned()));
    window.run();
    window.key_press(Key::Enter);
    window.step();
    wait(&mut window);
    assert!(!view(&window).date_box);
    assert_eq!(closed(&window), day(2022, 6, 19));
    assert!(says(&window, "Document date: 20 June 2022"));
    let event = event_of(&window, "closed yesterday");
    assert_eq!(selection(&window), Some(Target::Event(event)), "what was chosen stays chosen");

    window.get_by_label("Document date: Change…").click();
    window.run();
    assert!(view(&window).date_box);
    window.key_press(Key::Escape);
    window.run();
    assert!(!view(&window).date_box);
}

#[test]
fn a_text_in_which_nothing_happens_says_so() {
    let mut window = empty();
    drop_files(&mut window, &["soup.txt"]);
    wait(&mut window);
    assert_eq!(app(&window).state().store().n_events(), 0);
    assert!(says(&window, "No dated or placed events were found in this text."));
    assert!(says(&window, "No document date: relative dates such as “yesterday” are not placed"));
    window.get_by_label("Document date: Set…").click();
    window.run();
    assert!(view(&window).date_box);
}

#[test]
fn what_is_not_told_as_a_fact_is_named_so_everywhere() {
    let mut window = empty();
    drop_files(&mut window, &["bridge.txt"]);
    wait(&mut window);
    let store = app(&window).state().store();
    let denied = event_of(&window, "denied that");
    let status = store.event(denied).unwrap().status;
    assert_eq!(status, chronotope::store::Status::Denied);
    assert!(says(&window, "Dashed outline: Planned, hypothetical or denied"), "the map's legend");
    assert!(says(&window, "of them planned, hypothetical or denied"), "the mark of Mostar");
    let title = store.event(denied).unwrap().title.clone();
    assert!(says(&window, &format!("{title}, denied")), "on the timeline");
    send(&mut window, Command::ShowTable(true));
    assert!(says(&window, &format!("{title}, denied, ")), "in the table");
}
