use crate::model::QuoteForm;
use crate::text::{SourceText, TextRange, TextSize, word_tokens};

/// The form of fragments by the quoted regions of the text. An *and*, *or* or *but* outside, which
/// joins two quotations, does not count. O(words · log regions).
pub(super) fn form_of(
    source: &SourceText,
    fragments: &[TextRange],
    regions: &[TextRange],
) -> QuoteForm {
    let is_quoted = |at: TextSize| {
        let after = regions.partition_point(|region| region.end() <= at);
        regions.get(after).is_some_and(|region| region.contains(at))
    };
    let (mut inside, mut outside) = (false, false);
    for word in fragments
        .iter()
        .flat_map(|range| word_tokens(source, *range))
    {
        let joins = ["and", "or", "but"];
        if is_quoted(word.start()) {
            inside = true;
        } else {
            let word = source.slice(word);
            outside |= !joins.iter().any(|known| word.eq_ignore_ascii_case(known));
        }
    }
    match (inside, outside) {
        (false, _) => QuoteForm::Indirect,
        (true, true) => QuoteForm::Mixed,
        (true, false) => QuoteForm::Direct,
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
            assert_eq!(form_of(&source, &ranges, &regions), expected, "{text}");
        }
    }
}
