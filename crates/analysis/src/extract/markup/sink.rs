//! How the parser builds a [`Tree`].

use std::borrow::Cow;
use std::cell::{Ref, RefCell};

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, QualName};

use super::tree::{Content, Node, NodeId, Tree};

/// A tree while it is built.
pub(super) struct Sink(RefCell<Vec<Node>>);

impl Default for Sink {
    fn default() -> Self {
        Self(RefCell::new(vec![Node::new(Content::Other)]))
    }
}

impl Node {
    fn new(content: Content) -> Self {
        Self { parent: None, first: None, last: None, previous: None, next: None, content }
    }
}

impl Sink {
    fn add(&self, content: Content) -> NodeId {
        let mut nodes = self.0.borrow_mut();
        nodes.push(Node::new(content));
        nodes.len() - 1
    }

    /// Takes a node out from between its neighbours.
    fn detach(&self, id: NodeId) {
        let nodes = &mut *self.0.borrow_mut();
        let node = &mut nodes[id];
        let (parent, previous, next) = (node.parent.take(), node.previous.take(), node.next.take());
        match (previous, parent) {
            (Some(previous), _) => nodes[previous].next = next,
            (None, Some(parent)) => nodes[parent].first = next,
            _ => {}
        }
        match (next, parent) {
            (Some(next), _) => nodes[next].previous = previous,
            (None, Some(parent)) => nodes[parent].last = previous,
            _ => {}
        }
    }

    /// Puts a node under `parent`: before `next`, or at the end.
    fn insert(&self, id: NodeId, parent: NodeId, next: Option<NodeId>) {
        self.detach(id);
        let nodes = &mut *self.0.borrow_mut();
        let previous = next.map_or(nodes[parent].last, |next| nodes[next].previous);
        let node = &mut nodes[id];
        (node.parent, node.previous, node.next) = (Some(parent), previous, next);
        match previous {
            Some(previous) => nodes[previous].next = Some(id),
            None => nodes[parent].first = Some(id),
        }
        match next {
            Some(next) => nodes[next].previous = Some(id),
            None => nodes[parent].last = Some(id),
        }
    }

    /// Puts a node or text under `parent`. Text beside text becomes one.
    fn put(&self, child: NodeOrText<NodeId>, parent: NodeId, next: Option<NodeId>) {
        match child {
            NodeOrText::AppendNode(id) => self.insert(id, parent, next),
            NodeOrText::AppendText(text) => {
                if !self.joined(&text, parent, next) {
                    let id = self.add(Content::Text(text));
                    self.insert(id, parent, next);
                }
            }
        }
    }

    fn joined(&self, text: &StrTendril, parent: NodeId, next: Option<NodeId>) -> bool {
        let nodes = &mut *self.0.borrow_mut();
        let previous = next.map_or(nodes[parent].last, |next| nodes[next].previous);
        match previous.map(|previous| &mut nodes[previous].content) {
            Some(Content::Text(before)) => {
                before.push_tendril(text);
                true
            }
            _ => false,
        }
    }
}

/// The parser hands back only the numbers that it was given, and calls as its contract says; so nodes are looked up without checks.
impl TreeSink for Sink {
    type Handle = NodeId;
    type Output = Tree;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Tree {
        Tree { nodes: self.0.into_inner() }
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        Tree::ROOT
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Ref<'a, QualName> {
        Ref::map(self.0.borrow(), |nodes| match &nodes[*target].content {
            Content::Element { name, .. } => name,
            _ => unreachable!("the parser asks for the names of elements only"),
        })
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, flags: ElementFlags) -> NodeId {
        let template = flags.template.then(|| self.add(Content::Other));
        self.add(Content::Element { name, attributes, template })
    }

    fn create_comment(&self, _: StrTendril) -> NodeId {
        self.add(Content::Other)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> NodeId {
        self.add(Content::Other)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.put(child, *parent, None);
    }

    fn append_based_on_parent_node(&self, element: &NodeId, previous: &NodeId, child: NodeOrText<NodeId>) {
        let has_parent = self.0.borrow()[*element].parent.is_some();
        if has_parent { self.append_before_sibling(element, child) } else { self.append(previous, child) }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        match self.0.borrow()[*target].content {
            Content::Element { template: Some(content), .. } => content,
            _ => *target,
        }
    }

    fn same_node(&self, x: &NodeId, y: &NodeId) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        let parent = self.0.borrow()[*sibling].parent;
        if let Some(parent) = parent {
            self.put(child, parent, Some(*sibling));
        }
    }

    fn add_attrs_if_missing(&self, target: &NodeId, more: Vec<Attribute>) {
        if let Content::Element { attributes, .. } = &mut self.0.borrow_mut()[*target].content {
            for attribute in more {
                if attributes.iter().all(|known| known.name != attribute.name) {
                    attributes.push(attribute);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.detach(*target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        let mut child = self.0.borrow()[*node].first;
        while let Some(id) = child {
            child = self.0.borrow()[id].next;
            self.insert(id, *new_parent, None);
        }
    }
}
