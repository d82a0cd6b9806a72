//! A full disk, a file that may not be written, one that is locked, damaged, of another kind or of a newer form: the error says so and names the
//! path, and what was acknowledged is still there.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking, in its helpers too")]

mod shelf;

use std::fs::{self, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::mpsc::channel;
use std::thread;

use parallax_archive::{
    Anchor, Archive, Error, ErrorKind, EventId, EventKind, Fault, Finding, NewComparison, Right, StoryId,
    Writer, keep_waiting,
};
use serde_json::json;

use shelf::{Shelf, at, document, report};

/// A text that no page holds twice.
fn text(number: usize) -> String {
    let words = (0..400).map(|word| format!("word{} ", (number * 7919 + word * 104_729) % 99_991));
    words.collect()
}

fn fill(shelf: &mut Shelf, reports: std::ops::Range<usize>) {
    for number in reports {
        let id = format!("r{number}");
        shelf.put(&report(&id, &text(number)), &document(&id, &text(number)), at(1));
    }
}

fn faults(path: &Path) -> Vec<Fault> {
    let mut faults = Vec::new();
    Archive::open(path).unwrap().verify(|fault| faults.push(fault), |_| ()).unwrap();
    // These reports are in no story.
    faults.retain(|fault| fault.reason != "belongs to no story");
    faults
}

fn names_the_path(error: &Error, path: &Path) -> bool {
    error.to_string().starts_with(&path.display().to_string())
}

#[test]
fn a_full_disk_keeps_what_was_acknowledged() {
    let mut shelf = Shelf::new();
    fill(&mut shelf, 0..10);
    shelf.writer.limit(fs::metadata(&shelf.path).unwrap().len() + 300_000).unwrap();
    let mut acknowledged = 10;
    let error = loop {
        let id = format!("r{acknowledged}");
        let (raw, found) = (report(&id, &text(acknowledged)), document(&id, &text(acknowledged)));
        let batch = shelf.writer.batch().unwrap();
        let put = batch.put(&Finding { raw: &raw, document: &found, stages: 1 }, at(1));
        match put.and_then(|_| batch.commit()) {
            Ok(()) => acknowledged += 1,
            Err(error) => break error,
        }
        assert!(acknowledged < 10_000, "the limit is never met");
    };
    assert!(matches!(error.kind(), ErrorKind::Limit), "{error}");
    assert!(names_the_path(&error, &shelf.path), "{error}");
    assert_eq!(shelf.open().reports().unwrap(), acknowledged as u64);
    assert_eq!(faults(&shelf.path), []);
    shelf.writer.limit(1 << 40).unwrap();
    fill(&mut shelf, acknowledged..acknowledged + 3);
    assert_eq!(shelf.open().reports().unwrap(), acknowledged as u64 + 3, "with room again it goes on");
}

#[test]
fn what_may_not_be_written_is_read() {
    let mut shelf = Shelf::new();
    fill(&mut shelf, 0..3);
    let Shelf { folder, path, writer } = shelf;
    drop(writer);
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    let error = Writer::open(&path, keep_waiting).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::ReadOnly), "{error}");
    assert!(names_the_path(&error, &path), "{error}");
    assert_eq!(Archive::open(&path).unwrap().reports().unwrap(), 3);
    drop(folder);
}

#[test]
fn a_file_that_another_program_locks_is_told_of() {
    let mut shelf = Shelf::new();
    fill(&mut shelf, 0..2);
    let Shelf { folder, path, writer } = shelf;
    drop(writer);
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; CREATE TABLE x (y);").unwrap();
    let error = Archive::open(&path).map(drop).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Locked(_)), "{error}");
    assert!(names_the_path(&error, &path), "{error}");
    drop(other);
    assert_eq!(Archive::open(&path).unwrap().reports().unwrap(), 2);
    drop(folder);
}

#[test]
fn a_writer_waits_for_another_program_that_writes() {
    let mut shelf = Shelf::new();
    fill(&mut shelf, 0..2);
    let Shelf { folder, path, writer } = shelf;
    drop(writer);
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE; CREATE TABLE x (y);").unwrap();
    let mut asked = 0;
    let refused = Writer::open(&path, |holder| {
        asked += 1;
        assert_eq!(holder.process(), None);
        if asked < 3 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    let error = refused.map(drop).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Locked(_)) && asked == 3, "{error}");
    let mut other = Some(other);
    let writer = Writer::open(&path, |_| {
        other.take();
        ControlFlow::Continue(())
    });
    assert_eq!(writer.unwrap().reports().unwrap(), 2);
    drop(folder);
}

#[test]
fn a_second_writer_waits_and_learns_for_whom() {
    let mut shelf = Shelf::new();
    fill(&mut shelf, 0..1);
    let refused = Writer::open(&shelf.path, |holder| {
        assert_eq!(holder.process(), Some(std::process::id()));
        ControlFlow::Break(())
    });
    let error = refused.map(drop).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Locked(Some(_))), "{error}");
    let (waits, waiting) = channel();
    let path = shelf.path.clone();
    let second = thread::spawn(move || {
        Writer::open(&path, |_| {
            let _ = waits.send(());
            ControlFlow::Continue(())
        })
        .map(drop)
    });
    waiting.recv().unwrap();
    assert_eq!(shelf.open().reports().unwrap(), 1, "readers go on");
    drop(shelf.writer);
    second.join().unwrap().unwrap();
}

