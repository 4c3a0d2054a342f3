//! Where a text has a name, letter by letter.

use super::MentionKind;
use super::mentions::{mention_at, mention_kind};
use crate::text::{SourceText, TextRange, TextSize, snap_to_graphemes};

/// What may follow a name after an apostrophe and is no part of it.
const ENDINGS: [&str; 6] = ["s", "S", "ll", "d", "ve", "re"];
/// Words before and behind a name that are looked at, in bytes.
const BESIDE: TextSize = TextSize::new(64);

/// The places (bytes) where `text` has one of `names` as whole words in the same case, in the order
/// of the text; where two overlap, the first, and of those the longest. White space between words may be
/// any, but no blank line. A possessive ending is no part of a place.
#[must_use]
pub fn name_occurrences(source: &SourceText, names: &[&str]) -> Vec<TextRange> {
    let text = source.as_str();
    let mut found: Vec<TextRange> = Vec::new();
    for name in names {
        let words: Vec<&str> = name.split_whitespace().collect();
        let Some((first, rest)) = words.split_first() else {
            continue;
        };
        if !name.contains(char::is_alphanumeric) {
            continue;
        }
        let starts = text.match_indices(first).map(|(at, _)| at);
        found.extend(starts.filter_map(|at| words_at(text, at, first, rest)));
    }
    found.sort_by_key(|range| (range.start(), std::cmp::Reverse(range.end())));
    let mut free = TextSize::default();
    found.retain(|range| {
        let keep = range.start() >= free && snap_to_graphemes(source, *range) == *range;
        if keep {
            free = range.end();
        }
        keep
    });
    found
}

/// The place of `name` as whole words in the same case that starts at `at` (bytes), if it is there.
#[must_use]
pub fn name_at(source: &SourceText, at: TextSize, name: &str) -> Option<TextRange> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let (first, rest) = words.split_first()?;
    let behind = source.as_str().get(usize::from(at)..)?;
    let found = behind.starts_with(first);
    let found = found.then(|| words_at(source.as_str(), at.into(), first, rest))?;
    found.filter(|range| snap_to_graphemes(source, *range) == *range)
}

/// The place of these words where the first of them stands at `at` (bytes).
fn words_at(text: &str, at: usize, first: &str, rest: &[&str]) -> Option<TextRange> {
    let begin = at + first.len();
    let end = rest.iter().try_fold(begin, |end, word| {
        let behind = text.get(end..)?;
        let next = behind.trim_start();
        let space = behind.get(..behind.len() - next.len())?;
        let is_one = !space.is_empty() && space.matches('\n').count() < 2;
        (is_one && next.starts_with(word)).then(|| end + space.len() + word.len())
    });
    let end = end.filter(|&end| is_whole(text, at, end))?;
    let size = |at: usize| TextSize::try_from(at).ok();
    Some(TextRange::new(size(at)?, size(end)?))
}

/// `words` without a possessive ending.
#[must_use]
pub fn without_possessive(words: &str) -> &str {
    let endings = ["’s", "'s", "’S", "'S"];
    let bare = endings.iter().find_map(|ending| words.strip_suffix(ending));
    bare.filter(|bare| !bare.is_empty()).unwrap_or(words)
}

/// The longer name that the words at `range` (bytes) are part of, with its titles: "Ivanka Trump" for
/// "Trump".
#[must_use]
pub fn longer_name(source: &SourceText, range: TextRange) -> Option<&str> {
    let before = source.slice(snap_to_graphemes(
        source,
        TextRange::new(
            range.start().checked_sub(BESIDE).unwrap_or_default(),
            range.start(),
        ),
    ));
    let after = source.slice(snap_to_graphemes(
        source,
        TextRange::new(range.end(), (range.end() + BESIDE).min(source.len())),
    ));
    let is_name = |word: &str| word.starts_with(char::is_uppercase);
    let beside = |text: &str| text.starts_with(char::is_whitespace);
    let follows = beside(after) && after.split_whitespace().next().is_some_and(is_name);
    let precedes = before.ends_with(char::is_whitespace)
        && (before.split_whitespace().next_back()).is_some_and(is_name);
    if !follows && !precedes {
        return None;
    }
    let group = mention_at(source, range.start()).filter(|group| group.contains_range(range))?;
    // "Ann Lee’s Trump", "Trump’s White House"
    let words = source.slice(group);
    let offset = usize::from(range.start() - group.start());
    let owned = words.get(..offset).and_then(|owner| {
        let ends = ["’s ", "'s "].map(|mark| owner.rfind(mark).map(|at| at + mark.len()));
        ends.into_iter().flatten().max()
    });
    let end = if follows {
        words.len()
    } else {
        offset + usize::from(range.len())
    };
    let words = words.get(owned.unwrap_or(0)..end)?;
    let is_longer = words.len() > usize::from(range.len());
    (is_longer && mention_kind(words) == MentionKind::Named).then_some(words)
}

