//! Reading blocks and elements off a page.

use super::super::markup::{NodeId, Step, Tree};
use super::outline::{Block, Cut, Element, Kind, Outline};
use super::wording::{BODY, COMMENTS, FURNITURE, STANDFIRST, classes_of};

/// Elements that hold nothing to read, and readings beside characters (ruby), which are no part of the line.
fn is_silent(name: &str) -> bool {
    matches!(
        name,
        "head"
            | "script"
            | "style"
            | "template"
            | "svg"
            | "iframe"
            | "object"
            | "embed"
            | "canvas"
            | "audio"
            | "video"
            | "select"
            | "option"
            | "datalist"
            | "textarea"
            | "button"
            | "input"
            | "math"
            | "map"
            | "area"
            | "nav"
            | "meta"
            | "link"
            | "rt"
            | "rp"
    )
}

/// Elements that are no part of an article.
fn is_apart(name: &str) -> bool {
    matches!(
        name,
        "footer"
            | "aside"
            | "form"
            | "figure"
            | "figcaption"
            | "menu"
            | "dialog"
            | "fieldset"
            | "label"
            | "legend"
    )
}

/// Elements inside lines.
fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "b"
            | "i"
            | "u"
            | "s"
            | "em"
            | "strong"
            | "span"
            | "font"
            | "small"
            | "big"
            | "sub"
            | "sup"
            | "abbr"
            | "acronym"
            | "cite"
            | "q"
            | "code"
            | "kbd"
            | "samp"
            | "var"
            | "tt"
            | "mark"
            | "time"
            | "ins"
            | "del"
            | "strike"
            | "bdi"
            | "bdo"
            | "wbr"
            | "ruby"
            | "rb"
            | "rt"
            | "img"
            | "dfn"
            | "data"
            | "nobr"
            | "amp-img"
            | "picture"
    )
}

impl Outline {
    /// Reads the outline of a page.
    pub(super) fn read(tree: &Tree) -> Self {
        let mut reader = Reader::default();
        let mut walk = tree.walk(Tree::ROOT);
        while let Some(step) = walk.next() {
            match step {
                Step::Enter(node) => {
                    if let Some(text) = tree.text_at(node) {
                        reader.text(text);
                    } else if is_silent(tree.name(node)) {
                        walk.turn_back(node);
                        reader.open.push(Open::Silent);
                    } else {
                        reader.enter(tree, node);
                    }
                }
                Step::Leave(node) if tree.text_at(node).is_none() => reader.leave(),
                Step::Leave(_) => {}
            }
        }
        reader.flush();
        reader.outline
    }
}

/// What an open element changes, to be undone when it is left.
#[derive(Debug, Clone, Copy)]
enum Open {
    Silent,
    Inline,
    Link,
    Block { element: usize, kind: Option<Kind> },
}

/// Reads blocks off a walk through a page.
#[derive(Debug, Default)]
struct Reader {
    outline: Outline,
    open: Vec<Open>,
    /// The text since the last border.
    text: String,
    linked: usize,
    links_open: usize,
    breaks: usize,
    element: usize,
    kind: Option<Kind>,
    classes: String,
}

impl Reader {
    fn enter(&mut self, tree: &Tree, node: NodeId) {
        let name = tree.name(node);
        match name {
            "" => self.open.push(Open::Silent),
            "br" => {
                self.line_break();
                self.open.push(Open::Inline);
            }
            "a" => {
                self.links_open += 1;
                self.open.push(Open::Link);
            }
            _ if is_inline(name) && !self.is_cut_inline(tree, node) => self.open.push(Open::Inline),
            _ => self.enter_block(tree, node, name),
        }
    }

    /// Whether an element inside a line stands apart by its class: a label or a hidden note.
    fn is_cut_inline(&mut self, tree: &Tree, node: NodeId) -> bool {
        self.cut_of(tree, node, "span").is_some()
    }

