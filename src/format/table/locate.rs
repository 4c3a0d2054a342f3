//! Where the tags of rows are in the article: their offsets, checked by their words.

use super::cells;
use crate::format::RecordProblem;
use crate::format::counting::UnitHint;
use crate::format::counting::by_words::{Given, Located, PARTED, SpanPlaces};
use crate::format::interchange::{LinkRecord, SpanRecord};
use crate::format::interchange::{code_point_ranges, extras};
use crate::format::left_out::{LeftOut, shown_words as shown};

/// So many UTF-16 units are in a cell of a spreadsheet at most.
const LONGEST_CELL: usize = 32_767;

/// A row of the table, read but not yet placed.
pub(super) struct Record {
    pub(super) line: usize,
    pub(super) span: SpanRecord,
    pub(super) words: String,
    pub(super) links: Vec<LinkRecord>,
}

/// What the words of rows show.
#[derive(Default)]
pub(super) struct Checked {
    /// What is wrong with rows.
    pub(super) wrong: Vec<RecordProblem>,
    /// How many rows have their words at their offsets.
    pub(super) exact: usize,
}

/// Converts offsets to code points and compares their words; gives whether some words beyond ASCII
/// are right. Rows without offsets get the place of their words; where there is none, the row is left
/// out.
pub(super) fn locate(
    text: &str,
    records: &mut Vec<Record>,
    unit: UnitHint,
    left_out: &mut LeftOut,
    checked: &mut Checked,
) -> bool {
    let mut confirmed = false;
    find_by_words(text, records, unit, left_out);
    let located: Vec<(Located, Option<String>)> = {
        let given: Vec<Given<'_>> = records.iter().map(Record::given).collect();
        let places = SpanPlaces::new(text, unit, &given);
        if let (Some(why), Some(first)) = (&places.remark, records.first()) {
            left_out.remark(first.line, why, format!("`{}`", first.span.id));
        }
        let located = given.iter().zip(records.iter()).map(|(given, record)| {
            let is_cut = |words: &&str| words.encode_utf16().count() == LONGEST_CELL;
            let cut = given.words.filter(is_cut);
            if let Some(whole) = cut.and_then(|_| places.beginning_with(given)) {
                let why =
                    "spreadsheets cut cells of this length; the offsets say how far these tags go";
                left_out.remark(record.line, why, format!("`{}`", record.span.id));
                return (Located::There(whole), None);
            }
            let located = places.locate(given);
            let parted = match &located {
                Located::There(list) | Located::Found(list) => places.parted(list, given.words),
                Located::Outside | Located::Different(_) => None,
            };
            (located, parted)
        });
        located.collect()
    };
    let mut located = located.into_iter();
    records.retain_mut(|record| {
        let Some((located, parted)) = located.next() else {
            return false;
        };
        let place = cells::fragments(&record.span.fragments);
        let words = shown(&record.words);
        let (name, label) = (&record.span.id, &record.span.label);
        if let Some(parted) = parted {
            let example = format!("`{name}` “{words}” (there is “{}”)", shown(&parted));
            left_out.remark(record.line, PARTED, example);
        }
        let fragments = match located {
            Located::There(fragments) => {
                checked.exact += usize::from(!record.words.is_empty());
                fragments
            }
            Located::Found(fragments) => {
                let why = "tags are on their words, which are not at their offsets";
                let example = format!("`{name}` “{words}” at {place}");
                left_out.remark(record.line, why, example);
                fragments
            }
            Located::Outside => {
                let why = format!(
                    "tags are left out that are empty or outside the article, which has {} characters; \
                     fix their offsets",
                    text.chars().count()
                );
                let example = format!("`{name}` {label} “{words}” at {place}");
                leave_out(record, &why, &example, left_out);
                return false;
            }
            Located::Different(found) => {
                let why = "tags are left out where the article has other words; fix their offsets";
                let example = format!(
                    "`{name}` {label} “{words}” at {place} (there is “{}”)",
                    shown(&found)
                );
                leave_out(record, why, &example, left_out);
                return false;
            }
        };
        confirmed |= !record.words.is_ascii();
        let span = &record.span;
        // Given beside fragments: they must agree, in whatever they count.
        if let (Some(start), Some(end), Some(first), Some(last)) = (
            span.start,
            span.end,
            span.fragments.first(),
            span.fragments.last(),
        ) && [start, end] != [first[0], last[1]]
        {
            let why = "tags are left out whose start and end are not those of their fragments; fix one of \
                       them";
            let example = format!(
                "`{}` {} “{words}” from {start} to {end}, its fragments from {} to {}",
                span.id, span.label, first[0], last[1]
            );
            leave_out(record, why, &example, left_out);
            return false;
        }
        let span = &mut record.span;
        (span.start, span.end) = (None, None);
        span.fragments = code_point_ranges(fragments);
        true
    });
    confirmed
}

/// Leaves a row out with its links, and tells it.
fn leave_out(record: &Record, why: &str, example: &str, left_out: &mut LeftOut) {
    let Record {
        line, span, links, ..
    } = record;
    let counts = span.counts();
    left_out
        .skip_counted(*line, why, format!("{example}{}", span.said()))
        .extend(counts);
    for link in links {
        let why = "links of rows that are left out are left out";
        let facts = extras::said(&link.attributes, &link.note);
        let example = format!("`{}` from `{}` to `{}`{facts}", link.role, span.id, link.to);
        let counts = link.counts();
        left_out.skip_counted(*line, why, example).extend(counts);
    }
}

/// Places the rows that do not say where they are.
fn find_by_words(text: &str, records: &mut Vec<Record>, unit: UnitHint, left_out: &mut LeftOut) {
    if records.iter().all(|row| !row.span.fragments.is_empty()) {
        return;
    }
    let given: Vec<Given<'_>> = records.iter().map(Record::given).collect();
    let places = SpanPlaces::new(text, unit, &given);
    let found = records.iter().map(|row| match &*row.words {
        words if row.span.fragments.is_empty() && !words.is_empty() => {
            places.search_from(words, row.span.start)
        }
        _ => None,
    });
    let found: Vec<Option<[u32; 2]>> = found.collect();
    let mut found = found.into_iter();
    records.retain_mut(|row| {
        let found = found.next().flatten();
        let span = &mut row.span;
        if !span.fragments.is_empty() {
            return true;
        }
        let ends = [("start", span.start.take()), ("end", span.end.take())];
        let ends = ends.map(|(name, end)| end.map(|end| format!(", {name}: {end}")));
        let ends: String = ends.into_iter().flatten().collect();
        let words = shown(&row.words);
        match found {
            Some(place) => {
                let why = "rows without a whole position are tags on their words";
                left_out.remark(row.line, why, format!("`{}` “{words}”{ends}", span.id));
                span.fragments.push(place);
                true
            }
            None => {
                let why = "rows without a whole position are left out where their words are not in \
                           one place of the article; give start and end, or fragments";
                let example = format!("`{}` {} “{words}”{ends}", span.id, span.label);
                leave_out(row, why, &example, left_out);
                false
            }
        }
    });
}

impl Record {
    fn given(&self) -> Given<'_> {
        Given {
            fragments: &self.span.fragments,
            words: (!self.words.is_empty()).then_some(&*self.words),
        }
    }
}
