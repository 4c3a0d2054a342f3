use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::adjudicate::undecided;
use super::assignments::{ProjectAssignments, folder_of};
use super::bulk_step::folders_of_steps;
use super::corrections_left::corrections;
use super::decoding_notice::decoding_problem;
use super::guidelines::guidelines_problems;
use super::lint::{LintContext, MarksOfAll, TextIndex, for_each_finding, level_of};
use super::not_imported::not_imported;
use super::not_opened::not_opened;
use super::problem_list::ProblemList;
use super::project_schema::ProjectSchemas;
use super::read_sidecar::{SidecarReading, read_sidecar};
use super::reanchor::ReanchorReport;
use super::reserved_files::{copy_problems, curated_sidecar};
use super::{
    FileProblem, Progress, Recoverable, UndecidedArticle, find_all_recoverable, load_facts,
};
use crate::format::{FormatInfo, export_in_text, sidecar};
use crate::model::{Document, LintLevel, LintRule, Problem, ProblemKind, for_each_problem};
use crate::store::sidecar_file::{OtherSidecar, ReservedName, is_facts_path};
use crate::store::{
    ArticleFile, FoundArticles, ReadError, canonical_folder, damaged_batches, find_articles,
    find_schema, is_folder, is_one_of, is_snapshot_kept, line_ends_not_kept, private_state_dir,
    read_source, too_readable_snapshots, unfinished_batches,
};
use crate::text::wording::count_as;
use crate::text::{Encoding, SourceText, TextRange, TextSize};

/// What to check.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CheckRequest {
    /// Articles and folders of articles. All their sidecars are checked.
    pub paths: Vec<PathBuf>,
    /// The encoding of articles that do not declare one; `None`: as in their sidecars.
    pub encoding: Option<Encoding>,
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CheckReport {
    /// How many articles were looked at.
    pub articles: usize,
    /// How many sidecars.
    pub sidecars: usize,
    /// How many tags they hold.
    pub tags: usize,
    /// Articles whose annotated text is not kept beside them; the next save, or a fix, keeps it.
    pub texts_not_kept: Vec<PathBuf>,
    /// What is worth a look, but no problem: guidelines without the examples they name.
    pub notes: Vec<FileProblem>,
    /// What the rules of the project take for slips, but not for problems, with the rule. Of each article
    /// so many, as of `problems`.
    pub hints: Vec<(LintRule, FileProblem)>,
    /// What reviewers would change in the tags of others or ask about them, neither taken nor answered. Of each
    /// article so many, as of `problems`.
    pub corrections: Vec<FileProblem>,
    /// Articles with something undecided in their curated tags. No problem.
    pub undecided: Vec<UndecidedArticle>,
    /// How many hints and problems of rules somebody ignores.
    pub ignored: usize,
    /// Documents in the folders that are no articles yet, with the step that imports them. No problem.
    pub not_imported: Vec<FileProblem>,
    /// Everything doubtful, article by article; of each kind and file so many
    /// ([`super::MOST_OF_A_KIND`]), and then how many more.
    pub problems: Vec<FileProblem>,
}

/// Why nothing can be checked.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// One of the paths cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The built-in schema is broken.
    #[error(transparent)]
    Schema(#[from] super::SchemaFileError),
}

