//! Results on standard output.

use std::io::{BufWriter, ErrorKind, Write as _};

use anyhow::Context as _;
use chronotope::formats;
use chronotope::store::Account;

use super::Format;

/// The events of an account.
pub fn write(account: &Account, format: Format) -> anyhow::Result<()> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    formats::export(account, format.into(), &mut out)?;
    // A reader that has seen enough and hung up is no failure of ours.
    match out.flush() {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(error).context("the events could not be written to standard output")
        }
        _ => Ok(()),
    }
}
