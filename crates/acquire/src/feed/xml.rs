//! XML as it comes: the parts of a document one after the other, broken or not.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::Fault;

/// Faults told of one document; more of them say nothing new.
const MOST_FAULTS: usize = 20;

/// After so many errors that lose the thread a document is given up.
const MOST_RECOVERIES: usize = 100;

/// Elements deeper than this are not kept apart from what they lie in.
const MOST_DEPTH: usize = 64;

/// Elements of HTML that have no end, where HTML lies in a feed as it is.
const VOID: [&str; 5] = ["br", "hr", "img", "input", "wbr"];

/// Namespaces, and the prefix by which we call each.
const PREFIXES: [(&str, &str); 9] = [
    ("http://purl.org/dc/elements/1.1/", "dc"),
    ("http://purl.org/dc/terms/", "dcterms"),
    ("http://purl.org/rss/1.0/modules/content/", "content"),
    ("http://www.w3.org/2005/atom", "atom"),
    ("http://purl.org/atom/ns#", "atom"),
    ("http://search.yahoo.com/mrss/", "media"),
    ("http://www.google.com/schemas/sitemap-news/0.9", "news"),
    ("http://www.w3.org/1999/xhtml", "xhtml"),
    ("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdf"),
];

/// An element with all that is in it. Names are in small letters; a prefix is the one of [`PREFIXES`], and none if it is that of the
/// outermost element.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Element {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    children: Vec<Child>,
}

#[derive(Debug, Clone, PartialEq)]
enum Child {
    Element(Element),
    Text(String),
}

/// How a format is laid out.
pub(super) struct Layout {
    /// Elements that are opened, so that what is in them is a part of its own.
    pub(super) containers: &'static [&'static str],
    /// Elements of which there are many, each standing for itself: after an error, reading goes on at the next of them.
    pub(super) records: &'static [&'static str],
}

/// The local name of the outermost element.
pub(super) fn root(text: &str) -> Option<String> {
    let mut reader = reader(text);
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) | Event::Empty(start) => {
                return Some(start.local_name().as_ref().to_lowercase());
            }
            Event::Text(text) if !text.trim().is_empty() => return None,
            Event::CData(_) | Event::GeneralRef(_) | Event::End(_) | Event::Eof => return None,
            _ => {}
        }
    }
}

/// Hands each part of a document to `visit`: containers, with their attributes alone, when they open, and the elements in them
/// when they are whole. Returns what is broken.
pub(super) fn parts(text: &str, layout: &Layout, visit: &mut dyn FnMut(Element)) -> Vec<Fault> {
    let mut parser = Parser {
        text,
        layout,
        visit,
        open: Vec::new(),
        flat: 0,
        prefixes: BTreeMap::new(),
        root: None,
        faults: Vec::new(),
    };
    let mut from = Some(0);
    for _ in 0..MOST_RECOVERIES {
        let Some(start) = from else { return parser.faults };
        from = parser.run(start);
    }
    if let Some(at) = from {
        parser.fault(at, "too much is broken; the rest was not read".to_owned());
    }
    parser.faults
}

fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    reader
}

struct Parser<'a> {
    text: &'a str,
    layout: &'a Layout,
    visit: &'a mut dyn FnMut(Element),
    /// The elements that are open in the part being read, the outermost first.
    open: Vec<Element>,
    /// How many more are open that are too deep to be kept.
    flat: usize,
    /// Our prefix for each that the document declares.
    prefixes: BTreeMap<String, &'static str>,
    /// The prefix of the outermost element.
    root: Option<String>,
    faults: Vec<Fault>,
}

