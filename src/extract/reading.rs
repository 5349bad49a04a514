//! What was found in a text. Spans are UTF-8 byte ranges; reasons are kept as data and worded late.

use std::borrow::Cow;
use std::ops::Deref;

use smallvec::SmallVec;

use crate::document::Span;
use crate::gazetteer::GazetteerId;
use crate::time::Edtf;

/// Positions in a list of [`Reading`]: seldom more than a few.
pub type Positions = SmallVec<[usize; 4]>;

/// All that was found in one text, each list in text order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reading {
    pub times: Vec<TimeMention>,
    pub places: Vec<PlaceMention>,
    pub events: Vec<FoundEvent>,
}

/// As in TIMEX3, <https://timeml.github.io/site/publications/timeMLdocs/timeml_1.2.1.html>.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TimexType {
    Date,
    Time,
    Duration,
    Set,
}

impl TimexType {
    pub fn name(self) -> &'static str {
        match self {
            Self::Date => "DATE",
            Self::Time => "TIME",
            Self::Duration => "DURATION",
            Self::Set => "SET",
        }
    }
}

/// A time expression.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeMention {
    pub span: Span,
    pub timex_type: TimexType,
    /// TIMEX3 value: `2023-04-23`, `P44D`, `PAST_REF`, `BC0044`, `2020-SU`, `199`.
    pub value: String,
    /// The time meant, with its bounds; `None` where it cannot be put on the calendar. Of a duration,
    /// the interval that it fills where that is known. May be vaguer than `value` says ("early 2020").
    pub edtf: Option<Edtf>,
    pub anchor: TimeAnchor,
    /// What is done from the anchor, for instance "P1D before", "same year", "first after", "at"
    /// (see `data/README.md`, Anchor); empty for absolute dates.
    pub relation: Cow<'static, str>,
    pub rule: &'static str,
    /// 0–1.
    pub confidence: f32,
    /// Is it a time at which something happens, rather than part of a name ("the 1947 Act",
    /// "9/11 Commission") or an age?
    pub is_adverbial: bool,
}

/// What a time expression is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeAnchor {
    Absolute,
    /// The document's date.
    Document,
    /// Another mention: its position in [`Reading::times`].
    Mention(usize),
    /// It is relative, and nothing is known to count it from.
    Missing,
}

/// What a toponym does in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ToponymRole {
    /// Something is or happens there.
    Location,
    /// A capital or country that stands for its government or its people.
    Government,
    /// Part of another name ("Paris Agreement", "University of York").
    NamePart,
    /// Inhabitants or an adjective: "French", "Azerbaijani".
    Demonym,
    /// Written so by mistake; the resolution is what is meant.
    Slip,
}

impl ToponymRole {
    /// Does the mention count as naming a place? Locations do, and governments and slips, as the public
    /// corpora of place names have them (`GeoVirus`, LGL, TR-News: "Washington said" and "the U.S. Army" are
    /// annotated); demonyms and parts of other names ("University of York") do not.
    pub fn is_place_on_map(self) -> bool {
        matches!(self, Self::Location | Self::Government | Self::Slip)
    }
}

/// A toponym and what it is taken for.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceMention {
    pub span: Span,
    pub role: ToponymRole,
    /// That it is a place name in this role, 0–1.
    pub confidence: f32,
    /// `None`: a place that no gazetteer entry fits.
    pub resolution: Option<Resolution>,
    /// Of a place that no entry fits: another, named with it, near which it may be. A guess, and never
    /// the place itself.
    pub beside: Option<GazetteerId>,
}

/// Which place a toponym means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Resolution {
    pub place: GazetteerId,
    /// 0–1.
    pub confidence: f32,
    pub why: WhyHere,
    /// The best of those that lost, best first.
    pub rivals: Rivals,
}

impl Resolution {
    pub const MAX_RIVALS: usize = 4;
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rival {
    pub place: GazetteerId,
    /// 0–1, comparable with the winner's confidence.
    pub score: f32,
}

/// At most [`Resolution::MAX_RIVALS`], kept in place: every mention of a name has its own.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rivals {
    all: [Rival; Resolution::MAX_RIVALS],
    n: u8,
}

impl FromIterator<Rival> for Rivals {
    /// The first of them, if they are too many.
    fn from_iter<I: IntoIterator<Item = Rival>>(rivals: I) -> Self {
        let none = Rival { place: GazetteerId(0), score: 0.0 };
        let mut found = Self { all: [none; Resolution::MAX_RIVALS], n: 0 };
        for (place, rival) in found.all.iter_mut().zip(rivals) {
            *place = rival;
            found.n += 1;
        }
        found
    }
}

impl Deref for Rivals {
    type Target = [Rival];

    fn deref(&self) -> &[Rival] {
        self.all.get(..usize::from(self.n)).unwrap_or_default()
    }
}

impl<'a> IntoIterator for &'a Rivals {
    type Item = &'a Rival;
    type IntoIter = std::slice::Iter<'a, Rival>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// What decided for a place. Worded in `opening`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum WhyHere {
    /// No other place of the gazetteer is called so.
    OnlyCandidate,
    /// The largest or best known of its name.
    MostProminent,
    /// The country or province named beside it ("Paris, Texas").
    NamedBeside(GazetteerId),
    /// Near other places of the text; the nearest of them and its distance.
    NearOthers { other: GazetteerId, km: f32 },
    /// In the country that the text is mostly about.
    SameCountry(GazetteerId),
    /// As the same name elsewhere in the text.
    SameAsElsewhere,
    /// A slip of the pen for a name that the text has elsewhere.
    SlipFor(Span),
}

/// How a statement is put. As [`crate::store::Status`], which is not known here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Statement {
    #[default]
    Reported,
    Claimed,
    Planned,
    Hypothetical,
    Denied,
}

impl Statement {
    pub fn name(self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::Claimed => "claimed",
            Self::Planned => "planned",
            Self::Hypothetical => "hypothetical",
            Self::Denied => "denied",
        }
    }
}

/// An event: a clause with a time, a place or both. What lacks one is kept and says so.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundEvent {
    /// The passage that is its evidence: a sentence or clause.
    pub passage: Span,
    /// The shortest clause that names the action, in the text's own words: parts of the passage in
    /// order, to be joined with single spaces.
    pub title: SmallVec<[Span; 3]>,
    /// Position in [`Reading::times`].
    pub time: Option<usize>,
    /// The date, where it is not that mention's own (it is continued or combined); otherwise `None`.
    pub edtf: Option<Edtf>,
    pub why_then: WhyThen,
    /// Positions in [`Reading::places`] where it happens, the most telling first.
    pub places: Positions,
    /// Wider places named with it, where it is not drawn.
    pub context: Positions,
    pub why_there: WhyThere,
    pub statement: Statement,
    /// Who says it, where the text names someone: "he said", "according to the ministry".
    pub told_by: Option<Span>,
    pub rule: &'static str,
    /// 0–1.
    pub confidence: f32,
    /// An earlier event of this reading that tells of the same thing: its position.
    pub same_as: Option<usize>,
}

/// Why an event has its date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyThen {
    /// Its own clause has it.
    InClause,
    /// Its sentence has it.
    InSentence,
    /// It goes on from the sentence before, whose date it has.
    Continued,
    /// The heading above.
    Heading,
    /// The document's date and the tense: news of the day.
    DocumentDate,
    Undated,
}

/// Why an event has its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyThere {
    InClause,
    InSentence,
    Continued,
    Heading,
    /// The dateline at the head of the text.
    Dateline,
    Unplaced,
}
