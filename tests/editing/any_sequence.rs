//! Any sequence of commands: the document stays sound, counts are right, and everything can be
//! undone, redone, saved and read.

use std::cmp::Reverse;

use proptest::prelude::*;
use pullquote::format::sidecar;
use pullquote::model::{Annotation, AnnotationId, Problem, Target, validate};
use pullquote::ops::{
    Command, Edit, Gesture, OpenDocument, PersonCount, TagFilter, TagOrder, Tally,
};

use crate::support::{TestEditor, any_command};

/// The next suggestion, by looking at all tags.
fn anew_suggestion(open: &OpenDocument) -> Option<&Annotation> {
    let here = match open.current_tag() {
        Some(tag) => tag.place(),
        None => (open.selection().head, open.selection().head, "".into()),
    };
    let mut tags = open.document().set().annotations();
    tags.find(|tag| tag.is_open_suggestion() && tag.place() > here)
}

/// What a list of tags shows is what the filter takes in, once all were looked at.
fn check_list(
    editor: &mut TestEditor,
    filter: &TagFilter,
    most: usize,
) -> Result<bool, TestCaseError> {
    let listed = editor.open.list(filter, most);
    if !listed.is_complete() {
        return Ok(false);
    }
    let open = &editor.open;
    let (document, schema) = (open.document(), open.schema());
    let tags = document.set().annotations();
    let mut expected: Vec<_> = tags
        .filter(|tag| filter.matches(document, schema, tag))
        .collect();
    if filter.order == TagOrder::Confidence {
        expected.sort_by_key(|tag| Reverse(tag.confidence));
    }
    let expected: Vec<&AnnotationId> = expected.iter().map(|tag| &tag.id).collect();
    let listed = open.listed();
    let found: Vec<&AnnotationId> = listed.rows(0..listed.len()).map(|tag| &tag.id).collect();
    prop_assert_eq!(&found, &expected);
    for (row, id) in expected.into_iter().enumerate() {
        let tag = document.set().annotation(id).unwrap();
        prop_assert_eq!(listed.row_of(tag), Some(row));
    }
    Ok(true)
}

fn check(editor: &TestEditor) -> Result<(), TestCaseError> {
    let open = &editor.open;
    let (document, schema) = (open.document(), open.schema());
    prop_assert_eq!(open.tally(), &Tally::of(document, schema));
    let is_of_rule = |p: &Problem| p.kind.finding().is_some();
    let others = open.problems().iter();
    let others = others.filter(|p| !is_of_rule(p));
    let mut kept: Vec<String> = others.map(|p| format!("{p:?}")).collect();
    let mut anew: Vec<String> = validate(document, schema)
        .iter()
        .map(|p| format!("{p:?}"))
        .collect();
    kept.sort();
    anew.sort();
    prop_assert_eq!(kept, anew);
    let anew = OpenDocument::new(document.clone(), schema.clone());
    prop_assert_eq!(open.overview(), anew.overview());
    let findings = |open: &OpenDocument| -> Vec<Problem> {
        open.problems().iter().filter(is_of_rule).collect()
    };
    prop_assert_eq!(findings(open), findings(&anew));
    let when_done = |open: &OpenDocument| open.problems().more_when_done();
    prop_assert_eq!(when_done(open), when_done(&anew));
    for person in document.set().people() {
        let said = |to: &Target| document.set().links_to(to).count();
        let mut voice = PersonCount {
            mentions: 0,
            said: said(&Target::Person(person.id.clone())),
        };
        for mention in document.set().mentions(&person.id) {
            voice.mentions += 1;
            voice.said += said(&Target::Annotation(mention.id.clone()));
        }
        prop_assert_eq!(open.person_counts().of(&person.id), voice);
    }
    prop_assert_eq!(
        open.suggestion(true).map(|tag| &tag.id),
        anew_suggestion(open).map(|tag| &tag.id)
    );
    let selection = open.selection();
    prop_assert!(document.source().get(selection.range()).is_some());
    prop_assert!(
        selection
            .tag
            .as_ref()
            .is_none_or(|tag| document.set().annotation(tag).is_some())
    );
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn any_sequence_of_commands_can_be_taken_back_saved_and_read(
        commands in prop::collection::vec(any_command(), 1..60),
        which in 0_usize..12,
    ) {
        let mut editor = TestEditor::undecided();
        let state = |editor: &TestEditor| {
            let document = editor.open.document();
            let text = document.source().as_str().to_owned();
            (document.set().clone(), document.meta().clone(), text, document.unread().clone())
        };
        let filter = TagFilter {
            label: (which % 2 == 0).then(|| "quote".into()),
            without_speaker: which % 3 == 0,
            containing: ["", "e", "the"][which % 3].to_owned(),
            order: [TagOrder::Text, TagOrder::Confidence][which / 6 % 2],
            ..TagFilter::default()
        };
        let untouched = state(&editor);
        for any in commands {
            let command = any.on(&editor.open);
            let only_moves = matches!(command, Command::Move(_));
            let before = state(&editor);
            if editor.try_run(command).is_err() || only_moves {
                prop_assert_eq!(&before, &state(&editor));
            }
            check(&editor)?;
            check_list(&mut editor, &filter, 2)?;
        }
        prop_assert!(check_list(&mut editor, &filter, usize::MAX)?);
        // Of two versions the other one would be there again where ours was deleted.
        let undecided: Vec<_> = editor.open.document().unread().iter().cloned().collect();
        for record in undecided {
            let _ = editor.try_run(Edit::KeepOurs(record));
        }
        let document = editor.open.document();
        let saved = sidecar::write(document, "article.txt");
        let read = sidecar::read(&saved, document.source()).unwrap();
        prop_assert_eq!(read.unread.len(), document.unread().len());
        prop_assert_eq!(&read.set, document.set());

        while editor.open.redo_label().is_some() {
            editor.run(Gesture::Redo);
        }
        let last = state(&editor);
        while editor.open.undo_label().is_some() {
            editor.run(Gesture::Undo);
            check(&editor)?;
        }
        prop_assert_eq!(state(&editor), untouched);
        while editor.open.redo_label().is_some() {
            editor.run(Gesture::Redo);
        }
        prop_assert_eq!(state(&editor), last);
    }
}
