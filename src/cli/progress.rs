//! How far a long piece of work has come, on standard error.

use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use chronotope::progress::{Progress, Stage};

/// What takes no longer needs no words.
const PAUSE: Duration = Duration::from_secs(2);

/// Does some work, and tells from time to time how far it has come.
pub fn told<T>(name: &str, work: impl FnOnce(&Progress) -> T) -> T {
    let progress = Arc::new(Progress::default());
    let (done, is_done) = channel::<()>();
    let watcher = thread::spawn({
        let (progress, name) = (Arc::clone(&progress), name.to_owned());
        move || {
            while is_done.recv_timeout(PAUSE) == Err(RecvTimeoutError::Timeout) {
                eprintln!("chronotope: {name}: {}", words(&progress));
            }
        }
    });
    let result = work(&progress);
    drop(done);
    // A watcher that failed has nothing more to tell.
    let _ = watcher.join();
    result
}

fn words(progress: &Progress) -> String {
    let stage = match progress.stage() {
        Stage::Reading => "reading",
        Stage::Extracting => "looking for dates, places and events",
        Stage::Joining => "joining",
    };
    progress.share().map_or_else(|| stage.to_owned(), |share| format!("{stage}, {:.0} %", share * 100.0))
}
