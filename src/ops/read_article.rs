//! An article with all that was said about it.

use smol_str::SmolStr;

use super::adjudicate::undecided;
use super::decoding_notice::decoding_problem;
use super::read_documents::left_out;
use super::read_sidecar::read_sidecar;
use super::reserved_files::curated_sidecar;
use super::{FileProblem, Undecided};
use crate::model::Document;
use crate::store::sidecar_file::OtherSidecar;
use crate::store::{ArticleFile, FileFingerprint, read_source};
use crate::text::{Encoding, SourceText};

/// The text and the work of everybody.
pub(super) struct ReadArticle {
    /// `None` where it cannot be read.
    pub(super) source: Option<SourceText>,
    pub(super) people: Vec<Work>,
    /// Tags that are settled.
    pub(super) curated: Option<Document>,
    /// What the file of those looks like.
    pub(super) curated_file: FileFingerprint,
    pub(super) problems: Vec<FileProblem>,
}

/// What one person said.
pub(super) struct Work {
    /// `None`: somebody without a name.
    pub(super) annotator: Option<SmolStr>,
    pub(super) document: Document,
    /// What the file looks like.
    pub(super) file: FileFingerprint,
}

impl ReadArticle {
    /// Reads an article and its sidecars: all, or those `asked` for ("": unnamed), and then no curated one.
    pub(super) fn new(
        article: &ArticleFile,
        asked: &[SmolStr],
        encoding: Option<Encoding>,
    ) -> Self {
        let mut read = Self {
            source: None,
            people: Vec::new(),
            curated: None,
            curated_file: FileFingerprint::Absent,
            problems: Vec::new(),
        };
        let source = match read_source(&article.path, &article.encoding_hints(encoding)) {
            Ok(text) => text.source,
            Err(error) => {
                read.problems.push(FileProblem::unreadable(&error));
                return read;
            }
        };
        read.problems
            .extend(decoding_problem(&article.path, &source));
        let wanted = |annotator: &Option<SmolStr>| {
            let name = annotator.as_deref().unwrap_or("");
            asked.is_empty() || asked.iter().any(|asked| asked == name)
        };
        for file in &article.sidecars {
            if wanted(&file.annotator) {
                let annotator = file.annotator.clone();
                let document = read.document(&source, article, file);
                read.people.extend(document.map(|(document, file)| Work {
                    annotator,
                    document,
                    file,
                }));
            }
        }
        match curated_sidecar(article) {
            Some(Ok(file)) if asked.is_empty() => {
                if let Some((document, found)) = read.document(&source, article, &file) {
                    (read.curated, read.curated_file) = (Some(document), found);
                }
            }
            Some(Err(problem)) => read.problems.push(problem),
            Some(Ok(_)) | None => {}
        }
        read.source = Some(source);
        read
    }

    /// What is left to decide in the curated tags; nothing where there are none.
    pub(super) fn undecided(&self) -> Undecided {
        let Some(curated) = &self.curated else {
            return Undecided::default();
        };
        let work = self.people.iter();
        let work = work.map(|work| (work.annotator.as_ref(), &work.document));
        undecided(work, curated)
    }

    fn document(
        &mut self,
        source: &SourceText,
        article: &ArticleFile,
        file: &OtherSidecar,
    ) -> Option<(Document, FileFingerprint)> {
        match read_sidecar(source, file, &article.former_labels) {
            Ok(said) => {
                self.problems.extend(said.damage(file));
                self.problems.extend(left_out(&said.document, file));
                Some((said.document, said.fingerprint))
            }
            Err(problem) => {
                self.problems.push(problem);
                None
            }
        }
    }
}
