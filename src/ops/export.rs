use std::io::Write;
use std::path::{Path, PathBuf};

use smol_str::SmolStr;

use super::check::links_out;
use super::decoding_words::decoding_problem;
use super::said::read_said;
use super::schema_of::Schemas;
use super::{FileProblem, Progress, SchemaFileError};
use crate::format::schema_file::default_schema;
use crate::format::{self, FormatError, Layout, Loss, NamedDocument, Sink};
use crate::model::{AnnotationId, Document, LinkId, Target};
use crate::store::sidecar_file::OtherSidecar;
use crate::store::{
    ArticleFile, EncodingHints, FileSink, ReadError, WriteError, gather, is_one_of, read_source,
};
use crate::text::Encoding;

/// What to export, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportRequest {
    /// Articles and folders of articles.
    pub paths: Vec<PathBuf>,
    /// Name of the format, as in [`format::ALL`].
    pub format: String,
    /// The file or folder to write; `None`: the writer given along.
    pub output: Option<PathBuf>,
    /// Whose work; the empty name means sidecars of nobody named. None at all: everybody's.
    pub annotators: Vec<SmolStr>,
    /// Whether to write rejected tags, undecided suggestions and untouched articles, too.
    pub all: bool,
    /// The encoding of articles that do not say so themselves; `None`: what their sidecars say.
    pub encoding: Option<Encoding>,
}

/// What an export wrote, left out and lost.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ExportReport {
    /// How many documents were written: articles times annotators.
    pub documents: usize,
    /// How many tags.
    pub tags: usize,
    /// How many links.
    pub links: usize,
    /// What was left out because the request says so.
    pub left_out: LeftOut,
    /// What the format could not carry.
    pub losses: Vec<Loss>,
    /// Files that could not be read, and sidecars of which only a part could.
    pub problems: Vec<FileProblem>,
}

/// What an export leaves out unless all is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LeftOut {
    /// Tags and suggestions that were rejected.
    pub rejected: usize,
    /// Suggestions nobody has decided on.
    pub undecided: usize,
    /// Links from or to these.
    pub links: usize,
    /// Articles without any sidecar.
    pub untouched: usize,
}

/// Why nothing was exported. A file that was there is as it was.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// One of the paths cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// No such format.
    #[error(transparent)]
    UnknownFormat(#[from] UnknownFormat),
    /// The format makes several files.
    #[error("`{0}` makes several files; name a folder for them with -o")]
    NeedsFolder(&'static str),
    /// The output would replace an article or sidecar.
    #[error("{}: this is one of the files to be exported; name another file", .0.display())]
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
#[error("there is no format `{name}`; there are: {known}")]
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

/// Exports what is said about articles, one document after the other; each is read, written and
/// forgotten.
///
/// # Errors
/// [`ExportError`] where nothing can be exported. Single articles that cannot be read are in the
/// report.
pub fn export(
    request: &ExportRequest,
    standard: &mut dyn Write,
    progress: &mut dyn FnMut(Progress),
) -> Result<ExportReport, ExportError> {
    let format =
        format::by_name(&request.format).ok_or_else(|| UnknownFormat::new(&request.format))?;
    let info = format.info();
    if !info.writes {
        return Err(FormatError::CannotWrite(info.name).into());
    }
    let gathered = gather(&request.paths)?;
    let articles = &gathered.articles;
    let mut schemas = Schemas::default();
    let schema = match articles.first() {
        Some(article) => schemas.of(&article.path)?,
        None => default_schema()?.into(),
    };
    let mut report = ExportReport::default();
    report.problems.extend(links_out(&gathered));
    let total = articles.len();
    let mut documents = articles.iter().enumerate().flat_map(|(done, article)| {
        progress(Progress { done, total });
        documents_of(article, request, &mut report)
    });
    let losses = match &request.output {
        None if info.layout == Layout::Folder => return Err(ExportError::NeedsFolder(info.name)),
        None => format.write(&schema, &mut documents, &mut Plain(standard))?,
        Some(path) if is_one_of(path, articles) => {
            return Err(ExportError::OverInput(path.clone()));
        }
        Some(path) => {
            let mut sink = FileSink::new(path.clone(), info.layout);
            let losses = format.write(&schema, &mut documents, &mut sink)?;
            sink.finish()?;
            losses
        }
    };
    drop(documents);
    report.losses = losses;
    Ok(report)
}

/// One file, written where the caller says.
struct Plain<'a>(&'a mut dyn Write);

impl Sink for Plain<'_> {
    fn begin(&mut self, _: &str) -> std::io::Result<&mut dyn Write> {
        Ok(&mut *self.0)
    }
}

