//! What a sentence has from what stands before it: the last date, the heading, the dateline.

use super::when::is_when;
use crate::extract::sentence::Sentence;
use crate::extract::{PlaceMention, Positions, Source, TimeMention, ToponymRole};
use crate::time::Edtf;

/// Over how many sentences a date is carried.
pub const MAX_SENTENCES: u32 = 4;
/// For how many paragraphs a dateline says where.
const MAX_DATELINE_PARAGRAPHS: u32 = 3;

/// The date that a narrative has reached.
#[derive(Debug, Clone, PartialEq)]
pub struct LastTime {
    pub time: usize,
    pub edtf: Option<Edtf>,
    pub n_sentences: u32,
}

/// The heading that a sentence stands under.
#[derive(Debug, Clone, Copy, Default)]
pub struct Section {
    pub time: Option<usize>,
    pub place: Option<usize>,
    /// The heading is no more than that date or place.
    pub is_plain: bool,
}

/// Everything that is carried on.
#[derive(Debug, Clone, Default)]
pub struct Carry {
    pub last: Option<LastTime>,
    pub last_places: Positions,
    pub section: Section,
    pub dateline: Option<usize>,
    n_paragraphs: u32,
}

impl Carry {
    /// A paragraph ends what was carried from sentence to sentence.
    pub fn begin_paragraph(&mut self) {
        self.last = None;
        self.last_places.clear();
        self.n_paragraphs += 1;
    }

    pub fn next_sentence(&mut self) {
        if let Some(last) = &mut self.last {
            last.n_sentences += 1;
            if last.n_sentences > MAX_SENTENCES {
                self.last = None;
            }
        }
    }

    /// The dateline's place, while the text is still near it.
    pub fn dateline_place(&self) -> Option<usize> {
        self.dateline.filter(|_| self.n_paragraphs <= MAX_DATELINE_PARAGRAPHS)
    }

    pub fn is_lead(&self) -> bool {
        self.dateline_place().is_some()
    }

    pub fn begin_section(
        &mut self,
        sentence: &Sentence,
        times: (usize, &[TimeMention]),
        places: (usize, &[PlaceMention]),
    ) {
        let here = |place: &PlaceMention| place.role == ToponymRole::Location && place.resolution.is_some();
        let mut when = times
            .1
            .iter()
            .enumerate()
            .filter(|(_, time)| time.edtf.is_some() && (is_when(time) || times.1.len() == 1));
        let mut where_ = places.1.iter().enumerate().filter(|(_, place)| here(place));
        let only = |first: Option<usize>, is_alone: bool| first.filter(|_| is_alone);
        let time = when.next().map(|(n, _)| times.0 + n);
        let place = where_.next().map(|(n, _)| places.0 + n);
        let is_plain = is_covered(sentence, times.1, places.1);
        self.section = Section {
            time: only(time, when.next().is_none()),
            place: only(place, where_.next().is_none() && is_plain),
            is_plain,
        };
        self.last = None;
        self.last_places.clear();
    }
}

/// Is a sentence no more than a date, and a place with it: the head of a letter, an entry or a section?
pub fn is_date_line(sentence: &Sentence, times: &[TimeMention], places: &[PlaceMention]) -> bool {
    let is_dated = || times.iter().any(|time| time.edtf.is_some());
    sentence.begins_paragraph && is_dated() && is_covered(sentence, times, places)
}

/// Is a sentence hardly more than its mentions?
fn is_covered(sentence: &Sentence, times: &[TimeMention], places: &[PlaceMention]) -> bool {
    /// Commas, "the", a stop.
    const MAX_OTHER_BYTES: usize = 8;
    let spans = times.iter().map(|t| t.span).chain(places.iter().map(|p| p.span));
    let n_bytes: usize = spans.map(|s| s.end - s.start).sum();
    n_bytes + MAX_OTHER_BYTES >= sentence.span.end - sentence.span.start
}

/// The dateline at the head of a sentence ("BAKU, April 5 (AP) — …"): its place, and how many tokens it
/// takes with its dash.
pub fn dateline(
    source: &Source,
    sentence: &Sentence,
    places: (usize, &[PlaceMention]),
) -> Option<(usize, usize)> {
    const MAX_TOKENS: usize = 24;
    let text = source.text();
    let tokens = source.tokens.get(sentence.tokens.clone())?;
    let first = tokens.first()?;
    let place = places.1.first().filter(|place| place.span.start <= first.start as usize + 1)?;
    if !matches!(place.role, ToponymRole::Location | ToponymRole::Government | ToponymRole::NamePart) {
        return None;
    }
    let is_dash = |at: usize| {
        let dash = |n: usize| tokens.get(n).is_some_and(|t| matches!(t.text(text), "—" | "–" | "-"));
        let is_spaced = !tokens.get(at)?.is_joined && !tokens.get(at + 1)?.is_joined;
        let is_double = dash(at) && dash(at + 1);
        let is_long = tokens.get(at)?.text(text) == "—";
        // "Colombo: Tamil rebels stormed", "Moscow [Russia], January 3 : The ministry".
        let is_colon = tokens.get(at)?.is_sign(text, ':') && !tokens.get(at + 1)?.is_joined;
        Some(if is_double { 2 } else { usize::from(dash(at) && (is_spaced || is_long) || is_colon) })
    };
    let (at, n_dashes) =
        (0..tokens.len().min(MAX_TOKENS)).find_map(|at| is_dash(at).filter(|n| *n > 0).map(|n| (at, n)))?;
    // Before the dash stand names, dates, agencies in brackets: no small words but "of" and the like.
    let n_small = tokens.get(..at)?.iter().filter(|t| t.is_word() && !t.is_capitalised()).count();
    let is_upper = first.case == crate::extract::token::Case::Upper && first.end - first.start > 1;
    let has_bracket = tokens.get(..at)?.iter().any(|t| t.is_sign(text, '('));
    let has_date = tokens.get(..at)?.iter().any(crate::extract::token::Token::is_number);
    // "New York – The army has …": right behind the place.
    let is_next = tokens.get(at.checked_sub(1)?)?.end as usize <= place.span.end;
    (n_small == 0 && (is_upper || has_bracket || has_date || is_next)).then_some((places.0, at + n_dashes))
}
