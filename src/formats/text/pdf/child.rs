//! The child process: limits itself, reads a PDF from standard input and answers on standard output.

use std::io::{Read as _, Write as _};
use std::process::ExitCode;

use super::{Answer, load};
use crate::formats::files::MAX_DOCUMENT;

/// Page trees and forms are followed by recursion in the crates that read them.
const STACK: usize = 256 << 20;

/// Reads a PDF from standard input, writes what it says to standard output. `arguments` are those after
/// the subcommand: bytes of memory, seconds.
pub fn pdf_child_main(arguments: &[String]) -> ExitCode {
    let number = |at: usize| arguments.get(at).and_then(|written| written.parse().ok());
    limit(number(0).unwrap_or(super::LIMITS.memory), number(1).unwrap_or(super::LIMITS.time.as_secs()));
    // Whatever a panic says, it is not for the person at the window.
    std::panic::set_hook(Box::new(|_| {}));
    let worker = std::thread::Builder::new().stack_size(STACK).spawn(|| {
        let mut bytes = Vec::new();
        match std::io::stdin().lock().take(MAX_DOCUMENT + 1).read_to_end(&mut bytes) {
            Ok(_) => load::read(&bytes),
            Err(error) => Answer::Unreadable(error.to_string()),
        }
    });
    let answer = worker
        .map_err(|error| error.to_string())
        .and_then(|worker| worker.join().map_err(|_| "its contents are damaged".to_owned()))
        .unwrap_or_else(Answer::Unreadable);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let is_written = serde_json::to_writer(&mut out, &answer).is_ok() && out.flush().is_ok();
    if is_written { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Limits that the system holds this process to.
#[cfg(unix)]
fn limit(memory: u64, seconds: u64) {
    use rlimit::Resource;
    for (resource, most) in
        [(Resource::AS, memory), (Resource::CPU, seconds), (Resource::CORE, 0), (Resource::FSIZE, 0)]
    {
        // A limit that cannot be set is already lower, or unknown to the system; the parent waits anyway.
        let _ = resource.set(most, most);
    }
}

#[cfg(not(unix))]
fn limit(_memory: u64, _seconds: u64) {}
