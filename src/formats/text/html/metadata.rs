//! What a page says of itself: title, authors, language and dates, from the four places where pages say
//! it: `<meta>` (Open Graph, Dublin Core, citation), JSON-LD (schema.org), `<time>` and `<title>`.

use serde_json::Value;

use super::tree::{DOCUMENT, NodeId, Step, Tree};
use crate::formats::text::blocks::one_line;
use crate::formats::text::dates::{DateKind, Dates};
use crate::formats::text::{TextFile, language_tag};

/// Names of `<meta>` that date a page, best first.
const DATE_NAMES: [(&str, DateKind); 20] = [
    ("article:published_time", DateKind::Published),
    ("og:article:published_time", DateKind::Published),
    ("datepublished", DateKind::Published),
    ("citation_publication_date", DateKind::Published),
    ("citation_date", DateKind::Published),
    ("parsely-pub-date", DateKind::Published),
    ("sailthru.date", DateKind::Published),
    ("pubdate", DateKind::Published),
    ("publishdate", DateKind::Published),
    ("publish-date", DateKind::Published),
    ("dc.date.issued", DateKind::Published),
    ("dcterms.issued", DateKind::Published),
    ("dc.date", DateKind::Published),
    ("dcterms.date", DateKind::Published),
    ("date", DateKind::Published),
    ("dc.date.created", DateKind::Created),
    ("dcterms.created", DateKind::Created),
    ("article:modified_time", DateKind::Modified),
    ("og:updated_time", DateKind::Modified),
    ("last-modified", DateKind::Modified),
];
const TITLE_NAMES: [&str; 5] = ["og:title", "citation_title", "dc.title", "dcterms.title", "twitter:title"];
const AUTHOR_NAMES: [&str; 6] =
    ["author", "citation_author", "dc.creator", "dcterms.creator", "article:author", "parsely-author"];
/// Kinds of schema.org things that are the page's text, and not its site, its pictures or its makers.
const TEXT_TYPES: [&str; 7] = ["Article", "Posting", "WebPage", "Report", "Chapter", "Book", "CreativeWork"];
/// JSON-LD of a page has a few hundred values.
const MAX_VALUES: usize = 20_000;

/// What a page says of itself.
#[derive(Debug, Default)]
pub(super) struct Metadata {
    /// Said by `<meta>` or JSON-LD to be the title of the text.
    said_title: Option<String>,
    /// `<title>`, often with the name of the site.
    page_title: Option<String>,
    pub authors: Vec<String>,
    pub language: Option<String>,
    pub dates: Dates,
}

impl Metadata {
    /// The title of a page whose text was read.
    pub fn title(&self, file: &TextFile) -> Option<String> {
        let top = file.headings.iter().map(|heading| heading.level).min();
        let mut highest = file.headings.iter().filter(|heading| Some(heading.level) == top);
        let heading = highest.next().filter(|_| highest.next().is_none()).map(|h| h.span.slice(&file.text));
        let page_title = self.page_title.as_deref();
        // A page's title with its site's name left off is the heading that it begins or ends with.
        let named_heading = heading.filter(|heading| page_title.is_none_or(|title| title.contains(heading)));
        self.said_title.as_deref().or(named_heading).or(page_title).map(str::to_owned)
    }
}

/// All that stands in a page's elements for machines.
#[derive(Default)]
struct Found {
    meta: Vec<(String, String)>,
    json: Vec<Value>,
    times: Vec<(NodeId, String)>,
    language: Option<String>,
    page_title: Option<String>,
}

impl Found {
    fn values_of(&self, wanted: &'static str) -> impl Iterator<Item = &str> {
        self.meta.iter().filter(move |(name, _)| name == wanted).map(|(_, value)| value.as_str())
    }
}

