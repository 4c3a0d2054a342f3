//! Files that version 0.1 has written open as they did then, whatever has changed in the code that
//! reads them.
//!
//! `tests/fixtures/0.1` has a folder a case: `corpus` with articles, sidecars and a schema, `state`
//! and `config` with what belongs to the user. The program made them below `/tmp/pullquote-0.1`.
//! They are never made again. What they say today is in `snapshots`: a field or problem more is
//! fine there, one less or another is work lost. Words of messages are left out.

mod exports;
mod fixture;
mod journals;
mod report;
mod settings;
mod sidecars;
mod state_files;
