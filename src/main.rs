//! The command line: open (default) · extract · events · render.

mod cli;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    match cli::run(cli::Cli::parse()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("chronotope: {error:#}");
            ExitCode::FAILURE
        }
    }
}
