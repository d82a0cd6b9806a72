//! Facts through the whole comparison: which reports state the same, and whether they agree.

use std::collections::BTreeSet;

use parallax_analysis::compare;
use parallax_model::{Agreement, Body, Comparison, Fact, FactKind, RawReport};
use proptest::prelude::*;

/// Compares texts as reports published on these days.
fn compared(texts: &[(&str, Option<&str>)]) -> Comparison {
    let report = |(index, &(text, published)): (usize, &(&str, Option<&str>))| RawReport {
        id: format!("{index:03}"),
        place: format!("{index}.txt"),
        published: published.map(str::to_owned),
        body: Body::Text(text.to_owned()),
        ..RawReport::default()
    };
    compare(texts.iter().enumerate().map(report).collect())
}

fn undated<'t>(texts: &[&'t str]) -> Vec<(&'t str, Option<&'static str>)> {
    texts.iter().map(|&text| (text, None)).collect()
}

/// Whether two or more articles state it.
fn is_shared(fact: &Fact) -> bool {
    fact.reports.iter().map(|report| report.place.article).collect::<BTreeSet<_>>().len() > 1
}

/// The verdicts on the figures that two or more reports give.
fn on_figures(texts: &[(&str, Option<&str>)]) -> Vec<Agreement> {
    let shared = |fact: &&Fact| fact.kind == FactKind::Quantity && is_shared(fact);
    compared(texts).facts.iter().filter(shared).map(|fact| fact.agreement).collect()
}

#[test]
fn figures_of_the_same_thing() {
    use Agreement::{Agree, Conflict, Differ};
    let check = |texts: &[&str], expected: &[Agreement]| {
        assert_eq!(on_figures(&undated(texts)), expected, "{texts:?}");
    };
    check(
        &[
            "At least 32 people were killed when an earthquake struck the island of Sarvo.",
            "An earthquake on the island of Sarvo killed 34 people, officials said.",
        ],
        &[Differ],
    );
    check(
        &[
            "The earthquake on the island of Sarvo killed 32 people.",
            "The earthquake on the island of Sarvo killed 34 people.",
        ],
        &[Conflict],
    );
    check(
        &[
            "The strike by dockers at Port Ellery lasted 90 minutes.",
            "The dockers’ strike at Port Ellery lasted nearly an hour and a half.",
        ],
        &[Agree],
    );
    check(
        &[
            "Kestrel Foods will buy its rival Marlow Mills for £4.5 billion.",
            "Kestrel Foods is to buy rival Marlow Mills for £4.2bn.",
        ],
        &[Conflict],
    );
    check(
        &[
            "Lawmakers passed the fishing bill by 52 votes on Monday.",
            "The fishing bill was passed by lawmakers with fifty-two votes.",
        ],
        &[Agree],
    );
    check(
        &[
            "The council hired 40 gardeners for the parks of Port Ellery.",
            "The airline cancelled 40 flights because of fog.",
        ],
        &[],
    );
    check(&["The blast in Port Ellery killed 3 people.", "The blast in Port Ellery injured 14 people."], &[]);
}

#[test]
fn tolls_that_rise_are_no_conflict() {
    let first = ("The earthquake on the island of Sarvo killed 32 people.", Some("2031-05-12"));
    let later = ("The earthquake on the island of Sarvo killed 41 people.", Some("2031-05-14"));
    assert_eq!(on_figures(&[first, later]), [Agreement::Differ]);
    assert_eq!(on_figures(&[first, (later.0, first.1)]), [Agreement::Conflict]);
}

/// The shared statements that are not figures, each with its verdict.
fn statements(texts: &[&str]) -> Vec<(Vec<String>, Agreement)> {
    let comparison = compared(&undated(texts));
    let shared = comparison.facts.iter().filter(|fact| fact.kind != FactKind::Quantity && is_shared(fact));
    let words = |fact: &Fact| fact.reports.iter().map(|r| comparison.words(r.place).to_owned()).collect();
    shared.map(|fact| (words(fact), fact.agreement)).collect()
}

#[test]
fn clauses_that_state_the_same() {
    let found = statements(&[
        "The court in Port Ellery acquitted the former minister of fraud. Rain fell all day.",
        "A former minister was acquitted of fraud by the court in Port Ellery. The verdict surprised nobody.",
    ]);
    let both = [
        "The court in Port Ellery acquitted the former minister of fraud",
        "A former minister was acquitted of fraud by the court in Port Ellery",
    ];
    assert_eq!(found, [(both.map(str::to_owned).to_vec(), Agreement::Agree)]);
}

#[test]
fn what_is_stated_and_denied_is_a_conflict() {
    let found = statements(&[
        "The dam at Brennick was inspected by the ministry in June.",
        "The dam at Brennick was not inspected by the ministry in June.",
    ]);
    assert_eq!(found.iter().map(|(_, agreement)| *agreement).collect::<Vec<_>>(), [Agreement::Conflict]);
}

#[test]
fn unlike_statements_stay_apart() {
    let found = statements(&[
        "The union called a strike at the northern ports. Wages are low.",
        "The orchestra plays two concerts in the town hall. Tickets are cheap.",
    ]);
    assert_eq!(found, []);
}

#[test]
fn little_text_has_no_shared_facts() {
    for texts in [&["", ""][..], &["No."], &["He said.", "She said."], &["“", "”"]] {
        assert_eq!(statements(texts), [], "{texts:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn reports_lie_in_their_articles(texts in prop::collection::vec("(At least 32 people were killed\\. |Lund said that |“we agree” |\\PC){0,12}", 0..4)) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let comparison = compared(&undated(&texts));
        for report in comparison.facts.iter().flat_map(|fact| &fact.reports) {
            prop_assert!(!comparison.words(report.place).is_empty());
            prop_assert!(report.value.is_none_or(f64::is_finite));
        }
    }
}
