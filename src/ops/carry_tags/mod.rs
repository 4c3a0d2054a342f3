//! Tags of one article are carried into others with nearly the same text, as suggestions there.
//!
//! What is carried: the curated tags where there are some, else one's own; with the convention `carry: everybody`
//! of the project those of colleagues, too. What is written: one's own sidecars alone, in one step that is undone
//! as a whole.

mod carried;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use smol_str::{SmolStr, ToSmolStr};

use super::article_list::{Copies, ListError, SummaryCache, survey};
use super::bulk_step::{
    BulkCounts, BulkReport, BulkRequest, BulkStepError, BulkTarget, WorkOf, bulk_step,
};
use super::project_schema::ProjectSchemas;
use super::read_article::ReadArticle;
use super::{FileProblem, Progress, Refusal, UndecidedArticle};
use crate::model::{CopyOf, CopyOrigin, Document, Schema};
use crate::store::{ArticleFile, find_articles};
use crate::text::Encoding;
use crate::text::wording::{count, one_line, quoted, short_list};

use carried::{Source, carried};

pub use carried::{CarriedTag, CarryFate};

/// What carrying came to in one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarriedInto {
    /// The article.
    pub article: PathBuf,
    /// The tags of the source, in the order of its text; those of several people one after the other.
    pub tags: Vec<CarriedTag>,
}

/// What carrying came to.
#[derive(Debug, Default)]
pub struct CarryReport {
    /// Article by article.
    pub articles: Vec<CarriedInto>,
    /// The step that was done; `None`: there was nothing to suggest, or nothing was to be written.
    pub step: Option<BulkReport>,
    /// What is undecided in the curated tags that were carried; `None`: nothing is, or others were carried.
    pub undecided: Option<UndecidedArticle>,
    /// What is wrong with files that were read.
    pub problems: Vec<FileProblem>,
}

