//! The articles of the folder as they are listed: which, in what order, with which figures. The panel of files
//! and the page of the project show the same list.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use smol_str::SmolStr;

use super::workspace::Workspace;
use crate::model::DocumentState;
use crate::ops::Undecided;
use crate::ops::article_list::{ListOrder, ListTotals, ListedArticle, SortBy, Whose, WorkFigures};

/// Whose work the list is about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum WhoseWork {
    /// That of the person at the window.
    #[default]
    Mine,
    /// That of everybody together.
    Everybody,
    /// That of one colleague.
    Of(SmolStr),
}

impl WhoseWork {
    /// As it is remembered: a name, `*` for everybody; empty for mine.
    pub(crate) fn word(&self) -> &str {
        match self {
            Self::Mine => "",
            Self::Everybody => "*",
            Self::Of(name) => name,
        }
    }

    /// What was remembered.
    pub(crate) fn named(word: &str) -> Self {
        match word {
            "" => Self::Mine,
            "*" => Self::Everybody,
            name => Self::Of(name.into()),
        }
    }
}

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ListRow {
    /// A folder, where those of one stand together.
    Folder {
        /// Its path below that of the list; empty for that one.
        name: String,
        /// How many of its articles are shown, and done.
        articles: usize,
        done: usize,
        /// Whether its articles are listed below.
        unfolded: bool,
    },
    /// An article.
    Article(PathBuf),
}

/// What is listed and how.
#[derive(Debug, Default)]
pub(crate) struct ArticleList {
    pub(crate) order: ListOrder,
    pub(crate) whose: WhoseWork,
    /// Whether the list tells how long others have worked.
    pub(crate) times_of_others: bool,
    /// Whether only articles are wanted that somebody else has tagged.
    pub(crate) by_others: bool,
    /// Articles that are chosen, to be assigned.
    pub(crate) chosen: BTreeSet<PathBuf>,
    /// Columns that the table leaves out.
    pub(crate) hidden: BTreeSet<SortBy>,
    folded: BTreeSet<String>,
    rows: Vec<ListRow>,
    /// All articles that can be opened in order, each with whether the list shows it.
    ordered: Vec<(PathBuf, bool)>,
    /// Of all articles but the one at hand.
    totals: ListTotals,
    /// The article at hand and its figures when it came to hand: it keeps its place in the list, whatever is done
    /// to it, until another one is at hand.
    held: Option<(PathBuf, WorkFigures, Option<Undecided>)>,
    made_from: Option<MadeFrom>,
}

/// What the rows were made from.
#[derive(Debug, Clone, PartialEq)]
struct MadeFrom {
    choices: Choices,
    folded: BTreeSet<String>,
    list_version: u64,
    /// The figures of what is open but not at hand.
    open: Vec<(WorkFigures, Option<Undecided>)>,
    current: Option<PathBuf>,
}

#[derive(Debug, Clone, PartialEq)]
struct Choices {
    order: ListOrder,
    whose: Whose,
    times_of_others: bool,
}

impl ArticleList {
    /// The rows, those of folded folders left out.
    pub(crate) fn rows(&self) -> &[ListRow] {
        &self.rows
    }

    /// All articles that the list shows, those of folded folders, too.
    pub(crate) fn shown(&self) -> impl DoubleEndedIterator<Item = &PathBuf> {
        let shown = self.ordered.iter().filter(|(_, shown)| *shown);
        shown.map(|(path, _)| path)
    }

    /// All articles in the order of the list, those that it leaves out, too.
    pub(crate) fn all(&self) -> impl Iterator<Item = &PathBuf> {
        self.ordered.iter().map(|(path, _)| path)
    }

    /// Folds a folder, or unfolds it.
    pub(crate) fn toggle_folder(&mut self, name: &str) {
        if !self.folded.remove(name) {
            self.folded.insert(name.to_owned());
        }
    }

    /// Whether the list leaves articles out.
    pub(crate) fn is_narrowed(&self) -> bool {
        !self.order.takes_all()
    }

    /// Whose figures an article has in the list.
    pub(crate) fn whose(&self, workspace: &Workspace) -> Whose {
        match &self.whose {
            WhoseWork::Mine => workspace.own(),
            WhoseWork::Everybody => Whose::Everybody,
            WhoseWork::Of(name) => Whose::One(name.clone()),
        }
    }

    /// The figures of an article as they are now.
    pub(crate) fn figures(&self, workspace: &Workspace, path: &Path) -> WorkFigures {
        let mut figures = workspace.figures(path, &self.whose(workspace));
        if self.whose != WhoseWork::Mine && !self.times_of_others {
            figures.seconds = 0;
        }
        figures
    }

    /// What all articles come to that can be opened, as they are now.
    pub(crate) fn totals(&self, workspace: &Workspace) -> ListTotals {
        let mut totals = self.totals;
        let current = workspace.current_path();
        // What is open but not listed, such as the exam, is no article of the folder.
        let counts = |path: &&Path| workspace.is_listed(path) && workspace.can_open(path);
        if let Some(path) = current.filter(counts) {
            totals.add(
                &self.figures(workspace, path),
                curated_state(workspace, path),
            );
        }
        totals
    }

