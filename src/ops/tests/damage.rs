//! A damaged sidecar, such as one that was cut off: whatever reads it tells so, and takes nothing away
//! that another version has. A damaged journal: what of it is not restored is told and kept.

use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use crate::edit;
use crate::format::{article_facts, sidecar};
use crate::model::{
    Annotation, ArticleFacts, Document, DocumentState, Link, Origin, Person, Target,
};
use crate::ops::{
    CheckRequest, Edit, ExportRequest, FileProblem, ImportInput, ImportRequest, MergeFilesRequest,
    OpenDocument, OpenRequest, Opened, RandomIds, RecoverRequest, Recovered, Unsaved, check,
    export, find_recoverable, fix_in, import, merge_files, open_in, recover, recover_unsaved_in,
};
use crate::store::{Journal, JournalStart, remove_stale_state_files, test_files as fs};
use crate::text::{SourceText, TextRange};

const TEXT: &str = "“We do not,” Tillerson said. “Never.” Sanders told Reuters.\n";

struct Corpus {
    folder: tempfile::TempDir,
}

impl Corpus {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("c")).unwrap();
        let corpus = Self { folder };
        fs::write(corpus.at("a.txt"), TEXT).unwrap();
        corpus
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join("c").join(name)
    }

    fn state(&self) -> PathBuf {
        self.folder.path().join("state")
    }

    fn open(&self) -> Opened {
        let request = OpenRequest {
            article: self.at("a.txt"),
            ..OpenRequest::default()
        };
        open_in(&request, Some(&self.state())).unwrap()
    }

    /// Leaves a journal of these steps, as a window that crashed does.
    fn leave_journal(&self, states: &[DocumentState]) {
        let opened = self.open();
        let mut open = opened.start();
        open.keep_applied(true);
        let start = JournalStart {
            article: self.at("a.txt"),
            sidecar: self.at("a.txt.ron"),
            annotator: None,
            fingerprint: opened.files.fingerprint,
            document: open.document().clone(),
            state: open.state_id(),
        };
        let mut journal = Journal::begin(&self.state(), start);
        for state in states {
            open.run(Edit::SetState(*state), &mut RandomIds).unwrap();
        }
        journal.append(&open.take_applied()).unwrap();
    }

    fn recover(&self, write: bool) -> Vec<Unsaved> {
        let request = RecoverRequest {
            paths: vec![self.at("a.txt")],
            write,
        };
        recover_unsaved_in(&request, Some(&self.state())).unwrap()
    }

    fn check(&self) -> Vec<FileProblem> {
        let request = CheckRequest {
            paths: vec![self.at("a.txt")],
            encoding: None,
        };
        check(&request, &mut |_| {}).unwrap().problems
    }

    fn export(&self) -> Vec<FileProblem> {
        let request = ExportRequest {
            paths: vec![self.at("a.txt")],
            format: "jsonl".to_owned(),
            ..ExportRequest::default()
        };
        let report = export(&request, &mut Vec::new(), &mut |_| {}).unwrap();
        report.problems
    }
}

/// Three tags, a person and a link; the note of the last tag is `note`.
fn document(note: &str) -> Document {
    let mut parts = Document::new(SourceText::new(TEXT, "UTF-8").unwrap()).into_parts();
    let own = || Origin::Annotator("".into());
    let people = [Person::new("p1", "Rex Tillerson")];
    people
        .into_iter()
        .for_each(|person| drop(parts.set.insert_person(person)));
    for (id, label, words) in [
        ("a1", "quote", "“We do not,”"),
        ("a2", "speaker", "Tillerson"),
        ("a3", "quote", "“Never.”"),
    ] {
        let start = TEXT.find(words).unwrap();
        let size = |at: usize| at.try_into().unwrap();
        let range = TextRange::new(size(start), size(start + words.len()));
        let mut tag = Annotation::new(id, label, range.try_into().unwrap(), own());
        if id == "a3" {
            tag.note = note.into();
        }
        parts.set.insert_annotation(tag);
    }
    let to = Target::Annotation("a2".into());
    parts
        .set
        .insert_link(Link::new("l1", "speaker", "a1", to, own()));
    parts.into()
}

fn written(note: &str) -> String {
    sidecar::write(&document(note), "a.txt")
}

