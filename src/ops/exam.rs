//! The exam of a project: newcomers tag a copy of its text, which is compared with the right tags.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use smol_str::SmolStr;

use super::guidelines::guidelines_for;
use super::not_opened::not_opened;
use super::project_schema::{article_at, schema_around};
use super::read_sidecar::read_sidecar;
use super::{FileProblem, SchemaFileError};
use crate::compare::{Comparison, DifferenceKind, Score, Side, score_tags, scored_tags};
use crate::format::sidecar::record_hash;
use crate::model::{Annotation, Document, LinkId};
use crate::store::sidecar_file::check_annotator;
use crate::store::{
    ReadError, WriteError, exam_copies, find_articles, find_schema, read_source, write_exam_copy,
};
use crate::text::TextRange;
use crate::text::wording::{join_and, one_line};

/// The name of the right tags in a comparison.
const ANSWER: &str = "answer";

/// Why there is no exam.
#[derive(Debug, thiserror::Error)]
pub enum ExamError {
    /// The project names no guidelines.
    #[error("{}: the project has no guidelines; name them in pullquote.ron: guidelines: \"guidelines.md\"", .0.display())]
    NoGuidelines(PathBuf),
    /// They have no text to be tested on.
    #[error("{}: there is no block ```exam in these guidelines whose tags can be read", .0.display())]
    NoExam(PathBuf),
    /// The name cannot be an annotator's.
    #[error(transparent)]
    Name(#[from] crate::store::sidecar_file::AnnotatorNameError),
    /// They cannot be read.
    #[error("{0}")]
    Guidelines(FileProblem),
    /// The folder cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The built-in schema is broken.
    #[error(transparent)]
    Schema(#[from] SchemaFileError),
    /// The copy cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// How somebody's tags compare with the right ones.
#[derive(Debug, Clone)]
pub struct ExamResult {
    /// Who; empty: without a name.
    pub annotator: SmolStr,
    /// The copy that they have tagged.
    pub article: PathBuf,
    /// Precision, recall and F1; the right tags are gold.
    pub score: Score,
    /// What differs, in the order of the text.
    pub differences: Vec<ExamDifference>,
}

/// What the newcomers of a project know.
#[derive(Debug, Clone, Default)]
pub struct ExamResults {
    /// A result for each sidecar of a copy, by name.
    pub results: Vec<ExamResult>,
    /// Copies of an earlier text: the exam has changed since.
    pub earlier: Vec<PathBuf>,
    /// What could not be read.
    pub problems: Vec<FileProblem>,
}

/// A tag that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExamDifference {
    /// Where, in bytes.
    pub range: TextRange,
    /// Line and column in code points, from 1.
    pub place: (usize, usize),
    /// What is wrong: "not tagged, but should be: quote “Yes.”".
    pub words: String,
}

/// The right tags of the exam of a project; `at`: a file or folder of it.
///
/// # Errors
/// [`ExamError`].
pub fn exam_answer(at: &Path) -> Result<Document, ExamError> {
    let schema = schema_around(at)?;
    match guidelines_for(&article_at(at), &schema) {
        Err(problem) => Err(ExamError::Guidelines(problem)),
        Ok(None) => Err(ExamError::NoGuidelines(at.to_owned())),
        Ok(Some((guidelines, _))) => match guidelines.exam() {
            Some(answer) => Ok(answer.clone()),
            None => Err(ExamError::NoExam(guidelines.path)),
        },
    }
}

/// Writes a copy of the exam's text for somebody to tag, `.pullquote/exam/NAME.txt` beside the schema of the project,
/// and whether it was not there before.
///
/// # Errors
/// [`ExamError`].
pub fn write_exam(at: &Path, annotator: &str) -> Result<(PathBuf, bool), ExamError> {
    check_annotator(annotator)?;
    let answer = exam_answer(at)?;
    let schema = schema_file(at);
    Ok(write_exam_copy(
        &schema,
        annotator,
        answer.source().as_str(),
    )?)
}

/// The schema file of the project.
fn schema_file(at: &Path) -> PathBuf {
    let inside = article_at(at);
    find_schema(&inside).unwrap_or(inside)
}

/// Compares the tags on all copies of the exam of a project with the right ones, by name.
///
/// # Errors
/// [`ExamError`].
pub fn exam_results(at: &Path) -> Result<ExamResults, ExamError> {
    let answer = exam_answer(at)?;
    let mut all = ExamResults::default();
    let Some(folder) = exam_copies(&schema_file(at))? else {
        return Ok(all);
    };
    let found = find_articles(&[folder])?;
    all.problems.extend(not_opened(&found.not_opened));
    for article in found.articles {
        let read = match read_source(&article.path, &article.encoding_hints(None)) {
            Ok(read) => read,
            Err(error) => {
                all.problems.push(FileProblem::unreadable(&error));
                continue;
            }
        };
        if read.source.as_str() != answer.source().as_str() {
            all.earlier.push(article.path.clone());
            continue;
        }
        for file in &article.sidecars {
            match read_sidecar(&read.source, file, &article.former_labels) {
                Ok(said) => all.results.push(ExamResult {
                    article: article.path.clone(),
                    ..compare_with_answer(&answer, file.annotator.clone(), &said.document)
                }),
                Err(problem) => all.problems.push(problem),
            }
        }
    }
    all.results.sort_by(|a, b| a.annotator.cmp(&b.annotator));
    Ok(all)
}

/// Somebody's tags without what the answer says nothing about: whom mentions name, and attributes and links that no
/// tag of it has.
fn only_asked(answer: &Document, tags: Document) -> Document {
    let set = answer.set();
    let attributes: BTreeSet<(SmolStr, SmolStr)> = set
        .annotations()
        .flat_map(|tag| {
            let all = tag.attributes.iter();
            all.map(|attribute| (tag.label.clone(), attribute.name.clone()))
        })
        .collect();
    let roles: BTreeSet<&SmolStr> = set.links().map(|link| &link.role).collect();
    let mut parts = tags.into_parts();
    let all: Vec<Annotation> = parts.set.annotations().cloned().collect();
    for mut tag in all {
        let label = tag.label.clone();
        tag.attributes
            .retain(|one| attributes.contains(&(label.clone(), one.name.clone())));
        tag.person = None;
        parts.set.insert_annotation(tag);
    }
    let links: Vec<LinkId> = parts
        .set
        .links()
        .filter(|link| !roles.contains(&link.role))
        .map(|link| link.id.clone())
        .collect();
    for link in links {
        parts.set.remove_link(&link);
    }
    parts.into()
}

/// Compares somebody's tags with the right ones. What the answer says nothing about is not compared.
#[must_use]
pub fn compare_with_answer(
    answer: &Document,
    annotator: Option<SmolStr>,
    tags: &Document,
) -> ExamResult {
    let annotator = annotator.unwrap_or_default();
    let source = answer.source();
    let tags = only_asked(answer, tags.clone());
    let gold = scored_tags(answer, Side::Gold);
    let predicted = scored_tags(&tags, Side::Predicted);
    let both = vec![
        (SmolStr::new(ANSWER), answer.clone()),
        (annotator.clone(), tags),
    ];
    let comparison = Comparison::new(both, record_hash);
    let mut differences = Vec::new();
    for (n, group) in comparison.groups().iter().enumerate() {
        let kind = comparison.kind(group);
        if kind == DifferenceKind::Agreed {
            continue;
        }
        let said = |annotator: usize| {
            let (_, tag) = comparison.tag(comparison.member(n, annotator)?)?;
            let (words, _) = tag.fragments.excerpt(source, 80);
            Some(format!("{} {words}", tag.label))
        };
        let parts: Vec<String> = group
            .differing
            .iter()
            .map(|part| part.word().to_owned())
            .collect();
        let words = match (said(0), said(1)) {
            (Some(right), None) => format!("not tagged, but should be: {right}"),
            (None, Some(wrong)) => format!("tagged, but should not be: {wrong}"),
            (Some(right), Some(tagged)) if right == tagged => {
                format!("another {} is right: {right}", join_and(&parts))
            }
            (Some(right), Some(tagged)) => {
                format!("wrong {}: {tagged}; right: {right}", join_and(&parts))
            }
            (None, None) => continue,
        };
        let place = source.line_column(group.hull.start());
        differences.push(ExamDifference {
            range: group.hull,
            place: (place.line, place.column),
            words: one_line(&words),
        });
    }
    differences.sort_by_key(|one| one.range.start());
    ExamResult {
        annotator,
        article: PathBuf::new(),
        score: score_tags(source, &gold, &predicted, None),
        differences,
    }
}
