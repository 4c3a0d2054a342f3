//! Any commands on any text: the document stays sound, the same state has the same number, and undo
//! and redo go through the same states.

use std::collections::BTreeMap;

use proptest::prelude::*;
use pullquote::edit::{apply, inverted};
use pullquote::format::schema_file::parse_schema;
use pullquote::model::{
    AnnotationSet, Change, CountedIds, Delta, Document, DocumentMeta, Fragments, ProblemKind,
    Selection, Target, Transaction, UnreadRecord, validate,
};
use pullquote::ops::{Command, Edit, Gesture, OpenDocument};
use pullquote::text::SourceText;

use crate::support::{AnyCommand, any_command, counted_ids};

const SCHEMA: &str = r#"(
    labels: [
        (key: "quote", name: "Quote", plural: "Quotes", letter: 'Q', color: Yellow, speaks: true),
        (key: "speaker", name: "Speaker", plural: "Speakers", letter: 'S', color: Pink, mentions: true),
        (key: "claim", name: "Claim", plural: "Claims", letter: 'C', color: Green, speaks: true),
        (key: "cue", name: "Cue", plural: "Cues", letter: 'U', color: Blue, reports: true),
    ],
    roles: [
        (key: "speaker", name: "Speaker", from: ["quote", "claim"], to: ["speaker"], people: true),
        (key: "cue", name: "Cue", from: ["quote"], to: ["cue"]),
    ],
    attributes: [
        (name: "form", label: "quote", values: ["direct", "indirect", "mixed"]),
        (name: "check", label: "claim", values: ["unimportant", "check-worthy"], default: "check-worthy"),
    ],
)"#;

fn texts() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "“I",
        "think",
        "so,”",
        "he",
        "said",
        "on",
        "Tuesday.",
        "Rex",
        "Tillerson",
        "President",
        "Trump",
        "\"They",
        "do\"",
        "that",
        "\n",
        "\r\n",
        "\n\n",
        "e\u{301}té",
        "👩\u{200d}👧",
        "“",
        "”",
        "’s",
        "\t",
        "\u{2028}",
        "according to",
        "spokesman",
        "they",
        "…",
        "told",
        "Sputnik",
        "",
    ]);
    prop_oneof![
        4 => prop::collection::vec(word, 0..40).prop_map(|words| words.join(" ")),
        1 => "(?s).{0,60}",
    ]
}

fn open(text: &str) -> OpenDocument {
    let source = SourceText::new(text, "UTF-8").unwrap();
    let mut open = OpenDocument::new(Document::new(source), parse_schema(SCHEMA).unwrap());
    open.keep_applied(true);
    open
}

/// All that a transaction can change, to compare.
type State = (AnnotationSet, DocumentMeta, Vec<UnreadRecord>, String);

fn state(document: &Document) -> State {
    (
        document.set().clone(),
        document.meta().clone(),
        document.unread().iter().cloned().collect(),
        document.source().as_str().to_owned(),
    )
}

/// The indexes agree with those of a set made from the records alone, and nothing is broken.
fn assert_sound(open: &OpenDocument) -> Result<(), TestCaseError> {
    let document = open.document();
    let set = document.set();
    let people = set.people().cloned().map(Delta::insert).map(Change::Person);
    let tags = set.annotations().cloned().map(Delta::insert);
    let links = set.links().cloned().map(Delta::insert).map(Change::Link);
    let ignored = set.suppressions().cloned().map(Delta::insert);
    let records = people.chain(tags.map(Change::Annotation)).chain(links);
    let reviews = set.peer_reviews().cloned().map(Delta::insert);
    let records = records
        .chain(ignored.map(Change::Suppression))
        .chain(reviews.map(Change::PeerReview));
    let mut fresh = Document::new(document.source().clone());
    let transaction = Transaction {
        changes: records.collect(),
        ..Transaction::new("")
    };
    prop_assert!(apply(&mut fresh, &transaction).is_ok());
    let fresh = fresh.set();
    prop_assert_eq!(fresh, set);
    prop_assert_eq!(set.annotations().count(), set.annotation_count());
    let all = document.source().full_range();
    prop_assert!(fresh.overlapping(all).eq(set.overlapping(all)));
    for tag in set.annotations() {
        prop_assert!(fresh.links_from(&tag.id).eq(set.links_from(&tag.id)));
        let to = Target::Annotation(tag.id.clone());
        prop_assert!(fresh.links_to(&to).eq(set.links_to(&to)));
        prop_assert!(Fragments::new(tag.fragments.as_slice().to_vec()).is_ok());
        for range in tag.fragments.iter() {
            prop_assert!(document.source().get(range).is_some());
        }
        let names: Vec<_> = tag.attributes.iter().map(|a| &a.name).collect();
        prop_assert!(names.windows(2).all(|pair| pair[0] < pair[1]));
    }
    for person in set.people() {
        prop_assert!(fresh.mentions(&person.id).eq(set.mentions(&person.id)));
    }
    for problem in validate(document, open.schema()) {
        prop_assert!(
            matches!(problem.kind, ProblemKind::UnknownAttribute(_)),
            "{:?}",
            problem
        );
    }
    if let Some(tag) = &open.selection().tag {
        prop_assert!(set.annotation(tag).is_some(), "the current tag is gone");
    }
    Ok(())
}

