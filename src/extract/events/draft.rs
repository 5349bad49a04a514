//! A sentence on the way to its events: what is found in it before anything is known of the others.

use std::ops::Range;

use smallvec::smallvec;

use super::act::{Act, Part, parts};
use super::choice;
use super::clause::Clauses;
use super::gap::{self, Group};
use super::predicate::{Predicate, predicates};
use super::statement::{Told, told};
use super::tagged::{Scratch, Tagged, Width};
use super::title::{self, Title};
use super::words::Class;
use crate::document::Span;
use crate::extract::{PlaceMention, Source, TimeMention};

/// A text with what was found in it so far.
#[derive(Debug, Clone, Copy)]
pub struct Found<'a> {
    pub source: &'a Source<'a>,
    pub times: &'a [TimeMention],
    pub places: &'a [PlaceMention],
    /// Of each place.
    pub widths: &'a [Width],
}

impl Found<'_> {
    /// The class of a token of the text.
    pub fn class(&self, at: usize) -> Class {
        self.source.tokens.get(at).map_or(Class::NONE, |token| self.source.language.events.class(token.word))
    }
}

/// What is worked on of a sentence: all but its dateline.
#[derive(Debug, Clone, Default)]
pub struct Body {
    /// Positions in the text's tokens.
    pub tokens: Range<usize>,
    /// Positions in the reading.
    pub times: Range<usize>,
    pub places: Range<usize>,
}

/// The sentences that are worked on together.
///
/// Each step goes through all of them before the next step begins: the code of all steps together is larger than
/// the nearest cache of a processor, and what so few sentences are made of is not.
#[derive(Debug, Default)]
pub struct Drafts {
    drafts: Vec<Draft>,
    /// The first of them are of this round.
    n: usize,
}

impl Drafts {
    pub fn clear(&mut self) {
        self.n = 0;
    }

    /// Adds a sentence; gives its position.
    pub fn begin(&mut self, body: Body) -> usize {
        let at = self.n;
        if self.drafts.len() == at {
            self.drafts.push(Draft::default());
        }
        if let Some(draft) = self.drafts.get_mut(at) {
            draft.body = body;
            self.n += 1;
        }
        at
    }

    pub fn get(&self, at: usize) -> Option<&Draft> {
        self.drafts.get(at)
    }

    /// Does all that needs nothing of other sentences.
    pub fn work_out(&mut self, of: &Found) {
        let drafts = self.drafts.get_mut(..self.n).unwrap_or_default();
        for step in [Draft::cut, Draft::choose, Draft::word] {
            for draft in &mut *drafts {
                step(draft, of);
            }
        }
    }

    /// How many events there will be, if each has one time.
    pub fn n_tellings(&self) -> usize {
        self.drafts.iter().take(self.n).map(|draft| draft.tellings.len()).sum()
    }
}

/// What the events of one clause have in common, or of a part of it with a time of its own.
#[derive(Debug)]
pub struct Telling {
    pub clause: usize,
    pub act: Act,
    pub is_unlisted: bool,
    /// The word that names the action.
    pub word: Span,
    /// Where the verb stands.
    pub verb: usize,
    pub told: Told,
    pub title: Title,
    /// The only one of its sentence.
    pub is_only: bool,
    /// The time and places of its own that a part of a clause has.
    pub own: Option<Box<Part>>,
}

/// A sentence that may tell of events. It is used again for another, so that nothing is allocated for each.
#[derive(Debug, Default)]
pub struct Draft {
    body: Body,
    scratch: Scratch,
    pub predicates: Vec<Predicate>,
    pub clauses: Clauses,
    pub parts: Vec<Part>,
    chosen: choice::Chosen,
    pub tellings: Vec<Telling>,
}

impl Draft {
    /// Only if the sentence goes on from the one before does it tell of an event.
    pub fn needs_past(&self) -> bool {
        self.chosen.needs_past
    }

    pub fn tagged<'a>(&'a self, of: &Found<'a>) -> Tagged<'a> {
        tagged(&self.body, &self.scratch, of)
    }

