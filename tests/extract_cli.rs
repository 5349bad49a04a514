//! `chronotope extract`, the real binary: what it writes, in which order, and what it makes of bad input.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test panics where it fails"
)]

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const STORY: &str = "The flood of the river\n\nOn 3 May 1990 the river rose in Paris. Two days later 🏔🏔 the bridge \
                     fell.\n\nHe left Baku in June 1991 and came to London.\n";

fn chronotope(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chronotope"));
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs with some input to the end.
fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = chronotope(arguments).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || {
        // A program that has stopped reading is looked at by its output.
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

fn records(output: &Output) -> Vec<Value> {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone())
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect()
}

fn line(doc_id: &Value, text: &str, dct: Option<&str>) -> String {
    format!("{}\n", serde_json::json!({"doc_id": doc_id, "text": text, "dct": dct}))
}

/// Documents of many lengths, with bad ones among them.
fn archive() -> String {
    let mut archive = String::new();
    for number in 0..300 {
        let text = format!("No. {number}. {}", STORY.repeat(number % 7));
        archive.push_str(&line(&number.into(), &text, (number % 3 == 0).then_some("1992-03-04")));
        if number % 50 == 0 {
            archive.push_str("{\"doc_id\": \"broken\", \"text\": \"cut sho\n\n");
        }
    }
    archive
}

#[test]
fn the_bytes_are_the_same_whatever_the_number_of_jobs() {
    let archive = archive();
    let alone = run(&["extract", "--jsonl", "--jobs", "1"], archive.as_bytes());
    assert!(alone.status.success());
    assert_eq!(records(&alone).iter().filter(|r| r["kind"] == "error").count(), 6);
    for jobs in ["2", "4", "7"] {
        let many = run(&["extract", "--jsonl", "--jobs", jobs], archive.as_bytes());
        assert!(many.stdout == alone.stdout, "{jobs} jobs");
    }
}

#[test]
fn records_come_in_order_and_know_nothing_of_one_another() {
    let all = records(&run(&["extract", "--jsonl"], archive().as_bytes()));
    let numbers: Vec<u64> = all.iter().filter_map(|r| r["doc_id"].as_u64()).collect();
    assert!(numbers.is_sorted());
    let text = STORY.repeat(3);
    let one = records(&run(&["extract", "--jsonl"], line(&"a".into(), &text, None).as_bytes()));
    let again = format!("{}{}", line(&"b".into(), STORY, None), line(&"a".into(), &text, None));
    let both = records(&run(&["extract", "--jsonl"], again.as_bytes()));
    let of_a: Vec<Value> = both.into_iter().filter(|r| r["doc_id"] == "a").collect();
    assert_eq!(one, of_a);
}

#[test]
fn members_have_their_order_and_offsets_are_code_points() {
    let output = run(&["extract", "--jsonl"], line(&"s".into(), STORY, None).as_bytes());
    let letters: Vec<char> = STORY.chars().collect();
    let mut ids = std::collections::BTreeSet::new();
    for record in records(&output) {
        let names: Vec<&str> = record.as_object().unwrap().keys().map(String::as_str).collect();
        let expected: &[&str] = match record["kind"].as_str().unwrap() {
            "time" => &["doc_id", "kind", "id", "start", "end", "text", "type", "value", "edtf"],
            "place" => &[
                "doc_id",
                "kind",
                "id",
                "start",
                "end",
                "text",
                "name",
                "lat",
                "lon",
                "geonameid",
                "confidence",
            ],
            "event" => &[
                "doc_id",
                "kind",
                "id",
                "title",
                "start",
                "end",
                "text",
                "edtf",
                "when_text",
                "lat",
                "lon",
                "places",
                "status",
                "told_by",
                "rule",
                "confidence",
                "same_as",
            ],
            other => panic!("{other}"),
        };
        assert_eq!(names, expected);
        let at = |name: &str| usize::try_from(record[name].as_u64().unwrap()).unwrap();
        let words: String = letters[at("start")..at("end")].iter().collect();
        assert_eq!(record["text"], words.as_str());
        assert!(ids.insert(record["id"].as_str().unwrap().to_owned()), "{record}");
    }
}

#[test]
fn only_what_is_asked_for_is_written() {
    let input = line(&"s".into(), STORY, None);
    let all = records(&run(&["extract", "--jsonl"], input.as_bytes()));
    for kinds in [&["time"][..], &["place"], &["event"], &["time", "event"]] {
        let mut arguments = vec!["extract", "--jsonl"];
        for kind in kinds {
            arguments.extend(["--only", kind]);
        }
        let found = records(&run(&arguments, input.as_bytes()));
        let expected: Vec<&Value> =
            all.iter().filter(|r| kinds.contains(&r["kind"].as_str().unwrap())).collect();
        assert_eq!(found.iter().collect::<Vec<_>>(), expected, "{kinds:?}");
    }
}

#[test]
fn bad_records_are_told_of_and_the_run_goes_on() {
    let mut input = Vec::new();
    for line in [
        &b"\xEF\xBB\xBF{\"doc_id\": 1, \"text\": \"Nothing.\"}\r"[..],
        b"",
        b"not json",
        b"{\"doc_id\": \"no text\"}",
        b"{\"doc_id\": \"not text\", \"text\": [1]}",
        b"{\"doc_id\": \"caf\xE9\", \"text\": \"caf\xE9\"}",
        b"{\"doc_id\": 9, \"text\": \"Nothing.\", \"dct\": \"some day\"}",
        b"{\"doc_id\": \"cut\", \"text\": \"Nothi",
    ] {
        input.extend_from_slice(line);
        input.push(b'\n');
    }
    input.pop();
    let output = run(&["extract", "--jsonl", "--jobs", "2"], &input);
    let found: Vec<(String, String, u64)> = records(&output)
        .iter()
        .map(|r| {
            assert!(!r["message"].as_str().unwrap().is_empty());
            (r["doc_id"].to_string(), r["kind"].as_str().unwrap().to_owned(), r["line"].as_u64().unwrap())
        })
        .collect();
    let expected = [
        ("null", "error", 3),
        ("\"no text\"", "error", 4),
        ("\"not text\"", "error", 5),
        ("\"caf\u{fffd}\"", "error", 6),
        ("9", "warning", 7),
        ("\"cut\"", "error", 8),
    ];
    assert_eq!(found, expected.map(|(id, kind, line)| (id.to_owned(), kind.to_owned(), line)));
    assert!(String::from_utf8_lossy(&output.stderr).contains("5 of 7 lines could not be read"));
}

#[test]
fn a_line_is_answered_when_it_comes() {
    let mut child = chronotope(&["extract", "--jsonl"]).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    for number in 1..4 {
        stdin.write_all(b"no json\n").unwrap();
        let mut answer = String::new();
        stdout.read_line(&mut answer).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&answer).unwrap()["line"], number);
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_reader_that_hangs_up_is_no_error() {
    for jobs in ["1", "3"] {
        let mut child = chronotope(&["extract", "--jsonl", "--jobs", jobs]).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let mut stdout = child.stdout.take().unwrap();
        stdin.write_all(b"no json\n").unwrap();
        let mut first = [0];
        stdout.read_exact(&mut first).unwrap();
        drop(stdout);
        // The input goes on until nobody takes it any more; then it stays open.
        while stdin.write_all(b"no json\n").is_ok() && child.try_wait().unwrap().is_none() {}
        assert!(child.wait().unwrap().success(), "{jobs} jobs");
        let mut words = String::new();
        child.stderr.take().unwrap().read_to_string(&mut words).unwrap();
        assert!(!words.contains("panicked") && !words.contains("could not be written"), "{words}");
    }
}

/// Runs in a folder.
fn run_in(folder: &Path, arguments: &[&str]) -> Output {
    chronotope(arguments).current_dir(folder).stdin(Stdio::null()).output().unwrap()
}

#[test]
fn events_of_texts_open_again_with_their_passages() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("texts")).unwrap();
    std::fs::write(folder.path().join("texts/one.txt"), STORY).unwrap();
    std::fs::write(folder.path().join("two.txt"), format!("Another text\n\n{STORY}")).unwrap();
    let output =
        run_in(folder.path(), &["extract", "texts/one.txt", "two.txt", "two.txt", "--date", "1992-03-04"]);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    assert!(errors.contains("2 of 3: two.txt"), "{errors}");
    std::fs::write(folder.path().join("both.geojson"), &output.stdout).unwrap();
    let account = chronotope::formats::open(&folder.path().join("both.geojson")).unwrap();
    let files: Vec<&str> = account.documents.iter().filter_map(|d| d.file.as_deref()).collect();
    assert_eq!(files, ["texts/one.txt", "two.txt"]);
    assert!(account.warnings.is_empty(), "{:?}", account.warnings);
    for document in &account.documents {
        assert_eq!(document.missing, None);
        let published = document.published.as_ref().unwrap();
        assert_eq!(
            (published.edtf.as_str(), published.reason.as_str()),
            ("1992-03-04", "given by the reader")
        );
    }
    assert!(account.events.iter().flat_map(|e| &e.passages).all(|p| p.span.is_some()));
    let again = run_in(folder.path(), &["events", "both.geojson"]);
    assert_eq!(String::from_utf8_lossy(&again.stdout), String::from_utf8_lossy(&output.stdout));
}

