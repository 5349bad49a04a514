//! Strays: in a text of one small part of the world, a namesake far away is not what is meant, even where
//! the gazetteer has no other.

use std::cell::OnceCell;
use std::hash::BuildHasherDefault;

use smallvec::SmallVec;

use super::senses::{Candidate, Sense};
use super::votes::share;
use crate::extract::steps;
use crate::extract::toponym::hashes::{FastMap, FastSet};
use crate::extract::toponym::place::Spot;
use crate::extract::toponym::{NameIx, Rank};
use crate::gazetteer::{Admin1Ix, CountryIx};

/// So many names must lie in one country or province, and so large a share of all.
const LEAST_AT_HOME: usize = 2;
const MOST_AT_HOME: f32 = 0.66;
/// More names than these in one country or province do not stray: the text tells of it too.
const MOST_STRAYS: usize = 2;
/// Prominence below which nobody means a place abroad, or in another province, without saying where it is.
const SMALL_ABROAD: u8 = 128;
const SMALL: u8 = 104;
/// Whatever is nearer than this to what is at home is no stray: borders are crossed.
const FAR_KM: f32 = 400.0;
/// A neighbour at home must be as sure as this.
const SURE: f32 = 0.4;
/// Of those at home so many are asked how far it is.
const MAX_ASKED: usize = 16;

/// Keeps of senses that stray what lies at home, if anything does. Home is kept, if no sense was changed.
/// O(senses).
pub fn call_home(senses: &mut [Sense], home: &mut OnceCell<Option<Home>>) {
    // Where home is need not be known if nothing could stray.
    if !senses.iter().any(|sense| may_stray(sense, SMALL_ABROAD)) {
        return;
    }
    let Some(known) = home.get_or_init(|| Home::of(senses)) else { return };
    let mut is_changed = false;
    for sense in senses.iter_mut() {
        if known.is_stray(sense) {
            sense.candidates.retain(|candidate| known.is_near(candidate));
            share(&mut sense.candidates, 1.0);
            is_changed = true;
        }
    }
    if is_changed {
        home.take();
    }
}

/// Is it so little known, and said to lie nowhere, that it may be another place?
fn may_stray(sense: &Sense, small: u8) -> bool {
    sense.outer.is_none()
        && sense.best().is_some_and(
            |best| matches!(best.rank, Rank::Town(prominence) if prominence < small || best.is_alternate),
        )
}

type Province = (CountryIx, Admin1Ix);

/// Where most of a text happens.
#[derive(Debug)]
pub struct Home {
    country: CountryIx,
    province: Option<Admin1Ix>,
    /// Countries and provinces that the text names.
    spoken: FastSet<Province>,
    /// How many names lie in each.
    n_in: FastMap<Province, usize>,
    /// Where some of the places at home lie.
    spots: SmallVec<[Spot; MAX_ASKED]>,
}

impl Home {
    pub fn of(senses: &[Sense]) -> Option<Self> {
        let mut by_name: FastSet<NameIx> =
            FastSet::with_capacity_and_hasher(senses.len(), BuildHasherDefault::new());
        let mut spoken: FastSet<Province> = FastSet::default();
        let mut n_in: FastMap<Province, usize> = FastMap::default();
        let mut places: Vec<&Candidate> = Vec::with_capacity(senses.len());
        for sense in senses {
            let Some(best) = sense.best().filter(|best| best.share >= SURE) else { continue };
            if !by_name.insert(sense.name) {
                continue;
            }
            let seat = best.seat;
            if seat.is_country() {
                spoken.insert((seat.country, Admin1Ix::NONE));
            } else if seat.is_province() {
                spoken.insert((seat.country, seat.province));
            }
            if best.is_local || seat.is_province() {
                *n_in.entry((seat.country, Admin1Ix::NONE)).or_default() += 1;
                if seat.province != Admin1Ix::NONE {
                    *n_in.entry((seat.country, seat.province)).or_default() += 1;
                }
                places.push(best);
            }
        }
        let n = |key: Province| n_in.get(&key).copied().unwrap_or(0);
        // What may itself stray counts half against the others.
        let may_stray = |c: &Candidate| {
            matches!(c.rank, Rank::Town(prominence) if prominence < SMALL_ABROAD)
                && n((c.seat.country, Admin1Ix::NONE)) == 1
                && !spoken.contains(&(c.seat.country, Admin1Ix::NONE))
        };
        let all: f32 = places.iter().map(|c| if may_stray(c) { 0.5 } else { 1.0 }).sum();
        let least = LEAST_AT_HOME.max((MOST_AT_HOME * all).ceil() as usize);
        let of = |c: &&Candidate| (c.seat.country, c.seat.province);
        let country = places.iter().map(of).find(|(country, _)| n((*country, Admin1Ix::NONE)) >= least)?.0;
        let province =
            places.iter().map(of).find(|key| key.1 != Admin1Ix::NONE && n(*key) >= least).map(|key| key.1);
        let is_at_home = |c: &&&Candidate| {
            c.is_local
                && c.seat.country == country
                && province.is_none_or(|province| province == c.seat.province)
        };
        let spots = places.iter().filter(is_at_home).take(MAX_ASKED).map(|c| c.spot).collect();
        Some(Self { country, province, spoken, n_in, spots })
    }

    /// Does the text tell of the country in which a place lies?
    pub fn is_told_of(&self, place: &Candidate) -> bool {
        let there = (place.seat.country, Admin1Ix::NONE);
        place.seat.country == self.country
            || self.spoken.contains(&there)
            || self.n_in.get(&there).is_some_and(|n| *n > MOST_STRAYS)
            || self.is_near(place)
    }

    fn is_stray(&self, sense: &Sense) -> bool {
        let Some(best) = sense.best() else { return false };
        let seat = best.seat;
        let is_abroad = seat.country != self.country;
        let is_outside = is_abroad || self.province.is_some_and(|province| province != seat.province);
        let there = (seat.country, if is_abroad { Admin1Ix::NONE } else { seat.province });
        let n_there = self.n_in.get(&there).copied().unwrap_or(0);
        let small = if is_abroad { SMALL_ABROAD } else { SMALL };
        is_outside
            && may_stray(sense, small)
            && !self.spoken.contains(&there)
            && n_there <= MOST_STRAYS
            && !self.is_near(best)
    }

    fn is_near(&self, candidate: &Candidate) -> bool {
        self.spots.iter().any(|spot| {
            steps::count();
            candidate.spot.km(*spot) <= FAR_KM
        })
    }
}
