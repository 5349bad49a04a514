//! The events format (`data/README.md`): GeoJSON whose features are events, with foreign members for
//! documents, places and mentions. Plain GeoJSON opens too.

mod locate;
mod model;
mod plain;
mod read;
mod shape;
mod texts;
mod vocabulary;
mod warnings;
mod write;

use std::io;
use std::path::Path;

pub(super) use vocabulary::status_word;
pub(super) use write::write;

use super::Problem;
use crate::store::Account;

/// The version of the format that this program reads and writes.
const VERSION: u64 = 1;

/// Reads an events file.
///
/// `load_text` gives the bytes of a document from its path relative to the events file; it is only
/// asked for paths that lead to the same folder or below. `file_stem` is the title of an account that
/// has none.
pub fn parse(
    bytes: &[u8],
    file_stem: &str,
    load_text: impl Fn(&Path) -> io::Result<Vec<u8>>,
) -> Result<Account, Problem> {
    let text = decode(bytes)?;
    check_head(text)?;
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let collection: model::Collection = serde_path_to_error::deserialize(&mut deserializer)
        .map_err(|error| Problem::json(error.inner(), error.path().to_string()))?;
    read::account(collection, file_stem, &load_text)
}

/// The text of a file in UTF-8, with or without a byte order mark.
fn decode(bytes: &[u8]) -> Result<&str, Problem> {
    let hint = match bytes {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => ", but UTF-16",
        [0x1F, 0x8B, ..] => ", but compressed (gzip)",
        [b'P', b'K', 3, 4, ..] => ", but a ZIP archive",
        _ => "",
    };
    let text =
        std::str::from_utf8(bytes).map_err(|error| Problem::NotUtf8 { byte: error.valid_up_to(), hint })?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    if text.trim().is_empty() { Err(Problem::Empty) } else { Ok(text) }
}

/// Whether the file is a feature collection of a version known here, before its members are judged.
fn check_head(text: &str) -> Result<(), Problem> {
    let not_one = |found: String| Problem::NotFeatureCollection { found };
    if !text.trim_start().starts_with('{') {
        // Serde would take a list for an object; broken JSON should be called so.
        serde_json::from_str::<serde::de::IgnoredAny>(text).map_err(|e| Problem::json(&e, String::new()))?;
        let found = if text.trim_start().starts_with('[') { "a list" } else { "a single value" };
        return Err(not_one(format!("{found}, not an object")));
    }
    let head: model::Head = serde_json::from_str(text).map_err(|e| Problem::json(&e, String::new()))?;
    match head.kind {
        Some(serde_json::Value::String(kind)) if kind == "FeatureCollection" => {}
        Some(serde_json::Value::String(kind)) => return Err(not_one(format!("its “type” is “{kind}”"))),
        Some(_) => return Err(not_one("its “type” is not a string".to_owned())),
        None => return Err(not_one("has no “type”".to_owned())),
    }
    match head.chronotope.as_ref().map(|v| v.as_u64().ok_or(v)) {
        None | Some(Ok(VERSION)) => Ok(()),
        Some(Ok(newer)) if newer > VERSION => Err(Problem::NewerVersion(newer)),
        Some(Ok(other)) => Err(Problem::at("chronotope", format!("{other} is no version; expected 1"))),
        Some(Err(other)) => Err(Problem::at("chronotope", format!("expected the number 1, found {other}"))),
    }
}
