//! Places that no gazetteer has, known by their context alone: "the village of X", "X County".

use super::around::Around;
use super::draft::Draft;
use super::names::Names;
use super::people::Sureness;
use super::place::Rank;
use super::run::Findings;
use super::segment::{Segment, Setting};
use super::words::{Context, GIVEN, SURNAME};
use crate::extract::ToponymRole;
use crate::extract::token::Case;

/// Reads a run in which no name of the gazetteer is.
pub fn read(around: &Around, names: &mut Names, part: &[Segment], out: &mut Findings) {
    let (Some(first), Some(last)) = (part.first(), part.last()) else { return };
    let others = Context::ORGANISATION.or(Context::SITE).or(Context::NEVER).or(Context::TITLE);
    let is_kind = |at: usize| part.len() >= 2 && at + 1 == part.len() && last.is(Context::NAMED_KIND);
    let is_organisation = part.iter().enumerate().any(|(at, s)| s.context.has(others) && !is_kind(at));
    let is_all_common = part.iter().all(Segment::is_common);
    if let [name, kind] = part
        && is_all_common
        && is_named_by_kind(around, name, kind)
    {
        out.drafts.push(placed(name.first, kind.end, ToponymRole::Location));
        return;
    }
    if !is_organisation && !is_all_common && part.len() <= 4 && is_place(around, part) {
        out.drafts.push(Draft { score: 3.2, ..placed(first.first, last.end, ToponymRole::Location) });
        return;
    }
    if let Some(n) = governed(part) {
        let end = part.get(n - 1).map_or(last.end, |s| s.end);
        out.drafts.push(placed(first.first, end, ToponymRole::Government));
        return;
    }
    let is_one = part.len() <= 2 && !is_organisation && !first.is_common() && !last.is_common();
    if is_one && (is_dateline(around, first.first, last.end) || is_in_province(around, names, last.end)) {
        out.drafts.push(placed(first.first, last.end, ToponymRole::Location));
        return;
    }
    if !is_organisation && !is_all_common && part.len() <= 3 {
        if may_be_place(around, part) {
            out.drafts.push(around.unknown_draft(first.first, last.end));
        } else if !around.title_before(first.first) {
            out.waiting.push((first.first, last.end));
        }
    }
    if part.len() == 1 && !is_organisation && !is_all_common && around.speaks(last.end) {
        out.people.add(around.source, first.first, last.end, Sureness::Sure);
    }
    if part.len() >= 2 && !is_organisation && !last.is_common() {
        let sureness = if first.marks & GIVEN != 0 { Sureness::Sure } else { Sureness::Maybe };
        let from = if sureness == Sureness::Sure { first.first } else { last.first };
        out.people.add(around.source, from, last.end, sureness);
    }
}

/// Reads what stands before a title: "Paroo Mayor", "Waikato District Council Mayor".
pub fn read_office(around: &Around, part: &[Segment], out: &mut Findings) {
    let Some(first) = part.first() else { return };
    let is_mayor = |s: &Segment| {
        let title = around.context(s.end);
        title.has(Context::TITLE) && title.has(Context::KIND) && title.has(Context::OF_PLACE)
    };
    let is_name = |s: &Segment| !s.is_common() && s.marks & (GIVEN | SURNAME) == 0;
    let n = match part {
        [one] if is_name(one) && is_mayor(one) && !one.context.has(Context::NEVER) => Some(1),
        _ => governed(part),
    };
    if let Some(end) = n.and_then(|n| part.get(n - 1)).map(|s| s.end) {
        out.drafts.push(placed(first.first, end, ToponymRole::Government));
    }
}

/// "Russell Pen district": no kind of place stands so behind a person.
pub fn is_set_as_village(around: &Around, part: &[Segment]) -> bool {
    let Some(last) = part.last() else { return false };
    let is_small = around.token(last.end).is_some_and(|t| t.is_word() && !t.is_capitalised());
    is_small && around.context(last.end).has(Context::HINT_TOWN.or(Context::HINT_PROVINCE))
}

/// Reads a run with a name of the gazetteer in it that is a longer name as a whole: "Rumache Madalla village".
pub fn read_whole(around: &Around, names: &Names, part: &[Segment], out: &mut Findings) -> bool {
    let (Some(first), Some(last)) = (part.first(), part.last()) else { return false };
    let is_known_pair = |pair: &[Segment]| match pair {
        [inner, outer] => match (inner.name(), outer.name()) {
            (Some(inner), Some(outer)) => names.lies_in(inner, outer),
            _ => false,
        },
        _ => false,
    };
    let others = Context::NEVER.or(Context::TITLE).or(Context::PART_OF).or(Context::AFTER_NAME);
    // "Birim North District", of which "North District" is another.
    if let [first, last] = part
        && !first.is_common()
        && first.is_word()
        && first.marks & GIVEN == 0
        && !first.is(others.or(Context::BEFORE_NAME).or(Context::OPENER))
        && last.end > last.first + 1
        && around.context(last.end - 1).has(Context::HINT_PROVINCE)
    {
        out.drafts.push(placed(first.first, last.end, ToponymRole::Location));
        return true;
    }
    let is_word = |s: &Segment| s.end == s.first + 1 && !s.is(others);
    if part.len() > 3 || !part.iter().all(is_word) || part.windows(2).any(is_known_pair) || first.is_common()
    {
        return false;
    }
    let is_any_common = part.iter().any(Segment::is_common);
    let is_small = around.token(last.end).is_some_and(|t| !t.is_capitalised());
    let is_framed = around.kind_before(first.first, Context::NAMED_KIND)
        || (is_small && around.context(last.end).has(Context::NAMED_KIND))
        || around.is_home_of_person(first.first, last.end)
        || around.is_had_of(first.first);
    let is_there = !is_any_common
        && around.is_behind(first.first, Context::PLACE_PREPOSITION)
        && part.iter().all(|s| s.marks & GIVEN == 0)
        && may_be_place(around, part);
    if is_framed || is_there {
        out.drafts.push(placed(first.first, last.end, ToponymRole::Location));
    }
    is_framed || is_there
}

