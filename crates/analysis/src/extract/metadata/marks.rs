//! The marks of a page: meta elements, headings, times, bylines.

use super::super::markup::{NodeId, Tree};
use super::{byline, cleaned};

/// The marks of a page that say something about its article, in the order of the page.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Names, lower-case, and contents of meta elements; a name that lists several is there for each.
    metas: Vec<(String, String)>,
    /// The canonical address.
    pub(super) address: Option<String>,
    /// The page's title.
    pub(super) title: Option<String>,
    /// The first headings.
    pub(super) headings: Vec<Heading>,
    /// The language of the page.
    pub(super) language: Option<String>,
    /// Marked times.
    pub(super) times: Vec<Time>,
    /// What names who wrote the article.
    pub(super) signatures: Vec<Signature>,
    /// Short texts of elements whose class speaks of dates.
    pub(super) dates: Vec<String>,
    /// Short texts with figures behind the first heading, where dates stand.
    pub(super) figures: Vec<String>,
}

/// A heading of the first order.
#[derive(Debug)]
pub(super) struct Heading {
    pub(super) text: String,
    /// Whether its class says that it is the headline.
    pub(super) is_headline: bool,
}

/// A time that the page marks.
#[derive(Debug)]
pub(super) struct Time {
    /// As it is written for machines, else as it is shown.
    pub(super) worded: String,
    /// Whether it is marked as that of publication.
    pub(super) is_published: bool,
    /// Whether it is marked as that of a change.
    pub(super) is_updated: bool,
}

/// The text of an element that is marked as naming the author.
#[derive(Debug)]
pub(super) struct Signature {
    pub(super) node: NodeId,
    pub(super) text: String,
    pub(super) form: Form,
}

/// How an author is marked, the surest form first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// A link to the author's page, or a property of schema.org.
    Marked,
    /// A class that names a byline.
    Byline,
    /// A class that names an author.
    Author,
    /// A line that begins like a byline.
    Shown,
}

/// Longer texts are no byline, no date and no heading, in bytes.
const LONGEST: usize = 300;

impl Marks {
    /// Reads the marks of a page.
    pub(super) fn read(tree: &Tree) -> Self {
        let mut marks = Self::default();
        for node in tree.descendants(Tree::ROOT) {
            match tree.name(node) {
                "" => marks.text(tree, node),
                "meta" => marks.meta(tree, node),
                "link" => marks.link(tree, node),
                "html" => {
                    marks.language =
                        tree.attribute(node, "lang").or(tree.attribute(node, "xml:lang")).and_then(cleaned);
                }
                "title" if marks.title.is_none() => marks.title = cleaned(&tree.text(node)),
                "h1" => marks.heading(tree, node),
                "time" => marks.time(tree, node),
                _ => marks.element(tree, node),
            }
        }
        marks
    }