/// Checks that text, offsets and words agree, that the schema is kept, that links lead somewhere, and
/// that every sidecar has its article. Writes nothing.
///
/// # Errors
/// [`CheckError`] where a path is not there. Problems with files are in the report.
pub fn check(
    request: &CheckRequest,
    progress: &mut dyn FnMut(Progress),
) -> Result<CheckReport, CheckError> {
    let found_articles = find_articles(&request.paths)?;
    let total = found_articles.articles.len();
    let mut report = CheckReport::default();
    let mut list = ProblemList::default();
    let mut schemas = ProjectSchemas::default();
    let waiting = private_state_dir().map_or_else(Vec::new, |state| find_all_recoverable(&state));
    let mut exports = Vec::new();
    for (done, article) in found_articles.articles.iter().enumerate() {
        progress(Progress { done, total });
        check_article(
            article,
            request,
            &mut schemas,
            &mut report,
            &mut list,
            &mut exports,
        )?;
        unsaved_work(article, &waiting, &mut report);
        report
            .problems
            .drain(..)
            .for_each(|problem| list.push(problem));
    }
    report.not_imported = not_imported(&found_articles, &request.paths, &exports);
    report.problems = list.finish();
    let named: BTreeSet<PathBuf> = found_articles
        .articles
        .iter()
        .filter_map(|article| find_schema(&article.path))
        .collect();
    for schema in &named {
        let (problems, missing) = guidelines_problems(schema);
        report.problems.extend(problems);
        report.notes.extend(missing);
    }
    for problem in schemas.into_problems() {
        report.problems.push(problem);
    }
    let mut assignments = ProjectAssignments::default();
    for path in &request.paths {
        assignments.of_folder(folder_of(path));
    }
    report.problems.extend(assignments.into_problems());
    for folder in with_unfinished_import(&request.paths, &found_articles) {
        let words = "an import or a step in this folder was cut short; open the folder, or run \
                     `pullquote check --fix`, to finish it";
        report.problems.push(FileProblem::new(&folder, words));
    }
    for batch in folders_of(&request.paths, &found_articles)
        .into_iter()
        .flat_map(damaged_batches)
    {
        let words = "this is left of an import or a step that could not be finished, because its files \
                     are damaged or Pullquote writes no such files; do it again and delete this";
        report.problems.push(FileProblem::new(&batch, words));
    }
    let folders: BTreeSet<&Path> = with_sidecars(&found_articles).collect();
    report.problems.extend(folders.into_iter().flat_map(beside));
    report
        .problems
        .extend(not_opened(&found_articles.not_opened));
    for orphan in &found_articles.orphans {
        let words = if is_facts_path(orphan) {
            "these facts have no article; put the article back, or rename the file to match it"
        } else {
            "this sidecar has no article; put the article back, or rename the sidecar to match it"
        };
        report.problems.push(FileProblem::new(orphan, words));
    }
    Ok(report)
}

/// The folders of articles that somebody has said something about.
pub(super) fn with_sidecars(found_articles: &FoundArticles) -> impl Iterator<Item = &Path> {
    let said = found_articles.articles.iter();
    let said = said.filter(|article| !article.sidecars.is_empty() || !article.reserved.is_empty());
    said.filter_map(|article| article.path.parent())
}

/// What is wrong with the kept texts of a folder of articles.
fn beside(folder: &Path) -> Vec<FileProblem> {
    let in_the_way = line_ends_not_kept(folder).map(|(path, what)| {
        let words = format!(
            "this is {what}, and no file that keeps git from changing the kept texts can be written; \
             delete it"
        );
        FileProblem::new(&path, words)
    });
    let wide = too_readable_snapshots(folder).into_iter().map(|text| {
        let words = "more people may read this kept text than its article; save the article or run \
                     `pullquote check --fix`";
        FileProblem::new(&text, words)
    });
    in_the_way.into_iter().chain(wide).collect()
}

/// The folders, of those given and those of their articles, in which an import or a step was cut short.
pub(super) fn with_unfinished_import(
    paths: &[PathBuf],
    found_articles: &FoundArticles,
) -> BTreeSet<PathBuf> {
    let given = paths.iter().filter(|path| is_folder(path));
    let state = private_state_dir();
    let of_steps = |folder: &PathBuf| folders_of_steps(&canonical_folder(folder), state.as_deref());
    let above = given.flat_map(of_steps);
    let folders = folders_of(paths, found_articles).into_iter();
    folders
        .map(Path::to_owned)
        .chain(above)
        .filter(|folder| !unfinished_batches(folder, SystemTime::now()).is_empty())
        .collect()
}

