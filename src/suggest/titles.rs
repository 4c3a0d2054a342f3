//! Words before a name that are not part of it: "Secretary Rex Tillerson".

use super::lexicon::{BODY, SPEAKER_NOUN, SURE_TITLE, TITLE};

/// What German titles end with, compounds and forms for women included, in lower case.
const GERMAN_TITLES: &[&str] = &[
    "beauftragte",
    "bürgermeister",
    "chef",
    "kanzler",
    "minister",
    "präsident",
    "sprecher",
    "vorsitzende",
];

/// Whether a word is a title and never a first name; in lower case, without a full stop.
#[must_use]
pub fn is_title(lower: &str) -> bool {
    SURE_TITLE.has(lower) || is_german_title(lower)
}

/// Whether a word, as it is written, says what somebody is and is no part of the name behind it:
/// "member" of "Board member Carol Stein", but not "Member".
#[must_use]
pub fn is_role(word: &str) -> bool {
    SPEAKER_NOUN.has(word) && !BODY.has(word)
}

/// Whether a word in front of a name may say who somebody is; in lower case. First names are among
/// them: only where the rest is a name of its own.
pub(super) fn may_be_title(lower: &str) -> bool {
    TITLE.has(lower) || SPEAKER_NOUN.has(lower) || is_german_title(lower)
}

fn is_german_title(lower: &str) -> bool {
    let stem = lower.strip_suffix("in").unwrap_or(lower);
    let stem = stem
        .strip_suffix('r')
        .filter(|stem| stem.ends_with("nde"))
        .unwrap_or(stem);
    GERMAN_TITLES.iter().any(|end| stem.ends_with(end))
}
