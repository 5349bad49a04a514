//! Which of the places of a clause are where its event happens, and which only surround it.

use super::tagged::Tagged;
use super::words::Class;

/// The places of an event, positions in the reading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chosen {
    pub places: Vec<usize>,
    pub context: Vec<usize>,
}

/// Divides the places of a clause (in order) into where it happens and what lies around it.
pub fn choose(sentence: &Tagged, places: &[usize]) -> Chosen {
    let mut chosen = Chosen::default();
    for (n, place) in places.iter().enumerate() {
        let before = n.checked_sub(1).and_then(|n| places.get(n)).copied();
        if before.is_some_and(|before| is_around(sentence, before, *place, places.get(n + 1).copied())) {
            chosen.context.push(*place);
        } else {
            chosen.places.push(*place);
        }
    }
    // "from Paris to Lyon": where it ends says most.
    let goal = chosen.places.iter().position(|place| {
        let start = sentence.place_range(*place).start;
        start.checked_sub(1).is_some_and(|at| sentence.class(at).is(Class::TO))
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

/// "Paris, Texas", "Lyon, in France": the second is around the first. Not in "Paris, Lyon and Nice".
fn is_around(sentence: &Tagged, first: usize, second: usize, third: Option<usize>) -> bool {
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
        // A list goes on with ", … and"; an address ends, or goes on with a comma and no name after "and".
        let after = b.end;
        let goes_on = third.is_some_and(|third| {
            let third = sentence.place_range(third).start;
            third <= after + 3 && (after..third).any(|at| sentence.class(at).is(Class::AND))
        });
        return !goes_on && !sentence.class(after).is(Class::AND);
    }
    true
}

fn is_in(sentence: &Tagged, at: usize) -> bool {
    sentence.tokens.get(at).is_some_and(|token| token.text(sentence.text).eq_ignore_ascii_case("in"))
}

/// Is a place beside a verb of saying one where it was said ("said in Baku"), not what was spoken of?
pub fn is_where_said(sentence: &Tagged, place: usize) -> bool {
    let start = sentence.place_range(place).start;
    let mut at = start;
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
