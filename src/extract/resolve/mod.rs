//! Resolution: which place each toponym means, decided from the text as a whole.

use super::toponym::Toponym;
use super::{PlaceMention, Source};
use crate::gazetteer::Gazetteer;

/// The mentions of toponyms, each with its place where one fits.
pub fn resolve(_source: &Source, toponyms: Vec<Toponym>, _gazetteer: &Gazetteer) -> Vec<PlaceMention> {
    let unresolved =
        |t: Toponym| PlaceMention { span: t.span, role: t.role, confidence: t.confidence, resolution: None };
    toponyms.into_iter().map(unresolved).collect()
}
