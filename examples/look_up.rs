//! What the embedded gazetteer has for some names, or without names how fast it is:
//! `cargo run --release --no-default-features --example look_up -- Lachin Georgia`

use std::hint::black_box;
use std::time::{Duration, Instant};

use chronotope::gazetteer::{Gazetteer, fold_name, word_hash};

fn main() {
    let start = Instant::now();
    let gazetteer = Gazetteer::embedded();
    let opened = start.elapsed();
    let names: Vec<String> = std::env::args().skip(1).collect();
    for name in &names {
        print(gazetteer, name);
    }
    if names.is_empty() {
        println!("{gazetteer:?} opened in {opened:?}");
        measure(gazetteer);
    }
}

fn print(gazetteer: &Gazetteer, name: &str) {
    let mut folded = String::new();
    fold_name(name, &mut folded);
    let candidates = gazetteer.candidates(&folded);
    println!("{name} ({folded}): {}", candidates.len());
    for (id, name_use) in candidates.with_use().take(12) {
        let Some(facts) = gazetteer.facts(id) else { continue };
        let country = gazetteer.country(facts.country).map_or("--", |country| country.iso2);
        let province = gazetteer.admin1(facts.admin1).map_or("", |admin1| admin1.name);
        let others: Vec<&str> = gazetteer.names(id).collect();
        println!(
            "  {:>3} {:<5} {:<11} {:>9.4} {:>9.4} {country} {province:<18} {:>9} {} {:?} {} km {:?}",
            facts.prominence,
            facts.code.code(),
            format!("{name_use:?}"),
            facts.lon_lat.lat,
            facts.lon_lat.lon,
            facts.population,
            gazetteer.name(id),
            others,
            gazetteer.radius_km(id).unwrap_or(0.0),
            gazetteer.years(id),
        );
    }
}

/// Times some lookups, as a text would ask for them.
fn measure(gazetteer: &Gazetteer) {
    let words =
        ["the", "washington", "of", "zafar", "new", "york", "khankendi", "xyzzy", "united", "committee"];
    let time = |what: &str, n: u32, work: &mut dyn FnMut()| {
        let start = Instant::now();
        for _ in 0..n {
            work();
        }
        let each: Duration = start.elapsed() / (n * words.len() as u32);
        println!("{what}: {each:?}");
    };
    let walk = &mut || {
        for word in words {
            let mut walk = gazetteer.walk();
            black_box(walk.push(black_box(word)));
            black_box(walk.postings());
        }
    };
    time("a word, cold", 1, walk);
    time("a word", 100_000, walk);
    time("the filter for first words", 100_000, &mut || {
        for word in words {
            black_box(gazetteer.may_begin_name(word_hash(black_box(word))));
        }
    });
    time("the facts of the first candidate", 100_000, &mut || {
        for word in words {
            black_box(gazetteer.candidates(black_box(word)).next().and_then(|id| gazetteer.facts(id)));
        }
    });
}
