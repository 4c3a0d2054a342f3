//! Problems of many files: all are counted, and so many of each kind are kept.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::FileProblem;

/// So many problems of one kind are kept for a file.
pub const MOST_OF_A_KIND: usize = 100;
/// So many code points of a message tell its kind.
const TELLING: usize = 80;

/// Collects problems. Those that differ in what they quote and in numbers only are of one kind.
#[derive(Debug, Default)]
pub(super) struct ProblemList {
    kept: Vec<FileProblem>,
    kinds: BTreeMap<(PathBuf, String), Kind>,
}

#[derive(Debug, Default)]
struct Kind {
    count: usize,
    /// The first of those that are not kept.
    next: Option<FileProblem>,
}

impl ProblemList {
    /// Adds a problem, or counts it.
    pub(super) fn push(&mut self, problem: FileProblem) {
        let key = (problem.path.clone(), kind(&problem.message));
        let kind = self.kinds.entry(key).or_default();
        kind.count += 1;
        if kind.count <= MOST_OF_A_KIND {
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
            next.count = kind.count - MOST_OF_A_KIND;
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
fn grouped(number: usize) -> String {
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

/// A message without what it quotes and without numbers.
fn kind(message: &str) -> String {
    let mut kind = String::new();
    let mut until = None;
    for c in message.chars().take(TELLING) {
        match until {
            Some(end) if c == end => until = None,
            Some(_) => continue,
            None if c.is_ascii_digit() => continue,
            None => match c {
                '`' => until = Some('`'),
                '“' => until = Some('”'),
                '‘' => until = Some('’'),
                _ => {}
            },
        }
        kind.push(c);
    }
    kind
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
