//! A PDF's bytes to its paragraphs. Runs in the child: it may panic, hang or exhaust its limits.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pdf_extract::{Dictionary, Document, Object, output_doc, output_doc_page};

use super::glyphs::{Page, Pages};
use super::{Answer, layout, repair};
use crate::formats::text::blocks::one_line;

pub(super) fn read(bytes: &[u8]) -> Answer {
    let mut warnings = Vec::new();
    let mut loaded = load(bytes);
    // Of a protected one its letters would be found, and not what they stand for.
    let is_protected = bytes.windows(8).any(|window| window == b"/Encrypt");
    if matches!(loaded, Err(Failure::Damaged(_))) && !is_protected {
        let repaired = load(&repair::with_new_index(bytes));
        if repaired.is_ok() {
            warnings.push("the PDF is damaged; it was read as far as its parts were found".to_owned());
            loaded = repaired;
        }
    }
    let mut document = match loaded {
        Ok(document) => document,
        Err(Failure::Locked) => return Answer::Locked,
        Err(Failure::Damaged(reason)) => return Answer::Unreadable(reason),
    };
    give_size(&mut document);
    let (pages, n_failed) = pages(&document);
    if n_failed > 0 {
        let of = document.get_pages().len();
        warnings.push(format!("{n_failed} of the PDF's {of} pages could not be read in full"));
    }
    let laid_out = layout::paragraphs(pages);
    if laid_out.is_empty() {
        return if n_failed > 0 {
            Answer::Unreadable("its pages are damaged".to_owned())
        } else {
            Answer::Pictures
        };
    }
    let mut answer = super::Pages { paragraphs: laid_out, warnings, ..super::Pages::default() };
    let n_unknown: usize = answer.paragraphs.iter().map(|(_, words)| words.matches(is_unknown).count()).sum();
    let n_chars: usize = answer.paragraphs.iter().map(|(_, words)| words.chars().count()).sum();
    if n_unknown * 10 > n_chars {
        answer.warnings.push("many letters of the PDF are not named in it and cannot be shown".to_owned());
    }
    read_properties(&document, &mut answer);
    Answer::Text(answer)
}

/// Letters that a font shows and nobody can name.
fn is_unknown(c: char) -> bool {
    matches!(c, '\u{FFFD}' | '\u{E000}'..='\u{F8FF}')
}

enum Failure {
    Locked,
    Damaged(String),
}

fn load(bytes: &[u8]) -> Result<Document, Failure> {
    let damaged = |reason: &str| Failure::Damaged(reason.to_owned());
    let loaded =
        catch_unwind(|| Document::load_mem(bytes)).map_err(|_| damaged("its contents are damaged"))?;
    let mut document = loaded.map_err(|error| match error {
        pdf_extract::Error::InvalidPassword | pdf_extract::Error::Decryption(_) => Failure::Locked,
        error => Failure::Damaged(error.to_string()),
    })?;
    // Most protected PDFs only forbid to print or to copy: the password to read them is empty.
    if document.is_encrypted() && document.decrypt("").is_err() {
        return Err(Failure::Locked);
    }
    if document.get_pages().is_empty() {
        repair::give_page_tree(&mut document);
    }
    if document.get_pages().is_empty() { Err(damaged("it has no pages")) } else { Ok(document) }
}

/// All pages, and how many of them broke off.
fn pages(document: &Document) -> (Vec<Page>, usize) {
    let mut pages = Pages::default();
    let mut n_failed = 0;
    let is_whole =
        catch_unwind(AssertUnwindSafe(|| output_doc(document, &mut pages).is_ok())).unwrap_or(false);
    if !is_whole {
        // Where the pages broke off, the others are read one by one.
        n_failed += 1;
        let n_pages = document.get_pages().len() as u32;
        read_plainly(document, &mut pages);
        for number in pages.last_number() + 1..=n_pages {
            let page = AssertUnwindSafe(|| output_doc_page(document, &mut pages, number).is_ok());
            if !catch_unwind(page).unwrap_or(false) {
                n_failed += 1;
                read_plainly(document, &mut pages);
            }
        }
    }
    (pages.finish(), n_failed)
}

/// Reads the page that broke off once more without a look at where its letters stand, which needs less of
/// its fonts, if that gives more of it.
fn read_plainly(document: &Document, pages: &mut Pages) {
    let number = pages.last_number();
    let page = AssertUnwindSafe(|| document.extract_text(&[number]).ok());
    let text = catch_unwind(page).ok().flatten().unwrap_or_default();
    pages.replace_last_page_if_longer(&text);
}

/// Pages must say how large they are; those that do not are taken to be letters.
fn give_size(document: &mut Document) {
    let pages = document.catalog().and_then(|catalog| catalog.get(b"Pages")).and_then(Object::as_reference);
    if let Ok(pages) = pages.and_then(|id| document.get_object_mut(id)).and_then(Object::as_dict_mut)
        && !pages.has(b"MediaBox")
    {
        pages.set("MediaBox", vec![0.into(), 0.into(), 612.into(), 792.into()]);
    }
}

fn read_properties(document: &Document, answer: &mut super::Pages) {
    let resolved = |object: &Object| match object {
        Object::Reference(id) => document.get_object(*id).ok().cloned(),
        object => Some(object.clone()),
    };
    let info = document.trailer.get(b"Info").ok().and_then(resolved);
    let info = info.as_ref().and_then(|info| info.as_dict().ok());
    let string = |dictionary: &Dictionary, key: &[u8]| {
        let object = dictionary.get(key).ok().and_then(resolved)?;
        let bytes = object.as_str().ok()?;
        Some(one_line(&characters(bytes))).filter(|text| !text.is_empty())
    };
    if let Some(info) = info {
        answer.title = string(info, b"Title").filter(|title| is_title(title));
        answer.authors = string(info, b"Author").into_iter().collect();
        answer.created = string(info, b"CreationDate");
        answer.modified = string(info, b"ModDate");
    }
    answer.language = document.catalog().ok().and_then(|catalog| string(catalog, b"Lang"));
    if answer.title.is_none() {
        answer.title =
            answer.paragraphs.iter().find(|(level, _)| *level == 1).map(|(_, words)| words.clone());
    }
}

/// Programs write the name of the file they made the PDF from in the place of its title.
fn is_title(title: &str) -> bool {
    let title = title.to_lowercase();
    let is_file = title.rsplit_once('.').is_some_and(|(_, extension)| {
        (2..=5).contains(&extension.len()) && extension.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    !is_file && !title.starts_with("microsoft word") && !["untitled", "title", "document"].contains(&&*title)
}

/// A text string of a PDF (ISO 32000-1, 7.9.2.2): UTF-16 or UTF-8 with a mark, or else nearly Latin 1.
fn characters(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xFF, 0xFE, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        bytes => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
        },
    }
}
