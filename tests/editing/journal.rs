//! After any work, a journal cut off anywhere gives back a beginning of it.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use pullquote::edit;
use pullquote::model::{AnnotationSet, Document, DocumentMeta};
use pullquote::ops::{
    Command, Edit, Gesture, OpenDocument, OpenRequest, Opened, Recoverable, Recovered, SaveRequest,
    discard_recoverable, find_all_recoverable, find_recoverable, open_in, recover, save_in,
};
use pullquote::store::{Journal, JournalStart};
use pullquote::text::SourceText;

use crate::support::{TestEditor, any_command};

/// What can be lost.
type Work = (SourceText, AnnotationSet, DocumentMeta);

fn work(document: &Document) -> Work {
    (
        document.source().clone(),
        document.set().clone(),
        document.meta().clone(),
    )
}

fn article(folder: &Path) -> std::path::PathBuf {
    let path = folder.join("a.txt");
    fs::write(&path, include_str!("../../seeds/us-russia-relations.txt")).unwrap();
    path
}

fn opened(article: &Path, state: &Path) -> Opened {
    let request = OpenRequest {
        article: article.to_owned(),
        ..OpenRequest::default()
    };
    open_in(&request, Some(state)).unwrap()
}

fn start(opened: &Opened, editor: &TestEditor) -> JournalStart {
    JournalStart {
        article: opened.files.article.clone(),
        sidecar: opened.files.sidecar.clone(),
        annotator: None,
        fingerprint: opened.files.fingerprint,
        document: editor.open.document().clone(),
        state: editor.open.state_id(),
    }
}

/// Runs the commands of the numbers, and returns the work after each step.
fn do_anything(
    editor: &mut TestEditor,
    journal: &mut Journal,
    runner: &mut TestRunner,
) -> Vec<Work> {
    let commands = prop::collection::vec(any_command(), 20..60);
    let commands = commands.new_tree(runner).unwrap().current();
    let mut document = editor.open.document().clone();
    let mut works = vec![work(&document)];
    for (n, any) in commands.into_iter().enumerate() {
        let command = match n % 9 {
            // The text, too.
            4 => Command::from(Edit::EditText {
                range: editor.open.selection().range(),
                replacement: ["", "é", "“and”"][n % 3].into(),
            }),
            _ => any.on(&editor.open),
        };
        let _ = editor.try_run(command);
        // One command may be two steps: another candidate takes the one before back first.
        let steps = editor.open.take_applied();
        for step in &steps {
            edit::apply(&mut document, &step.transaction).unwrap();
            works.push(work(&document));
        }
        assert_eq!(work(&document), work(editor.open.document()));
        journal.append(&steps).unwrap();
    }
    works
}

/// The one journal that is left behind.
fn journal_file(state: &Path) -> std::path::PathBuf {
    let found = find_all_recoverable(state);
    assert_eq!(found.len(), 1);
    found[0].journal.clone()
}

#[test]
fn a_journal_cut_anywhere_gives_a_beginning_of_the_work() {
    let mut runner = TestRunner::deterministic();
    let (mut cuts, mut steps, mut whole) = (0, 0, 0);
    while cuts < 2_000 {
        let folder = tempfile::tempdir().unwrap();
        let (article, state) = (article(folder.path()), folder.path().join("state"));
        let opened = opened(&article, &state);
        let mut editor = TestEditor::sample();
        editor.open.keep_applied(true);
        let mut journal = Journal::begin(&state, start(&opened, &editor));
        let works = do_anything(&mut editor, &mut journal, &mut runner);
        if journal.is_empty() {
            continue;
        }
        drop(journal);
        if works.first() == works.last() && find_all_recoverable(&state).is_empty() {
            // All of it was undone.
            continue;
        }
        let path = journal_file(&state);
        let bytes = fs::read(&path).unwrap();
        for _ in 0..100 {
            let (at, flip) = (0..=bytes.len(), any::<bool>())
                .new_tree(&mut runner)
                .unwrap()
                .current();
            let mut damaged = bytes.clone();
            match damaged.get_mut(at) {
                Some(byte) if flip => *byte ^= 0x20,
                _ => damaged.truncate(at),
            }
            fs::write(&path, &damaged).unwrap();
            let mut open = OpenDocument::new(opened.document.clone(), opened.schema.clone());
            let found = find_recoverable(&article, None, &state);
            // One whose beginning is damaged is named, not restored.
            let whole_start = |found: &&Recoverable| found.damage.is_none();
            if let Some(found) = found.first().filter(whole_start) {
                let Recovered::Steps(taken) = recover(found, &opened).unwrap() else {
                    panic!("nobody else was there");
                };
                assert_eq!(taken.len(), found.labels.len());
                steps += taken.len();
                let replayed = open.replay_journal(taken);
                assert_eq!(replayed.stopped, None);
            }
            let now = work(open.document());
            assert!(works.contains(&now), "cut at {at}");
            whole += usize::from(works.last() == Some(&now));
            cuts += 1;
        }
    }
    println!(
        "damaged journals: {cuts}, each gave a beginning of the work; {steps} steps came back, {whole} times all"
    );
    assert!(steps > cuts && whole > 0);
}

