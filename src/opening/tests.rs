//! Readings made by hand, as the rules may give them, and what an account makes of them.

use std::sync::Arc;

use super::*;

const STORY: &str = "The flood of Nowhere\n\nOn 3 May 1990 the river rose in Nowhereham. Two days later the bridge \
                     🏔 fell.\n";

fn open_file(name: &str, text: &str, choices: &Choices) -> Account {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    open(&Input::File(&path), choices, &Progress::default()).unwrap()
}

#[test]
fn a_text_has_one_document_with_what_is_known_of_it() {
    let date = Edtf::parse("1990-06").unwrap();
    let account = open_file("story.txt", STORY, &Choices { document_date: Some(date.clone()) });
    let [document] = account.documents.as_slice() else { panic!("{:?}", account.documents) };
    assert_eq!(
        (account.title.as_str(), document.title.as_str()),
        ("The flood of Nowhere", "The flood of Nowhere")
    );
    assert_eq!(document.file.as_deref(), Some("story.txt"));
    assert_eq!(document.source, "story.txt");
    assert_eq!(&*document.text, STORY);
    assert_eq!(document.headings, [Span { start: 0, end: 20 }]);
    assert_eq!(document.published, Some(given(&date)));
    assert!(document.id.starts_with("text-") && document.sha256.starts_with(&document.id[5..]));
}

#[test]
fn pasted_text_needs_no_file() {
    let account = open(&Input::Pasted("Nothing much."), &Choices::default(), &Progress::default()).unwrap();
    assert_eq!(account.title, "Pasted text");
    assert_eq!(account.path, None);
    assert_eq!(account.documents[0].file, None);
}

#[test]
fn an_events_file_is_opened_as_one_whatever_it_is_called() {
    let events = r#"{"type": "FeatureCollection", "title": "A voyage", "features": []}"#;
    for name in ["voyage.geojson", "voyage.txt", "voyage"] {
        assert_eq!(open_file(name, events, &Choices::default()).title, "A voyage");
    }
    let error =
        open(&Input::File(Path::new("nowhere.json")), &Choices::default(), &Progress::default()).unwrap_err();
    assert!(matches!(error.problem, Problem::Missing));
}

#[test]
fn another_date_keeps_the_rest() {
    let account = Arc::new(open_file("story.txt", STORY, &Choices::default()));
    let date = Edtf::parse("1991").unwrap();
    let again = reread(&account, &date, &Progress::default()).unwrap();
    assert_eq!(again.documents[0].published, Some(given(&date)));
    assert_eq!((&again.title, &again.path), (&account.title, &account.path));
    let same = |a: &Document, b: &Document| {
        Document { published: None, ..a.clone() } == Document { published: None, ..b.clone() }
    };
    assert!(same(&again.documents[0], &account.documents[0]));
}

#[test]
fn what_is_not_wanted_any_more_is_stopped() {
    let progress = Progress::default();
    progress.cancel();
    let error = open(&Input::Pasted(STORY), &Choices::default(), &progress).unwrap_err();
    assert!(matches!(error.problem, Problem::Cancelled));
}
