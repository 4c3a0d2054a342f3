use super::word_tokens::words;
use crate::text::wording::{UnknownWord, from_word};
use crate::text::{SourceText, TextRange, TextSize};

/// How much of a quote is between quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum QuoteForm {
    /// All of its words.
    Direct,
    /// Some of its words.
    Mixed,
    /// None of its words.
    Indirect,
}

impl QuoteForm {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Direct, Self::Mixed, Self::Indirect];

    /// The word in the attribute `form` and on the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Mixed => "mixed",
            Self::Indirect => "indirect",
        }
    }

    /// The form of this word.
    ///
    /// # Errors
    /// [`UnknownWord`] with those there are.
    pub fn named(word: &str) -> Result<Self, UnknownWord> {
        from_word(word, &Self::ALL, Self::word, "a form")
    }

    /// The form of fragments by the quoted regions of the text. An *and*, *or* or *but* outside, which
    /// joins two quotations, does not count. O(words · log regions).
    pub(super) fn of(source: &SourceText, fragments: &[TextRange], regions: &[TextRange]) -> Self {
        let is_quoted = |at: TextSize| {
            let after = regions.partition_point(|region| region.end() <= at);
            regions.get(after).is_some_and(|region| region.contains(at))
        };
        let (mut inside, mut outside) = (false, false);
        for word in fragments.iter().flat_map(|range| words(source, *range)) {
            let joins = ["and", "or", "but"];
            if is_quoted(word.start()) {
                inside = true;
            } else {
                let word = source.slice(word);
                outside |= !joins.iter().any(|known| word.eq_ignore_ascii_case(known));
            }
        }
        match (inside, outside) {
            (false, _) => Self::Indirect,
            (true, true) => Self::Mixed,
            (true, false) => Self::Direct,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::quoted_regions::quoted_regions;

    #[test]
    fn the_form_is_that_of_the_words() {
        for (text, expected) in [
            ("<“We do.”>", QuoteForm::Direct),
            ("<“We do,” AND “not now”>", QuoteForm::Direct),
            ("“<We> do.” He said <“no”>.", QuoteForm::Direct),
            ("<that it is “fine”>", QuoteForm::Mixed),
            ("<“fine” and dandy>", QuoteForm::Mixed),
            ("<that it is so>", QuoteForm::Indirect),
            ("<and>", QuoteForm::Indirect),
            ("<…>", QuoteForm::Indirect),
        ] {
            let mut bare = String::new();
            let (mut ranges, mut start) = (Vec::new(), TextSize::new(0));
            for c in text.chars() {
                match c {
                    '<' => start = TextSize::of(&*bare),
                    '>' => ranges.push(TextRange::new(start, TextSize::of(&*bare))),
                    c => bare.push(c),
                }
            }
            let source = SourceText::new(bare, "UTF-8").unwrap();
            let regions = quoted_regions(&source);
            assert_eq!(
                QuoteForm::of(&source, &ranges, &regions),
                expected,
                "{text}"
            );
        }
    }
}
