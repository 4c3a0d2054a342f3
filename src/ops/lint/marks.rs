use smol_str::SmolStr;

use super::LintContext;
use crate::model::{FindingSubject, LintRule, Problem};
use crate::suggest::UnbalancedMark;
use crate::text::{SourceText, TextRange};

/// So many are listed where an article is open.
const MOST_LISTED: usize = 1_000;
/// By so many code points beside it a mark is told from others.
const BESIDE: usize = 40;

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
        let about = FindingSubject::Words(words_at(self.document.source(), mark));
        self.report(LintRule::UnbalancedMark, about, mark.range)
    }

    /// The listed marks that are told from others by these words.
    pub(in crate::ops) fn marks_of(&self, words: &str) -> impl Iterator<Item = UnbalancedMark> {
        let source = self.document.source();
        let marks = self.listed_marks().0.iter().copied();
        marks.filter(move |mark| words_at(source, *mark) == words)
    }
}

/// A mark with the words of its line that it opens or closes.
fn words_at(source: &SourceText, mark: UnbalancedMark) -> SmolStr {
    let lines = source.lines();
    let line = lines.range(lines.line_at(mark.range.start()));
    if mark.opens {
        let words = source.slice(TextRange::new(mark.range.start(), line.end()));
        let end = words.char_indices().nth(BESIDE + 1).map(|(at, _)| at);
        words
            .get(..end.unwrap_or(words.len()))
            .unwrap_or_default()
            .trim()
            .into()
    } else {
        let words = source.slice(TextRange::new(line.start(), mark.range.end()));
        let start = words.char_indices().rev().nth(BESIDE).map(|(at, _)| at);
        words
            .get(start.unwrap_or_default()..)
            .unwrap_or_default()
            .trim()
            .into()
    }
}
