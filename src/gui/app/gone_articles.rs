//! Articles that are gone from the disk while they are open.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::App;
use crate::gui::saving::Trouble;
use crate::ops::SaveError;
use crate::store;

impl App {
    /// Articles that were deleted leave the list where nothing was ever done to them and they are
    /// not shown. Returns them.
    pub(super) fn forget_gone_articles(&mut self) -> BTreeSet<PathBuf> {
        let shown = self.workspace.current_path();
        let open = self.workspace.open.iter();
        let gone = open.filter(|(path, article)| {
            article.saving.trouble == Some(Trouble::ArticleGone)
                && Some(path.as_path()) != shown
                && article.is_untouched()
                && !self.dialogs.are_about(path)
        });
        let gone: BTreeSet<PathBuf> = gone.map(|(path, _)| path.clone()).collect();
        for path in &gone {
            self.workspace.close(path);
            self.drop_message_that_it_is_gone(path);
        }
        gone
    }

    /// The article is there: what said that it is gone goes.
    pub(super) fn note_article_back(&mut self, path: &Path) {
        let Some(article) = self.workspace.open.get_mut(path) else {
            return;
        };
        let not_saved = SaveError::ArticleGone(path.to_owned()).to_string();
        let trouble = &mut article.saving.trouble;
        if trouble.take_if(|trouble| trouble.is_away()).is_some() {
            self.drop_message_that_it_is_gone(path);
            let banners = &mut self.banners;
            banners.retain(|banner| !banner.words.ends_with(&not_saved));
        }
    }

    pub(super) fn drop_message_that_it_is_gone(&mut self, path: &Path) {
        let gone = gone_words(path);
        let banners = &mut self.banners;
        banners.retain(|banner| !banner.words.starts_with(&gone));
    }
}

/// What is so where an article is not there.
pub(super) fn gone(path: &Path) -> Trouble {
    match path.parent().is_some_and(store::is_folder) {
        true => Trouble::ArticleGone,
        false => Trouble::FolderGone,
    }
}

pub(super) fn gone_words(path: &Path) -> String {
    format!("{} is gone from the disk.", path.display())
}
