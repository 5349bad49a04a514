//! The events of a text, sentence by sentence.

use std::ops::Range;

use smallvec::smallvec;

use super::act::{Act, Part, parts};
use super::carry::{Carry, LastTime, dateline, is_date_line};
use super::choice;
use super::clause::Clauses;
use super::dating::{Around, Then};
use super::placing::There;
use super::predicate::{Predicate, predicates};
use super::same;
use super::statement::{Told, told};
use super::tagged::{Scratch, Tagged, Width, is_where, widths};
use super::when::is_when;
use super::words::Class;
use super::{gap, title, when};
use crate::document::Span;
use crate::extract::sentence::Sentence;
use crate::extract::{
    FoundEvent, PlaceMention, Source, Statement, Step, TimeMention, TimexType, WhyThen, WhyThere,
};
use crate::gazetteer::Gazetteer;

/// Events for which room is made beforehand, at most.
const MAX_EXPECTED: usize = 1 << 10;

/// The events of a text, in text order. O(length).
pub fn find(
    source: &Source,
    times: &[TimeMention],
    places: &[PlaceMention],
    gazetteer: &Gazetteer,
) -> Vec<FoundEvent> {
    let widths = widths(places, gazetteer);
    let mut finder = Finder {
        source,
        times,
        places,
        widths: &widths,
        events: Vec::with_capacity((source.sentences.len() / 2).min(MAX_EXPECTED)),
        carry: Carry::default(),
        same: same::Told::default(),
        scratch: Scratch::default(),
        predicates: Vec::new(),
        clauses: Clauses::default(),
        parts: Vec::new(),
    };
    let (mut next_time, mut next_place) = (0, 0);
    for sentence in source.sentences {
        if !source.goes_on(Step::Events, sentence.span.start) {
            break;
        }
        let of_time = advance(&mut next_time, times.len(), |at| times.get(at).map(|m| m.span), sentence.span);
        let of_place =
            advance(&mut next_place, places.len(), |at| places.get(at).map(|m| m.span), sentence.span);
        finder.sentence(sentence, of_time, of_place);
    }
    finder.events
}

/// The mentions that begin in a sentence, in text order after those before.
fn advance(
    next: &mut usize,
    len: usize,
    span: impl Fn(usize) -> Option<Span>,
    sentence: Span,
) -> Range<usize> {
    while *next < len && span(*next).is_some_and(|span| span.start < sentence.start) {
        *next += 1;
    }
    let first = *next;
    while *next < len && span(*next).is_some_and(|span| span.start < sentence.end) {
        *next += 1;
    }
    first..*next
}

struct Finder<'a> {
    source: &'a Source<'a>,
    times: &'a [TimeMention],
    places: &'a [PlaceMention],
    widths: &'a [Width],
    events: Vec<FoundEvent>,
    carry: Carry,
    same: same::Told,
    // Kept from sentence to sentence so that nothing is allocated for each.
    scratch: Scratch,
    predicates: Vec<Predicate>,
    clauses: Clauses,
    parts: Vec<Part>,
}

/// What all events of one clause have in common.
struct Telling {
    act: Act,
    is_unlisted: bool,
    /// The word that names the action.
    word: Span,
    told: Told,
    is_only: bool,
}

