//! The embedded gazetteer: well-known and ambiguous names, with the bundled article's own.

// A source that cannot be read is a failed test.
#![allow(clippy::unwrap_used, clippy::panic)]

use chronotope::gazetteer::{
    Gazetteer, GazetteerId, NameUse, PlaceShape, fold_name, hash_of_name, word_hash,
};
use chronotope::geo::LonLat;

fn folded(name: &str) -> String {
    let mut folded = String::new();
    fold_name(name, &mut folded);
    folded
}

fn first(name: &str) -> GazetteerId {
    Gazetteer::embedded().candidates(&folded(name)).next().unwrap_or_else(|| panic!("no place {name:?}"))
}

fn km(a: LonLat, b: LonLat) -> f64 {
    let (x, y) = ((a.lon - b.lon) * a.lat.to_radians().cos(), a.lat - b.lat);
    x.hypot(y) * 111.2
}

#[test]
fn the_first_candidate_is_the_one_that_is_meant() {
    let gazetteer = Gazetteer::embedded();
    let mut wrong = Vec::new();
    for row in include_str!("data/gazetteer_names.tsv").lines().filter(|row| !row.starts_with('#')) {
        let [name, code, country, lat, lon, within] = *row.split('\t').collect::<Vec<_>>() else {
            panic!("{row:?} has not 6 columns")
        };
        let Some(id) = gazetteer.candidates(&folded(name)).next() else {
            wrong.push(format!("{name}: no candidate"));
            continue;
        };
        let facts = gazetteer.facts(id).unwrap();
        let iso = gazetteer.country(facts.country).map_or("-", |country| country.iso2);
        let expected = LonLat { lon: lon.parse().unwrap(), lat: lat.parse().unwrap() };
        let apart = km(expected, facts.lon_lat);
        if (facts.code.code(), iso) != (code, country) || apart > within.parse().unwrap() {
            let found = gazetteer.name(id);
            wrong.push(format!("{name}: {found}, {} in {iso}, {apart:.0} km off", facts.code.code()));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_walk_finds_the_longest_name() {
    let gazetteer = Gazetteer::embedded();
    let mut walk = gazetteer.walk();
    assert!(walk.push("new"));
    assert!(walk.push("south") && walk.postings().is_none() && walk.may_continue());
    assert!(walk.push("wales") && walk.postings().is_some());
    assert!(!walk.push("police") && walk.postings().is_none());
    assert!(!walk.push("force"), "dead for good");
    assert!(!gazetteer.walk().push("khankendis"));
    assert!(!walk.push("wales") && !walk.may_continue(), "nor does a name within bring it back");
    let mut by_hash = gazetteer.walk();
    assert!(by_hash.push_hash(word_hash("new")) && by_hash.push_hash(word_hash("york")));
    assert_eq!(by_hash.hash(), hash_of_name("new york"));
    let first = by_hash.postings().and_then(|mut places| places.next());
    assert_eq!(first, gazetteer.candidates("new york").next());
}

#[test]
fn every_first_word_passes_the_filter() {
    let gazetteer = Gazetteer::embedded();
    for word in ["new", "khankendi", "nagorno", "u", "usa", "côte", "baghanis"].map(folded) {
        assert!(gazetteer.may_begin_name(word_hash(&word)), "{word}");
    }
    let unknown = (0..1000).filter(|n| gazetteer.may_begin_name(word_hash(&format!("qzx{n}")))).count();
    assert!(unknown < 60, "{unknown} of 1000 unknown words pass");
}

#[test]
fn a_name_says_how_it_is_a_name() {
    let gazetteer = Gazetteer::embedded();
    for (name, expected) in [
        ("US", NameUse::Abbreviation),
        ("NSW", NameUse::Abbreviation),
        ("United States", NameUse::Primary),
        ("Britain", NameUse::English),
        ("Vararakn", NameUse::Alternate),
    ] {
        let found = gazetteer.candidates(&folded(name)).with_use().next().map(|(_, name_use)| name_use);
        assert_eq!(found, Some(expected), "{name}");
    }
}

#[test]
fn a_village_without_a_known_position_says_so_and_keeps_its_rival() {
    let gazetteer = Gazetteer::embedded();
    let rivals: Vec<GazetteerId> = gazetteer.candidates("gizilhajili").collect();
    let provinces: Vec<&str> = rivals
        .iter()
        .filter_map(|id| gazetteer.admin1(gazetteer.facts(*id)?.admin1))
        .map(|admin1| admin1.name)
        .collect();
    assert_eq!(provinces, ["Goranboy district", "Gazakh district"]);
    let (goranboy, gazakh) = (rivals[0], rivals[1]);
    assert_eq!(gazetteer.radius_km(goranboy), None);
    assert_eq!(gazetteer.radius_km(gazakh), Some(12.0));
    assert!(gazetteer.note(gazakh).contains("not known"));
}

#[test]
fn places_are_drawn_as_what_they_are() {
    let gazetteer = Gazetteer::embedded();
    let azerbaijan = gazetteer.to_place(first("Azerbaijan"));
    let Some(PlaceShape::Area(outline)) = &azerbaijan.shape else { panic!("a country is its outline") };
    assert!(outline.0.len() > 1 && !azerbaijan.soft && azerbaijan.iso == "AZ", "with Nakhchivan");
    let region = gazetteer.to_place(first("South Caucasus"));
    assert!(region.soft && matches!(region.shape, Some(PlaceShape::Area(_))));
    let town = gazetteer.to_place(first("Khankendi"));
    assert!(matches!(town.shape, Some(PlaceShape::Point(_))) && town.geonameid == Some(146_970));
    assert!(town.names.iter().any(|name| name == "Stepanakert"), "{:?}", town.names);
    let village = gazetteer.to_place(first("Kheyrimli"));
    assert_eq!((village.radius_km, village.geonameid), (Some(12.0), None));
}

#[test]
fn names_of_the_past_have_their_years() {
    let gazetteer = Gazetteer::embedded();
    for (name, years) in
        [("Soviet Union", Some((1922, 1991))), ("Constantinople", Some((330, 1930))), ("Paris", None)]
    {
        assert_eq!(gazetteer.years(first(name)), years, "{name}");
        assert_eq!(gazetteer.facts(first(name)).unwrap().is_historic, years.is_some());
    }
}

#[test]
fn every_place_can_be_shown() {
    let gazetteer = Gazetteer::embedded();
    assert!(gazetteer.n_places() > 250_000, "{gazetteer:?}");
    for id in (0..gazetteer.n_places()).map(|id| GazetteerId(u32::try_from(id).unwrap())) {
        assert!(gazetteer.facts(id).is_some() && !gazetteer.name(id).is_empty(), "{id:?}");
        assert!(gazetteer.names(id).count() <= 8);
    }
    assert_eq!(gazetteer.facts(GazetteerId(u32::MAX)), None);
    assert_eq!(gazetteer.name(GazetteerId(u32::MAX)), "");
}
