//! What is searched for, as pages and programs ask: words in the notation of the search, and fields beside it.

use parallax_archive::{Query, QueryError};
use serde::Deserialize;

use crate::report::html::in_address;

/// What is searched for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub(crate) struct Inquiry {
    /// Words, phrases and fields, in the notation of the search.
    #[serde(default)]
    pub(crate) q: String,
    #[serde(default)]
    pub(crate) speaker: String,
    #[serde(default)]
    pub(crate) outlet: String,
    #[serde(default)]
    pub(crate) after: String,
    #[serde(default)]
    pub(crate) before: String,
    #[serde(default)]
    pub(crate) story: String,
}

impl Inquiry {
    fn fields(&self) -> [(&'static str, &str); 5] {
        [
            ("speaker", &self.speaker),
            ("outlet", &self.outlet),
            ("after", &self.after),
            ("before", &self.before),
            ("story", &self.story),
        ]
    }

    /// Whether nothing is searched for.
    pub(crate) fn is_empty(&self) -> bool {
        self.q.trim().is_empty() && self.fields().iter().all(|(_, value)| value.trim().is_empty())
    }

    /// Whether a field beside the words is filled in.
    pub(crate) fn is_filtered(&self) -> bool {
        self.fields().iter().any(|(_, value)| !value.trim().is_empty())
    }

    /// The query.
    pub(crate) fn query(&self) -> Result<Query, QueryError> {
        let mut text = self.q.trim().to_owned();
        for (field, value) in self.fields() {
            let value = value.trim().replace(['"', '\0'], " ");
            if !value.trim().is_empty() {
                let quote = if matches!(field, "speaker" | "outlet") { "\"" } else { "" };
                text.push_str(&format!(" {field}:{quote}{value}{quote}"));
            }
        }
        text.trim().parse()
    }

    /// What is asked, as the query part of an address.
    pub(crate) fn in_address(&self) -> String {
        let fields = self.fields().into_iter().filter(|(_, value)| !value.is_empty());
        let fields = fields.map(|(field, value)| format!("&{field}={}", in_address(value)));
        format!("q={}{}", in_address(&self.q), fields.collect::<String>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_join_the_words() {
        let inquiry = Inquiry {
            q: "dam".into(),
            speaker: "Ines \"Vidal".into(),
            after: "2025-10".into(),
            ..Inquiry::default()
        };
        assert_eq!(inquiry.query(), "dam speaker:\"Ines  Vidal\" after:2025-10".parse());
        assert_eq!(inquiry.in_address(), "q=dam&speaker=Ines%20%22Vidal&after=2025-10");
        assert!(Inquiry { q: " ".into(), ..Inquiry::default() }.is_empty());
    }
}
