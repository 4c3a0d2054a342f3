//! Tagged documents, one by one: those of articles with their sidecars, and those in files of other formats.

use std::path::{Path, PathBuf};

use smol_str::SmolStr;

use super::{ImportFormatError, not_opened::not_opened};
use crate::format::{
    self, FormatError, FormatInfo, ImportedDocument, Input, Messages, Options, OtherFile, detect,
    tag_order,
};
use crate::model::Document;
use crate::ops::adjudicate::undecided_in;
use crate::ops::decoding_notice::decoding_problem;
use crate::ops::import_format::{BEGINNING, import_format};
use crate::ops::problem_list::ProblemList;
use crate::ops::read_sidecar::read_sidecar;
use crate::ops::reserved_files::curated_sidecar;
use crate::ops::{FileProblem, ImportInput, Progress, UndecidedArticle};
use crate::store::sidecar_file::{OtherSidecar, sidecar_path};
use crate::store::{
    ArticleFile, FilesBeside, ReadError, exists, find_articles, is_article, is_no_folder,
    read_beginning, read_file, read_source,
};
use crate::text::Encoding;
use crate::text::wording::count_as;

/// The format whose records say in which order their tags are.
const NATIVE: &str = "jsonl";

/// Where documents are, and which of them count.
pub(super) struct DocumentSource<'a> {
    pub(super) paths: &'a [PathBuf],
    /// "": those by nobody in particular; `None`: all.
    pub(super) annotator: Option<&'a str>,
    pub(super) encoding: Option<Encoding>,
    /// Whether of articles with curated tags these are taken alone, unless somebody is asked for.
    pub(super) curated: bool,
}

/// Why documents cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadDocumentsError {
    /// One of the paths cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A file of no known format.
    #[error(transparent)]
    Format(#[from] ImportFormatError),
    /// The file as a whole is not of its format.
    #[error("{}: {error}", .file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// What is wrong.
        error: FormatError,
    },
}

/// A document with its tags.
pub(super) struct ReadDocument {
    pub(super) id: String,
    /// The file it is in; of an article its sidecar.
    pub(super) file: PathBuf,
    /// The line it begins on, from 1.
    pub(super) line: usize,
    pub(super) annotator: Option<SmolStr>,
    pub(super) document: Document,
    /// The ids of its tags in the order of the file; empty where it has none.
    pub(super) order: Vec<SmolStr>,
    /// Whether it is the sidecar of an article, which somebody works on.
    pub(super) is_sidecar: bool,
}

/// What there is to tell about the files.
#[derive(Default)]
pub(super) struct Told {
    pub(super) notes: ProblemList,
    pub(super) problems: ProblemList,
    /// How many articles have no tags by anybody.
    pub(super) not_started: usize,
    /// Of how many articles the curated tags were taken alone.
    pub(super) curated: usize,
    /// Those of them in which differences between annotators are undecided.
    pub(super) undecided: Vec<UndecidedArticle>,
    /// How many documents are by other annotators.
    others: usize,
}

impl Told {
    /// Why there are no documents, as the end of a sentence.
    pub(super) fn why_nothing(self, annotator: Option<&str>) -> String {
        if let Some(problem) = self.problems.finish().first() {
            return format!("; {problem}");
        }
        match annotator {
            Some(annotator) if self.others > 0 => format!(" by `{annotator}`"),
            _ if self.not_started > 0 => {
                let articles = count_as(self.not_started, "article has", "articles have");
                format!("; {articles} no tags yet")
            }
            _ => "; name an article with tags, a folder of them or a file of tags".to_owned(),
        }
    }

    fn messages(list: &mut ProblemList, file: &Path, messages: &Messages) {
        for (problem, count) in messages.counted() {
            list.push(FileProblem {
                count,
                ..FileProblem::at(file, (problem.line, 1), problem.message.clone())
            });
        }
    }
}

/// Takes documents one by one.
type EachDocument<'a> = dyn FnMut(ReadDocument, &mut Told) + 'a;

/// Reads documents one by one: those of articles, and those in files of other formats.
pub(super) fn read_documents(
    from: &DocumentSource<'_>,
    told: &mut Told,
    progress: &mut dyn FnMut(Progress),
    each: &mut EachDocument<'_>,
) -> Result<(), ReadDocumentsError> {
    let (files, articles): (Vec<PathBuf>, Vec<PathBuf>) =
        from.paths.iter().cloned().partition(|path| {
            let tagged = || exists(&sidecar_path(path, None));
            is_no_folder(path) && !is_article(path) && !tagged()
        });
    let found = find_articles(&articles)?;
    not_opened(&found.not_opened).for_each(|problem| told.problems.push(problem));
    let total = found.articles.len() + files.len();
    for (done, article) in found.articles.iter().enumerate() {
        progress(Progress { done, total });
        from.read_article(article, told, each);
    }
    for (done, file) in (found.articles.len()..).zip(&files) {
        progress(Progress { done, total });
        from.read_file(file, told, each)?;
    }
    Ok(())
}

