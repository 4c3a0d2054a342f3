//! Which article a row means.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use crate::format::Input;

/// Endings that other tools leave out of the names of articles.
const ENDINGS: [&str; 3] = ["txt", "text", "md"];

/// The names of articles as rows give them, and those of their files.
#[derive(Default)]
pub(super) struct ArticleNames {
    /// By the names that are given; `None`: the same.
    known: BTreeMap<SmolStr, Option<SmolStr>>,
    /// Those that are not as they are given.
    others: BTreeSet<SmolStr>,
}

impl ArticleNames {
    /// The name of the file of an article: as it is given; else with `/` for what Windows writes
    /// between folders, or with an ending; else that of a file without its folders, unless another
    /// article has it.
    pub(super) fn find(&mut self, given: &str, input: &Input<'_>) -> SmolStr {
        if let Some(known) = self.known.get(given) {
            return known.clone().unwrap_or_else(|| given.into());
        }
        let is_there = |name: &str| !name.is_empty() && (input.beside)(name).is_some();
        let path = given.replace('\\', "/");
        let last = path.rsplit('/').next().unwrap_or_default();
        let found = if is_there(given) {
            None
        } else {
            let whole = names(&path).find(|name| name != given && is_there(name));
            let is_new = |name: &String| !self.is_taken(name);
            let mut without_folder = names(last).filter(|_| last != path).filter(is_new);
            whole.or_else(|| without_folder.find(|name| is_there(name)))
        };
        let found = found.map(SmolStr::from).filter(|found| found != given);
        self.others.extend(found.clone());
        self.known.insert(given.into(), found.clone());
        found.unwrap_or_else(|| given.into())
    }

    fn is_taken(&self, name: &str) -> bool {
        self.others.contains(name) || matches!(self.known.get(name), Some(None))
    }
}

/// A name, and with each ending if it has none.
fn names(name: &str) -> impl Iterator<Item = String> {
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_lowercase());
    let has_ending = ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()));
    let endings = ENDINGS.iter().filter(move |_| !has_ending);
    let with = endings.map(move |ending| format!("{name}.{ending}"));
    [name.to_owned()]
        .into_iter()
        .chain(with.collect::<Vec<_>>())
}
