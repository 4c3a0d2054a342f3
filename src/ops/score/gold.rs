use std::collections::{BTreeMap, VecDeque};
use std::path::{Path, PathBuf};

use smol_str::SmolStr;

use super::score_report::ScoreReport;
use crate::compare::{Score, ScoredTag, Side, score_tags, scored_tags};
use crate::model::QuoteForm;
use crate::ops::FileProblem;
use crate::ops::read_documents::{ReadDocument, Told};
use crate::text::SourceText;

/// The label of quotes.
const QUOTE: &str = "quote";

/// A document with what is compared of it.
pub(super) struct ComparedDocument {
    id: String,
    /// The file it is in; of an article its sidecar.
    file: PathBuf,
    /// The line it begins on, from 1.
    line: usize,
    annotator: Option<SmolStr>,
    source: SourceText,
    /// In the order of the file where it has one.
    tags: Vec<ScoredTag>,
}

impl ComparedDocument {
    pub(super) fn new(read: ReadDocument, side: Side) -> Self {
        let mut tags = scored_tags(&read.document, side);
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for (place, id) in read.order.iter().enumerate() {
            places.entry(id).or_insert(place);
        }
        tags.sort_by_key(|tag| {
            let place = places.get(tag.id.as_str()).copied();
            place.unwrap_or(read.order.len())
        });
        Self {
            id: read.id,
            file: read.file,
            line: read.line,
            annotator: read.annotator,
            source: read.document.source().clone(),
            tags,
        }
    }
}

/// Gold documents, and what was compared with each.
pub(super) struct GoldDocuments {
    form: Option<QuoteForm>,
    documents: Vec<GoldDocument>,
    by_id: BTreeMap<String, usize>,
    /// Predicted documents that no gold document of the same id and text is there for.
    unpaired: Vec<ComparedDocument>,
}

struct GoldDocument {
    gold: ComparedDocument,
    /// Of the document compared with it last.
    score: Option<Score>,
}

impl GoldDocuments {
    pub(super) fn new(form: Option<QuoteForm>) -> Self {
        Self {
            form,
            documents: Vec::new(),
            by_id: BTreeMap::new(),
            unpaired: Vec::new(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// Adds a gold document. Of several with one id the last counts.
    pub(super) fn add(&mut self, gold: ComparedDocument, told: &mut Told) {
        let known = self.by_id.get(&gold.id);
        if let Some(known) = known.and_then(|place| self.documents.get_mut(*place)) {
            let message = format!(
                "the gold document `{}` is there more than once; only the last one counts; choose an \
                 annotator with --gold-annotator",
                gold.id
            );
            told.problems.push(gold.problem(message));
            known.gold = gold;
            return;
        }
        self.by_id.insert(gold.id.clone(), self.documents.len());
        self.documents.push(GoldDocument { gold, score: None });
    }

    /// Compares a document with the gold one of the same id and text, or keeps it until the texts of all
    /// are known.
    pub(super) fn compare(&mut self, predicted: ComparedDocument, told: &mut Told) {
        let same_id = self.by_id.get(&predicted.id).copied();
        let same = same_id.filter(|place| {
            let known = self.documents.get(*place);
            known.is_some_and(|known| known.gold.source == predicted.source)
        });
        match same {
            Some(place) => self.score(place, &predicted, told),
            None => self.unpaired.push(predicted),
        }
    }

    fn score(&mut self, place: usize, predicted: &ComparedDocument, told: &mut Told) {
        let Some(GoldDocument { gold, score }) = self.documents.get_mut(place) else {
            return;
        };
        if score.is_some() {
            let message = format!(
                "there is more than one document to compare with the gold document `{}`; only the last \
                 one counts; choose an annotator with --annotator",
                gold.id
            );
            told.problems.push(predicted.problem(message));
        }
        *score = Some(score_tags(
            &gold.source,
            &gold.tags,
            &predicted.tags,
            self.form,
        ));
    }

    /// Pairs by their texts what has no pair yet. Gives how many pairs that made, and the documents
    /// without a gold one.
    fn pair_by_text(&mut self, told: &mut Told) -> (usize, Vec<ComparedDocument>) {
        let mut free: BTreeMap<String, VecDeque<usize>> = BTreeMap::new();
        for (place, document) in self.documents.iter().enumerate() {
            if document.score.is_none() {
                let text = document.gold.source.sha256().to_owned();
                free.entry(text).or_default().push_back(place);
            }
        }
        let (mut pairs, mut only_predicted) = (0, Vec::new());
        for predicted in std::mem::take(&mut self.unpaired) {
            let places = free.get_mut(predicted.source.sha256());
            // A further document of a text is compared with the last one of it.
            let place = places.and_then(|places| match places.len() {
                1 => places.front().copied(),
                _ => places.pop_front(),
            });
            match place {
                Some(place) => {
                    pairs += 1;
                    self.score(place, &predicted, told);
                }
                None => only_predicted.push(predicted),
            }
        }
        (pairs, only_predicted)
    }

    /// Adds up the scores; what has no pair counts as without tags.
    pub(super) fn finish(
        mut self,
        path: &Path,
        mut told: Told,
        gold_not_started: usize,
    ) -> ScoreReport {
        let (by_text, only_predicted) = self.pair_by_text(&mut told);
        let mut report = ScoreReport {
            documents: self.documents.len(),
            form: self.form,
            by_text,
            gold_not_started,
            ..ScoreReport::default()
        };
        for GoldDocument { gold, score } in self.documents {
            report.score += &score.unwrap_or_else(|| {
                report.missing.push(gold.id.clone());
                score_tags(&gold.source, &gold.tags, &[], self.form)
            });
            let quotes = gold.tags.iter().filter(|tag| tag.label == QUOTE);
            report.without_form += quotes.filter(|tag| tag.form().is_none()).count();
        }
        for predicted in only_predicted {
            if self.by_id.contains_key(&predicted.id) {
                let message = format!(
                    "the text of `{}` is not that of the gold document, so it is not compared; tag the \
                     same text",
                    predicted.id
                );
                told.problems.push(predicted.problem(message));
            } else {
                report.only_predicted.push(predicted.id);
            }
        }
        if !report.only_predicted.is_empty() && report.missing.len() == report.documents {
            let message = "none of the documents has the id or the text of a gold document, so nothing is \
                           compared; name documents of the same texts";
            told.problems.push(FileProblem::new(path, message));
        }
        report.notes = told.notes.finish();
        report.problems = told.problems.finish();
        report
    }
}

impl ComparedDocument {
    fn problem(&self, message: String) -> FileProblem {
        FileProblem {
            annotator: self.annotator.clone(),
            ..FileProblem::at(&self.file, (self.line, 1), message)
        }
    }
}
