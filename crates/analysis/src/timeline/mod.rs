//! Dated events, in the order of time.
//!
//! A sentence that gives a date states an event; its clause with the date is the report. A sentence without one that goes on
//! with "later", "earlier" or "meanwhile" happens on the day that its article spoke of last. Reports of one date that say the
//! same about the same entities are one event.

mod dating;
mod merge;
mod touch;

use parallax_model::{Document, Entity, Event, Span};

use crate::embedding::Lexicon;
use crate::facts::wording::{Context, wording};
use crate::temporal::story_day;
use touch::Touch;

/// Gathers the dated events of all articles in the order of time. Articles that do not tell when they were published count
/// days of the week from the day of the story, see [`story_day`].
pub fn timeline(documents: &[Document], entities: &[Entity]) -> Vec<Event> {
    let anchor = story_day(documents.iter());
    let context = Context::new(documents, entities);
    let mut lexicon = Lexicon::new();
    let touch = Touch::new(documents, entities, &mut lexicon);
    let mut dated = Vec::new();
    for (article, document) in documents.iter().enumerate().filter(|(_, d)| d.article.is_english()) {
        for (date, span) in dating::dated(document, anchor.as_deref()) {
            let mut read = |span| wording(document, article, span, &context, &mut lexicon);
            let (paragraph, entry) = (read(paragraph_at(document, span)), read(span));
            if touch.is_touched(&paragraph, &lexicon) {
                dated.push((date, entry));
            }
        }
    }
    merge::events(documents, dated, &lexicon)
}

/// The paragraph around a stretch.
fn paragraph_at(document: &Document, span: Span) -> Span {
    let segments = &document.segments;
    let sentence = segments.sentence_at(span.start).and_then(|index| segments.sentences.get(index));
    sentence.and_then(|sentence| segments.paragraphs.get(sentence.paragraph)).copied().unwrap_or(span)
}

#[cfg(test)]
mod tests;
