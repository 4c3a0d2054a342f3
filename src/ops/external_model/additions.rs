//! What a program adds to a document, as open suggestions, or what is wrong with it.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use crate::edit::fill_attributes;
use crate::model::{
    Annotation, AnnotationId, Attribute, Change, Delta, Document, Link, LinkId, Origin, Schema,
    Target, Transaction, Verdict,
};
use crate::ops::suggestions::free_id;
use crate::suggest::known_person;
use crate::text::wording::{count, short_list};
use crate::text::{SourceText, TextRange, snap_to_graphemes};

/// New tags and links for a document, in the order of the text.
#[derive(Debug, Clone, Default)]
pub(in crate::ops) struct Additions {
    pub(in crate::ops) tags: Vec<Annotation>,
    pub(in crate::ops) links: Vec<Link>,
}

impl Additions {
    /// The step that adds them.
    pub(in crate::ops) fn transaction(&self) -> Transaction {
        let tags = self.tags.iter().cloned();
        let links = self.links.iter().cloned();
        let tags = tags.map(|tag| Change::Annotation(Delta::insert(tag)));
        Transaction {
            label: format!("suggested {}", count(self.tags.len(), "tag")),
            changes: tags
                .chain(links.map(|link| Change::Link(Delta::insert(link))))
                .collect(),
            selection_after: None,
        }
    }

    /// Whether there is nothing.
    pub(in crate::ops) fn is_empty(&self) -> bool {
        self.tags.is_empty() && self.links.is_empty()
    }
}

/// What becomes of a tag of the answer.
enum Fate {
    /// It is this tag of the document or of the additions.
    Is(AnnotationId),
    /// It is not taken: it was rejected before, or is less sure than wanted.
    Dropped,
}

/// What `answer` has and `document` has not. Tags and links of the document stay as they are, also where the
/// answer leaves them out. A tag is not added where one of its label covers much the same, nor a link
/// where its tag has one of its role.
///
/// # Errors
/// Everything in the answer that does not fit the document or the schema; nothing is to be taken then.
pub(in crate::ops) fn added_by(
    answer: &Document,
    document: &Document,
    schema: &Schema,
    origin: &SmolStr,
    min_confidence: Option<f64>,
) -> Result<Additions, Vec<String>> {
    same_text(answer.source(), document.source()).map_err(|wrong| vec![wrong])?;
    let mut additions = Additions::default();
    let mut wrong = Vec::new();
    let mut fates: BTreeMap<&AnnotationId, Fate> = BTreeMap::new();
    let mut known: BTreeSet<AnnotationId> = BTreeSet::new();
    for person in answer.set().people() {
        if document.set().person(&person.id).is_none() {
            wrong.push(format!(
                "the person `{}` is not in the document; suggest a tag for the name instead",
                person.id
            ));
        }
    }
    for tag in answer.set().annotations() {
        if let Some(there) = document.set().annotation(&tag.id) {
            if there.label != tag.label || there.fragments != tag.fragments {
                wrong.push(format!(
                    "the tag `{}` is in the document with other words or label; leave it as it is, and \
                     give new tags ids that are not there, or none",
                    tag.id
                ));
            }
            fates.insert(&tag.id, Fate::Is(tag.id.clone()));
            continue;
        }
        let odd = wrong_with(tag, document, schema);
        if !odd.is_empty() {
            wrong.extend(odd);
            fates.insert(&tag.id, Fate::Dropped);
            continue;
        }
        let unsure = tag.confidence.zip(min_confidence);
        let fate = if unsure.is_some_and(|(has, least)| has.get() < least) {
            Fate::Dropped
        } else if let Some(there) = tag_like(tag, document) {
            match there.is_rejected() {
                true => Fate::Dropped,
                false => Fate::Is(there.id.clone()),
            }
        } else {
            let tag = suggested(tag, document, schema, origin);
            let id = tag.id.clone();
            if known.insert(id.clone()) {
                additions.tags.push(tag);
            }
            Fate::Is(id)
        };
        fates.insert(&tag.id, fate);
    }
    let ends = Ends {
        document,
        answer,
        schema,
        fates: &fates,
    };
    let mut links: BTreeSet<LinkId> = BTreeSet::new();
    for link in answer.set().links() {
        match ends.suggested(link, origin) {
            Ok(Some(link)) if links.insert(link.id.clone()) => additions.links.push(link),
            Ok(_) => {}
            Err(message) => wrong.push(message),
        }
    }
    match wrong.is_empty() {
        true => Ok(additions),
        false => Err(wrong),
    }
}

