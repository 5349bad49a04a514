//! A page as a tree of elements and texts, built by html5ever as a browser would, within bounds.
//!
//! Nodes are rows of one vector and refer to each other by number, so that no depth of nesting is
//! walked or dropped by recursion.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, LocalName, ParseOpts, QualName, local_name, ns, parse_document};

use crate::formats::Problem;
use crate::progress::Progress;

/// Elements inside each other; browsers stop at 512 too.
const MAX_DEPTH: u32 = 512;
/// A page of 100 MB has two or three millions.
const MAX_NODES: usize = 8_000_000;
/// Bytes between two looks at the bounds and at the progress.
const PIECE: usize = 16 << 10;

/// The number of a node in its tree.
pub(super) type NodeId = u32;
const NONE: NodeId = NodeId::MAX;
pub(super) const DOCUMENT: NodeId = 0;

#[derive(Debug)]
pub(super) enum Data {
    Element {
        name: LocalName,
        attributes: Box<[Attribute]>,
    },
    Text(StrTendril),
    /// The document, a comment, a DOCTYPE, an instruction.
    Other,
}

#[derive(Debug)]
struct Node {
    data: Data,
    parent: NodeId,
    previous: NodeId,
    next: NodeId,
    first_child: NodeId,
    last_child: NodeId,
    depth: u32,
}

impl Node {
    fn new(data: Data) -> Self {
        Self { data, parent: NONE, previous: NONE, next: NONE, first_child: NONE, last_child: NONE, depth: 0 }
    }
}

/// A page's nodes. Node 0 is the document.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    /// Stands for a node that does not exist, so that looking one up cannot fail.
    nothing: Node,
}

/// A step of a walk through a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Enter(NodeId),
    Leave(NodeId),
}

impl Tree {
    fn new() -> Self {
        Self { nodes: vec![Node::new(Data::Other)], nothing: Node::new(Data::Other) }
    }

    fn node(&self, id: NodeId) -> &Node {
        self.nodes.get(id as usize).unwrap_or(&self.nothing)
    }

    fn node_mut(&mut self, id: NodeId) -> &mut Node {
        self.nodes.get_mut(id as usize).unwrap_or(&mut self.nothing)
    }

    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    pub fn data(&self, id: NodeId) -> &Data {
        &self.node(id).data
    }

    /// The name of an element, `None` of anything else.
    pub fn name(&self, id: NodeId) -> Option<&LocalName> {
        match self.data(id) {
            Data::Element { name, .. } => Some(name),
            _ => None,
        }
    }

