//! How strings and names are spelt in RON. Our own, so that the bytes of a file depend neither on
//! the version of a library nor on that of Unicode.

use std::borrow::Cow;
use std::fmt::Write as _;

use ron::extensions::Extensions;

/// RON as sidecars use it, with or without the extensions declared at the top.
pub(in crate::format) fn options() -> ron::Options {
    ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME)
}

/// Appends `text` as a RON string on one line. Controls, invisible characters and those that turn
/// the direction of text are escaped, so that what a diff shows is what there is.
pub(in crate::format) fn push_string(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || is_invisible(c) => {
                let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

/// A field's name as it is written; `r#` in front where it is not a plain one.
pub(in crate::format) fn field_name(name: &str) -> Cow<'_, str> {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if name.chars().all(plain) && !name.starts_with(|c: char| c.is_ascii_digit()) {
        name.into()
    } else {
        format!("r#{name}").into()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Every string comes back, from one line.
        #[test]
        fn strings_are_read_back(text in any::<String>()) {
            let mut out = String::new();
            push_string(&mut out, &text);
            prop_assert_eq!(ron::from_str::<String>(&out).unwrap(), text);
            prop_assert_eq!(out.lines().count(), 1);
        }
    }

    #[test]
    fn what_cannot_be_seen_is_escaped() {
        let mut out = String::new();
        push_string(&mut out, "a\u{202e}b\u{200d}\u{feff}\0é👩\u{301}\u{1f}");
        assert_eq!(
            out,
            "\"a\\u{202e}b\\u{200d}\\u{feff}\\u{0}é👩\u{301}\\u{1f}\""
        );
    }
}
