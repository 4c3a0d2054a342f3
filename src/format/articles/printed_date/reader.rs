use super::month_names::month;
use super::tokens::{Token, TokenKind};

/// Reads tokens one after the other; each reads nothing where the next is another one.
#[derive(Clone, Copy)]
pub(super) struct Reader<'t> {
    pub(super) tokens: &'t [Token],
    /// How many were read.
    pub(super) read: usize,
}

impl<'t> Reader<'t> {
    pub(super) fn new(tokens: &'t [Token]) -> Self {
        Self { tokens, read: 0 }
    }

    pub(super) fn peek(&self) -> Option<&'t Token> {
        self.tokens.get(self.read)
    }

    pub(super) fn number(&mut self, digits: std::ops::RangeInclusive<usize>) -> Option<i16> {
        let TokenKind::Number { value, length } = self.peek()?.kind else {
            return None;
        };
        if !digits.contains(&length) {
            return None;
        }
        self.read += 1;
        i16::try_from(value).ok()
    }

    pub(super) fn mark(&mut self, marks: &str) -> Option<char> {
        match self.peek()?.kind {
            TokenKind::Mark(mark) if marks.contains(mark) => {
                self.read += 1;
                Some(mark)
            }
            TokenKind::Mark(_) | TokenKind::Word(_) | TokenKind::Number { .. } => None,
        }
    }

    pub(super) fn word(&mut self, fits: impl Fn(&str) -> bool) -> Option<&'t Token> {
        let token = self.peek()?;
        token.word().filter(|word| fits(word))?;
        self.read += 1;
        Some(token)
    }

    pub(super) fn month(&mut self) -> Option<i16> {
        let found = month(self.peek()?.word()?)?;
        self.read += 1;
        self.mark(".");
        Some(found)
    }
}
