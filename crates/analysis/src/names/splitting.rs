//! A run of capitalised words, split into title, role and the name itself.

use std::ops::Range;

use parallax_model::EntityKind;

use super::lexicon::{Collective, LEXICON};
use super::reading::{Reading, Shape, Word};
use super::role::Role;
use super::spotting::ProperName;

/// Splits a run into title, role and name, and adds what it holds.
pub(super) fn split_run(reading: &Reading, run: Range<usize>, names: &mut Vec<ProperName>) {
    let Some(last) = reading.get(run.end - 1) else { return };
    let body_of = reading.get(run.start).is_some_and(|w| LEXICON.heads_organisation(w.text));
    if LEXICON.is_event_word(last.text) && run.len() > 1 && !body_of {
        names.extend(leading_place(reading, &run));
        return;
    }
    if let Some(cut) = office_before_person(reading, &run) {
        split_run(reading, run.start..cut, names);
        split_run(reading, cut..run.end, names);
        return;
    }
    let closes_body = LEXICON.is_organisation_word(last.text) || LEXICON.ends_place(last.text);
    let role = if closes_body { None } else { leading_role(reading, &run) };
    let mut core = role.as_ref().map_or(run.start, |(_, cut)| *cut)..run.end;
    let mut name = ProperName::new(core.clone(), None);
    while let Some(title) =
        reading.get(core.start).and_then(|w| LEXICON.title(w.text)).filter(|_| core.len() > 1)
    {
        name.titled = true;
        name.gender = name.gender.or(title);
        core.start += 1;
    }
    core.start = without_adjective(reading, &core, closes_body);
    core.start = without_opening(reading, &core);
    let ends_in_role = ends_in_role(reading, &core, last);
    if core.is_empty() || ends_in_role || is_adjective(reading.slice(&core)) {
        let before = if ends_in_role { run.start..core.end - 1 } else { run.start..core.start };
        names.extend(leading_place(reading, &before).or_else(|| body_before_role(reading, &before)));
        return;
    }
    name.phrase = run.start..after_party(reading, run.end);
    name.kind = kind_by_words(reading, &core);
    if role.is_none() && !name.titled {
        core.end = after_place_noun(reading, &core, &mut name);
    }
    name.core = core;
    if let Some((role, _)) = role {
        name.kind = Some(EntityKind::Person);
        name.gender = name.gender.or(role.gender);
        let before = run.start..role.range.start.max(run.start);
        name.roles.push(role);
        names.push(name);
        names.extend(body_before_role(reading, &before));
    } else {
        if name.titled {
            name.kind = Some(EntityKind::Person);
        }
        names.push(name);
    }
}

/// Whether what seems a name is the title of an office with nobody's name: "Home Secretary", "Museum of Tides Director".
fn ends_in_role(reading: &Reading, core: &Range<usize>, last: &Word) -> bool {
    let given = reading.get(core.start).is_some_and(|w| LEXICON.given_name(w.text).is_some());
    let office = LEXICON.role(&last.lower).is_some_and(|role| !role.plural) && !given;
    let before = core.start..core.end.saturating_sub(1);
    let is = |at: usize, test: &dyn Fn(&Word) -> bool| reading.get(at).is_some_and(test);
    let body = |w: &Word| LEXICON.is_organisation_word(w.text);
    let modifies = |w: &Word| {
        LEXICON.is_common(&w.lower)
            || LEXICON.is_known_place(w.text)
            || body(w)
            || w.shape == Shape::Acronym
            || LEXICON.role(&w.lower).is_some()
    };
    let alone = core.len() == 1 && (reading.is_common(last) || last.shape == Shape::Acronym);
    let titled = core.len() > 1 && before.clone().all(|at| is(at, &modifies));
    office && (alone || titled || before.clone().any(|at| is(at, &body)))
}

/// The end of the phrase after the party and seat in parentheses that follow a politician's name: "(D-Va.)".
fn after_party(reading: &Reading, end: usize) -> usize {
    if !reading.after(end).is_some_and(|w| w.is("("))
        || !reading.after(end + 1).is_some_and(|w| w.text.contains('-'))
    {
        return end;
    }
    (end + 2..end + 5).find(|&at| reading.after(at).is_some_and(|w| w.is(")"))).map_or(end, |close| close + 1)
}

