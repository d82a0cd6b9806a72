//! The judge of sentence pairs on invented sentences: what is never the same, and what is.

use parallax_analysis::read;
use parallax_analysis::reuse::judge_sentences;
use parallax_model::{Body, PassageRelation, RawReport, Span, Verdict};

#[test]
fn what_differs_in_meaning_is_never_the_same() {
    check("different", |verdict, conflict| {
        let is_told = |expected| verdict.conflicts.iter().any(|found| found.word() == expected);
        verdict.relation.is_none() && !verdict.conflicts.is_empty() && conflict.is_none_or(is_told)
    });
}

#[test]
fn what_differs_in_wording_alone_is_the_same() {
    check("same", |verdict, _| {
        verdict.relation.is_some() && verdict.conflicts.is_empty() && !verdict.reasons.is_empty()
    });
}

/// Judges the pairs of the sections whose headings begin so, both ways; `is_right` is told which conflict the list names.
fn check(heading: &str, is_right: impl Fn(&Verdict, Option<&str>) -> bool) {
    let is_missed = |pair: &&Pair| {
        let verdicts = [judge(pair.one, pair.other), judge(pair.other, pair.one)];
        !verdicts.iter().all(|verdict| is_right(verdict, pair.conflict))
    };
    let pairs: Vec<Pair> = listed(heading).collect();
    assert!(!pairs.is_empty(), "no pairs are listed as {heading}");
    let missed: Vec<&Pair> = pairs.iter().filter(is_missed).collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

/// Two sentences, and what tells them apart where the list names it.
#[derive(Debug)]
struct Pair {
    one: &'static str,
    other: &'static str,
    conflict: Option<&'static str>,
}

/// The pairs of the sections whose headings begin so.
fn listed(heading: &str) -> impl Iterator<Item = Pair> {
    let sections = include_str!("pairs.txt").split("\n## ").skip(1);
    let of_heading = sections.filter(move |section| section.starts_with(heading));
    of_heading.flat_map(|section| section.lines().skip(1)).filter_map(|line| {
        let (one, rest) = line.split_once(" | ")?;
        let (other, conflict) = rest.split_once(" | ").map_or((rest, None), |(other, it)| (other, Some(it)));
        Some(Pair { one, other, conflict })
    })
}

#[test]
fn a_sentence_is_its_own_copy() {
    for Pair { one: sentence, .. } in listed("") {
        assert_eq!(judge(sentence, sentence).relation, Some(PassageRelation::Copy), "{sentence}");
    }
}

#[test]
fn other_subjects_are_different() {
    for (a, b) in [
        ("The dam gave way before dawn.", "Striker Tom Okoro scored twice on Saturday."),
        ("Power was restored by noon.", ""),
        ("", ""),
        ("…", "🙂"),
    ] {
        assert_eq!(judge(a, b).relation, None, "{a} ~ {b}");
    }
}

fn judge(one: &str, other: &str) -> Verdict {
    let documents = read(vec![report("a", one), report("b", other)]);
    let [a, b] = &documents[..] else { unreachable!("two reports are two documents") };
    judge_sentences(a, Span::new(0, a.text().len()), b, Span::new(0, b.text().len()))
}

fn report(id: &str, text: &str) -> RawReport {
    RawReport {
        id: id.into(),
        place: id.into(),
        language: Some("en".into()),
        body: Body::Text(text.into()),
        ..RawReport::default()
    }
}
