//! Files with JSON values in a list, on a line each, or one after the other.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Deserializer;

use super::json::{self, Value};

use super::json_syntax::odd_json;
use super::left_out::{LeftOut, says_nothing, shown};
use super::{Imported, RecordProblem};

/// Takes a value with the line it begins on.
type EachValue<'a> = dyn FnMut(&mut Imported, usize, Value) + 'a;

/// Hands over the values of a file one by one, each with the line it begins on. What is no JSON is noted
/// as a problem.
pub(super) fn each_json_value(text: &str, imported: &mut Imported, each: &mut EachValue<'_>) {
    let start = text.trim_start();
    if start.starts_with('[') {
        let cursor = Cursor::new(text, text.len() - start.len() + 1);
        return list(cursor, imported, each);
    }
    let first = filled_lines(text).next();
    if first.is_some_and(|(_, first)| is_json(first)) {
        return lines(text, imported, each);
    }
    let mut cursor = Cursor::new(text, 0);
    let found = match cursor.read() {
        Ok(Some((line, value))) => {
            each(imported, line, value);
            while cursor.next(imported, each) {}
            return;
        }
        Ok(None) => None,
        Err(found) => Some(found),
    };
    if is_first_of_lines_cut(text) {
        lines(text, imported, each);
    } else {
        imported.problems.extend(found);
    }
}

/// Whether a record is cut at the end of the first line and another one begins on the next.
fn is_first_of_lines_cut(text: &str) -> bool {
    let mut lines = filled_lines(text).map(|(_, line)| line.trim());
    let (Some(first), Some(second)) = (lines.next(), lines.next()) else {
        return false;
    };
    let goes_on = first.ends_with(['{', '[', ',', ':']);
    first.starts_with('{') && !goes_on && second.starts_with('{') && is_json(second)
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<Value>(text).is_ok()
}

/// Lines with something on them, each with its number from 0.
fn filled_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.split('\n').enumerate();
    lines.filter(|(_, line)| !line.trim().is_empty())
}

/// A value on each line.
fn lines(text: &str, imported: &mut Imported, each: &mut EachValue<'_>) {
    let last = filled_lines(text).last().map(|(n, _)| n);
    for (n, line) in filled_lines(text) {
        match serde_json::from_str(line) {
            Ok(value) => each(imported, n + 1, value),
            Err(error) if error.is_eof() && Some(n) != last => {
                imported.problems.push(RecordProblem {
                    line: n + 1,
                    message: LINE_CUT_SHORT.to_owned(),
                });
            }
            Err(error) => imported.problems.push(problem(n, &error, line)),
        }
    }
}

/// The items of a list, so that each has its line.
fn list(mut cursor: Cursor<'_>, imported: &mut Imported, each: &mut EachValue<'_>) {
    let at = |cursor: &Cursor<'_>, message: &str| RecordProblem {
        line: cursor.line,
        message: message.to_owned(),
    };
    loop {
        let item = cursor.skip_blanks();
        if let Some(after) = item.strip_prefix(']') {
            if !after.trim().is_empty() {
                let words = "something follows the end of the list; remove it";
                imported.problems.push(at(&cursor, words));
            }
            return;
        }
        if item.is_empty() {
            return imported.problems.push(at(&cursor, CUT_SHORT));
        }
        match cursor.read() {
            Ok(Some((line, value))) => each(imported, line, value),
            Ok(None) => {}
            Err(found) => return imported.problems.push(found),
        }
        let after = cursor.skip_blanks();
        if after.starts_with(',') {
            cursor.advance(1);
        } else if !after.is_empty() && !after.starts_with(']') {
            let words = "a comma or `]` is missing here";
            return imported.problems.push(at(&cursor, words));
        }
    }
}

/// A place in the text and its line.
struct Cursor<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl<'a> Cursor<'a> {
    fn new(text: &'a str, at: usize) -> Self {
        let mut cursor = Self {
            text,
            at: 0,
            line: 1,
        };
        cursor.advance(at);
        cursor
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn advance(&mut self, bytes: usize) {
        let passed = self.rest().bytes().take(bytes);
        self.line += passed.filter(|&byte| byte == b'\n').count();
        self.at += bytes;
    }

    fn skip_blanks(&mut self) -> &'a str {
        let rest = self.rest();
        self.advance(rest.len() - rest.trim_start().len());
        self.rest()
    }

    /// The value that is next, with its line; none at the end.
    fn read(&mut self) -> Result<Option<(usize, Value)>, RecordProblem> {
        let rest = self.skip_blanks();
        let mut stream = Deserializer::from_str(rest).into_iter::<Value>();
        let read = match stream.next() {
            None => return Ok(None),
            Some(Ok(value)) => (self.line, value),
            Some(Err(error)) => return Err(problem(self.line - 1, &error, rest)),
        };
        self.advance(stream.byte_offset());
        Ok(Some(read))
    }

    fn next(&mut self, imported: &mut Imported, each: &mut EachValue<'_>) -> bool {
        match self.read() {
            Ok(Some((line, value))) => each(imported, line, value),
            Ok(None) => return false,
            Err(found) => {
                imported.problems.push(found);
                return false;
            }
        }
        true
    }
}

