use std::path::PathBuf;

use crate::store::{ArticleText, FileFingerprint};

/// Where a document is on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentFiles {
    /// The article; written only where its text was edited.
    pub article: PathBuf,
    /// What the article looked like when last read or written.
    pub on_disk: ArticleText,
    /// Its annotations.
    pub sidecar: PathBuf,
    /// What the sidecar looked like when last read or written.
    pub fingerprint: FileFingerprint,
    /// Whether the sidecar may be written.
    pub writable: bool,
}

impl DocumentFiles {
    /// Records what a save has put on disk, so that the next one knows what to expect.
    pub fn note_saved(&mut self, report: SaveReport) {
        self.fingerprint = report.fingerprint;
        if let Some(article) = report.article {
            self.on_disk = article;
        }
    }
}

/// What a save did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaveReport {
    /// What the sidecar looks like now; see [`DocumentFiles::note_saved`].
    pub fingerprint: FileFingerprint,
    /// What the article looks like now, where its edited text was written.
    pub article: Option<ArticleText>,
    /// Length of the sidecar in bytes; 0 where there is none.
    pub bytes: usize,
    /// Whether the disk already held exactly this, so that nothing was written.
    pub unchanged: bool,
    /// The copy of the sidecar as it was before.
    pub copy: Option<PathBuf>,
    /// Why the annotated text could not be kept beside the article. The next save tries again.
    pub text_not_kept: Option<String>,
}
