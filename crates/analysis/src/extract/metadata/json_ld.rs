//! JSON-LD: statements about a page in the vocabulary of schema.org.

use serde_json::Value;

use super::super::markup::text_of_fragment;
use super::names::given_names;
use super::{Metadata, cleaned};

/// What the page's statements say about its article; empty where there are none, or none that can be read.
pub(super) fn read(statements: &[String]) -> Metadata {
    let statements: Vec<Value> = statements.iter().filter_map(|statement| parse(statement)).collect();
    let mut found = Metadata::default();
    for statement in &statements {
        visit(statement, &statements, &mut found);
    }
    found
}

/// Parses a statement. Many pages put bare line breaks into strings, the whole into a comment, or commas before closing brackets.
fn parse(script: &str) -> Option<Value> {
    let json = script
        .trim()
        .trim_start_matches("<!--")
        .trim_start_matches("//<![CDATA[")
        .trim_start_matches("<![CDATA[");
    let json = json
        .trim_end_matches(';')
        .trim_end_matches("-->")
        .trim_end_matches("//]]>")
        .trim_end_matches("]]>")
        .trim();
    serde_json::from_str(json).or_else(|_| serde_json::from_str(&repaired(json))).ok()
}

/// JSON without control characters in it and commas before closing brackets; brackets that were left open are closed.
fn repaired(json: &str) -> String {
    let mut repaired = String::with_capacity(json.len() + 8);
    let mut open = Vec::new();
    let (mut in_string, mut is_escaped) = (false, false);
    for c in json.chars() {
        let c = if c.is_control() { ' ' } else { c };
        if in_string {
            in_string = is_escaped || c != '"';
            is_escaped = !is_escaped && c == '\\';
        } else {
            match c {
                '"' => in_string = true,
                '{' => open.push('}'),
                '[' => open.push(']'),
                '}' | ']' => {
                    open.pop();
                    let end = repaired.trim_end().trim_end_matches(',').len();
                    repaired.truncate(end);
                }
                _ => {}
            }
        }
        repaired.push(c);
    }
    if in_string {
        repaired.push('"');
    }
    repaired.extend(open.into_iter().rev());
    repaired
}

/// Looks for articles in a statement, in lists and graphs too. The first to state something wins. `all` are the statements
/// of the page, to which others may refer.
fn visit(statement: &Value, all: &[Value], found: &mut Metadata) {
    match statement {
        Value::Array(statements) => statements.iter().for_each(|statement| visit(statement, all, found)),
        Value::Object(fields) => {
            if is_article(statement) {
                read_article(statement, all, found);
            }
            for inner in ["@graph", "mainEntity", "mainEntityOfPage", "itemListElement"] {
                if let Some(inner) = fields.get(inner).filter(|inner| !inner.is_string()) {
                    visit(inner, all, found);
                }
            }
        }
        _ => {}
    }
}

fn is_article(statement: &Value) -> bool {
    let names_article = |name: &Value| {
        name.as_str().is_some_and(|name| {
            name.ends_with("Article") || name.ends_with("Posting") || name.ends_with("Report")
        })
    };
    match &statement["@type"] {
        Value::Array(types) => types.iter().any(names_article),
        one => names_article(one),
    }
}

fn read_article(article: &Value, all: &[Value], found: &mut Metadata) {
    let Metadata {
        title,
        name: name_of_page,
        authors,
        published,
        updated,
        outlet,
        section,
        language,
        url,
        text,
        credit,
        stated_title: _,
    } = found;
    fill(title, words(&article["headline"]).or_else(|| words(&article["name"])));
    fill(name_of_page, words(&article["name"]));
    fill(published, words(&article["datePublished"]).or_else(|| words(&article["dateCreated"])));
    fill(updated, words(&article["dateModified"]));
    fill(outlet, name(&article["publisher"], all));
    fill(credit, name(&article["sourceOrganization"], all).or_else(|| name(&article["provider"], all)));
    fill(section, name(&article["articleSection"], all));
    fill(
        language,
        name(&article["inLanguage"], all).or_else(|| words(&article["inLanguage"]["alternateName"])),
    );
    let stated_url = words(&article["url"])
        .or_else(|| words(&article["mainEntityOfPage"]))
        .or_else(|| words(&article["mainEntityOfPage"]["@id"]));
    fill(url, stated_url.filter(|url| url.starts_with("http")));
    fill(text, article["articleBody"].as_str().map(paragraphs).filter(|text| !text.is_empty()));
    if authors.is_empty() {
        *authors = names(&article["author"], all);
    }
}

/// The lines of a text that may be marked up, and the markup written as text once more. Pictures and the like that a content system
/// names in a markup of its own (`[#image: ...]`, `+++group`) are left out.
fn paragraphs(text: &str) -> String {
    let is_marked = |text: &str| text.contains("</") || text.contains("<p>") || text.contains('&');
    let mut text = text.to_owned();
    for _ in 0..2 {
        if is_marked(&text) {
            text = text_of_fragment(&lined(&text));
        }
    }
    let is_text = |line: &&str| !line.starts_with("[#") && !line.starts_with("+++");
    let lines = text.lines().map(str::trim).filter(is_text);
    lines.filter_map(|line| cleaned(line.trim_start_matches("### "))).collect::<Vec<_>>().join("\n")
}

/// Markup with a line break wherever a paragraph or its like ends, as its text has none there.
fn lined(html: &str) -> String {
    const ENDS: [&str; 7] = ["</p>", "</li>", "</div>", "</blockquote>", "<br", "</h2>", "</h3>"];
    ENDS.iter().fold(html.to_owned(), |html, end| html.replace(end, &format!("\n{end}")))
}

fn fill(field: &mut Option<String>, value: Option<String>) {
    if field.is_none() {
        *field = value;
    }
}

/// All names that `value` gives: of one, or of a list.
fn names(value: &Value, all: &[Value]) -> Vec<String> {
    match value {
        Value::Array(values) => values.iter().flat_map(|value| names(value, all)).collect(),
        one => name(one, all).map(|name| given_names(&name)).unwrap_or_default(),
    }
}

/// The name of a thing that is given by its name, as an object, or by reference to one.
fn name(value: &Value, all: &[Value]) -> Option<String> {
    match value {
        Value::Array(values) => values.iter().find_map(|value| name(value, all)),
        Value::Object(fields) => match fields.get("name") {
            Some(named) => name(named, &[]),
            None => words(&referred(fields.get("@id")?.as_str()?, all)?["name"]),
        },
        one => words(one),
    }
}

/// The thing that a statement of the page names by `id`.
fn referred<'a>(id: &str, all: &'a [Value]) -> Option<&'a Value> {
    all.iter().find_map(|statement| match statement {
        Value::Array(things) => referred(id, things),
        Value::Object(fields)
            if fields.get("@id").and_then(Value::as_str) == Some(id) && fields.contains_key("name") =>
        {
            Some(statement)
        }
        Value::Object(fields) => {
            fields.get("@graph").and_then(Value::as_array).and_then(|things| referred(id, things))
        }
        _ => None,
    })
}

/// The text that `value` is, with its character references resolved.
fn words(value: &Value) -> Option<String> {
    let text = value.as_str()?;
    if text.contains('&') { cleaned(&text_of_fragment(text)) } else { cleaned(text) }
}
