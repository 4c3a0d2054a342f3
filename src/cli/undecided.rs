use serde::Serialize;

use super::terminal::Terminal;
use crate::ops::{Undecided, UndecidedArticle};
use crate::text::wording::count;

/// So many articles are listed for people.
const MOST_LISTED: usize = 20;

/// Lists articles in whose curated tags something is undecided, a line each, and says how many more there are.
pub(super) fn say_undecided(articles: &[UndecidedArticle], terminal: &mut Terminal) {
    let (listed, others) = articles.split_at(articles.len().min(MOST_LISTED));
    for article in listed {
        terminal.say(article);
    }
    if !others.is_empty() {
        let left: Undecided = others.iter().map(|one| one.undecided).sum();
        let others = count(others.len(), "more curated article");
        terminal.say(format_args!(
            "and {others}: {} (all with --json)",
            left.words()
        ));
    }
}

/// What is left to decide in curated tags.
#[derive(Serialize)]
pub(super) struct UndecidedJson {
    differences: usize,
    agreed_not_taken: usize,
}

impl From<Undecided> for UndecidedJson {
    fn from(undecided: Undecided) -> Self {
        Self {
            differences: undecided.differences,
            agreed_not_taken: undecided.agreed,
        }
    }
}

/// An article whose curated tags are not all decided.
#[derive(Serialize)]
pub(super) struct UndecidedArticleJson {
    article: String,
    #[serde(flatten)]
    undecided: UndecidedJson,
}

pub(super) fn undecided_json(articles: &[UndecidedArticle]) -> Vec<UndecidedArticleJson> {
    let json = |one: &UndecidedArticle| UndecidedArticleJson {
        article: one.article.clone(),
        undecided: one.undecided.into(),
    };
    articles.iter().map(json).collect()
}
