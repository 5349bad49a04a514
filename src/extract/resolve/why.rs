//! Why a place was chosen.

use super::senses::{Candidate, Sense};
use crate::extract::toponym::NameIx;
use crate::extract::toponym::hashes::FastMap;
use crate::extract::{Resolution, Rival, WhyHere};
use crate::gazetteer::{Admin1Ix, CountryIx, GazetteerId};

/// How near a neighbour must be to be the reason.
const NEAR_KM: f32 = 120.0;

/// What the text as a whole gives as reasons, looked up once for all senses.
#[derive(Debug)]
pub struct Grounds<'a> {
    senses: &'a [Sense],
    by_name: FastMap<NameIx, usize>,
    /// Countries and provinces that the text names.
    holders: FastMap<(CountryIx, Admin1Ix), GazetteerId>,
}

impl<'a> Grounds<'a> {
    pub fn new(senses: &'a [Sense]) -> Self {
        let mut grounds = Self { senses, by_name: FastMap::default(), holders: FastMap::default() };
        // Names are asked for by what is said to lie in them alone.
        let has_outer = senses.iter().any(|sense| sense.outer.is_some());
        for (at, sense) in senses.iter().enumerate() {
            if has_outer {
                grounds.by_name.entry(sense.name).or_insert(at);
            }
            let Some(best) = sense.best() else { continue };
            let key = if best.seat.is_country() {
                (best.seat.country, Admin1Ix::NONE)
            } else if best.seat.is_province() {
                (best.seat.country, best.seat.province)
            } else {
                continue;
            };
            grounds.holders.entry(key).or_insert(best.place);
        }
        grounds
    }

    /// The resolution of a sense, if any place fits.
    pub fn resolution(&self, sense: &Sense) -> Option<Resolution> {
        let best = sense.best()?;
        let rivals = sense.candidates.iter().skip(1);
        Some(Resolution {
            place: best.place,
            confidence: best.share,
            why: self.why(sense, best),
            rivals: rivals.map(|c| Rival { place: c.place, score: c.share }).collect(),
        })
    }

    fn why(&self, sense: &Sense, best: &Candidate) -> WhyHere {
        let beside = sense.outer.and_then(|outer| self.senses.get(*self.by_name.get(&outer)?)?.best());
        if let Some(holder) = beside.filter(|holder| best.seat.lies_in(holder.seat)) {
            return WhyHere::NamedBeside(holder.place);
        }
        if sense.inherited == Some(best.place) {
            return WhyHere::SameAsElsewhere;
        }
        if sense.candidates.len() == 1 {
            return WhyHere::OnlyCandidate;
        }
        if sense.candidates.iter().all(|c| c.prior <= best.prior) {
            return WhyHere::MostProminent;
        }
        let near = sense.near.iter().filter_map(|(near, _)| self.senses.get(near)?.best());
        let nearest = near
            .filter(|other| !other.seat.is_country())
            .map(|other| (other.place, best.spot.km(other.spot)))
            .min_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((other, km)) = nearest.filter(|(_, km)| *km <= NEAR_KM) {
            return WhyHere::NearOthers { other, km };
        }
        let holder = |province| self.holders.get(&(best.seat.country, province)).copied();
        holder(best.seat.province)
            .or_else(|| holder(Admin1Ix::NONE))
            .filter(|holder| *holder != best.place)
            .map_or(WhyHere::MostProminent, WhyHere::SameCountry)
    }
}
