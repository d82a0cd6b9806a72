//! What holds of every comparison, whatever the reports say: laws over generated groups of invented reports, and over the samples.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking, in its helpers too")]

mod mirror;
mod reports;
mod rewording;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use parallax_analysis::compare;
use parallax_model::{Comparison, Place, Rendition};
use proptest::prelude::*;

use mirror::Told;
use reports::{groups, report, reports};
use rewording::leads_to;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_order_of_input_makes_no_difference(
        (texts, order) in groups().prop_flat_map(|texts| {
            let order: Vec<usize> = (0..texts.len()).collect();
            (Just(texts), Just(order).prop_shuffle())
        })
    ) {
        let given = reports(&texts);
        let shuffled = order.iter().map(|&index| given[index].clone()).collect();
        prop_assert_eq!(compare(shuffled), compare(given));
    }

    #[test]
    fn an_exact_copy_adds_no_origin((texts, copied) in groups().prop_flat_map(|texts| {
        let copied = 0..texts.len();
        (Just(texts), copied)
    })) {
        a_copy_adds_no_origin(&texts, copied);
    }

    #[test]
    fn a_report_compared_with_itself_is_one_origin(texts in groups()) {
        texts.iter().for_each(|text| it_is_one_origin_with_itself(text));
    }

    #[test]
    fn swapping_two_reports_mirrors_the_result(texts in groups()) {
        swapping_mirrors(&texts[0], &texts[1]);
    }

    #[test]
    fn the_differences_turn_the_reference_into_the_rendition(texts in groups()) {
        differences_lead_from_reference_to_rendition(&texts);
    }
}

#[test]
fn the_laws_hold_for_the_samples() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples");
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let mut files: Vec<_> = files.filter(|file| file.extension().is_some_and(|e| e == "txt")).collect();
    files.sort();
    let texts: Vec<String> = files.iter().map(|file| fs::read_to_string(file).unwrap()).collect();
    assert_eq!(texts.len(), 4);
    differences_lead_from_reference_to_rendition(&texts);
    for (copied, text) in texts.iter().enumerate() {
        a_copy_adds_no_origin(&texts, copied);
        it_is_one_origin_with_itself(text);
        texts[copied + 1..].iter().for_each(|other| swapping_mirrors(text, other));
    }
}

fn a_copy_adds_no_origin(texts: &[String], copied: usize) {
    let given = reports(texts);
    let with_copy = [&given[..], &[report("zz copy", &texts[copied])]].concat();
    let (before, after) = (compare(given), compare(with_copy));
    assert_eq!(members(&before).len(), members(&after).len(), "{:#?}\n{:#?}", before.origins, after.origins);
    assert_eq!(told_by(&before, texts.len()), told_by(&after, texts.len()));
}

/// What the first `articles` of a comparison report as facts, and how many origins stand behind each.
fn told_by(comparison: &Comparison, articles: usize) -> BTreeSet<(Vec<Place>, usize)> {
    let told = comparison.facts.iter().map(|fact| {
        let places = fact.reports.iter().map(|report| report.place).filter(|place| place.article < articles);
        (places.collect(), fact.origins)
    });
    told.collect()
}

fn it_is_one_origin_with_itself(text: &str) {
    let comparison = compare(vec![report("a", text), report("b", text)]);
    assert_eq!(members(&comparison), [[0, 1]], "{:#?}", comparison.lineage);
    assert_eq!(comparison.stories.len(), 1);
    assert!(comparison.facts.iter().all(|fact| fact.origins == 1), "{:#?}", comparison.facts);
}

fn swapping_mirrors(one: &str, other: &str) {
    let there = compare(vec![report("a", one), report("b", other)]);
    let back = compare(vec![report("b", one), report("a", other)]);
    assert_eq!(Told::of(&there, [0, 1]), Told::of(&back, [1, 0]));
}

fn differences_lead_from_reference_to_rendition(texts: &[String]) {
    let comparison = compare(reports(texts));
    for utterance in &comparison.utterances {
        let is_reference = |rendition: &&Rendition| Some(rendition.quotation) == utterance.reference;
        let reference = utterance.renditions.iter().find(is_reference).unwrap();
        for rendition in &utterance.renditions {
            let (from, to) = (said(&comparison, reference), said(&comparison, rendition));
            assert!(
                leads_to(&from, &rendition.differences, &to),
                "{from}\n{to}\n{:#?}",
                rendition.differences
            );
        }
    }
}

/// The articles of each origin.
fn members(comparison: &Comparison) -> Vec<Vec<usize>> {
    comparison.origins.iter().map(|origin| origin.articles.clone()).collect()
}

/// The words of a rendition.
fn said(comparison: &Comparison, rendition: &Rendition) -> String {
    let document = &comparison.documents[rendition.quotation.article];
    let whole = &document.quotations[rendition.quotation.quotation].spans;
    let spans = rendition.spans.as_ref().unwrap_or(whole);
    spans.iter().map(|span| span.of(document.text())).collect::<Vec<_>>().join(" ")
}
