//! The reader of our own spelling never says anything else than the general one.

use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::canonical_file::take_apart_canonical;
use super::canonical_record;
use super::properties::any_document;
use super::raw::RawRecord;
use super::record::{
    AnnotationRecord, DecisionRecord, LinkRecord, PeerReviewRecord, PersonRecord, Record,
    SittingRecord, SuppressionRecord, parse_any_spelling,
};
use super::take_apart::whole;
use super::write;

/// Whether both read a record as the same; `None` where ours leaves it to the general one.
fn agree<R: Record + std::fmt::Debug>(raw: &str) -> Option<bool> {
    let ours = R::canonical(raw)?;
    let general = parse_any_spelling::<R>(raw);
    let same = format!("{:?}", Ok::<_, String>((ours, Vec::<()>::new()))) == format!("{general:?}");
    assert!(same, "{raw}: {general:?}");
    Some(same)
}

/// How many records ours reads; panics where the two do not agree.
fn compare(text: &str) -> usize {
    let mut read = 0;
    for line in text.lines() {
        let raw = line.trim().trim_end_matches(',');
        let found = [
            agree::<AnnotationRecord>(raw),
            agree::<LinkRecord>(raw),
            agree::<PersonRecord>(raw),
            agree::<PeerReviewRecord>(raw),
            agree::<DecisionRecord>(raw),
            agree::<SuppressionRecord>(raw),
            agree::<SittingRecord>(raw),
        ];
        read += found.into_iter().flatten().count();
    }
    if let Some(ours) = take_apart_canonical(text) {
        match whole(text) {
            Ok(general) => assert_eq!(format!("{ours:?}"), format!("{general:?}"), "{text}"),
            Err(error) => panic!("{error}: {text}"),
        }
    }
    read
}

/// What may come to stand anywhere: as it is written here, almost so, or not at all.
const PIECES: [&str; 48] = [
    " ",
    "  ",
    "\n",
    "\r",
    "\t",
    ",",
    ", ",
    ",,",
    ":",
    ": ",
    "(",
    ")",
    "()",
    "[",
    "]",
    "[]",
    "{",
    "}",
    "{}",
    "\"",
    "\\",
    "\\\"",
    "\\u{41}",
    "\\u{d800}",
    "\\u{0000041}",
    "\\x41",
    "\\0",
    "/",
    "//",
    "/**/",
    "/*",
    "r#",
    "r\"",
    "r#\"\"#",
    "b",
    "'",
    "'a'",
    "0",
    "1",
    "-",
    "+",
    ".",
    "e5",
    "_",
    "Some(",
    "None",
    "true",
    "\u{feff}",
];

