//! Time expressions, from tables that a person can read and extend: `tests/extraction/times/*.tsv`.
//!
//! A row is a sentence with brackets about the expression, the document's date (`-`: none), and what is
//! expected: TIMEX3 type and value, EDTF, anchor and relation, `name` where it is no time at which something
//! happens. Trailing columns may be left out. A sentence without brackets must yield nothing at all.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::fmt::Write as _;
use std::path::Path;

use chronotope::document::Span;
use chronotope::extract::{Extractor, Language, Layers, Reading, Setting, TimeAnchor, TimeMention};
use chronotope::gazetteer::Gazetteer;
use chronotope::progress::Progress;
use chronotope::time::Edtf;
use proptest::prelude::*;

const TIMES: Layers = Layers { times: true, places: false, events: false };

fn times(text: &str, date: Option<&Edtf>) -> Vec<TimeMention> {
    let setting = Setting { text, headings: &[], document_date: date };
    let Reading { times, .. } = Extractor::new(Language::english(), Gazetteer::embedded())
        .read(&setting, TIMES, &Progress::default())
        .unwrap();
    times
}

fn said(mention: &TimeMention) -> [String; 4] {
    let anchor = match mention.anchor {
        TimeAnchor::Absolute => "absolute",
        TimeAnchor::Document => "document",
        TimeAnchor::Mention(_) => "mention",
        TimeAnchor::Missing => "missing",
    };
    [
        mention.timex_type.name().to_owned(),
        mention.value.clone(),
        mention.edtf.as_ref().map_or(String::new(), |edtf| edtf.as_str().to_owned()),
        format!("{anchor} {}", mention.relation).trim().to_owned(),
    ]
}

/// What is wrong with a row, or nothing.
fn check(line: &str) -> Option<String> {
    let mut columns = line.split('\t');
    let sentence = columns.next().unwrap();
    let date = columns.next().filter(|date| *date != "-").map(|date| Edtf::parse(date).expect(line));
    let expected: Vec<&str> = columns.collect();
    let sentence = sentence.replace('¶', "\n\n");
    let text = sentence.replace(['[', ']'], "");
    let found = times(&text, date.as_ref());
    let shown = || {
        found.iter().fold(String::new(), |mut all, mention| {
            write!(all, " “{}” {:?}", mention.span.slice(&text), said(mention)).unwrap();
            all
        })
    };
    let Some(start) = sentence.find('[') else {
        return (!found.is_empty()).then(|| format!("{sentence}: nothing is a time, but{}", shown()));
    };
    let span = Span { start, end: sentence.find(']').expect(line) - 1 };
    let Some(mention) = found.iter().find(|mention| mention.span == span) else {
        return Some(format!("{sentence}: not found, but{}", shown()));
    };
    let got = said(mention);
    let is_name = expected.last() == Some(&"name");
    let columns = if is_name { &expected[..expected.len() - 1] } else { &expected[..] };
    let differs = columns.iter().zip(&got).any(|(expected, got)| expected != got);
    (differs || is_name == mention.is_adverbial)
        .then(|| format!("{sentence}: {expected:?}, but {got:?} adverbial {}", mention.is_adverbial))
}

#[test]
fn times_are_found_and_put_on_the_calendar() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/extraction/times");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut wrong = String::new();
    let mut n_rows = 0;
    for file in files {
        for line in std::fs::read_to_string(&file).unwrap().lines() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            n_rows += 1;
            if let Some(problem) = check(line) {
                writeln!(wrong, "{}: {problem}", file.file_name().unwrap().display()).unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(n_rows >= 250, "{n_rows} rows");
}

/// Anchors must lead to mentions that stand before or beside, and come to an end.
fn assert_sound(text: &str, found: &[TimeMention]) {
    let mut last = 0;
    for mention in found {
        assert!(mention.span.start >= last && mention.span.start < mention.span.end, "{:?}", mention.span);
        assert!(text.get(mention.span.start..mention.span.end).is_some(), "{:?}", mention.span);
        assert!((0.0..=1.0).contains(&mention.confidence));
        last = mention.span.end;
    }
    for (n, mention) in found.iter().enumerate() {
        let (mut at, mut n_steps) = (n, 0);
        let mut anchor = mention.anchor;
        while let TimeAnchor::Mention(next) = anchor {
            assert!(next < found.len() && next != at, "{n} hangs on {next} of {}", found.len());
            at = next;
            anchor = found[at].anchor;
            n_steps += 1;
            assert!(n_steps <= found.len(), "a circle of anchors");
        }
    }
}

const WORDS: &str = "the |a |of |in |on |and |to |May |March |12 |1914|-|–|, |\\. |\n|\n\n|year|s |week |days |two |third |\
    last |next |same |before |later |ago |early |BC |century |quarter |summer |’|'|99|Friday |morning |5:30 |p\\.m\\. |\
    today |9999 |29 February |31 |0000|2100s |every |half |Christmas |99999999999999999999 |🏔|é|\u{301}";

proptest! {
    #[test]
    fn any_text_is_read(text in "\\PC{0,200}") {
        let found = times(&text, None);
        assert_sound(&text, &found);
    }

    #[test]
    fn any_order_of_words_of_time_is_read(
        text in proptest::string::string_regex(&format!("({WORDS}){{0,60}}")).unwrap(),
        date in proptest::option::of("(2010-03-15|2010|-0043|2024-04~|2000/2001)"),
    ) {
        let date = date.map(|date| Edtf::parse(&date).unwrap());
        let found = times(&text, date.as_ref());
        assert_sound(&text, &found);
        prop_assert_eq!(found, times(&text, date.as_ref()), "the same text gives the same times");
    }
}