pub(super) fn read(tree: &Tree) -> Metadata {
    let found = find(tree);
    let mut metadata = Metadata { page_title: found.page_title.clone(), ..Metadata::default() };
    let meta = |wanted: &'static str| found.values_of(wanted);
    metadata.said_title =
        TITLE_NAMES.iter().find_map(|name| meta(name).next()).map(one_line).filter(|t| !t.is_empty());
    let meta_dates = |dates: &mut Dates, is_wanted: fn(usize) -> bool| {
        for (_, (name, kind)) in DATE_NAMES.iter().enumerate().filter(|(rank, _)| is_wanted(*rank)) {
            for value in meta(name) {
                dates.add(value, *kind, format!("the page's “{name}”"));
            }
        }
    };
    // Open Graph is written for exactly this; the other names come after JSON-LD.
    meta_dates(&mut metadata.dates, |rank| rank < 2);
    for thing in found.json.iter().flat_map(things).filter(|thing| is_text(thing)) {
        read_thing(thing, &mut metadata);
    }
    meta_dates(&mut metadata.dates, |rank| rank >= 2);
    // A page has many times (of comments, of other articles); the first in its article is its own.
    let in_article =
        |id: NodeId| ancestors(tree, id).any(|id| tree.name(id).is_some_and(|name| &**name == "article"));
    let marked =
        |id: NodeId| tree.attribute(id, "pubdate").is_some() || has_property(tree, id, "datePublished");
    let modified = |id: NodeId| has_property(tree, id, "dateModified");
    for (id, time) in found.times.iter().filter(|(id, _)| marked(*id)) {
        let _ = id;
        metadata.dates.add(time, DateKind::Published, "a <time> of the page marked as its date");
    }
    for (_, time) in found.times.iter().filter(|(id, _)| modified(*id)) {
        metadata.dates.add(time, DateKind::Modified, "a <time> of the page marked as its change");
    }
    let unmarked = found.times.iter().find(|(id, _)| in_article(*id) && !marked(*id) && !modified(*id));
    if let Some((_, time)) = unmarked {
        metadata.dates.add(time, DateKind::Published, "the first <time> of its article");
    }
    if metadata.authors.is_empty() {
        let authors =
            AUTHOR_NAMES.iter().map(|name| meta(name).collect::<Vec<_>>()).find(|found| !found.is_empty());
        for author in authors.unwrap_or_default() {
            add_author(author, &mut metadata.authors);
        }
    }
    metadata.language = found.language.as_deref().and_then(language_tag).or(metadata.language);
    let declared =
        meta("content-language").chain(meta("dc.language")).chain(meta("og:locale")).find_map(language_tag);
    metadata.language = metadata.language.or(declared);
    metadata
}

fn find(tree: &Tree) -> Found {
    let mut found = Found::default();
    for step in tree.walk(DOCUMENT, |_| true) {
        let Step::Enter(id) = step else { continue };
        let Some(name) = tree.name(id) else { continue };
        match &**name {
            "html" => {
                found.language =
                    tree.attribute(id, "lang").or(tree.attribute(id, "xml:lang")).map(str::to_owned);
            }
            "title" if found.page_title.is_none() => {
                let in_picture =
                    ancestors(tree, id).any(|id| tree.name(id).is_some_and(|name| &**name == "svg"));
                found.page_title =
                    Some(one_line(&tree.text(id))).filter(|title| !title.is_empty() && !in_picture);
            }
            "meta" => {
                let key = ["property", "name", "itemprop", "http-equiv"]
                    .iter()
                    .find_map(|key| tree.attribute(id, key));
                if let (Some(key), Some(content)) = (key, tree.attribute(id, "content")) {
                    found.meta.push((key.trim().to_ascii_lowercase(), content.trim().to_owned()));
                }
            }
            "script" if tree.attribute(id, "type").is_some_and(|kind| kind.contains("ld+json")) => {
                found.json.extend(serde_json::from_str(&tree.text(id)).ok());
            }
            "time" => {
                let written = tree.attribute(id, "datetime").map_or_else(|| tree.text(id), str::to_owned);
                found.times.push((id, written));
            }
            _ => {}
        }
    }
    found
}

fn ancestors(tree: &Tree, id: NodeId) -> impl Iterator<Item = NodeId> {
    std::iter::successors(tree.parent(id), |id| tree.parent(*id))
}

fn has_property(tree: &Tree, id: NodeId, property: &str) -> bool {
    tree.attribute(id, "itemprop").is_some_and(|all| all.split_ascii_whitespace().any(|one| one == property))
}

/// The objects of a JSON-LD document, outermost first.
fn things(root: &Value) -> Vec<&serde_json::Map<String, Value>> {
    let mut things = Vec::new();
    let mut queue = std::collections::VecDeque::from([root]);
    while let Some(value) = queue.pop_front() {
        if queue.len() + things.len() > MAX_VALUES {
            break;
        }
        match value {
            Value::Array(items) => queue.extend(items),
            Value::Object(members) => {
                things.push(members);
                queue.extend(members.get("@graph").into_iter().chain(members.get("mainEntity")));
            }
            _ => {}
        }
    }
    things
}

