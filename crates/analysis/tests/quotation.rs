//! What reports say that people said: one case for each habit of news writing, and what holds for every text.

use parallax_analysis::quotation::{attributions, quotations};
use parallax_analysis::read_attributions;
use parallax_model::{Body, Document, Quotation, QuotationKind, RawReport};
use proptest::prelude::*;

fn document(text: &str, language: &str) -> Document {
    read_attributions(RawReport {
        id: "a".into(),
        place: "a.txt".into(),
        language: Some(language.into()),
        body: Body::Text(text.into()),
        ..RawReport::default()
    })
}

/// The quotation as "kind: content (speaker's words)".
fn shown(text: &str, quotation: &Quotation) -> String {
    let kind = match quotation.kind {
        QuotationKind::Direct => "direct",
        QuotationKind::Mixed => "mixed",
        QuotationKind::Indirect => "indirect",
    };
    let content: Vec<&str> = quotation.spans.iter().map(|s| s.of(text)).collect();
    let speaker = quotation.speaker.mention.map_or("nobody", |s| s.of(text));
    format!("{kind}: {} ({speaker})", content.join(" … "))
}

/// The quotations in marks of a text.
fn check_quoted(text: &str, expected: &[&str]) {
    let document = document(text, "en");
    let quoted = quotations(&document).into_iter().filter(|q| q.kind.is_quoted());
    assert_eq!(quoted.map(|q| shown(text, &q)).collect::<Vec<_>>(), expected, "{text}");
}

/// The reported speech of a text.
fn check_reported(text: &str, expected: &[&str]) {
    let document = document(text, "en");
    let reported = quotations(&document).into_iter().filter(|q| !q.kind.is_quoted());
    assert_eq!(reported.map(|q| shown(text, &q)).collect::<Vec<_>>(), expected, "{text}");
}

#[test]
fn the_attribution_stands_after_before_or_amid_the_quotation() {
    check_quoted("“The dam will hold,” Ada Voss said.", &["direct: The dam will hold, (Ada Voss)"]);
    check_quoted("“The dam will hold,” said Ada Voss.", &["direct: The dam will hold, (Ada Voss)"]);
    check_quoted("Ada Voss said: “The dam will hold.”", &["direct: The dam will hold. (Ada Voss)"]);
    check_quoted(
        "“The dam will hold,” Ada Voss said. “We are sure of it.”",
        &["direct: The dam will hold, … We are sure of it. (Ada Voss)"],
    );
    check_quoted("According to Ada Voss, “The dam will hold.”", &["direct: The dam will hold. (Ada Voss)"]);
}

#[test]
fn fragments_are_mixed_and_share_their_attribution() {
    check_quoted(
        "Ada Voss described the repairs as “a patch on a patch” on Monday.",
        &["mixed: a patch on a patch (Ada Voss)"],
    );
    check_quoted(
        "She said the wall was “old and tired” and that “nobody looked” at it.",
        &["mixed: old and tired (She)", "mixed: nobody looked (She)"],
    );
}

#[test]
fn marks_without_a_saying_are_left_out() {
    check_quoted("Jon “Red” Lund opened the gate.", &[]);
    check_quoted("The so-called “grey zone” was closed.", &[]);
    check_quoted("The film “Dust” opens today.", &[]);
}

#[test]
fn a_missing_mark_does_not_swallow_the_text() {
    check_quoted(
        "\"We wait for news,\" they said. \"We hope for it. \"We will stay.\"",
        &["direct: We wait for news, … We hope for it. … We will stay. (they)"],
    );
}

#[test]
fn reported_speech_is_the_clause_that_the_verb_governs() {
    check_reported(
        "Ada Voss said that the dam would hold until spring.",
        &["indirect: the dam would hold until spring (Ada Voss)"],
    );
    check_reported(
        "The dam would hold until spring, Ada Voss said.",
        &["indirect: The dam would hold until spring (Ada Voss)"],
    );
    check_reported("On Monday, Ada Voss left the town.", &[]);
}

#[test]
fn other_languages_are_read_by_their_marks_alone() {
    let text = "„Der Damm hält“, sagte Ada Voss. Sie sagte, dass er alt sei.";
    let document = document(text, "de");
    let found: Vec<String> = attributions(&document).iter().map(|q| shown(text, q)).collect();
    assert_eq!(found, ["direct: Der Damm hält (nobody)"]);
}

#[test]
fn texts_without_sentences_have_no_quotations() {
    for text in ["", "\n", "”", "“", "'", "said", "\u{202e}“", "“”", "said said said", ": \"\" :"] {
        assert!(quotations(&document(text, "en")).is_empty(), "{text:?}");
    }
}

/// Texts of words, marks and cues in any order.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "“",
        "”",
        "\"",
        "'",
        "’",
        "‘",
        "«",
        "»",
        "„",
        " ",
        " ",
        ".",
        ",",
        ":",
        "?",
        "\n\n",
        "Ada",
        "Voss",
        "said",
        "he",
        "that",
        "told",
        "reporters",
        "the",
        "dam",
        "according",
        "to",
        "and",
        "é",
        "漢",
        "it's",
        "saying",
        "—",
        "(",
        ")",
        "who",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.join(""))
}

proptest! {
    #[test]
    fn spans_are_words_of_the_text_in_order(text in any_text()) {
        let document = document(&text, "en");
        for quotation in quotations(&document).into_iter().chain(attributions(&document)) {
            prop_assert!(!quotation.spans.is_empty());
            prop_assert!(quotation.spans.windows(2).all(|pair| pair[0].end <= pair[1].start));
            for span in quotation.spans.iter().chain(&quotation.cue).chain(&quotation.speaker.mention) {
                prop_assert!(!span.is_empty());
                prop_assert_eq!(span.of(&text).trim(), span.of(&text));
            }
            prop_assert!((0.0..=1.0).contains(&quotation.confidence));
        }
    }

    #[test]
    fn quotations_in_marks_do_not_overlap(text in any_text()) {
        let document = document(&text, "en");
        for found in [quotations(&document), attributions(&document)] {
            let quoted = found.iter().filter(|q| q.kind.is_quoted());
            let mut spans: Vec<_> = quoted.flat_map(|q| q.spans.clone()).collect();
            spans.sort_by_key(|s| s.start);
            prop_assert!(spans.windows(2).all(|pair| pair[0].end <= pair[1].start), "{:?}", spans);
        }
    }

    #[test]
    fn any_text_is_read_without_panic(text in "\\PC{0,200}") {
        let document = document(&text, "en");
        quotations(&document);
        attributions(&document);
    }
}
