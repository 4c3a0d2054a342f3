//! The one integration binary: what a user does, on real files, and the rules of the house.

mod cli;
mod editing;
mod support;
mod tidy;
