//! What holds of every two versions of a file.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::strategy::ValueTree;

use super::*;
use crate::format::sidecar::properties::any_document;
use crate::format::sidecar::{read, write as write_document};
use crate::model::{
    Annotation, Attribute, Authorship, Choice, ClashingRecord, Decision, Document, DocumentState,
    Fragments, Link, Origin, PeerReview, Person, Reply, Review, ReviewKey, Sitting, Target,
};
use crate::text::{SourceText, TextRange};

mod facts;

use facts::{
    Facts, annotation_facts, decision_facts, facts, link_facts, person_facts, review_facts,
};

const WORDS: u32 = 40;

fn tag(id: String, word: u32) -> Annotation {
    Annotation::new(
        id.as_str(),
        "quote",
        place(word),
        Origin::Annotator("".into()),
    )
}

fn place(word: u32) -> Fragments {
    let start = (word % WORDS) * 5;
    TextRange::new(start.into(), (start + 4).into())
        .try_into()
        .unwrap()
}

fn link(id: String, from: usize, to: Target) -> Link {
    Link {
        confirmed: false,
        ..Link::new(
            id.as_str(),
            "speaker",
            format!("a{from}").as_str(),
            to,
            Origin::Annotator("".into()),
        )
    }
}

fn person(id: String) -> Person {
    Person {
        aliases: vec!["he".into()],
        ..Person::new(id.as_str(), format!("Name of {id}"))
    }
}

/// Twelve tags, three people, six links.
fn base() -> Document {
    let text: String = (0..WORDS).map(|n| format!("wé{:02} ", n % 7)).collect();
    let text: String = text
        .chars()
        .map(|c| if c == 'é' { 'e' } else { c })
        .collect();
    let mut document = Document::new(SourceText::new(text.as_str(), "UTF-8").unwrap());
    for n in 0..12 {
        document
            .parts_mut()
            .set
            .insert_annotation(tag(format!("a{n}"), n));
    }
    for n in 0..3 {
        document
            .parts_mut()
            .set
            .insert_person(person(format!("p{n}")));
    }
    for n in 0..3 {
        document.parts_mut().set.insert_peer_review(review(n));
        document.parts_mut().set.insert_decision(decision(n));
    }
    for n in 0..6 {
        let to = match n % 3 {
            0 => Target::Person(format!("p{}", n % 3).as_str().into()),
            1 => Target::Annotation(format!("a{}", n + 6).as_str().into()),
            _ => Target::NotGiven,
        };
        document
            .parts_mut()
            .set
            .insert_link(link(format!("l{n}"), n, to));
    }
    document
}

fn stamp(who: &str, value: u32) -> Option<Box<Authorship>> {
    let at = jiff::Timestamp::from_second(value.into()).ok();
    let by = who.into();
    Some(Authorship { at, by }.into())
}

