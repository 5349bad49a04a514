//! What of a clause is kept for its title: no times, no asides, nothing that dangles.

use std::ops::Range;

use smallvec::SmallVec;

use super::phrase::begins_quantity;
use super::subject::owns_next;
use super::tagged::{Tagged, Within};
use super::title::Title;
use super::when::is_negated_until;
use super::words::Class;
use crate::extract::steps;

/// Positions of the tokens that are kept.
pub type Kept = SmallVec<[usize; 32]>;

/// Bytes; a title is cut at a phrase before it grows longer, if it has one.
const MAX_LENGTH: usize = 90;

/// Tokens from "between" to its "and".
const MAX_BETWEEN: usize = 16;

/// Adds these tokens, but for times with the words that lead to them, and asides in brackets.
pub fn keep(sentence: &Tagged, range: Range<usize>, kept: &mut Kept) {
    if sentence.times.is_empty() && !sentence.has_brackets {
        kept.extend(range);
        return;
    }
    let mut depth = 0_u32;
    let mut at = range.start;
    while at < range.end {
        // Most tokens are neither a bracket nor of a time.
        let plain = sentence.tags.get(at..range.end).unwrap_or_default().iter().take_while(|tag| {
            steps::count();
            let is_bracket = sentence.has_brackets && matches!(tag.sign, '(' | '[' | ')' | ']');
            !(is_bracket || matches!(tag.within, Within::Time(_)))
        });
        let n_plain = plain.count();
        if n_plain > 0 {
            if depth == 0 {
                kept.extend(at..at + n_plain);
            }
            at += n_plain;
            continue;
        }
        match sentence.sign(at) {
            '(' | '[' => depth += 1,
            ')' | ']' => {
                depth = depth.saturating_sub(1);
                at += 1;
                continue;
            }
            _ => {}
        }
        if depth > 0 {
            at += 1;
            continue;
        }
        if let Within::Time(time) = sentence.within(at)
            && !owns_next(sentence, at)
            && is_dropped(sentence, time, range.end)
        {
            // "at around midnight", but "broke out | in 1745".
            let mut lead = at;
            while kept.last().is_some_and(|last| {
                *last + 1 == lead
                    && leads_to_time(sentence, *last)
                    && (lead == at || !sentence.class(*last).is(Class::ADVERB))
                    && !is_particle(sentence, *last)
            }) {
                kept.pop();
                lead -= 1;
            }
            while at < range.end && sentence.within(at) == Within::Time(time) {
                at += 1;
            }
            // ", 1945," and "from 1939 to 1945": the signs and words between go too.
            while at < range.end
                && (sentence.sign(at) == ','
                    || sentence.class(at).is(Class::THROUGH.and(Class::UNTIL).and(Class::AND))
                    || sentence.sign(at) == '–')
                && (sentence.sign(at) == ',' || sentence.is_in_time(at + 1))
            {
                at += 1;
            }
            continue;
        }
        kept.push(at);
        at += 1;
    }
}

