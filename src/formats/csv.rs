//! Events as a table, an event a row, for spreadsheets.
//!
//! Spreadsheets run cells that begin with `=`, `+`, `-` or `@` as formulas, and texts come from anywhere:
//! such cells get a leading apostrophe (as OWASP advises, <https://owasp.org/www-community/attacks/CSV_Injection>),
//! except for dates and numbers of our own making.

use std::borrow::Cow;
use std::io::Write;

use super::{ExportError, flat};
use crate::formats::events;
use crate::store::Account;

const HEADER: [&str; 11] =
    ["id", "title", "edtf", "start", "end", "places", "lon", "lat", "status", "source", "quote"];

/// Writes the events of an account. `lon` and `lat` are degrees, empty where no location is a point.
pub(super) fn write(account: &Account, out: &mut dyn Write) -> Result<(), ExportError> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(HEADER)?;
    for event in &account.events {
        let (start, end) = event.when.as_ref().map_or((None, None), |w| flat::outer_days(&w.interval));
        let position = flat::lon_lat(account, event);
        table.write_record([
            harmless(&event.id).as_ref(),
            harmless(&event.title).as_ref(),
            event.when.as_ref().map_or("", |w| w.edtf.as_str()),
            start.as_deref().unwrap_or_default(),
            end.as_deref().unwrap_or_default(),
            harmless(&flat::location_names(account, event)).as_ref(),
            &position.map_or_else(String::new, |p| p.lon.to_string()),
            &position.map_or_else(String::new, |p| p.lat.to_string()),
            events::status_word(event.status),
            harmless(&event.told_by).as_ref(),
            harmless(flat::first_quote(event)).as_ref(),
        ])?;
    }
    table.flush().map_err(ExportError::Write)
}

/// The text as a cell that no spreadsheet takes for a formula.
fn harmless(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::AccountEvent;

    #[test]
    fn no_cell_is_a_formula() {
        let event = AccountEvent {
            id: "1".to_owned(),
            title: "=HYPERLINK(\"http://x\"), \"quoted\"".to_owned(),
            told_by: "@someone".to_owned(),
            ..AccountEvent::default()
        };
        let account = Account { events: vec![event], ..Account::default() };
        let mut bytes = Vec::new();
        write(&account, &mut bytes).unwrap();
        let mut table = csv::Reader::from_reader(bytes.as_slice());
        let row = table.records().next().unwrap().unwrap();
        assert_eq!(&row[1], "'=HYPERLINK(\"http://x\"), \"quoted\"");
        assert_eq!(&row[9], "'@someone");
        assert_eq!(&row[8], "reported");
    }
}
