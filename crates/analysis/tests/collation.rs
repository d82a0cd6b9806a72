//! Collation through its front door: invented sayings in every relation, and the laws that hold for any.

use parallax_analysis::collation::collate;
use parallax_analysis::segment::segment;
use parallax_model::{
    Article, Chain, Document, Effect, Entity, EntityKind, Names, Quotation, QuotationKind, RenditionRelation,
    Span, Speaker, Utterance,
};
use proptest::prelude::*;

const FULL: &str = "The Orsk dam will hold, and nobody in the lower valley has to leave tonight";

#[test]
fn each_rendition_is_typed() {
    use RenditionRelation::{Reworded, Spliced, Truncated, Typo, Verbatim};
    check("the ORSK dam will hold — and nobody in the lower valley has to leave tonight.", Verbatim, None);
    check("The [Orsk] dam will hold, and nobody in the lower valley has to leave tonight", Verbatim, None);
    check("The Orsk dam would hold, and nobody in the lower valley has to leave tonight", Typo, None);
    check("The Orsk dam will hold, and nobody in the lower vally has to leave tonight", Typo, None);
    check("nobody in the lower valley has to leave tonight", Truncated, None);
    check("The Orsk dam will hold, and nobody has to leave tonight", Spliced, None);
    check("The Orsk dam will last, and no one in the lower valley must flee tonight", Reworded, None);
    check(
        "The Orsk dam may well hold, and nobody in the lower valley has to leave tonight",
        Reworded,
        Some(Effect::Modality),
    );
    check(
        "The Orsk dam will not hold, and nobody in the lower valley has to leave tonight",
        Reworded,
        Some(Effect::Negation),
    );
}

/// Two articles have the full saying, so that it is the reference; a third has `words`.
fn check(words: &str, expected: RenditionRelation, effect: Option<Effect>) {
    let utterances = collate_all(&[("a", FULL, 0), ("b", FULL, 0), ("c", words, 0)]);
    let together: Vec<_> = utterances.iter().filter(|u| u.renditions.len() == 3).collect();
    assert_eq!(together.len(), 1, "{words}: {utterances:?}");
    let rendition = &together[0].renditions[2];
    assert_eq!(rendition.relation, expected, "{words}: {:?}", rendition.differences);
    if effect.is_some() {
        assert!(rendition.differences.iter().any(|d| d.effect == effect), "{:?}", rendition.differences);
    }
}

#[test]
fn another_speaker_is_marked_where_the_words_are_the_same() {
    let utterances = collate_all(&[("a", FULL, 0), ("b", FULL, 0), ("c", FULL, 1)]);
    let marks: Vec<_> = utterances[0].renditions.iter().map(|r| r.misattributed).collect();
    assert_eq!(marks, [false, false, true]);
}

#[test]
fn different_sayings_on_one_topic_stay_apart() {
    for (a, b) in [
        ("The talks on the dam will start on Monday", "We have asked the army for pumps and sandbags"),
        ("Nobody was warned before the gates were opened", "The gates will be repaired by the end of May"),
        ("I spoke with the governor", "The governor has never set foot in this valley"),
    ] {
        assert!(
            collate_all(&[("a", a, 0), ("b", b, 0)]).iter().all(|u| u.renditions.len() == 1),
            "{a} ~ {b}"
        );
    }
}

#[test]
fn the_reference_has_independent_support() {
    let altered = "The Orsk dam should last, and no soul in the lower valley has to flee tonight, be assured";
    let utterances = collate_all(&[("a", altered, 0), ("b", FULL, 0), ("c", FULL, 0)]);
    assert_eq!(utterances[0].reference.map(|r| r.article), Some(1));
}

#[test]
fn the_reference_is_the_whole_of_which_others_have_a_part() {
    let part = "nobody in the lower valley has to leave tonight";
    let utterances = collate_all(&[("a", part, 0), ("b", part, 0), ("c", FULL, 0)]);
    let relations: Vec<_> = utterances[0].renditions.iter().map(|r| r.relation).collect();
    assert_eq!(utterances[0].reference.map(|r| r.article), Some(2));
    assert_eq!(
        relations,
        [RenditionRelation::Truncated, RenditionRelation::Truncated, RenditionRelation::Verbatim]
    );
}

