//! What is left to decide in the curated tags of an article.

use std::iter::Sum;
use std::ops::AddAssign;

use crate::text::wording::{count, count_as};

/// What is left to decide in the curated tags of an article. The others count as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Undecided {
    /// Differences between annotators that nobody has decided on, in the versions that are there now.
    pub differences: usize,
    /// Tags that all annotators have alike and that were not taken.
    pub agreed: usize,
}

impl Undecided {
    /// Whether all is decided.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }

    /// All together.
    #[must_use]
    pub fn count(self) -> usize {
        self.differences + self.agreed
    }

    /// How far curated tags are, in a word or two: "curated", "3 undecided".
    #[must_use]
    pub fn mark(self) -> String {
        match self.count() {
            0 => "curated".to_owned(),
            number => format!("{number} undecided"),
        }
    }

    /// The same of `articles` of several that are `curated`, in brackets; empty where all is decided.
    pub(super) fn among(self, articles: usize, curated: usize) -> String {
        match articles {
            0 => String::new(),
            all if all == curated => format!(" ({})", self.words()),
            some => format!(" ({some} of them with {})", self.words()),
        }
    }

    /// "3 differences undecided, 1 agreed tag not taken"; empty where all is decided.
    #[must_use]
    pub fn words(self) -> String {
        let mut words = Vec::new();
        if self.differences > 0 {
            words.push(format!(
                "{} undecided",
                count(self.differences, "difference")
            ));
        }
        if self.agreed > 0 {
            let tags = count_as(self.agreed, "agreed tag", "agreed tags");
            words.push(format!("{tags} not taken"));
        }
        words.join(", ")
    }
}

impl Sum for Undecided {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |mut sum, one| {
            sum += one;
            sum
        })
    }
}

impl AddAssign for Undecided {
    fn add_assign(&mut self, more: Self) {
        self.differences += more.differences;
        self.agreed += more.agreed;
    }
}

/// An article whose curated tags are not all decided.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct UndecidedArticle {
    /// Its path below the given folder.
    pub article: String,
    /// What is left.
    pub undecided: Undecided,
}

impl UndecidedArticle {
    /// An article; `None` where all is decided.
    #[must_use]
    pub fn new(article: &str, undecided: Undecided) -> Option<Self> {
        (!undecided.is_empty()).then(|| Self {
            article: article.to_owned(),
            undecided,
        })
    }
}

impl std::fmt::Display for UndecidedArticle {
    /// "a.txt: curated, 3 differences undecided".
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: curated, {}", self.article, self.undecided.words())
    }
}

/// How far the curated tags of one article are: "curated, 3 differences undecided".
pub(super) fn curated_words(left: Option<Undecided>) -> String {
    match left {
        None => "curated".to_owned(),
        Some(left) => format!("curated, {}", left.words()),
    }
}

/// " (2 of them with 5 differences undecided)", after a number of `curated` articles; empty where all is decided.
#[must_use]
pub fn undecided_words(curated: usize, articles: &[UndecidedArticle]) -> String {
    let sum: Undecided = articles.iter().map(|one| one.undecided).sum();
    sum.among(articles.len(), curated)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_said_in_words() {
        let undecided = |differences, agreed| Undecided {
            differences,
            agreed,
        };
        assert_eq!(undecided(0, 0).words(), "");
        assert_eq!(undecided(1, 0).words(), "1 difference undecided");
        assert_eq!(
            undecided(3, 2).words(),
            "3 differences undecided, 2 agreed tags not taken"
        );
        assert_eq!(UndecidedArticle::new("a.txt", undecided(0, 0)), None);
        let articles: Vec<_> = [("a.txt", 1), ("b.txt", 2)]
            .into_iter()
            .filter_map(|(name, number)| UndecidedArticle::new(name, undecided(number, 0)))
            .collect();
        assert_eq!(
            articles[0].to_string(),
            "a.txt: curated, 1 difference undecided"
        );
        assert_eq!(
            undecided_words(5, &articles),
            " (2 of them with 3 differences undecided)"
        );
        assert_eq!(undecided_words(2, &articles), " (3 differences undecided)");
    }
}
