use super::reanchor::read_followed;
use super::{FileProblem, ReanchorReport};
use crate::model::{Document, FormerLabels};
use crate::store::FileFingerprint;
use crate::store::sidecar_file::{self, OtherSidecar};
use crate::text::SourceText;

/// The annotations of one sidecar.
pub(super) struct SidecarReading {
    /// The article with the tags of this sidecar.
    pub(super) document: Document,
    /// What the file looks like.
    pub(super) fingerprint: FileFingerprint,
    /// Whether a newer version of the program wrote it.
    pub(super) newer: bool,
    /// Whether the file was damaged, such as cut off, and read line by line.
    salvaged: bool,
    /// Whether that is only because records stand in the list of another kind.
    misplaced: bool,
    /// Whether the article is the one that was annotated.
    pub(super) source_matches: bool,
    /// What became of tags that have followed a changed article; `None` if it has not changed.
    pub(super) followed: Option<ReanchorReport>,
    /// Whether the file names another annotator than its name does.
    pub(super) other_annotator: bool,
}

impl SidecarReading {
    /// Whether records may be missing, since the file was damaged.
    pub(super) fn misses_records(&self) -> bool {
        self.salvaged && !self.misplaced
    }

    /// That the file was damaged, where it was: what is missing cannot be known.
    pub(super) fn damage(&self, file: &OtherSidecar) -> Option<FileProblem> {
        let words = match self.misplaced {
            true => {
                "records stand in the list of another kind, as a merge by lines leaves them; all were \
                 read; save the article or run `pullquote check --fix` to put them in order"
            }
            false => {
                "the file is damaged, cut off or has merge marks: every intact line was read, but \
                 records may be missing; compare it with an earlier version"
            }
        };
        self.salvaged.then(|| FileProblem {
            annotator: file.annotator.clone(),
            ..FileProblem::new(&file.path, words)
        })
    }
}

/// Reads one sidecar of an article; tags whose labels were renamed have the present ones.
pub(super) fn read_sidecar(
    source: &SourceText,
    file: &OtherSidecar,
    former: &FormerLabels,
) -> Result<SidecarReading, FileProblem> {
    let problem = |mut problem: FileProblem| {
        problem.annotator.clone_from(&file.annotator);
        problem
    };
    let loaded = match sidecar_file::load(&file.path) {
        Ok(Some(loaded)) => loaded,
        Ok(None) => {
            let gone = "the sidecar was removed in the meantime; run this again";
            return Err(problem(FileProblem::new(&file.path, gone)));
        }
        Err(error) => return Err(problem(FileProblem::unreadable(&error))),
    };
    let (contents, followed) = match read_followed(&loaded.bytes, &file.path, source) {
        Ok(read) => read,
        Err(error) => {
            let found = FileProblem::at(&file.path, error.place(), error.message());
            return Err(problem(found));
        }
    };
    let (newer, salvaged) = (contents.newer, contents.salvaged);
    let misplaced = contents.misplaced;
    let source_matches = contents.source_matches;
    let named = &contents.meta.annotator;
    let other_annotator = named.is_some() && *named != file.annotator;
    let mut document = contents.into_document(source.clone(), file.annotator.as_deref());
    document = former.read_as_present(document);
    Ok(SidecarReading {
        document,
        fingerprint: loaded.fingerprint,
        newer,
        salvaged,
        misplaced,
        source_matches,
        followed,
        other_annotator,
    })
}
