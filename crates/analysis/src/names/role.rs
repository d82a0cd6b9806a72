//! Roles: what somebody is, in words that can be compared.

use std::ops::Range;

use parallax_model::Gender;

use super::lexicon::LEXICON;
use super::reading::{Reading, Shape};
use crate::segment::segment;

/// Words that say the same of a person, by the first of each line.
const SAME: [(&str, &str); 24] = [
    ("nations", "countries"),
    ("states", "countries"),
    ("spokesman", "spokesperson"),
    ("spokeswoman", "spokesperson"),
    ("chairman", "chair"),
    ("chairwoman", "chair"),
    ("chairperson", "chair"),
    ("adviser", "advisor"),
    ("defense", "defence"),
    ("labor", "labour"),
    ("congresswoman", "congressman"),
    ("councilwoman", "councillor"),
    ("councilman", "councillor"),
    ("councilor", "councillor"),
    ("policewoman", "policeman"),
    ("premier", "minister"),
    ("boss", "head"),
    ("chief", "head"),
    ("organizer", "organiser"),
    ("film-maker", "filmmaker"),
    ("schoolteacher", "teacher"),
    ("neighbor", "neighbour"),
    ("sen", "senator"),
    ("gov", "governor"),
];

/// Wider words for a role: whom "the leader" may stand for.
const LEADERS: [&str; 14] = [
    "president",
    "minister",
    "chancellor",
    "premier",
    "king",
    "queen",
    "emir",
    "sultan",
    "head",
    "chair",
    "dictator",
    "monarch",
    "governor",
    "first minister",
];

/// Numbers, which one report gives and another leaves out: "seven countries", "the countries".
const NUMBERS: [&str; 14] = [
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "several", "many", "some", "few",
    "joint",
];

/// What somebody is, by a noun phrase.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Role {
    /// Its words, without determiner.
    pub(super) range: Range<usize>,
    /// Its words as written.
    pub(super) text: String,
    /// The noun, in the singular and in one spelling.
    pub(super) head: String,
    /// The country that it belongs to.
    pub(super) country: Option<&'static str>,
    /// The other words, in one spelling.
    pub(super) modifiers: Vec<String>,
    /// The gender that the noun settles.
    pub(super) gender: Option<Gender>,
}

impl Role {
    /// Reads the role whose noun stands at `head` in the words of `range`.
    pub(super) fn read(reading: &Reading, range: Range<usize>, head: usize) -> Self {
        let noun = reading.get(head).map(|w| w.lower.as_ref()).unwrap_or_default();
        let role = LEXICON.role(noun);
        let lemma = role.as_ref().map_or(noun, |role| role.lemma);
        let mut country = None;
        let mut modifiers = Vec::new();
        let mut of_country = 0;
        for at in range.clone() {
            let Some(word) = reading.get(at).filter(|_| at != head && at >= of_country) else { continue };
            if let Some((found, end)) = country_at(reading, at, range.end) {
                country = country.or(Some(found));
                of_country = end;
            } else if !matches!(word.shape, Shape::Mark | Shape::Genitive)
                && !LEXICON.is_function(&word.lower)
            {
                modifiers.push(same(word.lower.trim_end_matches('.')).to_owned());
            }
        }
        modifiers.retain(|word| {
            !matches!(word.as_str(), "the" | "a" | "an" | "his" | "her" | "their" | "its" | "of")
        });
        let determined = reading.get(range.start).is_some_and(|w| matches!(&*w.lower, "the" | "a" | "an"));
        let range = if determined && range.len() > 1 { range.start + 1..range.end } else { range };
        Self {
            text: reading.slice(&range).to_owned(),
            head: same(lemma).to_owned(),
            country,
            modifiers,
            gender: role.and_then(|role| role.gender),
            range,
        }
    }

    /// Reads a role from its words alone.
    pub(super) fn parse(text: &str) -> Self {
        let segments = segment(text);
        let reading = Reading::new(text, &segments);
        let end = reading.words.len();
        let limit = (1..end)
            .find(|&at| matches!(reading.words[at].text, "of" | "for" | "at" | "from"))
            .unwrap_or(end);
        Self::read(&reading, 0..end, limit.saturating_sub(1))
    }

    /// The noun, or "leader" for all who lead: descriptions and names are looked up by it.
    pub(super) fn class(&self) -> &str {
        if LEADERS.contains(&self.head.as_str()) { "leader" } else { &self.head }
    }

    /// Whether the definite description `self` may stand for somebody with the role `other`.
    pub(super) fn fits(&self, other: &Self) -> bool {
        let heads =
            self.head == other.head || self.head == "leader" && LEADERS.contains(&other.head.as_str());
        let countries = self.country.is_none() || other.country.is_none() || self.country == other.country;
        let former =
            |role: &Self| role.modifiers.iter().any(|word| matches!(word.as_str(), "former" | "ex" | "then"));
        let modifiers = self.modifiers.iter().all(|word| other.modifiers.contains(word));
        heads && countries && modifiers && former(self) == former(other)
    }
}

/// One spelling for words that say the same.
pub(super) fn same(word: &str) -> &str {
    SAME.iter().find(|(from, _)| *from == word).map_or(word, |(_, to)| to)
}

/// The country that the words at `at` name or are the adjective of, and the end of those words.
fn country_at(reading: &Reading, at: usize, end: usize) -> Option<(&'static str, usize)> {
    let of = |words: &str| LEXICON.country(words).or_else(|| LEXICON.country_of_adjective(words));
    (at + 1..=end.min(at + 3)).rev().find_map(|until| Some((of(reading.slice(&(at..until)))?, until)))
}

/// A description of somebody, read from its words alone.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Description {
    /// Whether it speaks of somebody in particular: "the president", "Ruritania's president".
    pub(super) definite: bool,
    /// Whether it holds a name: "the Osei administration".
    pub(super) has_name: bool,
    /// What it says.
    pub(super) role: Role,
}

impl Description {
    /// Reads a description such as [`parallax_model::Chain::name`] holds where nobody is named.
    pub(super) fn parse(text: &str) -> Self {
        let first = text.split(' ').next().unwrap_or_default().to_lowercase();
        let definite = !matches!(
            first.as_str(),
            "a" | "an" | "one" | "another" | "some" | "any" | "each" | "every" | "no"
        );
        let role = Role::parse(text);
        let capital = |word: &str| word.starts_with(char::is_uppercase);
        Self { definite, has_name: role.country.is_none() && text.split(' ').skip(1).any(capital), role }
    }

    /// What two descriptions of the same have in common.
    pub(super) fn key(&self) -> String {
        let mut modifiers = self.role.modifiers.clone();
        modifiers.retain(|word| !NUMBERS.contains(&word.as_str()));
        modifiers.sort_unstable();
        format!("{} {} {}", self.role.country.unwrap_or_default(), modifiers.join(" "), self.role.head)
    }
}
