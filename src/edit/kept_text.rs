//! Where words are after a stretch of the text was replaced.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation;

use crate::text::{TextRange, TextSize};

/// What a comparison may cost: the square of how many pieces are compared. Beyond it a stretch
/// counts as written anew.
const DEAREST: usize = 100_000_000;

/// Which words of a stretch its replacement kept, to take places from the old to the new one.
#[derive(Debug)]
pub(super) struct KeptText {
    /// In order, without gap; bytes within the stretch.
    words: Vec<Run>,
    /// Length of the replacement in bytes.
    new_len: usize,
    /// Whether about half of the stretch was kept, so that what stands between kept words now took
    /// the place of what stood there before.
    alike: bool,
}

/// A run of old bytes and the run of new bytes in its place.
#[derive(Debug)]
struct Run {
    old: Range<usize>,
    new: Range<usize>,
    equal: bool,
    /// What of a changed run was kept, grapheme by grapheme: equal runs only.
    within: Vec<Run>,
}

impl KeptText {
    /// Compares a stretch with its replacement.
    pub(super) fn of(old: &str, new: &str) -> Self {
        let pieces = |text: &'_ str| -> Vec<String> {
            text.split_word_bounds().map(str::to_owned).collect()
        };
        let mut words = compare(&pieces(old), &pieces(new), 0, 0);
        for run in words.iter_mut().filter(|run| !run.equal) {
            let graphemes =
                |text: &str| -> Vec<String> { text.graphemes(true).map(str::to_owned).collect() };
            let (before, after) = (old.get(run.old.clone()), new.get(run.new.clone()));
            let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
            run.within = compare(
                &graphemes(before),
                &graphemes(after),
                run.old.start,
                run.new.start,
            );
            run.within.retain(|run| run.equal);
        }
        let kept: usize = words
            .iter()
            .filter(|run| run.equal)
            .map(|run| run.old.len())
            .sum();
        Self {
            alike: kept * 2 >= old.len().min(new.len()),
            new_len: new.len(),
            words,
        }
    }

    /// Where a range of the text lies after `stretch` was replaced; `None` where nothing of it is
    /// left, or what is left is other words. What is put in at its edges does not belong to it.
    pub(super) fn follow(&self, range: TextRange, stretch: TextRange) -> Option<TextRange> {
        let replacement = TextSize::try_from(self.new_len).ok()?;
        let shifted = |at: TextSize| (at + replacement).checked_sub(stretch.len());
        let within = |at: TextSize| usize::from(at - stretch.start());
        let put = |at: usize| Some(stretch.start() + TextSize::try_from(at).ok()?);
        let inside = stretch.contains_range(range) && range != stretch;
        if inside && !self.alike && !self.mostly_kept(within(range.start())..within(range.end())) {
            return None;
        }
        let start = if range.start() >= stretch.end() {
            shifted(range.start())?
        } else if range.start() < stretch.start() {
            range.start()
        } else {
            put(self.start(within(range.start())))?
        };
        let end = if range.end() <= stretch.start() {
            range.end()
        } else if range.end() > stretch.end() {
            shifted(range.end())?
        } else {
            put(self.end(within(range.end())))?
        };
        (start < end).then(|| TextRange::new(start, end))
    }

    /// Where a range that starts at `at` starts now: at the first byte from there that was kept, or
    /// with the run in place of the one that starts there.
    fn start(&self, at: usize) -> usize {
        let Some(run) = self.words.iter().find(|run| at < run.old.end) else {
            return self.new_len;
        };
        if run.equal || at == run.old.start {
            return run.new.start + (at - run.old.start);
        }
        let kept = run.within.iter().find(|kept| at < kept.old.end);
        kept.map_or(run.new.end, |kept| {
            kept.new.start + at.saturating_sub(kept.old.start)
        })
    }

    /// Where a range that ends at `at` ends now.
    fn end(&self, at: usize) -> usize {
        let Some(run) = self.words.iter().rfind(|run| run.old.start < at) else {
            return 0;
        };
        if run.equal || at == run.old.end {
            return run.new.end - (run.old.end - at);
        }
        let kept = run.within.iter().rfind(|kept| kept.old.start < at);
        kept.map_or(run.new.start, |kept| {
            kept.new.end - kept.old.end.saturating_sub(at)
        })
    }

    /// Whether at least half of an old range was kept.
    fn mostly_kept(&self, range: Range<usize>) -> bool {
        let shared = |run: &Run| {
            let end = run.old.end.min(range.end);
            end.saturating_sub(run.old.start.max(range.start))
        };
        let kept: usize = self
            .words
            .iter()
            .flat_map(|run| run.within.iter().chain(run.equal.then_some(run)))
            .map(shared)
            .sum();
        kept * 2 >= range.len()
    }
}

