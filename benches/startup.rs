//! First frame: Chronotope's against an empty eframe window's, each as a whole process.
//!
//! `xvfb-run -s "-screen 0 1600x1000x24" cargo bench --bench startup`

use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

const RUNS: usize = 9;
const EMPTY: &str = "--empty-window";

fn main() -> ExitCode {
    if std::env::args().any(|argument| argument == EMPTY) {
        return match empty_window() {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("startup: {error}");
                ExitCode::FAILURE
            }
        };
    }
    let Ok(this) = std::env::current_exe() else { return ExitCode::FAILURE };
    let settings = std::env::temp_dir().join("chronotope-bench-settings.json");
    let empty = || Command::new(&this).arg(EMPTY).status();
    let full = || {
        Command::new(env!("CARGO_BIN_EXE_chronotope"))
            .arg("--close-after-first-frame")
            .env("CHRONOTOPE_SETTINGS", &settings)
            .status()
    };
    let mut pairs = Vec::new();
    for run in 0..=RUNS {
        let (Some(empty), Some(full)) = (time(empty), time(full)) else {
            eprintln!("startup: a window could not be opened; is there a display?");
            return ExitCode::FAILURE;
        };
        // The first pair fills the caches of the disk and of the shader compiler.
        if run > 0 {
            pairs.push((empty, full));
        }
    }
    let median = |mut list: Vec<f64>| {
        list.sort_by(f64::total_cmp);
        list.get(list.len() / 2).copied().unwrap_or(f64::NAN)
    };
    println!(
        "empty eframe window  {:>7.0} ms (median of {RUNS})",
        median(pairs.iter().map(|p| ms(p.0)).collect())
    );
    println!("chronotope           {:>7.0} ms", median(pairs.iter().map(|p| ms(p.1)).collect()));
    println!(
        "ratio                {:>7.2} (median of pairs)",
        median(pairs.iter().map(|p| ms(p.1) / ms(p.0)).collect())
    );
    ExitCode::SUCCESS
}

fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

fn time(run: impl Fn() -> std::io::Result<std::process::ExitStatus>) -> Option<Duration> {
    let start = Instant::now();
    run().ok().filter(std::process::ExitStatus::success).map(|_| start.elapsed())
}

/// A window of eframe's with nothing in it, ended, as Chronotope is, when its first frame has been shown.
fn empty_window() -> eframe::Result {
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default().with_inner_size([1440.0, 900.0]),
        ..eframe::NativeOptions::default()
    };
    let mut n_frames = 0;
    eframe::run_ui_native("empty", options, move |ui, _| {
        if n_frames > 0 {
            std::process::exit(0);
        }
        n_frames += 1;
        ui.request_repaint();
    })
}
