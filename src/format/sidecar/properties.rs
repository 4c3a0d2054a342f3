//! What holds of every document.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use smol_str::SmolStr;

use super::tests::{kept, read_document, source};
use super::*;
use crate::model::{
    Annotation, Document, DocumentState, Fragments, Link, Origin, Person, PersonKind, Review,
    Target, UnknownField, Verdict,
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

fn any_unknown() -> impl Strategy<Value = Vec<UnknownField>> {
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
            name,
            raw: raw.to_owned(),
        };
        fields.into_iter().map(field).collect()
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
        prop::collection::btree_map("\\PC{0,3}", any::<String>(), 0..3),
    )
        .prop_map(
            move |(
                (id, label, ends),
                (origin, verdict, review),
                (person, note, unknown),
                attributes,
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
                let mut annotation = Annotation {
                    person: person.map(|id| id.as_str().into()),
                    verdict,
                    review,
                    former_words: note.lines().map(str::to_owned).collect(),
                    note,
                    unknown,
                    ..Annotation::new(id.as_str(), label, Fragments::new(ranges).ok()?, origin)
                };
                for (name, value) in attributes {
                    annotation.set_attribute(&name, Some(value.into()));
                }
                Some(annotation)
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
    ) -> Link {
        let to = match kind {
            0 => Target::Annotation(to.as_str().into()),
            1 => Target::Person(to.as_str().into()),
            _ => Target::NotGiven,
        };
        Link { confirmed, unknown, ..Link::new(id.as_str(), role, from.as_str(), to, origin) }
    }
}

prop_compose! {
    fn any_person()(
        id in "p[0-3]", name in any::<String>(), kind in select(PersonKind::ALL.to_vec()),
        aliases in prop::collection::vec("\\PC{0,4}", 0..3), role in "\\PC{0,3}",
        external_id in "Q?[0-9]{0,2}", unknown in any_unknown(),
    ) -> Person {
        Person { kind, aliases, role, external_id, unknown, ..Person::new(id.as_str(), name) }
    }
}

prop_compose! {
    pub(super) fn any_document()(text in any_text())(
        annotations in prop::collection::vec(any_annotation(text.clone()), 0..6),
        links in prop::collection::vec(any_link(), 0..5),
        people in prop::collection::vec(any_person(), 0..3),
        annotator in prop::option::of("[a-z]{1,3}"),
        state in select(DocumentState::ALL.to_vec()),
        unknown in any_unknown(),
        unread in prop::collection::vec((
            select(vec!["people", "annotations", "links", UnreadRecord::LOST]),
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
        document.parts_mut().meta.annotator = annotator.map(SmolStr::from);
        document.parts_mut().meta.state = state;
        document.parts_mut().meta.unknown = unknown;
        let mut unread: Vec<(String, String)> = unread.into_iter().map(|(l, r)| (l.to_owned(), r.to_owned())).collect();
        unread.sort_by_key(|(list, _)| ["people", "annotations", "links", UnreadRecord::LOST].iter().position(|l| l == list));
        unread.extend(damaged.into_iter().map(|raw| (DAMAGED.to_owned(), raw)));
        document.parts_mut().unread = unread
            .into_iter()
            .enumerate()
            .map(|(line, (list, raw))| UnreadRecord { line, list, raw, reason: String::new(), clash: None })
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
}
