//! A line of an archive: a document with its id, its text and its date.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};

use crate::time::Edtf;
use crate::time::edtf::from_typed;

/// How a document is called in its archive.
#[derive(Debug, Clone, PartialEq)]
pub enum DocId<'a> {
    Text(Cow<'a, str>),
    Number(serde_json::Number),
}

impl DocId<'_> {
    /// What ids are made from: a number is its digits.
    pub fn as_text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Number(number) => Cow::Owned(number.to_string()),
        }
    }
}

/// A document as its line has it. What needs no unescaping is borrowed from the line.
#[derive(Debug, Clone, PartialEq)]
pub struct Record<'a> {
    pub doc_id: DocId<'a>,
    pub text: Cow<'a, str>,
    /// As written; empty where there is none.
    pub dct: Cow<'a, str>,
}

impl Record<'_> {
    /// # Errors
    /// That the date written is none.
    pub fn document_date(&self) -> Result<Option<Edtf>, String> {
        date(&self.dct)
    }
}

/// Reads a line; on failure its id, where one is known by then, and what is wrong.
pub(super) fn parse(line: &[u8]) -> Result<Record<'_>, (Option<DocId<'static>>, String)> {
    let text = std::str::from_utf8(line).map_err(|error| {
        let message = format!("the line is not UTF-8 (byte {} of it)", error.valid_up_to() + 1);
        (doc_id_of(line), message)
    })?;
    let mut members = Members::default();
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let result = Read(&mut members).deserialize(&mut deserializer).and_then(|()| deserializer.end());
    let problem = match result {
        Err(error) => {
            // The line is known; a column says where in it.
            let column = error.column();
            let message = error.to_string();
            let reason = message.rsplit_once(" at line ").map_or(message.as_str(), |(reason, _)| reason);
            let what = if error.is_data() { "" } else { "not JSON: " };
            Some(format!("{what}{reason} (character {column} of the line)"))
        }
        Ok(()) => None,
    };
    let Members { doc_id, text, dct } = members;
    match (problem, doc_id, text) {
        (None, Some(doc_id), Some(text)) => Ok(Record { doc_id, text, dct }),
        (problem, doc_id, _) => {
            let problem = problem.unwrap_or_else(|| match doc_id {
                None => "“doc_id” is missing; expected a string or a number".to_owned(),
                Some(_) => "“text” is missing; expected a string".to_owned(),
            });
            Err((doc_id.map(owned), problem))
        }
    }
}

/// The id of a line that may be broken or cut short, where it can still be made out.
pub(super) fn doc_id_of(line: &[u8]) -> Option<DocId<'static>> {
    let text = String::from_utf8_lossy(line);
    let mut members = Members::default();
    // That the line is broken is known.
    let _ = Read(&mut members).deserialize(&mut serde_json::Deserializer::from_str(&text));
    members.doc_id.map(owned)
}

fn owned(doc_id: DocId) -> DocId<'static> {
    match doc_id {
        DocId::Text(text) => DocId::Text(Cow::Owned(text.into_owned())),
        DocId::Number(number) => DocId::Number(number),
    }
}

/// The date as archives write it: EDTF, ISO 8601 with a time of day, or in words; `None` if empty.
pub(super) fn date(written: &str) -> Result<Option<Edtf>, String> {
    let written = written.trim();
    if written.is_empty() {
        return Ok(None);
    }
    // "2008-05-24T10:00:00Z", "2008-05-24 10:00": a civil day, which no time zone moves.
    let day =
        written.get(..10).filter(|_| written.get(10..).is_some_and(|rest| rest.starts_with(['T', 't', ' '])));
    let compact = (written.len() >= 8 && written.bytes().take(8).all(|byte| byte.is_ascii_digit()))
        .then(|| written.get(..8).zip(written.get(8..)))
        .flatten()
        .filter(|(_, rest)| rest.is_empty() || rest.starts_with(['T', 't']))
        .and_then(|(day, _)| Some(format!("{}-{}-{}", day.get(..4)?, day.get(4..6)?, day.get(6..)?)));
    let known = [day, compact.as_deref(), Some(written)]
        .into_iter()
        .flatten()
        .find_map(|date| Edtf::parse(date).ok())
        .or_else(|| from_typed(written).ok());
    known.map(Some).ok_or_else(|| {
        let shown: String = written.chars().take(60).collect();
        format!("“dct” is no date: “{shown}”; expected EDTF or ISO 8601 (2008-05-24). Read without it")
    })
}

/// What has been read of a line so far: kept outside the deserializer, so that an error further on
/// does not lose it.
#[derive(Default)]
struct Members<'a> {
    doc_id: Option<DocId<'a>>,
    text: Option<Cow<'a, str>>,
    dct: Cow<'a, str>,
}

struct Read<'m, 'de>(&'m mut Members<'de>);

