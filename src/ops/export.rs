use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::export_documents::documents_of;
use super::export_sinks::{PreviewSink, StreamSink};
use super::export_split::{BesideParts, Split, SplitError, SplitSink, take_split};
use super::not_opened::not_opened;
use super::project_schema::ProjectSchemas;
use super::reserved_problems::left_out_facts;
use super::undecided::curated_words;
use super::{ExportReport, ExportRequest, FileProblem, Progress, SchemaFileError, load_facts};
use crate::format::schema_file::default_schema;
use crate::format::{
    self, Carries, DatasetCard, Feature, Format, FormatError, Layout, Loss, NamedDocument,
    OptionError, Options, Sink, TIMES, WriteContext,
};
use crate::model::{ArticleFacts, Schema};
use crate::store::sidecar_file::ReservedName;
use crate::store::{
    ArticleFile, FileSink, FoundArticles, ReadError, WriteError, file_len, find_articles,
    is_folder, is_no_folder, is_one_of, is_stream, open_stream, remove_stale_temp_files,
};

/// Why an export failed. The files that were there are as they were.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// One of the paths cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// No such format.
    #[error(transparent)]
    UnknownFormat(#[from] UnknownFormat),
    /// The format has no such option or value.
    #[error(transparent)]
    Option(#[from] OptionError),
    /// The split is none.
    #[error(transparent)]
    Split(#[from] SplitError),
    /// The format makes several files.
    #[error("`{0}` writes several files; name a folder with -o")]
    NeedsFolder(&'static str),
    /// The output would replace an article or sidecar.
    #[error("{}: this file is being exported; name another file", .0.display())]
    OverInput(PathBuf),
    /// Writing failed.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The format failed.
    #[error(transparent)]
    Format(#[from] FormatError),
    /// The built-in schema is broken.
    #[error(transparent)]
    Schema(#[from] SchemaFileError),
}

/// There is no format of this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no format `{name}`; {hint}choose one of: {known}")]
pub struct UnknownFormat {
    name: String,
    hint: String,
    known: String,
}

impl UnknownFormat {
    pub(super) fn new(name: &str) -> Self {
        let known: Vec<_> = format::ALL.iter().map(|known| known.info().name).collect();
        let hint = format::meant(name).map(|info| format!("did you mean `{}`? ", info.name));
        Self {
            name: name.to_owned(),
            hint: hint.unwrap_or_default(),
            known: known.join(", "),
        }
    }
}

/// What an export would write, seen before anything is written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ExportPreview {
    /// What the export would report.
    pub report: ExportReport,
    /// The name the format gives the first file.
    pub name: String,
    /// How that file begins; a few thousand bytes.
    pub beginning: String,
}

/// Exports the annotations of articles, one document at a time.
///
/// # Errors
/// [`ExportError`] where nothing can be exported. Single articles that cannot be read are in the
/// report.
pub fn export(
    request: &ExportRequest,
    standard: &mut dyn Write,
    progress: &mut dyn FnMut(Progress),
) -> Result<ExportReport, ExportError> {
    let job = Job::new(request)?;
    let layout = match job.split {
        Some(_) => Layout::Folder,
        None => job.format.info().layout,
    };
    let name = job.format.info().name;
    let stream = |out: &mut dyn Write, progress: &mut dyn FnMut(Progress)| {
        let mut sink = StreamSink::new(out, layout);
        let mut report = job.run(request, &mut sink, progress)?;
        report.not_beside = sink.beside.into_iter().collect();
        Ok(report)
    };
    match &request.output {
        None if layout == Layout::Folder => Err(ExportError::NeedsFolder(name)),
        Some(path) if layout == Layout::Folder && is_no_folder(path) => {
            Err(ExportError::NeedsFolder(name))
        }
        _ if job.found_articles.articles.is_empty() => {
            let report = job.run(request, &mut PreviewSink::default(), progress)?;
            Ok(ExportReport {
                kept: true,
                ..report
            })
        }
        None => stream(standard, progress),
        Some(path) if is_stream(path) => {
            let mut out = open_stream(path)?;
            let report = stream(&mut out, progress)?;
            out.flush().map_err(|error| WriteError::Failed {
                path: path.clone(),
                error,
            })?;
            Ok(report)
        }
        Some(path) if is_one_of(path, &job.found_articles.articles) => {
            Err(ExportError::OverInput(path.clone()))
        }
        Some(path) => {
            let mut sink =
                FileSink::new(path.clone(), layout).sparing(&job.found_articles.articles);
            // An empty export never replaces an earlier one.
            if (is_folder(path) || file_len(path) > 0)
                && let Err(looked) = job.find_documents(request)
            {
                let report = job.run(request, &mut PreviewSink::default(), progress)?;
                return Ok(kept(*looked, report));
            }
            let report = job.run(request, &mut sink, progress)?;
            // What is there may have been made when all could be read.
            if report.unread > 0 && sink.replaces() {
                return Ok(ExportReport {
                    kept: true,
                    ..report
                });
            }
            sink.finish()?;
            job.sweep(path);
            Ok(report)
        }
    }
}

/// What is told of an export with nothing in it. What could not be read when it was `looked` for counts,
/// also where it can be read by now.
fn kept(looked: ExportReport, report: ExportReport) -> ExportReport {
    let mut problems = report.problems;
    add_new(&mut problems, looked.problems);
    ExportReport {
        problems,
        losses: report.losses,
        splits: report.splits,
        seed: report.seed,
        found: report.found,
        kept: true,
        ..looked
    }
}

/// Adds the problems that are not told yet.
fn add_new(problems: &mut Vec<FileProblem>, more: impl IntoIterator<Item = FileProblem>) {
    let mut told: BTreeSet<String> = problems.iter().map(ToString::to_string).collect();
    problems.extend(
        more.into_iter()
            .filter(|problem| told.insert(problem.to_string())),
    );
}

/// Does all an export does but writing: what would be in it, left out and lost, and how it begins.
///
/// # Errors
/// [`ExportError`] where nothing could be exported.
pub fn preview_export(
    request: &ExportRequest,
    progress: &mut dyn FnMut(Progress),
) -> Result<ExportPreview, ExportError> {
    let mut sink = PreviewSink::default();
    let report = Job::new(request)?.run(request, &mut sink, progress)?;
    let (name, beginning) = sink.into_first();
    Ok(ExportPreview {
        report,
        name,
        beginning,
    })
}

/// A request that can be carried out.
struct Job {
    format: &'static dyn Format,
    options: Options,
    split: Option<Split>,
    found_articles: FoundArticles,
}

impl Job {
    fn new(request: &ExportRequest) -> Result<Self, ExportError> {
        let format =
            format::by_name(&request.format).ok_or_else(|| UnknownFormat::new(&request.format))?;
        let info = format.info();
        if !info.writes {
            return Err(FormatError::CannotWrite(info.name).into());
        }
        let (own, split) = take_split(&request.options)?;
        Ok(Self {
            format,
            options: Options::new(info, &own)?,
            split,
            found_articles: find_articles(&request.paths)?,
        })
    }

    /// Removes what exports that were killed have left in a folder.
    fn sweep(&self, output: &Path) {
        let names = self
            .found_articles
            .articles
            .iter()
            .map(|article| output.join(&article.name));
        let folders: BTreeSet<PathBuf> = names
            .filter_map(|path| path.parent().map(Path::to_owned))
            .chain([output.to_owned()])
            .collect();
        for folder in folders {
            remove_stale_temp_files(&folder, SystemTime::now());
        }
    }

    /// Finds out whether there is anything to export: reads articles up to the first that is. If not, says
    /// why.
    fn find_documents(&self, request: &ExportRequest) -> Result<(), Box<ExportReport>> {
        let mut looked = ExportReport::default();
        let mut articles = self.found_articles.articles.iter();
        match articles.any(|article| !documents_of(article, request, &mut looked).is_empty()) {
            true => Ok(()),
            false => Err(Box::new(looked)),
        }
    }

    fn run(
        &self,
        request: &ExportRequest,
        sink: &mut dyn Sink,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<ExportReport, ExportError> {
        let articles = &self.found_articles.articles;
        let mut schemas = ProjectSchemas::default();
        let schema = match articles.first() {
            Some(article) => schemas.of(&article.path)?,
            None => default_schema()?.into(),
        };
        // Links out of the folder are told and not among them.
        let has_facts = |article: &&ArticleFile| {
            let mut names = article.reserved.iter();
            names.any(|(name, _)| *name == ReservedName::Meta)
        };
        let paths: BTreeMap<&str, &Path> = articles
            .iter()
            .filter(has_facts)
            .map(|article| (&*article.name, &*article.path))
            .collect();
        let facts_left_out = RefCell::new(Vec::new());
        let facts = |name: &str| {
            let Some(path) = paths.get(name) else {
                return ArticleFacts::default();
            };
            let loaded = load_facts(path);
            facts_left_out.borrow_mut().extend(left_out_facts(&loaded));
            loaded.facts
        };
        let curated = RefCell::new(BTreeMap::new());
        let context = WriteContext {
            schema: &schema,
            options: &self.options,
            facts: &facts,
            curated: &|name| curated.borrow().get(name).cloned().unwrap_or_default(),
        };
        let loses_facts = (self.format.info().carries)(Feature::Facts) == Carries::No;
        let mut lost = Vec::new();
        let mut see = |document: &NamedDocument| {
            if loses_facts && !facts(&document.id).is_empty() {
                add_losses(&mut lost, vec![lost_facts(&document.id)]);
            }
        };
        let mut report = ExportReport {
            found: articles.len(),
            ..ExportReport::default()
        };
        report
            .problems
            .extend(not_opened(&self.found_articles.not_opened));
        report.problems.extend(schemas.into_problems());
        if self.options.chose(TIMES, "yes") && !schema.times {
            let path = request
                .paths
                .first()
                .map_or(Path::new(""), PathBuf::as_path);
            let message =
                "the time of work is not exported: the project keeps none (`times: false`)";
            report.problems.push(FileProblem::new(path, message));
        }
        let mut card = DatasetCard::default();
        let mut done = 0;
        let Some(split) = &self.split else {
            let all: Vec<&ArticleFile> = articles.iter().collect();
            let mut part = Part {
                articles: &all,
                request,
                report: &mut report,
                card: &mut card,
                progress,
                done: &mut done,
                seen: &mut see,
                curated: &curated,
                total: articles.len(),
            };
            report.losses = part.write(self.format, &context, sink)?;
            add_losses(&mut report.losses, lost);
            add_new(&mut report.problems, facts_left_out.take());
            self.write_card(&card, &schema, &report, sink)?;
            return Ok(report);
        };
        let parts = split.assign(articles, request);
        let mut shares = split.shares.clone();
        let mut beside = BesideParts::default();
        for (n, share) in shares.iter_mut().enumerate() {
            // What is in no part is not exported, but may have problems to report.
            let of_part = |article: &&ArticleFile| parts.get(&article.name).map_or(0, |p| *p) == n;
            let of_part: Vec<&ArticleFile> = articles.iter().filter(of_part).collect();
            let mut count = 0;
            let mut seen = |document: &NamedDocument| {
                see(document);
                count += 1;
            };
            let mut part = Part {
                articles: &of_part,
                request,
                report: &mut report,
                card: &mut card,
                progress,
                done: &mut done,
                seen: &mut seen,
                curated: &curated,
                total: articles.len(),
            };
            let mut own = SplitSink {
                inner: sink,
                part: share.name,
                layout: self.format.info().layout,
                beside: &mut beside,
            };
            let losses = part.write(self.format, &context, &mut own)?;
            add_losses(&mut report.losses, losses);
            share.documents = count;
        }
        beside.write(sink).map_err(FormatError::from)?;
        add_losses(&mut report.losses, lost);
        add_new(&mut report.problems, facts_left_out.take());
        report.splits = shares;
        report.seed = split.seed;
        self.write_card(&card, &schema, &report, sink)?;
        Ok(report)
    }

    fn write_card(
        &self,
        card: &DatasetCard,
        schema: &Schema,
        report: &ExportReport,
        sink: &mut dyn Sink,
    ) -> Result<(), ExportError> {
        if let Some(ending) = self.format.card(&self.options) {
            let out = sink.create_beside("README.md").map_err(FormatError::from)?;
            card.write(out, ending, schema, &report.splits, report.seed)
                .map_err(FormatError::from)?;
        }
        Ok(())
    }
}

/// Articles that are written together.
struct Part<'a> {
    articles: &'a [&'a ArticleFile],
    request: &'a ExportRequest,
    report: &'a mut ExportReport,
    card: &'a mut DatasetCard,
    progress: &'a mut dyn FnMut(Progress),
    done: &'a mut usize,
    seen: &'a mut dyn FnMut(&NamedDocument),
    /// How far the curated tags are of articles that have some.
    curated: &'a RefCell<BTreeMap<String, String>>,
    total: usize,
}

impl Part<'_> {
    fn write(
        &mut self,
        format: &dyn Format,
        context: &WriteContext<'_>,
        sink: &mut dyn Sink,
    ) -> Result<Vec<Loss>, FormatError> {
        let mut documents = self.articles.iter().flat_map(|article| {
            (self.progress)(Progress {
                done: *self.done,
                total: self.total,
            });
            *self.done += 1;
            let curated = self.report.curated;
            let documents = documents_of(article, self.request, self.report);
            if self.report.curated > curated {
                let left = self.report.undecided.last();
                let left = left.filter(|left| left.article == article.name);
                let words = curated_words(left.map(|left| left.undecided));
                self.curated
                    .borrow_mut()
                    .insert(article.name.clone(), words);
            }
            for document in &documents {
                self.card.add(&document.document);
                (self.seen)(document);
            }
            documents
        });
        format.write(context, &mut documents, sink)
    }
}

/// Adds what the format left out of another part.
/// That what is known about an article is left out.
fn lost_facts(article: &str) -> Loss {
    Loss {
        feature: Feature::Facts,
        count: 1,
        documents: 1,
        first: article.to_owned(),
    }
}

fn add_losses(all: &mut Vec<Loss>, more: Vec<Loss>) {
    for loss in more {
        match all.iter_mut().find(|known| known.feature == loss.feature) {
            Some(known) => {
                known.count += loss.count;
                known.documents += loss.documents;
            }
            None => all.push(loss),
        }
    }
    all.sort_by_key(|loss| loss.feature);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_not_be_read_at_first_is_told() {
        let refused = FileProblem::new(Path::new("a.txt"), "cannot be read");
        let other = FileProblem::new(Path::new("pullquote.ron"), "unknown");
        let looked = ExportReport {
            problems: vec![refused.clone()],
            ..ExportReport::default()
        };
        // By now it can be read.
        let report = ExportReport {
            documents: 1,
            problems: vec![other.clone()],
            ..ExportReport::default()
        };
        let told = kept(looked.clone(), report);
        assert!(told.kept);
        assert_eq!(
            (told.documents, told.problems),
            (0, vec![other, refused.clone()])
        );
        let again = kept(looked.clone(), looked);
        assert_eq!(again.problems, [refused]);
    }
}
