//! Noun phrases beside a verb, read without a parser.

use std::ops::Range;

use super::line::{Item, ItemKind};

/// A noun phrase is not looked for over more items than this.
const LONGEST: usize = 24;

/// The noun phrase that ends before the item at `end`, not reaching before `start`: of "in Oslo the mayor of Lund", "the mayor
/// of Lund".
pub(super) fn before(items: &[Item], start: usize, end: usize) -> Option<Range<usize>> {
    let last = end.checked_sub(1).filter(|&last| last >= start)?;
    let head = items.get(last)?;
    if head.is_word() && head.classes.is_subject_pronoun() {
        return (!head.classes.is_relative()).then_some(last..end);
    }
    let run = head_run(items, start, end)?;
    Some(with_coordination(items, start, with_genitive_or_modified(items, start, run)))
}

/// The words up to a determiner, preposition, conjunction or mark.
fn head_run(items: &[Item], start: usize, end: usize) -> Option<Range<usize>> {
    let mut first = end;
    while first > start && end - first < LONGEST {
        let item = &items[first - 1];
        if item.kind == ItemKind::Mark
            && !is_abbreviation_point(items, first - 1, start)
            && !item.is_mark("-")
        {
            break;
        }
        if item.quoted().is_some() || item.is_word() && !item.capital && ends_run(item) {
            break;
        }
        if item.is_word()
            && (item.classes.is_conjunction() || item.classes.is_preposition())
            && !joins_name(items, first - 1)
        {
            break;
        }
        first -= 1;
        if item.is_word() && item.classes.is_determiner() {
            break;
        }
    }
    while first < end
        && (items[first].classes.is_time_word() || items[first].classes.is_adverb() || is_mark(&items[first]))
    {
        first += 1;
    }
    let named =
        items.get(first..end)?.iter().any(|i| i.is_word() && !i.classes.is_determiner() || is_counted(i));
    (first < end && named).then_some(first..end)
}

fn is_counted(item: &Item) -> bool {
    item.is_word()
        && matches!(
            item.lower(),
            "many" | "most" | "some" | "others" | "both" | "all" | "several" | "few" | "another" | "one"
        )
}

fn is_mark(item: &Item) -> bool {
    item.kind == ItemKind::Mark
}

/// A verb or other word that no noun phrase holds.
fn ends_run(word: &Item) -> bool {
    let classes = word.classes;
    classes.is_auxiliary()
        || classes.is_relative() && word.lower() != "that"
        || classes.is_subject_pronoun() && !classes.is_determiner()
}

/// The point of "Mr." or "J.".
fn is_abbreviation_point(items: &[Item], index: usize, start: usize) -> bool {
    items[index].is_mark(".")
        && index > start
        && items[index - 1].capital
        && items[index - 1].span.len() <= 4
        && items[index - 1].span.end == items[index].span.start
}

/// "of" in "Bank of Norrland", between capitals.
fn joins_name(items: &[Item], index: usize) -> bool {
    items[index].lower() == "of"
        && index > 0
        && items[index - 1].capital
        && items.get(index + 1).is_some_and(|i| i.capital)
}

/// Takes in the words that a preposition hangs the phrase on: "a spokesman for | the ministry".
fn with_genitive_or_modified(items: &[Item], start: usize, run: Range<usize>) -> Range<usize> {
    let Some(link) = run.start.checked_sub(1).filter(|&l| l > start) else { return run };
    if !matches!(items[link].lower(), "of" | "for" | "from" | "at" | "in" | "with" | "on") {
        return run;
    }
    if items[run.clone()].iter().any(|i| i.classes.is_time_word()) {
        return run;
    }
    match head_run(items, start, link) {
        Some(head)
            if !items[head.end - 1].capital
                || items[link].lower() == "of"
                || items[link].lower() == "from" =>
        {
            if items[head.clone()].iter().any(|i| {
                i.verb.is_some() && !i.capital && head.len() > 1 && !items[head.start].classes.is_determiner()
            }) {
                return run;
            }
            with_genitive_or_modified(items, start, head.start..run.end)
        }
        _ => run,
    }
}

