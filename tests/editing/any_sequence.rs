//! Whatever somebody does in whatever order: the document stays sound, what is counted is right, and
//! all of it can be taken back, done again, saved and read.

use proptest::prelude::*;
use pullquote::format::sidecar;
use pullquote::model::{
    Annotation, AnnotationId, DocumentState, PersonKind, Review, Target, validate,
};
use pullquote::ops::{
    Command, Edge, Motion, OpenDocument, PersonChoice, PersonCount, Step, TagFilter, Tally,
};
use pullquote::text::{TextRange, TextSize};

use crate::support::Desk;

/// What somebody does, as numbers: which command, and two things it may be about.
type Gesture = (u8, usize, usize);

pub(super) const KINDS: u8 = 33;

pub(super) fn command(desk: &Desk, (kind, a, b): Gesture) -> Command {
    let document = desk.open.document();
    let tags: Vec<AnnotationId> = document
        .set()
        .annotations()
        .map(|tag| tag.id.clone())
        .collect();
    let people: Vec<_> = document
        .set()
        .people()
        .map(|person| person.id.clone())
        .collect();
    let any_tag = |n: usize| tags.get(n % tags.len().max(1)).cloned();
    let tag = any_tag(a).unwrap_or_else(|| "nowhere".into());
    let person = |n: usize| people.get(n % people.len().max(1)).cloned();
    let somebody = person(b).unwrap_or_else(|| "nobody".into());
    let place =
        |n: usize| TextSize::try_from(n % (usize::from(document.source().len()) + 1)).unwrap();
    let label = ["quote", "speaker", "claim"][b % 3];
    let edge = [Edge::Start, Edge::End][a % 2];
    match kind % KINDS {
        0..=3 => Command::Select {
            anchor: place(a),
            head: place(a),
        },
        4 => Command::Select {
            anchor: place(a),
            head: place(b),
        },
        5..=8 => Command::Tag(label.into()),
        9 => Command::AddFragment,
        10 => Command::NextCandidate,
        11 => Command::PreviousCandidate,
        12 => Command::ChooseCandidate(a % 4),
        13 => Command::Confirm,
        14 => Command::NotGiven,
        15 => Command::Escape,
        16 => Command::NextTag(TagFilter::default()),
        17 => Command::PreviousTag(TagFilter {
            without_speaker: a % 2 == 0,
            ..TagFilter::default()
        }),
        18 => Command::Nudge {
            edge,
            forward: b % 2 == 0,
            step: [Step::Word, Step::Grapheme][a / 2 % 2],
        },
        19 => Command::SetEdge {
            tag,
            index: b % 2,
            edge,
            to: place(b),
        },
        20 => Command::Relabel {
            tag: any_tag(a),
            label: label.into(),
        },
        21 => Command::SetNote {
            tag: any_tag(a),
            note: "½ 👍 \"note\"\n".repeat(b % 3),
        },
        22 => Command::SetAttribute {
            tag: any_tag(a),
            name: "form".into(),
            value: (b % 2 == 0).then(|| "mixed".into()),
        },
        23 => Command::Delete(any_tag(a)),
        24 => Command::RemoveFragment { tag, index: b % 2 },
        25 => Command::Link {
            from: tag,
            to: any_tag(b).map_or(Target::NotGiven, Target::Annotation),
            add: a % 2 == 0,
        },
        26 => Command::Review {
            tag: any_tag(a),
            review: Review::ALL[b % 4],
            then: Some(TagFilter::default()),
        },
        27 => Command::AssignPerson {
            tag: any_tag(a),
            person: match b % 3 {
                0 => PersonChoice::Existing(somebody),
                1 => PersonChoice::New {
                    name: format!("Person {b}"),
                    kind: PersonKind::Group,
                },
                _ => PersonChoice::None,
            },
        },
        28 => Command::MergePeople {
            from: person(a).unwrap_or_else(|| "nobody".into()),
            into: somebody,
        },
        29 => Command::SetState(DocumentState::ALL[a % 3]),
        30 => {
            if a % 3 == 0 {
                Command::Redo
            } else {
                Command::Undo
            }
        }
        31 => Command::EditText {
            range: {
                let start = place(a);
                let length = TextSize::new([0, 1, 7, 60, 400][b % 5]);
                TextRange::new(start, (start + length).min(document.source().len()))
            },
            replacement: ["", "x", " “so” and ", "\u{301}", "Tillerson said\n"][b / 5 % 5]
                .to_owned(),
        },
        _ => {
            if a % 2 == 0 {
                Command::Grow
            } else {
                Command::Move {
                    motion: Motion::NextWord,
                    extend: b % 2 == 0,
                }
            }
        }
    }
}

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
fn check_list(desk: &mut Desk, filter: &TagFilter, most: usize) -> Result<bool, TestCaseError> {
    let listed = desk.open.list(filter, most);
    if !listed.is_complete() {
        return Ok(false);
    }
    let open = &desk.open;
    let (document, schema) = (open.document(), open.schema());
    let expected: Vec<&AnnotationId> = document
        .set()
        .annotations()
        .filter(|tag| filter.matches(document, schema, tag))
        .map(|tag| &tag.id)
        .collect();
    let listed = open.listed();
    let found: Vec<&AnnotationId> = listed.rows(0..listed.len()).map(|tag| &tag.id).collect();
    prop_assert_eq!(&found, &expected);
    for (row, id) in expected.into_iter().enumerate() {
        let tag = document.set().annotation(id).unwrap();
        prop_assert_eq!(listed.row_of(tag), Some(row));
    }
    Ok(true)
}

