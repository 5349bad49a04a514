//! The first look at a sentence: does it have a time or a place, or go on from the one before?

use std::ops::Range;

use super::carry::{dateline, is_date_line};
use super::draft::{Body, Drafts, Found};
use super::tagged::is_where;
use super::when::is_when;
use super::words::Class;
use crate::document::Span;
use crate::extract::sentence::Sentence;

/// What comes of a sentence.
#[derive(Debug)]
pub enum Role {
    /// It is a heading, or no more than a date.
    Section,
    /// It has no time and no place, and so no event.
    Silent,
    Question,
    Telling(Sight),
}

/// What a sentence shows that may tell of events.
#[derive(Debug, Clone, Copy)]
pub struct Sight {
    /// Position of its draft.
    pub draft: usize,
    pub has_time: bool,
    pub has_place: bool,
    /// It begins with "then" or the like.
    pub points_back: bool,
}

/// A sentence that was looked at.
#[derive(Debug)]
pub struct Seen {
    /// Positions in the reading.
    pub times: Range<usize>,
    pub places: Range<usize>,
    /// The place of the dateline that it begins with.
    pub dateline: Option<usize>,
    pub role: Role,
}

/// Looks at the sentences of a text, one after another.
pub struct Looker<'a> {
    of: Found<'a>,
    next_time: usize,
    next_place: usize,
    has_dateline: bool,
}

impl<'a> Looker<'a> {
    pub fn new(of: Found<'a>) -> Self {
        Self { of, next_time: 0, next_place: 0, has_dateline: false }
    }

    /// Looks at the next sentence. One that may tell of events gets a draft.
    pub fn look(&mut self, sentence: &Sentence, drafts: &mut Drafts) -> Seen {
        let Found { source, times, places, .. } = self.of;
        let of_time = |at: usize| times.get(at).map(|m| m.span);
        let of_place = |at: usize| places.get(at).map(|m| m.span);
        let mut seen = Seen {
            times: advance(&mut self.next_time, of_time, sentence.span),
            places: advance(&mut self.next_place, of_place, sentence.span),
            dateline: None,
            role: Role::Section,
        };
        let own_times = times.get(seen.times.clone()).unwrap_or_default();
        let own_places = places.get(seen.places.clone()).unwrap_or_default();
        if sentence.is_heading || is_date_line(sentence, own_times, own_places) {
            return seen;
        }
        let mut body =
            Body { tokens: sentence.tokens.clone(), times: seen.times.clone(), places: seen.places.clone() };
        if sentence.begins_paragraph
            && !self.has_dateline
            && let Some((place, n_tokens)) = dateline(source, sentence, (seen.places.start, own_places))
        {
            self.has_dateline = true;
            seen.dateline = Some(place);
            body.tokens.start = (body.tokens.start + n_tokens).min(body.tokens.end);
            let start = source.tokens.get(body.tokens.start).map_or(sentence.span.end, |t| t.start as usize);
            body.times.start += own_times.iter().filter(|m| m.span.start < start).count();
            body.places.start += own_places.iter().filter(|m| m.span.start < start).count();
        }
        seen.role = self.role(body, seen.dateline.is_some(), drafts);
        seen
    }

    fn role(&self, body: Body, has_dateline: bool, drafts: &mut Drafts) -> Role {
        let Found { source, times, places, .. } = self.of;
        let has_time = times.get(body.times.clone()).is_some_and(|own| own.iter().any(is_when));
        let has_place = places.get(body.places.clone()).is_some_and(|own| own.iter().any(is_where));
        let first = self.of.class(body.tokens.start);
        let is_there = || !self.of.class(body.tokens.start + 1).is(Class::FINITE_AUXILIARY);
        let points_back = first.is(Class::GOES_ON) || (first.is(Class::THERE) && is_there());
        if !(has_time || has_place || has_dateline || points_back) {
            return Role::Silent;
        }
        let last = body.tokens.end.checked_sub(1).and_then(|at| source.tokens.get(at));
        if last.is_some_and(|token| token.is_sign(source.text(), '?')) {
            return Role::Question;
        }
        Role::Telling(Sight { draft: drafts.begin(body), has_time, has_place, points_back })
    }
}

/// The mentions that begin in a sentence, in text order after those before.
fn advance(next: &mut usize, span: impl Fn(usize) -> Option<Span>, sentence: Span) -> Range<usize> {
    while span(*next).is_some_and(|span| span.start < sentence.start) {
        *next += 1;
    }
    let first = *next;
    while span(*next).is_some_and(|span| span.start < sentence.end) {
        *next += 1;
    }
    first..*next
}
