//! A person at work on one article, without a window.

#[cfg(feature = "gui")]
use std::sync::atomic::{AtomicU32, Ordering};

use pullquote::model::{AnnotationId, CountedIds, Document, Link, Target};
use pullquote::ops::{Command, Move, OpenDocument, Outcome};
use pullquote::text::{SourceText, TextRange, TextSize};

/// Counted ids, so that tests are exact.
pub(crate) fn counted_ids() -> CountedIds {
    CountedIds::new("n").padded(3)
}

/// Ids that no one else in this run draws.
#[cfg(feature = "gui")]
pub(crate) fn distinct_ids() -> CountedIds {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    counted_ids().after(NEXT.fetch_add(1_000, Ordering::Relaxed))
}

/// An open document, and words instead of offsets.
pub(crate) struct TestEditor {
    pub(crate) open: OpenDocument,
    ids: CountedIds,
}

impl TestEditor {
    /// The sample article, untouched.
    pub(crate) fn sample() -> Self {
        Self::on(include_str!("../../seeds/us-russia-relations.txt"))
    }

    /// Any article, untouched.
    pub(crate) fn on(text: &str) -> Self {
        let source = SourceText::new(text, "UTF-8").unwrap();
        let schema = pullquote::format::schema_file::default_schema().unwrap();
        Self {
            open: OpenDocument::new(Document::new(source), schema),
            ids: counted_ids(),
        }
    }

    /// The sample article with records someone has to decide on.
    pub(crate) fn undecided() -> Self {
        let (document, schema) = super::undecided().clone();
        Self {
            open: OpenDocument::new(document, schema),
            ids: counted_ids(),
        }
    }

    /// Where some words are first.
    pub(crate) fn place_of(&self, words: &str) -> TextRange {
        let text = self.open.document().source().as_str();
        let start = text
            .find(words)
            .unwrap_or_else(|| panic!("no {words:?} in the article"));
        TextRange::at(TextSize::try_from(start).unwrap(), TextSize::of(words))
    }

    pub(crate) fn caret_at(&mut self, at: TextSize) {
        self.run(Move::Select {
            anchor: at,
            head: at,
        });
    }

    /// Puts the caret into the first of some words.
    pub(crate) fn caret_in(&mut self, words: &str) {
        let range = self.place_of(words);
        self.caret_at(range.start() + TextSize::new(1));
    }

    pub(crate) fn select(&mut self, words: &str) {
        let range = self.place_of(words);
        self.run(Move::Select {
            anchor: range.start(),
            head: range.end(),
        });
    }

    /// Runs a command that must not be refused.
    pub(crate) fn run(&mut self, command: impl Into<Command>) -> Outcome {
        let command = command.into();
        let shown = format!("{command:?}");
        self.open
            .run(command, &mut self.ids)
            .unwrap_or_else(|refusal| panic!("{shown} was refused: {refusal}"))
    }

    /// Runs a command that may be refused.
    pub(crate) fn try_run(
        &mut self,
        command: impl Into<Command>,
    ) -> Result<Outcome, pullquote::ops::Refusal> {
        self.open.run(command, &mut self.ids)
    }

    /// Runs a command that must be refused and gives the words.
    pub(crate) fn refused(&mut self, command: impl Into<Command>) -> String {
        let command = command.into();
        let shown = format!("{command:?}");
        match self.open.run(command, &mut self.ids) {
            Ok(_) => panic!("{shown} was not refused"),
            Err(refusal) => refusal.to_string(),
        }
    }

    /// The innermost tag at the first of some words.
    pub(crate) fn tag_at(&self, words: &str) -> AnnotationId {
        let at = self.place_of(words).start() + TextSize::new(1);
        let tags = self.open.document().set().at(at);
        tags.first()
            .unwrap_or_else(|| panic!("no tag at {words:?}"))
            .id
            .clone()
    }

    /// The words of each fragment of a tag.
    pub(crate) fn words(&self, tag: &AnnotationId) -> Vec<String> {
        let document = self.open.document();
        let fragments = &document.set().annotation(tag).unwrap().fragments;
        fragments
            .iter()
            .map(|range| document.source().slice(range).to_owned())
            .collect()
    }

    /// Whether a tag, which may be suggested only, has a link to a speaker.
    pub(crate) fn link_of_shown(&self, tag: &AnnotationId) -> bool {
        let mut links = self.open.shown().set().links_from(tag);
        links.any(|link| link.role == "speaker")
    }

    /// The link to the speaker.
    pub(crate) fn link_of(&self, tag: &AnnotationId) -> Option<Link> {
        self.open
            .document()
            .set()
            .links_from(tag)
            .find(|link| link.role == "speaker")
            .cloned()
    }

    /// The words of the mention a tag is linked to, or the person's name.
    pub(crate) fn speaker_of(&self, tag: &AnnotationId) -> Option<String> {
        match self.link_of(tag)?.to {
            Target::Annotation(id) => self.words(&id).first().cloned(),
            Target::Person(id) => self
                .open
                .document()
                .set()
                .person(&id)
                .map(|p| p.name.clone()),
            Target::NotGiven => None,
        }
    }
}
