use smol_str::SmolStr;
use thin_vec::ThinVec;

use crate::model::{Annotation, AnnotationId, Attribute, Document, Link, Target};
use crate::text::TextRange;

/// The attribute of a quote that says whether it is direct speech.
const FORM: &str = "form";

/// Which of two documents tags are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// What is right.
    Gold,
    /// What is compared with it.
    Predicted,
}

/// A tag with what is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoredTag {
    /// Its name within the document.
    pub id: AnnotationId,
    /// Its label.
    pub label: SmolStr,
    /// Its ranges in bytes, end-exclusive, in order.
    pub fragments: Box<[TextRange]>,
    /// Its attributes, sorted by name; each name once.
    pub attributes: ThinVec<Attribute>,
    /// The ranges of the speakers it links to, in bytes, end-exclusive.
    pub speakers: Vec<TextRange>,
}

impl ScoredTag {
    /// The value of an attribute; `None` where it is not set or empty.
    #[must_use]
    pub fn value(&self, attribute: &str) -> Option<&SmolStr> {
        let mut named = self.attributes.iter().filter(|one| one.name == attribute);
        named
            .next()
            .map(|one| &one.value)
            .filter(|value| !value.is_empty())
    }

    /// The attribute `form`; `None` where it is not set or empty.
    #[must_use]
    pub fn form(&self) -> Option<&SmolStr> {
        self.value(FORM)
    }
}

/// The tags of a document that count, in its order. Rejected tags do not. What nobody has confirmed yet,
/// open suggestions and unconfirmed links, counts as predicted and not as gold.
#[must_use]
pub fn scored_tags(document: &Document, side: Side) -> Vec<ScoredTag> {
    let set = document.set();
    let is_gold = side == Side::Gold;
    let counts = |tag: &Annotation| !(tag.is_rejected() || is_gold && tag.is_open_suggestion());
    let speakers = |tag: &Annotation| {
        let links = set.links_from(&tag.id);
        let links = links.filter(|link| link.role == Link::SPEAKER && (link.confirmed || !is_gold));
        let to = links.filter_map(|link| match &link.to {
            Target::Annotation(id) => set.annotation(id).filter(|tag| counts(tag)),
            Target::Person(_) | Target::NotGiven => None,
        });
        to.flat_map(|tag| tag.fragments.iter()).collect()
    };
    let tags = set.annotations().filter(|tag| counts(tag));
    let tags = tags.map(|tag| ScoredTag {
        id: tag.id.clone(),
        label: tag.label.clone(),
        fragments: tag.fragments.as_slice().into(),
        attributes: tag.attributes.clone(),
        speakers: speakers(tag),
    });
    tags.collect()
}
