use crate::text::{SourceText, TextRange, TextSize, snap_to_graphemes};

/// What is judged of a tag, in bytes. No one speaks longer; a tag over a whole book must not cost
/// its length.
const JUDGED: TextSize = TextSize::new(16_384);

/// The parts of a tag's fragments (in order) that its form and its speaker are judged by: all of them,
/// but of a very long tag only the beginning.
pub(super) fn truncated(source: &SourceText, fragments: &[TextRange]) -> Vec<TextRange> {
    let Some(first) = fragments.first() else {
        return Vec::new();
    };
    let end = first.start().checked_add(JUDGED).unwrap_or(source.len());
    let near = TextRange::new(first.start(), end);
    fragments
        .iter()
        .filter_map(|fragment| {
            let part = fragment.intersect(near)?;
            let whole = part.is_empty() || part == *fragment;
            let part = if whole {
                *fragment
            } else {
                snap_to_graphemes(source, part)
            };
            Some(part)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_of_usual_length_is_judged_whole_and_a_book_by_its_beginning() {
        let source = SourceText::new("é".repeat(50_000), "UTF-8").unwrap();
        let range = |start: u32, end: u32| TextRange::new(start.into(), end.into());
        let short = [range(0, 40), range(60, 80)];
        assert_eq!(truncated(&source, &short), short);
        let long = [range(0, 8), range(10, 100_000)];
        let judged = truncated(&source, &long);
        assert_eq!(judged[0], long[0]);
        assert!(judged[1].len() <= JUDGED && source.get(judged[1]).is_some());
    }
}
