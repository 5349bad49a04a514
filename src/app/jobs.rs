//! Work off the window's thread: files are read by a worker, which wakes egui when it is done.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};

use crate::formats;
use crate::state::{AccountHandle, Command};
use crate::view::Basemap;

/// Workers and the commands they send back; a dialog that was closed sends none.
#[derive(Debug)]
pub struct Jobs {
    sender: Sender<Option<Command>>,
    receiver: Receiver<Option<Command>>,
    n_running: usize,
}

impl Default for Jobs {
    fn default() -> Self {
        let (sender, receiver) = channel();
        Self { sender, receiver, n_running: 0 }
    }
}

impl Jobs {
    /// Commands of workers that are done. Never waits.
    pub fn finished(&mut self) -> Vec<Command> {
        let done: Vec<Option<Command>> = self.receiver.try_iter().collect();
        self.n_running = self.n_running.saturating_sub(done.len());
        done.into_iter().flatten().collect()
    }

    pub fn is_idle(&self) -> bool {
        self.n_running == 0
    }

    pub fn open_file(&mut self, ctx: &egui::Context, path: PathBuf) {
        self.run(ctx, move || {
            Some(match formats::open(&path) {
                Ok(account) => Command::AccountOpened(AccountHandle(std::sync::Arc::new(account))),
                Err(error) => Command::Failed(error.to_string()),
            })
        });
    }

    pub fn ask_for_file(&mut self, ctx: &egui::Context) {
        let dialog = rfd::AsyncFileDialog::new()
            .set_title("Open an events file")
            .add_filter("Events (GeoJSON)", &["geojson", "json"])
            .pick_file();
        self.ask(ctx, dialog, Command::OpenFile);
    }

    pub fn ask_for_basemap(&mut self, ctx: &egui::Context) {
        let dialog = rfd::AsyncFileDialog::new()
            .set_title("Open a basemap")
            .add_filter("PMTiles archive", &["pmtiles"])
            .pick_file();
        self.ask(ctx, dialog, |path| Command::SetBasemap(Basemap::File(path)));
    }

    fn ask(
        &mut self,
        ctx: &egui::Context,
        dialog: impl Future<Output = Option<rfd::FileHandle>> + Send + 'static,
        chosen: impl FnOnce(PathBuf) -> Command + Send + 'static,
    ) {
        self.run(ctx, move || futures::executor::block_on(dialog).map(|file| chosen(file.path().to_owned())));
    }

    fn run(&mut self, ctx: &egui::Context, job: impl FnOnce() -> Option<Command> + Send + 'static) {
        self.n_running += 1;
        let (sender, ctx) = (self.sender.clone(), ctx.clone());
        std::thread::spawn(move || {
            // The receiver is gone only when the window is: then nobody is left to tell.
            if sender.send(job()).is_ok() {
                ctx.request_repaint();
            }
        });
    }
}
