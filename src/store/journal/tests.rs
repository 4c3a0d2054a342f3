use std::fs;

use super::*;
use crate::format::journal::JournalText;
use crate::model::{DocumentMeta, DocumentState, Transaction};
use crate::store::faults::{Fault, Refused, with_fault};

fn start(folder: &Path) -> JournalStart {
    JournalStart {
        article: folder.join("a.txt"),
        sidecar: folder.join("a.txt.ron"),
        annotator: None,
        fingerprint: FileFingerprint::Absent,
        document: Document::new(SourceText::new("“Yes,” she said.", "UTF-8").unwrap()),
        state: 0,
    }
}

/// A step from one state to the next.
fn step(before: u64, after: u64) -> Applied {
    let meta = |n: u64| DocumentMeta {
        state: DocumentState::Done,
        annotator: Some(n.to_string().into()),
        unknown: thin_vec::ThinVec::new(),
    };
    let mut transaction = Transaction::new(format!("to {after}"));
    let delta = Delta::replace(meta(before), meta(after));
    transaction.changes.push(Change::Meta(delta));
    Applied {
        transaction,
        before,
        after,
    }
}

fn labels(waiting: &OrphanedJournal) -> Vec<String> {
    let files = waiting.read().unwrap();
    let journal = JournalText::read(&files.journal).unwrap();
    assert!(!journal.torn);
    journal.labels_from(0).map(str::to_owned).collect()
}

#[test]
fn a_journal_is_there_while_something_is_unsaved() {
    let folder = tempfile::tempdir().unwrap();
    let start = start(folder.path());
    let sidecar = start.sidecar.clone();
    let document = start.document.clone();
    let waiting = || waiting_journals(folder.path(), &sidecar);
    let mut journal = Journal::begin(folder.path(), start.clone());
    journal.saving(0, &FileFingerprint::of(b"x")).unwrap();
    assert!(!folder.path().join(KIND).exists(), "nothing to keep yet");
    journal.append(&[step(0, 1), step(1, 2)]).unwrap();
    assert_eq!(waiting(), [], "its window is alive");
    journal.saving(2, &FileFingerprint::of(b"two")).unwrap();
    journal.append(&[step(2, 3)]).unwrap();
    journal
        .saved(2, FileFingerprint::of(b"two"), &document)
        .unwrap();
    assert!(!journal.is_empty());
    drop(journal);
    let found = waiting();
    assert_eq!(found.len(), 1);
    assert_eq!(labels(&found[0]), ["to 3"]);
    assert_eq!(all_waiting_journals(folder.path()), found);

    // The next window takes it over.
    let mut journal = Journal::begin(folder.path(), start);
    journal.append(&[step(0, 1)]).unwrap();
    journal.took_over(&found[0].path).unwrap();
    assert_eq!(waiting(), []);
    journal
        .saved(1, FileFingerprint::of(b"three"), &document)
        .unwrap();
    assert!(journal.is_empty());
    drop(journal);
    assert_eq!(waiting(), []);
    let discarded = folder.path().join(KIND).join("discarded");
    assert_eq!(fs::read_dir(discarded).unwrap().count(), 3);
}

#[test]
fn what_was_undone_to_the_saved_state_is_saved() {
    let folder = tempfile::tempdir().unwrap();
    let start = start(folder.path());
    let document = start.document.clone();
    let mut journal = Journal::begin(folder.path(), start);
    journal.append(&[step(0, 1), step(1, 0)]).unwrap();
    journal
        .saved(0, FileFingerprint::Absent, &document)
        .unwrap();
    assert!(journal.is_empty());
    // An unknown state changes nothing.
    journal.append(&[step(0, 4)]).unwrap();
    journal
        .saved(7, FileFingerprint::Absent, &document)
        .unwrap();
    assert!(!journal.is_empty());
}

#[test]
fn a_full_disk_costs_nothing_once_there_is_room_again() {
    for at in 0..3 {
        let folder = tempfile::tempdir().unwrap();
        let start = start(folder.path());
        let sidecar = start.sidecar.clone();
        let mut journal = Journal::begin(folder.path(), start);
        journal.append(&[step(0, 1)]).unwrap();
        let (result, _) = with_fault(at, Fault::Refuse(Refused::DiskFull), || {
            journal.append(&[step(1, 2)])
        });
        // Writing and waiting for the disk fail; a third call is not made.
        assert_eq!(result.is_err(), at < 2, "{at}");
        if let Err(error) = result {
            assert!(error.to_string().contains("disk is full"), "{error}");
        }
        journal.append(&[step(2, 3)]).unwrap();
        drop(journal);
        let found = waiting_journals(folder.path(), &sidecar);
        assert_eq!(labels(&found[0]), ["to 1", "to 2", "to 3"]);
    }
}

#[test]
fn the_last_ten_that_nobody_wanted_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state");
    for _ in 0..12 {
        let mut journal = Journal::begin(&state, start(folder.path()));
        journal.append(&[step(0, 1)]).unwrap();
        journal.throw_away().unwrap();
    }
    assert_eq!(all_waiting_journals(&state), []);
    let discarded = fs::read_dir(state.join(KIND).join("discarded")).unwrap();
    assert_eq!(discarded.count(), 30, "ten of three files");
}

#[test]
fn what_a_journal_left_behind_is_swept() {
    use std::time::{Duration, SystemTime};
    let folder = tempfile::tempdir().unwrap();
    let start = start(folder.path());
    let sidecar = start.sidecar.clone();
    let mut journal = Journal::begin(folder.path(), start);
    journal.append(&[step(0, 1)]).unwrap();
    drop(journal);
    let later = SystemTime::now() + Duration::from_secs(7200);
    assert_eq!(
        crate::store::remove_stale_state_files(folder.path(), later),
        0
    );
    let found = waiting_journals(folder.path(), &sidecar);
    fs::remove_file(&found[0].path).unwrap();
    assert_eq!(
        crate::store::remove_stale_state_files(folder.path(), later),
        2
    );
}