/// Is a time only when, rather than part of a name or a phrase ("the 2003 election", "in 44 days")?
fn is_dropped(sentence: &Tagged, time: u32, end: usize) -> bool {
    let mention = sentence.all_times.get(time as usize);
    let range = sentence.time_range(time as usize);
    let before = range.start.checked_sub(1).map_or(Class::NONE, |at| sentence.class(at));
    let is_attribute = range.end < end
        && before.is(Class::DETERMINER)
        && sentence.sign(range.end) == '\0'
        && !sentence.class(range.end).is(Class::PREPOSITION.and(Class::FINITE_AUXILIARY).and(Class::PAST));
    // "Franklin’s winter quarters", "the future king", "the first day of the siege", "in strong current".
    let first = sentence.class(range.start);
    let goes_on = range.end < end
        && sentence.sign(range.end) == '\0'
        && !sentence.class(range.end).is(ends_phrase())
        && !sentence.is_in_time(range.end);
    let is_followed = goes_on && !sentence.names_place(range.end);
    let is_owned = range.start >= 2 && matches!(sentence.sign(range.start - 2), '’' | '\'');
    let is_adverb = first.is(Class::ADVERB) || sentence.is_manner(range.start);
    let is_vague = !is_adverb && mention.is_some_and(|m| m.value.ends_with("_REF"));
    let is_part = first.is(Class::DETERMINER)
        && (range.end < end && sentence.class(range.end).is(Class::OF)
            || is_followed && (is_vague || sentence.is_capitalised(range.end)));
    let is_attribute = is_attribute
        || is_part
        || is_followed && is_owned
        || is_vague && (goes_on || !before.is(Class::PREPOSITION));
    // "was not settled until 1804" says the contrary without its end.
    let is_condition = before.is(Class::UNTIL) && is_negated_until(sentence, range.start);
    mention.is_some_and(|mention| mention.is_adverbial) && !is_attribute && !is_condition
}

/// "went down | early on 3 May": of the verb.
fn is_particle(sentence: &Tagged, at: usize) -> bool {
    let class = sentence.class(at);
    let verb = Class::PAST.and(Class::BASE).and(Class::PARTICIPLE).and(Class::THIRD).and(Class::ING);
    class.is(Class::ADVERB)
        && class.is(Class::PREPOSITION)
        && !class.is(Class::ABOUT)
        && at.checked_sub(1).is_some_and(|before| sentence.class(before).is(verb))
}

/// Words behind a time with which something else begins.
fn ends_phrase() -> Class {
    Class::PREPOSITION
        .and(Class::FINITE_AUXILIARY)
        .and(Class::PAST)
        .and(Class::AND)
        .and(Class::RELATIVE)
        .and(Class::THAT)
        .and(Class::SUBORDINATE)
        .and(Class::DETERMINER)
        .and(Class::PRONOUN)
        .and(Class::TO)
        .and(Class::ADVERB)
        .and(Class::AS)
}

fn leads_to_time(sentence: &Tagged, at: usize) -> bool {
    let class = sentence.class(at);
    let leads = class.is(Class::PREPOSITION.and(Class::DETERMINER))
        || sentence.sign(at) == ','
        || class.is(Class::SINCE.and(Class::UNTIL).and(Class::BETWEEN));
    leads && !sentence.is_in_mention(at) && !class.is(Class::PRONOUN)
}

