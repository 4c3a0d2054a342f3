//! Words in another Unicode normal form: `é` is one character or two, and the same letter.

use std::borrow::Cow;

use unicode_normalization::char::{canonical_combining_class, decompose_canonical};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfd_quick};

/// A text in canonical decomposition (NFD).
pub(in crate::format) fn canonical(text: &str) -> Cow<'_, str> {
    match is_nfd_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        IsNormalized::No | IsNormalized::Maybe => Cow::Owned(text.nfd().collect()),
    }
}

/// Whether two texts are the same in whatever normal form each of them is.
pub(in crate::format) fn is_same(one: &str, other: &str) -> bool {
    one == other || canonical(one) == canonical(other)
}

/// Characters in canonical decomposition, each with the place of the one it comes from. O(n) but for
/// many marks on one letter.
pub(in crate::format) fn decomposed<P: Copy>(
    characters: impl Iterator<Item = (P, char)>,
) -> Vec<(P, char)> {
    let mut all = Vec::new();
    for (place, c) in characters {
        decompose_canonical(c, |part| all.push((place, part)));
    }
    // The marks of a letter have an order of their own.
    for marks in all.split_mut(|(_, c)| !is_mark(*c)) {
        marks.sort_by_key(|(_, mark)| canonical_combining_class(*mark));
    }
    all
}

/// Whether a character is a mark on the one before it, such as an accent.
pub(in crate::format) fn is_mark(c: char) -> bool {
    canonical_combining_class(c) != 0
}

/// Where words are in a text that was decomposed: the least and the greatest of the `places` of
/// its bytes; `None` where a character is cut. `range` is in bytes of `text`.
pub(in crate::format) fn whole_characters<P: Copy + Ord>(
    text: &str,
    places: &[P],
    range: std::ops::Range<usize>,
) -> Option<(P, P)> {
    let within = places.get(range.clone())?;
    let before = range.start.checked_sub(1).and_then(|at| places.get(at));
    let after = places.get(range.end);
    let cut = before.is_some_and(|place| within.first() == Some(place))
        || after.is_some_and(|place| within.last() == Some(place))
        || text.get(range.end..)?.chars().next().is_some_and(is_mark);
    let ends = within
        .iter()
        .copied()
        .min()
        .zip(within.iter().copied().max());
    ends.filter(|_| !cut)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_alike_and_letters_are_not() {
        for (one, other, same) in [
            ("René", "Rene\u{301}", true),
            ("각", "\u{1100}\u{1161}\u{11a8}", true),
            ("a\u{323}\u{307}", "a\u{307}\u{323}", true),
            ("\u{212b}", "Å", true),
            ("René", "Rene", false),
            ("ﬁ", "fi", false),
        ] {
            assert_eq!(is_same(one, other), same, "{one} {other}");
            let letters = |text: &str| {
                let all = decomposed(text.chars().map(|c| ((), c)));
                all.into_iter().map(|(_, c)| c).collect::<String>()
            };
            assert_eq!(letters(one), canonical(one));
        }
    }
}
