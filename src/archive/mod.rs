//! Documents as JSON lines in, what is found in them as JSON lines out.
//!
//! No record knows of another: the same line gives the same bytes wherever and whenever it is read, so
//! that any number of workers can share an archive. The members are in `data/README.md`.

mod json;
mod record;
mod write;
mod written_places;

use crate::extract::{Extractor, Inference, Language, Layers, Setting};
use crate::gazetteer::Gazetteer;
use crate::progress::Progress;
use crate::time::Edtf;

pub use record::{DocId, Record};

/// Reads lines, one after another, in memory that is kept between them.
#[derive(Debug)]
pub struct Filter {
    /// Which kinds are written.
    only: Layers,
    extractor: Extractor<'static>,
    gazetteer: &'static Gazetteer,
    progress: Progress,
    kept: write::Kept,
}

/// What became of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Read,
    Blank,
    /// A record of kind `error` says why.
    Bad,
}

impl Filter {
    pub fn new(only: Layers) -> Self {
        Self {
            only,
            extractor: Extractor::new(Language::english(), Gazetteer::embedded()),
            gazetteer: Gazetteer::embedded(),
            progress: Progress::default(),
            kept: write::Kept::default(),
        }
    }

    /// Reads a line (with or without its end), the `number`th from 1, and adds to `out` what is found
    /// in it: times, places, events, each in text order.
    pub fn line(&mut self, line: &[u8], number: u64, out: &mut Vec<u8>) -> Outcome {
        let line = if number == 1 { line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line) } else { line };
        if line.iter().all(u8::is_ascii_whitespace) {
            return Outcome::Blank;
        }
        match record::parse(line) {
            Ok(record) => {
                self.document(&record, number, out);
                Outcome::Read
            }
            Err((doc_id, message)) => {
                write::problem(doc_id.as_ref(), "error", number, &message, out);
                Outcome::Bad
            }
        }
    }

    /// Adds to `out` that a line could not be read; `beginning` is as much of it as is known.
    pub fn unreadable(beginning: &[u8], number: u64, message: &str, out: &mut Vec<u8>) {
        write::problem(record::doc_id_of(beginning).as_ref(), "error", number, message, out);
    }

    fn document(&mut self, record: &Record, number: u64, out: &mut Vec<u8>) {
        let date = match record.document_date() {
            Ok(date) => date,
            Err(message) => {
                write::problem(Some(&record.doc_id), "warning", number, &message, out);
                None
            }
        };
        let text: &str = &record.text;
        let setting = Setting { text, headings: &[], document_date: date.as_ref() };
        let read = self.extractor.read_and_date(&setting, self.only, Inference::WhereNeeded, &self.progress);
        // Nobody cancels this progress.
        let Ok((reading, _)) = read else { return };
        let (doc_id, gazetteer, kept) = (&record.doc_id, self.gazetteer, &mut self.kept);
        write::Found { text, reading: &reading, doc_id, gazetteer, kept }.write(self.only, out);
    }
}

/// The date of a document as archives write it: EDTF, ISO 8601 with a time, or in words.
///
/// # Errors
/// What to write instead.
pub fn document_date(written: &str) -> Result<Option<Edtf>, String> {
    record::date(written)
}
