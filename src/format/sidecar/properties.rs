//! What holds of every document.

use jiff::Timestamp;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use sha2::Digest;
use smol_str::SmolStr;
use thin_vec::ThinVec;

use super::tests::{kept, read_document, source};
use super::*;
use crate::model::{
    Annotation, Attribute, Authorship, Choice, Confidence, DamagedRecord, Decision, Document,
    DocumentState, FindingSubject, Fragments, JudgedTag, Link, Origin, PeerReview, Person,
    PersonKind, ProposedChange, ProposedRange, ProposedSpeaker, RecordList, Reply, Review,
    ReviewKey, SettledReview, Sitting, Suppression, SuppressionKey, TagPart, Target, UnknownField,
    UnreadRecord, Verdict,
};
use crate::text::{TextRange, TextSize};

prop_compose! {
    fn any_origin()(kind in 0..3, name in "[a-z]{0,4}|\\PC{0,4}") -> Origin {
        match kind {
            0 => Origin::Annotator(name.into()),
            1 => Origin::Suggester(name.into()),
            _ => Origin::Import(name.into()),
        }
    }
}

fn any_unknown() -> impl Strategy<Value = ThinVec<UnknownField>> {
    let value = select(vec![
        "1",
        "-2.5",
        "\"a, )\"",
        "(x: [1, (2)])",
        "Some(None)",
        "{\"k\": 'c'}",
        "true",
        "r#\"\n\"#",
    ]);
    prop::collection::btree_map("zz[a-z0-9_]{0,3}", value, 0..3).prop_map(|fields| {
        let field = |(name, raw): (String, &str)| UnknownField {
            name: name.into(),
            raw: raw.into(),
        };
        fields.into_iter().map(field).collect()
    })
}

fn any_stamp() -> impl Strategy<Value = Option<Box<Authorship>>> {
    let at = prop::option::of(0_i64..4_000_000_000);
    let stamp = (at, "[a-z]{0,4}|\\PC{0,4}").prop_map(|(at, by)| Authorship {
        at: at.map(|at| Timestamp::from_second(at).unwrap()),
        by: by.into(),
    });
    // What says nothing is not written.
    prop::option::of(stamp).prop_map(|stamp| stamp.filter(|stamp| !stamp.is_empty()).map(Box::new))
}

fn any_confidence() -> impl Strategy<Value = Option<Confidence>> {
    prop::option::of((0.0..=1.0).prop_map(|value| Confidence::new(value).unwrap()))
}

fn any_attributes() -> impl Strategy<Value = ThinVec<Attribute>> {
    let pairs = prop::collection::btree_map("\\PC{0,3}", any::<String>(), 0..3);
    pairs.prop_map(|pairs| {
        let pair = |(name, value): (String, String)| Attribute {
            name: name.into(),
            value: value.into(),
        };
        pairs.into_iter().map(pair).collect()
    })
}

fn any_text() -> impl Strategy<Value = String> {
    let piece = select(vec![
        "a",
        "He said. ",
        "é",
        "👩‍🔬",
        "\n",
        "\r\n",
        "\t",
        "\"",
        "\\",
        "שלום",
        "\u{202e}",
        "\u{200d}",
        "\0",
        "e\u{301}",
        "“",
        "\u{feff}",
        "))",
        "//",
        "/*",
    ]);
    prop::collection::vec(piece, 1..40).prop_map(|pieces| pieces.concat())
}

