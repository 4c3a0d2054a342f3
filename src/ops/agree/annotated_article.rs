//! An article with the work of everybody who annotated it.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use smol_str::SmolStr;

use super::AgreeRequest;
use super::difference_list::{Disagreement, differences};
use crate::compare::agreement::{AgreementOptions, AnnotatedText, TextCounts};
use crate::compare::{ScoredTag, Side, scored_tags};
use crate::model::DocumentState;
use crate::ops::decoding_notice::decoding_problem;
use crate::ops::read_documents::left_out;
use crate::ops::read_sidecar::{SidecarReading, read_sidecar};
use crate::ops::reserved_files::curated_sidecar;
use crate::ops::{FileProblem, ReanchorReport, tags_in_use};
use crate::store::sidecar_file::OtherSidecar;
use crate::store::{ArticleFile, read_source};

/// What people who have no name are called.
const UNNAMED: SmolStr = SmolStr::new_static("unnamed");

/// What entered of an article.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Entered {
    pub(super) sidecars: usize,
    pub(super) not_done: usize,
    pub(super) suggestions: usize,
}

impl AddAssign for Entered {
    fn add_assign(&mut self, more: Self) {
        self.sidecars += more.sidecars;
        self.not_done += more.not_done;
        self.suggestions += more.suggestions;
    }
}

/// What an article adds to the figures.
#[derive(Default)]
pub(super) struct ComparedArticle {
    /// `None` where fewer than two people annotated it.
    pub(super) counts: Option<TextCounts>,
    /// How many people did.
    pub(super) people: usize,
    pub(super) entered: Entered,
    /// Which tags differ, where that was asked for.
    pub(super) differences: Vec<Disagreement>,
    pub(super) problems: Vec<FileProblem>,
}

impl ComparedArticle {
    pub(super) fn read(
        article: &ArticleFile,
        request: &AgreeRequest,
        options: &AgreementOptions,
    ) -> Self {
        let mut compared = Self::default();
        // Curated tags are nobody's.
        let curated = curated_sidecar(article).and_then(Result::err);
        compared.problems.extend(curated);
        let files: Vec<&OtherSidecar> = request.of(article).collect();
        // What one person alone did is compared with nothing, so that it need not be read.
        if files.len() < 2 {
            compared.people = files.len();
            return compared;
        }
        let source = match read_source(&article.path, &article.encoding_hints(request.encoding)) {
            Ok(read) => read.source,
            Err(error) => {
                compared.problems.push(FileProblem::unreadable(&error));
                return compared;
            }
        };
        compared
            .problems
            .extend(decoding_problem(&article.path, &source));
        let mut people: BTreeMap<SmolStr, Vec<ScoredTag>> = BTreeMap::new();
        let mut documents = Vec::new();
        for file in files {
            match read_sidecar(&source, file, &article.former_labels) {
                Ok(read) => {
                    if let Some(tags) = compared.take(&read, file) {
                        people.insert(file.annotator.clone().unwrap_or(UNNAMED), tags);
                        let name = file.annotator.clone().unwrap_or_default();
                        documents.push((name, read.document));
                    }
                }
                Err(problem) => compared.problems.push(problem),
            }
        }
        compared.people = people.len();
        if people.len() > 1 {
            if request.differences {
                compared.differences = differences(&article.path, documents, &request.labels);
            }
            let text = AnnotatedText {
                id: article.name.clone(),
                source,
                people,
            };
            compared.counts = Some(TextCounts::new(&text, options));
        }
        compared
    }

    /// The tags of a sidecar, if it counts.
    fn take(&mut self, read: &SidecarReading, file: &OtherSidecar) -> Option<Vec<ScoredTag>> {
        let document = &read.document;
        let problem = |words: &str| FileProblem {
            annotator: file.annotator.clone(),
            ..FileProblem::new(&file.path, words)
        };
        let same = read
            .followed
            .as_ref()
            .is_some_and(ReanchorReport::is_same_text);
        if !read.source_matches && !same {
            self.problems.push(problem(
                "not compared: the article has changed since this was saved; open the article and \
                 save it",
            ));
            return None;
        }
        self.problems.extend(read.damage(file));
        self.problems.extend(left_out(document, file));
        if document.meta().state == DocumentState::New {
            if tags_in_use(document) > 0 {
                self.problems.push(problem(
                    "not compared: there are tags, but the article is marked new; mark it as in \
                     progress or done",
                ));
            }
            return None;
        }
        let open = document.set().annotations();
        self.entered.suggestions += open.filter(|tag| tag.is_open_suggestion()).count();
        self.entered.sidecars += 1;
        self.entered.not_done += usize::from(document.meta().state != DocumentState::Done);
        Some(scored_tags(document, Side::Gold))
    }
}