fn says_damaged(problems: &[FileProblem]) -> bool {
    let damaged = |problem: &FileProblem| {
        let words = ["damaged", "not a sidecar", "in the list of another kind"];
        words.iter().any(|words| problem.message.contains(words))
    };
    problems.iter().any(damaged)
}

#[test]
fn a_sidecar_cut_anywhere_is_told_by_check_and_export() {
    let corpus = Corpus::new();
    let whole = written("n");
    for end in 0..whole.trim_end().len() {
        fs::write(corpus.at("a.txt.ron"), &whole.as_bytes()[..end]).unwrap();
        assert!(says_damaged(&corpus.check()), "cut at {end}: check");
        assert!(says_damaged(&corpus.export()), "cut at {end}: export");
    }
    fs::write(corpus.at("a.txt.ron"), &whole).unwrap();
    assert!(!says_damaged(&corpus.check()) && corpus.export().is_empty());
}

#[test]
fn what_check_calls_damaged_is_told_by_export_and_fix() {
    let corpus = Corpus::new();
    let whole = written("n");
    let twice = whole.replacen(
        "    version: 1,\n",
        "    version: 1,\n    x: 1,\n    x: 2,\n",
        1,
    );
    let marks = whole.replacen(
        "    people: [",
        "<<<<<<< HEAD\n    state: Done,\n=======\n    state: InProgress,\n>>>>>>> hers\n    people: [",
        1,
    );
    let misplaced = whole.replacen(
        "    annotations: [\n",
        "    annotations: [\n        (id: \"p2\", name: \"Anna\", kind: Person),\n",
        1,
    );
    let wrong_byte = whole.replacen("(id: \"a2\"", "(id: a2\"", 1);
    for (harmed, misplaced) in [
        (twice, false),
        (marks, false),
        (misplaced, true),
        (wrong_byte, false),
    ] {
        assert_ne!(harmed, whole);
        fs::write(corpus.at("a.txt.ron"), &harmed).unwrap();
        assert!(says_damaged(&corpus.check()), "{harmed}");
        assert!(says_damaged(&corpus.export()), "{harmed}");
        let request = CheckRequest {
            paths: vec![corpus.at("a.txt")],
            encoding: None,
        };
        let fixed = fix_in(&request, Some(&corpus.state()), &mut |_| {}).unwrap();
        let told = fixed.fixed.iter().any(|fixed| {
            fixed.what.contains(if misplaced {
                "list of another kind"
            } else {
                "was damaged"
            })
        });
        assert!(told, "{fixed:?}");
    }
}

#[test]
fn facts_that_cannot_be_read_are_told_by_export() {
    let corpus = Corpus::new();
    fs::write(corpus.at("a.txt.ron"), written("n")).unwrap();
    let facts = ArticleFacts {
        headline: "No deal".into(),
        ..ArticleFacts::default()
    };
    let whole = article_facts::write(&facts);
    fs::write(corpus.at("a.txt.meta.ron"), &whole).unwrap();
    assert_eq!(corpus.export(), []);
    fs::write(corpus.at("a.txt.meta.ron"), &whole[..whole.len() / 2]).unwrap();
    let told = corpus.export();
    assert!(told[0].path.ends_with("a.txt.meta.ron"), "{told:?}");
}

#[test]
fn an_import_does_not_take_a_damaged_sidecar_for_its_own() {
    let corpus = Corpus::new();
    let whole = written("n");
    fs::write(corpus.at("a.txt.ron"), &whole).unwrap();
    let mut rows = Vec::new();
    let request = ExportRequest {
        paths: vec![corpus.at("a.txt")],
        format: "jsonl".to_owned(),
        ..ExportRequest::default()
    };
    export(&request, &mut rows, &mut |_| {}).unwrap();
    let request = ImportRequest {
        inputs: vec![ImportInput::Bytes("rows.jsonl".to_owned(), rows)],
        format: "jsonl".to_owned(),
        into: corpus.at(""),
        ..ImportRequest::default()
    };
    let same = import(&request, &mut |_| {}).unwrap();
    assert_eq!((same.unchanged, same.sidecars.len()), (1, 0), "{same:?}");
    fs::write(
        corpus.at("a.txt.ron"),
        whole.trim_end().trim_end_matches(')'),
    )
    .unwrap();
    let told = match import(&request, &mut |_| {}) {
        Ok(report) => format!("{report:?}"),
        Err(error) => error.to_string(),
    };
    assert!(told.contains("is damaged"), "{told}");
}

