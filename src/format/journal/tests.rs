use crate::format::journal::*;
use crate::format::sidecar::link_record;
use crate::model::{
    Annotation, Attribute, Authorship, Change, ClashingRecord, Confidence, DamagedRecord, Delta,
    DocumentMeta, DocumentState, Link, Origin, PeerReview, Person, PersonKind, RecordClash,
    RecordList, Reply, Review, ReviewKey, Selection, Target, UnknownField, UnreadRecord,
};
use crate::text::{SourceText, TextRange};

fn text(text: &str) -> SourceText {
    SourceText::new(text, "UTF-8").unwrap()
}

fn header() -> JournalHeader {
    JournalHeader {
        article: "/corpus/a \"b\".txt".into(),
        sidecar: "/corpus/a \"b\".txt.maria.ron".into(),
        annotator: Some("maria".into()),
        base: Some("ab12".to_owned()),
        source: text("x").sha256().to_owned(),
        state: 3,
    }
}

fn tag(id: &str, range: (u32, u32)) -> Annotation {
    Annotation {
        note: "“½”\n".to_owned(),
        former_words: vec!["was".to_owned()],
        confidence: Confidence::new(1.0),
        made: stamp("maria", Some(1_764_324_000)),
        changed: stamp("anna", Some(1_764_324_001)),
        decided: stamp("anna", Some(1_764_324_002)),
        unknown: vec![UnknownField {
            name: "zz".to_owned(),
            raw: "r#\"two\nlines\"#".to_owned(),
        }],
        ..Annotation::new(
            id,
            "quote",
            TextRange::new(range.0.into(), range.1.into())
                .try_into()
                .unwrap(),
            Origin::Annotator("".into()),
        )
    }
}

fn link(origin: &str) -> Link {
    Link {
        attributes: attributes(),
        confidence: Confidence::new(0.875),
        note: "a \"note\"".to_owned(),
        made: stamp("", Some(0)),
        changed: stamp("maria", None),
        ..Link::new(
            "l",
            "speaker",
            "a",
            Target::NotGiven,
            Origin::Annotator(origin.into()),
        )
    }
}

fn review(replier: &str) -> PeerReview {
    let key = ReviewKey {
        of: "anna \"b\"".into(),
        tag: "t".into(),
    };
    let said = stamp(replier, Some(1)).unwrap();
    PeerReview {
        verdict: Review::Unsure,
        reason: "why,\n)".to_owned(),
        replies: vec![Reply {
            said: *said,
            text: "“so”".to_owned(),
        }],
        made: stamp("ben", None),
        changed: stamp("", Some(2)),
        ..PeerReview::new(key, "00ff")
    }
}

fn stamp(by: &str, second: Option<i64>) -> Option<Box<Authorship>> {
    let at = second.map(|second| jiff::Timestamp::from_second(second).unwrap());
    let by = by.into();
    Some(Authorship { at, by }.into())
}

fn attributes() -> Vec<Attribute> {
    vec![Attribute {
        name: "é".into(),
        value: "\"".into(),
    }]
}

fn unread(clash: bool) -> UnreadRecord {
    if clash {
        let other = link("maria");
        return UnreadRecord::Clash(RecordClash {
            line: 7,
            raw: link_record(&other, "maria"),
            id: "l".into(),
            differs: vec!["the note".to_owned(), String::new()],
            other: ClashingRecord::Link(Box::new(other)),
        });
    }
    UnreadRecord::Damaged(DamagedRecord {
        line: 7,
        list: RecordList::Links,
        raw: "(id: \"\u{202e}\n".to_owned(),
        reason: "why".to_owned(),
    })
}

