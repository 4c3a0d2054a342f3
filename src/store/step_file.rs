//! The files of a step over several articles, as they were and as they are.

use serde::{Deserialize, Serialize};

use super::FileFingerprint;

/// A file of a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepFile {
    /// Below the folder of the articles.
    pub(super) path: String,
    /// The article it is beside, below the same.
    pub(super) article: String,
    /// `None`: it was not there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) before: Option<Contents>,
    /// `None`: it is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) after: Option<Contents>,
}

/// What a file holds: a part of the file of contents, or an empty part where only the hash is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Contents {
    pub(super) start: u64,
    pub(super) bytes: u64,
    pub(super) sha256: String,
}

impl Contents {
    /// Only what a file looks like; `None` where there is none.
    pub(super) fn hash_of(found: &FileFingerprint) -> Option<Self> {
        found.hexadecimal().map(|sha256| Self {
            start: 0,
            bytes: 0,
            sha256,
        })
    }
}

/// Which of the two states of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepSide {
    /// As it was.
    Before,
    /// As the step has made it.
    After,
}

impl StepFile {
    /// Its path below the folder, with `/`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The path of its article below the folder, with `/`.
    #[must_use]
    pub fn article(&self) -> &str {
        &self.article
    }

    /// Whether a file of this fingerprint is the one before, or after, the step.
    #[must_use]
    pub fn is(&self, side: StepSide, found: &FileFingerprint) -> bool {
        self.part(side).map(|part| part.sha256.clone()) == found.hexadecimal()
    }

    /// Whether the step changes it.
    #[must_use]
    pub fn changes(&self) -> bool {
        let hash = |part: &Option<Contents>| part.as_ref().map(|part| part.sha256.clone());
        hash(&self.before) != hash(&self.after)
    }

    /// Whether it was not there before.
    #[must_use]
    pub fn is_new(&self) -> bool {
        self.before.is_none()
    }

    /// Whether it is an article itself.
    #[must_use]
    pub fn is_article(&self) -> bool {
        self.path == self.article
    }

    pub(super) fn part(&self, side: StepSide) -> Option<&Contents> {
        match side {
            StepSide::Before => self.before.as_ref(),
            StepSide::After => self.after.as_ref(),
        }
    }
}