impl Parser<'_> {
    /// Reads from the byte `start` on, to the end or to an error; returns where to go on after that.
    fn run(&mut self, start: usize) -> Option<usize> {
        let mut reader = reader(self.text.get(start..)?);
        loop {
            let before = start + usize::try_from(reader.buffer_position()).ok()?;
            match reader.read_event() {
                Ok(Event::Start(tag)) => self.start(&tag, before),
                Ok(Event::Empty(tag)) => {
                    self.start(&tag, before);
                    self.end(&self.name(tag.name().as_ref()), before);
                }
                Ok(Event::End(tag)) => self.end(&self.name(tag.name().as_ref()), before),
                Ok(Event::Text(text)) => self.words(&text.xml10_content()),
                Ok(Event::CData(text)) => self.words(&text.xml10_content()),
                Ok(Event::GeneralRef(reference)) => self.words(&resolved(&reference)),
                Ok(Event::Eof) => {
                    self.finish();
                    return None;
                }
                Ok(_) => {}
                Err(error) => {
                    let at = start + usize::try_from(reader.error_position()).ok()?;
                    self.fault(at, error.to_string());
                    self.open.clear();
                    self.flat = 0;
                    return self.next_record(before.max(start) + 1);
                }
            }
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>, at: usize) {
        self.close_void();
        let attributes = self.attributes(tag);
        if self.root.is_none() {
            let name = tag.name();
            self.root = Some(name.as_ref().split_once(':').map_or("", |(prefix, _)| prefix).to_lowercase());
        }
        let name = self.name(tag.name().as_ref());
        if self.open.first().is_some_and(|first| first.name == name) && self.is_record(&name) {
            self.fault(at, format!("<{name}> begins before the last one ends"));
            self.close(0);
        }
        let element = Element { attributes, name, children: Vec::new() };
        if self.open.is_empty() && self.is_container(&element.name) {
            (self.visit)(element);
        } else if self.open.len() < MOST_DEPTH {
            self.open.push(element);
        } else if !is_void(&element.name) {
            self.flat += 1;
        }
    }

    fn end(&mut self, name: &str, at: usize) {
        if self.open.is_empty() || is_void(name) && self.open.last().is_none_or(|last| last.name != name) {
            return;
        }
        if self.is_container(name) {
            self.fault(at, format!("</{name}> comes before the end of what is in it"));
            self.close(0);
        } else if self.flat > 0 {
            self.flat -= 1;
        } else if let Some(depth) = self.open.iter().rposition(|element| element.name == name) {
            let unclosed = self.open.get(depth + 1..).unwrap_or_default();
            if let Some(unclosed) = unclosed.iter().find(|element| !is_void(&element.name)) {
                self.fault(at, format!("<{}> is not closed before </{name}>", unclosed.name));
            }
            self.close(depth);
        } else {
            self.fault(at, format!("</{name}> closes nothing"));
        }
    }

    fn is_record(&self, name: &str) -> bool {
        self.layout.records.contains(&name)
    }

    fn is_container(&self, name: &str) -> bool {
        self.layout.containers.contains(&name)
    }

    /// What comes behind an element that HTML does not close is not in it.
    fn close_void(&mut self) {
        if self.open.last().is_some_and(|last| is_void(&last.name)) {
            self.close(self.open.len() - 1);
        }
    }

    /// Closes the open elements down to that at `depth`, and hands it over if it is the part itself.
    fn close(&mut self, depth: usize) {
        self.flat = 0;
        while self.open.len() > depth {
            let Some(element) = self.open.pop() else { return };
            match self.open.last_mut() {
                Some(parent) => parent.children.push(Child::Element(element)),
                None => (self.visit)(element),
            }
        }
    }

    fn words(&mut self, words: &str) {
        self.close_void();
        let Some(Element { children, .. }) = self.open.last_mut() else { return };
        match children.last_mut() {
            _ if words.is_empty() => {}
            Some(Child::Text(text)) => text.push_str(words),
            _ => children.push(Child::Text(words.to_owned())),
        }
    }

    /// At the end of the text a record that is not whole is given up.
    fn finish(&mut self) {
        let Some(first) = self.open.first() else { return };
        let name = first.name.clone();
        self.fault(self.text.len(), format!("the document ends inside <{name}>"));
        if self.is_record(&name) {
            self.open.clear();
        } else {
            self.close(0);
        }
    }

    /// Where the next record begins, from the byte `from` on.
    fn next_record(&self, from: usize) -> Option<usize> {
        const LONGEST_NAME: usize = 40;
        let mut at = from;
        loop {
            at += self.text.as_bytes().get(at..)?.iter().position(|byte| *byte == b'<')?;
            let name = self.text.get(at + 1..)?.chars().take_while(|c| c.is_alphanumeric() || *c == ':');
            if self.is_record(&self.name(&name.take(LONGEST_NAME).collect::<String>())) {
                return Some(at);
            }
            at += 1;
        }
    }

    fn fault(&mut self, at: usize, reason: String) {
        if self.faults.len() < MOST_FAULTS {
            let before = self.text.get(..at).unwrap_or(self.text);
            let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
            let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
            let column = before.get(line_start..).unwrap_or_default().chars().count() + 1;
            self.faults.push(Fault { line, column, reason });
        }
    }

    /// A name with our prefix.
    fn name(&self, name: &str) -> String {
        let name = name.to_lowercase();
        match name.split_once(':') {
            None => name,
            Some((prefix, local)) if self.root.as_deref() == Some(prefix) => local.to_owned(),
            Some((prefix, local)) => match self.prefixes.get(prefix) {
                Some(ours) => format!("{ours}:{local}"),
                None => name,
            },
        }
    }

    /// The attributes of a tag; declarations of prefixes are remembered.
    fn attributes(&mut self, tag: &BytesStart<'_>) -> Vec<(String, String)> {
        let mut attributes = Vec::new();
        for attribute in tag.html_attributes().with_checks(false).flatten() {
            let name = attribute.key.as_ref().to_lowercase();
            let value = unescaped(&attribute.value);
            match name.strip_prefix("xmlns:") {
                Some(prefix) => {
                    let uri = value.trim().to_lowercase();
                    let known = PREFIXES.iter().find(|(known, _)| *known == uri);
                    known.map(|(_, ours)| self.prefixes.insert(prefix.to_owned(), ours));
                }
                None => attributes.push((name, value)),
            }
        }
        attributes
    }
}

