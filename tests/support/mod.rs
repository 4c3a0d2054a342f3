//! What tests share: folders of articles that run the real program, a notation for tagged text, and
//! a person at work on one article, in memory and on disk.

mod any_command;
mod corpus;
mod notation;
mod player;
pub(crate) mod synthetic;
mod test_editor;
mod work;

pub(crate) use any_command::{AnyCommand, any_command, undecided};
#[cfg(unix)]
pub(crate) use corpus::Ran;
pub(crate) use corpus::{TestCorpus, sparse_file};
pub(crate) use notation::{show, tagged};
pub(crate) use player::Player;
#[cfg(feature = "gui")]
pub(crate) use test_editor::distinct_ids;
pub(crate) use test_editor::{TestEditor, counted_ids};
pub(crate) use work::Work;

/// The text of a module of `src/docs.rs`, which has nothing but its doc comment.
pub(crate) fn docs_module(name: &str) -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/docs.rs");
    let source = std::fs::read_to_string(path).unwrap();
    let (_, rest) = source.split_once(&format!("pub mod {name} {{\n")).unwrap();
    let (module, _) = rest.split_once("\n}").unwrap();
    let lines = module.lines().map(|line| {
        let text = line.trim_start().strip_prefix("//!").unwrap();
        text.strip_prefix(' ').unwrap_or(text)
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// What a killed import leaves: one file that is written and recorded, and not in its place.
pub(crate) fn cut_short_import(folder: &std::path::Path, name: &str, text: &str) {
    use sha2::{Digest, Sha256};
    let stage = folder.join(".pullquote/import.1.0");
    std::fs::create_dir_all(&stage).unwrap();
    std::fs::write(stage.join("0"), text).unwrap();
    let hash: String = Sha256::digest(text)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let record = format!("(files:[(path:{name:?},sha256:{hash:?})])");
    std::fs::write(stage.join("record.ron"), record).unwrap();
}
