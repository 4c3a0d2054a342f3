//! What the window needs from around it; tests bring their own.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use smol_str::SmolStr;

use super::file_dialogs::FileDialogs;
use super::worker::Execution;
use crate::model::IdSource;
use crate::store::{DamagedSettings, WindowState};
use crate::text::Encoding;

/// The wall clock.
pub trait Clock {
    /// The time of day in words: "14:02".
    fn time_of_day(&self) -> String;

    /// The point in time, for who changed what when.
    fn now(&self) -> jiff::Timestamp;
}

/// What the window needs from around it.
pub struct Services {
    /// How files are chosen.
    pub dialogs: Arc<dyn FileDialogs>,
    /// What time it is.
    pub clock: Box<dyn Clock>,
    /// Where new ids come from.
    pub ids: Box<dyn IdSource>,
    /// Where long work is done.
    pub execution: Execution,
    /// Where the sample goes; `None`: it cannot be opened.
    pub data_dir: Option<PathBuf>,
    /// How the window was left, or why that is not known.
    pub left: Result<WindowState, DamagedSettings>,
    /// Where settings are kept; `None`: nowhere.
    pub config_dir: Option<PathBuf>,
    /// Where reading positions, how the window was left and earlier versions are kept; `None`: nowhere.
    pub state_dir: Option<PathBuf>,
    /// The text of a person's own `keymap.ron`, if there is one.
    pub user_keymap: Option<String>,
    /// Whose sidecars; `None`: the unnamed ones.
    pub annotator: Option<SmolStr>,
    /// The encoding of articles that do not declare one.
    pub encoding: Option<Encoding>,
    /// Whether the system has asked the program to end, as at a logout: nobody is there to answer.
    pub session_ends: Arc<AtomicBool>,
    /// Whether keys are written as on macOS.
    pub mac: bool,
}
