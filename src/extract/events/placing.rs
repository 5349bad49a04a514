//! Where an event is: by its clause, its sentence, the place just named, the heading, the dateline.

use smallvec::smallvec;

use super::act::Act;
use super::clause::Kind;
use super::dating::Around;
use super::draft::Telling;
use super::place;
use super::predicate::Mood;
use super::standing::is_matter_at;
use super::tagged::{Within, is_where};
use super::words::Class;
use crate::extract::{Positions, WhyThere};

/// Where an event is, and why.
#[derive(Debug, Clone)]
pub struct There {
    pub places: Positions,
    pub context: Positions,
    pub why: WhyThere,
    pub confidence: f32,
}

impl Around<'_> {
    pub fn there(&self, telling: &Telling) -> There {
        let number = telling.clause;
        let nowhere = There {
            places: Positions::new(),
            context: Positions::new(),
            why: WhyThere::Unplaced,
            confidence: 0.9,
        };
        let (Some(part), Some(clause)) = (self.part(telling), self.clauses.get(number)) else {
            return nowhere;
        };
        let sureness = |places: &[usize]| {
            let of = |place: &usize| self.sentence.all_places.get(*place).map_or(0.5, |p| p.confidence);
            places.first().map_or(0.5, of)
        };
        if !part.places.is_empty() {
            let place::Chosen { places, mut context } = place::choose(self.sentence, &part.places);
            context.extend(part.spoken_of.iter().copied());
            let (why, factor) =
                if part.is_given { (WhyThere::InSentence, 0.85) } else { (WhyThere::InClause, 0.95) };
            return There { confidence: factor * sureness(&places), places, context, why };
        }
        if part.act == Some(Act::Speech) {
            return nowhere;
        }
        if let Some((places, factor)) = self.places_in_sentence(number) {
            let place::Chosen { places, context } = place::choose(self.sentence, &places);
            return There {
                confidence: factor * sureness(&places),
                places,
                context,
                why: WhyThere::InSentence,
            };
        }
        let can_point = self.sentence.any_class.is(Class::THERE.and(Class::THE_PLACE))
            && !self.carry.last_places.is_empty();
        let points_back = || {
            self.clauses.pieces(number, self.sentence.len()).flatten().any(|at| {
                let class = self.sentence.class(at);
                let is_there =
                    class.is(Class::THERE) && !self.sentence.class(at + 1).is(Class::FINITE_AUXILIARY);
                let is_the = class.is(Class::THE_PLACE)
                    && at.checked_sub(1).is_some_and(|n| self.sentence.class(n).is(Class::THE))
                    && self.sentence.within(at) == Within::Nothing;
                is_there || is_the
            })
        };
        if can_point && points_back() {
            let places = self.carry.last_places.clone();
            return There { confidence: 0.6, places, context: Positions::new(), why: WhyThere::Continued };
        }
        // "It collapsed": at the place of what was told of it.
        let is_of_it = || {
            clause.predicate.is_some_and(|p| {
                !p.class.is(Class::MOTION)
                    && (clause.start..p.start).any(|at| self.sentence.class(at).is(Class::IT))
            })
        };
        if clause.kind == Kind::Main && !self.carry.last_places.is_empty() && is_of_it() {
            let places = self.carry.last_places.clone();
            return There { confidence: 0.5, places, context: Positions::new(), why: WhyThere::Continued };
        }
        if matches!(clause.kind, Kind::Main | Kind::Coordinate) {
            if let Some(place) = self.carry.section.place {
                return There {
                    confidence: 0.6,
                    places: smallvec![place],
                    context: Positions::new(),
                    why: WhyThere::Heading,
                };
            }
            // "(Nairobi) – Armed men have killed … in central Mali": not where it was written.
            let names_other = self
                .sentence
                .places
                .clone()
                .any(|place| self.sentence.all_places.get(place).is_some_and(is_where));
            if let Some(place) = self.carry.dateline_place().filter(|_| !names_other) {
                return There {
                    confidence: 0.4,
                    places: smallvec![place],
                    context: Positions::new(),
                    why: WhyThere::Dateline,
                };
            }
        }
        nowhere
    }

    /// Places of another clause that are this one's too.
    fn places_in_sentence(&self, number: usize) -> Option<(Positions, f32)> {
        let clause = self.clauses.get(number)?;
        // What is said of the subject ("The protest, which began on 12 May in Shusha, was stopped").
        if matches!(clause.kind, Kind::Main | Kind::Coordinate) {
            let of_subject = (number + 1..self.parts.len()).find(|at| {
                self.parts.get(*at).is_some_and(|p| !p.places.is_empty() && !p.times.is_empty())
                    && self.clauses.get(*at).is_some_and(|c| {
                        c.kind == Kind::Relative
                            && c.parent == Some(number)
                            && clause.predicate.is_some_and(|p| c.start < p.start)
                    })
            });
            // What is said of the object ("restored order by measures taken in Baku").
            let of_object = || {
                (number + 1..self.parts.len()).find(|at| {
                    self.parts.get(*at).is_some_and(|p| !p.places.is_empty() && p.times.is_empty())
                        && self.clauses.get(*at).is_some_and(|c| {
                            c.kind == Kind::Relative
                                && c.parent == Some(number)
                                && clause.predicate.is_some_and(|p| p.end <= c.start)
                                && self.sentence.sign(c.start) != ','
                                && !is_matter_at(self.sentence, clause.start..c.start)
                                && c.predicate.is_some_and(|p| !p.is_past_perfect && p.mood == Mood::Plain)
                        })
                })
            };
            if let Some(part) = of_object().and_then(|at| self.parts.get(at)) {
                return Some((part.places.clone(), 0.75));
            }
            if let Some(part) = of_subject.and_then(|at| self.parts.get(at)) {
                return Some((part.places.clone(), 0.7));
            }
        }
        // "at Fredericksburg on 13 December, when thousands were killed".
        let is_of_time = clause.kind == Kind::Relative
            && clause
                .antecedent
                .as_ref()
                .and_then(|range| range.end.checked_sub(1))
                .is_some_and(|last| self.sentence.is_in_time(last));
        if is_of_time {
            let part = clause.parent.and_then(|parent| self.parts.get(parent))?;
            return (!part.places.is_empty()).then(|| (part.places.clone(), 0.7));
        }
        if !matches!(clause.kind, Kind::Coordinate | Kind::Subordinate) {
            return None;
        }
        let before = match clause.kind {
            Kind::Coordinate => (0..number).rev().find(|at| {
                self.clauses.get(*at).is_some_and(|c| {
                    !c.predicate.is_some_and(|p| p.is_fronted)
                        && c.parent == clause.parent
                        && matches!(c.kind, Kind::Main | Kind::Coordinate)
                })
            })?,
            _ => clause.parent?,
        };
        let part = self.parts.get(before)?;
        let verb = self.clauses.get(before)?.predicate?.start;
        // "In Lachin, a school opened in 1990 and closed in 1995": the place leads both.
        let leads = part.places.iter().all(|place| self.sentence.place_range(*place).start < verb);
        let moves = clause.predicate.is_some_and(|p| p.class.is(Class::MOTION.and(Class::LIFE)));
        let both_passive = clause.predicate.is_some_and(|p| p.is_passive)
            && self.clauses.get(before).and_then(|c| c.predicate).is_some_and(|p| p.is_passive);
        let has_own_time = self.parts.get(number).is_some_and(|part| !part.times.is_empty());
        let shares = clause.shares_subject_of == Some(before) && !moves && (both_passive || !has_own_time);
        if part.places.is_empty() || !(leads || shares) {
            return None;
        }
        Some((part.places.clone(), if leads { 0.7 } else { 0.5 }))
    }
}
