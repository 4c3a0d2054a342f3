/// A number, a word or a mark in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    /// In bytes of the line, like `end`.
    pub(super) start: usize,
    pub(super) end: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// Digits, also full-width ones. One of more than nine digits has the value 0.
    Number {
        value: u32,
        length: usize,
    },
    /// In lower case.
    Word(String),
    Mark(char),
}

impl Token {
    pub(super) fn word(&self) -> Option<&str> {
        match &self.kind {
            TokenKind::Word(word) => Some(word),
            TokenKind::Number { .. } | TokenKind::Mark(_) => None,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Digit,
    Letter,
    /// Characters that name a part of a date, each a word of its own.
    Counter,
    Mark,
}

/// The tokens of a line, without the blanks between them.
pub(super) fn tokens(line: &str) -> Vec<Token> {
    let mut tokens: Vec<(Class, Token)> = Vec::new();
    for (start, c) in line.char_indices() {
        let end = start + c.len_utf8();
        let class = class(c);
        if c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}' {
            continue;
        }
        let open = tokens.last_mut().filter(|(last, token)| {
            *last == class && token.end == start && matches!(class, Class::Digit | Class::Letter)
        });
        match (open, digit(c)) {
            (Some((_, token)), figure) => {
                token.end = end;
                match &mut token.kind {
                    TokenKind::Number { value, length } => {
                        *length += 1;
                        let more = value.checked_mul(10).zip(figure);
                        let more = more.and_then(|(tens, figure)| tens.checked_add(figure));
                        *value = more.filter(|_| *length <= 9).unwrap_or(0);
                    }
                    TokenKind::Word(word) => word.extend(c.to_lowercase()),
                    TokenKind::Mark(_) => {}
                }
            }
            (None, Some(value)) => {
                let kind = TokenKind::Number { value, length: 1 };
                tokens.push((class, Token { kind, start, end }));
            }
            (None, None) => {
                let kind = match class {
                    Class::Letter | Class::Counter => TokenKind::Word(c.to_lowercase().collect()),
                    Class::Mark | Class::Digit => TokenKind::Mark(c),
                };
                tokens.push((class, Token { kind, start, end }));
            }
        }
    }
    tokens.into_iter().map(|(_, token)| token).collect()
}

fn class(c: char) -> Class {
    match c {
        _ if digit(c).is_some() => Class::Digit,
        '年' | '月' | '日' | '時' | '时' | '点' | '分' | '년' | '월' | '일' | '시' | '분' => {
            Class::Counter
        }
        // Ordinals are marks behind a number.
        'º' | 'ª' => Class::Mark,
        _ if c.is_alphabetic() => Class::Letter,
        _ => Class::Mark,
    }
}

fn digit(c: char) -> Option<u32> {
    match c {
        '０'..='９' => Some(u32::from(c) - u32::from('０')),
        _ => c.to_digit(10),
    }
}
