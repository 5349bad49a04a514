//! How far a long piece of work has come, and whether it is still wanted.
//!
//! A plain shared value, so that the core can report and stop without knowing threads or the window.

use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering};

/// What a document is going through on its way to the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stage {
    /// Bytes are read from the file and turned into text.
    #[default]
    Reading,
    /// Dates, places and events are looked for.
    Extracting,
    /// What was found is joined with what is open.
    Joining,
}

/// Written by who works, read by who waits; either side only ever sees whole values.
#[derive(Debug, Default)]
pub struct Progress {
    stage: AtomicU8,
    done: AtomicU64,
    total: AtomicU64,
    is_cancelled: AtomicBool,
}

/// The work was stopped because nobody wants it any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("stopped")]
pub struct Cancelled;

impl Progress {
    /// Begins a stage of `total` bytes (0: not known).
    pub fn begin(&self, stage: Stage, total: u64) {
        self.stage.store(stage as u8, Ordering::Relaxed);
        self.done.store(0, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
    }

    /// `done` bytes of the stage are through.
    ///
    /// # Errors
    /// [`Cancelled`] when the work is no longer wanted: stop, and leave nothing behind.
    pub fn reach(&self, done: u64) -> Result<(), Cancelled> {
        self.done.store(done, Ordering::Relaxed);
        self.check()
    }

    /// # Errors
    /// [`Cancelled`] when the work is no longer wanted.
    pub fn check(&self) -> Result<(), Cancelled> {
        if self.is_cancelled.load(Ordering::Relaxed) { Err(Cancelled) } else { Ok(()) }
    }

    pub fn cancel(&self) {
        self.is_cancelled.store(true, Ordering::Relaxed);
    }

    pub fn stage(&self) -> Stage {
        match self.stage.load(Ordering::Relaxed) {
            0 => Stage::Reading,
            1 => Stage::Extracting,
            _ => Stage::Joining,
        }
    }

    /// 0–1 of the stage; `None` where its size is not known.
    pub fn share(&self) -> Option<f32> {
        let total = self.total.load(Ordering::Relaxed);
        let done = self.done.load(Ordering::Relaxed).min(total);
        (total > 0).then(|| done as f32 / total as f32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_begins_at_nothing_and_a_cancelled_one_says_so() {
        let progress = Progress::default();
        assert_eq!((progress.stage(), progress.share()), (Stage::Reading, None));
        progress.begin(Stage::Extracting, 200);
        assert_eq!(progress.reach(50), Ok(()));
        assert_eq!((progress.stage(), progress.share()), (Stage::Extracting, Some(0.25)));
        progress.begin(Stage::Joining, 10);
        assert_eq!((progress.stage(), progress.share()), (Stage::Joining, Some(0.0)));
        progress.cancel();
        assert_eq!(progress.reach(5), Err(Cancelled));
    }
}