/// Every kind of change, the text changing under the tags.
fn step(before: &SourceText, after: &SourceText) -> Applied {
    let meta = |state, annotator: Option<&str>| DocumentMeta {
        state,
        annotator: annotator.map(Into::into),
        unknown: vec![UnknownField {
            name: "n".to_owned(),
            raw: "(1)".to_owned(),
        }],
    };
    let person = Person {
        kind: PersonKind::Group,
        aliases: vec!["é".to_owned()],
        organisation: "The “Times”".to_owned(),
        attributes: attributes(),
        made: stamp("maria", Some(1)),
        changed: stamp("anna", Some(2)),
        ..Person::new("p", "None")
    };
    Applied {
        transaction: Transaction {
            label: "changed “all”".to_owned(),
            changes: vec![
                Change::Annotation(Delta::replace(tag("a", (2, 6)), tag("a", (3, 7)))),
                Change::Annotation(Delta::insert(tag("b", (0, 1)))),
                Change::Link(Delta::replace(link(""), link("maria"))),
                Change::Person(Delta::remove(person)),
                Change::PeerReview(Delta::replace(review(""), review("ben"))),
                Change::Meta(Delta::replace(
                    meta(DocumentState::New, None),
                    meta(DocumentState::Done, Some("None")),
                )),
                Change::Unread(Delta::remove(unread(true))),
                Change::Unread(Delta::insert(unread(false))),
                Change::Source(Delta::replace(before.clone(), after.clone())),
            ],
            selection_after: Some(Selection {
                anchor: 3.into(),
                head: 7.into(),
                tag: Some("a".into()),
            }),
        },
        before: 3,
        after: 9,
    }
}

#[test]
fn every_kind_of_change_comes_back() {
    let (old, new) = (text("é😀 said"), text("xé😀 said"));
    let taken = step(&old, &new);
    let back = Applied {
        transaction: crate::model::Transaction {
            changes: vec![Change::Source(Delta::replace(new.clone(), old.clone()))],
            ..Transaction::new("back")
        },
        before: 9,
        after: 3,
    };
    let lines = [
        header_line(&header()),
        step_line(&taken, &old),
        saving_line(9, "ff"),
        step_line(&back, &new),
        follows_line("000001"),
    ]
    .concat();
    let journal = JournalText::read(lines.as_bytes()).unwrap();
    assert!(!journal.torn);
    assert_eq!(journal.header, header());
    assert_eq!(journal.follows, ["000001"]);
    let (steps, last) = journal.steps(&old);
    assert_eq!(steps, [taken, back]);
    assert_eq!(last, old);
    // Known by the base, the saved file, and by coming back to a state.
    assert_eq!(journal.place_of(Some("ab12")), Some(2));
    assert_eq!(journal.place_of(Some("ff")), Some(1));
    assert_eq!(journal.place_of(None), None);
    assert_eq!(journal.labels_from(1).collect::<Vec<_>>(), ["back"]);
    // Of another text nothing is read.
    assert_eq!(journal.steps(&text("é😀 SAID")).0, []);
}

#[test]
fn a_record_that_changes_twice_in_a_step_is_written_once() {
    let old = text("é😀 said");
    let mut taken = step(&old, &old);
    taken.transaction.changes = vec![
        Change::Annotation(Delta::insert(tag("a", (2, 6)))),
        Change::Annotation(Delta::replace(tag("a", (2, 6)), tag("a", (0, 2)))),
        Change::Annotation(Delta::insert(tag("b", (0, 2)))),
        Change::Annotation(Delta::remove(tag("b", (0, 2)))),
    ];
    let lines = header_line(&header()) + &step_line(&taken, &old);
    let (steps, _) = JournalText::read(lines.as_bytes()).unwrap().steps(&old);
    assert_eq!(
        steps[0].transaction.changes,
        [Change::Annotation(Delta::insert(tag("a", (0, 2))))]
    );
}

#[test]
fn steps_that_do_not_follow_one_another_end_the_journal() {
    let old = text("é😀 said");
    let taken = step(&old, &old);
    let twice = step_line(&taken, &old).repeat(2);
    let lines = header_line(&header()) + &twice;
    let journal = JournalText::read(lines.as_bytes()).unwrap();
    assert!(journal.torn);
    assert_eq!(journal.end(), 1);
    assert!(JournalText::read(twice.as_bytes()).is_none(), "no header");
    assert!(JournalText::read(b"").is_none());
}

#[cfg(unix)]
#[test]
fn paths_that_are_not_unicode_come_back() {
    use std::os::unix::ffi::OsStrExt;
    let path = std::ffi::OsStr::from_bytes(b"/corpus/caf\xE9.txt");
    let odd = JournalHeader {
        article: path.into(),
        ..header()
    };
    let line = header_line(&odd);
    assert_eq!(JournalText::read(line.as_bytes()).unwrap().header, odd);
}
