//! Text of a page that is not in the article, and why.

use std::collections::BTreeMap;

use hayro_font::kurbo::Point;

use super::text_string::text_string;

/// So many bytes are kept for each reason and page; the rest is counted.
const MOST: usize = 64 << 10;
/// A wider gap than this parts two words, in parts of the size of the type.
const GAP: f64 = 0.3;

/// Why text is not in the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reason {
    /// Its lines are turned, or run downwards.
    NotLevel,
    /// The file marks it as a running header, a footer or the number of a page.
    Marginal,
    /// It lies over the page: a note, a stamp, a field of a form.
    Note,
    Outside,
    Tiny,
    NoFont,
    NoCharacter,
    /// The file says that nothing stands for it.
    Removed,
    /// It would stand for letters that are not there.
    NotPrinted,
    /// Of drawing that nobody knows, or that is not whole.
    Damaged,
    /// The page has too many letters.
    TooMuch,
}

impl Reason {
    /// What is told of such text, before its words.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::NotLevel => "text that is not level",
            Self::Marginal => "header or footer",
            Self::Note => "note, stamp or form field",
            Self::Outside => "text beside the page",
            Self::Tiny => "text too small to see",
            Self::NoFont => "text whose font cannot be read",
            Self::NoCharacter => "codes that stand for no character",
            Self::Removed => "text for which the file gives nothing",
            Self::NotPrinted => "words for something that prints no letters",
            Self::Damaged => "text in a damaged part",
            Self::TooMuch => "text beyond what is read of a page",
        }
    }
}

/// What is left out of a page.
#[derive(Default)]
pub(super) struct LeftOut(BTreeMap<Reason, Text>);

/// Text that is left out for a reason.
#[derive(Default)]
pub(super) struct Text {
    pub(super) words: String,
    /// How many letters are not among the words.
    pub(super) more: usize,
    /// Where the last letter ends.
    end: Option<Point>,
}

impl LeftOut {
    pub(super) fn contains(&self, reason: Reason) -> bool {
        self.0.contains_key(&reason)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (Reason, &Text)> {
        self.0.iter().map(|(reason, text)| (*reason, text))
    }

    /// Adds a letter that begins at a point and ends at another.
    pub(super) fn letter(
        &mut self,
        reason: Reason,
        letter: &str,
        [from, to]: [Point; 2],
        size: f64,
    ) {
        let text = self.0.entry(reason).or_default();
        // Far away from the page, places are less exact.
        let gap = GAP * size + 1e-14 * from.to_vec2().hypot();
        let is_next = text.end.is_some_and(|end| (from - end).hypot() <= gap);
        text.end = Some(to);
        text.push(letter, !is_next);
    }

    /// Adds words.
    pub(super) fn words(&mut self, reason: Reason, words: &str) {
        if !words.trim().is_empty() {
            self.0.entry(reason).or_default().push(words, true);
        }
    }

    /// Adds the bytes of a string or of a description: those of its words that can be read without a font.
    pub(super) fn bytes(&mut self, reason: Reason, bytes: &[u8]) {
        let text = self.0.entry(reason).or_default();
        let readable = |word: &&[u8]| {
            let known = word.iter().filter(|byte| byte.is_ascii_graphic());
            known.count() * 2 >= word.len() && word.iter().all(|byte| *byte > b' ')
        };
        for word in bytes.split(u8::is_ascii_whitespace) {
            match Some(word).filter(readable) {
                Some(word) => text.push(&text_string(word), true),
                None => text.more += word.len(),
            }
        }
    }

    /// Counts a letter that has no words.
    pub(super) fn count(&mut self, reason: Reason) {
        self.0.entry(reason).or_default().more += 1;
    }
}

impl Text {
    fn push(&mut self, words: &str, is_apart: bool) {
        if self.words.len() + words.len() > MOST {
            self.more += words.chars().count();
            return;
        }
        if is_apart && !self.words.is_empty() {
            self.words.push(' ');
        }
        self.words.push_str(words);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(left_out: &LeftOut) -> Vec<(Reason, &str, usize)> {
        let texts = left_out.iter();
        texts
            .map(|(reason, text)| (reason, &*text.words, text.more))
            .collect()
    }

    #[test]
    fn letters_that_follow_each_other_are_a_word() {
        let mut left_out = LeftOut::default();
        for (n, at) in [0.0, 5.0, 10.0, 30.0].into_iter().enumerate() {
            let points = [Point::new(0.0, at), Point::new(0.0, at + 5.0)];
            left_out.letter(Reason::NotLevel, ["a", "b", "c", "d"][n], points, 10.0);
        }
        assert_eq!(told(&left_out), [(Reason::NotLevel, "abc d", 0)]);
    }

    #[test]
    fn of_codes_the_words_are_told_and_the_rest_counted() {
        let mut left_out = LeftOut::default();
        left_out.bytes(Reason::NoFont, b"The ferry, \x01\x02\x03 (sails)");
        left_out.words(Reason::NoFont, " ");
        assert_eq!(told(&left_out), [(Reason::NoFont, "The ferry, (sails)", 3)]);
        left_out.words(Reason::NoFont, &"x".repeat(MOST));
        assert_eq!(told(&left_out)[0].2, MOST + 3);
    }
}
