//! Slips of the pen: a name that the text has better elsewhere, in the same words.

use super::senses::Sense;
use crate::extract::token::Token;
use crate::extract::toponym::Toponym;
use crate::extract::{Source, steps};

/// A mention and the one that it should have been; positions in the list of mentions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slip {
    pub mention: usize,
    pub meant: usize,
}

/// Only so many mentions with one head word are compared with each other.
const MAX_ALIKE: usize = 24;

/// Mentions after the same words ("villages of") whose names are nearly the same, where one lies among the
/// text's other places and the other does not.
pub fn slips(
    source: &Source,
    mentions: &[Toponym],
    senses: &[Sense],
    of_mention: &[Option<u32>],
) -> Vec<Slip> {
    let mut heads: Vec<(u64, usize)> = Vec::new();
    for (at, mention) in mentions.iter().enumerate() {
        if mention.name.is_some()
            && let Some(head) = head_of(source, mention)
        {
            heads.push((head, at));
        }
    }
    heads.sort_unstable();
    let mut found = Vec::new();
    for group in heads.chunk_by(|a, b| a.0 == b.0) {
        let group = group.get(..MAX_ALIKE.min(group.len())).unwrap_or(group);
        for (_, one) in group {
            let meant =
                group.iter().find(|(_, other)| is_slip(source, mentions, senses, of_mention, *one, *other));
            if let Some((_, meant)) = meant {
                found.push(Slip { mention: *one, meant: *meant });
            }
        }
    }
    found.sort_by_key(|slip| slip.mention);
    found
}

/// The word before "of" before a mention, by its key.
fn head_of(source: &Source, mention: &Toponym) -> Option<u64> {
    let before = |n: usize| mention.first.checked_sub(n).and_then(|at| source.tokens.get(at));
    let of = before(1).filter(|t| t.word == source.language.toponym.of)?;
    let head: &Token = before(2).filter(|t| t.is_word() && t.end <= of.start)?;
    Some(head.key)
}

fn is_slip(
    source: &Source,
    mentions: &[Toponym],
    senses: &[Sense],
    of_mention: &[Option<u32>],
    one: usize,
    other: usize,
) -> bool {
    steps::count();
    let sense = |at: usize| senses.get(of_mention.get(at).copied().flatten()? as usize);
    let (Some(wrong), Some(right)) = (sense(one), sense(other)) else { return false };
    let (Some(there), Some(here)) = (wrong.best(), right.best()) else { return false };
    if wrong.name == right.name
        || wrong.n_mentions > right.n_mentions
        || there.seat.country == here.seat.country
        || there.seat.is_country()
    {
        return false;
    }
    let text = |at: usize| mentions.get(at).map_or("", |m| m.span.slice(source.text()));
    if !is_nearly(text(one), text(other)) {
        return false;
    }
    // The text is about the one's country and says nothing else of the other's.
    let n_in =
        |country| senses.iter().filter(|s| s.best().is_some_and(|best| best.seat.country == country)).count();
    n_in(there.seat.country) <= 1 && n_in(here.seat.country) >= 2
}

/// One begins with the other, or they differ by one letter; both of at least four letters.
fn is_nearly(a: &str, b: &str) -> bool {
    if a.is_ascii() && b.is_ascii() {
        return are_nearly(a.as_bytes(), b.as_bytes(), u8::eq_ignore_ascii_case);
    }
    let lower = |text: &str| text.chars().flat_map(char::to_lowercase).collect::<Vec<char>>();
    are_nearly(&lower(a), &lower(b), char::eq)
}

fn are_nearly<T>(a: &[T], b: &[T], is_same: impl Fn(&T, &T) -> bool) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.len() < 4 || long.len() - short.len() > 2 {
        return false;
    }
    let n_same_start = short.iter().zip(long).take_while(|(x, y)| is_same(x, y)).count();
    if n_same_start == short.len() {
        return short.len() < long.len();
    }
    let n_same_end = short.iter().rev().zip(long.iter().rev()).take_while(|(x, y)| is_same(x, y)).count();
    n_same_start + n_same_end + 1 >= long.len() && long.len() - short.len() <= 1
}