#[test]
fn tables_and_lists_are_written_too() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("one.txt"), STORY).unwrap();
    let csv = run_in(folder.path(), &["extract", "one.txt", "--format", "csv"]);
    assert!(String::from_utf8_lossy(&csv.stdout).starts_with("id,title,edtf,"));
    let json = run_in(folder.path(), &["extract", "one.txt", "--format", "json"]);
    assert!(serde_json::from_slice::<Value>(&json.stdout).unwrap().is_array());
    let events = run_in(folder.path(), &["events", "one.txt", "--format", "json"]);
    assert_eq!(events.stdout, json.stdout);
}

#[test]
fn what_goes_wrong_is_said_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("one.txt"), STORY).unwrap();
    for (arguments, words) in [
        (&["extract", "gone.txt"][..], "gone.txt: there is no such file"),
        (&["extract", "one.txt", "--date", "someday"], "--date someday"),
        (&["extract", "one.txt", "gone.txt"], "gone.txt: there is no such file"),
        (&["extract"], "required"),
        (&["extract", "--jsonl", "--jobs", "0"], "--jobs"),
        (&["extract", "one.txt", "--jobs", "2"], "--jsonl"),
    ] {
        let output = run_in(folder.path(), arguments);
        assert!(!output.status.success(), "{arguments:?}");
        assert!(output.stdout.is_empty());
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(errors.contains(words), "{errors}");
    }
}