    /// An attribute of an element by its lower-case name.
    pub fn attribute(&self, id: NodeId, wanted: &str) -> Option<&str> {
        let Data::Element { attributes, .. } = self.data(id) else { return None };
        attributes.iter().find(|a| &*a.name.local == wanted).map(|a| &*a.value)
    }

    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        some(self.node(id).parent)
    }

    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        let mut next = some(self.node(id).first_child);
        std::iter::from_fn(move || {
            let child = next?;
            next = some(self.node(child).next);
            Some(child)
        })
    }

    /// The steps through a node and all below it. `enter` says of each element whether to go into it.
    pub fn walk(&self, root: NodeId, mut enter: impl FnMut(NodeId) -> bool) -> impl Iterator<Item = Step> {
        let mut next = Some(Step::Enter(root));
        std::iter::from_fn(move || {
            let step = next?;
            next = match step {
                Step::Enter(id) => match some(self.node(id).first_child).filter(|_| enter(id)) {
                    Some(child) => Some(Step::Enter(child)),
                    None => Some(Step::Leave(id)),
                },
                Step::Leave(id) if id == root => None,
                Step::Leave(id) => {
                    let node = self.node(id);
                    some(node.next).map(Step::Enter).or_else(|| some(node.parent).map(Step::Leave))
                }
            };
            Some(step)
        })
    }

    /// All words below a node.
    pub fn text(&self, id: NodeId) -> String {
        let mut text = String::new();
        for step in self.walk(id, |_| true) {
            if let Step::Enter(id) = step
                && let Data::Text(words) = self.data(id)
            {
                text.push_str(words);
            }
        }
        text
    }

    fn add(&mut self, data: Data) -> NodeId {
        let id = NodeId::try_from(self.nodes.len()).unwrap_or(NONE);
        self.nodes.push(Node::new(data));
        id
    }

    fn detach(&mut self, id: NodeId) {
        let node = self.node_mut(id);
        let (parent, previous, next) = (node.parent, node.previous, node.next);
        (node.parent, node.previous, node.next) = (NONE, NONE, NONE);
        if parent == NONE {
            return;
        }
        if next == NONE {
            self.node_mut(parent).last_child = previous;
        } else {
            self.node_mut(next).previous = previous;
        }
        if previous == NONE {
            self.node_mut(parent).first_child = next;
        } else {
            self.node_mut(previous).next = next;
        }
    }

    /// Puts a node below `parent`, before `next` or at the end (`NONE`).
    fn insert(&mut self, id: NodeId, parent: NodeId, next: NodeId) {
        self.detach(id);
        let previous = if next == NONE { self.node(parent).last_child } else { self.node(next).previous };
        let depth = self.node(parent).depth + 1;
        let node = self.node_mut(id);
        (node.parent, node.previous, node.next, node.depth) = (parent, previous, next, depth);
        if previous == NONE {
            self.node_mut(parent).first_child = id;
        } else {
            self.node_mut(previous).next = id;
        }
        if next == NONE { self.node_mut(parent).last_child = id } else { self.node_mut(next).previous = id }
    }

    /// Puts a node or words below `parent` before `next`; words join words that stand just before.
    fn insert_any(&mut self, child: NodeOrText<Handle>, parent: NodeId, next: NodeId) -> u32 {
        let id = match child {
            NodeOrText::AppendNode(handle) => handle.id,
            NodeOrText::AppendText(words) => {
                let previous =
                    if next == NONE { self.node(parent).last_child } else { self.node(next).previous };
                if let Data::Text(known) = &mut self.node_mut(previous).data {
                    known.push_tendril(&words);
                    return 0;
                }
                self.add(Data::Text(words))
            }
        };
        self.insert(id, parent, next);
        self.node(id).depth
    }
}

fn some(id: NodeId) -> Option<NodeId> {
    (id != NONE).then_some(id)
}

/// A node as html5ever holds it: it asks for names while the tree changes, so they come along.
#[derive(Debug, Clone)]
struct Handle {
    id: NodeId,
    name: QualName,
}

struct Sink {
    tree: RefCell<Tree>,
    depth: Cell<u32>,
}

impl Sink {
    fn handle(id: NodeId) -> Handle {
        Handle { id, name: QualName::new(None, ns!(), local_name!("")) }
    }

    fn insert(&self, child: NodeOrText<Handle>, parent: NodeId, next: NodeId) {
        let depth = self.tree.borrow_mut().insert_any(child, parent, next);
        self.depth.set(self.depth.get().max(depth));
    }
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Tree;
    type ElemName<'a> = &'a QualName;

