//! What the command line says and does. Errors get here their last context and are told once.

mod extract;
mod lines;
mod output;
mod progress;
#[cfg(feature = "gui")]
mod render;
#[cfg(feature = "gui")]
mod window;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chronotope::formats::{self, ExportFormat};
use chronotope::opening::{self, Choices, Input};
#[cfg(feature = "gui")]
use chronotope::progress::Progress;
use chronotope::store::Account;

/// Read a text by where and when it happens: its events on a map, a timeline and the page.
#[derive(Debug, clap::Parser)]
#[command(version, args_conflicts_with_subcommands = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Sub>,
    /// Texts or events files (GeoJSON) to open side by side; without one, the bundled article.
    files: Vec<PathBuf>,
    /// Print every command that is carried out, one a line, on standard output.
    #[arg(long)]
    log_commands: bool,
    /// Close after the first frame; for measuring.
    #[arg(long, hide = true)]
    close_after_first_frame: bool,
}

#[derive(Debug, clap::Subcommand)]
enum Sub {
    /// Find the dates, places and events of texts.
    Extract(extract::Args),
    /// Print the events of a file.
    Events {
        file: PathBuf,
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Read a PDF from standard input; what this program runs to be safe from it.
    #[command(name = formats::PDF_CHILD_COMMAND, hide = true)]
    ReadPdf { limits: Vec<String> },
    /// Draw the whole window to a PNG, without a display.
    #[cfg(feature = "gui")]
    Render(render::Args),
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// The events format (data/README.md): nothing is lost.
    #[default]
    Geojson,
    /// A table, an event a row.
    Csv,
    /// A list of flat records.
    Json,
}

impl From<Format> for ExportFormat {
    fn from(format: Format) -> Self {
        match format {
            Format::Geojson => Self::Geojson,
            Format::Csv => Self::Csv,
            Format::Json => Self::Json,
        }
    }
}

/// Does what the command line asks for.
///
/// # Errors
/// What went wrong, ready to be shown.
pub fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    match cli.command {
        Some(Sub::ReadPdf { limits }) => return Ok(formats::pdf_child_main(&limits)),
        Some(Sub::Extract(args)) => extract::run(&args),
        Some(Sub::Events { file, format }) => output::write(&read(&file, &Choices::default())?, format),
        #[cfg(feature = "gui")]
        Some(Sub::Render(args)) => render::run(&args),
        #[cfg(feature = "gui")]
        None => window::open(&cli),
        #[cfg(not(feature = "gui"))]
        None => anyhow::bail!(
            "this build has no window (it was made without the feature `gui`); use `chronotope extract FILE` or `chronotope events FILE`"
        ),
    }
    .map(|()| ExitCode::SUCCESS)
}

/// Opens a file and tells what was odd in it.
fn read(file: &Path, choices: &Choices) -> anyhow::Result<Account> {
    let account = progress::told(&file.display().to_string(), |progress| {
        opening::open(&Input::File(file), choices, progress)
    })?;
    warn(&account);
    Ok(account)
}

fn warn(account: &Account) {
    for warning in &account.warnings {
        eprintln!("chronotope: {warning}");
    }
}

/// The accounts of some files, or the bundled one.
#[cfg(feature = "gui")]
fn accounts(files: &[PathBuf]) -> anyhow::Result<Vec<std::sync::Arc<Account>>> {
    use std::sync::Arc;
    if files.is_empty() {
        return Ok(vec![Arc::new(formats::bundled()?)]);
    }
    let open = |file: &PathBuf| {
        let account = opening::open(&Input::File(file), &Choices::default(), &Progress::default())?;
        Ok(Arc::new(account))
    };
    files.iter().map(open).collect()
}