impl CarryReport {
    /// How many tags there are of each fate, in the order of [`CarryFate::word`]'s first occurrence.
    #[must_use]
    pub fn counts(&self) -> Vec<(&'static str, usize)> {
        let mut counts: Vec<(&'static str, usize)> = Vec::new();
        for tag in self.articles.iter().flat_map(|article| &article.tags) {
            let word = tag.fate.word();
            match counts.iter_mut().find(|(known, _)| *known == word) {
                Some((_, number)) => *number += 1,
                None => counts.push((word, 1)),
            }
        }
        counts
    }

    /// What is different in the copies, in words: "9 unchanged, 1 gone: “We do” (news/b.txt)".
    #[must_use]
    pub fn difference_words(&self, root: &Path) -> String {
        /// So many of those that are gone are named.
        const NAMED: usize = 3;
        let counts = self.counts().into_iter();
        let counts: Vec<String> = counts
            .map(|(word, number)| format!("{number} {word}"))
            .collect();
        let gone = self.articles.iter().flat_map(|article| {
            let below = article.article.strip_prefix(root);
            let name = below.unwrap_or(&article.article).display();
            let gone = article
                .tags
                .iter()
                .filter(|tag| tag.fate == CarryFate::Gone);
            gone.map(move |tag| format!("{} ({name})", short_quoted(&tag.words)))
        });
        let gone: Vec<String> = gone.collect();
        let gone = match &gone[..] {
            [] => String::new(),
            gone => format!("; gone: {}", short_list(gone, NAMED)),
        };
        let tags = self.articles.iter().flat_map(|article| &article.tags);
        let left_out: BTreeSet<&SmolStr> = tags.flat_map(|tag| &tag.left_out).collect();
        let without = match left_out.is_empty() {
            true => String::new(),
            false => format!(
                "; without what the project does not have: {}",
                short_list(left_out, NAMED)
            ),
        };
        let undecided = self.undecided.as_ref();
        let undecided = undecided.map_or_else(String::new, |left| format!("; {left}"));
        format!("{}{gone}{without}{undecided}", counts.join(", "))
    }

    /// How many tags are suggested.
    #[must_use]
    pub fn suggested(&self) -> usize {
        let tags = self.articles.iter().flat_map(|article| &article.tags);
        tags.filter(|tag| tag.fate.is_suggested()).count()
    }
}

/// Carries the tags of an article into others, as open suggestions in one's own sidecars. The targets of `step` do
/// not count. A tag is not suggested where such a one is there, or was rejected before.
///
/// # Errors
/// [`BulkStepError`]: nothing has changed.
pub fn carry_tags(
    step: &BulkRequest<'_>,
    from: &Path,
    into: &[PathBuf],
    encoding: Option<Encoding>,
    progress: &mut dyn FnMut(Progress),
) -> Result<CarryReport, BulkStepError> {
    let Sources {
        all: sources,
        undecided,
        problems,
    } = sources(step.root, from, step.annotator, encoding)?;
    let target = |article: &PathBuf| BulkTarget {
        article: article.clone(),
        work: WorkOf::Own,
        sidecar: None,
        text: None,
    };
    let targets: Vec<BulkTarget> = into.iter().map(target).collect();
    let request = BulkRequest {
        targets: &targets,
        ..*step
    };
    let found: Mutex<BTreeMap<usize, Vec<CarriedTag>>> = Mutex::default();
    let done = bulk_step(
        &request,
        &|n, edits| {
            let mut tags = Vec::new();
            for source in &sources {
                let mut one = carried(source, edits.document(), edits.schema());
                if !one.step.changes.is_empty() {
                    edits.run(|_, _| Ok(one.step));
                }
                tags.append(&mut one.tags);
            }
            let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
            found.insert(n, tags);
        },
        &|counts: &BulkCounts| {
            let found = found.lock().unwrap_or_else(PoisonError::into_inner);
            let tags = found.values().flatten();
            let tags = tags.filter(|tag| tag.fate.is_suggested()).count();
            let articles = count(counts.articles, "article");
            format!("suggested {} in {articles}", count(tags, "carried tag"))
        },
        progress,
    );
    let step = match done {
        Ok(report) => Some(report),
        // All of them are there, or gone: that is told.
        Err(BulkStepError::Nothing(None)) => None,
        Err(error) => return Err(error),
    };
    let found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    let articles = found.into_iter().filter_map(|(n, tags)| {
        let article = into.get(n)?.clone();
        Some(CarriedInto { article, tags })
    });
    Ok(CarryReport {
        articles: articles.collect(),
        step,
        undecided,
        problems,
    })
}

/// What [`carry_tags`] would do; writes nothing.
///
/// # Errors
/// [`BulkStepError`] where something cannot be read.
pub fn preview_carry(
    root: &Path,
    annotator: Option<&str>,
    from: &Path,
    into: &[PathBuf],
    encoding: Option<Encoding>,
) -> Result<CarryReport, BulkStepError> {
    let Sources {
        all: sources,
        undecided,
        problems,
    } = sources(root, from, annotator, encoding)?;
    let mut report = CarryReport {
        undecided,
        problems,
        ..CarryReport::default()
    };
    let mut schemas = ProjectSchemas::default();
    for article in find_articles(into)?.articles {
        let schema = schemas.of(&article.path)?;
        let asked = [annotator.unwrap_or_default().into()];
        let read = ReadArticle::new(&article, &asked, encoding);
        report.problems.extend(read.problems);
        let Some(source) = read.source else { continue };
        let own = read.people.into_iter().next();
        let document = own.map_or_else(|| Document::new(source), |work| work.document);
        let tags = sources.iter();
        let tags = tags.flat_map(|source| carried(source, &document, &schema).tags);
        report.articles.push(CarriedInto {
            tags: tags.collect(),
            article: article.path,
        });
    }
    Ok(report)
}

/// The articles of `paths` with nearly the text of `article`, in order, and what cannot be read.
///
/// # Errors
/// [`ListError`] where one of the paths is not there.
pub fn copies_of(
    article: &Path,
    paths: &[PathBuf],
    encoding: Option<Encoding>,
    progress: &mut dyn FnMut(Progress),
) -> Result<(Vec<PathBuf>, Vec<FileProblem>), ListError> {
    let mut paths = paths.to_vec();
    paths.push(article.to_owned());
    let mut read = Vec::new();
    let mut unread = Vec::new();
    let mut problems = survey(&paths, encoding, &SummaryCache::default(), &mut |some| {
        for (file, summary) in some {
            match summary {
                Ok(summary) => read.push((file.path, summary)),
                Err(why) => unread.push(FileProblem::new(&file.path, why)),
            }
        }
        let done = read.len();
        progress(Progress { done, total: done });
        true
    })?;
    let sketched = read
        .iter()
        .map(|(path, summary)| (&**path, summary.sketch.as_ref()));
    let copies = Copies::among(sketched);
    problems.append(&mut unread);
    Ok((copies.others(article).cloned().collect(), problems))
}

/// The beginning of the words of a tag, in quotation marks.
fn short_quoted(words: &str) -> String {
    const SHOWN: usize = 40;
    let words = one_line(words);
    let end = words.char_indices().nth(SHOWN).map(|(end, _)| end);
    let shown = match end {
        Some(end) => format!("{}…", words.get(..end).unwrap_or_default()),
        None => words,
    };
    quoted(&shown, '“', '”')
}

/// The convention that says whose tags are carried.
const CARRY: &str = "carry";
/// Those of colleagues, too.
const EVERYBODY: &str = "everybody";

/// Whether a project has tags of colleagues carried.
fn carries_others(schema: &Schema) -> bool {
    let mut conventions = schema.conventions.iter();
    conventions.any(|convention| convention.name == CARRY && convention.value == EVERYBODY)
}

/// The tags of an article that may be carried.
#[derive(Default)]
struct Sources {
    all: Vec<Source>,
    /// What is undecided in them, where they are curated.
    undecided: Option<UndecidedArticle>,
    /// What is wrong with files of the article.
    problems: Vec<FileProblem>,
}

fn sources(
    root: &Path,
    from: &Path,
    annotator: Option<&str>,
    encoding: Option<Encoding>,
) -> Result<Sources, BulkStepError> {
    let found = find_articles(&[from.to_owned()])?.articles;
    let Some(article) = found.into_iter().next() else {
        return Ok(Sources::default());
    };
    let schema = ProjectSchemas::default().of(&article.path)?;
    let mut read = ReadArticle::new(&article, &[], encoding);
    let name = below(root, &article);
    let source = |whose: CopyOf, document: Document| Source {
        document,
        origin: CopyOrigin {
            whose,
            article: name.clone(),
        }
        .to_smolstr(),
    };
    let own = annotator.unwrap_or_default();
    let undecided = UndecidedArticle::new(&name, read.undecided());
    let mut all = Vec::new();
    if let Some(curated) = read.curated.take() {
        all.push(source(CopyOf::Curated, curated));
    } else {
        let is_own = |name: &SmolStr| name == own;
        let named = read.people.into_iter();
        let named = named.map(|work| (work.annotator.unwrap_or_default(), work.document));
        let (mine, others): (Vec<_>, Vec<_>) = named.partition(|(name, _)| is_own(name));
        let others = others.into_iter().filter(|_| carries_others(&schema));
        let all_of = mine.into_iter().chain(others);
        all.extend(all_of.map(|(name, document)| source(CopyOf::Annotator(name), document)));
    }
    if all
        .iter()
        .all(|one| one.document.set().annotation_count() == 0)
    {
        let mut words = format!(
            "{} has no tags of yours and no curated ones",
            from.display()
        );
        for problem in &read.problems {
            words.push_str(&format!("; {problem}"));
        }
        return Err(BulkStepError::Nothing(Some(Refusal::new(words))));
    }
    Ok(Sources {
        all,
        undecided,
        problems: read.problems,
    })
}

/// The path of an article below the folder, with `/`; else its name.
fn below(root: &Path, article: &ArticleFile) -> String {
    let Ok(below) = article.path.strip_prefix(root) else {
        return article.name.clone();
    };
    let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

#[cfg(test)]
mod tests;
