//! How far the people of a folder agree, from their sidecars.

mod annotated_article;
mod difference_list;
mod figure_row;

use std::collections::BTreeSet;
use std::path::PathBuf;

use smol_str::SmolStr;

use super::not_opened::not_opened;
use super::parallel_articles::for_each_article;
use super::problem_list::ProblemList;
use super::{FileProblem, Progress};
use crate::compare::agreement::{Agreement, AgreementOptions};
use crate::store::sidecar_file::OtherSidecar;
use crate::store::{ArticleFile, ReadError, find_articles};
use crate::text::Encoding;

use annotated_article::{ComparedArticle, Entered};
pub use difference_list::{DifferingTag, Disagreement};
pub use figure_row::{FigureRow, Measure, figure_rows};

/// Whose work to compare, and how.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AgreeRequest {
    /// Articles and folders of articles.
    pub paths: Vec<PathBuf>,
    /// Only these people ("": unnamed); empty: everybody.
    pub annotators: BTreeSet<SmolStr>,
    /// Only tags with these labels; empty: all.
    pub labels: BTreeSet<SmolStr>,
    /// Also the tags with a value of an attribute by themselves; `None`: each value there is.
    pub by: Vec<(SmolStr, Option<SmolStr>)>,
    /// Whether to compute γ, which takes longest.
    pub gamma: bool,
    /// Whether to list which tags differ.
    pub differences: bool,
    /// The encoding of articles that do not declare one; `None`: as in their sidecars.
    pub encoding: Option<Encoding>,
}

/// How far people agree, and what of the articles did not enter.
#[derive(Debug, Clone, PartialEq)]
pub struct AgreeReport {
    /// The figures.
    pub agreement: Agreement,
    /// How many sidecars that entered are not marked done.
    pub not_done: usize,
    /// How many sidecars entered.
    pub sidecars: usize,
    /// How many suggestions in them wait for a decision; they do not count.
    pub suggestions: usize,
    /// How many articles only one person annotated.
    pub one_person: usize,
    /// How many articles nobody annotated.
    pub not_started: usize,
    /// Which tags differ, where that was asked for: by article, in the order of the text.
    pub differences: Vec<Disagreement>,
    /// The labels asked for that nobody used.
    pub unused: Vec<SmolStr>,
    /// What could not be read, is left out or is doubtful.
    pub problems: Vec<FileProblem>,
}

/// Compares the tags of everybody who annotated the same article. Left out are curated sidecars, open
/// suggestions, rejected tags, articles of one person, sidecars of another text, and those that are not
/// begun. Reads the articles on all cores.
///
/// # Errors
/// [`ReadError`] where one of the paths is not there. What is wrong with single files is in the report.
pub fn agree(
    request: &AgreeRequest,
    progress: &mut dyn FnMut(Progress),
) -> Result<AgreeReport, ReadError> {
    let found = find_articles(&request.paths)?;
    let mut options = AgreementOptions {
        labels: request.labels.clone(),
        by: request.by.clone(),
        gamma: request.gamma,
        single: false,
    };
    let mut problems = ProblemList::default();
    not_opened(&found.not_opened).for_each(|problem| problems.push(problem));
    let several = |article: &ArticleFile| request.of(article).count() > 1;
    options.single = found
        .articles
        .iter()
        .filter(|article| several(article))
        .count()
        == 1;
    let mut report = read_all(&found.articles, request, &options, problems, progress);
    if report.agreement.texts == 1 && !options.single && request.gamma {
        options.single = true;
        let problems = ProblemList::default();
        let again = read_all(&found.articles, request, &options, problems, progress);
        report.agreement = again.agreement;
    }
    Ok(report)
}

impl AgreeRequest {
    /// The sidecars of an article that may be compared.
    fn of<'a>(&'a self, article: &'a ArticleFile) -> impl Iterator<Item = &'a OtherSidecar> {
        let wanted = |annotator: &Option<SmolStr>| {
            let name = annotator.as_deref().unwrap_or("");
            self.annotators.is_empty() || self.annotators.contains(name)
        };
        let sidecars = article.sidecars.iter();
        sidecars.filter(move |file| wanted(&file.annotator))
    }
}

fn read_all(
    articles: &[ArticleFile],
    request: &AgreeRequest,
    options: &AgreementOptions,
    mut problems: ProblemList,
    progress: &mut dyn FnMut(Progress),
) -> AgreeReport {
    let mut texts = Vec::new();
    let (mut one_person, mut not_started) = (0, 0);
    let mut sum = Entered::default();
    let mut differences = Vec::new();
    let work = |article: &_| ComparedArticle::read(article, request, options);
    for_each_article(articles, progress, work, |mut article| {
        differences.append(&mut article.differences);
        match (article.counts, article.people) {
            (Some(counts), _) => {
                texts.push(counts);
                sum += article.entered;
            }
            (None, 1) => one_person += 1,
            // Whose work cannot be compared is told.
            (None, _) => not_started += usize::from(article.problems.is_empty()),
        }
        let told = article.problems.into_iter();
        told.for_each(|problem| problems.push(problem));
    });
    let agreement = Agreement::new(texts, request.gamma);
    let labels = request.labels.iter();
    let unused = labels.filter(|label| !agreement.labels.contains_key(*label));
    AgreeReport {
        unused: unused.cloned().collect(),
        agreement,
        not_done: sum.not_done,
        sidecars: sum.sidecars,
        suggestions: sum.suggestions,
        differences,
        one_person,
        not_started,
        problems: problems.finish(),
    }
}
