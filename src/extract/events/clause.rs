//! A sentence cut into clauses: one verb group each, and every token in one of them.
//!
//! No grammar, only marks: "which", "after", "that", a comma, an "and" decide between two verb groups
//! where one clause ends. A clause may lie in two pieces, around another ("The protest, which began in
//! May, was stopped").

use std::ops::Range;

use super::predicate::Predicate;
use super::tagged::Tagged;
use super::words::Class;

/// How a clause hangs together with the one above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Main,
    /// It goes on after "and", a comma or a semicolon.
    Coordinate,
    /// It says more of a noun: "which began in May", "held in Paris".
    Relative,
    /// "when", "after", "because".
    Subordinate,
    /// "if", "unless".
    Condition,
    /// What is said, thought or shown.
    Complement,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Clause {
    pub kind: Kind,
    pub parent: Option<usize>,
    pub predicate: Option<Predicate>,
    /// Its first token.
    pub start: usize,
    /// The noun phrase that a relative clause is about.
    pub antecedent: Option<Range<usize>>,
    /// A coordinate clause without a subject of its own: the clause whose subject it shares.
    pub shares_subject_of: Option<usize>,
    after_comma: bool,
}

/// The clauses of a sentence; the first is the main clause.
#[derive(Debug, Default)]
pub struct Clauses {
    pub clauses: Vec<Clause>,
    /// From this token on, this clause; in order.
    turns: Vec<(usize, usize)>,
}

impl Clauses {
    /// Which clause a token is in.
    pub fn owner(&self, at: usize) -> usize {
        let turn = self.turns.partition_point(|(from, _)| *from <= at);
        turn.checked_sub(1).and_then(|turn| self.turns.get(turn)).map_or(0, |(_, clause)| *clause)
    }

    pub fn get(&self, clause: usize) -> Option<&Clause> {
        self.clauses.get(clause)
    }