fn is_text(thing: &serde_json::Map<String, Value>) -> bool {
    let is_one =
        |kind: &Value| kind.as_str().is_some_and(|kind| TEXT_TYPES.iter().any(|text| kind.ends_with(text)));
    thing
        .get("@type")
        .is_some_and(|kind| is_one(kind) || kind.as_array().is_some_and(|kinds| kinds.iter().any(is_one)))
}

fn read_thing(thing: &serde_json::Map<String, Value>, metadata: &mut Metadata) {
    let string = |key: &str| thing.get(key).and_then(Value::as_str);
    for (key, kind) in [
        ("datePublished", DateKind::Published),
        ("dateCreated", DateKind::Created),
        ("dateModified", DateKind::Modified),
    ] {
        if let Some(value) = string(key) {
            metadata.dates.add(value, kind, format!("the page's “{key}” (schema.org)"));
        }
    }
    if metadata.said_title.is_none() {
        metadata.said_title = string("headline").map(one_line).filter(|title| !title.is_empty());
    }
    if metadata.language.is_none() {
        metadata.language = string("inLanguage").and_then(language_tag);
    }
    let authors = thing.get("author");
    let several = authors
        .and_then(Value::as_array)
        .map_or_else(|| authors.into_iter().collect(), |all| all.iter().collect::<Vec<_>>());
    for author in several {
        let name = author.as_str().or_else(|| author.get("name").and_then(Value::as_str));
        add_author(name.unwrap_or_default(), &mut metadata.authors);
    }
}

/// Adds a name; addresses of pages stand in the place of names, too.
fn add_author(written: &str, authors: &mut Vec<String>) {
    let name = one_line(written);
    let name = name.strip_prefix("By ").or_else(|| name.strip_prefix("by ")).unwrap_or(&name);
    if !name.is_empty()
        && !name.contains("://")
        && name.len() < 200
        && !authors.iter().any(|known| known == name)
    {
        authors.push(name.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::Progress;

    fn metadata(page: &str) -> Metadata {
        read(&super::super::tree::parse(page, 0, &Progress::default()).unwrap())
    }

    #[test]
    fn dates_of_pages() {
        for (page, expected) in [
            (r#"<meta property="article:published_time" content="2023-04-23T09:00:00+04:00">"#, "2023-04-23"),
            (r"<meta name=DC.date content=2020-09>", "2020-09"),
            (
                r#"<script type="application/ld+json">{"@graph":[{"@type":"WebSite","datePublished":"2001-01-01"},{"@type":["NewsArticle"],"datePublished":"2020-11-10"}]}</script>"#,
                "2020-11-10",
            ),
            (
                r"<article><time datetime=2021-02-03T10:00>3 Feb</time><p>Text<time datetime=2022-01-01>",
                "2021-02-03",
            ),
            (r"<footer><time datetime=2021-02-03>", ""),
            (r"<article><time datetime=2019-01-01>1</time><time pubdate datetime=2021-02-03>", "2021-02-03"),
            (r#"<time itemprop="dateCreated datePublished">5 May 2020</time>"#, "2020-05-05"),
            (r#"<meta property="article:published_time" content="1970-01-01T00:00:00Z">"#, ""),
            (r#"<script type="application/ld+json">{"@type":"Article", broken</script>"#, ""),
            (
                r#"<meta name=date content=2020-01-02><meta property="article:modified_time" content="2020-01-09">"#,
                "2020-01-02",
            ),
        ] {
            let dates = metadata(page).dates.finish();
            assert_eq!(dates.first().map_or("", |date| date.edtf.as_str()), expected, "{page}");
        }
    }

    #[test]
    fn names_of_pages() {
        let said = metadata(
            r#"<html lang=en_GB><title>Bridge reopens | The Valley News</title>
            <script type="application/ld+json">{"@type":"NewsArticle","headline":"Bridge reopens after a year",
            "author":[{"@type":"Person","name":"Nino A."},{"name":"https://a.example/b"},"Levon B."]}</script>"#,
        );
        assert_eq!(said.title(&TextFile::default()).as_deref(), Some("Bridge reopens after a year"));
        assert_eq!(said.authors, ["Nino A.", "Levon B."]);
        assert_eq!(said.language.as_deref(), Some("en-GB"));
    }
}
