//! Dates, places and events of a text, found by rules: no model, no network, the same every time.
//!
//! One way through: tokens → sentences → time expressions → toponyms → their resolution → events.
//! What a rule knows of a language is data (`assets/lang/en`), read once into [`Language`].

pub mod document_date;
pub mod events;
pub mod language;
pub mod reading;
pub mod resolve;
pub mod sentence;
pub mod timex;
pub mod token;
pub mod toponym;
pub mod word;

pub use document_date::DatedBy;
pub use language::Language;
pub use reading::{
    FoundEvent, PlaceMention, Positions, Reading, Resolution, Rival, Statement, TimeAnchor, TimeMention, TimexType,
    ToponymRole, WhyHere, WhyThen, WhyThere,
};

use crate::document::Span;
use crate::gazetteer::Gazetteer;
use crate::progress::{Cancelled, Progress, Stage};
use crate::time::Edtf;

/// A text to be read, and what is known of it beforehand.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    pub text: &'a str,
    /// In text order; empty where none are known.
    pub headings: &'a [Span],
    /// When it was written or published: what "yesterday" is counted from.
    pub document_date: Option<&'a Edtf>,
}

/// Which layers are wanted; the rest is not computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layers {
    pub times: bool,
    pub places: bool,
    pub events: bool,
}

impl Layers {
    pub const ALL: Self = Self { times: true, places: true, events: true };
}

/// Reads a text. The same text and setting give the same reading, byte for byte; O(length).
///
/// # Errors
/// [`Cancelled`] when `progress` says that nobody wants the reading any more.
pub fn read(
    setting: &Setting,
    layers: Layers,
    language: &Language,
    gazetteer: &Gazetteer,
    progress: &Progress,
) -> Result<Reading, Cancelled> {
    Ok(read_and_date(setting, layers, Inference::Never, language, gazetteer, progress)?.0)
}

/// When a text that does not say its own date has it inferred from the dates in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inference<'a> {
    /// It is not even looked for.
    Never,
    /// Never: where the text does not state its date, it is this one.
    Otherwise(&'a Edtf),
    /// Where a relative date has nothing to be counted from.
    WhereNeeded,
    Always,
}

/// Reads a text, and where `setting` does not give its date, looks for that too: in its own words, or
/// inferred from the dates in it. The date is `None` where the setting has one, or none is found in the text.
///
/// # Errors
/// As [`read`].
pub fn read_and_date(
    setting: &Setting,
    layers: Layers,
    inference: Inference,
    language: &Language,
    gazetteer: &Gazetteer,
    progress: &Progress,
) -> Result<(Reading, Option<DatedBy>), Cancelled> {
    let text = setting.text;
    progress.begin(Stage::Extracting, text.len() as u64 * Step::ALL);
    let tokens = token::tokenize_watched(text, &language.lexicon, progress)?;
    let sentences = sentence::sentences(text, &tokens, setting.headings, language);
    let source = Source { setting, tokens: &tokens, sentences: &sentences, language, progress };
    let wants_times = layers.times || layers.events;
    let wants_date = wants_times && setting.document_date.is_none() && inference != Inference::Never;
    let mut dated = if wants_date { document_date::explicit(&source) } else { None };
    let stated = dated.as_ref().map(|dated| dated.edtf.clone());
    let otherwise = if let Inference::Otherwise(date) = inference { Some(date) } else { None };
    let stated = stated.as_ref().or(setting.document_date).or(otherwise);
    let setting = &Setting { document_date: stated, ..*setting };
    let source = Source { setting, ..source };
    let expressions = wants_times.then(|| timex::expressions(&source));
    progress.check()?;
    // They are resolved once more where the text's date turns out to be needed.
    let may_infer = wants_date && setting.document_date.is_none();
    let again = if may_infer { expressions.clone() } else { None };
    let mut times = expressions.map_or_else(Vec::new, |found| timex::resolve(&source, found));
    progress.check()?;
    let is_needed = times.iter().any(|time| time.anchor == TimeAnchor::Missing);
    let is_inferred = may_infer
        && (inference == Inference::Always || (inference == Inference::WhereNeeded && is_needed));
    if is_inferred {
        dated = document_date::infer(&source, &times);
    }
    let inferred = dated.as_ref().filter(|_| is_inferred).map(|dated| dated.edtf.clone());
    let setting = &Setting { document_date: inferred.as_ref().or(setting.document_date), ..*setting };
    let source = Source { setting, ..source };
    if let Some(expressions) = again.filter(|_| is_needed && inferred.is_some()) {
        times = timex::resolve(&source, expressions);
        progress.check()?;
    }
    let places = if layers.places || layers.events {
        let toponyms = toponym::find(&source, gazetteer);
        progress.check()?;
        resolve::resolve(&source, toponyms)
    } else {
        Vec::new()
    };
    progress.check()?;
    let events = if layers.events { events::find(&source, &times, &places, gazetteer) } else { Vec::new() };
    Ok((Reading { times, places, events }, dated))
}

/// A text cut up: what every recogniser reads.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    pub setting: &'a Setting<'a>,
    pub tokens: &'a [token::Token],
    pub sentences: &'a [sentence::Sentence],
    pub language: &'a Language,
    pub progress: &'a Progress,
}

/// What a reading goes through its text for, again and again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Tokens come before it.
    Times = 1,
    Places,
    Events,
}

impl Step {
    /// With that of the tokens.
    const ALL: u64 = 4;
}

impl<'a> Source<'a> {
    pub fn text(&self) -> &'a str {
        self.setting.text
    }

    /// Reports that a step has come to a byte of the text. Is it still wanted? If not, end it with what
    /// there is, which nobody will see.
    pub fn goes_on(&self, step: Step, byte: usize) -> bool {
        let done = step as u64 * self.text().len() as u64 + byte as u64;
        self.progress.reach(done).is_ok()
    }
}
