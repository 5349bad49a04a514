//! Dialogs off the window's thread: a worker waits for the answer and wakes egui when it is there.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};

use crate::formats::TEXT_FORMATS;
use crate::state::Command;
use crate::view::Basemap;

/// Endings of events files.
const EVENTS: [&str; 2] = ["geojson", "json"];

/// Workers and the commands they send back; a dialog that was closed sends none.
#[derive(Debug)]
pub struct Jobs {
    sender: Sender<Vec<Command>>,
    receiver: Receiver<Vec<Command>>,
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
        let done: Vec<Vec<Command>> = self.receiver.try_iter().collect();
        self.n_running = self.n_running.saturating_sub(done.len());
        done.into_iter().flatten().collect()
    }

    pub fn is_idle(&self) -> bool {
        self.n_running == 0
    }

    pub fn ask_for_files(&mut self, ctx: &egui::Context) {
        let documents: Vec<&str> =
            TEXT_FORMATS.iter().flat_map(|format| format.extensions).copied().collect();
        let all: Vec<&str> = documents.iter().chain(&EVENTS).copied().collect();
        let dialog = rfd::AsyncFileDialog::new()
            .set_title("Open documents and events")
            .add_filter("Documents and events", &all)
            .add_filter("Documents (text, Markdown, HTML, DOCX, ODT, EPUB, PDF)", &documents)
            .add_filter("Events (GeoJSON)", &EVENTS)
            .add_filter("All files", &["*"])
            .pick_files();
        self.run(ctx, move || {
            let files = futures::executor::block_on(dialog).unwrap_or_default();
            files.iter().map(|file| Command::OpenFile(file.path().to_owned())).collect()
        });
    }

    pub fn ask_for_basemap(&mut self, ctx: &egui::Context) {
        let dialog = rfd::AsyncFileDialog::new()
            .set_title("Open a basemap")
            .add_filter("PMTiles archive", &["pmtiles"])
            .pick_file();
        let chosen = |path: PathBuf| Command::SetBasemap(Basemap::File(path));
        self.run(ctx, move || {
            let file = futures::executor::block_on(dialog);
            file.map(|file| chosen(file.path().to_owned())).into_iter().collect()
        });
    }

    fn run(&mut self, ctx: &egui::Context, job: impl FnOnce() -> Vec<Command> + Send + 'static) {
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