/// One edit, as a person of this name would make it.
fn edit(document: &mut Document, who: &str, (kind, at, value): (u8, usize, u32)) {
    let set = &mut document.parts_mut().set;
    let mine = format!("{who}{value}");
    let id = format!("a{}", at % 12);
    let tag_of = set.annotation(&id.as_str().into()).cloned();
    let change = |change: &dyn Fn(&mut Annotation), set: &mut crate::model::AnnotationSet| {
        if let Some(mut tag) = tag_of.clone() {
            change(&mut tag);
            tag.changed = stamp(who, value);
            set.insert_annotation(tag);
        }
    };
    let link_id = format!("l{}", at % 6);
    let link_of = set.link(&link_id.as_str().into()).cloned();
    let person_id = format!("p{}", at % 3);
    let person_of = set.person(&person_id.as_str().into()).cloned();
    match kind {
        0 => change(&|tag| tag.note = mine.as_str().into(), set),
        1 => change(&|tag| tag.review = Review::ALL[value as usize % 4], set),
        2 => change(&|tag| tag.label = mine.as_str().into(), set),
        3 => change(&|tag| tag.fragments = place(value), set),
        4 => change(
            &|tag| tag.set_attribute("form", Some(mine.as_str().into())),
            set,
        ),
        5 => change(&|tag| tag.set_attribute(&mine, Some("x".into())), set),
        6 => change(&|tag| tag.person = Some(person_id.as_str().into()), set),
        7 => drop(set.remove_annotation(&id.as_str().into())),
        8 => drop(set.insert_annotation(tag(format!("new-{mine}"), value))),
        // Both add one of the same name, as when one file was copied.
        9 => {
            let mut both = tag(format!("both{}", value % 3), value);
            both.made = stamp(who, value);
            set.insert_annotation(both);
        }
        10 => {
            if let Some(mut link) = link_of {
                link.confirmed = true;
                link.changed = stamp(who, value);
                set.insert_link(link);
            }
        }
        11 => {
            if let Some(mut link) = link_of {
                link.to = Target::Person(person_id.as_str().into());
                set.insert_link(link);
            }
        }
        12 => drop(set.remove_link(&link_id.as_str().into())),
        13 => {
            let to = Target::Annotation(format!("a{}", value % 12).as_str().into());
            set.insert_link(link(format!("new-{mine}"), at % 12, to));
        }
        14 => {
            if let Some(mut person) = person_of {
                person.aliases.push(mine);
                set.insert_person(person);
            }
        }
        15 => {
            if let Some(mut person) = person_of {
                person.role = mine;
                person.changed = stamp(who, value);
                set.insert_person(person);
            }
        }
        16 => drop(set.remove_person(&person_id.as_str().into())),
        17 => drop(set.insert_person(person(format!("new-{mine}")))),
        18 => {
            if let Some(mut link) = link_of {
                link.note = mine.into();
                link.changed = stamp(who, value);
                set.insert_link(link);
            }
        }
        19 => {
            if let Some(mut person) = person_of {
                person.attributes = thin_vec::thin_vec![Attribute {
                    name: mine.into(),
                    value: "x".into(),
                }];
                set.insert_person(person);
            }
        }
        20 => {
            if let Some(mut person) = person_of {
                person.organisation = mine;
                set.insert_person(person);
            }
        }
        21 => {
            let mut review = review(at);
            review.verdict = Review::ALL[value as usize % 4];
            review.changed = stamp(who, value);
            set.insert_peer_review(review);
        }
        22 => {
            let mut review = set.peer_review(&review(at).key).unwrap().clone();
            let said = stamp(who, value).unwrap();
            let reply = Reply {
                said: *said,
                text: mine,
            };
            if !review.replies.contains(&reply) {
                review.replies.push(reply);
            }
            set.insert_peer_review(review);
        }
        23 => {
            let mut review = review(at);
            review.key.of = mine.into();
            set.insert_peer_review(review);
        }
        24 => {
            let sitting = Sitting {
                by: "me".into(),
                start: jiff::Timestamp::from_second(at as i64 % 3).unwrap(),
                seconds: 100 + value,
                unknown: thin_vec::ThinVec::new(),
            };
            document.parts_mut().sittings.add(sitting);
        }
        25 => {
            let mut decision = decision(at);
            decision.choice = [Choice::AllWrong, Choice::Nothing][value as usize % 2].clone();
            decision.reason = format!("r{value}");
            decision.changed = stamp(who, value);
            set.insert_decision(decision);
        }
        26 => {
            let mut decision = decision(at);
            decision.key.of = mine.into();
            set.insert_decision(decision);
        }
        _ => document.parts_mut().meta.state = DocumentState::ALL[value as usize % 3],
    }
}

/// One of the three decisions of the base.
fn decision(at: usize) -> Decision {
    let tag = format!("a{}", at % 3).as_str().into();
    let of = "maria".into();
    let mut decision = Decision::new(ReviewKey { of, tag }, "00ff");
    decision.choice = Choice::Agreed;
    decision
}

/// One of the three reviews of the base.
fn review(at: usize) -> PeerReview {
    let tag = format!("a{}", at % 3).as_str().into();
    let of = "maria".into();
    PeerReview::new(ReviewKey { of, tag }, "00ff")
}

