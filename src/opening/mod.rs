//! Any file to an account: an events file as it is, a text by what is found in it.

mod assemble;
mod english;
mod join;
mod places;
mod sniff;
mod words;

use std::path::Path;
use std::sync::Arc;

use crate::document::{Document, DocumentDate, Span, segment};
use crate::extract::{Extractor, Inference, Language, Layers, Setting};
use crate::formats::text::{DateKind, FileDate, TextFile};
use crate::formats::{self, OpenError, Problem};
use crate::gazetteer::Gazetteer;
use crate::progress::{Progress, Stage};
use crate::store::Account;
use crate::time::Edtf;

pub use join::joined;

/// Something that can be opened.
#[derive(Debug, Clone, PartialEq)]
pub enum Input<'a> {
    /// An events file or a document.
    File(&'a Path),
    /// Pasted text.
    Pasted(&'a str),
}

/// What the person says of a document; it overrules what its file says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Choices {
    pub document_date: Option<Edtf>,
}

/// Opens anything: an events file as it is, a document by reading it for dates, places and events.
///
/// # Errors
/// What is wrong with the file, or that it was stopped; then nothing has changed.
pub fn open(input: &Input, choices: &Choices, progress: &Progress) -> Result<Account, OpenError> {
    match input {
        Input::File(path) if sniff::is_events_file(path) => {
            progress.begin(Stage::Reading, 0);
            formats::open(path)
        }
        Input::File(path) => {
            let file = formats::read_text_file(path, progress)?;
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let account = read(file, &name, choices, progress);
            account
                .map(|account| Account { path: Some((*path).to_owned()), ..account })
                .map_err(|problem| OpenError { path: (*path).to_owned(), problem })
        }
        Input::Pasted(text) => formats::text_from_bytes(text.as_bytes(), "", progress)
            .and_then(|file| read(file, "", choices, progress))
            .map_err(|problem| OpenError { path: PASTED.into(), problem }),
    }
}

/// Stands for the file of a text that has none.
const PASTED: &str = "Pasted text";

/// Reads the one document of an account again with another date. Headings, title and source stay.
///
/// # Errors
/// That it was stopped.
pub fn reread(account: &Arc<Account>, date: &Edtf, progress: &Progress) -> Result<Account, OpenError> {
    let Some(document) = account.documents.first() else { return Ok(Account::clone(account)) };
    let document = Document { published: Some(given(date)), ..document.clone() };
    let read = find(document, Inference::Never, progress);
    let path = account.path.clone();
    read.map(|read| Account {
        title: account.title.clone(),
        path: path.clone(),
        warnings: account.warnings.clone(),
        ..read
    })
    .map_err(|problem| OpenError { path: path.unwrap_or_else(|| PASTED.into()), problem })
}

fn given(date: &Edtf) -> DocumentDate {
    DocumentDate { edtf: date.clone(), reason: "given by the reader".to_owned() }
}

/// From the text of a file to what is found in it. `name`: of the file, empty where there is none.
fn read(file: TextFile, name: &str, choices: &Choices, progress: &Progress) -> Result<Account, Problem> {
    let headings: Vec<Span> = if file.headings.is_empty() {
        segment::headings(&file.text)
    } else {
        file.headings.iter().map(|heading| heading.span).collect()
    };
    progress.check()?;
    let mut warnings = file.warnings;
    let reads_as_english = english::reads_as_english(&file.text);
    if reads_as_english == Some(false) {
        warnings.push(words::not_english(file.language.as_deref()));
    }
    let title = title(file.title.as_deref(), &file.text, &headings, name);
    let published = choices.document_date.as_ref().map(given);
    let of_kind = |published: bool| file.dates.iter().find(|d| (d.kind == DateKind::Published) == published);
    let published = published.or_else(|| of_kind(true).map(of_file));
    // When a file was made or changed says less than a date at the head of its text.
    let otherwise = of_kind(false).map(of_file);
    let source = if file.authors.is_empty() {
        if name.is_empty() { PASTED.to_owned() } else { name.to_owned() }
    } else {
        file.authors.join(", ")
    };
    let document = Document {
        id: format!("text-{}", file.sha256.get(..12).unwrap_or_default()),
        title: title.clone(),
        file: Some(name.to_owned()).filter(|name| !name.is_empty()),
        media_type: if file.media_type == "text/plain" { String::new() } else { file.media_type.to_owned() },
        language: match (file.language, reads_as_english) {
            (Some(language), _) => language,
            (None, Some(true)) => "en".to_owned(),
            (None, _) => String::new(),
        },
        source,
        text: file.text.into(),
        sha256: file.sha256,
        published,
        headings,
        missing: None,
    };
    let inference = otherwise.as_ref().map_or(Inference::Always, |date| Inference::Otherwise(&date.edtf));
    let mut account = find(document, inference, progress)?;
    if let Some(document) = account.documents.first_mut()
        && document.published.is_none()
    {
        document.published = otherwise;
    }
    Ok(Account { title, warnings, ..account })
}

/// Finds what is in a document whose date is known, or found with the rest.
fn find(mut document: Document, inference: Inference, progress: &Progress) -> Result<Account, Problem> {
    let gazetteer = Gazetteer::embedded();
    let setting = Setting {
        text: &document.text,
        headings: &document.headings,
        document_date: document.published.as_ref().map(|published| &published.edtf),
    };
    let (reading, dated) = Extractor::new(Language::english(), gazetteer).read_and_date(
        &setting,
        Layers::ALL,
        inference,
        progress,
    )?;
    if let Some(dated) = dated {
        document.published = Some(DocumentDate { edtf: dated.edtf, reason: dated.reason });
    }
    Ok(assemble::account(document, &reading, gazetteer, progress)?)
}

fn of_file(date: &FileDate) -> DocumentDate {
    DocumentDate { edtf: date.edtf.clone(), reason: date.reason.clone() }
}

/// What the file calls it, else the heading it begins with, else the name of the file.
fn title(given: Option<&str>, text: &str, headings: &[Span], name: &str) -> String {
    let begins = |span: &&Span| text.get(..span.start).is_some_and(|before| before.trim().is_empty());
    let first = headings.first().filter(begins).map(|span| span.slice(text));
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let words = given.or(first).unwrap_or(stem).split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() { PASTED.to_owned() } else { words }
}

#[cfg(test)]
mod tests;
