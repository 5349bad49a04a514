//! A small table through the packer and the reader, and files that someone has damaged.

use std::sync::OnceLock;

use proptest::prelude::*;

use super::*;
use crate::gazetteer::{FeatureCode, Gazetteer, GazetteerError, GazetteerId, NameUse, PlaceShape};

const PLACES: &str = "\
# key, code, lat, lon, country, admin1, population, geonameid, prominence, years, radius, flags, known, source, note, names
c:AA\tPCLI\t10.5\t20.25\tAA\t\t5000000\t1\t\t\t\t\t\tList\t\tP:Aland|e:Republic of Aland|B:A.L.|B:AL
a2\tADM1\t10.1\t20.1\tAA\tAA.01\t900000\t2\t\t\t80\tsoft\t\tTowns\t\tP:North Province|A:Nord
g3\tPPLA\t10.12345\t20.98765\tAA\tAA.01\t60000\t3\t\t\t\t\t4\t\t\tP:Xankəndi|e:Stepanakert|A:Step‘anakert
g4\tPPL\t-11\t-179.9999\tAA\tAA.02\t600\t4\t\t\t\t\t\t\t\tP:Aland
s:5\tRGNH\t0\t0\t\t\t0\t\t150\t-26/476\t1500\tsoft historic\t\tEditorial\tOf the past.\tP:Old Empire|E:the Empire
s:6\tPPLL\t89\t0\tAA\t\t0\t\t\t/1900\t12\thistoric\t\t\tUncertain.\tP:St. Mary
";
const OUTLINES: &str =
    "c:AA\t0,0 100,0 100,100 0,0;10,10 20,10 20,20 10,10|-50,-50 -40,-50 -40,-40 -50,-50\n";

fn packed() -> Vec<u8> {
    static PACKED: OnceLock<Vec<u8>> = OnceLock::new();
    PACKED.get_or_init(|| compile(PLACES, OUTLINES).unwrap().bytes).clone()
}

fn open(bytes: Vec<u8>) -> Result<Gazetteer, GazetteerError> {
    Gazetteer::from_bytes(bytes.leak())
}

#[test]
fn what_goes_in_comes_out() {
    let gazetteer = open(packed()).unwrap();
    assert_eq!(gazetteer.n_places(), 6);
    let found = |name: &str| -> Vec<(&str, NameUse)> {
        gazetteer.candidates(name).with_use().map(|(id, name_use)| (gazetteer.source(id), name_use)).collect()
    };
    // The country before the village of its name.
    assert_eq!(found("aland"), [("List", NameUse::Primary), ("GeoNames, CC BY 4.0", NameUse::Primary)]);
    assert_eq!(found("a l"), [("List", NameUse::Abbreviation)]);
    assert_eq!(found("nord"), [("Towns", NameUse::Alternate)]);
    assert_eq!(found("empire"), [("Editorial", NameUse::English)]);
    assert_eq!(found("nowhere"), []);
    for name in ["xankandi", "xankendi", "step anakert", "stepanakert"] {
        assert_eq!(found(name).len(), 1, "{name}");
    }
    for name in ["st mary", "saint mary"] {
        assert_eq!(found(name).len(), 1, "{name}");
    }

    let town = gazetteer.candidates("stepanakert").next().unwrap();
    let facts = gazetteer.facts(town).unwrap();
    assert_eq!((facts.lon_lat.lon, facts.lon_lat.lat), (20.9877, 10.1235));
    assert_eq!(facts.code, FeatureCode::SeatOfFirst);
    assert!(facts.population.abs_diff(60_000) < 3_000, "{}", facts.population);
    assert_eq!((gazetteer.name(town), gazetteer.geonameid(town)), ("Xankəndi", Some(3)));
    assert_eq!(gazetteer.names(town).collect::<Vec<_>>(), ["Stepanakert"]);
    let country = gazetteer.country(facts.country).unwrap();
    assert_eq!((country.iso2, country.name), ("AA", "Aland"));
    assert_eq!(gazetteer.country_by_iso2("AA"), Some(facts.country));
    assert_eq!(gazetteer.admin1(facts.admin1).unwrap().name, "North Province");
    let village = gazetteer.candidates("aland").nth(1).unwrap();
    let unnamed = gazetteer.admin1(gazetteer.facts(village).unwrap().admin1).unwrap();
    assert_eq!((unnamed.name, unnamed.id), ("AA.02", None));

    let empire = gazetteer.candidates("old empire").next().unwrap();
    assert_eq!(gazetteer.years(empire), Some((-26, 476)));
    assert_eq!((gazetteer.radius_km(empire), gazetteer.note(empire)), (Some(1500.0), "Of the past."));
    assert!(gazetteer.country(gazetteer.facts(empire).unwrap().country).is_none());
    let mary = gazetteer.candidates("st mary").next().unwrap();
    assert_eq!(gazetteer.years(mary), Some((i32::MIN, 1900)));
}

