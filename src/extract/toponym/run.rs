//! What a run of capitalised words is: places, a person, an organisation with a place in its name.

use super::around::Around;
use super::context::hint_of;
use super::draft::{Draft, Hint, Next};
use super::names::{LARGE, NameIx, Names};
use super::people::{People, Sureness};
use super::place::Rank;
use super::segment::{Joint, Kind, Segment, Setting};
use super::unknown;
use super::words::{Context, GIVEN, SURNAME};
use crate::extract::ToponymRole;
use crate::extract::token::Case;

/// Where readings of runs are gathered.
#[derive(Debug)]
pub struct Findings<'a> {
    pub drafts: &'a mut Vec<Draft>,
    pub people: &'a mut People,
    /// Unknown names for which nothing speaks where they stand: places, if they are elsewhere.
    pub waiting: &'a mut Vec<(usize, usize)>,
}

/// Reads a run.
pub fn read(around: &Around, names: &mut Names, run: &[Segment], out: &mut Findings) {
    let mut from = 0;
    for at in 1..=run.len() {
        let is_border = match (run.get(at - 1), run.get(at)) {
            (Some(before), Some(here)) => is_border(before, here),
            _ => true,
        };
        if !is_border {
            continue;
        }
        let part = run.get(from..at).unwrap_or(&[]);
        from = at;
        if let [Segment { kind: Kind::Demonym(meaning), first, end, .. }] = part {
            let name = names.meant(around.words, *meaning);
            // "European Union", "British Airways".
            let is_named = run.get(at).is_some_and(|next| {
                next.is(Context::ORGANISATION.or(Context::AFTER_NAME)) && !next.context.has(Context::PUBLIC)
            });
            let role = if is_named { ToponymRole::NamePart } else { ToponymRole::Demonym };
            out.drafts.push(Draft::settled(*first, *end, name, role));
        } else {
            read_part(around, names, part, out);
        }
    }
}

/// "Baku-Yerevan", "Iraqi President": two names that only stand beside each other.
fn is_border(before: &Segment, here: &Segment) -> bool {
    let is_demonym = |s: &Segment| matches!(s.kind, Kind::Demonym(_));
    is_demonym(before)
        || is_demonym(here)
        || (here.joint == Joint::Hyphen && (before.name().is_some() && here.name().is_some()))
}

fn read_part(around: &Around, names: &mut Names, part: &[Segment], out: &mut Findings) {
    let mut part = part;
    // Words that only open a sentence are no part of the name.
    while let [first, rest @ ..] = part
        && !rest.is_empty()
        && opens(around, first)
    {
        part = rest;
    }
    if read_county(around, names, part, out) {
        return;
    }
    let title = part.iter().rposition(|s| s.is(Context::TITLE));
    let title =
        title.filter(|at| !part.iter().skip(at + 1).any(|s| s.is(Context::ORGANISATION.or(Context::SITE))));
    if let Some(at) = title {
        let (before, after) = part.split_at(at + 1);
        let is_title_at_end = after.is_empty();
        if !is_title_at_end && !is_country(names, after) {
            add_person(around, after, Sureness::Sure, out);
        } else if !is_title_at_end {
            read_name(around, names, after, out);
        }
        if let Some((_, before)) = before.split_last() {
            read_office(around, names, before, out);
        }
        return;
    }
    if around.title_before(part.first().map_or(0, |s| s.first)) && !is_country(names, part) {
        let is_place = matches!(part, [one] if one.name().is_some());
        add_person(around, part, if is_place { Sureness::Maybe } else { Sureness::Sure }, out);
        if !is_place {
            return;
        }
    }
    read_name(around, names, part, out);
}

/// "Co. Mayo", "County Mayo": what kind it is stands first.
fn read_county(around: &Around, names: &mut Names, part: &[Segment], out: &mut Findings) -> bool {
    let [kind, one] = part else { return false };
    let is_county = kind.is(Context::HINT_PROVINCE)
        && kind.is(Context::BEFORE_NAME)
        && !one.is_common()
        && !one.context.has(Context::TITLE.or(Context::ORGANISATION).or(Context::SITE).or(Context::NEVER))
        && one.marks & GIVEN == 0
        && !around.is_after_ampersand(kind.first);
    if !is_county {
        return false;
    }
    // A village of that name lies elsewhere.
    let is_large = |rank| matches!(rank, Rank::Province) || matches!(rank, Rank::Town(p) if p >= LARGE);
    let name = one.name().filter(|name| names.get(*name).is_some_and(|name| is_large(name.rank)));
    let draft = Draft::settled(kind.first, one.end, name, ToponymRole::Location);
    out.drafts.push(Draft {
        score: around.words.weights.threshold + around.words.weights.context.kind_after,
        is_settled: false,
        hint: Hint::Province,
        ..draft
    });
    true
}

