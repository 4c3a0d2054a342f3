//! "BERLIN (dpa) –": where and by whom a report was written, which is never a speaker.

use crate::text::{SourceText, TextRange, TextSize, paragraph_at, trim};

/// As far as a dateline reaches, in characters.
const LONGEST: usize = 60;

/// The dateline a sentence opens with, up to its dash, where the sentence opens its paragraph:
/// words in capitals, or up to three capitalised words with a sentence of its own after the only
/// dash.
pub(super) fn dateline(source: &SourceText, sentence: TextRange) -> Option<TextRange> {
    let paragraph = trim(source, paragraph_at(source, sentence.start()));
    if sentence.start() > paragraph.start() {
        return None;
    }
    let text = source.slice(sentence.intersect(paragraph)?);
    let is_dash = |c: char| matches!(c, '–' | '—' | '―' | '-');
    let dash = text
        .char_indices()
        .take(LONGEST)
        .map(|(at, _)| at)
        .find(|&at| {
            let rest = text.get(at..).unwrap_or_default();
            rest.starts_with(is_dash)
                && rest
                    .trim_start_matches(is_dash)
                    .starts_with(char::is_whitespace)
        })?;
    let (place, rest) = text.split_at_checked(dash)?;
    let words: Vec<&str> = place
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().any(char::is_alphabetic))
        .collect();
    let first = words.first()?;
    let in_capitals = first.chars().count() > 2 && !first.chars().any(char::is_lowercase);
    let behind = rest.trim_start_matches(|c: char| is_dash(c) || c.is_whitespace());
    let opens_anew = behind.starts_with(|c: char| c.is_uppercase() || !c.is_alphanumeric());
    let another_dash = || {
        let mut rest = behind.split(is_dash).skip(1);
        rest.any(|part| part.starts_with(char::is_whitespace))
    };
    let capitalised = || {
        let all = words
            .iter()
            .all(|word| word.starts_with(char::is_uppercase));
        all && words.len() <= 3 && opens_anew && !another_dash()
    };
    if !in_capitals && !capitalised() {
        return None;
    }
    let len = TextSize::try_from(dash).ok()?;
    Some(TextRange::at(sentence.start(), len))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_are_told_from_subjects() {
        for (text, expected) in [
            ("BERLIN – „Wir warten“, sagte Merkel.", Some("BERLIN ")),
            (
                "WASHINGTON (AP) — The president left.",
                Some("WASHINGTON (AP) "),
            ),
            ("Bad Aibling - Die Polizei sucht ihn.", Some("Bad Aibling ")),
            ("Merkel – die Kanzlerin – sagte nein.", None),
            ("Smith — The head of the union — said no.", None),
            ("A well-known man said no.", None),
        ] {
            let source = SourceText::new(text, "UTF-8").unwrap();
            let found = dateline(&source, source.full_range());
            assert_eq!(found.map(|range| source.slice(range)), expected, "{text}");
        }
        let source = SourceText::new("He left. BERLIN – No.", "UTF-8").unwrap();
        let second = TextRange::new(9.into(), source.len());
        assert_eq!(dateline(&source, second), None);
    }
}
