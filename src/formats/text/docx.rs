//! DOCX (Office Open XML, ECMA-376): paragraphs, headings by their styles, tables, notes and the core
//! properties. What was deleted, moved away or hidden is not read, nor headers and footers.

use std::collections::BTreeMap;

use super::archive::Archive;
use super::blocks::{Block, one_line};
use super::dates::{DateKind, Dates};
use super::flow::Flow;
use super::xml::{self, Part, Xml};
use super::{TextFile, language_tag};
use crate::formats::Problem;
use crate::progress::{Progress, Stage};

const FORMAT: &str = "DOCX";
const USUAL_MAIN_PART: &str = "word/document.xml";
/// A style is based on at most so many others.
const MAX_BASES: usize = 16;

pub(super) fn read(bytes: &[u8], progress: &Progress) -> Result<TextFile, Problem> {
    let mut archive = Archive::open(bytes, FORMAT)?;
    let main_part = main_part(&mut archive, progress)?;
    let folder = main_part.rsplit_once('/').map_or("", |(folder, _)| folder);
    let beside = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    let styles = Styles::read(&mut archive, &beside("styles.xml"), progress)?;
    let document = xml::decode(&archive.require(&main_part, progress)?, progress)?;
    progress.begin(Stage::Reading, document.len() as u64);
    let mut flow = Flow::default();
    read_paragraphs(&document, &styles, &mut flow, progress)?;
    for notes in ["footnotes.xml", "endnotes.xml"] {
        if let Some(bytes) = archive.read(&beside(notes), progress)? {
            read_paragraphs(&xml::decode(&bytes, progress)?, &styles, &mut flow, progress)?;
        }
    }
    let mut file = flow.finish();
    if let Some(bytes) = archive.read("docProps/core.xml", progress)? {
        read_properties(&xml::decode(&bytes, progress)?, &mut file, progress)?;
    }
    file.language = file.language.or(styles.language);
    let title =
        file.headings.iter().find(|heading| heading.level == 1).map(|h| h.span.slice(&file.text).to_owned());
    file.title = file.title.or(title);
    Ok(file)
}

/// Where the text is, by the list of the archive's parts.
fn main_part(archive: &mut Archive, progress: &Progress) -> Result<String, Problem> {
    if archive.has(USUAL_MAIN_PART) {
        return Ok(USUAL_MAIN_PART.to_owned());
    }
    let types = xml::decode(&archive.require("[Content_Types].xml", progress)?, progress)?;
    let mut reader = Xml::new(&types, FORMAT, progress);
    while let Some(part) = reader.next()? {
        if let Part::Start(tag) = part
            && tag
                .attribute("ContentType")
                .is_some_and(|kind| kind.contains("wordprocessingml") && kind.ends_with("main+xml"))
            && let Some(name) = tag.attribute("PartName")
        {
            return Ok(name.trim_start_matches('/').to_owned());
        }
    }
    Ok(USUAL_MAIN_PART.to_owned())
}

/// What the styles of paragraphs mean.
#[derive(Debug, Default)]
struct Styles {
    /// By id.
    styles: BTreeMap<String, Style>,
    language: Option<String>,
}

#[derive(Debug, Default)]
struct Style {
    level: Option<u8>,
    is_contents: bool,
    based_on: Option<String>,
}

impl Styles {
    fn read(archive: &mut Archive, name: &str, progress: &Progress) -> Result<Self, Problem> {
        let mut styles = Self::default();
        let Some(bytes) = archive.read(name, progress)? else { return Ok(styles) };
        let xml = xml::decode(&bytes, progress)?;
        let mut reader = Xml::new(&xml, FORMAT, progress);
        let mut open = None;
        while let Some(part) = reader.next()? {
            match part {
                Part::Start(tag) => match (tag.name(), &mut open) {
                    ("style", open) => *open = tag.attribute("styleId").map(|id| (id, Style::default())),
                    ("lang", _) if styles.language.is_none() => {
                        styles.language = tag.attribute("val").as_deref().and_then(language_tag);
                    }
                    ("name", Some((_, style))) => {
                        let name = tag.attribute("val").unwrap_or_default().to_ascii_lowercase();
                        style.level = style.level.or_else(|| level_of_name(&name));
                        style.is_contents = name.starts_with("toc ");
                    }
                    ("basedOn", Some((_, style))) => style.based_on = tag.attribute("val"),
                    ("outlineLvl", Some((_, style))) => {
                        style.level = style.level.or_else(|| outline_level(tag.attribute("val")));
                    }
                    _ => {}
                },
                Part::End(name) if name == "style" => styles.styles.extend(open.take()),
                _ => {}
            }
        }
        Ok(styles)
    }

