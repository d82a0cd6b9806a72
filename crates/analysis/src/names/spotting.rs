//! Proper names: runs of capitalised words, split into title, role and the name itself.

use std::collections::HashSet;
use std::ops::Range;

use parallax_model::{EntityKind, Gender};

use super::lexicon::LEXICON;
use super::reading::{Reading, Shape, Word};
use super::role::Role;
use super::splitting::split_run;

/// A proper name in the text.
#[derive(Debug, Clone)]
pub(super) struct ProperName {
    /// The words of the name alone.
    pub(super) core: Range<usize>,
    /// The words of the noun phrase around it.
    pub(super) phrase: Range<usize>,
    /// What its bearer is, by the words before and after it.
    pub(super) roles: Vec<Role>,
    /// Whether a courtesy title stands before it.
    pub(super) titled: bool,
    /// The gender that a title or a role settles.
    pub(super) gender: Option<Gender>,
    /// What it is, where the words themselves say so.
    pub(super) kind: Option<EntityKind>,
}

impl ProperName {
    pub(super) fn new(core: Range<usize>, kind: Option<EntityKind>) -> Self {
        Self { phrase: core.clone(), core, roles: Vec::new(), titled: false, gender: None, kind }
    }

    /// Whether the words around it do not forbid that it is a person.
    pub(super) fn may_be_person(&self) -> bool {
        self.kind.is_none_or(|kind| kind == EntityKind::Person)
    }
}

/// Finds the proper names of a text, in order; those inside the noun phrase of another follow it.
pub(super) fn proper_names(reading: &Reading) -> Vec<ProperName> {
    let mut names = Vec::new();
    for run in runs(reading) {
        split_run(reading, run, &mut names);
    }
    drop_everyday_words(reading, &mut names);
    names
}

/// The longest stretches of words that may belong to one name with what stands before it.
fn runs(reading: &Reading) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut at = 0;
    while at < reading.words.len() {
        let end = if is_name_word(reading, at, false) { extend(reading, at) } else { at };
        if end > at {
            runs.push(with_particle(reading, at, runs.last().map_or(0, |run: &Range<usize>| run.end))..end);
        }
        at = end.max(at + 1);
    }
    runs
}

/// The start of the run at `start`, with a particle before it that is part of a name: "bin", "van der".
fn with_particle(reading: &Reading, start: usize, floor: usize) -> usize {
    let mut start = start;
    while start > floor
        && reading
            .before(start)
            .is_some_and(|w| matches!(w.text, "van" | "von" | "bin" | "ibn" | "der" | "al" | "de"))
    {
        start -= 1;
    }
    start
}

/// The end of the run that begins at `start`.
fn extend(reading: &Reading, start: usize) -> usize {
    let mut end = start + 1;
    while reading.after(end).is_some() {
        let next =
            if is_name_word(reading, end, true) { Some(end + 1) } else { over_joint(reading, start, end) };
        match next {
            Some(next) if next > end => end = next,
            _ => break,
        }
    }
    end
}

/// The end of the run after the joining word at `end` and the name word that follows it.
fn over_joint(reading: &Reading, start: usize, end: usize) -> Option<usize> {
    let last = reading.get(end - 1)?;
    let goes_on = |at: usize| reading.after(at).is_some() && is_name_word(reading, at, true);
    let after_article = |at: usize| if reading.after(at).is_some_and(|w| w.is("the")) { at + 1 } else { at };
    match reading.after(end)?.text {
        "of" if takes_of(last) => {
            let next = after_article(end + 1);
            goes_on(next).then_some(next + 1)
        }
        "for" if LEXICON.heads_organisation(last.text) => {
            let next = after_article(end + 1);
            goes_on(next).then_some(next + 1)
        }
        "&" => goes_on(end + 1).then_some(end + 2),
        "and" => over_and(reading, start, end).filter(|_| goes_on(end + 1)),
        text if LEXICON.is_particle(text) => {
            let next =
                (end..end + 3).find(|&at| reading.after(at).is_none_or(|w| !LEXICON.is_particle(w.text)))?;
            goes_on(next).then_some(next + 1)
        }
        _ => None,
    }
}

/// Whether "of ..." after `word` belongs to its name.
fn takes_of(word: &Word) -> bool {
    LEXICON.heads_organisation(word.text)
        || LEXICON.role(&word.lower).is_some()
        || matches!(
            word.text,
            "City"
                | "Republic"
                | "Kingdom"
                | "Gulf"
                | "Isle"
                | "Bay"
                | "State"
                | "States"
                | "District"
                | "Cape"
                | "Strait"
        )
}

