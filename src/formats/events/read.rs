//! From the members of an events file to an account: ids become indices, strings become dates, places
//! and spans, and what is wrong is said with its JSON path.

use std::collections::HashMap;

use super::locate::{Located, Locator};
use super::texts::{self, LoadText, Text};
use super::vocabulary::kind_of;
use super::vocabulary::{
    ANCHOR_KINDS, GIVEN, PLACE_KINDS, PLACE_ROLES, READ_BY_HAND, STATUSES, TOPONYM_ROLES,
};
use super::{model, plain, shape, warnings};
use crate::annotation::{MentionKind, Rival, ToponymRole};
use crate::document::{Document, Span};
use crate::formats::Problem;
use crate::gazetteer::{Place, PlaceShape};
use crate::store::{
    Account, AccountEvent, AccountMention, AccountPassage, AccountPlaceRef, Anchor, Link, Origin, PlaceRole,
    Status, Undated, When,
};
use crate::time::Edtf;

pub(super) fn account(
    collection: model::Collection,
    file_stem: &str,
    load_text: LoadText,
) -> Result<Account, Problem> {
    let mut reader = Reader { is_plain: collection.chronotope.is_none(), ..Reader::default() };
    let word = |scalar: Option<model::Scalar>| scalar.map_or_else(String::new, |s| s.0);
    let title = collection.title.or(collection.name).map_or_else(|| file_stem.to_owned(), |s| s.0);

    let texts = texts::read(collection.documents.unwrap_or_default(), load_text, &mut reader.warnings)?;
    for (number, text) in texts.iter().enumerate() {
        reader.document_ids.insert(text.document.id.clone(), number);
    }
    let locators: Vec<Locator> = texts.iter().map(Text::locator).collect();
    reader.places(collection.places.unwrap_or_default())?;
    let mentions = reader.mentions(collection.mentions.unwrap_or_default(), &locators)?;
    let events = reader.events(collection.features.unwrap_or_default(), &locators)?;
    let headings: Vec<Vec<Span>> =
        texts.iter().zip(&locators).map(|(text, locator)| text.headings(locator)).collect();
    drop(locators);
    let documents =
        texts.into_iter().zip(headings).map(|(text, headings)| Document { headings, ..text.document });

    let mut account = Account {
        title,
        description: word(collection.description),
        license: word(collection.license),
        attribution: word(collection.attribution),
        path: None,
        documents: documents.collect(),
        places: reader.places,
        mentions,
        events,
        found: false,
        warnings: reader.warnings,
    };
    warnings::add(&mut account);
    Ok(account)
}

#[derive(Default)]
struct Reader {
    /// Not of this program's format: what is odd is passed over with a warning.
    is_plain: bool,
    document_ids: HashMap<String, usize>,
    places: Vec<Place>,
    place_ids: HashMap<String, usize>,
    /// Places made from features, by name and shape.
    made_places: HashMap<String, Vec<usize>>,
    event_ids: HashMap<String, usize>,
    warnings: Vec<String>,
}

impl Reader {
    fn places(&mut self, list: Vec<model::Place>) -> Result<(), Problem> {
        for (i, row) in list.into_iter().enumerate() {
            let at = format!("places[{i}]");
            let id = required(row.id, &at, "id")?;
            claim_id(&mut self.place_ids, &id, i, &at)?;
            let name = required(row.name, &at, "name")?;
            let kind = row.kind.unwrap_or_else(|| "other".to_owned());
            let mut shapes = match row.geometry.and_then(|g| g.0) {
                Some(geometry) => shape::shapes_of(geometry, &format!("{at}.geometry"))?,
                None => Vec::new(),
            };
            if shapes.len() > 1 {
                let reason = "a place has one shape; expected a Point, LineString, Polygon or MultiPolygon";
                return Err(Problem::at(format!("{at}.geometry"), reason));
            }
            if let Some(radius) = row.radius_km
                && !(radius.is_finite() && radius > 0.0)
            {
                return Err(Problem::at(format!("{at}.radius_km"), "expected kilometres, more than 0"));
            }
            self.places.push(Place {
                id,
                name,
                names: row.names.unwrap_or_default(),
                kind: kind_of(PLACE_KINDS, &kind, || format!("{at}.kind"))?,
                shape: shapes.pop(),
                soft: row.soft.unwrap_or(false),
                radius_km: row.radius_km,
                iso: row.iso.unwrap_or_default(),
                geonameid: row.geonameid,
                source: row.source.unwrap_or_default(),
                note: row.note.unwrap_or_default(),
            });
        }
        Ok(())
    }

