//! The one integration binary: what a user does, on real files, and the rules of the house.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on may panic"
)]

mod cli;
mod editing;
mod fuzz;
#[cfg(feature = "gui")]
mod gui;
mod hostile;
mod support;
mod tidy;
