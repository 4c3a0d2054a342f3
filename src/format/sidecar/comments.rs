//! Comments in a file. The writer has no place for them between and in records: each is carried along
//! as a line of its own.

use std::ops::Range;

use thin_vec::ThinVec;

use super::lost::{AFTER, BEFORE};
use super::raw::{RawRecord, RawSidecar};
use super::record::{
    AnnotationRecord, DecisionRecord, LinkRecord, PeerReviewRecord, PersonRecord, SittingRecord,
    SourceRecord, SuppressionRecord, parse,
};
use super::salvage::kind_of;
use crate::model::{RecordList, UnknownField};

/// Moves the comments within records and fields to the damaged lines. Those in text that is carried
/// along as it is, such as an unknown field, stay there.
pub(super) fn set_comments_apart(sidecar: &mut RawSidecar<'_>) {
    let mut kept = Vec::new();
    for list in RecordList::ALL {
        for record in sidecar.list(list) {
            let found = comments(&record.raw);
            if found.is_empty() {
                continue;
            }
            let unknown = unknown_fields(list, &record.raw);
            let unknown = unknown.or_else(|| unknown_fields(kind_of(&record.raw)?, &record.raw));
            if let Some(unknown) = unknown {
                let left = apart(&record.raw, record.line, &found, &unknown, &mut kept);
                record.raw = left.into();
            }
        }
    }
    for field in &sidecar.fields {
        let unknown = match &*field.name {
            "version" | "annotator" | "state" => ThinVec::new(),
            "source" => match parse::<SourceRecord>(field.raw) {
                Ok((_, unknown)) => unknown,
                Err(_) => continue,
            },
            _ => continue,
        };
        apart(
            field.raw,
            field.line,
            &comments(field.raw),
            &unknown,
            &mut kept,
        );
    }
    add(sidecar, kept);
}

/// Adds the comments of `text` that are in none of these records and fields, slices of it, to the
/// damaged lines. `line_of` gives the line of a slice, from 1.
pub(super) fn keep_comments_between<'a>(
    sidecar: &mut RawSidecar<'a>,
    text: &'a str,
    line_of: impl Fn(&str) -> usize,
) {
    let found = comments(text);
    if found.is_empty() {
        return;
    }
    let mut taken: Vec<Range<usize>> = Vec::new();
    let mut take = |raw: &str| {
        // A line that was read out of a string is no slice of the text, and holds no comment.
        let start = raw.as_ptr().addr().checked_sub(text.as_ptr().addr());
        if let Some(start) = start.filter(|start| start + raw.len() <= text.len()) {
            taken.push(start..start + raw.len());
        }
    };
    for list in RecordList::ALL {
        sidecar
            .list(list)
            .iter()
            .for_each(|record| take(&record.raw));
    }
    sidecar.fields.iter().for_each(|field| take(field.raw));
    taken.sort_by_key(|range| range.start);
    let is_between = |comment: &&Range<usize>| {
        let before = taken.partition_point(|range| range.start <= comment.start);
        let last = before.checked_sub(1).and_then(|at| taken.get(at));
        last.is_none_or(|range| range.end <= comment.start)
    };
    let between = found.iter().filter(is_between);
    let kept = between.filter_map(|range| {
        let raw = text.get(range.clone())?;
        Some(RawRecord {
            raw: raw.into(),
            line: line_of(raw),
        })
    });
    let kept = kept.collect();
    add(sidecar, kept);
}

fn add<'a>(sidecar: &mut RawSidecar<'a>, comments: Vec<RawRecord<'a>>) {
    if !comments.is_empty() {
        sidecar.damaged.extend(comments);
        sidecar.damaged.sort_by_key(|record| record.line);
    }
}

/// `raw` without the comments `found` in it, which go to `kept`, but for those in unknown fields.
fn apart(
    raw: &str,
    line: usize,
    found: &[Range<usize>],
    unknown: &[UnknownField],
    kept: &mut Vec<RawRecord<'_>>,
) -> String {
    let carried = unknown.iter().flat_map(|field| {
        let found = comments(&field.raw).into_iter();
        found.filter_map(|range| field.raw.get(range))
    });
    let mut carried: Vec<&str> = carried.collect();
    let mut left = String::with_capacity(raw.len());
    let mut reached = 0;
    for range in found {
        let comment = raw.get(range.clone()).unwrap_or_default();
        if let Some(at) = carried.iter().position(|carried| *carried == comment) {
            carried.swap_remove(at);
            continue;
        }
        let before = raw.get(..range.start).unwrap_or_default();
        left.push_str(before.get(reached..).unwrap_or_default());
        left.push(' ');
        reached = range.end;
        kept.push(RawRecord {
            raw: comment.to_owned().into(),
            line: line + before.matches('\n').count(),
        });
    }
    left.push_str(raw.get(reached..).unwrap_or_default());
    left
}

