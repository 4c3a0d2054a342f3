//! The words that spans repeat: they show where a span is.

use super::parse::{Record, Span};
use crate::format::counting::by_words::{Given, Located, SpanPlaces, same_words};
use crate::format::counting::{CountedUnit, UnitHint};
use crate::format::left_out::{LeftOut, shown_words};
use crate::format::tally::Content;
use crate::text::CodePointIndex;

/// Why a label without a place is left out.
pub(super) const OUTSIDE: &str = "labels that end outside the text, or are empty, are left out; \
                                  correct their offsets and import again";

/// Fields that hold its words in some files and something else in others.
const PERHAPS: [&str; 5] = ["value", "value-4", "quote", "mention", "content"];

/// So many values show whether a field holds words.
const ENOUGH: usize = 100;

/// Shorter values are in a text by chance, in characters.
const SHORT: usize = 4;

/// Takes as words what a field of all spans shows to be theirs: at least half are at their offsets, or
/// all are in their texts.
pub(super) fn find_words(records: &mut [Record], left_out: &mut LeftOut) {
    for key in PERHAPS {
        let has_key = |span: &Span| span.attributes.iter().any(|own| own.key == key);
        let spans = records.iter().flat_map(|record| &record.spans);
        if !spans.into_iter().any(has_key) || !holds_words(records, key) {
            continue;
        }
        for span in records.iter_mut().flat_map(|record| &mut record.spans) {
            if span.words.is_none()
                && let Some(at) = span.attributes.iter().position(|own| own.key == key)
            {
                span.words = Some(span.attributes.remove(at).value.into());
                left_out.tally.merged.add(Content::Attribute, 1);
            }
        }
    }
}

fn holds_words(records: &[Record], key: &str) -> bool {
    let (mut all, mut at_offsets, mut in_text) = (0, 0, 0);
    for record in records {
        let index = CodePointIndex::new(&record.text);
        for span in record.spans.iter().filter(|span| span.words.is_none()) {
            let Some(own) = span.attributes.iter().find(|own| own.key == key) else {
                continue;
            };
            let [start, end] = span.at;
            let there = index.slice(start, end);
            all += 1;
            at_offsets += usize::from(there.is_some_and(|there| same_words(there, &own.value)));
            let is_long = own.value.chars().count() >= SHORT;
            in_text += usize::from(is_long && record.text.contains(own.value.as_str()));
            if all == ENOUGH {
                return at_offsets * 2 >= all || in_text == all;
            }
        }
    }
    all > 0 && (at_offsets * 2 >= all || in_text == all)
}

/// The places of a record with words; `None` where no span has any. `unit` is the usual one unless
/// the record says which it is.
pub(super) fn places_by_words<'a>(
    text: &'a str,
    spans: &[Span],
    unit: CountedUnit,
    said: bool,
) -> Option<SpanPlaces<'a>> {
    let given: Vec<Given<'_>> = spans.iter().map(given).collect();
    let hint = if said {
        UnitHint::Said(unit)
    } else {
        UnitHint::Usual(unit)
    };
    let worded = given.iter().any(|given| given.words.is_some());
    worded.then(|| SpanPlaces::new(text, hint, &given))
}

fn given(span: &Span) -> Given<'_> {
    Given {
        fragments: std::slice::from_ref(&span.at),
        words: span.words.as_deref(),
    }
}

/// Where a span is by its words, in code points; what is moved or left out is told.
pub(super) fn locate(
    places: &SpanPlaces<'_>,
    span: &Span,
    (line, called): (usize, &str),
    left_out: &mut LeftOut,
) -> Option<[u32; 2]> {
    let [start, end] = span.at;
    let words = span.words.as_deref().map(shown_words);
    let words = words.map(|words| format!(" “{words}”")).unwrap_or_default();
    let example = |there: &str| {
        let said = span.said();
        format!(
            "`{}`{words} from {start} to {end}{there}{said} ({called})",
            span.label
        )
    };
    let (why, example) = match places.locate(&given(span)) {
        Located::There(fragments) => return fragments.first().copied(),
        Located::Found(fragments) => {
            let why = "tags are on their words, which are not at their offsets";
            left_out.remark(line, why, example(""));
            return fragments.first().copied();
        }
        Located::Outside => (OUTSIDE, example("")),
        Located::Different(found) => (
            "labels whose words are not at their offsets, and not in one place nearby, are left \
             out; correct their offsets and import again",
            example(&format!(" (there is “{}”)", shown_words(&found))),
        ),
    };
    let counts = span.counts();
    left_out.skip_counted(line, why, example).extend(counts);
    None
}
