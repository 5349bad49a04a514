//! The queue of what is to be opened, and the worker that reads it: one thing after another, off the
//! window's thread, with its progress to be seen and a way to stop it.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use crate::formats::{self, OpenError};
use crate::opening::{self, Choices, Input};
use crate::progress::{Progress, Stage};
use crate::state::{Change, Command, Joined, Shelf};
use crate::store::Account;
use crate::time::Edtf;

/// Reads a file or a text; another function can take its place to see the window wait.
pub type ReadFn = fn(&Input<'_>, &Choices, &Progress) -> Result<Account, OpenError>;

/// Something to be done off the window's thread that ends in another store.
#[derive(Debug, Clone)]
pub enum Wanted {
    File(PathBuf),
    Text(Arc<str>),
    Sample,
    /// The document of an account, with another date.
    Reread(Arc<Account>, Edtf),
    /// Nothing to read, only to join: the accounts have changed while others were joined.
    Join(Change),
}

impl Wanted {
    /// How the person knows it.
    fn name(&self) -> String {
        match self {
            Self::File(path) => path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
            Self::Text(_) => "Pasted text".to_owned(),
            Self::Sample => "The sample article".to_owned(),
            Self::Reread(account, _) => account.title.clone(),
            Self::Join(Change::Open(account) | Change::Sample { account, .. } | Change::Close(account)) => {
                account.title.clone()
            }
            Self::Join(Change::Replace { new, .. }) => new.title.clone(),
        }
    }
}

/// What came of it: an account that changes the shelf, or why not.
type Outcome = Result<Option<(Change, Joined)>, String>;

#[derive(Debug)]
struct Current {
    serial: u64,
    name: String,
    progress: Arc<Progress>,
    worker: JoinHandle<()>,
    /// Seconds on egui's clock.
    since: f64,
}

/// How far it has come, for the card.
#[derive(Debug, Clone, PartialEq)]
pub struct Status {
    pub name: String,
    /// Counted from 1, of `total` things that were asked for together.
    pub number: usize,
    pub total: usize,
    pub stage: Stage,
    /// 0–1 of the stage; `None` where its size is not known.
    pub share: Option<f32>,
    /// Seconds on egui's clock at which it began.
    pub since: f64,
}

/// The queue and its one worker.
#[derive(Debug)]
pub struct Opener {
    sender: Sender<(u64, Outcome)>,
    receiver: Receiver<(u64, Outcome)>,
    waiting: VecDeque<Wanted>,
    current: Option<Current>,
    n_done: usize,
    last_serial: u64,
    read: ReadFn,
}

impl Default for Opener {
    fn default() -> Self {
        let (sender, receiver) = channel();
        let waiting = VecDeque::new();
        Self { sender, receiver, waiting, current: None, n_done: 0, last_serial: 0, read: opening::open }
    }
}

impl Opener {
    pub fn read_with(&mut self, read: ReadFn) {
        self.read = read;
    }

    /// Puts something at the end of the queue; what only has to be joined goes first.
    pub fn want(&mut self, wanted: Wanted) {
        if matches!(wanted, Wanted::Join(_)) {
            self.waiting.push_front(wanted);
        } else {
            self.waiting.push_back(wanted);
        }
    }

    pub fn is_idle(&self) -> bool {
        self.current.is_none() && self.waiting.is_empty()
    }

    /// Calls off what is being read and all that waits. The worker stops when it next looks; what it
    /// may still say is not listened to.
    pub fn stop(&mut self) {
        if let Some(current) = self.current.take() {
            current.progress.cancel();
        }
        self.waiting.clear();
        self.n_done = 0;
    }

    /// What the worker has brought since the last frame; then begins the next thing, with the shelf as
    /// it now is. Never waits.
    pub fn update(&mut self, ctx: &egui::Context, shelf: &Shelf) -> Vec<Command> {
        // Asked before the messages are taken: whoever is finished by now has sent his.
        let is_finished = self.current.as_ref().is_some_and(|current| current.worker.is_finished());
        let mut commands = Vec::new();
        for (serial, outcome) in self.receiver.try_iter() {
            if self.current.as_ref().is_none_or(|current| current.serial != serial) {
                continue;
            }
            self.current = None;
            commands.push(match outcome {
                Ok(Some((change, joined))) => Command::Changed(change, joined),
                Ok(None) => continue,
                Err(message) => Command::Failed(message),
            });
        }
        if let Some(current) = self.current.take_if(|_| is_finished) {
            commands.push(Command::Failed(format!(
                "{}: the program failed while reading it. This is a fault of the program, not of the file; please report it",
                current.name
            )));
        }
        if self.current.is_none() && commands.is_empty() {
            self.begin_next(ctx, shelf);
        } else if !commands.is_empty() {
            self.n_done += 1;
        }
        commands
    }

    fn begin_next(&mut self, ctx: &egui::Context, shelf: &Shelf) {
        let Some(wanted) = self.waiting.pop_front() else {
            self.n_done = 0;
            return;
        };
        self.last_serial += 1;
        let serial = self.last_serial;
        let (sender, ctx_of_worker) = (self.sender.clone(), ctx.clone());
        let (name, shelf, read) = (wanted.name(), shelf.clone(), self.read);
        let progress = Arc::new(Progress::default());
        let of_worker = Arc::clone(&progress);
        let worker = std::thread::spawn(move || {
            let outcome = work(wanted, &shelf, read, &of_worker);
            // The receiver is gone only when the window is: then nobody is left to tell.
            let _ = sender.send((serial, outcome));
            ctx_of_worker.request_repaint();
        });
        let since = ctx.input(|input| input.time);
        self.current = Some(Current { serial, name, progress, worker, since });
    }

    pub fn status(&self) -> Option<Status> {
        let current = self.current.as_ref()?;
        Some(Status {
            name: current.name.clone(),
            number: self.n_done + 1,
            total: self.n_done + 1 + self.waiting.len(),
            stage: current.progress.stage(),
            share: current.progress.share(),
            since: current.since,
        })
    }
}

fn work(wanted: Wanted, shelf: &Shelf, read: ReadFn, progress: &Progress) -> Outcome {
    let change = match wanted {
        Wanted::File(path) => read(&Input::File(&path), &Choices::default(), progress).map(opened),
        Wanted::Text(text) => read(&Input::Pasted(&text), &Choices::default(), progress).map(opened),
        Wanted::Sample => {
            formats::bundled().map(|account| Change::Sample { account: Arc::new(account), gives_way: false })
        }
        Wanted::Reread(old, date) => opening::reread(&old, &date, progress)
            .map(|account| Change::Replace { old, new: Arc::new(account) }),
        Wanted::Join(change) => Ok(change),
    };
    if progress.check().is_err() {
        return Ok(None);
    }
    let change = change.map_err(|error| error.to_string())?;
    progress.begin(Stage::Joining, 0);
    Ok(shelf.after(&change).map(|(shelf, _)| (change, shelf.join())))
}

fn opened(account: Account) -> Change {
    Change::Open(Arc::new(account))
}
