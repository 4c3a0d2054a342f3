//! The power fails, or the disk refuses, at every call of a piece of work: nothing is lost.

use std::path::PathBuf;

use crate::format::{Layout, Sink};
use crate::model::{Annotation, AnnotationSet, CountedIds, Origin};
use crate::ops::{
    Edit, Move, OpenDocument, OpenRequest, Opened, Recovered, SaveRequest, find_recoverable,
    open_in, recover, save_announced,
};
use crate::store::faults::{Fault, Refused, count_calls, with_fault};
use crate::store::{FileSink, Journal, JournalStart, backups, test_files as fs};
use crate::text::TextRange;

const TEXT: &str = "“I think so,” Tillerson said. “Today we do not,” Sanders told Reuters.\n";

/// An article with a sidecar, and what is done to it: two steps, a save, a third step.
struct World {
    folder: tempfile::TempDir,
    old: Vec<u8>,
    new: Vec<u8>,
    /// What is said after each step, from none to all.
    said: Vec<AnnotationSet>,
}

/// The messages so far.
#[derive(Default)]
struct Told {
    /// So many steps are in the journal or saved.
    safe: usize,
    /// The save has succeeded.
    saved: bool,
    /// How many times something went wrong.
    errors: Vec<String>,
}

impl World {
    /// A sidecar of about so many bytes.
    fn new(bytes: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("corpus")).unwrap();
        let mut world = Self {
            folder,
            old: Vec::new(),
            new: Vec::new(),
            said: Vec::new(),
        };
        fs::write(world.article(), TEXT).unwrap();
        let mut opened = world.open();
        let range = TextRange::new(3.into(), 10.into());
        for n in 0..10 {
            opened
                .document
                .parts_mut()
                .set
                .insert_annotation(Annotation {
                    note: "a long note ".repeat(bytes / 120).into(),
                    ..Annotation::new(
                        format!("a{n}").as_str(),
                        "claim",
                        range.try_into().unwrap(),
                        Origin::Annotator("".into()),
                    )
                });
        }
        let request = world.request(
            &opened,
            &OpenDocument::new(opened.document.clone(), opened.schema.clone()),
        );
        save_announced(&request, None, &mut |_| {}).unwrap();
        world.old = fs::read(world.sidecar()).unwrap();
        let mut said = Vec::new();
        let told = world.work(&mut said);
        assert!(told.saved && told.errors.is_empty(), "{:?}", told.errors);
        world.said = said;
        world.new = fs::read(world.sidecar()).unwrap();
        assert_ne!(world.old, world.new);
        world
    }

    fn article(&self) -> PathBuf {
        self.folder.path().join("corpus/a.txt")
    }

    fn sidecar(&self) -> PathBuf {
        self.folder.path().join("corpus/a.txt.ron")
    }

    fn state(&self) -> PathBuf {
        self.folder.path().join("state")
    }

    /// As it was before the work.
    fn lay_down(&self) {
        let corpus = self.folder.path().join("corpus");
        fs::remove_dir_all(&corpus).unwrap();
        fs::create_dir(&corpus).unwrap();
        fs::write(self.article(), TEXT).unwrap();
        fs::write(self.sidecar(), &self.old).unwrap();
        let _ = fs::remove_dir_all(self.state());
    }

    fn open(&self) -> Opened {
        let request = OpenRequest {
            article: self.article(),
            ..OpenRequest::default()
        };
        open_in(&request, Some(&self.state())).unwrap()
    }

    fn request(&self, opened: &Opened, open: &OpenDocument) -> SaveRequest {
        SaveRequest {
            document: open.document().clone(),
            files: opened.files.clone(),
            backup_first: true,
            replace: false,
        }
    }

    /// The work, as the window does it.
    fn work(&self, said: &mut Vec<AnnotationSet>) -> Told {
        let mut told = Told::default();
        let mut opened = self.open();
        let mut open = OpenDocument::new(opened.document.clone(), opened.schema.clone());
        open.keep_applied(true);
        let mut journal = self.begin(&opened, &open);
        let mut ids = CountedIds::new("n");
        let mut taken = 0;
        said.push(open.document().set().clone());
        for words in ["Tillerson", "Sanders", "", "Reuters"] {
            if words.is_empty() {
                self.save(&mut opened, &open, &mut journal, &mut told);
                continue;
            }
            let start = TEXT.find(words).unwrap();
            let place = |at: usize| at.try_into().unwrap();
            let select = Move::Select {
                anchor: place(start),
                head: place(start + words.len()),
            };
            open.run(select, &mut ids).unwrap();
            open.run(Edit::Tag("speaker".into()), &mut ids).unwrap();
            said.push(open.document().set().clone());
            taken += 1;
            match journal.append(&open.take_applied()) {
                Ok(()) => told.safe = taken,
                Err(error) => told.errors.push(error.to_string()),
            }
        }
        if !told.errors.is_empty() {
            // What a person does: once more.
            if !told.saved {
                self.save(&mut opened, &open, &mut journal, &mut told);
            }
            if let Err(error) = journal.append(&[]) {
                told.errors.push(error.to_string());
            }
        }
        told
    }

    fn begin(&self, opened: &Opened, open: &OpenDocument) -> Journal {
        let start = JournalStart {
            article: self.article(),
            sidecar: self.sidecar(),
            annotator: None,
            fingerprint: opened.files.fingerprint,
            document: open.document().clone(),
            state: open.state_id(),
        };
        Journal::begin(&self.state(), start)
    }

    fn save(
        &self,
        opened: &mut Opened,
        open: &OpenDocument,
        journal: &mut Journal,
        told: &mut Told,
    ) {
        let request = self.request(opened, open);
        let state = open.state_id();
        let mut errors = Vec::new();
        let saved = save_announced(&request, Some(&self.state()), &mut |fingerprint| {
            errors.extend(journal.saving(state, fingerprint).err());
        });
        match saved {
            Ok(report) => {
                told.saved = true;
                errors.extend(
                    journal
                        .saved(state, report.fingerprint, &request.document)
                        .err(),
                );
                opened.files.note_saved(report);
            }
            Err(error) => told.errors.push(error.to_string()),
        }
        told.errors.extend(errors.iter().map(ToString::to_string));
    }

    /// The next start: what is on disk, and what comes back from the journal.
    fn start_again(&self) -> (Vec<u8>, AnnotationSet) {
        let disk = fs::read(self.sidecar()).unwrap();
        let opened = self.open();
        assert!(opened.read_only.is_none() && !opened.salvaged);
        let found = find_recoverable(&self.article(), None, &self.state());
        assert!(found.len() <= 1, "{found:?}");
        let mut open = OpenDocument::new(opened.document.clone(), opened.schema.clone());
        if let Some(found) = found.first() {
            let Recovered::Steps(steps) = recover(found, &opened).unwrap() else {
                panic!("nobody else has changed the sidecar");
            };
            let all = steps.len();
            let replayed = open.replay_journal(steps);
            assert_eq!((replayed.done, replayed.stopped), (all, None));
            assert_eq!(open.undo_label().is_some(), all > 0);
        }
        for copy in backups(&self.sidecar(), &self.state()) {
            assert_eq!(fs::read(&copy.path).unwrap(), self.old, "a whole copy");
        }
        assert_eq!(fs::read_to_string(self.article()).unwrap(), TEXT);
        (disk, open.document().set().clone())
    }
}

