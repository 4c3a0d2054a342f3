//! Annotators of other tools, under names that files can have.

use std::collections::{BTreeMap, BTreeSet};

use crate::format::annotator_names::TAKEN;

/// The names given in an import: one for each person, another one for each further time the same
/// person worked on a text.
#[derive(Debug, Default)]
pub(in crate::format) struct AnnotatorNames {
    /// By who it is and how many times they worked on the text before.
    names: BTreeMap<(String, usize), String>,
    taken: BTreeSet<String>,
}

impl AnnotatorNames {
    /// The name of a person: `identity` is what tells them from others, `called` what they are
    /// called. A name that another one has gets a number.
    pub(in crate::format) fn name(&mut self, identity: &str, time: usize, called: &str) -> String {
        let key = (identity.to_owned(), time);
        if let Some(known) = self.names.get(&key) {
            return known.clone();
        }
        let plain = plain_name(called);
        let mut name = plain.clone();
        let mut n = 1;
        while TAKEN.contains(&&*name) || self.taken.contains(&name) {
            n += 1;
            name = format!("{plain}-{n}");
        }
        self.taken.insert(name.clone());
        self.names.insert(key, name.clone());
        name
    }
}

/// What is before the `@`, in the letters names have: a to z, 0 to 9, `_` and `-`.
pub(super) fn plain_name(called: &str) -> String {
    let called = called.split('@').next().unwrap_or(called);
    let mut name = String::new();
    for c in called.chars().flat_map(char::to_lowercase) {
        match c {
            'a'..='z' | '0'..='9' | '_' | '-' => name.push(c),
            'ä' | 'à' | 'á' | 'â' | 'ã' | 'å' | 'ą' => name.push('a'),
            'é' | 'è' | 'ê' | 'ë' | 'ę' | 'ě' => name.push('e'),
            'í' | 'ì' | 'î' | 'ï' => name.push('i'),
            'ö' | 'ó' | 'ò' | 'ô' | 'õ' | 'ø' => name.push('o'),
            'ü' | 'ú' | 'ù' | 'û' | 'ů' => name.push('u'),
            'ç' | 'ć' | 'č' => name.push('c'),
            'ñ' | 'ń' | 'ň' => name.push('n'),
            'ł' => name.push('l'),
            'š' | 'ś' | 'ş' => name.push('s'),
            'ž' | 'ź' | 'ż' => name.push('z'),
            'ý' => name.push('y'),
            'ß' => name.push_str("ss"),
            _ => {
                if !name.is_empty() && !name.ends_with('-') {
                    name.push('-');
                }
            }
        }
    }
    let name = name.trim_end_matches('-');
    if name.is_empty() {
        "annotator".to_owned()
    } else {
        name.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_such_as_files_have() {
        for (called, name) in [
            ("Ann.Lee@example.org", "ann-lee"),
            ("José Núñez", "jose-nunez"),
            ("Мария", "annotator"),
            ("a_b-c ", "a_b-c"),
            ("@x", "annotator"),
        ] {
            assert_eq!(plain_name(called), name);
        }
    }

    #[test]
    fn every_person_and_time_has_a_name_of_its_own() {
        let mut names = AnnotatorNames::default();
        assert_eq!(names.name("3", 0, "ann@example.org"), "ann");
        assert_eq!(names.name("4", 0, "ann@example.com"), "ann-2");
        assert_eq!(names.name("3", 1, "ann@example.org"), "ann-3");
        assert_eq!(names.name("4", 0, "ann@example.com"), "ann-2");
        assert_eq!(names.name("5", 0, "meta"), "meta-2");
    }
}
