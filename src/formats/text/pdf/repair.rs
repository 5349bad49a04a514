//! A PDF whose index is broken or cut off gets a new one: its objects are found by how they begin.

use pdf_extract::{Dictionary, Document, Object as Value, ObjectId};

/// Gives a document whose page tree is lost one of all pages that are found in it, in their order.
pub(super) fn give_page_tree(document: &mut Document) {
    let is_page = |value: &Value| value.as_dict().is_ok_and(|dictionary| dictionary.has_type(b"Page"));
    let pages: Vec<ObjectId> =
        document.objects.iter().filter(|(_, value)| is_page(value)).map(|(id, _)| *id).collect();
    let mut tree = Dictionary::new();
    tree.set("Type", Value::Name(b"Pages".to_vec()));
    tree.set("Count", i64::try_from(pages.len()).unwrap_or_default());
    tree.set("Kids", Value::Array(pages.into_iter().map(Value::Reference).collect()));
    let tree = document.add_object(tree);
    let mut catalog = Dictionary::new();
    catalog.set("Type", Value::Name(b"Catalog".to_vec()));
    catalog.set("Pages", Value::Reference(tree));
    let catalog = document.add_object(catalog);
    document.trailer.set("Root", Value::Reference(catalog));
}

/// The bytes with an index at their end that lists every object found in them; of objects of the same
/// number the last one counts, as in a PDF that was changed.
pub(super) fn with_new_index(bytes: &[u8]) -> Vec<u8> {
    let objects = objects(bytes);
    // The catalog may lie in a stream of objects, where only what refers to it names it.
    let root = reference(bytes, b"/Root").or_else(|| root(bytes, &objects));
    let mut repaired = bytes.to_vec();
    repaired.extend(b"\n");
    let start = repaired.len();
    repaired.extend(b"xref\n0 1\n0000000000 65535 f \n");
    for object in &objects {
        repaired
            .extend(format!("{} 1\n{:010} {:05} n \n", object.number, object.at, object.generation).bytes());
    }
    let size = objects.iter().map(|object| object.number + 1).max().unwrap_or(1);
    let entry = |key: &str, id: Option<String>| id.map_or(String::new(), |id| format!(" /{key} {id} R"));
    let entries = entry("Root", root) + &entry("Info", reference(bytes, b"/Info"));
    let trailer = format!("trailer\n<< /Size {size}{entries} >>\nstartxref\n{start}\n%%EOF\n");
    repaired.extend(trailer.bytes());
    repaired
}

#[derive(Debug, PartialEq)]
struct Object {
    number: u32,
    generation: u16,
    /// Where it begins, in bytes.
    at: usize,
}

/// The objects in order of their numbers: `12 0 obj`.
fn objects(bytes: &[u8]) -> Vec<Object> {
    let mut found = std::collections::BTreeMap::new();
    for (at, _) in bytes.windows(4).enumerate().filter(|(_, window)| *window == b" obj") {
        let before = bytes.get(at.saturating_sub(16)..at).unwrap_or_default();
        let text: String = before.iter().map(|byte| *byte as char).collect();
        let generation = trailing_digits(&text);
        let number = text
            .get(..text.len() - generation.len())
            .and_then(|rest| rest.strip_suffix(' '))
            .map(trailing_digits);
        let Some(number) = number.filter(|number| !number.is_empty() && !generation.is_empty()) else {
            continue;
        };
        let length = number.len() + 1 + generation.len();
        if let (Ok(number), Ok(generation)) = (number.parse(), generation.parse()) {
            found.insert(number, Object { number, generation, at: at - length });
        }
    }
    found.into_values().collect()
}

/// What the last such key of a trailer refers to, as `12 0`.
fn reference(bytes: &[u8], key: &[u8]) -> Option<String> {
    let at = bytes.windows(key.len()).rposition(|window| window == key)?;
    let after = bytes.get(at + key.len()..)?;
    let text: String = after.iter().take(24).map(|byte| *byte as char).collect();
    let mut words = text.split_ascii_whitespace();
    let (number, generation) = (words.next()?.parse::<u32>().ok()?, words.next()?.parse::<u16>().ok()?);
    words.next()?.starts_with('R').then(|| format!("{number} {generation}"))
}

fn trailing_digits(text: &str) -> &str {
    let start = text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    text.get(start..).unwrap_or_default()
}

/// The catalog, by its type.
fn root(bytes: &[u8], objects: &[Object]) -> Option<String> {
    let is_catalog = |object: &&Object| {
        let body = bytes.get(object.at..).unwrap_or_default();
        let body = body.get(..body.len().min(2048)).unwrap_or_default();
        let end = body.windows(6).position(|window| window == b"endobj").unwrap_or(body.len());
        body.get(..end).unwrap_or_default().windows(8).any(|window| window == b"/Catalog")
    };
    objects.iter().rev().find(is_catalog).map(|object| format!("{} {}", object.number, object.generation))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_found() {
        let bytes =
            b"%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\n12 0 obj 5 endobj x obj 12 3 obj 6 endobj";
        let objects = objects(bytes);
        let expected =
            [Object { number: 1, generation: 0, at: 9 }, Object { number: 12, generation: 3, at: 69 }];
        assert_eq!(objects, expected);
        assert_eq!(root(bytes, &objects).as_deref(), Some("1 0"));
        assert_eq!(reference(b"<< /Root 3 0 R >> << /Root 7 1 R >>", b"/Root").as_deref(), Some("7 1"));
    }
}
