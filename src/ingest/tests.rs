//! Stories as reports come in and as people correct them.

use std::path::PathBuf;

use jiff::Timestamp;
use parallax_analysis::story::StoryEvent;
use parallax_archive::{
    Anchor, Archive, CorrectionId, EventId, EventKind, Fate, Query, Right, StoryId, keep_waiting,
};
use parallax_model::{Body, Document, RawReport};
use tempfile::TempDir;

use super::placing::{self, counted};
use super::{Added, Ingest, reading};
use crate::changes::told;
use crate::corrections::correct;

const FLOOD: [(&str, &str); 4] = [
    (
        "a",
        "The Harlow dam broke on Monday and water reached the old church. Mayor Ines Vidal ordered the lower town evacuated.",
    ),
    (
        "b",
        "Ines Vidal, mayor of Harlow, said the dam had been inspected in May. Harlow cleans up after the flood at the church.",
    ),
    (
        "c",
        "Harlow’s dam was repaired in May, mayor Ines Vidal said on Tuesday. The flood reached the church and the lower town.",
    ),
    (
        "d",
        "“We lost the church,” said mayor Ines Vidal after the Harlow dam broke on Monday and the lower town was evacuated.",
    ),
];
const SPORT: [(&str, &str); 2] = [
    (
        "x",
        "Striker Tom Okoro joined Redmere United for a record fee on Friday. He signed until 2029, the club said.",
    ),
    (
        "y",
        "Redmere United paid a record fee for striker Tom Okoro, who signed until 2029 on Friday, the club said.",
    ),
];

/// An archive in a folder of its own.
struct Desk {
    _folder: TempDir,
    path: PathBuf,
    ingest: Ingest,
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap_or_default()
}

fn story(number: u32) -> StoryId {
    StoryId::new(number)
}

fn report(id: &str, text: &str) -> RawReport {
    RawReport {
        id: id.into(),
        place: format!("{id}.txt"),
        source: None,
        title: None,
        published: Some("2025-10-09".into()),
        url: None,
        language: None,
        authors: vec!["Mara Ellison".into()],
        credit: Some("Harlow Wire".into()),
        body: Body::Text(text.into()),
        fetched: None,
    }
}

impl Desk {
    fn new() -> Self {
        let folder = TempDir::new().expect("a folder");
        let path = folder.path().join("a.db");
        let ingest = Ingest::open(&path, keep_waiting).expect("an archive");
        Self { _folder: folder, path, ingest }
    }

    fn add(&mut self, reports: &[(&str, &str)]) -> Vec<Added> {
        let readings = reports.iter().map(|(id, text)| reading::read(report(id, text))).collect();
        self.ingest.add(readings, at(1)).expect("room")
    }

    /// The archive closed and opened again.
    fn reopened(self) -> Self {
        let Self { _folder, path, ingest } = self;
        drop(ingest);
        let ingest = Ingest::open(&path, keep_waiting).expect("an archive");
        Self { _folder, path, ingest }
    }

    fn archive(&self) -> &Archive {
        self.ingest.archive()
    }

    /// The names of a story's reports.
    fn members(&self, number: u32) -> Vec<String> {
        let members = self.archive().members(story(number)).expect("a story");
        members.into_iter().map(|member| member.report.name).collect()
    }

    fn events(&self) -> Vec<(String, EventKind)> {
        let events = self.archive().events(None, EventId::default(), 100).expect("events");
        events.into_iter().map(|event| (event.story.to_string(), event.kind)).collect()
    }
}

#[test]
fn reports_are_placed_the_same_whether_the_archive_was_closed_or_not() {
    let mut one = Desk::new();
    one.add(&[FLOOD[0], SPORT[0], FLOOD[1], FLOOD[2], SPORT[1], FLOOD[3]]);
    let mut other = Desk::new();
    for report in [FLOOD[0], SPORT[0], FLOOD[1], FLOOD[2], SPORT[1], FLOOD[3]] {
        other.add(&[report]);
        other = other.reopened();
    }
    for desk in [&one, &other] {
        assert_eq!(
            (desk.members(1), desk.members(2)),
            (vec!["a".into(), "b".into(), "c".into(), "d".into()], vec!["x".into(), "y".into()])
        );
    }
    assert_eq!(one.events(), other.events());
}

