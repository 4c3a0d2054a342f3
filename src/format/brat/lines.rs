use thin_vec::{ThinVec, thin_vec};

use crate::format::left_out::LeftOut;

/// A line of the file that begins a record, and what follows it and begins none: text wrapped by raw
/// line ends, or something unknown.
pub(super) struct Line<'a> {
    /// Its number, from 1.
    pub(super) number: usize,
    pub(super) text: &'a str,
    pub(super) rest: ThinVec<(usize, &'a str)>,
}

/// So much of a line is shown, in characters; a note is longer than other lines.
const LONGEST: usize = 300;

/// Notes a line that is left out, and why.
pub(super) fn leave_out(left_out: &mut LeftOut, line: usize, text: &str, why: &str) {
    left_out.skip(line, &format!("left out, {why}"), cut(text));
}

/// A line as it is shown.
pub(super) fn cut(line: &str) -> String {
    let mut shown: String = line.chars().take(LONGEST).collect();
    if shown.len() < line.len() {
        shown.push('…');
    }
    shown
}

/// The lines of a file; what is before the first record is in a line without text.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines: Vec<Line<'_>> = Vec::new();
    for (n, text) in text.split('\n').enumerate() {
        let number = n + 1;
        let text = text.strip_suffix('\r').unwrap_or(text);
        if begins_record(text) {
            let rest = ThinVec::new();
            lines.push(Line { number, text, rest });
        } else if let Some(last) = lines.last_mut() {
            last.rest.push((number, text));
        } else {
            lines.push(Line {
                number,
                text: "",
                rest: thin_vec![(number, text)],
            });
        }
    }
    for line in &mut lines {
        while line.rest.last().is_some_and(|(_, text)| text.is_empty()) {
            line.rest.pop();
        }
    }
    lines
}

/// A letter or `#` with a number after it, or a star alone; then a tab.
fn begins_record(line: &str) -> bool {
    let Some((id, _)) = line.split_once('\t') else {
        return false;
    };
    let mut signs = id.chars();
    match signs.next() {
        Some('*') => signs.next().is_none(),
        Some(c) if c == '#' || c.is_ascii_uppercase() => {
            signs.as_str().starts_with(|c: char| c.is_ascii_digit())
                && !id.contains(char::is_whitespace)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_no_record_belongs_to_the_one_before() {
        let lines = lines("?\nT1\tquote 0 9\ta\nb\n\nc\n\nR1\tx Arg1:T1 Arg2:T2\r\n");
        let shown: Vec<_> = lines
            .iter()
            .map(|line| {
                let rest = line.rest.iter().map(|(_, text)| *text);
                let parts: Vec<&str> = std::iter::once(line.text).chain(rest).collect();
                (line.number, parts.join("\n"))
            })
            .collect();
        let expected = [
            (1, "\n?"),
            (2, "T1\tquote 0 9\ta\nb\n\nc"),
            (7, "R1\tx Arg1:T1 Arg2:T2"),
        ];
        assert_eq!(shown, expected.map(|(n, text)| (n, text.to_owned())));
    }
}
