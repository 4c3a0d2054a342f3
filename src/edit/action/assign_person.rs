use crate::edit::{Context, Refusal};
use crate::model::{AnnotationId, IdSource, Transaction};
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

/// Says whom a mention names.
///
/// # Errors
/// [`Refusal`]
pub fn assign_person(
    ctx: &Context<'_>,
    tag: &AnnotationId,
    person: &PersonChoice,
    ids: &mut dyn IdSource,
) -> Result<Transaction, Refusal> {
    let _ = (ctx, tag, person, ids);
    Err(Refusal::new("not yet"))
}
