//! Which of the places of a clause are where its event happens, and which only surround it.

use std::ops::Range;

use super::predicate::Predicate;
use super::tagged::{Tagged, Width, Within};
use super::words::Class;
use crate::extract::Positions;
use crate::extract::token::Token;

/// The places of an event, positions in the reading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chosen {
    pub places: Positions,
    pub context: Positions,
}

/// Divides the places of a clause (in order) into where it happens and what lies around it.
pub fn choose(sentence: &Tagged, places: &[usize]) -> Chosen {
    let mut chosen = Chosen::default();
    for (n, place) in places.iter().enumerate() {
        let before = n.checked_sub(1).and_then(|n| places.get(n)).copied();
        let is_around = before.is_some_and(|before| {
            is_around(sentence, before, *place, places.get(n + 1..).unwrap_or_default())
        });
        let is_far = is_reference(sentence, *place) && places.iter().any(|p| !is_reference(sentence, *p));
        if is_around || is_far || is_only_around(sentence, *place, places) {
            chosen.context.push(*place);
        } else {
            chosen.places.push(*place);
        }
    }
    chosen.places.sort_by_key(|place| sentence.width(*place));
    // "from Paris to Lyon": where it ends says most.
    let goal = chosen.places.iter().position(|place| {
        let start = sentence.place_range(*place).start;
        start.checked_sub(1).is_some_and(|at| sentence.class(at).is(Class::GOAL))
            && chosen.places.iter().any(|other| {
                let other = sentence.place_range(*other).start;
                other < start && other.checked_sub(1).is_some_and(|at| sentence.class(at).is(Class::FROM))
            })
    });
    if let Some(goal) = goal
        && goal > 0
    {
        let goal = chosen.places.remove(goal);
        chosen.places.insert(0, goal);
    }
    chosen
}

/// "40 km north of Beni", "40 km from Beni": from where it is told how far off something is.
fn is_reference(sentence: &Tagged, place: usize) -> bool {
    let start = start_of_list(sentence, place);
    let Some(lead) = start.checked_sub(1) else { return false };
    let unit = match sentence.class(lead) {
        class if class.is(Class::OF) => {
            lead.checked_sub(2).filter(|unit| sentence.class(unit + 1).is(Class::DIRECTION))
        }
        class if class.is(Class::FROM) => lead.checked_sub(1),
        _ => None,
    };
    unit.and_then(|unit| unit.checked_sub(1)).is_some_and(|number| sentence.is_number(number))
}

/// "After the battle of Austerlitz, Austria withdrew": what came before is not where it happens.
pub fn is_of_before(sentence: &Tagged, place: usize, clause_start: usize, verb: Option<&Predicate>) -> bool {
    let Some(verb) = verb else { return false };
    let range = sentence.place_range(place);
    let leads = sentence.class(clause_start).is(Class::AFTER.and(Class::EARLIER));
    leads
        && range.end <= verb.start
        && clause_start + 1 < range.start
        && (range.end..verb.start).any(|at| sentence.sign(at) == ',')
}

/// A country beside a town of the same clause, unless something goes there.
fn is_only_around(sentence: &Tagged, place: usize, all: &[usize]) -> bool {
    let before = |place: usize| {
        let start = start_of_list(sentence, place);
        start.checked_sub(1).map_or(Class::NONE, |at| sentence.class(at))
    };
    let has_goal = || all.iter().any(|other| before(*other).is(Class::GOAL));
    sentence.width(place) == Width::Country
        && all.iter().any(|other| sentence.width(*other) < Width::Country)
        && !(before(place).is(Class::GOAL) || before(place).is(Class::FROM) && has_goal())
}

