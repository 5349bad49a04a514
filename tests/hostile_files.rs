//! Files that are wrong or mean harm: each is refused with a message that helps, or opened without it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test panics where it fails"
)]

use std::fs;
use std::path::Path;

use chronotope::formats;
use chronotope::store::Account;
use tempfile::TempDir;

/// Opens bytes as an events file of a folder of their own.
fn open(bytes: impl AsRef<[u8]>) -> Result<Account, String> {
    let folder = TempDir::new().unwrap();
    open_in(&folder, bytes)
}

fn open_in(folder: &TempDir, bytes: impl AsRef<[u8]>) -> Result<Account, String> {
    let path = folder.path().join("some.events.geojson");
    fs::write(&path, bytes).unwrap();
    formats::open(&path).map_err(|error| {
        let message = error.to_string();
        assert!(message.starts_with(&format!("{}: ", path.display())), "names the file: {message}");
        message
    })
}

fn feature(members: &str) -> String {
    format!(
        r#"{{"type": "FeatureCollection", "chronotope": 1, "features": [{{"type": "Feature", {members}}}]}}"#
    )
}

fn geometry(geometry: &str) -> String {
    feature(&format!(r#""properties": {{"title": "A"}}, "geometry": {geometry}"#))
}

fn collection(members: &str) -> String {
    format!(r#"{{"type": "FeatureCollection", "chronotope": 1, "features": [], {members}}}"#)
}

fn assert_refused(bytes: impl AsRef<[u8]>, fragments: &[&str]) {
    let shown: String = String::from_utf8_lossy(bytes.as_ref()).chars().take(200).collect();
    let message = open(bytes).map(|_| ()).expect_err(&shown);
    for fragment in fragments {
        assert!(message.contains(fragment), "{shown}\n  says: {message}\n  wanted: {fragment}");
    }
    assert!(message.chars().count() < 600, "too long to be read: {message}");
}

#[test]
fn files_that_are_not_events_files() {
    let truncated = &include_bytes!("../data/from-lachin-to-khankendi.events.geojson")[..5000];
    for (bytes, fragments) in [
        (b"".as_slice(), &["is empty", "FeatureCollection"][..]),
        (b" \n\t ", &["is empty"]),
        (b"\xEF\xBB\xBF", &["is empty"]),
        (b"From Lachin to Khankendi", &["is not JSON at line 1, column 1"]),
        (b"<?xml version='1.0'?><kml/>", &["is not JSON at line 1, column 1"]),
        (b"{\"type\": \"FeatureCollection\",\n \"features\": [}", &["is not JSON at line 2, column 15"]),
        (b"{\"type\": \"FeatureCollection\"} {}", &["is not JSON at line 1", "trailing"]),
        (b"{\"type\": \"Feature", &["ends too early, at line 1, column 17", "cut short"]),
        (truncated, &["ends too early, at line"]),
        (b"{\"a\": \"\xFF\"}", &["not UTF-8", "byte 7"]),
        (b"\xFF\xFE{\0}\0", &["not UTF-8", "UTF-16"]),
        (b"\x1F\x8B\x08\0", &["not UTF-8", "gzip"]),
        (b"{\"type\": \"Feature\0Collection\"}", &["is not JSON at line 1", "control character"]),
        (b"\0\0\0\0", &["is not JSON at line 1, column 1"]),
        (b"{\"type\": \"\\ud800\"}", &["is not JSON at line 1", "hex escape"]),
        (b"[]", &["a list, not an object", "FeatureCollection"]),
        (b"42", &["a single value"]),
        (b"null", &["a single value"]),
        (b"{}", &["has no “type”"]),
        (br#"{"type": "Topology", "objects": {}}"#, &["“Topology”", "FeatureCollection"]),
        (br#"{"type": 5}"#, &["is not a string"]),
        (br#"{"type": "FeatureCollection", "chronotope": 2, "features": {}}"#, &["version 2", "newer"]),
        (br#"{"type": "FeatureCollection", "chronotope": "1"}"#, &["chronotope: expected the number 1"]),
        (br#"{"type": "FeatureCollection", "chronotope": 0}"#, &["chronotope: 0 is no version"]),
    ] {
        assert_refused(bytes, fragments);
    }
}

#[test]
fn files_that_cannot_be_read() {
    let folder = TempDir::new().unwrap();
    let message = |path: &Path| formats::open(path).unwrap_err().to_string();
    let absent = folder.path().join("absent.geojson");
    assert_eq!(
        message(&absent),
        format!("{}: there is no such file. Check the name and the folder", absent.display())
    );
    assert!(message(folder.path()).contains("is a folder"));
    assert!(message(Path::new("")).contains("no such file"));
}

#[test]
fn members_of_a_wrong_type_are_named() {
    for (file, fragments) in [
        (
            r#"{"type": "FeatureCollection", "features": {}}"#.to_owned(),
            &["features: ", "line 1, column 42"][..],
        ),
        (r#"{"type": "FeatureCollection", "features": [5]}"#.to_owned(), &["features[0]: ", "integer `5`"]),
        (
            r#"{"type": "FeatureCollection", "features": [{}]}"#.to_owned(),
            &["features[0].type: expected “Feature”"],
        ),
        (feature(r#""properties": []"#), &["features[0].properties: ", "expected a map"]),
        (feature(r#""properties": {}"#), &["features[0].properties.title: expected a title"]),
        (
            feature(r#""properties": {"title": "A"}, "when": {"edtf": 2023}"#),
            &["features[0].when.edtf: ", "integer `2023`, expected a string"],
        ),
        (
            feature(r#""properties": {"title": "A"}, "when": {"edtf": "23 April 2023"}"#),
            &["features[0].when.edtf: “23 April 2023” is not an EDTF date"],
        ),
        (
            feature(r#""properties": {"title": "A", "when": "2023-02-30"}"#),
            &["features[0].properties.when: “2023-02-30” is not an EDTF date"],
        ),
        (feature(r#""properties": {"title": "A", "status": "true"}"#), &["status: “true”", "claimed"]),
        (
            feature(r#""properties": {"title": "A", "confidence": 1.5}"#),
            &["confidence: expected a number from 0 to 1"],
        ),
        (
            feature(r#""properties": {"title": "A"}, "places": [{"place": "nowhere"}]"#),
            &["features[0].places[0].place: “nowhere” is not the id of one of “places”"],
        ),
        (
            feature(r#""properties": {"title": "A"}, "passages": [{"document": "d", "selector": []}]"#),
            &["features[0].passages[0].document: “d” is not the id"],
        ),
        (
            feature(r#""properties": {"title": "A"}, "when": {"anchor": {"kind": "moon"}}"#),
            &["features[0].when.anchor.kind: “moon”", "absolute"],
        ),
        (feature(r#""properties": {"title": "A"}, "id": {}"#), &["features[0].id: ", "a string or a number"]),
        (
            r#"{"type": "FeatureCollection", "chronotope": 1, "features": [
                {"type": "Feature", "id": "e", "properties": {"title": "A"}},
                {"type": "Feature", "id": "e", "properties": {"title": "B"}}]}"#
                .to_owned(),
            &["features[1].id: “e” is used twice"],
        ),
        (feature(r#""properties": {}, "properties": {}"#), &["duplicate field"]),
        (collection(r#""places": [{"name": "A"}]"#), &["places[0].id: is missing"]),
        (collection(r#""places": [{"id": "a"}]"#), &["places[0].name: is missing"]),
        (
            collection(r#""places": [{"id": "a", "name": "A"}, {"id": "a", "name": "B"}]"#),
            &["places[1].id: “a” is used twice"],
        ),
        (
            collection(r#""places": [{"id": "a", "name": "A", "kind": "moon"}]"#),
            &["places[0].kind: “moon”", "town"],
        ),
        (collection(r#""places": [{"id": "a", "name": "A", "radius_km": -1}]"#), &["places[0].radius_km"]),
        (collection(r#""places": [{"id": "a", "name": "A", "radius_km": 1e999}]"#), &["number out of range"]),
        (
            collection(
                r#""places": [{"id": "a", "name": "A", "geometry": {"type": "MultiPoint", "coordinates": [[1, 2], [3, 4]]}}]"#,
            ),
            &["places[0].geometry: a place has one shape"],
        ),
        (collection(r#""documents": [{"id": "d"}, {"id": "d"}]"#), &["documents[1].id: “d” is used twice"]),
        (
            collection(r#""documents": [{"id": "d", "published": {"edtf": "soon"}}]"#),
            &["documents[0].published.edtf: “soon”"],
        ),
        (
            collection(r#""documents": [{"id": "d"}], "mentions": [{"document": "d", "kind": "person"}]"#),
            &["mentions[0].kind: expected “toponym” or “time”, found “person”"],
        ),
        (
            collection(
                r#""documents": [{"id": "d"}], "mentions": [{"document": "d", "kind": "time", "target": 5}]"#,
            ),
            &["mentions[0].target: ", "a selector or a list of selectors"],
        ),
    ] {
        assert_refused(file, fragments);
    }
}

#[test]
fn geometries_off_the_globe() {
    let ring =
        |positions: &str| geometry(&format!(r#"{{"type": "Polygon", "coordinates": [[{positions}]]}}"#));
    let point = |position: &str| geometry(&format!(r#"{{"type": "Point", "coordinates": {position}}}"#));
    for (file, fragments) in [
        (point("[40.4, 149.9]"), &["features[0].geometry.coordinates: longitude 40.4", "swapped"][..]),
        (point("[5550000, 4900000]"), &["not on the globe", "EPSG:4326"]),
        (point("[200, 95]"), &["longitude 200, latitude 95"]),
        (point("[1e308, 0]"), &["not on the globe"]),
        (point("[1e999, 0]"), &["number out of range"]),
        (point("[NaN, 0]"), &["is not JSON"]),
        (point("[1]"), &["features[0].geometry"]),
        (point("[]"), &["features[0].geometry"]),
        (point("[\"1\", \"2\"]"), &["features[0].geometry"]),
        (point("[[1, 2]]"), &["features[0].geometry"]),
        (geometry(r#"{"type": "Circle", "coordinates": [1, 2]}"#), &["features[0].geometry", "Circle"]),
        (geometry("{}"), &["features[0].geometry"]),
        (geometry("5"), &["features[0].geometry"]),
        (geometry(r#"{"type": "LineString", "coordinates": [[1, 2]]}"#), &["fewer than 2 positions"]),
        (ring("[0, 0], [1, 1], [0, 0]"), &["geometry.coordinates[0]: is a ring of fewer than 3"]),
        (ring("[0, 0], [0, 0], [0, 0], [0, 0]"), &["is a ring of fewer than 3"]),
        (ring("[0, 0], [0, 1], [91, 99], [0, 0]"), &["geometry.coordinates[0][2]: longitude 91"]),
        (
            geometry(r#"{"type": "MultiPolygon", "coordinates": [[[[0, 0]]]]}"#),
            &["coordinates[0][0]: is a ring"],
        ),
        (
            geometry(
                r#"{"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [0, 99]}]}"#,
            ),
            &["features[0].geometry.geometries[0].coordinates"],
        ),
    ] {
        assert_refused(file, fragments);
    }
}

#[test]
fn deep_and_large_files() {
    let deep = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert_refused(deep(1_000_000), &["a list, not an object"]);
    assert_refused(
        geometry(&format!(r#"{{"type": "Point", "coordinates": {}}}"#, deep(100_000))),
        &["recursion limit"],
    );
    assert_refused(
        feature(&format!(r#""properties": {{"title": "A", "x": {}}}"#, deep(100_000))),
        &["recursion limit"],
    );
    let nested = format!("{}{{}}{}", r#"{"selector": "#.repeat(100_000), "}".repeat(100_000));
    let mention =
        format!(r#""documents": [{{"id": "d"}}], "mentions": [{{"document": "d", "target": {nested}}}]"#);
    assert_refused(collection(&mention), &["recursion limit"]);
    // Members that are not known are passed over, however deep.
    open(collection(&format!(r#""x": {}"#, deep(100_000)))).unwrap();

    let line = ",[1,1]".repeat(1_000_001);
    let line = geometry(&format!(r#"{{"type": "LineString", "coordinates": [{}]}}"#, &line[1..]));
    assert_refused(line, &["more than 1000000 positions"]);
    let long_date = "9".repeat(1_000_000);
    assert_refused(
        feature(&format!(r#""properties": {{"title": "A"}}, "when": {{"edtf": "{long_date}"}}"#)),
        &["features[0].when.edtf"],
    );
}

#[test]
fn a_byte_order_mark_is_no_fault() {
    let account = open(format!("\u{FEFF}{}", collection(r#""title": "Marked""#))).unwrap();
    assert_eq!(account.title, "Marked");
}

fn document(members: &str) -> String {
    collection(&format!(
        r#""documents": [{{"id": "d", {members}}}], "mentions": [
            {{"document": "d", "kind": "toponym", "target": [
                {{"type": "TextPositionSelector", "start": 0, "end": 18446744073709551615}},
                {{"type": "TextQuoteSelector", "exact": "root"}}]}}]"#
    ))
}

/// An events file must not make the program show other files of the machine.
#[test]
fn documents_are_read_only_from_beside_their_events_file() {
    let folder = TempDir::new().unwrap();
    let outside = TempDir::new().unwrap();
    let secret = outside.path().join("secret.txt");
    fs::write(&secret, "root").unwrap();
    fs::create_dir(folder.path().join("texts")).unwrap();
    fs::write(folder.path().join("texts/a.txt"), "root").unwrap();
    fs::write(folder.path().join("noise.txt"), b"\x01\x02\x03\xFF\0\x80\0\x05\x06").unwrap();
    let mut refused = vec![
        (secret.display().to_string(), "outside"),
        ("/etc/passwd".to_owned(), "outside"),
        ("../some.txt".to_owned(), "outside"),
        ("texts/../../some.txt".to_owned(), "outside"),
        ("texts\\\\a.txt".to_owned(), "not a path with /"),
        ("a\\u0000b".to_owned(), "not a path with /"),
        (String::new(), "not a path with /"),
        ("texts".to_owned(), "it is not a file"),
        ("absent.txt".to_owned(), "No such file"),
        ("noise.txt".to_owned(), "it is binary data"),
    ];
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(&secret, folder.path().join("link.txt")).unwrap();
        std::os::unix::fs::symlink(outside.path(), folder.path().join("link")).unwrap();
        std::os::unix::fs::symlink("/dev/zero", folder.path().join("zero.txt")).unwrap();
        std::os::unix::fs::symlink("loop.txt", folder.path().join("loop.txt")).unwrap();
        refused.push(("link.txt".to_owned(), "outside"));
        refused.push(("link/secret.txt".to_owned(), "outside"));
        refused.push(("zero.txt".to_owned(), "outside"));
        refused.push(("loop.txt".to_owned(), "cannot be shown"));
    }
    for (file, reason) in refused {
        let account = open_in(&folder, document(&format!(r#""file": "{file}""#))).unwrap();
        let missing = account.documents[0].missing.as_deref().unwrap_or_else(|| panic!("{file} was read"));
        assert!(missing.contains(reason), "{file}: {missing}");
        assert_eq!(&*account.documents[0].text, "");
        assert_eq!(account.mentions[0].span, None);
        assert!(account.warnings.iter().any(|w| w.contains("documents[0]")), "{:?}", account.warnings);
    }
    let account = open_in(&folder, document(r#""file": "./texts/a.txt""#)).unwrap();
    assert_eq!(&*account.documents[0].text, "root");
    assert_eq!(account.mentions[0].span.map(|s| (s.start, s.end)), Some((0, 4)));
    assert_eq!(account.warnings, Vec::<String>::new());
}

#[test]
fn another_text_is_said_and_searched() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("a.txt"), "A root, it says.").unwrap();
    let sha256 = "0".repeat(64);
    let account = open_in(&folder, document(&format!(r#""file": "a.txt", "sha256": "{sha256}""#))).unwrap();
    assert!(account.warnings[0].contains("has changed"), "{:?}", account.warnings);
    assert_eq!(account.mentions[0].span.map(|s| s.start), Some(2));
    assert_ne!(account.documents[0].sha256, sha256);

    let html = document(r#""file": "a.txt", "media_type": "text/html""#);
    assert_eq!(&*open_in(&folder, html).unwrap().documents[0].text, "A root, it says.\n");
}

#[test]
fn links_and_passages_that_lead_nowhere_are_said() {
    let file = feature(
        r#""properties": {"title": "A"}, "links": [{"type": "part-of", "event": "none"}],
           "when": {"anchor": {"kind": "event", "to": "never"}},
           "passages": [{"document": "d", "selector": []}]"#,
    );
    let file = file.replacen('{', r#"{"documents": [{"id": "d", "file": "d.txt"}], "#, 1);
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("d.txt"), "Text.").unwrap();
    let account = open_in(&folder, file).unwrap();
    assert!(account.events[0].passages.is_empty());
    assert_eq!(account.warnings.len(), 3, "{:?}", account.warnings);
    assert!(account.warnings[0].starts_with("features[0].passages[0].selector"));
    assert!(account.warnings[1].contains("features[0].links: “none”"));
    assert!(account.warnings[2].contains("features[0].when.anchor: “never”"));
}
