//! The bundled events file, its schema, its README and the program agree with one another.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test panics where it fails"
)]

use std::io;
use std::path::Path;

use chronotope::formats::{self, ExportFormat, events};
use chronotope::store::{Account, Event, EventStore};
use chronotope::time::Edtf;
use serde_json::Value;

const EVENTS: &str = include_str!("../data/from-lachin-to-khankendi.events.geojson");
const TEXT: &str = include_str!("../data/from-lachin-to-khankendi.txt");
const SCHEMA: &str = include_str!("../data/events.schema.json");
const README: &str = include_str!("../data/README.md");

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn list<'a>(value: &'a Value, member: &str) -> &'a [Value] {
    value[member].as_array().map_or(&[], Vec::as_slice)
}

#[allow(clippy::unnecessary_wraps, reason = "`parse` asks for it")]
fn article(_: &Path) -> io::Result<Vec<u8>> {
    Ok(TEXT.as_bytes().to_vec())
}

fn no_document(_: &Path) -> io::Result<Vec<u8>> {
    Err(io::ErrorKind::NotFound.into())
}

fn exported(account: &Account, format: ExportFormat) -> String {
    let mut bytes = Vec::new();
    formats::export(account, format, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

fn assert_valid(file: &Value) {
    let validator = jsonschema::validator_for(&json(SCHEMA)).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(file).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
fn the_bundled_file_follows_its_schema() {
    assert_valid(&json(EVENTS));
}

#[test]
fn the_schema_refuses_what_is_wrong() {
    let validator = jsonschema::validator_for(&json(SCHEMA)).unwrap();
    for (member, value) in [
        ("/type", json(r#""Feature""#)),
        ("/features/0/geometry/coordinates", json("[1, 91]")),
        ("/features/0/properties/status", json(r#""true""#)),
        ("/documents/0/sha256", json(r#""abc""#)),
        ("/mentions/0/kind", json(r#""person""#)),
    ] {
        let mut file = json(EVENTS);
        *file.pointer_mut(member).unwrap() = value;
        assert!(!validator.is_valid(&file), "{member}");
    }
}

#[test]
fn the_bundled_file_opens_without_a_warning() {
    let account = formats::bundled().unwrap();
    let file = json(EVENTS);
    assert_eq!(account.warnings, Vec::<String>::new());
    assert_eq!(account.events.len(), list(&file, "features").len());
    assert_eq!(account.places.len(), list(&file, "places").len());
    assert_eq!(account.mentions.len(), list(&file, "mentions").len());
    let document = &account.documents[0];
    assert_eq!(&*document.text, TEXT);
    assert_eq!(document.published.as_ref().unwrap().edtf.as_str(), "2024-04~");
    let headings: Vec<&str> = document.headings.iter().map(|h| h.slice(TEXT)).collect();
    assert_eq!(headings.len(), 4);
    assert_eq!(headings[0], "From Lachin to Khankendi");
}

#[test]
fn headings_are_found_without_the_file_naming_them() {
    let mut file = json(EVENTS);
    file["documents"][0].as_object_mut().unwrap().remove("headings").unwrap();
    let account = events::parse(file.to_string().as_bytes(), "article", article).unwrap();
    assert_eq!(account.documents[0].headings, formats::bundled().unwrap().documents[0].headings);
}

#[test]
fn each_selector_leads_to_its_quote() {
    let text: Vec<char> = TEXT.chars().collect();
    let file = json(EVENTS);
    let mut n = 0;
    let mut check = |selectors: &Value| {
        let [position, quote] = selectors.as_array().unwrap().as_slice() else { panic!("{selectors}") };
        let (start, end) = (position["start"].as_u64().unwrap(), position["end"].as_u64().unwrap());
        let slice = |a: usize, b: usize| text[a..b].iter().collect::<String>();
        let (start, end) = (start as usize, end as usize);
        assert_eq!(slice(start, end), quote["exact"].as_str().unwrap());
        assert!(slice(0, start).ends_with(quote["prefix"].as_str().unwrap()));
        assert!(slice(end, text.len()).starts_with(quote["suffix"].as_str().unwrap()));
        n += 1;
    };
    for feature in list(&file, "features") {
        for p in list(feature, "passages") {
            check(&p["selector"]);
        }
    }
    for m in list(&file, "mentions") {
        check(&m["target"]);
    }
    for h in list(&file["documents"][0], "headings") {
        check(&h["selector"]);
    }
    assert!(n > 250, "{n}");

    let account = formats::bundled().unwrap();
    for passage in account.events.iter().flat_map(|e| &e.passages) {
        assert_eq!(passage.span.unwrap().slice(TEXT), passage.quote);
    }
    for mention in &account.mentions {
        assert_eq!(mention.span.unwrap().slice(TEXT), mention.quote);
    }
}

#[test]
fn flat_properties_agree_with_the_structure() {
    let file = json(EVENTS);
    // What the program writes is computed from the structure alone.
    let written = json(&exported(&formats::bundled().unwrap(), ExportFormat::Geojson));
    for (given, computed) in list(&file, "features").iter().zip(list(&written, "features")) {
        let id = &given["id"];
        for member in ["title", "when", "start", "end", "places", "quote", "source", "status", "confidence"] {
            assert_eq!(given["properties"][member], computed["properties"][member], "{id} {member}");
        }
        assert_eq!(given["when"]["timespans"], computed["when"]["timespans"], "{id}");
        assert_eq!(given["geometry"], computed["geometry"], "{id}");
        assert_eq!(given["when"]["edtf"], given["properties"]["when"], "{id}");
    }
}

#[test]
fn start_and_end_are_the_bounds_of_the_date() {
    let day = |value: &Value| Some(Edtf::parse(value.as_str()?).unwrap().interval().earliest_start);
    for feature in list(&json(EVENTS), "features") {
        let Some(edtf) = feature["when"]["edtf"].as_str() else {
            assert!(feature["properties"]["start"].is_null() && feature["properties"]["end"].is_null());
            continue;
        };
        let interval = Edtf::parse(edtf).unwrap().interval();
        let start = (!interval.is_open_start()).then_some(interval.earliest_start);
        let end = (!interval.is_open_end()).then_some(interval.latest_end);
        assert_eq!(day(&feature["properties"]["start"]), start, "{edtf}");
        assert_eq!(day(&feature["properties"]["end"]), end, "{edtf}");
    }
}

#[test]
fn what_is_written_is_read_back_the_same() {
    let account = formats::bundled().unwrap();
    let written = exported(&account, ExportFormat::Geojson);
    assert_valid(&json(&written));
    assert_eq!(events::parse(written.as_bytes(), "copy", article).unwrap(), account);
}

#[test]
fn what_is_orphaned_is_written_and_found_again() {
    let without_text = events::parse(EVENTS.as_bytes(), "article", no_document).unwrap();
    assert!(without_text.documents[0].missing.is_some());
    assert!(without_text.events.iter().flat_map(|e| &e.passages).all(|p| p.span.is_none()));
    let written = exported(&without_text, ExportFormat::Geojson);
    assert_valid(&json(&written));
    assert_eq!(events::parse(written.as_bytes(), "copy", no_document).unwrap(), without_text);
    assert_eq!(events::parse(written.as_bytes(), "copy", article).unwrap(), formats::bundled().unwrap());
}

#[test]
fn passages_survive_changes_around_them_and_not_of_them() {
    let original = formats::bundled().unwrap();
    let first = original.events.iter().find(|e| e.id.starts_with("e14")).unwrap();
    let quote = first.passages[0].quote.clone();
    // Other line ends, a paragraph before, and one passage reworded.
    let text = format!("A new first paragraph.\n\n{TEXT}").replace('\n', "\r\n");
    let text = text.replace(&quote, &quote.replace("protest", "action").replace("the", "a"));
    let account =
        events::parse(EVENTS.as_bytes(), "article", |_: &Path| Ok(text.clone().into_bytes())).unwrap();
    assert!(account.warnings.iter().any(|w| w.contains("has changed")), "{:?}", account.warnings);
    for (before, after) in original.events.iter().zip(&account.events) {
        for (before, after) in before.passages.iter().zip(&after.passages) {
            match after.span {
                Some(span) => assert_eq!(span.slice(&text), before.quote),
                None => assert!(!text.contains(&before.quote), "lost: {}", before.quote),
            }
        }
    }
    let reworded = account.events.iter().find(|e| e.id == first.id).unwrap();
    assert_eq!(reworded.passages[0].span, None);
    assert_eq!(reworded.passages[0].quote, quote);
}

#[test]
fn the_example_in_the_readme_opens() {
    let example = README.split("```json").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    assert_valid(&json(example));
    let account = events::parse(example.as_bytes(), "example", no_document).unwrap();
    assert_eq!(account.warnings, Vec::<String>::new());
    assert_eq!(account.title, "A voyage");
    let dates: Vec<&str> = account.events.iter().map(|e| e.when.as_ref().unwrap().edtf.as_str()).collect();
    assert_eq!(dates, ["1905-08-12~", "1905-09"]);
    assert_eq!((account.events[0].places.len(), account.events[1].places.len()), (1, 0));
}

/// Features of other programs: (feature, its title, its date, the names of its places).
#[test]
fn plain_geojson_opens() {
    let point = r#""geometry": {"type": "Point", "coordinates": [49.9, 40.4]}"#;
    for (members, title, date, places) in [
        // geojson.io
        (r#""properties": {}, GEOMETRY"#, "Event 1", None, &["Unnamed place"][..]),
        (
            r#""properties": {"name": "Baku", "date": "1918-09"}, GEOMETRY"#,
            "Baku",
            Some("1918-09"),
            &["Baku"],
        ),
        // QGIS: attributes of any type, other geometries
        (
            r#""properties": {"fid": 1, "title": "Oil", "place": "Baku", "start": 1846, "end": 1848}, GEOMETRY"#,
            "Oil",
            Some("1846/1848"),
            &["Baku"],
        ),
        (
            r#""properties": {"title": "Rome", "start": 476, "end": null}, GEOMETRY"#,
            "Rome",
            Some("0476"),
            &["Rome"],
        ),
        (
            r#""properties": {"title": "Two"}, "geometry": {"type": "MultiPoint", "coordinates": [[1, 2], [3, 4]]}"#,
            "Two",
            None,
            &["Two", "Two"],
        ),
        (
            r#""properties": {"title": "Walk", "status": "done", "confidence": "high"}, "geometry":
               {"type": "GeometryCollection", "geometries": [{"type": "LineString", "coordinates": [[1, 2, 9], [3, 4, 9]]}]}"#,
            "Walk",
            None,
            &["Walk"],
        ),
        (r#""properties": null, "geometry": null"#, "Event 1", None, &[]),
        // Linked Places
        (
            r#""@id": "http://example.org/1", "properties": {"title": "Abingdon"}, GEOMETRY,
               "names": [{"toponym": "Abingdon"}], "links": [{"type": "closeMatch", "identifier": "gn:1"}],
               "when": {"timespans": [{"start": {"in": "1600"}, "end": {"earliest": "1680", "latest": "1690"}}]}"#,
            "Abingdon",
            Some("1600/1690"),
            &["Abingdon"],
        ),
        (
            r#""properties": {"title": "On"}, GEOMETRY, "when": {"timespans": [{"start": {"in": "-43"}}]}"#,
            "On",
            Some("-0043/.."),
            &["On"],
        ),
    ] {
        let feature = members.replace("GEOMETRY", point);
        let file = format!(
            r#"{{"type": "FeatureCollection", "crs": {{}}, "bbox": [1], "features": [{{"type": "Feature", {feature}}}]}}"#
        );
        let account = events::parse(file.as_bytes(), "plain", no_document).unwrap();
        let event = &account.events[0];
        assert_eq!(event.title, title, "{members}");
        assert_eq!(event.when.as_ref().map(|w| w.edtf.as_str()), date, "{members}");
        let names: Vec<&str> = event.places.iter().map(|p| account.places[p.place].name.as_str()).collect();
        assert_eq!(names, places, "{members}");
        assert_eq!(account.warnings, Vec::<String>::new(), "{members}");
        // It can be written in the program's own format.
        let written = exported(&account, ExportFormat::Geojson);
        assert_valid(&json(&written));
        let again = events::parse(written.as_bytes(), "copy", no_document).unwrap();
        assert_eq!((again.events, again.places), (account.events, account.places), "{members}");
    }
}

#[test]
fn features_with_one_name_and_spot_share_a_place() {
    let feature = |title: &str| {
        format!(
            r#"{{"type": "Feature", "id": 7, "properties": {{"title": "{title}", "place": "Baku", "date": "in May"}},
               "geometry": {{"type": "Point", "coordinates": [49.9, 40.4]}}}}"#
        )
    };
    let file =
        format!(r#"{{"type": "FeatureCollection", "features": [{}, {}]}}"#, feature("One"), feature("Two"));
    let account = events::parse(file.as_bytes(), "plain", no_document).unwrap();
    assert_eq!(account.places.len(), 1);
    assert_ne!(account.events[0].id, account.events[1].id);
    // Dates that are none are said, and the events are kept.
    assert!(account.events.iter().all(|e| e.when.is_none()));
    assert_eq!(account.warnings.len(), 2);
    assert!(account.warnings[0].starts_with("features[0].properties.date: “in May” is not"));
}

#[test]
fn tables_and_records_hold_every_event() {
    let account = formats::bundled().unwrap();
    let table = exported(&account, ExportFormat::Csv);
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let header = reader.headers().unwrap().clone();
    assert_eq!(
        header.iter().collect::<Vec<_>>(),
        ["id", "title", "edtf", "start", "end", "places", "lon", "lat", "status", "source", "quote"]
    );
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let records = json(&exported(&account, ExportFormat::Json));
    let records = records.as_array().unwrap();
    assert_eq!((rows.len(), records.len()), (account.events.len(), account.events.len()));
    for ((row, record), event) in rows.iter().zip(records).zip(&account.events) {
        assert_eq!((&row[0], record["id"].as_str().unwrap()), (event.id.as_str(), event.id.as_str()));
        assert_eq!(row[2], *record["edtf"].as_str().unwrap_or(""));
        assert_eq!(row[6], record["lon"].as_f64().map_or(String::new(), |lon| lon.to_string()));
        assert_eq!(row[10], *event.passages[0].quote);
        assert_eq!(record["quote"].as_str(), Some(&row[10]));
    }
}

#[test]
fn no_event_happens_where_a_government_sits_or_in_gaza() {
    let store = EventStore::build(&[std::sync::Arc::new(formats::bundled().unwrap())]);
    let events: Vec<&Event> = store.event_ids().filter_map(|e| store.event(e)).collect();
    let happens_at = |name: &str| {
        events.iter().any(|e| e.places.iter().any(|p| store.place(p.place).is_some_and(|p| p.name == name)))
    };
    for name in ["Baku", "Washington", "Moscow", "Yerevan", "Gaza", "Zafar"] {
        assert!(!happens_at(name), "{name}");
    }
    for name in ["Khankendi", "Gazakh", "Brussels"] {
        assert!(happens_at(name), "{name}");
    }
}

/// A reader that takes some bytes and then fails.
struct Failing(usize, io::ErrorKind);

impl io::Write for Failing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 = self.0.checked_sub(bytes.len()).ok_or(self.1)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_reader_that_hangs_up_is_no_error_and_a_full_disk_is() {
    let account = formats::bundled().unwrap();
    for format in [ExportFormat::Geojson, ExportFormat::Csv, ExportFormat::Json] {
        for n_taken in [0, 10, 1000, 10_000] {
            let export = |kind| formats::export(&account, format, &mut Failing(n_taken, kind));
            assert!(export(io::ErrorKind::BrokenPipe).is_ok(), "{format:?} {n_taken}");
            assert!(export(io::ErrorKind::StorageFull).is_err(), "{format:?} {n_taken}");
        }
    }
}