fn any_annotation(text: String) -> impl Strategy<Value = Option<Annotation>> {
    let ends = prop::collection::vec(any::<Index>(), 2..7);
    let bounds: Vec<usize> = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect();
    let facts = (
        any_origin(),
        select(VERDICTS.to_vec()),
        select(Review::ALL.to_vec()),
    );
    (
        ("[a-z0-9]{1,2}", "[a-z]{0,3}|\\PC{1,3}", ends),
        facts,
        (
            prop::option::of("p[0-3]"),
            "\\PC{0,6}|[\"\n\u{202e}\0\\\\]{0,4}",
            any_unknown(),
        ),
        any_attributes(),
        (any_confidence(), any_stamp(), any_stamp(), any_stamp()),
    )
        .prop_map(
            move |(
                (id, label, ends),
                (origin, verdict, review),
                (person, note, unknown),
                attributes,
                (confidence, made, changed, decided),
            )| {
                let mut ends: Vec<_> = ends
                    .iter()
                    .map(|end| bounds[end.index(bounds.len())])
                    .collect();
                ends.sort_unstable();
                let size = |at: usize| TextSize::try_from(at).unwrap();
                let ranges = ends
                    .chunks_exact(2)
                    .map(|pair| TextRange::new(size(pair[0]), size(pair[1])));
                let ranges = ranges.filter(|range| !range.is_empty()).collect();
                Some(Annotation {
                    attributes,
                    confidence,
                    made,
                    changed,
                    decided,
                    person: person.map(|id| id.as_str().into()),
                    verdict,
                    review,
                    former_words: note.lines().map(str::to_owned).collect(),
                    note: note.into(),
                    unknown,
                    ..Annotation::new(id.as_str(), label, Fragments::new(ranges).ok()?, origin)
                })
            },
        )
}

const VERDICTS: [Verdict; 4] = [
    Verdict::Open,
    Verdict::Accepted,
    Verdict::Corrected,
    Verdict::Rejected,
];

prop_compose! {
    fn any_link()(
        id in "[a-z]{1,2}", role in "\\PC{0,4}", from in "[a-z0-9]{1,2}", to in "[a-z0-9]{1,2}",
        kind in 0..3, origin in any_origin(), confirmed in any::<bool>(), unknown in any_unknown(),
        attributes in any_attributes(), confidence in any_confidence(), note in "\\PC{0,4}",
        made in any_stamp(), changed in any_stamp(),
    ) -> Link {
        let to = match kind {
            0 => Target::Annotation(to.as_str().into()),
            1 => Target::Person(to.as_str().into()),
            _ => Target::NotGiven,
        };
        Link { attributes, confidence, confirmed, note: note.into(), made, changed, unknown, ..Link::new(id.as_str(), role, from.as_str(), to, origin) }
    }
}

prop_compose! {
    fn any_person()(
        id in "p[0-3]", name in any::<String>(), kind in select(PersonKind::ALL.to_vec()),
        aliases in prop::collection::vec("\\PC{0,4}", 0..3), role in "\\PC{0,3}",
        external_id in "Q?[0-9]{0,2}", unknown in any_unknown(), organisation in "\\PC{0,3}",
        attributes in any_attributes(), made in any_stamp(), changed in any_stamp(),
    ) -> Person {
        Person {
            kind, aliases, role, organisation, external_id, attributes, made, changed, unknown,
            ..Person::new(id.as_str(), name) }
    }
}

prop_compose! {
    fn any_proposed_change()(
        remove in any::<bool>(), label in prop::option::of("[a-z]{0,3}"),
        at in prop::collection::vec((0_u32..9, 1_u32..9, "\\PC{0,4}|[\"\n]{1,2}"), 0..3),
        speaker in prop::option::of(prop::option::of((any::<String>(), prop::option::of(0_u32..9)))),
        attributes in any_attributes(),
    ) -> ProposedChange {
        let range = |(start, length, words)| ProposedRange { start, end: start + length, words };
        let speaker = speaker.map(|named| match named {
            Some((name, None)) => ProposedSpeaker::Named(name),
            Some((words, Some(start))) => {
                ProposedSpeaker::Words(ProposedRange { start, end: start + 1, words })
            }
            None => ProposedSpeaker::NotGiven,
        });
        ProposedChange {
            remove, label: label.map(SmolStr::from), at: at.into_iter().map(range).collect(), speaker,
            attributes,
        }
    }
}

fn settled_review((by, review): (String, String)) -> SettledReview {
    SettledReview {
        by: by.into(),
        review: review.into(),
    }
}