fn same_text(answer: &SourceText, source: &SourceText) -> Result<(), String> {
    let (theirs, ours) = (answer.as_str(), source.as_str());
    if theirs == ours {
        return Ok(());
    }
    let pairs = theirs.chars().zip(ours.chars());
    let same = pairs.take_while(|(theirs, ours)| theirs == ours).count();
    Err(format!(
        "its text differs from character {same} (from 0) on; write `text` as it was read"
    ))
}

/// What is wrong with a new tag.
pub(in crate::ops) fn wrong_with(
    tag: &Annotation,
    document: &Document,
    schema: &Schema,
) -> Vec<String> {
    let mut wrong = Vec::new();
    let source = document.source();
    let Annotation { label, .. } = tag;
    if schema.label(label).is_none() {
        let keys = schema.labels().iter().map(|label| label.key.as_str());
        let keys = short_list(keys, 12);
        return vec![format!(
            "`{label}` is no label of this project; use one of: {keys}"
        )];
    }
    for &range in tag.fragments.as_slice() {
        if snap_to_graphemes(source, range) != range {
            let at = |at| source.char_of_byte(at).unwrap_or_default();
            wrong.push(format!(
                "an edge of the `{label}` from {} to {} splits a character in two; move it to the \
                 edge of the character",
                at(range.start()),
                at(range.end())
            ));
        }
    }
    let person = tag.person.as_ref();
    if let Some(person) = person.filter(|id| document.set().person(id).is_none()) {
        wrong.push(format!(
            "the person `{person}` of a `{label}` is not in the document"
        ));
    }
    for Attribute { name, value } in &tag.attributes {
        let mut kinds = schema.attributes_of(label);
        match kinds.find(|kind| kind.name == *name) {
            None => wrong.push(format!(
                "a `{label}` has no attribute `{name}` in this project"
            )),
            Some(kind) if !kind.values.is_empty() && !kind.values.contains(value) => {
                let values = short_list(&kind.values, 12);
                wrong.push(format!(
                    "`{value}` is no value of `{name}`; use one of: {values}"
                ));
            }
            Some(_) => {}
        }
    }
    wrong
}

/// The tag of the document that covers much the same: this exactly, else the first that shares half of
/// the bytes of both, one that was rejected only if there is no other.
pub(in crate::ops) fn tag_like<'a>(
    tag: &Annotation,
    document: &'a Document,
) -> Option<&'a Annotation> {
    let length = |tag: &Annotation| -> u32 { tag.fragments.iter().map(bytes).sum() };
    let shared = |other: &Annotation| -> u32 {
        let parts = tag.fragments.iter();
        let pairs = parts.flat_map(|a| other.fragments.iter().map(move |b| a.intersect(b)));
        pairs.flatten().map(bytes).sum()
    };
    let like_it = |other: &&Annotation| {
        let most = length(tag).max(length(other));
        other.label == tag.label && 2 * u64::from(shared(other)) >= u64::from(most)
    };
    let there = document.set().overlapping(tag.fragments.hull());
    let there = there.map(|(_, tag)| tag).filter(like_it);
    there.min_by_key(|other| (other.fragments != tag.fragments, other.is_rejected()))
}

fn bytes(range: TextRange) -> u32 {
    range.len().into()
}

