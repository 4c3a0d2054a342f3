//! What an import leaves out or has to say, collected so that each cause gives one message: why, and
//! a few examples.

use std::collections::{BTreeMap, BTreeSet};

use super::json::Value;
use super::messages::ToldOnce;
use super::tally::{Content, Counts, Tally};
use super::{Imported, Messages, RecordProblem};
use crate::text::wording::grouped;

/// So many characters of a value are shown.
const LONG: usize = 200;
/// How much of the words of a tag is in a message, in code points.
const SHORT: usize = 60;
/// So many different examples are in a message.
pub(super) const EXAMPLES: usize = 5;
/// So many unknown fields are told apart; the values of all further ones are counted.
pub(super) const MOST_FIELDS: usize = 1_000;

/// Collects what is set aside until all of a file is read.
#[derive(Debug, Default)]
pub(super) struct LeftOut {
    causes: Vec<Cause>,
    /// Where in the list each cause is.
    places: BTreeMap<String, usize>,
    unknown_fields: usize,
    /// The first unknown field that is not told apart, and how many values there are from there on.
    further: Option<(RecordProblem, usize)>,
    /// The lines of tags that are left out.
    tag_lines: BTreeSet<usize>,
    /// The line that was skipped last, and how many tags were left out before.
    last_skipped: Option<(usize, Counts)>,
    bookkeeping: BTreeSet<String>,
    /// How often there was more of it, which is not told apart.
    further_bookkeeping: usize,
    line: Option<usize>,
    references: Messages,
    known_references: ToldOnce,
    hints: Messages,
    hinted: ToldOnce,
    record: Option<usize>,
    lines: Option<Lines>,
    pub(super) tally: Tally,
}

/// Why something was left out, and what. All are counted; the first few that differ are kept, each with
/// its line (from 1).
#[derive(Debug)]
struct Cause {
    why: String,
    /// Whether content is lost.
    loses: bool,
    /// In the order of the lines.
    examples: Vec<(usize, String)>,
    count: usize,
}

/// Examples are lines of a file, shown with their numbers.
#[derive(Debug)]
struct Lines {
    second_file: Option<SecondFile>,
}

/// A file whose lines follow those of the first.
#[derive(Debug)]
pub(super) struct SecondFile {
    pub(super) name: String,
    /// How many lines the first file has.
    pub(super) after: usize,
}

impl LeftOut {
    /// A collector of the lines of a file, or of two.
    pub(super) fn of_lines(second_file: Option<SecondFile>) -> Self {
        Self {
            lines: Some(Lines { second_file }),
            ..Self::default()
        }
    }

    /// Counts what a file holds.
    pub(super) fn read(&mut self, content: Content, number: usize) {
        self.tally.read.add(content, number);
    }

    /// Notes contents that are set aside: why, and which.
    pub(super) fn skip(&mut self, line: usize, why: &str, example: impl Into<String>) {
        let _ = self.skip_counted(line, why, example);
    }

    /// [`Self::skip`] that gives the account of what is left out, for content that was counted when it
    /// was read.
    pub(super) fn skip_counted(
        &mut self,
        line: usize,
        why: &str,
        example: impl Into<String>,
    ) -> &mut Counts {
        self.note_tag_line();
        self.last_skipped = Some((line, self.tally.left_out));
        self.add(why, true, (line, example.into()));
        &mut self.tally.left_out
    }

    /// Counts more of what was skipped or remarked for this reason.
    pub(super) fn count_more(&mut self, why: &str, number: usize) {
        let place = self.places.get(why);
        if let Some(cause) = place.and_then(|&place| self.causes.get_mut(place)) {
            cause.count += number;
        }
    }

    /// Notes the line that was skipped last if a tag was left out with it.
    fn note_tag_line(&mut self) {
        let left_out = self.tally.left_out.get(Content::Tag);
        if let Some((line, before)) = self.last_skipped.take()
            && before.get(Content::Tag) < left_out
        {
            self.tag_lines.insert(line);
        }
    }

    /// Notes what was read although something about it is wrong: why, and which.
    pub(super) fn remark(&mut self, line: usize, why: &str, example: impl Into<String>) {
        self.add(why, false, (line, example.into()));
    }

    /// Says from here on in which record of the file (from 1) things are, where lines do not say it; ends
    /// with `None`.
    pub(super) fn in_record(&mut self, number: Option<usize>) {
        self.record = number;
    }