    /// The content of the first meta element that has one of the names, names in order.
    pub(super) fn first(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.all(name).next()).map(str::to_owned)
    }

    /// The contents of all meta elements of a name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.metas.iter().filter(move |(key, _)| key == name).map(|(_, content)| content.as_str())
    }

    fn meta(&mut self, tree: &Tree, node: NodeId) {
        let Some(content) = tree.attribute(node, "content").and_then(cleaned) else { return };
        let names = ["property", "name", "itemprop", "http-equiv"];
        for name in names.iter().filter_map(|name| tree.attribute(node, name)) {
            for name in name.split_ascii_whitespace() {
                self.metas.push((name.to_lowercase(), content.clone()));
            }
        }
    }

    fn link(&mut self, tree: &Tree, node: NodeId) {
        let is_whole = |url: &&str| url.starts_with("http://") || url.starts_with("https://");
        if self.address.is_none() && tree.attribute(node, "rel") == Some("canonical") {
            self.address = tree.attribute(node, "href").map(str::trim).filter(is_whole).map(str::to_owned);
        }
    }

    fn heading(&mut self, tree: &Tree, node: NodeId) {
        let classes = tree.attribute(node, "class").unwrap_or_default().to_ascii_lowercase();
        let property = tree.attribute(node, "itemprop").unwrap_or_default();
        let is_headline =
            classes.contains("title") || classes.contains("headline") || property.contains("headline");
        if let Some(text) = short_text(tree, node) {
            self.headings.push(Heading { text, is_headline });
        }
    }

    fn time(&mut self, tree: &Tree, node: NodeId) {
        let Some(worded) =
            tree.attribute(node, "datetime").and_then(cleaned).or_else(|| short_text(tree, node))
        else {
            return;
        };
        let said = words_about(tree, node);
        self.times.push(Time {
            worded,
            is_published: tree.attribute(node, "pubdate").is_some()
                || said.contains("publi")
                || said.contains("entry-date"),
            is_updated: said.contains("modif") || said.contains("updat"),
        });
    }

    /// A text that may be a byline, or a date under the headline.
    fn text(&mut self, tree: &Tree, node: NodeId) {
        const LONGEST_LINE: usize = 90;
        let Some(text) =
            tree.text_at(node).map(str::trim).filter(|text| (2..=LONGEST_LINE).contains(&text.len()))
        else {
            return;
        };
        const MOST: usize = 12;
        if !self.headings.is_empty()
            && self.figures.len() < MOST
            && text.bytes().filter(u8::is_ascii_digit).count() >= 5
        {
            self.figures.push(text.to_owned());
        }
        if byline::is_shown_byline(text) {
            self.signatures.push(Signature { node, text: text.to_owned(), form: Form::Shown });
        }
    }

    /// An element that its class, relation or property says something of.
    fn element(&mut self, tree: &Tree, node: NodeId) {
        let property = tree.attribute(node, "itemprop").unwrap_or_default();
        if property == "datePublished" || property == "dateModified" {
            self.property_time(tree, node, property);
        }
        let classes = words_about(tree, node);
        if let Some(form) = form_of(tree, node, property, &classes) {
            if let Some(text) = short_text(tree, node) {
                self.signatures.push(Signature { node, text, form });
            }
            return;
        }
        if classes.is_empty() {
            return;
        }
        const DATED: [&str; 6] = ["date", "time", "publish", "datum", "posted", "fecha"];
        if DATED.iter().any(|word| classes.contains(word)) {
            const LONGEST_DATE: usize = 120;
            self.dates.extend(short_text(tree, node).filter(|text| text.len() <= LONGEST_DATE));
        }
    }

    /// A time that is marked as a property of schema.org.
    fn property_time(&mut self, tree: &Tree, node: NodeId, property: &str) {
        let written = tree.attribute(node, "content").or(tree.attribute(node, "datetime")).and_then(cleaned);
        if let Some(worded) = written.or_else(|| short_text(tree, node)) {
            let (is_published, is_updated) = (property == "datePublished", property == "dateModified");
            self.times.push(Time { worded, is_published, is_updated });
        }
    }
}

/// How the element marks an author, where it does.
fn form_of(tree: &Tree, node: NodeId, property: &str, classes: &str) -> Option<Form> {
    let relation = tree.attribute(node, "rel").unwrap_or_default();
    if relation.split_ascii_whitespace().any(|word| word == "author")
        || property.split_ascii_whitespace().any(|word| word == "author")
    {
        return Some(Form::Marked);
    }
    if classes.is_empty() {
        return None;
    }
    let has = |word: &str| classes.contains(word);
    if has("comment") {
        return None;
    }
    if has("byline")
        || classes
            .split(' ')
            .any(|class| class == "dateline-author" || class == "submitted-by" || class == "vcard")
    {
        return Some(Form::Byline);
    }
    let named =
        classes.split(' ').any(|class| matches!(class, "author" | "authors" | "autor" | "auteur" | "autore"))
            || has("author-name")
            || has("authorname")
            || has("author_name")
            || has("author__name")
            || has("post-author")
            || has("article-author")
            || has("article__author")
            || has("entry-author")
            || has("p-author")
            || has("writtenby")
            || has("written-by");
    named.then_some(Form::Author)
}

/// The element's classes and id, lower-case.
fn words_about(tree: &Tree, node: NodeId) -> String {
    let mut words = String::new();
    for (_, value) in tree.attributes(node).filter(|(name, _)| matches!(*name, "class" | "id" | "itemprop")) {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(value);
    }
    words.make_ascii_lowercase();
    words
}

/// The text below an element with its white space folded, where it is short. What is written apart stays apart.
fn short_text(tree: &Tree, node: NodeId) -> Option<String> {
    let mut text = String::new();
    for child in tree.descendants(node) {
        if let Some(words) = tree.text_at(child) {
            text.push_str(words);
            if text.len() > 4 * LONGEST {
                return None;
            }
        } else if !matches!(tree.name(child), "span" | "a" | "b" | "i" | "em" | "strong" | "font") {
            text.push('\n');
        }
    }
    let lines = text.lines().filter_map(cleaned).collect::<Vec<_>>().join("\n");
    (!lines.is_empty() && lines.len() <= LONGEST).then_some(lines)
}
