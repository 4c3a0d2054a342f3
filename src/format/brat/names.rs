use std::collections::BTreeMap;

/// Names of labels, roles and attributes as brat takes them: letters, digits, `_`, `-`. Two names of
/// ours never get the same one, as long as one export lasts.
#[derive(Default)]
pub(super) struct Names {
    ours: BTreeMap<String, String>,
    theirs: BTreeMap<String, String>,
}

impl Names {
    /// Names of this kind that mean something else to brat or to us.
    pub(super) fn reserving(reserved: &[&str]) -> Self {
        let taken = |name: &&str| ((*name).to_owned(), String::new());
        Self {
            ours: BTreeMap::new(),
            theirs: reserved.iter().map(taken).collect(),
        }
    }

    /// brat's name for one of ours.
    pub(super) fn of(&mut self, name: &str) -> String {
        if let Some(known) = self.ours.get(name) {
            return known.clone();
        }
        let base: String = name
            .chars()
            .map(|c| {
                if c.is_ascii_alphanumeric() || c == '-' {
                    c
                } else {
                    '_'
                }
            })
            .collect();
        // A name of marks alone could be taken for one of brat's own sections or signs.
        let base = if base.starts_with(|c: char| c.is_ascii_alphabetic()) {
            base
        } else {
            format!("x{base}")
        };
        let mut theirs = base.clone();
        let mut n = 1;
        while self.theirs.contains_key(&theirs) {
            n += 1;
            theirs = format!("{base}-{n}");
        }
        self.theirs.insert(theirs.clone(), name.to_owned());
        self.ours.insert(name.to_owned(), theirs.clone());
        theirs
    }

    /// All names: brat's and ours.
    pub(super) fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        let named = self.theirs.iter().filter(|(_, ours)| !ours.is_empty());
        named.map(|(theirs, ours)| (&**theirs, &**ours))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_apart() {
        let mut names = Names::reserving(&["Review"]);
        assert_eq!(names.of("quote"), "quote");
        assert_eq!(names.of("a b"), "a_b");
        assert_eq!(names.of("a.b"), "a_b-2");
        assert_eq!(names.of("a b"), "a_b");
        assert_eq!(names.of("Review"), "Review-2");
        assert_eq!(names.of("¡!"), "x__");
        assert_eq!(names.of(""), "x");
    }
}
