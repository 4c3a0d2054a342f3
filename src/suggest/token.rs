//! Words and marks of a sentence, for the rules.

use smol_str::{SmolStr, StrExt};
use unicode_segmentation::UnicodeSegmentation;

use super::lexicon::{ADVERB, LY_NAME, REPORTS, Words, lists_of};
use crate::text::{SourceText, TextRange, TextSize};

/// A word, or one mark of punctuation.
#[derive(Debug, Clone)]
pub(super) struct Token {
    /// Bytes of the article; without a possessive *'s*.
    pub(super) range: TextRange,
    pub(super) text: SmolStr,
    pub(super) lower: SmolStr,
    /// The word lists it is in.
    pub(super) lists: Words,
    pub(super) is_word: bool,
    /// A word that starts with a capital.
    is_capital: bool,
    /// As [`has_joined_particle`] says of the word.
    pub(super) has_joined_particle: bool,
    /// Followed by *'s*.
    pub(super) possessive: bool,
    /// First word of the sentence or of a quote.
    pub(super) first: bool,
    /// Inside a quotation.
    pub(super) quoted: bool,
}

impl Token {
    /// A word of letters and digits of ASCII.
    fn plain(words: &str, range: TextRange, first: bool, quoted: bool) -> Self {
        let text = SmolStr::new(words);
        let lower = if words.bytes().any(|byte| byte.is_ascii_uppercase()) {
            words.to_ascii_lowercase_smolstr()
        } else {
            text.clone()
        };
        Self {
            range,
            lists: lists_of(&lower),
            text,
            lower,
            is_word: true,
            is_capital: words.starts_with(|c: char| c.is_ascii_uppercase()),
            has_joined_particle: false,
            possessive: false,
            first,
            quoted,
        }
    }

    /// Whether it starts with a capital.
    pub(super) fn is_capital(&self) -> bool {
        self.is_capital
    }

    /// Whether it is in one of these lists.
    pub(super) fn is(&self, words: Words) -> bool {
        self.lists.meets(words)
    }

    /// Whether it may be an adverb; "Schlafly" is none.
    pub(super) fn is_adverb(&self) -> bool {
        self.is(ADVERB)
            || self.lower.len() > 3
                && self.lower.ends_with("ly")
                && (self.first && !self.is(LY_NAME) || !self.is_capital())
    }

