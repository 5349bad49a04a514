//! PDF. The file is read by a child process of this program within limits of memory and time, for the
//! crates that read PDF can be made to panic, to overflow their stacks and never to end. What happens to
//! the child is a message.

mod child;
mod glyphs;
mod layout;
mod load;
mod repair;

use std::ffi::OsString;
use std::io::{Read as _, Write as _};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

pub use child::pdf_child_main;

use super::blocks::{Block, Blocks};
use super::dates::{DateKind, Dates};
use super::{TextFile, language_tag};
use crate::formats::Problem;
use crate::formats::files::MAX_DOCUMENT;
use crate::progress::{Progress, Stage};

/// The hidden subcommand that runs [`pdf_child_main`].
pub const PDF_CHILD_COMMAND: &str = "read-pdf";

/// What a child may use.
#[derive(Debug, Clone, Copy)]
struct Limits {
    /// Bytes of address space.
    memory: u64,
    time: Duration,
}

const LIMITS: Limits = Limits { memory: 1536 << 20, time: Duration::from_mins(1) };
/// Between two looks at the child and at whether it is still wanted.
const PAUSE: Duration = Duration::from_millis(5);

/// What the child says, as JSON: what it read, or why it could not.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
enum Answer {
    Text(Pages),
    Locked,
    Pictures,
    Unreadable(String),
}

#[derive(Debug, Default, serde::Serialize, serde::Deserialize)]
struct Pages {
    /// Paragraphs, and of headings the level (of paragraphs 0).
    paragraphs: Vec<(u8, String)>,
    title: Option<String>,
    authors: Vec<String>,
    language: Option<String>,
    created: Option<String>,
    modified: Option<String>,
    warnings: Vec<String>,
}

static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// Which program is run as the child, if it is not the running one: tests are another. The first call
/// counts.
pub fn set_pdf_program(program: PathBuf) {
    PROGRAM.get_or_init(|| program);
}

pub(super) fn read(bytes: &[u8], progress: &Progress) -> Result<TextFile, Problem> {
    // How far the child has come is not known.
    progress.begin(Stage::Reading, 0);
    let program = match PROGRAM.get() {
        Some(program) => program.clone(),
        None => std::env::current_exe().map_err(|error| unreadable(&error.to_string()))?,
    };
    let mut child = Command::new(program)
        .args(child_arguments(LIMITS))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| unreadable(&format!("its reader did not start ({error})")))?;
    let answer = ask(&mut child, bytes, LIMITS, progress);
    // A child that has ended is not disturbed by this, and none is left behind.
    let _ = child.kill();
    let _ = child.wait();
    text(answer?)
}

fn child_arguments(limits: Limits) -> [OsString; 3] {
    [PDF_CHILD_COMMAND.into(), limits.memory.to_string().into(), limits.time.as_secs().to_string().into()]
}

/// Gives the bytes to the child and waits for its answer.
fn ask(child: &mut Child, bytes: &[u8], limits: Limits, progress: &Progress) -> Result<Answer, Problem> {
    let (Some(mut to_child), Some(from_child)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(unreadable("its reader did not start"));
    };
    let started = Instant::now();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            // A child that dies before it has read all is told of by its status.
            let _ = to_child.write_all(bytes);
        });
        let answer = scope.spawn(move || {
            let mut answer = Vec::new();
            let _ = from_child.take(2 * MAX_DOCUMENT).read_to_end(&mut answer);
            answer
        });
        let status = loop {
            if let Err(cancelled) = progress.check() {
                let _ = child.kill();
                return Err(cancelled.into());
            }
            if started.elapsed() > limits.time {
                let _ = child.kill();
                return Err(unreadable(&format!("it took longer than {} seconds", limits.time.as_secs())));
            }
            // The child can only end once its answer is taken, so that is waited for first.
            if answer.is_finished() {
                break end(child);
            }
            std::thread::sleep(PAUSE);
        };
        let answer = answer.join().unwrap_or_default();
        let status = status.map_err(|error| unreadable(&error.to_string()))?;
        serde_json::from_slice(&answer).map_err(|_| unreadable(&reason_of(status)))
    })
}

/// Waits for a child whose answer was taken: it has nothing more to do. One that said too much still
/// writes, and is stopped.
fn end(child: &mut Child) -> std::io::Result<ExitStatus> {
    for _ in 0..20 {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        std::thread::sleep(PAUSE);
    }
    child.kill()?;
    child.wait()
}

/// Why a child ended without an answer.
fn reason_of(status: ExitStatus) -> String {
    #[cfg(unix)]
    {
        use std::os::unix::process::ExitStatusExt as _;
        const CPU_TIME_EXCEEDED: i32 = 24;
        match status.signal() {
            Some(CPU_TIME_EXCEEDED) => return "it took too long".to_owned(),
            Some(_) => return "its reader crashed or needed too much memory".to_owned(),
            None => {}
        }
    }
    if status.success() { "its reader gave no text".to_owned() } else { "its reader failed".to_owned() }
}

fn unreadable(reason: &str) -> Problem {
    Problem::PdfUnreadable { reason: reason.to_owned() }
}

/// The answer as a text.
fn text(answer: Answer) -> Result<TextFile, Problem> {
    let pages = match answer {
        Answer::Text(pages) => pages,
        Answer::Locked => return Err(Problem::Locked),
        Answer::Pictures => {
            return Err(Problem::NoText {
                reason: "its pages are pictures of text, as a scanner makes them. Have the text recognised (OCR) \
                         first",
            });
        }
        Answer::Unreadable(reason) => return Err(unreadable(&reason)),
    };
    let mut blocks = Blocks::default();
    for (level, words) in &pages.paragraphs {
        blocks.push(words);
        blocks.end(if *level == 0 { Block::Paragraph } else { Block::Heading(*level) });
    }
    let mut dates = Dates::default();
    for (written, kind, key) in [
        (&pages.created, DateKind::Created, "CreationDate"),
        (&pages.modified, DateKind::Modified, "ModDate"),
    ] {
        dates.add(written.as_deref().unwrap_or_default(), kind, format!("the PDF's properties ({key})"));
    }
    Ok(TextFile {
        title: pages.title,
        authors: pages.authors,
        language: pages.language.as_deref().and_then(language_tag),
        dates: dates.finish(),
        warnings: pages.warnings,
        ..blocks.finish()
    })
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;

    /// What is said of a child that does something else than to read.
    fn said(script: &str, progress: &Progress) -> String {
        let limits = Limits { memory: 0, time: Duration::from_millis(300) };
        let mut command = Command::new("sh");
        command.args(["-c", script]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let said = ask(&mut child, &vec![b' '; 1 << 20], limits, progress).unwrap_err().to_string();
        let _ = child.kill();
        child.wait().unwrap();
        said
    }

    #[test]
    fn the_death_of_a_child_is_a_message() {
        for (script, expected) in [
            ("exec sleep 20", "took longer than"),
            ("cat >/dev/null; exec sleep 20", "took longer than"),
            ("kill -9 $$", "crashed or needed too much memory"),
            ("kill -XCPU $$", "took too long"),
            ("exit 3", "its reader failed"),
            ("echo words", "gave no text"),
            ("exec cat /dev/zero", ""),
        ] {
            let said = said(script, &Progress::default());
            assert!(
                said.starts_with("the PDF could not be read: ") && said.contains(expected),
                "{script}: {said}"
            );
        }
        let progress = Progress::default();
        progress.cancel();
        assert!(said("exec sleep 20", &progress).contains("was stopped"));
    }
}
