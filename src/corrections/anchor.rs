//! Quotations found again by their words.

use parallax_archive::{Anchor, Archive, Error, Report};
use parallax_model::{Document, Quotation, QuotationRef, Span};

use crate::changes::folded;
use crate::report::wire;

/// Whether a text still has the words of an anchor.
pub(crate) fn is_there(text: &str, anchor: &Anchor) -> bool {
    folded(text).contains(&folded(&anchor.text))
}

/// The quotation that an anchor names, and the stretch of it that has the words: one that says just them, or else one that has a
/// part of them where the report prints them; of several the nearest to where they stood.
pub(crate) fn place(documents: &[Document], anchor: &Anchor) -> Option<(QuotationRef, Span)> {
    let article = documents.iter().position(|document| document.article.id == anchor.report)?;
    let document = documents.get(article)?;
    let words = folded(&anchor.text);
    let is_whole = |quotation: &Quotation| folded(&said(document, quotation)) == words;
    let found = nearest(document, anchor.start, is_whole).or_else(|| {
        let span = find(document.text(), &anchor.text, anchor.start)?;
        let overlaps = |quotation: &Quotation| quotation.spans.iter().any(|own| own.overlaps(span));
        nearest(document, span.start, overlaps).map(|(index, _)| (index, span))
    });
    found.map(|(quotation, span)| (QuotationRef { article, quotation }, span))
}

/// Of the wanted quotations the one that begins nearest to `start`, from its first to its last word.
fn nearest(
    document: &Document,
    start: usize,
    is_wanted: impl Fn(&Quotation) -> bool,
) -> Option<(usize, Span)> {
    let wanted = document.quotations.iter().enumerate().filter(|(_, quotation)| is_wanted(quotation));
    let extents = wanted
        .filter_map(|(index, quotation)| Some((index, quotation.spans.iter().copied().reduce(Span::join)?)));
    extents.min_by_key(|(_, span)| span.start.abs_diff(start))
}

/// The words of a quotation.
fn said(document: &Document, quotation: &Quotation) -> String {
    let words = quotation.spans.iter().map(|span| span.of(document.text()));
    words.collect::<Vec<_>>().join(" ")
}

/// The stretches of the quotations of a report: as its story's comparison has them, which finds some that the report alone does not tell; else as
/// the report was read.
pub(crate) fn quoted(archive: &Archive, report: &Report) -> Result<Vec<Vec<Span>>, Error> {
    for (story, _) in archive.stories_of(report.id)? {
        let compared = archive.comparison(story)?.and_then(|kept| wire::kept::read(&kept.document));
        let documents = compared.iter().flat_map(|comparison| &comparison.documents);
        if let Some(document) = documents.into_iter().find(|document| document.article.id == report.name) {
            return Ok(document.quotations.iter().map(|quotation| quotation.spans.clone()).collect());
        }
    }
    Ok(archive.quotations(report.id)?.into_iter().map(|quotation| quotation.spans).collect())
}

/// The quotation of a report that a person names by words of it; else why it is not clear which. Of several that have the words, one that says
/// just them is meant.
pub(crate) fn meant(
    report: &Report,
    text: &str,
    quotations: &[Vec<Span>],
    words: &str,
) -> Result<Anchor, String> {
    let name = &report.name;
    let places = places(text, words);
    if places.is_empty() {
        return Err(format!("{name} does not say “{words}”"));
    }
    let quoted: Vec<(Span, &Vec<Span>)> =
        places.iter().filter_map(|place| Some((*place, around(quotations, *place)?))).collect();
    let is_whole = |(_, quotation): &&(Span, &Vec<Span>)| is_said(text, quotation, words);
    let is_other = |(_, other): &(Span, &Vec<Span>)| quoted.iter().any(|(_, one)| one != other);
    let (place, _) = match (quoted.iter().find(is_whole), quoted.first()) {
        (Some(whole), _) => whole,
        (None, None) => {
            return Err(format!("“{words}” is no quotation in {name}: its own words have no speaker"));
        }
        (None, Some(first)) if is_other(first) => {
            return Err(format!(
                "several quotations of {name} have “{words}”; give more words of the one that is meant"
            ));
        }
        (None, Some(first)) => first,
    };
    let (text, start) = (place.of(text).to_owned(), place.start);
    Ok(Anchor { report: name.clone(), version: report.versions, text, start })
}

