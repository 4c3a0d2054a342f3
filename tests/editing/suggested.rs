//! What is suggested in an open document: shown, stored with a verdict only, and suggested again when
//! that is taken back.

use proptest::prelude::*;
use pullquote::edit::apply;
use pullquote::model::{Annotation, AnnotationSet, QuoteForm, Target, Verdict};
use pullquote::ops::{
    Edge, Edit, Gesture, OpenDocument, Step, SuggestionOptions, TagFilter, Tally, add_suggestions,
    suggestions,
};
use pullquote::suggest::proposals;

use crate::support::{TestEditor, any_command};

const TEXT: &str = "“The bridge will open in May,” Mayor Ann Lee said on Monday.\n\n\
    “It was never safe,” she added. “We waited far too long,” Tom Webb said.\n\n\
    Webb told the council: “Nobody was warned.”\n";

fn options(kinds: &[QuoteForm]) -> SuggestionOptions {
    SuggestionOptions {
        kinds: Some(kinds.iter().copied().map(Into::into).collect()),
        ..SuggestionOptions::default()
    }
}

/// Lets the suggestions follow, as the window does between frames.
fn follow(open: &mut OpenDocument) {
    if open.wants_proposals() {
        let source = open.document().source().clone();
        open.set_proposals(&source, proposals(&source));
    }
    assert!(open.show_suggestions(usize::MAX));
}

fn suggesting(mut editor: TestEditor, kinds: &[QuoteForm]) -> TestEditor {
    editor.open.suggest(Some(options(kinds)));
    follow(&mut editor.open);
    editor
}

/// What is to be shown: what is stored, and what is suggested for it.
fn expected(open: &OpenDocument, kinds: &[QuoteForm]) -> AnnotationSet {
    let mut document = open.document().clone();
    let mut all = suggestions(&document, open.schema(), &options(kinds), None);
    for one in &mut all {
        let ends = one.speaker.iter_mut().chain(&mut one.cue);
        for tag in ends.filter_map(|end| end.annotation.as_mut()) {
            tag.person = None;
        }
    }
    apply(&mut document, &add_suggestions(&all)).unwrap();
    document.set().clone()
}

fn current(editor: &TestEditor) -> Annotation {
    editor.open.current_tag().cloned().unwrap()
}

fn words(editor: &TestEditor) -> String {
    current(editor)
        .fragments
        .text(editor.open.document().source())
}

#[test]
fn nothing_is_stored_until_there_is_a_verdict() {
    let mut editor = suggesting(TestEditor::on(TEXT), &[QuoteForm::Direct]);
    assert_eq!(editor.open.suggestion_count(), 4);
    assert_eq!(editor.open.document().set().annotation_count(), 0);
    assert!(editor.open.is_saved() && editor.open.undo_label().is_none());

    editor.run(Gesture::Suggestion { forward: true });
    assert_eq!(words(&editor), "“The bridge will open in May,”");
    assert!(editor.open.is_undecided(&current(&editor).id));
    assert!(editor.open.is_saved());

    let said = editor.run(Gesture::Confirm).message;
    assert!(said.contains("confirmed Ann Lee; now at"), "{said}");
    assert_eq!(words(&editor), "“It was never safe,”");
    assert_eq!(editor.open.suggestion_count(), 3);
    let set = editor.open.document().set();
    let [quote, mention] = [0, 1].map(|n| set.annotations().nth(n).unwrap());
    assert_eq!(quote.label, "quote");
    assert_eq!(quote.verdict, Verdict::Accepted);
    assert_eq!(mention.verdict, Verdict::Accepted);
    assert_eq!((set.annotation_count(), set.person_count()), (2, 1));
    assert!(set.links().all(|link| link.confirmed));

    editor.run(Gesture::Undo);
    let set = editor.open.document().set();
    assert_eq!(
        (set.annotation_count(), set.link_count(), set.person_count()),
        (0, 0, 0)
    );
    assert_eq!(words(&editor), "“The bridge will open in May,”");
    assert_eq!(editor.open.suggestion_count(), 4);
    editor.run(Gesture::Redo);
    assert_eq!(editor.open.document().set().annotation_count(), 2);
}

