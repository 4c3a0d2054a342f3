use smol_str::SmolStr;
use thin_vec::ThinVec;

use super::{AnnotationId, Authorship, Confidence, Fragments, Note, PersonId, Review, Verdict};
use crate::text::TextSize;

/// A tag: ranges of text under a label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annotation {
    /// Its name within the document.
    pub id: AnnotationId,
    /// Key of the label in the [`super::Schema`]; may be one the schema does not know.
    pub label: SmolStr,
    /// Where it is.
    pub fragments: Fragments,
    /// Name and value, sorted by name; each name once.
    pub attributes: ThinVec<Attribute>,
    /// Who a speaker mention names.
    pub person: Option<PersonId>,
    /// Who made it.
    pub origin: Origin,
    /// How sure the program is that proposed it; `None`: it does not say.
    pub confidence: Option<Confidence>,
    /// What was decided about a suggestion. Tags people made are [`Verdict::Accepted`].
    pub verdict: Verdict,
    /// Its review state.
    pub review: Review,
    /// A free note; empty for none.
    pub note: Note,
    /// The words it covered before the article changed, a string for each fragment then, where
    /// someone should check it; empty if there is nothing to check.
    pub former_words: ThinVec<String>,
    /// Who made it and when; `None`: not recorded.
    pub made: Option<Box<Authorship>>,
    /// Who changed it last and when, verdict and review aside; `None`: not recorded.
    pub changed: Option<Box<Authorship>>,
    /// Who gave the verdict or the review last and when; `None`: not recorded.
    pub decided: Option<Box<Authorship>>,
    /// Fields of its record that this version does not know, carried along as they are.
    pub unknown: ThinVec<UnknownField>,
}

/// Where a tag is in canonical order: start, end, id.
pub type Place = (TextSize, TextSize, AnnotationId);

/// A name and a value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Attribute {
    /// The attribute's name in the schema.
    pub name: SmolStr,
    /// The value; any text.
    pub value: SmolStr,
}

/// Who made an annotation or a link.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// A person; the annotator's name, empty where none was set.
    Annotator(SmolStr),
    /// A program; its name.
    Suggester(SmolStr),
    /// Another tool's file; the format's name.
    Import(SmolStr),
}

/// A field of a record that this version does not know: its name and its value, verbatim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownField {
    /// The field's name.
    pub name: SmolStr,
    /// The value as it was in the file.
    pub raw: SmolStr,
}

impl Origin {
    /// How the name of a suggester begins that is a copy of the article.
    pub const COPY: &'static str = "copy/";
}

impl Annotation {
    /// A tag without attributes, person, note or review; its verdict is that of a tag a person made.
    #[must_use]
    pub fn new(
        id: impl Into<AnnotationId>,
        label: impl Into<SmolStr>,
        fragments: Fragments,
        origin: Origin,
    ) -> Self {
        Self {
            id: id.into(),
            label: label.into(),
            fragments,
            attributes: ThinVec::new(),
            person: None,
            origin,
            confidence: None,
            verdict: Verdict::default(),
            review: Review::default(),
            note: Note::default(),
            former_words: ThinVec::new(),
            made: None,
            changed: None,
            decided: None,
            unknown: ThinVec::new(),
        }
    }

    /// Where it is in canonical order.
    #[must_use]
    pub fn place(&self) -> Place {
        let hull = self.fragments.hull();
        (hull.start(), hull.end(), self.id.clone())
    }

    /// Whether it is before a place in canonical order.
    #[must_use]
    pub fn is_before(&self, (start, end, id): &Place) -> bool {
        (self.fragments.start(), self.fragments.end(), &self.id) < (*start, *end, id)
    }

    /// Whether that is its place.
    #[must_use]
    pub fn is_at(&self, (start, end, id): &Place) -> bool {
        self.fragments.start() == *start && self.fragments.end() == *end && self.id == *id
    }

    /// The value of an attribute, if it is set.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&SmolStr> {
        self.attributes
            .iter()
            .find(|attribute| attribute.name == name)
            .map(|attribute| &attribute.value)
    }

    /// Sets or, with `None`, removes an attribute; keeps the order.
    pub fn set_attribute(&mut self, name: &str, value: Option<SmolStr>) {
        let at = self
            .attributes
            .binary_search_by(|attribute| attribute.name.as_str().cmp(name));
        match (at, value) {
            (Ok(at), Some(value)) => {
                if let Some(attribute) = self.attributes.get_mut(at) {
                    attribute.value = value;
                }
            }
            (Ok(at), None) => {
                self.attributes.remove(at);
            }
            (Err(at), Some(value)) => self.attributes.insert(
                at,
                Attribute {
                    name: name.into(),
                    value,
                },
            ),
            (Err(_), None) => {}
        }
    }

    /// Takes the suggestion as it is or with changes, as the verdict says, after a person has looked at it: by that
    /// it is reviewed.
    pub fn take(&mut self, verdict: Verdict) {
        self.verdict = verdict;
        if self.review == Review::Unreviewed {
            self.review = Review::Accepted;
        }
    }

    /// Whether it is a suggestion to review, so not yet a tag.
    #[must_use]
    pub fn is_open_suggestion(&self) -> bool {
        self.verdict == Verdict::Open
    }

    /// Whether it is an open suggestion that was carried from a copy of the article: words that differ there are
    /// part of what is suggested.
    #[must_use]
    pub fn is_carried_suggestion(&self) -> bool {
        let carried = |name: &SmolStr| name.starts_with(Origin::COPY);
        self.is_open_suggestion()
            && matches!(&self.origin, Origin::Suggester(name) if carried(name))
    }

    /// Whether it is rejected, in review or as a suggestion.
    #[must_use]
    pub fn is_rejected(&self) -> bool {
        self.review == Review::Rejected || self.verdict == Verdict::Rejected
    }
}
