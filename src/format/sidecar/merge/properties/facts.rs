//! What a document says, fact by fact.

use std::collections::BTreeMap;

use crate::model::{Annotation, Decision, Document, Link, PeerReview, Person};

pub(super) type Facts = BTreeMap<(&'static str, String, String), String>;

pub(super) fn annotation_facts(tag: &Annotation, facts: &mut Facts) {
    let mut put = |field: &str, value: String| {
        facts.insert(("annotations", tag.id.to_string(), field.to_owned()), value);
    };
    put("id", String::new());
    put("label", tag.label.to_string());
    put("at", format!("{:?}", tag.fragments));
    put("person", format!("{:?}", tag.person));
    put("review", format!("{:?}", tag.review));
    put("note", tag.note.to_string());
    for attribute in &tag.attributes {
        put(&format!("={}", attribute.name), attribute.value.to_string());
    }
}

pub(super) fn link_facts(link: &Link, facts: &mut Facts) {
    let mut put = |field: &str, value: String| {
        facts.insert(("links", link.id.to_string(), field.to_owned()), value);
    };
    put("id", String::new());
    put("from", link.from.to_string());
    put("to", format!("{:?}", link.to));
    put("confirmed", link.confirmed.to_string());
    put("note", link.note.to_string());
}

pub(super) fn person_facts(person: &Person, facts: &mut Facts) {
    let mut put = |field: &str, value: String| {
        facts.insert(("people", person.id.to_string(), field.to_owned()), value);
    };
    put("id", String::new());
    put("name", person.name.clone());
    put("role", person.role.clone());
    put("organisation", person.organisation.clone());
    for attribute in &person.attributes {
        put(&format!("={}", attribute.name), attribute.value.to_string());
    }
    for alias in &person.aliases {
        put(&format!("={alias}"), String::new());
    }
}

pub(super) fn review_facts(review: &PeerReview, facts: &mut Facts) {
    let mut put = |field: &str, value: String| {
        facts.insert(("reviews", review.key.to_string(), field.to_owned()), value);
    };
    put("id", String::new());
    put("record", review.record.to_string());
    put("verdict", format!("{:?}", review.verdict));
    for reply in &review.replies {
        put(&format!("={reply:?}"), String::new());
    }
}

pub(super) fn decision_facts(decision: &Decision, facts: &mut Facts) {
    let mut put = |field: &str, value: String| {
        facts.insert(
            ("decisions", decision.key.to_string(), field.to_owned()),
            value,
        );
    };
    put("id", String::new());
    put("record", decision.record.to_string());
    put("choice", format!("{:?}", decision.choice));
    put("reason", decision.reason.clone());
}

/// All facts of a document, one by one.
pub(super) fn facts(document: &Document) -> Facts {
    let mut facts = Facts::new();
    document
        .set()
        .annotations()
        .for_each(|tag| annotation_facts(tag, &mut facts));
    document
        .set()
        .links()
        .for_each(|link| link_facts(link, &mut facts));
    document
        .set()
        .people()
        .for_each(|person| person_facts(person, &mut facts));
    document
        .set()
        .peer_reviews()
        .for_each(|review| review_facts(review, &mut facts));
    document
        .set()
        .decisions()
        .for_each(|decision| decision_facts(decision, &mut facts));
    let state = format!("{:?}", document.meta().state);
    facts.insert(("header", "state".into(), String::new()), state);
    facts
}
