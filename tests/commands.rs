//! Sequences of commands on the bundled article, and the view they lead to. No user interface.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail"
)]

use std::sync::Arc;

use chronotope::progress::Progress;
use chronotope::state::{AccountHandle, AppState, Change, Command, Effect, apply};
use chronotope::store::{Account, EventIx, PlaceIx, drawn_span};
use chronotope::time::{CivilDate, Day, DaySpan};
use chronotope::view::{Target, Tray};
use chronotope::{formats, opening};

fn day(year: i64, month: u8, day: u8) -> Day {
    CivilDate::new(year, month, day).unwrap().to_day()
}

fn article() -> AppState {
    let mut state = AppState::default();
    let account = Arc::new(formats::bundled().unwrap());
    apply(&mut state, Command::AccountOpened(AccountHandle(account)));
    state
}

fn place(state: &AppState, name: &str) -> PlaceIx {
    let position = state.store().places().iter().position(|p| p.name == name).unwrap();
    PlaceIx(u32::try_from(position).unwrap())
}

fn event(state: &AppState, id: &str) -> EventIx {
    state.store().event_ids().find(|e| state.store().event(*e).unwrap().id.starts_with(id)).unwrap()
}

#[test]
fn opening_shows_the_document_and_leaves_the_first_view_to_the_panels() {
    let state = article();
    assert!(state.view.document.is_some());
    assert_eq!(
        (state.view.camera, state.view.timeline),
        (None, None),
        "the panels find their own first view"
    );
    assert!(state.store().n_events() >= 25);
}

#[test]
fn a_typed_date_becomes_the_window() {
    let mut state = article();
    let span = DaySpan::new(day(2023, 4, 23), day(2023, 4, 23));
    apply(&mut state, Command::GoToDate(span));
    assert_eq!(state.view.window, Some(span));
    assert_eq!(state.view.playhead, Some(span.first));
    let answer = state.answer();
    assert!(answer.is_in_window(event(&state, "e01")));
    assert!(!answer.is_in_window(event(&state, "e34")));
}

#[test]
fn selecting_a_place_shows_it_in_the_other_panels() {
    let mut state = article();
    let khankendi = place(&state, "Khankendi");
    apply(&mut state, Command::Select(Some(Target::Place(khankendi))));
    assert_eq!(state.view.selection, Some(Target::Place(khankendi)));
    assert!(state.view.camera.is_some(), "the map brings it into sight");
    assert!(state.view.reader.is_some(), "the page scrolls to where it is told of");
}

#[test]
fn selecting_in_the_text_leaves_the_page_where_it_is() {
    let mut state = article();
    let khankendi = place(&state, "Khankendi");
    apply(&mut state, Command::SelectInText(Target::Place(khankendi)));
    assert_eq!(state.view.selection, Some(Target::Place(khankendi)));
    assert_eq!(state.view.reader, None);
}

#[test]
fn a_toponym_means_its_place() {
    let mut state = article();
    let document = state.view.document.unwrap();
    let store = state.store();
    let mention = *store
        .mentions_of_document(document)
        .iter()
        .find(|m| store.mention(**m).unwrap().quote == "Gaza")
        .unwrap();
    apply(&mut state, Command::SelectInText(Target::Mention(mention)));
    assert_eq!(
        state.view.selection,
        Some(Target::Place(place(&state, "Gazakh"))),
        "the slip is kept, the place is meant"
    );
}

#[test]
fn stepping_visits_every_dated_event_in_date_order() {
    let mut state = article();
    let n = state.store().events_by_date().len();
    apply(&mut state, Command::FirstEvent);
    let mut visited = vec![state.view.selection];
    for _ in 1..n {
        apply(&mut state, Command::NextEvent);
        visited.push(state.view.selection);
    }
    let expected: Vec<_> = state.store().events_by_date().iter().map(|e| Some(Target::Event(*e))).collect();
    assert_eq!(visited, expected);
    apply(&mut state, Command::NextEvent);
    assert_eq!(state.view.selection, *expected.last().unwrap(), "there is nothing after the last");
    apply(&mut state, Command::PreviousEvent);
    assert_eq!(state.view.selection, expected[n - 2]);
}

