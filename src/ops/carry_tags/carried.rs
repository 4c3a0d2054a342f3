//! The tags of one article as suggestions in another that has nearly the same text.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use crate::model::{
    Annotation, AnnotationId, Attribute, Change, Delta, Document, DocumentParts, Link, LinkId,
    Note, Person, PersonId, Review, Schema, Target, Transaction,
};
use crate::ops::external_model::{Additions, added_by, tag_like, wrong_with};
use crate::ops::is_in_use;
use crate::ops::reanchor::{Fate, fragments_of};
use crate::ops::suggestions::free_id;
use crate::text::Reanchoring;

/// Tags to carry: the work of one person, or curated.
pub(super) struct Source {
    pub(super) document: Document,
    /// What says where a suggestion is from, [`super::CopyOrigin`].
    pub(super) origin: SmolStr,
}

/// What became of a tag that was to be carried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CarryFate {
    /// It is suggested at the same words.
    Unchanged,
    /// It is suggested, but its words are others here.
    Changed {
        /// The words here.
        now: String,
    },
    /// It is suggested at the same words, which are elsewhere or more than once.
    Doubtful,
    /// Its words are not in this article.
    Gone,
    /// Such a tag is there already, or suggested.
    Present,
    /// Such a tag was rejected here before.
    Rejected,
    /// It does not fit the project of this article; why.
    Unfit(String),
}

impl CarryFate {
    /// Whether it is suggested now.
    #[must_use]
    pub fn is_suggested(&self) -> bool {
        match self {
            Self::Unchanged | Self::Changed { .. } | Self::Doubtful => true,
            Self::Gone | Self::Present | Self::Rejected | Self::Unfit(_) => false,
        }
    }

    /// Its word in reports.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Unchanged => "unchanged",
            Self::Changed { .. } => "changed",
            Self::Doubtful => "to check",
            Self::Gone => "gone",
            Self::Present => "tagged already",
            Self::Rejected => "rejected before",
            Self::Unfit(_) => "unfit",
        }
    }
}

/// A tag that was to be carried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarriedTag {
    /// Its label.
    pub label: SmolStr,
    /// Its words in the article it is from.
    pub words: String,
    /// What became of it.
    pub fate: CarryFate,
    /// Names of its attributes that are none of the project of this article, or have another value there: they are
    /// not carried.
    pub left_out: Vec<SmolStr>,
    /// The line and column it begins at here, from 1, the column in code points; `None` where it is gone.
    pub place: Option<(usize, usize)>,
}

/// What carrying comes to in one article.
pub(super) struct Carried {
    /// Adds the suggestions; without changes where there are none.
    pub(super) step: Transaction,
    /// The tags of the source, in the order of its text.
    pub(super) tags: Vec<CarriedTag>,
}

