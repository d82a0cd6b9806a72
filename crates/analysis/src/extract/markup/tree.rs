//! A page's elements and texts as nodes that know their neighbours by number.

use html5ever::tendril::StrTendril;
use html5ever::{Attribute, QualName};

/// The number of a node in its tree.
pub(in crate::extract) type NodeId = usize;

/// A page's nodes; the first is the page itself.
#[derive(Debug)]
pub(in crate::extract) struct Tree {
    pub(super) nodes: Vec<Node>,
}

/// A node and its neighbours.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) parent: Option<NodeId>,
    pub(super) first: Option<NodeId>,
    pub(super) last: Option<NodeId>,
    pub(super) previous: Option<NodeId>,
    pub(super) next: Option<NodeId>,
    pub(super) content: Content,
}

/// What a node is.
#[derive(Debug)]
pub(super) enum Content {
    /// The page, the content of a template, or a comment.
    Other,
    Text(StrTendril),
    Element {
        name: QualName,
        attributes: Vec<Attribute>,
        template: Option<NodeId>,
    },
}

impl Tree {
    /// The page.
    pub(in crate::extract) const ROOT: NodeId = 0;

    /// The node's text, where it is one.
    pub(in crate::extract) fn text_at(&self, node: NodeId) -> Option<&str> {
        match &self.nodes.get(node)?.content {
            Content::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The element's name, lower-case; empty for what is no element.
    pub(in crate::extract) fn name(&self, node: NodeId) -> &str {
        match self.nodes.get(node).map(|node| &node.content) {
            Some(Content::Element { name, .. }) => &name.local,
            _ => "",
        }
    }

    /// The value of the element's attribute `name`.
    pub(in crate::extract) fn attribute(&self, node: NodeId, name: &str) -> Option<&str> {
        self.attributes(node).find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// The element's attributes, names lower-case.
    pub(in crate::extract) fn attributes(&self, node: NodeId) -> impl Iterator<Item = (&str, &str)> {
        let attributes: &[Attribute] = match self.nodes.get(node).map(|node| &node.content) {
            Some(Content::Element { attributes, .. }) => attributes,
            _ => &[],
        };
        attributes.iter().map(|attribute| (&*attribute.name.local, &*attribute.value))
    }

    /// The node and all below it, in the order of the page, each with whether it is entered or left. No recursion:
    /// pages nest as deeply as they like.
    pub(in crate::extract) fn walk(&self, top: NodeId) -> Walk<'_> {
        Walk { tree: self, top, next: Some(Step::Enter(top)) }
    }

    /// The node and all below it, in the order of the page.
    pub(in crate::extract) fn descendants(&self, top: NodeId) -> impl Iterator<Item = NodeId> {
        self.walk(top).filter_map(|step| match step {
            Step::Enter(node) => Some(node),
            Step::Leave(_) => None,
        })
    }

    /// All text below a node, as it stands.
    pub(in crate::extract) fn text(&self, top: NodeId) -> String {
        self.descendants(top).filter_map(|node| self.text_at(node)).collect()
    }
}

/// A step of a walk through a tree.
#[derive(Debug, Clone, Copy)]
pub(in crate::extract) enum Step {
    Enter(NodeId),
    Leave(NodeId),
}

/// A walk through all nodes below one.
#[derive(Debug)]
pub(in crate::extract) struct Walk<'a> {
    tree: &'a Tree,
    top: NodeId,
    next: Option<Step>,
}

impl Walk<'_> {
    /// Leaves the node that was entered last without looking into it.
    pub(in crate::extract) fn turn_back(&mut self, node: NodeId) {
        self.next = Some(Step::Leave(node));
    }
}

impl Iterator for Walk<'_> {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        let step = self.next?;
        self.next = match step {
            Step::Enter(id) => {
                let node = self.tree.nodes.get(id)?;
                Some(node.first.map_or(Step::Leave(id), Step::Enter))
            }
            Step::Leave(id) if id == self.top => None,
            Step::Leave(id) => {
                let node = self.tree.nodes.get(id)?;
                node.next.map(Step::Enter).or(node.parent.map(Step::Leave))
            }
        };
        Some(step)
    }
}
