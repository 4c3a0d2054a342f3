use std::collections::BTreeMap;

use unicode_segmentation::UnicodeSegmentation;

use super::record::Token;

/// Words and marks of a text. One blank after a token belongs to it, all other white space is a
/// token, so that the tokens add up to the text. With `cuts` (code points) a token also ends where
/// a tag begins or ends.
pub(super) fn tokens(text: &str, cuts: &[[u32; 2]]) -> Vec<Token> {
    let mut starts: Vec<u32> = cuts.iter().map(|cut| cut[0]).collect();
    let mut ends: Vec<u32> = cuts.iter().map(|cut| cut[1]).collect();
    starts.sort_unstable();
    ends.sort_unstable();
    let has = |sorted: &[u32], place: u32| sorted.binary_search(&place).is_ok();
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0_u32;
    for word in text.split_word_bounds() {
        let mut piece = String::new();
        let mut start = at;
        for c in word.chars() {
            if start < at && (has(&starts, at) || has(&ends, at)) {
                push(&mut tokens, std::mem::take(&mut piece), start, at);
                start = at;
            }
            piece.push(c);
            at += 1;
        }
        let follows = piece == " " && !has(&starts, start) && !has(&ends, at);
        match tokens.last_mut() {
            Some(last) if follows && last.end == start && !last.ws => last.ws = true,
            _ => push(&mut tokens, piece, start, at),
        }
    }
    tokens
}

fn push(tokens: &mut Vec<Token>, text: String, start: u32, end: u32) {
    if start < end {
        tokens.push(Token {
            text,
            start,
            end,
            id: tokens.len(),
            ws: false,
        });
    }
}

/// Finds the tokens a stretch begins and ends with.
pub(super) struct TokenEnds {
    starts: BTreeMap<u32, usize>,
    ends: BTreeMap<u32, usize>,
}

impl TokenEnds {
    pub(super) fn of(tokens: &[Token]) -> Self {
        Self {
            starts: tokens.iter().map(|token| (token.start, token.id)).collect(),
            ends: tokens.iter().map(|token| (token.end, token.id)).collect(),
        }
    }

    /// The first and the last token of a stretch; `None` where it cuts one.
    pub(super) fn around(&self, start: u32, end: u32) -> Option<(usize, usize)> {
        Some((*self.starts.get(&start)?, *self.ends.get(&end)?))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Tokens make up the text, and no tag cuts one.
        #[test]
        fn tokens_make_up_the_text(
            text in "(?s).{0,40}|[a\u{301}é😀 \r\n.]{0,40}",
            cuts in prop::collection::vec((0_u32..40, 0_u32..40), 0..6),
        ) {
            let length = u32::try_from(text.chars().count()).unwrap();
            let cuts: Vec<[u32; 2]> = cuts
                .into_iter()
                .map(|(a, b)| [a.min(b), a.max(b).min(length)])
                .filter(|[a, b]| a < b)
                .collect();
            let tokens = tokens(&text, &cuts);
            let rebuilt: String = tokens
                .iter()
                .map(|token| format!("{}{}", token.text, if token.ws { " " } else { "" }))
                .collect();
            prop_assert_eq!(rebuilt, text.as_str());
            for token in &tokens {
                let words: String = text.chars().take(token.end as usize).skip(token.start as usize).collect();
                prop_assert_eq!(&words, &token.text);
            }
            let ends = TokenEnds::of(&tokens);
            for [start, end] in cuts {
                prop_assert!(ends.around(start, end).is_some(), "{start} {end} {tokens:?}");
            }
        }
    }

    #[test]
    fn runs_of_blanks_are_tokens() {
        let texts: Vec<_> = tokens(" a  b c\r\n", &[])
            .into_iter()
            .map(|token| (token.text, token.ws))
            .collect();
        let expected = [
            (" ", false),
            ("a", false),
            ("  ", false),
            ("b", true),
            ("c", false),
            ("\r\n", false),
        ];
        assert_eq!(texts, expected.map(|(text, ws)| (text.to_owned(), ws)));
    }
}
