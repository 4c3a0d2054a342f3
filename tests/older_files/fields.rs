use std::fs;
use std::path::Path;

use pullquote::format::sidecar::{self, is_record};
use pullquote::model::{Authorship, Confidence, FormerLabels, Review, ReviewKey, UnreadRecord};

use super::report::saved;
use crate::support::TestCorpus;

/// An article of `tests/fixtures/0.2/fields` with the sidecar of one annotator.
fn unpacked(annotator: &str) -> TestCorpus {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/0.2/fields/corpus");
    let corpus = TestCorpus::new();
    for name in [
        "article.txt".to_owned(),
        format!("article.txt.{annotator}.ron"),
    ] {
        fs::copy(kept.join(&name), corpus.path(&name)).unwrap();
    }
    corpus
}

fn authorship(by: &str, at: &str) -> Option<Box<Authorship>> {
    let at = (!at.is_empty()).then(|| at.parse().unwrap());
    let by = by.into();
    Some(Authorship { at, by }.into())
}

#[test]
fn who_made_what_and_when_and_the_rest_of_the_fields() {
    let corpus = unpacked("maria");
    assert_eq!(saved(&corpus, "article.txt", "maria"), "the same bytes\n");
    let document = corpus.document("article.txt", "maria");
    let set = document.set();
    assert!(document.unread().is_empty());

    let tag = set.annotation(&"a1".into()).unwrap();
    assert_eq!(tag.confidence, Confidence::new(0.87));
    assert_eq!(tag.made, authorship("", "2026-11-28T10:00:00Z"));
    assert_eq!(tag.changed, authorship("anna", ""));
    assert_eq!(tag.decided, authorship("maria", "2026-11-28T10:00:01Z"));
    assert!(tag.unknown.is_empty());

    let link = set.link(&"l1".into()).unwrap();
    assert_eq!(link.note, "by name");
    assert_eq!(link.attributes.len(), 1);
    assert_eq!(link.confidence, Confidence::new(0.5));
    assert_eq!(link.changed, authorship("anna", "2026-11-28T11:00:00Z"));

    let person = set.person(&"p1".into()).unwrap();
    assert_eq!(person.organisation, "City council");
    assert_eq!(person.external_id, "Q42");
    assert_eq!(person.attributes.len(), 2);
    assert_eq!(person.made, authorship("maria", "2026-11-28T10:00:00Z"));
}

#[test]
fn a_field_that_cannot_be_read_is_carried_along_and_the_record_holds() {
    let corpus = unpacked("anna");
    assert_eq!(saved(&corpus, "article.txt", "anna"), "the same bytes\n");
    let document = corpus.document("article.txt", "anna");
    let set = document.set();
    assert!(document.unread().is_empty());
    let names = |fields: &[pullquote::model::UnknownField]| {
        let names = fields.iter().map(|field| field.name.clone());
        names.collect::<Vec<_>>().join(" ")
    };
    let tag = set.annotation(&"a1".into()).unwrap();
    assert_eq!(names(&tag.unknown), "made confidence decided");
    let link = set.link(&"l1".into()).unwrap();
    assert_eq!(names(&link.unknown), "note attributes changed");
    let person = set.person(&"p1".into()).unwrap();
    assert_eq!(names(&person.unknown), "organisation attributes");
}

fn review_of(tag: &str) -> ReviewKey {
    let of = "maria".into();
    let tag = tag.into();
    ReviewKey { of, tag }
}

#[test]
fn reviews_and_times_of_work_stand_in_the_reviewer_s_file() {
    let corpus = unpacked("ben");
    assert_eq!(saved(&corpus, "article.txt", "ben"), "the same bytes\n");
    let document = corpus.document("article.txt", "ben");

    let review = document.set().peer_review(&review_of("a1")).unwrap();
    assert_eq!(review.verdict, Review::Rejected);
    assert_eq!(review.reason, "Not her words.");
    let replies: Vec<&str> = review.replies.iter().map(|r| r.text.as_str()).collect();
    assert_eq!(replies, ["They are:\n\"line 1\"", ""]);
    assert_eq!(review.replies[1].said, *authorship("ben", "").unwrap());
    assert_eq!(review.changed, authorship("ben", "2026-11-28T10:01:00Z"));
    assert_eq!(review.unknown.len(), 1);

    assert_eq!(document.sittings().seconds(), 766);
    let machines = document.sittings().iter().map(|s| s.unknown.len());
    assert_eq!(machines.collect::<Vec<_>>(), [0, 1]);

    // A verdict of a later version, and a list.
    let unread: Vec<&str> = document.unread().iter().map(UnreadRecord::raw).collect();
    assert_eq!(unread.len(), 1);
    assert!(unread[0].contains("Sometimes"));
    let lists = document.meta().unknown.iter().map(|f| f.name.as_str());
    assert_eq!(lists.collect::<Vec<_>>(), ["comments"]);
    let check = corpus.run(["check", "."]);
    assert!(!check.stdout.contains("cut off"), "{}", check.stdout);
}

#[test]
fn a_tag_that_was_changed_is_unreviewed_again() {
    let reviews = unpacked("ben").document("article.txt", "ben");
    let review = reviews.set().peer_review(&review_of("a1")).unwrap();
    let verdict = |from: &str, to: &str| {
        let corpus = unpacked("maria");
        let path = corpus.path("article.txt.maria.ron");
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{from}");
        fs::write(&path, text.replace(from, to)).unwrap();
        let document = corpus.document("article.txt", "maria");
        let tag = document.set().annotation(&"a1".into()).unwrap();
        match is_record(&review.record, &document, tag, &FormerLabels::default()) {
            true => review.verdict,
            false => Review::Unreviewed,
        }
    };
    assert_eq!(verdict("", ""), Review::Rejected);
    // Her own review and the time are not what was reviewed.
    assert_eq!(
        verdict("review: Unsure", "review: Accepted"),
        Review::Rejected
    );
    assert_eq!(verdict("T11:00:00Z", "T12:00:00Z"), Review::Rejected);
    for (from, to) in [
        ("note: \"look\"", "note: \"looked\""),
        ("to: Annotation(\"a2\")", "to: NotGiven"),
        ("verdict: Accepted", "verdict: Rejected"),
    ] {
        assert_eq!(verdict(from, to), Review::Unreviewed, "{from}");
    }
}

#[test]
fn a_file_without_its_end_is_told_and_nothing_of_it_is_lost() {
    let corpus = unpacked("ben");
    let path = corpus.path("article.txt.ben.ron");
    let text = fs::read_to_string(&path).unwrap();
    let cut = text.strip_suffix(")\n").unwrap();
    fs::write(&path, cut).unwrap();
    let check = corpus.run(["check", "."]);
    assert!(check.stdout.contains("cut off"), "{}", check.stdout);
    let document = corpus.document("article.txt", "ben");
    // It says so from then on, until a person decides.
    let written = sidecar::write(&document, "article.txt");
    let told = "    damaged: [\n        \"// The file was cut short here. What stood after this is not known.\",\n    ],\n";
    assert!(written.contains(told), "{written}");
    assert_eq!(written.replacen(told, "", 1), text);
}
