//! Reading files within bounds: so much and no more, and documents only from beside their events file.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::{Component, Path, PathBuf};

use super::Problem;
use crate::progress::{Progress, Stage};

pub(super) const MB: u64 = 1 << 20;
/// The largest events file that is read.
const MAX_EVENTS_FILE: u64 = 512 * MB;
/// The largest text that is read.
pub(super) const MAX_DOCUMENT: u64 = 100 * MB;

/// The bytes of an events file.
pub(super) fn read_events_file(path: &Path) -> Result<Vec<u8>, Problem> {
    if std::fs::metadata(path).map_err(unreadable)?.is_dir() {
        return Err(Problem::IsDirectory);
    }
    read_up_to(path, MAX_EVENTS_FILE).map_err(|error| match error.kind() {
        ErrorKind::FileTooLarge => Problem::TooLarge(MAX_EVENTS_FILE / MB),
        _ => unreadable(error),
    })
}

/// The bytes of a text that a person opens, with a word on how far it has come at every MB.
pub(super) fn read_text_file(path: &Path, progress: &Progress) -> Result<Vec<u8>, Problem> {
    let metadata = std::fs::metadata(path).map_err(unreadable)?;
    if metadata.is_dir() {
        return Err(Problem::IsDirectory);
    }
    if !metadata.is_file() {
        // A pipe or a device may never end, and may not answer at all.
        return Err(Problem::NotText { found: "a device or a pipe", advice: "Give a plain file".to_owned() });
    }
    progress.begin(Stage::Reading, metadata.len());
    let mut file = File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    loop {
        let n_read = Read::by_ref(&mut file).take(MB).read_to_end(&mut bytes).map_err(unreadable)?;
        progress.reach(bytes.len() as u64)?;
        if bytes.len() as u64 > MAX_DOCUMENT {
            return Err(Problem::TooLarge(MAX_DOCUMENT / MB));
        }
        if n_read == 0 {
            return Ok(bytes);
        }
    }
}

fn unreadable(error: io::Error) -> Problem {
    match error.kind() {
        ErrorKind::NotFound => Problem::Missing,
        ErrorKind::IsADirectory => Problem::IsDirectory,
        _ => Problem::Unreadable(error),
    }
}

/// The bytes of a document: a plain file in `folder` or below, wherever links may lead.
///
/// An events file from elsewhere must not make the program show other files of this machine.
pub(super) fn read_document(folder: &Path, relative: &Path) -> io::Result<Vec<u8>> {
    let folder = folder.canonicalize()?;
    let path = folder.join(relative).canonicalize()?;
    if !path.starts_with(&folder) {
        return Err(io::Error::new(ErrorKind::PermissionDenied, "it lies outside the events file's folder"));
    }
    if !path.metadata()?.is_file() {
        return Err(io::Error::new(ErrorKind::InvalidInput, "it is not a file"));
    }
    read_up_to(&path, MAX_DOCUMENT).map_err(|error| match error.kind() {
        ErrorKind::FileTooLarge => {
            io::Error::new(ErrorKind::FileTooLarge, format!("it is larger than {} MB", MAX_DOCUMENT / MB))
        }
        _ => error,
    })
}

/// A relative path that stays below where it starts, from a path written with `/`.
pub(super) fn relative_path(written: &str) -> Result<PathBuf, &'static str> {
    if written.is_empty() || written.contains(['\\', '\0']) {
        return Err("it is not a path with / between its folders");
    }
    let path = PathBuf::from(written);
    let stays_below = path.components().all(|c| matches!(c, Component::Normal(_) | Component::CurDir));
    if stays_below { Ok(path) } else { Err("it lies outside the events file's folder") }
}

fn read_up_to(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    // The size that the file system gives may be wrong or may grow: count what is really read.
    File::open(path)?.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit { Err(ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}
