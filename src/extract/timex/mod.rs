//! Time expressions: TIMEX3 with EDTF.
//!
//! Words (`assets/lang/en/time-words.txt`) are in classes; rules (`time-rules.txt`) are patterns of classes.
//! A token is looked at for its class alone unless an expression can begin with it and the next. What is
//! found is taken apart ([`parts`]), checked ([`guards`]) and put on the calendar in text order
//! ([`normalize`]).

mod amounts;
mod anchor;
mod figures;
mod guards;
mod holiday;
mod link;
mod normalize;
mod parts;
mod pattern;
mod point;
mod rules;
mod scan;
mod words;

pub use rules::Rules;

use self::anchor::Telling;
use self::figures::Reader;
use self::normalize::Normalizer;
use self::rules::Means;
use super::{Source, TimeMention};
use crate::document::Span;
use crate::time::Edtf;

const WORDS: &str = include_str!("../../../assets/lang/en/time-words.txt");
const RULES: &str = include_str!("../../../assets/lang/en/time-rules.txt");

/// The time expressions of a text, in text order, resolved.
pub fn find(source: &Source) -> Vec<TimeMention> {
    let rules = &source.language.timex;
    let reader = Reader { source, words: &rules.words };
    let mut found = scan::scan(&reader, rules);
    let telling = Telling::of(&reader, &found);
    found.retain(|(met, _)| {
        !(met.rule.only_in_history && !telling.is_history || met.rule.only_in_news && telling.is_history)
    });
    link::years_from_behind(&reader, &mut found);
    let mut normalizer = Normalizer::new(&reader, telling);
    let mut mentions: Vec<TimeMention> = Vec::with_capacity(found.len());
    let mut clocks_before = Vec::new();
    for (n, (met, parts)) in found.iter().enumerate() {
        let _ = n;
        let Some(normal) = normalizer.normal(met, parts) else { continue };
        let (Some(first), Some(last)) = (reader.token(met.start), reader.token(met.end.wrapping_sub(1)))
        else {
            continue;
        };
        let is_name = met.rule.is_name || link::is_in_name(&reader, met, parts);
        let is_reference = link::is_reference(&reader, met, parts);
        normalizer.remember(&normal, mentions.len(), is_reference);
        if met.rule.means == Means::Clock {
            clocks_before.push(mentions.len());
        }
        let mention = TimeMention {
            span: Span { start: first.start as usize, end: last.end as usize },
            timex_type: normal.timex_type,
            value: normal.value,
            edtf: normal.edtf.and_then(|edtf| Edtf::parse(&edtf).ok()),
            anchor: normal.anchor,
            relation: normal.relation,
            rule: met.rule.name,
            confidence: link::confidence(met, parts, normal.anchor),
            is_adverbial: !is_name,
        };
        mentions.push(mention);
    }
    mentions
}
