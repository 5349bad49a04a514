//! `chronotope FILE…`: the window.

use std::io::Write as _;

use chronotope::app::{Launch, open_window};

use super::{Cli, accounts, render};

pub fn open(cli: &Cli) -> anyhow::Result<()> {
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
fn trace(line: &str) {
    let mut out = std::io::stdout().lock();
    // A trace nobody reads any more must not stop the program.
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}
