//! What comes from outside the window: files dropped on it, text pasted into it.

use egui::{Align2, Color32, Event, Id, LayerId, Order, Stroke, StrokeKind};

use super::theme::{Palette, sans, serif_semibold, size};
use crate::state::Command;

/// A longer text is a file's work: the clipboard would hold it twice more.
const MAX_PASTED_MB: usize = 16;

/// A command for each file that was dropped, in order.
pub fn dropped_files(ctx: &egui::Context) -> Vec<Command> {
    ctx.input(|input| {
        input.raw.dropped_files.iter().map(|file| file.path().to_owned()).map(Command::OpenFile).collect()
    })
}

/// A pasted text is opened, unless a text box has the focus: then it is for that.
pub fn pasted(ctx: &egui::Context) -> Option<Command> {
    if ctx.text_edit_focused() {
        return None;
    }
    let text = ctx.input_mut(|input| {
        let position = input.events.iter().position(|event| matches!(event, Event::Paste(_)))?;
        match input.events.remove(position) {
            Event::Paste(text) => Some(text),
            _ => None,
        }
    })?;
    if text.trim().is_empty() {
        return Some(Command::Failed("There is no text on the clipboard to open".to_owned()));
    }
    if text.len() > MAX_PASTED_MB << 20 {
        let message = format!(
            "The text on the clipboard is larger than {MAX_PASTED_MB} MB. Save it as a text file and open that"
        );
        return Some(Command::Failed(message));
    }
    Some(Command::OpenText(text.into()))
}

/// Says what letting go would do, while files are held over the window.
pub fn show_invitation(ctx: &egui::Context, palette: &Palette) {
    let n_files = ctx.input(|input| input.raw.hovered_files.len());
    if n_files == 0 {
        return;
    }
    let painter = ctx.layer_painter(LayerId::new(Order::Foreground, Id::unique("drop invitation")));
    let rect = ctx.content_rect();
    painter.rect_filled(rect, 0.0, palette.paper.gamma_multiply(0.82));
    let frame = rect.shrink(18.0);
    painter.rect_stroke(frame, 8.0, Stroke::new(2.0, palette.place), StrokeKind::Inside);
    let words =
        if n_files == 1 { "Let go to open it".to_owned() } else { format!("Let go to open {n_files} files") };
    let title = painter.layout_no_wrap(words, serif_semibold(size::TITLE), palette.ink);
    let hint = "Text, Markdown, HTML, DOCX, ODT, EPUB, PDF, or an events file";
    let hint = painter.layout_no_wrap(hint.to_owned(), sans(size::BODY), palette.ink_soft);
    let at = Align2::CENTER_CENTER.anchor_size(frame.center(), title.size());
    let below = egui::pos2(frame.center().x - hint.size().x / 2.0, at.bottom() + 8.0);
    painter.galley(at.min, title, Color32::PLACEHOLDER);
    painter.galley(below, hint, Color32::PLACEHOLDER);
}
