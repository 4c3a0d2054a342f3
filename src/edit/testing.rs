//! A editor for tests of actions: a document, where the person is, and what they did.

use super::{Context, History, Refusal, apply};
use crate::model::{
    Annotation, AnnotationId, AttributeKind, Change, CountedIds, Delta, Document, IdSource,
    LabelKind, Link, Person, RoleKind, Schema, Selection, Transaction, Verdict,
};
use crate::text::{SourceText, TextRange, TextSize};

/// Two people, a split quote and a report.
pub(super) const TEXT: &str = "“I think so,” Tillerson said on Tuesday. “Today we do not.”\n\
    He added that Trump knew. Sanders told reporters no more. Secretary Rex Tillerson left.";

fn label(key: &str, letter: char, speaks: bool, mentions: bool) -> LabelKind {
    LabelKind {
        key: key.into(),
        name: key[..1].to_uppercase() + &key[1..],
        plural: format!("{key}s"),
        letter,
        color: "yellow".into(),
        speaks,
        mentions,
        reports: key == "cue",
        was: Vec::new(),
    }
}

/// Quote, speaker, claim and cue, as the default schema has them.
pub(super) fn schema() -> Schema {
    let attribute =
        |name: &str, label: &str, values: &[&str], default: Option<&str>| AttributeKind {
            name: name.into(),
            label: label.into(),
            values: values.iter().map(|&value| value.into()).collect(),
            default: default.map(Into::into),
        };
    Schema::new(
        vec![
            label("quote", 'Q', true, false),
            label("speaker", 'S', false, true),
            label("claim", 'C', true, false),
            label("cue", 'U', false, false),
        ],
        vec![
            RoleKind {
                key: "speaker".into(),
                name: "Speaker".into(),
                from: vec!["quote".into(), "claim".into()],
                to: vec!["speaker".into()],
                people: true,
            },
            RoleKind {
                key: "cue".into(),
                name: "Cue".into(),
                from: vec!["quote".into()],
                to: vec!["cue".into()],
                people: false,
            },
        ],
        vec![
            attribute("form", "quote", &["direct", "indirect", "mixed"], None),
            attribute(
                "mention",
                "speaker",
                &["named", "description", "pronoun"],
                None,
            ),
            attribute(
                "check",
                "claim",
                &["unimportant", "check-worthy"],
                Some("check-worthy"),
            ),
        ],
    )
    .unwrap()
}

#[derive(Debug)]
pub(super) struct TestEditor {
    pub(super) document: Document,
    pub(super) schema: Schema,
    pub(super) selection: Selection,
    pub(super) history: History,
    pub(super) ids: CountedIds,
    /// Words of the last step.
    pub(super) said: String,
}

impl TestEditor {
    pub(super) fn new(text: &str) -> Self {
        Self {
            document: Document::new(SourceText::new(text, "UTF-8").unwrap()),
            schema: schema(),
            selection: Selection::default(),
            history: History::default(),
            ids: CountedIds::new("id").padded(4),
            said: String::new(),
        }
    }

    /// Makes an open suggestion of a tag, as if nobody had accepted it yet.
    pub(super) fn suggest(&mut self, tag: &Annotation) {
        let open = Annotation {
            verdict: Verdict::Open,
            ..tag.clone()
        };
        self.replace(tag.clone(), open);
    }

    /// Puts one tag in the place of another, past the history.
    pub(super) fn replace(&mut self, old: Annotation, new: Annotation) {
        let replaced = Transaction {
            changes: vec![Change::Annotation(Delta::replace(old, new))],
            ..Transaction::new("replaced")
        };
        apply(&mut self.document, &replaced).unwrap();
    }

    /// Where the words first occur.
    pub(super) fn find(&self, words: &str) -> TextRange {
        let start = self.document.source().as_str().find(words).unwrap();
        TextRange::at(TextSize::try_from(start).unwrap(), TextSize::of(words))
    }

    pub(super) fn select(&mut self, words: &str) -> &mut Self {
        let range = self.find(words);
        self.selection = Selection {
            anchor: range.start(),
            head: range.end(),
            tag: None,
        };
        self
    }

    /// Puts the caret one byte into the words.
    pub(super) fn caret(&mut self, words: &str) -> &mut Self {
        let at = self.find(words).start() + TextSize::of(words.chars().next().unwrap());
        self.selection = Selection::caret(at);
        self
    }

    pub(super) fn run(
        &mut self,
        action: impl FnOnce(&Context<'_>, &mut dyn IdSource) -> Result<Transaction, Refusal>,
    ) -> Result<(), Refusal> {
        let ctx = Context {
            document: &self.document,
            schema: &self.schema,
            selection: &self.selection,
            annotator: Some("maria"),
            now: None,
        };
        let transaction = action(&ctx, &mut self.ids)?;
        apply(&mut self.document, &transaction).unwrap();
        let before = self.selection.clone();
        if let Some(selection) = &transaction.selection_after {
            self.selection = selection.clone();
        }
        self.said.clone_from(&transaction.label);
        self.history
            .record(transaction, before, self.selection.clone(), None);
        Ok(())
    }

    /// Tags the words and gives the tag.
    pub(super) fn tag(&mut self, label: &str, words: &str) -> Annotation {
        self.select(words);
        self.run(|ctx, ids| super::action::tag(ctx, label, ids))
            .unwrap();
        self.current()
    }

    pub(super) fn current(&self) -> Annotation {
        self.get(self.selection.tag.as_ref().unwrap()).unwrap()
    }

    pub(super) fn get(&self, id: &AnnotationId) -> Option<Annotation> {
        self.document.set().annotation(id).cloned()
    }

    pub(super) fn links(&self, from: &AnnotationId) -> Vec<Link> {
        self.document.set().links_from(from).cloned().collect()
    }

    pub(super) fn people(&self) -> Vec<Person> {
        self.document.set().people().cloned().collect()
    }

    /// The words of each fragment.
    pub(super) fn words(&self, id: &AnnotationId) -> Vec<String> {
        let tag = self.document.set().annotation(id).unwrap();
        tag.fragments
            .iter()
            .map(|range| self.document.source().get(range).unwrap().to_owned())
            .collect()
    }

    pub(super) fn undo(&mut self) -> bool {
        let Some(replay) = self.history.undo() else {
            return false;
        };
        apply(&mut self.document, &replay.transaction).unwrap();
        self.selection = replay.selection;
        true
    }

    pub(super) fn redo(&mut self) -> bool {
        let Some(replay) = self.history.redo() else {
            return false;
        };
        apply(&mut self.document, &replay.transaction).unwrap();
        self.selection = replay.selection;
        true
    }
}
