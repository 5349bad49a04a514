//! Markdown (`CommonMark` with tables and notes) and its front matter.

use pulldown_cmark::{Event, MetadataBlockKind, Options, Parser, Tag, TagEnd};

use super::blocks::{Block, Blocks, one_line};
use super::dates::{DateKind, Dates};
use super::{TextFile, decode};
use crate::formats::Problem;
use crate::progress::Progress;

pub(super) fn read(bytes: &[u8], progress: &Progress) -> Result<TextFile, Problem> {
    let decoded = decode::decode(bytes, None, progress)?;
    let mut front = Front::default();
    let mut blocks = Blocks::default();
    write(&decoded.text, &mut blocks, &mut front, progress)?;
    let file = blocks.finish();
    let first = file.headings.first().filter(|heading| heading.level == 1);
    let heading = first.map(|heading| heading.span.slice(&file.text).to_owned());
    Ok(TextFile {
        title: front.title.or(heading),
        authors: front.authors,
        language: front.language,
        dates: front.dates.finish(),
        warnings: decoded.warnings,
        ..file
    })
}

fn write(markdown: &str, blocks: &mut Blocks, front: &mut Front, progress: &Progress) -> Result<(), Problem> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let mut metadata = None;
    let mut n_reported = 0;
    for (event, range) in Parser::new_ext(markdown, options).into_offset_iter() {
        if range.start >= n_reported {
            progress.reach(range.start as u64)?;
            n_reported = range.start + (64 << 10);
        }
        match event {
            Event::Start(Tag::MetadataBlock(kind)) => metadata = Some(kind),
            Event::End(TagEnd::MetadataBlock(_)) => metadata = None,
            Event::Text(text) if metadata.is_some() => {
                front.read(&text, metadata == Some(MetadataBlockKind::YamlStyle));
            }
            Event::Text(text) | Event::Code(text) => blocks.push(&text),
            Event::SoftBreak | Event::HardBreak => blocks.push(" "),
            Event::End(TagEnd::Heading(level)) => blocks.end(Block::Heading(level as u8)),
            // Items of a loose list hold paragraphs, those of a tight one only words.
            Event::Start(Tag::Item | Tag::List(_) | Tag::Table(_) | Tag::BlockQuote(_))
            | Event::End(
                TagEnd::Paragraph
                | TagEnd::Item
                | TagEnd::CodeBlock
                | TagEnd::TableHead
                | TagEnd::TableRow
                | TagEnd::DefinitionListTitle
                | TagEnd::DefinitionListDefinition
                | TagEnd::FootnoteDefinition,
            )
            | Event::Rule => blocks.end(Block::Paragraph),
            Event::Start(Tag::TableCell) if blocks.has_words() => blocks.push(" | "),
            // HTML inside is its author's; of pictures, numbers of notes and formulas nothing is read.
            _ => {}
        }
    }
    Ok(())
}

/// What the front matter says: the few keys that site generators agree on.
#[derive(Debug, Default)]
struct Front {
    title: Option<String>,
    authors: Vec<String>,
    language: Option<String>,
    dates: Dates,
}

impl Front {
    /// Reads `key: value` lines (YAML) or `key = value` lines (TOML), and lists below a key. It is no
    /// parser of either: what it does not know it leaves out.
    fn read(&mut self, text: &str, is_yaml: bool) {
        let separator = if is_yaml { ':' } else { '=' };
        let mut list_key = String::new();
        for line in text.lines() {
            let item = line.trim_start().strip_prefix("- ");
            if let Some(item) = item {
                self.set(&list_key, item.strip_prefix("name:").unwrap_or(item));
            } else if let Some((key, value)) = line.split_once(separator).filter(|_| !line.starts_with(' ')) {
                list_key = key.trim().to_ascii_lowercase();
                for value in list_items(value) {
                    self.set(&list_key, value);
                }
            }
        }
    }

    fn set(&mut self, key: &str, value: &str) {
        let value = value.trim();
        let quoted = ['"', '\''].into_iter().find_map(|q| value.strip_prefix(q)?.strip_suffix(q));
        let value = one_line(quoted.unwrap_or_else(|| value.split(" #").next().unwrap_or(value)));
        if value.is_empty() {
            return;
        }
        let said = || format!("“{key}” of its front matter");
        match key {
            "title" => self.title = Some(value),
            "author" | "authors" => self.authors.push(value),
            "lang" | "language" => self.language = super::language_tag(&value),
            "date" | "pubdate" | "publishdate" | "published" | "date_published" => {
                self.dates.add(&value, DateKind::Published, said());
            }
            "created" => self.dates.add(&value, DateKind::Created, said()),
            "lastmod" | "updated" | "modified" | "last_modified_at" => {
                self.dates.add(&value, DateKind::Modified, said());
            }
            _ => {}
        }
    }
}

/// The items of `[a, b]`, or the one value.
fn list_items(value: &str) -> impl Iterator<Item = &str> {
    let value = value.trim();
    let list = value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let (items, separator) = (list.unwrap_or(value), if list.is_some() { "," } else { "\n" });
    items.split(separator)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(markdown: &str) -> String {
        read(markdown.as_bytes(), &Progress::default()).unwrap().text
    }

    #[test]
    fn blocks_are_lines() {
        for (markdown, expected) in [
            ("One line\nand *the* **next**.\n\nAnother.", "One line and the next.\n\nAnother.\n"),
            ("- first\n- second\n  - third\n\nEnd.", "first\n\nsecond\n\nthird\n\nEnd.\n"),
            ("1. loose\n\n2. list", "loose\n\nlist\n"),
            ("| Year | Town |\n|---|---|\n| 1920 | Gəncə |", "Year | Town\n\n1920 | Gəncə\n"),
            ("A [link](http://a.example) and ![a picture](b.png).", "A link and a picture.\n"),
            ("Said.[^1]\n\n[^1]: By whom.", "Said.\n\nBy whom.\n"),
            ("<div>\n\nInside.\n\n</div>", "Inside.\n"),
            ("> Quoted\n> words", "Quoted words\n"),
            ("```\ncode here\n```\nAfter.", "code here\n\nAfter.\n"),
            ("a &amp; b \\* c<br>d", "a & b * cd\n"),
        ] {
            assert_eq!(text(markdown), expected, "{markdown}");
        }
    }

    #[test]
    fn front_matter_dates_the_text() {
        let markdown = "---\ntitle: \"From the river\"\ndate: 2021-03-04T10:00:00Z # day\nauthors:\n  - Nino A.\n  - name: Levon B.\nlang: en-GB\nlastmod: 2021-05-01\n---\n# Heading\n\nText.\n\nSub\n---\n\nMore.";
        let file = read(markdown.as_bytes(), &Progress::default()).unwrap();
        assert_eq!(file.text, "Heading\n\nText.\n\nSub\n\nMore.\n");
        assert_eq!(file.title.as_deref(), Some("From the river"));
        assert_eq!(file.authors, ["Nino A.", "Levon B."]);
        assert_eq!(file.language.as_deref(), Some("en-GB"));
        let dates: Vec<&str> = file.dates.iter().map(|date| date.edtf.as_str()).collect();
        assert_eq!(dates, ["2021-03-04", "2021-05-01"]);
        let levels: Vec<(u8, &str)> =
            file.headings.iter().map(|h| (h.level, h.span.slice(&file.text))).collect();
        assert_eq!(levels, [(1, "Heading"), (2, "Sub")]);
    }
}
