//! Rank 3: the only way to change a [`Document`](crate::model::Document).
//!
//! Actions are pure: they look at the document and return a
//! [`Transaction`](crate::model::Transaction) or a [`Refusal`]; `apply` carries it out, all or
//! nothing; `History` undoes and redoes it.

pub mod action;
mod apply;
mod attributes;
mod context;
mod derived_id;
mod draft;
mod history;
mod motion;
mod position_map;
mod roster;
mod speaker_link;
mod stamp;
#[cfg(test)]
mod testing;
mod wording;

pub use action::PersonChoice;
pub use apply::{ApplyError, add_sittings, apply, inverted};
pub use attributes::fill_attributes;
pub use context::{Context, Refusal};
pub use history::{Coalesce, History, Replay};
pub use motion::{Edge, Motion, Step};
pub use roster::person_name;
pub use wording::tag_words;
