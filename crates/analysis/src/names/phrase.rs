//! Descriptions: noun phrases that speak of people and bodies without their name.

use std::ops::Range;

use super::lexicon::{Collective, LEXICON};
use super::reading::{Reading, Shape, Word};
use super::role::Role;

/// The longest noun phrase before its noun, in words.
const LONGEST: usize = 9;

/// How a noun phrase begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Determiner {
    /// Nothing: "officials", "press secretary".
    Bare,
    /// "the", "both", "this".
    Definite,
    /// "a", "one", "another", "some".
    Indefinite,
    /// "his", "her", "their".
    Possessive,
    /// "Ruritania's".
    Genitive,
}

/// What the noun of a description stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Head {
    /// One person.
    Person,
    /// Several persons.
    People,
    /// Several bodies, or people without number.
    Collective(Collective),
}

/// A noun phrase that describes somebody.
#[derive(Debug, Clone)]
pub(super) struct NounPhrase {
    /// Its words.
    pub(super) range: Range<usize>,
    /// How it begins.
    pub(super) determiner: Determiner,
    /// What its noun stands for.
    pub(super) head: Head,
    /// Its words without the determiner, comparable.
    pub(super) role: Role,
}

/// Finds the descriptions of a text, in order. `taken` marks the words of proper names, `names` their ends by first word.
pub(super) fn noun_phrases(reading: &Reading, name_end: &[usize]) -> Vec<NounPhrase> {
    (0..reading.words.len()).filter_map(|noun| noun_phrase(reading, name_end, noun)).collect()
}

/// The noun phrase whose noun stands at `noun`. `name_end` holds for each word the end of the name that begins or goes on
/// there, 0 where there is none.
fn noun_phrase(reading: &Reading, name_end: &[usize], noun: usize) -> Option<NounPhrase> {
    let word = reading.get(noun)?;
    let head = head(word)?;
    if name_end.get(noun).is_some_and(|&end| end > 0) || is_modifier_here(reading, noun) {
        return None;
    }
    let (start, first, determiner) = begin(reading, noun);
    if reading.slice(&(start..noun)).to_lowercase().starts_with("each other") {
        return None;
    }
    if determiner == Determiner::Bare
        && matches!(head, Head::Collective(Collective::Body | Collective::Document))
    {
        return None;
    }
    let end = after_complement(reading, name_end, noun, head);
    let members = matches!(head, Head::People | Head::Collective(Collective::Plural))
        .then(|| after_members(reading, name_end, end));
    let role = Role::read(reading, first..end, noun);
    Some(NounPhrase { range: start..members.flatten().unwrap_or(end), determiner, head, role })
}

/// What `word` stands for, as the noun of a description.
fn head(word: &Word) -> Option<Head> {
    if let Some(collective) = LEXICON.collective(&word.lower) {
        return Some(Head::Collective(collective));
    }
    let role = LEXICON.role(&word.lower)?;
    Some(if role.plural { Head::People } else { Head::Person })
}

/// Whether the noun at `noun` only modifies the one after it: "police chief", "press secretary".
fn is_modifier_here(reading: &Reading, noun: usize) -> bool {
    let Some(next) = reading.after(noun + 1) else { return false };
    let joined = next.is("-");
    joined || next.shape != Shape::Mark && head(next).is_some() && !LEXICON.is_function(&next.lower)
}

/// Where the phrase with the noun at `noun` begins, where its first word after the determiner stands, and how it begins.
fn begin(reading: &Reading, noun: usize) -> (usize, usize, Determiner) {
    let mut first = noun;
    while noun - first < LONGEST {
        let Some(word) = reading.before(first) else { break };
        if word.shape == Shape::Genitive {
            let start = possessor(reading, first - 1);
            return (start, start, Determiner::Genitive);
        }
        if let Some(determiner) = determiner(&word.lower) {
            return (first - 1, first, determiner);
        }
        if !is_modifier(word) {
            match unknown_before(reading, first) {
                Some(next) => first = next,
                None => break,
            }
        } else {
            first -= 1;
        }
    }
    // Without a determiner a role noun before the noun is as likely its verb: "will | host American officials".
    while first < noun
        && reading.get(first).is_some_and(|w| {
            w.shape == Shape::Lower && !LEXICON.is_modifier(&w.lower) && LEXICON.role(&w.lower).is_some()
        })
    {
        first += 1;
    }
    let counted = reading.get(first).is_some_and(|w| matches!(w.text, "One" | "one" | "Another"));
    (first, first, if counted { Determiner::Indefinite } else { Determiner::Bare })
}

fn determiner(lower: &str) -> Option<Determiner> {
    Some(match lower {
        "the" | "this" | "that" | "these" | "those" | "both" => Determiner::Definite,
        "a" | "an" | "another" | "one" | "some" | "any" | "every" | "each" | "no" => Determiner::Indefinite,
        "his" | "her" | "their" | "its" | "our" | "my" | "your" | "whose" => Determiner::Possessive,
        _ => return None,
    })
}

