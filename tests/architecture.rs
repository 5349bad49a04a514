//! The walls of the house, read from the sources as text: who may import whom, where the user
//! interface may be named, and how long a file may grow.

// A source that cannot be read is a failed test.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Each room and the rooms that it may import. Whatever is not here, it may not: time knows nothing
/// of events, the store nothing of the state, and nothing but the binary knows the window.
const MAY_IMPORT: [(&str, &[&str]); 17] = [
    ("time", &[]),
    ("geo", &[]),
    ("document", &["time"]),
    ("progress", &[]),
    ("gazetteer", &["document", "geo"]),
    // Stored mentions name the store's indices, and a view what is selected by them.
    ("annotation", &["document", "store", "time"]),
    ("extract", &["document", "gazetteer", "geo", "progress", "time"]),
    ("archive", &["document", "extract", "gazetteer", "progress", "time"]),
    ("view", &["document", "geo", "store", "time"]),
    ("store", &["annotation", "document", "gazetteer", "geo", "time", "view"]),
    ("formats", &["annotation", "document", "gazetteer", "geo", "progress", "store", "time"]),
    (
        "opening",
        &["annotation", "document", "extract", "formats", "gazetteer", "geo", "progress", "store", "time"],
    ),
    ("state", &["annotation", "document", "gazetteer", "geo", "progress", "store", "time", "view"]),
    (
        "app",
        &[
            "annotation",
            "document",
            "formats",
            "gazetteer",
            "geo",
            "opening",
            "progress",
            "state",
            "store",
            "time",
            "view",
        ],
    ),
    (
        "cli",
        &["app", "archive", "extract", "formats", "opening", "progress", "store", "time", "view", "state"],
    ),
    ("lib", &[]),
    ("main", &["cli"]),
];

/// Crates that only the window may name.
const UI_CRATES: [&str; 6] = ["egui", "eframe", "egui_extras", "egui_notify", "egui_wgpu", "walkers"];

const MAX_LINES: usize = 600;

struct Source {
    /// Below `src/`.
    path: PathBuf,
    text: String,
}

impl Source {
    /// The first part of the path: `src/store/query.rs` and `src/store.rs` are of room `store`.
    fn room(&self) -> String {
        let first = self.path.iter().next().unwrap().to_str().unwrap();
        first.trim_end_matches(".rs").to_owned()
    }

    /// The panel of `src/app/panels/PANEL…`, if it is one and not the room's own `mod.rs`.
    fn panel(&self) -> Option<String> {
        let rest = self.path.strip_prefix("app/panels").ok()?;
        let panel = rest.iter().next()?.to_str()?.trim_end_matches(".rs");
        (panel != "mod").then(|| panel.to_owned())
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                sources.push(Source { path: path.strip_prefix(&root).unwrap().to_owned(), text });
            }
        }
    }
    assert!(sources.len() > 10, "the sources were not found");
    sources
}

/// A source without its comments and string literals, so that prose may speak of anything.
fn code_only(text: &str) -> String {
    let mut code = String::new();
    for line in text.lines() {
        let mut in_string = false;
        let mut chars = line.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '\\' if in_string => _ = chars.next(),
                // A quote as a character literal opens no string.
                '\'' if !in_string && chars.peek() == Some(&'"') => _ = chars.next(),
                '"' => in_string = !in_string,
                '/' if !in_string && chars.peek() == Some(&'/') => break,
                _ if !in_string => code.push(c),
                _ => {}
            }
        }
        code.push('\n');
    }
    code
}

fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

/// The first names of all paths below `root`: of `root::a::b` and `root::{a::b, c}` `a` and `c`.
fn names_below(code: &str, root: &str) -> BTreeSet<String> {
    let code: String = code.split_whitespace().collect::<Vec<_>>().join(" ");
    let prefix = format!("{root}::");
    let mut names = BTreeSet::new();
    for (at, _) in code.match_indices(&prefix) {
        let is_whole_word = !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':');
        if !is_whole_word {
            continue;
        }
        let rest = code[at + prefix.len()..].trim_start();
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 1;
            let mut item = String::new();
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    _ => {}
                }
                if depth == 0 || (depth == 1 && c == ',') {
                    names.extend(words(&item).next().map(str::to_owned));
                    item.clear();
                } else {
                    item.push(c);
                }
                if depth == 0 {
                    break;
                }
            }
        } else {
            names.extend(words(rest).next().map(str::to_owned));
        }
    }
    names
}

#[test]
fn the_reader_of_imports_reads_them() {
    let code = code_only(
        "use crate::{time::{Day, DaySpan}, geo}; // crate::prose\nlet s = \"crate::string\"; let c = '\"';\n\
         fn f(x: crate::store::EventIx) { my_crate::no(); a::crate::no() }",
    );
    let names: Vec<String> = names_below(&code, "crate").into_iter().collect();
    assert_eq!(names, ["geo", "store", "time"]);
}

#[test]
fn rooms_import_only_what_they_may() {
    let mut wrong = Vec::new();
    for source in sources() {
        let room = source.room();
        let Some((_, may)) = MAY_IMPORT.iter().find(|(known, _)| *known == room) else {
            wrong.push(format!("src/{}: room `{room}` is not in the table", source.path.display()));
            continue;
        };
        let code = code_only(&source.text);
        let mut imported = names_below(&code, "crate");
        imported.extend(names_below(&code, "chronotope"));
        let is_room = |name: &str| MAY_IMPORT.iter().any(|(room, _)| *room == name);
        for name in imported.iter().filter(|name| **name != room && is_room(name)) {
            if !may.contains(&name.as_str()) {
                wrong.push(format!("src/{}: `{room}` may not import `{name}`", source.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_window_names_the_user_interface() {
    for source in sources() {
        if ["app", "main"].contains(&source.room().as_str()) {
            continue;
        }
        let code = code_only(&source.text);
        let found = words(&code).find(|word| UI_CRATES.contains(word));
        assert_eq!(found, None, "src/{} is of the core", source.path.display());
    }
}

#[test]
fn panels_never_see_each_other() {
    let sources = sources();
    let panels: BTreeSet<String> = sources.iter().filter_map(Source::panel).collect();
    let mut wrong = Vec::new();
    for source in &sources {
        let Some(own) = source.panel() else { continue };
        let code = code_only(&source.text);
        let mut named = names_below(&code, "panels");
        for root in ["crate::app::panels", "super::super", "super"] {
            named.extend(names_below(&code, root));
        }
        // Inside a panel's folder `super::` is the panel itself and its parts may share its name.
        let parts: BTreeSet<String> =
            sources.iter().filter(|s| s.panel().as_ref() == Some(&own)).filter_map(part_name).collect();
        for other in named.iter().filter(|name| panels.contains(*name) && **name != own) {
            if !parts.contains(other) {
                wrong.push(format!("src/{}: names the panel `{other}`", source.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn part_name(source: &Source) -> Option<String> {
    Some(source.path.file_stem()?.to_str()?.to_owned())
}

#[test]
fn no_file_outgrows_its_idea() {
    for source in sources() {
        let n_lines = source.text.lines().count();
        assert!(n_lines <= MAX_LINES, "src/{} has {n_lines} lines; split it", source.path.display());
    }
}