impl Element {
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let attribute = self.attributes.iter().find(|(n, _)| n == name);
        attribute.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    pub(super) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|child| match child {
            Child::Element(element) => Some(element),
            Child::Text(_) => None,
        })
    }

    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.elements().filter(move |element| element.name == name)
    }

    pub(super) fn first(&self, name: &str) -> Option<&Self> {
        self.elements().find(|element| element.name == name)
    }

    /// All the text in it.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        self.gather(&mut text);
        text
    }

    fn gather(&self, text: &mut String) {
        for child in &self.children {
            match child {
                Child::Element(element) => element.gather(text),
                Child::Text(words) => text.push_str(words),
            }
        }
    }

    /// The text of the first child of one of these names that has any.
    pub(super) fn text_of(&self, names: &[&str]) -> Option<String> {
        let texts = names.iter().flat_map(|name| self.all(name).map(Self::text));
        texts.map(|text| text.trim().to_owned()).find(|text| !text.is_empty())
    }

    /// What is in it as HTML: its text, which in feeds is HTML that was escaped, or else its elements written out.
    pub(super) fn html(&self) -> String {
        if self.elements().next().is_none() {
            return self.text();
        }
        let mut html = String::new();
        self.write(&mut html);
        html
    }

    fn write(&self, html: &mut String) {
        for child in &self.children {
            match child {
                Child::Text(text) => html.push_str(&quick_xml::escape::partial_escape(text.as_str())),
                Child::Element(element) => {
                    let name = element.name.rsplit(':').next().unwrap_or_default();
                    html.push('<');
                    html.push_str(name);
                    for (attribute, value) in &element.attributes {
                        let value = quick_xml::escape::escape(value.as_str());
                        html.push_str(&format!(" {attribute}=\"{value}\""));
                    }
                    html.push('>');
                    if !is_void(name) {
                        element.write(html);
                        html.push_str(&format!("</{name}>"));
                    }
                }
            }
        }
    }
}

fn is_void(name: &str) -> bool {
    VOID.contains(&name)
}

/// What a reference stands for; one that stands for nothing known stays as it is, since HTML may know it.
fn resolved(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character.to_string();
    }
    resolve_html5_entity(reference).map_or_else(|| format!("&{};", &**reference), str::to_owned)
}

/// An attribute's value without its escapes, or as it stands if they are broken.
fn unescaped(value: &str) -> String {
    let unescaped = quick_xml::escape::unescape_with(value, resolve_html5_entity);
    unescaped.map_or_else(|_| value.to_owned(), std::borrow::Cow::into_owned)
}
