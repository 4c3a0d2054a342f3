//! What an import leaves out, one message a cause.

use std::collections::BTreeSet;

use super::set_aside::Causes;
use super::{Imported, RecordProblem};

/// So many characters of a value are shown.
const LONG: usize = 200;

/// Collects what is set aside until all of a file is read.
#[derive(Debug, Default)]
pub(super) struct LeftOut {
    causes: Causes,
    bookkeeping: BTreeSet<String>,
    line: Option<usize>,
    hints: Vec<RecordProblem>,
    hinted: BTreeSet<String>,
}

impl LeftOut {
    /// Notes contents that are set aside: why, and which.
    pub(super) fn skip(&mut self, line: usize, cause: &str, example: impl Into<String>) {
        self.causes.add(line, example.into(), cause);
    }

    /// Notes a field that means something to the other tool only.
    pub(super) fn bookkeeping(&mut self, line: usize, field: &str) {
        self.line.get_or_insert(line);
        if !self.bookkeeping.contains(field) {
            self.bookkeeping.insert(field.to_owned());
        }
    }

    /// Notes once something that is worth knowing although nothing is lost.
    pub(super) fn hint(&mut self, line: usize, message: String) {
        if self.hinted.insert(message.clone()) {
            self.hints.push(RecordProblem { line, message });
        }
    }

    /// Adds all of it to what a file gave, in the order of the lines.
    pub(super) fn report(self, imported: &mut Imported) {
        let mut causes = self.causes.into_all();
        causes.sort_by(|a, b| (a.line, &a.why).cmp(&(b.line, &b.why)));
        let skipped = causes.iter().map(|cause| RecordProblem {
            line: cause.line,
            message: format!("{}: {}", cause.why, cause.examples()),
        });
        imported.skipped.extend(skipped);
        imported.notes.extend(self.hints);
        if let Some(line) = self.line {
            let fields: Vec<String> = self.bookkeeping.into_iter().collect();
            let message = fields.join("`, `");
            imported.ignored.push(RecordProblem { line, message });
        }
    }
}

/// A value as one line of at most some 200 characters.
pub(super) fn shown(value: &serde_json::Value) -> String {
    let text = match value {
        serde_json::Value::String(text) => format!("“{text}”"),
        serde_json::Value::Null
        | serde_json::Value::Bool(_)
        | serde_json::Value::Number(_)
        | serde_json::Value::Array(_)
        | serde_json::Value::Object(_) => value.to_string(),
    };
    shortened(&text)
}

/// A text on one line, its middle left out if it is long.
pub(super) fn shortened(text: &str) -> String {
    let text = text.replace(['\n', '\r'], " ");
    let length = text.chars().count();
    if length <= LONG {
        return text;
    }
    let head: String = text.chars().take(LONG - 40).collect();
    let tail: String = text.chars().skip(length - 30).collect();
    format!("{head} … {tail}")
}

/// Whether a value says nothing.
pub(super) fn says_nothing(value: &serde_json::Value) -> bool {
    match value {
        serde_json::Value::Null | serde_json::Value::Bool(false) => true,
        serde_json::Value::Bool(true) | serde_json::Value::Number(_) => false,
        serde_json::Value::String(text) => text.is_empty(),
        serde_json::Value::Array(list) => list.iter().all(says_nothing),
        serde_json::Value::Object(map) => map.values().all(says_nothing),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_is_told_once() {
        let mut left_out = LeftOut::default();
        for n in 1..=8 {
            left_out.skip(n, "notes on the whole text are not kept", format!("“{n}”"));
        }
        left_out.bookkeeping(3, "lead_time");
        left_out.bookkeeping(4, "id");
        let mut imported = Imported::default();
        left_out.report(&mut imported);
        let words = "notes on the whole text are not kept: “1”; “2”; “3”; “4”; “5” (and 3 more)";
        assert_eq!(imported.skipped.len(), 1);
        assert_eq!(
            (imported.skipped[0].line, &*imported.skipped[0].message),
            (1, words)
        );
        assert_eq!(imported.ignored[0].message, "id`, `lead_time");
    }

    #[test]
    fn values_are_shown_short() {
        assert_eq!(shown(&serde_json::json!("a\nb")), "“a b”");
        assert!(shown(&serde_json::json!("x".repeat(999))).chars().count() < 250);
        assert!(says_nothing(
            &serde_json::json!({"a": [null, ""], "b": false})
        ));
        assert!(!says_nothing(&serde_json::json!([0])));
    }
}
