//! Pullquote: mark up who said what in articles.

pub mod cli;
pub mod edit;
pub mod format;
#[cfg(feature = "gui")]
pub mod gui;
pub mod model;
pub mod ops;
pub mod store;
pub mod suggest;
pub mod text;