#[test]
fn stepping_skips_a_hidden_source() {
    let mut state = article();
    let mut other = formats::bundled().unwrap();
    other.path = Some("other.geojson".into());
    apply(&mut state, Command::AccountOpened(AccountHandle(Arc::new(other))));
    apply(&mut state, Command::HideSource(chronotope::store::SourceIx(0), true));
    apply(&mut state, Command::FirstEvent);
    for _ in 0..5 {
        let Some(Target::Event(event)) = state.view.selection else { panic!("an event is selected") };
        assert_eq!(state.store().event(event).unwrap().source.0, 1);
        apply(&mut state, Command::NextEvent);
    }
}

#[test]
fn an_empty_window_goes_to_its_nearest_events() {
    let mut state = article();
    let empty = DaySpan::new(day(2012, 1, 1), day(2012, 1, 10));
    // Long intervals cover 2012; what is asked here is a window in which nothing is.
    let empty = if state.store().events_within(empty, 1).is_empty() {
        empty
    } else {
        DaySpan::new(day(1950, 1, 1), day(1950, 1, 10))
    };
    apply(&mut state, Command::SetWindow(Some(empty)));
    let answer = state.answer();
    assert!(answer.nearest_after.is_some());
    apply(&mut state, Command::GoToNearestAfter);
    assert_eq!(state.view.selection, answer.nearest_after.map(Target::Event));
    assert_eq!(state.view.window.unwrap().n_days(), empty.n_days(), "the window keeps its length");
    assert!(state.answer().is_in_window(answer.nearest_after.unwrap()));
}

#[test]
fn play_runs_through_the_whole_account_and_stops() {
    let mut state = article();
    apply(&mut state, Command::SetSpeed(365.0));
    apply(&mut state, Command::TogglePlay);
    assert!(state.view.play.playing);
    let extent = state.store().extent().unwrap();
    assert_eq!(state.view.window.unwrap().first, extent.first);
    let mut ticks = 0;
    while state.view.play.playing {
        let before = state.view.window.unwrap();
        apply(&mut state, Command::PlayTick(1.0 / 30.0));
        assert!(state.view.window.unwrap().last >= before.last);
        ticks += 1;
        assert!(ticks < 100_000, "play must come to its end");
    }
    assert_eq!(state.view.window.unwrap().last, extent.last);
}

#[test]
fn slow_play_adds_up_parts_of_days() {
    let mut state = article();
    apply(&mut state, Command::SetSpeed(1.0));
    apply(&mut state, Command::SetSkipGaps(false));
    let start = DaySpan::new(day(2023, 1, 1), day(2023, 1, 31));
    apply(&mut state, Command::SetWindow(Some(start)));
    apply(&mut state, Command::TogglePlay);
    for _ in 0..61 {
        apply(&mut state, Command::PlayTick(0.05));
    }
    assert_eq!(state.view.window, Some(DaySpan::new(day(2023, 1, 4), day(2023, 2, 3))));
}

#[test]
fn cumulative_play_keeps_what_has_happened() {
    let mut state = article();
    apply(&mut state, Command::SetCumulative(true));
    apply(&mut state, Command::SetSpeed(3650.0));
    apply(&mut state, Command::TogglePlay);
    let first = state.view.window.unwrap().first;
    for _ in 0..50 {
        apply(&mut state, Command::PlayTick(0.1));
    }
    assert_eq!(state.view.window.unwrap().first, first);
}

#[test]
fn back_goes_back_one_step_at_a_time() {
    type Check = fn(&AppState) -> bool;
    let mut state = article();
    let window = DaySpan::new(day(2023, 1, 1), day(2023, 12, 31));
    apply(&mut state, Command::SetWindow(Some(window)));
    apply(&mut state, Command::Select(Some(Target::Event(EventIx(0)))));
    apply(&mut state, Command::Find(Some("Lachin".to_owned())));
    apply(&mut state, Command::ShowKeys(true));
    let steps: [(Check, &str); 4] = [
        (|s| !s.view.show_keys, "the sheet of keys closes"),
        (|s| s.view.find.is_none(), "the search closes"),
        (|s| s.view.selection.is_none(), "the selection is dropped"),
        (|s| s.view.window.is_none(), "all dates are shown"),
    ];
    for (number, (check, words)) in steps.iter().enumerate() {
        assert!(!check(&state), "before step {number}: {words}");
        apply(&mut state, Command::Back);
        assert!(check(&state), "{words}");
    }
}