/// The folders given and those of their articles.
fn folders_of<'a>(paths: &'a [PathBuf], found_articles: &'a FoundArticles) -> BTreeSet<&'a Path> {
    let articles = found_articles.articles.iter().map(|found| &found.path);
    let above = articles.flat_map(|article| {
        let mut above = article.ancestors().skip(1);
        let mut below = true;
        // Up to the folder that was given.
        std::iter::from_fn(move || {
            let folder = above.next().filter(|_| below)?;
            below = !paths.iter().any(|path| path == folder);
            Some(folder)
        })
    });
    let given = paths.iter().map(PathBuf::as_path);
    given.chain(above).collect()
}

fn check_article(
    article: &ArticleFile,
    request: &CheckRequest,
    schemas: &mut ProjectSchemas,
    report: &mut CheckReport,
    list: &mut ProblemList,
    exports: &mut Vec<(PathBuf, &'static FormatInfo)>,
) -> Result<(), CheckError> {
    report.articles += 1;
    let hints = article.encoding_hints(request.encoding);
    report.problems.extend(copy_problems(article));
    let mut curated = None;
    for (name, _) in &article.reserved {
        match name {
            ReservedName::Meta => report.problems.extend(load_facts(&article.path).problems),
            ReservedName::Curated => match curated_sidecar(article) {
                Some(Ok(file)) => curated = Some(file),
                Some(Err(problem)) => report.problems.push(problem),
                None => {}
            },
        }
    }
    let source = match read_source(&article.path, &hints) {
        Ok(article) => article.source,
        Err(error) => {
            let problem = FileProblem::unreadable(&error);
            report.problems.push(problem);
            return Ok(());
        }
    };
    if article.sidecars.is_empty() && article.reserved.is_empty() {
        let export = export_in_text(source.as_str());
        exports.extend(export.map(|format| (article.path.clone(), format)));
    }
    report
        .problems
        .extend(decoding_problem(&article.path, &source));
    let text = TextIndex::of(&source);
    let mut marks_of_all = MarksOfAll::default();
    let schema = schemas.of(&article.path)?;
    let mut on_this_text = false;
    let mut curated_tags: Option<Document> = None;
    let mut all_work: Vec<(&OtherSidecar, Document)> = Vec::new();
    for file in article.sidecars.iter().chain(&curated) {
        report.sidecars += 1;
        let said = match read_sidecar(&source, file, &article.former_labels) {
            Ok(said) => said,
            Err(problem) => {
                report.problems.push(problem);
                continue;
            }
        };
        // A newer version keeps it itself.
        on_this_text |= said.source_matches && !said.newer;
        report.tags += said.document.set().annotation_count();
        report.problems.extend(said.damage(file));
        let at_top = file_problems(&said, file).into_iter();
        report.problems.extend(at_top.map(|message| FileProblem {
            annotator: file.annotator.clone(),
            ..FileProblem::new(&file.path, message)
        }));
        report
            .problems
            .drain(..)
            .for_each(|problem| list.push(problem));
        for_each_problem(&said.document, &schema, &mut |problem| {
            list.push(locate(&problem, article, file, &source));
        });
        let cx = LintContext {
            document: &said.document,
            schema: &schema,
            text: &text,
        };
        report.ignored += said.document.set().suppressions().count();
        marks_of_all.add(&said.document);
        let mut hints: BTreeMap<LintRule, ProblemList> = BTreeMap::new();
        let mut placed: Vec<(LintRule, FileProblem)> = Vec::new();
        for_each_finding(&cx, &mut |problem| {
            let ProblemKind::Lint(finding) = &problem.kind else {
                return;
            };
            let place = locate(&problem, article, file, &source);
            if level_of(&schema, &problem).is_some_and(LintLevel::is_problem) {
                list.push(place);
            } else {
                hints.entry(finding.rule).or_default().push(place);
            }
        });
        for (rule, list) in hints {
            let found = list.finish().into_iter();
            placed.extend(found.map(|problem| (rule, problem)));
        }
        placed.sort_by_key(|(_, hint)| (hint.line, hint.column));
        report.hints.append(&mut placed);
        match article.sidecars.contains(file) {
            true => all_work.push((file, said.document)),
            false => curated_tags = Some(said.document),
        }
    }
    if let Some(curated) = &curated_tags {
        let work = all_work.iter();
        let work = work.map(|(file, document)| (file.annotator.as_ref(), document));
        let undecided = UndecidedArticle::new(&article.name, undecided(work, curated));
        report.undecided.extend(undecided);
    }
    let mut marks = Vec::new();
    marks_of_all.for_each(&source, &schema, &text, &mut |mark| {
        let start = mark.range.map_or_else(TextSize::default, TextRange::start);
        let place = source.line_column(start);
        marks.push(FileProblem::at(
            &article.path,
            (place.line, place.column),
            mark.kind.to_string(),
        ));
    });
    if schema.lint.of(LintRule::UnbalancedMark).is_problem() {
        marks.into_iter().for_each(|mark| list.push(mark));
    } else {
        let hints = ProblemList::some_of(marks).into_iter();
        let hints = hints.map(|mark| (LintRule::UnbalancedMark, mark));
        report.hints.extend(hints);
    }
    let corrections = corrections(&all_work, &schema);
    report.corrections.extend(ProblemList::some_of(corrections));
    if on_this_text && !is_snapshot_kept(&article.path, &source) {
        report.texts_not_kept.push(article.path.clone());
    }
    Ok(())
}

/// Reports unsaved work.
fn unsaved_work(article: &ArticleFile, waiting: &[Recoverable], report: &mut CheckReport) {
    let here = |found: &&Recoverable| is_one_of(&found.article, std::slice::from_ref(article));
    for found in waiting.iter().filter(here) {
        let steps = count_as(found.labels.len(), "unsaved step", "unsaved steps");
        let words = match &found.damage {
            Some(damage) => format!(
                "unsaved work cannot be restored ({damage}); you can read it as text in {}",
                found.journal.display()
            ),
            None => {
                let words = format!("{steps} can be restored; open the article in the window");
                match &found.journal_damage {
                    Some(damage) => format!("{words}; {damage} ({})", found.journal.display()),
                    None => words,
                }
            }
        };
        report.problems.push(FileProblem {
            annotator: found.annotator.clone(),
            ..FileProblem::new(&article.path, words)
        });
    }
}

fn file_problems(said: &SidecarReading, file: &OtherSidecar) -> Vec<String> {
    let mut doubts = Vec::new();
    if said.newer {
        doubts.push(format!(
            "written by a newer version of Pullquote (this one writes version {}); it is \
             read-only here; update Pullquote to edit it",
            sidecar::VERSION
        ));
    }
    let is_same_text = said
        .followed
        .as_ref()
        .is_some_and(ReanchorReport::is_same_text);
    if !said.source_matches && !is_same_text {
        doubts.push(match &said.followed {
            Some(report) => report.to_string(),
            None => ProblemKind::SourceChanged.to_string(),
        });
    }
    if said.other_annotator {
        let inside = said.document.meta().annotator.as_deref().unwrap_or("");
        let named = match &file.annotator {
            Some(name) => format!("`{name}`"),
            None => "nobody".to_owned(),
        };
        doubts.push(format!(
            "the file says its annotator is `{inside}`, but its name says {named}; rename the \
             file or change its `annotator`"
        ));
    }
    doubts
}

/// Tags are found in the article, what cannot be read in the sidecar.
fn locate(
    problem: &Problem,
    article: &ArticleFile,
    file: &OtherSidecar,
    source: &SourceText,
) -> FileProblem {
    let message = problem.kind.to_string();
    let annotator = file.annotator.clone();
    let (path, line, column) = match (problem.range, &problem.kind) {
        (Some(range), _) => {
            let place = source.line_column(range.start());
            (&article.path, place.line, place.column)
        }
        (None, ProblemKind::Unread { line, .. } | ProblemKind::Lost { line, .. }) => {
            (&file.path, *line, 1)
        }
        (None, ProblemKind::Clash(record)) => (&file.path, record.line, 1),
        (None, _) => (&file.path, 1, 1),
    };
    FileProblem {
        line,
        column,
        annotator,
        ..FileProblem::new(path, message)
    }
}
