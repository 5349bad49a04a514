//! What stands between two mentions that follow each other, and which of them lies in the other.

use super::draft::Draft;
use super::names::Names;
use super::place::Rank;
use super::words::{Context, Words};
use crate::extract::Source;
use crate::extract::token::{Token, TokenKind};

/// How two drafts that follow each other are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    None,
    Comma,
    /// "A and B"; also a comma before "and".
    And,
    /// "A in northern B".
    In,
    /// "A's B".
    Has,
    /// "the A County village of B".
    KindOf,
}

pub fn link(source: &Source, words: &Words, pair: &[Draft]) -> Link {
    let [one, two] = pair else { return Link::None };
    let text = source.text();
    let between = source.tokens.get(one.end..two.first).unwrap_or(&[]);
    let is_comma = |t: &Token| t.is_sign(text, ',');
    let is_and = |t: &Token| t.kind == TokenKind::Word && (t.word == words.and || t.word == words.or);
    let is_genitive = |sign: &Token, s: &Token| {
        sign.is_joined
            && sign.kind == TokenKind::Sign
            && matches!(sign.sign(text), '\'' | '’')
            && s.is_joined
            && s.end - s.start == 1
            && !s.is_capitalised()
    };
    let is_kind = |t: &Token| {
        t.is_word()
            && !t.is_capitalised()
            && words.context.get(t.word).has(Context::KIND.or(Context::NAMED_KIND).or(Context::OF_PLACE))
    };
    match between {
        [comma] if is_comma(comma) && !comma.begins_paragraph => Link::Comma,
        [and] if is_and(and) => Link::And,
        [comma, and] if is_comma(comma) && is_and(and) => Link::And,
        [sign, s] if is_genitive(sign, s) => Link::Has,
        [kind, of] if is_kind(kind) && of.word == words.of => Link::KindOf,
        [first, rest @ ..] if rest.len() <= 3 => {
            let rest = if is_comma(first) { rest } else { between };
            // "the A area in B".
            let rest = match rest {
                [kind, rest @ ..] if is_kind(kind) && rest.len() + 1 == between.len() => rest,
                _ => rest,
            };
            let is_in = rest.first().is_some_and(|t| t.word == words.inside && t.is_word());
            let is_narrowed = |t: &Token| {
                t.word == words.the && t.is_word() || words.context.get(t.word).has(Context::PART_OF)
            };
            if is_in && rest.iter().skip(1).all(is_narrowed) { Link::In } else { Link::None }
        }
        _ => Link::None,
    }
}

/// Is the draft at this position said to lie in the next: "Paris, Texas"?
pub fn is_inside(names: &Names, links: &[Link], drafts: &[Draft], at: usize) -> bool {
    let (Some(inner), Some(outer)) = (drafts.get(at), drafts.get(at + 1)) else { return false };
    if !matches!(links.get(at), Some(Link::Comma | Link::In)) || inner.is_settled || outer.is_settled {
        return false;
    }
    let Some(outer_name) = outer.name else { return false };
    let rank = |draft: &Draft| draft.name.and_then(|name| names.get(name)).map(|name| name.rank);
    let is_wide = |draft: Option<&Draft>| {
        draft.is_some_and(|d| matches!(rank(d), Some(Rank::Country | Rank::Province)))
    };
    let Some(inner_name) = inner.name else { return is_wide(Some(outer)) };
    if is_wide(Some(inner)) {
        // "China, Japan" and "Oregon, Ohio, Texas" are lists.
        let is_listed = |link: Option<usize>, other: Option<usize>| {
            let link = link.and_then(|at| links.get(at));
            link.is_some_and(|link| matches!(link, Link::Comma | Link::And))
                && is_wide(other.and_then(|at| drafts.get(at)))
        };
        if rank(outer) == Some(Rank::Country) && rank(inner) == Some(Rank::Country)
            || is_listed(at.checked_sub(1), at.checked_sub(1))
            || is_listed(Some(at + 1), Some(at + 2))
        {
            return false;
        }
    }
    names.lies_in(inner_name, outer_name)
}

/// Is the draft at this position said to lie in the next, though the gazetteer has no such place: "Cairo,
/// Missouri,"? A list is no such saying, nor what only opens a clause ("In Moscow, Ukraine was discussed").
pub fn is_said_inside(
    source: &Source,
    words: &Words,
    names: &Names,
    links: &[Link],
    drafts: &[Draft],
    at: usize,
) -> bool {
    let (Some(inner), Some(outer)) = (drafts.get(at), drafts.get(at + 1)) else { return false };
    let rank = |draft: &Draft| draft.name.and_then(|name| names.get(name)).map(|name| name.rank);
    let is_list = |link: Option<&Link>| matches!(link, Some(Link::Comma | Link::And));
    let link = links.get(at).copied();
    if inner.is_settled || outer.is_settled || !matches!(link, Some(Link::Comma | Link::In)) {
        return false;
    }
    let (Some(Rank::Town(prominence)), Some(outer_rank)) = (rank(inner), rank(outer)) else { return false };
    let is_wide = match outer_rank {
        Rank::Country => prominence < WELL_KNOWN,
        Rank::Province => true,
        Rank::Town(_) => is_district(source, words, outer),
        Rank::Region => false,
    };
    if !is_wide || is_list(at.checked_sub(1).and_then(|before| links.get(before))) {
        return false;
    }
    let is_next_wide = drafts.get(at + 2).is_some_and(|next| {
        is_list(links.get(at + 1)) && matches!(rank(next), Some(Rank::Country | Rank::Province) | None)
    });
    let closes = source.tokens.get(outer.end).is_none_or(|t| {
        let context = words.context.get(t.word);
        t.begins_paragraph
            || t.kind == TokenKind::Sign
            || t.is_word()
                && !t.is_capitalised()
                && (t.word == words.and || context.has(Context::PREPOSITION.or(Context::PLACE_PREPOSITION)))
    });
    closes && !is_next_wide
}

/// "Lamar County".
fn is_district(source: &Source, words: &Words, draft: &Draft) -> bool {
    let last = draft.end.checked_sub(1).and_then(|last| source.tokens.get(last));
    draft.end > draft.first + 1
        && last.is_some_and(|t| t.is_word() && words.context.get(t.word).has(Context::HINT_PROVINCE))
}

/// Does the draft at this position hold the next: "Sichuan's Aba prefecture"?
pub fn holds_next(
    source: &Source,
    words: &Words,
    names: &Names,
    links: &[Link],
    drafts: &[Draft],
    at: usize,
) -> bool {
    let (Some(outer), Some(inner)) = (drafts.get(at), drafts.get(at + 1)) else { return false };
    let (Some(outer_name), Some(inner_name)) = (outer.name, inner.name) else { return false };
    if outer.is_settled || inner.is_settled {
        return false;
    }
    match links.get(at) {
        Some(Link::Has) => names.lies_in(inner_name, outer_name),
        Some(Link::KindOf) => is_district(source, words, outer) || names.lies_in(inner_name, outer_name),
        _ => false,
    }
}

/// Prominence of a town that is so well known that a text which sets a country behind it lists the two.
const WELL_KNOWN: u8 = 150;