    fn mentions(
        &mut self,
        list: Vec<model::Mention>,
        locators: &[Locator],
    ) -> Result<Vec<AccountMention>, Problem> {
        let mut mentions = Vec::with_capacity(list.len());
        for (i, row) in list.into_iter().enumerate() {
            let at = format!("mentions[{i}]");
            let document = self.document(row.document, &at)?;
            let kind = match row.kind.as_deref() {
                Some("toponym") => {
                    let place = row.place.map(|id| self.place(&id, || format!("{at}.place"))).transpose()?;
                    let role = row
                        .role
                        .map(|word| kind_of(TOPONYM_ROLES, &word, || format!("{at}.role")))
                        .transpose()?
                        .unwrap_or(ToponymRole::Location);
                    MentionKind::Toponym { place, role }
                }
                Some("time") => MentionKind::Time {
                    timex_type: row.timex_type.unwrap_or_else(|| "DATE".to_owned()),
                    edtf: row.edtf.map(|edtf| date(&edtf, || format!("{at}.edtf"))).transpose()?,
                    duration: row.duration,
                },
                other => {
                    let found = other.map_or("nothing".to_owned(), |other| format!("“{other}”"));
                    let reason = format!("expected “toponym” or “time”, found {found}");
                    return Err(Problem::at(format!("{at}.kind"), reason));
                }
            };
            let Some(found) = self.locate(locators, document, row.target, || format!("{at}.target")) else {
                continue;
            };
            mentions.push(AccountMention {
                id: row.id.unwrap_or_default(),
                document,
                span: found.span,
                quote: found.quote,
                orphan: found.orphan,
                kind,
                anchor: row.anchor.map(|a| anchor(a, &at)).transpose()?,
                confidence: row.confidence.map(|confidence| confidence as f32),
                rivals: row.rivals.unwrap_or_default().into_iter().filter_map(rival).collect(),
                note: row.note.unwrap_or_default(),
            });
        }
        Ok(mentions)
    }

    fn events(
        &mut self,
        list: Vec<model::Feature>,
        locators: &[Locator],
    ) -> Result<Vec<AccountEvent>, Problem> {
        let mut events = Vec::with_capacity(list.len());
        for (i, mut row) in list.into_iter().enumerate() {
            let at = format!("features[{i}]");
            if row.kind.as_deref() != Some("Feature") {
                let found = row.kind.as_deref().unwrap_or("nothing");
                return Err(Problem::at(format!("{at}.type"), format!("expected “Feature”, found {found}")));
            }
            let id = self.event_id(row.id.or(row.at_id), i, &at)?;
            let properties = row.properties.take().unwrap_or_default();
            let title = plain::title(&properties);
            if title.is_none() && !self.is_plain {
                return Err(Problem::at(format!("{at}.properties.title"), "expected a title for the event"));
            }
            let origin = match row.when.as_ref().and_then(|w| w.rule.clone()) {
                Some(rule) if rule == READ_BY_HAND => Origin::ReadByHand,
                Some(rule) => Origin::Rule(rule),
                None => Origin::Rule(GIVEN.to_owned()),
            };
            let (when, undated) = self.when(row.when.take(), &properties, &at)?;
            let places = match row.places {
                Some(refs) => self.place_refs(refs, &at)?,
                None => self.places_made_of(row.geometry.and_then(|g| g.0), &properties, &at)?,
            };
            let mut passages = Vec::new();
            for (k, passage) in row.passages.unwrap_or_default().into_iter().enumerate() {
                let document = self.document(passage.document, &format!("{at}.passages[{k}]"))?;
                let at = || format!("{at}.passages[{k}].selector");
                if let Some(found) = self.locate(locators, document, passage.selector, at) {
                    let Located { span, quote, orphan } = found;
                    passages.push(AccountPassage { document, span, quote, orphan });
                }
            }
            events.push(AccountEvent {
                id,
                title: title.unwrap_or_else(|| format!("Event {}", i + 1)),
                told_by: plain::property(&properties, &["source"]).unwrap_or_default(),
                when,
                undated,
                places,
                passages,
                status: self.status(&properties, &at)?,
                confidence: self.confidence(&properties, &at)?,
                origin,
                // Linked Places has links of other kinds, to other sites.
                links: row
                    .links
                    .unwrap_or_default()
                    .into_iter()
                    .filter_map(|link| {
                        Some(Link { relation: link.kind.unwrap_or_default(), event: link.event? })
                    })
                    .collect(),
            });
        }
        Ok(events)
    }