    fn enter_block(&mut self, tree: &Tree, node: NodeId, name: &str) {
        self.flush();
        let cut = self.cut_of(tree, node, name);
        let is_body = cut.is_none() && self.is_body(tree, node, name);
        let first = self.outline.blocks.len();
        self.open.push(Open::Block { element: self.element, kind: self.kind });
        self.outline.elements.push(Element {
            parent: self.element,
            first,
            end: first,
            cut,
            is_body,
            is_standfirst: STANDFIRST.is_in(&self.classes),
            may_contain: matches!(
                name,
                "html"
                    | "body"
                    | "article"
                    | "main"
                    | "div"
                    | "section"
                    | "center"
                    | "table"
                    | "tbody"
                    | "tr"
                    | "td"
                    | "form"
                    | "span"
            ),
            is_list: matches!(name, "ul" | "ol" | "dl" | "table"),
        });
        self.element = self.outline.elements.len() - 1;
        self.kind = kind_of(name).or(self.kind);
    }

    /// Why the element is no part of the article. Its classes are left for the next question.
    fn cut_of(&mut self, tree: &Tree, node: NodeId, name: &str) -> Option<Cut> {
        classes_of(tree, node, &mut self.classes);
        if is_apart(name) {
            return Some(Cut::Name);
        }
        if matches!(name, "html" | "body" | "main" | "article") {
            return None;
        }
        if is_hidden(tree, node) {
            return Some(Cut::Class);
        }
        if self.classes.is_empty() {
            return None;
        }
        if COMMENTS.is_in(&self.classes) {
            return Some(Cut::Comments);
        }
        const CONSENT: [&str; 3] = ["cookie", "consent", "gdpr"];
        if CONSENT.iter().any(|word| self.classes.contains(word)) {
            return Some(Cut::Consent);
        }
        FURNITURE.is_in(&self.classes).then_some(Cut::Class)
    }

    fn is_body(&self, tree: &Tree, node: NodeId, name: &str) -> bool {
        match name {
            "article" | "main" => true,
            "div" | "section" | "td" => {
                BODY.is_in(&self.classes) || tree.attribute(node, "role") == Some("main")
            }
            _ => false,
        }
    }

    fn leave(&mut self) {
        match self.open.pop() {
            Some(Open::Block { element, kind }) => {
                self.flush();
                let end = self.outline.blocks.len();
                if let Some(left) = self.outline.elements.get_mut(self.element) {
                    left.end = end;
                }
                (self.element, self.kind) = (element, kind);
            }
            Some(Open::Link) => self.links_open = self.links_open.saturating_sub(1),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let before = self.text.len();
        let mut is_first = true;
        let starts_apart = text.starts_with(char::is_whitespace);
        for word in text.split_whitespace() {
            if (!is_first || starts_apart) && !self.text.is_empty() && !self.text.ends_with(['\n', ' ']) {
                self.text.push(' ');
            }
            self.breaks = 0;
            self.text.extend(word.chars().filter(|c| !is_unseen(*c)));
            is_first = false;
        }
        if text.ends_with(char::is_whitespace) && !self.text.is_empty() && !self.text.ends_with(['\n', ' ']) {
            self.text.push(' ');
        }
        if self.links_open > 0 {
            self.linked += self.text.len() - before;
        }
    }

    /// One break is a line's end, two a paragraph's.
    fn line_break(&mut self) {
        self.breaks += 1;
        if self.breaks >= 2 {
            self.flush();
        } else if !self.text.is_empty() {
            self.text.truncate(self.text.trim_end().len());
            self.text.push('\n');
        }
    }

    /// Ends the block.
    fn flush(&mut self) {
        self.breaks = 0;
        let text = self.text.trim();
        if !text.is_empty() {
            let block = Block {
                text: text.to_owned(),
                kind: self.kind.unwrap_or(Kind::Paragraph),
                linked: self.linked,
            };
            self.outline.blocks.push(block);
        }
        self.text.clear();
        self.linked = 0;
    }
}

/// Marks of where a word may be broken, which nobody sees and which part it in two for whoever searches.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}')
}

fn kind_of(name: &str) -> Option<Kind> {
    Some(match name {
        "h1" => Kind::Title,
        "h2" | "h3" | "h4" | "h5" | "h6" => Kind::Subhead,
        "li" | "dt" | "dd" => Kind::ListItem,
        "blockquote" => Kind::Quote,
        "td" | "th" => Kind::Cell,
        _ => return None,
    })
}

fn is_hidden(tree: &Tree, node: NodeId) -> bool {
    tree.attributes(node).any(|(name, value)| match name {
        "hidden" => true,
        "aria-hidden" => value == "true",
        "style" => {
            let value: String =
                value.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect();
            value.contains("display:none") || value.contains("visibility:hidden")
        }
        _ => false,
    })
}