#[test]
fn every_recovered_step_can_be_undone() {
    let mut runner = TestRunner::deterministic();
    let folder = tempfile::tempdir().unwrap();
    let (article, state) = (article(folder.path()), folder.path().join("state"));
    let opened = opened(&article, &state);
    let mut editor = TestEditor::sample();
    editor.open.keep_applied(true);
    let mut journal = Journal::begin(&state, start(&opened, &editor));
    let works = do_anything(&mut editor, &mut journal, &mut runner);
    drop(journal);
    let found = find_recoverable(&article, None, &state).remove(0);
    let Recovered::Steps(taken) = recover(&found, &opened).unwrap() else {
        panic!("nobody else was there");
    };
    editor.open = OpenDocument::new(opened.document.clone(), opened.schema.clone());
    editor.open.keep_applied(true);
    editor.open.replay_journal(taken);
    assert_eq!(Some(&work(editor.open.document())), works.last());
    // The next journal takes it over, and nothing is offered twice.
    let mut journal = Journal::begin(
        &state,
        JournalStart {
            document: opened.document.clone(),
            state: 0,
            ..start(&opened, &editor)
        },
    );
    journal.append(&editor.open.take_applied()).unwrap();
    journal.took_over(&found.journal).unwrap();
    drop(journal);
    let again = find_all_recoverable(&state);
    assert_eq!(again.len(), 1);
    assert_eq!(again[0].labels.len(), found.labels.len());
    while editor.open.undo_label().is_some() {
        editor.run(Gesture::Undo);
    }
    assert_eq!(work(editor.open.document()), works[0]);
    discard_recoverable(&again[0]).unwrap();
    assert_eq!(find_all_recoverable(&state), []);
}

#[test]
fn where_somebody_else_has_written_meanwhile_both_are_brought_together() {
    let folder = tempfile::tempdir().unwrap();
    let (article, state) = (article(folder.path()), folder.path().join("state"));
    let first = opened(&article, &state);
    let mut editor = TestEditor::sample();
    editor.open.keep_applied(true);
    let mut journal = Journal::begin(&state, start(&first, &editor));
    editor.select("Tillerson");
    editor.run(Edit::Tag("speaker".into()));
    journal.append(&editor.open.take_applied()).unwrap();
    drop(journal);
    // A colleague saves.
    let mut theirs = TestEditor::sample();
    theirs.select("Trump");
    // Another id than ours.
    theirs.run(Edit::Tag("speaker".into()));
    theirs.run(Gesture::Undo);
    theirs.run(Edit::Tag("speaker".into()));
    let request = SaveRequest {
        document: theirs.open.document().clone(),
        files: first.files.clone(),
        backup_first: false,
        replace: false,
    };
    save_in(&request, None).unwrap();
    let now = opened(&article, &state);
    let found = find_recoverable(&article, None, &state);
    let Recovered::Merged { step, clashes } = recover(&found[0], &now).unwrap() else {
        panic!("the sidecar is somebody else's");
    };
    assert_eq!(clashes, []);
    let mut open = OpenDocument::new(now.document.clone(), now.schema.clone());
    assert_eq!(open.replay_journal(vec![step.clone()]).stopped, None);
    let set = open.document().set();
    assert_eq!(set.annotation_count(), 2);
    let text = |open: &OpenDocument| {
        let document = open.document();
        let ranges = document.set().annotations().map(|tag| tag.fragments.hull());
        let words = ranges.map(|range| document.source().slice(range).to_owned());
        words.collect::<Vec<_>>()
    };
    let both = text(&open);
    // And where the article has changed, too, the tags follow it.
    let changed = format!("New. {}", first.document.source().as_str());
    fs::write(&article, changed).unwrap();
    let now = opened(&article, &state);
    let Recovered::Merged { step, .. } = recover(&found[0], &now).unwrap() else {
        panic!("the article is another");
    };
    let mut open = OpenDocument::new(now.document.clone(), now.schema.clone());
    open.follow_article(now.reanchor.as_ref().unwrap());
    assert_eq!(open.replay_journal(vec![step]).stopped, None);
    assert_eq!(text(&open), both);
}
