//! Facts compared, the timeline, and what only one report has.

use parallax_model::Agreement;

use super::super::labels::{self, count, date};
use super::super::reading::{Only, Reading, SharedFact, Stated, ValueGroup, cut};
use super::and_more;
use super::sheet::{Ink, Sheet, Words, ink};

const MOST_DISPUTED: usize = 10;
const MOST_AGREED: usize = 6;
const MOST_EVENTS: usize = 12;
const MOST_ALONE: usize = 3;

/// Facts that several reports carry: conflicts first, each value with its reports and the origins behind it.
pub(super) fn facts(reading: &Reading<'_>, sheet: &mut Sheet) {
    let facts = || reading.facts.iter().filter(|fact| !fact.is_saying);
    let of = |agreement| facts().filter(|f| f.fact.agreement == agreement).count();
    let counted = format!(
        "{} in conflict · {} differ · {} agree",
        of(Agreement::Conflict),
        of(Agreement::Differ),
        of(Agreement::Agree),
    );
    sheet.heading("Facts", &counted);
    let (disputed, agreed): (Vec<_>, Vec<_>) = facts().partition(|f| f.fact.agreement != Agreement::Agree);
    for fact in disputed.iter().take(MOST_DISPUTED) {
        compared(reading, fact, sheet);
    }
    and_more(sheet, MOST_DISPUTED, disputed.len());
    for fact in agreed.iter().take(MOST_AGREED) {
        compared(reading, fact, sheet);
    }
    and_more(sheet, MOST_AGREED, agreed.len());
}

fn compared(reading: &Reading<'_>, shared: &SharedFact<'_>, sheet: &mut Sheet) {
    let agreement = shared.fact.agreement;
    let tone = match agreement {
        Agreement::Conflict | Agreement::Differ => Ink::Alert,
        Agreement::Agree | Agreement::Single => Ink::Calm,
    };
    let label = format!("{:<9} ", labels::agreement(agreement));
    let mut words = vec![ink(tone, label)];
    words.extend(in_its_sentence(reading.stated(shared.fact), 200));
    if shared.groups.len() == 1 {
        words.push(ink(Ink::Plain, "  "));
        words.extend(shared.groups.iter().flat_map(|group| behind(reading, group)));
    }
    sheet.wrapped("  ", 12, &words);
    if shared.groups.len() == 1 && agreement != Agreement::Agree {
        sheet.wrapped("            ", 12, &[ink(Ink::Faint, shared.fact.explanation.as_str())]);
    }
    if shared.groups.len() > 1 {
        for group in &shared.groups {
            let value = group.value.as_deref().unwrap_or("no figure");
            let mut words = vec![ink(Ink::Strong, value), ink(Ink::Plain, "  ")];
            words.extend(behind(reading, group));
            sheet.wrapped("            ", 14, &words);
        }
    }
}

/// The reports of a value and how many independent origins they stand for.
fn behind<'a>(reading: &Reading<'_>, group: &ValueGroup<'_>) -> [Words<'a>; 2] {
    let letters = reading.letters(group.articles()).join(" ");
    let origins = count(group.origins, "independent origin", "independent origins");
    [ink(Ink::Letter, letters), ink(Ink::Faint, format!("  reported by {origins}"))]
}

/// Dated events in the order of time.
pub(super) fn timeline(reading: &Reading<'_>, sheet: &mut Sheet) {
    let events = &reading.comparison.timeline;
    sheet.heading("Timeline", &count(events.len(), "dated event", "dated events"));
    let mut before = "";
    for event in events.iter().take(MOST_EVENTS) {
        let day = if event.date == before { String::new() } else { date(&event.date) };
        before = &event.date;
        let letters = reading.letters(event.reports.iter().map(|place| place.article)).join(" ");
        let lead = format!("  {day:<18} ");
        let statement = in_its_sentence(reading.happened(event), 140);
        let reported_by = [ink(Ink::Plain, "  "), ink(Ink::Letter, letters)];
        sheet.wrapped(&lead, 21, &[&statement[..], &reported_by].concat());
    }
    and_more(sheet, MOST_EVENTS, events.len());
}

/// What each report has alone: how much, and the first of it.
pub(super) fn only(reading: &Reading<'_>, sheet: &mut Sheet) {
    sheet.heading("Only in one report", "");
    for (report, only) in reading.reports.iter().zip(&reading.only) {
        let counted = format!(
            "  {} of {} sentences · {} · {}",
            only.sentences,
            only.of_sentences,
            count(only.sayings.len(), "saying", "sayings"),
            count(only.facts.len(), "fact", "facts"),
        );
        let letter = format!("{:<2} ", report.letter);
        sheet.wrapped(
            "  ",
            5,
            &[ink(Ink::Letter, letter), ink(Ink::Strong, report.name), ink(Ink::Faint, counted)],
        );
        top(reading, only, sheet);
    }
}

fn top(reading: &Reading<'_>, only: &Only<'_>, sheet: &mut Sheet) {
    for saying in only.sayings.iter().filter(|s| s.kind.is_quoted()).take(MOST_ALONE) {
        let speaker = saying.speaker.unwrap_or(labels::NO_SPEAKER);
        let words = format!("{speaker}: “{}”", cut(&saying.words, 140));
        sheet.wrapped("     · ", 7, &[ink(Ink::Plain, words)]);
    }
    for (_, fact) in only.facts.iter().take(MOST_ALONE) {
        sheet.wrapped("     · ", 7, &in_its_sentence(reading.stated(fact), 140));
    }
}

/// A statement of at most so many characters, with what stands beside it; what follows words that are cut off is left out.
fn in_its_sentence<'a>(stated: Stated, most: usize) -> [Words<'a>; 3] {
    let words = cut(&stated.words, most);
    let after = if words == stated.words { stated.after } else { String::new() };
    [ink(Ink::Faint, stated.before), ink(Ink::Plain, words), ink(Ink::Faint, after)]
}