#[test]
fn readers_see_whole_batches_while_one_writes() {
    let mut shelf = Shelf::new();
    fill(&mut shelf, 0..1);
    let path = shelf.path.clone();
    let (stop, stopped) = channel::<()>();
    let reader = thread::spawn(move || {
        let archive = Archive::open(&path).unwrap();
        let mut seen = Vec::new();
        while stopped.try_recv().is_err() {
            seen.push(archive.reports().unwrap());
        }
        seen
    });
    for round in 0..20 {
        let batch = shelf.writer.batch().unwrap();
        for part in 0..5 {
            let number = 1 + round * 5 + part;
            let id = format!("r{number}");
            let (raw, found) = (report(&id, &text(number)), document(&id, &text(number)));
            batch.put(&Finding { raw: &raw, document: &found, stages: 1 }, at(1)).unwrap();
        }
        batch.commit().unwrap();
    }
    stop.send(()).unwrap();
    let seen = reader.join().unwrap();
    assert!(seen.iter().all(|reports| reports % 5 == 1), "half a batch was seen: {seen:?}");
    assert!(seen.is_sorted());
}

#[test]
fn what_is_no_archive_is_left_alone() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("notes.txt");
    let check = |content: &[u8]| {
        fs::write(&path, content).unwrap();
        let read = Archive::open(&path).map(drop).unwrap_err();
        let written = Writer::open(&path, keep_waiting).map(drop).unwrap_err();
        for error in [read, written] {
            assert!(matches!(error.kind(), ErrorKind::NotAnArchive), "{error}");
            assert!(names_the_path(&error, &path), "{error}");
        }
        assert_eq!(fs::read(&path).unwrap(), content);
    };
    check(b"Not a database, but long enough to be taken for the head of one: one hundred bytes and some more of it.");
    let other = folder.path().join("other.db");
    let connection = rusqlite::Connection::open(&other).unwrap();
    connection.execute_batch("CREATE TABLE recipes (name);").unwrap();
    drop(connection);
    let before = fs::read(&other).unwrap();
    let error = Writer::open(&other, keep_waiting).map(drop).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::NotAnArchive), "{error}");
    assert_eq!(fs::read(&other).unwrap(), before);
    let missing = Archive::open(&folder.path().join("none.db")).map(drop).unwrap_err();
    assert!(matches!(missing.kind(), ErrorKind::Missing), "{missing}");
    let is_folder = Writer::open(folder.path(), keep_waiting).map(drop).unwrap_err();
    assert!(matches!(is_folder.kind(), ErrorKind::NotAnArchive), "{is_folder}");
}

#[test]
fn a_newer_form_is_not_touched() {
    let Shelf { folder, path, writer } = Shelf::new();
    drop(writer);
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    drop(connection);
    for error in [
        Archive::open(&path).map(drop).unwrap_err(),
        Writer::open(&path, keep_waiting).map(drop).unwrap_err(),
    ] {
        assert!(matches!(error.kind(), ErrorKind::Newer), "{error}");
    }
    drop(folder);
}

#[test]
fn a_damaged_page_is_found() {
    let mut shelf = Shelf::new();
    fill(&mut shelf, 0..40);
    let Shelf { folder, path, writer } = shelf;
    drop(writer);
    assert_eq!(faults(&path), []);
    let whole = fs::read(&path).unwrap();
    let pages = whole.len() / 4096;
    let mut told = 0;
    for page in (1..pages).step_by(7) {
        let mut file = OpenOptions::new().read(true).write(true).open(&path).unwrap();
        let mut bytes = [0; 4096];
        file.seek(SeekFrom::Start(page as u64 * 4096)).unwrap();
        file.read_exact(&mut bytes).unwrap();
        let damaged: Vec<u8> = bytes.iter().map(|byte| byte ^ 0x5A).collect();
        file.seek(SeekFrom::Start(page as u64 * 4096)).unwrap();
        file.write_all(&damaged).unwrap();
        drop(file);
        let mut faults = 0;
        let verified = Archive::open(&path).and_then(|archive| archive.verify(|_| faults += 1, |_| ()));
        told += usize::from(faults > 0 || verified.is_err_and(|error| names_the_path(&error, &path)));
        fs::write(&path, &whole).unwrap();
    }
    assert_eq!(told, (1..pages).step_by(7).count(), "damage was passed over");
    drop(folder);
}

