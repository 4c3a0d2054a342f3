use std::path::PathBuf;

use smol_str::SmolStr;

use super::found::Found;
use super::searched_article::SearchedArticle;
use crate::model::{AnnotationId, Fragments};
use crate::text::wording::one_line;
use crate::text::{TextRange, TextSize};

/// So many characters are kept before and after the words that were found, and of these.
const CONTEXT: usize = 60;
const MOST: usize = 200;

/// A place that was found: keyword in context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The article.
    pub path: PathBuf,
    /// The article's path below the given folder.
    pub article: String,
    /// Its headline; empty where it is not known.
    pub headline: String,
    /// Its outlet; empty where it is not known.
    pub outlet: String,
    /// Its date, as its facts say; empty where it is not known.
    pub date: String,
    /// Whose tag; empty: unnamed or no tag.
    pub annotator: SmolStr,
    /// Whether the tag is a curated one.
    pub curated: bool,
    /// Whose tag it is, in words: a name, `unnamed` or `curated`; empty where there is no tag.
    pub by: String,
    /// The tag; `None` where words were found.
    pub tag: Option<AnnotationId>,
    /// Its label; empty where there is no tag.
    pub label: SmolStr,
    /// Who says the tag, or whom it mentions; empty where that is not known.
    pub person: String,
    /// What was found: words, or a tag from its first to its last fragment. In bytes, end-exclusive; empty
    /// where the article as a whole is the hit.
    pub range: TextRange,
    /// The parts of the tag, in bytes; `None` where there is no tag.
    pub fragments: Option<Fragments>,
    /// Line and column of its start, from 1; the column in code points.
    pub place: (usize, usize),
    /// What is before it, on one line.
    pub left: String,
    /// The words, on one line; the end of long ones is left out.
    pub keyword: String,
    /// What is after them, on one line.
    pub right: String,
}

impl Hit {
    /// An article as a whole.
    fn of_article(article: &SearchedArticle) -> Self {
        let mut hit = Self::of_words(article, TextRange::empty(TextSize::new(0)));
        hit.keyword.clone_from(&article.headline);
        hit.right.insert(0, ' ');
        hit
    }

    /// Words of the text.
    fn of_words(article: &SearchedArticle, range: TextRange) -> Self {
        let source = &article.source;
        let before = source.slice(TextRange::up_to(range.start()));
        let after = source.slice(TextRange::new(range.end(), source.len()));
        let place = source.line_column(range.start());
        Self {
            path: article.path.clone(),
            article: article.name.clone(),
            headline: article.headline.clone(),
            outlet: article.outlet.clone(),
            date: article.date.clone(),
            annotator: SmolStr::default(),
            curated: false,
            by: String::new(),
            tag: None,
            label: SmolStr::default(),
            person: String::new(),
            range,
            fragments: None,
            place: (place.line, place.column),
            left: context_before(before),
            keyword: shortened(source.slice(range)),
            right: context_after(after),
        }
    }
}

impl Found {
    /// The place with the words around it.
    #[must_use]
    pub fn hit(&self) -> Hit {
        let article = self.searched();
        let (work, tag) = match self.tag() {
            Some(found) => found,
            None if self.is_article() => return Hit::of_article(article),
            None => return Hit::of_words(article, self.range()),
        };
        let mut hit = Hit::of_words(article, self.range());
        if !self.is_word() {
            hit.keyword = shortened(&tag.fragments.text(&article.source));
        }
        Hit {
            annotator: work.annotator.clone(),
            curated: work.curated,
            by: self.by().to_owned(),
            fragments: Some(tag.fragments.clone()),
            tag: Some(tag.id.clone()),
            label: tag.label.clone(),
            person: self.person().to_owned(),
            ..hit
        }
    }
}

/// The characters before a place, without cutting through a word at the far end.
fn context_before(text: &str) -> String {
    let start = text.char_indices().rev().take(CONTEXT).last();
    let near = text.get(start.map_or(0, |(at, _)| at)..).unwrap_or(text);
    let whole = match near.split_once(char::is_whitespace) {
        Some((_, rest)) if near.len() < text.len() => rest,
        _ => near,
    };
    spaced(whole, true)
}

fn context_after(text: &str) -> String {
    let end = text.char_indices().nth(CONTEXT);
    let near = text
        .get(..end.map_or(text.len(), |(at, _)| at))
        .unwrap_or(text);
    let whole = match near.rsplit_once(char::is_whitespace) {
        Some((rest, _)) if near.len() < text.len() => rest,
        _ => near,
    };
    spaced(whole, false)
}

/// One line that keeps the blank next to the words that were found.
fn spaced(text: &str, at_end: bool) -> String {
    let line = one_line(text);
    let touches = |c: Option<char>| c.is_some_and(char::is_whitespace) && !line.is_empty();
    if at_end && touches(text.chars().next_back()) {
        format!("{line} ")
    } else if !at_end && touches(text.chars().next()) {
        format!(" {line}")
    } else {
        line
    }
}

fn shortened(words: &str) -> String {
    let line = one_line(words);
    match line.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", line.get(..at).unwrap_or_default().trim_end()),
        None => line,
    }
}
