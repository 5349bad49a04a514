//! Strays: in a text of one small part of the world, a namesake far away is not what is meant, even where
//! the gazetteer has no other.

use super::senses::{Candidate, Sense};
use crate::extract::steps;
use crate::extract::toponym::hashes::FastMap;
use crate::extract::toponym::{NameIx, Rank};
use crate::gazetteer::{Admin1Ix, CountryIx};

/// So many names must lie in one country or province, and so large a share of all.
const LEAST_AT_HOME: usize = 3;
const MOST_AT_HOME: f32 = 0.7;
/// Prominence below which nobody means a place abroad, or in another province, without saying where it is.
const SMALL_ABROAD: u8 = 128;
const SMALL: u8 = 104;
/// Whatever is nearer than this to what is at home is no stray: borders are crossed.
const FAR_KM: f32 = 400.0;
/// A neighbour at home must be as sure as this.
const SURE: f32 = 0.4;
/// Of those at home so many are asked how far it is.
const MAX_ASKED: usize = 16;

/// Takes the candidates from senses that stray. O(senses).
pub fn disown(senses: &mut [Sense]) {
    let mut by_name: FastMap<NameIx, Candidate> = FastMap::default();
    let mut n_mentioned: FastMap<(CountryIx, Admin1Ix), usize> = FastMap::default();
    let mut best_of = Vec::new();
    for sense in senses.iter() {
        let Some(best) = sense.best().filter(|best| best.share >= SURE) else { continue };
        if by_name.insert(sense.name, *best).is_some() {
            continue;
        }
        let facts = &best.facts;
        *n_mentioned.entry((facts.country, Admin1Ix::NONE)).or_default() += 1;
        if facts.admin1 != Admin1Ix::NONE {
            *n_mentioned.entry((facts.country, facts.admin1)).or_default() += 1;
        }
        if best.is_local {
            best_of.push(*best);
        }
    }
    let n_local = best_of.len();
    let home = |key: &dyn Fn(&Candidate) -> (CountryIx, Admin1Ix)| {
        let mut tally: FastMap<(CountryIx, Admin1Ix), usize> = FastMap::default();
        let mut most = (0, (CountryIx::NONE, Admin1Ix::NONE));
        for best in &best_of {
            let n = tally.entry(key(best)).or_default();
            *n += 1;
            if *n > most.0 {
                most = (*n, key(best));
            }
        }
        let is_home = most.0 >= LEAST_AT_HOME && most.0 as f32 >= MOST_AT_HOME * n_local as f32;
        is_home.then_some(most.1)
    };
    let Some((country, _)) = home(&|c| (c.facts.country, Admin1Ix::NONE)) else { return };
    let province = home(&|c| (c.facts.country, c.facts.admin1)).map(|(_, province)| province);
    let province = province.filter(|province| *province != Admin1Ix::NONE);
    let is_at_home = |c: &Candidate| {
        c.facts.country == country && province.is_none_or(|province| province == c.facts.admin1)
    };
    let is_stray = |sense: &Sense| {
        let Some(best) = sense.best().filter(|_| sense.outer.is_none()) else { return false };
        let facts = &best.facts;
        let Rank::Town(prominence) = best.rank else { return false };
        let n = |key| n_mentioned.get(&key).copied().unwrap_or(0);
        let is_alone = if facts.country != country {
            (prominence < SMALL_ABROAD || best.is_alternate) && n((facts.country, Admin1Ix::NONE)) <= 1
        } else if province.is_some_and(|province| province != facts.admin1) {
            (prominence < SMALL || best.is_alternate) && n((facts.country, facts.admin1)) <= 1
        } else {
            false
        };
        is_alone
            && best_of.iter().filter(|other| is_at_home(other)).take(MAX_ASKED).all(|other| {
                steps::count();
                best.spot.km(other.spot) > FAR_KM
            })
    };
    for sense in senses.iter_mut() {
        if is_stray(sense) {
            sense.candidates.clear();
        }
    }
}