/// The documents of an article: one for each sidecar asked for.
fn documents_of(
    article: &ArticleFile,
    request: &ExportRequest,
    report: &mut ExportReport,
) -> Vec<NamedDocument> {
    let wanted = |annotator: &Option<SmolStr>| {
        let name = annotator.as_deref().unwrap_or("");
        request.annotators.is_empty() || request.annotators.iter().any(|wanted| wanted == name)
    };
    let hints = EncodingHints::of(article, request.encoding);
    let source = match read_source(&article.path, &hints) {
        Ok(article) => article.source,
        Err(error) => {
            report
                .problems
                .push(FileProblem::unread(&article.path, &error));
            return Vec::new();
        }
    };
    let doubt = decoding_problem(&article.path, &source);
    let mut documents = Vec::new();
    if article.sidecars.is_empty() {
        if request.all {
            documents.push(Document::new(source));
        } else {
            report.left_out.untouched += 1;
        }
    } else {
        for file in article
            .sidecars
            .iter()
            .filter(|file| wanted(&file.annotator))
        {
            match read_said(&source, file) {
                Ok(said) => {
                    note_unread(&said.document, &file.path, report);
                    note_changed(&said.document, article, file, report);
                    documents.push(said.document);
                }
                Err(problem) => report.problems.push(problem),
            }
        }
    }
    if !documents.is_empty() {
        report.problems.extend(doubt);
    }
    for document in &mut documents {
        if !request.all {
            leave_out(document, &mut report.left_out);
        }
        report.documents += 1;
        report.tags += document.set.annotation_count();
        report.links += document.set.link_count();
    }
    let named = |document| NamedDocument {
        id: article.name.clone(),
        document,
    };
    documents.into_iter().map(named).collect()
}

fn note_unread(document: &Document, sidecar: &Path, report: &mut ExportReport) {
    let unread = || document.unread.iter().filter(|record| !record.is_lost());
    if let Some(first) = unread().next() {
        let records = match unread().count() {
            1 => "1 record".to_owned(),
            n => format!("{n} records"),
        };
        report.problems.push(FileProblem {
            line: first.line,
            annotator: document.meta.annotator.clone(),
            ..FileProblem::new(
                sidecar,
                format!(
                    "{records} cannot be read and not exported, the first: {}",
                    first.reason
                ),
            )
        });
    }
}

/// Tells of tags that are lost, or to be checked, since the article has changed.
fn note_changed(
    document: &Document,
    article: &ArticleFile,
    file: &OtherSidecar,
    report: &mut ExportReport,
) {
    let lost = || document.unread.iter().filter(|record| record.is_lost());
    if let Some(first) = lost().next() {
        let tags = match lost().count() {
            1 => "1 tag is".to_owned(),
            n => format!("{n} tags are"),
        };
        report.problems.push(FileProblem {
            line: first.line,
            annotator: file.annotator.clone(),
            ..FileProblem::new(
                &file.path,
                format!(
                    "{tags} not exported: the words are gone from the article; place them anew"
                ),
            )
        });
    }
    for tag in document.set.annotations() {
        if tag.former_words.is_empty() {
            continue;
        }
        let place = document.source.line_column(tag.fragments.start());
        let words = "exported, but to be checked: the article has changed around this tag";
        report.problems.push(FileProblem {
            line: place.line,
            column: place.column,
            annotator: file.annotator.clone(),
            ..FileProblem::new(&article.path, words)
        });
    }
}

/// Takes out what is not meant to stand: rejected tags, open suggestions and links to and from them.
fn leave_out(document: &mut Document, left_out: &mut LeftOut) {
    let set = &mut document.set;
    let out: Vec<(AnnotationId, bool)> = set
        .annotations()
        .filter(|tag| tag.is_rejected() || tag.is_open_suggestion())
        .map(|tag| (tag.id.clone(), tag.is_rejected()))
        .collect();
    for (id, rejected) in out {
        let to = Target::Annotation(id.clone());
        let links: Vec<LinkId> = set
            .links_from(&id)
            .chain(set.links_to(&to))
            .map(|link| link.id.clone())
            .collect();
        for link in links {
            left_out.links += usize::from(set.take_link(&link).is_some());
        }
        set.take_annotation(&id);
        if rejected {
            left_out.rejected += 1;
        } else {
            left_out.undecided += 1;
        }
    }
}
