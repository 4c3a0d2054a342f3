//! The one integration test binary: what a user does, on real files.

mod editing;
mod support;
