//! Texts that are wrong or mean harm: each is refused with a message that helps.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test panics where it fails"
)]

mod documents;

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use chronotope::formats::{TextFile, is_text_name, read_text_file, set_pdf_program, text_from_bytes};
use chronotope::progress::Progress;
use proptest::prelude::*;
use tempfile::TempDir;

const CHILD: &str = env!("CARGO_BIN_EXE_chronotope");

fn refusal(bytes: &[u8], name: &str) -> String {
    set_pdf_program(CHILD.into());
    let read = text_from_bytes(bytes, name, &Progress::default());
    let message = read.map(|file| file.text).expect_err(name).to_string();
    assert!(message.chars().count() < 400, "too long to be read: {message}");
    message
}

#[test]
fn what_is_no_file() {
    let folder = TempDir::new().unwrap();
    let message = |path: &Path| {
        let message = read_text_file(path, &Progress::default()).unwrap_err().to_string();
        assert!(message.starts_with(&format!("{}: ", path.display())), "names the file: {message}");
        message
    };
    assert!(message(&folder.path().join("absent.txt")).contains("there is no such file"));
    assert!(message(folder.path()).contains("is a folder"));
    #[cfg(unix)]
    assert!(message(Path::new("/dev/zero")).contains("a device or a pipe"));
    let large = folder.path().join("large.txt");
    fs::File::create(&large).unwrap().set_len((100 << 20) + 1).unwrap();
    assert!(message(&large).contains("larger than 100 MB"));
}

#[test]
fn what_holds_no_text() {
    let png = b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR".as_slice();
    let noise: Vec<u8> = (0..5000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 11) as u8).collect();
    for (name, bytes, expected) in [
        ("a.txt", b"".as_slice(), "is empty"),
        ("a.docx", b"", "is empty"),
        ("a.txt", b" \n\t\r\n", "is empty"),
        ("a.txt", b"\xEF\xBB\xBF", "is empty"),
        ("a.html", b"<html><script>x()</script></html>", "is empty"),
        ("a.txt", &noise, "is binary data"),
        ("a", &noise, "What can be opened: Plain text (.txt)"),
        ("a.html", &noise, "is binary data"),
        ("a.docx", &noise, "does not begin like one"),
        ("a.epub", b"words", "does not begin like one"),
        ("a.pdf", b"words", "does not begin like one"),
        ("a.txt", png, "is a picture"),
        ("a.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and so on", "Save it as .docx"),
        ("a.rtf", b"{\\rtf1 words}", "Save it as .docx or .odt"),
        ("a.txt.gz", b"\x1F\x8B\x08\0\0\0\0\0", "Unpack it"),
    ] {
        let message = refusal(bytes, name);
        assert!(message.contains(expected), "{name}: {message}");
    }
    let sheet = documents::zip(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<workbook/>")]);
    assert!(refusal(&sheet, "a.xlsx").contains("a ZIP archive that is no document"));
}

