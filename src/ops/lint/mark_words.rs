//! The words by which a quotation mark without a partner is known, so that a person can ignore it.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use crate::suggest::UnbalancedMark;
use crate::text::{SourceText, TextRange, TextSize};

/// By so many code points beside it a mark is told from others.
const BESIDE: usize = 40;

/// Marks of a text whose words other marks before them have, too.
#[derive(Debug, Clone, Default)]
pub(super) struct RepeatedMarks(BTreeMap<TextSize, usize>);

impl RepeatedMarks {
    /// Counts how many of all the marks of a text, in its order, have the same words before each.
    pub(super) fn among(source: &SourceText, marks: &[UnbalancedMark]) -> Self {
        let mut known: BTreeMap<SmolStr, usize> = BTreeMap::new();
        let mut repeated = BTreeMap::new();
        for mark in marks {
            let before = known.entry(words_beside(source, *mark)).or_default();
            if *before > 0 {
                repeated.insert(mark.range.start(), *before);
            }
            *before += 1;
        }
        Self(repeated)
    }

    /// The mark with the words of its line that it opens or closes. The second one with the same words and those
    /// that follow also have their number, so that each is one by itself, whatever changes elsewhere in the text.
    pub(super) fn words(&self, source: &SourceText, mark: UnbalancedMark) -> SmolStr {
        let words = words_beside(source, mark);
        match self.0.get(&mark.range.start()) {
            Some(before) => format!("{words} ({})", before + 1).into(),
            None => words,
        }
    }
}

fn words_beside(source: &SourceText, mark: UnbalancedMark) -> SmolStr {
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::suggest::unbalanced_marks;

    fn keys(text: &str) -> Vec<SmolStr> {
        let source = SourceText::new(text, "UTF-8").unwrap();
        let marks = unbalanced_marks(&source);
        let repeated = RepeatedMarks::among(&source, &marks);
        let words = marks.iter().map(|mark| repeated.words(&source, *mark));
        words.collect()
    }

    #[test]
    fn each_mark_has_words_of_its_own() {
        // A quotation goes on where the next paragraph opens one again; these do not.
        let text = "“We go.\nIt rains.\n“We go.\nIt rains.\nNo” he said.\n“We go.\nIt rains.\n";
        let expected = ["“We go.", "“We go. (2)", "No”", "“We go. (3)"];
        assert_eq!(keys(text), expected);
        // A change elsewhere leaves them as they are.
        let changed = text.replace("No” he said", "Some words before it; no, no” she said");
        let changed = keys(&format!("A new first line.\n{changed}“The end.\n"));
        assert_eq!(changed[..2], expected[..2]);
        assert_eq!(changed[3..], ["“We go. (3)", "“The end."]);
        let all: BTreeSet<&SmolStr> = changed.iter().collect();
        assert_eq!(all.len(), changed.len());
    }
}
