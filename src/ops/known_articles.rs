//! The articles of a folder that were imported before, by what is known about them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::reserved_problems::left_out_facts;
use super::{FileProblem, load_facts};
use crate::model::ArticleFacts;
use crate::store::sidecar_file::ReservedName;
use crate::store::{NotOpened, ReadError, find_articles, is_folder};

/// Finds an article of an import again.
#[derive(Debug, Default)]
pub(super) struct KnownArticles {
    articles: Vec<Known>,
    /// By the hash of the file and the place in it.
    by_source: BTreeMap<(String, usize), usize>,
    by_address: BTreeMap<String, usize>,
    /// By the name of the file and the headline.
    by_headline: BTreeMap<(String, String), Vec<usize>>,
    /// Articles whose facts cannot be read, and folders, with the reason.
    unread: Vec<(PathBuf, FileProblem)>,
}

#[derive(Debug)]
struct Known {
    path: PathBuf,
    date: String,
    outlet: String,
    id: String,
    /// Whether an article of this import is this one.
    met: bool,
}

/// What an article of an import is to those there are.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Met {
    /// None of them.
    New,
    /// It was taken from the same file.
    Same(PathBuf),
    /// It has the address, or the name of the file and the headline.
    Version(PathBuf),
}

impl KnownArticles {
    /// The articles in a folder and below; none where there is no folder yet.
    ///
    /// # Errors
    /// [`ReadError`] where the folder cannot be read.
    pub(super) fn of(folder: &Path) -> Result<Self, ReadError> {
        let mut known = Self::default();
        if !is_folder(folder) {
            return Ok(known);
        }
        let found = find_articles(&[folder.to_owned()])?;
        let refused = found.not_opened.iter();
        let refused = refused.filter(|(_, why)| matches!(why, NotOpened::Unreadable(_)));
        let refused =
            refused.map(|(path, why)| (path.clone(), FileProblem::new(path, why.to_string())));
        known.unread.extend(refused);
        for article in found.articles {
            let mut reserved = article.reserved.iter();
            if reserved.any(|(name, _)| *name == ReservedName::Meta) {
                let loaded = load_facts(&article.path);
                if let Some(problem) = left_out_facts(&loaded) {
                    known.unread.push((article.path.clone(), problem));
                }
                known.add(article.path, loaded.facts);
            }
        }
        Ok(known)
    }

    fn add(&mut self, path: PathBuf, facts: ArticleFacts) {
        let place = self.articles.len();
        if let Some(from) = facts.imported_from {
            if !from.sha256.is_empty() {
                let source = (from.sha256, from.index);
                self.by_source.entry(source).or_insert(place);
            }
            if !facts.headline.is_empty() {
                let named = self.by_headline.entry((from.file, facts.headline));
                named.or_default().push(place);
            }
        }
        if !facts.address.is_empty() {
            self.by_address.entry(facts.address).or_insert(place);
        }
        self.articles.push(Known {
            path,
            id: id(&facts.fields),
            date: facts.date,
            outlet: facts.outlet,
            met: false,
        });
    }

    /// The article that one of the import is, which no other one of it is then.
    pub(super) fn meet(&mut self, facts: &ArticleFacts) -> Met {
        let Some(from) = &facts.imported_from else {
            return Met::New;
        };
        let source = (from.sha256.clone(), from.index);
        if let Some(&place) = self.by_source.get(&source) {
            return self.take(place).map_or(Met::New, Met::Same);
        }
        let by_address = self.by_address.get(&facts.address).copied();
        let is_free = |place: &usize| self.articles.get(*place).is_some_and(|known| !known.met);
        let by_address = by_address.filter(is_free);
        let place = by_address.or_else(|| {
            let name = (from.file.clone(), facts.headline.clone());
            let named = self.by_headline.get(&name)?;
            let fitting = named
                .iter()
                .copied()
                .filter(|place| self.fits(*place, facts));
            match *fitting.collect::<Vec<_>>() {
                [only] => Some(only),
                // None or several: better twice than in the place of another one.
                _ => None,
            }
        });
        let met = place.and_then(|place| self.take(place));
        met.map_or(Met::New, Met::Version)
    }

    /// Why nobody can tell whether an article that would be called so is there already.
    pub(super) fn doubt(&self, path: &Path) -> Option<String> {
        let mut unread = self.unread.iter();
        let (_, problem) = unread.find(|(there, _)| path.starts_with(there))?;
        Some(format!(
            "it may be there already, which cannot be seen ({problem}); once that is fixed, import it again"
        ))
    }

