use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use smol_str::SmolStr;

/// Who is to tag which article of a project. Articles are named by their path below the folder of the project,
/// with `/`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Assignments(BTreeMap<String, Vec<SmolStr>>);

/// What became of the assignment of one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reassigned {
    /// The article.
    pub article: String,
    /// Who was to tag it, by name.
    pub before: Vec<SmolStr>,
    /// Who is now.
    pub after: Vec<SmolStr>,
}

impl FromIterator<(String, Vec<SmolStr>)> for Assignments {
    /// Of lines that name an article twice, all names count; of a name that stands twice, one.
    fn from_iter<I: IntoIterator<Item = (String, Vec<SmolStr>)>>(lines: I) -> Self {
        let mut all: BTreeMap<String, Vec<SmolStr>> = BTreeMap::new();
        for (article, names) in lines {
            match all.entry(article) {
                Entry::Vacant(new) => {
                    new.insert(names);
                }
                Entry::Occupied(mut known) => known.get_mut().extend(names),
            }
        }
        for names in all.values_mut() {
            names.sort_unstable();
            names.dedup();
        }
        all.retain(|_, names| !names.is_empty());
        Self(all)
    }
}

impl Assignments {
    /// Who is to tag an article, by name.
    #[must_use]
    pub fn of(&self, article: &str) -> &[SmolStr] {
        self.0.get(article).map_or(&[], Vec::as_slice)
    }

    /// All articles that are assigned, with whom to.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[SmolStr])> {
        let all = self.0.iter();
        all.map(|(article, names)| (article.as_str(), names.as_slice()))
    }

    /// Assigns an article to somebody, too.
    pub fn add(&mut self, article: &str, name: SmolStr) {
        let names = self.0.entry(article.to_owned()).or_default();
        if let Err(place) = names.binary_search(&name) {
            names.insert(place, name);
        }
    }

    /// An article is no longer assigned to somebody.
    pub fn remove(&mut self, article: &str, name: &str) {
        if let Some(names) = self.0.get_mut(article) {
            names.retain(|known| known != name);
            if names.is_empty() {
                self.0.remove(article);
            }
        }
    }

    /// Assigns an article to these people alone.
    pub fn set(&mut self, article: &str, names: &[SmolStr]) {
        self.0.remove(article);
        for name in names {
            self.add(article, name.clone());
        }
    }
}
