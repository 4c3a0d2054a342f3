//! Rank 5: the window.
//!
//! [`app::App`] draws from an [`OpenDocument`](crate::ops::OpenDocument) and changes nothing while
//! drawing: keys ([`keymap`]), buttons and the article view put orders ([`ui_command`]) into a queue
//! that is carried out in order before and after drawing. What takes time happens in [`worker`].

pub mod app;
mod dialog;
mod find;
pub mod fonts;
mod frame_log;
mod journals;
pub mod keymap;
mod panel;
mod scene;
#[cfg(test)]
mod test_support;
pub mod text_view;
pub mod theme;
pub mod ui_command;
mod window;
pub mod worker;
mod workspace;

pub use window::{WindowError, run};
