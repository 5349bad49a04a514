//! ZIP archives within bounds, which are counted while their entries inflate: what their headers say of
//! sizes is not believed.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::formats::Problem;
use crate::progress::Progress;

const MB: u64 = 1 << 20;
const MAX_ENTRIES: usize = 10_000;
const MAX_ENTRY: u64 = 100 * MB;
const MAX_IN_ALL: u64 = 1024 * MB;
/// How much larger an entry may be than its packed bytes …
const MAX_RATIO: u64 = 100;
/// … once it is this large: little bytes of white space pack very well.
const RATIO_COUNTS_FROM: u64 = MB;
/// The end of an archive is in its last bytes: its record and a comment of at most 64 kB.
const LONGEST_END: usize = 66 << 10;

/// An archive whose entries are read by name.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// What it is called in messages.
    format: &'static str,
    n_inflated: u64,
    max_in_all: u64,
}

impl<'a> Archive<'a> {
    pub fn open(bytes: &'a [u8], format: &'static str) -> Result<Self, Problem> {
        let too_many = || unsafe_archive(&format!("it has more than {MAX_ENTRIES} entries"));
        // The list of entries is bounded before it is read.
        if declared_entries(bytes) > MAX_ENTRIES as u64 {
            return Err(too_many());
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| problem(&error, format))?;
        if zip.len() > MAX_ENTRIES {
            return Err(too_many());
        }
        Ok(Self { zip, format, n_inflated: 0, max_in_all: MAX_IN_ALL })
    }

    pub fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// What the headers say is the size of an entry, for progress only; 0 if there is none.
    pub fn declared_size(&mut self, name: &str) -> u64 {
        let index = self.zip.index_for_name(name);
        index.and_then(|index| self.zip.by_index_raw(index).ok()).map_or(0, |entry| entry.size())
    }

    /// The bytes of an entry, `None` if there is none of this name.
    pub fn read(&mut self, name: &str, progress: &Progress) -> Result<Option<Vec<u8>>, Problem> {
        let format = self.format;
        let Some(index) = self.zip.index_for_name(name) else { return Ok(None) };
        let mut entry = self.zip.by_index(index).map_err(|error| problem(&error, format))?;
        let packed = entry.compressed_size();
        let mut bytes = Vec::new();
        loop {
            let n_read = Read::by_ref(&mut entry).take(MB / 4).read_to_end(&mut bytes);
            let n_read = n_read.map_err(|error| damaged(format, &error.to_string()))? as u64;
            if n_read == 0 {
                return Ok(Some(bytes));
            }
            progress.check()?;
            let n_bytes = bytes.len() as u64;
            self.n_inflated += n_read;
            if n_bytes > MAX_ENTRY {
                return Err(unsafe_archive(&format!("an entry is larger than {} MB", MAX_ENTRY / MB)));
            }
            if self.n_inflated > self.max_in_all {
                let reason = format!("its entries are larger than {} MB in all", self.max_in_all / MB);
                return Err(unsafe_archive(&reason));
            }
            if n_bytes > RATIO_COUNTS_FROM && n_bytes / MAX_RATIO > packed {
                let reason = format!("an entry is more than {MAX_RATIO} times as large as its packed bytes");
                return Err(unsafe_archive(&reason));
            }
        }
    }

    /// An entry without which the file cannot be read.
    pub fn require(&mut self, name: &str, progress: &Progress) -> Result<Vec<u8>, Problem> {
        let format = self.format;
        self.read(name, progress)?.ok_or_else(|| damaged(format, &format!("“{name}” is missing in it")))
    }
}

/// The largest number of entries that an end record of the archive gives.
fn declared_entries(bytes: &[u8]) -> u64 {
    let tail = bytes.get(bytes.len().saturating_sub(LONGEST_END)..).unwrap_or(bytes);
    let number = |at: usize, len: usize| {
        let field = tail.get(at..at + len)?;
        Some(field.iter().rev().fold(0_u64, |number, byte| number << 8 | u64::from(*byte)))
    };
    let counts = tail.windows(4).enumerate().filter_map(|(at, magic)| match magic {
        b"PK\x05\x06" => number(at + 10, 2).filter(|count| *count != 0xFFFF),
        b"PK\x06\x06" => number(at + 32, 8),
        _ => None,
    });
    counts.max().unwrap_or(0)
}

fn unsafe_archive(reason: &str) -> Problem {
    Problem::Unsafe { reason: reason.to_owned() }
}

fn damaged(format: &'static str, reason: &str) -> Problem {
    Problem::Damaged { format, reason: reason.to_owned() }
}

fn problem(error: &ZipError, format: &'static str) -> Problem {
    match error {
        ZipError::UnsupportedArchive(reason) if *reason == ZipError::PASSWORD_REQUIRED => Problem::Locked,
        ZipError::InvalidPassword => Problem::Locked,
        error => damaged(format, &error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in entries {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn what_inflates_is_counted() {
        let spaces = vec![b' '; 3 << 20];
        let bytes = archive(&[("a", b"words"), ("b", &spaces), ("c", &spaces[..500_000])]);
        let mut archive = Archive::open(&bytes, "ZIP").unwrap();
        let progress = Progress::default();
        assert_eq!(archive.read("a", &progress).unwrap().unwrap(), b"words");
        assert!(archive.read("none", &progress).unwrap().is_none());
        assert_eq!(archive.read("c", &progress).unwrap().unwrap().len(), 500_000, "small ones may pack well");
        let error = archive.read("b", &progress).unwrap_err().to_string();
        assert!(error.contains("100 times"), "{error}");
        archive.max_in_all = 600_000;
        archive.read("a", &progress).unwrap_err();
    }

    #[test]
    fn a_long_list_is_refused_before_it_is_read() {
        let mut bytes = archive(&[("a", b"words")]);
        assert_eq!(declared_entries(&bytes), 1);
        let end = bytes.len() - 22;
        bytes[end + 10..end + 12].copy_from_slice(&10_001_u16.to_le_bytes());
        let error = Archive::open(&bytes, "ZIP").err().unwrap().to_string();
        assert!(error.contains("10000 entries"), "{error}");
    }
}