    /// A style and those that it is based on.
    fn chain<'a>(&'a self, id: &str) -> impl Iterator<Item = &'a Style> {
        std::iter::successors(self.styles.get(id), |style| self.styles.get(style.based_on.as_ref()?))
            .take(MAX_BASES)
    }
}

/// The level of a built-in style: its name is English in every language of the program.
fn level_of_name(name: &str) -> Option<u8> {
    match name {
        "title" => Some(1),
        _ => name.strip_prefix("heading ")?.parse().ok().filter(|level| (1..=9).contains(level)),
    }
}

/// Outline levels count from 0; 9 is body text.
fn outline_level(written: Option<String>) -> Option<u8> {
    written?.parse::<u8>().ok().filter(|level| *level < 9).map(|level| level + 1)
}

/// A paragraph that is being read.
#[derive(Default)]
struct Paragraph {
    words: String,
    level: Option<u8>,
    is_body: bool,
    is_contents: bool,
}

fn read_paragraphs(xml: &str, styles: &Styles, flow: &mut Flow, progress: &Progress) -> Result<(), Problem> {
    let mut reader = Xml::new(xml, FORMAT, progress);
    // A text box stands inside a paragraph and has paragraphs of its own.
    let mut open: Vec<Paragraph> = Vec::new();
    let mut is_hidden = false;
    while let Some(part) = reader.next()? {
        match part {
            Part::Start(tag) => match tag.name() {
                "p" => open.push(Paragraph::default()),
                "Fallback" | "del" | "moveFrom" | "instrText" | "sectPr" => reader.skip()?,
                "footnote" | "endnote" if tag.attribute("type").is_some_and(|kind| kind != "normal") => {
                    reader.skip()?;
                }
                "tbl" => flow.begin_table(),
                "tc" => flow.begin_cell(),
                "r" => is_hidden = false,
                "vanish" => is_hidden = tag.attribute("val").is_none_or(|on| !["0", "false"].contains(&&*on)),
                "t" => {
                    let words = reader.words()?;
                    if let Some(paragraph) = open.last_mut().filter(|_| !is_hidden) {
                        paragraph.words.push_str(&words);
                    }
                }
                name => {
                    let Some(paragraph) = open.last_mut() else { continue };
                    match name {
                        "pStyle" => {
                            let id = tag.attribute("val").unwrap_or_default();
                            paragraph.level =
                                paragraph.level.or_else(|| styles.chain(&id).find_map(|style| style.level));
                            paragraph.is_contents = styles.chain(&id).any(|style| style.is_contents);
                        }
                        "outlineLvl" => {
                            paragraph.is_body = tag.attribute("val").as_deref() == Some("9");
                            paragraph.level = outline_level(tag.attribute("val")).or(paragraph.level);
                        }
                        "tab" | "br" | "cr" | "ptab" => paragraph.words.push(' '),
                        "noBreakHyphen" => paragraph.words.push('-'),
                        _ => {}
                    }
                }
            },
            Part::End(name) => match &*name {
                "p" => {
                    let Some(paragraph) = open.pop().filter(|paragraph| !paragraph.is_contents) else {
                        continue;
                    };
                    let level = paragraph.level.filter(|_| !paragraph.is_body);
                    flow.paragraph(paragraph.words, level.map_or(Block::Paragraph, Block::Heading));
                }
                "tr" => flow.end_row(),
                "tbl" => flow.end_table(),
                _ => {}
            },
            Part::Words(_) => {}
        }
    }
    Ok(())
}

/// The core properties: who wrote it, and when.
fn read_properties(xml: &str, file: &mut TextFile, progress: &Progress) -> Result<(), Problem> {
    let mut reader = Xml::new(xml, FORMAT, progress);
    let mut dates = Dates::default();
    while let Some(part) = reader.next()? {
        let Part::Start(tag) = part else { continue };
        match tag.name() {
            "title" => file.title = Some(one_line(&reader.words()?)).filter(|title| !title.is_empty()),
            "creator" => {
                let names = reader.words()?;
                file.authors.extend(names.split(';').map(one_line).filter(|name| !is_no_author(name)));
            }
            "language" => file.language = language_tag(&reader.words()?),
            "created" => dates.add(&reader.words()?, DateKind::Created, "the file's properties (created)"),
            "modified" => dates.add(&reader.words()?, DateKind::Modified, "the file's properties (modified)"),
            _ => {}
        }
    }
    file.dates = dates.finish();
    Ok(())
}

/// What programs write where nobody gave a name.
fn is_no_author(name: &str) -> bool {
    name.is_empty()
        || ["python-docx", "user", "admin", "unknown", "microsoft office user"]
            .contains(&&*name.to_lowercase())
}
