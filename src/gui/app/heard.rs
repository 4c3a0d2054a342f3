//! What the window hears of the folders it listens to, and when it has to look.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::store::{self, Written};

/// How long after a write the open articles are looked at: saving is more than one step.
pub(super) const SETTLE: Duration = Duration::from_millis(300);
/// The same for the list of a folder, which costs more.
pub(super) const SETTLE_LIST: Duration = Duration::from_millis(1_000);
/// The same for what an article of the list begins with.
pub(super) const SETTLE_ARTICLE: Duration = Duration::from_millis(1_700);

/// What the window wants to know of, and what has been written of that since the last look.
#[derive(Debug, Default)]
pub(super) struct Heard {
    /// Open articles and their sidecars.
    pub(super) open: BTreeSet<PathBuf>,
    /// The folder that is listed.
    pub(super) folder: Option<PathBuf>,
    /// When an open file was written first.
    pub(super) open_written: Option<Instant>,
    /// When a sidecar of the folder was written first, or an article came or went.
    pub(super) listed_written: Option<Instant>,
    /// The sidecars among them, open or not.
    pub(super) sidecars: BTreeSet<PathBuf>,
    /// When a schema file was written first.
    pub(super) schema_written: Option<Instant>,
    /// When an article of the folder was written first.
    pub(super) article_written: Option<Instant>,
    /// Which ones were.
    pub(super) articles: BTreeSet<PathBuf>,
    /// Whether anything in the folders may have changed: a disk is back.
    pub(super) anything: bool,
}

impl Heard {
    /// Takes note of a write. Returns how soon the window must look, if it does not know yet.
    pub(super) fn note(&mut self, path: &Path, written: Written, now: Instant) -> Option<Duration> {
        let everything = path.as_os_str().is_empty();
        let name = path.file_name().unwrap_or_default().as_encoded_bytes();
        if name.starts_with(b".") {
            return None;
        }
        let is_sidecar = name.ends_with(b".ron");
        let is_article = store::is_article(path);
        let listed = self.is_in_folder(path)
            && match written {
                Written::Contents => is_sidecar,
                Written::Name => is_sidecar || is_article,
                Written::Folder => true,
            };
        self.anything |= everything;
        let beside = is_sidecar && self.is_beside_an_open_article(path);
        if is_sidecar && (listed || beside) {
            self.sidecars.insert(path.to_owned());
        }
        // Looks are not put off by further writes.
        let mut wait = None;
        if (everything || beside || self.open.contains(path)) && self.open_written.is_none() {
            self.open_written = Some(now);
            wait = Some(SETTLE);
        }
        if (everything || store::is_schema_file(path)) && self.schema_written.is_none() {
            self.schema_written = Some(now);
            wait = wait.or(Some(SETTLE));
        }
        if (everything || listed) && self.listed_written.is_none() {
            self.listed_written = Some(now);
            wait = wait.or(Some(SETTLE_LIST));
        }
        if is_article && written != Written::Folder && self.is_in_folder(path) {
            self.articles.insert(path.to_owned());
            if self.article_written.is_none() {
                self.article_written = Some(now);
                wait = wait.or(Some(SETTLE_ARTICLE));
            }
        }
        wait
    }

    fn is_in_folder(&self, path: &Path) -> bool {
        let folder = self.folder.as_ref();
        folder.is_some_and(|folder| path.starts_with(folder))
    }

    /// Whether a sidecar is that of somebody else on an open article.
    fn is_beside_an_open_article(&self, path: &Path) -> bool {
        let possible = store::possible_articles_of(path);
        possible.iter().any(|article| self.open.contains(article))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard() -> Heard {
        Heard {
            open: ["/c/a.txt", "/c/a.txt.ron"].map(PathBuf::from).into(),
            folder: Some("/c".into()),
            ..Heard::default()
        }
    }

    #[test]
    fn files_that_are_none_of_ours_wake_nobody() {
        let mut heard = heard();
        let now = Instant::now();
        for path in [
            "/c/build.log",
            "/c/film.mp4.part",
            "/c/.a.txt.1.tmp",
            "/c/sub/x.csv",
            "/elsewhere/b.txt",
        ] {
            for written in [Written::Contents, Written::Name] {
                assert_eq!(heard.note(Path::new(path), written, now), None, "{path}");
            }
        }
        // An article that is only listed: its first line is shown.
        let listed = Path::new("/c/b.txt");
        let wait = heard.note(listed, Written::Contents, now);
        assert_eq!(wait, Some(SETTLE_ARTICLE));
        assert_eq!(heard.note(listed, Written::Name, now), Some(SETTLE_LIST));
        assert_eq!(heard.listed_written, Some(now));
        assert_eq!(heard.articles, [listed.to_owned()].into());
    }

    #[test]
    fn ours_are_taken_together_and_not_put_off() {
        let mut heard = heard();
        let begun = Instant::now();
        let mut note = |path: &str, later| {
            let now = begun + Duration::from_millis(later);
            heard.note(Path::new(path), Written::Contents, now)
        };
        assert_eq!(note("/c/a.txt.ron", 0), Some(SETTLE));
        for later in 1..100 {
            assert_eq!(note("/c/a.txt.ron", later), None);
        }
        assert_eq!(heard.open_written, Some(begun));
    }

    #[test]
    fn sidecars_of_others_are_noted() {
        let mut heard = Heard {
            folder: None,
            ..heard()
        };
        let now = Instant::now();
        let theirs = Path::new("/c/a.txt.maria.ron");
        assert_eq!(heard.note(theirs, Written::Name, now), Some(SETTLE));
        assert_eq!(
            heard.note(Path::new("/c/b.txt.ron"), Written::Name, now),
            None
        );
        assert_eq!(heard.sidecars, [theirs.to_owned()].into());
        let schema = Path::new("/c/pullquote.ron");
        assert_eq!(heard.note(schema, Written::Name, now), Some(SETTLE));
        // Lost count: everything may have changed.
        assert_eq!(
            heard.note(Path::new(""), Written::Name, now),
            Some(SETTLE_LIST)
        );
    }
}
