//! Places of our own sentences: the tables of `tests/extraction/places`, and the bundled article.

// A test that cannot read its table has failed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::path::{Path, PathBuf};

use chronotope::extract::{Language, Layers, PlaceMention, Setting, ToponymRole, read};
use chronotope::gazetteer::Gazetteer;
use chronotope::progress::Progress;
use proptest::prelude::*;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/extraction/places")
}

fn places(text: &str) -> Vec<PlaceMention> {
    let setting = Setting { text, headings: &[], document_date: None };
    let layers = Layers { times: false, places: true, events: false };
    read(&setting, layers, Language::english(), Gazetteer::embedded(), &Progress::default()).unwrap().places
}

/// "place US/Texas", as the tables have it.
fn described(place: &PlaceMention, with_province: bool) -> String {
    let gazetteer = Gazetteer::embedded();
    let role = match place.role {
        ToponymRole::Location => "place",
        ToponymRole::Government => "government",
        ToponymRole::NamePart => "part",
        ToponymRole::Demonym => "demonym",
        ToponymRole::Slip => "slip",
    };
    let Some(resolution) = &place.resolution else { return format!("{role} ?") };
    let facts = gazetteer.facts(resolution.place).unwrap();
    let country = gazetteer.country(facts.country).map_or("", |c| c.iso2);
    let province = gazetteer.admin1(facts.admin1).map_or("", |a| a.name);
    if with_province { format!("{role} {country}/{province}") } else { format!("{role} {country}") }
}

fn is_as_expected(found: &PlaceMention, expected: &str) -> bool {
    match expected.split_once('/') {
        Some(_) => described(found, true).starts_with(expected),
        None => described(found, false).starts_with(expected),
    }
}

/// What is wrong with one row; empty if nothing is.
fn check(row: &str) -> Vec<String> {
    let (marked, expected) = row.split_once('\t').unwrap_or((row, ""));
    let marked = marked.replace("\\n", "\n");
    let mut text = String::new();
    let mut spans = Vec::new();
    for c in marked.chars() {
        match c {
            '[' => spans.push((text.len(), text.len())),
            ']' => spans.last_mut().unwrap().1 = text.len(),
            _ => text.push(c),
        }
    }
    let expected: Vec<&str> = expected.split(';').map(str::trim).filter(|e| !e.is_empty()).collect();
    assert_eq!(spans.len(), expected.len(), "brackets and expectations: {row}");
    let found = places(&text);
    let mut wrong = Vec::new();
    for ((start, end), expected) in spans.iter().zip(&expected) {
        match found.iter().find(|f| (f.span.start, f.span.end) == (*start, *end)) {
            None => wrong.push(format!("[{}] is not found", &text[*start..*end])),
            Some(found) if is_as_expected(found, expected) => {}
            Some(found) => {
                wrong.push(format!("[{}] is {}, not {expected}", &text[*start..*end], described(found, true)));
            }
        }
    }
    for place in &found {
        let is_expected = spans.contains(&(place.span.start, place.span.end));
        if !is_expected && !matches!(place.role, ToponymRole::NamePart | ToponymRole::Demonym) {
            wrong.push(format!("[{}] is found as {}", place.span.slice(&text), described(place, true)));
        }
    }
    wrong
}

#[test]
fn sentences_of_the_tables_are_read_as_they_say() {
    let mut tables: Vec<PathBuf> = std::fs::read_dir(folder()).unwrap().map(|e| e.unwrap().path()).collect();
    tables.retain(|path| path.extension().is_some_and(|e| e == "tsv"));
    tables.sort();
    let (mut n_rows, mut wrong) = (0, String::new());
    for table in tables {
        for row in std::fs::read_to_string(&table).unwrap().lines().filter(|row| !row.is_empty()) {
            n_rows += 1;
            for what in check(row) {
                wrong += &format!("{}: {row}\n    {what}\n", table.file_name().unwrap().to_string_lossy());
            }
        }
    }
    assert!(n_rows >= 200, "{n_rows} rows");
    assert!(wrong.is_empty(), "\n{wrong}");
}
