//! The word lists of the step, read once.

use std::sync::LazyLock;

use crate::wordlist::{WordMap, WordSet, entries};
use parallax_model::Gender;

/// Words that stand in no noun phrase: they end any walk over one.
const FUNCTION_WORDS: &str = "\
    about above across after against along amid among amongst and around as at because before behind below beneath beside \
    between beyond but by despite down during except for from if in inside into like near of off on onto or outside over \
    per since so than though through throughout till to toward towards under unless until up upon via when where whereas \
    whether which while who whom whose why with within without yet nor not also then thus hence how what that \
    i you he she it we they me him us them himself herself itself themselves \
    am is are was were be been being has have had having do does did will would shall should can could may might must \
    said says say saying told tells tell added adds asked asks called calls claimed claims noted notes according \
    there here now just only even still already again ever never very too";

/// What may stand between the words of a name in lower case.
const PARTICLES: &str =
    "van von der den de del della di da dos das do du la le el al bin ibn bint ben ul ur ter ten zu af av y";

/// The days, months and feasts, and God, which are written like names; those in use as names too are in [`MONTHS_LIKE_NAMES`].
const CALENDAR: &str = "monday tuesday wednesday thursday friday saturday sunday january february july september october \
    november december god allah jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat sun christmas \
    easter ramadan";

/// Months that are first names or surnames as well.
const MONTHS_LIKE_NAMES: &str = "march april may june august";

/// Bodies that news names by one common word.
const INSTITUTIONS: &str = "congress parliament senate treasury pentagon cabinet commons lords bundestag duma knesset \
    capitol interpol church navy army";

/// A country or a continent.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Country {
    /// The name that stands for all others.
    pub(super) name: &'static str,
}

/// How a collective noun behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Collective {
    /// People together: heads a group as it is.
    Plural,
    /// A body: takes a determiner or a genitive.
    Body,
    /// Stands alone: "police".
    Mass,
    /// People together, counted as one: "the pair", "the family".
    Persons,
    /// A text that speaks for whoever issued it.
    Document,
}

/// All lists, by folded word.
pub(super) struct Lexicon {
    everyday: WordSet,
    function: WordSet,
    particles: WordSet,
    calendar: WordSet,
    months: WordSet,
    institutions: WordSet,
    modifiers: WordSet,
    roles: WordMap<&'static str, Option<Gender>>,
    titles: WordMap<&'static str, Option<Gender>>,
    given: WordMap<&'static str, Option<Gender>>,
    collectives: WordMap<&'static str, Collective>,
    organisation: WordMap<&'static str, bool>,
    place: WordMap<&'static str, bool>,
    events: WordSet,
    places: WordSet,
    organisations: WordSet,
    countries: WordMap<&'static str, Country>,
    adjectives: WordMap<&'static str, Country>,
    peoples: WordMap<&'static str, Country>,
    capitals: WordMap<&'static str, Country>,
}

/// The lists, parsed at first use.
pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::load);

impl Lexicon {
    fn load() -> Self {
        let mut lexicon = Self {
            everyday: entries(include_str!("../../data/common_words.txt"))
                .chain(FUNCTION_WORDS.split_whitespace())
                .chain(entries(include_str!("../../data/modifiers.txt")))
                .collect(),
            function: FUNCTION_WORDS.split_whitespace().collect(),
            particles: PARTICLES.split_whitespace().collect(),
            calendar: CALENDAR.split_whitespace().collect(),
            months: MONTHS_LIKE_NAMES.split_whitespace().collect(),
            institutions: INSTITUTIONS.split_whitespace().collect(),
            modifiers: entries(include_str!("../../data/modifiers.txt")).collect(),
            roles: gendered(include_str!("../../data/roles.txt")),
            titles: gendered(include_str!("../../data/titles.txt")),
            given: gendered(include_str!("../../data/given_names.txt")),
            collectives: collectives(include_str!("../../data/collectives.txt")),
            organisation: flagged(include_str!("../../data/organisation_words.txt"), "head"),
            place: flagged(include_str!("../../data/place_words.txt"), "before"),
            events: entries(include_str!("../../data/event_words.txt")).collect(),
            places: entries(include_str!("../../data/places.txt")).collect(),
            organisations: entries(include_str!("../../data/organisations.txt")).collect(),
            countries: WordMap::default(),
            adjectives: WordMap::default(),
            peoples: WordMap::default(),
            capitals: WordMap::default(),
        };
        entries(include_str!("../../data/countries.txt")).for_each(|line| lexicon.add_country(line));
        lexicon
    }

