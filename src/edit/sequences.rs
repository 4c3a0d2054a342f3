//! Any sequence of actions on any text: what must hold.

use proptest::prelude::*;
use proptest::sample::Index;

use super::testing::{Desk, schema};
use super::{ApplyError, Context, Edge, Motion, PersonChoice, Refusal, Step, action, apply};
use crate::model::{
    Annotation, AnnotationId, AnnotationSet, Change, CountedIds, Document, DocumentState,
    Fragments, IdSource, LinkId, PersonId, PersonKind, ProblemKind, Review, Selection, Target,
    Transaction, validate,
};
use crate::suggest::{Candidate, CandidateTarget};
use crate::text::{TextRange, snap_to_graphemes};

/// Any action, with numbers that pick what it is about.
#[derive(Debug, Clone)]
struct Gesture {
    kind: u8,
    a: Index,
    b: Index,
    c: Index,
    flag: bool,
}

fn gestures() -> impl Strategy<Value = Vec<Gesture>> {
    let kind = prop_oneof![3 => 0_u8..3, 8 => 3_u8..25, 4 => 25_u8..35];
    let one = (kind, any::<(Index, Index, Index)>(), any::<bool>()).prop_map(
        |(kind, (a, b, c), flag)| Gesture {
            kind,
            a,
            b,
            c,
            flag,
        },
    );
    prop::collection::vec(one, 0..60)
}

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

fn pick<T: Clone>(index: &Index, from: &[T]) -> Option<T> {
    (!from.is_empty()).then(|| from[index.index(from.len())].clone())
}

fn nothing() -> Refusal {
    Refusal::new("nothing to do it to")
}

/// Does a gesture; says whether it did something.
fn perform(desk: &mut Desk, gesture: &Gesture) -> bool {
    let set = desk.document.set();
    let mut tags: Vec<AnnotationId> = set.annotations().map(|tag| tag.id.clone()).collect();
    tags.push(AnnotationId::new("gone"));
    let mut people: Vec<PersonId> = set.people().map(|person| person.id.clone()).collect();
    people.push(PersonId::new("gone"));
    let links: Vec<LinkId> = set.links().map(|link| link.id.clone()).collect();
    let labels = ["quote", "speaker", "speaker", "claim", "cue", "unknown"];
    let Gesture {
        kind,
        a,
        b,
        c,
        flag,
    } = gesture;
    let tag = pick(a, &tags).unwrap();
    let other = pick(b, &tags).unwrap();
    let person = pick(b, &people).unwrap();
    let label = pick(b, &labels).unwrap();
    let source = desk.document.source().clone();
    let boundary = |index: &Index| {
        let places: Vec<usize> = source
            .as_str()
            .char_indices()
            .map(|(at, _)| at)
            .chain([source.as_str().len()])
            .collect();
        u32::try_from(places[index.index(places.len())])
            .unwrap()
            .into()
    };
    if *kind >= 31 {
        let motions = [
            Motion::NextGrapheme,
            Motion::PreviousGrapheme,
            Motion::NextWord,
            Motion::PreviousWord,
            Motion::To(boundary(b)),
            Motion::ParagraphStart,
            Motion::ParagraphEnd,
            Motion::DocumentStart,
            Motion::DocumentEnd,
        ];
        desk.selection.head = pick(a, &motions)
            .unwrap()
            .target(&source, desk.selection.head);
        return false;
    }
    if *kind >= 25 {
        // Often a caret, for the natural unit there.
        let other = if *kind < 29 { a } else { b };
        let range = TextRange::new(
            std::cmp::min(boundary(a), boundary(other)),
            std::cmp::max(boundary(a), boundary(other)),
        );
        let range = snap_to_graphemes(&source, range);
        desk.selection.anchor = if *flag { range.start() } else { range.end() };
        desk.selection.head = range.end();
        desk.selection.tag = None;
        return false;
    }
    let edge = if *flag { Edge::Start } else { Edge::End };
    desk.run(|ctx, ids| match kind {
        0..=2 => action::tag(ctx, label, ids),
        3 | 4 => {
            let from = ctx.document.set().annotation(&tag).ok_or_else(nothing)?;
            let mut found = action::speaker_candidates(
                ctx.document,
                ctx.schema,
                from.fragments.as_slice(),
                &from.label,
            );
            found.push(Candidate {
                target: CandidateTarget::Tagged(other),
                words: String::new(),
            });
            let candidate = pick(c, &found).ok_or_else(nothing)?;
            action::choose_candidate(ctx, &tag, &candidate, *flag, ids)
        }
        5 => action::confirm_link(ctx, &tag, ids),
        6 => action::not_given(ctx, &tag, ids),
        7 => action::leave_undecided(ctx, &tag),
        8 => action::link(ctx, &tag, &Target::Annotation(other), *flag, ids),
        9 => action::link(ctx, &tag, &Target::Person(person), *flag, ids),
        10 => action::unlink(ctx, &pick(a, &links).ok_or_else(nothing)?),
        11 => action::add_fragment(ctx, &tag),
        12 => action::remove_fragment(ctx, &tag, b.index(3)),
        13 | 14 => {
            let step = if b.index(2) == 0 {
                Step::Word
            } else {
                Step::Grapheme
            };
            action::nudge(ctx, &tag, edge, c.index(2) == 0, step)
        }
        15 => action::set_edge(ctx, &tag, b.index(3), edge, boundary(c)),
        16 => action::relabel(ctx, &tag, label),
        17 => action::set_attribute(ctx, &tag, "form", flag.then(|| "mixed".into())),
        18 => action::set_note(ctx, &tag, if *flag { "why" } else { "" }),
        19 => action::delete(ctx, &tag),
        20 => action::review(ctx, &tag, Review::ALL[b.index(4)], ids),
        21 => action::set_state(ctx, DocumentState::ALL[c.index(3)]),
        23 => action::delete_person(ctx, &person),
        24 => action::merge_people(ctx, &pick(a, &people).ok_or_else(nothing)?, &person),
        22 => {
            let choice = match c.index(3) {
                0 => PersonChoice::None,
                1 => PersonChoice::Existing(person),
                _ => PersonChoice::New {
                    name: "Sarah Sanders".to_owned(),
                    kind: PersonKind::Person,
                },
            };
            action::assign_person(ctx, &tag, &choice, ids)
        }
        _ => {
            let mut person = ctx
                .document
                .set()
                .person(&person)
                .cloned()
                .ok_or_else(nothing)?;
            person.role = "secretary".to_owned();
            person.aliases.push(" Rex ".to_owned());
            action::edit_person(ctx, &person)
        }
    })
    .is_ok_and(|()| true)
}

