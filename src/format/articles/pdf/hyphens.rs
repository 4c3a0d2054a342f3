//! Words that are divided at the end of a line. Whether the hyphen is of the word cannot be seen, so that what is
//! joined is a guess, and told.

use std::collections::BTreeSet;

/// Words with hyphens within lines, and what was joined.
#[derive(Debug, Default)]
pub(super) struct Hyphens {
    /// Words as they are within a line, in small letters.
    within: BTreeSet<String>,
    /// Words that were joined, each with a `|` where it was divided.
    pub(super) joined: Vec<String>,
}

impl Hyphens {
    /// Learns which words have a hyphen of their own.
    pub(super) fn learn(&mut self, line: &str) {
        let words = line
            .split_whitespace()
            .filter(|word| !word.ends_with('-') && word.contains('-'));
        let words = words.map(|word| {
            word.trim_matches(|c: char| !c.is_alphanumeric())
                .to_lowercase()
        });
        if self.within.len() < 100_000 {
            self.within.extend(words);
        }
    }
}

/// Words that stand between two words with a part in common, as in "pre- and post-war".
const BETWEEN: [&str; 8] = ["and", "or", "und", "oder", "bis", "sowie", "et", "ou"];

/// A text and the line after it as one.
pub(super) fn joined(text: &str, line: &str, hyphens: &mut Hyphens) -> String {
    let is_wide = |c: char| matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}');
    let (last, next) = (text.chars().next_back(), line.chars().next());
    let (Some(last), Some(next)) = (last, next) else {
        return format!("{text}{line}");
    };
    if is_wide(last) && is_wide(next) {
        return format!("{text}{line}");
    }
    let without = text.strip_suffix(['-', '\u{ad}', '\u{2010}']);
    let without = without.filter(|text| text.ends_with(char::is_alphanumeric));
    let Some(without) = without else {
        return format!("{text} {line}");
    };
    let first = line.split_whitespace().next().unwrap_or_default();
    if BETWEEN.contains(&first) {
        return format!("{text} {line}");
    }
    if !next.is_lowercase() && last != '\u{ad}' {
        return format!("{text}{line}");
    }
    let begin = without
        .rsplit(char::is_whitespace)
        .next()
        .unwrap_or_default();
    let whole = format!("{begin}-{first}").to_lowercase();
    if hyphens
        .within
        .contains(whole.trim_matches(|c: char| !c.is_alphanumeric()))
    {
        return format!("{without}-{line}");
    }
    let end = first.trim_end_matches(|c: char| !c.is_alphanumeric());
    hyphens.joined.push(format!("{begin}|{end}"));
    format!("{without}{line}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn divided_words_are_joined_and_told() {
        let mut hyphens = Hyphens::default();
        hyphens.learn("the part-time mayor");
        let mut join = |text: &str, line: &str| joined(text, line, &mut hyphens);
        assert_eq!(
            join("at the har-", "bour, he said"),
            "at the harbour, he said"
        );
        assert_eq!(join("a part-", "time job"), "a part-time job");
        assert_eq!(join("of Baden-", "Baden"), "of Baden-Baden");
        assert_eq!(join("Vor-", "und Nachteile"), "Vor- und Nachteile");
        assert_eq!(join("he said –", "and left"), "he said – and left");
        assert_eq!(join("日本", "語"), "日本語");
        assert_eq!(hyphens.joined, ["har|bour"]);
    }
}
