//! Recognition: what in a text is the name of a place.

use super::word::Lexicon;
use super::{Source, ToponymRole};
use crate::document::Span;
use crate::gazetteer::Gazetteer;

#[derive(Debug)]
pub struct Words {}

impl Words {
    pub fn english(_lexicon: &mut Lexicon) -> Self {
        Self {}
    }
}

/// A toponym as it stands, not yet resolved.
#[derive(Debug, Clone, PartialEq)]
pub struct Toponym {
    pub span: Span,
    pub role: ToponymRole,
    pub confidence: f32,
}

/// The toponyms of a text, in text order.
pub fn find(_source: &Source, _gazetteer: &Gazetteer) -> Vec<Toponym> {
    Vec::new()
}