    fn add_country(&mut self, line: &'static str) {
        let mut fields = line.split('|');
        let name = fields.next().unwrap_or_default();
        self.countries.insert(name, Country { name });
        let tables = [&mut self.countries, &mut self.adjectives, &mut self.peoples, &mut self.capitals];
        for (table, field) in tables.into_iter().zip(fields) {
            for word in field.split(',').filter(|word| !word.is_empty()) {
                table.entry(word).or_insert(Country { name });
            }
        }
    }

    /// Whether English writes `lower` in lower case as a rule.
    pub(super) fn is_common(&self, lower: &str) -> bool {
        let known = |word: &str| self.everyday.contains(word);
        known(lower) || lower.strip_suffix('s').is_some_and(known) || self.is_contraction(lower)
    }

    /// Whether `lower` is a pronoun or an auxiliary with an ending after an apostrophe: "we'll", "don't".
    fn is_contraction(&self, lower: &str) -> bool {
        lower
            .split_once(['\'', '’'])
            .is_some_and(|(host, _)| self.function.contains(host.trim_end_matches('n')))
    }

    /// Whether `lower` is a preposition, conjunction, pronoun, auxiliary or verb of saying.
    pub(super) fn is_function(&self, lower: &str) -> bool {
        self.function.contains(lower) || self.is_contraction(lower)
    }

    /// Whether `lower` may join the words of a name: "van", "bin".
    pub(super) fn is_particle(&self, lower: &str) -> bool {
        self.particles.contains(lower)
    }

    /// Whether `lower` is a day, a month or the like, and no name.
    pub(super) fn is_calendar(&self, lower: &str) -> bool {
        self.calendar.contains(lower)
    }

    /// Whether `lower` is a month that is a name too.
    pub(super) fn is_month_like_name(&self, lower: &str) -> bool {
        self.months.contains(lower)
    }

    /// Whether the common word `lower` names a body by itself when it has a capital.
    pub(super) fn is_institution(&self, lower: &str) -> bool {
        self.institutions.contains(lower)
    }

    /// Whether `lower` may stand between a determiner and the noun that describes a person.
    pub(super) fn is_modifier(&self, lower: &str) -> bool {
        self.modifiers.contains(lower)
    }

    /// The role noun that `lower` is or is the plural of.
    pub(super) fn role(&self, lower: &str) -> Option<RoleNoun> {
        let (lemma, plural) = singular(lower, |word| self.roles.get_key_value(word))?;
        let (&lemma, &gender) = lemma;
        Some(RoleNoun { lemma, plural, gender })
    }

    /// The gender that a courtesy title settles; `None` where `word` is no title.
    pub(super) fn title(&self, word: &str) -> Option<Option<Gender>> {
        self.titles.get(word.trim_end_matches('.')).copied()
    }

    /// The gender of the bearers of a given name; `None` where `word` is not known as one.
    pub(super) fn given_name(&self, word: &str) -> Option<Option<Gender>> {
        self.given.get(word).copied()
    }

    /// How the noun `lower` stands for people together, for a body or for a document.
    pub(super) fn collective(&self, lower: &str) -> Option<Collective> {
        self.collectives.get(lower).copied()
    }

    /// Whether `name` is a body that news names without saying what it is.
    pub(super) fn is_known_organisation(&self, name: &str) -> bool {
        self.organisations.contains(name)
    }

    /// Whether the capitalised `word` marks an organisation's name, in the singular or plural.
    pub(super) fn is_organisation_word(&self, word: &str) -> bool {
        let word = word.trim_end_matches('.');
        self.organisation.contains_key(word)
            || word.strip_suffix('s').is_some_and(|stem| self.organisation.contains_key(stem))
    }

