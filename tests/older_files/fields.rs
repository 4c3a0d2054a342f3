use std::fs;
use std::path::Path;

use pullquote::model::{Authorship, Confidence};

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

fn authorship(by: &str, at: &str) -> Option<Authorship> {
    let at = (!at.is_empty()).then(|| at.parse().unwrap());
    let by = by.into();
    Some(Authorship { at, by })
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
