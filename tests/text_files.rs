//! Texts of every format that opens, as small files of our own.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test panics where it fails"
)]

mod documents;

use std::path::Path;

use chronotope::formats::{TextFile, read_text_file, text_from_bytes};
use chronotope::progress::Progress;

fn open(name: &str) -> TextFile {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files/text").join(name);
    read_text_file(&path, &Progress::default()).unwrap_or_else(|error| panic!("{error}"))
}

fn read(bytes: &[u8], name: &str) -> TextFile {
    chronotope::formats::set_pdf_program(env!("CARGO_BIN_EXE_chronotope").into());
    text_from_bytes(bytes, name, &Progress::default()).unwrap_or_else(|problem| panic!("{name} {problem}"))
}

fn dates(file: &TextFile) -> Vec<&str> {
    file.dates.iter().map(|date| date.edtf.as_str()).collect()
}

fn page(html: &str) -> String {
    text_from_bytes(html.as_bytes(), "page.html", &Progress::default()).unwrap().text
}

/// Headings as `level words`.
fn headings(file: &TextFile) -> Vec<String> {
    file.headings.iter().map(|h| format!("{} {}", h.level, h.span.slice(&file.text))).collect()
}

#[test]
fn a_news_page_is_its_article() {
    let file = open("news.html");
    let expected = "\
Old bridge at Aldenmouth reopens after two years

The crossing was closed in March 2021, when a barge struck its third pier.

By Maren Tolley, 23 April 2023

The first cars crossed the bridge at dawn on Sunday.

Some two hundred people walked over the old bridge at Aldenmouth on Sunday morning, before the first cars were let through at six o’clock.

“We have waited for this day since the spring of 2021,” said Piet Harrow, who keeps the inn on the northern bank. He lost half of his guests in the first year.

What went wrong

On 9 March 2021 a barge with gravel from Sandholm drifted into the third pier. Nobody was hurt.

The county paid 4.2 million for the repair, which was first meant to end in May 2022.
";
    assert_eq!(file.text, expected);
    assert_eq!(headings(&file), ["1 Old bridge at Aldenmouth reopens after two years", "2 What went wrong"]);
    assert_eq!(file.title.as_deref(), Some("Old bridge at Aldenmouth reopens after two years"));
    assert_eq!(file.authors, ["Maren Tolley"]);
    assert_eq!(file.language.as_deref(), Some("en-GB"));
    let dates: Vec<&str> = file.dates.iter().map(|date| date.edtf.as_str()).collect();
    assert_eq!(dates, ["2023-04-23", "2023-04-24"]);
    assert_eq!(file.media_type, "text/html");
    assert!(file.warnings.is_empty(), "{:?}", file.warnings);
}

