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

/// An article whose curated tags are not all decided.
#[derive(Serialize)]
pub(super) struct UndecidedJson {
    article: String,
    differences: usize,
    #[serde(skip_serializing_if = "is_zero")]
    agreed_not_taken: usize,
}

fn is_zero(number: &usize) -> bool {
    *number == 0
}

pub(super) fn undecided_json(articles: &[UndecidedArticle]) -> Vec<UndecidedJson> {
    let json = |one: &UndecidedArticle| UndecidedJson {
        article: one.article.clone(),
        differences: one.undecided.differences,
        agreed_not_taken: one.undecided.agreed,
    };
    articles.iter().map(json).collect()
}
