//! The one integration binary: what a user does, on real files, and the rules of the house.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on may panic"
)]
#![allow(clippy::print_stdout, reason = "evidence prints its figure")]

mod cli;
mod editing;
mod effort;
mod fuzz;
#[cfg(feature = "gui")]
mod gui;
mod hostile;
mod older_files;
mod support;
mod tidy;
