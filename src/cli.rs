//! What the command line says and does. Errors get here their last context and are told once.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
#[cfg(feature = "gui")]
use std::sync::Arc;

use anyhow::Context as _;
use chronotope::formats::{self, ExportFormat};
#[cfg(feature = "gui")]
use chronotope::store::Account;

/// Read a text by where and when it happens: its events on a map, a timeline and the page.
#[derive(Debug, clap::Parser)]
#[command(version, args_conflicts_with_subcommands = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Sub>,
    /// Events files (GeoJSON) to open side by side; without one, the bundled article.
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

#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
enum Format {
    #[default]
    Geojson,
    Csv,
    Json,
}

/// Does what the command line asks for.
///
/// # Errors
/// What went wrong, ready to be shown.
pub fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    match cli.command {
        Some(Sub::ReadPdf { limits }) => return Ok(formats::pdf_child_main(&limits)),
        Some(Sub::Events { file, format }) => events(&file, format),
        #[cfg(feature = "gui")]
        Some(Sub::Render(args)) => render::run(&args),
        None => open(&cli),
    }
    .map(|()| ExitCode::SUCCESS)
}

fn events(file: &std::path::Path, format: Format) -> anyhow::Result<()> {
    let account = formats::open(file)?;
    for warning in &account.warnings {
        eprintln!("chronotope: {warning}");
    }
    let format = match format {
        Format::Geojson => ExportFormat::Geojson,
        Format::Csv => ExportFormat::Csv,
        Format::Json => ExportFormat::Json,
    };
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    formats::export(&account, format, &mut out)?;
    // A reader that has seen enough and hung up is no failure of ours.
    match out.flush() {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(error).context("the events could not be written to standard output")
        }
        _ => Ok(()),
    }
}

/// The accounts of some files, or the bundled one.
#[cfg(feature = "gui")]
fn accounts(files: &[PathBuf]) -> anyhow::Result<Vec<Arc<Account>>> {
    if files.is_empty() {
        return Ok(vec![Arc::new(formats::bundled()?)]);
    }
    files.iter().map(|file| Ok(Arc::new(formats::open(file)?))).collect()
}

#[cfg(not(feature = "gui"))]
fn open(_cli: &Cli) -> anyhow::Result<()> {
    anyhow::bail!(
        "this build has no window (it was made without the feature `gui`); use `chronotope events FILE`"
    )
}

#[cfg(feature = "gui")]
fn open(cli: &Cli) -> anyhow::Result<()> {
    use chronotope::app::{Launch, open_window};
    let accounts = accounts(&cli.files)?;
    let has_display = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if cfg!(target_os = "linux") && !has_display("DISPLAY") && !has_display("WAYLAND_DISPLAY") {
        anyhow::bail!(
            "there is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set); `chronotope render -o out.png` draws the window to a picture without one"
        );
    }
    let launch = Launch {
        trace: cli.log_commands.then_some(trace as fn(&str)),
        close_after_first_frame: cli.close_after_first_frame,
    };
    let state = render::state_of(accounts);
    open_window(state, launch).map_err(|error| {
        anyhow::anyhow!("the window could not be opened: {error}. `chronotope render -o out.png` draws it to a picture without a display")
    })
}

