//! Which places go together: each sense votes for the countries, provinces and neighbourhoods of what it
//! may mean, and is then judged by the votes of the others; again, until it settles.

use std::cmp::Ordering;

use super::senses::{Candidate, Sense, lies_in};
use crate::extract::steps;
use crate::extract::toponym::Rank;
use crate::gazetteer::{Admin1Ix, CountryIx, FeatureCode};

const ROUNDS: usize = 3;
/// How much of the differences between places counts before the text has been asked.
const AT_FIRST: f32 = 0.7;
/// A candidate with less of its sense does not vote.
const LEAST_SHARE: f32 = 0.02;
const COUNTRY: f32 = 0.75;
/// Of a place that lies in no one country: as if it lay in that which is named most.
const OF_NO_COUNTRY: f32 = 1.2;
/// What a country has instead of the votes for provinces and neighbourhoods: a village called Poland is near
/// others called so, and the country is near none.
const OF_COUNTRY: f32 = 0.75;
const PROVINCE: f32 = 1.1;
const CELL: f32 = 1.0;
const NEAR: f32 = 2.0;
/// In the country or province named close by.
const NEAR_INSIDE: f32 = 1.1;
/// Of the same kind as another item of a list.
const LISTED: f32 = 2.2;
const NEAR_KM: f32 = 150.0;
/// In a county named close by: "the City of Paris" and "a Lamar County resident".
const IN_COUNTY: f32 = 7.0;
const IN_COUNTY_KM: f32 = 45.0;
/// Beyond this nothing is near.
const FAR_KM: f32 = 700.0;

/// Votes of the whole text; kept from one text to the next, so that room for them is made once.
#[derive(Debug, Default)]
pub struct Votes {
    countries: Tally,
    most_of_a_country: f32,
    provinces: Tally,
    /// Squares of two degrees.
    squares: Tally,
    own: Vec<Vote>,
    best: Vec<Option<Candidate>>,
}

/// Sums for small numbers. Few of them are ever above zero.
#[derive(Debug, Default)]
struct Tally {
    sums: Vec<f32>,
    /// Those above zero.
    counted: Vec<u32>,
}

impl Tally {
    /// Adds a weight above zero.
    fn add(&mut self, at: usize, weight: f32) {
        if at >= self.sums.len() {
            self.sums.resize((at + 1).next_power_of_two(), 0.0);
        }
        if let Some(sum) = self.sums.get_mut(at) {
            if *sum == 0.0 {
                self.counted.push(at as u32);
            }
            *sum += weight;
        }
    }

    fn get(&self, at: usize) -> f32 {
        self.sums.get(at).copied().unwrap_or(0.0)
    }

    fn most(&self) -> f32 {
        self.counted.iter().map(|at| self.get(*at as usize)).fold(0.0, f32::max)
    }

    fn clear(&mut self) {
        for at in self.counted.drain(..) {
            if let Some(sum) = self.sums.get_mut(at as usize) {
                *sum = 0.0;
            }
        }
    }
}

/// Squares in a row, with one more at each side so that all have neighbours.
const N_COLUMNS: i32 = 184;

/// The number of a square by its position, from -91 to 91 and from -46 to 46.
fn square((x, y): (i16, i16)) -> usize {
    ((i32::from(y) + 47) * N_COLUMNS + i32::from(x) + N_COLUMNS / 2).max(0) as usize
}

impl Votes {
    /// Counts the votes of all senses, and forgets those of before.
    fn count(&mut self, senses: &[Sense]) {
        let Self { countries, provinces, squares, .. } = self;
        for tally in [&mut *countries, provinces, squares] {
            tally.clear();
        }
        for vote in senses.iter().flat_map(votes_of) {
            if vote.country != CountryIx::NONE {
                countries.add(usize::from(vote.country.0), vote.weight);
            }
            if vote.province != Admin1Ix::NONE {
                provinces.add(usize::from(vote.province.0), vote.weight);
            }
            if let Some(cell) = vote.cell {
                squares.add(square(cell), vote.weight);
            }
        }
        self.most_of_a_country = countries.most();
    }

    /// The votes in a square and those about it.
    fn around(&self, (x, y): (i16, i16)) -> f32 {
        let columns = (-1..=1).map(|dx| square((x + dx, y)));
        let row = N_COLUMNS as usize;
        columns.flat_map(|at| [at.wrapping_sub(row), at, at + row]).map(|at| self.squares.get(at)).sum()
    }

    /// What the votes of the others add to a candidate; `own` are those of its own sense.
    fn support(&self, candidate: &Candidate, own: &[Vote]) -> f32 {
        steps::count();
        let facts = &candidate.facts;
        // No country votes for a sea or the Middle East; what they lack must not make a namesake's street
        // likelier.
        if facts.country == CountryIx::NONE {
            return OF_NO_COUNTRY * of_others(self.most_of_a_country, &[], |_| false);
        }
        let all = self.countries.get(usize::from(facts.country.0));
        let mut sum = COUNTRY * of_others(all, own, |vote| vote.country == facts.country);
        if facts.is_country() {
            return sum + OF_COUNTRY;
        }
        if facts.admin1 != Admin1Ix::NONE {
            let all = self.provinces.get(usize::from(facts.admin1.0));
            sum += PROVINCE * of_others(all, own, |vote| vote.province == facts.admin1);
        }
        if candidate.is_local {
            let (x, y) = candidate.spot.cell;
            let all = self.around((x, y));
            let is_around =
                |vote: &Vote| vote.cell.is_some_and(|(a, b)| (a - x).abs() <= 1 && (b - y).abs() <= 1);
            sum += CELL * of_others(all, own, is_around);
        }
        sum
    }
}