#[test]
fn another_writer_in_between_is_taken_notice_of() {
    let mut desk = Desk::new();
    desk.add(&[FLOOD[0]]);
    let before = desk.ingest.placing.take();
    desk.add(&[SPORT[0]]);
    // As if the second report had come by another process.
    desk.ingest.placing = before;
    let added = desk.add(&[FLOOD[1], SPORT[1]]);
    assert_eq!(
        added.iter().map(|added| added.stories.clone()).collect::<Vec<_>>(),
        [vec![story(1)], vec![story(2)]]
    );
}

#[test]
fn a_merge_holds_until_it_is_undone() {
    let mut desk = Desk::new();
    desk.add(&[FLOOD[0], SPORT[0], FLOOD[1]]);
    let id = desk.ingest.merge(story(1), story(2), "ada", at(2)).expect("two stories");
    assert_eq!(desk.members(1), ["a", "x", "b"]);
    assert_eq!(desk.archive().story(story(2)).expect("a story").merged_into, Some(story(1)));
    let mut desk = desk.reopened();
    desk.ingest.forget_stages().expect("an archive");
    desk.ingest.reanalyse(|_| ()).expect("an archive");
    assert_eq!(desk.members(1), ["a", "x", "b"], "it survives that the reports are read again");
    assert_eq!(desk.add(&[SPORT[1]])[0].stories, [story(1)], "what comes in is placed by it");

    desk.ingest.undo(id, "ben", at(3)).expect("a correction");
    assert_eq!(
        (desk.members(1), desk.members(2)),
        (vec!["a".into(), "b".into(), "y".into()], vec!["x".into()])
    );
    assert_eq!(desk.archive().story(story(2)).expect("a story").merged_into, None);
    let correction = &desk.archive().corrections(None).expect("corrections")[0];
    assert_eq!(correction.undone, Some(("ben".into(), at(3))));
    assert!(desk.ingest.undo(id, "ben", at(4)).is_err(), "nothing is undone twice");
    assert!(desk.ingest.merge(story(1), story(1), "ada", at(5)).is_err());
    assert!(desk.ingest.undo(CorrectionId(99), "ada", at(5)).is_err());
}

#[test]
fn stories_that_become_one_both_say_so() {
    let mut desk = Desk::new();
    desk.add(&[FLOOD[0], SPORT[0]]);
    let event = StoryEvent::Merged {
        kept: counted(story(2)),
        ended: counted(story(1)),
        score: 0.9,
        reason: "alike".into(),
    };
    let batch = desk.ingest.batch().expect("an archive");
    placing::tell(&batch, &event, &Document::default(), at(2)).expect("two stories");
    batch.commit().expect("room");
    assert_eq!(desk.events()[2..], [("s2".into(), EventKind::Merged), ("s1".into(), EventKind::Merged)]);
    let of_ended = desk.archive().events(Some(story(1)), EventId::default(), 9).expect("events");
    assert_eq!(of_ended.len(), 4, "what happened to the story goes on with the other");
    let sentence = told(desk.archive(), &of_ended[3]).expect("an event").sentence;
    assert_eq!(sentence, "This story became part of another, s2: alike.");
}

#[test]
fn a_split_holds_until_it_is_undone() {
    let mut desk = Desk::new();
    desk.add(&FLOOD[..3]);
    let (id, new) = desk.ingest.split(story(1), &["b".into()], "ada", at(2)).expect("a story of three");
    assert_eq!(
        (new, desk.members(1), desk.members(2)),
        (story(2), vec!["a".into(), "c".into()], vec!["b".into()])
    );
    let mut desk = desk.reopened();
    desk.add(&[FLOOD[3]]);
    assert_eq!(desk.members(1).len() + desk.members(2).len(), 4, "they are not merged again");
    desk.ingest.undo(id, "ada", at(3)).expect("a correction");
    assert!(desk.members(1).contains(&"b".to_owned()));
    for wrong in [vec![], vec!["z".to_owned()], vec!["a".to_owned(), "x".to_owned()]] {
        assert!(desk.ingest.split(story(1), &wrong, "ada", at(4)).is_err(), "{wrong:?}");
    }
}