    /// Whether it is this mark.
    pub(super) fn is_mark(&self, marks: &[&str]) -> bool {
        !self.is_word && marks.contains(&self.text.as_str())
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

/// The graphemes of a text with their offsets in bytes. Letters between others of ASCII are told
/// without a look at the tables.
#[derive(Clone)]
struct Graphemes<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Graphemes<'a> {
    fn peek(&self) -> Option<(usize, &'a str)> {
        let rest = self.text.get(self.at..)?;
        let bytes = rest.as_bytes();
        let plain = match bytes {
            [first, second, ..] => first.is_ascii() && second.is_ascii() && *first != b'\r',
            [first] => first.is_ascii(),
            [] => return None,
        };
        let grapheme = if plain {
            rest.get(..1)
        } else {
            rest.graphemes(true).next()
        };
        grapheme.map(|grapheme| (self.at, grapheme))
    }

    /// Passes over letters and digits of ASCII that nothing combines with; returns where they end.
    fn skip_plain(&mut self) -> usize {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let plain = rest
            .iter()
            .take_while(|byte| byte.is_ascii_alphanumeric())
            .count();
        let combines = rest.get(plain).is_some_and(|next| !next.is_ascii());
        self.at += plain - usize::from(combines && plain > 0);
        self.at
    }

    /// Passes over the next word if it is of letters and digits of ASCII alone and nothing may join on to it,
    /// as most are; returns where it is.
    fn plain_word(&mut self) -> Option<(usize, usize)> {
        let bytes = self.text.as_bytes();
        let mut start = self.at;
        while let Some([b' ', next, ..]) = bytes.get(start..)
            && next.is_ascii()
        {
            start += 1;
        }
        let rest = bytes.get(start..)?;
        let is_letter = |byte: &&u8| byte.is_ascii_alphanumeric();
        let len = rest.iter().take_while(is_letter).count();
        let ends = match rest.get(len..)? {
            [b',', b' ', ..] | [b'.'] => true,
            [next, ..] => ends_word(Some(next)),
            [] => true,
        };
        (len > 0 && ends).then(|| {
            self.at = start + len;
            (start, self.at)
        })
    }

    fn next_if(&mut self, fits: impl Fn(&str) -> bool) -> Option<(usize, &'a str)> {
        let next = self.peek().filter(|(_, grapheme)| fits(grapheme))?;
        self.at += next.1.len();
        Some(next)
    }
}

impl<'a> Iterator for Graphemes<'a> {
    type Item = (usize, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        self.next_if(|_| true)
    }
}

/// Whether a word ends before a byte, as nearly all do: at a blank or another mark of ASCII that joins no
/// words, or at the end.
fn ends_word(next: Option<&u8>) -> bool {
    next.is_none_or(|byte| {
        matches!(
            byte,
            b' ' | b'"' | b'(' | b')' | b'!' | b'?' | b':' | b';' | b'/' | b'\n'
        )
    })
}

/// Reads a word that starts with the grapheme `start..end` to its end.
fn word_end(text: &str, start: usize, mut end: usize, graphemes: &mut Graphemes) -> usize {
    let numeric = |part: &str| part.ends_with(|c: char| c.is_ascii_digit());
    loop {
        end = end.max(graphemes.skip_plain());
        if ends_word(text.as_bytes().get(end)) {
            return end;
        }
        if let Some((at, next)) = graphemes.next_if(starts_word) {
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

/// How many tokens begin before a byte. O(log n).
pub(super) fn tokens_before(tokens: &[Token], at: TextSize) -> usize {
    tokens.partition_point(|token| token.range.start() < at)
}

/// The tokens of `sentence`; a word directly followed by a full stop inside the sentence keeps it
/// (an abbreviation). `quotes`, by start, are the stretches whose words count as quoted.
pub(super) fn tokens(source: &SourceText, sentence: TextRange, quotes: &[TextRange]) -> Vec<Token> {
    tokens_of(source.slice(sentence), sentence.start(), quotes)
}

/// [`tokens`] of a sentence, or of words alone, that begin at the byte `base`.
pub(super) fn tokens_of(text: &str, base: TextSize, quotes: &[TextRange]) -> Vec<Token> {
    // Those within others say nothing more.
    let mut outer: Vec<TextRange> = Vec::with_capacity(quotes.len());
    for quote in quotes {
        match outer.last_mut() {
            Some(last) if quote.start() < last.end() => *last = last.cover(*quote),
            _ => outer.push(*quote),
        }
    }
    let holds = |range: TextRange| {
        let next = outer.partition_point(|quote| quote.start() <= range.start());
        let last = next.checked_sub(1).and_then(|last| outer.get(last));
        last.is_some_and(|quote| quote.contains_range(range))
    };
    let mut graphemes = Graphemes { text, at: 0 };
    let mut found: Vec<Token> = Vec::with_capacity(text.len() / 5);
    let mut first = true;
    let place = |offset: usize| base + TextSize::try_from(offset).unwrap_or_default();
    loop {
        if let Some((start, end)) = graphemes.plain_word() {
            let words = text.get(start..end).unwrap_or_default();
            let range = TextRange::new(place(start), place(end));
            let word = Token::plain(words, range, first, holds(range));
            // "Brearly said": a name, as no adverb opens a sentence right before its verb.
            if let Some(before) = found.last_mut()
                && before.first
                && before.lower.ends_with("ly")
                && !before.is(ADVERB)
                && word.is(REPORTS)
                && !word.is_capital
            {
                before.first = false;
            }
            found.push(word);
            first = false;
            continue;
        }
        let Some((start, grapheme)) = graphemes.next() else {
            break;
        };
        if grapheme == " " || grapheme.trim().is_empty() {
            continue;
        }
        let mut end = start + grapheme.len();
        let is_word = starts_word(grapheme);
        if is_word {
            end = word_end(text, start, end, &mut graphemes);
        }
        let mut words = text.get(start..end).unwrap_or_default();
        let possessive = is_word
            && words.ends_with(['s', 'S'])
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
        let range = TextRange::new(place(start), place(start + words.len()));
        let lower = lowered(words);
        found.push(Token {
            range,
            text: words.into(),
            lists: lists_of(&lower),
            lower,
            is_word,
            is_capital: is_word && words.starts_with(char::is_uppercase),
            has_joined_particle: is_word && has_joined_particle(words),
            possessive,
            first: first && is_word,
            quoted: holds(range),
        });
        // A quote, a dateline or a colon starts again.
        let opens =
            |mark: &str| matches!(mark, "“" | "\"" | "‘" | "«" | "„" | "–" | "—" | ":" | "(");
        first = !is_word && (first || opens(words));
    }
    found
}

/// "al-Amr", "el-Sisi": a name whose article is joined to it.
pub(super) fn has_joined_particle(word: &str) -> bool {
    // Most words have no hyphen, which the bytes tell quickest.
    let may_be_hyphen = |byte: u8| byte == b'-' || !byte.is_ascii();
    if !word.bytes().any(may_be_hyphen) {
        return false;
    }
    word.split_once(['-', '\u{2010}', '\u{2011}'])
        .is_some_and(|(particle, name)| {
            let joined = matches!(
                particle,
                "al" | "el" | "ul" | "ad" | "as" | "ash" | "at" | "bin"
            );
            joined && name.starts_with(char::is_uppercase)
        })
}

/// A word as the lists have it: in lower case, with straight apostrophes, without a full stop.
pub(super) fn lowered(word: &str) -> SmolStr {
    let stem = word.trim_end_matches('.');
    if stem.is_ascii() {
        return stem.to_ascii_lowercase_smolstr();
    }
    stem.chars()
        .flat_map(|c| if c == '’' { '\'' } else { c }.to_lowercase())
        .collect()
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
