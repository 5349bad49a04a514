//! The bundled article opened as a text that nobody has read, against its reading by hand.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test panics where it fails"
)]

use std::path::Path;
use std::sync::Arc;

use chronotope::annotation::{MentionKind, ToponymRole};
use chronotope::formats;
use chronotope::gazetteer::PlaceKind;
use chronotope::geo::LonLat;
use chronotope::opening::{self, Choices, Input};
use chronotope::progress::Progress;
use chronotope::store::{Account, AccountMention, Anchor, AnchorKind, PlaceRole};
use chronotope::time::Edtf;

/// A town is found if it is drawn so near to where the reading by hand has it.
const MAX_KM: f64 = 25.0;

fn found() -> Account {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/from-lachin-to-khankendi.txt");
    opening::open(&Input::File(&path), &Choices::default(), &Progress::default()).unwrap()
}

fn overlapping<'a>(account: &'a Account, mention: &AccountMention) -> Vec<&'a AccountMention> {
    let span = mention.span.unwrap();
    account.mentions.iter().filter(|m| m.span.unwrap().overlaps(span)).collect()
}

fn edtf_of(mention: &AccountMention) -> Option<&str> {
    match &mention.kind {
        MentionKind::Time { edtf, .. } => edtf.as_ref().map(Edtf::as_str),
        MentionKind::Toponym { .. } => None,
    }
}

/// Great circle, in kilometres.
fn km(a: LonLat, b: LonLat) -> f64 {
    let (lat_a, lat_b) = (a.lat.to_radians(), b.lat.to_radians());
    let half = |degrees: f64| (degrees.to_radians() / 2.0).sin().powi(2);
    let h = half(b.lat - a.lat) + lat_a.cos() * lat_b.cos() * half(b.lon - a.lon);
    2.0 * 6371.0 * h.sqrt().min(1.0).asin()
}

#[test]
fn every_explicit_date_is_found_as_it_was_read() {
    let (hand, found) = (formats::bundled().unwrap(), found());
    let is_explicit = |mention: &&AccountMention| {
        // A whole date or month with its year.
        let year = mention.quote.split(|c: char| !c.is_ascii_digit()).any(|number| number.len() == 4);
        let is_absolute = matches!(mention.anchor, None | Some(Anchor { kind: AnchorKind::Absolute, .. }));
        year && is_absolute && edtf_of(mention).is_some()
    };
    let explicit: Vec<&AccountMention> = hand.mentions.iter().filter(is_explicit).collect();
    assert!(explicit.len() >= 10, "{}", explicit.len());
    let missed: Vec<String> = explicit
        .into_iter()
        // “until 2020” may be the year or all that lies before its end.
        .filter(|m| {
            let closed = |edtf: &str| edtf.trim_start_matches('/').trim_end_matches("/..").to_owned();
            !overlapping(&found, m).iter().any(|other| edtf_of(other).map(closed) == edtf_of(m).map(closed))
        })
        .map(|m| {
            let others: Vec<_> = overlapping(&found, m)
                .iter()
                .map(|o| (o.quote.clone(), edtf_of(o)))
                .map(|o| format!("{o:?}"))
                .collect();
            format!("{} is {:?}, found {others:?}", m.quote, edtf_of(m))
        })
        .collect();
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn every_named_town_is_found_where_it_is() {
    let (hand, found) = (formats::bundled().unwrap(), found());
    let place = |account: &Account, mention: &AccountMention| match mention.kind {
        MentionKind::Toponym { place: Some(place), role: ToponymRole::Location } => {
            let place = &account.places[place];
            place.bounds().map(|bounds| (bounds.center(), place.kind))
        }
        _ => None,
    };
    let mut n_towns = 0;
    let mut missed = Vec::new();
    for mention in &hand.mentions {
        let Some((at, PlaceKind::Town)) = place(&hand, mention) else { continue };
        n_towns += 1;
        let others = overlapping(&found, mention);
        if !others.iter().any(|other| place(&found, other).is_some_and(|(there, _)| km(at, there) < MAX_KM)) {
            missed.push(format!("{} ({:?})", mention.quote, mention.span));
        }
    }
    assert!(n_towns >= 5, "{n_towns}");
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn nothing_is_drawn_in_gaza_zafar_or_victory_or_on_a_company() {
    let found = found();
    for event in &found.events {
        for place in event.places.iter().filter(|place| place.role == PlaceRole::Location) {
            let drawn = &found.places[place.place];
            for wrong in ["Zafar", "Victory", "Spayka", "Hayastan All"] {
                assert!(!place.toponym.contains(wrong), "{}: {}", event.title, place.reason);
            }
            if place.toponym == "Gaza" {
                let at = drawn.bounds().unwrap().center();
                assert!(km(at, LonLat { lon: 45.37, lat: 41.09 }) < 60.0, "{}", place.reason);
            }
        }
    }
}

#[test]
fn it_says_when_it_was_written_and_moves_with_another_date() {
    let found = Arc::new(found());
    let published = found.documents[0].published.as_ref().unwrap();
    assert!(published.edtf.as_str().starts_with("2024"), "{published:?}");
    assert!(!published.reason.is_empty());
    let date = Edtf::parse("2034-04").unwrap();
    let moved = opening::reread(&found, &date, &Progress::default()).unwrap();
    let of_document = |account: &Account| -> Vec<(String, Option<String>)> {
        let is_relative =
            |m: &&AccountMention| m.anchor.as_ref().is_some_and(|a| a.kind == AnchorKind::Document);
        account
            .mentions
            .iter()
            .filter(is_relative)
            .map(|m| (m.id.clone(), edtf_of(m).map(str::to_owned)))
            .collect()
    };
    let (before, after) = (of_document(&found), of_document(&moved));
    assert!(!before.is_empty() && before != after);
    let same = opening::reread(&found, &published.edtf, &Progress::default()).unwrap();
    assert_eq!(same.events, found.events);
}

#[test]
fn every_mark_says_why() {
    let found = found();
    assert!(found.found && found.events.len() >= 20, "{}", found.events.len());
    for event in &found.events {
        let reason =
            event.when.as_ref().map_or_else(|| &event.undated.as_ref().unwrap().reason, |when| &when.reason);
        assert!(reason.ends_with('.'), "{}: {reason}", event.title);
        assert!(event.places.iter().all(|place| place.reason.ends_with('.') && !place.toponym.is_empty()));
        assert!(event.confidence.is_some() && !event.title.is_empty());
    }
}
