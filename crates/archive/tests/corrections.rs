//! What people corrected is kept, holds against the clustering, and can be undone.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking, in its helpers too")]

mod shelf;

use parallax_archive::{Anchor, ErrorKind, Right, StoryId};
use parallax_model::Span;

use shelf::{Shelf, at, document, report};

fn shelf() -> Shelf {
    let mut shelf = Shelf::new();
    for (id, story) in [("a", 1), ("b", 1), ("c", 2)] {
        let text = format!("Report {id}. “We are sorry,” said {id}. “We are sorry,” said {id} again.");
        let put = shelf.put(&report(id, &text), &document(id, &text), at(1));
        shelf.join(put.report, story, at(1));
    }
    shelf
}

fn members(shelf: &Shelf, story: u32) -> Vec<String> {
    shelf.open().members(StoryId::new(story)).unwrap().into_iter().map(|member| member.report.name).collect()
}

fn merge() -> Right {
    Right::MergeStories { kept: "s1".into(), ended: "s2".into(), reports: vec!["c".into()] }
}

fn correct(shelf: &mut Shelf, what: &Right) -> parallax_archive::CorrectionId {
    let batch = shelf.writer.batch().unwrap();
    let id = batch.correct(StoryId::new(1), "ada", what, at(2)).unwrap();
    batch.commit().unwrap();
    id
}

#[test]
fn a_merge_moves_the_reports_and_undoing_it_moves_them_back() {
    let mut shelf = shelf();
    let id = correct(&mut shelf, &merge());
    assert_eq!((members(&shelf, 1), members(&shelf, 2)), (vec!["a".into(), "b".into(), "c".into()], vec![]));
    let batch = shelf.writer.batch().unwrap();
    batch.undo(id, "ben", at(3)).unwrap();
    let twice = batch.undo(id, "ben", at(3)).unwrap_err();
    assert!(matches!(twice.kind(), ErrorKind::Impossible(_)), "{twice}");
    batch.commit().unwrap();
    assert_eq!(
        (members(&shelf, 1), members(&shelf, 2)),
        (vec!["a".into(), "b".into()], vec!["c".to_owned()])
    );
    let corrections = shelf.open().corrections(Some(StoryId::new(1))).unwrap();
    assert_eq!(corrections.len(), 1, "what was undone is still told");
    assert_eq!((corrections[0].who.as_str(), &corrections[0].what), ("ada", &merge()));
    assert_eq!(corrections[0].undone, Some(("ben".into(), at(3))));
}

#[test]
fn the_clustering_moves_nothing_that_a_person_placed() {
    let mut shelf = shelf();
    correct(&mut shelf, &Right::MoveReport { report: "b".into(), from: "s1".into(), to: "s2".into() });
    let archive = shelf.open();
    let reports: Vec<_> = ["b", "c"].map(|name| archive.report(name).unwrap().id).into();
    let batch = shelf.writer.batch().unwrap();
    batch.move_reports(&reports, StoryId::new(2), StoryId::new(1), at(3)).unwrap();
    batch.commit().unwrap();
    assert_eq!(
        (members(&shelf, 1), members(&shelf, 2)),
        (vec!["a".into(), "c".into()], vec!["b".to_owned()])
    );
    let story = shelf.open().story(StoryId::new(2)).unwrap();
    assert_eq!(story.reports, 1, "the count follows");
}

#[test]
fn words_are_found_again_after_the_text_changed() {
    let mut shelf = shelf();
    let text = shelf.open().article(shelf.open().report("a").unwrap().id).unwrap().article.text;
    let second = text.rfind("We are sorry").unwrap();
    let anchor = Anchor { report: "a".into(), version: 1, text: "We are sorry".into(), start: second };
    assert_eq!(shelf.open().anchored(&anchor).unwrap(), Some(Span::new(second, second + 12)));
    let longer = format!("Corrected. {text}");
    shelf.put(&report("a", &longer), &document("a", &longer), at(2));
    assert_eq!(shelf.open().anchored(&anchor).unwrap(), Some(Span::new(second + 11, second + 23)));
    let gone = text.replace("sorry", "glad");
    shelf.put(&report("a", &gone), &document("a", &gone), at(3));
    assert_eq!(shelf.open().anchored(&anchor).unwrap(), None);
}

#[test]
fn every_kind_is_read_back_as_it_was_written() {
    let anchor =
        |report: &str| Anchor { report: report.into(), version: 1, text: "We are sorry".into(), start: 12 };
    let mut shelf = shelf();
    for what in [
        Right::Speaker { saying: anchor("a"), speaker: "Tomas Reyle".into() },
        Right::SameSaying { one: anchor("a"), other: anchor("b") },
        Right::AnotherSaying { one: anchor("a"), other: anchor("c") },
    ] {
        let before = shelf.open().fingerprint(StoryId::new(1), 1).unwrap();
        let id = correct(&mut shelf, &what);
        let archive = shelf.open();
        assert_eq!(archive.correction(id).unwrap().what, what);
        assert_ne!(
            archive.fingerprint(StoryId::new(1), 1).unwrap(),
            before,
            "the story is to be compared again"
        );
        let json = serde_json::to_string(&what).unwrap();
        assert_eq!(serde_json::from_str::<Right>(&json).unwrap(), what, "{json}");
    }
    assert_eq!(members(&shelf, 1), ["a", "b"]);
}
