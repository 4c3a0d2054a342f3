//! How long things take, at the sizes people have: `cargo bench --no-default-features`. The name of
//! a benchmark as argument runs it alone.

#![allow(
    clippy::unwrap_used,
    reason = "a benchmark that cannot go on may panic"
)]

mod article;
mod exporting;
mod reading;
mod saving;

fn main() {
    divan::main();
}
