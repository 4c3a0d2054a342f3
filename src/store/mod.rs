//! Rank 3: the only module that touches the disk. Articles are read, and written only where a person
//! has edited their text.

mod atomic_write;
mod backup;
mod conflict_copies;
mod corpus;
mod decode;
mod disk;
mod file_sink;
mod frame_log;
mod gather;
mod journal;
mod read_error;
mod read_limited;
mod read_source;
mod reading_position;
mod replacement;
mod sample;
pub mod sidecar_file;
mod sidecar_name;
mod snapshot;
mod stale_temp_files;
mod stamp;
mod state_dir;
mod temp_file;
mod user_keymap;
mod watch;
mod write_article;
mod write_error;

pub use atomic_write::{atomic_write, replaceable};
pub use backup::{Backup, backup, backups};
pub use conflict_copies::{CopyFile, CopyKind, conflict_copies, is_merged, note_merged};
pub use corpus::{
    FolderListing, exists, file_len, find_schema, is_article, is_folder, list_articles, list_files,
    read_text, remove_file, whole_path,
};
pub(crate) use decode::is_binary;
pub use file_sink::FileSink;
pub use frame_log::frame_log;
pub use gather::{ArticleFile, Gathered, gather, is_one_of};
pub use journal::{
    Journal, JournalFiles, JournalStart, WaitingJournal, all_waiting_journals, discard_journal,
    remove_journal, waiting_journals,
};
pub use read_error::ReadError;
pub use read_limited::read_file;
pub use read_source::{ArticleText, EncodingHints, MAX_BYTES, read_source};
pub use reading_position::{ReadingPosition, load_position, save_position};
pub use sample::{data_dir, sample_article};
pub use snapshot::{find_snapshot, keep_snapshot};
pub use stale_temp_files::{sweep_stale, sweep_state};
pub use stamp::Stamp;
pub use state_dir::state_dir;
pub use user_keymap::user_keymap;
pub use watch::FolderWatch;
pub use write_article::write_article;
pub use write_error::WriteError;

/// For tests of other modules that put files somewhere.
#[cfg(test)]
pub(crate) use std::fs as test_files;

/// For tests of other modules that let the disk fail.
#[cfg(test)]
pub(crate) use disk::faults;
