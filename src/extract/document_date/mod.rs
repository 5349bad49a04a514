//! When a text was written, by its own words.
//!
//! In two steps, between which the times of the text are read:
//!
//! 1. [`explicit`]: a date at the head, in a dateline, a byline or on a line of its own. It is asked
//!    before times are resolved, so that "yesterday" can be counted from it.
//! 2. [`infer`]: from times that were found without a date: what the text calls "last year" and
//!    elsewhere dates. If it answers, the times are found again, with its answer as the date.
//!
//! Neither guesses without evidence: a history that nowhere says "last year" has no date.

mod evidence;
mod head;
mod words;

use super::Source;
use super::TimeMention;
use crate::time::{CivilDate, Edtf};

/// A document's date and how it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedBy {
    pub edtf: Edtf,
    /// A sentence for people.
    pub reason: String,
}

/// The date that the text carries at its head. Reads no more than the head.
pub fn explicit(source: &Source) -> Option<DatedBy> {
    head::explicit(source)
}

/// The date of a text that carries none, from times that were found in it without a document date.
pub fn infer(source: &Source, times: &[TimeMention]) -> Option<DatedBy> {
    let dated = evidence::infer(source, times)?;
    Some(head::day_without_year(source, times).and_then(|day| with_day(&dated, day)).unwrap_or(dated))
}

/// A day of a month that a dateline has without its year, in an inferred year: "BAKU, April 5 (AP) —".
fn with_day(dated: &DatedBy, day: head::DayOfMonth) -> Option<DatedBy> {
    let head::DayOfMonth { month, day, words } = day;
    let first = CivilDate::from_day(dated.edtf.interval().extent().first);
    let names_month = dated.edtf.as_str().trim_end_matches('~').len() > 4;
    if names_month && first.month != month {
        return None;
    }
    let edtf = Edtf::parse(&format!("{:04}-{month:02}-{day:02}~", first.year)).ok()?;
    let reason = format!("{} Its dateline has “{words}”, without a year.", dated.reason);
    Some(DatedBy { edtf, reason })
}

#[cfg(test)]
mod tests {
    use crate::extract::{Extractor, Inference, Language, Layers, Setting};
    use crate::gazetteer::Gazetteer;
    use crate::progress::Progress;

    /// The date of a text and its reason, as it is opened.
    fn dated(text: &str) -> Option<(String, String)> {
        let setting = Setting { text, headings: &[], document_date: None };
        let mut extractor = Extractor::new(Language::english(), Gazetteer::embedded());
        let read = extractor.read_and_date(&setting, Layers::ALL, Inference::Always, &Progress::default());
        read.unwrap().1.map(|dated| (dated.edtf.as_str().to_owned(), dated.reason))
    }

    #[test]
    fn a_dateline_without_a_year_has_that_of_the_text() {
        let story =
            "On September 20, 2022 the road was closed. What was agreed on September 20 of last year failed.";
        let (edtf, reason) = dated(&format!("BAKU, April 5 (AP) — Talks went on. {story}")).unwrap();
        assert_eq!(edtf, "2023-04-05~");
        assert!(reason.ends_with("Its dateline has “April 5”, without a year."), "{reason}");
        let (edtf, reason) = dated(&format!("Talks went on. {story}")).unwrap();
        assert_eq!((edtf.as_str(), reason.contains("dateline")), ("2023", false));
        // No year, no date.
        assert_eq!(dated("BAKU, April 5 (AP) — Talks went on in the old town."), None);
    }
}
