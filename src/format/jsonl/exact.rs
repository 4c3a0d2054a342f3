//! Lines of which all is taken or nothing.

use super::INFO;
use crate::format::counting::by_words::same_words;
use crate::format::interchange::{DocumentRecord, LinkRecord, SpanRecord, confidence};
use crate::format::json_lines::read_line;
use crate::format::left_out::{LeftOut, shown, shown_words};
use crate::format::{Imported, ImportedDocument, json};
use crate::model::Fragments;
use crate::text::CodePointIndex;

/// A line that fits in every way.
#[derive(Debug, Clone)]
pub struct ExactLine {
    /// Its document.
    pub document: ImportedDocument,
    /// The fields of its records that nothing is known about, in words.
    pub unknown_fields: Vec<String>,
}

pub(super) fn read(text: &str, line: usize) -> Result<ExactLine, Vec<String>> {
    let mut left_out = LeftOut::default();
    let document = read_line(text, line, &mut left_out, |_, _, _, _| None, exact)?;
    let mut imported = Imported::default();
    left_out.report(&mut imported);
    let unknown = imported.skipped.iter().map(|one| one.message.clone());
    Ok(ExactLine {
        document,
        unknown_fields: unknown.collect(),
    })
}

fn exact(
    record: DocumentRecord,
    line: usize,
    _: &mut LeftOut,
) -> Result<ImportedDocument, Vec<String>> {
    let index = CodePointIndex::new(&record.text);
    let words = record
        .spans
        .iter()
        .filter_map(|span| odd_words(&index, span));
    let spans = record.spans.iter().filter_map(odd_confidence);
    let links = record.links.iter().filter_map(odd_link);
    let odd: Vec<String> = words.chain(spans).chain(links).collect();
    if !odd.is_empty() {
        return Err(odd);
    }
    record.into_document(INFO.name, "", line)
}

/// What is wrong where a tag repeats other words than those at its offsets.
fn odd_words(index: &CodePointIndex<'_>, span: &SpanRecord) -> Option<String> {
    let words = span.text.as_deref()?;
    let hull = span.start.zip(span.end).map(|(start, end)| [start, end]);
    let parts: Option<Vec<&str>> = match (&*span.fragments, hull) {
        ([], None) => None,
        ([], Some([start, end])) => index.slice(start, end).map(|found| vec![found]),
        (parts, _) => parts
            .iter()
            .map(|[start, end]| index.slice(*start, *end))
            .collect(),
    };
    // Offsets outside the text are told when the document is made.
    let found = parts?.join(Fragments::GAP);
    let all = hull.and_then(|[start, end]| index.slice(start, end));
    let is_there = same_words(&found, words) || all.is_some_and(|all| same_words(all, words));
    (!is_there).then(|| {
        format!(
            "the span `{}` has the text “{}”, but “{}” is at its offsets; count code points from 0, \
             the end not included",
            span.label,
            shown_words(words),
            shown_words(&found)
        )
    })
}

fn odd_confidence(span: &SpanRecord) -> Option<String> {
    let value = span.confidence.as_deref()?;
    confidence(Some(value)).is_none().then(|| {
        let shown = shown(&json::Value::from(value.clone()));
        format!(
            "the span `{}` has the confidence {shown}; give a number from 0 to 1, or none",
            span.label
        )
    })
}

fn odd_link(link: &LinkRecord) -> Option<String> {
    let value = link.confidence.as_deref()?;
    confidence(Some(value)).is_none().then(|| {
        let shown = shown(&json::Value::from(value.clone()));
        format!(
            "the link `{}` has the confidence {shown}; give a number from 0 to 1, or none",
            link.role
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(spans: &str) -> String {
        format!(r#"{{"id":"a","text":"“Né,” 😀 she said.","spans":[{spans}]}}"#)
    }

    #[test]
    fn what_fits_is_read() {
        let text =
            line(r#"{"label":"quote","start":0,"end":5,"text":"“Né,”","confidence":1,"score":2}"#);
        let read = read(&text, 1).unwrap();
        assert_eq!(read.document.document.set().annotation_count(), 1);
        assert_eq!(
            read.unknown_fields,
            ["the unknown field `spans.score` is left out: 2"]
        );
    }

    #[test]
    fn nothing_is_moved_or_left_out() {
        for (span, told) in [
            (r#""start":1,"end":6,"text":"“Né,”""#, "is at its offsets"),
            (r#""start":9,"end":12,"text":"she""#, "is at its offsets"),
            (r#""start":0,"end":99"#, "99 is outside the text"),
            (r#""start":5,"end":5"#, "is empty"),
            (r#""start":-1,"end":5"#, "the number `-1`"),
            (r#""start":0,"end":5,"confidence":"high""#, "from 0 to 1"),
            (r#""start":0"#, "no position"),
        ] {
            let text = line(&format!(
                r#"{{"label":"quote","start":0,"end":5}},{{"label":"quote",{span}}}"#
            ));
            let errors = read(&text, 1).unwrap_err();
            assert!(errors.join("\n").contains(told), "{span}: {errors:?}");
        }
    }
}