impl DocumentSource<'_> {
    fn takes(&self, annotator: Option<&SmolStr>, told: &mut Told) -> bool {
        let name = annotator.map_or("", |name| name);
        let taken = self.annotator.is_none_or(|wanted| wanted == name);
        told.others += usize::from(!taken);
        taken
    }

    /// A document for each sidecar of an article.
    fn read_article(&self, article: &ArticleFile, told: &mut Told, each: &mut EachDocument<'_>) {
        let curated = match curated_sidecar(article) {
            Some(Ok(file)) if self.curated && self.annotator.is_none() => Some(file),
            Some(Err(problem)) => {
                told.problems.push(problem);
                None
            }
            Some(Ok(_)) | None => None,
        };
        if article.sidecars.is_empty() && curated.is_none() {
            told.not_started += 1;
            return;
        }
        let source = match read_source(&article.path, &article.encoding_hints(self.encoding)) {
            Ok(read) => read.source,
            Err(error) => return told.problems.push(FileProblem::unreadable(&error)),
        };
        if let Some(problem) = decoding_problem(&article.path, &source) {
            told.problems.push(problem);
        }
        told.curated += usize::from(curated.is_some());
        let files = match &curated {
            Some(curated) => std::slice::from_ref(curated),
            None => &article.sidecars,
        };
        for file in files {
            if !self.takes(file.annotator.as_ref(), told) {
                continue;
            }
            let read = match read_sidecar(&source, file, &article.former_labels) {
                Ok(read) => read,
                Err(problem) => {
                    told.problems.push(problem);
                    continue;
                }
            };
            if let Some(problem) = read.damage(file) {
                told.problems.push(problem);
            }
            for problem in left_out(&read.document, file) {
                told.problems.push(problem);
            }
            if curated.is_some() {
                let (undecided, problems) = undecided_in(article, &source, &read.document);
                told.undecided.extend(undecided);
                for problem in problems {
                    told.problems.push(problem);
                }
            }
            if self.annotator.is_none() && read.document.holds_reviews_only() {
                continue;
            }
            let read = ReadDocument {
                id: article.name.clone(),
                file: file.path.clone(),
                line: 1,
                annotator: file.annotator.clone(),
                document: read.document,
                order: Vec::new(),
                is_sidecar: true,
            };
            each(read, told);
        }
    }

    /// The documents in a file of another format.
    fn read_file(
        &self,
        path: &Path,
        told: &mut Told,
        each: &mut EachDocument<'_>,
    ) -> Result<(), ReadDocumentsError> {
        let info = format_of(path)?;
        let bytes = read_file(path)?;
        if let Some(other) = OtherFile::of(&bytes, info) {
            told.problems
                .push(FileProblem::new(path, other.to_string()));
            return Ok(());
        }
        let folder = path.parent().unwrap_or(Path::new(""));
        let files = FilesBeside::default();
        let beside = |name: &str| {
            let read = files.read_text(folder, path, name);
            read.ok().flatten().map(|(text, _)| text)
        };
        let input = Input {
            name: &path.file_name().unwrap_or_default().to_string_lossy(),
            bytes: &bytes,
            beside: &beside,
        };
        let mut lines = (1..).zip(bytes.split(|byte| *byte == b'\n'));
        let mut take = |read: ImportedDocument| {
            let annotator = read.document.meta().annotator.clone();
            if !self.takes(annotator.as_ref(), told) {
                return;
            }
            let line = lines.find(|(line, _)| *line == read.line && info.name == NATIVE);
            let order = line.map_or(Vec::new(), |(_, line)| tag_order(line));
            let read = ReadDocument {
                id: read.id,
                file: path.to_owned(),
                line: read.line,
                annotator,
                document: read.document,
                order,
                is_sidecar: false,
            };
            each(read, told);
        };
        let format = format::by_name(info.name);
        let read = format.map(|format| {
            format::read_each(format, &input, &Options::default(), &mut take).map_err(|error| {
                ReadDocumentsError::File {
                    file: path.to_owned(),
                    error,
                }
            })
        });
        let Some(imported) = read.transpose()? else {
            return Ok(());
        };
        Told::messages(&mut told.problems, path, &imported.problems);
        // Fields that nothing is known about change no figure.
        if imported.left_out() > 0 {
            Told::messages(&mut told.problems, path, &imported.skipped);
        }
        Told::messages(&mut told.notes, path, &imported.notes);
        Ok(())
    }
}

/// The format of a file: our own where it may be.
fn format_of(path: &Path) -> Result<&'static FormatInfo, ReadDocumentsError> {
    let beginning = read_beginning(path, BEGINNING)?;
    let mut found = detect(&path.to_string_lossy(), &beginning).into_iter();
    match found.find(|info| info.name == NATIVE) {
        Some(native) => Ok(native),
        None => Ok(import_format(&[ImportInput::File(path.to_owned())])?),
    }
}

/// The records of a sidecar that do not count, because they cannot be read or have lost their place.
pub(super) fn left_out(document: &Document, file: &OtherSidecar) -> Vec<FileProblem> {
    let told = |is_lost: bool, words: &dyn Fn(usize) -> String| {
        let records = || {
            document
                .unread()
                .iter()
                .filter(|record| record.is_lost() == is_lost)
        };
        let first = records().next()?;
        Some(FileProblem {
            annotator: file.annotator.clone(),
            ..FileProblem::at(&file.path, (first.line(), 1), words(records().count()))
        })
    };
    let unread = told(false, &|count| {
        let records = count_as(count, "record cannot", "records cannot");
        format!("{records} be read, so they do not count; `pullquote check` lists them")
    });
    let lost = told(true, &|count| {
        let tags = count_as(count, "tag does", "tags do");
        format!("{tags} not count: the text is no longer in the article; place them again")
    });
    unread.into_iter().chain(lost).collect()
}
