use crate::model::{PersonId, PersonKind};

/// Whom a mention names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PersonChoice {
    /// Somebody on the roster.
    Existing(PersonId),
    /// Somebody new.
    New {
        /// Full name.
        name: String,
        /// What kind.
        kind: PersonKind,
    },
    /// Nobody.
    None,
}
