//! Documents built in tests: archives of word processors and books, and PDFs.

#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "each test file needs only some, and panics where it fails"
)]

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A ZIP archive of entries in order; the first is stored as it is, as books want it.
pub fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        let options = SimpleFileOptions::default();
        let is_stored = *name == "mimetype";
        let method =
            if is_stored { zip::CompressionMethod::Stored } else { zip::CompressionMethod::Deflated };
        zip.start_file(*name, options.compression_method(method)).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const WORD: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006""#;

/// A DOCX with these paragraphs and tables in its body.
pub fn docx(body: &str) -> Vec<u8> {
    let styles = format!(
        r#"<?xml version="1.0"?><w:styles {WORD}><w:docDefaults><w:rPr><w:lang w:val="en-GB"/></w:rPr></w:docDefaults>
        <w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>
        <w:style w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>
        <w:style w:styleId="Own"><w:name w:val="Our own"/><w:basedOn w:val="berschrift2"/></w:style>
        <w:style w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>
        <w:style w:styleId="Verzeichnis1"><w:name w:val="toc 1"/></w:style></w:styles>"#
    );
    let document = format!(r#"<?xml version="1.0"?><w:document {WORD}><w:body>{body}</w:body></w:document>"#);
    let notes = format!(
        r#"<w:footnotes {WORD}><w:footnote w:type="separator"><w:p><w:r><w:t>DROP</w:t></w:r></w:p></w:footnote>
        <w:footnote><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote></w:footnotes>"#
    );
    let core = r#"<cp:coreProperties xmlns:cp="a" xmlns:dc="b" xmlns:dcterms="c"><dc:title>The flood</dc:title>
        <dc:creator>Nino A.; Levon B.</dc:creator><dcterms:created>2021-06-01T08:00:00Z</dcterms:created>
        <dcterms:modified>2021-07-02T08:00:00Z</dcterms:modified></cp:coreProperties>"#;
    zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", document.as_bytes()),
        ("word/styles.xml", styles.as_bytes()),
        ("word/footnotes.xml", notes.as_bytes()),
        ("docProps/core.xml", core.as_bytes()),
    ])
}

/// An ODT with this in its body.
pub fn odt(body: &str) -> Vec<u8> {
    let content = format!(
        r#"<?xml version="1.0"?><office:document-content xmlns:office="o" xmlns:text="t" xmlns:style="s" xmlns:table="b" xmlns:draw="d" xmlns:svg="g">
        <office:automatic-styles><style:style style:name="P1" style:parent-style-name="Title"/></office:automatic-styles>
        <office:body><office:text>{body}</office:text></office:body></office:document-content>"#
    );
    let meta = r#"<office:document-meta xmlns:office="o" xmlns:dc="d" xmlns:meta="m"><office:meta>
        <meta:initial-creator>Nino A.</meta:initial-creator><dc:creator>Somebody else</dc:creator>
        <meta:creation-date>2021-06-01T08:00:00.1</meta:creation-date><dc:date>2021-07-02</dc:date>
        <dc:language>en-GB</dc:language></office:meta></office:document-meta>"#;
    zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", content.as_bytes()),
        ("meta.xml", meta.as_bytes()),
        ("META-INF/manifest.xml", b"<manifest/>"),
    ])
}

/// An EPUB with these chapters, each a file and its bytes; all are named in the package.
pub fn epub(chapters: &[(&str, &[u8])]) -> Vec<u8> {
    let item = |name: &str| {
        format!(r#"<item id="i-{name}" href="text/{name}" media-type="application/xhtml+xml"/>"#)
    };
    let items: Vec<String> = chapters.iter().map(|(name, _)| item(name)).collect();
    // The order is the spine's and not the archive's.
    let spine: Vec<String> =
        chapters.iter().rev().map(|(name, _)| format!(r#"<itemref idref="i-{name}"/>"#)).collect();
    let (items, spine) = (items.concat(), spine.concat());
    let package = format!(
        r#"<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="d" xmlns:opf="o">
        <metadata><dc:title>The flood</dc:title><dc:creator opf:role="aut">Nino A.</dc:creator>
        <dc:creator opf:role="ill">DROP</dc:creator><dc:language>en</dc:language><dc:date>1912</dc:date>
        <meta property="dcterms:modified">2021-07-02T08:00:00Z</meta></metadata>
        <manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>{items}</manifest>
        <spine><itemref idref="nav"/>{spine}<itemref idref="none"/></spine></package>"#
    );
    let container = r#"<?xml version="1.0"?><container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>"#;
    let paths: Vec<String> = chapters.iter().map(|(name, _)| format!("OEBPS/text/{name}")).collect();
    let mut entries: Vec<(&str, &[u8])> = vec![
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", container.as_bytes()),
        ("OEBPS/book.opf", package.as_bytes()),
        ("OEBPS/nav.xhtml", b"<nav><a>DROP</a></nav>"),
    ];
    entries.extend(paths.iter().zip(chapters).map(|(path, (_, bytes))| (path.as_str(), *bytes)));
    zip(&entries)
}

/// A PDF of objects, numbered from 1; the first is the catalog, the second the page tree.
pub fn pdf_of(objects: &[Vec<u8>], info: usize) -> Vec<u8> {
    let mut bytes = b"%PDF-1.5\n".to_vec();
    let mut offsets = Vec::new();
    for (number, object) in (1..).zip(objects) {
        offsets.push(bytes.len());
        bytes.extend(format!("{number} 0 obj\n").bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let start = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for offset in offsets {
        bytes.extend(format!("{offset:010} 00000 n \n").bytes());
    }
    let info = if info > 0 { format!("/Info {info} 0 R") } else { String::new() };
    let size = objects.len() + 1;
    bytes.extend(
        format!("trailer\n<< /Size {size} /Root 1 0 R {info} >>\nstartxref\n{start}\n%%EOF\n").bytes(),
    );
    bytes
}

pub fn pdf_stream(dictionary: &str, content: &[u8]) -> Vec<u8> {
    let head = format!("<< {dictionary} /Length {} >>\nstream\n", content.len());
    [head.as_bytes(), content, b"\nendstream"].concat()
}

/// A PDF whose pages show lines: size, x, y from the bottom, words.
pub fn pdf(pages: &[Vec<(u32, u32, u32, String)>]) -> Vec<u8> {
    let kids: Vec<String> = (0..pages.len()).map(|page| format!("{} 0 R", 5 + 2 * page)).collect();
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R /Lang (en-GB) >>".to_vec(),
        format!("<< /Type /Pages /Kids [{}] /Count {} /MediaBox [0 0 600 800] >>", kids.join(" "), pages.len()).into_bytes(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec(),
        b"<< /Title (The flood) /Author (Nino A.) /CreationDate (D:20210601080000+04'00') /ModDate (D:19700101000000Z) >>".to_vec(),
    ];
    for (number, lines) in pages.iter().enumerate() {
        let content: Vec<String> = lines
            .iter()
            .map(|(size, x, y, words)| format!("BT /F1 {size} Tf {x} {y} Td ({words}) Tj ET\n"))
            .collect();
        let content = content.concat();
        let content_at = 6 + 2 * number;
        objects.push(
            format!("<< /Type /Page /Parent 2 0 R /Resources << /Font << /F1 3 0 R >> >> /Contents {content_at} 0 R >>")
                .into_bytes(),
        );
        objects.push(pdf_stream("", content.as_bytes()));
    }
    pdf_of(&objects, 4)
}