#[test]
fn a_rejected_suggestion_is_stored_alone_and_does_not_come_back() {
    let mut editor = suggesting(TestEditor::on(TEXT), &[QuoteForm::Direct]);
    editor.run(Gesture::Suggestion { forward: true });
    editor.run(Gesture::ReviewAndGoOn {
        tag: None,
        review: pullquote::model::Review::Rejected,
        filter: TagFilter::default(),
    });
    assert_eq!(words(&editor), "“It was never safe,”");
    let set = editor.open.document().set();
    let [rejected] = set.annotations().collect::<Vec<_>>()[..] else {
        panic!("{set:?}")
    };
    assert_eq!(rejected.verdict, Verdict::Rejected);
    assert_eq!(set.link_count(), 0);
    let again = OpenDocument::new(editor.open.document().clone(), editor.open.schema().clone());
    let mut again = again;
    again.suggest(Some(options(&[QuoteForm::Direct])));
    follow(&mut again);
    assert_eq!(again.suggestion_count(), 3);
    // Deleting is rejecting: else it would be suggested again.
    editor.run(Edit::Delete(None));
    assert_eq!(editor.open.suggestion_count(), 2);
    assert_eq!(editor.open.document().set().annotation_count(), 2);
}

#[test]
fn an_edge_corrects_and_another_speaker_is_kept() {
    let mut editor = suggesting(TestEditor::on(TEXT), &[QuoteForm::Direct]);
    editor.run(Gesture::Suggestion { forward: true });
    let quote = current(&editor).id;
    editor.run(Edit::Nudge {
        edge: Edge::End,
        forward: false,
        step: Step::Word,
    });
    let stored = editor.open.document().set().annotation(&quote).unwrap();
    assert_eq!(stored.verdict, Verdict::Corrected);
    let link = editor.link_of(&quote).unwrap();
    assert!(!link.confirmed);
    editor.run(Gesture::Confirm);
    assert!(editor.link_of(&quote).unwrap().confirmed);
    for _ in 0..2 {
        editor.run(Gesture::Undo);
    }
    assert_eq!(editor.open.document().set().annotation_count(), 0);

    for _ in 0..2 {
        editor.run(Gesture::Suggestion { forward: true });
    }
    let quote = current(&editor).id;
    assert_eq!(words(&editor), "“We waited far too long,”");
    let before = editor.open.shown().set().links_from(&quote).next().cloned();
    editor.run(Gesture::NextCandidate);
    let other = editor.link_of(&quote).unwrap();
    assert_ne!(other.to, before.unwrap().to);
    editor.run(Gesture::Confirm);
    let set = editor.open.document().set();
    let Target::Annotation(mention) = &editor.link_of(&quote).unwrap().to else {
        panic!()
    };
    let mention = set.annotation(mention).unwrap();
    assert_eq!(mention.verdict, Verdict::Accepted);
    assert_eq!(set.annotation(&quote).unwrap().verdict, Verdict::Accepted);
}

#[test]
fn enter_after_a_correction_goes_on_to_the_next_suggestion() {
    let mut editor = suggesting(TestEditor::on(TEXT), &[QuoteForm::Direct]);
    editor.run(Gesture::Suggestion { forward: true });
    let corrected = current(&editor).id;
    editor.run(Edit::Nudge {
        edge: Edge::End,
        forward: false,
        step: Step::Word,
    });
    assert_eq!(current(&editor).id, corrected, "it may need more");
    let said = editor.run(Gesture::Confirm);
    assert!(said.message.contains("now at"), "{}", said.message);
    assert_eq!(words(&editor), "“It was never safe,”");
}

#[test]
fn leaving_a_suggestion_decides_nothing() {
    let mut editor = suggesting(TestEditor::on(TEXT), &[QuoteForm::Direct]);
    editor.run(Gesture::Suggestion { forward: true });
    let _ = editor.try_run(Gesture::Untagged { forward: true });
    for _ in 0..3 {
        editor.run(Gesture::Escape);
    }
    editor.run(Gesture::Suggestion { forward: true });
    editor.run(Gesture::NextTag(TagFilter::default()));
    assert_eq!(editor.open.document().set().annotation_count(), 0);
    assert!(editor.open.is_saved());
}