#[test]
fn window_from_selection_is_the_events_own_span() {
    let mut state = article();
    let protest = event(&state, "e13");
    apply(&mut state, Command::Select(Some(Target::Event(protest))));
    apply(&mut state, Command::WindowFromSelection);
    assert_eq!(state.view.window, Some(DaySpan::new(day(2022, 12, 12), day(2023, 4, 28))));
}

#[test]
fn a_second_file_is_a_second_source_and_a_reopened_one_replaces_itself() {
    let mut state = article();
    let n = state.store().n_events();
    let mut other = formats::bundled().unwrap();
    other.path = Some("other.geojson".into());
    let other = Arc::new(other);
    apply(&mut state, Command::AccountOpened(AccountHandle(Arc::clone(&other))));
    assert_eq!(state.store().sources().len(), 2);
    assert_eq!(state.store().n_events(), 2 * n);
    assert_eq!(state.store().places().len(), article().store().places().len(), "shared places are one");
    apply(&mut state, Command::AccountOpened(AccountHandle(other)));
    assert_eq!(state.store().sources().len(), 2);
    apply(&mut state, Command::CloseSource(chronotope::store::SourceIx(0)));
    assert_eq!(state.store().n_events(), n);
}

#[test]
fn the_answer_is_computed_only_when_it_changes() {
    let mut state = article();
    let first = state.answer();
    apply(&mut state, Command::Hover(Some(Target::Event(EventIx(3)))));
    assert!(Arc::ptr_eq(&first, &state.answer()), "hovering asks nothing of the store");
    apply(&mut state, Command::SetWindow(Some(DaySpan::new(0, 10))));
    assert!(!Arc::ptr_eq(&first, &state.answer()));
}

#[test]
fn trays_are_reset_by_a_selection() {
    let mut state = article();
    apply(&mut state, Command::SetTray(Tray::Undated));
    apply(&mut state, Command::Select(Some(Target::Event(EventIx(0)))));
    assert_eq!(state.view.tray, Tray::Passages);
}

#[test]
fn no_pin_lies_in_the_gaza_strip() {
    let state = article();
    for place in state.store().places() {
        if let Some(bounds) = place.bounds() {
            let is_there =
                bounds.west > 34.0 && bounds.east < 34.7 && bounds.south > 31.1 && bounds.north < 31.7;
            assert!(!is_there, "{} lies in the Gaza Strip", place.name);
        }
    }
    let extent = state.store().extent().unwrap();
    assert!(state.store().event_ids().filter_map(|e| state.store().event(e)?.when.as_ref()).all(|w| {
        drawn_span(&w.interval).is_some_and(|s| s.first >= extent.first && s.last <= extent.last)
    }));
}

fn opened(text: &str) -> Arc<Account> {
    let input = opening::Input::Pasted(text);
    Arc::new(opening::open(&input, &opening::Choices::default(), &Progress::default()).unwrap())
}

/// A report of our own in which one date is counted from the document's.
const REPORT: &str = "The bridge at Mostar\n\nSarajevo, 4 May 2021\n\nThe old bridge of Mostar was closed yesterday. \
    Engineers arrived in Mostar on 12 May 2021.";

fn relative_event(state: &AppState) -> EventIx {
    let store = state.store();
    let is_it = |e: &EventIx| {
        let event = store.event(*e).unwrap();
        event.passages.iter().any(|p| store.passage(*p).unwrap().quote.contains("yesterday"))
    };
    store.event_ids().find(is_it).expect("the bridge was closed yesterday")
}

#[test]
fn the_first_document_takes_the_place_of_the_sample() {
    let mut state = AppState::default();
    let sample = AccountHandle(Arc::new(formats::bundled().unwrap()));
    apply(&mut state, Command::SampleOpened(sample.clone()));
    let window = DaySpan::new(day(2023, 1, 1), day(2023, 12, 31));
    apply(&mut state, Command::SetWindow(Some(window)));
    let effects = apply(&mut state, Command::AccountOpened(AccountHandle(opened(REPORT))));
    assert!(
        effects.iter().any(|e| matches!(e, Effect::Tell { message, .. } if message.contains("sample"))),
        "it does not vanish without a word"
    );
    assert_eq!(state.accounts().len(), 1);
    assert_eq!(state.view.window, None, "the sample's time window says nothing about another text");
    assert!(state.view.camera.is_some() && state.view.timeline.is_some());
    assert_eq!(apply(&mut state, Command::OpenSample), [Effect::OpenSample]);
    apply(&mut state, Command::AccountOpened(sample));
    assert_eq!(state.accounts().len(), 2, "and beside it when it is asked for");
}