#[test]
fn a_word_that_two_sayings_have_does_not_join_them() {
    let one = "I think that Kestria is a foe in what it does to us in trade";
    let utterances =
        collate_all(&[("a", one, 0), ("b", "foe", 0), ("c", "Dovaria is a foe in certain respects", 0)]);
    for utterance in &utterances {
        let articles: Vec<usize> = utterance.renditions.iter().map(|r| r.quotation.article).collect();
        assert!(!(articles.contains(&0) && articles.contains(&2)), "{utterance:?}");
    }
}

#[test]
fn titles_and_hyphens_are_house_style() {
    check_same("Sen. Brandt backed a hard-line plan.", "Senator Brandt backed a hardline plan.");
    check_same("Gov. Arvel wants a no-deal exit.", "Governor Arvel wants a no deal exit.");
}

fn check_same(one: &str, other: &str) {
    let utterances = collate_all(&[("a", one, 0), ("b", other, 0)]);
    let relations: Vec<_> = utterances[0].renditions.iter().map(|r| r.relation).collect();
    assert_eq!(relations, [RenditionRelation::Verbatim, RenditionRelation::Verbatim], "{one} ~ {other}");
}

proptest! {
    #[test]
    fn any_text_is_collated(texts in prop::collection::vec("[a-zA-Z ,.!?'’\\[\\]“”0-9\n-]{0,60}|\\PC{0,30}", 0..5)) {
        let articles: Vec<_> = texts.iter().enumerate().map(|(i, text)| (format!("{i}"), text)).collect();
        let articles: Vec<_> = articles.iter().map(|(id, text)| (id.as_str(), text.as_str(), 0)).collect();
        for utterance in collate_all(&articles) {
            prop_assert!(!utterance.renditions.is_empty());
            for rendition in &utterance.renditions {
                let text = &texts[rendition.quotation.article];
                let spans = rendition.spans.iter().flatten();
                prop_assert!(spans.copied().all(|s| s.end <= text.len() && !s.of(text).is_empty()));
            }
        }
    }

    #[test]
    fn the_order_of_articles_makes_no_difference(order in Just(vec![0_usize, 1, 2, 3]).prop_shuffle()) {
        let articles = [("a", FULL, 0), ("b", "nobody in the lower valley has to leave", 0), ("c", FULL, 1), ("d", "The pumps came too late", 0)];
        let shuffled: Vec<_> = order.iter().map(|&i| articles[i]).collect();
        prop_assert_eq!(partition(&articles), partition(&shuffled));
    }
}

/// Which articles share a saying, by id, with the relation of each.
fn partition(articles: &[(&str, &str, usize)]) -> Vec<Vec<(String, RenditionRelation)>> {
    let utterances = collate_all(articles);
    let id = |article: usize| articles[article].0.to_owned();
    let mut groups: Vec<Vec<_>> = utterances
        .iter()
        .map(|u| u.renditions.iter().map(|r| (id(r.quotation.article), r.relation)).collect())
        .collect();
    groups.iter_mut().for_each(|group: &mut Vec<_>| group.sort());
    groups.sort();
    groups
}

/// Collates articles, each an id, one quotation that is all of its text, and which of two people says it.
fn collate_all(articles: &[(&str, &str, usize)]) -> Vec<Utterance> {
    let documents: Vec<_> = articles.iter().map(|(id, text, _)| document(id, text)).collect();
    let entities = ["Mira Arvel", "Tomas Brandt"].iter().enumerate().map(|(person, name)| {
        let chains = articles.iter().enumerate().filter(|(_, a)| a.2 == person).map(|(i, _)| (i, 0));
        Entity {
            name: (*name).to_owned(),
            kind: EntityKind::Person,
            roles: Vec::new(),
            mentions: Vec::new(),
            chains: chains.collect(),
        }
    });
    let origins: Vec<usize> = (0..articles.len()).collect();
    collate(&documents, &entities.collect::<Vec<_>>(), &origins)
}

fn document(id: &str, text: &str) -> Document {
    let chain = Chain {
        kind: EntityKind::Person,
        name: "speaker".to_owned(),
        named: true,
        roles: Vec::new(),
        gender: None,
    };
    let quotation = Quotation {
        kind: QuotationKind::Direct,
        spans: vec![Span::new(0, text.len())],
        cue: None,
        speaker: Speaker { mention: None, chain: Some(0), name: None },
        speech: true,
        rule: "given",
        confidence: 1.0,
    };
    Document {
        article: Article { id: id.to_owned(), text: text.to_owned(), ..Article::default() },
        segments: segment(text),
        names: Names { chains: vec![chain], mentions: Vec::new() },
        quotations: vec![quotation],
        ..Document::default()
    }
}
