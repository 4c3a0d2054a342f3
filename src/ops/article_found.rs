use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;
use std::path::{Path, PathBuf};

use super::facts_in_words::facts_in_words;
use crate::format::ImportedDocument;
use crate::model::ArticleFacts;
use crate::text::wording::escaped;

/// An article that was found in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleFound {
    /// The file it was found in.
    pub file: PathBuf,
    /// The line of that file it begins on, from 1.
    pub line: usize,
    /// Its own file.
    pub path: PathBuf,
    /// What becomes of it.
    pub fate: ArticleFate,
    /// The first words after the headline, one line.
    pub begins: String,
    /// What is known about it.
    pub facts: ArticleFacts,
    /// What is in the file and not in the text, each in a few words.
    pub left_out: Vec<String>,
    /// What is doubtful about it, each in a sentence.
    pub doubts: Vec<String>,
}

/// So many articles are listed.
const MOST_LISTED: usize = 50_000;

/// The articles that were found in the files of an import: all are counted, and so many are listed. The slice
/// it derefs to is of those.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FoundArticles {
    listed: Vec<ArticleFound>,
    fates: BTreeMap<ArticleFate, usize>,
    /// How often each kind of content is in the files and not in the texts.
    left_out: BTreeMap<String, usize>,
}

impl FoundArticles {
    /// Adds an article that becomes this; `found` says all about it.
    pub(super) fn add(
        &mut self,
        read: &ImportedDocument,
        fate: ArticleFate,
        found: impl FnOnce() -> ArticleFound,
    ) {
        *self.fates.entry(fate).or_default() += 1;
        for left_out in read.article.iter().flat_map(|remarks| &remarks.left_out) {
            let kind = left_out
                .split_once(':')
                .map_or(&**left_out, |(kind, _)| kind);
            *self.left_out.entry(kind.to_owned()).or_default() += 1;
        }
        if self.listed.len() < MOST_LISTED {
            self.listed.push(found());
        }
    }

    /// How many there are of this fate.
    #[must_use]
    pub fn of(&self, fate: ArticleFate) -> usize {
        self.fates.get(&fate).copied().unwrap_or(0)
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.fates.values().sum()
    }

    /// How many are not listed.
    #[must_use]
    pub fn more(&self) -> usize {
        self.count() - self.listed.len()
    }

    /// How often each kind of content is in the files and not in the texts.
    #[must_use]
    pub fn left_out(&self) -> &BTreeMap<String, usize> {
        &self.left_out
    }
}

impl Deref for FoundArticles {
    type Target = [ArticleFound];

    fn deref(&self) -> &Self::Target {
        &self.listed
    }
}

/// What becomes of an article that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ArticleFate {
    /// It is written.
    New,
    /// It is there already.
    There,
    /// Another version of it is there and stays.
    Newer,
    /// It takes the place of another version.
    Replaces,
    /// It has no text and is left out.
    NoText,
}

impl fmt::Display for ArticleFate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::New => "new",
            Self::There => "already imported",
            Self::Newer => "another version",
            Self::Replaces => "replaces another version",
            Self::NoText => "left out: no text",
        })
    }
}

impl ArticleFound {
    /// What was read from a file, and goes to `path`.
    pub(super) fn new(
        read: &ImportedDocument,
        file: &Path,
        path: PathBuf,
        fate: ArticleFate,
    ) -> Self {
        let text = read.document.source().as_str();
        let mut lines = text.lines().filter(|line| *line != read.facts.headline);
        let remarks = read.article.as_ref();
        Self {
            file: file.to_owned(),
            line: read.line,
            path,
            fate,
            begins: beginning(lines.next().unwrap_or_default()),
            facts: read.facts.clone(),
            left_out: remarks.map_or_else(Vec::new, |remarks| remarks.left_out.clone()),
            doubts: remarks.map_or_else(Vec::new, |remarks| remarks.doubts.clone()),
        }
    }

    /// What is known about it, in one line: each fact with its name.
    #[must_use]
    pub fn known(&self) -> String {
        escaped(&facts_in_words(&self.facts)).into_owned()
    }
}

/// How many characters of an article show how it begins.
const BEGINNING: usize = 80;

fn beginning(line: &str) -> String {
    let mut characters = line.chars();
    let mut shown: String = characters.by_ref().take(BEGINNING).collect();
    if characters.next().is_some() {
        shown.push('…');
    }
    shown
}
