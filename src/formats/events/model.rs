//! The events format as JSON has it: every member of `data/README.md`, nothing interpreted.
//!
//! All members may be absent or `null`, so that plain GeoJSON fits too; unknown ones are passed over.

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Enough to know whether the rest is worth reading.
#[derive(Debug, Deserialize)]
pub(super) struct Head {
    #[serde(rename = "type")]
    pub kind: Option<Value>,
    pub chronotope: Option<Value>,
}

macro_rules! members {
    ($($(#[$doc:meta])* $name:ident { $($(#[$attribute:meta])* $member:ident: $type:ty,)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Default, Serialize, Deserialize)]
        #[allow(clippy::struct_field_names, reason = "members are called as the format calls them")]
        pub(super) struct $name {
            $($(#[$attribute])* #[serde(skip_serializing_if = "Option::is_none")] pub $member: Option<$type>,)*
        }
    )*};
}

members! {
    Collection {
        #[serde(rename = "type")] kind: String,
        chronotope: u64,
        title: Scalar,
        name: Scalar,
        description: Scalar,
        license: Scalar,
        attribution: Scalar,
        documents: Vec<Document>,
        places: Vec<Place>,
        mentions: Vec<Mention>,
        features: Vec<Feature>,
    }

    Document {
        id: String,
        title: String,
        file: String,
        media_type: String,
        language: String,
        sha256: String,
        /// In code points.
        length: u64,
        source: String,
        published: Published,
        headings: Vec<Heading>,
    }

    Published { edtf: String, reason: String, }

    Heading { level: u64, selector: Selectors, }

    Place {
        id: String,
        name: String,
        names: Vec<String>,
        kind: String,
        geometry: GeometryOrNull,
        soft: bool,
        radius_km: f64,
        iso: String,
        geonameid: u64,
        source: String,
        note: String,
    }

    Mention {
        id: String,
        document: String,
        kind: String,
        place: String,
        role: String,
        timex_type: String,
        edtf: String,
        duration: String,
        anchor: Anchor,
        confidence: f64,
        rivals: Vec<Rival>,
        note: String,
        target: Selectors,
    }

    Rival { name: String, score: f64, geonameid: u64, }

    Feature {
        #[serde(rename = "type")] kind: String,
        id: Scalar,
        /// Linked Places calls it so.
        #[serde(rename = "@id")] at_id: Scalar,
        geometry: GeometryOrNull,
        properties: Map<String, Value>,
        when: When,
        places: Vec<PlaceRef>,
        passages: Vec<Passage>,
        links: Vec<Link>,
    }

    When {
        edtf: String,
        timespans: Vec<Timespan>,
        label: Scalar,
        rule: String,
        reason: String,
        anchor: Anchor,
        said: String,
    }

    Timespan { start: Edge, end: Edge, }

    /// One end of a Linked Places time span.
    Edge {
        #[serde(rename = "in")] at: Scalar,
        earliest: Scalar,
        latest: Scalar,
    }

    Anchor { kind: String, to: String, relation: String, words: String, }

    PlaceRef { place: String, role: String, toponym: String, reason: String, }

    Passage { document: String, role: String, selector: Selectors, }

    Link {
        #[serde(rename = "type")] kind: String,
        event: String,
    }

    /// A W3C Web Annotation selector; which members count depends on `type`.
    Selector {
        #[serde(rename = "type")] kind: String,
        start: u64,
        end: u64,
        exact: String,
        prefix: String,
        suffix: String,
        selector: Box<Selectors>,
    }
}

/// GeoJSON wants the member even where there is no geometry.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct GeometryOrNull(pub Option<geojson::Geometry>);

/// A word or number that is used as a word.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(super) struct Scalar(pub String);

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ScalarVisitor;
        impl Visitor<'_> for ScalarVisitor {
            type Value = Scalar;

            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("a string or a number")
            }

            fn visit_str<E>(self, text: &str) -> Result<Scalar, E> {
                Ok(Scalar(text.to_owned()))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Scalar, E> {
                Ok(Scalar(number.to_string()))
            }

            fn visit_i64<E>(self, number: i64) -> Result<Scalar, E> {
                Ok(Scalar(number.to_string()))
            }

            fn visit_f64<E>(self, number: f64) -> Result<Scalar, E> {
                Ok(Scalar(number.to_string()))
            }
        }
        deserializer.deserialize_any(ScalarVisitor)
    }
}

/// Selectors of one span: a list, one alone, or an object with a `selector`, as in W3C targets.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Selectors(pub Vec<Selector>);

impl<'de> Deserialize<'de> for Selectors {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct SelectorsVisitor;
        impl<'de> Visitor<'de> for SelectorsVisitor {
            type Value = Selectors;

            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("a selector or a list of selectors")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Selectors, A::Error> {
                let mut selectors = Vec::new();
                while let Some(selector) = list.next_element()? {
                    selectors.push(selector);
                }
                Ok(Selectors(selectors))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Selectors, A::Error> {
                let mut selector = Selector::deserialize(MapAccessDeserializer::new(map))?;
                Ok(selector.selector.take().map_or_else(|| Selectors(vec![selector]), |inner| *inner))
            }
        }
        deserializer.deserialize_any(SelectorsVisitor)
    }
}