/// What a merge told, and the result.
fn merged(
    corpus: &Corpus,
    base: &str,
    ours: &[u8],
    theirs: &[u8],
) -> (Result<bool, String>, String) {
    fs::write(corpus.at("base"), base).unwrap();
    fs::write(corpus.at("ours"), ours).unwrap();
    fs::write(corpus.at("theirs"), theirs).unwrap();
    let request = MergeFilesRequest {
        base: corpus.at("base"),
        ours: corpus.at("ours"),
        theirs: corpus.at("theirs"),
        output: None,
        name: None,
    };
    let report = merge_files(&request);
    let told = report.map(|report| says_damaged(&report.damaged));
    let result = fs::read(corpus.at("ours")).unwrap();
    let result = String::from_utf8_lossy(&result).into_owned();
    (told.map_err(|error| error.to_string()), result)
}

#[test]
fn a_side_cut_anywhere_is_told_by_a_merge_and_deletes_nothing() {
    let corpus = Corpus::new();
    let (base, ours, theirs) = (written("n"), written("mine"), written("hers"));
    let ids = ["a1", "a2", "a3", "l1", "p1"];
    for end in (0..base.trim_end().len()).step_by(17) {
        let cut = |text: &str| text.as_bytes()[..end].to_vec();
        for (ours, theirs) in [
            (ours.clone().into_bytes(), cut(&theirs)),
            (cut(&ours), theirs.clone().into_bytes()),
            // Only the damaged side has changed anything.
            (base.clone().into_bytes(), cut(&base)),
            (base.clone().into_bytes(), cut(&theirs)),
            (cut(&ours), base.clone().into_bytes()),
            (cut(&base), cut(&base)),
        ] {
            let (told, result) = merged(&corpus, &base, &ours, &theirs);
            match told {
                Ok(told) => {
                    assert!(told, "cut at {end}");
                    for id in ids {
                        assert!(
                            result.contains(&format!("(id: \"{id}\"")),
                            "cut at {end}: {result}"
                        );
                    }
                }
                // Not even a line of it is a sidecar: nothing is written.
                Err(told) => {
                    assert!(told.contains("not a sidecar"), "cut at {end}: {told}");
                    assert_eq!(result.as_bytes(), &*ours);
                }
            }
        }
    }
}

#[test]
fn a_side_that_is_junk_is_refused_by_a_merge() {
    let corpus = Corpus::new();
    let (base, mine) = (written("n"), written("mine"));
    for junk in ["[[[[", "\u{0}\u{1}", "Recipe(1)", "<<<<<<< HEAD\n"] {
        for (ours, theirs, side) in [
            (base.as_str(), junk, "theirs: "),
            (&mine, junk, "theirs: "),
            (junk, &base, "ours: "),
            (junk, junk, "ours: "),
        ] {
            let (told, result) = merged(&corpus, &base, ours.as_bytes(), theirs.as_bytes());
            let told = told.unwrap_err();
            assert!(told.contains(side), "{junk}: {told}");
            assert_eq!(result, ours);
        }
    }
}

#[test]
fn unsaved_work_is_restored_beside_what_a_cut_sidecar_lacks() {
    let corpus = Corpus::new();
    let whole = written("n");
    fs::write(corpus.at("a.txt.ron"), &whole).unwrap();
    corpus.leave_journal(&[DocumentState::Done]);
    let cut = whole.find("        (id: \"a2\"").unwrap();
    fs::write(corpus.at("a.txt.ron"), &whole.as_bytes()[..cut]).unwrap();
    let opened = corpus.open();
    assert!(opened.salvaged);
    let found = find_recoverable(&corpus.at("a.txt"), None, &corpus.state());
    let Recovered::Merged { step, .. } = recover(&found[0], &opened).unwrap() else {
        panic!("the sidecar is another");
    };
    let mut now: OpenDocument = opened.start();
    let mut after = now.document().clone();
    edit::apply(&mut after, &step).unwrap();
    assert_eq!(after.meta().state, DocumentState::Done);
    assert_eq!(after.set(), document("n").set());
    assert_eq!(now.replay_journal(vec![step]).stopped, None);
}

