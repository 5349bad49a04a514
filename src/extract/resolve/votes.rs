//! Which places go together: each sense votes for the countries, provinces and neighbourhoods of what it
//! may mean, and is then judged by the votes of the others; again, until it settles.

use std::cmp::Ordering;

use super::near::MAX_NEAR;
use super::senses::{Candidate, Sense};
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
    /// Of the sense that is judged.
    own: Vec<Vote>,
    /// Of the candidates of all senses that have several.
    scores: Vec<Score>,
}

/// Of a candidate.
#[derive(Debug, Clone, Copy)]
struct Score {
    all: f32,
    /// As in [`Candidate::near`].
    near: f32,
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

    /// Those of three numbers that follow each other.
    fn three(&self, at: usize) -> [f32; 3] {
        let whole = self.sums.get(at..).and_then(|sums| sums.first_chunk().copied());
        whole.unwrap_or_else(|| [0, 1, 2].map(|n| self.get(at.wrapping_add(n))))
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
            if vote.cell != NOWHERE {
                squares.add(square(vote.cell), vote.weight);
            }
        }
        self.most_of_a_country = countries.most();
    }

    /// The votes in a square and those about it.
    fn around(&self, cell: (i16, i16)) -> f32 {
        let row = N_COLUMNS as usize;
        let first = square(cell).wrapping_sub(row + 1);
        let rows = [0, row, 2 * row].map(|down| self.squares.three(first.wrapping_add(down)));
        let [[sw, south, se], [west, here, east], [nw, north, ne]] = rows;
        sw + west + nw + south + here + north + se + east + ne
    }

    /// Adds what the candidates of a sense score to the list.
    fn judge(&mut self, sense: &Sense, senses: &[Sense]) {
        let mut own = std::mem::take(&mut self.own);
        own.clear();
        own.extend(votes_of(sense));
        let is_moved = |(near, _): (usize, bool)| senses.get(near).is_some_and(|near| near.is_moved);
        let is_near_moved = sense.near.iter().any(is_moved);
        let mut near = [None; MAX_NEAR];
        if is_near_moved {
            for (slot, (near, is_listed)) in near.iter_mut().zip(sense.near.iter()) {
                *slot = senses.get(near).and_then(Sense::best).map(|best| (best, is_listed));
            }
        }
        let near = near.get(..sense.near.len()).unwrap_or_default();
        // Namesakes in one country often follow each other.
        let (mut country, mut of_country) = (CountryIx::NONE, 0.0);
        for candidate in &sense.candidates {
            let here = candidate.seat.country;
            if here != country {
                (country, of_country) = (here, self.of_country(here, &own));
            }
            let support = self.support(candidate, of_country, &own);
            let near = if is_near_moved { near_support(candidate, near) } else { candidate.near };
            self.scores.push(Score { all: candidate.prior + support + near, near });
        }
        self.own = own;
    }

    /// What the votes of the others say of a country.
    fn of_country(&self, country: CountryIx, own: &[Vote]) -> f32 {
        let all = self.countries.get(usize::from(country.0));
        COUNTRY * of_others(all, own, |vote| vote.country == country)
    }

    /// What the votes of the others add to a candidate; `own` are those of its own sense.
    fn support(&self, candidate: &Candidate, of_country: f32, own: &[Vote]) -> f32 {
        steps::count();
        let seat = candidate.seat;
        // No country votes for a sea or the Middle East; what they lack must not make a namesake's street
        // likelier.
        if seat.country == CountryIx::NONE {
            return OF_NO_COUNTRY * of_others(self.most_of_a_country, &[], |_| false);
        }
        if seat.is_country() {
            return of_country + OF_COUNTRY;
        }
        let mut sum = of_country;
        if seat.province != Admin1Ix::NONE {
            let all = self.provinces.get(usize::from(seat.province.0));
            sum += PROVINCE * of_others(all, own, |vote| vote.province == seat.province);
        }
        if candidate.is_local {
            let (x, y) = candidate.spot.cell;
            let all = self.around((x, y));
            let is_around = |vote: &Vote| (vote.cell.0.abs_diff(x) <= 1) & (vote.cell.1.abs_diff(y) <= 1);
            sum += CELL * of_others(all, own, is_around);
        }
        sum
    }
}

/// No square, and none about one.
const NOWHERE: (i16, i16) = (i16::MAX, i16::MAX);

/// One candidate's vote.
#[derive(Debug, Clone, Copy)]
struct Vote {
    country: CountryIx,
    province: Admin1Ix,
    /// Of towns and the like; of others [`NOWHERE`].
    cell: (i16, i16),
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
    let weight = sense.weight;
    sense.candidates.iter().filter(|c| c.share >= LEAST_SHARE).map(move |candidate| Vote {
        country: candidate.seat.country,
        province: candidate.seat.province,
        cell: if candidate.is_local { candidate.spot.cell } else { NOWHERE },
        weight: weight * candidate.share,
    })
}

/// Scores the candidates of all senses and puts the best first.
pub fn vote(senses: &mut [Sense], votes: &mut Votes) {
    // At first the small have a say too, or the largest of each name would only confirm each other.
    for sense in senses.iter_mut() {
        sense.weight = 1.0 + 0.5 * (sense.n_mentions as f32).ln();
        share(&mut sense.candidates, AT_FIRST);
    }
    let has_several = |sense: &Sense| sense.candidates.len() > 1;
    if !senses.iter().any(has_several) {
        return;
    }
    for round in 0..ROUNDS {
        votes.count(senses);
        votes.scores.clear();
        for sense in senses.iter().filter(|sense| has_several(sense)) {
            votes.judge(sense, senses);
        }
        let mut scores = votes.scores.iter();
        let mut is_settled = true;
        for sense in senses.iter_mut() {
            sense.is_moved = false;
            if !has_several(sense) {
                continue;
            }
            let before = sense.best().map(|c| c.place);
            for (candidate, score) in sense.candidates.iter_mut().zip(scores.by_ref()) {
                (candidate.score, candidate.near) = (score.all, score.near);
            }
            best_first(&mut sense.candidates);
            share(&mut sense.candidates, 1.0);
            sense.is_moved = sense.best().map(|c| c.place) != before;
            is_settled &= !sense.is_moved;
        }
        if is_settled && round > 0 {
            break;
        }
    }
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
fn near_support(candidate: &Candidate, near: &[Option<(&Candidate, bool)>]) -> f32 {
    let (mut best, mut like) = (0.0_f32, 0.0_f32);
    for &(other, is_listed) in near.iter().flatten() {
        steps::count();
        if candidate.seat.lies_in(other.seat) {
            best = best.max(NEAR_INSIDE * if other.seat.is_country() { 0.7 } else { 1.4 });
        } else if other.is_local && candidate.is_local {
            let apart = candidate.spot.km(other.spot);
            let is_county_of =
                other.seat.code == FeatureCode::Second && candidate.seat.code != FeatureCode::Second;
            if is_county_of && apart < IN_COUNTY_KM && candidate.seat.province == other.seat.province {
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
    let is_same_country = one.seat.country == other.seat.country;
    match (one.rank, other.rank) {
        (Rank::Country, Rank::Country) => LISTED,
        (Rank::Province, Rank::Province) if is_same_country => LISTED,
        (Rank::Town(_), Rank::Town(_)) if is_same_country => 0.3 * LISTED,
        _ => 0.0,
    }
}

/// Shares from scores, of whose differences only so much counts.
pub(super) fn share(candidates: &mut [Candidate], contrast: f32) {
    if let [only] = candidates {
        only.share = 1.0;
        return;
    }
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
