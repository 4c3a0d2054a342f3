use crate::model::ArticleFacts;

/// What a person is told where no date was found.
pub(super) const NO_DATE: &str = "no date was found";

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
    /// Whether there is nothing but a headline, so that it becomes no article.
    pub(crate) without_text: bool,
    /// What a person should look at: a date that cannot be read, an article that ends in "read more".
    pub(crate) doubts: Vec<String>,
}

impl FoundArticle {
    /// Tells that it does not end as articles of its database do.
    pub(super) fn doubt_end(&mut self) {
        let words = "it does not end as its database ends articles; the file may be cut off";
        self.doubts.push(words.to_owned());
    }

    /// Tells where it has no date.
    pub(super) fn doubt_no_date(&mut self) {
        if self.facts.date.is_empty() {
            self.doubts.push(NO_DATE.to_owned());
        }
    }

    /// Takes what is below the headline as its text, the headline first; notes where there is nothing.
    pub(crate) fn set_body(&mut self, body: Vec<String>) {
        self.without_text = body.is_empty();
        let headline = Some(self.facts.headline.clone());
        let headline = headline.filter(|headline| !headline.is_empty());
        self.paragraphs = headline.into_iter().chain(body).collect();
    }
}

/// What a file of articles holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct FoundInFile {
    /// The articles, in their order.
    pub(crate) articles: Vec<FoundArticle>,
    /// What is of the file and of no article, in a few words: "cover", "page headers".
    pub(crate) left_out: Vec<String>,
    /// What a person should know about the file as a whole.
    pub(crate) doubts: Vec<String>,
    /// Records that are no articles, each with its line from 1 and why.
    pub(crate) refused: Vec<(usize, String)>,
}

impl FoundInFile {
    /// A file that is one article.
    pub(crate) fn one(article: FoundArticle) -> Self {
        Self {
            articles: vec![article],
            ..Self::default()
        }
    }
}

impl FoundArticle {
    /// Keeps a fact under a name of its own, unless it is empty.
    pub(crate) fn field(&mut self, name: &str, value: &str) {
        let value = value.trim();
        if !value.is_empty() {
            self.facts.fields.insert(name.to_owned(), value.to_owned());
        }
    }
}
