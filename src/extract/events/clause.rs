//! A sentence cut into clauses: one verb group each, and every token in one of them.
//!
//! No grammar, only marks: "which", "after", "that", a comma, an "and" decide between two verb groups
//! where one clause ends. A clause may lie in two pieces, around another ("The protest, which began in
//! May, was stopped").

use std::ops::Range;

use super::border::{Border, Opener, border, has_subject, lacks_subject, opener};
use super::phrase::{begins_phrase, begins_quantity, holder_of_place, nearest_thing, noun_phrase_before};
use super::predicate::{Predicate, end_of_fronted};
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
        let of_current = self.get(current).and_then(|clause| clause.predicate);
        let before = of_current.as_ref();
        if let Some(opener) = opener(sentence, &region, predicate, before) {
            let current = self.above_relative(sentence, &opener, before, from, current);
            let after_comma = opener.at.checked_sub(1).is_some_and(|at| sentence.sign(at) == ',');
            let start = if after_comma && opener.at > from { opener.at - 1 } else { opener.at };
            let clause = self.add(opener.kind, Some(current), start);
            if let Some(new) = self.clauses.get_mut(clause) {
                new.after_comma = after_comma;
                if opener.kind == Kind::Relative {
                    let whole = noun_phrase_before(sentence, start);
                    let whole = if after_comma { whole } else { holder_of_place(sentence, whole) };
                    let is_thing = sentence.class(opener.at).is(Class::WHICH);
                    new.antecedent = Some(if is_thing { nearest_thing(sentence, whole) } else { whole });
                }
            }
            self.set_predicate(clause, predicate);
            return clause;
        }
        let Some(before) = before else {
            self.set_predicate(current, predicate);
            return current;
        };
        // "Roe said Smith, of York, | broke into a house": what is set off is of the subject.
        let says_name = sentence.is_capitalised(from) && says(before, from);
        if (says_name || says_phrase(sentence, before, from)) && has_set_off(sentence, &region) {
            let clause = self.add(Kind::Complement, Some(current), from);
            self.set_predicate(clause, predicate);
            return clause;
        }
        let current = self.above_aside(sentence, predicate, before, from, current);
        if before.is_fronted && self.clauses.len() == 1 {
            return self.behind_fronted(sentence, predicate, &region);
        }
        let clause = match border(sentence, &region, self.get(current)) {
            Some(border) => self.after_border(sentence, predicate, border, current, before),
            None => self.without_border(sentence, predicate, current, before),
        };
        if let Some(clause) = clause {
            self.set_predicate(clause, predicate);
        }
        clause.unwrap_or(current)
    }

    /// "Born in Rye in 1922, | he was taken to Deal": what comes behind the comma tells of something else.
    fn behind_fronted(&mut self, sentence: &Tagged, predicate: &Predicate, region: &Range<usize>) -> usize {
        let start = end_of_fronted(sentence).filter(|at| region.contains(at)).unwrap_or(predicate.start);
        let clause = self.add(Kind::Coordinate, None, start);
        self.set_predicate(clause, predicate);
        clause
    }

    /// "Officials said the ferry, named the Sewol, went down": what is said begins before what is put in.
    fn above_aside(
        &mut self,
        sentence: &Tagged,
        predicate: &Predicate,
        before: &Predicate,
        from: usize,
        current: usize,
    ) -> usize {
        let is_put_in = predicate.may_be_participle
            && from + 1 < predicate.start
            && sentence.sign(predicate.start - 1) == ','
            && !(from..predicate.start - 1).any(|at| sentence.sign(at) != '\0');
        if is_put_in && says_phrase(sentence, before, from) {
            return self.add(Kind::Complement, Some(current), from);
        }
        current
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
        let says = before.is_some_and(|before| says_phrase(sentence, before, from));
        if opener.kind == Kind::Relative && says && from < opener.at {
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
        let has_subject = has_subject(sentence, border.at..predicate.start);
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
        // "the ferry, | named the Sewol, | …": of what stands before, while the clause has no verb yet.
        if !border.has_and && !has_subject && self.get(current).is_some_and(|c| c.predicate.is_none()) {
            let aside = self.add(Kind::Relative, Some(current), border.at);
            if let Some(new) = self.clauses.get_mut(aside) {
                new.after_comma = true;
                new.antecedent = Some(noun_phrase_before(sentence, border.at));
            }
            return Some(aside);
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
        let is_followed =
            !sentence.class(before.end).is(Class::PREPOSITION) || begins_quantity(sentence, before.end);
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

/// Does what somebody says begin right behind the verb, with a noun?
fn says_phrase(sentence: &Tagged, before: &Predicate, from: usize) -> bool {
    says(before, from) && begins_phrase(sentence, from)
}

/// Does what is said begin right behind the verb?
fn says(before: &Predicate, from: usize) -> bool {
    before.tells() && !before.class.is(Class::ADDRESSES) && before.end == from
}

/// Does something between two commas stand right before the verb that these tokens lead to?
fn has_set_off(sentence: &Tagged, region: &Range<usize>) -> bool {
    let is_comma = |at: &usize| sentence.sign(*at) == ',' && !sentence.is_in_mention(*at);
    let Some(last) = region.end.checked_sub(1).filter(is_comma) else { return false };
    let opens = (region.start..last).find(is_comma);
    opens.is_some_and(|first| {
        sentence.class(first + 1).is(Class::OF.and(Class::DETERMINER)) || sentence.is_number(first + 1)
    })
}