    /// Tags its tokens and cuts it into clauses.
    fn cut(&mut self, of: &Found) {
        let Body { tokens, times, places } = &self.body;
        let language = of.source.language;
        self.scratch.fill(
            of.source.text(),
            of.source.tokens.get(tokens.clone()).unwrap_or_default(),
            (&language.events, &language.endings),
            (times.start, of.times.get(times.clone()).unwrap_or_default()),
            (places.start, of.places.get(places.clone()).unwrap_or_default()),
        );
        let sentence = tagged(&self.body, &self.scratch, of);
        predicates(&sentence, &mut self.predicates);
        self.clauses.cut(&sentence, &self.predicates);
    }

    /// Chooses the clauses that are events.
    fn choose(&mut self, of: &Found) {
        let sentence = tagged(&self.body, &self.scratch, of);
        parts(&sentence, &self.clauses, &mut self.parts);
        self.chosen = choice::choose(&sentence, &self.clauses, &mut self.parts);
    }

    /// Words the events of the clauses that were chosen.
    fn word(&mut self, of: &Found) {
        let sentence = tagged(&self.body, &self.scratch, of);
        self.tellings.clear();
        let is_only = self.chosen.clauses.len() == 1;
        for number in &self.chosen.clauses {
            word(&sentence, &self.clauses, &self.parts, (*number, is_only), &mut self.tellings);
        }
    }
}

fn tagged<'a>(body: &Body, scratch: &'a Scratch, of: &Found<'a>) -> Tagged<'a> {
    Tagged {
        text: of.source.text(),
        tokens: of.source.tokens.get(body.tokens.clone()).unwrap_or_default(),
        tags: &scratch.tags,
        any_class: scratch.any_class,
        has_quotes: scratch.has_quotes,
        has_brackets: scratch.has_brackets,
        time_ranges: &scratch.time_ranges,
        place_ranges: &scratch.place_ranges,
        times: body.times.clone(),
        places: body.places.clone(),
        endings: &of.source.language.endings,
        all_times: of.times,
        all_places: of.places,
        widths: of.widths,
    }
}

fn word(
    sentence: &Tagged,
    clauses: &Clauses,
    parts: &[Part],
    (number, is_only): (usize, bool),
    tellings: &mut Vec<Telling>,
) {
    let (Some(part), Some(clause)) = (parts.get(number), clauses.get(number)) else { return };
    let Some(act) = part.act else { return };
    let verb = clause.predicate.map_or(clause.start, |p| p.end.saturating_sub(1));
    let act_at = if let Act::Noun(noun) = act { noun } else { verb };
    let word = sentence.span(&(act_at..act_at + 1)).unwrap_or(Span { start: 0, end: 0 });
    let told = told(sentence, clauses, number, !part.times.is_empty());
    let mut tell = |title: Title, own: Option<Box<Part>>| {
        // Without a title there is nothing to tell.
        if !title.is_empty() {
            let is_unlisted = clause.predicate.is_some_and(|p| p.is_unlisted());
            let is_only = is_only && own.is_none();
            tellings.push(Telling {
                clause: number,
                act,
                is_unlisted,
                word,
                verb,
                told,
                title,
                is_only,
                own,
            });
        }
    };
    if let Some(groups) = gap::groups(sentence, clauses, number, part) {
        for Group { tokens, time, places } in groups {
            let own = Part { times: smallvec![time], places, ..part.clone() };
            tell(title::of_group(sentence, clauses, number, &tokens), Some(Box::new(own)));
        }
        return;
    }
    let title = match act {
        Act::Noun(noun) => title::of_noun(sentence, clauses, number, noun),
        Act::Verb | Act::Speech => title::of_clause(sentence, clauses, number),
    };
    // "the captain said": what he said is told elsewhere.
    let is_stub = act == Act::Speech
        && clause.predicate.is_some_and(|p| !p.is_passive)
        && title.last().is_some_and(|last| last.end == word.end);
    if !is_stub {
        tell(title, None);
    }
}
