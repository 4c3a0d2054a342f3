//! What was read of articles of the list.

use std::path::PathBuf;
use std::sync::Arc;

use smol_str::SmolStr;

use crate::ops::article_list::ArticleSummary;
use crate::ops::{ColleagueWork, tags_in_use};

/// Who else has tagged an article, and with how many tags.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OtherTagger {
    pub(crate) name: SmolStr,
    pub(crate) tags: usize,
}

impl OtherTagger {
    /// Whoever of them has a name and has tagged something.
    pub(crate) fn all_of(work: &[ColleagueWork]) -> Vec<Self> {
        let of = |work: &ColleagueWork| {
            Some(Self {
                name: work.annotator.clone()?,
                tags: tags_in_use(&work.document),
            })
        };
        let all = work.iter().filter_map(of);
        all.filter(|other| other.tags > 0).collect()
    }

    /// The same of an article that is not open.
    pub(crate) fn all_of_summary(summary: &ArticleSummary, own: &str) -> Vec<Self> {
        let others = summary.others(own);
        let others = others.map(|work| Self {
            name: work.annotator.clone(),
            tags: work.figures.tags,
        });
        others.collect()
    }
}

/// An article that was read for the list.
#[derive(Debug)]
pub(crate) struct SurveyedArticle {
    pub(crate) article: PathBuf,
    /// What the list says, or why its text cannot be read.
    pub(crate) result: Result<Arc<ArticleSummary>, String>,
    /// Tags without a name that were not taken over.
    pub(crate) unnamed: usize,
    /// The same with those that were taken over.
    pub(crate) unnamed_ever: usize,
}
