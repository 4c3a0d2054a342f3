use smol_str::SmolStr;

use super::LintContext;
use crate::model::{FindingSubject, LintRule, Problem};
use crate::suggest::UnbalancedMark;

/// So many are listed where an article is open.
const MOST_LISTED: usize = 1_000;

impl LintContext<'_> {
    /// The quotation marks of the text that have no partner, in the order of the text.
    pub(in crate::ops) fn marks(&self) -> &[UnbalancedMark] {
        self.text.unbalanced_marks(self.document.source())
    }

    /// Those of them that are listed where an article is open, and the others.
    pub(in crate::ops) fn listed_marks(&self) -> (&[UnbalancedMark], &[UnbalancedMark]) {
        let marks = self.marks();
        marks.split_at(marks.len().min(MOST_LISTED))
    }

    /// What is found about a quotation mark without a partner.
    pub(in crate::ops) fn mark(&self, mark: UnbalancedMark) -> Option<Problem> {
        let about = FindingSubject::Words(self.words_of_mark(mark));
        self.report(LintRule::UnbalancedMark, about, mark.range)
    }

    /// The listed marks that are told from others by these words.
    pub(in crate::ops) fn marks_of(&self, words: &str) -> impl Iterator<Item = UnbalancedMark> {
        let marks = self.listed_marks().0.iter().copied();
        marks.filter(move |mark| self.words_of_mark(*mark) == words)
    }

    fn words_of_mark(&self, mark: UnbalancedMark) -> SmolStr {
        let source = self.document.source();
        self.text.repeated_marks(source).words(source, mark)
    }
}
