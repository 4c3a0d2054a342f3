//! Two people, one sidecar.

use std::path::{Path, PathBuf};

use crate::edit::Refusal;
use crate::format::schema_file::default_schema;
use crate::format::sidecar;
use crate::model::{CountedIds, Document, DocumentState, UnreadRecord};
use crate::ops::*;
use crate::store::{FileFingerprint, test_files as fs};

/// A window on the article, with what it saved last.
struct Writer {
    open: OpenDocument,
    files: DocumentFiles,
    base: Document,
    name: &'static str,
    ids: CountedIds,
    state: PathBuf,
    merges: usize,
}

impl Writer {
    fn new(folder: &Path, name: &'static str) -> Self {
        let state = folder.join("state");
        let request = OpenRequest {
            article: folder.join("a.txt"),
            annotator: None,
            encoding: None,
            curated: false,
        };
        let opened = open_in(&request, Some(&state)).unwrap();
        Self {
            base: opened.document.clone(),
            open: OpenDocument::new(opened.document, default_schema().unwrap()),
            files: opened.files,
            name,
            ids: CountedIds::new(name),
            state,
            merges: 0,
        }
    }

    fn run(&mut self, command: impl Into<Command>) -> Result<Outcome, Refusal> {
        self.open.run(command, &mut self.ids)
    }

    /// Tags a word and gives the tag's id.
    fn tag(&mut self, word: u32) -> String {
        let start = word * 5;
        let (anchor, head) = (start.into(), (start + 4).into());
        self.run(Move::Select { anchor, head }).unwrap();
        self.run(Edit::Tag("speaker".into())).unwrap();
        let tag = self.open.selection().tag.as_ref().unwrap().to_string();
        self.run(Gesture::Escape).unwrap();
        tag
    }

    fn merge(&mut self) -> MergedFromDisk {
        let request = MergeRequest {
            base: &self.base,
            ours: self.open.document(),
            files: &self.files,
        };
        merge_from_disk(&request).unwrap()
    }

    /// Takes in what is on disk.
    fn take_in(&mut self) -> MergedFromDisk {
        let merged = self.merge();
        self.open
            .apply_external(merged.transaction.clone())
            .unwrap();
        self.files.fingerprint = merged.fingerprint;
        self.base = merged.base.clone();
        self.merges += 1;
        merged
    }

    /// Saves as the window does: external changes are merged first.
    fn save(&mut self) {
        loop {
            let request = SaveRequest {
                document: self.open.document().clone(),
                files: self.files.clone(),
                backup_first: false,
                replace: false,
            };
            match save_in(&request, Some(&self.state)) {
                Ok(report) => {
                    self.base = request.document;
                    self.files.note_saved(report);
                    let state = self.open.state_id();
                    self.open.mark_saved(state);
                    return;
                }
                Err(error) if error.is_conflict() => drop(self.take_in()),
                Err(error) => panic!("{error}"),
            }
        }
    }
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let text: String = (0..100).map(|n| format!("w{n:03} ")).collect();
    fs::write(folder.path().join("a.txt"), text).unwrap();
    folder
}

#[test]
fn two_windows_on_one_sidecar_lose_nothing() {
    let folder = folder();
    let mut writers = [
        Writer::new(folder.path(), "o"),
        Writer::new(folder.path(), "t"),
    ];
    let mut tags = Vec::new();
    let mut notes = std::collections::BTreeMap::new();
    // A fixed course that looks like chance.
    let mut chance = 7_u32;
    let mut next = |below: u32| {
        chance = chance.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (chance >> 16) % below
    };
    let turns = 1_000;
    for turn in 0..turns {
        let writer = &mut writers[next(2) as usize];
        match next(4) {
            0 if tags.len() < 90 => tags.push(writer.tag(next(100))),
            0 | 1 => {
                // The writer's own tag, so that no two write one note.
                let own: Vec<_> = writer
                    .open
                    .document()
                    .set()
                    .annotations()
                    .filter(|tag| tag.id.as_str().starts_with(writer.name))
                    .map(|tag| tag.id.clone())
                    .collect();
                if let Some(tag) = own.get(next(own.len().max(1) as u32) as usize) {
                    let note = format!("{turn}");
                    notes.insert(tag.to_string(), note.clone());
                    let tag = Some(tag.clone());
                    writer.run(Edit::SetNote { tag, note }).unwrap();
                }
            }
            _ => writer.save(),
        }
    }
    for n in [0, 1, 0] {
        writers[n].save();
    }
    let end = Writer::new(folder.path(), "e");
    let document = end.open.document();
    for tag in &tags {
        assert!(
            document.set().annotation(&tag.as_str().into()).is_some(),
            "lost: {tag}"
        );
    }
    for (tag, note) in &notes {
        let found = document.set().annotation(&tag.as_str().into()).unwrap();
        assert_eq!(found.note.as_str(), note);
    }
    assert!(document.unread().is_empty());
    assert_eq!(document.set(), writers[0].open.document().set());
    let merges: usize = writers.iter().map(|writer| writer.merges).sum();
    assert!(merges > 100, "{merges}");
    println!(
        "two writers of one sidecar: {turns} turns, {merges} merges, {} tags, {} notes, 0 lost",
        tags.len(),
        notes.len()
    );
}