/// "and" inside an organisation's name: "Ministry of Health and Welfare", "Food and Drug Administration".
fn over_and(reading: &Reading, start: usize, end: usize) -> Option<usize> {
    let first = reading.get(start)?;
    let last = reading.get(end - 1)?;
    let inside_office =
        LEXICON.heads_organisation(first.text) && end - start >= 3 && LEXICON.is_common(&last.lower);
    let mut tail = end + 1;
    while reading.after(tail).is_some_and(Word::is_capital) {
        tail += 1;
    }
    let closes =
        tail > end + 1 && reading.get(tail - 1).is_some_and(|w| LEXICON.is_organisation_word(w.text));
    let before_office = closes && LEXICON.is_common(&last.lower) && !LEXICON.is_organisation_word(last.text);
    (inside_office || before_office).then_some(end + 2)
}

/// Whether the word at `at` may be part of a name; `inside` where the word before it is.
fn is_name_word(reading: &Reading, at: usize, inside: bool) -> bool {
    let Some(word) = reading.get(at) else { return false };
    if !word.is_capital() || ends_in_lower_part(word.text) || LEXICON.is_calendar(&word.lower) {
        return false;
    }
    if LEXICON.is_known_place(word.text) || LEXICON.country_of_adjective(word.text).is_some() {
        return true;
    }
    if LEXICON.is_function(&word.lower) || word.text == "I" {
        return false;
    }
    if LEXICON.is_month_like_name(&word.lower) {
        return inside && reading.after(at + 1).is_none_or(|w| w.shape != Shape::Number);
    }
    if word.text.chars().count() == 1 {
        return inside || reading.before(at).is_some_and(|w| w.is("on"));
    }
    let common = reading.is_common(word);
    let defined = word.shape == Shape::Acronym && reading.defines_acronym(word.text);
    if inside && LEXICON.is_organisation_word(word.text)
        || LEXICON.is_known_organisation(word.text)
        || defined
    {
        return true;
    }
    if word.shape == Shape::Acronym && common {
        return !word.capital_is_free
            && word.text.len() <= 4
            && reading.before(at).is_some_and(|w| w.is("the"));
    }
    !(common && word.capital_is_free) || opens_name(reading, at, word)
}

/// "Russian-held", "Harbour-based", "then-President": an adjective, whatever its other half; not "Ka-shing".
fn ends_in_lower_part(word: &str) -> bool {
    let parts = word.split_once('-').zip(word.rsplit_once('-'));
    parts.is_some_and(|((before, _), (_, after))| {
        let lower_end =
            after.starts_with(char::is_lowercase) && (LEXICON.is_common(after) || after.ends_with("ed"));
        lower_end
            || matches!(
                before.to_lowercase().as_str(),
                "then" | "ex" | "former" | "non" | "pre" | "post" | "anti" | "pro" | "mid"
            )
    })
}

/// Whether the everyday word at `at`, whose capital says nothing, begins a title or a name all the same, because of what it
/// means and of the capital after it: "President ...", "Bank of ...", "New ...".
fn opens_name(reading: &Reading, at: usize, word: &Word) -> bool {
    let leads = LEXICON.role(&word.lower).is_some()
        || LEXICON.is_organisation_word(word.text)
        || LEXICON.begins_place(word.text)
        || LEXICON.is_modifier(&word.lower)
        || LEXICON.title(word.text).is_some();
    let next = if LEXICON.heads_organisation(word.text) && reading.after(at + 1).is_some_and(|w| w.is("of")) {
        at + 2
    } else {
        at + 1
    };
    leads && reading.after(next).is_some_and(|w| w.is_capital() && !LEXICON.is_function(&w.lower))
}

/// Drops single everyday words with a capital ("War", "Campaign") unless they are the last word of a longer name here.
fn drop_everyday_words(reading: &Reading, names: &mut Vec<ProperName>) {
    let word = |at: usize| reading.get(at).map(|w| w.lower.as_ref()).unwrap_or_default();
    let surnames: HashSet<&str> =
        names.iter().filter(|n| n.core.len() > 1).map(|n| word(n.core.end - 1)).collect();
    let firm: HashSet<&str> = names
        .iter()
        .filter(|n| n.core.len() == 1 && reading.get(n.core.start).is_some_and(|w| !w.capital_is_free))
        .map(|n| word(n.core.start))
        .collect();
    names.retain(|name| {
        let (Some(first), 1) = (reading.get(name.core.start), name.core.len()) else { return true };
        let lower = first.lower.as_ref();
        let known = name.titled
            || !name.roles.is_empty()
            || surnames.contains(lower)
            || LEXICON.is_known_place(first.text)
            || name.kind == Some(EntityKind::Group);
        let everyday =
            reading.is_common(first) && !LEXICON.is_institution(lower) && first.shape != Shape::Acronym;
        let doubtful = first.capital_is_free && !firm.contains(lower) && looks_like_common_noun(lower);
        known || !(everyday || doubtful)
    });
}

/// Whether the ending is one of verbs, adverbs and common nouns, for a word that no list knows.
fn looks_like_common_noun(lower: &str) -> bool {
    ["ing", "ly", "ed", "ns", "rs", "ts", "ds", "es", "tion", "ment", "ness", "ity", "ist"]
        .iter()
        .any(|ending| lower.ends_with(ending))
}