/// Pages in which each `KEEP` sentence is text and each `DROP` sentence is not.
#[test]
fn boilerplate() {
    const PROSE: &str = "KEEP one: the river rose in the night of 3 May, and the lower town was under water by the \
                         morning. KEEP two: the mayor asked for boats, and they came from Sandholm before noon.";
    for (name, html) in [
        ("bare words", "KEEP only these words"),
        ("bare paragraphs", "<p>KEEP this.<p>KEEP that."),
        ("menus", "<ul class=menu><li><a href=1>DROP a</a><li><a href=2>DROP b</a></ul><p>PROSE</p>"),
        (
            "roles",
            "<div role=navigation>DROP</div><div role=main><p>PROSE</p></div><div role=contentinfo><p>DROP</p></div>",
        ),
        (
            "hidden",
            "<div hidden>DROP</div><div style='display: none'><p>DROP sentence, which is long enough.</p></div><p>PROSE</p>",
        ),
        (
            "a list of links without a name",
            "<p>PROSE</p><div><a href=1>DROP a</a> <a href=2>DROP b</a> <a href=3>DROP c</a></div>",
        ),
        ("a list in the text", "<p>PROSE</p><ul><li>KEEP a boat<li>KEEP a <a href=1>rope</a></ul>"),
        (
            "links in the text",
            "<p>PROSE</p><p>KEEP <a href=1>the town</a> of <a href=2>Sandholm</a> sent help to <a>them</a> on Sunday.</p>",
        ),
        ("a class around everything", "<div class='comments-enabled sidebar'><p>PROSE</p></div>"),
        ("a form around everything", "<form><p>PROSE</p><input><button>DROP</button></form>"),
        (
            "a lead before the body",
            "<div><p>KEEP lead: the water came at night, said those who saw it.</p></div><div><p>PROSE</p><p>PROSE</p></div>",
        ),
        (
            "chapters beside each other",
            "<div><h2>KEEP I</h2><p>PROSE</p></div><div><h2>KEEP II</h2><p>PROSE</p></div><div><h2>KEEP III</h2><p>PROSE</p></div>",
        ),
        (
            "several articles",
            "<article><h2><a href=1>KEEP a</a></h2><p>PROSE</p></article><article><h2><a href=2>KEEP b</a></h2><p>PROSE</p></article>",
        ),
        (
            "comments longer than the text",
            "<article><p>PROSE</p></article><div id=comments><p>DROP. PROSEX</p></div>",
        ),
        (
            "notices",
            "<p>PROSE</p><p>DROP Copyright: all rights reserved.</p><p>Sign up for our letter, DROP.</p>",
        ),
        (
            "a title outside the main part",
            "<header><h1>KEEP title</h1></header><main><p>PROSE</p></main><div><p>DROP this sentence, which is beside the main part.</p></div>",
        ),
        (
            "an empty section",
            "<p>PROSE</p><h3>DROP More from us</h3><ul class=related><li><a href=1>DROP</a></ul>",
        ),
        (
            "no script",
            "<noscript><p>DROP: this page needs a script to be seen by anyone.</p></noscript><p>PROSE</p>",
        ),
        (
            "a table of data",
            "<p>PROSE</p><table><tr><th>KEEP year</th><th>KEEP town</th></tr><tr><td>KEEP 1921</td><td>KEEP Sandholm</td></tr></table>",
        ),
        (
            "a table for layout",
            "<table><tr><td><a href=1>DROP a</a><br><a href=2>DROP b</a><br><a href=3>DROP c</a></td><td><p>PROSE</p><p>PROSE</p></td></tr></table>",
        ),
        ("references in the text", "<p>PROSE<sup class=reference><a href=1>[DROP]</a></sup></p>"),
    ] {
        let dropped_prose = PROSE.replace("KEEP", "DROP");
        let html = html.replace("PROSEX", &dropped_prose.repeat(2)).replace("PROSE", PROSE);
        let text = page(&html);
        assert!(!text.contains("DROP"), "{name}: {text}");
        assert_eq!(text.matches("KEEP").count(), html.matches("KEEP").count(), "{name}: {text}");
    }
}

#[test]
fn paragraphs_of_pages() {
    for (html, expected) in [
        ("<h1>A <em>b</em></h1>c<p>d\n e<br>f<br><br>g", "A b\n\nc\n\nd e f\n\ng\n"),
        ("<table><tr><td>1921<td>Sandholm<tr><td>1922<td>Alden</table>", "1921 | Sandholm\n\n1922 | Alden\n"),
        ("<pre>One line\nof two.\n\nAnother.</pre>", "One line of two.\n\nAnother.\n"),
        ("He said <q>no</q>.<script>x()</script> <b>So</b> it&shy;was.", "He said “no”. So itwas.\n"),
        ("<dl><dt>1921<dd>The flood.</dl>", "1921\n\nThe flood.\n"),
    ] {
        assert_eq!(page(html), expected, "{html}");
    }
}

