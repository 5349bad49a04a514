//! Texts of every format that opens, as small files of our own.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test panics where it fails"
)]

use std::path::Path;

use chronotope::formats::{TextFile, read_text_file, text_from_bytes};
use chronotope::progress::Progress;

fn open(name: &str) -> TextFile {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files/text").join(name);
    read_text_file(&path, &Progress::default()).unwrap_or_else(|error| panic!("{error}"))
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
