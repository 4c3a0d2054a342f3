use smol_str::SmolStr;

use super::column::{Column, SortKey};
use super::{ArticleSummary, ListedArticle};
use crate::model::fact_name;

/// What a list of articles is sorted by, and what a table of them shows.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SortBy {
    /// A column.
    Column(Column),
    /// A fact that the project or a database has named.
    Field(SmolStr),
}

impl Default for SortBy {
    fn default() -> Self {
        Self::Column(Column::default())
    }
}

impl SortBy {
    /// All that a table of articles can show, where the project has named these facts.
    pub fn all(facts: &[SmolStr]) -> impl Iterator<Item = Self> {
        let columns = Column::ALL.into_iter().map(Self::Column);
        columns.chain(facts.iter().cloned().map(Self::Field))
    }

    /// The column of this name, else a fact.
    #[must_use]
    pub fn named(word: &str) -> Self {
        match Column::named(word) {
            Some(column) => Self::Column(column),
            None => Self::Field(word.into()),
        }
    }

    /// Its name on the command line and in settings.
    #[must_use]
    pub fn word(&self) -> &str {
        match self {
            Self::Column(column) => column.word(),
            Self::Field(name) => name,
        }
    }

    /// What it is called in the middle of a sentence.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Column(column) => column.heading().to_lowercase(),
            Self::Field(name) => fact_name(name),
        }
    }

    /// Whether the most comes first: [`Column::is_number`].
    #[must_use]
    pub fn is_number(&self) -> bool {
        match self {
            Self::Column(column) => column.is_number(),
            Self::Field(_) => false,
        }
    }

    /// What stands in a row; nothing where it is not known.
    #[must_use]
    pub fn cell(&self, article: &ListedArticle<'_>) -> String {
        match self {
            Self::Column(column) => column.cell(article),
            Self::Field(name) => field(article.summary, name).to_owned(),
        }
    }

    /// What an article is sorted by; `place`: in natural order.
    pub(super) fn key(&self, article: &ListedArticle<'_>, place: usize) -> SortKey {
        match self {
            Self::Column(column) => column.key(article, place),
            Self::Field(name) => SortKey::of_words(field(article.summary, name)),
        }
    }
}

fn field<'a>(summary: Option<&'a ArticleSummary>, name: &str) -> &'a str {
    let value = summary.and_then(|summary| summary.fact(&name.to_lowercase()));
    value.unwrap_or_default()
}