    /// The clauses above this one, nearest first.
    pub fn ancestors(&self, clause: usize) -> impl Iterator<Item = usize> + '_ {
        let mut at = clause;
        std::iter::from_fn(move || {
            // A parent always has the smaller number.
            at = self.clauses.get(at)?.parent.filter(|parent| *parent < at)?;
            Some(at)
        })
    }

    /// The runs of tokens that are this clause's own.
    pub fn pieces(&self, clause: usize, n_tokens: usize) -> impl Iterator<Item = Range<usize>> + '_ {
        self.turns.iter().enumerate().filter(move |(_, (_, owner))| *owner == clause).map(
            move |(n, (from, _))| {
                let end = self.turns.get(n + 1).map_or(n_tokens, |(next, _)| *next);
                *from..end.max(*from)
            },
        )
    }

    /// Cuts a sentence at its verb groups.
    pub fn cut(&mut self, sentence: &Tagged, predicates: &[Predicate]) {
        self.clauses.clear();
        self.turns.clear();
        self.add(Kind::Main, None, 0);
        let mut current = 0;
        let mut from = 0;
        for predicate in predicates {
            current = self.place(sentence, predicate, from, current);
            from = predicate.end;
        }
    }

    fn add(&mut self, kind: Kind, parent: Option<usize>, start: usize) -> usize {
        let number = self.clauses.len();
        self.clauses.push(Clause {
            kind,
            parent,
            predicate: None,
            start,
            antecedent: None,
            shares_subject_of: None,
            after_comma: false,
        });
        self.turn(start, number);
        number
    }

    fn turn(&mut self, at: usize, clause: usize) {
        match self.turns.last_mut() {
            Some(last) if last.0 >= at => last.1 = clause,
            _ => self.turns.push((at, clause)),
        }
    }

    fn set_predicate(&mut self, clause: usize, predicate: &Predicate) {
        if let Some(clause) = self.clauses.get_mut(clause) {
            clause.predicate = Some(*predicate);
        }
    }

    fn open_ancestor(&self, clause: usize) -> Option<usize> {
        self.ancestors(clause).find(|at| self.get(*at).is_some_and(|c| c.predicate.is_none()))
    }

    /// Finds the clause of a verb group, which may be a new one. `from` is where the last one ended.
    fn place(&mut self, sentence: &Tagged, predicate: &Predicate, from: usize, current: usize) -> usize {
        let region = from..predicate.start;
        let before = self.get(current).and_then(|clause| clause.predicate);
        if let Some(opener) = opener(sentence, &region, predicate, before.as_ref()) {
            let current = self.above_relative(sentence, &opener, before.as_ref(), from, current);
            let after_comma = opener.at.checked_sub(1).is_some_and(|at| sentence.sign(at) == ',');
            let start = if after_comma && opener.at > from { opener.at - 1 } else { opener.at };
            let clause = self.add(opener.kind, Some(current), start);
            if let Some(new) = self.clauses.get_mut(clause) {
                new.after_comma = after_comma;
                if opener.kind == Kind::Relative {
                    new.antecedent = Some(noun_phrase_before(sentence, start));
                }
            }
            self.set_predicate(clause, predicate);
            return clause;
        }
        let Some(before) = before else {
            self.set_predicate(current, predicate);
            return current;
        };
        let clause = match border(sentence, &region, self.get(current)) {
            Some(border) => self.after_border(sentence, predicate, border, current, &before),
            None => self.without_border(sentence, predicate, current, &before),
        };
        if let Some(clause) = clause {
            self.set_predicate(clause, predicate);
        }
        clause.unwrap_or(current)
    }

    /// "Officials say a man who had fled was caught": what is said begins before its relative clause.
    fn above_relative(
        &mut self,
        sentence: &Tagged,
        opener: &Opener,
        before: Option<&Predicate>,
        from: usize,
        current: usize,
    ) -> usize {
        let says = before.is_some_and(|p| p.tells() && !p.class.is(Class::ADDRESSES) && p.end == from);
        let first = sentence.class(from);
        let begins_phrase = first.is(Class::DETERMINER.and(Class::PRONOUN))
            || sentence.is_number(from)
            || (sentence.is_capitalised(from) && !sentence.is_in_mention(from));
        if opener.kind == Kind::Relative && says && begins_phrase && from < opener.at {
            return self.add(Kind::Complement, Some(current), from);
        }
        current
    }

    fn after_border(
        &mut self,
        sentence: &Tagged,
        predicate: &Predicate,
        border: Border,
        current: usize,
        before: &Predicate,
    ) -> Option<usize> {
        let first_word = (border.at..predicate.start)
            .find(|at| sentence.sign(*at) != ',' && !sentence.class(*at).is(Class::AND.and(Class::ADVERB)));
        let has_subject = first_word.is_some();
        if before.tells() && sentence.sign(border.at) == ':' {
            return Some(self.add(Kind::Complement, Some(current), border.at));
        }
        // "Under the treaty signed in Kars, the town …": a phrase, and no clause.
        let is_phrase = !border.has_and
            && has_subject
            && before.may_be_participle
            && self.get(current).is_some_and(|c| lacks_subject(sentence, c.start..before.start));
        if is_phrase {
            let reduced = self.add(Kind::Relative, Some(current), before.start);
            if let Some(clause) = self.clauses.get_mut(reduced) {
                clause.antecedent = Some(noun_phrase_before(sentence, before.start));
                clause.predicate = Some(*before);
            }
            self.turn(border.at, current);
            return Some(current);
        }
        // "The men who brought bread and water to the town | were hired": the "and" is of two nouns.
        if border.has_and
            && !border.has_comma
            && has_subject
            && let Some(ancestor) = self.open_ancestor(current)
        {
            self.turn(predicate.start, ancestor);
            return Some(ancestor);
        }
        if !border.has_and {
            if let Some(ancestor) = self.open_ancestor(current) {
                self.turn(border.at, ancestor);
                return Some(ancestor);
            }
            // "realities created by them, the villages were …".
            let is_by = sentence.class(before.end).is(Class::BY) && before.may_be_participle;
            let is_set_off = is_by || before.start.checked_sub(1).is_some_and(|at| sentence.sign(at) == ',');
            if (!has_subject || is_by) && before.may_be_participle && is_set_off && border.at > before.end {
                return Some(self.demote(sentence, predicate, current, before));
            }
        }
        // After a relative clause between commas, ", and" goes on with the clause above.
        let mut sibling = current;
        while let Some(clause) = self.get(sibling) {
            let Some(parent) = clause.parent else { break };
            let is_aside = matches!(clause.kind, Kind::Relative | Kind::Subordinate | Kind::Condition);
            if !(is_aside && clause.after_comma && border.has_comma) {
                break;
            }
            sibling = parent;
        }
        let (kind, parent, antecedent) =
            self.get(sibling).map(|c| (c.kind, c.parent, c.antecedent.clone()))?;
        let kind = if kind == Kind::Main { Kind::Coordinate } else { kind };
        let clause = self.add(kind, parent, border.at);
        if let Some(new) = self.clauses.get_mut(clause) {
            new.antecedent = antecedent;
            new.shares_subject_of = (!has_subject).then_some(sibling);
        }
        Some(clause)
    }

    fn without_border(
        &mut self,
        sentence: &Tagged,
        predicate: &Predicate,
        current: usize,
        before: &Predicate,
    ) -> Option<usize> {
        let thinks = Class::TELLING.and(Class::STATE).and(Class::PLAN);
        let is_followed = !sentence.class(before.end).is(Class::PREPOSITION);
        if before.class.is(thinks) && !before.is_bare_auxiliary && before.end < predicate.start && is_followed
        {
            return Some(self.add(Kind::Complement, Some(current), before.end));
        }
        if let Some(ancestor) = self.open_ancestor(current) {
            self.turn(predicate.start, ancestor);
            return Some(ancestor);
        }
        // Of two pasts the one without an object is the participle: "The meeting held in May ended",
        // but "He left the town called Rye".
        let follows = sentence.class(before.end);
        let has_object = !sentence.is_in_mention(before.end)
            && !follows.is(Class::PREPOSITION.and(Class::ADVERB).and(Class::TO))
            && sentence.sign(before.end) == '\0';
        let has_pronoun =
            sentence.before_adverbs(before.start).is_some_and(|n| sentence.class(n).is(Class::PRONOUN));
        if predicate.may_be_participle && (has_object || has_pronoun || !before.may_be_participle) {
            let reduced = self.add(Kind::Relative, Some(current), predicate.start);
            if let Some(clause) = self.clauses.get_mut(reduced) {
                clause.antecedent = Some(noun_phrase_before(sentence, predicate.start));
            }
            return Some(reduced);
        }
        before.may_be_participle.then(|| self.demote(sentence, predicate, current, before))
    }

    /// The verb before was a participle: "The meeting held in Brussels | was short".
    fn demote(
        &mut self,
        sentence: &Tagged,
        predicate: &Predicate,
        current: usize,
        before: &Predicate,
    ) -> usize {
        let reduced = self.add(Kind::Relative, Some(current), before.start);
        if let Some(clause) = self.clauses.get_mut(reduced) {
            clause.antecedent = Some(noun_phrase_before(sentence, before.start));
            clause.predicate = Some(*before);
        }
        self.turn(predicate.start, current);
        current
    }
}

