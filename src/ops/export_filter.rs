use std::str::FromStr;

use smol_str::SmolStr;

use super::tag_filter::concerns;
use crate::model::{
    Annotation, AnnotationId, Document, DocumentState, LinkId, Person, PersonId, Review, Target,
};
use crate::text::wording::{UnknownWord, from_word};

/// Which tags to export. Conditions on different fields must all hold; of several values for one
/// field, one is enough. The default includes all but rejected tags and suggestions to review.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ExportFilter {
    /// Rejected tags, undecided suggestions and untouched articles, too.
    pub all: bool,
    /// Only these labels.
    pub labels: Vec<SmolStr>,
    /// Only tags with one of these values of an attribute, by name and value.
    pub attributes: Vec<(SmolStr, SmolStr)>,
    /// Only these review states; naming [`Review::Rejected`] takes in rejected tags.
    pub reviews: Vec<Review>,
    /// Only mentions of, and what is linked to, people with one of these names, aliases or ids.
    pub people: Vec<String>,
    /// Only documents in one of these states.
    pub states: Vec<DocumentState>,
}

/// A review state by its word.
///
/// # Errors
/// [`UnknownWord`] with those there are.
pub fn review_named(word: &str) -> Result<Review, UnknownWord> {
    from_word(word, &Review::ALL, Review::word, "a review state")
}

/// A state of documents by its word; `-` or `_` may replace the blank.
///
/// # Errors
/// [`UnknownWord`] with those there are.
pub fn state_named(word: &str) -> Result<DocumentState, UnknownWord> {
    let word = word.replace(['-', '_'], " ");
    from_word(&word, &DocumentState::ALL, DocumentState::word, "a state")
}

/// A name and a value with an equals sign between them.
///
/// # Errors
/// Words where there is no equals sign or no name.
pub fn name_and_value<T: FromStr>(pair: &str) -> Result<(T, T), String> {
    let parts = pair.split_once('=').filter(|(name, _)| !name.is_empty());
    let parsed = parts.and_then(|(name, value)| name.parse().ok().zip(value.parse().ok()));
    parsed.ok_or_else(|| format!("`{pair}` has no name and value; write NAME=VALUE"))
}

impl ExportFilter {
    /// Whether a document is included.
    pub(super) fn takes(&self, document: &Document) -> bool {
        self.states.is_empty() || self.states.contains(&document.meta().state)
    }

    /// The document without excluded tags and links from or to them; counts both.
    pub(super) fn apply(&self, document: Document, left_out: &mut LeftOut) -> Document {
        let people = self.people_of(&document);
        let tags = document.set().annotations();
        let out: Vec<(AnnotationId, Why)> = tags
            .filter_map(|tag| {
                let why = self.why_not(&document, tag, &people)?;
                Some((tag.id.clone(), why))
            })
            .collect();
        let mut parts = document.into_parts();
        let set = &mut parts.set;
        for (id, why) in out {
            let to = Target::Annotation(id.clone());
            let links: Vec<LinkId> = set
                .links_from(&id)
                .chain(set.links_to(&to))
                .map(|link| link.id.clone())
                .collect();
            for link in links {
                left_out.links += usize::from(set.remove_link(&link).is_some());
            }
            set.remove_annotation(&id);
            match why {
                Why::Rejected => left_out.rejected += 1,
                Why::Undecided => left_out.undecided += 1,
                Why::Other => left_out.filtered += 1,
            }
        }
        parts.into()
    }

    fn people_of(&self, document: &Document) -> Vec<PersonId> {
        let meant = |person: &&Person| {
            self.people.iter().any(|name| {
                person.id.as_str() == name || person.name == *name || person.aliases.contains(name)
            })
        };
        let people = document.set().people().filter(meant);
        people.map(|person| person.id.clone()).collect()
    }

    fn why_not(&self, document: &Document, tag: &Annotation, people: &[PersonId]) -> Option<Why> {
        let one_of = |review| self.reviews.is_empty() || self.reviews.contains(&review);
        let asked_for = self.reviews.contains(&tag.review);
        if !self.all && tag.is_open_suggestion() {
            return Some(Why::Undecided);
        }
        if !self.all && tag.is_rejected() && !asked_for {
            return Some(Why::Rejected);
        }
        let label = self.labels.is_empty() || self.labels.contains(&tag.label);
        let attribute = self.attributes.is_empty()
            || self
                .attributes
                .iter()
                .any(|(name, value)| tag.attribute(name) == Some(value));
        let person =
            self.people.is_empty() || people.iter().any(|person| concerns(document, tag, person));
        let taken = label && attribute && person && one_of(tag.review);
        (!taken).then_some(Why::Other)
    }
}

enum Why {
    Rejected,
    Undecided,
    Other,
}

/// What an export leaves out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LeftOut {
    /// Tags and suggestions that were rejected.
    pub rejected: usize,
    /// Suggestions to review.
    pub undecided: usize,
    /// Tags excluded by the filter.
    pub filtered: usize,
    /// Links from or to any of these.
    pub links: usize,
    /// Documents excluded by their state.
    pub documents: usize,
    /// Articles without any sidecar.
    pub untouched: usize,
}