/// What an edit does to where the person is; others also go somewhere.
fn is_plain_edit(command: &Command) -> bool {
    match command {
        Command::Edit(Edit::ChooseCandidate(_) | Edit::NotGiven) => false,
        Command::Edit(_) => true,
        Command::Move(_) | Command::Gesture(_) => false,
    }
}

/// Runs commands and returns the document of each state, and the selection before and after each
/// edit.
#[derive(Default)]
struct Seen {
    states: BTreeMap<u64, State>,
    left_from: BTreeMap<u64, Selection>,
    arrived_at: BTreeMap<u64, Selection>,
}

impl Seen {
    fn run(
        &mut self,
        open: &mut OpenDocument,
        ids: &mut CountedIds,
        any: AnyCommand,
    ) -> Result<(), TestCaseError> {
        let (from, before) = (open.state_id(), state(open.document()));
        let selection = open.selection().clone();
        let command = any.on(open);
        let plain = is_plain_edit(&command);
        let walks = any.walks_candidates();
        let refused = open.run(command, ids).is_err();
        let to = open.state_id();
        let after = state(open.document());
        self.states.insert(from, before);
        if refused {
            prop_assert_eq!(from, to);
        }
        // A step through the candidates takes the one before it back first.
        let applied = open.take_applied();
        prop_assert!(applied.len() <= 1 || walks, "{:?}: {:?}", any, applied);
        let known = self.states.entry(to).or_insert_with(|| after.clone());
        prop_assert_eq!(known, &after);
        if from != to {
            self.left_from.remove(&from);
            self.arrived_at.remove(&to);
        }
        if from != to && plain {
            self.left_from.insert(from, selection);
            if from < to {
                self.arrived_at.insert(to, open.selection().clone());
            }
        }
        assert_sound(open)
    }

    fn check(&self, open: &OpenDocument) -> Result<(), TestCaseError> {
        prop_assert_eq!(
            self.states.get(&open.state_id()),
            Some(&state(open.document()))
        );
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// After any commands the document is sound; undoing them one by one goes back through the very
    /// same states, redoing forth again.
    #[test]
    fn commands_keep_the_document_sound_and_can_be_undone(
        text in texts(),
        commands in prop::collection::vec(any_command(), 0..60),
    ) {
        let (mut open, mut ids) = (open(&text), counted_ids());
        let mut seen = Seen::default();
        for any in commands {
            seen.run(&mut open, &mut ids, any)?;
        }
        while open.redo_label().is_some() {
            open.run(Gesture::Redo, &mut ids).unwrap();
        }
        let mut steps = 0;
        while open.undo_label().is_some() {
            open.run(Gesture::Undo, &mut ids).unwrap();
            steps += 1;
            seen.check(&open)?;
            if let Some(selection) = seen.left_from.get(&open.state_id()) {
                prop_assert_eq!(open.selection(), selection);
            }
        }
        prop_assert!(open.run(Gesture::Undo, &mut ids).is_err());
        prop_assert_eq!(open.document().set().annotation_count(), 0);
        assert_sound(&open)?;
        while open.redo_label().is_some() {
            open.run(Gesture::Redo, &mut ids).unwrap();
            steps -= 1;
            seen.check(&open)?;
            if let Some(selection) = seen.arrived_at.get(&open.state_id()) {
                prop_assert_eq!(open.selection(), selection);
            }
        }
        prop_assert_eq!(steps, 0);
    }

    /// What does not fit is refused as a whole: the changes before it are undone.
    #[test]
    fn a_transaction_that_does_not_fit_changes_nothing(
        text in texts(),
        commands in prop::collection::vec(any_command(), 1..60),
    ) {
        let (mut open, mut ids) = (open(&text), counted_ids());
        let mut last = None;
        for any in commands {
            let command = any.on(&open);
            let _ = open.run(command, &mut ids);
            last = open.take_applied().pop().or(last);
        }
        let Some(last) = last else {
            return Ok(());
        };
        // The last step again, on the document it was already done to.
        let mut again = last.transaction;
        let mut document = open.document().clone();
        let before = state(&document);
        prop_assert!(apply(&mut document, &again).is_err());
        prop_assert_eq!(&state(&document), &before);
        // Also where only its last change does not fit.
        let fits = inverted(&again);
        let wrong = again.changes.remove(0);
        let half = Transaction {
            changes: fits.changes.into_iter().chain([wrong.clone(), wrong]).collect(),
            ..Transaction::new("")
        };
        prop_assert!(apply(&mut document, &half).is_err());
        prop_assert_eq!(&state(&document), &before);
    }
}
