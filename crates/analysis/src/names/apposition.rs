//! Names and descriptions that stand side by side for one person: "the mayor, Ada Osei", "Ada Osei, the mayor,".

use std::collections::HashMap;

use parallax_model::EntityKind;

use super::lexicon::LEXICON;
use super::phrase::{Determiner, Head, NounPhrase, possessor};
use super::reading::{Reading, Shape};
use super::spotting::ProperName;

/// A description with the name that it stands beside, if any.
#[derive(Debug, Clone)]
pub(super) struct Description {
    /// The noun phrase.
    pub(super) phrase: NounPhrase,
    /// Index of the name in apposition.
    pub(super) name: Option<usize>,
}

/// Joins names with the descriptions beside them: those before a name become part of its phrase, those after it stand beside
/// it; the others are returned as they are.
pub(super) fn join_appositions(
    reading: &Reading,
    names: &mut [ProperName],
    phrases: Vec<NounPhrase>,
) -> Vec<Description> {
    let starts: HashMap<usize, usize> = names.iter().enumerate().map(|(i, n)| (n.phrase.start, i)).collect();
    let ends: HashMap<usize, usize> = names.iter().enumerate().map(|(i, n)| (n.core.end, i)).collect();
    let mut descriptions = Vec::new();
    for phrase in phrases {
        if let Some(&name) = named_after(reading, &starts, &phrase).filter(|&&i| names[i].may_be_person()) {
            let apart = reading.after(phrase.range.end).is_some_and(|w| w.is(","));
            names[name].phrase.start = names[name].phrase.start.min(phrase.range.start);
            take_role(&mut names[name], phrase.clone());
            if apart {
                descriptions.push(Description { phrase, name: Some(name) });
            }
            continue;
        }
        let beside = named_before(reading, &ends, &phrase).copied().filter(|&i| names[i].may_be_person());
        if let Some(name) = beside {
            take_role(&mut names[name], phrase.clone());
        }
        if phrase.determiner != Determiner::Bare || phrase.head != Head::Person || beside.is_some() {
            descriptions.push(Description { phrase, name: beside });
        }
    }
    names.iter_mut().for_each(|name| take_possessor(reading, name));
    descriptions
}

fn take_role(name: &mut ProperName, phrase: NounPhrase) {
    name.kind = Some(EntityKind::Person);
    name.gender = name.gender.or(phrase.role.gender);
    name.roles.push(phrase.role);
}

/// The name that follows the phrase: at once, or after a comma where the phrase is definite or opens the sentence.
fn named_after<'a>(
    reading: &Reading,
    starts: &'a HashMap<usize, usize>,
    phrase: &NounPhrase,
) -> Option<&'a usize> {
    if phrase.head != Head::Person || phrase.determiner == Determiner::Indefinite {
        return None;
    }
    let end = phrase.range.end;
    let next = reading.after(end)?;
    if !next.is(",") {
        return starts.get(&end);
    }
    let opens = reading.before(phrase.range.start).is_none_or(|w| w.shape == Shape::Mark);
    let definite = phrase.determiner != Determiner::Bare || opens;
    reading.after(end + 1).filter(|_| definite)?;
    starts.get(&(end + 1))
}

/// The name before the phrase and a comma, with an age between them or not; a mark must close the phrase.
fn named_before<'a>(
    reading: &Reading,
    ends: &'a HashMap<usize, usize>,
    phrase: &NounPhrase,
) -> Option<&'a usize> {
    let closed =
        reading.after(phrase.range.end).is_none_or(|w| w.shape == Shape::Mark || w.is("who") || w.is("and"));
    if phrase.head != Head::Person || !closed {
        return None;
    }
    let mut at = phrase.range.start;
    reading.before(at).filter(|w| w.is(","))?;
    at -= 1;
    if reading.before(at).is_some_and(|w| w.shape == Shape::Number)
        && at >= 2
        && reading.before(at - 1).is_some_and(|w| w.is(","))
    {
        at -= 2;
    }
    ends.get(&at)
}

/// Takes the genitive before a name into its phrase: "Ruritania's Ada Osei".
fn take_possessor(reading: &Reading, name: &mut ProperName) {
    let start = name.phrase.start;
    let genitive = reading.before(start).is_some_and(|w| w.shape == Shape::Genitive);
    if !genitive || !name.may_be_person() || start == 0 {
        return;
    }
    let from = possessor(reading, start - 1);
    let country = LEXICON.country(reading.slice(&(from..start - 1)));
    if country.is_some() {
        name.phrase.start = from;
        name.roles.iter_mut().for_each(|role| role.country = role.country.or(country));
    }
}
