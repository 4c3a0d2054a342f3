//! Rank 3: the only way to change a [`Document`](crate::model::Document).
//!
//! Actions are pure: they look at the document and return a
//! [`Transaction`](crate::model::Transaction) or a [`Refusal`]; [`apply`] carries it out, all or
//! nothing; [`History`] undoes and redoes it.

mod refusal;

pub use refusal::Refusal;
