//! The list of articles as a report, for the shell.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use smol_str::SmolStr;

use super::survey::{ListError, SummaryCache, survey_found};
use super::{
    ArticleSummary, Column, Copies, CopyGroup, CopyOfFirst, ListOrder, ListTotals, ListedArticle,
    SortBy, Whose, WorkFigures, percent_alike,
};
use crate::ops::assignments::ProjectAssignments;
use crate::ops::not_imported::not_imported;
use crate::ops::{FileProblem, Progress, TimesOf};
use crate::store::find_articles;
use crate::text::Encoding;
use crate::text::wording::short_list;

/// What to list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListRequest {
    /// Articles and folders of articles.
    pub paths: Vec<PathBuf>,
    /// Which of them, and in what order.
    pub order: ListOrder,
    /// Whose work the figures tell.
    pub whose: Whose,
    /// Whose times of work are told.
    pub times: TimesOf,
    /// The encoding of articles that do not declare one; `None`: as in their sidecars.
    pub encoding: Option<Encoding>,
}

impl ListRequest {
    /// Whether it is told how long the work took.
    #[must_use]
    pub fn tells_time_of(&self, whose: &Whose) -> bool {
        match whose {
            Whose::One(name) => self.times.tells(name),
            Whose::Everybody => self.times == TimesOf::Everybody,
            Whose::Curated => false,
        }
    }
}

/// A list of articles.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListReport {
    /// Those that are wanted, in order.
    pub rows: Vec<ReportedArticle>,
    /// What they come to.
    pub totals: ListTotals,
    /// Groups of articles with nearly the same text, those that are not wanted too; in the order of the folder.
    pub copies: Vec<Vec<CopyOfFirst>>,
    /// Documents in the folder that are no articles yet, with the step that imports them. No problem.
    pub not_imported: Vec<FileProblem>,
    /// What of the folder cannot be read: texts, files beside them, schemas, the file of assignments.
    pub problems: Vec<FileProblem>,
}

/// An article of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportedArticle {
    /// Where it is.
    pub path: PathBuf,
    /// The path below the given folder, with `/`.
    pub name: String,
    /// What was read of it.
    pub summary: Arc<ArticleSummary>,
    /// The work the list is about.
    pub figures: WorkFigures,
    /// Who is to tag it.
    pub assigned: Vec<SmolStr>,
    /// The articles with nearly the same text.
    pub copies: Option<CopyGroup>,
}

impl ReportedArticle {
    /// The same, borrowed.
    #[must_use]
    pub fn listed(&self) -> ListedArticle<'_> {
        ListedArticle {
            name: &self.name,
            summary: Some(&self.summary),
            figures: self.figures,
            assigned: &self.assigned,
            copies: self.copies,
            curated: self.summary.curated_state(),
        }
    }
}

/// Who is to tag an article.
fn assigned(article: &Path, assignments: &mut ProjectAssignments) -> Vec<SmolStr> {
    let article = std::path::absolute(article).unwrap_or_else(|_| article.to_owned());
    let folder = article.parent().unwrap_or(Path::new("."));
    assignments.of_folder(folder).of(&article).to_vec()
}

/// The groups with the names of their articles.
fn named_copies(copies: &Copies, all: &[ReportedArticle]) -> Vec<Vec<CopyOfFirst>> {
    let mut named: Vec<Vec<CopyOfFirst>> = vec![Vec::new(); copies.groups().len()];
    let mut first = vec![None; named.len()];
    for article in all {
        let (Some(group), Some(sketch)) = (copies.group(&article.path), &article.summary.sketch)
        else {
            continue;
        };
        if let (Some(named), Some(first)) =
            (named.get_mut(group.number), first.get_mut(group.number))
        {
            let first: &&_ = first.get_or_insert(sketch);
            named.push(CopyOfFirst {
                name: article.name.clone(),
                percent: percent_alike(first, sketch),
            });
        }
    }
    named
}

/// Refuses a fact that no article has, which is a slip.
fn check_field(by: &SortBy, articles: &[ListedArticle<'_>]) -> Result<(), ListError> {
    let SortBy::Field(word) = by else {
        return Ok(());
    };
    if articles.iter().any(|article| !by.cell(article).is_empty()) {
        return Ok(());
    }
    let fields = articles.iter().filter_map(|article| article.summary);
    let fields: BTreeSet<&str> = fields
        .flat_map(|summary| summary.fields.keys())
        .map(String::as_str)
        .collect();
    let columns = Column::ALL.map(Column::word);
    Err(ListError::NoColumn {
        word: word.to_string(),
        known: short_list(columns.into_iter().chain(fields), MOST_NAMES),
    })
}

/// So many columns and facts are named.
const MOST_NAMES: usize = 40;

/// Lists articles with their figures. Reads them on all cores.
///
/// # Errors
/// [`ListError`] where one of the paths is not there.
pub fn list(
    request: &ListRequest,
    progress: &mut dyn FnMut(Progress),
) -> Result<ListReport, ListError> {
    let found = find_articles(&request.paths)?;
    let mut report = ListReport {
        not_imported: not_imported(&found, &request.paths, &[]),
        ..ListReport::default()
    };
    let mut assignments = ProjectAssignments::default();
    let mut all: Vec<ReportedArticle> = Vec::new();
    let mut done = 0;
    let of_folders = survey_found(
        &found,
        request.encoding,
        &SummaryCache::default(),
        &mut |some| {
            done += some.len();
            progress(Progress { done, total: done });
            for (file, result) in some {
                match result {
                    Ok(summary) => {
                        report.problems.extend_from_slice(&summary.problems);
                        let mut figures = summary.figures(&request.whose);
                        if !request.tells_time_of(&request.whose) {
                            figures.seconds = 0;
                        }
                        all.push(ReportedArticle {
                            assigned: assigned(&file.path, &mut assignments),
                            copies: None,
                            path: file.path,
                            name: file.name,
                            summary,
                            figures,
                        });
                    }
                    Err(why) => report.problems.push(FileProblem::new(&file.path, why)),
                }
            }
            true
        },
    )?;
    report.problems.extend(of_folders);
    report.problems.extend(assignments.into_problems());
    let sketched = all
        .iter()
        .map(|article| (&*article.path, article.summary.sketch.as_ref()));
    let copies = Copies::among(sketched);
    report.copies = named_copies(&copies, &all);
    for article in &mut all {
        article.copies = copies.group(&article.path);
    }
    let listed: Vec<ListedArticle<'_>> = all.iter().map(ReportedArticle::listed).collect();
    check_field(&request.order.by, &listed)?;
    let wanted = request.order.arrange(&listed);
    let wanted: Vec<usize> = wanted
        .into_iter()
        .filter_map(|(place, shown)| shown.then_some(place))
        .collect();
    let mut all: Vec<Option<ReportedArticle>> = all.into_iter().map(Some).collect();
    for place in wanted {
        if let Some(article) = all.get_mut(place).and_then(Option::take) {
            report
                .totals
                .add(&article.figures, article.summary.curated_state());
            report.rows.push(article);
        }
    }
    Ok(report)
}
