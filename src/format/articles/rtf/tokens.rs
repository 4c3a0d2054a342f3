//! Rich Text Format as tokens (Microsoft's specification 1.9.1, "RTF syntax").

/// What comes next in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A group begins.
    Open,
    /// A group ends.
    Close,
    /// A word after a backslash, and its number: `\fs20`.
    Word(&'a [u8], Option<i32>),
    /// A character after a backslash: `\~`.
    Symbol(u8),
    /// A byte in hexadecimal: `\'e4`.
    Byte(u8),
    /// Bytes of text as they are.
    Text(&'a [u8]),
}

/// Goes through a file.
pub(super) struct Tokens<'a> {
    rest: &'a [u8],
}

impl<'a> Tokens<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    fn take(&mut self, length: usize) -> &'a [u8] {
        let (taken, rest) = self
            .rest
            .split_at_checked(length)
            .unwrap_or((self.rest, &[]));
        self.rest = rest;
        taken
    }

    fn after_backslash(&mut self) -> Option<Token<'a>> {
        let first = *self.rest.first()?;
        if first == b'\'' {
            self.take(1);
            let digits = std::str::from_utf8(self.rest.get(..2)?).ok();
            let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
            return match byte {
                Some(byte) => {
                    self.take(2);
                    Some(Token::Byte(byte))
                }
                None => Some(Token::Symbol(b'\'')),
            };
        }
        if !first.is_ascii_alphabetic() {
            self.take(1);
            return Some(Token::Symbol(first));
        }
        let letters = self
            .rest
            .iter()
            .take_while(|byte| byte.is_ascii_alphabetic());
        let length = letters.count();
        let word = self.take(length);
        let sign = usize::from(self.rest.first() == Some(&b'-'));
        let digits = self
            .rest
            .iter()
            .skip(sign)
            .take_while(|byte| byte.is_ascii_digit());
        let number = match digits.count() {
            0 => None,
            digits => {
                let number = std::str::from_utf8(self.take(sign + digits)).ok();
                // What is too long for a number is none.
                number.and_then(|number| number.parse::<i64>().ok())
            }
        };
        let number = number.and_then(|number| i32::try_from(number).ok());
        if self.rest.first() == Some(&b' ') {
            self.take(1);
        }
        if word == b"bin" {
            // Bytes that are no RTF.
            let length = number.and_then(|number| usize::try_from(number).ok());
            self.take(length.unwrap_or(0));
        }
        Some(Token::Word(word, number))
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            match *self.rest.first()? {
                b'{' => {
                    self.take(1);
                    return Some(Token::Open);
                }
                b'}' => {
                    self.take(1);
                    return Some(Token::Close);
                }
                b'\\' => {
                    self.take(1);
                    return self.after_backslash();
                }
                // Line ends of the file are none of the text.
                b'\r' | b'\n' | 0 => {
                    self.take(1);
                }
                _ => {
                    let is_text =
                        |byte: &&u8| !matches!(**byte, b'{' | b'}' | b'\\' | b'\r' | b'\n' | 0);
                    let length = self.rest.iter().take_while(is_text).count();
                    return Some(Token::Text(self.take(length)));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_end_where_their_number_or_a_blank_does() {
        let rtf = br"{\b-12 x\'e4\~\u8211?\bin3 {}}\qc}";
        let expected = [
            Token::Open,
            Token::Word(b"b", Some(-12)),
            Token::Text(b"x"),
            Token::Byte(0xe4),
            Token::Symbol(b'~'),
            Token::Word(b"u", Some(8211)),
            Token::Text(b"?"),
            Token::Word(b"bin", Some(3)),
            Token::Word(b"qc", None),
            Token::Close,
        ];
        assert_eq!(Tokens::new(rtf).collect::<Vec<_>>(), expected);
        // Cut off anywhere.
        for end in 0..rtf.len() {
            drop(Tokens::new(&rtf[..end]).collect::<Vec<_>>());
        }
    }
}
