//! Dates, places and events of a text, found by rules: no model, no network, the same every time.
//!
//! One way through: tokens → sentences → time expressions → toponyms → their resolution → events.
//! What a rule knows of a language is data (`assets/lang/en`), read once into [`Language`].

pub mod document_date;
mod endings;
pub mod events;
pub mod language;
pub mod reading;
pub mod resolve;
pub mod sentence;
mod steps;
pub mod timex;
pub mod token;
pub mod toponym;
pub mod word;

pub use document_date::DatedBy;
pub use language::Language;
pub use reading::{
    FoundEvent, PlaceMention, Positions, Reading, Resolution, Rival, Statement, TimeAnchor, TimeMention,
    TimexType, ToponymRole, WhyHere, WhyThen, WhyThere,
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

impl<'a> Inference<'a> {
    /// The date of a text that does not state its own.
    fn otherwise(self) -> Option<&'a Edtf> {
        if let Self::Otherwise(date) = self { Some(date) } else { None }
    }
}

/// Reads texts, one after another, in memory that is kept between them.
#[derive(Debug)]
pub struct Extractor<'g> {
    language: &'g Language,
    gazetteer: &'g Gazetteer,
    tokens: Vec<token::Token>,
    sentences: Vec<sentence::Sentence>,
    names: toponym::Names<'g>,
    votes: resolve::Votes,
    events: events::Memory,
}

/// Tokens for which there stays room.
const MAX_KEPT: usize = 1 << 20;

impl<'g> Extractor<'g> {
    pub fn new(language: &'g Language, gazetteer: &'g Gazetteer) -> Self {
        let names = toponym::Names::new(gazetteer);
        let (tokens, sentences, votes) = (Vec::new(), Vec::new(), resolve::Votes::default());
        Self { language, gazetteer, tokens, sentences, names, votes, events: events::Memory::default() }
    }

    /// Reads a text. The same text and setting give the same reading, byte for byte, whatever was read
    /// before; O(length).
    ///
    /// # Errors
    /// [`Cancelled`] when `progress` says that nobody wants the reading any more.
    pub fn read(
        &mut self,
        setting: &Setting,
        layers: Layers,
        progress: &Progress,
    ) -> Result<Reading, Cancelled> {
        Ok(self.read_and_date(setting, layers, Inference::Never, progress)?.0)
    }

    /// Reads a text, and where `setting` does not give its date, looks for that too: in its own words, or
    /// inferred from the dates in it. The date is `None` where the setting has one, or none is found in
    /// the text.
    ///
    /// # Errors
    /// As [`Extractor::read`].
    pub fn read_and_date(
        &mut self,
        setting: &Setting,
        layers: Layers,
        inference: Inference,
        progress: &Progress,
    ) -> Result<(Reading, Option<DatedBy>), Cancelled> {
        let Self { language, gazetteer, tokens, sentences, names, votes, events } = self;
        let text = setting.text;
        progress.begin(Stage::Extracting, text.len() as u64 * Step::ALL);
        tokens.shrink_to(MAX_KEPT);
        sentences.shrink_to(MAX_KEPT);
        token::tokenize_watched(text, &language.lexicon, progress, tokens)?;
        sentence::sentences_into(text, tokens, setting.headings, language, sentences);
        let source = Source { setting, tokens, sentences, language, progress };
        let (times, dated) = times(&source, layers, inference)?;
        let date = dated.as_ref().map(|dated| &dated.edtf);
        let document_date = setting.document_date.or(date).or(inference.otherwise());
        let setting = &Setting { document_date, ..*setting };
        let source = Source { setting, ..source };
        let places = if layers.places || layers.events {
            let toponyms = toponym::find(&source, names);
            progress.check()?;
            resolve::resolve(&source, &toponyms, names, votes)
        } else {
            Vec::new()
        };
        progress.check()?;
        let events = if layers.events {
            events::find(&source, &times, &places, gazetteer, events)
        } else {
            Vec::new()
        };
        Ok((Reading { times, places, events }, dated))
    }
}

/// The times of a text, and its date where that is wanted.
fn times(
    source: &Source,
    layers: Layers,
    inference: Inference,
) -> Result<(Vec<TimeMention>, Option<DatedBy>), Cancelled> {
    if !(layers.times || layers.events) {
        return Ok((Vec::new(), None));
    }
    let known = source.setting.document_date;
    let wants_date = known.is_none() && inference != Inference::Never;
    let stated = if wants_date { document_date::explicit(source) } else { None };
    let date = known.or(stated.as_ref().map(|dated| &dated.edtf)).or(inference.otherwise());
    let expressions = timex::expressions(source);
    source.progress.check()?;
    let setting = Setting { document_date: date, ..*source.setting };
    let source = Source { setting: &setting, ..*source };
    if !wants_date || date.is_some() {
        let times = timex::resolve(&source, expressions);
        source.progress.check()?;
        return Ok((times, stated));
    }
    // They are resolved once more where the text's date turns out to be needed.
    let times = timex::resolve(&source, expressions.clone());
    source.progress.check()?;
    let is_needed = times.iter().any(|time| time.anchor == TimeAnchor::Missing);
    if !is_needed && inference == Inference::WhereNeeded {
        return Ok((times, None));
    }
    let inferred = document_date::infer(&source, &times);
    let Some(dated) = inferred.as_ref().filter(|_| is_needed) else { return Ok((times, inferred)) };
    let setting = Setting { document_date: Some(&dated.edtf), ..setting };
    let times = timex::resolve(&Source { setting: &setting, ..source }, expressions);
    source.progress.check()?;
    Ok((times, inferred))
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