#[test]
fn what_others_wrote_is_one_step_and_clashes_are_decided() {
    let folder = folder();
    let mut one = Writer::new(folder.path(), "o");
    let tag = one.tag(1);
    one.save();
    let mut other = Writer::new(folder.path(), "t");
    let note = |writer: &mut Writer, note: &str| {
        let tag = Some(tag.as_str().into());
        let note = note.to_owned();
        writer.run(Edit::SetNote { tag, note }).unwrap();
    };
    note(&mut other, "hers");
    other.tag(7);
    other.run(Edit::SetState(DocumentState::Done)).unwrap();
    other.save();

    // Nothing unsaved: what is on disk is what comes.
    let mut reader = Writer::new(folder.path(), "r");
    note(&mut other, "hers too");
    other.save();
    let merged = reader.take_in();
    assert_eq!(
        merged.transaction.label,
        "merged changes from disk: 1 tag changed"
    );
    assert_eq!(reader.open.document().set(), other.open.document().set());

    note(&mut one, "mine");
    let merged = one.take_in();
    assert_eq!(merged.clashes.len(), 1);
    let label = &merged.transaction.label;
    assert_eq!(
        label,
        "merged changes from disk: 1 tag added, the header changed, 1 conflict to decide"
    );
    let problem = one.open.problems().iter().next().unwrap();
    let crate::model::ProblemKind::Clash(record) = problem.kind.clone() else {
        panic!("{problem:?}");
    };
    assert!(
        problem.kind.to_string().contains("the note"),
        "{}",
        problem.kind
    );
    one.run(Edit::TakeOther(UnreadRecord::Clash(record)))
        .unwrap();
    let note_of = |writer: &Writer| {
        let set = writer.open.document().set();
        set.annotation(&tag.as_str().into()).unwrap().note.clone()
    };
    assert_eq!(note_of(&one), "hers too");
    one.run(Gesture::Undo).unwrap();
    assert_eq!(note_of(&one), "mine");
    one.run(Gesture::Undo).unwrap();
    assert_eq!(one.open.document().set().annotation_count(), 1);
    one.run(Gesture::Redo).unwrap();
    one.save();
    let again = Writer::new(folder.path(), "x");
    assert_eq!(again.open.document().unread().len(), 1);
}

#[test]
fn what_cannot_be_understood_changes_nothing() {
    let folder = folder();
    let mut one = Writer::new(folder.path(), "o");
    one.tag(1);
    one.save();
    one.tag(2);
    let path = one.files.sidecar.clone();
    let good = fs::read_to_string(&path).unwrap();
    let sha256 = one.open.document().source().sha256().to_string();
    for (bad, words) in [
        (good[..good.len() - 20].to_owned(), "damaged"),
        (good.replace("version: 1", "version: 7"), "newer"),
        (
            good.replace(&sha256, "00"),
            "another version of the article",
        ),
        ("Recipe(1)".to_owned(), "not a sidecar"),
    ] {
        fs::write(&path, bad).unwrap();
        let request = MergeRequest {
            base: &one.base,
            ours: one.open.document(),
            files: &one.files,
        };
        let error = merge_from_disk(&request).unwrap_err().to_string();
        assert!(
            error.contains(words) && error.contains("a.txt.ron"),
            "{error}"
        );
    }
    fs::remove_file(&path).unwrap();
    assert_eq!(one.take_in().fingerprint, FileFingerprint::Absent);
    one.save();
    let again = Writer::new(folder.path(), "x");
    assert_eq!(again.open.document().set().annotation_count(), 2);
}

#[test]
fn a_conflict_copy_is_offered_once() {
    let folder = folder();
    let mut one = Writer::new(folder.path(), "o");
    one.tag(1);
    one.save();
    let mut other = Writer::new(folder.path(), "t");
    other.tag(7);
    let name = "a.txt.sync-conflict-20260101-120000-ABCDEFG.ron";
    let copy = folder.path().join(name);
    let text = sidecar::write(other.open.document(), "a.txt");
    fs::write(&copy, &text).unwrap();
    // One with nothing new.
    fs::copy(&one.files.sidecar, folder.path().join("a.txt.ron.orig")).unwrap();
    fs::write(folder.path().join("a.txt-HOST.ron"), "?").unwrap();
    let request = OpenRequest {
        article: folder.path().join("a.txt"),
        annotator: None,
        encoding: None,
        curated: false,
    };
    let offered = || {
        open_in(&request, Some(&folder.path().join("state")))
            .unwrap()
            .conflict_copies
    };
    let found = offered();
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        found[0].adds == 0 && found[0].problem.is_some(),
        "{found:?}"
    );
    assert_eq!((found[1].adds, &found[1].path), (1, &copy));

    let merged = merge_copy(one.open.document(), &one.files, &copy).unwrap();
    assert_eq!(
        merged.transaction.label,
        "merged changes from a copy: 1 tag added"
    );
    one.open.apply_external(merged.transaction).unwrap();
    one.save();
    note_copy_merged_in(&one.files, &merged.copy, Some(&one.state)).unwrap();
    assert_eq!(one.open.document().set().annotation_count(), 2);
    // The tag that came with it is deleted again: the copy does not bring it back by itself.
    let tag = one
        .open
        .document()
        .set()
        .annotations()
        .last()
        .unwrap()
        .id
        .clone();
    one.run(Edit::Delete(Some(tag))).unwrap();
    one.save();
    assert_eq!(offered().len(), 1);
    assert_eq!(fs::read_to_string(&copy).unwrap(), text);

    let report = check(
        &CheckRequest {
            paths: vec![folder.path().into()],
            encoding: None,
        },
        &mut |_| {},
    )
    .unwrap();
    let told: Vec<_> = report.problems.iter().map(ToString::to_string).collect();
    assert_eq!(report.sidecars, 1, "{told:?}");
    let copies = told
        .iter()
        .filter(|line| line.contains("a conflict copy"))
        .count();
    assert_eq!(copies, 3, "{told:?}");
}
