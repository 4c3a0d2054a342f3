//! Quotation marks that have no partner: faults of the text, reported and not guessed at.

use super::mark_pairs::{Family, Scan, Side, mark_at};
use super::quotation_marks::starts_with_mark;
use crate::text::{SourceText, TextRange, TextSize};

/// A quotation mark without a partner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnbalancedMark {
    /// The mark, in bytes.
    pub range: TextRange,
    /// It opens a quotation that nothing closes; else it closes one that nothing opened.
    pub opens: bool,
}

/// A mark of a line that waits for its partner.
struct Waiting {
    mark: UnbalancedMark,
    family: Family,
}

/// The quotation marks that have no partner in their paragraph, in the order of the text. A quotation left
/// open is right where the next paragraph begins with a mark; lines without a blank one between them are
/// one paragraph where a quotation runs over their ends. Single marks may be apostrophes and are never
/// reported, nor is anything in a line with signs of measure (6'2"). Costs the length of the text.
#[must_use]
pub fn unbalanced_marks(source: &SourceText) -> Vec<UnbalancedMark> {
    let lines = source.lines();
    let mut found: Vec<UnbalancedMark> = Vec::new();
    // Opening marks of the line before, if that is not blank.
    let mut open: Vec<Waiting> = Vec::new();
    // Those at the end of a paragraph, which the next may continue.
    let mut at_end: Vec<UnbalancedMark> = Vec::new();
    for line in 0..lines.count() {
        let range = lines.range(line);
        let text = source.slice(range);
        if text.trim().is_empty() {
            at_end.extend(open.drain(..).map(|waiting| waiting.mark));
            continue;
        }
        let goes_on = starts_with_mark(text);
        if !goes_on {
            found.append(&mut at_end);
        }
        at_end.clear();
        let mut here = waiting_in(text, range.start());
        here.retain(|waiting| {
            let closes = |of: &Waiting| of.family == waiting.family && !waiting.mark.opens;
            match open.iter().rposition(closes) {
                Some(partner) => {
                    open.remove(partner);
                    false
                }
                None => true,
            }
        });
        if !goes_on {
            found.extend(open.iter().map(|waiting| waiting.mark));
        }
        open.clear();
        let (opening, closing): (Vec<_>, Vec<_>) =
            here.into_iter().partition(|waiting| waiting.mark.opens);
        found.extend(closing.into_iter().map(|waiting| waiting.mark));
        open = opening;
    }
    found.append(&mut at_end);
    found.extend(open.into_iter().map(|waiting| waiting.mark));
    found.sort_unstable_by_key(|mark| mark.range.start());
    found
}

/// The marks of a line that have no partner in it.
fn waiting_in(text: &str, start: TextSize) -> Vec<Waiting> {
    let mut scan = Scan::new(text);
    scan.run();
    let opened = scan.never_closed.iter().map(|at| (*at, true));
    let closed = scan.never_opened.iter().map(|at| (*at, false));
    let mut places: Vec<(usize, bool)> = opened.chain(closed).collect();
    if places.is_empty() || has_measure(text) || is_markup(text) {
        return Vec::new();
    }
    places.sort_unstable();
    let waiting = places.into_iter().filter_map(|(at, opens)| {
        let mark = mark_at(text.get(at..)?)?;
        let place = start + TextSize::try_from(at).ok()?;
        let range = TextRange::at(place, TextSize::try_from(mark.len).ok()?);
        Some(Waiting {
            mark: UnbalancedMark { range, opens },
            family: mark.family,
        })
    });
    waiting.collect()
}

/// Whether a straight mark, or a curly closing one, is right behind a digit: feet, inches, minutes.
fn has_measure(text: &str) -> bool {
    text.match_indices(|c: char| c.is_ascii_digit())
        .any(|(at, digit)| {
            let behind = text.get(at + digit.len()..).unwrap_or_default();
            let mark = mark_at(behind).filter(|mark| mark.side != Side::Open);
            mark.is_some_and(|mark| {
                let after = behind.get(mark.len..).unwrap_or_default();
                let inch = behind.starts_with('"') || behind.starts_with("''");
                let foot = behind.starts_with(['\'', '’'])
                    && after.trim_start().starts_with(|c: char| c.is_ascii_digit());
                inch || foot
            })
        })
}

/// Whether a line has values of attributes in it: `<a href="…">`.
fn is_markup(text: &str) -> bool {
    text.contains("=\"") || text.contains("\">")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unbalanced(text: &str) -> Vec<(usize, bool)> {
        let source = SourceText::new(text, "UTF-8").unwrap();
        let place = |mark: &UnbalancedMark| (usize::from(mark.range.start()), mark.opens);
        unbalanced_marks(&source).iter().map(place).collect()
    }

    #[test]
    fn what_has_no_partner_is_found() {
        for (text, expected) in [
            ("“We go, she said. Then he left.", &[(0, true)][..]),
            ("We go,” she said.", &[(6, false)]),
            ("\"We go, she said. Then he left.", &[(0, true)]),
            ("We go,\" she said.", &[(6, false)]),
            ("She said “we go.\n\nThen he left.", &[(9, true)]),
            ("She said “we go“ and left.", &[(9, true), (17, true)]),
            ("She said «we go and left.", &[(9, true)]),
            ("Sie sagte: „Wir gehen.", &[(11, true)]),
            ("“One.” “Two. And so on.", &[(11, true)]),
        ] {
            assert_eq!(unbalanced(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_right_is_not() {
        for text in [
            "“We go,” she said. “Now.”",
            "“He says, ‘The minute you go.’”",
            "\"He says, 'Go.'\" ``We go,'' he said.",
            "Er sagte: „Wir gehen.“ Dann »ja« und «non».",
            "Il a dit : « Bonjour à tous. »",
            "Han sa: ”Vi går.”",
            "The workers' rights and the boys’ club don’t.",
            "’Tis the ’90s, rock ’n’ roll, ’em and y’all goin’ home.",
            "He is 5' 10\" tall, a 12\" record and a 6’2” man.",
            "\"He is 6'2\" tall,\" she said.",
            "“One.\n\n“Two.\n\n“Three.”",
            "He said: \"One.\n\n\"Two.\"",
            "“We go and\ndo not come back,” she said. “Not\nnow.”",
            "他说：「好」",
            "He wrote: ''It is our 'leaders' who hid it!''",
            "<a title=\"A “thing>\">It</a>",
            "",
        ] {
            assert_eq!(unbalanced(text), [], "{text}");
        }
    }
}