/// An archive with a row of everything that is kept of a story.
fn with_a_story() -> Shelf {
    let mut shelf = Shelf::new();
    for id in ["a", "b"] {
        let put = shelf.put(&report(id, "<p>The dam broke.</p>"), &document(id, "The dam broke."), at(1));
        shelf.join(put.report, 1, at(1));
    }
    let story = StoryId::new(1);
    let fingerprint = shelf.open().fingerprint(story, 1).unwrap();
    let document = r#"{"articles": ["The dam broke."]}"#;
    let made = NewComparison { fingerprint, reports: 2, left_out: 0, origins: 1, document };
    let saying = Anchor { report: "a".into(), version: 1, text: "The dam broke".into(), start: 0 };
    let right = Right::Speaker { saying, speaker: "Ines Vidal".into() };
    let batch = shelf.writer.batch().unwrap();
    batch.log(story, EventKind::StoryBegan, &json!({"report": "a"}), at(1)).unwrap();
    batch.log(story, EventKind::NewReport, &json!({"report": "b"}), at(2)).unwrap();
    batch.keep_story_record(story, Some((1, b"what tells the story"))).unwrap();
    batch.correct(story, "ada", &right, at(2)).unwrap();
    batch.keep_comparison(story, &made, 1, at(2)).unwrap();
    batch.add_alert("dam", "dam", &[], at(2)).unwrap();
    batch.commit().unwrap();
    shelf
}

#[test]
fn a_row_that_is_another_than_was_written_is_found() {
    let check = |sql: &str, place: &str| {
        let shelf = with_a_story();
        assert_eq!(faults(&shelf.path), []);
        let changed = rusqlite::Connection::open(&shelf.path).unwrap().execute(sql, []).unwrap();
        assert_eq!(changed, 1, "{sql}");
        let faults = faults(&shelf.path);
        let places: Vec<&str> = faults.iter().map(|fault| fault.place.as_str()).collect();
        assert_eq!(places, [place], "{sql}: {faults:?}");
    };
    check("UPDATE comparison SET document = replace(document, 'dam', 'inn')", "s1");
    check("UPDATE comparison SET document = substr(document, 2), digest = NULL", "s1");
    check("UPDATE story_record SET record = x'00'", "s1");
    check("UPDATE event SET detail = '{\"report\": \"c\"}' WHERE id = 2", "event 2 of s1");
    check("UPDATE event SET detail = '{', digest = NULL WHERE id = 2", "event 2 of s1");
    check("UPDATE event SET kind = 'new-reporz' WHERE id = 1", "event 1 of s1");
    check("UPDATE correction SET what = replace(what, 'speaker', 'speakez')", "correction c1");
    check("UPDATE alert SET receivers = '[['", "alert 1");
    check("UPDATE article SET text = 'The inn broke.' WHERE version = 2", "b");
    check("UPDATE article SET parts = '[[' WHERE version = 1", "a");
}

#[test]
fn a_damaged_row_hides_no_other() {
    let shelf = with_a_story();
    let connection = rusqlite::Connection::open(&shelf.path).unwrap();
    connection.execute("UPDATE event SET detail = '{' WHERE id = 1", []).unwrap();
    connection.execute("UPDATE comparison SET document = substr(document, 2)", []).unwrap();
    connection.execute("UPDATE correction SET what = '{'", []).unwrap();
    connection.execute("UPDATE alert SET receivers = '{'", []).unwrap();
    let archive = shelf.open();
    let events = archive.events(None, EventId::default(), 9).unwrap();
    let kinds: Vec<EventKind> = events.iter().map(|event| event.kind).collect();
    assert_eq!(kinds, [EventKind::Unreadable, EventKind::NewReport]);
    assert_eq!(archive.comparison(StoryId::new(1)).unwrap(), None, "it can be made again");
    assert_eq!((archive.corrections(None).unwrap().len(), archive.alerts().unwrap().len()), (0, 0));
}

#[test]
fn a_backup_that_fails_leaves_nothing() {
    let mut shelf = Shelf::new();
    fill(&mut shelf, 0..40);
    let Shelf { folder, path, writer } = shelf;
    drop(writer);
    let mut bytes = fs::read(&path).unwrap();
    let half = bytes.len() / 2 / 4096 * 4096;
    bytes[half..].fill(0x5A);
    fs::write(&path, bytes).unwrap();
    let target = folder.path().join("copy.db");
    assert!(Archive::open(&path).and_then(|archive| archive.back_up(&target)).is_err());
    let left =
        fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert_eq!(left.filter(|name| name.starts_with("copy.db")).count(), 0);
}

#[test]
fn a_backup_is_the_archive_of_one_moment() {
    let mut shelf = Shelf::new();
    fill(&mut shelf, 0..5);
    let target = shelf.folder.path().join("copy.db");
    shelf.open().back_up(&target).unwrap();
    fill(&mut shelf, 5..7);
    assert_eq!(Archive::open(&target).unwrap().reports().unwrap(), 5);
    assert_eq!(faults(&target), []);
    let error = shelf.open().back_up(&target).unwrap_err();
    assert!(names_the_path(&error, &target), "{error}");
    assert_eq!(Archive::open(&target).unwrap().reports().unwrap(), 5, "nothing was written over");
    let mut copy = Writer::open(&target, keep_waiting).unwrap();
    let raw = report("new", "A report.");
    let batch = copy.batch().unwrap();
    batch.put(&Finding { raw: &raw, document: &document("new", "A report."), stages: 1 }, at(1)).unwrap();
    batch.commit().unwrap();
}
