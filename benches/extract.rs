//! How fast a text is read for its dates, places and events, in bytes a second:
//! `cargo bench --no-default-features --bench extract`.
//!
//! The bundled article, and a chronicle of our own that goes on for a megabyte.

// A bench that cannot make its texts may panic.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::sync::OnceLock;

use chronotope::archive::Filter;
use chronotope::extract::{Extractor, Language, Layers, Setting};
use chronotope::gazetteer::Gazetteer;
use chronotope::progress::Progress;
use divan::Bencher;
use divan::counter::BytesCount;

const ARTICLE: &str = include_str!("../data/from-lachin-to-khankendi.txt");
const CHRONICLE_BYTES: usize = 1 << 20;

fn main() {
    // Tables are read at first use, and that is not what is measured.
    let _ = (Language::english(), Gazetteer::embedded());
    divan::main();
}

/// Sentences as chronicles have them, no two alike: every second has a date, every second a place.
fn chronicle() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| {
        let months = ["January", "March", "April", "June", "August", "October", "December"];
        let places =
            ["Vienna", "Istanbul", "the Black Sea", "Paris, Texas", "Kraków", "Bohemia", "New York", "Baku"];
        let deeds = [
            "the council met again and refused what the envoys had brought",
            "a column of some 1,500 men crossed the river under fire",
            "Marshal Lannes, who had been ill for weeks, asked for more horses",
            "nothing was decided, for neither side would speak first",
            "the old bridge fell and was not rebuilt for many years",
        ];
        let mut text = String::with_capacity(CHRONICLE_BYTES + 1024);
        let mut n = 0;
        while text.len() < CHRONICLE_BYTES {
            let (month, place) = (months[n % months.len()], places[n % places.len()]);
            let (deed, other) = (deeds[n % deeds.len()], deeds[(n + 2) % deeds.len()]);
            let (day, year) = (1 + n % 28, 1700 + n / 50 % 300);
            let sentence = match n % 4 {
                0 => format!("On {day} {month} {year} {deed} in {place}. "),
                1 => format!("Two weeks later {deed}; it was said that {other}. "),
                2 => format!("In the spring of the next year, near {place}, {deed}, and {other}. "),
                _ => format!("Of this {deed}, as page {n} of the record has it.\n\n"),
            };
            text.push_str(&sentence);
            n += 1;
        }
        text
    })
}

fn read(bencher: Bencher, text: &'static str, layers: Layers) {
    let setting = Setting { text, headings: &[], document_date: None };
    let mut extractor = Extractor::new(Language::english(), Gazetteer::embedded());
    let progress = Progress::default();
    bencher.counter(BytesCount::of_str(text)).bench_local(|| extractor.read(&setting, layers, &progress));
}

#[divan::bench]
fn article(bencher: Bencher) {
    read(bencher, ARTICLE, Layers::ALL);
}

#[divan::bench]
fn chronicle_times(bencher: Bencher) {
    read(bencher, chronicle(), Layers { times: true, places: false, events: false });
}

#[divan::bench]
fn chronicle_places(bencher: Bencher) {
    read(bencher, chronicle(), Layers { times: false, places: true, events: false });
}

#[divan::bench]
fn chronicle_all(bencher: Bencher) {
    read(bencher, chronicle(), Layers::ALL);
}

/// From a line of JSON to lines of JSON.
#[divan::bench]
fn chronicle_as_json_line(bencher: Bencher) {
    let line = serde_json::json!({"doc_id": "chronicle", "text": chronicle()}).to_string();
    let mut filter = Filter::new(Layers::ALL);
    let mut out = Vec::new();
    bencher.counter(BytesCount::new(line.len())).bench_local(|| {
        out.clear();
        filter.line(line.as_bytes(), 2, &mut out)
    });
}
