use std::collections::BTreeMap;
use std::sync::OnceLock;

use smol_str::SmolStr;

use super::mark_words::RepeatedMarks;
use crate::suggest::{UnbalancedMark, quoted_stretches, reads_as_speech, unbalanced_marks};
use crate::text::{SourceText, TextRange, TextSize, word_tokens};

/// What rules need to know of a text, each part worked out when a rule first asks for it: its quoted passages,
/// where words with a capital are, and quotation marks without a partner.
#[derive(Debug, Clone, Default)]
pub struct TextIndex {
    passages: OnceLock<Passages>,
    /// Where words that begin with a capital start.
    capitals: OnceLock<BTreeMap<SmolStr, Vec<TextSize>>>,
    unbalanced_marks: OnceLock<Vec<UnbalancedMark>>,
    repeated_marks: OnceLock<RepeatedMarks>,
    /// Of which text.
    sha256: String,
}

/// All quoted passages of a text with their marks.
#[derive(Debug, Clone)]
struct Passages {
    /// By start.
    ranges: Vec<TextRange>,
    /// The furthest end up to each of them.
    ends: Vec<TextSize>,
}

impl Passages {
    fn of(source: &SourceText) -> Self {
        let ranges = quoted_stretches(source, source.full_range());
        let mut furthest = TextSize::default();
        let ends = ranges.iter().map(|passage| {
            furthest = furthest.max(passage.end());
            furthest
        });
        Self {
            ends: ends.collect(),
            ranges,
        }
    }

    fn sharing(&self, range: TextRange) -> impl Iterator<Item = TextRange> + '_ {
        let first = self.ends.partition_point(|end| *end <= range.start());
        let from = self.ranges.get(first..).unwrap_or_default();
        from.iter()
            .copied()
            .take_while(move |passage| passage.start() < range.end())
            .filter(move |passage| passage.end() > range.start())
    }
}

/// Where words that begin with a capital start, in the order of the text.
fn capitals(source: &SourceText) -> BTreeMap<SmolStr, Vec<TextSize>> {
    let mut found: BTreeMap<SmolStr, Vec<TextSize>> = BTreeMap::new();
    for range in word_tokens(source, source.full_range()) {
        let word = source.slice(range);
        if word.starts_with(char::is_uppercase) {
            found.entry(word.into()).or_default().push(range.start());
        }
    }
    found
}

impl TextIndex {
    /// Of a text. Nothing is worked out yet; each part costs the length of the text when it is first asked for.
    #[must_use]
    pub fn of(source: &SourceText) -> Self {
        Self {
            sha256: source.sha256().to_owned(),
            ..Self::default()
        }
    }

    /// Whether it is of this text.
    #[must_use]
    pub fn is_of(&self, source: &SourceText) -> bool {
        self.sha256 == source.sha256()
    }

    /// Like [`Self::of`], with what most rules ask for worked out at once, on two cores.
    #[must_use]
    pub fn worked_out(source: &SourceText) -> Self {
        let (passages, capitals) = rayon::join(|| Passages::of(source), || capitals(source));
        Self {
            passages: passages.into(),
            capitals: capitals.into(),
            ..Self::of(source)
        }
    }

    fn passages(&self, source: &SourceText) -> &Passages {
        self.passages.get_or_init(|| Passages::of(source))
    }

    /// The quoted passages that share text with a range, by start.
    pub(super) fn passages_in<'a>(
        &'a self,
        source: &SourceText,
        range: TextRange,
    ) -> impl Iterator<Item = TextRange> + use<'a> {
        self.passages(source).sharing(range)
    }

    /// The quoted passages with exactly these words, in the order of the text.
    pub(super) fn passages_of<'a>(
        &'a self,
        source: &'a SourceText,
        words: &'a str,
    ) -> impl Iterator<Item = TextRange> + 'a {
        let all = self.passages(source).ranges.iter().copied();
        all.filter(move |passage| source.get(*passage) == Some(words))
    }

    /// The quoted passages that are in no other and read as speech, in the order of the text.
    pub(super) fn speech<'a>(
        &'a self,
        source: &'a SourceText,
    ) -> impl Iterator<Item = TextRange> + 'a {
        let all = self.passages(source).ranges.iter().copied();
        all.filter(|passage| self.is_speech(source, *passage))
    }

    /// Whether a quoted passage is in no other and reads as speech.
    pub(super) fn is_speech(&self, source: &SourceText, passage: TextRange) -> bool {
        let mut around = self.passages_in(source, passage);
        !around.any(|other| other != passage && other.contains_range(passage))
            && reads_as_speech(source, passage)
    }

    /// The quotation marks that have no partner, in the order of the text.
    pub(super) fn unbalanced_marks(&self, source: &SourceText) -> &[UnbalancedMark] {
        self.unbalanced_marks
            .get_or_init(|| unbalanced_marks(source))
    }

    /// Those of them whose words others have, too.
    pub(super) fn repeated_marks(&self, source: &SourceText) -> &RepeatedMarks {
        self.repeated_marks
            .get_or_init(|| RepeatedMarks::among(source, self.unbalanced_marks(source)))
    }

    /// Where a word with a capital starts, in the order of the text.
    pub(super) fn capitals(&self, source: &SourceText, word: &str) -> &[TextSize] {
        let all = self.capitals.get_or_init(|| capitals(source));
        all.get(word).map_or(&[], Vec::as_slice)
    }
}