    /// Whether the capitalised `word` takes "of ..." into an organisation's name.
    pub(super) fn heads_organisation(&self, word: &str) -> bool {
        self.organisation.get(word.trim_end_matches('s')).or_else(|| self.organisation.get(word))
            == Some(&true)
    }

    /// Whether `word` marks a place's name that ends with it.
    pub(super) fn ends_place(&self, word: &str) -> bool {
        self.place.contains_key(word)
    }

    /// Whether `word` marks a place's name that begins with it.
    pub(super) fn begins_place(&self, word: &str) -> bool {
        self.place.get(word) == Some(&true)
    }

    /// Whether `word` marks the name of an event, a law or a prize.
    pub(super) fn is_event_word(&self, word: &str) -> bool {
        self.events.contains(word)
    }

    /// The country of that name.
    pub(super) fn country(&self, name: &str) -> Option<&'static str> {
        self.countries.get(name).map(|country| country.name)
    }

    /// The country that the adjective belongs to.
    pub(super) fn country_of_adjective(&self, word: &str) -> Option<&'static str> {
        self.adjectives.get(word).map(|country| country.name)
    }

    /// The country whose people is called `word`.
    pub(super) fn country_of_people(&self, word: &str) -> Option<&'static str> {
        self.peoples.get(word).map(|country| country.name)
    }

    /// Whether `name` is in the gazetteer: a country, a capital, a state or a city.
    pub(super) fn is_known_place(&self, name: &str) -> bool {
        self.countries.contains_key(name) || self.capitals.contains_key(name) || self.places.contains(name)
    }
}

/// A role noun as a text uses it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RoleNoun {
    /// Its singular.
    pub(super) lemma: &'static str,
    /// Whether the text uses the plural.
    pub(super) plural: bool,
    /// The gender that it settles.
    pub(super) gender: Option<Gender>,
}

/// What is known of `word` or of what it may be the plural of, and whether it is a plural.
fn singular<T>(word: &str, known: impl Fn(&str) -> Option<T>) -> Option<(T, bool)> {
    if let Some(found) = known(word) {
        return Some((found, false));
    }
    let with =
        |ending, singular| word.strip_suffix(ending).and_then(|stem| known(&format!("{stem}{singular}")));
    let without = |ending| word.strip_suffix(ending).and_then(&known);
    let found =
        with("ies", "y").or_else(|| with("men", "man")).or_else(|| without("es")).or_else(|| without("s"));
    found.map(|found| (found, true))
}

/// An entry and the flag after its last space, where there is one.
fn entry_and_flag<'a>(line: &'a str, flags: &[&str]) -> (&'a str, Option<&'a str>) {
    match line.rsplit_once(' ') {
        Some((entry, flag)) if flags.contains(&flag) => (entry, Some(flag)),
        _ => (line, None),
    }
}

fn gendered(file: &'static str) -> WordMap<&'static str, Option<Gender>> {
    entries(file)
        .map(|line| match entry_and_flag(line, &["m", "f", "bare"]) {
            (entry, Some("m")) => (entry, Some(Gender::Male)),
            (entry, Some("f")) => (entry, Some(Gender::Female)),
            (entry, _) => (entry, None),
        })
        .collect()
}

fn flagged(file: &'static str, flag: &str) -> WordMap<&'static str, bool> {
    entries(file)
        .map(|line| {
            let (entry, found) = entry_and_flag(line, &[flag]);
            (entry, found.is_some())
        })
        .collect()
}

fn collectives(file: &'static str) -> WordMap<&'static str, Collective> {
    entries(file)
        .filter_map(|line| {
            let (entry, flag) = entry_and_flag(line, &["plural", "body", "mass", "persons", "document"]);
            let collective = match flag? {
                "plural" => Collective::Plural,
                "body" => Collective::Body,
                "mass" => Collective::Mass,
                "persons" => Collective::Persons,
                _ => Collective::Document,
            };
            Some((entry, collective))
        })
        .collect()
}