#[test]
fn a_word_document() {
    let paragraph = |style: &str, words: &str| {
        format!(
            r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:p>"#
        )
    };
    let body = [
        paragraph("Titel", "The flood"),
        paragraph("Verzeichnis1", "DROP 3"),
        paragraph("Own", "The first night"),
        r"<w:p><w:r><w:t>The water </w:t></w:r><w:del><w:r><w:delText>DROP</w:delText></w:r></w:del>
           <w:ins><w:r><w:t>ro</w:t></w:r></w:ins><w:r><w:t>se &amp; fell</w:t><w:br/><w:t>by</w:t><w:tab/><w:t>noon.</w:t></w:r>
           <w:r><w:rPr><w:vanish/></w:rPr><w:t>DROP</w:t></w:r>
           <mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent></mc:Choice>
           <mc:Fallback><w:p><w:r><w:t>DROP</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:p>"
            .to_owned(),
        r"<w:tbl><w:tr><w:tc><w:p><w:r><w:t>1921</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Sandholm</w:t></w:r></w:p></w:tc></w:tr></w:tbl>".to_owned(),
        paragraph("Loop", "The end."),
    ];
    let file = read(&documents::docx(&body.concat()), "flood.docx");
    let expected = "The flood\n\nThe first night\n\nIn a box.\n\nThe water rose & fell by noon.\n\n1921 | Sandholm\n\nThe end.\n\nA note.\n";
    assert_eq!(file.text, expected);
    assert_eq!(headings(&file), ["1 The flood", "2 The first night"]);
    assert_eq!((file.title.as_deref(), file.language.as_deref()), (Some("The flood"), Some("en-GB")));
    assert_eq!(file.authors, ["Nino A.", "Levon B."]);
    assert_eq!(dates(&file), ["2021-06-01", "2021-07-02"]);
}

#[test]
fn an_opendocument_text() {
    let file = read(
        &documents::odt(
            r#"<text:tracked-changes><text:p>DROP</text:p></text:tracked-changes>
            <text:p text:style-name="P1">The flood</text:p><text:h text:outline-level="2">The first night</text:h>
            <text:p>The<text:s text:c="3"/>water <text:span>ro</text:span>se<text:note><text:note-citation>DROP</text:note-citation>
            <text:note-body><text:p>A note.</text:p></text:note-body></text:note>.<office:annotation><text:p>DROP</text:p></office:annotation></text:p>
            <text:list><text:list-item><text:p>First.</text:p></text:list-item></text:list>
            <table:table><table:table-row><table:table-cell><text:p>1921</text:p></table:table-cell>
            <table:table-cell><text:p>Sandholm</text:p></table:table-cell></table:table-row></table:table>"#,
        ),
        "flood.odt",
    );
    let expected =
        "The flood\n\nThe first night\n\nThe water rose.\n\nFirst.\n\n1921 | Sandholm\n\nA note.\n";
    assert_eq!(file.text, expected);
    assert_eq!(headings(&file), ["1 The flood", "2 The first night"]);
    assert_eq!((file.title.as_deref(), file.language.as_deref()), (Some("The flood"), Some("en-GB")));
    assert_eq!(
        (file.authors.clone(), dates(&file)),
        (vec!["Nino A.".to_owned()], vec!["2021-06-01", "2021-07-02"])
    );
}

#[test]
fn a_book() {
    let second = b"<?xml version='1.0'?><!DOCTYPE html><html xmlns='http://www.w3.org/1999/xhtml'><head><title/><script/></head>\
        <body><h2>II</h2><p>The water fell.<aside>A note.</aside></body>";
    let first = "\u{FEFF}<html><head><title>DROP</title></head><body><h1>The flood</h1><p>The <b>water<p>rose &nbsp; &c.</html>";
    let file = read(&documents::epub(&[("2.xhtml", second), ("1 a.xhtml", first.as_bytes())]), "flood.epub");
    assert_eq!(file.text, "The flood\n\nThe water\n\nrose &c.\n\nII\n\nThe water fell.\n\nA note.\n");
    assert_eq!(headings(&file), ["1 The flood", "2 II"]);
    assert_eq!((file.title.as_deref(), file.language.as_deref()), (Some("The flood"), Some("en")));
    assert_eq!(
        (file.authors.clone(), dates(&file)),
        (vec!["Nino A.".to_owned()], vec!["1912", "2021-07-02"])
    );
}