fn opened(text: &str, source: &SourceText) -> Document {
    let contents = read(text, source).unwrap();
    assert!(!contents.salvaged, "{text}");
    contents.into_document(source.clone(), None)
}

fn any_edits() -> impl Strategy<Value = Vec<(u8, usize, u32)>> {
    prop::collection::vec((0_u8..28, 0_usize..12, 0_u32..40), 1..12)
}

/// Finds every edit of both sides in the result; returns how many there were and how many
/// conflicts.
fn look_for_every_edit(
    base: &Document,
    ours: &Document,
    theirs: &Document,
    merged: &Merged,
) -> (usize, usize) {
    let result = opened(&merged.text, base.source());
    let (b, o, t, m) = (facts(base), facts(ours), facts(theirs), facts(&result));
    let mut others: Vec<Facts> = Vec::new();
    for record in result.unread() {
        let mut facts = Facts::new();
        let clash = record.clash().unwrap_or_else(|| panic!("{record:?}"));
        match &clash.other {
            ClashingRecord::Annotation(tag) => annotation_facts(tag, &mut facts),
            ClashingRecord::Link(link) => link_facts(link, &mut facts),
            ClashingRecord::Person(person) => person_facts(person, &mut facts),
            ClashingRecord::PeerReview(review) => review_facts(review, &mut facts),
            ClashingRecord::Decision(decision) => decision_facts(decision, &mut facts),
            ClashingRecord::State(_) => {
                let state = clash.raw.strip_prefix("state: ").unwrap().to_owned();
                facts.insert(("header", "state".into(), String::new()), state);
            }
            ClashingRecord::Annotator(_)
            | ClashingRecord::Unplaced(_)
            | ClashingRecord::Suppression(_) => panic!("{clash:?}"),
        }
        others.push(facts);
    }
    let listed: BTreeSet<(&str, &str)> = merged
        .clashes
        .iter()
        .map(|clash| (clash.list, clash.id.as_str()))
        .collect();
    for sitting in ours.sittings().iter().chain(theirs.sittings().iter()) {
        let all = result.sittings().iter();
        let mut same = all.filter(|s| (&s.by, s.start) == (&sitting.by, sitting.start));
        assert!(same.any(|s| s.seconds >= sitting.seconds), "{sitting:?}");
    }
    let mut edits = 0;
    let mut same_field = BTreeSet::new();
    let keys: BTreeSet<_> = b.keys().chain(o.keys()).chain(t.keys()).collect();
    for key in keys {
        let (of_base, of_ours, of_theirs) = (b.get(key), o.get(key), t.get(key));
        let kept = |value: Option<&String>| match value {
            Some(_) => m.get(key) == value || others.iter().any(|other| other.get(key) == value),
            // Removed: it is gone, or reported.
            None => !m.contains_key(key) || listed.contains(&(key.0, key.1.as_str())),
        };
        for side in [of_ours, of_theirs] {
            if side != of_base {
                edits += 1;
                assert!(kept(side), "lost: {key:?} {side:?}\n{}", merged.text);
            }
        }
        if of_ours == of_base && of_theirs == of_base {
            let gone = |side: &Facts| !side.contains_key(&(key.0, key.1.clone(), "id".into()));
            let deleted = key.0 != "header" && (gone(&o) || gone(&t));
            assert!(
                m.get(key) == of_base || deleted,
                "changed by nobody: {key:?}"
            );
        }
        if of_ours != of_base && of_theirs != of_base && of_ours != of_theirs {
            same_field.insert((key.0, key.1.as_str()));
            assert!(
                listed.contains(&(key.0, key.1.as_str())),
                "not listed: {key:?}"
            );
        }
    }
    for clash in &merged.clashes {
        if matches!(clash.kind, ClashKind::Differs(_)) {
            assert!(
                same_field.contains(&(clash.list, clash.id.as_str())),
                "{clash}"
            );
        }
    }
    (edits, merged.clashes.len())
}

