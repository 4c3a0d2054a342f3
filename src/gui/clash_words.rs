//! Two versions of a tag, link or person in words: what a person needs to decide between them.

use smol_str::SmolStr;

use super::tag_description::{tag_description, target_name};
use crate::model::{
    Annotation, AnnotationId, Attribute, Choice, ClashingRecord, Decision, Link, LinkId,
    PeerReview, Person, PersonId, RecordClash, Schema, Suppression, TagPart, Target,
};
use crate::ops::{OpenDocument, change_words};
use crate::text::wording::{join_and, quoted, shown_annotator};

/// What a clash is about, and what each side says.
#[derive(Debug)]
pub(crate) struct ClashWords {
    /// "Quote “We do not,”".
    pub(crate) about: String,
    /// What differs in the eyes of a person.
    pub(crate) rows: Vec<ClashRow>,
}

/// What each side says about one thing.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ClashRow {
    /// "note".
    pub(crate) what: &'static str,
    /// Empty for nothing.
    pub(crate) ours: String,
    /// Empty for nothing.
    pub(crate) other: String,
}

/// The name of something and what it says.
type Said = (&'static str, String);

impl ClashWords {
    pub(crate) fn new(open: &OpenDocument, clash: &RecordClash) -> Self {
        let set = open.document().set();
        let id = &clash.id;
        let (about, ours, other) = match &clash.other {
            ClashingRecord::Annotation(other) => {
                let ours = set.annotation(&AnnotationId::new(id.clone()));
                let ours_said = ours.map(|tag| of_tag(open, tag));
                let about = tag_words(open, ours.unwrap_or(other));
                (about, ours_said, of_tag(open, other))
            }
            ClashingRecord::Unplaced(reason) => {
                let tag = set.annotation(&AnnotationId::new(id.clone()));
                let about = tag.map_or_else(|| "A tag".to_owned(), |tag| tag_words(open, tag));
                let other = vec![("place", format!("not in this text ({reason})"))];
                (about, Some(vec![("place", "as shown".to_owned())]), other)
            }
            ClashingRecord::Link(other) => {
                let ours = set.link(&LinkId::new(id.clone()));
                let from = set.annotation(&ours.unwrap_or(other).from);
                let about = from.map_or_else(|| "A link".to_owned(), |tag| tag_words(open, tag));
                let said = |link: &Link| of_link(open, link);
                (about, ours.map(said), of_link(open, other))
            }
            ClashingRecord::Person(other) => {
                let ours = set.person(&PersonId::new(id.clone()));
                let name = &ours.unwrap_or(other).name;
                let about = format!("Person {}", quoted(name, '“', '”'));
                (about, ours.map(of_person), of_person(other))
            }
            ClashingRecord::PeerReview(other) => {
                let ours = set.peer_review(&other.key);
                let about = "Your review of a colleague’s tag".to_owned();
                let schema = open.schema();
                let said = |review: &PeerReview| of_review(schema, review);
                (about, ours.map(said), said(other))
            }
            ClashingRecord::Decision(other) => {
                let ours = set.decision(&other.key);
                let about = format!(
                    "The decision on a tag of {}",
                    shown_annotator(&other.key.of)
                );
                (about, ours.map(of_decision), of_decision(other))
            }
            ClashingRecord::Suppression(other) => {
                let ours = set.suppression(&other.key);
                let about = "A hint that is ignored".to_owned();
                let said = |one: &Suppression| vec![("reason", one.reason.clone())];
                (about, ours.map(said), said(other))
            }
            ClashingRecord::State(state) => {
                let ours = open.document().meta().state;
                let said = |state: &str| vec![("state", state.to_owned())];
                let about = "The whole article".to_owned();
                (about, Some(said(ours.word())), said(state.word()))
            }
            ClashingRecord::Annotator(other) => {
                let ours = &open.document().meta().annotator;
                let said = |name: &Option<smol_str::SmolStr>| {
                    vec![("annotator", name.as_deref().unwrap_or_default().to_owned())]
                };
                (
                    "The whole article".to_owned(),
                    Some(said(ours)),
                    said(other),
                )
            }
        };
        let ours = ours.unwrap_or_default();
        let rows = other.into_iter().map(|(what, other)| {
            let ours = ours.iter().find(|(name, _)| *name == what);
            let ours = ours.map_or_else(String::new, |(_, said)| said.clone());
            ClashRow { what, ours, other }
        });
        Self {
            about,
            rows: rows.filter(|row| row.ours != row.other).collect(),
        }
    }

    /// What differs: "the note and the review".
    pub(crate) fn differing(&self, clash: &RecordClash) -> String {
        if self.rows.is_empty() {
            return join_and(&clash.differs);
        }
        let names: Vec<String> = self
            .rows
            .iter()
            .map(|row| format!("the {}", row.what))
            .collect();
        join_and(&names)
    }
}

fn tag_words(open: &OpenDocument, tag: &Annotation) -> String {
    let label = open.schema().label(&tag.label);
    let label = label.map_or_else(|| tag.label.to_string(), |label| label.name.clone());
    format!("{label} {}", quoted(&tag_description(open, tag), '“', '”'))
}

fn of_tag(open: &OpenDocument, tag: &Annotation) -> Vec<Said> {
    let label = open.schema().label(&tag.label);
    let label = label.map_or_else(|| tag.label.to_string(), |label| label.name.clone());
    let person = tag.person.as_ref();
    let person = person.map(|id| target_name(open, &Target::Person(id.clone())));
    vec![
        ("note", tag.note.to_string()),
        ("label", label),
        ("text", tag_description(open, tag)),
        ("person", person.unwrap_or_default()),
        ("review", tag.review.word().to_owned()),
        ("verdict", tag.verdict.word().to_owned()),
        ("attributes", attributes(&tag.attributes)),
    ]
}

fn of_link(open: &OpenDocument, link: &Link) -> Vec<Said> {
    let confirmed = if link.confirmed { "yes" } else { "no" };
    let mut roles = open.schema().roles().iter();
    let role = roles.find(|role| role.key == link.role);
    let role = role.map_or_else(|| link.role.to_string(), |role| role.name.clone());
    vec![
        ("link", target_name(open, &link.to)),
        ("role", role),
        ("confirmation", confirmed.to_owned()),
        ("note", link.note.to_string()),
        ("attributes", attributes(&link.attributes)),
    ]
}

fn of_person(person: &Person) -> Vec<Said> {
    vec![
        ("name", person.name.clone()),
        ("kind", person.kind.word().to_owned()),
        ("role", person.role.clone()),
        ("organisation", person.organisation.clone()),
        ("external id", person.external_id.clone()),
        ("other names", person.aliases.join(", ")),
        ("attributes", attributes(&person.attributes)),
    ]
}

fn of_review(schema: &Schema, review: &PeerReview) -> Vec<Said> {
    vec![
        ("verdict", review.verdict.word().to_owned()),
        ("reason", review.reason.clone()),
        ("change", change_words(schema, &review.change).join(", ")),
    ]
}

fn of_decision(decision: &Decision) -> Vec<Said> {
    let choice = match &decision.choice {
        Choice::Undecided => "not decided".to_owned(),
        Choice::Agreed => "all agree".to_owned(),
        Choice::Taken(parts) => {
            let part = |(part, of): &(TagPart, SmolStr)| {
                format!("{} of {}", part.word(), shown_annotator(of))
            };
            parts.iter().map(part).collect::<Vec<_>>().join(", ")
        }
        Choice::AllWrong => "all wrong".to_owned(),
        Choice::Nothing => "nothing to tag".to_owned(),
    };
    vec![("choice", choice)]
}

fn attributes(all: &[Attribute]) -> String {
    let words = all.iter().map(|one| format!("{}: {}", one.name, one.value));
    words.collect::<Vec<_>>().join(", ")
}
