//! The real binary in a real window under Xvfb, used with a real pointer by xdotool.
//!
//! What the program does is read from its `--log-commands` trace. Marks are found as a reader finds
//! them: by moving the pointer until the program says what lies under it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail"
)]
#![cfg(feature = "gui")]

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

const WIDTH: i32 = 1600;
const HEIGHT: i32 = 1000;
/// Software rendering on a busy machine is slow; nothing here is a measurement.
const PATIENCE: Duration = Duration::from_mins(1);

/// Two windows that are drawn by software at once are too slow for a hand.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

struct Killed(Child);

impl Drop for Killed {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

struct Session {
    display: String,
    trace: Receiver<String>,
    _program: Killed,
    _server: Killed,
    _turn: MutexGuard<'static, ()>,
    _folder: tempfile::TempDir,
}

impl Session {
    /// The map reports its camera when it has come to rest: then the first picture is on the screen.
    fn start(args: &[&str]) -> Self {
        Self::start_until(args, "MapRested")
    }

    /// Starts the program and waits until it says some words.
    fn start_until(args: &[&str], words: &str) -> Self {
        let turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", &format!("{WIDTH}x{HEIGHT}x24"), "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map(Killed)
            .expect("Xvfb is needed; tests/run installs it");
        let mut number = String::new();
        BufReader::new(server.0.stdout.take().unwrap()).read_line(&mut number).unwrap();
        let display = format!(":{}", number.trim());

        let folder = tempfile::tempdir().unwrap();
        let settings = folder.path().join("settings.json");
        std::fs::write(&settings, format!(r#"{{"window_size": [{WIDTH}.0, {HEIGHT}.0]}}"#)).unwrap();
        let mut program = Command::new(env!("CARGO_BIN_EXE_chronotope"))
            .args(args)
            .arg("--log-commands")
            .env("DISPLAY", &display)
            .env_remove("WAYLAND_DISPLAY")
            .env("CHRONOTOPE_SETTINGS", &settings)
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .map(Killed)
            .unwrap();
        let out = BufReader::new(program.0.stdout.take().unwrap());
        let (sender, trace) = channel();
        std::thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        let session =
            Self { display, trace, _program: program, _server: server, _turn: turn, _folder: folder };
        session.xdotool(&["search", "--sync", "--onlyvisible", "--name", "^Chronotope$"]);
        session.xdotool(&["search", "--name", "^Chronotope$", "windowmove", "0", "0", "windowfocus"]);
        session.wait_for(words);
        session
    }

    fn xdotool(&self, args: &[&str]) {
        let output = Command::new("xdotool")
            .args(args)
            .env("DISPLAY", &self.display)
            .output()
            .expect("xdotool is needed; tests/run installs it");
        assert!(output.status.success(), "xdotool {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    fn move_to(&self, x: i32, y: i32) {
        self.xdotool(&["mousemove", &x.to_string(), &y.to_string()]);
    }

    fn click(&self) {
        self.xdotool(&["click", "1"]);
    }

    /// Presses, moves and lets go as a hand does: no faster than the program draws.
    fn drag(&self, from: (i32, i32), through: &[(i32, i32)]) {
        let pause = || std::thread::sleep(Duration::from_millis(250));
        self.move_to(from.0, from.1);
        pause();
        self.xdotool(&["mousedown", "1"]);
        pause();
        for (x, y) in through {
            self.move_to(*x, *y);
            pause();
        }
        self.xdotool(&["mouseup", "1"]);
    }

    fn key(&self, key: &str) {
        self.xdotool(&["key", key]);
    }

    /// The next line of the trace that contains some words.
    fn wait_for(&self, words: &str) -> String {
        self.try_wait_for(words, PATIENCE).unwrap_or_else(|| panic!("the program never said “{words}”"))
    }

    fn try_wait_for(&self, words: &str, patience: Duration) -> Option<String> {
        let end = Instant::now() + patience;
        while let Some(left) = end.checked_duration_since(Instant::now()) {
            let line = self.trace.recv_timeout(left).ok()?;
            if line.contains(words) {
                return Some(line);
            }
        }
        None
    }

    /// Moves the pointer from spot to spot until the program says that something lies under it.
    fn find(&self, spots: impl Iterator<Item = (i32, i32)>, words: &str) -> (i32, i32) {
        for (x, y) in spots {
            self.move_to(x, y);
            // On a slow machine the answer to the spot before may come only now: what is meant stays.
            if self.try_wait_for(words, Duration::from_millis(300)).is_some()
                && self.try_wait_for("hover nothing", Duration::from_millis(700)).is_none()
            {
                return (x, y);
            }
        }
        panic!("the pointer found nothing that says “{words}”");
    }
}

/// Spots of a box in reading order.
fn sweep(xs: std::ops::Range<i32>, ys: std::ops::Range<i32>, step: i32) -> impl Iterator<Item = (i32, i32)> {
    let step = usize::try_from(step).unwrap();
    ys.step_by(step).flat_map(move |y| xs.clone().step_by(step).map(move |x| (x, y)))
}

#[test]
fn a_reader_drags_the_window_clicks_a_place_and_reads_a_passage() {
    let session = Session::start(&[]);

    // A place on the map, by the pointer alone.
    session.find(sweep(60..900, 120..700, 14), "hover place");
    session.click();
    let selected = session.wait_for("select place");
    assert!(selected.contains('“'), "{selected}");

    // A passage of that place, from the list at the right.
    session.find(sweep(1300..1301, 700..770, 8).chain(sweep(1300..1301, 560..700, 8)), "hover event");
    session.click();
    session.wait_for("show passage of event");

    // A time window, drawn by dragging along the ruler.
    let ruler = (842..990).step_by(8).map(|y| (600, y));
    let mut drawn = None;
    for (x, y) in ruler {
        session.drag((x, y), &[(x + 60, y), (x + 160, y)]);
        if let Some(line) = session.try_wait_for("window ", Duration::from_secs(1)) {
            drawn = Some((line, y));
            break;
        }
    }
    let (line, y) = drawn.expect("dragging along the ruler draws a time window");
    assert!(line.contains('/'), "{line}");
    while session.try_wait_for("window ", Duration::from_millis(500)).is_some() {}

    // The window, dragged by its middle; the playhead's flag may lie over a part of it.
    let moved = [628, 740, 700].into_iter().find_map(|x| {
        session.drag((x, y), &[(x + 40, y), (x + 120, y)]);
        session.try_wait_for("window ", Duration::from_secs(3))
    });
    assert_ne!(moved.expect("the window moves with the hand"), line);

    // Keys: the next event, the day, and back.
    session.move_to(500, 20);
    session.key("Right");
    session.wait_for("NextEvent");
    session.key("n");
    session.wait_for("SetTheme(Night)");
    session.key("Escape");
    session.wait_for("Back");
}

#[test]
fn a_text_is_read_in_the_open_window_and_again_with_another_date() {
    let text = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/files/opening/bridge.txt");
    let session = Session::start_until(&[text], "opened “The bridge at Mostar”");
    session.move_to(500, 20);
    session.key("ctrl+d");
    session.wait_for("EditDocumentDate(true)");
    std::thread::sleep(Duration::from_millis(500));
    session.xdotool(&["type", "2022-06-20"]);
    session.key("Return");
    session.wait_for("date of document 0 is 2022-06-20");
    session.wait_for("read again: opened “The bridge at Mostar”");
}

#[test]
fn a_file_that_is_not_there_is_told_of_before_any_window_opens() {
    let output = Command::new(env!("CARGO_BIN_EXE_chronotope")).arg("nowhere.txt").output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("nowhere.txt"), "{said}");
}

#[test]
fn without_a_display_one_sentence_is_said() {
    let mut program = Command::new(env!("CARGO_BIN_EXE_chronotope"))
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = String::new();
    program.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(program.wait().unwrap().code(), Some(1));
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.contains("display"), "{said}");
}

#[test]
fn a_display_that_cannot_be_reached_is_no_panic() {
    let output = Command::new(env!("CARGO_BIN_EXE_chronotope"))
        .env("DISPLAY", ":7654")
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!said.contains("panicked"), "{said}");
    assert!(said.contains("window could not be opened"), "{said}");
}
