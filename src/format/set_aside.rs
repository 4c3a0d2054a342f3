//! What an importer leaves out, collected so that each cause gives one message.

use super::{Imported, RecordProblem};

/// Causes in the order in which they were met, each with its first examples.
#[derive(Debug, Default)]
pub(super) struct SetAside(Vec<Cause>);

#[derive(Debug)]
struct Cause {
    line: usize,
    what: Vec<String>,
    why: String,
    more: usize,
}

/// So many different examples are in a message.
const EXAMPLES: usize = 5;

/// How much of the words of a record is in a message, in code points.
const SHOWN: usize = 60;

impl SetAside {
    /// Notes that `what` on this line (from 1) is left out, and why.
    pub(super) fn add(&mut self, line: usize, what: impl Into<String>, why: impl Into<String>) {
        let (what, why) = (what.into(), why.into());
        match self.0.iter_mut().find(|cause| cause.why == why) {
            Some(cause) if cause.what.len() < EXAMPLES && !cause.what.contains(&what) => {
                cause.what.push(what);
            }
            Some(cause) => cause.more += 1,
            None => self.0.push(Cause {
                line,
                what: vec![what],
                why,
                more: 0,
            }),
        }
    }

    /// Adds a message for each cause to what an import has skipped.
    pub(super) fn report(self, imported: &mut Imported) {
        let messages = self.0.into_iter().map(|cause| RecordProblem {
            line: cause.line,
            message: {
                let what = cause.what.join("; ");
                match cause.more {
                    0 => format!("{what}: {}", cause.why),
                    more => format!("{what} (and {more} more): {}", cause.why),
                }
            },
        });
        imported.skipped.extend(messages);
    }
}

/// Words of a record on one line, cut where they are long.
pub(super) fn shown(words: &str) -> String {
    let line = crate::text::wording::one_line(words);
    match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_gives_one_message() {
        let mut aside = SetAside::default();
        aside.add(2, "the link `a`", "its end is missing");
        aside.add(3, "the note “x”", "it belongs to nothing");
        aside.add(4, "the link `b`", "its end is missing");
        aside.add(5, "the link `a`", "its end is missing");
        let mut imported = Imported::default();
        aside.report(&mut imported);
        let messages: Vec<_> = imported
            .skipped
            .iter()
            .map(|p| (p.line, &*p.message))
            .collect();
        let expected = [
            (
                2,
                "the link `a`; the link `b` (and 1 more): its end is missing",
            ),
            (3, "the note “x”: it belongs to nothing"),
        ];
        assert_eq!(messages, expected);
    }

    #[test]
    fn long_words_are_cut_between_characters() {
        assert_eq!(shown("é\n é"), "é é");
        assert_eq!(shown(&"é".repeat(70)), format!("{}…", "é".repeat(60)));
    }
}