/// A new tag as an open suggestion.
fn suggested(
    tag: &Annotation,
    document: &Document,
    schema: &Schema,
    origin: &SmolStr,
) -> Annotation {
    let source = document.source();
    let words = tag.fragments.text(source);
    let places = tag.fragments.iter();
    let places: Vec<String> = places
        .map(|range| format!("{}-{}", u32::from(range.start()), u32::from(range.end())))
        .collect();
    let parts = [tag.label.as_str(), &words, &places.join(",")];
    let id = free_id("tag", &parts, |id| {
        document.set().annotation(&AnnotationId::new(id)).is_some()
    });
    let known = || known_person(document, &words, tag.fragments.start());
    let person = tag.person.clone();
    let mut new = Annotation {
        attributes: tag.attributes.clone(),
        person: person.or_else(|| schema.mentions(&tag.label).then(known).flatten()),
        confidence: tag.confidence,
        note: tag.note.clone(),
        verdict: Verdict::Open,
        ..Annotation::new(
            AnnotationId::new(id),
            tag.label.clone(),
            tag.fragments.clone(),
            Origin::Suggester(origin.clone()),
        )
    };
    fill_attributes(source, schema, &mut new);
    new
}

/// Where the links of an answer lead.
struct Ends<'a> {
    document: &'a Document,
    answer: &'a Document,
    schema: &'a Schema,
    fates: &'a BTreeMap<&'a AnnotationId, Fate>,
}

impl Ends<'_> {
    /// A new link, unconfirmed; `None` where it is there, or one of its tags is not taken.
    fn suggested(&self, link: &Link, origin: &SmolStr) -> Result<Option<Link>, String> {
        let set = self.document.set();
        let Link { role, from, to, .. } = link;
        if let Some(there) = set.link(&link.id) {
            let same = there.role == *role && there.from == *from && there.to == *to;
            return match same {
                true => Ok(None),
                false => Err(format!(
                    "the link `{}` is in the document with other ends or another role; leave it as it \
                     is, and give new links ids that are not there, or none",
                    link.id
                )),
            };
        }
        let label = self.label(role, from)?;
        match to {
            Target::Annotation(tag) => {
                let end = self.label(role, tag)?;
                if !self.schema.allows(role, label, end) {
                    return Err(format!(
                        "a link with the role `{role}` cannot lead from `{label}` to `{end}` in this \
                         project"
                    ));
                }
            }
            Target::Person(person) if set.person(person).is_none() => {
                return Err(format!(
                    "a link with the role `{role}` leads to the person `{person}`, who is not in the \
                     document; link to a tag for the name instead"
                ));
            }
            Target::Person(_) | Target::NotGiven if !self.schema.allows_people(role, label) => {
                return Err(format!(
                    "a link with the role `{role}` must lead from `{label}` to a tag in this project"
                ));
            }
            Target::Person(_) | Target::NotGiven => {}
        }
        let Some(from) = self.taken(from) else {
            return Ok(None);
        };
        let to = match to {
            Target::Annotation(tag) => match self.taken(tag) {
                Some(tag) => Target::Annotation(tag),
                None => return Ok(None),
            },
            Target::Person(_) | Target::NotGiven => to.clone(),
        };
        if set.links_from(&from).any(|there| there.role == *role) {
            return Ok(None);
        }
        let end = match &to {
            Target::Annotation(tag) => tag.to_string(),
            Target::Person(person) => format!("person {person}"),
            Target::NotGiven => String::new(),
        };
        let parts = [role.as_str(), from.as_str(), &end];
        let id = free_id("link", &parts, |id| set.link(&LinkId::new(id)).is_some());
        Ok(Some(Link {
            confirmed: false,
            confidence: link.confidence,
            note: link.note.clone(),
            ..Link::new(
                LinkId::new(id),
                role.clone(),
                from,
                to,
                Origin::Suggester(origin.clone()),
            )
        }))
    }

    /// The label of a tag of the answer or of the document.
    fn label(&self, role: &SmolStr, id: &AnnotationId) -> Result<&SmolStr, String> {
        let tag = self.answer.set().annotation(id);
        let tag = tag.or_else(|| self.document.set().annotation(id));
        tag.map(|tag| &tag.label).ok_or_else(|| {
            format!("a link with the role `{role}` names the tag `{id}`, which is not there")
        })
    }

    /// What a tag of the answer is among those of the document and the new ones.
    fn taken(&self, id: &AnnotationId) -> Option<AnnotationId> {
        match self.fates.get(id) {
            Some(Fate::Is(id)) => Some(id.clone()),
            Some(Fate::Dropped) => None,
            // A tag of the document that the answer leaves out.
            None => Some(id.clone()),
        }
    }
}
