//! The past that a text of today tells of: "Mozart came to Prague in January 1787. On 7 April he left." is of
//! one year, whenever it is written.

use super::anchor::Tense;
use super::figures::Reader;
use super::meet::Met;
use super::normalize::Normal;
use super::parts::Parts;
use super::point::Point;
use super::rules::Means;
use super::years::{nearest_year, year_in_story};
use crate::extract::TimeAnchor;

/// Days from the document's date at which a date named is of another story than its own.
const FAR: i64 = 365;
/// Days before the document's date of which the news speaks without a year.
const NEAR: i64 = 31;
/// Tokens behind a date within which it is still told of.
const REACH: usize = 120;

/// What is told of, while it is.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Story {
    /// The date last told, its mention, and the token at which that ends.
    last: Option<(Point, usize, usize)>,
}

impl Story {
    /// Goes on with what an expression means, or ends with one that is of the document's own days.
    pub fn hear(
        &mut self,
        document: Option<Point>,
        (normal, at): (&Normal, usize),
        (met, parts): (&Met, &Parts),
        is_told: bool,
    ) {
        let (Some(document), Some(point)) = (document.filter(|date| date.day.is_some()), normal.point) else {
            return;
        };
        let is_dated = met.means == Means::Date && parts.year.is_some() && point.month.is_some();
        let is_of_story = matches!(normal.anchor, TimeAnchor::Mention(_)) && self.last.is_some();
        if !is_dated && !is_of_story {
            self.last = None;
            return;
        }
        if is_told && point.month.is_some() {
            let is_far = document.middle() - point.middle() > FAR;
            self.last = is_far.then_some((point, at, met.end));
        }
    }

    /// The date that is told of where an expression stands, in the same paragraph.
    pub fn told(&self, reader: &Reader, met: &Met) -> Option<(Point, usize)> {
        let (point, at, end) =
            self.last.filter(|(_, _, end)| met.start >= *end && met.start - end <= REACH)?;
        let is_same_paragraph =
            (end..=met.start).all(|at| reader.token(at).is_some_and(|token| !token.begins_paragraph));
        is_same_paragraph.then_some((point, at))
    }

    /// Does a day of a month go on with the story? Not one before it, nor one of the days just past.
    pub fn goes_on(&self, now: Point, month: u8, day: Option<u8>) -> bool {
        let Some((last, ..)) = self.last else { return false };
        let told = Point { day, ..Point::month(year_in_story(last, month, day), month) };
        let near = Point { day, ..Point::month(nearest_year(now, month, day, Tense::Unknown), month) };
        told.middle() >= last.middle() - NEAR / 2 && !(-NEAR..=0).contains(&(near.middle() - now.middle()))
    }
}