const LINE_CUT_SHORT: &str = "this line ends in the middle of a record; look for a missing bracket or \
                              quotation mark at its end, or export the file again";

const CUT_SHORT: &str = "the file ends in the middle of a record; export it again";

fn problem(lines_before: usize, error: &serde_json::Error, text: &str) -> RecordProblem {
    let column = error.column();
    let message = if error.is_eof() {
        CUT_SHORT.to_owned()
    } else if let Some(what) = odd_json(error, text) {
        format!("column {column}: {what}")
    } else {
        format!(
            "column {column}: this is not valid JSON; look for a missing comma, bracket or \
             quotation mark there, or export the file again"
        )
    };
    RecordProblem {
        line: lines_before + error.line().max(1),
        message,
    }
}

/// Reads what we wrote ourselves into a field of another tool's file. What of it is not known is
/// told; `None` where it cannot be read.
pub(super) fn own<T: DeserializeOwned + Serialize>(
    value: &Value,
    field: &str,
    line: usize,
    left_out: &mut LeftOut,
) -> Option<T> {
    let Ok(read) = json::read::<T>(value) else {
        let why = "fields of Pullquote that were changed are left out";
        left_out.skip(line, why, format!("`{field}`: {}", shown(value)));
        return None;
    };
    let mut unknown = Vec::new();
    let known = json::value_of(&read).unwrap_or_default();
    add_unknown(value, &known, field, &mut unknown);
    for (path, value) in unknown {
        left_out.unknown(line, &path, &shown(value));
    }
    Some(read)
}

/// The parts of a value that are not in another one, with their paths.
fn add_unknown<'a>(
    value: &'a Value,
    known: &Value,
    path: &str,
    unknown: &mut Vec<(String, &'a Value)>,
) {
    match (value, known) {
        (Value::Object(fields), Value::Object(known)) => {
            for (name, value) in fields {
                let known = known.get(name).unwrap_or(&Value::Null);
                add_unknown(value, known, &format!("{path}.{name}"), unknown);
            }
        }
        (Value::Array(items), Value::Array(known)) => {
            for (n, value) in items.iter().enumerate() {
                add_unknown(value, known.get(n).unwrap_or(&Value::Null), path, unknown);
            }
        }
        (value, known) if value == known || says_nothing(value) => {}
        _ => unknown.push((path.to_owned(), value)),
    }
}

/// A number that is whole, or one written as a string.
pub(super) fn whole_number(value: &Value) -> Option<u32> {
    match value {
        Value::String(text) => text.trim().parse().ok(),
        Value::Number(number) => {
            let whole = number.as_u64().or_else(|| {
                let number = number.as_f64()?;
                (number >= 0.0 && number.fract() == 0.0 && number < 4e9).then_some(number as u64)
            });
            u32::try_from(whole?).ok()
        }
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<usize>, Vec<usize>) {
        let mut imported = Imported::default();
        let mut lines = Vec::new();
        each_json_value(text, &mut imported, &mut |_, line, _| lines.push(line));
        let problems = imported.problems.into_iter().map(|problem| problem.line);
        (lines, problems.collect())
    }

    #[test]
    fn every_value_has_its_line() {
        assert_eq!(
            read("\n[\n{\"a\": 1},\n\n{\n}, 3]\n"),
            (vec![3, 5, 6], vec![])
        );
        assert_eq!(read("{\"a\": 1}\n\n{}\n"), (vec![1, 3], vec![]));
        assert_eq!(read("{\n\"a\": 1\n}\n{}\n"), (vec![1, 4], vec![]));
        assert_eq!(read("[]"), (vec![], vec![]));
        assert_eq!(read(" "), (vec![], vec![]));
    }

    #[test]
    fn a_line_that_is_cut_is_not_the_end_of_the_file() {
        let mut imported = Imported::default();
        let text = "{}\n{\"a\": [1}\n{\"a\": 1\n{}\n{\"a\":";
        each_json_value(text, &mut imported, &mut |_, _, _| {});
        let told: Vec<_> = imported.problems.into_iter().collect();
        let told: Vec<_> = told.iter().map(|p| (p.line, p.message.get(..20))).collect();
        let words = [
            "column 9: this is no",
            "this line ends in th",
            "the file ends in the",
        ];
        assert_eq!(
            told,
            [
                (2, Some(words[0])),
                (3, Some(words[1])),
                (5, Some(words[2]))
            ]
        );
    }

    #[test]
    fn what_is_no_json_is_a_problem_with_its_line() {
        assert_eq!(read("{}\n{,}\n{}"), (vec![1, 3], vec![2]));
        assert_eq!(read("{\"a\": 1\n{}\n{}"), (vec![2, 3], vec![1]));
        assert_eq!(read("{\"a\":\n{}\n}\n{}"), (vec![1, 4], vec![]));
        assert_eq!(read("[{},\n{\n,}]"), (vec![1], vec![3]));
        assert_eq!(read("[{},\n"), (vec![1], vec![2]));
        assert_eq!(read("[{} {}]"), (vec![1], vec![1]));
        assert_eq!(read("[{}] x"), (vec![1], vec![1]));
        assert_eq!(read("{\n\"a\": "), (vec![], vec![2]));
        assert_eq!(read("text"), (vec![], vec![1]));
    }
}
