use std::collections::BTreeMap;
use std::sync::OnceLock;

use smol_str::SmolStr;

use crate::suggest::{UnbalancedMark, quoted_stretches, reads_as_speech, unbalanced_marks};
use crate::text::{SourceText, TextRange, TextSize, word_tokens};

/// What rules need to know of a text: its quoted passages, and where words with a capital are.
#[derive(Debug, Clone, Default)]
pub struct TextIndex {
    /// All quoted passages with their marks, by start.
    passages: Vec<TextRange>,
    /// The furthest end up to each of them.
    ends: Vec<TextSize>,
    /// Where words that begin with a capital start.
    capitals: BTreeMap<SmolStr, Vec<TextSize>>,
    /// Quotation marks without a partner, once somebody asks for them.
    unbalanced_marks: OnceLock<Vec<UnbalancedMark>>,
    /// Of which text.
    sha256: String,
}

impl TextIndex {
    /// Reads a text. Costs its length.
    #[must_use]
    pub fn of(source: &SourceText) -> Self {
        let passages = || quoted_stretches(source, source.full_range());
        let capitals = || {
            let mut found: BTreeMap<SmolStr, Vec<TextSize>> = BTreeMap::new();
            for range in word_tokens(source, source.full_range()) {
                let word = source.slice(range);
                if word.starts_with(char::is_uppercase) {
                    found.entry(word.into()).or_default().push(range.start());
                }
            }
            found
        };
        let (passages, capitals) = rayon::join(passages, capitals);
        let mut furthest = TextSize::default();
        let ends = passages.iter().map(|passage| {
            furthest = furthest.max(passage.end());
            furthest
        });
        Self {
            ends: ends.collect(),
            passages,
            capitals,
            unbalanced_marks: OnceLock::new(),
            sha256: source.sha256().to_owned(),
        }
    }

    /// Whether it is of this text.
    #[must_use]
    pub fn is_of(&self, source: &SourceText) -> bool {
        self.sha256 == source.sha256()
    }

    /// The quoted passages that share text with a range, by start.
    pub(super) fn passages_in(&self, range: TextRange) -> impl Iterator<Item = TextRange> + '_ {
        let first = self.ends.partition_point(|end| *end <= range.start());
        let from = self.passages.get(first..).unwrap_or_default();
        from.iter()
            .copied()
            .take_while(move |passage| passage.start() < range.end())
            .filter(move |passage| passage.end() > range.start())
    }

    /// The quoted passages with exactly these words, in the order of the text.
    pub(super) fn passages_of<'a>(
        &'a self,
        source: &'a SourceText,
        words: &'a str,
    ) -> impl Iterator<Item = TextRange> + 'a {
        let all = self.passages.iter().copied();
        all.filter(move |passage| source.get(*passage) == Some(words))
    }

    /// The quoted passages that are in no other and read as speech, in the order of the text.
    pub(super) fn speech<'a>(
        &'a self,
        source: &'a SourceText,
    ) -> impl Iterator<Item = TextRange> + 'a {
        self.passages
            .iter()
            .copied()
            .filter(|passage| self.is_speech(source, *passage))
    }

    /// Whether a quoted passage is in no other and reads as speech.
    pub(super) fn is_speech(&self, source: &SourceText, passage: TextRange) -> bool {
        let mut around = self.passages_in(passage);
        !around.any(|other| other != passage && other.contains_range(passage))
            && reads_as_speech(source, passage)
    }

    /// The quotation marks that have no partner, in the order of the text.
    pub(super) fn unbalanced_marks(&self, source: &SourceText) -> &[UnbalancedMark] {
        self.unbalanced_marks
            .get_or_init(|| unbalanced_marks(source))
    }

    /// Where a word with a capital starts, in the order of the text.
    pub(super) fn capitals(&self, word: &str) -> &[TextSize] {
        self.capitals.get(word).map_or(&[], Vec::as_slice)
    }
}
