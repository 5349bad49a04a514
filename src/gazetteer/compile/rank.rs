//! How prominent a place is, and in which order the places of one name stand.

use super::rows::PlaceRow;
use crate::gazetteer::kinds::{FeatureCode, NameUse};

/// Steps of prominence for a doubling of the population.
const DOUBLING: f64 = 8.0;
/// Steps for a doubling of the names it has in the world's languages: Valencia in Spain is smaller than
/// the one in Venezuela, and better known.
const KNOWN_DOUBLING: f64 = 4.0;
/// Texts in English name places of these more often than others of their size.
const ENGLISH_SPEAKING: [&str; 6] = ["US", "GB", "CA", "AU", "NZ", "IE"];
const ENGLISH_SPEAKING_MORE: f64 = 5.0;
/// A place of unknown population counts as a village.
const UNKNOWN_POPULATION: f64 = 250.0;

/// How likely a place is meant when nothing else is known, 0 … 255.
///
/// Countries come before all towns of their name. A province has the people of its towns, and mostly a
/// namesake among them that is meant more often, so it stands several doublings lower; American,
/// Canadian and Australian ones are named more often in English. Capitals are in the news beyond their size.
pub fn prominence(row: &PlaceRow) -> u8 {
    if let Some(set) = row.prominence {
        return set;
    }
    let people = if row.population == 0 { UNKNOWN_POPULATION } else { row.population as f64 };
    let size = people.log2() * DOUBLING + f64::from(row.n_known + 1).log2() * KNOWN_DOUBLING;
    let size =
        if ENGLISH_SPEAKING.contains(&row.country.as_str()) { size + ENGLISH_SPEAKING_MORE } else { size };
    let value = match row.code {
        FeatureCode::Country => 224.0 + people.log2(),
        FeatureCode::Dependency => 150.0 + 2.0 * people.log2(),
        FeatureCode::Capital => size + 16.0,
        FeatureCode::SeatOfFirst => size + 4.0,
        FeatureCode::First if ["US", "CA", "AU"].contains(&row.country.as_str()) => size + 6.0,
        FeatureCode::First => size - 16.0,
        FeatureCode::Section | FeatureCode::Second => size - 36.0,
        FeatureCode::Third => size - 48.0,
        _ => size,
    };
    value.round().clamp(1.0, 255.0) as u8
}

/// What sorts the places of one name: the larger first. An obscure name needs a place 128 times as
/// large to stand before a place that is really called so.
pub fn posting_rank(prominence: u8, name_use: NameUse) -> i32 {
    let less = match name_use {
        NameUse::Primary => 0,
        NameUse::English => 2,
        NameUse::Abbreviation => 8,
        NameUse::Alternate => 56,
    };
    i32::from(prominence) - less
}
