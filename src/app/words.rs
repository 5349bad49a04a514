//! How all panels say what an event is: one list of words for its status, one for who found it.

use crate::store::{Event, Origin, Status};

/// How the text puts a statement, in a word.
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Reported => "reported",
        Status::Claimed => "claimed",
        Status::Planned => "planned",
        Status::Hypothetical => "hypothetical",
        Status::Denied => "denied",
    }
}

/// The status where a statement is not simply reported: what must be said wherever its title is.
pub fn aside(of: Status) -> Option<&'static str> {
    (of != Status::Reported).then(|| status(of))
}

/// The title with its status before it, where it is not told as a fact: "planned: Talks in Sofia".
pub fn marked_title(event: &Event) -> String {
    if event.status.is_told_as_fact() {
        event.title.clone()
    } else {
        format!("{}: {}", status(event.status), event.title)
    }
}

/// Who says it and how, with the name of who says it: "Claimed by …".
pub fn told(status: Status, by: &str) -> String {
    let by = if by.is_empty() { "a source that is not named" } else { by };
    match status {
        Status::Reported => format!("Told by {by}"),
        Status::Claimed => format!("Claimed by {by}"),
        Status::Planned => format!("Planned, according to {by}"),
        Status::Hypothetical => format!("Hypothetical: told as a condition or possibility by {by}"),
        Status::Denied => format!("Denied by {by}"),
    }
}

/// The rule of events that are in their file without a word on who found them.
const GIVEN: &str = "given in the file";

/// How an event that the machine found was found: "found by rule “dated clause”, confidence 0.72";
/// `None` where it was read by a person or is given in a file.
pub fn found(event: &Event) -> Option<String> {
    matches!(&event.origin, Origin::Rule(rule) if rule != GIVEN).then(|| origin(event))
}

/// Who found an event and how sure that is: "read by hand, confidence 0.90".
pub fn origin(event: &Event) -> String {
    let how = match &event.origin {
        Origin::ReadByHand => "read by hand".to_owned(),
        Origin::Rule(rule) if rule == GIVEN => GIVEN.to_owned(),
        Origin::Rule(rule) => format!("found by rule “{rule}”"),
    };
    match event.confidence {
        Some(confidence) => format!("{how}, confidence {confidence:.2}"),
        None => how,
    }
}

/// A sentence out of words that stand elsewhere in one.
pub fn upper_first(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What the marks mean that are drawn in outline.
pub const NOT_FACTS: &str = "planned, hypothetical or denied";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_simply_reported_goes_without_saying() {
        for (of, expected) in [
            (Status::Reported, None),
            (Status::Claimed, Some("claimed")),
            (Status::Planned, Some("planned")),
            (Status::Hypothetical, Some("hypothetical")),
            (Status::Denied, Some("denied")),
        ] {
            assert_eq!(aside(of), expected);
            assert_eq!(told(of, "X").to_lowercase().contains("by x"), of != Status::Planned);
        }
    }
}
