//! What the offsets of a file count, judged by the words its tags repeat.

use std::borrow::Cow;

use crate::text::{CodePointIndex, OffsetUnit};

/// A way to count offsets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counting {
    unit: OffsetUnit,
    /// The byte order mark counts, too.
    mark: bool,
    /// Line ends are counted as in [`OtherLineEnds`].
    other_line_ends: bool,
    /// An end is the place of the last character, not the one after it.
    pub(super) inclusive: bool,
}

impl Counting {
    /// Code points of the text as it is, end-exclusive.
    pub(super) const PLAIN: Self = Self {
        unit: OffsetUnit::CodePoints,
        mark: false,
        other_line_ends: false,
        inclusive: false,
    };

    /// All ways, the usual ones first.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        let units = [OffsetUnit::CodePoints, OffsetUnit::Utf16, OffsetUnit::Bytes];
        (0..8_u8).flat_map(move |n| {
            units.into_iter().map(move |unit| Self {
                unit,
                mark: n & 1 != 0,
                other_line_ends: n & 2 != 0,
                inclusive: n & 4 != 0,
            })
        })
    }
}

/// A text, and the same one with the other kind of line ends: `\r\n` for `\n`, or `\n` for `\r\n`.
pub(super) struct CountedText<'t> {
    pub(super) text: &'t CodePointIndex<'t>,
    other: Option<OtherLineEnds<'t>>,
}

struct OtherLineEnds<'t> {
    text: CodePointIndex<'t>,
    /// Its code points from which on offsets differ by one more.
    at: Vec<u32>,
    /// Whether it is the shorter of the two.
    shorter: bool,
}

/// The text with the other kind of line ends; `None` where it has none.
pub(super) fn in_other_line_ends(text: &str) -> Option<String> {
    if text.contains("\r\n") {
        Some(text.replace("\r\n", "\n"))
    } else {
        text.contains('\n').then(|| text.replace('\n', "\r\n"))
    }
}

impl<'t> CountedText<'t> {
    /// `other` is from [`in_other_line_ends`].
    pub(super) fn new(text: &'t CodePointIndex<'t>, other: Option<&'t str>) -> Self {
        let shorter = text.text().contains("\r\n");
        let other = other.map(|other| OtherLineEnds {
            text: CodePointIndex::new(other),
            at: line_ends(text.text(), shorter),
            shorter,
        });
        Self { text, other }
    }

    /// Whether a way of counting is different from those before it for this text.
    pub(super) fn differs(&self, counting: Counting) -> bool {
        (counting.unit == OffsetUnit::CodePoints || !self.text.text().is_ascii() || counting.mark)
            && (!counting.other_line_ends || self.other.is_some())
    }

    /// Fragments in code points of the text; `None` where one ends within a character or outside.
    pub(super) fn converted(
        &self,
        places: &[[u32; 2]],
        counting: Counting,
    ) -> Option<Vec<[u32; 2]>> {
        let converted = places.iter().map(|&[start, end]| {
            let end = end.checked_add(u32::from(counting.inclusive))?;
            Some([
                self.code_point(start, counting)?,
                self.code_point(end, counting)?,
            ])
        });
        converted.collect()
    }

    fn code_point(&self, offset: u32, counting: Counting) -> Option<u32> {
        let mark = match counting.unit {
            OffsetUnit::Bytes => 3,
            OffsetUnit::CodePoints | OffsetUnit::Utf16 => 1,
        };
        let offset = offset.checked_sub(if counting.mark { mark } else { 0 })?;
        if !counting.other_line_ends {
            return self.text.from_unit(offset, counting.unit);
        }
        let other = self.other.as_ref()?;
        let at = other.text.from_unit(offset, counting.unit)?;
        let before = u32::try_from(other.at.partition_point(|&end| end < at)).ok()?;
        if other.shorter {
            at.checked_add(before)
        } else {
            at.checked_sub(before)
        }
    }

    /// The words of fragments, joined by spaces as brat does; `None` where one is empty or outside.
    pub(super) fn words(&self, fragments: &[[u32; 2]]) -> Option<Cow<'t, str>> {
        let text: &'t CodePointIndex<'t> = self.text;
        let mut parts = Vec::with_capacity(fragments.len());
        for &[start, end] in fragments {
            parts.push(text.slice(start, end).filter(|part| !part.is_empty())?);
        }
        Some(match parts[..] {
            [only] => Cow::Borrowed(only),
            _ => Cow::Owned(parts.join(" ")),
        })
    }
}

/// Where the line ends are in the text with the other kind, in code points.
fn line_ends(text: &str, shorter: bool) -> Vec<u32> {
    let mut at = Vec::new();
    let mut chars = text.chars().peekable();
    let mut n = 0_u32;
    while let Some(c) = chars.next() {
        if shorter && c == '\r' && chars.peek() == Some(&'\n') {
            chars.next();
            at.push(n);
        } else if !shorter && c == '\n' {
            at.push(n);
            n = n.saturating_add(1);
        }
        n = n.saturating_add(1);
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, places: [u32; 2], counting: Counting) -> Option<String> {
        let index = CodePointIndex::new(text);
        let other = in_other_line_ends(text);
        let counted = CountedText::new(&index, other.as_deref());
        let fragments = counted.converted(&[places], counting)?;
        counted.words(&fragments).map(Cow::into_owned)
    }

    #[test]
    fn offsets_may_count_the_other_line_ends() {
        let counting = Counting {
            other_line_ends: true,
            ..Counting::PLAIN
        };
        let ends = |text, places| found(text, places, counting);
        assert_eq!(ends("a\r\nb\r\ncd", [4, 6]).as_deref(), Some("cd"));
        assert_eq!(ends("a\r\nb\r\ncd", [2, 4]).as_deref(), Some("b\r\n"));
        assert_eq!(ends("a\nb\ncd", [6, 8]).as_deref(), Some("cd"));
        assert_eq!(ends("a\nb\ncd", [3, 6]).as_deref(), Some("b\n"));
        assert_eq!(ends("ab", [0, 1]), None);
    }

    #[test]
    fn offsets_may_count_the_byte_order_mark_and_include_the_end() {
        let counting = Counting {
            mark: true,
            inclusive: true,
            ..Counting::PLAIN
        };
        assert_eq!(found("abc", [2, 3], counting).as_deref(), Some("bc"));
        assert_eq!(found("abc", [0, 2], counting), None);
        let unit = OffsetUnit::Bytes;
        let bytes = Counting { unit, ..counting };
        assert_eq!(found("äbc", [5, 6], bytes).as_deref(), Some("bc"));
    }
}
