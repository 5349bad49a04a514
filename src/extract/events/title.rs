//! The title of an event: the shortest clause that names the action, in the text's own words.

use std::ops::Range;

use smallvec::SmallVec;

use super::clause::{Clauses, Kind};
use super::predicate::Predicate;
use super::tagged::{Tagged, Within};
use super::when::is_negated_until;
use super::words::Class;
use crate::document::Span;

/// The parts of a title: mostly one or two.
pub type Title = SmallVec<[Span; 3]>;
/// Positions of the tokens that are kept.
type Kept = SmallVec<[usize; 32]>;

/// Bytes; a title is cut at a phrase before it grows longer, if it has one.
const MAX_LENGTH: usize = 90;
/// Tokens before a colon that may be a label.
const MAX_LABEL: usize = 6;

/// The title of a clause by its verb: subject, verb and what follows, without times and asides.
pub fn of_clause(sentence: &Tagged, clauses: &Clauses, number: usize) -> Title {
    let Some(predicate) = clauses.get(number).and_then(|c| c.predicate) else { return Title::new() };
    let mut kept = subject_and_verb(sentence, clauses, number, &predicate);
    let n_needed = kept.len();
    for piece in clauses.pieces(number, sentence.len()) {
        let rest = piece.start.max(predicate.end)..piece.end;
        if rest.is_empty() {
            continue;
        }
        let end = end_of_object(sentence, &rest, kept.len() > n_needed);
        keep(sentence, rest.start..end, &mut kept);
        if end < rest.end {
            break;
        }
    }
    let complement =
        clauses.clauses.iter().position(|c| c.kind == Kind::Complement && c.parent == Some(number));
    if let Some(piece) =
        complement.filter(|_| predicate.tells()).and_then(|at| clauses.pieces(at, sentence.len()).next())
    {
        let end = end_of_object(sentence, &piece, true);
        keep(sentence, piece.start..end, &mut kept);
    }
    finish(sentence, kept, n_needed)
}

/// The title of one of the things that a clause tells of with one verb ("in 1912 and Naples in 1915"),
/// which stands in these tokens.
pub fn of_group(sentence: &Tagged, clauses: &Clauses, number: usize, group: &Range<usize>) -> Title {
    let Some(predicate) = clauses.get(number).and_then(|c| c.predicate) else { return Title::new() };
    let mut kept = subject_and_verb(sentence, clauses, number, &predicate);
    let n_needed = kept.len();
    keep(sentence, group.start..end_of_object(sentence, group, false), &mut kept);
    finish(sentence, kept, n_needed)
}

fn subject_and_verb(sentence: &Tagged, clauses: &Clauses, number: usize, predicate: &Predicate) -> Kept {
    let mut kept = Kept::new();
    if let Some(subject) = subject(sentence, clauses, number) {
        keep(sentence, subject, &mut kept);
    }
    // "was begun … and finished": the second has the auxiliary of the first.
    let shared =
        clauses.get(number).and_then(|c| c.shares_subject_of).and_then(|at| clauses.get(at)?.predicate);
    let personal = Class::LIFE.and(Class::MOTION).and(Class::STATE);
    if let Some(shared) = shared.filter(|p| p.is_passive && !p.class.is(personal))
        && predicate.may_be_participle
        && !predicate.class.is(personal)
    {
        kept.extend(shared.start..shared.end.saturating_sub(1));
    }
    kept.extend(predicate.start..predicate.end);
    kept
}

/// The title by a noun ("The tripartite meeting held in Brussels"), which stands at `noun`.
pub fn of_noun(sentence: &Tagged, clauses: &Clauses, number: usize, noun: usize) -> Title {
    let piece = clauses.pieces(number, sentence.len()).find(|piece| piece.contains(&noun));
    let Some(piece) = piece else { return Title::new() };
    let verb = clauses.get(number).and_then(|c| c.predicate).map_or(piece.clone(), |p| {
        if noun < p.start { piece.start..p.start.min(piece.end) } else { p.end.max(piece.start)..piece.end }
    });
    let start = noun_phrase_start(sentence, verb.start, noun);
    let end = end_of_object(sentence, &(noun + 1..verb.end.max(noun + 1)), true);
    let mut kept = Kept::new();
    keep(sentence, start..end, &mut kept);
    finish(sentence, kept, noun + 1 - start)
}

