//! What some programs write for JSON and is none.

use std::fmt;

/// Said of brackets beyond the parser's limit.
pub(super) const TOO_DEEP: &str = "lists and objects are within each other more than 127 levels deep; \
                                   export the file with fewer levels";

/// Whether brackets are nested too deeply to be read.
pub(super) fn is_too_deep(error: &serde_json::Error) -> bool {
    error.to_string().starts_with("recursion limit")
}

/// What is wrong at the place of an error, and what to do, where that can be said better than by the parser.
/// `text` is what was parsed.
pub(super) fn odd_json(error: &serde_json::Error, text: &str) -> Option<String> {
    if is_too_deep(error) {
        return Some(TOO_DEEP.to_owned());
    }
    OddWord::of(error, text).map(|word| word.to_string())
}

/// A word that stands for a value in other languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OddWord {
    word: &'static str,
    /// The line it is on, from 1.
    pub(super) line: usize,
}

impl OddWord {
    /// The word at the place of an error, if it is one. `text` is what was parsed.
    pub(super) fn of(error: &serde_json::Error, text: &str) -> Option<Self> {
        if !error.is_syntax() {
            return None;
        }
        let line = text.split('\n').nth(error.line().checked_sub(1)?)?;
        // The column counts bytes and is that of the word's first letters.
        let at = error.column().saturating_sub(1);
        let words = [
            "NaN",
            "-Infinity",
            "Infinity",
            "None",
            "True",
            "False",
            "undefined",
        ];
        let word = words.into_iter().find(|word| {
            let mut places = line.match_indices(word);
            places.any(|(start, _)| start <= at && at <= start + word.len())
        })?;
        let line = error.line();
        Some(Self { word, line })
    }
}

/// With what to write instead.
impl fmt::Display for OddWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = self.word;
        let instead = match word {
            "True" => "`true`",
            "False" => "`false`",
            _ => "`null`",
        };
        write!(
            f,
            "`{word}` is no value of JSON; write {instead} there, or export the file again"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_other_programs_write_is_named() {
        let said = |text: &str| {
            let error = serde_json::from_str::<serde_json::Value>(text).unwrap_err();
            odd_json(&error, text)
        };
        for word in ["NaN", "-Infinity", "Infinity", "None", "True", "undefined"] {
            let text = format!("{{\"é\": \"NaN\",\n\"a\": {word}}}");
            let found = said(&text).unwrap_or_default();
            assert!(
                found.starts_with(&format!("`{word}` is no value")),
                "{word}: {found}"
            );
        }
        assert!(said(&"[".repeat(200)).unwrap().contains("levels deep"));
        assert_eq!(said("{\"NaN\": 'a'}"), None);
        assert_eq!(said("{\"a\": "), None);
    }
}
