//! ODT (`OpenDocument` text): paragraphs, headings, tables, notes and metadata. What was deleted, the
//! comments and the table of contents are not read.

use std::collections::BTreeMap;

use super::archive::Archive;
use super::blocks::{Block, one_line};
use super::dates::{DateKind, Dates};
use super::flow::Flow;
use super::xml::{self, Part, Xml};
use super::{TextFile, language_tag};
use crate::formats::Problem;
use crate::progress::{Progress, Stage};

const FORMAT: &str = "ODT";

pub(super) fn read(bytes: &[u8], progress: &Progress) -> Result<TextFile, Problem> {
    let mut archive = Archive::open(bytes, FORMAT)?;
    if let Some(manifest) = archive.read("META-INF/manifest.xml", progress)? {
        let is_locked = manifest.windows(b"encryption-data".len()).any(|part| part == b"encryption-data");
        if is_locked {
            return Err(Problem::Locked);
        }
    }
    let content = xml::decode(&archive.require("content.xml", progress)?, progress)?;
    progress.begin(Stage::Reading, content.len() as u64);
    let mut file = read_content(&content, progress)?;
    if let Some(meta) = archive.read("meta.xml", progress)? {
        read_metadata(&xml::decode(&meta, progress)?, &mut file, progress)?;
    }
    let title =
        file.headings.iter().find(|heading| heading.level == 1).map(|h| h.span.slice(&file.text).to_owned());
    file.title = file.title.or(title);
    Ok(file)
}

/// A paragraph or heading that is being read.
struct Paragraph {
    words: String,
    block: Block,
}

fn read_content(content: &str, progress: &Progress) -> Result<TextFile, Problem> {
    let mut reader = Xml::new(content, FORMAT, progress);
    let mut flow = Flow::default();
    // Automatic styles by name, with the named style that each is based on.
    let mut bases = BTreeMap::new();
    // Notes and frames stand inside a paragraph and have paragraphs of their own.
    let mut open: Vec<Paragraph> = Vec::new();
    let mut notes = Vec::new();
    let mut n_open_notes = 0_usize;
    while let Some(part) = reader.next()? {
        match part {
            Part::Start(tag) => match tag.name() {
                "style" => bases.extend(tag.attribute("name").zip(tag.attribute("parent-style-name"))),
                "p" => {
                    let style = tag.attribute("style-name").unwrap_or_default();
                    let is_title = style == "Title" || bases.get(&style).is_some_and(|base| base == "Title");
                    let block = if is_title { Block::Heading(1) } else { Block::Paragraph };
                    open.push(Paragraph { words: String::new(), block });
                }
                "h" => {
                    let level =
                        tag.attribute("outline-level").and_then(|level| level.parse().ok()).unwrap_or(1);
                    open.push(Paragraph { words: String::new(), block: Block::Heading(level) });
                }
                "tracked-changes" | "annotation" | "table-of-content" | "note-citation" | "title"
                | "desc" | "ruby-text" | "forms" | "sequence-decls" => reader.skip()?,
                "note" => {
                    // What stands in a note around its paragraphs is of no paragraph.
                    open.push(Paragraph { words: String::new(), block: Block::Paragraph });
                    n_open_notes += 1;
                }
                "table" => flow.begin_table(),
                "table-cell" => flow.begin_cell(),
                "s" | "tab" | "line-break" => {
                    if let Some(paragraph) = open.last_mut() {
                        paragraph.words.push(' ');
                    }
                }
                _ => {}
            },
            Part::End(name) => match &*name {
                "p" | "h" => {
                    let Some(Paragraph { words, block }) = open.pop() else { continue };
                    if n_open_notes > 0 { notes.push(words) } else { flow.paragraph(words, block) }
                }
                "note" => {
                    open.pop();
                    n_open_notes = n_open_notes.saturating_sub(1);
                }
                "table-row" => flow.end_row(),
                "table" => flow.end_table(),
                _ => {}
            },
            Part::Words(words) => {
                if let Some(paragraph) = open.last_mut() {
                    paragraph.words.push_str(&words);
                }
            }
        }
    }
    for note in notes {
        flow.paragraph(note, Block::Paragraph);
    }
    Ok(flow.finish())
}

fn read_metadata(xml: &str, file: &mut TextFile, progress: &Progress) -> Result<(), Problem> {
    let mut reader = Xml::new(xml, FORMAT, progress);
    let mut dates = Dates::default();
    let mut last_editor = None;
    while let Some(part) = reader.next()? {
        let Part::Start(tag) = part else { continue };
        let is_named = |text: &String| !text.is_empty();
        match tag.name() {
            "title" => file.title = Some(one_line(&reader.words()?)).filter(is_named),
            "initial-creator" => file.authors.extend(Some(one_line(&reader.words()?)).filter(is_named)),
            "creator" => last_editor = Some(one_line(&reader.words()?)).filter(is_named),
            "language" => file.language = language_tag(&reader.words()?),
            "creation-date" => {
                dates.add(&reader.words()?, DateKind::Created, "the file's properties (created)");
            }
            "date" => dates.add(&reader.words()?, DateKind::Modified, "the file's properties (modified)"),
            _ => {}
        }
    }
    if file.authors.is_empty() {
        file.authors.extend(last_editor);
    }
    file.dates = dates.finish();
    Ok(())
}
