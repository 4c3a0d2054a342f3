//! Where the rows of a table are in their article.

use super::cells;
use crate::format::RecordProblem;
use crate::format::counting::UnitHint;
use crate::format::counting::by_words::{Given, Located, SpanPlaces};
use crate::format::interchange::{LinkRecord, SpanRecord};
use crate::format::left_out::{LeftOut, shown_words as shown};

/// A row of the table, read but not yet placed.
pub(super) struct Record {
    pub(super) line: usize,
    pub(super) span: SpanRecord,
    pub(super) words: String,
    pub(super) links: Vec<LinkRecord>,
}

/// Converts offsets to code points and compares their words; gives whether some words beyond ASCII
/// are right.
pub(super) fn locate(
    text: &str,
    records: &mut [Record],
    unit: UnitHint,
    left_out: &mut LeftOut,
    wrong: &mut Vec<RecordProblem>,
) -> bool {
    let mut confirmed = false;
    let located: Vec<Located> = {
        let given: Vec<Given<'_>> = records.iter().map(Record::given).collect();
        let places = SpanPlaces::new(text, unit, &given);
        given.iter().map(|given| places.locate(given)).collect()
    };
    for (record, located) in records.iter_mut().zip(located) {
        if record.span.fragments.is_empty() {
            continue;
        }
        let place = cells::fragments(&record.span.fragments);
        let words = shown(&record.words);
        let name = &record.span.id;
        let mut problem = |message| {
            let line = record.line;
            wrong.push(RecordProblem { line, message });
        };
        let fragments = match located {
            Located::There(fragments) => fragments,
            Located::Found(fragments) => {
                let why = "tags are on their words, which are not at their offsets";
                let example = format!("`{name}` “{words}” at {place}");
                left_out.remark(record.line, why, example);
                fragments
            }
            Located::Outside => {
                problem(format!(
                    "the tag `{name}` at {place} is empty or outside the article, which has {} \
                     characters; remove the row or fix its offsets",
                    text.chars().count()
                ));
                continue;
            }
            Located::Different(found) => {
                problem(format!(
                    "the tag `{name}` has “{words}”, the article has “{}” there; remove the row \
                     or fix its offsets",
                    shown(&found)
                ));
                continue;
            }
        };
        confirmed |= !record.words.is_ascii();
        let span = &mut record.span;
        // Given beside fragments: they must agree, in whatever they count.
        if let (Some(start), Some(end), Some(first), Some(last)) = (
            span.start.take(),
            span.end.take(),
            span.fragments.first(),
            span.fragments.last(),
        ) && [start, end] != [first[0], last[1]]
        {
            problem(format!(
                "the tag `{}` goes from {start} to {end}, its fragments from {} to {}; fix one \
                 of them",
                span.id, first[0], last[1]
            ));
        }
        span.fragments = fragments;
    }
    confirmed
}

impl Record {
    fn given(&self) -> Given<'_> {
        Given {
            fragments: &self.span.fragments,
            words: (!self.words.is_empty()).then_some(&*self.words),
        }
    }
}
