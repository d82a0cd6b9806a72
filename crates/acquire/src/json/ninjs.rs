//! ninjs, the news industry's JSON (IPTC), in its versions 1, 2 and 3.
//!
//! | | 1.x | 2.x | 3.x |
//! | --- | --- | --- | --- |
//! | text | `body_text`, `body_xhtml` and the like | `bodies` of `value` and `contenttype` | `bodies` of `value` and `contentType` |
//! | headline | `headline` | `headlines` of `value` | `headlines` of `value` |
//! | date | `versioncreated` | `versioncreated` | `versionCreated` |
//! | outlet | `infosource`, `copyrightholder` | `infosources`, `copyrightholder` | `infoSources`, `copyrightHolder` |
//! | byline | `byline` | `by` | `by` |
//! | credit | `creditline` | `creditline` | `creditLine` |
//!
//! Names are compared without case and underscores, which makes one of the three.

use parallax_model::{Body, RawReport};
use serde_json::{Map, Value};

use crate::Error;

/// The report in an item.
pub(super) fn read(item: &Map<String, Value>, place: &str) -> Result<RawReport, Error> {
    let item = Item(item);
    let id = item.text("uri").or_else(|| item.text("guid")).ok_or(Error::MissingField("uri"))?;
    let body = item.body().ok_or(Error::MissingField("body_text"))?;
    let address = item.text("url").or_else(|| Some(id.clone()).filter(|id| id.starts_with("http")));
    Ok(RawReport {
        place: place.to_owned(),
        source: item
            .name_in("infosources")
            .or_else(|| item.name_in("infosource"))
            .or_else(|| item.text("copyrightholder")),
        title: item.text("headline").or_else(|| item.value_in("headlines")),
        published: item.text("versioncreated").or_else(|| item.text("firstcreated")),
        url: address,
        language: item.text("language"),
        authors: item.text("byline").or_else(|| item.text("by")).into_iter().collect(),
        credit: item.text("creditline"),
        body,
        id,
        ..RawReport::default()
    })
}

/// An object whose fields go by their names in any spelling.
struct Item<'a>(&'a Map<String, Value>);

impl<'a> Item<'a> {
    fn get(&self, name: &str) -> Option<&'a Value> {
        self.0.iter().find_map(|(key, value)| (plain(key) == name).then_some(value))
    }

    /// A field that is a text.
    fn text(&self, name: &str) -> Option<String> {
        self.get(name)?.as_str().filter(|text| !text.trim().is_empty()).map(str::to_owned)
    }

    /// The objects of a field that is a list of them.
    fn list(&self, name: &str) -> impl Iterator<Item = Item<'a>> {
        self.get(name).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object).map(Item)
    }

    fn value_in(&self, name: &str) -> Option<String> {
        self.list(name).find_map(|part| part.text("value"))
    }

    fn name_in(&self, name: &str) -> Option<String> {
        self.list(name).find_map(|part| part.text("name"))
    }

    /// The longest text; a page only where there is no plain text.
    fn body(&self) -> Option<Body> {
        let own = self.0.iter().filter_map(|(key, value)| {
            let class = plain(key).strip_prefix("body")?.to_owned();
            Some((class, value.as_str()?.to_owned()))
        });
        let listed = self
            .list("bodies")
            .filter_map(|body| Some((body.text("contenttype").unwrap_or_default(), body.text("value")?)));
        let bodies: Vec<_> = own.chain(listed).filter(|(_, words)| !words.trim().is_empty()).collect();
        let longest = |is_page: bool| {
            let fitting = bodies.iter().filter(|(class, _)| class.contains("html") == is_page);
            fitting.map(|(_, words)| words.clone()).max_by_key(String::len)
        };
        longest(false).map(Body::Text).or_else(|| longest(true).map(Body::Html))
    }
}

/// A name in small letters, without underscores.
fn plain(name: &str) -> String {
    name.chars().filter(|c| *c != '_').flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(item: &str) -> Result<RawReport, Error> {
        read(&serde_json::from_str(item).expect("it is JSON"), "f")
    }

    #[test]
    fn the_three_versions_say_the_same() {
        let one = r#"{"uri": "https://wire.example/1", "type": "text", "versioncreated": "2021-05-04T10:00:00Z", "language": "en",
            "headline": "Dam breaks", "infosource": [{"name": "Harlow Wire"}], "body_xhtml": "<p>Rain.</p>", "body_text": "Rain."}"#;
        let two = r#"{"uri": "https://wire.example/1", "type": "text", "versioncreated": "2021-05-04T10:00:00Z", "language": "en",
            "headlines": [{"role": "main", "value": "Dam breaks"}], "infosources": [{"name": "Harlow Wire"}],
            "bodies": [{"contenttype": "text/html", "value": "<p>Rain.</p>"}, {"contenttype": "text/plain", "value": "Rain."}]}"#;
        let three = r#"{"uri": "https://wire.example/1", "type": "text", "versionCreated": "2021-05-04T10:00:00Z", "language": "en",
            "headlines": [{"role": "main", "value": "Dam breaks"}], "infoSources": [{"name": "Harlow Wire"}],
            "bodies": [{"contentType": "text/plain", "value": "Rain."}]}"#;
        let expected = RawReport {
            id: "https://wire.example/1".into(),
            place: "f".into(),
            source: Some("Harlow Wire".into()),
            title: Some("Dam breaks".into()),
            published: Some("2021-05-04T10:00:00Z".into()),
            url: Some("https://wire.example/1".into()),
            language: Some("en".into()),
            body: Body::Text("Rain.".into()),
            ..RawReport::default()
        };
        for item in [one, two, three] {
            assert_eq!(report(item).expect("it is an item"), expected, "{item}");
        }
    }

    #[test]
    fn byline_and_credit_are_kept() {
        let check = |fields: &str| {
            let item = format!(r#"{{"uri": "u", "body_text": "Rain.", {fields}}}"#);
            let report = report(&item).expect("it is an item");
            assert_eq!(
                (report.authors, report.credit.as_deref()),
                (vec!["By Ada Osei".to_owned()], Some("Harlow Wire"))
            );
        };
        check(r#""byline": "By Ada Osei", "creditline": "Harlow Wire""#);
        check(r#""by": "By Ada Osei", "creditLine": "Harlow Wire""#);
    }

    #[test]
    fn an_item_needs_a_name_and_words() {
        let check = |item: &str, reason: &str| {
            assert_eq!(report(item).expect_err("it lacks something").to_string(), reason);
        };
        check(r#"{"body_text": "Rain."}"#, "the field uri is missing");
        check(r#"{"uri": "u", "type": "picture"}"#, "the field body_text is missing");
        check(
            r#"{"uri": "u", "body_text": " ", "bodies": [{"value": 7}, 8]}"#,
            "the field body_text is missing",
        );
        assert_eq!(
            report(r#"{"uri": "u", "body_html": "<p>Fog"}"#).expect("it is one").body,
            Body::Html("<p>Fog".into())
        );
    }
}