/// Compares pieces; places are counted from `old_start` and `new_start`.
fn compare(old: &[String], new: &[String], old_start: usize, new_start: usize) -> Vec<Run> {
    let pieces = old.len() + new.len();
    let steps = if pieces.saturating_mul(pieces) > DEAREST {
        vec![DiffOp::Replace {
            old_index: 0,
            old_len: old.len(),
            new_index: 0,
            new_len: new.len(),
        }]
    } else {
        capture_diff_slices(Algorithm::Myers, old, new)
    };
    let length = |pieces: &[String], range: Range<usize>| -> usize {
        let pieces = pieces.get(range).unwrap_or_default();
        pieces.iter().map(String::len).sum()
    };
    let (mut old_at, mut new_at) = (old_start, new_start);
    let mut runs = Vec::with_capacity(steps.len());
    for step in steps {
        let old_end = old_at + length(old, step.old_range());
        let new_end = new_at + length(new, step.new_range());
        runs.push(Run {
            old: old_at..old_end,
            new: new_at..new_end,
            equal: matches!(step, DiffOp::Equal { .. }),
            within: Vec::new(),
        });
        (old_at, new_at) = (old_end, new_end);
    }
    runs
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn range(start: usize, end: usize) -> TextRange {
        TextRange::new(start.try_into().unwrap(), end.try_into().unwrap())
    }

    /// The words of `marked` between brackets, after `from` in the text became `to`.
    fn after(marked: &str, from: &str, to: &str) -> Option<String> {
        let start = marked.find('[').unwrap();
        let end = marked.find(']').unwrap() - 1;
        let text = marked.replace(['[', ']'], "");
        let at = text.find(from).unwrap();
        let stretch = range(at, at + from.len());
        let edited = text.replacen(from, to, 1);
        let new = KeptText::of(from, to).follow(range(start, end), stretch)?;
        Some(edited[std::ops::Range::<usize>::from(new)].to_owned())
    }

    #[test]
    fn a_range_follows_its_words() {
        for (marked, from, to, expected) in [
            // Before and behind the stretch.
            ("[He] siad so.", "siad", "said", "He"),
            ("He siad [so].", "siad", "really said", "so"),
            // Around it, and of the same words.
            ("[He siad so].", "siad", "said", "He said so"),
            ("He [siad] so.", "siad", "said", "said"),
            ("He [cat] so.", "cat", "cats", "cats"),
            // Within it.
            ("He siad [so].", "He siad so.", "He said so.", "so"),
            (
                "[He] siad so.",
                "He siad so.",
                "Tillerson siad so.",
                "Tillerson",
            ),
            ("He [said] so.", "He said so.", "He, who said so.", "said"),
            // Across its edges.
            ("He [siad so].", "He siad", "He said", "said so"),
            ("[He siad] so.", "siad so", "said so", "He said"),
            ("[He said] so.", "said so", "so", "He "),
            // Put in at its edges: not of it.
            ("He [said] so.", "said", "said it", "said"),
            ("He [said] so.", "said", "never said", "said"),
            ("He [said] so.", "He said", "He never said", "said"),
        ] {
            assert_eq!(
                after(marked, from, to).as_deref(),
                Some(expected),
                "{marked} {from}"
            );
        }
    }

    #[test]
    fn what_is_deleted_or_written_anew_is_gone() {
        for (marked, from, to) in [
            ("He [said] so.", "said ", ""),
            ("He [said] so.", "said so", "so"),
            (
                "One. [Two words] here. Three.",
                "One. Two words here. Three.",
                "Quite other things stand now.",
            ),
        ] {
            assert_eq!(after(marked, from, to), None, "{marked}");
        }
    }

    #[test]
    fn a_whole_book_written_anew_is_compared_in_one_piece() {
        let (old, new) = ("a b ".repeat(10_000), "c d ".repeat(10_000));
        let kept = KeptText::of(&old, &new);
        assert_eq!(kept.words.len(), 1);
        let all = range(0, old.len());
        assert_eq!(kept.follow(all, all), Some(range(0, new.len())));
        assert_eq!(kept.follow(range(4, 5), all), None);
    }

    proptest! {
        /// Every range that is left lies in the new text, and kept order stays.
        #[test]
        fn ranges_stay_in_the_text_and_in_order(
            old in "[ab .]{0,12}", new in "[ab .]{0,12}", start in 0_usize..14, length in 1_usize..14,
            more in 0_usize..14,
        ) {
            let text = format!("xy{old}yx");
            let edited = format!("xy{new}yx");
            let stretch = range(2, 2 + old.len());
            let kept = KeptText::of(&old, &new);
            let start = start.min(text.len() - 1);
            let end = (start + length).min(text.len());
            let wider = (end + more).min(text.len());
            if let Some(one) = kept.follow(range(start, end), stretch) {
                prop_assert!(usize::from(one.end()) <= edited.len());
                if let Some(two) = kept.follow(range(start, wider), stretch) {
                    prop_assert_eq!(one.start(), two.start());
                    prop_assert!(one.end() <= two.end());
                }
            }
            // An edit that changes nothing moves nothing.
            let same = KeptText::of(&old, &old);
            prop_assert_eq!(same.follow(range(start, end), stretch), Some(range(start, end)));
        }
    }
}