/// The quotation that has a part of a stretch; of several the one that begins nearest to it.
fn around(quotations: &[Vec<Span>], place: Span) -> Option<&Vec<Span>> {
    let overlaps = |spans: &&Vec<Span>| spans.iter().any(|own| own.overlaps(place));
    let start = |spans: &[Span]| spans.iter().map(|span| span.start).min().unwrap_or(0);
    quotations.iter().filter(overlaps).min_by_key(|spans| start(spans).abs_diff(place.start))
}

fn is_said(text: &str, spans: &[Span], words: &str) -> bool {
    let said: Vec<&str> = spans.iter().map(|span| span.of(text)).collect();
    folded(&said.join(" ")) == folded(words)
}

/// Where a text has words, however they are printed; of several places the nearest to `start`.
fn find(text: &str, words: &str, start: usize) -> Option<Span> {
    places(text, words).into_iter().min_by_key(|span| span.start.abs_diff(start))
}

/// All places where a text has words, however they are printed.
fn places(text: &str, words: &str) -> Vec<Span> {
    let (text, words) = (tokens(text), tokens(words));
    let is_same = |window: &&[(Span, String)]| window.iter().zip(&words).all(|(a, b)| a.1 == b.1);
    let windows = text.windows(words.len().max(1)).filter(is_same).filter(|_| !words.is_empty());
    windows.filter_map(|found| Some(found.first()?.0.join(found.last()?.0))).collect()
}

/// The words of a text in small letters, with where they stand.
fn tokens(text: &str) -> Vec<(Span, String)> {
    let mut tokens = Vec::new();
    let mut at = 0;
    for part in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
        let word = part.trim_end_matches(|c: char| !c.is_alphanumeric());
        if !word.is_empty() {
            tokens.push((Span::new(at, at + word.len()), word.to_lowercase()));
        }
        at += part.len();
    }
    tokens
}

#[cfg(test)]
mod tests {
    use parallax_model::{Body, RawReport};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_are_found_however_they_are_printed() {
        let check = |text: &str, words: &str, start: usize, expected: Option<&str>| {
            let found = find(text, words, start).map(|span| format!("{}@{}", span.of(text), span.start));
            assert_eq!(found.as_deref(), expected, "{words} in {text}");
        };
        check("He said “We were warned”.", "we were warned", 0, Some("We were warned@11"));
        check("We  were\nwarned", "We were warned!", 0, Some("We  were\nwarned@0"));
        check("no, no, no", "No", 9, Some("no@8"));
        check("no, no, no", "No", 0, Some("no@0"));
        check("Élan 水 is", "élan 水", 0, Some("Élan 水@0"));
        check("We were warned", "we were", 99, Some("We were@0"));
        check("We were warned", "were warn", 0, None);
        check("We were warned", "…", 0, None);
        check("", "we", 0, None);
    }

    #[test]
    fn a_quotation_is_found_by_a_part_of_its_words_and_of_two_the_nearest() {
        let text = "Mayor Ines Vidal said: \"The dam will hold tonight.\"\n\n\
            Engineer Pavel Okonjo said: \"The dam will hold tonight.\"";
        let raw = RawReport {
            id: "wire".into(),
            place: "wire".into(),
            source: None,
            title: None,
            published: None,
            url: None,
            language: None,
            body: Body::Text(text.into()),
            fetched: None,
            authors: Vec::new(),
            credit: None,
        };
        let documents = parallax_analysis::read(vec![raw]);
        let anchor = |words: &str, start: usize| Anchor {
            report: "wire".into(),
            version: 1,
            text: words.into(),
            start,
        };
        let quotation = |anchor: &Anchor| place(&documents, anchor).map(|(quotation, _)| quotation.quotation);
        assert_eq!(quotation(&anchor("the dam will hold tonight", 0)), Some(0));
        assert_eq!(quotation(&anchor("the dam will hold tonight", text.len())), Some(1));
        assert_eq!(quotation(&anchor("will hold", 0)), Some(0));
        assert_eq!(quotation(&anchor("will hold", text.len())), Some(1));
        assert_eq!(quotation(&anchor("will break", 0)), None);
        assert!(!is_there(text, &anchor("will break", 0)));
        assert_eq!(quotation(&Anchor { report: "post".into(), ..anchor("will hold", 0) }), None);
    }

    proptest! {
        #[test]
        fn what_is_found_slices_back_to_the_same_words(text in "([a-c]{1,2}|é|水|[ .\n]){0,40}", words in "([a-c]{1,2} ){0,3}") {
            if let Some(span) = find(&text, &words, 0) {
                prop_assert_eq!(folded(span.of(&text)), folded(&words));
            }
        }
    }
}
