//! Which stretches of an article are dated, and how.

use parallax_model::{Document, QuotationKind, Span, TimeExpression};

use crate::facts::clause::{can_state, clauses_of};
use crate::temporal::times_around;

/// "Later" reaches back to a day named at most this many sentences ago.
const REACH: usize = 8;
/// A part of a clause with no more words states nothing on its own.
const FEWEST_WORDS: usize = 4;

/// The dated stretches of an article with their dates, by position; `anchor` stands for an unknown day of publication.
pub(super) fn dated(document: &Document, anchor: Option<&str>) -> Vec<(String, Span)> {
    let own = document.article.published.as_deref();
    let times = match own {
        Some(_) => document.times.clone(),
        None => times_around(document.text(), &document.segments, anchor),
    };
    let mut found = Vec::new();
    let mut day: Option<(usize, String)> = None;
    for index in 0..document.segments.sentences.len() {
        let sentence = document.segments.sentences[index].span;
        let here = within(&times, sentence);
        if !may_tell(document, sentence) {
            continue;
        }
        let events = here.iter().filter(|time| dates_event(document, index, time));
        found.extend(events.map(|time| (time.date.clone(), stretch(document, index, time, here))));
        if here.is_empty()
            && let Some((named, date)) = day.as_ref().filter(|_| continues(document, index))
            && index - named <= REACH
        {
            found.push((date.clone(), sentence));
        }
        if let Some(time) = here.iter().find(|time| time.date.len() == 10 && !is_ahead(time, own.or(anchor)))
        {
            day = Some((index, time.date.clone()));
        }
    }
    found
}

/// Furniture states no events of the story, but a caption says what its picture shows and when.
fn may_tell(document: &Document, sentence: Span) -> bool {
    !document.is_boilerplate(sentence)
        || document.boilerplate.iter().any(|b| b.span.overlaps(sentence) && b.kind.contains("caption"))
}

/// Whether a time says when something happened: a dateline and a date line tell when the report was written, and who says
/// "tonight" speaks of no event.
fn dates_event(document: &Document, index: usize, time: &TimeExpression) -> bool {
    let is_passing = time.relative && time.date.len() == "YYYY-MM-DD".len() && is_quoted(document, time.span);
    !is_passing && !is_dateline(document, index, time)
}

fn is_quoted(document: &Document, span: Span) -> bool {
    document
        .quotations
        .iter()
        .filter(|quotation| quotation.kind == QuotationKind::Direct)
        .any(|quotation| quotation.spans.iter().any(|part| part.contains(span)))
}

/// Whether the sentence is hardly more than the time, or the stretch around it names a place in capitals and states nothing.
fn is_dateline(document: &Document, index: usize, time: &TimeExpression) -> bool {
    let Some(sentence) = document.segments.sentences.get(index) else { return false };
    let clauses = clauses_of(document, index);
    let clause =
        clauses.iter().find(|clause| clause.span.overlaps(time.span)).map_or(sentence.span, |c| c.span);
    let first = document.segments.tokens_in(clause).first().map(|token| token.span.of(document.text()));
    let opens_with_place = first.is_some_and(|word| word.len() > 2 && word.chars().all(char::is_uppercase));
    let is_date_line = 10 * time.span.len() >= 7 * sentence.span.len();
    is_date_line || opens_with_place && !can_state(document, clause)
}

fn within(times: &[TimeExpression], sentence: Span) -> &[TimeExpression] {
    let first = times.partition_point(|time| time.span.start < sentence.start);
    let end = times.partition_point(|time| time.span.start < sentence.end);
    &times[first..end.max(first)]
}

/// The sentence where it has one time, or where its clause is no more than the time ("starting Wednesday"); else the clause of this one, and where
/// several share that, the part that ends with it.
fn stretch(document: &Document, index: usize, time: &TimeExpression, all: &[TimeExpression]) -> Span {
    let sentence = document.segments.sentences[index].span;
    if all.len() == 1 {
        return sentence;
    }
    let clauses = clauses_of(document, index);
    let clause =
        clauses.iter().find(|clause| clause.span.overlaps(time.span)).map_or(sentence, |clause| clause.span);
    let clause = clause.join(time.span);
    let before = all.iter().rfind(|other| other.span.end <= time.span.start && clause.overlaps(other.span));
    let alone = !all.iter().any(|other| other.span.start >= time.span.end && clause.overlaps(other.span));
    let start = before.map_or(clause.start, |other| other.span.end);
    let part = Span::new(start, if alone { clause.end } else { time.span.end });
    let is_enough = |span: Span| document.segments.tokens_in(span).len() > FEWEST_WORDS;
    match () {
        () if is_enough(part) => part.trimmed(document.text()),
        () if is_enough(clause) => clause,
        () => sentence,
    }
}

/// Whether a sentence goes on with what happened on the same day.
fn continues(document: &Document, index: usize) -> bool {
    const CONTINUATIONS: [&str; 4] = ["later", "earlier", "meanwhile", "afterwards"];
    // "Later this week", "days later", "no later than" do not.
    const OTHER_BEFORE: [&str; 12] =
        ["days", "day", "weeks", "week", "months", "month", "years", "year", "no", "much", "sooner", "hours"];
    const OTHER_AFTER: [&str; 6] = ["this", "than", "in", "on", "next", "stage"];
    let text = document.text();
    let words: Vec<String> =
        document.segments.tokens_of(index).iter().map(|t| t.span.of(text).to_lowercase()).collect();
    words.iter().enumerate().any(|(at, word)| {
        let before =
            at.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| OTHER_BEFORE.contains(&w.as_str()));
        let after = words.get(at + 1).is_some_and(|w| OTHER_AFTER.contains(&w.as_str()));
        CONTINUATIONS.contains(&word.as_str()) && !before && !after
    })
}

/// Whether a time lies after the day of the report; dates in this form compare as text.
fn is_ahead(time: &TimeExpression, report: Option<&str>) -> bool {
    report.and_then(|day| day.get(..10)).is_some_and(|day| time.date.as_str() > day)
}