impl Finder<'_> {
    fn sentence(&mut self, sentence: &Sentence, times: Range<usize>, places: Range<usize>) {
        let own_times = self.times.get(times.clone()).unwrap_or_default();
        let own_places = self.places.get(places.clone()).unwrap_or_default();
        if sentence.is_heading || is_date_line(sentence, own_times, own_places) {
            self.carry.begin_section(sentence, (times.start, own_times), (places.start, own_places));
            return;
        }
        if sentence.begins_paragraph {
            self.carry.begin_paragraph();
        }
        self.carry.next_sentence();
        let mut tokens = sentence.tokens.clone();
        let mut in_body = (times.clone(), places.clone());
        let mut has_dateline = false;
        if sentence.begins_paragraph
            && self.carry.dateline.is_none()
            && let Some((place, n_tokens)) = dateline(self.source, sentence, (places.start, own_places))
        {
            self.carry.dateline = Some(place);
            has_dateline = true;
            tokens.start = (tokens.start + n_tokens).min(tokens.end);
            let body = self.source.tokens.get(tokens.start).map_or(sentence.span.end, |t| t.start as usize);
            in_body.0.start += own_times.iter().filter(|m| m.span.start < body).count();
            in_body.1.start += own_places.iter().filter(|m| m.span.start < body).count();
        }
        let words = &self.source.language.events;
        let class_at = |at: usize| self.source.tokens.get(at).map_or(Class::NONE, |t| words.class(t.word));
        let (first, second) = (class_at(tokens.start), class_at(tokens.start + 1));
        let points_back =
            first.is(Class::GOES_ON) || (first.is(Class::THERE) && !second.is(Class::FINITE_AUXILIARY));
        let goes_on = has_dateline || (self.carry.last.is_some() && points_back);
        let has_time = self.times.get(in_body.0.clone()).is_some_and(|own| own.iter().any(is_when));
        let has_place = self.places.get(in_body.1.clone()).is_some_and(|own| own.iter().any(is_where));
        if !(has_time || has_place || goes_on) {
            // "The town is famous for its walls." ends what was told of that day.
            if self.carry.last.is_some() && tokens.clone().map(class_at).find_map(is_background) == Some(true)
            {
                self.carry.last = None;
            }
            return;
        }
        let last = tokens.end.checked_sub(1).and_then(|at| self.source.tokens.get(at));
        if last.is_some_and(|t| t.is_sign(self.source.text(), '?')) {
            return;
        }
        let Some(tokens) = self.source.tokens.get(tokens) else { return };
        let mut scratch = std::mem::take(&mut self.scratch);
        let own_times = self.times.get(in_body.0.clone()).unwrap_or_default();
        let own_places = self.places.get(in_body.1.clone()).unwrap_or_default();
        scratch.fill(
            self.source.text(),
            tokens,
            (words, &self.source.language.endings),
            (in_body.0.start, own_times),
            (in_body.1.start, own_places),
        );
        let tagged = Tagged {
            text: self.source.text(),
            tokens,
            tags: &scratch.tags,
            any_class: scratch.any_class,
            time_ranges: &scratch.time_ranges,
            place_ranges: &scratch.place_ranges,
            times: in_body.0,
            places: in_body.1,
            endings: &self.source.language.endings,
            all_times: self.times,
            all_places: self.places,
            widths: self.widths,
        };
        self.events_of(&tagged, goes_on, has_time);
        self.scratch = scratch;
    }

    fn events_of(&mut self, sentence: &Tagged, goes_on: bool, has_time: bool) {
        let mut found = std::mem::take(&mut self.predicates);
        let mut clauses = std::mem::take(&mut self.clauses);
        let mut parts_of = std::mem::take(&mut self.parts);
        predicates(sentence, &mut found);
        clauses.cut(sentence, &found);
        parts(sentence, &clauses, &mut parts_of);
        let mut chosen = choice::by_their_own(&clauses, &parts_of);
        if chosen.is_empty() && (has_time || goes_on || !sentence.places.is_empty()) {
            chosen.extend(choice::of_the_whole(sentence, &clauses, &mut parts_of, goes_on));
        }
        let first_event = self.events.len();
        let is_only = chosen.len() == 1;
        for number in &chosen {
            self.event(sentence, &clauses, &parts_of, *number, is_only, goes_on);
        }
        let flashes_back = found.first().is_some_and(|p| p.is_past_perfect);
        self.carry_on(&clauses, first_event, has_time && !flashes_back, flashes_back);
        // "November 10, 1938: Kristallnacht." dates what is told next.
        let leading = sentence.times.clone().next().filter(|time| sentence.time_range(*time).start <= 1);
        if let Some(time) = leading.filter(|_| found.is_empty() && self.events.len() == first_event) {
            let is_date = self.times.get(time).is_some_and(|mention| is_when(mention) && is_point(mention));
            self.carry.last = is_date.then_some(LastTime { time, edtf: None, n_sentences: 0 });
        }
        self.predicates = found;
        self.clauses = clauses;
        self.parts = parts_of;
    }

    fn event(
        &mut self,
        sentence: &Tagged,
        clauses: &Clauses,
        parts: &[Part],
        number: usize,
        is_only: bool,
        goes_on: bool,
    ) {
        let (Some(part), Some(clause)) = (parts.get(number), clauses.get(number)) else { return };
        let Some(act) = part.act else { return };
        let verb = clause.predicate.map_or(clause.start, |p| p.end.saturating_sub(1));
        let told = told(sentence, clauses, number, !part.times.is_empty());
        let act_at = if let Act::Noun(noun) = act { noun } else { verb };
        let mut telling = Telling {
            act,
            is_unlisted: clause.predicate.is_some_and(|p| p.is_unlisted()),
            word: sentence.span(&(act_at..act_at + 1)).unwrap_or(Span { start: 0, end: 0 }),
            told,
            is_only,
        };
        let carry = std::mem::take(&mut self.carry);
        let document_date = self.source.setting.document_date;
        let around = Around { sentence, clauses, parts, carry: &carry, document_date };
        if let Some(groups) = gap::groups(sentence, clauses, number, part) {
            telling.is_only = false;
            let mut own = part.clone();
            for group in groups {
                own.times = smallvec![group.time];
                own.places = group.places;
                let mut alone = vec![Part::default(); number];
                alone.push(own.clone());
                let around = Around { parts: &alone, ..around };
                let title = title::of_group(sentence, clauses, number, &group.tokens);
                let there = around.there(number);
                for then in around.then(number, verb, &told, goes_on) {
                    self.push(&around, number, &telling, &title, then, &there);
                }
            }
        } else {
            let title = match act {
                Act::Noun(noun) => title::of_noun(sentence, clauses, number, noun),
                Act::Verb | Act::Speech => title::of_clause(sentence, clauses, number),
            };
            // "the captain said": what he said is told elsewhere.
            let is_stub = act == Act::Speech
                && clause.predicate.is_some_and(|p| !p.is_passive)
                && title.last().is_some_and(|last| last.end == telling.word.end);
            let there = around.there(number);
            for then in around.then(number, verb, &told, goes_on).into_iter().filter(|_| !is_stub) {
                self.push(&around, number, &telling, &title, then, &there);
            }
        }
        self.carry = carry;
    }

    fn push(
        &mut self,
        around: &Around,
        number: usize,
        telling: &Telling,
        title: &[Span],
        then: Then,
        there: &There,
    ) {
        if title.is_empty() || (then.why == WhyThen::Undated && there.places.is_empty()) {
            return;
        }
        let by_act = match telling.act {
            Act::Verb if telling.is_unlisted => 0.8,
            Act::Verb => 1.0,
            Act::Noun(_) => 0.9,
            Act::Speech => 0.85,
        };
        let sureness = then.confidence * there.confidence * by_act;
        let lacks = then.why == WhyThen::Undated || there.why == WhyThere::Unplaced;
        let mut event = FoundEvent {
            passage: passage(around, number, telling.is_only, title, &then, there),
            title: title.iter().copied().collect(),
            rule: rule(telling.act, &then, there),
            time: then.time,
            edtf: then.edtf,
            why_then: then.why,
            places: there.places.clone(),
            context: there.context.clone(),
            why_there: there.why,
            statement: telling.told.statement,
            told_by: telling.told.by,
            confidence: if lacks { sureness.min(0.7) } else { sureness },
            same_as: None,
        };
        event.same_as = self.same.same_as(
            (&self.source.language.events, self.source.text()),
            &self.events,
            &event,
            telling.word,
            self.times,
            self.places,
        );
        self.events.push(event);
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
                && event.time.and_then(|time| self.times.get(time)).is_some_and(is_point)
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

/// The sentence, or where it holds several events the clause with all that the event is made of.
fn passage(
    around: &Around,
    number: usize,
    is_only: bool,
    title: &[Span],
    then: &Then,
    there: &There,
) -> Span {
    let Around { sentence, clauses, .. } = *around;
    let whole = sentence.span(&(0..sentence.len())).unwrap_or(Span { start: 0, end: 0 });
    if is_only {
        return whole;
    }
    let is_aside = |at: usize| sentence.sign(at) == ',' || sentence.class(at).is(Class::AND);
    let pieces = clauses.pieces(number, sentence.len()).filter_map(|piece| {
        let start = (piece.start..piece.end).find(|at| !is_aside(*at))?;
        let end = (start..piece.end).rev().find(|at| sentence.sign(*at) != ',')? + 1;
        sentence.span(&(start..end))
    });
    let time = then.time.and_then(|time| sentence.all_times.get(time)).map(|mention| mention.span);
    let places = there.places.iter().filter_map(|place| sentence.all_places.get(*place)).map(|p| p.span);
    let within = |span: &Span| whole.start <= span.start && span.end <= whole.end;
    pieces
        .chain(title.iter().copied())
        .chain(time)
        .chain(places)
        .filter(within)
        .reduce(|a, b| Span { start: a.start.min(b.start), end: a.end.max(b.end) })
        .unwrap_or(whole)
}

fn rule(act: Act, then: &Then, there: &There) -> &'static str {
    match then.rule {
        "" => {}
        when::SPAN => return "clause with a span of time",
        "since" | "until" | "after" => return "clause with a time open to one side",
        rule => return rule,
    }
    match (then.why, there.why) {
        (WhyThen::Undated, _) => "action with a place, undated",
        (WhyThen::DocumentDate, _) => "news of the day: past action under a dateline",
        (WhyThen::Continued, _) => "action that goes on from a dated sentence",
        (WhyThen::Heading, _) => "action under a dated heading",
        (_, WhyThere::Unplaced) => match act {
            Act::Noun(_) => "event noun with a date",
            Act::Verb => "clause with a date, unplaced",
            Act::Speech => "speech with a date",
        },
        (WhyThen::InClause, WhyThere::InClause) => match act {
            Act::Noun(_) => "event noun with date and place",
            Act::Verb => "clause with date and place",
            Act::Speech => "speech with date and place",
        },
        (_, WhyThere::Heading) => "clause with a date under a heading with a place",
        (_, WhyThere::Dateline) => "clause with a date under a dateline",
        (_, WhyThere::Continued) => "clause with a date, at the place just named",
        _ => "date and place of one sentence",
    }
}
