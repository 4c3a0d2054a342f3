//! Where words are after a range of the text was replaced.

use std::ops::Range;

use gix_imara_diff::{Algorithm, Diff, InternedInput};
use unicode_segmentation::UnicodeSegmentation;

use crate::text::{TextRange, TextSize};

/// Which words of a stretch its replacement kept, to take places from the old to the new one.
#[derive(Debug)]
pub(super) struct PositionMap {
    /// In order, without gap; bytes within the stretch.
    words: Vec<Run>,
    /// Length of the replacement in bytes.
    new_len: usize,
    /// Whether about half of the stretch was kept, so that what is between kept words now took the
    /// place of what was there before.
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

impl PositionMap {
    /// Compares a stretch with its replacement.
    pub(super) fn of<'a>(old: &'a str, new: &'a str) -> Self {
        let words = |text| str::split_word_bounds(text).collect::<Vec<_>>();
        let mut words = compare(&words(old), &words(new), 0, 0);
        for run in words.iter_mut().filter(|run| !run.equal) {
            let graphemes = |text: Option<&'a str>| -> Vec<&'a str> {
                text.unwrap_or_default().graphemes(true).collect()
            };
            run.within = compare(
                &graphemes(old.get(run.old.clone())),
                &graphemes(new.get(run.new.clone())),
                run.old.start,
                run.new.start,
            );
            run.within.retain(|run| run.equal);
        }
        // Spaces are everywhere, so they do not count.
        let length = |text: &str| text.split_whitespace().map(str::len).sum::<usize>();
        let equal = words.iter().filter(|run| run.equal);
        let kept: usize = equal
            .filter_map(|run| old.get(run.old.clone()))
            .map(length)
            .sum();
        Self {
            alike: kept * 2 >= length(old).min(length(new)),
            new_len: new.len(),
            words,
        }
    }

    /// Where a range of the text is after `stretch` was replaced; `None` where nothing of it is
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
fn compare(old: &[&str], new: &[&str], old_start: usize, new_start: usize) -> Vec<Run> {
    let mut input = InternedInput::default();
    input.update_before(old.iter().copied());
    input.update_after(new.iter().copied());
    let mut difference = Diff::compute(Algorithm::Histogram, &input);
    difference.postprocess_no_heuristic(&input);
    let mut runs = Runs {
        old,
        new,
        old_at: (0, old_start),
        new_at: (0, new_start),
        runs: Vec::new(),
    };
    let count = |pieces: u32| usize::try_from(pieces).unwrap_or(usize::MAX);
    for hunk in difference.hunks() {
        runs.go_to(count(hunk.before.start), count(hunk.after.start), true);
        runs.go_to(count(hunk.before.end), count(hunk.after.end), false);
    }
    runs.go_to(old.len(), new.len(), true);
    runs.runs
}

/// Runs so far, and up to which piece and byte they go.
struct Runs<'a> {
    old: &'a [&'a str],
    new: &'a [&'a str],
    old_at: (usize, usize),
    new_at: (usize, usize),
    runs: Vec<Run>,
}

impl Runs<'_> {
    /// Adds the run up to these pieces, where there is one.
    fn go_to(&mut self, old: usize, new: usize, equal: bool) {
        let after = |pieces: &[&str], (piece, byte): (usize, usize), to: usize| {
            let pieces = pieces.get(piece..to).unwrap_or_default();
            byte + pieces.iter().map(|piece| piece.len()).sum::<usize>()
        };
        let old_end = after(self.old, self.old_at, old);
        let new_end = after(self.new, self.new_at, new);
        let run = Run {
            old: self.old_at.1..old_end,
            new: self.new_at.1..new_end,
            equal,
            within: Vec::new(),
        };
        (self.old_at, self.new_at) = ((old, old_end), (new, new_end));
        if !run.old.is_empty() || !run.new.is_empty() {
            self.runs.push(run);
        }
    }
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
        let new = PositionMap::of(from, to).follow(range(start, end), stretch)?;
        Some(edited[std::ops::Range::<usize>::from(new)].to_owned())
    }

    #[test]
    fn a_range_follows_its_words() {
        for (marked, from, to, expected) in [
            // Before and after the stretch.
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
    fn in_a_text_written_anew_only_the_whole_follows() {
        let (old, new) = ("a b ".repeat(10_000), "c d ".repeat(10_000));
        let kept = PositionMap::of(&old, &new);
        let all = range(0, old.len());
        assert_eq!(kept.follow(all, all), Some(range(0, new.len())));
        assert_eq!(kept.follow(range(4, 5), all), None);
    }

    proptest! {
        /// Every range that is left is in the new text, and kept order stays.
        #[test]
        fn ranges_stay_in_the_text_and_in_order(
            old in "[ab .]{0,12}", new in "[ab .]{0,12}", start in 0_usize..14, length in 1_usize..14,
            more in 0_usize..14,
        ) {
            let text = format!("xy{old}yx");
            let edited = format!("xy{new}yx");
            let stretch = range(2, 2 + old.len());
            let kept = PositionMap::of(&old, &new);
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
            let same = PositionMap::of(&old, &old);
            prop_assert_eq!(same.follow(range(start, end), stretch), Some(range(start, end)));
        }
    }
}