/// Does a word merely begin its sentence ("Neighbouring Israel", "The Hague" apart)?
fn opens(around: &Around, segment: &Segment) -> bool {
    let is_single = segment.end == segment.first + 1;
    let is_acronym = segment.name().is_some()
        && around.setting == Setting::Plain
        && around.token(segment.first).is_some_and(|t| t.case == Case::Upper);
    if !is_single || is_acronym || segment.is(Context::TITLE) {
        return false;
    }
    if segment.context.has(Context::OPENER) {
        return true;
    }
    segment.is_common()
        && segment.marks & GIVEN == 0
        && around.opens_sentence(segment.first)
        && !segment.context.has(Context::BEFORE_NAME.or(Context::ORGANISATION))
}

fn is_country(names: &Names, part: &[Segment]) -> bool {
    matches!(part, [one] if one.name().and_then(|n| names.get(n)).is_some_and(|n| n.rank == Rank::Country))
}

/// What stands before a title: "Queensland Premier", "Hong Kong Health Secretary".
fn read_office(around: &Around, names: &Names, part: &[Segment], out: &mut Findings) {
    let [first, rest @ ..] = part else { return };
    let Some(name) = first.name() else {
        unknown::read_office(around, part, out);
        return;
    };
    if let [kind] = rest
        && kind.is(Context::AFTER_NAME)
    {
        out.drafts.push(with_kind(around, names, name, first, kind, first));
        return;
    }
    if rest.iter().all(|s| s.is_word() && s.is_common()) && !rest.iter().any(|s| s.is(Context::SITE)) {
        let mut draft = around.draft(names, name, first.first, first.end);
        if rest.is_empty() {
            draft.score += 0.5;
        } else {
            draft.role = ToponymRole::Government;
        }
        out.drafts.push(draft);
    }
}

fn add_person(around: &Around, part: &[Segment], sureness: Sureness, out: &mut Findings) {
    if let (Some(first), Some(last)) = (part.first(), part.last()) {
        out.people.add(around.source, first.first, last.end, sureness);
    }
}

/// A name without the title before it.
fn read_name(around: &Around, names: &mut Names, part: &[Segment], out: &mut Findings) {
    match part {
        [] => {}
        [one] => {
            if let Some(name) = one.name() {
                if around.organisation_before(one.first) && !around.is_in_named(names, name, one.end) {
                    name_part(around, names, name, one, out);
                } else {
                    out.drafts.push(around.draft(names, name, one.first, one.end));
                }
            } else {
                unknown::read(around, names, part, out);
            }
        }
        _ if unknown::is_set_as_village(around, part) && unknown::read_whole(around, names, part, out) => {}
        _ if is_person(around, names, part) => {
            add_person(around, part, Sureness::Sure, out);
        }
        _ => read_several(around, names, part, out),
    }
}

/// A first name and something that can be a surname.
fn is_person(around: &Around, names: &Names, part: &[Segment]) -> bool {
    let [first, second, ..] = part else { return false };
    let is_initial = |s: &Segment| {
        s.end == s.first + 1
            && around.token(s.first).is_some_and(|t| t.end - t.start == 1 && t.case == Case::Title)
    };
    let is_given = first.end == first.first + 1 && first.marks & GIVEN != 0;
    if !is_given && !is_initial(first) {
        return false;
    }
    let places = Context::AFTER_NAME.or(Context::ORGANISATION).or(Context::SITE);
    let can_be_surname = |s: &Segment| {
        s.end == s.first + 1
            && !s.context.has(places)
            && (s.marks & SURNAME != 0 || !s.is_common() || is_initial(s))
    };
    if part.iter().skip(1).any(|s| s.is(places)) && !is_initial(second) {
        return false;
    }
    // "Victoria Australia", "Austin Texas": the second holds the first; "George Washington" is a man in
    // spite of the village.
    if let (Some(inner), Some(outer)) = (first.name(), second.name())
        && part.len() == 2
        && names.is_known_to_lie_in(inner, outer)
    {
        return false;
    }
    can_be_surname(second)
}