fn check(desk: &Desk) -> Result<(), TestCaseError> {
    let open = &desk.open;
    let (document, schema) = (open.document(), open.schema());
    prop_assert_eq!(open.tally(), &Tally::of(document, schema));
    let mut kept: Vec<String> = open.problems().iter().map(|p| format!("{p:?}")).collect();
    let mut anew: Vec<String> = validate(document, schema)
        .iter()
        .map(|p| format!("{p:?}"))
        .collect();
    kept.sort();
    anew.sort();
    prop_assert_eq!(kept, anew);
    let anew = OpenDocument::new(document.clone(), schema.clone());
    prop_assert_eq!(open.overview(), anew.overview());
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
        gestures in prop::collection::vec((0..KINDS, any::<usize>(), any::<usize>()), 1..60),
        which in 0_usize..12,
    ) {
        let mut desk = Desk::sample();
        let state = |desk: &Desk| {
            let document = desk.open.document();
            let text = document.source().as_str().to_owned();
            (document.set().clone(), document.meta().clone(), text)
        };
        let filter = TagFilter {
            label: (which % 2 == 0).then(|| "quote".into()),
            without_speaker: which % 3 == 0,
            containing: ["", "e", "the"][which % 3].to_owned(),
            ..TagFilter::default()
        };
        let untouched = state(&desk);
        for gesture in gestures {
            let command = command(&desk, gesture);
            let before = desk.open.document().set().clone();
            if desk.try_run(command).is_err() {
                prop_assert_eq!(&before, desk.open.document().set());
            }
            check(&desk)?;
            check_list(&mut desk, &filter, 2)?;
        }
        prop_assert!(check_list(&mut desk, &filter, usize::MAX)?);
        let document = desk.open.document();
        let saved = sidecar::write(document, "article.txt");
        let read = sidecar::read(&saved, document.source()).unwrap();
        prop_assert!(read.unread.is_empty());
        prop_assert_eq!(&read.set, document.set());

        while desk.open.redo_label().is_some() {
            desk.run(Command::Redo);
        }
        let last = state(&desk);
        while desk.open.undo_label().is_some() {
            desk.run(Command::Undo);
            check(&desk)?;
        }
        prop_assert_eq!(state(&desk), untouched);
        while desk.open.redo_label().is_some() {
            desk.run(Command::Redo);
        }
        prop_assert_eq!(state(&desk), last);
    }
}