    /// Makes the list anew where something has changed but the article at hand.
    pub(crate) fn refresh(&mut self, workspace: &Workspace) {
        let by_others = self.by_others && workspace.has_others();
        self.order.tagged_by_others_than = by_others.then(|| workspace.annotator.clone());
        let current = workspace.current_path();
        let open = workspace.open.keys();
        let others = open.filter(|path| Some(path.as_path()) != current);
        let made_from = MadeFrom {
            choices: Choices {
                order: self.order.clone(),
                whose: self.whose(workspace),
                times_of_others: self.times_of_others,
            },
            folded: self.folded.clone(),
            list_version: workspace.list_version,
            open: others
                .map(|path| {
                    (
                        self.figures(workspace, path),
                        curated_state(workspace, path),
                    )
                })
                .collect(),
            current: current.map(Path::to_owned),
        };
        if self.made_from.as_ref() == Some(&made_from) {
            return;
        }
        let before = self.made_from.as_ref();
        let is_held = before.is_some_and(|before| {
            before.choices == made_from.choices && before.current == made_from.current
        });
        // While the folder is being read, nothing has been done to the article yet.
        if !is_held || !is_touched(workspace) {
            self.held = current.map(|path| {
                let figures = self.figures(workspace, path);
                (path.to_owned(), figures, curated_state(workspace, path))
            });
        }
        self.made_from = Some(made_from);
        self.make(workspace);
    }

    fn make(&mut self, workspace: &Workspace) {
        let names: Vec<String> = workspace
            .listed
            .iter()
            .map(|path| workspace.name(path).replace('\\', "/"))
            .collect();
        let current = workspace.current_path();
        self.totals = ListTotals::default();
        let mut articles: Vec<ListedArticle<'_>> = Vec::with_capacity(names.len());
        for (path, name) in workspace.listed.iter().zip(&names) {
            let figures = self.figures(workspace, path);
            if Some(path.as_path()) != current && workspace.can_open(path) {
                self.totals.add(&figures, curated_state(workspace, path));
            }
            let held = self.held.as_ref().filter(|(held, ..)| held == path);
            articles.push(ListedArticle {
                name,
                summary: workspace.summary(path),
                figures: held.map_or(figures, |(_, figures, _)| *figures),
                assigned: workspace.assigned(path),
                copies: workspace.copies.group(path),
                curated: held
                    .map_or_else(|| curated_state(workspace, path), |(.., curated)| *curated),
            });
        }
        self.rows.clear();
        self.ordered.clear();
        let mut folder: Option<(String, usize)> = None;
        for (place, shown) in self.order.arrange(&articles) {
            let (Some(article), Some(path)) = (articles.get(place), workspace.listed.get(place))
            else {
                continue;
            };
            self.ordered.push((path.clone(), shown));
            if !shown {
                continue;
            }
            if !self.order.grouped {
                self.rows.push(ListRow::Article(path.clone()));
                continue;
            }
            let name = article.folder();
            if folder.as_ref().is_none_or(|(known, _)| known != name) {
                folder = Some((name.to_owned(), self.rows.len()));
                self.rows.push(ListRow::Folder {
                    name: name.to_owned(),
                    articles: 0,
                    done: 0,
                    unfolded: !self.folded.contains(name),
                });
            }
            let row = folder.as_ref().and_then(|(_, row)| self.rows.get_mut(*row));
            if let Some(ListRow::Folder { articles, done, .. }) = row {
                *articles += 1;
                *done += usize::from(article.figures.state == DocumentState::Done);
            }
            if !self.folded.contains(name) {
                self.rows.push(ListRow::Article(path.clone()));
            }
        }
        self.chosen.retain(|path| workspace.is_listed(path));
    }

    /// The nearest article after the one at hand, or before it, that can be opened; only of those that are shown if
    /// `narrowed`. In the order of the list.
    pub(crate) fn neighbour(
        &self,
        workspace: &Workspace,
        forward: bool,
        narrowed: bool,
    ) -> Option<&Path> {
        let current = workspace.current_path();
        let here = self
            .ordered
            .iter()
            .position(|(path, _)| Some(path.as_path()) == current);
        let fits = |(path, shown): &&(PathBuf, bool)| {
            (*shown || !narrowed) && workspace.can_open(path) && Some(path.as_path()) != current
        };
        let found = match (here, forward) {
            (Some(here), true) => self.ordered.iter().skip(here + 1).find(fits),
            (Some(here), false) => self.ordered.iter().take(here).rev().find(fits),
            (None, _) => self.ordered.iter().find(fits),
        };
        found.map(|(path, _)| path.as_path())
    }
}

/// What is left to decide in the curated tags of an article, as it is now; `None`: it has none.
pub(crate) fn curated_state(workspace: &Workspace, path: &Path) -> Option<Undecided> {
    let open = workspace.open.get(path).map(|article| &article.open);
    match open.and_then(|open| Some((open, open.adjudication()?))) {
        Some((open, adjudication)) => {
            let set = open.document().set();
            let begun = set.annotation_count() > 0 || set.decisions().next().is_some();
            begun.then(|| adjudication.undecided())
        }
        None => workspace.summary(path)?.curated_state(),
    }
}

/// Whether something was done to the article that is shown since it was opened.
fn is_touched(workspace: &Workspace) -> bool {
    workspace.current().is_some_and(|article| {
        article.open.undo_label().is_some() || article.open.redo_label().is_some()
    })
}
