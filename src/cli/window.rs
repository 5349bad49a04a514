//! `chronotope FILE…`: the window.

use std::io::Write as _;
use std::sync::Arc;

use chronotope::app::{Launch, open_window};

use anyhow::Context as _;
use chronotope::formats;
use chronotope::state::{AccountHandle, AppState, Command, apply};

use super::Cli;

pub fn open(cli: &Cli) -> anyhow::Result<()> {
    // What is not there is said at once; what is in the files, the window finds out.
    for file in &cli.files {
        std::fs::metadata(file).with_context(|| format!("{} cannot be opened", file.display()))?;
    }
    let has_display = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if cfg!(target_os = "linux") && !has_display("DISPLAY") && !has_display("WAYLAND_DISPLAY") {
        anyhow::bail!(
            "there is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set); `chronotope render -o out.png` draws the window to a picture without one"
        );
    }
    let launch = Launch {
        trace: cli.log_commands.then_some(trace as fn(&str)),
        close_after_first_frame: cli.close_after_first_frame,
        files: cli.files.clone(),
    };
    let mut state = AppState::default();
    if cli.files.is_empty() {
        let sample = AccountHandle(Arc::new(formats::bundled()?));
        apply(&mut state, Command::SampleOpened(sample));
    }
    open_window(state, launch).map_err(|error| {
        anyhow::anyhow!("the window could not be opened: {error}. `chronotope render -o out.png` draws it to a picture without a display")
    })
}

/// Whoever reads the trace waits for its lines, so each is sent at once.
fn trace(line: &str) {
    let mut out = std::io::stdout().lock();
    // A trace nobody reads any more must not stop the program.
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}
