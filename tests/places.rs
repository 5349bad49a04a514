//! Places of our own sentences: the tables of `tests/extraction/places`, and the bundled article.

// A test that cannot read its table has failed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use chronotope::extract::{Extractor, Language, Layers, PlaceMention, Setting, ToponymRole};
use chronotope::gazetteer::Gazetteer;
use chronotope::progress::Progress;
use proptest::prelude::*;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/extraction/places")
}

fn places(text: &str) -> Vec<PlaceMention> {
    let setting = Setting { text, headings: &[], document_date: None };
    let layers = Layers { times: false, places: true, events: false };
    let mut extractor = Extractor::new(Language::english(), Gazetteer::embedded());
    extractor.read(&setting, layers, &Progress::default()).unwrap().places
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
                wrong.push(format!(
                    "[{}] is {}, not {expected}",
                    &text[*start..*end],
                    described(found, true)
                ));
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
                writeln!(wrong, "{}: {row}\n    {what}", table.file_name().unwrap().to_string_lossy())
                    .unwrap();
            }
        }
    }
    assert!(n_rows >= 200, "{n_rows} rows");
    assert!(wrong.is_empty(), "\n{wrong}");
}

fn article() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/from-lachin-to-khankendi.txt");
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn the_bundled_article_has_its_towns_where_they_are() {
    let (text, gazetteer) = (article(), Gazetteer::embedded());
    let found = places(&text);
    // Every town of the article, with its latitude and longitude; “Gaza” is a slip for Gazakh.
    for (name, lat, lon) in [
        ("Lachin", 39.64, 46.55),
        ("Khankendi", 39.82, 46.75),
        ("Shusha", 39.76, 46.75),
        ("Khojavand", 39.80, 47.11),
        ("Khojaly", 39.91, 46.79),
        ("Aghdera", 40.21, 46.82),
        ("Aghdam", 39.99, 46.93),
        ("Gazakh", 41.09, 45.37),
        ("Gaza", 41.09, 45.37),
        ("Baku", 40.38, 49.89),
        ("Yerevan", 40.18, 44.51),
        ("Moscow", 55.75, 37.62),
        ("Washington", 38.90, -77.04),
        ("Brussels", 50.85, 4.35),
    ] {
        let is_word = |at: usize| !text[at + name.len()..].starts_with(char::is_alphabetic);
        let begins = |p: &&PlaceMention| p.span.slice(&text).starts_with(name) && is_word(p.span.start);
        let places: Vec<_> = found.iter().filter(begins).collect();
        let n_written = text.match_indices(name).filter(|(at, _)| is_word(*at)).count();
        assert_eq!(places.len(), n_written, "{name}");
        for place in places {
            let at = gazetteer.facts(place.resolution.as_ref().unwrap().place).unwrap().lon_lat;
            assert!((at.lat - lat).abs() < 0.3 && (at.lon - lon).abs() < 0.3, "{name} is at {at:?}");
        }
    }
    for word in ["Zafar", "Victory", "Spayka", "European Union", "West"] {
        assert!(found.iter().all(|p| !p.span.slice(&text).contains(word)), "{word} is no place");
    }
    let roles =
        |name: &str, role| found.iter().filter(|p| p.span.slice(&text) == name && p.role == role).count();
    assert_eq!(roles("Gaza", ToponymRole::Slip), 1);
    assert_eq!(roles("Baku", ToponymRole::Government), 3, "official Baku; Baku and Yerevan; Baku and Moscow");
    assert_eq!(roles("Washington", ToponymRole::Government), 1);
}

fn check_spans(text: &str) -> Result<(), TestCaseError> {
    let mut last = 0;
    for place in places(text) {
        let span = place.span;
        prop_assert!(span.start >= last && span.start < span.end, "{span:?} after {last}");
        prop_assert!(text.get(span.start..span.end).is_some());
        prop_assert!((0.0..=1.0).contains(&place.confidence));
        if let Some(resolution) = &place.resolution {
            prop_assert!(Gazetteer::embedded().facts(resolution.place).is_some());
            prop_assert!((0.0..=1.0).contains(&resolution.confidence));
        }
        last = span.end;
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_text_is_read(text in "\\PC{0,120}") {
        check_spans(&text)?;
    }

    #[test]
    fn words_in_any_order_are_read(
        words in prop::collection::vec(prop::sample::select(vec![
            "Paris", "Texas", "the", "of", "in", ",", ".", "U.S.", "Washington", "said", "and", "Mr", "Jordan",
            "Smith", "University", "River", "-", "'s", "(", ")", "\n\n", "New", "York", "County", "French", "Pa.",
            "South", "Korean", "Ştefan", "Côte", "d’Ivoire", "Xankəndi", "IL", "“", "”", "St.", "Louis", "42",
        ]), 0..40),
        separator in prop::sample::select(vec![" ", "", "\n"]),
    ) {
        let text = words.join(separator);
        check_spans(&text)?;
        prop_assert_eq!(places(&text), places(&text), "the same again");
    }
}