/// One candidate's vote.
#[derive(Debug, Clone, Copy)]
struct Vote {
    country: CountryIx,
    province: Admin1Ix,
    /// Of towns and the like.
    cell: Option<(i16, i16)>,
    weight: f32,
}

/// What votes are worth without those of one's own that are among them.
fn of_others(all: f32, own: &[Vote], is_among: impl Fn(&Vote) -> bool) -> f32 {
    if all <= LEAST_SHARE {
        return 0.0;
    }
    let votes = all - own.iter().filter(|vote| is_among(vote)).map(|vote| vote.weight).sum::<f32>();
    if votes > LEAST_SHARE { (1.0 + 3.0 * votes).ln() } else { 0.0 }
}

/// The votes of a sense, in the order of its candidates.
fn votes_of(sense: &Sense) -> impl Iterator<Item = Vote> + '_ {
    let weight = weight(sense);
    sense.candidates.iter().filter(|c| c.share >= LEAST_SHARE).map(move |candidate| Vote {
        country: candidate.facts.country,
        province: candidate.facts.admin1,
        cell: candidate.is_local.then_some(candidate.spot.cell),
        weight: weight * candidate.share,
    })
}

fn weight(sense: &Sense) -> f32 {
    1.0 + 0.5 * (sense.n_mentions as f32).ln()
}

/// Scores the candidates of all senses and puts the best first.
pub fn vote(senses: &mut [Sense], votes: &mut Votes) {
    // At first the small have a say too, or the largest of each name would only confirm each other.
    for sense in senses.iter_mut() {
        share(&mut sense.candidates, AT_FIRST);
    }
    if senses.iter().all(|s| s.candidates.len() < 2) {
        return;
    }
    let mut own = std::mem::take(&mut votes.own);
    let mut best = std::mem::take(&mut votes.best);
    for round in 0..ROUNDS {
        votes.count(senses);
        best.clear();
        best.extend(senses.iter().map(|s| s.best().copied()));
        let mut is_settled = true;
        for sense in senses.iter_mut() {
            if sense.candidates.len() < 2 {
                continue;
            }
            let before = sense.best().map(|c| c.place);
            own.clear();
            own.extend(votes_of(sense));
            for candidate in &mut sense.candidates {
                let near = sense
                    .near
                    .iter()
                    .filter_map(|near| Some((best.get(near.sense as usize)?.as_ref()?, near.is_listed)));
                candidate.score =
                    candidate.prior + votes.support(candidate, &own) + near_support(candidate, near);
            }
            best_first(&mut sense.candidates);
            share(&mut sense.candidates, 1.0);
            is_settled &= sense.best().map(|c| c.place) == before;
        }
        if is_settled && round > 0 {
            break;
        }
    }
    votes.own = own;
    votes.best = best;
    for sense in senses.iter_mut() {
        sense.candidates.sort_by(by_score);
    }
}

/// The likelier first.
fn by_score(a: &Candidate, b: &Candidate) -> Ordering {
    b.score.total_cmp(&a.score).then(a.place.cmp(&b.place))
}

/// Puts the likeliest first; the others stand in no order yet.
fn best_first(candidates: &mut [Candidate]) {
    let best = candidates.iter().enumerate().min_by(|(_, a), (_, b)| by_score(a, b)).map_or(0, |(at, _)| at);
    if best > 0 {
        candidates.swap(0, best);
    }
}

/// What the places named close by add: the nearest counts, and the likest of a list.
fn near_support<'a>(candidate: &Candidate, near: impl Iterator<Item = (&'a Candidate, bool)>) -> f32 {
    let (mut best, mut like) = (0.0_f32, 0.0_f32);
    for (other, is_listed) in near {
        steps::count();
        if lies_in(&candidate.facts, &other.facts) {
            best = best.max(NEAR_INSIDE * if other.facts.is_country() { 0.7 } else { 1.4 });
        } else if other.is_local && candidate.is_local {
            let apart = candidate.spot.km(other.spot);
            let is_county_of =
                other.facts.code == FeatureCode::Second && candidate.facts.code != FeatureCode::Second;
            if is_county_of && apart < IN_COUNTY_KM && candidate.facts.admin1 == other.facts.admin1 {
                best = best.max(IN_COUNTY);
            } else if apart < FAR_KM {
                best = best.max(NEAR * (-apart / NEAR_KM).exp());
            }
        }
        if is_listed {
            like = like.max(likeness(candidate, other));
        }
    }
    best + like
}

/// Items of a list are of a kind: all countries, or all provinces of one.
fn likeness(one: &Candidate, other: &Candidate) -> f32 {
    let is_same_country = one.facts.country == other.facts.country;
    match (one.rank, other.rank) {
        (Rank::Country, Rank::Country) => LISTED,
        (Rank::Province, Rank::Province) if is_same_country => LISTED,
        (Rank::Town(_), Rank::Town(_)) if is_same_country => 0.3 * LISTED,
        _ => 0.0,
    }
}

/// Shares from scores, of whose differences only so much counts.
pub(super) fn share(candidates: &mut [Candidate], contrast: f32) {
    let best = candidates.iter().map(|c| c.score).fold(f32::MIN, f32::max);
    let mut sum = 0.0;
    for candidate in candidates.iter_mut() {
        candidate.share = ((candidate.score - best) * contrast).exp();
        sum += candidate.share;
    }
    for candidate in candidates {
        candidate.share /= sum;
    }
}
