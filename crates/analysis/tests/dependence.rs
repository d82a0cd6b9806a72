//! Shared passages, lineage and origins of whole reports, on invented texts: what copies, what rewrites, what only
//! reports the same event.

use parallax_analysis::lineage::lineage;
use parallax_analysis::origins::origins;
use parallax_analysis::read;
use parallax_analysis::reuse::passages;
use parallax_analysis::story::stories;
use parallax_model::{Body, Document, Lineage, LineageRelation, Passage, PassageRelation, RawReport};
use proptest::prelude::*;

const AGENCY: &str = "A freight train carrying grain left the rails near Orlsby on Tuesday morning, blocking the only line to the \
coast. Nobody was hurt, the regional operator Norrail said, but nine wagons lie in the meadows beside the track. The driver \
told inspectors that he felt a jolt shortly after the bridge over the Tarn. Engineers expect to need four days to lift the \
wagons with two cranes from Velden. Until then buses will replace the passenger trains between Orlsby and Sandhaven. \
Fishermen in Sandhaven fear that their catch will spoil because the cold store depends on the night train.";

const REWRITE: &str = "On Tuesday morning, a goods train loaded with grain derailed close to Orlsby, cutting off the sole line \
to the coast. According to the regional operator Norrail, no one was injured, although nine wagons are lying in the meadows next \
to the track. Inspectors were told by the driver that he had felt a jolt soon after the bridge across the Tarn. It is expected that \
engineers will require four days to raise the wagons using two cranes from Velden. In the meantime, buses are to stand in \
for the passenger trains between Orlsby and Sandhaven. In Sandhaven, fishermen worry that their catch could go bad as the \
cold store relies on the night train.";

const INDEPENDENT: &str = "Sandhaven's mayor Lise Brandt has called for a second railway after Tuesday's derailment. \
She spent the day at the harbour, where crates of herring were being loaded onto lorries. Norrail has been criticised for years \
over rotten sleepers, and a report in spring listed forty places that need repair. The union of engine drivers wants lower \
speeds on the whole line. Schools in the valley opened late because teachers could not get to work.";

const ELSEWHERE: &str = "Striker Tom Okoro scored twice as Redmere United beat Halvik 3-1 on Saturday. The visitors had \
led after ten minutes through a penalty. Coach Ida Fenn praised her defence and said the title was still far away.";

fn documents(reports: &[(&str, &str, Option<&str>)]) -> Vec<Document> {
    let report = |&(id, text, published): &(&str, &str, Option<&str>)| RawReport {
        id: id.into(),
        place: id.into(),
        published: published.map(str::to_owned),
        body: Body::Text(text.into()),
        ..RawReport::default()
    };
    read(reports.iter().map(report).collect())
}

fn traced(reports: &[(&str, &str)]) -> (Vec<Document>, Vec<Passage>, Vec<Lineage>) {
    let undated: Vec<_> = reports.iter().map(|&(id, text)| (id, text, None)).collect();
    let documents = documents(&undated);
    let passages = passages(&documents);
    let lineage = lineage(&documents, &passages);
    (documents, passages, lineage)
}

fn relation(one: &str, other: &str) -> Option<LineageRelation> {
    traced(&[("a", one), ("b", other)]).2.first().map(|link| link.relation)
}

#[test]
fn relations_of_pairs() {
    let edited = AGENCY
        .replace("on Tuesday morning", "early on Tuesday")
        .replace("Nobody was hurt", "No one was hurt");
    for (one, other, expected) in [
        (AGENCY, AGENCY, Some(LineageRelation::CopyOf)),
        (AGENCY, edited.as_str(), Some(LineageRelation::CopyOf)),
        (AGENCY, REWRITE, Some(LineageRelation::RewriteOf)),
        (AGENCY, INDEPENDENT, None),
        (AGENCY, ELSEWHERE, None),
        (AGENCY, "", None),
        ("", "", None),
    ] {
        assert_eq!(relation(one, other), expected, "{other}");
    }
}

#[test]
fn a_block_in_common_is_a_shared_source() {
    let block: String = AGENCY.split_inclusive(". ").skip(2).take(3).collect();
    let one = format!("{INDEPENDENT} {block}");
    let other = format!(
        "{ELSEWHERE} {block} The match in Velden was put off. Nobody could say when it will be played. \
        The stadium had been sold out for weeks. Halvik asked for a date in spring."
    );
    assert_eq!(relation(&one, &other), Some(LineageRelation::SharesSource));
}

#[test]
fn shared_quotations_are_no_dependence() {
    let quotation = "“We warned them three times that the bridge over the Tarn would not carry nine wagons, and each time the \
        letter came back unopened with a stamp of the ministry on it,”";
    let one = format!(
        "{quotation} engine driver Per Holt said. The union met in a school. Rain kept many at home."
    );
    let other = format!(
        "Buses were late again. At the depot people were angry. {quotation} said Per Holt, who drives engines."
    );
    let (_, passages, lineage) = traced(&[("a", &one), ("b", &other)]);
    assert!(passages.iter().any(|passage| passage.shared_quotation), "{passages:?}");
    assert!(lineage.is_empty(), "{lineage:?}");
}