    fn add(&mut self, why: &str, loses: bool, (line, mut example): (usize, String)) {
        if let Some(number) = self.record {
            example.push_str(&format!(" (record {number})"));
        }
        let numbered = self.lines.is_some();
        let known = self.places.get(why);
        match known.and_then(|&place| self.causes.get_mut(place)) {
            Some(cause) => cause.add(line, example, numbered),
            None => {
                self.places.insert(why.to_owned(), self.causes.len());
                self.causes.push(Cause {
                    why: why.to_owned(),
                    loses,
                    examples: vec![(line, example)],
                    count: 1,
                });
            }
        }
    }

    /// Notes a field that means something to the other tool only.
    pub(super) fn bookkeeping(&mut self, line: usize, field: &str) {
        self.line.get_or_insert(line);
        if self.bookkeeping.contains(field) {
            return;
        }
        if self.bookkeeping.len() < MOST_FIELDS {
            self.bookkeeping.insert(field.to_owned());
        } else {
            self.further_bookkeeping += 1;
        }
    }

    /// Notes a field nothing is known about, with what is in it: that may be content.
    pub(super) fn unknown(&mut self, line: usize, field: &str, value: &str) {
        let why = format!("the unknown field `{field}` is left out");
        if !self.places.contains_key(&why) {
            if self.unknown_fields == MOST_FIELDS {
                let further = self.further.get_or_insert_with(|| {
                    let message = format!("{why}: {value}");
                    (RecordProblem { line, message }, 0)
                });
                further.1 += 1;
                return;
            }
            self.unknown_fields += 1;
        }
        self.add(&why, true, (line, value.to_owned()));
    }

    /// Notes once what only refers to something else, and does not do so in the right way.
    pub(super) fn reference(&mut self, line: usize, field: String) {
        if self.known_references.is_new(&field) {
            let message = field;
            self.references.push(RecordProblem { line, message });
        }
    }

    /// Notes once something that is worth knowing although nothing is lost.
    pub(super) fn hint(&mut self, line: usize, message: String) {
        if self.hinted.is_new(&message) {
            self.hints.push(RecordProblem { line, message });
        }
    }

    /// Adds all of it to what a file gave, in the order of the lines.
    pub(super) fn report(mut self, imported: &mut Imported) {
        self.note_tag_line();
        imported.tally.extend(self.tally);
        imported.tag_lines.extend(self.tag_lines);
        let (lost, remarks): (Vec<_>, Vec<_>) =
            self.causes.into_iter().partition(|cause| cause.loses);
        let lines = self.lines.as_ref();
        for (causes, to) in [
            (lost, &mut imported.skipped),
            (remarks, &mut imported.notes),
        ] {
            let causes = causes.into_iter();
            let mut messages: Vec<_> = causes.map(|cause| cause.message(lines)).collect();
            messages.sort();
            to.extend(messages);
        }
        if let Some((first, count)) = self.further {
            imported.skipped.push_counted(first, count);
        }
        imported.notes.append(self.hints);
        imported.note_all_ignored(self.references);
        if let Some(line) = self.line {
            let mut fields: Vec<String> = self.bookkeeping.into_iter().collect();
            if self.further_bookkeeping > 0 {
                fields.push(format!("and {} more", grouped(self.further_bookkeeping)));
            }
            let message = fields.join("`, `");
            imported.ignored.push(RecordProblem { line, message });
        }
    }
}

impl Cause {
    /// Adds an example; the same one again is not kept, unless examples are shown with their lines.
    fn add(&mut self, line: usize, example: String, numbered: bool) {
        self.count += 1;
        let known = self
            .examples
            .iter()
            .position(|known| known.1 == example && (!numbered || known.0 == line));
        if let Some(known) = known {
            if self.examples.get(known).is_none_or(|known| known.0 <= line) {
                return;
            }
            self.examples.remove(known);
        }
        let place = self.examples.partition_point(|known| known.0 <= line);
        self.examples.insert(place, (line, example));
        self.examples.truncate(EXAMPLES);
    }