    /// Whether no article of the import is this one yet, and nothing says that they are two.
    fn fits(&self, place: usize, facts: &ArticleFacts) -> bool {
        let day = |date: &str| date.get(..10).unwrap_or(date).to_owned();
        let agree = |a: &str, b: &str| a.is_empty() || b.is_empty() || a == b;
        self.articles.get(place).is_some_and(|known| {
            !known.met
                && agree(&day(&known.date), &day(&facts.date))
                && agree(&known.outlet, &facts.outlet)
                && agree(&known.id, &id(&facts.fields))
        })
    }

    fn take(&mut self, place: usize) -> Option<PathBuf> {
        let known = self.articles.get_mut(place)?;
        known.met = true;
        Some(known.path.clone())
    }
}

/// What a database calls an article.
fn id(fields: &BTreeMap<String, String>) -> String {
    fields.get("id").cloned().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ImportedFrom;

    fn facts(file: &str, sha256: &str, headline: &str, date: &str, address: &str) -> ArticleFacts {
        ArticleFacts {
            headline: headline.to_owned(),
            date: date.to_owned(),
            address: address.to_owned(),
            imported_from: Some(ImportedFrom {
                file: file.to_owned(),
                sha256: sha256.to_owned(),
                ..ImportedFrom::default()
            }),
            ..ArticleFacts::default()
        }
    }

    #[test]
    fn an_article_is_known_by_its_file_its_address_or_its_name_and_headline() {
        let mut known = KnownArticles::default();
        known.add(
            "a.txt".into(),
            facts("Files.docx", "1", "Letters", "2024-05-01", ""),
        );
        known.add(
            "b.txt".into(),
            facts("x.html", "2", "Bread", "", "https://a.example/b"),
        );
        known.add(
            "c.txt".into(),
            facts("y.html", "3", "Rain", "2024-05-01", ""),
        );
        let mut meet = |facts: &ArticleFacts| known.meet(facts);
        assert_eq!(
            meet(&facts("new name", "2", "", "", "")),
            Met::Same("b.txt".into())
        );
        // A recurring headline of another day.
        assert_eq!(
            meet(&facts("Files.docx", "4", "Letters", "2024-05-08", "")),
            Met::New
        );
        let rain = facts("y.html", "5", "Rain", "2024-05-01T10:00", "");
        assert_eq!(meet(&rain), Met::Version("c.txt".into()));
        assert_eq!(meet(&rain), Met::New);
        let mut known = KnownArticles::default();
        known.add(
            "b.txt".into(),
            facts("x.html", "2", "Bread", "2024", "https://a.example/b"),
        );
        let moved = facts("y.html", "6", "Bread rises", "2025", "https://a.example/b");
        assert_eq!(known.meet(&moved), Met::Version("b.txt".into()));
    }

    /// Two of one name and headline are told apart by what else is known, and else taken for new ones.
    #[test]
    fn no_article_is_taken_for_another_of_the_same_headline() {
        let named = |outlet: &str, id: &str| {
            let mut facts = facts("news.csv", "", "Morning briefing", "", "");
            outlet.clone_into(&mut facts.outlet);
            facts.fields.insert("id".to_owned(), id.to_owned());
            facts
        };
        let known = |all: &[(&str, &str, &str)]| {
            let mut known = KnownArticles::default();
            for (path, outlet, id) in all {
                known.add(path.into(), named(outlet, id));
            }
            known
        };
        let mut by_outlet = known(&[("a.txt", "Post", ""), ("b.txt", "Echo", "")]);
        assert_eq!(
            by_outlet.meet(&named("Echo", "")),
            Met::Version("b.txt".into())
        );
        assert_eq!(by_outlet.meet(&named("Herald", "")), Met::New);
        assert_eq!(
            by_outlet.meet(&named("Post", "")),
            Met::Version("a.txt".into())
        );
        let mut by_id = known(&[("a.txt", "", "2"), ("b.txt", "", "4")]);
        assert_eq!(by_id.meet(&named("", "4")), Met::Version("b.txt".into()));
        let mut unclear = known(&[("a.txt", "", ""), ("b.txt", "", "")]);
        assert_eq!(unclear.meet(&named("", "")), Met::New);
    }
}
