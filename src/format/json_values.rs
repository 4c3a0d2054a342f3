//! Files with JSON values in a list, on a line each, or one after the other.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Deserializer;

use super::json::{self, Value};

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
        list(cursor, imported, each);
    } else if let Some((line, first)) = first_line(text)
        && serde_json::from_str::<Value>(first).is_ok()
    {
        for (n, text) in text.split('\n').enumerate().skip(line - 1) {
            if text.trim().is_empty() {
                continue;
            }
            match serde_json::from_str(text) {
                Ok(value) => each(imported, n + 1, value),
                Err(error) => imported.problems.push(problem(n, &error)),
            }
        }
    } else {
        let mut cursor = Cursor::new(text, 0);
        while cursor.next(imported, each) {}
    }
}

fn first_line(text: &str) -> Option<(usize, &str)> {
    let mut lines = text.split('\n').enumerate();
    let (n, line) = lines.find(|(_, line)| !line.trim().is_empty())?;
    Some((n + 1, line))
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
            Some(Err(error)) => return Err(problem(self.line - 1, &error)),
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

const CUT_SHORT: &str = "the file ends in the middle of a record; export it again";

fn problem(lines_before: usize, error: &serde_json::Error) -> RecordProblem {
    let message = if error.is_eof() {
        CUT_SHORT.to_owned()
    } else {
        let column = error.column();
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
        left_out.unknown(line, format!("{path} ({})", shown(value)));
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
    fn what_is_no_json_is_a_problem_with_its_line() {
        assert_eq!(read("{}\n{,}\n{}"), (vec![1, 3], vec![2]));
        assert_eq!(read("[{},\n{\n,}]"), (vec![1], vec![3]));
        assert_eq!(read("[{},\n"), (vec![1], vec![2]));
        assert_eq!(read("[{} {}]"), (vec![1], vec![1]));
        assert_eq!(read("[{}] x"), (vec![1], vec![1]));
        assert_eq!(read("{\n\"a\": "), (vec![], vec![2]));
        assert_eq!(read("text"), (vec![], vec![1]));
    }
}
