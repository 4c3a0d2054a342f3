use std::collections::BTreeMap;

use super::found::Found;
use crate::ops::{UndecidedArticle, undecided_words};

/// Of which articles curated tags were found, and what is undecided in these.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CuratedHits {
    /// How many articles.
    pub articles: usize,
    /// Those of them in which something is undecided, by name.
    pub undecided: Vec<UndecidedArticle>,
}

impl CuratedHits {
    /// Of the hits of a search.
    #[must_use]
    pub fn of(found: &[Found]) -> Self {
        let tags = found.iter().filter_map(|hit| Some((hit, hit.tag()?.0)));
        let curated = tags.filter(|(_, work)| work.curated);
        let articles: BTreeMap<&str, &Found> =
            curated.map(|(hit, _)| (hit.article(), hit)).collect();
        let undecided = articles.iter().filter_map(|(name, hit)| {
            let left = hit.searched().undecided;
            UndecidedArticle::new(name, left)
        });
        Self {
            undecided: undecided.collect(),
            articles: articles.len(),
        }
    }

    /// "3 curated (1 of them with 2 differences undecided)"; `None` where all is decided.
    #[must_use]
    pub fn undecided_words(&self) -> Option<String> {
        let words = undecided_words(self.articles, &self.undecided);
        (!self.undecided.is_empty()).then(|| format!("{} curated{words}", self.articles))
    }
}