/// Two people change one file independently.
#[test]
fn no_edit_of_two_sides_is_lost() {
    let (cases, mut edits, mut clashes) = (1_000, 0, 0);
    let base = base();
    let of_base = write_document(&base, "a.txt");
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    for _ in 0..cases {
        let mut made = || any_edits().new_tree(&mut runner).unwrap().current();
        let (mut ours, mut theirs) = (base.clone(), base.clone());
        made().into_iter().for_each(|one| edit(&mut ours, "o", one));
        made()
            .into_iter()
            .for_each(|one| edit(&mut theirs, "t", one));
        let [o, t] = [&ours, &theirs].map(|side| write_document(side, "a.txt"));
        let (b, o, t) = (of_base.as_bytes(), o.as_bytes(), t.as_bytes());
        let merged = merge(Some(b), o, t).unwrap();
        let (found, listed) = look_for_every_edit(&base, &ours, &theirs, &merged);
        edits += found;
        clashes += listed;
        // As the program itself would write it.
        let result = opened(&merged.text, base.source());
        assert_eq!(write_document(&result, "a.txt"), merged.text);
        // The other way round it is the same but for whose side holds.
        let turned = merge(Some(b), t, o).unwrap();
        assert_eq!(turned.clashes.len(), merged.clashes.len());
        let lines = |text: &str| text.lines().map(str::to_owned).collect::<BTreeSet<_>>();
        if merged.clashes.iter().all(|clash| clash.list != "header") {
            let aliases = |line: &String| line.contains("aliases");
            let (mut one, mut other) = (lines(&merged.text), lines(&turned.text));
            one.retain(|line| !aliases(line));
            other.retain(|line| !aliases(line));
            assert_eq!(one, other);
        }
        // Once is enough.
        let again = merge(Some(b), merged.text.as_bytes(), t).unwrap();
        assert_eq!(again.text, merged.text);
        let all_in = merge(Some(t), merged.text.as_bytes(), t).unwrap();
        assert_eq!(all_in.text, merged.text);
        // Without the version before nothing is lost, either: nothing counts as deleted.
        let blind = merge(None, o, t).unwrap();
        let result = facts(&opened(&blind.text, base.source()));
        let ids = |facts: &Facts| {
            facts
                .keys()
                .filter(|k| k.2 == "id")
                .cloned()
                .collect::<BTreeSet<_>>()
        };
        let all: BTreeSet<_> = ids(&facts(&ours))
            .union(&ids(&facts(&theirs)))
            .cloned()
            .collect();
        assert_eq!(ids(&result), all);
    }
    println!(
        "merges of sidecars: {cases} pairs of edit sets, {edits} edits, 0 lost, {clashes} clashes, all listed"
    );
}

proptest! {
    /// What one side did comes out byte for byte, for any file.
    #[test]
    fn one_sided_changes_come_out_as_they_are(one in any_document(), other in any_document()) {
        let [one, mut other] = [one, other].map(|mut document| {
            // What cannot be read and is there twice is folded.
            let mut seen = BTreeSet::new();
            let all = document.unread().clone().into_iter();
            document.parts_mut().unread = all.filter(|r| seen.insert((r.list(), r.raw().to_owned()))).collect();
            document
        });
        other.parts_mut().source = one.source().clone();
        // Tags of the other text are elsewhere: only what is in this text.
        let outside: Vec<_> = other.set().annotations()
            .filter(|tag| tag.fragments.iter().any(|range| one.source().get(range).is_none()))
            .map(|tag| tag.id.clone())
            .collect();
        outside.iter().for_each(|id| drop(other.parts_mut().set.remove_annotation(id)));
        let (b, s) = (write_document(&one, "a.txt"), write_document(&other, "a.txt"));
        let (b, s) = (b.as_bytes(), s.as_bytes());
        for (base, ours, theirs) in [(b, s, s), (b, s, b), (b, b, s), (s, s, s)] {
            let merged = merge_by_record(Some(base), ours, theirs).unwrap();
            prop_assert_eq!(&merged.text, std::str::from_utf8(s).unwrap());
            prop_assert_eq!(merged.clashes, Vec::new());
        }
        let alone = merge_by_record(None, s, s).unwrap();
        prop_assert_eq!(&alone.text, std::str::from_utf8(s).unwrap());
    }
}
