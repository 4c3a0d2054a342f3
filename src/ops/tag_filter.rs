use smol_str::SmolStr;

use super::FilterText;
use crate::model::{Annotation, Document, PersonId, Review, Schema, Target};

/// Which tags a walk or a list takes in. All conditions hold together; the default takes all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TagFilter {
    /// Only this label.
    pub label: Option<SmolStr>,
    /// Only this review state.
    pub review: Option<Review>,
    /// Only mentions of, and what is linked to, this person.
    pub person: Option<PersonId>,
    /// Only quotes and claims without a confirmed answer to who said it.
    pub without_speaker: bool,
    /// Only tags whose words or note contain this, as [`FilterText`] finds it.
    pub containing: String,
    /// In which order.
    pub order: TagOrder,
}

/// The order of a list of tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TagOrder {
    /// As they stand in the text.
    #[default]
    Text,
    /// What is likeliest right, and of claims what is most worth checking, first; then what has no such figure.
    Confidence,
}

impl TagFilter {
    /// Whether it takes in everything.
    #[must_use]
    pub fn is_all(&self) -> bool {
        *self == Self::default()
    }

    /// Whether the filter shows a tag.
    #[must_use]
    pub fn matches(&self, document: &Document, schema: &Schema, tag: &Annotation) -> bool {
        let label = self.label.as_ref().is_none_or(|label| *label == tag.label);
        let review = self.review.is_none_or(|review| review == tag.review);
        label
            && review
            && (!self.without_speaker || needs_speaker(document, schema, tag))
            && self
                .person
                .as_ref()
                .is_none_or(|person| concerns(document, tag, person))
            && self.contains(document, tag)
    }

    fn contains(&self, document: &Document, tag: &Annotation) -> bool {
        let wanted = FilterText::new(&self.containing);
        let mut parts = tag.fragments.iter();
        wanted.is_in(&tag.note) || parts.any(|part| wanted.is_in(document.source().slice(part)))
    }
}

/// How many tags of a document are in use: neither open suggestions nor rejected.
#[must_use]
pub fn tags_in_use(document: &Document) -> usize {
    let tags = document.set().annotations();
    tags.filter(|tag| is_in_use(tag)).count()
}

/// Whether a tag is neither an open suggestion nor rejected.
#[must_use]
pub fn is_in_use(tag: &Annotation) -> bool {
    !tag.is_rejected() && !tag.is_open_suggestion()
}

/// Whether a tag is a quote or claim in use without a confirmed answer to who said it.
#[must_use]
pub fn needs_speaker(document: &Document, schema: &Schema, tag: &Annotation) -> bool {
    let Some(role) = schema.speaker_role(&tag.label) else {
        return false;
    };
    schema.speaks(&tag.label)
        && !tag.is_rejected()
        && !document
            .set()
            .links_from(&tag.id)
            .any(|link| link.role == role.key && link.confirmed)
}

/// Whether a tag mentions a person or is linked to them.
pub(super) fn concerns(document: &Document, tag: &Annotation, person: &PersonId) -> bool {
    tag.person.as_ref() == Some(person)
        || document
            .set()
            .links_from(&tag.id)
            .any(|link| match &link.to {
                Target::Person(id) => id == person,
                Target::Annotation(id) => document
                    .set()
                    .annotation(id)
                    .is_some_and(|to| to.person.as_ref() == Some(person)),
                Target::NotGiven => false,
            })
}
