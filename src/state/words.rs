//! A command in words, for the trace that `--log-commands` prints.

use super::{Change, Command};
use crate::store::{Account, EventStore};
use crate::time::{CivilDate, Day, DaySpan};
use crate::view::Target;

/// One line that says what a command does, with names instead of indices.
pub fn describe(command: &Command, store: &EventStore) -> String {
    match command {
        Command::Select(None) => "select nothing".to_owned(),
        Command::Select(Some(target)) | Command::SelectInText(target) => {
            format!("select {}", target_in_words(*target, store))
        }
        Command::Hover(None) => "hover nothing".to_owned(),
        Command::Hover(Some(target)) => format!("hover {}", target_in_words(*target, store)),
        Command::ShowPassage(passage) => {
            let event = store.passage(*passage).and_then(|p| store.event(p.event));
            format!("show passage of event “{}”", event.map_or("?", |e| e.title.as_str()))
        }
        Command::SetWindow(None) => "window all".to_owned(),
        Command::SetWindow(Some(span)) => format!("window {}", edtf(*span)),
        Command::GoToDate(span) => format!("go to {}", edtf(*span)),
        Command::ShowSpan(span) => format!("show {}", edtf(*span)),
        Command::OpenFile(path) => format!("open {}", path.display()),
        Command::OpenText(text) => format!("open a pasted text of {} bytes", text.len()),
        Command::AccountOpened(account) | Command::SampleOpened(account) => opened(&account.0),
        Command::Changed(change, _) => match change {
            Change::Open(account) | Change::Sample { account, .. } => opened(account),
            Change::Replace { new, .. } => format!("read again: {}", opened(new)),
            Change::Close(account) => format!("closed “{}”", account.title),
        },
        Command::SetDocumentDate(source, date) => format!("date of document {} is {date}", source.0),
        Command::Failed(message) => format!("failed: {message}"),
        other => format!("{other:?}"),
    }
}

fn opened(account: &Account) -> String {
    format!("opened “{}” with {} events", account.title, account.events.len())
}

fn target_in_words(target: Target, store: &EventStore) -> String {
    match target {
        Target::Event(e) => format!("event “{}”", store.event(e).map_or("?", |e| e.title.as_str())),
        Target::Place(p) => format!("place “{}”", store.place(p).map_or("?", |p| p.name.as_str())),
        Target::Mention(m) => format!("mention “{}”", store.mention(m).map_or("?", |m| m.quote.as_str())),
    }
}

fn edtf(span: DaySpan) -> String {
    if span.first == span.last {
        edtf_day(span.first)
    } else {
        format!("{}/{}", edtf_day(span.first), edtf_day(span.last))
    }
}

fn edtf_day(day: Day) -> String {
    let CivilDate { year, month, day } = CivilDate::from_day(day);
    let sign = if year < 0 { "-" } else { "" };
    format!("{sign}{:04}-{month:02}-{day:02}", year.abs())
}
