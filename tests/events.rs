//! Events: sentences of our own with their mentions marked, and what must be found in them.
//!
//! The tables in `tests/extraction/events` hold one sentence or short text a line, then one event a
//! line, indented. In a text `{T:2023-04-23|April 23}` is a time, `{D:…|…}` a duration, `{L:Baku}` a
//! town, `{C:Chad}` a country, `{G:Paris}` a government, `{N:York}` a part of a name, `{H:…}` a heading
//! (mentions may stand in it) and `¶` a blank line.

// A table that cannot be read is a failed test.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::fmt::Write as _;
use std::path::Path;
use std::sync::OnceLock;

use proptest::prelude::*;

use chronotope::annotation::{self, MentionKind};
use chronotope::document::Span;
use chronotope::extract::{
    FoundEvent, Language, PlaceMention, Resolution, Setting, Source, Statement, TimeAnchor, TimeMention,
    TimexType, ToponymRole, WhyHere, document_date, events, sentence, token,
};
use chronotope::gazetteer::{FeatureCode, Gazetteer, GazetteerId, PlaceKind};
use chronotope::progress::Progress;
use chronotope::store::AnchorKind;
use chronotope::time::Edtf;

static COUNTRIES: OnceLock<Vec<GazetteerId>> = OnceLock::new();

#[derive(Default)]
struct Marked {
    text: String,
    times: Vec<TimeMention>,
    places: Vec<PlaceMention>,
    headings: Vec<Span>,
}

impl Marked {
    fn new(source: &str) -> Self {
        let mut marked = Self::default();
        marked.read(source);
        marked
    }

    fn read(&mut self, source: &str) {
        let mut rest = source;
        while let Some(at) = rest.find(['{', '¶']) {
            self.text.push_str(&rest[..at]);
            if let Some(after) = rest[at..].strip_prefix('¶') {
                self.text.push_str("\n\n");
                rest = after;
                continue;
            }
            let (inner, after) = balanced(&rest[at..]);
            let (kind, words) = inner.split_once(':').unwrap_or_else(|| panic!("{inner}: no kind"));
            let start = self.text.len();
            if kind == "H" {
                self.read(words);
                self.text.push_str("\n\n");
                self.headings.push(Span { start, end: self.text.trim_end().len() });
            } else {
                let (value, words) = words.split_once('|').unwrap_or(("", words));
                self.text.push_str(words);
                self.mention(kind, value, Span { start, end: self.text.len() });
            }
            rest = after;
        }
        self.text.push_str(rest);
    }

    fn mention(&mut self, kind: &str, value: &str, span: Span) {
        let role = match kind {
            "T" | "D" => {
                self.times.push(TimeMention {
                    span,
                    timex_type: if kind == "T" { TimexType::Date } else { TimexType::Duration },
                    value: value.to_owned(),
                    edtf: Edtf::parse(value).ok(),
                    anchor: TimeAnchor::Absolute,
                    relation: "".into(),
                    rule: "marked",
                    confidence: 1.0,
                    is_adverbial: true,
                });
                return;
            }
            "L" | "C" => ToponymRole::Location,
            "G" => ToponymRole::Government,
            "N" => ToponymRole::NamePart,
            "A" => ToponymRole::Demonym,
            _ => panic!("{kind}: not a kind of mention"),
        };
        let name: u32 =
            span.slice(&self.text).bytes().fold(7, |n: u32, b| n.wrapping_mul(31).wrapping_add(u32::from(b)));
        // Beyond all places of the gazetteer, so a spot; or one of its countries.
        let countries =
            COUNTRIES.get_or_init(|| Gazetteer::embedded().with_code(FeatureCode::Country).collect());
        let country = countries.get(name as usize % countries.len().max(1)).filter(|_| kind == "C");
        let place = country.copied().unwrap_or(GazetteerId(name | 0x8000_0000));
        let resolution = Resolution {
            place,
            confidence: 1.0,
            why: WhyHere::OnlyCandidate,
            rivals: std::iter::empty().collect(),
        };
        self.places.push(PlaceMention {
            span,
            role,
            confidence: 1.0,
            resolution: Some(resolution),
            beside: None,
        });
    }

    fn events(&self, document_date: Option<&Edtf>) -> Vec<FoundEvent> {
        let language = Language::english();
        let setting = Setting { text: &self.text, headings: &self.headings, document_date };
        let tokens = token::tokenize(&self.text, &language.lexicon);
        let sentences = sentence::sentences(&self.text, &tokens, &self.headings, language);
        let progress = Progress::default();
        let source = Source {
            setting: &setting,
            tokens: &tokens,
            sentences: &sentences,
            language,
            progress: &progress,
        };
        events::find(
            &source,
            &self.times,
            &self.places,
            Gazetteer::embedded(),
            &mut events::Memory::default(),
        )
    }