/// Whether `word` may stand between the determiner and the noun, by itself.
fn is_modifier(word: &Word) -> bool {
    match word.shape {
        Shape::Mark | Shape::Genitive => false,
        Shape::Number | Shape::Acronym => true,
        Shape::Capital => !LEXICON.is_function(&word.lower) && !LEXICON.is_calendar(&word.lower),
        Shape::Lower => {
            !LEXICON.is_function(&word.lower)
                && (LEXICON.is_modifier(&word.lower)
                    || word.text.contains('-')
                    || LEXICON.role(&word.lower).is_some_and(|role| !role.plural)
                    || LEXICON.collective(&word.lower).is_some_and(|c| c == Collective::Body))
        }
    }
}

/// The index of the word after the determiner or genitive that stands at most three content words before `first`.
fn unknown_before(reading: &Reading, first: usize) -> Option<usize> {
    let mut at = first;
    for _ in 0..3 {
        let word = reading.before(at)?;
        if determiner(&word.lower).is_some() || word.shape == Shape::Genitive {
            return (at < first).then_some(at);
        }
        if LEXICON.is_function(&word.lower) || word.shape == Shape::Mark {
            return None;
        }
        at -= 1;
    }
    let word = reading.before(at)?;
    (determiner(&word.lower).is_some() || word.shape == Shape::Genitive).then_some(at)
}

/// Where the possessor before the genitive ending at `genitive` begins: a name, or a short noun phrase.
pub(super) fn possessor(reading: &Reading, genitive: usize) -> usize {
    let mut start = genitive;
    while genitive - start < 5 {
        let Some(word) = reading.before(start) else { break };
        let capital = word.is_capital() && !LEXICON.is_function(&word.lower);
        if determiner(&word.lower).is_some() {
            return start - 1;
        }
        if capital || start == genitive || is_modifier(word) {
            start -= 1;
        } else {
            break;
        }
    }
    start
}

/// The end of the phrase after its noun, with "of the ...", "for the Ministry" and the like.
fn after_complement(reading: &Reading, name_end: &[usize], noun: usize, head: Head) -> usize {
    let end = noun + 1;
    let Some(preposition) = reading.after(end) else { return end };
    let document = matches!(head, Head::Collective(Collective::Document));
    let complement = match preposition.text {
        "of" if !document => {
            name_complement(reading, name_end, end + 1).or_else(|| noun_complement(reading, end + 1))
        }
        "for" | "at" if !document => name_complement(reading, name_end, end + 1),
        "from" => name_complement(reading, name_end, end + 1),
        _ => None,
    };
    complement.unwrap_or(end)
}

/// The end of the noun phrase at `start` that ends in a name: "the occupied Karsovia region".
fn name_complement(reading: &Reading, name_end: &[usize], start: usize) -> Option<usize> {
    for at in start..start + 4 {
        let word = reading.after(at)?;
        match name_end.get(at) {
            Some(&end) if end > at => return Some(after_place_word(reading, end)),
            _ => {}
        }
        let leads = determiner(&word.lower).is_some() || is_modifier(word) || word.text.ends_with("ed");
        if !leads {
            return None;
        }
    }
    None
}

/// The end of the noun phrase at `start` that is short and clear: "its anti-terrorist department", "state".
fn noun_complement(reading: &Reading, start: usize) -> Option<usize> {
    let first =
        if reading.after(start).is_some_and(|w| determiner(&w.lower).is_some()) { start + 1 } else { start };
    for at in first..first + 4 {
        let word = reading.after(at).filter(|w| w.shape == Shape::Lower && !LEXICON.is_function(&w.lower))?;
        let noun_follows = reading.after(at + 1).is_some_and(|w| head(w).is_some());
        if head(word).is_some() && !noun_follows {
            let more =
                reading.after(at + 1).filter(|w| w.is("of")).and_then(|_| noun_complement(reading, at + 2));
            return Some(more.unwrap_or(at + 1));
        }
        if !is_modifier(word) {
            let closed = reading
                .after(at + 1)
                .is_none_or(|w| w.shape == Shape::Mark || LEXICON.is_function(&w.lower) || w.is_capital());
            let more =
                reading.after(at + 1).filter(|w| w.is("of")).and_then(|_| noun_complement(reading, at + 2));
            return more.or(closed.then_some(at + 1));
        }
    }
    None
}

/// The end of the members that a group lists: "countries also including Ruritania, Karsovia and Velm".
fn after_members(reading: &Reading, name_end: &[usize], end: usize) -> Option<usize> {
    let skip = |at: usize, words: &[&str]| {
        if reading.after(at).is_some_and(|w| words.contains(&w.text)) { at + 1 } else { at }
    };
    let mut at = skip(skip(end, &[","]), &["also"]);
    reading.after(at).filter(|w| w.is("including"))?;
    at += 1;
    let mut last = None;
    for _ in 0..12 {
        let name = skip(skip(skip(at, &[","]), &["and"]), &["the"]);
        let Some(next) =
            name_end.get(name).copied().filter(|&next| next > name && (last.is_none() || name > at))
        else {
            break;
        };
        last = Some(next);
        at = next;
    }
    last
}

/// The end of a name with the common noun that says what it is: "the occupied Karsovia region".
fn after_place_word(reading: &Reading, end: usize) -> usize {
    let follows = reading.after(end).is_some_and(|w| w.shape == Shape::Lower && LEXICON.ends_place(w.text));
    if follows { end + 1 } else { end }
}
