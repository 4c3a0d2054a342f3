//! Rank 5: the window.

pub mod fonts;
pub mod text_view;
pub mod theme;