#[test]
fn archives_that_are_damaged_or_locked() {
    let docx = documents::docx("<w:p><w:r><w:t>Words.</w:t></w:r></w:p>");
    let odt_of = |content: &[u8], manifest: &[u8]| {
        let mimetype: &[u8] = b"application/vnd.oasis.opendocument.text";
        documents::zip(&[
            ("mimetype", mimetype),
            ("content.xml", content),
            ("META-INF/manifest.xml", manifest),
        ])
    };
    let chapter: &[u8] = b"\x93\x01\x02 encrypted";
    let drm = {
        let package = br#"<package><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>"#;
        let encryption = br#"<encryption><EncryptedData><CipherData><CipherReference URI="a.xhtml"/></CipherData></EncryptedData></encryption>"#;
        documents::zip(&[
            ("mimetype", b"application/epub+zip"),
            ("META-INF/container.xml", br#"<container><rootfile full-path="book.opf"/></container>"#),
            ("META-INF/encryption.xml", encryption),
            ("book.opf", package),
            ("a.xhtml", chapter),
        ])
    };
    let mut flipped = docx.clone();
    let at = flipped.windows(17).position(|window| window == b"word/document.xml").unwrap() + 25;
    flipped[at] ^= 0xFF;
    for (name, bytes, expected) in [
        ("cut.docx", docx[..docx.len() - 100].to_vec(), "is damaged and cannot be read as DOCX"),
        ("half.docx", docx[..docx.len() / 2].to_vec(), "is damaged"),
        ("flipped.docx", flipped, "is damaged"),
        ("empty.docx", documents::zip(&[("word/document.xml", b"")]), "is empty"),
        ("other.docx", documents::zip(&[("word/document.xml", b"<a><b></a>")]), "is damaged"),
        ("none.docx", documents::zip(&[("other.xml", b"<a/>")]), "“[Content_Types].xml” is missing"),
        (
            "none.odt",
            documents::zip(&[("mimetype", b"application/vnd.oasis.opendocument.text")]),
            "“content.xml” is missing",
        ),
        (
            "locked.odt",
            odt_of(chapter, b"<manifest><encryption-data/></manifest>"),
            "protected by a password",
        ),
        ("none.epub", documents::zip(&[("mimetype", b"application/epub+zip")]), "container.xml” is missing"),
        ("locked.epub", drm, "protected by a password"),
        ("chapters.epub", documents::epub(&[]), "names no chapters"),
    ] {
        let message = refusal(&bytes, name);
        assert!(message.contains(expected), "{name}: {message}");
    }
}

#[test]
fn bombs() {
    let spaces = vec![b' '; 30 << 20];
    let words = "<a>&lol9;</a>";
    let entities = format!(
        "<?xml version='1.0'?><!DOCTYPE lolz [<!ENTITY lol 'lol'><!ENTITY lol9 '&lol;&lol;&lol;&lol;'>]>{words}"
    );
    let deep = "<a>".repeat(100_000);
    let names: Vec<String> = (0..10_001).map(|number| format!("{number}")).collect();
    let many: Vec<(&str, &[u8])> = names
        .iter()
        .map(|name| (name.as_str(), b"".as_slice()))
        .chain([("word/document.xml", b"<a/>".as_slice())])
        .collect();
    let book = |package: &str| {
        documents::zip(&[
            ("mimetype", b"application/epub+zip"),
            ("META-INF/container.xml", br#"<container><rootfile full-path="book.opf"/></container>"#),
            ("book.opf", package.as_bytes()),
        ])
    };
    let mut lying = documents::zip(&[("word/document.xml", &spaces)]);
    // The header says that the entry is small.
    let n_changed = patch(&mut lying, &(30_u32 << 20).to_le_bytes(), &1000_u32.to_le_bytes());
    assert!(n_changed > 0);
    for (name, bytes, expected) in [
        ("ratio.docx", documents::zip(&[("word/document.xml", &spaces)]), "100 times as large"),
        ("many.docx", documents::zip(&many), "more than 10000 entries"),
        ("entities.docx", documents::zip(&[("word/document.xml", entities.as_bytes())]), "DOCTYPE"),
        ("deep.docx", documents::zip(&[("word/document.xml", deep.as_bytes())]), "nested more than 256 deep"),
        ("entities.epub", book(&entities), "DOCTYPE"),
        (
            "deep.epub",
            documents::epub(&[("a.xhtml", "<i>".repeat(100_000).as_bytes())]),
            "nested more than 512 deep",
        ),
        ("deep.html", "<div>".repeat(100_000).into_bytes(), "nested more than 512 deep"),
    ] {
        let message = refusal(&bytes, name);
        assert!(message.contains(expected), "{name}: {message}");
    }
    assert!(!refusal(&lying, "lying.docx").is_empty());
}

/// Replaces bytes wherever they stand.
fn patch(bytes: &mut [u8], from: &[u8], to: &[u8]) -> usize {
    let found: Vec<usize> = bytes
        .windows(from.len())
        .enumerate()
        .filter(|(_, window)| *window == from)
        .map(|(at, _)| at)
        .collect();
    for at in &found {
        bytes[*at..*at + to.len()].copy_from_slice(to);
    }
    found.len()
}

#[test]
fn pdfs_that_harm_their_reader() {
    let page = |content: &[u8], resources: &str, more: Vec<Vec<u8>>| {
        let mut objects = vec![
            b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 600 800] >>".to_vec(),
            format!("<< /Type /Page /Parent 2 0 R /Resources << {resources} >> /Contents 4 0 R >>")
                .into_bytes(),
            documents::pdf_stream("", content),
        ];
        objects.extend(more);
        documents::pdf_of(&objects, 0)
    };
    let form = documents::pdf_stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /A 5 0 R >> >>",
        b"/A Do",
    );
    let own_form = page(b"/A Do", "/XObject << /A 5 0 R >>", vec![form]);
    let own_parent = documents::pdf_of(
        &[
            b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
            b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1 >>".to_vec(),
        ],
        0,
    );
    let locked = page(b"BT (x) Tj ET", "", vec![b"<< /Filter /Standard /V 1 /R 2 /P -4 /O (12345678901234567890123456789012) /U (12345678901234567890123456789012) >>".to_vec()]);
    let locked =
        String::from_utf8_lossy(&locked).replace("/Root 1 0 R", "/Encrypt 5 0 R /ID [(1)(1)] /Root 1 0 R");
    for (name, bytes, expected) in [
        ("scan.pdf", page(b"q 600 0 0 800 0 0 cm Q", "", Vec::new()), "pictures of text"),
        ("itself.pdf", own_form, "could not be read: its reader crashed"),
        ("parent.pdf", own_parent, "could not be read"),
        (
            "font.pdf",
            page(b"BT /None 12 Tf (words) Tj ET", "", Vec::new()),
            "could not be read: its pages are damaged",
        ),
        ("locked.pdf", locked.into_bytes(), "protected by a password"),
        ("head.pdf", b"%PDF-1.7\n".to_vec(), "could not be read"),
        ("noise.pdf", [b"%PDF-1.7\n".as_slice(), &[0xA7; 4000]].concat(), "could not be read"),
    ] {
        let message = refusal(&bytes, name);
        assert!(message.contains(expected), "{name}: {message}");
    }
}

