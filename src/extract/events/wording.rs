//! How an event is put together: its passage, its rule and how sure it is.

use super::act::Act;
use super::dating::{Around, Then};
use super::draft::Telling;
use super::placing::There;
use super::title::Title;
use super::when;
use super::words::Class;
use crate::document::Span;
use crate::extract::{FoundEvent, Positions, WhyThen, WhyThere};

/// The event of a telling, then and there; `None` where it has neither a time nor a place.
pub fn event(around: &Around, telling: &Telling, then: Then, there: &There) -> Option<FoundEvent> {
    if then.why == WhyThen::Undated && there.places.is_empty() {
        return None;
    }
    let by_act = match telling.act {
        Act::Verb if telling.is_unlisted => 0.8,
        Act::Verb => 1.0,
        Act::Noun(_) => 0.9,
        Act::Speech => 0.85,
    };
    let sureness = then.confidence * there.confidence * by_act;
    let lacks = then.why == WhyThen::Undated || there.why == WhyThere::Unplaced;
    Some(FoundEvent {
        passage: passage(around, telling, &then, there),
        title: Title::from_slice(&telling.title),
        rule: rule(telling.act, &then, there),
        time: then.time,
        edtf: then.edtf,
        why_then: then.why,
        places: Positions::from_slice(&there.places),
        context: Positions::from_slice(&there.context),
        why_there: there.why,
        statement: telling.told.statement,
        told_by: telling.told.by,
        confidence: if lacks { sureness.min(0.7) } else { sureness },
        same_as: None,
    })
}

/// The sentence, or where it holds several events the clause with all that the event is made of.
fn passage(around: &Around, telling: &Telling, then: &Then, there: &There) -> Span {
    let Around { sentence, clauses, .. } = *around;
    let whole = sentence.span(&(0..sentence.len())).unwrap_or(Span { start: 0, end: 0 });
    if telling.is_only {
        return whole;
    }
    let is_aside = |at: usize| sentence.sign(at) == ',' || sentence.class(at).is(Class::AND);
    let pieces = clauses.pieces(telling.clause, sentence.len()).filter_map(|piece| {
        let start = (piece.start..piece.end).find(|at| !is_aside(*at))?;
        let end = (start..piece.end).rev().find(|at| sentence.sign(*at) != ',')? + 1;
        sentence.span(&(start..end))
    });
    let time = then.time.and_then(|time| sentence.all_times.get(time)).map(|mention| mention.span);
    let places = there.places.iter().filter_map(|place| sentence.all_places.get(*place)).map(|p| p.span);
    let within = |span: &Span| whole.start <= span.start && span.end <= whole.end;
    pieces
        .chain(telling.title.iter().copied())
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
