use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use smol_str::SmolStr;

use super::decoding_notice::decoding_notice;
use super::merge_copy::{ConflictCopy, copies_worth_merging};
use super::project_schema::schema_for;
use super::reanchor::{Reanchored, read_reanchored};
use super::reserved_files::curated_problem;
use super::{
    DocumentFiles, FileProblem, LoadedFacts, OpenDocument, SchemaFileError, TextIndex, load_facts,
};
use crate::format::sidecar;
use crate::format::sidecar::merge::{Clash, ClashKind};
use crate::model::{Document, DocumentMeta, DocumentParts, Schema};
use crate::store::sidecar_file::{
    self, AnnotatorNameError, OtherSidecar, ReservedName, sidecar_path,
};
use crate::store::{
    EncodingHints, FileFingerprint, ReadError, ReadingPosition, confine_beside, file_len,
    load_position, private_state_dir, read_source, remove_stale_temp_files,
};
use crate::text::{Encoding, SourceText};

/// Which article to open, and as whom.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OpenRequest {
    /// The article.
    pub article: PathBuf,
    /// Whose sidecar; `None`: the unnamed one.
    pub annotator: Option<SmolStr>,
    /// The encoding of the article, if it does not declare one; `None`: from a sidecar, else a
    /// guess.
    pub encoding: Option<Encoding>,
    /// Whether to open the curated sidecar; `annotator` is then who adjudicates.
    pub curated: bool,
}

impl OpenRequest {
    /// The sidecar it opens.
    #[must_use]
    pub fn sidecar(&self) -> PathBuf {
        match self.curated {
            true => ReservedName::Curated.path(&self.article),
            false => sidecar_path(&self.article, self.annotator.as_deref()),
        }
    }
}