/// The tokens of a clause's subject, times and asides among them.
pub fn subject(sentence: &Tagged, clauses: &Clauses, number: usize) -> Option<Range<usize>> {
    let mut number = number;
    // A clause shares the subject only of one before it.
    while let Some(shared) = clauses.get(number)?.shares_subject_of.filter(|shared| *shared < number) {
        number = shared;
    }
    let clause = clauses.get(number)?;
    if clause.kind == Kind::Relative
        && let Some(antecedent) = &clause.antecedent
    {
        let start = clauses.get(number)?.start;
        let predicate = clause.predicate?;
        // "the day when Congress met": the clause has a subject of its own.
        let own = start + 1..predicate.start;
        let opens = own.start + usize::from(sentence.sign(start) == ',');
        let own = opens..own.end;
        let has_own = own.clone().any(|at| {
            let class = sentence.class(at);
            !class.is(Class::ADVERB.and(Class::RELATIVE).and(Class::THAT))
                && sentence.sign(at) == '\0'
                && !matches!(sentence.within(at), Within::Time(_))
                && !is_before_time(sentence, at)
        });
        if !has_own || clause.start == predicate.start {
            return Some(antecedent.clone());
        }
        let start = subject_start(sentence, &own);
        return Some(start..own.end);
    }
    let predicate = clause.predicate?;
    let before = clauses
        .pieces(number, sentence.len())
        .map(|piece| piece.start..piece.end.min(predicate.start))
        .filter(|piece| !piece.is_empty() && piece.start < predicate.start)
        .find(|piece| subject_start(sentence, piece) < piece.end)?;
    let start = subject_start(sentence, &before);
    let end = (start..before.end).find(|at| ends_subject(sentence, *at, before.end)).unwrap_or(before.end);
    (start < end).then_some(start..end)
}

/// A comma that sets something apart from the subject ("the president, a lawyer, …").
fn ends_subject(sentence: &Tagged, at: usize, end: usize) -> bool {
    match sentence.sign(at) {
        ',' => {
            let is_list = (at..end).any(|n| sentence.class(n).is(Class::AND) && !sentence.is_in_mention(n));
            !is_list && !sentence.joins_places(at)
        }
        '(' | '–' | '—' | ';' | ':' => true,
        _ => false,
    }
}

/// Where, among the tokens before a verb, its subject begins: after "Finally, on 3 May,".
pub fn subject_start(sentence: &Tagged, before: &Range<usize>) -> usize {
    // "Hathras: A bus driver died": what stands before a colon only says where, or who.
    let colon = (before.start..before.end.min(before.start + MAX_LABEL)).find(|at| sentence.sign(*at) == ':');
    let mut start = colon.map_or(before.start, |colon| colon + 1);
    while start < before.end {
        let class = sentence.class(start);
        let sign = sentence.sign(start);
        let within = sentence.within(start);
        let is_time = matches!(within, Within::Time(_));
        let is_joined = sentence.sign(start + 1) == '-' || sentence.sign(start + 1) == '’';
        let is_lead = class.is(Class::OPENER.and(Class::AND).and(Class::SUBORDINATE).and(Class::PREPOSITION))
            || class.is(Class::THAT.and(Class::RELATIVE)) && start == before.start;
        if (sign != '\0' && !matches!(sign, '$' | '€' | '£')) || (is_time && !owns_next(sentence, start)) {
            start += 1;
            continue;
        }
        if let Some(comma) = leading_comma(sentence, start, before.end) {
            start = comma + 1;
            continue;
        }
        if !is_lead || sentence.is_in_mention(start) || is_joined {
            break;
        }
        start = if class.is(Class::PREPOSITION) && !is_before_time(sentence, start) {
            match after_phrase(sentence, start, before.end) {
                Some(after) => after,
                None => break,
            }
        } else {
            start + 1
        };
    }
    start.min(before.end)
}

/// "today’s", "half a year’s": is this in a time that belongs to what follows?
fn owns_next(sentence: &Tagged, at: usize) -> bool {
    let Within::Time(time) = sentence.within(at) else { return false };
    matches!(sentence.sign(sentence.time_range(time as usize).end), '’' | '\'')
}

/// Where the subject begins after a phrase without a comma: "In Baku | people gathered".
fn after_phrase(sentence: &Tagged, start: usize, end: usize) -> Option<usize> {
    let at = start + 1 + usize::from(sentence.class(start + 1).is(Class::DETERMINER));
    if matches!(sentence.within(at), Within::Place(_)) {
        let after = (at..end).find(|n| sentence.within(*n) != sentence.within(at))?;
        return (after < end).then_some(after);
    }
    (at..end).find(|n| {
        sentence.class(*n).is(Class::PRONOUN)
            && !sentence.class(*n).is(Class::PREPOSITION.and(Class::RELATIVE))
    })
}

