//! Plain text: its bytes decoded, and nothing else.

use super::{TextFile, decode};
use crate::formats::Problem;
use crate::progress::Progress;

pub(super) fn read(bytes: &[u8], progress: &Progress) -> Result<TextFile, Problem> {
    let decoded = decode::decode(bytes, None, progress)?;
    Ok(TextFile { text: decoded.text, warnings: decoded.warnings, ..TextFile::default() })
}