/// Shortens to phrases, drops dangling words and signs, and joins runs to spans. A title has its words in
/// the order of the text, also where the subject stands behind the verb.
pub fn finish(sentence: &Tagged, kept: &mut Kept, n_needed: usize) -> Title {
    if !kept.is_sorted_by(|a, b| a < b) {
        kept.sort_unstable();
        kept.dedup();
    }
    let length = |kept: &[usize]| -> usize {
        let bytes = |at: &usize| {
            sentence.tokens.get(*at).map_or(0, |t| (t.end - t.start) as usize + usize::from(!t.is_joined))
        };
        kept.iter().map(bytes).sum()
    };
    let n_before = kept.len();
    let mut n_bytes = length(kept);
    while n_bytes > MAX_LENGTH {
        let cut = kept.iter().enumerate().skip(n_needed + 1).rev().find(|(_, at)| {
            let class = sentence.class(**at);
            (class.is(Class::PREPOSITION.and(Class::AND).and(Class::TO)) || sentence.sign(**at) == ',')
                && !sentence.is_in_mention(**at)
                && !is_within_name(sentence, **at)
        });
        match cut {
            Some((n, _)) => {
                n_bytes -= length(kept.get(n..).unwrap_or_default());
                kept.truncate(n);
            }
            None => break,
        }
    }
    // "between the French and the Austrians": both or none.
    let between = Some(&*kept)
        .filter(|_| sentence.any_class.is(Class::BETWEEN))
        .and_then(|kept| kept.iter().skip(n_needed).rposition(|at| sentence.class(*at).is(Class::BETWEEN)));
    if let Some(at) = between.map(|at| at + n_needed) {
        let is_joint =
            |n: usize| sentence.class(n).is(Class::AND) || matches!(sentence.sign(n), '–' | '—' | '-');
        let first = kept.get(at).copied().unwrap_or(0);
        let has_other = kept.iter().skip(at).any(|n| is_joint(*n));
        if !has_other && (first..first + MAX_BETWEEN).any(is_joint) {
            kept.truncate(at);
        }
    }
    drop_lone_quotes(sentence, kept);
    let is_cut_short = kept.len() < n_before;
    while is_cut_short
        && kept.len() > n_needed + 1
        && kept.last().is_some_and(|at| {
            sentence.class(*at).is(Class::ING.and(Class::PARTICIPLE)) && !sentence.class(*at).is(Class::NOUN)
        })
    {
        kept.pop();
    }
    // "was handed over": the adverb is the verb's.
    let is_particle = |kept: &[usize]| {
        kept.len() == n_needed + 1 && kept.last().is_some_and(|at| sentence.class(*at).is(Class::ADVERB))
    };
    while kept.len() > 1 && !is_particle(kept) && kept.last().is_some_and(|at| is_dangling(sentence, *at)) {
        kept.pop();
    }
    let n_leading = kept.iter().take_while(|at| is_leading(sentence, **at)).count();
    if n_leading > 0 && n_leading < kept.len() {
        kept.drain(..n_leading);
    }
    spans(sentence, kept)
}

/// Can no title begin with this?
fn is_leading(sentence: &Tagged, at: usize) -> bool {
    matches!(sentence.sign(at), ',' | '.' | '’' | '-' | '–' | ';' | ':')
        || (sentence.class(at).is(Class::AND.and(Class::SUBORDINATE).and(Class::AS).and(Class::OF))
            && !sentence.is_in_mention(at)
            && !begins_quantity(sentence, at))
}

/// "the University of South Carolina".
fn is_within_name(sentence: &Tagged, at: usize) -> bool {
    sentence.class(at).is(Class::OF)
        && sentence.is_capitalised(at + 1)
        && at.checked_sub(1).is_some_and(|before| sentence.is_capitalised(before))
}

fn is_dangling(sentence: &Tagged, at: usize) -> bool {
    if sentence.is_in_mention(at) {
        return false;
    }
    let sign = sentence.sign(at);
    // "laid siege to it", "took them".
    if sentence.class(at).is(Class::IT.and(Class::PRONOUN)) && !sentence.class(at).is(Class::RELATIVE) {
        return at.checked_sub(1).is_none_or(|before| {
            !sentence.class(before).is(Class::PREPOSITION.and(Class::TO).and(Class::PAST).and(Class::BASE))
        });
    }
    sentence.class(at).is(Class::LEANS)
        || (sign != '\0' && !matches!(sign, '”' | '"' | '’' | '»' | '%' | '!'))
}

/// A quotation mark whose other half is not in the title goes.
fn drop_lone_quotes(sentence: &Tagged, kept: &mut Kept) {
    let mut open = None;
    let mut lone = Vec::new();
    if !sentence.has_quotes {
        return;
    }
    for at in kept.iter() {
        match sentence.sign(*at) {
            '“' | '«' => lone.extend(open.replace(*at)),
            '”' | '»' if open.take().is_none() => lone.push(*at),
            '"' if open.take().is_none() => open = Some(*at),
            _ => {}
        }
    }
    lone.extend(open);
    if !lone.is_empty() {
        kept.retain(|at| !lone.contains(at));
    }
}

fn spans(sentence: &Tagged, kept: &[usize]) -> Title {
    kept.chunk_by(|a, b| a + 1 == *b)
        .filter_map(|run| sentence.span(&(*run.first()?..*run.last()? + 1)))
        .collect()
}
