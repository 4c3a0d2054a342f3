//! What was typed to narrow a list of articles: words, and facts such as `outlet:Post`.

use super::ListedArticle;
use crate::ops::FilterText;

/// Words that are to be in what is known about an article.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct WantedWords {
    /// In its name, how it begins, or its facts.
    words: FilterText,
    /// In one fact each.
    facts: Vec<WantedFact>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct WantedFact {
    /// In small letters.
    name: String,
    value: FilterText,
    /// Both as they were typed, which may be words like others.
    typed: FilterText,
}

impl WantedWords {
    /// Of what was typed. Quotation marks hold words together: `outlet:"The Post"`.
    pub(super) fn new(typed: &str) -> Self {
        let mut wanted = Self::default();
        let mut words = Vec::new();
        for word in split(typed) {
            match word.split_once(':') {
                Some((name, value)) if is_name(name) && !value.is_empty() => {
                    wanted.facts.push(WantedFact {
                        name: name.to_lowercase(),
                        value: FilterText::new(value.trim_matches('"')),
                        typed: FilterText::new(word),
                    });
                }
                Some(_) | None => words.push(word),
            }
        }
        wanted.words = FilterText::new(&words.join(" "));
        wanted
    }

    pub(super) fn are_about(&self, article: &ListedArticle<'_>) -> bool {
        let holds = |words: &FilterText| {
            let known = article.summary.is_some_and(|summary| {
                words.is_in(&summary.first_line) || words.is_in(&summary.facts_line())
            });
            words.is_empty() || words.is_in(article.name) || known
        };
        let has = |wanted: &WantedFact| {
            let fact = article
                .summary
                .and_then(|summary| summary.fact(&wanted.name));
            fact.is_some_and(|fact| wanted.value.is_in(fact)) || holds(&wanted.typed)
        };
        holds(&self.words) && self.facts.iter().all(has)
    }
}

fn is_name(text: &str) -> bool {
    let name = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    !text.is_empty() && text.chars().all(name)
}

/// The words, with what stands between quotation marks in one.
fn split(typed: &str) -> Vec<&str> {
    let mut quoted = false;
    let ends = move |c: char| {
        quoted ^= c == '"';
        c.is_whitespace() && !quoted
    };
    typed.split(ends).filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::article_list::{ArticleSummary, WorkFigures};

    #[test]
    fn words_and_facts_narrow_a_list() {
        let summary = ArticleSummary {
            first_line: "Rain: again".to_owned(),
            outlet: "The Northern Post".to_owned(),
            date: "2024-05-31".to_owned(),
            labels: "topic: weather".to_owned(),
            fields: [("edition".to_owned(), "Late".to_owned())].into(),
            ..ArticleSummary::default()
        };
        let article = ListedArticle {
            name: "a/one.txt",
            summary: Some(&summary),
            figures: WorkFigures::default(),
            assigned: &[],
            copies: None,
            curated: None,
        };
        let takes = |typed: &str| WantedWords::new(typed).are_about(&article);
        for typed in [
            "",
            "rain",
            "rain: again",
            "outlet:post",
            "outlet:\"northern post\" date:2024-05",
            "EDITION:late rain",
            "label:weather",
            "a/one",
        ] {
            assert!(takes(typed), "{typed}");
        }
        for typed in [
            "outlet:echo",
            "date:2023",
            "edition:early",
            "outlet:post snow",
            "nothing:x",
        ] {
            assert!(!takes(typed), "{typed}");
        }
    }
}