/// The comma after a phrase that leads to the subject; `None` where the subject has begun.
fn leading_comma(sentence: &Tagged, start: usize, end: usize) -> Option<usize> {
    let class = sentence.class(start);
    let is_past = |at: usize| {
        sentence.tokens.get(at).is_some_and(|token| sentence.endings.is_past(token, sentence.text))
    };
    let leads = (class.is(Class::PREPOSITION.and(Class::SUBORDINATE).and(Class::ING).and(Class::IF))
        && !sentence.is_in_mention(start))
        || class.is(Class::TO)
        || (class.is(Class::PARTICIPLE) && !class.is(Class::BASE))
        || (class == Class::NONE && sentence.is_manner(start))
        // "Alarmed at the loss, …", at the head of a sentence.
        || (class == Class::NONE
            && sentence.is_capitalised(start)
            && is_past(start)
            && sentence.class(start + 1).is(Class::PREPOSITION))
        || matches!(sentence.within(start), Within::Time(_));
    let comma = (start..end).find(|at| {
        sentence.sign(*at) == ',' && !sentence.joins_places(*at) && !sentence.is_in_mention(*at)
    })?;
    // "Most importantly, …"
    let is_adverbial =
        comma <= start + 3 && comma.checked_sub(1).is_some_and(|last| sentence.is_manner(last));
    (leads || is_adverbial).then_some(comma)
}

fn is_before_time(sentence: &Tagged, at: usize) -> bool {
    let next = at + 1 + usize::from(sentence.class(at + 1).is(Class::DETERMINER));
    let is_preposition = sentence.class(at).is(Class::PREPOSITION);
    is_preposition && [at + 1, next].iter().any(|n| matches!(sentence.within(*n), Within::Time(_)))
}

/// Where what a clause says of its verb ends: at a comma, an aside, or a word that only adds.
fn end_of_object(sentence: &Tagged, rest: &Range<usize>, has_object: bool) -> usize {
    let mut has_object = has_object;
    let mut at = rest.start;
    while at < rest.end {
        let sign = sentence.sign(at);
        let is_time = matches!(sentence.within(at), Within::Time(_));
        let is_list = sign == ',' && sentence.joins_places(at);
        if matches!(sign, '.' | '!' | '?' | ';' | ':' | '(' | '[' | '–' | '—' | '…')
            && !is_inner_period(sentence, at)
        {
            break;
        }
        if sign == ','
            && !is_list
            && !sentence.is_in_mention(at)
            && (has_object || !is_before_time(sentence, at + 1))
        {
            let after = (at + 1..rest.end).take_while(|n| sentence.sign(*n) != ',').count();
            // A date between commas is left out, and the sentence goes on behind it.
            let ends_date = !has_object && at > 0 && matches!(sentence.within(at - 1), Within::Time(_));
            let is_date = ends_date
                || (matches!(sentence.within(at + 1), Within::Time(_)) || is_before_time(sentence, at + 1))
                    && sentence.sign(at + 1 + after) == ',';
            if !is_date {
                break;
            }
        }
        let class = sentence.class(at);
        if class.is(Class::ENDS_TITLE)
            && !sentence.is_in_mention(at)
            && !is_before_time(sentence, at)
            && (has_object || class.is(Class::ACCORDING.and(Class::RELATIVE)))
        {
            break;
        }
        has_object |= sign == '\0' && !is_time && !class.is(Class::LEANS);
        at += 1;
    }
    at
}

/// The period of an abbreviation or initial.
fn is_inner_period(sentence: &Tagged, at: usize) -> bool {
    sentence.sign(at) == '.'
        && at + 1 < sentence.len()
        && !matches!(sentence.sign(at + 1), '”' | '"' | '’' | ')')
}

