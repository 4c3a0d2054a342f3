//! The command line as its users see it: arguments in, output, exit code and files out.

mod agree;
mod articles;
mod bad_input;
mod change;
mod check;
mod choosing;
mod copies;
mod encoding;
mod exam;
mod export;
mod facts;
mod import;
mod import_options;
mod import_people;
mod import_together;
mod list;
mod merge;
mod moving_in;
mod pages;
mod score;
mod search;
mod stats;
mod suggest;
mod suggest_quality;
#[cfg(unix)]
mod suggest_with;
mod usage;