#[test]
fn the_power_goes_at_every_call_of_a_save() {
    let mut points = 0;
    for (bytes, parts) in [(10_000, 0..=4), (1_000_000, 2..=4)] {
        let world = World::new(bytes);
        assert!(world.old.len() > bytes / 2);
        world.lay_down();
        let (_, calls) = count_calls(|| world.work(&mut Vec::new()));
        for at in 0..calls {
            for quarters in parts.clone() {
                world.lay_down();
                let fault = Fault::Crash { quarters };
                let (told, reached) = with_fault(at, fault, || world.work(&mut Vec::new()));
                assert!(reached);
                let (disk, set) = world.start_again();
                let here = format!("call {at}, {quarters} quarters, {bytes} bytes");
                assert!(disk == world.old || disk == world.new, "{here}");
                assert!(
                    !told.saved || disk == world.new,
                    "{here}: told it was saved"
                );
                let step = world.said.iter().position(|said| *said == set);
                let step = step.unwrap_or_else(|| panic!("{here}: something else came back"));
                assert!(step >= told.safe, "{here}: {step} of {}", told.safe);
                points += 1;
            }
        }
    }
    println!("crashes: {points} in a save with its journal and copy, 0 lost");
    assert!(points >= 400, "{points}");
}

#[test]
fn the_power_goes_at_every_call_of_an_export() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.jsonl");
    let mut points = 0;
    for bytes in [10_000, 1_000_000] {
        let (old, new) = ("o".repeat(bytes), "n".repeat(bytes));
        let export = || {
            let mut sink = FileSink::new(path.clone(), Layout::OneFile);
            let out = sink.create("out.jsonl")?;
            for part in new.as_bytes().chunks(bytes / 5) {
                out.write_all(part)?;
            }
            sink.finish().map_err(std::io::Error::other)
        };
        let (_, calls) = count_calls(|| export().unwrap());
        for at in 0..calls {
            for quarters in 0..=4 {
                fs::write(&path, &old).unwrap();
                let (done, _) = with_fault(at, Fault::Crash { quarters }, export);
                let now = fs::read_to_string(&path).unwrap();
                assert!(now == old || now == new, "call {at}");
                assert!(done.is_err() || now == new, "call {at}: told it was done");
                points += 1;
            }
        }
    }
    println!("crashes: {points} in an export, 0 lost");
}

#[test]
fn the_disk_refuses_at_every_call_of_a_save() {
    let world = World::new(10_000);
    world.lay_down();
    let (_, calls) = count_calls(|| world.work(&mut Vec::new()));
    let (mut injections, mut told_of) = (0, 0);
    for refused in Refused::ALL {
        for at in 0..calls {
            world.lay_down();
            let (told, reached) =
                with_fault(at, Fault::Refuse(refused), || world.work(&mut Vec::new()));
            assert!(reached);
            let here = format!("call {at}, {refused:?}");
            // The second attempt worked: all is saved or in the journal.
            assert!(told.saved, "{here}: {:?}", told.errors);
            let (disk, set) = world.start_again();
            assert_eq!(Some(&set), world.said.last(), "{here}: {:?}", told.errors);
            assert!(disk != world.old, "{here}");
            if !told.errors.is_empty() {
                let words = told.errors.join("\n");
                assert!(words.contains(refused.word()), "{here}: {words}");
                told_of += 1;
            }
            injections += 1;
        }
    }
    println!(
        "disk errors: {injections} refused calls, 0 lost, {told_of} needed telling and were told"
    );
    assert!(
        injections >= 200 && told_of * 2 > injections,
        "{injections}, {told_of}"
    );
}