/// An article with its annotations, and notices about them.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The article and its tags.
    pub document: Document,
    /// Who adjudicates; `None`: the document is of its annotator.
    pub adjudicator: Option<SmolStr>,
    /// What can be said in its project.
    pub schema: Schema,
    /// The facts of the article, the same for every annotator.
    pub facts: LoadedFacts,
    /// Where it was read from.
    pub files: DocumentFiles,
    /// Why the sidecar may not be written; `None`: it may.
    pub read_only: Option<String>,
    /// Whether the sidecar was damaged; pass on as [`super::SaveRequest::backup_first`].
    pub salvaged: bool,
    /// Whether that is only because records stood in the list of another kind.
    pub misplaced: bool,
    /// Whether the text is not the one that was annotated.
    pub source_changed: bool,
    /// Why letters may look wrong, in words, if the encoding is a guess.
    pub encoding_doubt: Option<String>,
    /// How the tags follow a changed article, for [`super::OpenDocument::follow_article`]; until
    /// then the document carries their records along as they are in the file. `None` if the article
    /// is the annotated one.
    pub reanchor: Option<Reanchored>,
    /// What rules need to know of the text, where that was read while the tags were.
    pub text_index: Option<Arc<TextIndex>>,
    /// Words for the person, each a sentence or two.
    pub notices: Vec<String>,
    /// The sidecars of other annotators.
    pub other_annotators: Vec<OtherSidecar>,
    /// Copies of the sidecar from sync services and version control with something new.
    pub conflict_copies: Vec<ConflictCopy>,
    /// Where the person was last time.
    pub position: Option<ReadingPosition>,
}
/// Why an article cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The article cannot be read.
    #[error(transparent)]
    Article(#[from] ReadError),
    /// The annotator's name cannot be part of a file name.
    #[error(transparent)]
    Annotator(#[from] AnnotatorNameError),
    /// The built-in schema is broken.
    #[error("the built-in schema cannot be read: {0}")]
    Schema(#[from] SchemaFileError),
}

/// Opens an article with its sidecar. Writes nothing.
///
/// # Errors
/// [`OpenError`] where there is no text to show. A sidecar or schema that cannot be read does not
/// stop opening: see [`Opened::read_only`] and [`Opened::notices`].
pub fn open(request: &OpenRequest) -> Result<Opened, OpenError> {
    open_in(request, private_state_dir().as_deref())
}

/// [`open`] with the folder that holds reading positions.
///
/// # Errors
/// As [`open`].
pub fn open_in(request: &OpenRequest, state: Option<&Path>) -> Result<Opened, OpenError> {
    open_telling(request, state, &mut |_| {})
}

/// A sidecar from this size on takes long enough to be read that the text is worth showing before
/// (bytes).
const LONG_SIDECAR: u64 = 400_000;

/// [`open_in`] that hands over the article as soon as its text is read, if its annotations take
/// longer. It may be shown, but not changed or saved.
///
/// # Errors
/// As [`open`].
pub fn open_telling(
    request: &OpenRequest,
    state: Option<&Path>,
    tell: &mut dyn FnMut(Opened),
) -> Result<Opened, OpenError> {
    if let Some(name) = &request.annotator {
        sidecar_file::check_annotator(name)?;
    }
    let path = request.sidecar();
    let adjudicator = request.annotator.clone().filter(|_| request.curated);
    let annotator = request.annotator.as_ref().filter(|_| !request.curated);
    let folder = request.article.parent().unwrap_or(Path::new(""));
    remove_stale_temp_files(folder, SystemTime::now());
    let other_annotators = sidecar_file::other_annotators(&request.article, &path);
    let others = other_annotators.iter().map(|other| other.path.clone());
    // Its author knows the encoding.
    let curated = ReservedName::Curated.path(&request.article);
    let sidecars = std::iter::once(path.clone()).chain(others);
    let hints = EncodingHints {
        named: request.encoding,
        sidecars: sidecars
            .chain([curated])
            .filter(|sidecar| confine_beside(&request.article, sidecar).is_ok())
            .collect(),
    };
    let on_disk = read_source(&request.article, &hints)?;
    let (schema, problems) = schema_for(&request.article)?;
    let facts = load_facts(&request.article);
    let curated = curated_problem(&request.article);
    let problems = problems.iter().chain(&facts.problems).chain(&curated);
    let mut notices: Vec<String> = problems.map(FileProblem::notice).collect();
    let refused = sidecar_file::refused_beside(&request.article);
    let refused = refused.iter().filter(|error| error.path() != path);
    notices.extend(refused.map(|error| FileProblem::unreadable(error).notice()));
    let mut opened = Opened {
        other_annotators,
        encoding_doubt: decoding_notice(&request.article, &on_disk.source),
        position: state.and_then(|state| load_position(state, &request.article)),
        document: untagged(&on_disk.source, annotator),
        adjudicator,
        schema,
        facts,
        files: DocumentFiles {
            article: request.article.clone(),
            on_disk,
            sidecar: path,
            fingerprint: FileFingerprint::Absent,
            writable: true,
        },
        read_only: None,
        salvaged: false,
        misplaced: false,
        source_changed: false,
        reanchor: None,
        text_index: None,
        conflict_copies: Vec::new(),
        notices,
    };
    if file_len(&opened.files.sidecar) >= LONG_SIDECAR {
        tell(opened.clone());
        let source = &opened.files.on_disk.source.clone();
        let (index, ()) = rayon::join(|| TextIndex::worked_out(source), || opened.take_sidecar());
        opened.text_index = Some(index.into());
    } else {
        opened.take_sidecar();
    }
    if request.curated && opened.read_only.is_none() {
        opened.read_only = curated_problem(&request.article).map(|problem| problem.notice());
    }
    opened.files.writable = opened.read_only.is_none();
    // Here and not in the window, which must not wait.
    opened.document.set().build_indexes();
    if opened.files.writable {
        opened.conflict_copies = copies_worth_merging(&opened.document, &opened.files, state);
    }
    Ok(opened)
}

/// An article without annotations.
fn untagged(source: &SourceText, annotator: Option<&SmolStr>) -> Document {
    Document::from(DocumentParts {
        meta: DocumentMeta {
            annotator: annotator.cloned(),
            ..DocumentMeta::default()
        },
        ..DocumentParts::new(source.clone())
    })
}

impl Opened {
    /// Starts work on what was opened; tags follow an article that has changed.
    #[must_use]
    pub fn start(&self) -> OpenDocument {
        let open = OpenDocument::new(self.document.clone(), self.schema.clone());
        self.start_on(open)
    }

    /// [`Self::start`] without the problems, which [`OpenDocument::search_problems`] looks for.
    #[must_use]
    pub fn start_without_problems(&self) -> OpenDocument {
        let (document, schema) = (self.document.clone(), self.schema.clone());
        let text = self.text_index.clone();
        self.start_on(OpenDocument::without_problems(document, schema, text))
    }

    /// The text alone, while its tags are still being read.
    #[must_use]
    pub fn start_on_text(&self) -> OpenDocument {
        OpenDocument::of_text(self.document.clone(), self.schema.clone())
            .with_read_only(self.read_only.clone())
    }

    fn start_on(&self, open: OpenDocument) -> OpenDocument {
        let mut open = open.with_read_only(self.read_only.clone());
        if let Some(adjudicator) = &self.adjudicator {
            open = open.curated_by(adjudicator.clone());
        }
        if let Some(followed) = &self.reanchor {
            open.follow_article(followed);
        }
        open
    }

    /// Reads the sidecar into the document, or reports why not.
    fn take_sidecar(&mut self) {
        let name = self.files.sidecar.display().to_string();
        if confine_beside(&self.files.article, &self.files.sidecar).is_err() {
            self.read_only = Some(format!(
                "{name} is a link to a file outside this folder, so it was not read. Put the file \
                 itself here to work on it."
            ));
            return;
        }
        let loaded = match sidecar_file::load(&self.files.sidecar) {
            Ok(Some(loaded)) => loaded,
            Ok(None) => return,
            Err(error) => {
                self.read_only = Some(format!(
                    "{error}. The file is read-only until it can be read: fix it and open the \
                     article again."
                ));
                return;
            }
        };
        self.files.fingerprint = loaded.fingerprint;
        let read = read_reanchored(&loaded.bytes, &self.files.article, self.document.source());
        let (contents, followed) = match read {
            Ok(read) => read,
            Err(error) => {
                self.read_only = Some(format!("{name}: {error}. The file is read-only."));
                return;
            }
        };
        if contents.newer {
            self.read_only = Some(format!(
                "{name} was written by a newer version of Pullquote (file version {}; this one \
                 writes {}). It is read-only here. Update Pullquote to edit it.",
                contents.version,
                sidecar::VERSION
            ));
        }
        let open = |clash: &&Clash| !matches!(clash.kind, ClashKind::Differs(_));
        let told = contents.clashes.iter().filter(open);
        self.notices
            .extend(told.map(|clash| format!("{name}: {clash}.")));
        if contents.salvaged {
            self.salvaged = true;
            self.misplaced = contents.misplaced;
            self.notices.push(match contents.misplaced {
                true => format!(
                    "{name} has records in the list of another kind, as a merge by lines leaves \
                     them. All were read; the first save puts them in order and keeps a copy of \
                     the file."
                ),
                false => format!(
                    "{name} is damaged. Everything readable was read; the rest is kept and listed \
                     under Problems. A copy of the file is kept before the first save."
                ),
            });
        }
        if !contents.source_matches {
            let same_text = |followed: &Reanchored| followed.report.is_same_text();
            self.source_changed = !followed.as_ref().is_some_and(same_text);
            if let Some(followed) = followed.as_ref().filter(|_| self.source_changed) {
                let article = self.files.article.display();
                self.notices
                    .push(format!("{article}: {}.", followed.report));
            }
            self.reanchor = followed;
        }
        let source = self.document.source().clone();
        let named = self.document.meta().annotator.clone();
        let document = contents.into_document(source, named.as_deref());
        self.document = self.schema.former_labels().read_as_present(document);
    }
}
