//! Problems of many files: all are counted, and so many of each kind are kept.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::FileProblem;
use crate::text::wording::kind_of_message;

/// So many problems of one kind are kept for a file.
pub const MOST_OF_A_KIND: usize = 100;

/// So many problems of one cause are kept in a report of an import.
const MOST_OF_A_CAUSE: usize = 3;
/// So many places of those that are not kept are named.
const MOST_PLACES: usize = 5;

/// The problems of an import, of all its files: those that have one cause are one message from the third
/// on, which names the next places and how many there are.
pub(super) fn by_cause(problems: Vec<FileProblem>) -> Vec<FileProblem> {
    struct Cause {
        /// Where in the list the last one that is kept is.
        last: usize,
        kept: usize,
        more: usize,
        places: Vec<String>,
    }
    let mut list: Vec<FileProblem> = Vec::new();
    let mut causes: BTreeMap<String, Cause> = BTreeMap::new();
    for problem in problems {
        let kind = cause_of(&problem.message);
        let Some(cause) = causes.get_mut(&kind) else {
            let cause = Cause {
                last: list.len(),
                kept: 1,
                more: 0,
                places: Vec::new(),
            };
            causes.insert(kind, cause);
            list.push(problem);
            continue;
        };
        if cause.kept < MOST_OF_A_CAUSE && problem.count == 1 {
            cause.kept += 1;
            cause.last = list.len();
            list.push(problem);
            continue;
        }
        cause.more += problem.count;
        if cause.places.len() < MOST_PLACES {
            let same = list
                .get(cause.last)
                .is_some_and(|last| last.path == problem.path);
            let place = match same {
                true => problem.line.to_string(),
                false => format!("{}:{}", problem.path.display(), problem.line),
            };
            if !cause.places.contains(&place) {
                cause.places.push(place);
            }
        }
    }
    for cause in causes.into_values() {
        let Some(last) = list.get_mut(cause.last) else {
            continue;
        };
        let more = cause.more + last.count.saturating_sub(1);
        last.count += cause.more;
        if more > 0 {
            let places = cause.places.join(", ");
            let places = if places.is_empty() {
                places
            } else {
                format!(
                    " ({places}{})",
                    if more > cause.places.len() {
                        ", …"
                    } else {
                        ""
                    }
                )
            };
            last.message.push_str(&format!(
                "; and {} more of this kind{places}",
                grouped(more)
            ));
        }
    }
    list
}

/// How messages about fields nothing is known about begin, and how they go on before their values.
const UNKNOWN_FIELD: [&str; 2] = ["the unknown field `", "` is left out: "];

/// How messages about what has no counterpart begin.
pub(super) const NOTHING_CORRESPONDS: &str = "not imported, nothing here corresponds to it:";

/// Each field and column is a cause of its own, as it is named, whatever its values are.
fn cause_of(message: &str) -> String {
    let [begin, before_values] = UNKNOWN_FIELD;
    if let Some((field, _)) = message.split_once(before_values)
        && field.contains(begin)
    {
        return field.to_owned();
    }
    if message.contains(NOTHING_CORRESPONDS) {
        let parts = message.split('“').enumerate();
        let parts = parts.map(|(n, part)| match part.split_once('”') {
            Some((_, rest)) if n > 0 => rest,
            Some(_) | None => part,
        });
        return parts.collect();
    }
    kind_of_message(message)
}

/// Collects problems. Those that differ in what they quote and in numbers only are of one kind.
#[derive(Debug, Default)]
pub(super) struct ProblemList {
    kept: Vec<FileProblem>,
    kinds: BTreeMap<(PathBuf, String), Kind>,
}

#[derive(Debug, Default)]
struct Kind {
    count: usize,
    kept: usize,
    /// The first of those that are not kept.
    next: Option<FileProblem>,
}

impl ProblemList {
    /// Of these, so many of each kind.
    pub(super) fn some_of(problems: impl IntoIterator<Item = FileProblem>) -> Vec<FileProblem> {
        let mut list = Self::default();
        problems.into_iter().for_each(|problem| list.push(problem));
        list.finish()
    }

