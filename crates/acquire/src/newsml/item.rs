//! One item: what it says of itself, and its words.

use std::borrow::Cow;

use parallax_model::{Body, RawReport};
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::Error;

/// Elements, of XHTML and of NITF, whose words are a paragraph of their own.
const BLOCKS: [&str; 24] = [
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hl1",
    "hl2",
    "li",
    "ul",
    "ol",
    "br",
    "blockquote",
    "bq",
    "block",
    "tr",
    "table",
    "byline",
    "dateline",
    "section",
    "article",
    "lede",
];
/// Elements whose words are not the report's.
const SILENT: [&str; 6] = ["head", "script", "style", "media", "docdata", "figure"];

/// The report in an item.
pub(super) fn read(xml: &str, place: &str) -> Result<RawReport, Error> {
    let mut reading = Reading::default();
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event().map_err(|error| Error::Xml(error.to_string()))? {
            Event::Start(tag) => reading.begin(&tag),
            Event::Empty(tag) => {
                reading.begin(&tag);
                reading.end();
            }
            Event::End(_) => reading.end(),
            Event::Text(text) => reading.say(&text),
            Event::CData(text) => reading.say(&text),
            Event::GeneralRef(reference) => reading.say(&resolved(&reference)),
            Event::Eof => break,
            _ => {}
        }
    }
    if !reading.path.is_empty() {
        return Err(Error::Xml("an element does not end".to_owned()));
    }
    reading.into_report(place)
}

/// What was read so far.
#[derive(Debug, Default)]
struct Reading {
    /// The names of the elements that are open, without prefixes.
    path: Vec<String>,
    guid: String,
    headline: String,
    published: String,
    created: String,
    outlet: String,
    language: String,
    /// The bylines, a line each.
    byline: String,
    credit: String,
    words: String,
    /// What `inlineData` gives, where there is no marked-up text.
    plain: String,
}

impl Reading {
    fn begin(&mut self, tag: &BytesStart<'_>) {
        let name = tag.local_name().as_ref().to_owned();
        let attribute = |name: &str| {
            let found = tag
                .attributes()
                .with_checks(false)
                .flatten()
                .find(|a| a.key.local_name().as_ref() == name)?;
            Some(found.value.into_owned())
        };
        match name.as_str() {
            "newsItem" => self.guid = attribute("guid").unwrap_or_default(),
            "language" if self.language.is_empty() => self.language = attribute("tag").unwrap_or_default(),
            "provider" | "infoSource" if self.outlet.is_empty() => {
                self.outlet = attribute("literal").unwrap_or_default();
            }
            "by" if !self.byline.is_empty() => self.byline.push('\n'),
            name if BLOCKS.contains(&name) && self.is_in("inlineXML") => self.words.push_str("\n\n"),
            _ => {}
        }
        self.path.push(name);
    }

    fn end(&mut self) {
        let name = self.path.pop().unwrap_or_default();
        if BLOCKS.contains(&name.as_str()) && self.is_in("inlineXML") {
            self.words.push_str("\n\n");
        }
    }

    fn say(&mut self, words: &str) {
        if self.is_in("inlineXML") {
            if !self.path.iter().any(|name| SILENT.contains(&name.as_str())) {
                let spaced: Vec<&str> = words.split(char::is_whitespace).collect();
                self.words.push_str(&spaced.join(" "));
            }
            return;
        }
        let parent = self.path.len().checked_sub(2).and_then(|at| self.path.get(at)).map(String::as_str);
        let field = match (parent, self.path.last().map(String::as_str)) {
            (_, Some("headline")) => &mut self.headline,
            (_, Some("versionCreated")) => &mut self.published,
            (_, Some("contentCreated" | "firstCreated")) => &mut self.created,
            (Some("provider" | "infoSource"), Some("name")) => &mut self.outlet,
            (Some("contentMeta"), Some("by")) => &mut self.byline,
            (Some("contentMeta"), Some("creditline")) => &mut self.credit,
            (_, Some("inlineData")) => &mut self.plain,
            _ => return,
        };
        field.push_str(words);
    }

    fn is_in(&self, name: &str) -> bool {
        self.path.iter().any(|open| open == name)
    }