#[derive(Debug, Clone)]
enum Mutation {
    Flip(Index, u8),
    Insert(Index, &'static str),
    Remove(Index, u8),
    Truncate(Index),
    /// Two parts between commas and blanks change places.
    Swap(Index, Index),
    /// A part between commas and blanks comes a second time.
    Double(Index),
}

fn any_mutation() -> impl Strategy<Value = Mutation> {
    prop_oneof![
        2 => (any::<Index>(), 0..8_u8).prop_map(|(at, bit)| Mutation::Flip(at, bit)),
        4 => (any::<Index>(), select(PIECES.to_vec())).prop_map(|(at, p)| Mutation::Insert(at, p)),
        2 => (any::<Index>(), 1..5_u8).prop_map(|(at, len)| Mutation::Remove(at, len)),
        1 => any::<Index>().prop_map(Mutation::Truncate),
        2 => (any::<Index>(), any::<Index>()).prop_map(|(a, b)| Mutation::Swap(a, b)),
        1 => any::<Index>().prop_map(Mutation::Double),
    ]
}

fn mutated(text: &str, mutation: &Mutation) -> String {
    let mut bytes = text.as_bytes().to_vec();
    if bytes.is_empty() {
        return String::new();
    }
    match mutation {
        Mutation::Flip(at, bit) => {
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
        }
        Mutation::Insert(at, piece) => {
            let at = at.index(bytes.len());
            bytes.splice(at..at, piece.bytes());
        }
        Mutation::Remove(at, len) => {
            let at = at.index(bytes.len());
            let end = (at + usize::from(*len)).min(bytes.len());
            bytes.drain(at..end);
        }
        Mutation::Truncate(at) => bytes.truncate(at.index(bytes.len())),
        Mutation::Swap(a, b) => {
            let mut parts: Vec<&str> = text.split(", ").collect();
            let (a, b) = (a.index(parts.len()), b.index(parts.len()));
            parts.swap(a, b);
            return parts.join(", ");
        }
        Mutation::Double(at) => {
            let mut parts: Vec<&str> = text.split(", ").collect();
            let at = at.index(parts.len());
            parts.insert(at, parts[at]);
            return parts.join(", ");
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn both_read_what_is_written(document in any_document()) {
        let text = write(&document, "a \"b\".txt");
        compare(&text);
    }

    #[test]
    fn both_read_what_is_mutated(
        document in any_document(),
        mutations in prop::collection::vec(any_mutation(), 1..4),
    ) {
        let mut text = write(&document, "a.txt");
        for mutation in &mutations {
            text = mutated(&text, mutation);
            compare(&text);
        }
    }
}

/// A piece at every place of a record: what is left is read by both alike.
#[test]
fn both_read_a_record_with_any_piece_anywhere() {
    const RECORDS: [&str; 6] = [
        "(id: \"a1\", label: \"q\\u{200b}\", at: [(0, 12), (20, 21)], text: [\"a\\n\", \"b\"], \
         attributes: {\"tense\": \"past\", \"a\": \"\"}, person: \"p1\", by: Suggester(\"x\"), \
         verdict: Open, review: Unsure, note: \"no\", was: [\"c\"], confidence: 0.5, \
         made: (\"m\", \"2026-11-28T10:00:00Z\"), changed: (\"\", \"\"))",
        "(id: \"l1\", role: \"speaker\", from: \"a1\", to: Annotation(\"a2\"), by: Import(\"brat\"), \
         confirmed: true, note: \"n\", confidence: 1.0, made: (\"m\", \"\"))",
        "(id: \"p1\", name: \"Ann\", kind: Organisation, aliases: [\"A\"], role: \"r\", \
         external_id: \"Q1\", organisation: \"o\", attributes: {\"k\": \"v\"})",
        "(of: \"jo\", tag: \"a1\", record: \"0f\", verdict: Accepted, reason: \"so\", \
         replies: [(\"m\", \"2026-11-28T10:00:00Z\", \"no\")], made: (\"m\", \"\"))",
        "(of: \"jo\", tag: \"a1\", record: \"0f\", others: [(\"mo\", \"b1\", \"1f\")], choice: Taken, \
         parts: {\"label\": \"jo\"}, curated: \"c1\", reason: \"so\", made: (\"m\", \"\"))",
        "(by: \"jo\", start: \"2026-11-28T10:00:00Z\", seconds: 12)",
    ];
    let (mut tried, mut ours) = (0, 0);
    for record in RECORDS {
        assert_eq!(compare(record), 1, "{record}");
        for (at, _) in record.char_indices() {
            for piece in PIECES {
                for cut in 0..3 {
                    let rest = record.get(at + cut..).unwrap_or_default();
                    ours += compare(&format!("{}{piece}{rest}", &record[..at]));
                    tried += 1;
                }
            }
        }
    }
    println!("mutated records: {tried} tried, {ours} read by the canonical reader, all alike");
    assert!(ours > 0 && ours < tried);
}

#[test]
fn what_is_written_without_unknown_fields_needs_no_other_reader() {
    let document = super::tests::read_document(
        "#![enable(implicit_some)]\nPullquote(\n    version: 1,\n    source: (sha256: \"x\"),\n    \
         annotations: [\n        (id: \"a\", label: \"q\", at: [(0, 1)], text: [\"A\"], \
         note: \"x\"),\n    ],\n    links: [\n        (id: \"l\", role: \"s\", from: \"a\", \
         to: NotGiven),\n    ],\n)\n",
        &super::tests::source("A b"),
    );
    let text = write(&document, "a.txt");
    let raw = take_apart_canonical(&text).unwrap();
    let spelt = |records: &[RawRecord<'_>]| records.len();
    assert_eq!((spelt(&raw.annotations), spelt(&raw.links)), (1, 1));
    assert!(canonical_record::annotation(&raw.annotations[0].raw).is_some());
    assert!(canonical_record::link(&raw.links[0].raw).is_some());
}
