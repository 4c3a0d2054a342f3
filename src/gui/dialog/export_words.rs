//! What an export writes, leaves out and loses, in words.

use crate::ops::ExportReport;

/// "2 documents, 12 tags, 9 links".
pub(crate) fn summary(report: &ExportReport) -> String {
    let documents = counted(report.documents, "document");
    let tags = counted(report.tags, "tag");
    let links = counted(report.links, "link");
    format!("{documents}, {tags}, {links}")
}

/// What is left out, what the format cannot carry, and what could not be read; a line each.
pub(crate) fn notes(report: &ExportReport) -> Vec<String> {
    let out = &report.left_out;
    let left: Vec<String> = [
        (out.rejected, "rejected tag"),
        (out.undecided, "suggestion to review"),
        (out.filtered, "other tag"),
        (out.links, "link to or from these"),
        (out.documents, "document in another state"),
        (out.untouched, "article without tags"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, what)| many(count, what))
    .collect();
    let mut lines = Vec::new();
    if !left.is_empty() {
        lines.push(format!("Left out: {}.", left.join(", ")));
    }
    lines.extend(report.losses.iter().map(|loss| format!("{loss}.")));
    lines.extend(report.problems.iter().map(ToString::to_string));
    lines
}

/// "1 tag", "2 tags".
pub(crate) fn counted(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        n => format!("{n} {what}s"),
    }
}

/// The word that is counted comes first in some of them.
fn many(count: usize, what: &str) -> String {
    if count == 1 {
        return format!("1 {what}");
    }
    match what.split_once(' ') {
        Some((noun @ ("suggestion" | "link" | "document" | "article"), rest)) => {
            format!("{count} {noun}s {rest}")
        }
        _ => format!("{count} {what}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_counted_in_words() {
        let mut report = ExportReport::default();
        report.left_out.rejected = 1;
        report.left_out.links = 2;
        report.left_out.undecided = 3;
        report.tags = 1;
        assert_eq!(summary(&report), "0 documents, 1 tag, 0 links");
        assert_eq!(
            notes(&report),
            ["Left out: 1 rejected tag, 3 suggestions to review, 2 links to or from these."]
        );
    }
}
