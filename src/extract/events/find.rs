//! The events of a text, sentence by sentence.

use super::carry::{Carry, LastTime};
use super::clause::Clauses;
use super::dating::Around;
use super::draft::{Draft, Drafts, Found};
use super::look::{Looker, Role, Seen, Sight};
use super::same;
use super::tagged::widths;
use super::when::is_when;
use super::wording::event;
use super::words::Class;
use crate::document::Span;
use crate::extract::sentence::Sentence;
use crate::extract::{FoundEvent, PlaceMention, Source, Statement, Step, TimeMention, TimexType, WhyThen};
use crate::gazetteer::Gazetteer;

/// Sentences that are worked on together.
const TOGETHER: usize = 32;

/// Events for which there stays room.
const MAX_KEPT: usize = 1 << 16;

/// What is kept from one text to the next, so that little is allocated for each.
#[derive(Debug, Default)]
pub struct Memory {
    drafts: Drafts,
    seen: Vec<Seen>,
    acts: Vec<Span>,
    same: same::Told,
}

/// The events of a text, in text order. O(length).
pub fn find(
    source: &Source,
    times: &[TimeMention],
    places: &[PlaceMention],
    gazetteer: &Gazetteer,
    memory: &mut Memory,
) -> Vec<FoundEvent> {
    let widths = widths(places, gazetteer);
    let Memory { drafts, seen, acts, same } = memory;
    acts.clear();
    acts.shrink_to(MAX_KEPT);
    let found = Found { source, times, places, widths: &widths };
    let mut looker = Looker::new(found);
    let mut finder = Finder { found, events: Vec::new(), acts, carry: Carry::default() };
    for sentences in source.sentences.chunks(TOGETHER) {
        if sentences.first().is_some_and(|first| !source.goes_on(Step::Events, first.span.start)) {
            break;
        }
        drafts.clear();
        seen.clear();
        seen.extend(sentences.iter().map(|sentence| looker.look(sentence, drafts)));
        drafts.work_out(&found);
        finder.events.reserve(drafts.n_tellings());
        for (sentence, seen) in sentences.iter().zip(&*seen) {
            finder.sentence(sentence, seen, drafts);
        }
    }
    same.link(&found, &mut finder.events, finder.acts);
    finder.events
}

/// Goes through the sentences in order and carries on what the next may need.
struct Finder<'a> {
    found: Found<'a>,
    events: Vec<FoundEvent>,
    /// Of each event the word that names its action.
    acts: &'a mut Vec<Span>,
    carry: Carry,
}

impl Finder<'_> {
    fn sentence(&mut self, sentence: &Sentence, seen: &Seen, drafts: &Drafts) {
        if let Role::Section = seen.role {
            let times = self.found.times.get(seen.times.clone()).unwrap_or_default();
            let places = self.found.places.get(seen.places.clone()).unwrap_or_default();
            self.carry.begin_section(sentence, (seen.times.start, times), (seen.places.start, places));
            return;
        }
        if sentence.begins_paragraph {
            self.carry.begin_paragraph();
        }
        self.carry.next_sentence();
        self.carry.dateline = self.carry.dateline.or(seen.dateline);
        match seen.role {
            Role::Section | Role::Question => {}
            // "The town is famous for its walls." ends what was told of that day.
            Role::Silent => {
                let mut classes = sentence.tokens.clone().map(|at| self.found.class(at));
                if self.carry.last.is_some() && classes.find_map(is_background) == Some(true) {
                    self.carry.last = None;
                }
            }
            Role::Telling(sight) => {
                let goes_on = seen.dateline.is_some() || (self.carry.last.is_some() && sight.points_back);
                if let Some(draft) = drafts.get(sight.draft)
                    && (sight.has_time || sight.has_place || goes_on)
                {
                    self.events_of(draft, sight, goes_on);
                }
            }
        }
    }

    fn events_of(&mut self, draft: &Draft, sight: Sight, goes_on: bool) {
        let first_event = self.events.len();
        let sentence = draft.tagged(&self.found);
        if goes_on || !draft.needs_past() {
            let around = Around {
                sentence: &sentence,
                clauses: &draft.clauses,
                parts: &draft.parts,
                carry: &self.carry,
                document_date: self.found.source.setting.document_date,
            };
            for telling in &draft.tellings {
                let there = around.there(telling);
                for then in around.then(telling, goes_on) {
                    if let Some(event) = event(&around, telling, then, &there) {
                        self.events.push(event);
                        self.acts.push(telling.word);
                    }
                }
            }
        }
        let flashes_back = draft.predicates.first().is_some_and(|p| p.is_past_perfect);
        self.carry_on(&draft.clauses, first_event, sight.has_time && !flashes_back, flashes_back);
        // "November 10, 1938: Kristallnacht." dates what is told next.
        let has_none = draft.predicates.is_empty() && self.events.len() == first_event;
        let leading = sentence.times.clone().next().filter(|time| sentence.time_range(*time).start <= 1);
        if let Some(time) = leading.filter(|_| has_none) {
            let is_date =
                self.found.times.get(time).is_some_and(|mention| is_when(mention) && is_point(mention));
            self.carry.last = is_date.then_some(LastTime { time, edtf: None, n_sentences: 0 });
        }
    }

    /// Keeps the date and place that this sentence has reached for the next.
    fn carry_on(&mut self, clauses: &Clauses, first_event: usize, has_time: bool, flashes_back: bool) {
        let new = self.events.get(first_event..).unwrap_or_default();
        let background = clauses.get(0).and_then(|c| c.predicate).is_some_and(|p| p.is_present);
        if flashes_back {
            return;
        }
        if let Some(event) = new.iter().rev().find(|event| !event.places.is_empty()) {
            self.carry.last_places.clone_from(&event.places);
        }
        let is_firm = |event: &&FoundEvent| {
            matches!(event.why_then, WhyThen::InClause | WhyThen::InSentence)
                && event.statement == Statement::Reported
                && event.edtf.as_ref().is_none_or(|edtf| !edtf.as_str().contains('/'))
                && event.time.and_then(|time| self.found.times.get(time)).is_some_and(is_point)
        };
        if let Some(event) = new.iter().rev().find(is_firm) {
            self.carry.last =
                event.time.map(|time| LastTime { time, edtf: event.edtf.clone(), n_sentences: 0 });
        } else if has_time || background {
            self.carry.last = None;
        }
    }
}

/// Of a word, if it is the verb that tells: is it told in the present?
fn is_background(class: Class) -> Option<bool> {
    if class.is(Class::PAST.and(Class::HAD).and(Class::DO).and(Class::MODAL)) {
        return Some(false);
    }
    class.is(Class::IS_NOW).then_some(true)
}

/// Short enough for what comes next to be of the same time.
fn is_point(time: &TimeMention) -> bool {
    const MAX_DAYS: i64 = 366;
    time.timex_type != TimexType::Duration
        && time.edtf.as_ref().is_some_and(|edtf| edtf.interval().extent().n_days() <= MAX_DAYS)
}
