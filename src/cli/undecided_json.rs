use serde::Serialize;

use crate::ops::UndecidedArticle;

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