/// Is a wide place one where something happens? A country may as well act ("France signed"), own
/// ("Chad’s request") or belong ("the president of Chad").
pub fn is_located(sentence: &Tagged, place: usize, verb: Option<&Predicate>) -> bool {
    let range = sentence.place_range(place);
    let width = sentence.width(place);
    if width == Width::Spot {
        return true;
    }
    let owns = matches!(sentence.sign(range.end), '’' | '\'')
        && sentence.tokens.get(range.end).is_some_and(|t| t.is_joined);
    if owns {
        return false;
    }
    let start = start_of_list(sentence, place);
    let mut at = start;
    // Over "the", "northern", "neighbouring" to what leads there.
    while let Some(before) = at.checked_sub(1).filter(|before| *before + 4 > start) {
        let class = sentence.class(before);
        if class.is(Class::ENTERS) && verb.is_none_or(|p| !p.is_passive || before + 1 != p.end) {
            return true;
        }
        let is_of = class.is(Class::PREPOSITION) && !class.is(Class::LOCATING);
        if is_of {
            let governor = before.checked_sub(1).map_or(Class::NONE, |n| sentence.class(n));
            return width == Width::Region || governor.is(Class::AREA.and(Class::NOUN));
        }
        if class.is(Class::LOCATING) {
            return true;
        }
        let is_word =
            sentence.tokens.get(before).is_some_and(Token::is_word) && sentence.sign(before) == '\0';
        if !is_word || class.is(Class::PAST.and(Class::FINITE_AUXILIARY)) {
            break;
        }
        at = before;
    }
    if width == Width::Region {
        let acts = verb
            .is_some_and(|p| !p.is_passive && sentence.before_adverbs(p.start) == range.end.checked_sub(1));
        return !acts;
    }
    // "Poland was invaded".
    verb.is_some_and(|p| p.is_passive && p.class.is(Class::ENTERS) && range.end <= p.start)
}

/// "Paris, Texas", "Lyon, in France": the second is around the first. Not in "Paris, Lyon and Nice".
fn is_around(sentence: &Tagged, first: usize, second: usize, rest: &[usize]) -> bool {
    let (a, b) = (sentence.place_range(first), sentence.place_range(second));
    let is_comma = |at: usize| sentence.sign(at) == ',';
    let gap = a.end..b.start;
    let is_beside = match gap.len() {
        1 => is_comma(gap.start) || is_in(sentence, gap.start),
        2 => is_comma(gap.start) && is_in(sentence, gap.start + 1),
        _ => false,
    };
    if !is_beside {
        return false;
    }
    if gap.len() == 1 && is_comma(gap.start) {
        // A list has an "and" before its last name; an address has only commas.
        let after = b.end;
        let mut end = after;
        let is_list = rest.iter().map(|place| sentence.place_range(*place)).any(|next| {
            let is_near = next.start <= end + 3;
            let has_and = is_near && (end..next.start).any(|at| sentence.class(at).is(Class::AND));
            end = if is_near { next.end } else { 0 };
            has_and
        });
        return !is_list && !sentence.class(after).is(Class::AND);
    }
    true
}

/// "danger for the Caucasus", "the border with Armenia": spoken of, and not where.
pub fn is_spoken_of(sentence: &Tagged, place: usize) -> bool {
    let mut at = start_of_list(sentence, place);
    while let Some(before) = at.checked_sub(1) {
        let class = sentence.class(before);
        if class.is(Class::NO_PLACE) {
            return !is_bound_for(sentence, before);
        }
        if !class.is(Class::DETERMINER) {
            return false;
        }
        at = before;
    }
    false
}

/// "John Smith, 34, of Mill Lane, Ossett, appeared": where somebody lives, and not where he appeared.
pub fn is_home(sentence: &Tagged, place: usize) -> bool {
    const FAR: usize = 8;
    let range = sentence.place_range(place);
    if sentence.sign(range.end) != ',' {
        return false;
    }
    let is_of_address =
        |at: &usize| sentence.is_capitalised(*at) || sentence.is_number(*at) || sentence.sign(*at) == ',';
    let of = (range.start.saturating_sub(FAR)..range.start).rev().find(|at| !is_of_address(at));
    of.is_some_and(|of| {
        sentence.class(of).is(Class::OF)
            && of.checked_sub(1).is_some_and(|comma| sentence.sign(comma) == ',')
            && of.checked_sub(2).is_some_and(|age| sentence.is_number(age) || sentence.is_capitalised(age))
    })
}

