use std::collections::BTreeMap;

use smol_str::SmolStr;

use super::label_stats::{LabelStats, SpeakerStats};
use super::person_stats::ArticlePeople;
use super::tagged_people::{Said, add_people, speaker};
use super::{AnnotatorStats, ArticleStats, Labels, StatsRequest, TagsOf, Time};
use crate::model::{Annotation, Document, DocumentState, Schema};
use crate::ops::project_schema::ProjectSchemas;
use crate::ops::read_article::{ReadArticle, Work};
use crate::ops::{FileProblem, Undecided, is_in_use, load_facts};
use crate::store::ArticleFile;
use crate::store::sidecar_file::ReservedName;
use crate::text::word_tokens;

/// What one article adds to the figures.
#[derive(Default)]
pub(super) struct ArticleTally {
    pub(super) article: ArticleStats,
    pub(super) curated: bool,
    pub(super) undecided: Undecided,
    pub(super) suggestions: usize,
    pub(super) rejected: usize,
    pub(super) labels: BTreeMap<SmolStr, LabelStats>,
    pub(super) people: ArticlePeople,
    pub(super) annotators: BTreeMap<SmolStr, AnnotatorStats>,
    pub(super) problems: Vec<FileProblem>,
}

impl ArticleTally {
    pub(super) fn new(
        article: &ArticleFile,
        request: &StatsRequest,
        schemas: &ProjectSchemas,
    ) -> Self {
        let mut tally = Self {
            article: ArticleStats {
                name: article.name.clone(),
                ..ArticleStats::default()
            },
            ..Self::default()
        };
        let is_facts = |(name, _): &(ReservedName, _)| *name == ReservedName::Meta;
        if article.reserved.iter().any(is_facts) {
            let loaded = load_facts(&article.path);
            tally.article.outlet = loaded.facts.outlet;
            tally.article.date = loaded.facts.date;
            tally.problems.extend(loaded.problems);
        }
        let Some(schema) = schemas.known(&article.path) else {
            return tally;
        };
        let mut read = ReadArticle::new(article, request.tags.asked(), request.encoding);
        tally.problems.append(&mut read.problems);
        for work in &read.people {
            tally.add_annotator(work, request);
        }
        if request.tags == TagsOf::Everybody {
            read.curated = None;
        }
        tally.undecided = read.undecided();
        let curated = read.curated.take();
        tally.curated = curated.is_some();
        match (&curated, &request.tags) {
            (Some(document), _) => tally.add_document(document, &schema),
            (None, TagsOf::Curated) => {}
            (None, TagsOf::Settled | TagsOf::Everybody | TagsOf::People(_)) => {
                // Who only reviews is no annotator.
                let documents = read.people.iter().map(|work| &work.document);
                for document in documents.filter(|document| !document.holds_reviews_only()) {
                    tally.add_document(document, &schema);
                }
            }
        }
        tally
    }

    fn add_annotator(&mut self, work: &Work, request: &StatsRequest) {
        let Work {
            annotator,
            document,
            ..
        } = work;
        let name = annotator.as_deref().unwrap_or("");
        let mut labels = Labels::new();
        for tag in document.set().annotations().filter(|tag| is_in_use(tag)) {
            *labels.entry(tag.label.clone()).or_default() += 1;
        }
        let tags = labels.values().sum();
        // Somebody else may have worked in the same file.
        let sittings = document.sittings().iter().filter(|one| one.by == name);
        let (count, seconds) = sittings.fold((0, 0), |(count, seconds), sitting| {
            (count + 1, seconds + u64::from(sitting.seconds))
        });
        let time = (request.times.tells(name) && count > 0).then_some(Time {
            sittings: count,
            seconds,
            tags,
        });
        let stats = AnnotatorStats {
            documents: usize::from(!document.holds_reviews_only()),
            done: usize::from(document.meta().state == DocumentState::Done),
            labels,
            time,
        };
        if stats != AnnotatorStats::default() {
            self.annotators.insert(name.into(), stats);
        }
    }

    fn add_document(&mut self, document: &Document, schema: &Schema) {
        self.article.documents += 1;
        for tag in document.set().annotations() {
            if is_in_use(tag) {
                self.add_tag(document, schema, tag);
            } else if tag.is_rejected() {
                self.rejected += 1;
            } else {
                self.suggestions += 1;
            }
        }
        add_people(&mut self.people, document, schema);
    }

    fn add_tag(&mut self, document: &Document, schema: &Schema, tag: &Annotation) {
        *self.article.labels.entry(tag.label.clone()).or_default() += 1;
        let stats = self.labels.entry(tag.label.clone()).or_default();
        stats.tags += 1;
        stats.split += usize::from(tag.fragments.len() > 1);
        let source = document.source();
        let words = tag.fragments.iter();
        stats
            .words
            .count(words.map(|range| word_tokens(source, range).count()).sum());
        let mut count = |name: &SmolStr, value: SmolStr| {
            let values = stats.attributes.entry(name.clone()).or_default();
            *values.entry(value).or_default() += 1;
        };
        for kind in schema.attributes_of(&tag.label) {
            let value = tag.attribute(&kind.name).cloned();
            count(&kind.name, value.unwrap_or_default());
        }
        for attribute in &tag.attributes {
            let mut known = schema.attributes_of(&tag.label);
            if !known.any(|kind| kind.name == attribute.name) {
                count(&attribute.name, attribute.value.clone());
            }
        }
        if let Some(said) = speaker(document, schema, tag) {
            let SpeakerStats {
                person,
                mention,
                not_given,
                open,
            } = stats.speakers.get_or_insert_default();
            *match said {
                Said::By(_) => person,
                Said::Mentioned => mention,
                Said::NotGiven => not_given,
                Said::Open => open,
            } += 1;
        }
    }
}
