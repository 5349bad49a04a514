//! The words of the format for the program's own kinds, one table each, read in both directions.

use crate::annotation::ToponymRole;
use crate::formats::Problem;
use crate::gazetteer::PlaceKind;
use crate::store::{AnchorKind, PlaceRole, Status};

pub(super) const PLACE_KINDS: &[(&str, PlaceKind)] = &[
    ("town", PlaceKind::Town),
    ("village", PlaceKind::Village),
    ("district", PlaceKind::District),
    ("province", PlaceKind::Province),
    ("country", PlaceKind::Country),
    ("region", PlaceKind::Region),
    ("route", PlaceKind::Route),
    ("crossing", PlaceKind::Crossing),
    ("other", PlaceKind::Other),
];

pub(super) const PLACE_ROLES: &[(&str, PlaceRole)] =
    &[("location", PlaceRole::Location), ("context", PlaceRole::Context)];

pub(super) const TOPONYM_ROLES: &[(&str, ToponymRole)] = &[
    ("location", ToponymRole::Location),
    ("government", ToponymRole::Government),
    ("name-part", ToponymRole::NamePart),
    ("figurative", ToponymRole::Figurative),
    ("demonym", ToponymRole::Demonym),
    ("slip", ToponymRole::Slip),
];

pub(super) const STATUSES: &[(&str, Status)] = &[
    ("reported", Status::Reported),
    ("claimed", Status::Claimed),
    ("planned", Status::Planned),
    ("hypothetical", Status::Hypothetical),
    ("denied", Status::Denied),
];

pub(super) const ANCHOR_KINDS: &[(&str, AnchorKind)] = &[
    ("document", AnchorKind::Document),
    ("event", AnchorKind::Event),
    ("mention", AnchorKind::Mention),
    ("absolute", AnchorKind::Absolute),
];

/// What the name of an origin is in `when.rule` where a person has read the date.
pub(super) const READ_BY_HAND: &str = "read by hand";
/// The origin of an event whose file does not say how it was found.
pub(super) const GIVEN: &str = "given in the file";

/// The kind that a word of the file stands for, or what the word should have been.
pub(super) fn kind_of<T: Copy>(
    table: &[(&str, T)],
    word: &str,
    at: impl FnOnce() -> String,
) -> Result<T, Problem> {
    table.iter().find(|(known, _)| *known == word).map(|(_, kind)| *kind).ok_or_else(|| {
        let words: Vec<&str> = table.iter().map(|(word, _)| *word).collect();
        Problem::at(at(), format!("“{word}” is unknown here; expected one of {}", words.join(", ")))
    })
}

/// The word of the file for a kind.
pub(super) fn word_of<T: PartialEq>(table: &[(&'static str, T)], kind: &T) -> &'static str {
    table.iter().find(|(_, known)| known == kind).map_or("", |(word, _)| *word)
}

pub(in crate::formats) fn status_word(status: Status) -> &'static str {
    word_of(STATUSES, &status)
}
