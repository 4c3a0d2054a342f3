//! Files that version 0.1 has written open as they did then, whatever has changed in the code that
//! reads them.
//!
//! `tests/fixtures/0.1` has a folder a case: `corpus` with articles, sidecars and a schema, `state`
//! and `config` with what belongs to the user. The program made them below `/tmp/pullquote-0.1`.
//! They are never regenerated. The output of today is in `snapshots`: a new field or problem is
//! fine there, a missing or different one is lost work. Words of messages are left out.

mod exports;
mod fixture;
mod journals;
mod report;
mod settings;
mod sidecars;
mod state_files;