prop_compose! {
    fn any_peer_review()(
        of in "[a-z]{0,3}", tag in "[a-z0-9]{1,2}", record in "[0-9a-f]{0,4}",
        verdict in select(Review::ALL.to_vec()), reason in any::<String>(),
        replies in prop::collection::vec((any_stamp(), "\\PC{0,4}|[\"\n]{1,2}"), 0..3),
        unknown in any_unknown(), made in any_stamp(), changed in any_stamp(),
        change in any_proposed_change(),
        settled in prop::collection::vec(("[a-z]{0,2}", "[0-9a-f]{0,4}"), 0..3),
    ) -> PeerReview {
        let replies = replies.into_iter().map(|(said, text)| {
            Reply { said: *said.unwrap_or_default(), text }
        });
        let key = ReviewKey { of: of.into(), tag: tag.as_str().into() };
        PeerReview {
            verdict, reason, change, replies: replies.collect(), unknown, made, changed,
            settled: settled.into_iter().map(settled_review).collect(),
            ..PeerReview::new(key, record)
        }
    }
}

prop_compose! {
    fn any_decision()(
        of in "[a-z]{0,3}", tag in "[a-z0-9]{1,2}", record in "[0-9a-f]{0,4}",
        others in prop::collection::vec(("[a-z]{0,3}", "[a-z0-9]{1,2}", "[0-9a-f]{0,4}"), 0..3),
        choice in 0..5, parts in prop::sample::subsequence(TagPart::ALL.to_vec(), 1..5),
        whose in "[a-z]{0,3}|\\PC{0,3}", curated in prop::option::of("[a-z0-9]{1,2}"),
        reason in any::<String>(),
        unknown in any_unknown(), made in any_stamp(), changed in any_stamp(),
    ) -> Decision {
        let key = |of: String, tag: String| ReviewKey { of: of.into(), tag: tag.as_str().into() };
        let others = others.into_iter().map(|(of, tag, record)| JudgedTag {
            key: key(of, tag),
            record: record.into(),
        });
        let choice = match choice {
            0 => Choice::Undecided,
            1 => Choice::Agreed,
            2 => Choice::AllWrong,
            3 => Choice::Nothing,
            _ => Choice::Taken(parts.into_iter().map(|part| (part, whose.clone().into())).collect()),
        };
        Decision {
            others: others.collect(), choice, reason, made, changed, unknown,
            curated: curated.map(|id| id.as_str().into()),
            ..Decision::new(key(of, tag), record)
        }
    }
}

prop_compose! {
    fn any_suppression()(
        rule in "[a-z]{1,3}", tag in any::<bool>(), about in "\\PC{0,4}|[a-z\"\n]{1,3}",
        reason in any::<String>(), unknown in any_unknown(), made in any_stamp(),
        changed in any_stamp(),
    ) -> Suppression {
        let about = match tag {
            true => FindingSubject::Tag(about.as_str().into()),
            false => FindingSubject::Words(about.into()),
        };
        let key = SuppressionKey { rule: rule.into(), about };
        Suppression { unknown, made, changed, ..Suppression::new(key, reason) }
    }
}

prop_compose! {
    fn any_sitting()(
        by in "[a-z]{0,3}|\\PC{0,3}", start in 0_i64..4_000_000_000_000, seconds in any::<u32>(),
        unknown in any_unknown(),
    ) -> Sitting {
        let start = Timestamp::from_millisecond(start).unwrap();
        Sitting { by: by.into(), start, seconds, unknown }
    }
}

