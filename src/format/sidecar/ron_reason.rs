//! Why RON cannot be read, in plain words.

/// Why a file in RON cannot be read at a place: what is wrong there, in words for a person who may never
/// have heard of RON. What to do is in it where it is not plain.
#[must_use]
pub fn ron_reason(error: &ron::Error) -> String {
    use ron::Error;
    let plain = match error {
        Error::ExceededRecursionLimit => {
            "brackets are nested too deeply to be read; remove some levels"
        }
        Error::Message(words) => return words.clone(),
        Error::Io(_) | Error::Utf8Error(_) => "not UTF-8",
        Error::Eof => "it ends too early: a bracket or a quotation mark is not closed",
        Error::ExpectedArray => "a list in `[ ]` is expected here",
        Error::ExpectedArrayEnd => "a comma or a closing `]` is missing before this",
        Error::ExpectedAttribute | Error::ExpectedAttributeEnd => {
            "a line with `#` at its beginning must be `#![enable(implicit_some)]`"
        }
        Error::ExpectedBoolean => "`true` or `false` is expected here",
        Error::ExpectedComma => "a comma or a closing bracket is missing before this",
        Error::ExpectedChar => {
            "one character in single quotation marks, such as 'Q', is expected here"
        }
        Error::ExpectedFloat
        | Error::ExpectedInteger
        | Error::FloatUnderscore
        | Error::UnderscoreAtBeginning => "a number is expected here",
        Error::ExpectedOption | Error::ExpectedUnit => "`None` or a value is expected here",
        Error::ExpectedOptionEnd | Error::ExpectedStructLikeEnd => {
            "a comma or a closing `)` is missing before this"
        }
        Error::ExpectedMap => "a list of names and values in `{ }` is expected here",
        Error::ExpectedMapColon => "a colon is missing between a name and its value",
        Error::ExpectedMapEnd => "a comma or a closing `}` is missing before this",
        Error::ExpectedDifferentStructName { expected, found } => {
            return format!("it begins with `{found}`, and `{expected}` is expected here");
        }
        Error::ExpectedStructLike
        | Error::ExpectedNamedStructLike(_)
        | Error::ExpectedStructName(_) => "a record in `( )` is expected here",
        Error::ExpectedString => "text in double quotation marks is expected here",
        Error::ExpectedStringEnd => "a text has no closing quotation mark",
        Error::ExpectedIdentifier => "a name without quotation marks is expected here",
        Error::InvalidEscape(_) => {
            "a `\\` in a text is followed by something that it cannot stand before; write `\\\\` for a `\\`"
        }
        Error::IntegerOutOfBounds => "this number is too large or too small",
        Error::InvalidIntegerDigit { digit, .. } => return format!("`{digit}` is no digit"),
        Error::NoSuchExtension(name) => {
            return format!("there is nothing called `{name}` to enable");
        }
        Error::UnclosedBlockComment => "a comment has no `*/` at its end",
        Error::UnclosedLineComment => "a comment is not on a line of its own",
        Error::UnexpectedChar(c) => return format!("`{c}` means nothing here"),
        Error::TrailingCharacters => "something follows after the last bracket",
        Error::InvalidValueForType { expected, found } => {
            return format!("{expected} is expected here, not {found}");
        }
        Error::ExpectedDifferentLength { expected, found } => {
            return format!("{expected} is expected here, and there are {found} values");
        }
        Error::NoSuchEnumVariant {
            expected, found, ..
        } => return format!("`{found}` is not known here{}", choice(expected)),
        Error::NoSuchStructField {
            expected, found, ..
        } => return format!("there is no field `{found}`{}", choice(expected)),
        Error::MissingStructField { field, .. } => {
            return format!("the field `{field}` is missing");
        }
        Error::DuplicateStructField { field, .. } => {
            return format!("the field `{field}` is there twice");
        }
        Error::InvalidIdentifier(name) | Error::SuggestRawIdentifier(name) => {
            return format!("`{name}` cannot be a name here");
        }
        // Byte strings, ranges and the like, which no file of ours has, and what later versions add.
        _ => "this cannot be read",
    };
    plain.to_owned()
}

fn choice(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        names => {
            let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            format!("; there is {}", names.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only read")]
    struct Part {
        key: String,
        letter: char,
        #[serde(default)]
        kind: Option<Kind>,
        #[serde(default)]
        list: Vec<u8>,
    }

    #[derive(Debug, Deserialize)]
    enum Kind {
        One,
        Two,
    }

    #[test]
    fn reasons_are_plain_words() {
        let reasons = [
            "(letter: 'Q')",
            "(key: \"q\", key: \"r\", letter: 'Q')",
            "(\"key\": \"q\")",
            "(key: q, letter: 'Q')",
            "(key: \"q\", letter: \"Q\")",
            "(key: \"q\", letter: 'Q', kind: Some(Three))",
            "(key: \"q\", letter: 'Q', list: 1)",
            "(key: \"q\", letter: 'Q', list: [1 2])",
            "(key: \"q\", letter: 'Q', list: [300])",
            "(key: \"q\" letter: 'Q')",
            "(key: \"q",
            "(key: \"\\q\")",
            "(key: \"q\", letter: 'Q'",
            "(key: \"q\", letter: 'Q'))",
            "key: 1",
        ]
        .map(|text| ron_reason(&ron::from_str::<Part>(text).unwrap_err().code));
        insta::assert_snapshot!(reasons.join("\n"), @r"
        the field `key` is missing
        the field `key` is there twice
        a name without quotation marks is expected here
        text in double quotation marks is expected here
        one character in single quotation marks, such as 'Q', is expected here
        `Three` is not known here; there is `One`, `Two`
        a list in `[ ]` is expected here
        a comma or a closing bracket is missing before this
        this number is too large or too small
        a comma or a closing bracket is missing before this
        a text has no closing quotation mark
        a `\` in a text is followed by something that it cannot stand before; write `\\` for a `\`
        a comma or a closing bracket is missing before this
        something follows after the last bracket
        it begins with `key`, and `Part` is expected here
        ");
    }

    /// No word of the parser's own reaches a person.
    #[test]
    fn no_reason_is_the_parser_s() {
        for text in [
            "",
            "(",
            ")",
            "[",
            "{",
            "\"",
            "'",
            "#",
            "#![enable(x)]()",
            "(key",
            "(1: 2)",
            "/*",
            "-",
            "r#\"",
            "0x",
            "(key: 1)",
        ] {
            let error = ron::from_str::<Part>(text).unwrap_err().code;
            let reason = ron_reason(&error);
            assert_ne!(reason, error.to_string(), "{text}");
            assert!(!reason.contains("Expected "), "{reason}");
        }
    }
}