/// Whoever reads the trace waits for its lines, so each is sent at once.
#[cfg(feature = "gui")]
fn trace(line: &str) {
    let mut out = std::io::stdout().lock();
    // A trace nobody reads any more must not stop the program.
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

#[cfg(feature = "gui")]
mod render {
    //! `chronotope render`.

    use std::path::PathBuf;
    use std::sync::Arc;

    use anyhow::Context as _;
    use chronotope::app::offscreen;
    use chronotope::state::{AccountHandle, AppState, Command, apply};
    use chronotope::store::{Account, EventIx, EventStore, PlaceIx};
    use chronotope::time::DaySpan;
    use chronotope::time::edtf::from_typed;
    use chronotope::view::{Target, Theme};

    #[derive(Debug, clap::Args)]
    pub struct Args {
        /// Events files; without one, the bundled article.
        files: Vec<PathBuf>,
        /// Where the PNG goes.
        #[arg(short, long)]
        output: PathBuf,
        /// Width and height of the window in pixels.
        #[arg(long, default_value = "1600x1000", value_parser = size)]
        size: [u32; 2],
        #[arg(long, value_enum, default_value_t)]
        theme: ThemeArg,
        /// The time window, such as 2023 or 2022-12/2023-04.
        #[arg(long, value_name = "EDTF")]
        window: Option<String>,
        /// The date the timeline goes to, such as 2023-09-20.
        #[arg(long, value_name = "EDTF")]
        at: Option<String>,
        /// A place or an event to select, by its name or the beginning of its title.
        #[arg(long, value_name = "NAME")]
        select: Option<String>,
        /// Show the table of events instead of the map.
        #[arg(long)]
        table: bool,
    }

    #[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
    enum ThemeArg {
        #[default]
        Day,
        Night,
    }

    const MAX_SIDE: u32 = 8192;

    fn size(text: &str) -> Result<[u32; 2], String> {
        let expected =
            || format!("expected WIDTHxHEIGHT in pixels, such as 1600x1000, each from 320 to {MAX_SIDE}");
        let (width, height) = text.split_once(['x', '×']).ok_or_else(expected)?;
        let side =
            |side: &str| side.parse().ok().filter(|n| (320..=MAX_SIDE).contains(n)).ok_or_else(expected);
        Ok([side(width)?, side(height)?])
    }

    pub fn run(args: &Args) -> anyhow::Result<()> {
        let mut state = state_of(super::accounts(&args.files)?);
        let theme = match args.theme {
            ThemeArg::Day => Theme::Day,
            ThemeArg::Night => Theme::Night,
        };
        let mut commands = vec![Command::SetTheme(theme), Command::ShowTable(args.table)];
        if let Some(window) = &args.window {
            let span = typed(window, "--window")?;
            commands.push(Command::SetWindow(Some(span)));
            if args.at.is_none() {
                commands.push(Command::ShowSpan(span));
            }
        }
        if let Some(at) = &args.at {
            let span = typed(at, "--at")?;
            commands.push(Command::SetPlayhead(Some(span.first)));
            commands.push(Command::ShowSpan(span));
        }
        if let Some(name) = &args.select {
            let target = find(state.store(), name).with_context(|| {
                format!("--select {name}: no place and no event of that name is in the file")
            })?;
            commands.push(Command::Select(Some(target)));
        }
        for command in commands {
            apply(&mut state, command);
        }
        offscreen::render_to_file(state, args.size, &args.output)?;
        Ok(())
    }

    /// A state with some accounts open.
    pub fn state_of(accounts: Vec<Arc<Account>>) -> AppState {
        let mut state = AppState::default();
        for account in accounts {
            for warning in &account.warnings {
                eprintln!("chronotope: {warning}");
            }
            apply(&mut state, Command::AccountOpened(AccountHandle(account)));
        }
        state
    }

    fn typed(text: &str, option: &str) -> anyhow::Result<DaySpan> {
        let edtf = from_typed(text).with_context(|| format!("{option} {text}"))?;
        chronotope::store::drawn_span(&edtf.interval())
            .with_context(|| format!("{option} {text}: a date with at least one known end is needed"))
    }

    fn find(store: &EventStore, name: &str) -> Option<Target> {
        let wanted = name.to_lowercase();
        let is_it = |text: &str| text.to_lowercase() == wanted;
        let place = store.places().iter().position(|p| is_it(&p.name) || p.names.iter().any(|n| is_it(n)));
        let place = place.and_then(|p| u32::try_from(p).ok()).map(|p| Target::Place(PlaceIx(p)));
        let begins = |e: &EventIx| {
            store.event(*e).is_some_and(|e| e.title.to_lowercase().starts_with(&wanted) || e.id == name)
        };
        place.or_else(|| store.event_ids().find(begins).map(Target::Event))
    }
}