/// A place by its frame alone.
fn placed(first: usize, end: usize, role: ToponymRole) -> Draft {
    Draft { score: 2.0, is_settled: false, ..Draft::settled(first, end, None, role) }
}

/// "Kisiita Town Council", "Maranoa Regional Council": of how many words is the name of what it governs?
fn governed(part: &[Segment]) -> Option<usize> {
    let n = part.iter().position(Segment::is_common).filter(|n| (1..=2).contains(n))?;
    let (name, body) = part.split_at(n);
    let is_name =
        name.iter().all(|s| s.marks & GIVEN == 0 && !s.context.has(Context::NEVER.or(Context::TITLE)));
    let is_local = body.first().is_some_and(|s| s.is(Context::MUNICIPAL));
    let is_body = body.get(1).is_some_and(|s| s.is(Context::PUBLIC.or(Context::MUNICIPAL)))
        && body.iter().any(|s| s.is(Context::PUBLIC));
    (is_name && is_local && is_body).then_some(n)
}

/// "FRENCHBORO — A boat sank": before a dash at the head of a paragraph.
fn is_dateline(around: &Around, first: usize, end: usize) -> bool {
    around.is_dateline(first, end)
        && around.token(first).is_some_and(|t| t.end - t.start >= 5)
        && around.setting == Setting::Plain
}

/// "Tallmansville, W.Va.", "Angie, Louisiana,": is a province set off behind it?
fn is_in_province(around: &Around, names: &mut Names, end: usize) -> bool {
    let Some((outer, outer_end)) = around.set_off(names, end) else { return false };
    names.get(outer).is_some_and(|name| name.rank == Rank::Province) && around.closes(outer_end)
}

/// Unknown words that what stands around them may make a place.
fn may_be_place(around: &Around, part: &[Segment]) -> bool {
    let is_written_so =
        |s: &Segment| around.token(s.first).is_some_and(|t| t.case == Case::Title && t.end - t.start >= 4);
    around.setting == Setting::Plain
        && part.iter().all(|s| is_written_so(s) && !s.is_common())
        && part.first().is_some_and(|s| s.marks & (GIVEN | SURNAME) == 0)
        && !around.opens_sentence(part.first().map_or(0, |s| s.first))
}

/// "in Orange Township", "on Bell Island": ordinary words, but where something is.
fn is_named_by_kind(around: &Around, name: &Segment, kind: &Segment) -> bool {
    let none = Context::ORGANISATION
        .or(Context::PUBLIC)
        .or(Context::SITE)
        .or(Context::PART_OF)
        .or(Context::NEVER)
        .or(Context::KIND)
        .or(Context::TITLE)
        .or(Context::OPENER);
    let is_located = around.is_behind(name.first, Context::PLACE_PREPOSITION.or(Context::PREPOSITION))
        || around.is_dateline(name.first, kind.end);
    is_located
        && kind.is(Context::AFTER_NAME)
        && kind.is(Context::NAMED_KIND)
        && !name.context.has(none)
        && around.setting == Setting::Plain
}

fn is_place(around: &Around, part: &[Segment]) -> bool {
    let (Some(first), Some(last)) = (part.first(), part.last()) else { return false };
    let is_acronym = part.len() == 1 && around.token(first.first).is_some_and(|t| t.case == Case::Upper);
    if is_acronym {
        return false;
    }
    // "Kern County", "Swat Valley", "Lake Mead".
    if part.len() >= 2 && last.is(Context::AFTER_NAME) && last.is(Context::NAMED_KIND.or(Context::KIND)) {
        return true;
    }
    let is_county = first.is(Context::HINT_PROVINCE);
    if part.len() >= 2 && first.is(Context::BEFORE_NAME) && first.is(Context::KIND) && !is_county {
        return true;
    }
    if around.is_had_of(first.first) && first.marks & (GIVEN | SURNAME) == 0 && !last.is_common() {
        return true;
    }
    if around.is_home_of_person(first.first, last.end) && !first.is_common() {
        return true;
    }
    // "the villages of X".
    if around.kind_before(first.first, Context::NAMED_KIND) && !first.context.has(Context::OPENER) {
        return true;
    }
    // "X district".
    let is_small = around.token(last.end).is_some_and(|t| !t.is_capitalised());
    is_small && around.context(last.end).has(Context::NAMED_KIND) && !first.is_common()
}