/// The fields of a record that are carried along as they are; `None` where the whole record is.
fn unknown_fields(list: RecordList, raw: &str) -> Option<ThinVec<UnknownField>> {
    Some(match list {
        RecordList::Sittings => parse::<SittingRecord>(raw).ok()?.1,
        RecordList::People => parse::<PersonRecord>(raw).ok()?.1,
        RecordList::Annotations => parse::<AnnotationRecord>(raw).ok()?.1,
        RecordList::Links => parse::<LinkRecord>(raw).ok()?.1,
        RecordList::Reviews => parse::<PeerReviewRecord>(raw).ok()?.1,
        RecordList::Decisions => parse::<DecisionRecord>(raw).ok()?.1,
        RecordList::Ignored => parse::<SuppressionRecord>(raw).ok()?.1,
        RecordList::Lost => {
            let mut unknown = parse::<AnnotationRecord>(raw).ok()?.1;
            unknown.retain(|field| field.name != BEFORE && field.name != AFTER);
            unknown
        }
        RecordList::Damaged => return None,
    })
}

/// Where comments of RON with words in them stand, in bytes, end-exclusive.
fn comments(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if !text.contains("//") && !text.contains("/*") {
        return found;
    }
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let len = token(rest);
        let token = rest.get(..len).unwrap_or(rest);
        let is_comment = token.starts_with("//") || token.starts_with("/*");
        let is_empty = |c: char| c.is_whitespace() || matches!(c, '/' | '*');
        if is_comment && !token.chars().all(is_empty) {
            found.push(at..at + token.trim_end().len());
        }
        at += len.max(1);
    }
    found
}

/// The length in bytes of what RON begins with: a comment, a string, a character, a name, or one
/// character.
fn token(rest: &str) -> usize {
    let end = |found: Option<usize>| found.unwrap_or(rest.len());
    if rest.starts_with("//") {
        return end(rest.find('\n'));
    }
    if rest.starts_with("/*") {
        return block_comment(rest);
    }
    if rest.starts_with('"') {
        return quoted(rest, '"');
    }
    if rest.starts_with('\'') {
        // The character itself may be this mark.
        let first = rest.chars().nth(1).filter(|c| *c != '\\');
        return first.map_or_else(|| quoted(rest, '\''), |c| "''".len() + c.len_utf8());
    }
    let in_name = |c: char| c.is_alphanumeric() || c == '_';
    let name = end(rest.find(|c| !in_name(c)));
    if let Some("r" | "br") = rest.get(..name) {
        let after = rest.get(name..).unwrap_or_default();
        let bare = after.trim_start_matches('#');
        let hashes = after.len() - bare.len();
        if let Some(inside) = bare.strip_prefix('"') {
            let close = format!("\"{}", "#".repeat(hashes));
            let before = name + hashes + 1;
            return end(inside.find(&close).map(|at| before + at + close.len()));
        }
    }
    let one = rest.chars().next().map_or(1, char::len_utf8);
    name.max(one)
}

/// The length of a text in marks, where a backslash takes the next character.
fn quoted(rest: &str, mark: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        if escaped {
            escaped = false;
        } else if c == '\\' {
            escaped = true;
        } else if c == mark {
            return at + c.len_utf8();
        }
    }
    rest.len()
}