/// A child that is given little memory dies of it, and of nothing else.
#[cfg(target_os = "linux")]
#[test]
fn the_child_keeps_to_its_limits() {
    let small = documents::pdf(&[vec![(10, 50, 700, "Few words are enough.".to_owned())]]);
    let large = [small.as_slice(), &vec![b' '; 40 << 20]].concat();
    let succeeds = |bytes: &[u8], memory: u64| {
        let mut child = Command::new(CHILD)
            .args(["read-pdf", &memory.to_string(), "20"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let _ = child.stdin.take().unwrap().write_all(bytes);
        let output = child.wait_with_output().unwrap();
        String::from_utf8(output.stdout).unwrap().contains("Few words are enough.")
    };
    assert!(succeeds(&small, 1 << 30));
    assert!(succeeds(&large, 1 << 30));
    assert!(!succeeds(&large, 300 << 20), "the stack alone takes 256 MB");
}

#[test]
fn all_can_be_stopped() {
    let progress = Progress::default();
    progress.cancel();
    for (name, bytes) in [
        ("a.txt", b"Words.".to_vec()),
        ("a.md", b"Words.".to_vec()),
        ("a.html", b"<p>Words.".to_vec()),
        ("a.docx", documents::docx("")),
        ("a.odt", documents::odt("")),
        ("a.epub", documents::epub(&[("a.xhtml", b"<p>Words.")])),
        ("a.pdf", documents::pdf(&[])),
    ] {
        set_pdf_program(CHILD.into());
        let error = text_from_bytes(&bytes, name, &progress).unwrap_err().to_string();
        assert!(error.contains("was stopped"), "{name}: {error}");
        assert!(is_text_name(name));
    }
}

/// What holds of every text that is read.
fn check(file: &TextFile) {
    for heading in &file.headings {
        let words = file.text.get(heading.span.start..heading.span.end).expect("on character boundaries");
        assert!(!words.trim().is_empty() && !words.contains('\n'), "{words:?}");
        assert!((1..=6).contains(&heading.level));
    }
    assert!(file.headings.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
    if file.media_type != "text/plain" {
        assert!(!file.text.contains("\n\n\n") && file.text.ends_with('\n') && !file.text.starts_with('\n'));
        assert!(!file.text.contains(['\r', '\u{FEFF}', '\0']));
    }
    assert_eq!(file.sha256.len(), 64);
}

fn valid(kind: usize) -> (Vec<u8>, &'static str) {
    match kind {
        0 => (include_bytes!("files/text/news.html").to_vec(), "a.html"),
        1 => (
            documents::docx("<w:p><w:r><w:t>Words.</w:t></w:r></w:p><w:tbl><w:tr><w:tc/></w:tr></w:tbl>"),
            "a.docx",
        ),
        2 => {
            (documents::odt("<text:h>Words.</text:h><table:table><table:table-cell/></table:table>"), "a.odt")
        }
        3 => (documents::epub(&[("a.xhtml", b"<h1>Words</h1><p>More.")]), "a.epub"),
        _ => (b"---\ndate: 2020\n---\n# A\n\n* b\n\n|c|\n|-|\n|d|\n".to_vec(), "a.md"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400), name in 0..6_usize) {
        let name = ["a.txt", "a.md", "a.html", "a.docx", "a.epub", "a"][name];
        if let Ok(file) = text_from_bytes(&bytes, name, &Progress::default()) {
            check(&file);
        }
    }

    #[test]
    fn any_markup(parts in proptest::collection::vec(0..MARKUP.len(), 0..60), name in 0..2_usize) {
        let text: String = parts.into_iter().map(|part| MARKUP[part]).collect();
        if let Ok(file) = text_from_bytes(text.as_bytes(), ["a.html", "a.md"][name], &Progress::default()) {
            check(&file);
        }
    }

    #[test]
    fn any_damage(kind in 0..5_usize, changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let (mut bytes, name) = valid(kind);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Ok(file) = text_from_bytes(&bytes, name, &Progress::default()) {
            check(&file);
        }
    }
}

const MARKUP: [&str; 44] = [
    "<p>",
    "</p>",
    "<div class=\"sidebar\">",
    "</div>",
    "<h1>",
    "</h1>",
    "<h3>",
    "</h3>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<ul>",
    "<li>",
    "</ul>",
    "<a href=x>",
    "</a>",
    "<pre>",
    "</pre>",
    "<br>",
    "<main>",
    "</main>",
    "<article>",
    "</article>",
    "<header>",
    "<footer>",
    "</footer>",
    "<b>",
    "</b>",
    "<template>",
    "</template>",
    "<svg>",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "\n\n",
    "# ",
    "- ",
    "Words of the flood. ",
    "ə\u{AD}\u{200B}",
    "It rose, and it fell again, and nobody in the town slept for the whole of that long night in May.",
    "&amp;",
    "|",
];
