//! Names of annotators as people and other tools write them, made into names that sidecars can have.

use std::collections::BTreeMap;

use smol_str::SmolStr;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::ImportedDocument;
use super::free_ids::FreeIds;
use super::interchange::DocumentRecord;
use super::left_out::shown_words;
use crate::model::{Annotation, AnnotationSet, Authorship, CopyOf, Link, Origin};

/// Gives each annotator of a file a name of `[a-z0-9_-]` that no other one has, and another one for
/// each further time the same person worked on a text.
#[derive(Debug, Default)]
pub struct AnnotatorNames {
    /// By who it is and how many times they worked on the text before.
    given: BTreeMap<(String, usize), String>,
    used: FreeIds,
}

/// Names that are the ends of articles, or of files that belong to no annotator.
const TAKEN: [&str; 5] = ["txt", "text", "md", "meta", CopyOf::CURATED];

/// Why somebody is called otherwise here than in the file.
pub(super) const RENAMED: &str = "names of annotators are made of a to z, 0 to 9, _ and -";

/// What somebody is called whose name has no letter that is allowed.
const NAMELESS: &str = "annotator";

impl AnnotatorNames {
    /// Gives a document, if it has an annotator, a name that is theirs alone; its tags and links keep
    /// the other one. A message the first time it is another one.
    pub fn name_document(&mut self, read: ImportedDocument) -> (ImportedDocument, Option<String>) {
        let Some(original) = read.document.meta().annotator.clone() else {
            return (read, None);
        };
        let known = self.given.contains_key(&(original.to_string(), 0));
        let name = self.name(&original);
        if name == *original {
            return (read, None);
        }
        let mut parts = read.document.into_parts();
        parts.meta.annotator = Some(name.as_str().into());
        made_by(&mut parts.set, &original);
        let told = format!("{RENAMED}: “{}” is `{name}` here", shown_words(&original));
        let document = parts.into();
        (
            ImportedDocument { document, ..read },
            (!known).then_some(told),
        )
    }

    /// The name of the annotator that a file calls `original`: the same each time.
    pub(super) fn name(&mut self, original: &str) -> String {
        self.name_of(original, 0, original)
    }

    /// Gives a record the annotator that its file calls `original`, which its tags and links keep.
    /// Whether the name is another one.
    pub(super) fn name_record(&mut self, record: &mut DocumentRecord, original: &str) -> bool {
        record.annotator = self.name(original);
        let other = record.annotator != original;
        if other {
            original.clone_into(&mut record.made_by);
        }
        other
    }

    /// The name of a person: `identity` is what tells them from others, `called` what they are
    /// called. A name that another one has gets a number.
    pub(super) fn name_of(&mut self, identity: &str, time: usize, called: &str) -> String {
        let key = (identity.to_owned(), time);
        if let Some(name) = self.given.get(&key) {
            return name.clone();
        }
        let name = self.unused(&annotator_file_name(called));
        self.given.insert(key, name.clone());
        name
    }

    /// A name for one more try of the annotator called `name` here.
    pub(super) fn unused(&mut self, name: &str) -> String {
        self.used.take_numbered(name).to_string()
    }
}

/// Says of imported tags and links that name nobody who made them.
fn made_by(set: &mut AnnotationSet, original: &SmolStr) {
    let foreign = |origin: &Origin, made: bool| matches!(origin, Origin::Import(_)) && !made;
    let made = || {
        let by = original.clone();
        Some(Box::new(Authorship { by, at: None }))
    };
    let tags: Vec<Annotation> = set
        .annotations()
        .filter(|tag| foreign(&tag.origin, tag.made.is_some()))
        .cloned()
        .collect();
    for tag in tags {
        set.insert_annotation(Annotation {
            made: made(),
            ..tag
        });
    }
    let links: Vec<Link> = set
        .links()
        .filter(|link| foreign(&link.origin, link.made.is_some()))
        .cloned()
        .collect();
    for link in links {
        set.insert_link(Link {
            made: made(),
            ..link
        });
    }
}

/// The name in file names of somebody who is the first of that name, in `[a-z0-9_-]` and never empty.
#[must_use]
pub fn annotator_file_name(called: &str) -> String {
    match plain_annotator_name(called) {
        name if name.is_empty() => NAMELESS.to_owned(),
        name if TAKEN.contains(&&*name) => format!("{NAMELESS}-{name}"),
        name => name,
    }
}

/// A name in the letters that names in files have, `[a-z0-9_-]`: `maria-lopez` for “María López”, and
/// of an e-mail address what is before the @. Empty where no letter is left.
#[must_use]
pub fn plain_annotator_name(called: &str) -> String {
    let called = match called.split_once('@') {
        Some((name, host)) if !name.is_empty() && host.contains('.') => name,
        _ => called,
    };
    let mut name = String::new();
    for c in called.trim().to_lowercase().nfd() {
        match c {
            'a'..='z' | '0'..='9' | '_' | '-' => name.push(c),
            'ß' => name.push_str("ss"),
            'ł' => name.push('l'),
            'ø' => name.push('o'),
            'ı' => name.push('i'),
            c if is_combining_mark(c) => {}
            _ if name.ends_with('-') || name.is_empty() => {}
            _ => name.push('-'),
        }
    }
    name.trim_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_such_as_files_have() {
        for (called, name) in [
            ("Ana", "ana"),
            (" María López ", "maria-lopez"),
            ("José Núñez", "jose-nunez"),
            ("Ann.Lee@example.org", "ann-lee"),
            ("O'Brien (desk 2)", "o-brien-desk-2"),
            ("Paweł Groß", "pawel-gross"),
            ("a_b-c ", "a_b-c"),
            ("@bo", "bo"),
            ("Мария", ""),
            ("…", ""),
            ("", ""),
        ] {
            assert_eq!(plain_annotator_name(called), name);
        }
    }

    #[test]
    fn every_person_and_time_has_a_name_of_its_own() {
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
        ] {
            assert_eq!(names.name(original), name, "{original}");
        }
        assert_eq!(names.name_of("3", 0, "ann@example.org"), "ann");
        assert_eq!(names.name_of("4", 0, "ann@example.com"), "ann-2");
        assert_eq!(names.name_of("3", 1, "ann@example.org"), "ann-3");
        assert_eq!(names.name_of("4", 0, "ann@example.com"), "ann-2");
    }
}
