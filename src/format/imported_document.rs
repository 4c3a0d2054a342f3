use crate::model::{ArticleFacts, Document};

/// A document and where it was.
#[derive(Debug, Clone)]
pub struct ImportedDocument {
    /// The line of the file it began on, from 1.
    pub line: usize,
    /// What the file calls it.
    pub id: String,
    /// The article and its annotations.
    pub document: Document,
    /// What the file says about the article.
    pub facts: ArticleFacts,
    /// What was noticed about it in a file of articles; `None`: the file is one of tags.
    pub article: Option<ArticleRemarks>,
}

/// What a file of articles holds beside the text of one of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ArticleRemarks {
    /// What was there and is not in the text, each in a few words: "menu", "caption: The empty pier".
    pub left_out: Vec<String>,
    /// Whether there is nothing but a headline.
    pub without_text: bool,
    /// What a person should look at.
    pub doubts: Vec<String>,
}

impl ImportedDocument {
    /// A document of a file of tags that says nothing about the article.
    #[must_use]
    pub fn new(line: usize, id: String, document: Document) -> Self {
        Self {
            line,
            id,
            document,
            facts: ArticleFacts::default(),
            article: None,
        }
    }
}

/// Something about a place of the file that was read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RecordProblem {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong and what to do.
    pub message: String,
}
