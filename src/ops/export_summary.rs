//! What an export writes, leaves out and loses, in words.

use super::{ExportReport, LeftOut, undecided_words};
use crate::text::wording::{count, count_as};

impl ExportReport {
    /// "2 documents, 12 tags, 9 links"; where an article has the work of several annotators, also of how
    /// many articles.
    #[must_use]
    pub fn summary(&self) -> String {
        let of = if self.documents > self.articles && self.articles > 0 {
            let articles = count(self.articles, "article");
            format!(" (one for each annotator of {articles})")
        } else {
            String::new()
        };
        let summary = format!(
            "{}{of}, {}, {}",
            count(self.documents, "document"),
            count(self.tags, "tag"),
            count(self.links, "link")
        );
        let summary = match self.curated {
            0 => summary,
            articles => format!(
                "{summary}; of {} the curated tags alone{}",
                count(articles, "article"),
                undecided_words(articles, &self.undecided)
            ),
        };
        if self.splits.is_empty() {
            return summary;
        }
        let parts = self.splits.iter();
        let parts = parts.map(|split| format!("{} {}", split.documents, split.name));
        let parts: Vec<String> = parts.collect();
        format!(
            "{summary}; split with seed {}: {}",
            self.seed,
            parts.join(", ")
        )
    }
}

impl LeftOut {
    /// What was left out and why, a line each. `remedy` follows what is left out unless all is asked
    /// for, and tells how to ask.
    #[must_use]
    pub fn lines(&self, remedy: &str) -> Vec<String> {
        let Self {
            rejected,
            undecided,
            filtered,
            links,
            documents,
            untouched,
        } = *self;
        let by_default = list(&[
            (rejected, "rejected tag", "rejected tags"),
            (undecided, "suggestion to review", "suggestions to review"),
            (untouched, "article not started", "articles not started"),
        ]);
        let as_asked = list(&[
            (filtered, "tag", "tags"),
            (documents, "document", "documents"),
        ]);
        let with_tags = list(&[(links, "link", "links")]);
        let lines = [
            by_default.map(|words| format!("left out: {words}{remedy}")),
            as_asked.map(|words| format!("left out by your filter: {words}")),
            with_tags.map(|words| format!("left out with their tags: {words}")),
        ];
        lines.into_iter().flatten().collect()
    }
}

/// What there is of each, in words; `None` for nothing.
fn list(parts: &[(usize, &str, &str)]) -> Option<String> {
    let parts = parts.iter().filter(|(number, ..)| *number > 0);
    let parts: Vec<String> = parts
        .map(|&(n, one, many)| count_as(n, one, many))
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_counted_in_words() {
        let mut report = ExportReport {
            tags: 1,
            ..ExportReport::default()
        };
        assert_eq!(report.summary(), "0 documents, 1 tag, 0 links");
        (report.documents, report.articles) = (3, 2);
        assert_eq!(
            report.summary(),
            "3 documents (one for each annotator of 2 articles), 1 tag, 0 links"
        );
        assert_eq!(report.left_out.lines("; say more"), Vec::<String>::new());
        report.left_out.rejected = 1;
        report.left_out.links = 2;
        report.left_out.undecided = 3;
        assert_eq!(
            report.left_out.lines("; say more"),
            [
                "left out: 1 rejected tag, 3 suggestions to review; say more",
                "left out with their tags: 2 links",
            ]
        );
    }
}