/// Several parts, no person.
fn read_several(around: &Around, names: &mut Names, part: &[Segment], out: &mut Findings) {
    let weights = &around.words.weights.context;
    if !part.iter().any(|s| s.name().is_some()) {
        unknown::read(around, names, part, out);
        return;
    }
    let is_organisation = part.iter().any(|s| s.is(Context::ORGANISATION.or(Context::SITE)));
    if !is_organisation && unknown::read_whole(around, names, part, out) {
        return;
    }
    for (at, segment) in part.iter().enumerate() {
        let Some(name) = segment.name() else { continue };
        let (before, after) = (part.get(..at).unwrap_or(&[]), part.get(at + 1..).unwrap_or(&[]));
        let is_airport = |s: &Segment| s.is(Context::ORGANISATION) && s.is_common();
        let kind = match after {
            [kind] => Some(kind),
            // "Da Nang International Airport".
            [middle, kind] if is_airport(middle) && kind.is(Context::AFTER_NAME) => Some(kind),
            // "Birim North District".
            [middle, kind]
                if middle.is(Context::PART_OF) && middle.is_common() && kind.is(Context::HINT_PROVINCE) =>
            {
                Some(kind)
            }
            _ => None,
        };
        if let (Some(kind), true) = (kind, before.iter().all(|s| s.is(Context::PART_OF)))
            && kind.is(Context::AFTER_NAME)
            && !kind.is(Context::SITE)
        {
            let mut draft = with_kind(around, names, name, before.first().unwrap_or(segment), kind, segment);
            // "Wa East District" is none of Wa.
            if after.len() > 1 && kind.is(Context::HINT_PROVINCE) {
                draft.name = None;
            }
            out.drafts.push(draft);
            return;
        }
        if before.is_empty() && is_public(after) {
            let mut draft = around.draft(names, name, segment.first, segment.end);
            // "Maranoa Regional Council": nothing but a place has one.
            if after.first().is_some_and(|s| s.is(Context::MUNICIPAL))
                && !segment.is_common()
                && segment.marks & (GIVEN | SURNAME) == 0
            {
                draft.score = draft.score.max(around.words.weights.context.named_kind_of);
            }
            draft.role = ToponymRole::Government;
            out.drafts.push(draft);
            return;
        }
        if is_organisation {
            name_part(around, names, name, segment, out);
            continue;
        }
        let mut draft = around.draft(names, name, segment.first, segment.end);
        draft.score += neighbours(around, names, name, before, after);
        if let [narrower] = before
            && narrower.is(Context::PART_OF)
        {
            draft.first = narrower.first;
            draft.score += weights.part_of;
        }
        if let [next] = after
            && let Some(outer) = next.name()
            && names.lies_in(name, outer)
        {
            draft.next = Next::Holds;
            draft.score += weights.inside;
        }
        out.drafts.push(draft);
    }
    let is_all_names = !is_organisation && part.iter().all(|s| s.end == s.first + 1 && !s.is_common());
    if is_all_names && let Some(last) = part.last() {
        out.people.add(around.source, last.first, last.end, Sureness::Maybe);
    }
}

/// A place in the name of something else, if the word would be one at all ("Red Crescent").
fn name_part(around: &Around, names: &Names, name: NameIx, at: &Segment, out: &mut Findings) {
    if names.get(name).is_some_and(|name| name.prior >= around.words.weights.threshold) {
        out.drafts.push(Draft::settled(at.first, at.end, Some(name), ToponymRole::NamePart));
    }
}

/// "Department", "Regional Health Service": is the place before it the one that it governs?
fn is_public(after: &[Segment]) -> bool {
    let is_body = |s: &Segment| s.context.has(Context::PUBLIC);
    let is_plain = |s: &Segment| s.is_word() && s.is_common();
    let Some(body) = after.iter().position(is_body) else { return false };
    let (before, behind) = after.split_at(body);
    // "Carles Municipal Police Station": the body's house stands behind it.
    before.iter().all(|s| is_plain(s) && !s.is(Context::ORGANISATION.or(Context::SITE)))
        && behind.iter().all(|s| is_body(s) || is_plain(s) && (!s.is(Context::ORGANISATION)))
}

/// What other words in the run of a place say of it.
fn neighbours(around: &Around, names: &Names, name: NameIx, before: &[Segment], after: &[Segment]) -> f32 {
    let weights = &around.words.weights.context;
    let mut score = 0.0;
    if let Some(next) = after.first() {
        let is_holder = next.name().is_some_and(|outer| names.lies_in(name, outer));
        if !is_holder {
            score += if after.iter().all(|s| s.is_word() && s.is_common()) {
                weights.after_words
            } else {
                weights.in_unknown_name
            };
        }
    }
    if let Some(previous) = before.last() {
        let is_inner = previous.name().is_some_and(|inner| names.lies_in(inner, name));
        if is_inner {
            score += weights.holds;
        } else if !before.iter().all(|s| s.is(Context::PART_OF)) {
            let is_acronym = |s: &Segment| {
                s.is_word()
                    && around.token(s.first).is_some_and(|t| t.case == Case::Upper && t.end - t.start > 1)
            };
            score += if before.iter().all(|s| s.is_word() && (s.is_common() || is_acronym(s))) {
                weights.after_words
            } else {
                weights.in_unknown_name
            };
        }
    }
    score
}

/// "Nyanza Province", "Hudson River": a place with its kind, with capitals.
fn with_kind(
    around: &Around,
    names: &Names,
    name: NameIx,
    first: &Segment,
    kind: &Segment,
    place: &Segment,
) -> Draft {
    let mut draft = around.draft(names, name, place.first, place.end);
    draft.first = first.first;
    draft.end = kind.end;
    draft.score = draft.score.max(1.0) + around.words.weights.context.kind_after;
    draft.hint = hint_of(kind.context);
    let is_called_so = kind.is(Context::NAMED_KIND.or(Context::KIND)) && !kind.is(Context::OF_ITS_OWN);
    // "Bell Island" is not the town of Bell, but "Java Island" is Java.
    let is_town_only = kind.is(Context::HINT_TERRAIN)
        && names.get(name).is_some_and(|name| name.places.iter().all(|p| matches!(p.rank, Rank::Town(_))));
    if !is_called_so || is_town_only || kind.is(Context::BEFORE_NAME) {
        draft.name = None;
    }
    draft
}