/// Where the noun phrase about this noun begins.
fn noun_phrase_start(sentence: &Tagged, first: usize, noun: usize) -> usize {
    let mut start = noun;
    while start > first {
        let class = sentence.class(start - 1);
        let sign = sentence.sign(start - 1);
        let is_of = class.is(Class::OF);
        let is_verb =
            class.is(Class::THIRD.and(Class::PAST)) && !class.is(Class::NOUN.and(Class::PARTICIPLE));
        let ends = (class.is(Class::PREPOSITION) && !is_of)
            || is_verb
            || class.is(Class::AND.and(Class::RELATIVE).and(Class::THAT).and(Class::FINITE_AUXILIARY))
            || (sign != '\0' && !matches!(sign, '-' | '’' | '\'' | '“' | '”' | '"'));
        if ends && !sentence.is_in_mention(start - 1) {
            break;
        }
        start -= 1;
    }
    while start < noun && matches!(sentence.within(start), Within::Time(_)) && !owns_next(sentence, start) {
        start += 1;
    }
    while start < noun && matches!(sentence.sign(start), ',' | '”' | '’' | '\'' | '-') {
        start += 1;
    }
    start
}

/// Adds these tokens, but for times with the words that lead to them, and asides in brackets.
fn keep(sentence: &Tagged, range: Range<usize>, kept: &mut Kept) {
    let mut depth = 0_u32;
    let mut at = range.start;
    while at < range.end {
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
            while kept.last().is_some_and(|last| *last + 1 == at && leads_to_time(sentence, *last)) {
                kept.pop();
            }
            while at < range.end && sentence.within(at) == Within::Time(time) {
                at += 1;
            }
            // ", 1945," and "from 1939 to 1945": the signs and words between go too.
            while at < range.end
                && (sentence.sign(at) == ','
                    || sentence.class(at).is(Class::THROUGH.and(Class::UNTIL))
                    || sentence.sign(at) == '–')
                && (sentence.sign(at) == ',' || matches!(sentence.within(at + 1), Within::Time(_)))
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
    // "was not settled until 1804" says the contrary without its end.
    let is_condition = before.is(Class::UNTIL) && is_negated_until(sentence, range.start);
    mention.is_some_and(|mention| mention.is_adverbial) && !is_attribute && !is_condition
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
fn finish(sentence: &Tagged, mut kept: Kept, n_needed: usize) -> Title {
    kept.sort_unstable();
    kept.dedup();
    let length = |kept: &[usize]| -> usize {
        let bytes = |at: &usize| {
            sentence.tokens.get(*at).map_or(0, |t| (t.end - t.start) as usize + usize::from(!t.is_joined))
        };
        kept.iter().map(bytes).sum()
    };
    let n_before = kept.len();
    while length(&kept) > MAX_LENGTH {
        let cut = kept.iter().enumerate().skip(n_needed + 1).rev().find(|(_, at)| {
            let class = sentence.class(**at);
            (class.is(Class::PREPOSITION.and(Class::AND).and(Class::TO)) || sentence.sign(**at) == ',')
                && !sentence.is_in_mention(**at)
        });
        match cut {
            Some((n, _)) => kept.truncate(n),
            None => break,
        }
    }
    drop_lone_quotes(sentence, &mut kept);
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
    while kept.len() > 1 && !is_particle(&kept) && kept.last().is_some_and(|at| is_dangling(sentence, *at)) {
        kept.pop();
    }
    let n_leading =
        kept.iter().take_while(|at| matches!(sentence.sign(**at), ',' | '.' | '’' | '-' | '–')).count();
    kept.drain(..n_leading);
    spans(sentence, &kept)
}

fn is_dangling(sentence: &Tagged, at: usize) -> bool {
    if sentence.is_in_mention(at) {
        return false;
    }
    let sign = sentence.sign(at);
    sentence.class(at).is(Class::LEANS)
        || (sign != '\0' && !matches!(sign, '”' | '"' | '’' | '»' | '%' | '!'))
}

/// A quotation mark whose other half is not in the title goes.
fn drop_lone_quotes(sentence: &Tagged, kept: &mut Kept) {
    let mut open = None;
    let mut lone = Vec::new();
    for at in kept.iter() {
        match sentence.sign(*at) {
            '“' | '«' => lone.extend(open.replace(*at)),
            '”' | '»' if open.take().is_none() => lone.push(*at),
            '"' if open.take().is_none() => open = Some(*at),
            _ => {}
        }
    }
    lone.extend(open);
    kept.retain(|at| !lone.contains(at));
}

fn spans(sentence: &Tagged, kept: &[usize]) -> Title {
    let mut spans = Title::new();
    let mut last = None;
    for at in kept {
        let Some(token) = sentence.tokens.get(*at) else { continue };
        let goes_on = last.is_some_and(|last: usize| last + 1 == *at);
        match spans.last_mut() {
            Some(span) if goes_on => span.end = token.end as usize,
            _ => spans.push(token.span()),
        }
        last = Some(*at);
    }
    spans
}
