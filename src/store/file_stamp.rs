use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

/// Length and time of a file: another one shows that it was written, the same one hardly ever hides it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileStamp {
    bytes: u64,
    modified: Option<SystemTime>,
}

impl FileStamp {
    /// Whether the file was last written so long before `now`. A time that is not known is no time.
    #[must_use]
    pub fn is_older_than(&self, now: SystemTime, age: Duration) -> bool {
        let age_of = |modified| now.duration_since(modified).ok();
        self.modified
            .and_then(age_of)
            .is_some_and(|found| found > age)
    }
}

/// The stamp of a file as it is now; `None` where it is not there.
#[must_use]
pub fn file_stamp(path: &Path) -> Option<FileStamp> {
    let found = fs::metadata(path).ok()?;
    Some(FileStamp {
        bytes: found.len(),
        modified: found.modified().ok(),
    })
}