/// "Two missiles from Moscow struck", "the King of Naples fled", "Ridvan of Aleppo": where the subject comes
/// from, or what is his.
pub fn is_origin(sentence: &Tagged, place: usize, clause_start: usize, verb: Option<&Predicate>) -> bool {
    let Some(verb) = verb else { return false };
    let start = start_of_list(sentence, place);
    // "the Warsaw officers’ school": of something else.
    let end = sentence.place_range(place).end;
    let is_alone = sentence.before_adverbs(verb.start).is_some_and(|last| last + 1 == end);
    if start >= verb.start || !is_alone {
        return false;
    }
    // Over "the" and "neighbouring".
    let lead = (start.saturating_sub(3)..start)
        .rev()
        .find(|at| sentence.class(*at).is(Class::FROM.and(Class::OF)) || sentence.sign(*at) != '\0');
    let Some(lead) = lead.filter(|at| *at > clause_start && sentence.sign(*at) == '\0') else { return false };
    let Some(head) = lead.checked_sub(1).filter(|head| *head >= clause_start) else { return false };
    if sentence.class(lead).is(Class::FROM) {
        return sentence.sign(head) == '\0'
            && !sentence
                .class(head)
                .is(Class::PREPOSITION.and(Class::ADVERB).and(Class::ING).and(Class::AND))
            && !sentence.is_in_time(head);
    }
    sentence.class(head).is(Class::RANK)
}

/// "left for Paris", "set out for Paris".
fn is_bound_for(sentence: &Tagged, at: usize) -> bool {
    let is_for = sentence.class(at).is(Class::FOR);
    let is_way = |n: usize| {
        let class = sentence.class(n);
        class.is(Class::MOTION) || (class.is(Class::ADVERB) && class.is(Class::PREPOSITION))
    };
    is_for && (at.saturating_sub(3)..at).any(is_way)
}

/// "met to discuss the road to Karabakh": the matter of a verb of saying within another clause.
pub fn is_matter(sentence: &Tagged, place: usize, clause_start: usize) -> bool {
    let start = sentence.place_range(place).start;
    is_matter_at(sentence, clause_start..start) && !is_where_said(sentence, place)
}

/// Is there a "to discuss" or "discussing" among these tokens, so that what follows is its matter?
pub fn is_matter_at(sentence: &Tagged, tokens: Range<usize>) -> bool {
    let mut tokens = tokens;
    tokens.any(|at| {
        let class = sentence.class(at);
        class.is(Class::TELLING)
            && (class.is(Class::ING) && !class.is(Class::NOUN)
                || class.is(Class::BASE)
                    && at.checked_sub(1).is_some_and(|n| sentence.class(n).is(Class::TO)))
    })
}

fn is_in(sentence: &Tagged, at: usize) -> bool {
    sentence.class(at).is(Class::IN)
}

/// Where the list of places begins in which this one stands.
fn start_of_list(sentence: &Tagged, place: usize) -> usize {
    let mut start = sentence.place_range(place).start;
    loop {
        let mut before = start;
        while before
            .checked_sub(1)
            .is_some_and(|n| sentence.sign(n) == ',' || sentence.class(n).is(Class::AND))
        {
            before -= 1;
        }
        let Some(Within::Place(place)) = before.checked_sub(1).map(|n| sentence.within(n)) else {
            return start;
        };
        if before == start {
            return start;
        }
        start = sentence.place_range(place as usize).start;
    }
}

/// Is a place beside a verb of saying one where it was said ("said in Baku"), not what was spoken of?
pub fn is_where_said(sentence: &Tagged, place: usize) -> bool {
    let mut at = start_of_list(sentence, place);
    while let Some(before) = at.checked_sub(1) {
        let class = sentence.class(before);
        if class.is(Class::WHERE) {
            return true;
        }
        if !class.is(Class::DETERMINER) {
            return false;
        }
        at = before;
    }
    false
}
