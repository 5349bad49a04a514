//! Events as a list of flat records, a record a line, for scripts.

use std::io::Write;

use serde::Serialize;

use super::{ExportError, events, flat};
use crate::store::{Account, AccountEvent};

#[derive(Serialize)]
struct Record<'a> {
    id: &'a str,
    title: &'a str,
    edtf: Option<&'a str>,
    when_text: Option<String>,
    /// First possible day, `YYYY-MM-DD`; null where open, unknown or undated. `end` likewise.
    start: Option<String>,
    end: Option<String>,
    places: Vec<&'a str>,
    /// Degrees; null where no location is a point.
    lon: Option<f64>,
    lat: Option<f64>,
    status: &'static str,
    source: &'a str,
    quote: &'a str,
}

pub(super) fn write(account: &Account, out: &mut dyn Write) -> Result<(), ExportError> {
    let records = account.events.iter().map(|event| record(account, event));
    super::write_lines(out, records)?;
    out.write_all(b"\n").map_err(ExportError::Write)
}

fn record<'a>(account: &'a Account, event: &'a AccountEvent) -> Record<'a> {
    let when = event.when.as_ref();
    let (start, end) = when.map_or((None, None), |w| flat::outer_days(&w.interval));
    let position = flat::lon_lat(account, event);
    Record {
        id: &event.id,
        title: &event.title,
        edtf: when.map(|w| w.edtf.as_str()),
        when_text: when.map(|w| w.edtf.for_people()),
        start,
        end,
        places: flat::locations(account, event).map(|p| p.name.as_str()).collect(),
        lon: position.map(|p| p.lon),
        lat: position.map(|p| p.lat),
        status: events::status_word(event.status),
        source: &event.told_by,
        quote: flat::first_quote(event),
    }
}
