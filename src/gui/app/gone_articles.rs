//! Articles that are gone from the disk while they are open.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::App;
use crate::ops::SaveError;

impl App {
    /// Articles that were deleted leave the list where nothing was ever done to them and they are
    /// not shown. Returns them.
    pub(super) fn forget_gone_articles(&mut self) -> BTreeSet<PathBuf> {
        let shown = self.workspace.current_path();
        let open = self.workspace.open.iter();
        let gone = open.filter(|(path, article)| {
            article.saving.away_for_good
                && Some(path.as_path()) != shown
                && article.is_untouched()
                && !self.dialogs.are_about(path)
        });
        let gone: BTreeSet<PathBuf> = gone.map(|(path, _)| path.clone()).collect();
        for path in &gone {
            self.workspace.close(path);
            let words = gone_words(path);
            let banners = &mut self.banners;
            banners.retain(|banner| !banner.words.starts_with(&words));
        }
        gone
    }

    /// The article is there: what said that it is gone goes.
    pub(super) fn note_article_back(&mut self, path: &Path) {
        let Some(article) = self.workspace.open.get_mut(path) else {
            return;
        };
        let not_saved = SaveError::ArticleGone(path.to_owned()).to_string();
        let failed = article.saving.failed.take_if(|words| *words == not_saved);
        if article.saving.away.take().is_some() || failed.is_some() {
            article.saving.away_for_good = false;
            let gone = gone_words(path);
            self.banners.retain(|banner| {
                !banner.words.starts_with(&gone) && !banner.words.ends_with(&not_saved)
            });
        }
    }
}

pub(super) fn gone_words(path: &Path) -> String {
    format!("{} is gone from the disk.", path.display())
}
