use smol_str::SmolStr;
use thin_vec::ThinVec;

use super::{
    AnnotationId, Attribute, Authorship, Confidence, LinkId, Note, Origin, PersonId, UnknownField,
};

/// A directed connection from a quote or claim to its speaker or cue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Its name within the document.
    pub id: LinkId,
    /// Key of the role in the [`super::Schema`]: `speaker`, `cue`, …
    pub role: SmolStr,
    /// The quote or claim.
    pub from: AnnotationId,
    /// Who or what it points to.
    pub to: Target,
    /// Name and value, sorted by name; each name once.
    pub attributes: ThinVec<Attribute>,
    /// Who made it.
    pub origin: Origin,
    /// How sure the program is that proposed it; `None`: it does not say.
    pub confidence: Option<Confidence>,
    /// Whether a person said so. `false` for what was pre-filled.
    pub confirmed: bool,
    /// A free note; empty for none.
    pub note: Note,
    /// Who made it and when; `None`: not recorded.
    pub made: Option<Box<Authorship>>,
    /// Who changed it last and when; `None`: not recorded.
    pub changed: Option<Box<Authorship>>,
    /// Fields of its record that this version does not know, carried along as they are.
    pub unknown: ThinVec<UnknownField>,
}

impl Link {
    /// The role of links to who said something.
    pub const SPEAKER: &str = "speaker";

    /// A confirmed link.
    #[must_use]
    pub fn new(
        id: impl Into<LinkId>,
        role: impl Into<SmolStr>,
        from: impl Into<AnnotationId>,
        to: Target,
        origin: Origin,
    ) -> Self {
        Self {
            id: id.into(),
            role: role.into(),
            from: from.into(),
            to,
            attributes: ThinVec::new(),
            origin,
            confidence: None,
            confirmed: true,
            note: Note::default(),
            made: None,
            changed: None,
            unknown: ThinVec::new(),
        }
    }
}

/// What a link points to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A range of the text, tagged.
    Annotation(AnnotationId),
    /// A person on the roster, not mentioned in the text there.
    Person(PersonId),
    /// The text names no speaker, which is an answer too.
    NotGiven,
}
