//! Names of annotators in files of other tools, made into names that sidecars can have.

use std::collections::{BTreeMap, BTreeSet};

/// Gives each annotator of a file a name of `[a-z0-9_-]` that no other one has.
#[derive(Debug, Default)]
pub(super) struct AnnotatorNames {
    given: BTreeMap<String, String>,
    used: BTreeSet<String>,
}

/// Names that are the ends of articles, or of files that belong to no annotator.
pub(super) const TAKEN: [&str; 5] = ["txt", "text", "md", "meta", "curated"];

impl AnnotatorNames {
    /// The name of the annotator that a file calls `original`: the same each time.
    pub(super) fn name(&mut self, original: &str) -> String {
        if let Some(name) = self.given.get(original) {
            return name.clone();
        }
        let name = self.unused(&plain(original));
        self.given.insert(original.to_owned(), name.clone());
        name
    }

    /// A name for one more try of the annotator called `name` here.
    pub(super) fn unused(&mut self, name: &str) -> String {
        let mut found = name.to_owned();
        let mut n = 1;
        while !self.used.insert(found.clone()) {
            n += 1;
            found = format!("{name}-{n}");
        }
        found
    }
}

/// The name in the signs that are allowed: of an e-mail address the part before the @.
fn plain(original: &str) -> String {
    let name = match original.split_once('@') {
        Some((name, host)) if !name.is_empty() && host.contains('.') => name,
        _ => original,
    };
    let mut plain = String::new();
    for c in name.trim().chars() {
        match c.to_ascii_lowercase() {
            c if c.is_ascii_alphanumeric() || c == '_' || c == '-' => plain.push(c),
            _ if plain.ends_with('-') => {}
            _ => plain.push('-'),
        }
    }
    let plain = plain.trim_matches('-');
    if plain.is_empty() || TAKEN.contains(&plain) {
        return format!(
            "annotator{}{plain}",
            if plain.is_empty() { "" } else { "-" }
        );
    }
    plain.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain_and_differ() {
        let mut names = AnnotatorNames::default();
        for (original, name) in [
            ("set-bo", "set-bo"),
            ("Bo Ng", "bo-ng"),
            ("bo.ng@example.org", "bo-ng-2"),
            ("Bo Ng", "bo-ng"),
            ("7", "7"),
            ("meta", "annotator-meta"),
            ("王", "annotator"),
            ("李", "annotator-2"),
            ("@bo", "bo"),
        ] {
            assert_eq!(names.name(original), name, "{original}");
        }
    }
}