/// Is there only a phrase before a verb, as "Under the treaty | signed"?
fn lacks_subject(sentence: &Tagged, before: Range<usize>) -> bool {
    let start = super::title::subject_start(sentence, &before);
    start < before.end && sentence.class(start).is(Class::PREPOSITION) && !sentence.is_in_mention(start)
}

struct Opener {
    at: usize,
    kind: Kind,
}

/// The word before a verb group that opens a clause of its own.
fn opener(
    sentence: &Tagged,
    region: &Range<usize>,
    predicate: &Predicate,
    before: Option<&Predicate>,
) -> Option<Opener> {
    let mut has_comma = false;
    for at in region.clone().rev() {
        let class = sentence.class(at);
        if sentence.is_in_mention(at) {
            continue;
        }
        if sentence.sign(at) == ',' {
            has_comma = !sentence.joins_places(at) && !borders_time(sentence, at);
        }
        if sentence.sign(at) == ';' {
            return None;
        }
        let is_first =
            at == 0 || (0..at).all(|n| sentence.sign(n) != '\0' || sentence.class(n).is(Class::AND));
        let is_said = before.is_some_and(|before| before.tells() && at <= before.end + 4);
        if class.is(Class::THAT) && (!has_comma || is_said) {
            let is_next = sentence.before_adverbs(predicate.start) == Some(at);
            let follows_verb = before.is_some_and(|before| before.end == at || before.tells());
            let is_pair = at.checked_sub(1).is_some_and(|n| sentence.class(n).is(Class::AND));
            if is_next && !follows_verb && !is_first && !is_pair {
                return Some(Opener { at, kind: Kind::Relative });
            }
            if !is_next && (follows_verb || is_pair || !is_first) && at + 1 < predicate.start {
                return Some(Opener { at, kind: Kind::Complement });
            }
            continue;
        }
        if class.is(Class::IF) && !has_comma {
            return Some(Opener { at, kind: Kind::Condition });
        }
        if class.is(Class::SUBORDINATE) && (is_first || !class.is(Class::RELATIVE)) {
            // "After the war, he left" has no clause after "after".
            if !has_comma && at + 1 < predicate.start {
                return Some(Opener { at, kind: Kind::Subordinate });
            }
            continue;
        }
        if class.is(Class::RELATIVE) && !is_first {
            let kind = if class.is(Class::SUBORDINATE) && !is_after_noun(sentence, at) {
                Kind::Subordinate
            } else {
                Kind::Relative
            };
            return Some(Opener { at, kind });
        }
    }
    None
}