/// Carries the tags in use of `source`, but for those that somebody is unsure about, into a document of a copy.
/// They find their places as in an article that has changed.
pub(super) fn carried(source: &Source, into: &Document, schema: &Schema) -> Carried {
    let from = &source.document;
    let texts = Reanchoring::new(from.source(), into.source());
    let roster = Roster::new(from, into);
    let target = roster.with_new(into);
    let accepted = |tag: &&Annotation| is_in_use(tag) && tag.review != Review::Unsure;
    let mut found: Vec<(&Annotation, Found)> = Vec::new();
    for tag in from.set().annotations().filter(accepted) {
        let anchored = tag.fragments.iter();
        let places: Vec<_> = anchored
            .map(|range| (texts.anchor(range), Some(range)))
            .collect();
        let one = match fragments_of(&places) {
            None => Found::Gone,
            Some((fragments, fate)) => {
                let mut placed = tag.clone();
                placed.id = carried_id(&tag.id);
                placed.fragments = fragments;
                placed.person = tag
                    .person
                    .as_ref()
                    .and_then(|id| roster.of.get(id).cloned());
                placed.confidence = None;
                placed.note = Note::default();
                placed
                    .attributes
                    .retain(|attribute| fits(attribute, &tag.label, schema));
                match wrong_with(&placed, &target, schema).into_iter().next() {
                    None => Found::Placed(Box::new(placed), fate),
                    Some(why) => Found::Unfit(why),
                }
            }
        };
        found.push((tag, one));
    }
    let answer = answer(from, into, schema, &roster, &found);
    // What does not fit was left out before.
    let additions = added_by(&answer, &target, schema, &source.origin, None);
    let (mut additions, refused) = match additions {
        Ok(additions) => (additions, None),
        Err(why) => (Additions::default(), why.into_iter().next()),
    };
    let tags = found.iter().map(|(tag, found)| {
        let now = match found {
            Found::Placed(placed, _) => Some(&**placed),
            Found::Gone | Found::Unfit(_) => None,
        };
        let place = now.map(|placed| {
            let at = into.source().line_column(placed.fragments.start());
            (at.line, at.column)
        });
        CarriedTag {
            label: tag.label.clone(),
            words: tag.fragments.text(from.source()),
            fate: fate_of(
                tag,
                found,
                (from, &target),
                &mut additions,
                refused.as_deref(),
            ),
            left_out: tag
                .attributes
                .iter()
                .filter(|attribute| now.is_some() && !fits(attribute, &tag.label, schema))
                .map(|attribute| attribute.name.clone())
                .collect(),
            place,
        }
    });
    let tags = tags.collect();
    let new = roster
        .new
        .iter()
        .filter(|person| is_named(person, &additions));
    let mut step = additions.transaction();
    let people = new.map(|person| Change::Person(Delta::insert(person.clone())));
    step.changes.splice(0..0, people);
    Carried { step, tags }
}

/// Whether a label has an attribute with this value in a project.
fn fits(attribute: &Attribute, label: &str, schema: &Schema) -> bool {
    let mut kinds = schema.attributes_of(label);
    kinds.any(|kind| {
        let any_value = kind.values.is_empty();
        kind.name == attribute.name && (any_value || kind.values.contains(&attribute.value))
    })
}

/// Where the words of a tag are.
enum Found {
    Placed(Box<Annotation>, Fate),
    Gone,
    Unfit(String),
}

/// The name of a tag on its way: none that the other article has.
fn carried_id(id: &AnnotationId) -> AnnotationId {
    AnnotationId::new(format!("carried {id}"))
}

/// What became of a tag. One to be checked gets the words it had.
fn fate_of(
    tag: &Annotation,
    found: &Found,
    (from, target): (&Document, &Document),
    additions: &mut Additions,
    refused: Option<&str>,
) -> CarryFate {
    let (placed, fate) = match found {
        Found::Gone => return CarryFate::Gone,
        Found::Unfit(why) => return CarryFate::Unfit(why.clone()),
        Found::Placed(placed, fate) => (placed, fate),
    };
    if let Some(why) = refused {
        return CarryFate::Unfit(why.to_owned());
    }
    let mut added = additions.tags.iter_mut();
    let added = added.find(|added| added.label == tag.label && added.fragments == placed.fragments);
    let Some(added) = added else {
        return match tag_like(placed, target).is_some_and(Annotation::is_rejected) {
            true => CarryFate::Rejected,
            false => CarryFate::Present,
        };
    };
    let words = |document: &Document, tag: &Annotation| -> Vec<String> {
        let parts = tag.fragments.iter();
        parts
            .map(|range| document.source().slice(range).to_owned())
            .collect()
    };
    let is_same = |one: &[String], other: &[String]| {
        let (one, other) = (one.join(" "), other.join(" "));
        one.split_whitespace().eq(other.split_whitespace())
    };
    let (was, now) = (words(from, tag), words(target, placed));
    match fate {
        Fate::Same | Fate::Moved => CarryFate::Unchanged,
        Fate::Check => {
            let same = is_same(&was, &now);
            added.former_words = was.into();
            match same {
                true => CarryFate::Doubtful,
                false => CarryFate::Changed {
                    now: placed.fragments.text(target.source()),
                },
            }
        }
    }
}

