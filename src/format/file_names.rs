use std::collections::BTreeSet;

use crate::text::wording::acts_on_terminal;

/// Names for the files of an export, one for each document: two documents never get the same one,
/// ignoring case, and none leads out of the folder.
#[derive(Default)]
pub(super) struct FileNames(BTreeSet<String>);

impl FileNames {
    /// The name for a document, without ending: that of the article, and for an annotator's work in a
    /// folder of that annotator. With `/`.
    pub(super) fn next(&mut self, id: &str, annotator: Option<&str>) -> String {
        let stem = [".txt", ".text", ".md"]
            .iter()
            .find_map(|ending| id.strip_suffix(ending))
            .unwrap_or(id);
        let parts = annotator.into_iter().chain(stem.split('/'));
        let parts: Vec<String> = parts.filter_map(part).collect();
        let base = match parts[..] {
            [] => "document".to_owned(),
            _ => parts.join("/"),
        };
        let mut name = base.clone();
        let mut n = 1;
        while !self.0.insert(name.to_lowercase()) {
            n += 1;
            name = format!("{base}-{n}");
        }
        name
    }
}

/// One part of a path, such as every file system takes.
fn part(part: &str) -> Option<String> {
    let kept: String = part
        .chars()
        .take(80)
        .map(|c| match c {
            '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
            c if c.is_control() || acts_on_terminal(c) => '_',
            c => c,
        })
        .collect();
    let kept = kept
        .trim_end_matches(['.', ' '])
        .trim_start_matches(['.', ' ']);
    (!kept.is_empty()).then(|| kept.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_stay_in_the_folder() {
        let mut names = FileNames::default();
        assert_eq!(names.next("a/b.txt", None), "a/b");
        assert_eq!(names.next("a/b.txt", Some("maria")), "maria/a/b");
        assert_eq!(names.next("A/B.md", None), "A/B-2");
        assert_eq!(names.next("../../etc/passwd", None), "etc/passwd");
        assert_eq!(names.next("..", None), "document");
        assert_eq!(names.next("C:\\x?.txt", None), "C__x_");
        assert_eq!(names.next("a\u{202e}b\u{2066}c\u{200f}", None), "a_b_c_");
    }
}
