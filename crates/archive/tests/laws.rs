//! What is put in comes out as it was, and nothing is put in twice.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking, in its helpers too")]

mod shelf;

use parallax_archive::{Archive, ChangeOp, Fate, StoryId};
use parallax_model::{Body, Quotation, QuotationKind, RawReport, Span, Speaker};
use proptest::prelude::*;

use shelf::{Shelf, at, document, report};

/// Texts with whatever a page may hold: other scripts, marks that combine, control characters, no text.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z .,“”'\n]{1,80}",
        "(é|日本|\u{301}|\u{202e}|🌊|\u{0}|\r\n|word ){1,20}",
        any::<String>().prop_filter("no report is empty", |text| !text.is_empty()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn what_was_added_is_read_back_byte_for_byte(texts in prop::collection::vec((text(), any::<bool>()), 1..6)) {
        let mut shelf = Shelf::new();
        let mut raws = Vec::new();
        for (index, (text, is_page)) in texts.iter().enumerate() {
            let mut raw = report(&format!("r{index}"), text);
            if *is_page {
                raw.body = Body::Html(format!("<p>{text}"));
            }
            raw.title = (index % 2 == 0).then(|| text.clone());
            raw.fetched = Some("2025-10-09".into());
            shelf.put(&raw, &document(&raw.id, text), at(1));
            raws.push(raw);
        }
        let archive = shelf.open();
        for (raw, (text, _)) in raws.iter().zip(&texts) {
            let report = archive.report(&raw.id).unwrap();
            prop_assert_eq!(&archive.raw(report.id).unwrap(), raw);
            prop_assert_eq!(&archive.article(report.id).unwrap().article.text, text);
        }
        let order: Vec<String> = archive.oldest_reports(10, None).unwrap().into_iter().map(|report| report.name).collect();
        let given: Vec<String> = raws.iter().map(|raw| raw.id.clone()).collect();
        prop_assert_eq!(order, given);
    }

    #[test]
    fn adding_twice_changes_nothing(texts in prop::collection::vec(text(), 1..5)) {
        let mut shelf = Shelf::new();
        let put_all = |shelf: &mut Shelf, moment| -> Vec<Fate> {
            let raws = texts.iter().enumerate().map(|(index, text)| report(&format!("r{index}"), text));
            raws.map(|raw| shelf.put(&raw, &document(&raw.id, raw_text(&raw)), at(moment)).fate).collect()
        };
        prop_assert!(put_all(&mut shelf, 1).iter().all(|fate| *fate == Fate::New));
        let before = shelf.dump();
        prop_assert!(put_all(&mut shelf, 1).iter().all(|fate| *fate == Fate::Unchanged));
        prop_assert_eq!(shelf.dump(), before);
    }

    #[test]
    fn spans_slice_back(text in "([a-zé日]{1,6}[ .]){4,30}", cuts in prop::collection::vec(0usize..60, 6)) {
        let floor = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap();
        let span = |a: usize, b: usize| Span::new(floor(a.min(b)), floor(a.max(b)));
        let quotation = Quotation {
            kind: QuotationKind::Direct,
            spans: vec![span(cuts[0], cuts[1]), span(cuts[2], cuts[3])],
            cue: Some(span(cuts[4], cuts[5])),
            speaker: Speaker { mention: Some(span(cuts[1], cuts[4])), chain: None, name: Some("Ada Osei".into()) },
            speech: true,
            rule: "test",
            confidence: 0.75,
        };
        let raw = report("r", &text);
        let mut found = document("r", &text);
        found.quotations = vec![quotation.clone(), quotation.clone()];
        let mut shelf = Shelf::new();
        let put = shelf.put(&raw, &found, at(1));
        let archive = shelf.open();
        let stored = archive.article(put.report).unwrap().article.text;
        let kept = archive.quotations(put.report).unwrap();
        prop_assert_eq!(kept.len(), 2);
        for kept in kept {
            let words = |spans: &[Span], text: &str| spans.iter().map(|span| span.of(text).to_owned()).collect::<Vec<_>>();
            prop_assert_eq!(words(&kept.spans, &stored), words(&quotation.spans, &text));
            prop_assert_eq!(kept.cue.map(|cue| cue.of(&stored).to_owned()), quotation.cue.map(|cue| cue.of(&text).to_owned()));
            prop_assert_eq!(kept.speaker.as_deref(), Some("Ada Osei"));
        }
    }
}

fn raw_text(raw: &RawReport) -> &str {
    let (Body::Text(text) | Body::Html(text)) = &raw.body;
    text
}

const FLOOD: &str =
    "At least 14 people died when the Harlow dam broke before dawn on Thursday, the mayor said.";
const MORE: &str =
    "At least 17 people died when the Harlow dam broke before dawn on Thursday, the mayor said.";
