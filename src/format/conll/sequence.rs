//! Tags of words as ranges of words.

use crate::format::Imported;
use crate::format::RecordProblem;

/// A range of words with a label.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    /// Its first and last word, by their numbers.
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) label: String,
}

/// What a tag says of its word: the sign before the label, and the label.
pub(super) fn sign(tag: &str) -> Option<(char, &str)> {
    let mut characters = tag.chars();
    let sign = characters.next()?;
    let label = characters.as_str();
    let known = "BIOLUESMW".contains(sign);
    let capital = sign.to_ascii_uppercase();
    match label.strip_prefix('-') {
        _ if capital == 'O' => (sign == 'O' && label.is_empty()).then_some(('O', "")),
        Some(label) if "BILUESMW".contains(capital) && !label.is_empty() => Some((capital, label)),
        None if known && label.is_empty() && sign != 'M' && sign != 'W' => Some((sign, "")),
        _ => None,
    }
}

/// How a file marks where a tag begins and ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scheme {
    /// `I` begins a tag; `B` only one that follows another of the same label.
    inside_begins: bool,
    /// The last word has a sign of its own.
    ends: bool,
}

impl Scheme {
    /// Decides by all tags of a file, those of each sentence together.
    pub(super) fn of<'a>(sentences: impl Iterator<Item = Vec<&'a str>>) -> Self {
        let (mut begins, mut begins_inside, mut ends) = (0, 0, false);
        for tags in sentences {
            let mut before = "";
            let mut open = false;
            for tag in tags {
                let (sign, label) = sign(tag).unwrap_or(('O', ""));
                let follows = open && before == label;
                match sign {
                    'B' if !follows => begins += 1,
                    'I' if !follows => begins_inside += 1,
                    'L' | 'E' | 'U' | 'S' | 'W' => ends = true,
                    _ => {}
                }
                open = sign != 'O';
                before = label;
            }
        }
        Self {
            inside_begins: begins == 0 && begins_inside > 0 && !ends,
            ends,
        }
    }
}

/// The ranges in a sentence, whose tags are those of the words from `first` on.
pub(super) fn stretches(
    tags: &[(usize, &str)],
    first: usize,
    scheme: Scheme,
    imported: &mut Imported,
) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    // Whether the last range can go on.
    let mut open = false;
    let mut unfinished: Option<(usize, &str)> = None;
    let mut tell = |line: usize, tag: &str, why: &str| {
        imported.notes.push(RecordProblem {
            line,
            message: format!("`{tag}` {why}"),
        });
    };
    const NOT_ENDED: &str = "has no last word; its tag ends with the last of its words";
    for (n, &(line, tag)) in tags.iter().enumerate() {
        let (sign, label) = sign(tag).unwrap_or(('O', ""));
        let at = first + n;
        let goes_on = open && found.last().is_some_and(|last| last.label == label);
        let begins = match sign {
            'O' => {
                if let Some((line, tag)) = unfinished.take() {
                    tell(line, tag, NOT_ENDED);
                }
                open = false;
                continue;
            }
            'B' | 'U' | 'S' | 'W' => true,
            _ => !goes_on,
        };
        if begins {
            if let Some((line, tag)) = unfinished.take() {
                tell(line, tag, NOT_ENDED);
            }
            if !matches!(sign, 'B' | 'U' | 'S' | 'W') && !scheme.inside_begins {
                tell(line, tag, "follows no word of its tag; a tag begins there");
            }
            found.push(Stretch {
                first: at,
                last: at,
                label: label.to_owned(),
            });
        } else if let Some(last) = found.last_mut() {
            last.last = at;
        }
        open = !matches!(sign, 'L' | 'E' | 'U' | 'S' | 'W');
        unfinished = (open && scheme.ends).then_some((line, tag));
    }
    if let Some((line, tag)) = unfinished {
        tell(line, tag, NOT_ENDED);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ranges as `label first-last`, and what was told.
    fn read(tags: &str) -> (Vec<String>, usize) {
        let tags: Vec<&str> = tags.split(' ').collect();
        let scheme = Scheme::of([tags.clone()].into_iter());
        let mut imported = Imported::default();
        let lined: Vec<(usize, &str)> = tags.iter().map(|tag| (1, *tag)).collect();
        let found = stretches(&lined, 0, scheme, &mut imported);
        let found = found
            .iter()
            .map(|s| format!("{} {}-{}", s.label, s.first, s.last));
        (found.collect(), imported.notes.len())
    }

    #[test]
    fn the_usual_schemes_are_read() {
        for (tags, expected, told) in [
            ("B-x I-x O B-x B-y", &["x 0-1", "x 3-3", "y 4-4"][..], 0),
            (
                "I-x I-x O I-x B-x I-y",
                &["x 0-1", "x 3-3", "x 4-4", "y 5-5"],
                0,
            ),
            ("B-x L-x U-x B-y I-y L-y", &["x 0-1", "x 2-2", "y 3-5"], 0),
            ("B-x E-x S-x O", &["x 0-1", "x 2-2"], 0),
            ("B-x M-x E-x S-y", &["x 0-2", "y 3-3"], 0),
            ("O O", &[], 0),
            // Damaged ones.
            ("B-x I-y O I-x", &["x 0-0", "y 1-1", "x 3-3"], 2),
            ("B-x O U-x B-y", &["x 0-0", "x 2-2", "y 3-3"], 2),
            ("L-x L-x U-x", &["x 0-0", "x 1-1", "x 2-2"], 2),
        ] {
            assert_eq!(
                read(tags),
                (expected.iter().map(|s| (*s).to_owned()).collect(), told),
                "{tags}"
            );
        }
    }
}