    fn finish(self) -> Tree {
        self.tree.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Self::handle(DOCUMENT)
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> &'a QualName {
        &target.name
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Handle {
        let data = Data::Element { name: name.local.clone(), attributes: attributes.into() };
        Handle { id: self.tree.borrow_mut().add(data), name }
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        Self::handle(self.tree.borrow_mut().add(Data::Other))
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        Self::handle(self.tree.borrow_mut().add(Data::Other))
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.insert(child, parent.id, NONE);
    }

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let parent = self.tree.borrow().node(sibling.id).parent;
        self.insert(child, parent, sibling.id);
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        let has_parent = self.tree.borrow().parent(element.id).is_some();
        if has_parent { self.append_before_sibling(element, child) } else { self.append(previous, child) }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    /// The contents of a template are kept below it, where they are left out with it.
    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x.id == y.id
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn add_attrs_if_missing(&self, target: &Handle, added: Vec<Attribute>) {
        if let Data::Element { attributes, .. } = &mut self.tree.borrow_mut().node_mut(target.id).data {
            let mut all = std::mem::take(attributes).into_vec();
            let missing: Vec<Attribute> =
                added.into_iter().filter(|a| all.iter().all(|known| known.name != a.name)).collect();
            all.extend(missing);
            *attributes = all.into();
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.tree.borrow_mut().detach(target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        let mut tree = self.tree.borrow_mut();
        while let Some(child) = some(tree.node(node.id).first_child) {
            tree.insert(child, new_parent.id, NONE);
        }
    }
}

/// Parses a page. `start` is how many bytes of the whole work are done before it.
pub(super) fn parse(page: &str, start: u64, progress: &Progress) -> Result<Tree, Problem> {
    parse_within(page, start, MAX_NODES, progress)
}

fn parse_within(page: &str, start: u64, max_nodes: usize, progress: &Progress) -> Result<Tree, Problem> {
    let sink = Sink { tree: RefCell::new(Tree::new()), depth: Cell::new(0) };
    let mut parser = parse_document(sink, ParseOpts::default());
    let mut rest = page;
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE));
        parser.process(StrTendril::from_slice(piece));
        rest = after;
        let sink = &parser.tokenizer.sink.sink;
        if sink.depth.get() > MAX_DEPTH {
            return Err(Problem::Unsafe {
                reason: format!("its elements are nested more than {MAX_DEPTH} deep"),
            });
        }
        if sink.tree.borrow().len() > max_nodes {
            return Err(Problem::Unsafe {
                reason: format!("it has more than {} million elements", MAX_NODES / 1_000_000),
            });
        }
        progress.reach(start + (page.len() - rest.len()) as u64)?;
    }
    Ok(parser.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(page: &str) -> String {
        let tree = parse(page, 0, &Progress::default()).unwrap();
        let mut outline = String::new();
        for step in tree.walk(DOCUMENT, |_| true) {
            match (step, step_data(&tree, step)) {
                (Step::Enter(_), Data::Element { name, .. }) => outline.extend(["(", &**name, " "]),
                (Step::Leave(_), Data::Element { .. }) => outline += ")",
                (Step::Enter(_), Data::Text(words)) => outline += words,
                _ => {}
            }
        }
        outline
    }

    fn step_data(tree: &Tree, step: Step) -> &Data {
        match step {
            Step::Enter(id) | Step::Leave(id) => tree.data(id),
        }
    }

    #[test]
    fn broken_pages_become_trees() {
        for (page, expected) in [
            ("<p>a<p>b", "(html (head )(body (p a)(p b)))"),
            ("<b>a<p>b</b>c", "(html (head )(body (b a)(p (b b)c)))"),
            ("<table>x<tr><td>a", "(html (head )(body x(table (tbody (tr (td a))))))"),
            ("<html a=1><body><!-- --><html b=2>a<template><p>b", "(html (head )(body a(template (p b))))"),
            ("", "(html (head )(body ))"),
        ] {
            assert_eq!(outline(page), expected, "{page}");
        }
    }

    #[test]
    fn depth_and_size_are_bounded() {
        let bolds: String = (0..400).map(|i| format!("<b a={i}>")).collect::<Vec<_>>().concat();
        for page in ["<div>".repeat(20_000), format!("<p>{bolds}</p>{}", "<p>x</p>".repeat(4_000))] {
            let parsed = parse_within(&page, 0, 50_000, &Progress::default());
            assert!(matches!(parsed, Err(Problem::Unsafe { .. })), "{}", page.get(..60).unwrap());
        }
    }
}