#[test]
fn what_was_joined_for_other_accounts_is_joined_again() {
    let mut state = article();
    let account = opened(REPORT);
    let change = Change::Open(Arc::clone(&account));
    let joined = state.shelf().after(&change).unwrap().0.join();
    let n = state.store().n_events();
    apply(&mut state, Command::CloseSource(chronotope::store::SourceIx(0)));
    let effects = apply(&mut state, Command::Changed(change.clone(), joined));
    assert_eq!(effects, [Effect::Join(change.clone())], "the article was closed meanwhile");
    assert_eq!(state.store().n_events(), 0, "and nothing is shown that is not open");
    let joined = state.shelf().after(&change).unwrap().0.join();
    apply(&mut state, Command::Changed(change, joined));
    assert_eq!(state.store().n_events(), account.events.len());
    assert!(n > 0);
}

#[test]
fn another_document_date_moves_what_is_counted_from_it_and_nothing_else() {
    let mut state = AppState::default();
    apply(&mut state, Command::AccountOpened(AccountHandle(opened(REPORT))));
    let (document, source) = (state.view.document.unwrap(), chronotope::store::SourceIx(0));
    let known = state.store().document(document).unwrap().published.clone();
    assert_eq!(known.map(|d| d.edtf.to_string()), Some("2021-05-04".to_owned()), "from the dateline");
    let closed = relative_event(&state);
    let span = |state: &AppState, event| state.store().drawn_span_of(event).unwrap();
    assert_eq!(span(&state, closed), DaySpan::new(day(2021, 5, 3), day(2021, 5, 3)));
    let window = DaySpan::new(day(2020, 1, 1), day(2023, 12, 31));
    apply(&mut state, Command::SetWindow(Some(window)));
    apply(&mut state, Command::Select(Some(Target::Event(closed))));
    let camera = state.view.camera;

    apply(&mut state, Command::EditDocumentDate(true));
    assert!(state.view.date_box);
    let date = chronotope::time::edtf::from_typed("20 June 2022").unwrap();
    let effects = apply(&mut state, Command::SetDocumentDate(source, date));
    assert!(!state.view.date_box);
    let [Effect::Reread(account, date)] = effects.as_slice() else { panic!("{effects:?}") };
    let new = Arc::new(opening::reread(&account.0, date, &Progress::default()).unwrap());
    let change = Change::Replace { old: Arc::clone(&account.0), new };
    let joined = state.shelf().after(&change).unwrap().0.join();
    apply(&mut state, Command::Changed(change, joined));

    let closed = relative_event(&state);
    assert_eq!(span(&state, closed), DaySpan::new(day(2022, 6, 19), day(2022, 6, 19)));
    assert_eq!(state.view.selection, Some(Target::Event(closed)), "what was chosen stays chosen");
    assert_eq!(state.view.window, Some(window));
    assert_eq!((state.view.document, state.view.camera), (Some(document), camera));
    let arrived = state.store().event_ids().map(|e| span(&state, e)).max_by_key(|s| s.first);
    assert_ne!(arrived, Some(DaySpan::new(day(2021, 5, 12), day(2021, 5, 12))), "the relative one is later");
    assert!(
        state.store().event_ids().any(|e| span(&state, e).first == day(2021, 5, 12)),
        "a full date stays"
    );
}

#[test]
fn dates_that_a_file_gives_hang_on_no_document_date() {
    let mut state = article();
    let effects = apply(&mut state, Command::EditDocumentDate(true));
    assert!(!state.view.date_box);
    assert!(matches!(effects.as_slice(), [Effect::Tell { is_error: false, .. }]), "{effects:?}");
    let date = chronotope::time::edtf::from_typed("2022").unwrap();
    assert!(apply(&mut state, Command::SetDocumentDate(chronotope::store::SourceIx(0), date)).is_empty());
}
