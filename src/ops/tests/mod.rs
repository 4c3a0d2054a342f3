//! Whole pieces of work on a real folder, some of them on a disk that fails: they need the fault
//! layer of the store, which only this crate sees.

mod crash;
mod damage;
mod disk;
mod edited_text;
mod reanchor;
mod two_writers;
