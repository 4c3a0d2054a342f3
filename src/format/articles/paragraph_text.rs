//! The text of an article: one paragraph a line.

/// The paragraphs as lines, with a final newline. Those without a word are left out.
pub(super) fn text_of(paragraphs: &[String]) -> String {
    let mut text = String::new();
    for paragraph in paragraphs {
        let line = one_line(paragraph);
        if !line.is_empty() {
            text.push_str(&line);
            text.push('\n');
        }
    }
    text
}

/// A paragraph without line breaks and blanks at its ends. Tabs between the cells of a table stay;
/// characters that are only for devices go.
pub(super) fn one_line(paragraph: &str) -> String {
    let breaks = |c: char| {
        matches!(
            c,
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
        )
    };
    let mut line = String::with_capacity(paragraph.len());
    let mut broken = false;
    for c in paragraph.chars() {
        if breaks(c) {
            broken = true;
        } else if !c.is_control() || c == '\t' {
            if std::mem::take(&mut broken) && !line.ends_with(' ') && c != ' ' {
                line.push(' ');
            }
            line.push(c);
        }
    }
    let blank = |c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}';
    line.trim_matches(blank).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_is_a_line() {
        let paragraphs = ["Two\r\nlines ", " \u{a0}", "a\tb\u{2028}c", "d \n e\u{0}"];
        let paragraphs = paragraphs.map(str::to_owned);
        assert_eq!(text_of(&paragraphs), "Two lines\na\tb c\nd  e\n");
    }
}