    /// The id of an event; plain files may leave it out or use one twice.
    fn event_id(&mut self, id: Option<model::Scalar>, i: usize, at: &str) -> Result<String, Problem> {
        let mut id =
            id.map(|id| id.0).filter(|id| !id.is_empty()).unwrap_or_else(|| format!("event-{}", i + 1));
        if self.is_plain && self.event_ids.contains_key(&id) {
            id = format!("{id} ({})", i + 1);
        }
        claim_id(&mut self.event_ids, &id, i, at)?;
        Ok(id)
    }

    fn when(
        &mut self,
        when: Option<model::When>,
        properties: &serde_json::Map<String, serde_json::Value>,
        at: &str,
    ) -> Result<(Option<When>, Option<Undated>), Problem> {
        let has_when = when.is_some();
        let when = when.unwrap_or_default();
        let written = when.edtf.map(|edtf| (edtf, "when.edtf")).or_else(|| {
            if has_when && let Some(timespans) = &when.timespans {
                return Some((plain::edtf_of_timespans(timespans)?, "when.timespans"));
            }
            // A file of this format says “undated” by a `when` without a date.
            (!has_when || self.is_plain).then(|| plain::date(properties)).flatten()
        });
        // Whoever writes `when.edtf` means this format, with or without its version.
        let is_stated = matches!(written, Some((_, "when.edtf")));
        let edtf = written.map(|(written, member)| {
            let member =
                if member.starts_with("when.") { member.to_owned() } else { format!("properties.{member}") };
            date(&written, || format!("{at}.{member}"))
        });
        let edtf = match edtf {
            Some(Err(problem)) if self.is_plain && !is_stated => {
                self.warnings.push(format!("{problem}. The event is shown as undated"));
                None
            }
            other => other.transpose()?,
        };
        let anchor = when.anchor.map(|a| anchor(a, &format!("{at}.when"))).transpose()?;
        let said = when.said.map(|said| date(&said, || format!("{at}.when.said"))).transpose()?;
        let label = when.label.map_or_else(String::new, |l| l.0);
        let reason = when.reason.unwrap_or_default();
        if let Some(edtf) = edtf {
            let interval = edtf.interval();
            return Ok((Some(When { edtf, interval, label, reason, anchor, said }), None));
        }
        let undated = Undated { label, reason, anchor, said };
        Ok((None, Some(undated).filter(|u| *u != Undated::default())))
    }

    fn place_refs(&mut self, list: Vec<model::PlaceRef>, at: &str) -> Result<Vec<AccountPlaceRef>, Problem> {
        list.into_iter()
            .enumerate()
            .map(|(k, row)| {
                let at = format!("{at}.places[{k}]");
                let place = self.place(&required(row.place, &at, "place")?, || format!("{at}.place"))?;
                let role = row
                    .role
                    .map(|word| kind_of(PLACE_ROLES, &word, || format!("{at}.role")))
                    .transpose()?
                    .unwrap_or_default();
                let toponym = row.toponym.unwrap_or_default();
                Ok(AccountPlaceRef { place, role, toponym, reason: row.reason.unwrap_or_default() })
            })
            .collect()
    }

    /// Places for the geometry of a feature that names none; the same name and shape are one place.
    fn places_made_of(
        &mut self,
        geometry: Option<geojson::Geometry>,
        properties: &serde_json::Map<String, serde_json::Value>,
        at: &str,
    ) -> Result<Vec<AccountPlaceRef>, Problem> {
        let name = plain::place_name(properties);
        let Some(geometry) = geometry else { return Ok(Vec::new()) };
        let shapes = shape::shapes_of(geometry, &format!("{at}.geometry"))?;
        let name = name.unwrap_or_else(|| "Unnamed place".to_owned());
        Ok(shapes.into_iter().map(|shape| self.made_place(&name, shape)).collect())
    }