    /// The cause, its first examples, and how many more there are.
    fn message(self, lines: Option<&Lines>) -> RecordProblem {
        let mut line = 1;
        let mut shown: Vec<String> = Vec::new();
        for (n, (at, example)) in self.examples.into_iter().enumerate() {
            let (own, example) = match lines {
                Some(lines) => lines.example(n == 0, at, example),
                None => (at, example),
            };
            if n == 0 {
                line = own;
            }
            shown.push(example);
        }
        let more = match self.count.saturating_sub(shown.len()) {
            0 => String::new(),
            more => format!(" (and {more} more)"),
        };
        RecordProblem {
            line,
            message: format!("{}: {}{more}", self.why, shown.join("; ")),
        }
    }
}

impl Lines {
    /// The line of an example, and the example with its place where that is another one.
    fn example(&self, first: bool, line: usize, example: String) -> (usize, String) {
        match &self.second_file {
            Some(file) if line > file.after => {
                let within = line - file.after;
                (1, format!("{}:{within}: {example}", file.name))
            }
            _ if first => (line, example),
            _ => (line, format!("line {line}: {example}")),
        }
    }
}

/// Words of a record on one line, cut where they are long.
pub(super) fn shown_words(words: &str) -> String {
    let line = crate::text::wording::one_line(words);
    match line.char_indices().nth(SHORT) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}

/// A value as one line of at most some 200 characters.
pub(super) fn shown(value: &Value) -> String {
    let text = match value {
        Value::String(text) => format!("“{text}”"),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            value.to_string()
        }
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
pub(super) fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Bool(true) | Value::Number(_) => false,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.iter().all(says_nothing),
        Value::Object(map) => map.values().all(says_nothing),
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
    fn records_of_one_line_are_told_apart() {
        let mut left_out = LeftOut::default();
        left_out.in_record(Some(2));
        left_out.skip(1, "not kept", "x");
        left_out.unknown(1, "a", "1");
        left_out.in_record(None);
        left_out.skip(1, "not kept", "x");
        let mut imported = Imported::default();
        left_out.report(&mut imported);
        let told: Vec<_> = imported.skipped.iter().map(|p| &*p.message).collect();
        let expected = [
            "not kept: x (record 2); x",
            "the unknown field `a` is left out: 1 (record 2)",
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn unknown_fields_without_end_are_counted() {
        let mut left_out = LeftOut::default();
        for n in 0..5_000 {
            left_out.unknown(n, &format!("x{n}"), "1");
        }
        assert_eq!(left_out.causes.len(), MOST_FIELDS);
        let mut imported = Imported::default();
        left_out.report(&mut imported);
        let told: usize = imported.skipped.counted().map(|(_, count)| count).sum();
        assert_eq!(told, 5_000);
    }

    #[test]
    fn bookkeeping_without_end_is_counted() {
        let mut left_out = LeftOut::default();
        for n in 0..5_000 {
            left_out.bookkeeping(n, &format!("x{n}"));
            left_out.hint(n, format!("`x{n}` is odd"));
        }
        let mut imported = Imported::default();
        left_out.report(&mut imported);
        let told = &imported.ignored[0].message;
        assert!(told.ends_with("`, `and 4,000 more"), "{told}");
        assert!(imported.notes.len() <= 200);
    }

    #[test]
    fn lines_are_told_with_their_numbers() {
        let mut left_out = LeftOut::of_lines(Some(SecondFile {
            name: "a.a2".to_owned(),
            after: 9,
        }));
        for line in (3..12).rev() {
            left_out.skip(line, "unknown kind of line", "Q1");
        }
        left_out.skip(11, "it is outside the text", "T2");
        let mut imported = Imported::default();
        left_out.report(&mut imported);
        let told = imported.skipped.iter();
        let told: Vec<_> = told.map(|p| (p.line, &*p.message)).collect();
        let expected = [
            (1, "it is outside the text: a.a2:2: T2"),
            (
                3,
                "unknown kind of line: Q1; line 4: Q1; line 5: Q1; line 6: Q1; line 7: Q1 \
                 (and 4 more)",
            ),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn long_words_are_cut_between_characters() {
        assert_eq!(shown_words("é\n é"), "é é");
        assert_eq!(shown_words(&"é".repeat(70)), format!("{}…", "é".repeat(60)));
    }

    #[test]
    fn values_are_shown_short() {
        assert_eq!(shown(&"a\nb".into()), "“a b”");
        assert!(shown(&"x".repeat(999).into()).chars().count() < 250);
        assert!(says_nothing(
            &serde_json::json!({"a": [null, ""], "b": false}).into()
        ));
        assert!(!says_nothing(&serde_json::json!([0]).into()));
    }
}
