//! EPUB 2 and 3: the chapters in reading order, each read as the web page that it is, and the package's
//! metadata. A chapter that is missing is told of; one that is malformed is read as far as a browser would.

use std::collections::{BTreeMap, BTreeSet};

use super::archive::Archive;
use super::blocks::{Blocks, one_line};
use super::dates::{DateKind, Dates};
use super::xml::{self, Part, Xml};
use super::{TextFile, html, language_tag};
use crate::formats::Problem;
use crate::formats::files::{MAX_DOCUMENT, MB};
use crate::progress::{Progress, Stage};

const FORMAT: &str = "EPUB";

pub(super) fn read(bytes: &[u8], progress: &Progress) -> Result<TextFile, Problem> {
    let mut archive = Archive::open(bytes, FORMAT)?;
    let container = xml::decode(&archive.require("META-INF/container.xml", progress)?, progress)?;
    let package_path = package_path(&container, progress)?;
    let package_xml = xml::decode(&archive.require(&package_path, progress)?, progress)?;
    let package = Package::read(&package_xml, &package_path, progress)?;
    if let Some(encryption) = archive.read("META-INF/encryption.xml", progress)? {
        let encrypted = encrypted(&xml::decode(&encryption, progress)?, progress)?;
        if package.chapters.iter().any(|chapter| encrypted.contains(chapter)) {
            return Err(Problem::Locked);
        }
    }
    let n_bytes = package.chapters.iter().map(|chapter| archive.declared_size(chapter)).sum();
    progress.begin(Stage::Reading, n_bytes);
    let mut blocks = Blocks::default();
    let mut warnings = Vec::new();
    let mut n_done = 0;
    for chapter in &package.chapters {
        match archive.read(chapter, progress)? {
            Some(bytes) => {
                html::read_chapter(&bytes, n_done, &mut blocks, progress)?;
                n_done += bytes.len() as u64;
                if blocks.len() as u64 > MAX_DOCUMENT {
                    return Err(Problem::TooLarge(MAX_DOCUMENT / MB));
                }
            }
            None => warnings.push(format!("its chapter “{chapter}” is missing in it and was left out")),
        }
    }
    Ok(TextFile {
        title: package.title,
        authors: package.authors,
        language: package.language,
        dates: package.dates.finish(),
        warnings,
        ..blocks.finish()
    })
}

/// Where the package document is.
fn package_path(container: &str, progress: &Progress) -> Result<String, Problem> {
    let mut reader = Xml::new(container, FORMAT, progress);
    while let Some(part) = reader.next()? {
        if let Part::Start(tag) = part
            && tag.name() == "rootfile"
            && let Some(path) = tag.attribute("full-path")
        {
            return Ok(path);
        }
    }
    Err(Problem::Damaged { format: FORMAT, reason: "it names no package document".to_owned() })
}

/// What is encrypted, by path. Fonts often are, which hinders nobody's reading.
fn encrypted(xml: &str, progress: &Progress) -> Result<Vec<String>, Problem> {
    let mut reader = Xml::new(xml, FORMAT, progress);
    let mut paths = Vec::new();
    while let Some(part) = reader.next()? {
        if let Part::Start(tag) = part
            && tag.name() == "CipherReference"
        {
            paths.extend(tag.attribute("URI").map(|uri| resolve("", &uri)));
        }
    }
    Ok(paths)
}

/// What the package document says.
#[derive(Debug, Default)]
struct Package {
    title: Option<String>,
    authors: Vec<String>,
    language: Option<String>,
    dates: Dates,
    /// Paths in the archive, in reading order.
    chapters: Vec<String>,
}

impl Package {
    fn read(xml: &str, path: &str, progress: &Progress) -> Result<Self, Problem> {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut reader = Xml::new(xml, FORMAT, progress);
        let mut package = Self::default();
        let mut items = BTreeMap::new();
        let mut beside = Vec::new();
        while let Some(part) = reader.next()? {
            let Part::Start(tag) = part else { continue };
            match tag.name() {
                "title" if package.title.is_none() => {
                    package.title = Some(one_line(&reader.words()?)).filter(|title| !title.is_empty());
                }
                "creator" => {
                    let is_author = tag.attribute("role").is_none_or(|role| role == "aut");
                    package.authors.extend(
                        Some(one_line(&reader.words()?)).filter(|name| is_author && !name.is_empty()),
                    );
                }
                "language" if package.language.is_none() => package.language = language_tag(&reader.words()?),
                "date" => {
                    let event = tag.attribute("event").unwrap_or_default();
                    let kind = match event.as_str() {
                        "modification" => DateKind::Modified,
                        "creation" | "conversion" => DateKind::Created,
                        _ => DateKind::Published,
                    };
                    package.dates.add(&reader.words()?, kind, "the book's metadata (dc:date)");
                }
                "meta" if tag.attribute("property").as_deref() == Some("dcterms:modified") => {
                    package.dates.add(
                        &reader.words()?,
                        DateKind::Modified,
                        "the book's metadata (dcterms:modified)",
                    );
                }
                "item" => {
                    let is_contents = tag
                        .attribute("properties")
                        .is_some_and(|all| all.split_whitespace().any(|one| one == "nav"));
                    let is_page = tag
                        .attribute("media-type")
                        .is_none_or(|kind| kind.contains("html") || kind.contains("oeb1"));
                    if let (Some(id), Some(href), false, true) =
                        (tag.attribute("id"), tag.attribute("href"), is_contents, is_page)
                    {
                        items.insert(id, resolve(folder, &href));
                    }
                }
                "itemref" => {
                    let chapter = tag.attribute("idref").and_then(|id| items.get(&id).cloned());
                    let is_beside = tag.attribute("linear").as_deref() == Some("no");
                    if is_beside { beside.extend(chapter) } else { package.chapters.extend(chapter) }
                }
                _ => {}
            }
        }
        package.chapters.append(&mut beside);
        let mut seen = BTreeSet::new();
        package.chapters.retain(|chapter| seen.insert(chapter.clone()));
        if package.chapters.is_empty() {
            return Err(Problem::Damaged { format: FORMAT, reason: "it names no chapters".to_owned() });
        }
        Ok(package)
    }
}

/// The path in the archive that a reference from a folder leads to: `%20` decoded, `..` followed.
fn resolve(folder: &str, href: &str) -> String {
    let href = href.split(['#', '?']).next().unwrap_or(href);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    if href.starts_with('/') {
        parts.clear();
    }
    for part in href.split('/') {
        match part {
            "" | "." => {}
            ".." => _ = parts.pop(),
            part => parts.push(part),
        }
    }
    percent_decoded(&parts.join("/"))
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let code = after.get(..2).filter(|_| *first == b'%').and_then(|code| std::str::from_utf8(code).ok());
        if let Some(byte) = code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            bytes.push(byte);
            rest = after.get(2..).unwrap_or_default();
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_lead_into_the_archive() {
        for (folder, href, expected) in [
            ("OEBPS", "text/ch1.xhtml#a", "OEBPS/text/ch1.xhtml"),
            ("OEBPS/pkg", "../text/ch%201.xhtml", "OEBPS/text/ch 1.xhtml"),
            ("", "../../etc/passwd", "etc/passwd"),
            ("a", "/b%zz", "b%zz"),
        ] {
            assert_eq!(resolve(folder, href), expected);
        }
    }
}