/// Takes in what "and" joins to the phrase: "Ada Voss and | Jon Lund".
fn with_coordination(items: &[Item], start: usize, run: Range<usize>) -> Range<usize> {
    let Some(link) = run.start.checked_sub(1).filter(|&l| l > start) else { return run };
    if items[link].lower() != "and" || !items[link - 1].is_word() && items[link - 1].kind != ItemKind::Mark {
        return run;
    }
    match head_run(items, start, link) {
        Some(head) if items[head.end - 1].capital && items[run.end - 1].capital => {
            with_coordination(items, start, head.start..run.end)
        }
        _ => run,
    }
}

/// The noun phrase that begins at `start`, not reaching to `end`: of "Ada Voss, the mayor, on Monday", "Ada Voss".
pub(super) fn after(items: &[Item], start: usize, end: usize) -> Option<Range<usize>> {
    let first = items.get(start).filter(|_| start < end)?;
    if first.is_word() && first.classes.is_subject_pronoun() && !first.classes.is_determiner() {
        return (!first.classes.is_relative()).then_some(start..start + 1);
    }
    if !(first.is_word() || first.quoted().is_some() || first.kind == ItemKind::Number)
        || first.classes.is_preposition()
    {
        return None;
    }
    let mut last = start;
    while last < end.min(start + LONGEST) && continues(items, start, last) {
        last += 1;
    }
    while last > start + 1 && is_loose_end(&items[last - 1]) {
        last -= 1;
    }
    let named =
        items.get(start..last)?.iter().any(|i| i.is_word() && !i.classes.is_determiner() || is_counted(i));
    named.then_some(start..last)
}

/// What a noun phrase does not end with: a mark, a joining word, "the statement | released".
fn is_loose_end(item: &Item) -> bool {
    is_mark(item)
        || item.classes.is_preposition()
        || item.lower() == "and"
        || !item.capital && item.lower().ends_with("ed")
}

/// Whether the item at `index` belongs to the noun phrase that begins at `start`.
fn continues(items: &[Item], start: usize, index: usize) -> bool {
    let item = &items[index];
    match item.kind {
        ItemKind::Mark => {
            item.is_mark("-")
                || is_abbreviation_point(items, index, start)
                    && items.get(index + 1).is_some_and(|i| i.capital)
        }
        ItemKind::Number | ItemKind::Quoted(_) => true,
        ItemKind::Word => word_continues(items, start, index),
    }
}

fn word_continues(items: &[Item], start: usize, index: usize) -> bool {
    let item = &items[index];
    let next_capital = items.get(index + 1).is_some_and(|i| i.capital);
    if item.lower() == "and" {
        return index > start && next_capital && items[index - 1].capital;
    }
    if matches!(item.lower(), "of" | "for" | "at" | "from" | "with") {
        let next = items.get(index + 1);
        return index > start && next.is_some_and(|i| i.is_word() && !i.classes.is_time_word());
    }
    if index > start && item.classes.is_time_word() && !(item.capital && items[index - 1].lower() == "of") {
        return index == start + 1 && modifies(items, start, index);
    }
    let stops = item.classes.is_preposition()
        || item.classes.is_conjunction() && !item.classes.is_determiner()
        || item.classes.is_auxiliary()
        || item.classes.is_relative() && index > start
        || item.classes.is_object_pronoun() && !item.classes.is_determiner()
        || !item.capital && item.verb.is_some() && index > start
        || item.classes.is_adverb() && index > start
        || item.lower().ends_with("ly") && !item.capital && index > start
        || index > start && is_past_after_name(items, index);
    !stops
}

/// "a Wednesday editorial": a day between a determiner and its noun.
fn modifies(items: &[Item], start: usize, index: usize) -> bool {
    let noun = items.get(index + 1).is_some_and(|i| {
        i.is_word()
            && !i.capital
            && i.verb.is_none()
            && !i.classes.is_preposition()
            && !i.classes.is_conjunction()
    });
    items[index].capital && noun && matches!(items[start].lower(), "a" | "an" | "the")
}

/// "Voss | attacked the plan": a past tense right behind a name.
fn is_past_after_name(items: &[Item], index: usize) -> bool {
    let (name, item) = (&items[index - 1], &items[index]);
    name.capital
        && name.is_word()
        && !name.classes.is_determiner()
        && !item.capital
        && item.lower().ends_with("ed")
}