#[test]
fn a_pdf() {
    let line = |size: u32, x: u32, y: u32, words: &str| (size, x, y, words.to_owned());
    let page = |number: u32, lines: Vec<(u32, u32, u32, String)>| {
        let head = line(8, 50, 780, &format!("The flood, page {number}"));
        [vec![head], lines, vec![line(8, 300, 20, &number.to_string())]].concat()
    };
    let pages = [
        page(
            1,
            vec![
                line(18, 50, 740, "The flood"),
                line(10, 50, 700, "The water of the river rose in the night of 3 May, and the lo-"),
                line(10, 50, 688, "wer town was under water by the morning."),
                line(10, 50, 660, "Nobody was hurt, they said, but the bridge at Aldenmouth was"),
            ],
        ),
        page(2, vec![line(10, 50, 740, "gone when the day came.")]),
        page(3, vec![line(10, 50, 740, "The end of it.")]),
    ];
    let whole = documents::pdf(&pages);
    let file = read(&whole, "flood.pdf");
    let expected = "The flood\n\nThe water of the river rose in the night of 3 May, and the lower town was under water by \
                    the morning.\n\nNobody was hurt, they said, but the bridge at Aldenmouth was gone when the day came.\n\n\
                    The end of it.\n";
    assert_eq!(file.text, expected);
    assert_eq!(headings(&file), ["1 The flood"]);
    assert_eq!((file.title.as_deref(), file.language.as_deref()), (Some("The flood"), Some("en-GB")));
    assert_eq!((file.authors.clone(), dates(&file)), (vec!["Nino A.".to_owned()], vec!["2021-06-01"]));
    assert!(file.warnings.is_empty(), "{:?}", file.warnings);

    // Without its index, or with a wrong one, the objects are still there.
    let end = whole.windows(5).position(|window| window == b"xref\n").unwrap();
    let mut shifted = whole.clone();
    shifted.splice(9..9, *b"% some words that move all\n");
    for damaged in [&whole[..end], &shifted] {
        let file = read(damaged, "flood.pdf");
        assert_eq!(file.text, expected);
        assert_eq!(dates(&file), if damaged.len() == end { vec![] } else { vec!["2021-06-01"] });
        assert!(file.warnings[0].contains("is damaged"), "{:?}", file.warnings);
    }
}

#[test]
fn documents_of_an_events_file_are_of_any_format() {
    let folder = tempfile::TempDir::new().unwrap();
    let events = |file: &str, exact: &str| {
        format!(
            r#"{{"type": "FeatureCollection", "chronotope": 1, "documents": [{{"id": "d", "file": "{file}"}}], "features": [
            {{"type": "Feature", "properties": {{"title": "A"}}, "passages": [{{"document": "d", "selector":
            [{{"type": "TextQuoteSelector", "exact": "{exact}"}}]}}]}}]}}"#
        )
    };
    for (file, bytes, exact) in [
        ("latin.txt", b"Le g\xE9n\xE9ral est arriv\xE9 \xE0 l'\xE9t\xE9, dit-on.".to_vec(), "général"),
        (
            "page.html",
            b"<nav>Menu</nav><h1>The flood</h1><p>The water <b>rose</b> by noon.".to_vec(),
            "water rose",
        ),
        (
            "flood.docx",
            documents::docx("<w:p><w:r><w:t>The water </w:t></w:r><w:r><w:t>rose.</w:t></w:r></w:p>"),
            "water rose",
        ),
    ] {
        std::fs::write(folder.path().join(file), bytes).unwrap();
        let path = folder.path().join("some.events.geojson");
        std::fs::write(&path, events(file, exact)).unwrap();
        let account = chronotope::formats::open(&path).unwrap();
        assert_eq!(account.warnings, Vec::<String>::new(), "{file}");
        assert_eq!(account.documents[0].missing, None, "{file}");
        let span = account.events[0].passages[0].span.unwrap();
        assert_eq!(span.slice(&account.documents[0].text), exact);
    }
}
