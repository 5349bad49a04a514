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
    FoundEvent, PlaceMention, Reading, Resolution, Rival, Statement, TimeAnchor, TimeMention, TimexType,
    ToponymRole, WhyHere, WhyThen, WhyThere,
};

use crate::document::Span;
use crate::gazetteer::Gazetteer;
use crate::progress::{Cancelled, Progress};
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
    let text = setting.text;
    let tokens = token::tokenize(text, &language.lexicon);
    progress.check()?;
    let sentences = sentence::sentences(text, &tokens, setting.headings, language);
    let source = Source { setting, tokens: &tokens, sentences: &sentences, language };
    let times = if layers.times || layers.events { timex::find(&source) } else { Vec::new() };
    progress.check()?;
    let places = if layers.places || layers.events {
        let toponyms = toponym::find(&source, gazetteer);
        progress.check()?;
        resolve::resolve(&source, toponyms)
    } else {
        Vec::new()
    };
    progress.check()?;
    let events = if layers.events { events::find(&source, &times, &places, gazetteer) } else { Vec::new() };
    Ok(Reading { times, places, events })
}

/// A text cut up: what every recogniser reads.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    pub setting: &'a Setting<'a>,
    pub tokens: &'a [token::Token],
    pub sentences: &'a [sentence::Sentence],
    pub language: &'a Language,
}

impl<'a> Source<'a> {
    pub fn text(&self) -> &'a str {
        self.setting.text
    }
}