prop_compose! {
    pub(super) fn any_document()(text in any_text())(
        annotations in prop::collection::vec(any_annotation(text.clone()), 0..6),
        links in prop::collection::vec(any_link(), 0..5),
        people in prop::collection::vec(any_person(), 0..3),
        reviews in prop::collection::vec(any_peer_review(), 0..3),
        decisions in prop::collection::vec(any_decision(), 0..3),
        ignored in prop::collection::vec(any_suppression(), 0..3),
        sittings in prop::collection::vec(any_sitting(), 0..3),
        annotator in prop::option::of("[a-z]{1,3}"),
        state in select(DocumentState::ALL.to_vec()),
        unknown in any_unknown(),
        unread in prop::collection::vec((
            select(vec![
                RecordList::Sittings, RecordList::People, RecordList::Annotations,
    RecordList::Links, RecordList::Reviews, RecordList::Ignored, RecordList::Lost, RecordList::Decisions,
            ]),
            select(vec!["7", "(id: 3)", "Odd(a: \"\n\")", "(id: \"z\", label: \"q\", at: [(5, 1)], text: [\"x\"])"]),
        ), 0..3),
        damaged in prop::collection::vec(any::<String>(), 0..2),
        text in Just(text),
    ) -> Document {
        let mut document = Document::new(source(&text));
        for annotation in annotations.into_iter().flatten() {
            document.parts_mut().set.insert_annotation(annotation);
        }
        for link in links {
            document.parts_mut().set.insert_link(link);
        }
        for person in people {
            document.parts_mut().set.insert_person(person);
        }
        for review in reviews {
            document.parts_mut().set.insert_peer_review(review);
        }
        for decision in decisions {
            document.parts_mut().set.insert_decision(decision);
        }
        for one in ignored {
            document.parts_mut().set.insert_suppression(one);
        }
        document.parts_mut().sittings.extend(sittings);
        document.parts_mut().meta.annotator = annotator.map(SmolStr::from);
        document.parts_mut().meta.state = state;
        document.parts_mut().meta.unknown = unknown;
        let mut unread: Vec<(RecordList, String)> =
            unread.into_iter().map(|(list, raw)| (list, raw.to_owned())).collect();
        unread.sort_by_key(|(list, _)| *list);
        unread.extend(damaged.into_iter().map(|raw| (RecordList::Damaged, raw)));
        document.parts_mut().unread = unread
            .into_iter()
            .enumerate()
            .map(|(line, (list, raw))| {
                let reason = SmolStr::default();
                UnreadRecord::Damaged(DamagedRecord { line, list, raw: raw.into(), reason })
            })
            .collect();
        document
    }
}

proptest! {
    /// Nothing is lost or changed by writing and reading, and the bytes stay the same.
    #[test]
    fn what_is_written_is_read_back(document in any_document()) {
        let text = write(&document, "a \"b\".txt");
        let contents = read(&text, document.source()).unwrap();
        prop_assert!(!contents.salvaged && contents.source_matches);
        prop_assert_eq!(&contents.set, document.set());
        prop_assert_eq!(&contents.meta, document.meta());
        prop_assert_eq!(&contents.sittings, document.sittings());
        prop_assert_eq!(kept(&contents.unread), kept(document.unread()));
        let again = write(&read_document(&text, document.source()), "a \"b\".txt");
        prop_assert_eq!(again, text);
    }

    /// Reading any damaged file does not panic, and saving it then gives a sound file.
    #[test]
    fn damage_never_panics_and_is_saved_whole(
        document in any_document(),
        wounds in prop::collection::vec((any::<Index>(), any::<u8>(), 0..3), 1..4),
    ) {
        let mut bytes = write(&document, "a.txt").into_bytes();
        for (at, byte, kind) in wounds {
            let at = at.index(bytes.len());
            match kind {
                0 => bytes[at] = byte,
                1 => bytes.truncate(at + 1),
                _ => bytes.insert(at, byte),
            }
        }
        if let Ok(contents) = read_bytes(&bytes, document.source()) {
            let document = contents.into_document(document.source().clone(), None);
            let saved = write(&document, "a.txt");
            let again = read(&saved, document.source()).unwrap();
            prop_assert!(!again.salvaged, "{}", saved);
            prop_assert_eq!(&again.set, document.set());
            prop_assert_eq!(&again.meta, document.meta());
            prop_assert_eq!(again.unread.len(), document.unread().len());
        }
    }

    /// The version of a tag is that of its record and those of its links without stamps and review, whoever writes them.
    #[test]
    fn the_version_of_a_tag_is_that_of_its_plain_records(document in any_document()) {
        for tag in document.set().annotations() {
            let plain = Annotation {
                made: None,
                changed: None,
                decided: None,
                review: Review::Unreviewed,
                ..tag.clone()
            };
            let links = document.set().links_from(&tag.id).map(|link| {
                let link = Link { made: None, changed: None, ..link.clone() };
                write::link_record(&link, "")
            });
            let record = write::annotation_on(&plain, document.source());
            let records: Vec<String> = std::iter::once(record).chain(links).collect();
            let hash = sha2::Sha256::digest(records.join("\n"));
            prop_assert_eq!(record_hash(&document, tag), hex::encode(&hash[..8]));
        }
    }
}
