//! A value that takes longer to work out than a frame may last: it is worked out behind the window.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};

/// A value on its way. Dropping it tells the worker that nobody waits any more.
#[derive(Debug)]
pub struct Behind<T> {
    receiver: Receiver<T>,
    is_unwanted: Arc<AtomicBool>,
}

/// Where a worker looks whether anybody still waits for what it does.
#[derive(Debug, Clone)]
pub struct Wish(Arc<AtomicBool>);

impl Wish {
    pub fn is_off(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

impl<T: Send + 'static> Behind<T> {
    /// Begins to work; the window is woken when the value is there.
    pub fn start(ctx: &egui::Context, work: impl FnOnce(&Wish) -> T + Send + 'static) -> Self {
        let (sender, receiver) = channel();
        let is_unwanted = Arc::new(AtomicBool::new(false));
        let (wish, ctx) = (Wish(Arc::clone(&is_unwanted)), ctx.clone());
        std::thread::spawn(move || {
            if sender.send(work(&wish)).is_ok() {
                ctx.request_repaint();
            }
        });
        Self { receiver, is_unwanted }
    }

    /// The value, once it is there. Never waits.
    pub fn take(&self) -> Result<Option<T>, Failed> {
        match self.receiver.try_recv() {
            Ok(value) => Ok(Some(value)),
            Err(TryRecvError::Empty) => Ok(None),
            Err(TryRecvError::Disconnected) => Err(Failed),
        }
    }
}

/// The worker ended without a value.
#[derive(Debug, Clone, Copy)]
pub struct Failed;

impl<T> Drop for Behind<T> {
    fn drop(&mut self) {
        self.is_unwanted.store(true, Ordering::Relaxed);
    }
}
