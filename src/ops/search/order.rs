use rayon::prelude::*;

use super::found::Found;
use crate::text::TextRange;

/// In which order hits are listed. Hits that are alike in it stay in the order of articles and texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SearchOrder {
    /// Article by article.
    #[default]
    Article,
    /// By what was found.
    Keyword,
    /// By the words before it, the nearest first.
    Left,
    /// By the words after it.
    Right,
    /// By the person.
    Person,
    /// By the date of the article.
    Date,
    /// By the outlet of the article.
    Outlet,
    /// By the form of the tag, such as direct.
    Form,
    /// By who made the tag.
    By,
}

/// So many characters of the words are compared.
const COMPARED: usize = 40;

impl SearchOrder {
    /// All of them, in the order of their columns.
    pub const ALL: [Self; 9] = [
        Self::Article,
        Self::Left,
        Self::Keyword,
        Self::Right,
        Self::Person,
        Self::Date,
        Self::Outlet,
        Self::Form,
        Self::By,
    ];

    /// The word for it, on screen and on the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Keyword => "keyword",
            Self::Left => "left",
            Self::Right => "right",
            Self::Person => "person",
            Self::Date => "date",
            Self::Outlet => "outlet",
            Self::Form => "form",
            Self::By => "by",
        }
    }

    /// The order of that name.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.word() == word)
    }

    /// Brings hits, which are in the order of articles, into this one.
    pub fn sort(self, found: &mut [Found]) {
        match self {
            Self::Article => {}
            Self::Keyword
            | Self::Left
            | Self::Right
            | Self::Person
            | Self::Date
            | Self::Outlet
            | Self::Form
            | Self::By => {
                found.par_sort_by_cached_key(|found| self.key(found));
            }
        }
    }

    /// Hits, which are in the order of articles, by their places in this order.
    #[must_use]
    pub fn ordered(self, found: &[Found]) -> Vec<usize> {
        let mut places: Vec<usize> = (0..found.len()).collect();
        if self != Self::Article {
            places.sort_by_cached_key(|place| found.get(*place).map(|found| self.key(found)));
        }
        places
    }

    /// What is compared; what is not known comes last.
    fn key(self, found: &Found) -> (bool, String) {
        let source = &found.searched().source;
        let range = found.range();
        let key = match self {
            Self::Article => String::new(),
            Self::Keyword => compared(source.slice(range).chars()),
            Self::Left => reversed_words(source.slice(TextRange::up_to(range.start()))),
            Self::Right => {
                let behind = TextRange::new(range.end(), source.len());
                let words = source.slice(behind);
                compared(
                    words
                        .trim_start_matches(|c: char| !c.is_alphanumeric())
                        .chars(),
                )
            }
            Self::Person => compared(found.person().chars()),
            Self::Date => found.searched().date.clone(),
            Self::Outlet => compared(found.searched().outlet.chars()),
            Self::Form => compared(found.about().chars()),
            Self::By => compared(found.by().chars()),
        };
        (key.is_empty(), key)
    }
}

fn compared(chars: impl Iterator<Item = char>) -> String {
    chars
        .take(COMPARED)
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .flat_map(char::to_lowercase)
        .collect()
}

/// The words at the end of a text, the last one first.
fn reversed_words(text: &str) -> String {
    let start = text.char_indices().rev().take(2 * COMPARED).last();
    let near = text.get(start.map_or(0, |(at, _)| at)..).unwrap_or(text);
    let words = near.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’');
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    compared(
        words
            .iter()
            .rev()
            .flat_map(|word| word.chars().chain([' '])),
    )
}