/// "the day when", "in Paris, where": rather than "he left when".
fn is_after_noun(sentence: &Tagged, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|n| {
        sentence.sign(n) == ',' || !sentence.class(n).is(Class::PAST) || sentence.is_in_mention(n)
    })
}

fn borders_time(sentence: &Tagged, comma: usize) -> bool {
    use super::tagged::Within;
    let before = comma.checked_sub(1).map_or(Within::Nothing, |n| sentence.within(n));
    matches!(before, Within::Time(_)) && matches!(sentence.within(comma + 1), Within::Time(_))
}

#[derive(Debug, Clone, Copy)]
struct Border {
    at: usize,
    has_and: bool,
    has_comma: bool,
}

/// Where, between two verb groups, one clause ends and the next begins.
fn border(sentence: &Tagged, region: &Range<usize>, current: Option<&Clause>) -> Option<Border> {
    let mut bare_and = None;
    let mut first_comma = None;
    let mut last_comma = None;
    for at in region.clone().rev() {
        if sentence.is_in_mention(at) {
            continue;
        }
        let sign = sentence.sign(at);
        let is_dash =
            matches!(sign, '–' | '—') && !sentence.tokens.get(at).is_some_and(|t| t.is_joined && sign == '–');
        let closes = is_dash && current.is_some_and(|c| c.kind == Kind::Relative);
        if closes && let Some(first) = region.clone().find(|n| matches!(sentence.sign(*n), '–' | '—')) {
            return Some(Border { at: first, has_and: false, has_comma: true });
        }
        if matches!(sign, ';' | ':') {
            return Some(Border { at, has_and: true, has_comma: true });
        }
        if sentence.joins_places(at) {
            continue;
        }
        if sign == ',' {
            if sentence.class(at + 1).is(Class::AND) && !sentence.is_in_mention(at + 1) {
                return Some(Border { at, has_and: true, has_comma: true });
            }
            first_comma = Some(at);
            last_comma = last_comma.or(first_comma);
        } else if sentence.class(at).is(Class::AND) {
            bare_and = bare_and.or(Some(at));
        }
    }
    let leads =
        current.is_some_and(|c| matches!(c.kind, Kind::Subordinate | Kind::Condition) && c.start <= 1);
    if leads && let Some(at) = first_comma {
        return Some(Border { at, has_and: false, has_comma: true });
    }
    // "…, Armenia and its allies withdrew": the "and" is of the subject.
    let is_of_subject = |and: usize| {
        let next = sentence.tags.get(and + 1..region.end).unwrap_or_default();
        next.iter().any(|tag| !tag.class.is(Class::ADVERB)) && last_comma.is_some_and(|comma| comma < and)
    };
    if let Some(at) = bare_and.filter(|at| !is_of_subject(*at)) {
        return Some(Border { at, has_and: true, has_comma: false });
    }
    last_comma.map(|at| Border { at, has_and: false, has_comma: true })
}

/// The noun phrase that ends where a relative clause begins, commas aside.
fn noun_phrase_before(sentence: &Tagged, end: usize) -> Range<usize> {
    let mut end = end;
    while end > 0 && sentence.sign(end - 1) == ',' {
        end -= 1;
    }
    let mut start = end;
    while start > 0 {
        let class = sentence.class(start - 1);
        let is_of = class.is(Class::OF);
        let is_verb = class.is(Class::PAST.and(Class::PARTICIPLE).and(Class::FINITE_AUXILIARY))
            && !sentence.is_in_mention(start - 1)
            && !class.is(Class::NOUN);
        let ends = class.is(Class::AND.and(Class::RELATIVE).and(Class::THAT).and(Class::SUBORDINATE))
            || (class.is(Class::PREPOSITION) && !is_of)
            || is_verb
            || (sentence.sign(start - 1) != '\0'
                && !matches!(sentence.sign(start - 1), '-' | '’' | '\'' | '“' | '”' | '"'));
        if ends {
            break;
        }
        start -= 1;
    }
    start..end
}
