//! A newer version of an article on its way over the one that is there.

use std::path::{Path, PathBuf};

use super::{LoadedFacts, load_facts};
use crate::model::{ArticleFacts, ArticleNote};
use crate::store::{ArticleText, EncodingHints, read_source};
use crate::text::SourceText;

/// An article that is there, and what an import knows about it.
#[derive(Debug)]
pub(super) struct ArticleUpdate {
    pub(super) article: PathBuf,
    pub(super) old: ArticleText,
    pub(super) new: SourceText,
    pub(super) loaded: LoadedFacts,
    /// What is known afterwards.
    pub(super) facts: ArticleFacts,
}

impl ArticleUpdate {
    /// Compares an article on the disk with another version.
    ///
    /// # Errors
    /// In words, where the article or its facts cannot be read.
    pub(super) fn new(
        article: &Path,
        new: &SourceText,
        facts: &ArticleFacts,
    ) -> Result<Self, String> {
        let old = read_source(article, &EncodingHints::default());
        let old = old.map_err(|error| error.to_string())?;
        let loaded = load_facts(article);
        if let Some(reason) = &loaded.read_only {
            return Err(format!("{}: {reason}", loaded.path.display()));
        }
        let mut update = Self {
            article: article.to_owned(),
            old,
            new: new.clone(),
            facts: updated(&loaded.facts, facts),
            loaded,
        };
        // A person may have entered them.
        let changed = update.changed_facts();
        if !changed.is_empty() {
            let from = facts.imported_from.as_ref();
            let file = from.map_or("", |from| from.file.as_str());
            update.facts.notes.push(ArticleNote {
                text: format!(
                    "Before another version was imported from {file}: {}",
                    changed.join(", ")
                ),
                ..ArticleNote::default()
            });
        }
        Ok(update)
    }

    /// Whether the text is another one.
    pub(super) fn has_new_text(&self) -> bool {
        self.old.source.as_str() != self.new.as_str()
    }

    /// Facts that had another value, with that one.
    pub(super) fn changed_facts(&self) -> Vec<String> {
        let (old, new) = (&self.loaded.facts, &self.facts);
        let single = old.texts().into_iter().zip(new.texts());
        let single = single.map(|((name, old), (_, new))| (name, old, new));
        let fields = old.fields.iter();
        let fields = fields.filter_map(|(name, old)| Some((&**name, old, new.fields.get(name)?)));
        let all = single.into_iter().chain(fields);
        let changed = all.filter(|(_, old, new)| !old.is_empty() && old != new);
        changed
            .map(|(name, old, _)| format!("{name} “{old}”"))
            .collect()
    }
}

/// What is known, with what a newer version says; what people have added stays.
fn updated(known: &ArticleFacts, new: &ArticleFacts) -> ArticleFacts {
    let mut facts = known.clone();
    for (fact, value) in [
        (&mut facts.headline, &new.headline),
        (&mut facts.byline, &new.byline),
        (&mut facts.outlet, &new.outlet),
        (&mut facts.date, &new.date),
        (&mut facts.language, &new.language),
        (&mut facts.section, &new.section),
        (&mut facts.address, &new.address),
    ] {
        if !value.is_empty() {
            fact.clone_from(value);
        }
    }
    facts.imported_from.clone_from(&new.imported_from);
    let fields = new.fields.iter();
    let fields = fields.map(|(name, value)| (name.clone(), value.clone()));
    facts.fields.extend(fields);
    facts.labels.extend(new.labels.iter().cloned());
    facts
}
