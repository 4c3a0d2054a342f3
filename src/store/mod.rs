//! Rank 3: the only module that touches the disk. Articles are read, and written only where a person
//! has edited their text.

mod access;
mod assignments_file;
mod atomic_write;
mod backup;
mod confine;
mod conflict_copies;
mod corpus;
mod decode;
mod disk;
mod draft;
mod exam_copy;
mod file_batch;
mod file_beside;
mod file_fingerprint;
mod file_group;
mod file_sink;
mod file_stamp;
mod find_articles;
mod frame_log;
mod guidelines_file;
mod journal;
mod kept_access;
mod learned_model;
mod lock_file;
mod natural_order;
mod new_folders;
mod open_drafts;
mod private_ron;
mod project_folder;
mod read_error;
mod read_limited;
mod read_source;
mod reading_position;
mod replacement;
mod sample;
mod settings;
pub mod sidecar_file;
mod sidecar_name;
mod snapshot;
mod snapshot_path;
mod stale_temp_files;
mod state_dir;
mod step_file;
mod step_log;
mod temp_file;
mod user_keymap;
mod version_log;
mod watch;
mod write_error;

pub use access::Access;
pub use assignments_file::{find_assignments, load_assignments};
pub use atomic_write::{atomic_write, replaceable};
pub use backup::{Backup, backup, backups};
pub use confine::{leads_out, not_a_file};
pub use conflict_copies::{CopyFile, CopyKind, conflict_copies, is_merged, note_merged};
pub use corpus::{
    FilesFound, FolderListing, NotOpened, canonical_folder, canonical_path, exists, file_len,
    is_article, is_folder, is_no_folder, list_articles, list_files, remove_file,
};
pub(crate) use decode::is_binary;
pub use draft::{Draft, forget_draft, keep_draft};
pub use exam_copy::{exam_copies, is_in_our_folder, write_exam_copy};
pub use file_batch::{
    BatchError, FileBatch, FinishedBatches, damaged_batches, finish_batches, unfinished_batches,
};
pub use file_beside::{FilesBeside, TextBeside};
pub use file_fingerprint::FileFingerprint;
pub use file_sink::{FileSink, is_stream, open_stream, write_stream};
pub use file_stamp::{FileStamp, file_stamp};
pub use find_articles::{ArticleFile, FoundArticles, find_articles, is_one_of};
pub use frame_log::frame_log;
pub use guidelines_file::read_guidelines;
pub use journal::{
    Journal, JournalFiles, JournalStart, OrphanedJournal, all_waiting_journals, discard_journal,
    kept_journal, put_away_journal, remove_journal, waiting_journals,
};
pub use kept_access::{fit_access, too_readable_files};
pub use learned_model::{model_file, read_model_file, remove_model_file, write_model_file};
pub use new_folders::remove_empty_folders;
pub use open_drafts::{OpenDrafts, all_drafts, load_drafts};
pub use project_folder::{confine_beside, find_schema, is_schema_file, read_schema_text};
pub use read_error::ReadError;
pub use read_limited::{MAX_FACTS_BYTES, MAX_INPUT_BYTES, read_beginning, read_file, read_text};
pub use read_source::{ArticleText, EncodingHints, MAX_BYTES, read_source};
pub use reading_position::{ReadingPosition, load_position, save_position};
pub use sample::{data_dir, sample_article};
pub use settings::{
    DamagedSettings, ModelSettings, Settings, SuggestionSettings, ThemeName, WindowState,
    config_dir, load_settings, load_window, save_settings, save_window,
};
pub use sidecar_name::possible_articles_of;
pub use snapshot::{
    find_snapshot, is_snapshot_kept, keep_snapshot, line_ends_not_kept, remove_unused_snapshot,
};
pub use stale_temp_files::{remove_stale_state_files, remove_stale_temp_files};
pub use state_dir::{private_state_dir, state_dir};
pub use step_file::{StepFile, StepSide};
pub use step_log::{RecordedStep, StepKind, StepRecorder, recorded_steps};
pub use user_keymap::user_keymap;
pub use version_log::{known_versions, note_version};
pub use watch::{FolderWatch, Written};
pub use write_error::{WriteError, fail_beyond_size_limit, in_words};

/// For tests of other modules that put files somewhere.
#[cfg(test)]
pub(crate) use std::fs as test_files;

/// For tests of other modules that let the disk fail.
#[cfg(test)]
pub(crate) use disk::faults;
