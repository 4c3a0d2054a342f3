use crate::model::ArticleFacts;

/// An article found in a file, before it becomes a text of its own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct FoundArticle {
    /// The line of the file it begins on, from 1; in a container its number among the articles.
    pub(crate) line: usize,
    /// Its paragraphs in reading order, each without a line break, the headline first where there is one.
    pub(crate) paragraphs: Vec<String>,
    /// What the file says about it. [`ArticleFacts::imported_from`] is filled in by whoever read the file.
    pub(crate) facts: ArticleFacts,
    /// What was there and is not in the text, each in a few words for a person: "menu", "caption: The
    /// empty pier".
    pub(crate) left_out: Vec<String>,
    /// What a person should look at: a date that cannot be read, an article that ends in "read more".
    pub(crate) doubts: Vec<String>,
}
