//! How far an article is saved, and why not.

/// What stands between what is open and what is on disk. There is one at a time: the latest.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Trouble {
    /// The last try to save failed: why, in words.
    Failed(String),
    /// What another program wrote could not be merged: why, in words.
    NotMerged(String),
    /// The disk holds an earlier version of the tags again, which is asked about in these words.
    EarlierOnDisk(String),
    /// The article was deleted.
    ArticleGone,
    /// The folder of the article is not there: its disk may be away.
    FolderGone,
    /// The sidecar was deleted.
    SidecarGone,
}

impl Trouble {
    /// The trouble in words, behind "Not saved:" or alone.
    pub(crate) fn words(&self) -> &str {
        match self {
            Self::Failed(why) | Self::NotMerged(why) | Self::EarlierOnDisk(why) => why,
            Self::ArticleGone => "The article is gone from the disk",
            Self::FolderGone => "The folder is not there",
            Self::SidecarGone => "The sidecar was deleted on disk",
        }
    }

    /// Whether it is over once nothing is left to save: the change that could not be saved was undone.
    pub(crate) fn ends_with_the_change(&self) -> bool {
        match self {
            Self::Failed(_) => true,
            Self::NotMerged(_)
            | Self::EarlierOnDisk(_)
            | Self::ArticleGone
            | Self::FolderGone
            | Self::SidecarGone => false,
        }
    }

    /// Whether it is over once the article is found on disk.
    pub(crate) fn is_away(&self) -> bool {
        match self {
            Self::ArticleGone | Self::FolderGone => true,
            Self::Failed(_) | Self::NotMerged(_) | Self::EarlierOnDisk(_) | Self::SidecarGone => {
                false
            }
        }
    }
}

/// The state of saving.
#[derive(Debug, Default)]
pub(crate) struct Saving {
    /// When to save by itself, in seconds of the window's clock.
    pub(crate) due: Option<f64>,
    /// Whether a thread is at it.
    pub(crate) running: bool,
    /// How long the last one took, in seconds.
    pub(crate) took: f64,
    /// Why it is not saved, or not where it was.
    pub(crate) trouble: Option<Trouble>,
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
}

/// Seconds from the last change until the tags are saved by themselves.
const AUTOSAVE: f64 = 0.7;
/// Saving by itself takes at most one part in so many of the time.
const SHARE: f64 = 4.0;

impl Saving {
    /// Whether it is not saved because the disk holds an earlier version again.
    pub(crate) fn asks_about_earlier(&self) -> bool {
        matches!(self.trouble, Some(Trouble::EarlierOnDisk(_)))
    }

    /// Seconds to wait from a change until saving: longer where saving takes long.
    pub(crate) fn pause(&self) -> f64 {
        AUTOSAVE.max(self.took * SHARE)
    }
}
