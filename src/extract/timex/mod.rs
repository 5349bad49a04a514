//! Time expressions: TIMEX3 with EDTF.
//!
//! Words (`assets/lang/en/time-words.txt`) are in classes; rules (`time-rules.txt`) are patterns of classes.
//! A token is looked at for its class alone unless an expression can begin with it and the next. What is
//! found is taken apart (`parts`), checked (`guards`) and put on the calendar in text order
//! (`normalize`).

mod amounts;
mod anchor;
mod around;
mod bare;
mod beginnings;
mod figures;
mod guards;
mod holiday;
mod hours;
mod link;
mod masks;
mod meet;
mod normalize;
mod parts;
mod pattern;
mod point;
mod program;
mod rules;
mod scan;
mod sorts;
mod story;
mod tried;
mod units;
mod words;
mod years;

pub use rules::Rules;

use self::anchor::Telling;
use self::figures::Reader;
use self::meet::Met;
use self::normalize::{Normal, Normalizer};
use self::parts::Parts;
use super::{Source, TimeAnchor, TimeMention};
use crate::document::Span;
use crate::time::Edtf;

const WORDS: &str = include_str!("../../../assets/lang/en/time-words.txt");
const RULES: &str = include_str!("../../../assets/lang/en/time-rules.txt");

/// The time expressions of a text as they stand, in text order: not yet resolved.
#[derive(Debug, Clone)]
pub struct Expressions<'r>(Vec<(Met<'r>, Parts)>);

/// The time expressions of a text. What they mean is another question, as the date of the text may be.
pub fn expressions<'r>(source: &Source<'r>) -> Expressions<'r> {
    let rules = &source.language.timex;
    Expressions(scan::scan(&Reader { source, words: &rules.words }, rules))
}

/// What the expressions of a text mean, in text order; those that have no meaning are left out.
pub fn resolve(source: &Source, expressions: Expressions) -> Vec<TimeMention> {
    let reader = Reader { source, words: &source.language.timex.words };
    let Expressions(mut found) = expressions;
    if found.is_empty() {
        return Vec::new();
    }
    link::years_of_era(&mut found);
    let telling = Telling::of(&reader, &found);
    found.retain(|(met, _)| {
        (!met.rule.only_in_history || telling.is_history) && !link::is_connective(&reader, telling, met)
    });
    link::years_from_behind(&reader, &mut found);
    link::amounts_before_clauses(&reader, telling, &mut found);
    link::ranges_of_shifts(&reader, &mut found);
    link::parts_of_clocks(&mut found);
    link::sets_go_on(&reader, &mut found);
    let mut normals = normals(&reader, telling, &found);
    link::ranges(&reader, &found, &mut normals);
    mentions(&reader, &found, normals)
}

/// Both at once.
pub fn find(source: &Source) -> Vec<TimeMention> {
    resolve(source, expressions(source))
}

/// What each expression means. A time of day waits for the day behind it ("at 5:34 on March 20").
fn normals(reader: &Reader, telling: Telling, found: &[(Met, Parts)]) -> Vec<Option<Normal>> {
    let mut normalizer = Normalizer::new(reader, telling);
    let mut normals: Vec<Option<Normal>> = vec![None; found.len()];
    let mut n = 0;
    while n < found.len() {
        let n_clocks = link::clocks_of_one_day(reader, found, n);
        let order = (n_clocks > 0).then_some(n + n_clocks).into_iter().chain(n..n + n_clocks.max(1));
        for at in order {
            let Some((met, parts)) = found.get(at) else { continue };
            let normal = normalizer.normal(met, parts);
            if let Some(normal) = &normal {
                let is_reference = link::is_reference(reader, telling, met, parts);
                normalizer.remember(normal, at, (met, parts), is_reference);
            }
            if let Some(slot) = normals.get_mut(at) {
                *slot = normal;
            }
        }
        n += n_clocks + 1;
    }
    normals
}

fn mentions(reader: &Reader, found: &[(Met, Parts)], normals: Vec<Option<Normal>>) -> Vec<TimeMention> {
    // Anchors count all expressions; those without a meaning are left out.
    let mut position = 0;
    let positions: Vec<usize> = normals
        .iter()
        .map(|normal| {
            let here = position;
            position += usize::from(normal.is_some());
            here
        })
        .collect();
    let mut mentions = Vec::with_capacity(position);
    for ((met, parts), normal) in found.iter().zip(normals) {
        let Some(normal) = normal else { continue };
        let (Some(first), Some(last)) = (reader.token(met.start), reader.token(met.end.wrapping_sub(1)))
        else {
            continue;
        };
        let anchor = match normal.anchor {
            TimeAnchor::Mention(at) => {
                positions.get(at).map_or(TimeAnchor::Missing, |at| TimeAnchor::Mention(*at))
            }
            anchor => anchor,
        };
        mentions.push(TimeMention {
            span: Span { start: first.start as usize, end: last.end as usize },
            timex_type: normal.timex_type,
            value: normal.value,
            edtf: normal.edtf.and_then(|edtf| Edtf::parse_owned(edtf).ok()),
            anchor,
            relation: normal.relation,
            rule: met.rule.name,
            confidence: link::confidence(met, parts, anchor),
            is_adverbial: !met.rule.is_name && !link::is_in_name(reader, met, parts),
        });
    }
    mentions
}