#[test]
fn steps_after_damage_in_a_journal_are_told_and_kept() {
    use DocumentState::{Done, InProgress, New};
    let states = [InProgress, Done, New, InProgress, Done];
    for (line, kept, dropped) in [(2, 0, 4), (3, 1, 3), (4, 2, 2), (5, 3, 1), (6, 4, 0)] {
        let corpus = Corpus::new();
        fs::write(corpus.at("a.txt.ron"), written("n")).unwrap();
        corpus.leave_journal(&states);
        let [found] = &*find_recoverable(&corpus.at("a.txt"), None, &corpus.state()) else {
            panic!("one journal");
        };
        let text = fs::read_to_string(&found.journal).unwrap();
        let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
        assert_eq!(lines.len(), 6, "a header and five steps");
        lines[line - 1] = lines[line - 1].replace("Step(", "step(");
        let harmed = lines.concat();
        fs::write(&found.journal, &harmed).unwrap();

        let [waiting] = &*corpus.recover(false) else {
            panic!("it is still offered");
        };
        let told = format!("{:?} {:?}", waiting.problem, waiting.missing);
        let words = match dropped {
            0 => format!("damaged at line {line}; what was there"),
            1 => format!("damaged at line {line}, so 1 step from"),
            n => format!("damaged at line {line}, so {n} steps from"),
        };
        assert!(told.contains(&words), "{told}");
        assert_eq!(waiting.steps.len(), kept);

        let [done] = &*corpus.recover(true) else {
            panic!("it is still offered");
        };
        let told = format!("{:?} {:?}", done.problem, done.missing);
        assert!(told.contains(&words), "{told}");
        assert_eq!(done.saved, kept > 0);
        let place = match done.saved {
            true => found.journal.with_extension("damaged"),
            false => found.journal.clone(),
        };
        assert!(told.contains(&place.display().to_string()), "{told}");
        let state = corpus.open().document.meta().state;
        let last = kept.checked_sub(1).map_or(New, |last| states[last]);
        assert_eq!(state, last);
        // It is swept by nothing and not offered twice.
        let later = SystemTime::now() + Duration::from_secs(7200);
        remove_stale_state_files(&corpus.state(), later);
        for file in [
            place.clone(),
            place.with_extension("base.ron"),
            place.with_extension("base.txt"),
        ] {
            assert!(file.exists(), "{}", file.display());
        }
        assert_eq!(fs::read_to_string(&place).unwrap(), harmed);
        assert_eq!(corpus.recover(true).len(), usize::from(kept == 0));
    }
}

#[test]
fn a_last_line_of_a_journal_that_was_cut_short_is_passed_over() {
    let corpus = Corpus::new();
    fs::write(corpus.at("a.txt.ron"), written("n")).unwrap();
    corpus.leave_journal(&[DocumentState::InProgress, DocumentState::Done]);
    let found = find_recoverable(&corpus.at("a.txt"), None, &corpus.state());
    let bytes = fs::read(&found[0].journal).unwrap();
    fs::write(&found[0].journal, &bytes[..bytes.len() - 9]).unwrap();
    let done = corpus.recover(true);
    assert!(done[0].saved && done[0].missing.is_empty(), "{done:?}");
    assert_eq!(done[0].steps.len(), 1);
    assert_eq!(corpus.recover(true), []);
}

#[test]
fn a_text_that_cannot_be_kept_is_told_where_work_is_restored() {
    let corpus = Corpus::new();
    fs::write(corpus.at("a.txt.ron"), written("n")).unwrap();
    corpus.leave_journal(&[DocumentState::Done]);
    fs::write(corpus.at(".pullquote"), "in the way").unwrap();
    let restored = corpus.recover(true);
    let [one] = restored.as_slice() else {
        panic!("{restored:?}");
    };
    assert!(
        one.saved && one.missing.join(" ").contains(".pullquote"),
        "{one:?}"
    );
    assert!(
        fs::read_to_string(corpus.at("a.txt.ron"))
            .unwrap()
            .contains("state: Done")
    );
}
