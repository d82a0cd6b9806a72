//! The marks of a page: meta elements, headings, times, bylines.

use super::super::markup::{NodeId, Step, Tree};
use super::{cleaned, names};

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
    /// Behind a text that opens a byline and nothing more: the last node where its names may stand.
    opening: Option<NodeId>,
}

/// A heading of the first order.
#[derive(Debug)]
pub(super) struct Heading {
    pub(super) text: String,
    /// Whether its class says that it is the headline.
    pub(super) is_headline: bool,
    node: NodeId,
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
    /// A class that has to do with authors, an address of authors' pages, or a text behind "By": what it holds must look like a name.
    Kin,
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

    /// Where the headline stands, where there is one.
    pub(super) fn headline_at(&self) -> Option<NodeId> {
        let headline = self.headings.iter().find(|heading| heading.is_headline).or(self.headings.first());
        headline.map(|heading| heading.node)
    }

    /// What a card for sharing says under a label: "Written by" Ada Osei.
    pub(super) fn labelled(&self, is_label: impl Fn(&str) -> bool) -> Option<&str> {
        const PAIRS: [(&str, &str); 2] =
            [("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2")];
        PAIRS
            .iter()
            .find_map(|(label, data)| self.all(label).any(&is_label).then(|| self.all(data).next()).flatten())
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
            self.headings.push(Heading { text, is_headline, node });
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
        // "By" and the name may stand in elements of their own.
        if self.opening.take().is_some_and(|near| node <= near) {
            self.signatures.push(Signature { node, text: text.to_owned(), form: Form::Kin });
        } else if names::is_shown_byline(text) {
            self.signatures.push(Signature { node, text: text.to_owned(), form: Form::Shown });
        }
        const NEAR: usize = 6;
        self.opening = names::is_opening_alone(text).then_some(node + NEAR);
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
    if tree.name(node) == "a" && tree.attribute(node, "href").is_some_and(is_authors_page) {
        return Some(Form::Kin);
    }
    if classes.is_empty() {
        return None;
    }
    let has = |word: &str| classes.contains(word);
    if has("comment") {
        return None;
    }
    let is_byline = |class: &str| matches!(class, "dateline-author" | "submitted-by" | "vcard");
    if has("byline") || classes.split(' ').any(is_byline) {
        return Some(Form::Byline);
    }
    const NAMED: [&str; 10] = [
        "author-name",
        "authorname",
        "author_name",
        "author__name",
        "post-author",
        "article-author",
        "article__author",
        "entry-author",
        "p-author",
        "written",
    ];
    let is_named = |class: &str| matches!(class, "author" | "authors" | "autor" | "auteur" | "autore");
    if NAMED.iter().any(|word| has(word)) || classes.split(' ').any(is_named) {
        return Some(Form::Author);
    }
    // What tells more of an author than the name, or offers to.
    const MORE: [&str; 10] =
        ["bio", "about", "desc", "info", "box", "social", "follow", "image", "avatar", "more"];
    let is_kin = |class: &str| {
        (class.contains("author") || class.contains("autor") || class.contains("auteur"))
            && !MORE.iter().any(|word| class.contains(word))
    };
    classes.split(' ').any(is_kin).then_some(Form::Kin)
}

/// Whether an address is that of an author's page.
fn is_authors_page(address: &str) -> bool {
    const FOLDERS: [&str; 12] = [
        "/author/",
        "/authors/",
        "/autor/",
        "/autoren/",
        "/autores/",
        "/auteur/",
        "/auteurs/",
        "/journaliste/",
        "/journalist/",
        "/by/",
        "/byline/",
        "/newsteam/",
    ];
    FOLDERS.iter().any(|folder| address.contains(folder))
}

/// The element's classes and id, lower-case.
fn words_about(tree: &Tree, node: NodeId) -> String {
    let mut words = String::new();
    let says = |name: &str| matches!(name, "class" | "id" | "itemprop" | "data-testid");
    for (_, value) in tree.attributes(node).filter(|(name, _)| says(name)) {
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
    let mut walk = tree.walk(node);
    while let Some(step) = walk.next() {
        let Step::Enter(child) = step else { continue };
        if let Some(words) = tree.text_at(child) {
            text.push_str(words);
            if text.len() > 4 * LONGEST {
                return None;
            }
        } else if is_for_screen_readers(tree, child) {
            walk.turn_back(child);
        } else if !matches!(tree.name(child), "span" | "a" | "b" | "i" | "em" | "strong" | "font") {
            text.push('\n');
        }
    }
    let lines = text.lines().filter_map(cleaned).collect::<Vec<_>>().join("\n");
    (!lines.is_empty() && lines.len() <= LONGEST).then_some(lines)
}

/// Whether it is a label that the page reads out and does not show: "Author".
fn is_for_screen_readers(tree: &Tree, node: NodeId) -> bool {
    tree.attribute(node, "class").is_some_and(|class| {
        ["screen-reader", "sr-only", "visually-hidden", "visuallyhidden"]
            .iter()
            .any(|word| class.contains(word))
    })
}
