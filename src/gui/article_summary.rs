//! What the list of files says about an article.

use smol_str::SmolStr;

use crate::model::{ArticleFacts, DocumentState};
use crate::ops::{ColleagueWork, OpenDocument, tags_in_use};

/// How far an article of the list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct ArticleProgress {
    pub(crate) state: DocumentState,
    pub(crate) tags: usize,
    /// Quotes and claims without a confirmed speaker.
    pub(crate) without_speaker: usize,
}

impl ArticleProgress {
    pub(crate) fn of(open: &OpenDocument) -> Self {
        Self {
            state: open.document().meta().state,
            tags: open.tally().tags,
            without_speaker: open.tally().without_speaker,
        }
    }
}

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
}

/// What the list of files says about an article.
#[derive(Debug)]
pub(crate) struct ArticleSummary {
    pub(crate) progress: ArticleProgress,
    pub(crate) first_line: String,
    /// What is known about it, in a line.
    pub(crate) facts: String,
    pub(crate) others: Vec<OtherTagger>,
    /// Tags without a name that were not taken over.
    pub(crate) unnamed: usize,
    /// The same with those that were taken over.
    pub(crate) unnamed_ever: usize,
}

/// Date, outlet, headline and byline of an article in a line; empty where none is known.
pub(crate) fn facts_line(facts: &ArticleFacts) -> String {
    let known = [&facts.date, &facts.outlet, &facts.headline, &facts.byline];
    let known = known.into_iter().filter(|fact| !fact.is_empty());
    let known: Vec<&str> = known.map(String::as_str).collect();
    known.join("  ·  ")
}

/// Bytes of the first line that are shown.
const FIRST_LINE: usize = 200;

/// The first line with something in it, as far as it is shown.
pub(crate) fn first_line(text: &str) -> &str {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty());
    let line = line.unwrap_or_default();
    line.get(..line.floor_char_boundary(FIRST_LINE))
        .unwrap_or_default()
}
