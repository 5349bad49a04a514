//! When an event is: by its clause, its sentence, the sentence before, the heading, the news of the day.

use smallvec::{SmallVec, smallvec};

use super::act::Part;
use super::carry::Carry;
use super::clause::{Clauses, Kind};
use super::draft::Telling;
use super::predicate::Mood;
use super::statement::Told;
use super::tagged::Tagged;
use super::when::{self, about};
use super::words::Class;
use crate::extract::{Statement, WhyThen};
use crate::time::Edtf;

/// What is known where an event is told.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    pub sentence: &'a Tagged<'a>,
    pub clauses: &'a Clauses,
    pub parts: &'a [Part],
    pub carry: &'a Carry,
    pub document_date: Option<&'a Edtf>,
}

/// When an event is, and why.
#[derive(Debug, Clone)]
pub struct Then {
    pub time: Option<usize>,
    pub edtf: Option<Edtf>,
    pub why: WhyThen,
    pub rule: &'static str,
    pub confidence: f32,
}

impl Around<'_> {
    /// What a telling has of its own, or its clause.
    pub fn part<'a>(&'a self, telling: &'a Telling) -> Option<&'a Part> {
        telling.own.as_deref().or_else(|| self.parts.get(telling.clause))
    }

    /// The times of an event: of its clause, its sentence, or what stands before.
    pub fn then(&self, telling: &Telling, goes_on: bool) -> SmallVec<[Then; 1]> {
        let Telling { clause: number, verb, told, .. } = telling;
        let (number, verb) = (*number, *verb);
        let (Some(part), Some(clause)) = (self.part(telling), self.clauses.get(number)) else {
            return SmallVec::new();
        };
        let sureness =
            |time: usize| self.sentence.all_times.get(time).map_or(0.5, |mention| mention.confidence);
        let own = when::choose(self.sentence, &part.times, verb);
        if !own.is_empty() {
            let (why, factor) =
                if part.is_given { (WhyThen::InSentence, 0.8) } else { (WhyThen::InClause, 0.95) };
            // "after 3 May, when it fell": then, and not after it.
            let is_antecedent = |time: usize| {
                clause.kind == Kind::Relative && self.sentence.time_range(time).end <= clause.start
            };
            let then = |c: when::Chosen| {
                let (edtf, rule) = if is_antecedent(c.time) { (None, "") } else { (c.edtf, c.rule) };
                Then { confidence: factor * sureness(c.time), time: Some(c.time), edtf, why, rule }
            };
            return own.into_iter().map(then).collect();
        }
        let is_past =
            clause.predicate.is_none_or(|p| !p.is_past_perfect && !p.is_present && p.mood == Mood::Plain);
        let from_sentence = if clause.kind == Kind::Relative { None } else { self.in_sentence(number) };
        if let Some((giver, times)) = from_sentence
            && let Some(chosen) = when::choose(self.sentence, times, verb).into_iter().next()
        {
            let was_said = told.teller == Some(giver);
            if !was_said {
                let confidence = 0.8 * sureness(chosen.time);
                return smallvec![Then {
                    time: Some(chosen.time),
                    edtf: chosen.edtf,
                    why: WhyThen::InSentence,
                    rule: chosen.rule,
                    confidence,
                }];
            }
            if clause.predicate.is_none_or(|p| !p.is_present && p.mood == Mood::Plain) {
                // "Police said on Monday that a bomb had exploded": not later, and seldom much earlier.
                let mention =
                    self.sentence.all_times.get(chosen.time).and_then(|mention| mention.edtf.as_ref());
                let edtf = chosen.edtf.as_ref().or(mention).map(about);
                let confidence = 0.4 * sureness(chosen.time);
                return smallvec![Then {
                    time: Some(chosen.time),
                    edtf,
                    why: WhyThen::InSentence,
                    rule: "dated by when it was said",
                    confidence,
                }];
            }
        }
        // What has another time beside it is not of the one before.
        let has_time = self
            .sentence
            .times
            .clone()
            .any(|time| self.sentence.all_times.get(time).is_some_and(when::is_when));
        let goes_back = is_past && clause.kind != Kind::Relative && !has_time && !self.moves_on();
        smallvec![self.carried(goes_back, told, goes_on)]
    }

    /// "They next visited Naples": no more on the day just told, though maybe in the same year.
    fn moves_on(&self) -> bool {
        const MAX_DAYS: i64 = 100;
        let Some(last) = self.carry.last.as_ref().filter(|_| self.sentence.any_class.is(Class::MOVES_ON))
        else {
            return false;
        };
        let mention = || self.sentence.all_times.get(last.time)?.edtf.as_ref();
        last.edtf.as_ref().or_else(mention).is_some_and(|edtf| edtf.interval().extent().n_days() <= MAX_DAYS)
    }

    /// The time from before this self.sentence.
    fn carried(&self, is_past: bool, told: &Told, goes_on: bool) -> Then {
        let undated = Then { time: None, edtf: None, why: WhyThen::Undated, rule: "", confidence: 0.9 };
        if told.statement != Statement::Reported || !is_past {
            return undated;
        }
        if let Some(last) = &self.carry.last {
            let less = if goes_on { 0.95_f32 } else { 0.85 };
            return Then {
                time: Some(last.time),
                edtf: last.edtf.clone(),
                why: WhyThen::Continued,
                rule: "",
                confidence: 0.7 * less.powi(i32::try_from(last.n_sentences).unwrap_or(4)),
            };
        }
        if let Some(time) = self.carry.section.time {
            let confidence = if self.carry.section.is_plain { 0.7 } else { 0.5 };
            return Then { time: Some(time), edtf: None, why: WhyThen::Heading, rule: "", confidence };
        }
        if self.carry.is_lead()
            && let Some(date) = self.document_date
        {
            return Then {
                time: None,
                edtf: Some(about(date)),
                why: WhyThen::DocumentDate,
                rule: "",
                confidence: 0.35,
            };
        }
        undated
    }

    /// Another clause of the sentence whose time this one shares: one above, or one before it.
    fn in_sentence(&self, number: usize) -> Option<(usize, &[usize])> {
        let has_times = |at: &usize| self.parts.get(*at).is_some_and(|part| !part.times.is_empty());
        let parent = self.clauses.get(number)?.parent;
        let is_sibling = |at: &usize| {
            self.clauses.get(*at).is_some_and(|c| {
                // "Born in Rye in 1922, he served": not then.
                let is_fronted = c.predicate.is_some_and(|p| p.is_fronted);
                !is_fronted
                    && c.parent == parent
                    && matches!(c.kind, Kind::Main | Kind::Coordinate | Kind::Complement)
            })
        };
        let below = (0..self.parts.len()).find(|at| {
            has_times(at)
                && self
                    .clauses
                    .get(*at)
                    .is_some_and(|c| c.kind == Kind::Subordinate && c.parent == Some(number))
        });
        let giver = (0..number)
            .rev()
            .find(|at| is_sibling(at) && has_times(at))
            .or_else(|| self.clauses.ancestors(number).find(has_times))
            .or(below)?;
        Some((giver, &self.parts.get(giver)?.times))
    }
}