/// The end of a place's name with the common noun after it: "Karsovia region", "Velm nuclear power plant".
fn after_place_noun(reading: &Reading, core: &Range<usize>, name: &mut ProperName) -> usize {
    let noun = |at: usize| reading.after(at).filter(|w| w.shape == Shape::Lower);
    let mut at = core.end;
    while at < core.end + 2 && noun(at).is_some_and(|w| LEXICON.is_modifier(&w.lower) || w.is("power")) {
        at += 1;
    }
    let closes = noun(at).is_some_and(|w| LEXICON.ends_place(w.text))
        && noun(at + 1).is_none_or(|w| LEXICON.role(&w.lower).is_none());
    let place = closes && !matches!(name.kind, Some(EntityKind::Organisation | EntityKind::Group));
    if !place {
        return core.end;
    }
    name.kind = Some(EntityKind::Place);
    name.phrase.end = name.phrase.end.max(at + 1);
    at + 1
}

/// The country or place with which a run begins whose rest is no name.
fn leading_place(reading: &Reading, run: &Range<usize>) -> Option<ProperName> {
    let end = (run.start + 1..=run.end)
        .rev()
        .find(|&end| LEXICON.is_known_place(reading.slice(&(run.start..end))))?;
    Some(ProperName::new(run.start..end, Some(EntityKind::Place)))
}

/// The office, country or body named before a role, where there is one: "Bank of ..." in "Bank of ... Governor".
fn body_before_role(reading: &Reading, before: &Range<usize>) -> Option<ProperName> {
    let name = before.start..before.end;
    if name.is_empty() {
        return None;
    }
    let kind = kind_by_words(reading, &name)?;
    Some(ProperName::new(name, Some(kind)))
}

/// Where a person's name begins after an acronym that belongs to the words before: "director of the NWA | Ada Osei".
fn office_before_person(reading: &Reading, run: &Range<usize>) -> Option<usize> {
    let first = reading.get(run.start)?;
    let governed = reading.before(run.start).is_some_and(|w| matches!(w.text, "the" | "of" | "at" | "for"));
    let person = |at: usize| {
        reading.get(at).is_some_and(|w| {
            w.shape == Shape::Capital
                && !LEXICON.is_organisation_word(w.text)
                && LEXICON.role(&w.lower).is_none()
        })
    };
    let splits =
        first.shape == Shape::Acronym && governed && run.len() >= 3 && (run.start + 1..run.end).all(person);
    splits.then_some(run.start + 1)
}

/// The role with which a run begins, and where the name begins after it.
fn leading_role(reading: &Reading, run: &Range<usize>) -> Option<(Role, usize)> {
    let mut found = None;
    let mut at = run.start;
    while at + 1 < run.end {
        let word = reading.get(at)?;
        if LEXICON.role(&word.lower).is_some_and(|role| !role.plural) {
            let cut = after_portfolio(reading, at + 1, run.end);
            if cut < run.end && !is_suffix(reading, cut) {
                found = Some((at, cut));
                at = cut;
                continue;
            }
        }
        at += 1;
    }
    let (head, cut) = found?;
    let start = role_start(reading, run.start, head);
    Some((Role::read(reading, start..cut, head), cut))
}

/// Where the words of the role begin: after the name of the body, if any, that stands first.
fn role_start(reading: &Reading, start: usize, head: usize) -> usize {
    (start..head)
        .rev()
        .find(|&at| {
            reading
                .get(at)
                .is_some_and(|w| LEXICON.is_organisation_word(w.text) && !LEXICON.is_modifier(&w.lower))
        })
        .map_or(start, |_| start)
}

/// The end of "of State", "of the Ruritanian Navy" after a role, before the name.
fn after_portfolio(reading: &Reading, at: usize, end: usize) -> usize {
    if !reading.get(at).is_some_and(|w| w.is("of") || w.is("for")) {
        return at;
    }
    let mut at = at + 1;
    while at < end
        && reading.get(at).is_some_and(|w| {
            w.is("the")
                || w.is("and")
                || reading.is_common(w)
                || LEXICON.is_known_place(w.text)
                || w.shape == Shape::Acronym
                || LEXICON.is_organisation_word(w.text)
                || LEXICON.country_of_adjective(w.text).is_some()
                || matches!(
                    w.text,
                    "State" | "Defence" | "Defense" | "Education" | "Interior" | "Homeland" | "House"
                )
        })
    {
        at += 1;
    }
    at
}

