use smol_str::SmolStr;

use super::record::{WireState, options};
use crate::model::{DocumentMeta, DocumentState};

/// What a line says that was in the header of another version of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeaderFact {
    /// How far the work is.
    State(DocumentState),
    /// Whose work it is.
    Annotator(Option<SmolStr>),
}

impl HeaderFact {
    /// The field's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::State(_) => "state",
            Self::Annotator(_) => "annotator",
        }
    }

    /// Whether the header already has this.
    #[must_use]
    pub fn is_said(&self, meta: &DocumentMeta) -> bool {
        match self {
            Self::State(state) => meta.state == *state,
            Self::Annotator(name) => meta.annotator == *name,
        }
    }

    /// Sets it in the header.
    pub fn put(self, meta: &mut DocumentMeta) {
        match self {
            Self::State(state) => meta.state = state,
            Self::Annotator(name) => meta.annotator = name,
        }
    }
}

/// Reads `state: Done` or `annotator: "maria"`; `None` where the line is neither.
#[must_use]
pub fn header_fact(raw: &str) -> Option<HeaderFact> {
    let (name, value) = raw.split_once(':')?;
    match name.trim() {
        "state" => {
            let state = options().from_str::<WireState>(value).ok()?;
            Some(HeaderFact::State(state.into()))
        }
        "annotator" => options().from_str(value).ok().map(HeaderFact::Annotator),
        _ => None,
    }
}
