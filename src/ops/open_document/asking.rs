//! Whose speaker a mention is that is tagged now.

use super::OpenDocument;
use crate::model::{Annotation, AnnotationId};
use crate::ops::needs_speaker;
use crate::text::{next_paragraph, paragraph_at, previous_paragraph};

impl OpenDocument {
    /// Notes the current tag if it is a quote or a claim.
    pub(super) fn note_speech(&mut self) {
        let current = self.current_tag();
        let speech = current.filter(|tag| self.schema.speaks(&tag.label));
        if let Some(id) = speech.map(|tag| tag.id.clone()) {
            self.last_speech = Some(id);
        }
    }

    /// The quote or claim that a mention of this label, tagged now, is the speaker of: one just
    /// tagged, or asked about, whose speaker nobody has confirmed; else the current one for
    /// selected words, or the one that was current last in this paragraph, if it has no speaker. What is
    /// said in it is no answer.
    pub(super) fn asking_for(&self, label: &str) -> Option<AnnotationId> {
        let set = self.shown.set();
        let without_speaker = || {
            let current = self.current_tag().filter(|_| !self.selection.is_caret())?;
            set.links_from(&current.id)
                .next()
                .is_none()
                .then_some(current)
        };
        let asked = self.asking.as_ref().and_then(|id| set.annotation(id));
        let from = asked
            .or_else(without_speaker)
            .or_else(|| self.left_open())?;
        let role = self.schema.speaker_role(&from.label)?;
        let confirmed = || {
            let mut links = self.shown.set().links_from(&from.id);
            links.any(|link| link.role == role.key && link.confirmed)
        };
        let here = self.selection.range();
        let inside = from
            .fragments
            .iter()
            .any(|part| part.contains_range(here) && !part.is_empty());
        let source = self.shown.source();
        let answered = self.shown.set().links_from(&from.id).next().is_some();
        // Far from a quote with a likely speaker, another mention is one of its own.
        let hull = from.fragments.hull();
        let first = paragraph_at(source, hull.start());
        let last = paragraph_at(source, hull.end());
        let first = previous_paragraph(source, first).unwrap_or(first);
        let near = first.cover(next_paragraph(source, last).unwrap_or(last));
        (self.schema.allows(&role.key, &from.label, label)
            && !inside
            && !confirmed()
            && (!answered || near.contains_range(here)))
        .then(|| from.id.clone())
    }

    /// The quote or claim that was current last, if it has no speaker, is in the paragraph of what is
    /// selected, and nobody says that.
    fn left_open(&self) -> Option<&Annotation> {
        let (set, source) = (self.shown.set(), self.shown.source());
        let here = self.selection.range();
        let last = set.annotation(self.last_speech.as_ref()?)?;
        let own = paragraph_at(source, last.fragments.start())
            .cover(paragraph_at(source, last.fragments.end()));
        let is_said = set
            .at(here.start())
            .into_iter()
            .any(|tag| self.schema.speaks(&tag.label) && tag.fragments.hull().contains_range(here));
        let waits = needs_speaker(&self.shown, &self.schema, last)
            && set.links_from(&last.id).next().is_none()
            && !last.is_rejected()
            && !last.is_open_suggestion();
        (waits && !is_said && own.contains_range(here)).then_some(last)
    }
}