/// Document, people and selection, to compare.
fn state(desk: &Desk) -> (AnnotationSet, crate::model::DocumentMeta, Selection) {
    (
        desk.document.set().clone(),
        desk.document.meta().clone(),
        desk.selection.clone(),
    )
}

/// The indexes say the same as a set built anew, and nothing is broken.
fn assert_valid(desk: &Desk) -> Result<(), TestCaseError> {
    let document = &desk.document;
    let set = document.set();
    let mut anew = AnnotationSet::default();
    for tag in set.annotations() {
        anew.insert_annotation(tag.clone());
    }
    for link in set.links() {
        anew.insert_link(link.clone());
    }
    for person in set.people() {
        anew.insert_person(person.clone());
    }
    prop_assert_eq!(&anew, set);
    prop_assert_eq!(set.annotations().count(), set.annotation_count());
    let all = document.source().full_range();
    prop_assert!(anew.overlapping(all).eq(set.overlapping(all)));
    for tag in set.annotations() {
        prop_assert!(anew.links_from(&tag.id).eq(set.links_from(&tag.id)));
        let to = Target::Annotation(tag.id.clone());
        prop_assert!(anew.links_to(&to).eq(set.links_to(&to)));
        prop_assert!(Fragments::new(tag.fragments.as_slice().to_vec()).is_ok());
        for range in tag.fragments.iter() {
            prop_assert!(document.source().get(range).is_some());
        }
        let starts_here: Vec<_> = tag.attributes.iter().map(|a| &a.name).collect();
        prop_assert!(starts_here.windows(2).all(|pair| pair[0] < pair[1]));
    }
    for person in set.people() {
        prop_assert!(anew.mentions(&person.id).eq(set.mentions(&person.id)));
    }
    for problem in validate(document, &desk.schema) {
        prop_assert!(
            matches!(problem.kind, ProblemKind::UnknownAttribute(_)),
            "{:?}",
            problem
        );
    }
    if let Some(tag) = &desk.selection.tag {
        prop_assert!(set.annotation(tag).is_some(), "the current tag is gone");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// After any gestures the document is sound; undoing them one by one goes back through the very
    /// same states, redoing forth again.
    #[test]
    fn gestures_keep_the_document_sound_and_can_be_undone(
        text in texts(),
        gestures in gestures(),
    ) {
        let mut desk = Desk::new(&text);
        let mut befores = Vec::new();
        let mut afters = Vec::new();
        for gesture in &gestures {
            let before = state(&desk);
            let revision = desk.history.state_id();
            perform(&mut desk, gesture);
            assert_valid(&desk)?;
            if desk.history.state_id() == revision {
                prop_assert_eq!(desk.document.set(), &before.0);
                prop_assert_eq!(desk.document.meta(), &before.1);
            } else {
                befores.push((before, revision));
                afters.push((state(&desk), desk.history.state_id()));
            }
        }
        for (before, revision) in befores.iter().rev() {
            prop_assert!(desk.undo());
            prop_assert_eq!(&state(&desk), before);
            prop_assert_eq!(desk.history.state_id(), *revision);
        }
        prop_assert!(!desk.undo());
        assert_valid(&desk)?;
        for (after, revision) in &afters {
            prop_assert!(desk.redo());
            prop_assert_eq!(&state(&desk), after);
            prop_assert_eq!(desk.history.state_id(), *revision);
        }
        prop_assert!(!desk.redo());
    }

    /// What does not fit is refused whole: the changes before it are taken back.
    #[test]
    fn a_transaction_that_does_not_fit_changes_nothing(
        text in texts(),
        gestures in gestures(),
        last in 0_u8..25,
        picks in any::<(Index, Index, Index)>(),
    ) {
        let mut desk = Desk::new(&text);
        for gesture in &gestures {
            perform(&mut desk, gesture);
        }
        let gesture = Gesture { kind: last, a: picks.0, b: picks.1, c: picks.2, flag: true };
        let revision = desk.history.state_id();
        perform(&mut desk, &gesture);
        if desk.history.state_id() == revision {
            return Ok(());
        }
        // The last step again, on the document it was already done to.
        let mut again = desk.history.undo().map(|_| ()).and(desk.history.redo()).unwrap().transaction;
        let before = state(&desk);
        prop_assert!(apply(&mut desk.document, &again).is_err());
        prop_assert_eq!(&state(&desk), &before);
        // Also where only its last change does not fit.
        let fits = super::inverted(&again);
        let wrong = again.changes.remove(0);
        let half = Transaction {
            changes: fits.changes.into_iter().chain([wrong.clone(), wrong]).collect(),
            ..Transaction::new("")
        };
        prop_assert!(apply(&mut desk.document, &half).is_err());
        prop_assert_eq!(&state(&desk), &before);
        assert_valid(&desk)?;
    }

    /// The caret only ever stands between graphemes, and steps lead on.
    #[test]
    fn the_caret_stands_between_graphemes(text in texts(), at in any::<Index>()) {
        let desk = Desk::new(&text);
        let source = desk.document.source();
        let from = u32::try_from(at.index(text.len() + 1)).unwrap().into();
        for motion in [
            Motion::NextGrapheme,
            Motion::PreviousGrapheme,
            Motion::NextWord,
            Motion::PreviousWord,
            Motion::To(from),
            Motion::ParagraphStart,
            Motion::ParagraphEnd,
            Motion::DocumentStart,
            Motion::DocumentEnd,
        ] {
            let to = motion.target(source, from);
            let around = TextRange::empty(to);
            prop_assert_eq!(snap_to_graphemes(source, around), around, "{:?}", motion);
            match motion {
                Motion::NextGrapheme | Motion::NextWord => {
                    prop_assert!(to > from || from == source.len(), "{:?}", motion);
                }
                Motion::PreviousGrapheme | Motion::PreviousWord => {
                    prop_assert!(to < from || from == 0.into(), "{:?}", motion);
                }
                _ => {}
            }
        }
    }
}

/// A tag outside the text, or within a character, is not taken.
#[test]
fn a_tag_outside_the_text_is_refused() {
    let mut desk = Desk::new("é");
    for (start, end) in [(0, 1), (0, 3), (2, 4)] {
        let mut tag: Annotation = template(&desk.document);
        tag.fragments =
            Fragments::new(vec![TextRange::new(u32::into(start), u32::into(end))]).unwrap();
        let transaction = Transaction {
            changes: vec![Change::Annotation(crate::model::Delta::insert(tag))],
            ..Transaction::new("tagged")
        };
        assert!(matches!(
            apply(&mut desk.document, &transaction),
            Err(ApplyError::NotInText { .. })
        ));
        assert_eq!(desk.document.set().annotation_count(), 0);
    }
}

/// A change from one id to another is not taken.
#[test]
fn a_change_of_id_is_refused() {
    let mut desk = Desk::new("é");
    let tag = template(&desk.document);
    apply(
        &mut desk.document,
        &Transaction {
            changes: vec![Change::Annotation(crate::model::Delta::insert(tag.clone()))],
            ..Transaction::new("tagged")
        },
    )
    .unwrap();
    let mut renamed = tag.clone();
    renamed.id = AnnotationId::new("other");
    let transaction = Transaction {
        changes: vec![Change::Annotation(crate::model::Delta::replace(
            tag, renamed,
        ))],
        ..Transaction::new("renamed")
    };
    assert!(matches!(
        apply(&mut desk.document, &transaction),
        Err(ApplyError::IdChanged { .. })
    ));
}

fn template(document: &Document) -> Annotation {
    let selection = Selection {
        anchor: 0.into(),
        head: document.source().len(),
        tag: None,
    };
    let ctx = Context {
        document,
        schema: &schema(),
        selection: &selection,
        annotator: None,
    };
    let mut ids = CountedIds::new("id").padded(4);
    let ids: &mut dyn IdSource = &mut ids;
    let transaction = action::tag(&ctx, "cue", ids).unwrap();
    transaction
        .changes
        .into_iter()
        .find_map(|change| match change {
            Change::Annotation(delta) => delta.after,
            _ => None,
        })
        .unwrap()
}