#[test]
fn tagging_takes_what_is_suggested_there() {
    let mut editor = suggesting(TestEditor::on(TEXT), &[QuoteForm::Direct]);
    editor.caret_in("never safe");
    editor.run(Edit::Tag("quote".into()));
    let quote = current(&editor);
    assert_eq!(quote.verdict, Verdict::Accepted);
    assert!(matches!(
        quote.origin,
        pullquote::model::Origin::Suggester(_)
    ));
    assert_eq!(
        editor.open.suggestion_count(),
        3 + 1,
        "its mention waits for a yes"
    );
    editor.run(Gesture::Confirm);
    assert_eq!(editor.open.suggestion_count(), 3);
}

#[test]
fn kinds_come_and_go_bit_by_bit() {
    let mut editor = suggesting(TestEditor::sample(), &QuoteForm::ALL);
    let all = editor.open.suggestion_count();
    editor.run(Gesture::Suggestion { forward: true });
    editor.open.suggest(Some(options(&[QuoteForm::Direct])));
    let mut steps = 0;
    while !editor.open.show_suggestions(2) {
        steps += 1;
        assert!(steps < 1000);
    }
    let direct = editor.open.suggestion_count();
    assert!(0 < direct && direct < all, "{direct} of {all}");
    editor.open.suggest(None);
    follow(&mut editor.open);
    assert_eq!(editor.open.suggestion_count(), 0);
    assert_eq!(editor.open.selection().tag, None);
    assert_eq!(editor.open.shown().set(), editor.open.document().set());
}

