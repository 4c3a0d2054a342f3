//! Problems of many files: all are counted, and so many of each kind are kept.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::FileProblem;
use crate::text::wording::kind_of_message;

/// So many problems of one kind are kept for a file.
pub const MOST_OF_A_KIND: usize = 100;

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
    fn numbers_are_readable() {
        let shown = [1, 999, 1_000, 1_204_331].map(grouped);
        assert_eq!(shown, ["1", "999", "1,000", "1,204,331"]);
    }
}
