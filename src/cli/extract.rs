//! `chronotope extract`: from texts to their events.

use std::num::NonZero;
use std::path::{Component, Path, PathBuf};
use std::thread;

use anyhow::Context as _;
use chronotope::extract::Layers;
use chronotope::opening::{self, Choices};
use chronotope::store::Account;
use chronotope::time::edtf::from_typed;

use super::{Format, lines, output};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Texts (plain text, Markdown, HTML, DOCX, ODT, EPUB, PDF).
    #[arg(required_unless_present = "jsonl", conflicts_with = "jsonl")]
    files: Vec<PathBuf>,
    /// When the texts were published, for what is counted from it ("yesterday"); overrules the file.
    #[arg(long, value_name = "EDTF", conflicts_with = "jsonl")]
    date: Option<String>,
    #[arg(long, value_enum, default_value_t, conflicts_with = "jsonl")]
    format: Format,
    /// Read documents as JSON lines from standard input, `{"doc_id", "text", "dct"}`, and write what is
    /// found as JSON lines.
    #[arg(long)]
    jsonl: bool,
    /// With --jsonl: how many documents are read at once [default: as many as there are cores].
    #[arg(long, value_name = "N")]
    jobs: Option<NonZero<usize>>,
    /// With --jsonl: write only this kind; may be given more than once.
    #[arg(long, value_enum, value_name = "KIND")]
    only: Vec<Kind>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Kind {
    Time,
    Place,
    Event,
}

pub fn run(args: &Args) -> anyhow::Result<()> {
    if args.jsonl {
        let cores = || thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN);
        return lines::run(layers(&args.only), args.jobs.unwrap_or_else(cores));
    }
    // Clap lets a missing requirement pass where a conflict could excuse it.
    anyhow::ensure!(args.jobs.is_none() && args.only.is_empty(), "--jobs and --only go with --jsonl");
    let document_date = match &args.date {
        Some(date) => Some(from_typed(date).with_context(|| format!("--date {date}"))?),
        None => None,
    };
    let choices = Choices { document_date };
    let mut accounts = Vec::with_capacity(args.files.len());
    for (number, file) in args.files.iter().enumerate() {
        if args.files.len() > 1 {
            eprintln!("chronotope: {} of {}: {}", number + 1, args.files.len(), file.display());
        }
        let account = super::read(file, &choices)?;
        // Only the events format names the files of its texts.
        accounts.push(if args.format == Format::Geojson { seen_from_here(account, file) } else { account });
    }
    output::write(&opening::joined(accounts), args.format)
}

fn layers(only: &[Kind]) -> Layers {
    if only.is_empty() {
        return Layers::ALL;
    }
    let wants = |kind| only.contains(&kind);
    Layers { times: wants(Kind::Time), places: wants(Kind::Place), events: wants(Kind::Event) }
}

/// The account with its documents' files as they are found from the current folder, in which the
/// output is taken to be written.
fn seen_from_here(mut account: Account, file: &Path) -> Account {
    let folder = file.parent().unwrap_or(Path::new(""));
    for document in &mut account.documents {
        let Some(name) = &document.file else { continue };
        let path = folder.join(name);
        match below_here(&path) {
            Some(relative) => document.file = Some(relative),
            None => eprintln!(
                "chronotope: {} lies outside the current folder, and an events file finds only texts beside it or below: put it beside this one",
                path.display()
            ),
        }
    }
    account
}

/// A path below the current folder, with `/` between its parts.
fn below_here(path: &Path) -> Option<String> {
    let relative = if path.is_absolute() {
        let here = std::env::current_dir().ok()?;
        path.strip_prefix(&here).ok()?.to_owned()
    } else {
        path.to_owned()
    };
    let mut parts = Vec::new();
    for component in relative.components() {
        match component {
            Component::Normal(part) => parts.push(part.to_str()?),
            Component::CurDir => {}
            _ => return None,
        }
    }
    Some(parts.join("/"))
}
