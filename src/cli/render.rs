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
    let side = |side: &str| side.parse().ok().filter(|n| (320..=MAX_SIDE).contains(n)).ok_or_else(expected);
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
        let target = find(state.store(), name)
            .with_context(|| format!("--select {name}: no place and no event of that name is in the file"))?;
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