    /// An event as the tables have it.
    fn line(&self, event: &FoundEvent) -> String {
        let mut line = self.title(event);
        let time = event.edtf.as_ref().or_else(|| self.times[event.time?].edtf.as_ref());
        write!(line, " | {}", time.map_or("-", Edtf::as_str)).unwrap();
        let names = |places: &[usize]| -> Vec<&str> {
            places.iter().map(|place| self.places[*place].span.slice(&self.text)).collect()
        };
        let places = names(&event.places).join(", ");
        let context = names(&event.context).join(", ");
        write!(line, " | {}", if places.is_empty() { "-" } else { &places }).unwrap();
        if !context.is_empty() {
            write!(line, " ({context})").unwrap();
        }
        if event.statement != Statement::Reported {
            write!(line, " | {}", format!("{:?}", event.statement).to_lowercase()).unwrap();
        }
        if let Some(by) = event.told_by {
            write!(line, " | by {}", by.slice(&self.text)).unwrap();
        }
        if let Some(same) = event.same_as {
            write!(line, " | same as {}", same + 1).unwrap();
        }
        line
    }

    fn title(&self, event: &FoundEvent) -> String {
        event.title.iter().map(|span| span.slice(&self.text)).collect::<Vec<_>>().join(" ")
    }
}

/// The inside of the braces that a text begins with, and what follows them.
fn balanced(text: &str) -> (&str, &str) {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        depth += match c {
            '{' => 1,
            '}' => -1,
            _ => 0,
        };
        if depth == 0 {
            return (&text[1..at], &text[at + 1..]);
        }
    }
    panic!("{text}: a brace is not closed");
}

/// A text of a table with its expected events; a line `date EDTF` gives the document's date.
struct Row {
    line: usize,
    source: String,
    date: Option<Edtf>,
    expected: Vec<String>,
}

fn rows(table: &str) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for (n, line) in table.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        match line.strip_prefix("    ") {
            None => rows.push(Row { line: n + 1, source: line.to_owned(), date: None, expected: Vec::new() }),
            Some(line) => {
                let row = rows.last_mut().unwrap();
                match line.strip_prefix("date ") {
                    Some(date) => row.date = Some(Edtf::parse(date).unwrap()),
                    None => row.expected.push(line.to_owned()),
                }
            }
        }
    }
    rows
}

fn tables() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/extraction/events");
    let mut tables: Vec<(String, String)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .map(|path| {
            (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read_to_string(path).unwrap())
        })
        .collect();
    tables.sort();
    tables
}