    fn into_report(self, place: &str) -> Result<RawReport, Error> {
        let marked_up = paragraphs(&self.words);
        let text = if marked_up.is_empty() { self.plain.trim().to_owned() } else { marked_up };
        if self.guid.is_empty() {
            return Err(Error::MissingField("guid"));
        }
        if text.is_empty() {
            return Err(Error::MissingField("contentSet"));
        }
        Ok(RawReport {
            place: place.to_owned(),
            source: given(&self.outlet),
            title: given(&self.headline),
            published: given(&self.published).or_else(|| given(&self.created)),
            url: Some(self.guid.clone()).filter(|guid| guid.starts_with("http")),
            language: given(&self.language),
            authors: self.byline.lines().filter_map(given).collect(),
            credit: given(&self.credit),
            body: Body::Text(text),
            id: self.guid,
            ..RawReport::default()
        })
    }
}

fn given(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// Paragraphs parted by one empty line, each with single spaces.
fn paragraphs(words: &str) -> String {
    let paragraphs = words.split("\n\n").map(|p| p.split_whitespace().collect::<Vec<_>>().join(" "));
    paragraphs.filter(|paragraph| !paragraph.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// What a reference stands for: a character by number, or one that HTML names. Others stay as they are written.
fn resolved(reference: &BytesRef<'_>) -> Cow<'static, str> {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character.to_string().into();
    }
    quick_xml::escape::resolve_html5_entity(reference)
        .map_or_else(|| format!("&{};", &**reference).into(), Cow::Borrowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/' guid='urn:newsml:wire.example:1' version='2'>\
        <itemMeta><provider literal='Harlow Wire'/><versionCreated>2021-05-04T10:00:00Z</versionCreated></itemMeta>\
        <contentMeta><language tag='en'/><headline>Dam\n breaks</headline></contentMeta><contentSet>";

    fn body(content: &str) -> Result<String, String> {
        let report = read(&format!("{HEAD}{content}</contentSet></newsItem>"), "f")
            .map_err(|error| error.to_string())?;
        assert_eq!(report.title.as_deref(), Some("Dam breaks"));
        assert_eq!(report.source.as_deref(), Some("Harlow Wire"));
        assert_eq!(report.published.as_deref(), Some("2021-05-04T10:00:00Z"));
        assert_eq!(report.language.as_deref(), Some("en"));
        let Body::Text(text) = report.body else { return Err("a page".to_owned()) };
        Ok(text)
    }

    #[test]
    fn words_are_read_from_each_kind_of_content() {
        let check =
            |content: &str, expected: &str| assert_eq!(body(content).as_deref(), Ok(expected), "{content}");
        check("<inlineData contenttype='text/plain'>Rain &amp; snow.</inlineData>", "Rain & snow.");
        check(
            "<inlineXML contenttype='application/xhtml+xml'><html><head><title>No</title></head><body><p>Rain <b>all</b>\n day.</p><p>Snow&nbsp;&#8212; too.</p></body></html></inlineXML>",
            "Rain all day.\n\nSnow — too.",
        );
        check(
            "<inlineXML><nitf><body><body.head><hedline><hl1>Dam</hl1></hedline></body.head><body.content><block><p>Rain.</p></block></body.content></body></nitf></inlineXML>",
            "Dam\n\nRain.",
        );
        check("<inlineData><![CDATA[Fog <here>.]]></inlineData>", "Fog <here>.");
    }

    #[test]
    fn bylines_and_credit_are_kept() {
        let item = format!(
            "{}<inlineData>Rain.</inlineData></contentSet></newsItem>",
            HEAD.replace(
                "<headline>",
                "<by>Ada Osei</by><by>Tom Ruiz</by><creditline>Harlow Wire</creditline><headline>"
            )
        );
        let report = read(&item, "f").expect("it is an item");
        assert_eq!(
            (report.authors, report.credit),
            (vec!["Ada Osei".to_owned(), "Tom Ruiz".to_owned()], Some("Harlow Wire".to_owned()))
        );
    }

    #[test]
    fn entities_of_the_file_are_not_looked_up() {
        let check =
            |content: &str, expected: &str| assert_eq!(body(content).as_deref(), Ok(expected), "{content}");
        check("<inlineData>Rain &file;.</inlineData>", "Rain &file;.");
        check("<inlineData>&#0;&#xffffffff;.</inlineData>", "&#0;&#xffffffff;.");
    }

    #[test]
    fn what_is_broken_says_why() {
        assert!(body("<inlineData>Rain").is_err());
        assert!(body("<inlineXML><p>Rain</b></inlineXML>").is_err());
        assert_eq!(body("").err().as_deref(), Some("the field contentSet is missing"));
    }
}