fn is_suffix(reading: &Reading, at: usize) -> bool {
    reading.get(at).is_some_and(|w| matches!(w.text.trim_end_matches('.'), "Jr" | "Sr" | "II" | "III" | "IV"))
}

/// The start of the name without the adjective of a country before it; those of bodies and places keep theirs.
fn without_adjective(reading: &Reading, core: &Range<usize>, closes_body: bool) -> usize {
    if closes_body
        || (core.start..core.end)
            .any(|at| reading.get(at).is_some_and(|w| LEXICON.is_organisation_word(w.text)))
    {
        return core.start;
    }
    if LEXICON.is_known_place(reading.slice(core)) {
        return core.start;
    }
    let longest = (core.start + 1..core.end.min(core.start + 3)).rev();
    longest.into_iter().find(|&end| is_adjective(reading.slice(&(core.start..end)))).unwrap_or(core.start)
}

/// The start of the name without everyday words that only open the sentence: "Former | Ada Osei".
fn without_opening(reading: &Reading, core: &Range<usize>) -> usize {
    let opens = |at: usize| {
        reading.get(at).is_some_and(|w| {
            w.capital_is_free
                && LEXICON.is_modifier(&w.lower)
                && !matches!(w.text, "New" | "South" | "North" | "West" | "East")
        })
    };
    let closes_body = (core.start..core.end)
        .any(|at| reading.get(at).is_some_and(|w| LEXICON.is_organisation_word(w.text)));
    if closes_body { core.start } else { (core.start..core.end).find(|&at| !opens(at)).unwrap_or(core.end) }
}

/// Whether `words` are the adjective of a country and not its name.
fn is_adjective(words: &str) -> bool {
    LEXICON.country_of_adjective(words).is_some() && !LEXICON.is_known_place(words)
}

/// What a name is by its own words alone.
fn kind_by_words(reading: &Reading, core: &Range<usize>) -> Option<EntityKind> {
    let words = reading.words.get(core.clone())?;
    let (first, last) = (words.first()?, words.last()?);
    let text = reading.slice(core);
    if LEXICON.is_known_place(text) || LEXICON.is_known_place(text.trim_start_matches("the ")) {
        return Some(EntityKind::Place);
    }
    if LEXICON.country_of_people(text).is_some() {
        return Some(EntityKind::Group);
    }
    if words.len() > 1 && (LEXICON.ends_place(last.text) || LEXICON.begins_place(first.text)) {
        return Some(EntityKind::Place);
    }
    let organisation = words.iter().any(|w| LEXICON.is_organisation_word(w.text) || w.is("&"));
    if words.len() > 1 && LEXICON.given_name(first.text).is_some() && !LEXICON.is_organisation_word(last.text)
    {
        return Some(EntityKind::Person);
    }
    let compass = matches!(
        first.text,
        "North"
            | "South"
            | "East"
            | "West"
            | "Northern"
            | "Southern"
            | "Eastern"
            | "Western"
            | "Central"
            | "Greater"
    );
    if compass && words.len() > 1 && LEXICON.is_known_place(reading.slice(&(core.start + 1..core.end))) {
        return Some(EntityKind::Place);
    }
    if LEXICON.is_known_organisation(text) {
        return Some(EntityKind::Organisation);
    }
    let people = LEXICON.collective(&last.lower) == Some(Collective::Plural)
        || LEXICON.role(&last.lower).is_some_and(|role| role.plural);
    if people {
        return Some(EntityKind::Group);
    }
    let camel = |w: &Word| {
        w.shape == Shape::Capital
            && w.text
                .chars()
                .skip(1)
                .zip(w.text.chars())
                .any(|(c, before)| c.is_uppercase() && before.is_lowercase())
            && !w.text.starts_with("Mc")
            && !w.text.starts_with("Mac")
            && !w.text.contains('-')
    };
    let everyday = words.len() > 1 && words.iter().all(|w| LEXICON.is_common(&w.lower));
    let acronym = words.len() == 1 && (last.shape == Shape::Acronym || camel(last)) || everyday;
    let institution = words.len() == 1 && LEXICON.is_institution(&last.lower);
    (organisation || acronym || institution).then_some(EntityKind::Organisation)
}
