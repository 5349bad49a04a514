//! Which of the places of a clause are where its event happens, and which only surround it.

use super::tagged::{Tagged, Width, Within};
use super::words::Class;
use crate::extract::Positions;

/// The places of an event, positions in the reading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chosen {
    pub places: Positions,
    pub context: Positions,
}

/// Divides the places of a clause (in order) into where it happens and what lies around it.
pub fn choose(sentence: &Tagged, places: &[usize]) -> Chosen {
    let mut chosen = Chosen::default();
    if let [only] = places {
        chosen.places.push(*only);
        return chosen;
    }
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

fn is_in(sentence: &Tagged, at: usize) -> bool {
    sentence.class(at).is(Class::IN)
}

/// Where the list of places begins in which this one stands.
pub fn start_of_list(sentence: &Tagged, place: usize) -> usize {
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