/// Whether `start..end` (bytes) are whole words: no letter, digit or hyphen joins them to more.
fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let joins = |c: char| matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\'' | '’' | '_' | '@');
    let before = text.get(..start).unwrap_or_default();
    let mut back = before.chars().rev();
    let is_joined = match back.next() {
        Some(c) if c.is_alphanumeric() => true,
        Some(c) if joins(c) => back.next().is_some_and(char::is_alphanumeric),
        Some(_) | None => false,
    };
    let after = text.get(end..).unwrap_or_default();
    let mut on = after.chars();
    let goes_on = match on.next() {
        Some(c) if c.is_alphanumeric() => true,
        Some('\'' | '’') => {
            let rest = on.as_str();
            let word = rest.split(|c: char| !c.is_alphanumeric()).next();
            word.is_some_and(|word| !word.is_empty() && !ENDINGS.contains(&word))
        }
        Some(c) if joins(c) => on.next().is_some_and(char::is_alphanumeric),
        Some(_) | None => false,
    };
    !is_joined && !goes_on
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn source(text: &str) -> SourceText {
        SourceText::new(text, "UTF-8").unwrap()
    }

    #[test]
    fn whole_words_in_the_same_case_are_found() {
        let source = source(
            "Ann Lee came. Lee's plan, LEE, lee, Leeds and McLee; pro-Lee, Lee-led. “Lee’ll go.” \
             Ann\nLee left.\n\nAnn\n\nLee’s",
        );
        let found = name_occurrences(&source, &["Lee", "Ann Lee", "—", ""]);
        let places: Vec<(&str, u32)> = found
            .iter()
            .map(|range| (source.slice(*range), range.start().into()))
            .collect();
        let words: Vec<&str> = places.iter().map(|(words, _)| *words).collect();
        assert_eq!(words, ["Ann Lee", "Lee", "Lee", "Ann\nLee", "Lee"]);
        assert_eq!(places[1].1, 14);
        assert!(name_occurrences(&source, &[]).is_empty());
        assert_eq!(without_possessive("Ann Lee’s"), "Ann Lee");
        assert_eq!(without_possessive("’s"), "’s");
    }

    #[test]
    fn a_longer_name_is_found_around_a_name() {
        for (text, longer) in [
            ("Ivanka Trump spoke.", Some("Ivanka Trump")),
            ("Then President Trump spoke.", Some("President Trump")),
            ("The Trump Foundation paid.", Some("The Trump Foundation")),
            ("Critics of Trump spoke.", None),
            ("He saw Trump’s White House.", None),
            ("“We know Trump,” Lee said.", None),
            ("But Trump spoke.", None),
            ("It was Trump. Nobody saw.", None),
        ] {
            let source = source(text);
            let [place] = name_occurrences(&source, &["Trump"])[..] else {
                panic!("{text}")
            };
            assert_eq!(longer_name(&source, place), longer, "{text}");
        }
    }

    proptest! {
        #[test]
        fn places_have_the_words_and_do_not_overlap(text in "([A-C]nn|Lee|’s|-|[ \n.é\u{301}])*", name in "(Ann|Lee)( Lee)?") {
            let source = source(&text);
            let found = name_occurrences(&source, &[&name, "Lee"]);
            for pair in found.windows(2) {
                prop_assert!(pair[0].end() <= pair[1].start());
            }
            for place in found {
                let words: Vec<&str> = source.slice(place).split_whitespace().collect();
                let words = words.join(" ");
                prop_assert!(words == name || words == "Lee");
                let _ = longer_name(&source, place);
            }
        }
    }
}