impl<'de> DeserializeSeed<'de> for Read<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Read<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object with “doc_id” and “text”")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key_seed(Scalar("a name"))? {
            match key {
                DocId::Text(name) if name == "doc_id" => {
                    self.0.doc_id = Some(map.next_value_seed(Scalar("a string or a number as “doc_id”"))?);
                }
                DocId::Text(name) if name == "text" => match map
                    .next_value_seed(Scalar("a string as “text”"))?
                {
                    DocId::Text(text) => self.0.text = Some(text),
                    DocId::Number(number) => {
                        return Err(A::Error::custom(format!("expected a string as “text”, found {number}")));
                    }
                },
                DocId::Text(name) if name == "dct" => {
                    self.0.dct = match map.next_value_seed(Nullable)? {
                        Some(DocId::Text(date)) => date,
                        Some(DocId::Number(number)) => Cow::Owned(number.to_string()),
                        None => Cow::Borrowed(""),
                    };
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// A string or a number; the words say what was expected.
struct Scalar(&'static str);

impl<'de> DeserializeSeed<'de> for Scalar {
    type Value = DocId<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<DocId<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Scalar {
    type Value = DocId<'de>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.0)
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<DocId<'de>, E> {
        Ok(DocId::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<DocId<'de>, E> {
        Ok(DocId::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_u64<E>(self, number: u64) -> Result<DocId<'de>, E> {
        Ok(DocId::Number(number.into()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<DocId<'de>, E> {
        Ok(DocId::Number(number.into()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<DocId<'de>, E> {
        serde_json::Number::from_f64(number).map(DocId::Number).ok_or_else(|| E::custom("not a number"))
    }
}

/// A string, a number or null.
struct Nullable;

impl<'de> DeserializeSeed<'de> for Nullable {
    type Value = Option<DocId<'de>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for Nullable {
    type Value = Option<DocId<'de>>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a date or null as “dct”")
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(Scalar("a date or null as “dct”")).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_an_id_and_a_text() {
        for (line, doc_id, text, dct) in [
            (r#"{"doc_id": "a", "dct": null, "title": [1, {"x": 2}], "text": "One."}"#, "a", "One.", ""),
            (r#"{"text":"a \"b\"\n","doc_id":17}"#, "17", "a \"b\"\n", ""),
            (r#"{"doc_id": -1.5, "text": "", "dct": 2008}"#, "-1.5", "", "2008"),
            ("{\"doc_id\": \"🏔\\u0041\", \"dct\": \"2008-05\", \"text\": \"x\"}\r\n", "🏔A", "x", "2008-05"),
        ] {
            let record = parse(line.as_bytes()).unwrap();
            assert_eq!(
                (record.doc_id.as_text().as_ref(), record.text.as_ref(), record.dct.as_ref()),
                (doc_id, text, dct)
            );
        }
    }

    #[test]
    fn what_is_wrong_is_said_with_the_id_where_it_is_known() {
        for (line, doc_id, words) in [
            (&br#"{"doc_id": "a", "dct": null}"#[..], Some("a"), "“text” is missing"),
            (br#"{"text": "a"}"#, None, "“doc_id” is missing"),
            (br#"{"doc_id": "a", "text": 5}"#, Some("a"), "expected a string as “text”, found 5"),
            (br#"{"doc_id": "a", "text": null}"#, Some("a"), "expected a string as “text”"),
            (br#"{"doc_id": null, "text": "x"}"#, None, "a string or a number as “doc_id”"),
            (br#"{"doc_id": 7, "text": "cut sho"#, Some("7"), "not JSON: EOF while parsing a string"),
            (br#"{"doc_id": 7, "text": "a"} {}"#, Some("7"), "not JSON: trailing characters"),
            (br#"["a"]"#, None, "an object with “doc_id” and “text”"),
            (b"text", None, "not JSON"),
            (b"{\"doc_id\": \"a\", \"text\": \"caf\xE9\"}", Some("a"), "not UTF-8 (byte 29 of it)"),
        ] {
            let (found, message) = parse(line).unwrap_err();
            assert_eq!(found.as_ref().map(DocId::as_text).as_deref(), doc_id, "{message}");
            assert!(message.contains(words), "{message}");
        }
    }

    #[test]
    fn dates_are_read_as_archives_write_them() {
        for (written, expected) in [
            ("", Some("")),
            ("2008-05-24", Some("2008-05-24")),
            ("2008-05-24T23:59:00+05:00", Some("2008-05-24")),
            ("2008-05-24 10:00", Some("2008-05-24")),
            ("20080524", Some("2008-05-24")),
            ("20080524T1000", Some("2008-05-24")),
            ("2008", Some("2008")),
            ("1990~/1995", Some("1990~/1995")),
            ("24 May 2008", Some("2008-05-24")),
            ("soon", None),
            ("2008-13-45T10:00", None),
        ] {
            let found = date(written).ok().map(|date| date.map_or(String::new(), |date| date.to_string()));
            assert_eq!(found.as_deref(), expected, "{written}");
        }
    }
}