#[test]
fn a_changed_figure_name_or_negation_is_no_copy() {
    let sentence = "The operator Norrail said on Tuesday that nine wagons and 40 tons of grain were lost near the town of Orlsby.";
    for (from, to) in [("40", "70"), ("Norrail", "Fjordbane"), ("were lost", "were not lost")] {
        let (_, passages, _) = traced(&[("a", sentence), ("b", &sentence.replace(from, to))]);
        assert!(
            passages.iter().all(|passage| passage.relation != PassageRelation::Copy),
            "{to}: {passages:?}"
        );
    }
}

#[test]
fn no_copy_is_earlier_than_its_source() {
    for (day_a, day_b, expected) in
        [("2024-03-01", "2024-03-05", (0, 1)), ("2024-03-05", "2024-03-01", (1, 0))]
    {
        let documents = documents(&[("a", AGENCY, Some(day_a)), ("b", REWRITE, Some(day_b))]);
        let lineage = lineage(&documents, &passages(&documents));
        assert_eq!(lineage.iter().map(|link| (link.from, link.to)).collect::<Vec<_>>(), [expected]);
    }
}

#[test]
fn an_exact_copy_adds_no_origin() {
    let reports = [("a", AGENCY), ("b", REWRITE), ("c", INDEPENDENT), ("d", ELSEWHERE)];
    let count = |reports: &[(&str, &str)]| {
        let (documents, _, lineage) = traced(reports);
        origins(&documents, &lineage).len()
    };
    let before = count(&reports);
    assert_eq!(before, 3);
    for (_, text) in reports {
        assert_eq!(count(&[&reports[..], &[("z", text)]].concat()), before, "{text}");
    }
}

#[test]
fn a_copy_of_nothing_but_furniture_is_a_copy() {
    // A line that stands twice and does not end like a sentence passes for a caption.
    let line = "The crane — 30 metres high, “a tower” — lifts wagons near Orlsby on Tuesday. 水";
    let doubled = format!("{line}\n\n{line}");
    let (documents, passages, lineage) = traced(&[("a", &doubled), ("b", &doubled), ("c", ""), ("d", "")]);
    assert_eq!(passages, [], "the case is one that passages do not show");
    assert_eq!(
        lineage.iter().map(|link| (link.from, link.to, link.relation)).collect::<Vec<_>>(),
        [(0, 1, LineageRelation::CopyOf)]
    );
    assert_eq!(origins(&documents, &lineage).len(), 3);
}

#[test]
fn stories_gather_reports_of_one_event() {
    let reports = [("a", AGENCY), ("b", REWRITE), ("c", ELSEWHERE), ("d", INDEPENDENT)];
    let (documents, ..) = traced(&reports);
    let stories = stories(&documents);
    assert!(stories.iter().any(|story| story.articles.starts_with(&[0, 1])), "{stories:?}");
    assert!(stories.iter().any(|story| story.articles == [2]), "{stories:?}");
    assert!(stories.iter().all(|story| story.reasons.len() + 1 == story.articles.len()));
}

/// Reports put together from sentences of the texts above, so that they share some.
fn reports() -> impl Strategy<Value = Vec<String>> {
    let sentences: Vec<&str> =
        [AGENCY, REWRITE, INDEPENDENT].iter().flat_map(|text| text.split_inclusive(". ")).collect();
    let report =
        prop::collection::vec(prop::sample::select(sentences), 0..8).prop_map(|picked| picked.concat());
    prop::collection::vec(report, 2..5)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn lineage_is_sound(texts in reports()) {
        let named: Vec<(String, &str)> = texts.iter().enumerate().map(|(i, t)| (format!("r{i}"), t.as_str())).collect();
        let named: Vec<(&str, &str)> = named.iter().map(|(id, text)| (id.as_str(), *text)).collect();
        let (documents, passages, lineage) = traced(&named);
        for passage in &passages {
            prop_assert!(passage.a.article < passage.b.article && (0.0..=1.0).contains(&passage.score));
            prop_assert!(!passage.a.span.of(documents[passage.a.article].text()).is_empty());
            prop_assert!(!passage.b.span.of(documents[passage.b.article].text()).is_empty());
        }
        let mut directed: Vec<(usize, usize)> =
            lineage.iter().filter(|l| l.relation != LineageRelation::SharesSource).map(|l| (l.from, l.to)).collect();
        while let Some(place) = directed.iter().position(|edge| directed.iter().all(|other| other.1 != edge.0)) {
            directed.remove(place);
        }
        prop_assert!(directed.is_empty(), "a cycle: {:?}", directed);
        for link in &lineage {
            prop_assert!((0.0..=1.0).contains(&link.share) && (0.5..=1.0).contains(&link.direction_confidence));
            prop_assert!(!link.evidence.is_empty());
        }
        let origins = origins(&documents, &lineage);
        let mut members: Vec<usize> = origins.iter().flat_map(|origin| origin.articles.iter().copied()).collect();
        members.sort_unstable();
        prop_assert_eq!(members, (0..documents.len()).collect::<Vec<_>>());
    }

    #[test]
    fn swapping_two_reports_mirrors_their_passages(texts in reports()) {
        let (x, y) = (texts[0].as_str(), texts[1].as_str());
        let there = traced(&[("a", x), ("b", y)]).1;
        let back = traced(&[("a", y), ("b", x)]).1;
        let mut mirrored: Vec<_> = back.iter().map(|p| (p.b.span, p.a.span, p.relation)).collect();
        let mut plain: Vec<_> = there.iter().map(|p| (p.a.span, p.b.span, p.relation)).collect();
        mirrored.sort_unstable();
        plain.sort_unstable();
        prop_assert_eq!(plain, mirrored);
    }
}
