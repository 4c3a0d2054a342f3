use thin_vec::ThinVec;

use crate::format::journal::*;
use crate::format::sidecar::link_record;
use crate::model::{
    Annotation, Attribute, Authorship, Change, Choice, ClashingRecord, Confidence, DamagedRecord,
    Decision, Delta, DocumentMeta, DocumentState, FindingSubject, JudgedTag, Link, Origin,
    PeerReview, Person, PersonKind, RecordClash, RecordList, Reply, Review, ReviewKey, Selection,
    Suppression, SuppressionKey, TagPart, Target, UnknownField, UnreadRecord,
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
        note: "“½”\n".into(),
        former_words: thin_vec::thin_vec!["was".to_owned()],
        confidence: Confidence::new(1.0),
        made: stamp("maria", Some(1_764_324_000)),
        changed: stamp("anna", Some(1_764_324_001)),
        decided: stamp("anna", Some(1_764_324_002)),
        unknown: thin_vec::thin_vec![UnknownField {
            name: "zz".into(),
            raw: "r#\"two\nlines\"#".into(),
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
        note: "a \"note\"".into(),
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

fn decision() -> Decision {
    let key = |of: &str| ReviewKey {
        of: of.into(),
        tag: "a".into(),
    };
    let other = JudgedTag {
        key: key("ben"),
        record: "0f".into(),
    };
    Decision {
        others: vec![other],
        choice: Choice::Taken(vec![(TagPart::Boundary, "ben".into())]),
        curated: Some("c".into()),
        reason: "“no” ends it".to_owned(),
        made: stamp("lead", Some(3)),
        ..Decision::new(key("anna"), "00ff")
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

fn suppression() -> Suppression {
    let key = SuppressionKey {
        rule: "untagged-quote".into(),
        about: FindingSubject::Words("“so\n”".into()),
    };
    Suppression {
        made: stamp("ben", Some(1)),
        ..Suppression::new(key, "a title,\n)")
    }
}

fn stamp(by: &str, second: Option<i64>) -> Option<Box<Authorship>> {
    let at = second.map(|second| jiff::Timestamp::from_second(second).unwrap());
    let by = by.into();
    Some(Authorship { at, by }.into())
}

fn attributes() -> ThinVec<Attribute> {
    thin_vec::thin_vec![Attribute {
        name: "é".into(),
        value: "\"".into(),
    }]
}

fn unread(clash: bool) -> UnreadRecord {
    if clash {
        let other = link("maria");
        return UnreadRecord::from(RecordClash {
            line: 7,
            raw: link_record(&other, "maria").into(),
            id: "l".into(),
            differs: vec!["the note".to_owned(), String::new()],
            other: ClashingRecord::Link(Box::new(other)),
        });
    }
    UnreadRecord::Damaged(DamagedRecord {
        line: 7,
        list: RecordList::Links,
        raw: "(id: \"\u{202e}\n".into(),
        reason: "why".into(),
    })
}

/// Every kind of change, the text changing under the tags.
fn step(before: &SourceText, after: &SourceText) -> Applied {
    let meta = |state, annotator: Option<&str>| DocumentMeta {
        state,
        annotator: annotator.map(Into::into),
        unknown: thin_vec::thin_vec![UnknownField {
            name: "n".into(),
            raw: "(1)".into(),
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
                Change::Decision(Delta::insert(decision())),
                Change::Suppression(Delta::insert(suppression())),
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
    // The step before has line breaks in it.
    assert_eq!(journal.damage, Some(JournalDamage { line: 6, steps: 1 }));
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

/// A journal of so many steps, a line each, and two lines of other records.
fn steps_in_lines(steps: u64) -> Vec<String> {
    let text = text("é😀 said");
    let mut lines = vec![header_line(&header())];
    for n in 0..steps {
        let step = Applied {
            transaction: crate::model::Transaction::new(format!("step {n}")),
            before: 3 + n,
            after: 4 + n,
        };
        lines.push(step_line(&step, &text));
    }
    lines.insert(4, saving_line(5, "ff"));
    lines.push(follows_line("000001"));
    lines
}

fn read_lines(lines: &[String]) -> (usize, Option<JournalDamage>) {
    let bytes = lines.concat();
    let journal = JournalText::read(bytes.as_bytes()).unwrap();
    assert_eq!(journal.torn, journal.damage.is_some());
    assert_eq!(journal.follows.is_empty(), journal.damage.is_some());
    (journal.end(), journal.damage)
}

#[test]
fn steps_after_a_damaged_line_are_counted() {
    let lines = steps_in_lines(12);
    assert_eq!(read_lines(&lines), (12, None));
    let at = |line, steps| Some(JournalDamage { line, steps });
    for n in 1..lines.len() {
        let is_step = lines[n].contains(" Step(");
        let before = lines[..n].iter().filter(|line| line.contains(" Step("));
        let before = before.count();
        let after = 12 - before - usize::from(is_step);
        let kept = if is_step { before } else { 12 };
        let dropped = if is_step { after } else { 0 };
        // A wrong bit anywhere in the line, its end included.
        for byte in 0..lines[n].len() {
            let mut harmed = lines.concat().into_bytes();
            let start: usize = lines[..n].iter().map(String::len).sum();
            harmed[start + byte] ^= 1;
            let journal = JournalText::read(&harmed).unwrap();
            assert_eq!(journal.end(), kept, "line {n}, byte {byte}");
            assert_eq!(journal.damage, at(n + 1, dropped), "line {n}, byte {byte}");
        }
        // Cut, without its end: one with the next.
        let mut cut = lines.clone();
        cut[n].truncate(30);
        if n + 1 < lines.len() {
            let bytes = cut.concat();
            let journal = JournalText::read(bytes.as_bytes()).unwrap();
            assert_eq!(journal.damage.map(|damage| damage.line), Some(n + 1));
        }
        // Something put in: all steps still follow one another.
        for odd in ["something else\n", &lines[0]] {
            let mut more = lines.clone();
            more.insert(n, odd.to_owned());
            assert_eq!(read_lines(&more), (12, at(n + 1, 0)), "{odd}");
        }
        if is_step {
            let mut twice = lines.clone();
            twice.insert(n, lines[n].clone());
            assert_eq!(read_lines(&twice), (12, at(n + 2, 1)));
            let mut removed = lines.clone();
            removed.remove(n);
            if after > 0 {
                let (kept, damage) = read_lines(&removed);
                assert_eq!(
                    (kept, damage.map(|damage| damage.steps)),
                    (before, Some(after))
                );
            }
        }
    }
    assert_eq!(
        at(5, 10).unwrap().to_string(),
        "the journal is damaged at line 5, so 10 steps from there on cannot be restored"
    );
}

#[test]
fn a_last_line_that_was_cut_short_is_passed_over() {
    let lines = steps_in_lines(3);
    let bytes = lines.concat();
    let (last, whole) = (lines.last().unwrap().len(), bytes.len());
    for end in whole - last + 1..whole {
        let journal = JournalText::read(&bytes.as_bytes()[..end]).unwrap();
        assert!(journal.torn);
        assert_eq!((journal.end(), journal.damage), (3, None), "{end}");
    }
}
