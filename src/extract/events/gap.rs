//! One verb for several events: "He visited Rome in 1912, Naples in 1913 and Bari in 1915".

use std::ops::Range;

use super::act::{Act, Part};
use super::clause::Clauses;
use super::tagged::Tagged;
use super::words::Class;
use crate::extract::Positions;

/// A place or places with a time of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// All its tokens.
    pub tokens: Range<usize>,
    pub time: usize,
    pub places: Positions,
}

/// The groups of a clause, at least two; none where its times and places do not go in pairs.
pub fn groups(sentence: &Tagged, clauses: &Clauses, number: usize, part: &Part) -> Option<Vec<Group>> {
    if part.act != Some(Act::Verb) || part.times.len() < 2 || part.places.len() < part.times.len() {
        return None;
    }
    let verb = clauses.get(number)?.predicate?.end;
    let end = clauses.pieces(number, sentence.len()).map(|piece| piece.end).max()?;
    let mut groups = Vec::new();
    let mut start = verb;
    let mut places = part.places.iter().map(|place| (*place, sentence.place_range(*place))).peekable();
    for (n, time) in part.times.iter().enumerate() {
        let time_at = sentence.time_range(*time);
        if time_at.start < start {
            return None;
        }
        let mut own = Positions::new();
        while let Some((place, _)) = places.next_if(|(_, at)| at.start < time_at.start) {
            own.push(place);
        }
        if own.is_empty() {
            return None;
        }
        let mut border = time_at.end;
        while sentence.sign(border) == ',' || sentence.class(border).is(Class::AND) {
            border += 1;
        }
        let is_last = n + 1 == part.times.len();
        if !is_last && border == time_at.end {
            return None;
        }
        groups.push(Group {
            tokens: start..if is_last { end } else { time_at.end },
            time: *time,
            places: own,
        });
        start = border;
    }
    places.peek().is_none().then_some(groups)
}
