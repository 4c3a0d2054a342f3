use std::path::Path;
use std::sync::Arc;

use super::searched_article::{SearchedArticle, SearchedTag, SearchedWork, Speaker};
use crate::text::wording::shown_annotator;
use crate::text::{TextRange, TextSize};

/// A place that a search has found, in a few bytes: [`Self::hit`] gives the words.
#[derive(Debug, Clone)]
// Invariant: `what` names a tag of `article`.
pub struct Found {
    article: Arc<SearchedArticle>,
    what: What,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Article,
    Words(TextRange),
    /// A tag by the place of its annotator and its own, or a word in it.
    Tag {
        work: u32,
        tag: u32,
        word: Option<TextRange>,
    },
}

/// The same place of the same reading of the article.
impl PartialEq for Found {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.article, &other.article) && self.what == other.what
    }
}

impl Found {
    pub(super) fn article_itself(article: &Arc<SearchedArticle>) -> Self {
        Self::new(article, What::Article)
    }

    pub(super) fn words(article: &Arc<SearchedArticle>, range: TextRange) -> Self {
        Self::new(article, What::Words(range))
    }

    pub(super) fn tagged(
        article: &Arc<SearchedArticle>,
        (work, tag): (usize, usize),
        word: Option<TextRange>,
    ) -> Self {
        let place = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let (work, tag) = (place(work), place(tag));
        Self::new(article, What::Tag { work, tag, word })
    }

    fn new(article: &Arc<SearchedArticle>, what: What) -> Self {
        let article = Arc::clone(article);
        Self { article, what }
    }

    /// The article.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.article.path
    }

    /// The article's path below the searched folder.
    #[must_use]
    pub fn article(&self) -> &str {
        &self.article.name
    }

    /// Whether the article as a whole was found.
    #[must_use]
    pub fn is_article(&self) -> bool {
        self.what == What::Article
    }

    /// Whether words were found, not a tag as a whole.
    pub(super) fn is_word(&self) -> bool {
        match self.what {
            What::Words(_) | What::Tag { word: Some(_), .. } => true,
            What::Article | What::Tag { word: None, .. } => false,
        }
    }

    /// Whether it is a tag, or in one.
    #[must_use]
    pub fn is_tag(&self) -> bool {
        self.tag().is_some()
    }

    pub(super) fn searched(&self) -> &SearchedArticle {
        &self.article
    }

    pub(super) fn tag(&self) -> Option<(&SearchedWork, &SearchedTag)> {
        let What::Tag { work, tag, .. } = self.what else {
            return None;
        };
        let work = self.article.people.get(usize::try_from(work).ok()?)?;
        let tag = work.tags.get(usize::try_from(tag).ok()?)?;
        Some((work, tag))
    }

    /// What was found: words, or a tag from its first to its last fragment. In bytes; empty where the article
    /// as a whole is it.
    #[must_use]
    pub fn range(&self) -> TextRange {
        match self.what {
            What::Words(range) => range,
            What::Tag {
                word: Some(range), ..
            } => range,
            What::Article | What::Tag { word: None, .. } => {
                let nothing = TextRange::empty(TextSize::new(0));
                self.tag().map_or(nothing, |(_, tag)| tag.fragments.hull())
            }
        }
    }

    /// The form of a tag and the words that report it, as far as they are known.
    #[must_use]
    pub fn about(&self) -> String {
        let Some((_, tag)) = self.tag() else {
            return String::new();
        };
        let mut attributes = tag.attributes.iter().map(|one| one.value.as_str());
        let form = attributes.next().unwrap_or_default();
        let parts = [form, tag.cue.as_str()]
            .into_iter()
            .filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(" · ")
    }

    /// Whose tag it is, in words: a name, `unnamed` or `curated`; empty where it is no tag.
    #[must_use]
    pub fn by(&self) -> &str {
        match self.tag() {
            Some((work, _)) if work.curated => "curated",
            Some((work, _)) => shown_annotator(&work.annotator),
            None => "",
        }
    }

    /// Who says the tag, or whom it mentions; empty where that is not known.
    pub(super) fn person(&self) -> &str {
        let Some((_, tag)) = self.tag() else {
            return "";
        };
        let names = match &tag.speaker {
            Speaker::Names(names) => names,
            Speaker::NoneNeeded | Speaker::Open | Speaker::NotGiven => &tag.mentions,
        };
        names.first().map_or("", String::as_str)
    }
}
