//! How far an article is saved, and why not.

/// The state of saving.
#[derive(Debug, Default)]
pub(crate) struct Saving {
    /// When to save by itself, in seconds of the window's clock.
    pub(crate) due: Option<f64>,
    /// Whether a thread is at it.
    pub(crate) running: bool,
    /// How long the last one took, in seconds.
    pub(crate) took: f64,
    /// Why the last try failed.
    pub(crate) failed: Option<String>,
    /// Why what is saved is not there at the moment, in words.
    pub(crate) away: Option<String>,
    /// Whether the article was deleted, with its folder still there.
    pub(crate) away_for_good: bool,
    /// When it was last saved, in words.
    pub(crate) at: Option<String>,
    /// Whether to keep a copy of the sidecar as it was.
    pub(crate) backup_first: bool,
    /// Whether the last try met what someone else had written, and taking that in was tried.
    pub(crate) conflict: bool,
    /// Whether to write it in any case, over another program's changes or if the file is gone. For
    /// the next save only.
    pub(crate) replace: bool,
    /// Whether to take an earlier version of the sidecar that is on disk again for the work of
    /// somebody else. For the next merge only.
    pub(crate) accept_earlier: bool,
    /// Whether it is not saved because the disk holds an earlier version again.
    pub(crate) earlier_on_disk: bool,
}

/// Seconds from the last change until the tags are saved by themselves.
const AUTOSAVE: f64 = 0.7;
/// Saving by itself takes at most one part in so many of the time.
const SHARE: f64 = 4.0;

impl Saving {
    /// Seconds to wait from a change until saving: longer where saving takes long.
    pub(crate) fn pause(&self) -> f64 {
        AUTOSAVE.max(self.took * SHARE)
    }
}