    /// Adds a problem, or counts it.
    pub(super) fn push(&mut self, problem: FileProblem) {
        let key = (problem.path.clone(), kind_of_message(&problem.message));
        let kind = self.kinds.entry(key).or_default();
        kind.count += problem.count;
        if kind.kept < MOST_OF_A_KIND && problem.count == 1 {
            kind.kept += 1;
            self.kept.push(problem);
        } else {
            kind.next.get_or_insert(problem);
        }
    }

    /// The problems in order; of what is not kept, the first with the number of the others.
    pub(super) fn finish(self) -> Vec<FileProblem> {
        let mut all = self.kept;
        for kind in self.kinds.into_values() {
            let Some(mut next) = kind.next else { continue };
            next.count = kind.count - kind.kept;
            if let Some(more) = next.count.checked_sub(1).filter(|more| *more > 0) {
                let more = grouped(more);
                next.message = format!("{}; and {more} more of this kind", next.message);
            }
            all.push(next);
        }
        all
    }
}

/// How many problems a list stands for.
#[must_use]
pub fn problem_count(problems: &[FileProblem]) -> usize {
    problems.iter().map(|problem| problem.count).sum()
}

/// A number with commas: 1,204,331.
pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn all_are_counted_and_some_of_each_kind_are_kept() {
        let mut list = ProblemList::default();
        for n in 0..5_000 {
            let message = format!("the label `l{n}` is not in the schema");
            list.push(FileProblem::at(Path::new("a.txt"), (n + 1, 1), message));
        }
        list.push(FileProblem::new(Path::new("a.txt"), "something else"));
        list.push(FileProblem::new(
            Path::new("b.txt"),
            "the label `l9` is not in the schema",
        ));
        let all = list.finish();
        assert_eq!((all.len(), problem_count(&all)), (103, 5_002));
        let last = "the label `l100` is not in the schema; and 4,899 more of this kind";
        assert_eq!((all[102].line, &*all[102].message), (101, last));
    }

    #[test]
    fn an_import_tells_a_cause_once() {
        let problem = |file: &str, line: usize| {
            FileProblem::at(Path::new(file), (line, 1), format!("`{line}` is no number"))
        };
        let mut all: Vec<FileProblem> = (2..2_002).map(|line| problem("a.csv", line)).collect();
        all.insert(1, FileProblem::new(Path::new("a.csv"), "something else"));
        all.push(problem("b.csv", 9));
        let told = by_cause(all);
        let words: Vec<&str> = told.iter().map(|told| &*told.message).collect();
        let expected = [
            "`2` is no number",
            "something else",
            "`3` is no number",
            "`4` is no number; and 1,998 more of this kind (5, 6, 7, 8, 9, …)",
        ];
        assert_eq!(words, expected);
        assert_eq!(problem_count(&told), 2_002);
        let files = ["a", "b", "c", "d", "e"]
            .map(|file| problem(file, 1))
            .to_vec();
        let told = by_cause(files);
        assert!(
            told[2]
                .message
                .ends_with("; and 2 more of this kind (d:1, e:1)")
        );
    }

    #[test]
    fn every_field_is_named() {
        let fields = (0..9).map(|n| {
            let message = format!("{NOTHING_CORRESPONDS} `{n}`");
            FileProblem::new(Path::new("a.csv"), message)
        });
        assert_eq!(by_cause(fields.collect()).len(), 9);
        // But not each of their values.
        let values = (0..9).flat_map(|n| {
            let header =
                format!("{NOTHING_CORRESPONDS} `<teiHeader>: title “The {n}th”, author “a{n}”`");
            let unknown = format!("the unknown field `meta` is left out: {{\"n\":{n}}}");
            [header, unknown].map(|message| FileProblem::new(Path::new(&n.to_string()), message))
        });
        assert_eq!(by_cause(values.collect()).len(), 6);
    }

    #[test]
    fn numbers_are_readable() {
        let shown = [1, 999, 1_000, 1_204_331].map(grouped);
        assert_eq!(shown, ["1", "999", "1,000", "1,204,331"]);
    }
}
