//! Why a place was chosen.

use super::senses::{Sense, km, lies_in};
use crate::extract::{Resolution, Rival, WhyHere};

/// How much nearer than the text's other places a neighbour must be to be the reason.
const NEAR_KM: f32 = 120.0;

/// The resolution of a sense, if any place fits.
pub fn resolution(sense: &Sense, senses: &[Sense]) -> Option<Resolution> {
    let best = sense.best()?;
    let rivals = sense.candidates.iter().skip(1).take(Resolution::MAX_RIVALS);
    Some(Resolution {
        place: best.place,
        confidence: best.share,
        why: why(sense, senses)?,
        rivals: rivals.map(|c| Rival { place: c.place, score: c.share }).collect(),
    })
}

fn why(sense: &Sense, senses: &[Sense]) -> Option<WhyHere> {
    let best = sense.best()?;
    let holder = sense.outer.and_then(|outer| {
        let outer = senses.iter().find(|s| s.name == outer)?;
        outer.best().filter(|outer| lies_in(&best.facts, &outer.facts))
    });
    if let Some(holder) = holder {
        return Some(WhyHere::NamedBeside(holder.place));
    }
    if sense.candidates.len() == 1 {
        return Some(WhyHere::OnlyCandidate);
    }
    let is_most_prominent = sense.candidates.iter().all(|c| c.prior <= best.prior);
    if is_most_prominent {
        return Some(WhyHere::MostProminent);
    }
    let near = sense.near.iter().filter_map(|near| senses.get(near.sense as usize)?.best());
    let nearest = near
        .filter(|other| !other.facts.is_country())
        .map(|other| (other.place, km(best.facts.lon_lat, other.facts.lon_lat)))
        .min_by(|a, b| a.1.total_cmp(&b.1));
    if let Some((other, km)) = nearest.filter(|(_, km)| *km <= NEAR_KM) {
        return Some(WhyHere::NearOthers { other, km });
    }
    let country = sense.near.iter().filter_map(|near| senses.get(near.sense as usize)?.best());
    let country = country.filter(|other| lies_in(&best.facts, &other.facts)).map(|other| other.place).next();
    let elsewhere = || {
        senses
            .iter()
            .filter_map(Sense::best)
            .find(|other| lies_in(&best.facts, &other.facts))
            .map(|other| other.place)
    };
    country.or_else(elsewhere).map(WhyHere::SameCountry).or(Some(WhyHere::MostProminent))
}
