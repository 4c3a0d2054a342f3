//! What an importer leaves out, collected so that each cause gives one message.

use std::collections::BTreeMap;

use super::{Imported, RecordProblem};

/// Messages that say first what was left out, then why.
#[derive(Debug, Default)]
pub(super) struct SetAside(Causes);

/// Causes in the order in which they were met, each with its first examples.
#[derive(Debug, Default)]
pub(super) struct Causes {
    all: Vec<Cause>,
    /// Where in the list each one is.
    places: BTreeMap<String, usize>,
}

/// Why something was left out.
#[derive(Debug)]
pub(super) struct Cause {
    /// Line of the file it was met on first, from 1.
    pub(super) line: usize,
    pub(super) why: String,
    what: Vec<String>,
    more: usize,
}

impl Causes {
    pub(super) fn add(&mut self, line: usize, what: String, why: &str) {
        let known = self
            .places
            .get(why)
            .and_then(|&place| self.all.get_mut(place));
        match known {
            Some(cause) if cause.what.len() < EXAMPLES && !cause.what.contains(&what) => {
                cause.what.push(what);
            }
            Some(cause) => cause.more += 1,
            None => {
                self.places.insert(why.to_owned(), self.all.len());
                self.all.push(Cause {
                    line,
                    why: why.to_owned(),
                    what: vec![what],
                    more: 0,
                });
            }
        }
    }

    pub(super) fn into_all(self) -> Vec<Cause> {
        self.all
    }
}

impl Cause {
    /// Its examples, and how many more there are.
    pub(super) fn examples(&self) -> String {
        let what = self.what.join("; ");
        match self.more {
            0 => what,
            more => format!("{what} (and {more} more)"),
        }
    }
}

/// So many different examples are in a message.
const EXAMPLES: usize = 5;

/// How much of the words of a record is in a message, in code points.
const SHOWN: usize = 60;

impl SetAside {
    /// Notes that `what` on this line (from 1) is left out, and why.
    pub(super) fn add(&mut self, line: usize, what: impl Into<String>, why: impl Into<String>) {
        self.0.add(line, what.into(), &why.into());
    }

    /// Adds a message for each cause to what an import has skipped.
    pub(super) fn report(self, imported: &mut Imported) {
        let messages = self.0.into_all().into_iter().map(|cause| RecordProblem {
            line: cause.line,
            message: format!("{}: {}", cause.examples(), cause.why),
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
