//! Words and marks of a sentence, for the rules.

use std::iter::Peekable;

use unicode_segmentation::{GraphemeIndices, UnicodeSegmentation};

use crate::text::{SourceText, TextRange, TextSize};

/// A word, or one mark of punctuation.
#[derive(Debug, Clone)]
pub(super) struct Token<'a> {
    /// Bytes of the article; without a possessive *'s*.
    pub(super) range: TextRange,
    pub(super) text: &'a str,
    pub(super) lower: String,
    pub(super) is_word: bool,
    /// Followed by *'s*.
    pub(super) possessive: bool,
    /// First word of the sentence or of a quote.
    pub(super) first: bool,
    /// Inside a quotation.
    pub(super) quoted: bool,
}

impl Token<'_> {
    /// Whether it starts with a capital.
    pub(super) fn is_capital(&self) -> bool {
        self.is_word && self.text.starts_with(char::is_uppercase)
    }

    /// Whether it is this mark.
    pub(super) fn is_mark(&self, marks: &[&str]) -> bool {
        !self.is_word && marks.contains(&self.text)
    }
}

fn is_joiner(grapheme: &str) -> bool {
    matches!(
        grapheme,
        "'" | "’" | "-" | "\u{2010}" | "\u{2011}" | "." | "&" | "@" | "," | "_"
    )
}

fn starts_word(grapheme: &str) -> bool {
    grapheme.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '@' | '#' | '$' | '€' | '£'))
}

/// Reads a word that starts with the grapheme `start..end` to its end.
fn word_end(
    text: &str,
    start: usize,
    mut end: usize,
    graphemes: &mut Peekable<GraphemeIndices>,
) -> usize {
    let numeric = |part: &str| part.ends_with(|c: char| c.is_ascii_digit());
    loop {
        if let Some((at, next)) = graphemes.next_if(|(_, next)| starts_word(next)) {
            end = at + next.len();
            continue;
        }
        let mut ahead = graphemes.clone();
        let Some((at, joiner)) = ahead.next().filter(|(_, joiner)| is_joiner(joiner)) else {
            return end;
        };
        let after = at + joiner.len();
        match ahead.peek() {
            Some((_, next)) if starts_word(next) => {
                let word = text.get(start..end).unwrap_or_default();
                if joiner == "," && !(numeric(word) && numeric(next)) {
                    return end;
                }
                end = after;
                *graphemes = ahead;
            }
            // A full stop inside the sentence ends an abbreviation.
            Some(_) if joiner == "." && text.get(after..).is_some_and(goes_on) => {
                *graphemes = ahead;
                return after;
            }
            _ => return end,
        }
    }
}

/// The tokens of `sentence`; a word directly followed by a full stop inside the sentence keeps it
/// (an abbreviation). `quotes` are the stretches whose words count as quoted.
pub(super) fn tokens<'a>(
    source: &'a SourceText,
    sentence: TextRange,
    quotes: &[TextRange],
) -> Vec<Token<'a>> {
    let text = source.slice(sentence);
    let mut graphemes = text.grapheme_indices(true).peekable();
    let mut found: Vec<Token<'a>> = Vec::new();
    let mut first = true;
    while let Some((start, grapheme)) = graphemes.next() {
        if grapheme.trim().is_empty() {
            continue;
        }
        let mut end = start + grapheme.len();
        let is_word = starts_word(grapheme);
        if is_word {
            end = word_end(text, start, end, &mut graphemes);
        }
        let mut words = text.get(start..end).unwrap_or_default();
        let possessive = is_word
            && ["'s", "’s", "'S", "’S"].iter().any(|suffix| {
                words.strip_suffix(suffix).is_some_and(|stem| {
                    let contraction = [
                        "it", "he", "she", "that", "there", "what", "who", "let", "here",
                    ];
                    !stem.is_empty() && !contraction.contains(&stem.to_lowercase().as_str())
                })
            });
        if possessive {
            words = words.get(..words.len() - 1).unwrap_or_default();
            words = words.trim_end_matches(['\'', '’']);
        }
        let place =
            |offset: usize| sentence.start() + TextSize::try_from(offset).unwrap_or_default();
        let range = TextRange::new(place(start), place(start + words.len()));
        found.push(Token {
            range,
            text: words,
            lower: words.trim_end_matches('.').replace('’', "'").to_lowercase(),
            is_word,
            possessive,
            first: first && is_word,
            quoted: quotes.iter().any(|quote| quote.contains_range(range)),
        });
        // A quote, a dateline or a colon starts again.
        let opens =
            |mark: &str| matches!(mark, "“" | "\"" | "‘" | "«" | "„" | "–" | "—" | ":" | "(");
        first = !is_word && (first || opens(words));
    }
    found
}

/// Whether a sentence goes on after a full stop: more words, and no mark closing a quote in between.
fn goes_on(rest: &str) -> bool {
    rest.starts_with([' ', ',', '\u{a0}']) && rest.chars().any(char::is_alphanumeric)
}

const PAIRS: [(&str, &str); 7] = [
    ("(", ")"),
    ("[", "]"),
    ("“", "”"),
    ("‘", "’"),
    ("«", "»"),
    ("\"", "\""),
    ("'", "'"),
];

/// Whether the first mark of `piece` opens something that closes in it.
pub(super) fn opens_inside(piece: &[Token]) -> bool {
    let (Some(first), rest) = (piece.first(), piece.get(1..).unwrap_or_default()) else {
        return false;
    };
    PAIRS
        .iter()
        .any(|(open, close)| first.is_mark(&[open]) && rest.iter().any(|t| t.is_mark(&[close])))
}

/// Whether the last mark of `piece` closes something that opens in it.
pub(super) fn closes_inside(piece: &[Token]) -> bool {
    let Some((last, rest)) = piece.split_last() else {
        return false;
    };
    let count = |mark: &str| rest.iter().filter(|token| token.is_mark(&[mark])).count();
    PAIRS.iter().any(|(open, close)| {
        last.is_mark(&[close])
            && if open == close {
                count(open) % 2 == 1
            } else {
                count(open) > count(close)
            }
    })
}
