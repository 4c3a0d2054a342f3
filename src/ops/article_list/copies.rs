//! Which articles of a list have nearly the same text, such as a wire report that several papers printed.

use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;

use crate::text::{Sketch, near_duplicates};

/// Groups of articles with nearly the same text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Copies {
    /// In the order of the list, by the first of each.
    groups: Vec<Vec<PathBuf>>,
    /// The place of the group of an article.
    of: FxHashMap<PathBuf, usize>,
}

/// An article of a group, for reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyOfFirst {
    /// Its name.
    pub name: String,
    /// About how much of the shorter text is in the other, of this and of the first of the group, in percent.
    pub percent: u32,
}

/// About how much of the shorter of two texts is in the other, in percent.
#[must_use]
pub fn percent_alike(one: &Sketch, other: &Sketch) -> u32 {
    // From 0 to 100.
    (one.containment(other) * 100.0).round() as u32
}

/// A group of articles with nearly the same text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CopyGroup {
    /// Which of the list, from 0.
    pub number: usize,
    /// How many articles there are in it.
    pub articles: usize,
}

impl CopyGroup {
    /// How many others there are beside an article of it.
    #[must_use]
    pub fn others(self) -> usize {
        self.articles.saturating_sub(1)
    }
}

impl Copies {
    /// The groups among articles, each with the sketch of its text; without one it is in none.
    #[must_use]
    pub fn among<'a>(articles: impl IntoIterator<Item = (&'a Path, Option<&'a Sketch>)>) -> Self {
        let sketched = articles.into_iter();
        let sketched = sketched.filter_map(|(path, sketch)| Some((path, sketch?)));
        let (paths, sketches): (Vec<&Path>, Vec<&Sketch>) = sketched.unzip();
        let path = |place: usize| paths.get(place).map(|path| path.to_path_buf());
        let groups = near_duplicates(&sketches).into_iter();
        let groups: Vec<Vec<PathBuf>> = groups
            .map(|group| group.into_iter().filter_map(path).collect())
            .collect();
        let numbered = groups.iter().enumerate();
        let of = numbered.flat_map(|(n, group)| group.iter().map(move |path| (path.clone(), n)));
        Self {
            of: of.collect(),
            groups,
        }
    }

    /// The group an article is in; `None`: there is no text like its own.
    #[must_use]
    pub fn group(&self, article: &Path) -> Option<CopyGroup> {
        let number = *self.of.get(article)?;
        let articles = self.groups.get(number)?.len();
        Some(CopyGroup { number, articles })
    }

    /// The other articles with nearly the text of this one, in the order of the list.
    pub fn others<'a>(&'a self, article: &'a Path) -> impl Iterator<Item = &'a PathBuf> {
        let group = self
            .of
            .get(article)
            .and_then(|number| self.groups.get(*number));
        let group = group.into_iter().flatten();
        group.filter(move |other| *other != article)
    }

    /// All groups, each with two articles at least.
    #[must_use]
    pub fn groups(&self) -> &[Vec<PathBuf>] {
        &self.groups
    }
}