#[test]
fn shapes_come_out_too() {
    let gazetteer = open(packed()).unwrap();
    let place = |name: &str| gazetteer.to_place(gazetteer.candidates(name).next().unwrap());
    let country = place("republic of aland");
    let Some(PlaceShape::Area(area)) = country.shape else { panic!("no outline") };
    assert_eq!(area.0.len(), 2);
    assert_eq!(area.0[0].interiors()[0].0[1], geo::Coord { x: 0.2, y: 0.1 });
    assert_eq!(area.0[1].exterior().0[0], geo::Coord { x: -0.5, y: -0.5 });
    assert!(!country.soft && country.iso == "AA");
    assert!(place("nord").soft && place("old empire").soft);
    // No circle round a pole.
    let mary = place("saint mary");
    assert!(matches!(mary.shape, Some(PlaceShape::Point(_))) && mary.radius_km == Some(12.0));
}

#[test]
fn a_bad_table_names_its_line() {
    for (places, expected) in [
        ("x\tPPL", "places.tsv, line 1: 2 columns; expected 16"),
        ("\n\nk\tPPX\t0\t0\t\t\t\t\t\t\t\t\t\t\t\tP:A", "places.tsv, line 3: no feature code \"PPX\""),
        ("k\tPPL\t91\t0\t\t\t\t\t\t\t\t\t\t\t\tP:A", "places.tsv, line 1: \"91\" is not within ±90°"),
        (
            "k\tPPL\t9\t0\t\t\t\t\t\t\t\t\t\t\t\tA:A",
            "places.tsv, line 1: the first name is not the primary one (P:)",
        ),
    ] {
        assert_eq!(compile(places, "").unwrap_err().to_string(), expected);
    }
    let error = compile(PLACES, "c:XX\t0,0 1,0 1,1 0,0").unwrap_err().to_string();
    assert!(error.contains("the outline of \"c:XX\" has no place"), "{error}");
}

#[test]
fn what_is_no_gazetteer_is_refused() {
    assert_eq!(open(Vec::new()).unwrap_err(), GazetteerError::NoGazetteer);
    assert_eq!(open(b"%PDF-1.7 and more".to_vec()).unwrap_err(), GazetteerError::NoGazetteer);
    let mut cut = packed();
    cut.truncate(cut.len() / 2);
    assert_eq!(open(cut).unwrap_err(), GazetteerError::Damaged);
}

proptest! {
    // Each case sums up half a megabyte.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_damaged_file_is_an_error(at in 0_usize..2000, bits in 1_u8..=255) {
        let mut bytes = packed();
        let at = at % bytes.len();
        bytes[at] ^= bits;
        prop_assert!(open(bytes).is_err());
    }

    /// Even where the checksum was made to fit, whatever is read of the tables is in bounds.
    #[test]
    fn wrong_tables_never_panic(changes in prop::collection::vec((0_usize..1_000_000, any::<u8>()), 1..400)) {
        use crate::gazetteer::layout;
        let mut bytes = packed();
        for (at, byte) in changes {
            let len = bytes.len() - layout::HEAD_BYTES;
            bytes[layout::HEAD_BYTES + at % len] = byte;
        }
        let sum = layout::checksum(&bytes[layout::TABLE_AT..]);
        bytes[layout::MAGIC.len()..layout::TABLE_AT].copy_from_slice(&sum.to_le_bytes());
        let gazetteer = open(bytes).unwrap();
        for name in ["aland", "nord", "old empire", "st mary", "stepanakert", "nothing"] {
            for id in gazetteer.candidates(name).take(100) {
                let _ = (gazetteer.facts(id), gazetteer.note(id), gazetteer.years(id));
            }
        }
        for id in (0..8).map(GazetteerId) {
            let _ = (gazetteer.to_place(id), gazetteer.names(id).count());
        }
    }
}
