use smol_str::SmolStr;

use super::record::{WireState, options};
use crate::model::{ClashingRecord, DocumentMeta, DocumentState};

/// What a line says that was in the header of another version of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum HeaderFact {
    /// How far the work is.
    State(DocumentState),
    /// Whose work it is.
    Annotator(Option<SmolStr>),
}

impl HeaderFact {
    /// The field's name.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::State(_) => "state",
            Self::Annotator(_) => "annotator",
        }
    }

    /// Whether the header already has this.
    pub(super) fn is_said(&self, meta: &DocumentMeta) -> bool {
        match self {
            Self::State(state) => meta.state == *state,
            Self::Annotator(name) => meta.annotator == *name,
        }
    }
}

impl From<HeaderFact> for ClashingRecord {
    fn from(fact: HeaderFact) -> Self {
        match fact {
            HeaderFact::State(state) => Self::State(state),
            HeaderFact::Annotator(name) => Self::Annotator(name),
        }
    }
}

/// Reads `state: Done` or `annotator: "maria"`; `None` where the line is neither.
pub(super) fn header_fact(raw: &str) -> Option<HeaderFact> {
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