/// The length of a comment that may hold others.
fn block_comment(rest: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(two) = rest.as_bytes().get(at..at + 2) {
        match two {
            b"/*" => depth += 1,
            b"*/" => depth -= 1,
            _ => {
                at += 1;
                continue;
            }
        }
        at += 2;
        if depth == 0 {
            return at;
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::super::merge::merge;
    use super::super::tests::{read_document, source};
    use super::super::{confirm, read, write};
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        comments(text).into_iter().map(|at| &text[at]).collect()
    }

    const LOOSE: &str = r#"// Maria's file.
Pullquote(
    version: 1, source: (sha256: "", /* which? */ of: [1 /* in a field */]),
    later: [2, /* stays */],
    people: [], // nobody
    annotations: [
        (id: "a", label: "speaker", at: [(0, 2)], /* sure */ text: ["He"], new: 'x' /* n */), // seen
        (id: "b", label: "quote" /* not read */, at: [(0, 99)]),
    ],
    links: [
        // (id: "l1", role: "speaker", from: "a", to: NotGiven),
        (id: "l2", role: "speaker", from: "a", to: NotGiven /* no
            speaker */),
    ],
)
"#;

    fn kept(document: &crate::model::Document) -> Vec<&str> {
        let comments = document
            .unread()
            .iter()
            .filter(|record| record.list() == RecordList::Damaged);
        comments.map(|record| record.raw()).collect()
    }

    #[test]
    fn comments_are_kept_as_lines_and_told() {
        let source = source("He said so.");
        let contents = read(LOOSE, &source).unwrap();
        assert!(!contents.salvaged);
        let comments = contents
            .unread
            .iter()
            .filter(|record| record.list() == RecordList::Damaged);
        let mut found: Vec<(usize, &str)> = comments
            .map(|record| (record.line(), record.raw()))
            .collect();
        found.sort_unstable();
        let wanted = [
            (1, "// Maria's file."),
            (3, "/* which? */"),
            (5, "// nobody"),
            (7, "/* n */"),
            (7, "/* sure */"),
            (7, "// seen"),
            (
                11,
                "// (id: \"l1\", role: \"speaker\", from: \"a\", to: NotGiven),",
            ),
            (12, "/* no\n            speaker */"),
        ];
        assert_eq!(found, wanted);
        assert!(
            contents
                .unread
                .iter()
                .any(|record| record.reason().contains("is a comment"))
        );
        let document = contents.into_document(source.clone(), None);
        let saved = write(&document, "a.txt");
        confirm(&saved, &document).unwrap();
        for carried in [
            "/* in a field */",
            "/* stays */",
            "/* not read */",
            "/* n */",
        ] {
            assert_eq!(saved.matches(carried).count(), 1, "{carried}: {saved}");
        }
        // Once saved, nothing changes any more.
        let again = read_document(&saved, &source);
        assert_eq!(kept(&again), wanted.map(|(_, raw)| raw));
        assert_eq!(write(&again, "a.txt"), saved);
    }

    #[test]
    fn a_damaged_file_and_a_merge_keep_comments_too() {
        let source = source("He said so.");
        let cut = LOOSE.trim_end().trim_end_matches(')');
        let saved = write(&read_document(cut, &source), "a.txt");
        let other = LOOSE
            .replace("// seen", "// read")
            .replace("NotGiven /* no", "NotGiven, note: \"n\" /* no");
        let merged = merge(Some(LOOSE.as_bytes()), saved.as_bytes(), other.as_bytes())
            .unwrap()
            .text;
        for words in [
            "Maria's file",
            "which?",
            "nobody",
            "sure",
            "(id: \\\"l1",
            "speaker */",
        ] {
            assert!(saved.contains(words), "{words}: {saved}");
            assert!(merged.contains(words), "{words}: {merged}");
        }
        assert!(merged.contains("// read"), "{merged}");
    }

    #[test]
    fn comments_are_told_from_words_in_strings() {
        let text = "(a: \"// \\\" no\", /* one /* in */ it */ b: r#\"/* \" no\"#, c: '\"', // two \r\n\
                    d: '\\'', e: ''', f: b\"//\", r#g: br\"//\", h: 'é' /**/ // \n, bar: 1) //three";
        assert_eq!(words(text), ["/* one /* in */ it */", "// two", "//three"]);
    }

    proptest! {
        /// Whatever stands between tokens of RON: exactly the comments are found.
        #[test]
        fn every_comment_is_found(pieces in prop::collection::vec(select(vec![
            ("\"//\"", false), ("r#\"/*\"#", false), ("'/'", false), ("'\\''", false), ("name", false),
            ("1.5e3", false), ("(", false), ("b'\"'", false), ("// a \" b", true), ("/* ' /* c */ */", true),
            ("/* é\n */", true),
        ]), 0..20)) {
            let text: String = pieces.iter().map(|(piece, _)| format!("{piece}\n")).collect();
            let wanted: Vec<&str> = pieces.iter().filter(|piece| piece.1).map(|piece| piece.0).collect();
            prop_assert_eq!(words(&text), wanted);
        }
    }
}
