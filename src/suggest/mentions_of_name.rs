//! Where a text names someone whose name is known.

use super::MentionKind;
use super::mentions::mention_kind;
use super::quotation_marks::quoted_stretch_at;
use super::same_name::same_name;
use super::speakers::speaking_mentions;
use crate::text::{SourceText, TextRange, TextSize, overlap, snap_to_graphemes};

/// As far as a mention is looked for, in bytes.
const FAR: TextSize = TextSize::new(32_768);
/// How many places of a name are looked at in each direction.
const LOOK: usize = 64;

/// The mentions of one of `names` outside quotations and `from` (the fragments of a quote or
/// claim, all in bytes), nearest first.
#[must_use]
pub fn mentions_of_name(source: &SourceText, names: &[&str], from: &[TextRange]) -> Vec<TextRange> {
    let Some(here) = from.first().map(|part| part.start()) else {
        return Vec::new();
    };
    let far = here.checked_add(FAR).unwrap_or(source.len());
    let start = here.checked_sub(FAR).unwrap_or_default();
    let before = snap_to_graphemes(source, TextRange::new(start, here));
    let after = snap_to_graphemes(source, TextRange::new(here, far.min(source.len())));
    let mut found: Vec<TextRange> = Vec::new();
    for name in names {
        let Some(surname) = name.split_whitespace().next_back() else {
            continue;
        };
        let back = source.slice(before).rmatch_indices(surname).take(LOOK);
        let back = back.map(|(offset, _)| (before, offset));
        let on = source.slice(after).match_indices(surname).take(LOOK);
        for (window, offset) in back.chain(on.map(|(offset, _)| (after, offset))) {
            let at = window.start() + TextSize::try_from(offset).unwrap_or_default();
            let place = TextRange::at(at, TextSize::of(surname));
            let mentions = speaking_mentions(source, place).into_iter();
            found.extend(mentions.filter(|mention| {
                let words = source.slice(*mention);
                mention_kind(words) == MentionKind::Named
                    && same_name(name, words)
                    && !from.iter().any(|part| overlap(*part, *mention))
                    && quoted_stretch_at(source, mention.start()).is_none()
            }));
        }
    }
    found.sort_by_key(|mention| (distance(from, *mention), mention.start()));
    found.dedup();
    found
}

/// How far a range is from the nearest of some fragments, in bytes.
#[must_use]
pub fn distance(from: &[TextRange], range: TextRange) -> TextSize {
    let gaps = from.iter().map(|part| {
        let before = part.start().checked_sub(range.end()).unwrap_or_default();
        before.max(range.start().checked_sub(part.end()).unwrap_or_default())
    });
    gaps.min().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_mention_is_first_and_quoted_ones_are_none() {
        let text =
            "Karl Holm came.\n\nAnna Berg left. “Holm is late,” Berg said. Holm said “I know.”";
        let source = SourceText::new(text, "UTF-8").unwrap();
        let find = |words: &str| {
            let at = text.find(words).unwrap();
            TextRange::at(TextSize::try_from(at).unwrap(), TextSize::of(words))
        };
        let found = mentions_of_name(&source, &["Karl Holm"], &[find("“Holm is late,”")]);
        let words: Vec<&str> = found.iter().map(|range| source.slice(*range)).collect();
        assert_eq!(words, ["Holm", "Karl Holm"]);
        assert!(mentions_of_name(&source, &["Nobody"], &[find("left")]).is_empty());
    }
}
