//! What can be understood of plain GeoJSON, as geojson.io, QGIS or a Linked Places gazetteer write it.

use serde_json::{Map, Value};

use super::model;

type Properties = Map<String, Value>;

/// The first of these properties that has a value, as words.
pub(super) fn property(properties: &Properties, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| match properties.get(*name)? {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

pub(super) fn title(properties: &Properties) -> Option<String> {
    property(properties, &["title", "name", "Title", "Name", "label"])
}

/// What the place of a feature is called: a property of its own, or the feature's title.
pub(super) fn place_name(properties: &Properties) -> Option<String> {
    property(properties, &["place", "places", "place_name", "location", "toponym", "name", "Name", "title"])
}

/// The date that properties give, as EDTF if their writer knew it, with the property's name.
///
/// A start without an end is a date, not an open interval: so tables have it.
pub(super) fn date(properties: &Properties) -> Option<(String, &'static str)> {
    for name in ["when", "edtf", "date", "Date", "year"] {
        if let Some(date) = property(properties, &[name]) {
            return Some((padded_year(&date), name));
        }
    }
    let start = property(properties, &["start"]).map(|date| padded_year(&date));
    let end = property(properties, &["end"]).map(|date| padded_year(&date));
    match (start, end) {
        (Some(start), Some(end)) if start != end => Some((format!("{start}/{end}"), "start")),
        (Some(start), _) => Some((start, "start")),
        (None, Some(end)) => Some((format!("/{end}"), "end")),
        (None, None) => None,
    }
}

/// The EDTF string of Linked Places time spans: from the first start to the last end they give.
///
/// Bounds of an end ("earliest", "latest") become the outer bound, for EDTF has no interval of four
/// dates below level 2.
pub(super) fn edtf_of_timespans(timespans: &[model::Timespan]) -> Option<String> {
    let outer = |edge: &model::Edge, is_start: bool| {
        let (outer, inner) =
            if is_start { (&edge.earliest, &edge.latest) } else { (&edge.latest, &edge.earliest) };
        [&edge.at, outer, inner]
            .into_iter()
            .flatten()
            .map(|date| padded_year(&date.0))
            .find(|date| !date.is_empty())
    };
    let start = timespans.first()?.start.as_ref().and_then(|edge| outer(edge, true));
    let end = timespans.last()?.end.as_ref().and_then(|edge| outer(edge, false));
    match (start, end) {
        (Some(start), Some(end)) if start == end => Some(start),
        (Some(start), Some(end)) => Some(format!("{start}/{end}")),
        (Some(start), None) => Some(format!("{start}/..")),
        (None, Some(end)) => Some(format!("/{end}")),
        (None, None) => None,
    }
}

/// EDTF wants four digits; tables have "476" and "-43".
fn padded_year(date: &str) -> String {
    let (sign, digits) = date.strip_prefix('-').map_or(("", date), |digits| ("-", digits));
    if (1..4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) {
        format!("{sign}{digits:0>4}")
    } else {
        date.to_owned()
    }
}
