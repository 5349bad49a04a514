//! XML within bounds: no DOCTYPE, so that no entity can be made up, and only so deep.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesStart, Event};

use super::decode;
use crate::formats::Problem;
use crate::progress::Progress;

const MAX_DEPTH: usize = 256;
/// Bytes between two words on the progress.
const PIECE: u64 = 256 << 10;

/// A start or an end of an element, or words. An element without content is a start and an end.
#[derive(Debug)]
pub(super) enum Part<'a> {
    Start(Tag<'a>),
    /// The local name of the element.
    End(Cow<'a, str>),
    Words(Cow<'a, str>),
}

/// The start of an element.
#[derive(Debug)]
pub(super) struct Tag<'a>(BytesStart<'a>);

impl Tag<'_> {
    /// The name without its prefix.
    pub fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// An attribute by its name without its prefix.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        let found =
            attributes.with_checks(false).flatten().find(|a| a.key.local_name().into_inner() == name)?;
        Some(unescape(&found.value).map_or_else(|_| found.value.to_string(), Cow::into_owned))
    }
}

/// The XML of an entry as characters.
pub(super) fn decode(bytes: &[u8], progress: &Progress) -> Result<String, Problem> {
    Ok(decode::decode(bytes, None, progress)?.text)
}

/// Reads the parts of an XML text in order.
pub(super) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    format: &'static str,
    progress: &'a Progress,
    depth: usize,
    n_reported: u64,
}

impl<'a> Xml<'a> {
    /// `format` is what the whole file is called in messages.
    pub fn new(xml: &'a str, format: &'static str, progress: &'a Progress) -> Self {
        let mut reader = Reader::from_str(xml);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Self { reader, format, progress, depth: 0, n_reported: 0 }
    }

    /// The next part, `None` at the end.
    pub fn next(&mut self) -> Result<Option<Part<'a>>, Problem> {
        loop {
            let position = self.reader.buffer_position();
            if position >= self.n_reported {
                self.progress.reach(position)?;
                self.n_reported = position + PIECE;
            }
            let event = self.reader.read_event().map_err(|error| self.damaged(&error.to_string()))?;
            return Ok(Some(match event {
                Event::Start(start) | Event::Empty(start) => {
                    self.depth += 1;
                    if self.depth > MAX_DEPTH {
                        let reason = format!("the elements of its XML are nested more than {MAX_DEPTH} deep");
                        return Err(Problem::Unsafe { reason });
                    }
                    Part::Start(Tag(start))
                }
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    Part::End(end.local_name().into_inner().to_owned().into())
                }
                Event::Text(text) => Part::Words(text.into_inner()),
                Event::CData(text) => Part::Words(text.into_inner()),
                Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                    Ok(Some(c)) => Part::Words(c.to_string().into()),
                    _ => match resolve_predefined_entity(&reference) {
                        Some(words) => Part::Words(words.into()),
                        None => continue,
                    },
                },
                Event::DocType(_) => {
                    let reason = "its XML has a DOCTYPE, which can define entities without end".to_owned();
                    return Err(Problem::Unsafe { reason });
                }
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
                Event::Eof if self.depth > 0 => return Err(self.damaged("its XML ends too early")),
                Event::Eof => return Ok(None),
            }));
        }
    }

    /// Passes by all until the end of the element that has just started.
    pub fn skip(&mut self) -> Result<(), Problem> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside && self.next()?.is_some() {}
        Ok(())
    }

    /// The words until the end of the element that has just started.
    pub fn words(&mut self) -> Result<String, Problem> {
        let outside = self.depth.saturating_sub(1);
        let mut words = String::new();
        while self.depth > outside {
            match self.next()? {
                Some(Part::Words(more)) => words.push_str(&more),
                Some(_) => {}
                None => break,
            }
        }
        Ok(words)
    }

    fn damaged(&self, reason: &str) -> Problem {
        Problem::Damaged { format: self.format, reason: reason.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(xml: &str) -> Result<String, Problem> {
        let progress = Progress::default();
        let mut reader = Xml::new(xml, "XML", &progress);
        let mut shown = String::new();
        while let Some(part) = reader.next()? {
            match part {
                Part::Start(tag) => {
                    let value = tag.attribute("v").unwrap_or_default();
                    shown.extend(["<", tag.name(), " ", &value, ">"]);
                }
                Part::End(name) => shown.extend(["</", &name, ">"]),
                Part::Words(words) => shown += &words,
            }
        }
        Ok(shown)
    }

    #[test]
    fn parts_of_xml() {
        for (xml, expected) in [
            (
                "<?xml version='1.0'?><w:a w:v='1 &amp; 2'><b/>x &amp; &#x259; &none;<![CDATA[<y>]]></w:a>",
                "<a 1 & 2><b ></b>x & ə <y></a>",
            ),
            ("", ""),
        ] {
            assert_eq!(parts(xml).unwrap(), expected);
        }
        for (xml, expected) in [
            ("<!DOCTYPE a [<!ENTITY b 'bbb'>]><a>&b;</a>".to_owned(), "DOCTYPE"),
            ("<a>".repeat(300), "nested more than 256"),
            ("<a><b></a>".to_owned(), "damaged"),
            ("<a>".to_owned(), "ends too early"),
            ("<a".to_owned(), "damaged"),
        ] {
            let error = parts(&xml).unwrap_err().to_string();
            assert!(error.contains(expected), "{xml}: {error}");
        }
    }
}