#[test]
fn a_report_is_moved_and_corrections_are_imported() {
    let mut desk = Desk::new();
    desk.add(&[FLOOD[0], FLOOD[1], SPORT[0]]);
    desk.ingest.move_report("b", story(1), story(2), "ada", at(2)).expect("two stories");
    assert_eq!((desk.members(1), desk.members(2)), (vec!["a".into()], vec!["b".into(), "x".into()]));
    let exported = desk.archive().corrections(None).expect("corrections");
    let written: Vec<String> =
        exported.iter().map(|it| serde_json::to_string(&it.what).expect("JSON")).collect();

    let mut other = Desk::new();
    other.add(&[FLOOD[0], FLOOD[1], SPORT[0]]);
    for (correction, what) in exported.iter().zip(written) {
        let what: Right = serde_json::from_str(&what).expect("what was written");
        correct(&mut other.ingest, &correction.who, &what, correction.at).expect("the same reports");
    }
    assert_eq!((other.members(1), other.members(2)), (desk.members(1), desk.members(2)));
}

#[test]
fn a_speaker_whom_a_person_named_is_found_however_the_report_is_read_again() {
    let mut desk = Desk::new();
    desk.add(&FLOOD);
    let found = |desk: &Desk, speaker: &str| {
        let query: Query = format!("speaker:{speaker}").parse().expect("a query");
        let hits = desk.archive().search(&query, 9, None).expect("an archive").hits;
        hits.into_iter().any(|hit| hit.report.name == "d")
    };
    let who_is_found = |desk: &Desk| (found(desk, "vidal"), found(desk, "okonjo"));
    assert_eq!(who_is_found(&desk), (true, false));
    let saying = Anchor { report: "d".into(), version: 1, text: "We lost the church".into(), start: 3 };
    let right = Right::Speaker { saying, speaker: "Pavel Okonjo".into() };
    let correction = desk.ingest.set_right(story(1), "ada", &right, at(2)).expect("a report");
    assert_eq!(who_is_found(&desk), (false, true));
    desk.ingest.forget_stages().expect("an archive");
    desk.ingest.reanalyse(|_| ()).expect("an archive");
    assert_eq!(who_is_found(&desk), (false, true), "read again by the stages");
    let changed = FLOOD[3].1.replace("Monday", "Tuesday");
    assert_eq!(desk.add(&[("d", &changed)])[0].fate, Fate::Updated);
    assert_eq!(who_is_found(&desk), (false, true), "in another version");
    let amended = RawReport { published: Some("2025-10-10".into()), ..report("d", &changed) };
    let (before, amended) =
        (desk.events(), desk.ingest.add(vec![reading::read(amended)], at(2)).expect("room"));
    assert_eq!(
        (amended[0].fate, desk.events()),
        (Fate::Amended, before),
        "another day of the same words is no event"
    );
    assert_eq!(who_is_found(&desk), (false, true), "as of another day");
    desk.ingest.undo(correction, "ada", at(3)).expect("a correction");
    assert_eq!(who_is_found(&desk), (true, false));
}

#[test]
fn a_comparison_holds_until_a_report_of_its_story_changes() {
    let mut desk = Desk::new();
    desk.add(&[FLOOD[0], FLOOD[1], SPORT[0]]);
    let compared = |desk: &mut Desk| {
        let mut stories = Vec::new();
        desk.ingest.compare_changed(at(2), |compared| stories.push(compared.story)).expect("an archive");
        stories
    };
    assert_eq!(compared(&mut desk), [story(1)], "a story of one report has nothing to compare");
    assert_eq!(compared(&mut desk), []);
    let kept = desk.archive().comparison(story(1)).expect("an archive").expect("a comparison");
    let now = desk.archive().fingerprint(story(1), parallax_analysis::STAGES).expect("a story");
    assert_eq!((kept.fingerprint, kept.reports, kept.left_out), (now, 2, 0));

    let changed = FLOOD[0].1.replace("Monday", "Tuesday");
    assert_eq!(desk.add(&[("a", &changed)])[0].fate, Fate::Updated);
    let now = desk.archive().fingerprint(story(1), parallax_analysis::STAGES).expect("a story");
    assert_ne!(kept.fingerprint, now);
    assert_eq!(compared(&mut desk), [story(1)]);
    assert!(desk.events().contains(&("s1".into(), EventKind::CorrectionAtSource)));
    desk.add(&[SPORT[1]]);
    assert_eq!(compared(&mut desk), [story(2)]);
}