    fn made_place(&mut self, name: &str, shape: PlaceShape) -> AccountPlaceRef {
        let alike = self.made_places.entry(name.to_owned()).or_default();
        let is_same = |p: &usize| self.places.get(*p).is_some_and(|p| p.shape.as_ref() == Some(&shape));
        let place = alike.iter().copied().find(is_same).unwrap_or_else(|| {
            let place = self.places.len();
            let mut id = format!("place-{}", place + 1);
            while self.place_ids.contains_key(&id) {
                id.push('+');
            }
            self.place_ids.insert(id.clone(), place);
            alike.push(place);
            self.places.push(Place {
                id,
                name: name.to_owned(),
                shape: Some(shape),
                source: GIVEN.to_owned(),
                ..Place::default()
            });
            place
        });
        AccountPlaceRef { place, role: PlaceRole::Location, toponym: String::new(), reason: GIVEN.to_owned() }
    }

    fn status(
        &mut self,
        properties: &serde_json::Map<String, serde_json::Value>,
        at: &str,
    ) -> Result<Status, Problem> {
        let Some(word) = plain::property(properties, &["status"]) else { return Ok(Status::default()) };
        match kind_of(STATUSES, &word, || format!("{at}.properties.status")) {
            Err(_) if self.is_plain => Ok(Status::default()),
            other => other,
        }
    }

    fn confidence(
        &mut self,
        properties: &serde_json::Map<String, serde_json::Value>,
        at: &str,
    ) -> Result<Option<f32>, Problem> {
        match properties.get("confidence") {
            None | Some(serde_json::Value::Null) => Ok(None),
            Some(value) => match value.as_f64() {
                Some(confidence) if (0.0..=1.0).contains(&confidence) => Ok(Some(confidence as f32)),
                _ if self.is_plain => Ok(None),
                _ => {
                    let reason = format!("expected a number from 0 to 1, found {value}");
                    Err(Problem::at(format!("{at}.properties.confidence"), reason))
                }
            },
        }
    }

    /// What selectors lead to; what says nothing that could be looked for is passed over.
    fn locate(
        &mut self,
        locators: &[Locator],
        document: usize,
        selectors: Option<model::Selectors>,
        at: impl FnOnce() -> String,
    ) -> Option<Located> {
        let found = locators.get(document)?.located(texts::wanted(selectors.unwrap_or_default()));
        if found.is_none() {
            self.warnings.push(format!("{}: no quote, and the position tells nothing; passed over", at()));
        }
        found
    }

    fn document(&self, id: Option<String>, at: &str) -> Result<usize, Problem> {
        let id = required(id, at, "document")?;
        self.document_ids.get(&id).copied().ok_or_else(|| {
            Problem::at(format!("{at}.document"), format!("“{id}” is not the id of one of “documents”"))
        })
    }

    fn place(&self, id: &str, at: impl FnOnce() -> String) -> Result<usize, Problem> {
        self.place_ids
            .get(id)
            .copied()
            .ok_or_else(|| Problem::at(at(), format!("“{id}” is not the id of one of “places”")))
    }
}

pub(super) fn required(value: Option<String>, at: &str, member: &str) -> Result<String, Problem> {
    value
        .filter(|value| !value.is_empty())
        .ok_or_else(|| Problem::at(format!("{at}.{member}"), "is missing; expected a string"))
}

pub(super) fn claim_id(
    ids: &mut HashMap<String, usize>,
    id: &str,
    i: usize,
    at: &str,
) -> Result<(), Problem> {
    match ids.insert(id.to_owned(), i) {
        Some(first) => Err(Problem::at(
            format!("{at}.id"),
            format!("“{id}” is used twice (first by number {first}, from 0)"),
        )),
        None => Ok(()),
    }
}

pub(super) fn date(written: &str, at: impl FnOnce() -> String) -> Result<Edtf, Problem> {
    Edtf::parse(written).map_err(|error| Problem::at(at(), error))
}

/// A rival without a name or a score tells nothing.
fn rival(rival: model::Rival) -> Option<Rival> {
    Some(Rival { name: rival.name?, score: rival.score? as f32, geonameid: rival.geonameid })
}

fn anchor(anchor: model::Anchor, at: &str) -> Result<Anchor, Problem> {
    let at = || format!("{at}.anchor.kind");
    Ok(Anchor {
        kind: kind_of(ANCHOR_KINDS, anchor.kind.as_deref().unwrap_or_default(), at)?,
        to: anchor.to.unwrap_or_default(),
        relation: anchor.relation.unwrap_or_default(),
        words: anchor.words.unwrap_or_default(),
    })
}