/// Writes what is found into a table, to be read and corrected: `ACCEPT=1 cargo test --test events`.
fn accept(name: &str, table: &str) {
    let mut out = String::new();
    let mut rows = rows(table).into_iter().peekable();
    for (n, line) in table.lines().enumerate() {
        if rows.peek().is_none_or(|row| row.line != n + 1) {
            if !line.starts_with("    ") {
                writeln!(out, "{line}").unwrap();
            }
            continue;
        }
        let row = rows.next().unwrap();
        writeln!(out, "{line}").unwrap();
        if let Some(date) = &row.date {
            writeln!(out, "    date {}", date.as_str()).unwrap();
        }
        let marked = Marked::new(&row.source);
        for event in marked.events(row.date.as_ref()) {
            writeln!(out, "    {}", marked.line(&event)).unwrap();
        }
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/extraction/events");
    std::fs::write(folder.join(name), out).unwrap();
}

#[test]
fn each_text_of_the_tables_gives_its_events() {
    let mut wrong = String::new();
    let mut n_rows = 0;
    for (name, table) in tables() {
        if std::env::var_os("ACCEPT").is_some() {
            accept(&name, &table);
            continue;
        }
        for row in rows(&table) {
            n_rows += 1;
            let marked = Marked::new(&row.source);
            let found: Vec<String> =
                marked.events(row.date.as_ref()).iter().map(|event| marked.line(event)).collect();
            if found != row.expected {
                writeln!(wrong, "{name}:{}\n{}", row.line, row.source).unwrap();
                for line in &row.expected {
                    writeln!(wrong, "  - {line}").unwrap();
                }
                for line in &found {
                    writeln!(wrong, "  + {line}").unwrap();
                }
            }
        }
    }
    assert!(n_rows >= 150 || std::env::var_os("ACCEPT").is_some(), "{n_rows} rows");
    assert!(wrong.is_empty(), "expected (-) and found (+):\n\n{wrong}");
}

/// The bundled article with the mentions that were read in it by hand.
fn bundled() -> Marked {
    let account = chronotope::formats::bundled().unwrap();
    let document = &account.documents[0];
    let mut marked = Marked { text: document.text.to_string(), ..Marked::default() };
    marked.headings.clone_from(&document.headings);
    for mention in &account.mentions {
        let span = mention.span.unwrap();
        match &mention.kind {
            MentionKind::Time { timex_type, edtf, .. } => {
                let is_relative =
                    mention.anchor.as_ref().is_some_and(|anchor| anchor.kind != AnchorKind::Absolute);
                marked.times.push(TimeMention {
                    span,
                    timex_type: match timex_type.as_str() {
                        "DATE" => TimexType::Date,
                        "DURATION" => TimexType::Duration,
                        _ => TimexType::Set,
                    },
                    value: String::new(),
                    edtf: edtf.clone(),
                    anchor: if is_relative { TimeAnchor::Document } else { TimeAnchor::Absolute },
                    relation: "".into(),
                    rule: "read by hand",
                    confidence: 1.0,
                    is_adverbial: true,
                });
            }
            MentionKind::Toponym { place, role } => {
                let role = match role {
                    annotation::ToponymRole::Location => ToponymRole::Location,
                    annotation::ToponymRole::Government => ToponymRole::Government,
                    annotation::ToponymRole::Slip => ToponymRole::Slip,
                    annotation::ToponymRole::Demonym => ToponymRole::Demonym,
                    annotation::ToponymRole::NamePart | annotation::ToponymRole::Figurative => {
                        ToponymRole::NamePart
                    }
                };
                let country = || Gazetteer::embedded().with_code(FeatureCode::Country).next();
                let resolution = place.and_then(|place| u32::try_from(place).ok()).map(|place| Resolution {
                    place: match account.places[place as usize].kind {
                        PlaceKind::Country => country().unwrap(),
                        _ => GazetteerId(place | 0x8000_0000),
                    },
                    confidence: 1.0,
                    why: WhyHere::OnlyCandidate,
                    rivals: std::iter::empty().collect(),
                });
                marked.places.push(PlaceMention { span, role, confidence: 1.0, resolution, beside: None });
            }
        }
    }
    marked.times.sort_by_key(|mention| mention.span);
    marked.places.sort_by_key(|mention| mention.span);
    marked
}

#[test]
fn the_bundled_article_has_an_event_on_each_of_its_dates() {
    let marked = bundled();
    let events = marked.events(Edtf::parse("2024-04~").ok().as_ref());
    let lines: Vec<String> = events.iter().map(|event| marked.line(event)).collect();
    let listing = lines.join("\n");
    let days = [
        "2023-04-23",
        "2020-09",
        "2022-12-12",
        "2023-04-28",
        "2023-07-06",
        "2023-08-16",
        "2023-07-26",
        "2023-09-20",
        "2023-10-15",
        "2024-04-05",
        "2003",
    ];
    for day in days {
        assert!(lines.iter().any(|line| line.contains(day)), "{day}\n{listing}");
    }
    println!("{listing}");
}

#[test]
fn the_bundled_article_tells_about_when_it_was_written() {
    let marked = bundled();
    let language = Language::english();
    let setting = Setting { text: &marked.text, headings: &marked.headings, document_date: None };
    let tokens = token::tokenize(&marked.text, &language.lexicon);
    let sentences = sentence::sentences(&marked.text, &tokens, &marked.headings, language);
    let progress = Progress::default();
    let source =
        Source { setting: &setting, tokens: &tokens, sentences: &sentences, language, progress: &progress };
    let dated = document_date::infer(&source, &marked.times).unwrap();
    assert_eq!(dated.edtf.as_str(), "2024-04~");
    assert_eq!(
        dated.reason,
        "The text carries no date. It says “September 19-20 of last year” of what it elsewhere dates “September \
         20, 2023”, so it was written in 2024; it puts “A year ago” what it dates “April 23, 2023”; it speaks of \
         “April 5 of this year”."
    );
}

proptest! {
    /// Whatever stands in a text and wherever its mentions are: spans lie in it, titles in their passage.
    #[test]
    fn any_text_gives_events_whose_spans_hold(
        words in prop::collection::vec(
            prop::sample::select(vec![
                "In", "the", "army", "was", "attacked", "said", "that", "which", "and", ",", ".", "denied", "{T:1920|1920}",
                "{T:1920-05-03|May 3}", "{L:Rome}", "{L:Lodi}", "{C:Chad}", "from", "to", "until", "“", "”", "(", ")", "will",
                "fled", "–", "had", "held", "meeting", "if", "é", "¶", "{H:Rome}", "?", "’s", ";", ":", "There", "then", "of", "in",
            ]),
            0..40,
        ),
    ) {
        let marked = Marked::new(&words.join(" "));
        for event in marked.events(Edtf::parse("1921").ok().as_ref()) {
            let span = event.passage;
            prop_assert!(!span.slice(&marked.text).is_empty());
            prop_assert!(!event.title.is_empty());
            let mut last = 0;
            for part in &event.title {
                prop_assert!(span.start <= part.start && part.end <= span.end && last <= part.start, "{:?}", event);
                prop_assert!(!part.slice(&marked.text).is_empty());
                last = part.end;
            }
            prop_assert!((0.0..=1.0).contains(&event.confidence));
            prop_assert!(event.time.is_none_or(|time| time < marked.times.len()));
            prop_assert!(event.places.iter().chain(&event.context).all(|place| *place < marked.places.len()));
            if let Some(by) = event.told_by {
                prop_assert!(!by.slice(&marked.text).is_empty());
            }
        }
    }
}