/// The tags where they are in the other text, with their confirmed links.
fn answer(
    from: &Document,
    into: &Document,
    schema: &Schema,
    roster: &Roster,
    found: &[(&Annotation, Found)],
) -> Document {
    let mut parts = DocumentParts::new(into.source().clone());
    let mut placed: BTreeMap<&AnnotationId, &Annotation> = BTreeMap::new();
    for (tag, found) in found {
        if let Found::Placed(one, _) = found {
            parts.set.insert_annotation(Annotation::clone(one));
            placed.insert(&tag.id, one);
        }
    }
    for person in into.set().people().chain(&roster.new) {
        parts.set.insert_person(person.clone());
    }
    for link in from.set().links().filter(|link| link.confirmed) {
        let Some(tag) = placed.get(&link.from) else {
            continue;
        };
        let person = || {
            let person = from.set().person_behind(&link.to)?;
            let id = roster.of.get(&person.id)?.clone();
            Some(Target::Person(id))
        };
        let to = match &link.to {
            Target::Annotation(to) => match placed.get(to) {
                Some(end) if schema.allows(&link.role, &tag.label, &end.label) => {
                    Some(Target::Annotation(end.id.clone()))
                }
                // The mention is gone; who it is is known.
                Some(_) | None => person(),
            },
            Target::Person(_) => person(),
            Target::NotGiven => Some(Target::NotGiven),
        };
        let Some(to) = to else { continue };
        let is_tag = matches!(to, Target::Annotation(_));
        if is_tag || schema.allows_people(&link.role, &tag.label) {
            let id = LinkId::new(format!("carried {}", link.id));
            let origin = link.origin.clone();
            let link = Link::new(id, link.role.clone(), tag.id.clone(), to, origin);
            parts.set.insert_link(link);
        }
    }
    parts.into()
}

/// The people of one article in the roster of another.
struct Roster {
    /// Who they are there.
    of: BTreeMap<PersonId, PersonId>,
    /// Those who are not there yet.
    new: Vec<Person>,
}

impl Roster {
    fn new(from: &Document, into: &Document) -> Self {
        let mut roster = Self {
            of: BTreeMap::new(),
            new: Vec::new(),
        };
        for person in from.set().people() {
            let id = match same_person(person, into) {
                Some(known) => known.id.clone(),
                None => {
                    let mut new = person.clone();
                    let taken = |id: SmolStr| into.set().person(&PersonId::new(id)).is_some();
                    if taken(person.id.as_str().into()) {
                        let id = free_id("person", &[&person.name], taken);
                        new.id = PersonId::new(id);
                    }
                    let id = new.id.clone();
                    roster.new.push(new);
                    id
                }
            };
            roster.of.insert(person.id.clone(), id);
        }
        roster
    }

    /// The document with the new people.
    fn with_new(&self, into: &Document) -> Document {
        if self.new.is_empty() {
            return into.clone();
        }
        let mut parts = into.clone().into_parts();
        for person in &self.new {
            parts.set.insert_person(person.clone());
        }
        parts.into()
    }
}

/// The person of a document who is this one, by the identifier elsewhere, else by the name where only one has it.
fn same_person<'a>(person: &Person, into: &'a Document) -> Option<&'a Person> {
    let known = |one: &&Person| !one.external_id.is_empty();
    let mut identified = into.set().people().filter(known);
    if let Some(same) = identified.find(|one| one.external_id == person.external_id) {
        return Some(same);
    }
    let is_other = |one: &Person| !one.external_id.is_empty() && !person.external_id.is_empty();
    let mut same = into
        .set()
        .people()
        .filter(|one| one.name.trim() == person.name.trim() && !is_other(one));
    same.next().filter(|_| same.next().is_none())
}

/// Whether what is added names a person.
fn is_named(person: &Person, additions: &Additions) -> bool {
    let mut tags = additions.tags.iter();
    let to = Target::Person(person.id.clone());
    tags.any(|tag| tag.person.as_ref() == Some(&person.id))
        || additions.links.iter().any(|link| link.to == to)
}
