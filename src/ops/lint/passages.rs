use super::LintContext;
use crate::model::{FindingSubject, LintRule, Problem};
use crate::ops::suggestions::quote_label;
use crate::text::TextRange;

impl LintContext<'_> {
    /// What is found about a quoted passage: whether it lacks a tag. One that was rejected, or is
    /// suggested, does not.
    pub(in crate::ops) fn passage(&self, passage: TextRange) -> Option<Problem> {
        quote_label(self.schema)?;
        let mut tags = self.document.set().overlapping(passage);
        if tags.any(|(_, tag)| self.schema.speaks(&tag.label)) {
            return None;
        }
        let words = self.document.source().slice(passage);
        let about = FindingSubject::Words(words.into());
        self.report(LintRule::UntaggedQuote, about, passage)
    }

    /// The quoted passages that read as speech and share text with a range.
    pub(in crate::ops) fn speech_in(&self, range: TextRange) -> impl Iterator<Item = TextRange> {
        let source = self.document.source();
        self.text
            .passages_in(source, range)
            .filter(|passage| self.text.is_speech(source, *passage))
    }

    /// The quoted passages with exactly these words that read as speech.
    pub(in crate::ops) fn speech_of<'a>(
        &'a self,
        words: &'a str,
    ) -> impl Iterator<Item = TextRange> + 'a {
        let source = self.document.source();
        let same = self.text.passages_of(source, words);
        same.filter(|passage| self.text.is_speech(source, *passage))
    }
}