const SPORT: &str = "Striker Tom Okoro joined Redmere United for a record fee and signed until 2029.";

#[test]
fn another_text_is_another_version() {
    let mut shelf = Shelf::new();
    let mut put = |text: &str, moment| shelf.put(&report("dam", text), &document("dam", text), at(moment));
    assert_eq!(put(FLOOD, 1).fate, Fate::New);
    assert_eq!(put(MORE, 2).fate, Fate::Updated);
    assert_eq!(put(MORE, 3).fate, Fate::Unchanged);
    let back = put(FLOOD, 4);
    assert_eq!(
        (back.fate, back.name.as_str()),
        (Fate::Updated, "dam"),
        "a text that was taken back is a version too"
    );
    let archive = shelf.open();
    let versions = archive.versions(back.report).unwrap();
    assert_eq!(versions.iter().map(|version| version.number).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(versions[0].changes, None);
    let changes = versions[1].changes.as_ref().unwrap();
    assert_eq!(changes.len(), 1);
    assert_eq!(
        (changes[0].op, changes[0].before.as_str(), changes[0].after.as_str()),
        (ChangeOp::Replace, "14", "17")
    );
    assert_eq!(archive.report("dam").unwrap().versions, 3);
}

#[test]
fn two_wordings_under_one_address_are_put_once() {
    let mut shelf = Shelf::new();
    let row = |id: &str, title: &str, text: &str| {
        let mut raw = report(id, text);
        (raw.url, raw.title) = (Some("https://a.example/1".into()), Some(title.into()));
        let mut found = document(id, text);
        found.article.title = raw.title.clone();
        (raw, found)
    };
    let rows = [
        row("a", "Dam breaks", FLOOD),
        row("b", "Harlow dam gone", FLOOD),
        row("c", "Dam breaks", MORE),
        row("d", "Dam breaks", FLOOD),
    ];
    let mut fates = |moment| rows.each_ref().map(|(raw, found)| shelf.put(raw, found, at(moment)).fate);
    assert_eq!(fates(1), [Fate::New, Fate::Updated, Fate::Updated, Fate::Updated]);
    assert_eq!(fates(2), [Fate::Unchanged; 4]);
    assert_eq!(fates(3), [Fate::Unchanged; 4]);
}

#[test]
fn what_two_feeds_give_of_one_link_is_put_once() {
    let mut shelf = Shelf::new();
    let item = |place: &str, outlet: &str, text: &str| {
        let mut raw = report("dam", text);
        (raw.url, raw.place) = (Some("https://a.example/1".into()), place.into());
        raw.source = Some(outlet.into());
        let found = document("dam", text);
        (raw, found)
    };
    let mut fate = |(raw, found): (RawReport, parallax_model::Document)| shelf.put(&raw, &found, at(1)).fate;
    let (one, other) = ("https://a.example/feed#", "https://b.example/feed#");
    assert_eq!(fate(item(&format!("{one}1"), "A", FLOOD)), Fate::New);
    assert_eq!(fate(item(&format!("{other}1"), "B", MORE)), Fate::Updated);
    for number in 2..4 {
        assert_eq!(fate(item(&format!("{one}{number}"), "A", FLOOD)), Fate::Unchanged);
        assert_eq!(fate(item(&format!("{other}{number}"), "B", MORE)), Fate::Unchanged);
    }
    assert_eq!(fate(item(&format!("{one}1"), "A", MORE)), Fate::Unchanged, "the other said so");
}

#[test]
fn another_outlet_or_day_of_the_same_words_is_kept() {
    let mut shelf = Shelf::new();
    let raw = |outlet: Option<&str>, published: Option<&str>| {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        RawReport { source: owned(outlet), published: owned(published), ..report("dam", FLOOD) }
    };
    let mut put = |outlet: Option<&str>, published: Option<&str>| {
        let raw = raw(outlet, published);
        let mut found = document("dam", FLOOD);
        (found.article.source, found.article.published) = (raw.source.clone(), raw.published.clone());
        let is_known = shelf.open().known(&raw).unwrap().is_some();
        let put = shelf.put(&raw, &found, at(1));
        assert_eq!(is_known, put.fate == Fate::Unchanged);
        put.fate
    };
    assert_eq!(put(Some("Wire"), Some("2025-10-08")), Fate::New);
    assert_eq!(put(Some("Wire"), Some("2025-10-09")), Fate::Amended);
    assert_eq!(put(Some("Wire"), Some("2025-10-09")), Fate::Unchanged);
    assert_eq!(put(Some("The Wire"), None), Fate::Amended);
    assert_eq!(put(None, None), Fate::Unchanged, "what is not said is not taken back");
    let dam = shelf.open().report("dam").unwrap();
    assert_eq!((dam.outlet.as_deref(), dam.versions), (Some("The Wire"), 3));
}

#[test]
fn what_reads_the_same_is_no_other_version() {
    let mut shelf = Shelf::new();
    let mut put = |title: &str, text: &str, page: Option<&str>| {
        let mut raw = RawReport { title: Some(title.into()), ..report("dam", text) };
        raw.body = page.map_or(raw.body, |page| Body::Html(page.into()));
        let mut found = document("dam", text);
        found.article.title = raw.title.clone();
        found.article.stated_title = raw.title.clone();
        shelf.put(&raw, &found, at(1)).fate
    };
    assert_eq!(put("“Gone”, says mayor", FLOOD, None), Fate::New);
    assert_eq!(put("\"Gone\", says mayor ", FLOOD, None), Fate::Unchanged);
    assert_eq!(put("“Gone”, says mayor", &FLOOD.replace(' ', "\n"), None), Fate::Unchanged);
    assert_eq!(put("Dam is gone", FLOOD, None), Fate::Updated);
    // What a feed gives of a page has the feed's headline, a page its own.
    let (part, page) = (format!("<p>{MORE}"), format!("<Title>Dam is gone</Title><p>{MORE}"));
    assert_eq!(put("Dam is gone", MORE, Some(&part)), Fate::Updated);
    assert_eq!(put("Gone!", MORE, Some(&part)), Fate::Updated);
    assert_eq!(put("Gone!", FLOOD, Some(&page)), Fate::Updated);
    assert_eq!(put("Dam is gone", FLOOD, Some(&page)), Fate::Unchanged);
}

#[test]
fn which_reports_are_the_same() {
    // What is put after the flood of https://a.example/1 that is called `dam`: its id, address and text; and its name, if it is another report.
    for (id, url, text, expected) in [
        ("dam", Some("https://a.example/1"), FLOOD, None),
        ("other", Some("http://www.a.example/1?utm_source=x"), FLOOD, None),
        ("other", Some("https://a.example/1"), MORE, None),
        ("dam", Some("https://a.example/1"), SPORT, None),
        ("other", Some("https://a.example/1"), SPORT, Some("other")),
        ("dam", Some("https://b.example/1"), FLOOD, Some("dam-2")),
        ("dam", Some("https://b.example/1"), SPORT, Some("dam-2")),
        ("dam", None, FLOOD, None),
        ("dam", None, MORE, None),
        ("dam", None, SPORT, Some("dam-2")),
        ("other", None, FLOOD, Some("other")),
    ] {
        let mut shelf = Shelf::new();
        let mut first = report("dam", FLOOD);
        first.url = Some("https://a.example/1".into());
        shelf.put(&first, &document("dam", FLOOD), at(1));
        let mut second = report(id, text);
        second.url = url.map(str::to_owned);
        let put = shelf.put(&second, &document(id, text), at(2));
        let found = (put.fate == Fate::New).then_some(put.name.as_str());
        assert_eq!(found, expected, "{id} {url:?} {text}");
        let again = shelf.put(&second, &document(id, text), at(3));
        assert_eq!((again.fate, again.report), (Fate::Unchanged, put.report), "{id} {url:?} {text}");
    }
}

#[test]
fn a_clock_that_is_set_back_changes_no_order() {
    let mut shelf = Shelf::new();
    let first = shelf.put(&report("a", FLOOD), &document("a", FLOOD), at(1000));
    shelf.join(first.report, 1, at(1000));
    let second = shelf.put(&report("b", SPORT), &document("b", SPORT), at(10));
    shelf.join(second.report, 1, at(10));
    shelf.put(&report("a", FLOOD), &document("a", FLOOD), at(5));
    let archive = shelf.open();
    assert_eq!(archive.report("a").unwrap().last_seen, at(1000));
    let story = archive.story(StoryId::new(1)).unwrap();
    assert_eq!((story.began, story.changed, story.reports), (at(1000), at(1000), 2));
    let names: Vec<String> =
        archive.newest_reports(5, None).unwrap().into_iter().map(|report| report.name).collect();
    assert_eq!(names, ["b", "a"], "the order is that in which they came in");
}

#[test]
fn a_batch_that_is_dropped_leaves_no_trace() {
    let mut shelf = Shelf::new();
    shelf.put(&report("a", FLOOD), &document("a", FLOOD), at(1));
    let before = shelf.dump();
    let raw = report("b", SPORT);
    let found = document("b", SPORT);
    {
        let batch = shelf.writer.batch().unwrap();
        let finding = parallax_archive::Finding { raw: &raw, document: &found, stages: 1 };
        let put = batch.put(&finding, at(2)).unwrap();
        batch.begin_story(StoryId::new(7), "x", at(2)).unwrap();
        assert_eq!(batch.report("b").unwrap().id, put.report, "a batch sees what it wrote");
        assert!(Archive::open(&shelf.path).unwrap().report("b").is_err(), "others do not");
    }
    assert_eq!(shelf.dump(), before);
}
