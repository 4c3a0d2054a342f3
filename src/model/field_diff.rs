//! What differs between two records of one id, in words.

use super::{Annotation, Decision, Link, PeerReview, Person, Suppression, UnknownField};

/// Names those of the pairs whose values differ.
macro_rules! differing {
    ($a:ident, $b:ident: $($word:literal $field:ident),+) => {
        [$(($word, $a.$field != $b.$field)),+]
            .into_iter()
            .filter(|(_, differs)| *differs)
            .map(|(word, _)| word.to_owned())
    };
}

/// Whether two records differ, but in nothing else than these fields.
macro_rules! differs_only_in {
    ($a:ident, $b:ident: $($field:ident),+) => {{
        let alike = Self {
            $($field: $b.$field.clone(),)+
            ..$a.clone()
        };
        $a != $b && alike == *$b
    }};
}

fn unknown(a: &[UnknownField], b: &[UnknownField]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (one, other) in [(a, b), (b, a)] {
        for field in one.iter().filter(|field| !other.contains(field)) {
            let name = format!("`{}`", field.name);
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

impl Annotation {
    /// Whether it differs from another, but in nothing else than who made, changed or decided it and
    /// when.
    #[must_use]
    pub fn differs_only_in_authorship(&self, other: &Self) -> bool {
        differs_only_in!(self, other: made, changed, decided)
    }

    /// What differs from another tag, in words: "the note".
    #[must_use]
    pub fn changed_fields(&self, other: &Self) -> Vec<String> {
        let mut words: Vec<String> = differing!(self, other:
            "the label" label, "the range" fragments, "the attributes" attributes,
            "the person" person, "the author" origin, "the confidence" confidence,
            "the verdict" verdict, "the review" review, "the note" note,
            "the earlier text" former_words, "who made it" made,
            "who changed it last" changed, "who decided" decided)
        .collect();
        words.append(&mut unknown(&self.unknown, &other.unknown));
        words
    }
}

impl Link {
    /// Whether it differs from another, but in nothing else than who made or changed it and when.
    #[must_use]
    pub fn differs_only_in_authorship(&self, other: &Self) -> bool {
        differs_only_in!(self, other: made, changed)
    }

    /// What differs from another link, in words: "the role".
    #[must_use]
    pub fn changed_fields(&self, other: &Self) -> Vec<String> {
        let mut words: Vec<String> = differing!(self, other:
            "the role" role, "the start" from, "the target" to, "the attributes" attributes,
            "the author" origin, "the confidence" confidence, "the confirmation" confirmed,
            "the note" note, "who made it" made, "who changed it last" changed)
        .collect();
        words.append(&mut unknown(&self.unknown, &other.unknown));
        words
    }
}

impl Person {
    /// Whether it differs from another, but in nothing else than who made or changed it and when.
    #[must_use]
    pub fn differs_only_in_authorship(&self, other: &Self) -> bool {
        differs_only_in!(self, other: made, changed)
    }

    /// What differs from another person, in words: "the name".
    #[must_use]
    pub fn changed_fields(&self, other: &Self) -> Vec<String> {
        let mut words: Vec<String> = differing!(self, other:
            "the name" name, "the kind" kind, "the aliases" aliases, "the role" role,
            "the organisation" organisation, "the external id" external_id,
            "the attributes" attributes, "who made it" made, "who changed it last" changed)
        .collect();
        words.append(&mut unknown(&self.unknown, &other.unknown));
        words
    }
}

impl PeerReview {
    /// Whether it differs from another, but in nothing else than who made or changed it and when.
    #[must_use]
    pub fn differs_only_in_authorship(&self, other: &Self) -> bool {
        differs_only_in!(self, other: made, changed)
    }

    /// What differs from another review, in words: "the verdict".
    #[must_use]
    pub fn changed_fields(&self, other: &Self) -> Vec<String> {
        let mut words: Vec<String> = differing!(self, other:
            "the tag" key, "the reviewed version" record, "the verdict" verdict,
            "the reason" reason, "the replies" replies, "who made it" made,
            "who changed it last" changed)
        .collect();
        words.append(&mut unknown(&self.unknown, &other.unknown));
        words
    }
}

impl Decision {
    /// Whether it differs from another, but in nothing else than who made or changed it and when.
    #[must_use]
    pub fn differs_only_in_authorship(&self, other: &Self) -> bool {
        differs_only_in!(self, other: made, changed)
    }

    /// What differs from another decision, in words: "the choice".
    #[must_use]
    pub fn changed_fields(&self, other: &Self) -> Vec<String> {
        let mut words: Vec<String> = differing!(self, other:
            "the tag" key, "the judged version" record, "the other tags" others,
            "the choice" choice, "the curated tag" curated, "who made it" made,
            "who changed it last" changed)
        .collect();
        words.append(&mut unknown(&self.unknown, &other.unknown));
        words
    }
}

impl Suppression {
    /// Whether it differs from another, but in nothing else than who made or changed it and when.
    #[must_use]
    pub fn differs_only_in_authorship(&self, other: &Self) -> bool {
        differs_only_in!(self, other: made, changed)
    }

    /// What differs from another decision, in words: "the reason".
    #[must_use]
    pub fn changed_fields(&self, other: &Self) -> Vec<String> {
        let mut words: Vec<String> = differing!(self, other:
            "what is ignored" key, "the reason" reason, "who made it" made,
            "who changed it last" changed)
        .collect();
        words.append(&mut unknown(&self.unknown, &other.unknown));
        words
    }
}
