use std::io::Write;
use std::path::PathBuf;

use super::check::links_out;
use super::export_documents::documents_of;
use super::export_sinks::{PreviewSink, StreamSink};
use super::project_schema::ProjectSchemas;
use super::{ExportReport, ExportRequest, Progress, SchemaFileError};
use crate::format::schema_file::default_schema;
use crate::format::{self, Format, FormatError, Layout, OptionError, Options, Sink, WriteContext};
use crate::store::{
    FileSink, FoundArticles, ReadError, WriteError, file_len, find_articles, is_folder, is_one_of,
};

/// Why nothing was exported. A file that was there is as it was.
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
#[error("there is no format `{name}`; choose one of: {known}")]
pub struct UnknownFormat {
    name: String,
    known: String,
}

impl UnknownFormat {
    pub(super) fn new(name: &str) -> Self {
        let known: Vec<_> = format::ALL.iter().map(|known| known.info().name).collect();
        Self {
            name: name.to_owned(),
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
    let layout = job.format.info().layout;
    match &request.output {
        None if layout == Layout::Folder => Err(ExportError::NeedsFolder(job.format.info().name)),
        None => {
            let mut sink = StreamSink {
                out: standard,
                alone: layout == Layout::FileEach,
                begun: false,
                nowhere: std::io::sink(),
            };
            job.run(request, &mut sink, progress)
        }
        Some(path) if is_one_of(path, &job.found_articles.articles) => {
            Err(ExportError::OverInput(path.clone()))
        }
        Some(path) => {
            let mut sink =
                FileSink::new(path.clone(), layout).sparing(&job.found_articles.articles);
            let mut report = job.run(request, &mut sink, progress)?;
            // Nothing never takes the place of an earlier export.
            report.kept = report.documents == 0 && file_len(path) > 0 && !is_folder(path);
            if !report.kept {
                sink.finish()?;
            }
            Ok(report)
        }
    }
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
        Ok(Self {
            format,
            options: Options::new(info, &request.options)?,
            found_articles: find_articles(&request.paths)?,
        })
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
        let context = WriteContext {
            schema: &schema,
            options: &self.options,
        };
        let mut report = ExportReport::default();
        report.problems.extend(links_out(&self.found_articles));
        report.problems.extend(schemas.into_problems());
        let total = articles.len();
        let mut documents = articles.iter().enumerate().flat_map(|(done, article)| {
            progress(Progress { done, total });
            documents_of(article, request, &mut report)
        });
        let losses = self.format.write(&context, &mut documents, sink)?;
        drop(documents);
        report.losses = losses;
        Ok(report)
    }
}