#[test]
fn going_through_all_with_enter_gives_what_the_shell_writes() {
    for editor in [TestEditor::on(TEXT), TestEditor::sample()] {
        let mut editor = suggesting(editor, &QuoteForm::ALL);
        let kinds = options(&QuoteForm::ALL);
        let all = suggestions(editor.open.document(), editor.open.schema(), &kinds, None);
        let mut written = editor.open.document().clone();
        let with_speaker: Vec<_> = all
            .into_iter()
            .filter(|one| one.speaker.is_some())
            .collect();
        apply(&mut written, &add_suggestions(&with_speaker)).unwrap();
        editor.run(Gesture::Suggestion { forward: true });
        while let Some(tag) = editor
            .open
            .current_tag()
            .filter(|tag| tag.is_open_suggestion())
        {
            let id = tag.id.clone();
            if editor.link_of_shown(&id) {
                editor.run(Gesture::Confirm);
            } else if editor
                .try_run(Gesture::Suggestion { forward: true })
                .is_err()
            {
                break;
            }
            if editor.open.current_tag().is_some_and(|tag| tag.id == id) {
                break;
            }
        }
        let places = |set: &AnnotationSet| {
            let tags = set.annotations();
            tags.map(|tag| (tag.id.clone(), tag.label.clone(), tag.fragments.clone()))
                .collect::<Vec<_>>()
        };
        let ends = |set: &AnnotationSet| {
            let links = set.links();
            links
                .map(|link| (link.id.clone(), link.from.clone(), link.to.clone()))
                .collect::<Vec<_>>()
        };
        let set = editor.open.document().set();
        assert_eq!(places(set), places(written.set()));
        assert_eq!(ends(set), ends(written.set()));
        assert!(
            set.annotations()
                .all(|tag| tag.verdict == Verdict::Accepted)
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn what_is_shown_is_what_is_stored_and_what_is_suggested_for_it(
        commands in prop::collection::vec(any_command(), 1..40),
    ) {
        let kinds = QuoteForm::ALL;
        let mut editor = suggesting(TestEditor::undecided(), &kinds);
        let before = editor.open.document().set().clone();
        let check = |editor: &mut TestEditor| -> Result<(), TestCaseError> {
            follow(&mut editor.open);
            let open = &editor.open;
            prop_assert_eq!(open.shown().set(), &expected(open, &kinds));
            prop_assert_eq!(open.tally(), &Tally::of(open.shown(), open.schema()));
            let tag = open.selection().tag.as_ref();
            prop_assert!(tag.is_none_or(|tag| open.shown().set().annotation(tag).is_some()));
            Ok(())
        };
        check(&mut editor)?;
        for any in commands {
            let command = any.on(&editor.open);
            let _ = editor.try_run(command);
            check(&mut editor)?;
        }
        while editor.open.undo_label().is_some() {
            editor.run(Gesture::Undo);
            check(&mut editor)?;
        }
        prop_assert_eq!(editor.open.document().set(), &before);
        while editor.open.redo_label().is_some() {
            editor.run(Gesture::Redo);
            check(&mut editor)?;
        }
    }
}

const PARAGRAPH: &str = "“The bridge is safe,” Mayor Ann Lee said. “We have checked it,” Lee said. “Not by anyone \
    I know,” Tom Webb said.\n\n“It is closed,” Webb said.\n";

#[test]
fn the_rest_of_a_paragraph_is_tagged_like_its_first_quote_also_of_kinds_that_are_off() {
    for kinds in [&[QuoteForm::Direct][..], &[QuoteForm::Indirect], &[]] {
        let mut editor = TestEditor::on(PARAGRAPH);
        if !kinds.is_empty() {
            editor = suggesting(editor, kinds);
        }
        let refused = editor.refused(Edit::AcceptRest);
        assert!(refused.contains("tag its first quote"), "{refused}");
        editor.caret_in("bridge is");
        editor.run(Edit::Tag("quote".into()));
        let before = editor.open.document().set().clone();
        let said = editor.run(Edit::AcceptRest).message;
        assert_eq!(
            said, "tagged 2 quotes more like this; probably none is wrong; 1 speaker to confirm",
            "{kinds:?}"
        );
        let set = editor.open.document().set();
        let quotes: Vec<&Annotation> = set
            .annotations()
            .filter(|tag| tag.label == "quote")
            .collect();
        assert_eq!(quotes.len(), 3);
        let confirmed: Vec<bool> = quotes
            .iter()
            .map(|quote| {
                assert_eq!(quote.verdict, Verdict::Accepted);
                let links: Vec<_> = set.links_from(&quote.id).collect();
                assert_eq!(links.len(), 1, "{links:?}");
                links[0].confirmed
            })
            .collect();
        assert_eq!(confirmed, [true, true, false], "{kinds:?}");
        if !kinds.is_empty() {
            assert_eq!(editor.open.shown().set(), &expected(&editor.open, kinds));
        }
        editor.run(Gesture::Undo);
        assert_eq!(editor.open.document().set(), &before);
        editor.run(Gesture::Redo);
        let said = editor.refused(Edit::AcceptRest);
        assert!(said.contains("nothing more is suggested"), "{said}");
    }
}

#[test]
fn all_occurrences_of_a_name_are_tagged_with_what_is_suggested() {
    let mut editor = suggesting(TestEditor::on(PARAGRAPH), &[QuoteForm::Direct]);
    let before = editor.open.suggestion_count();
    let webb = editor.place_of("closed,” Webb").end();
    editor.caret_at(webb);
    editor.run(Edit::Tag("speaker".into()));
    let said = editor.run(Edit::TagOccurrences).message;
    assert_eq!(said, "tagged 1 more “Tom Webb”");
    let set = editor.open.document().set();
    let speakers = || set.annotations().filter(|tag| tag.label == "speaker");
    assert!(speakers().all(|tag| tag.person.is_some()));
    assert_eq!((speakers().count(), set.person_count()), (2, 1));
    assert_eq!(editor.open.suggestion_count(), before);
    assert_eq!(
        editor.open.shown().set(),
        &expected(&editor.open, &[QuoteForm::Direct])
    );
    editor.run(Gesture::Undo);
    assert_eq!(editor.open.document().set().annotation_count(), 1);
}
