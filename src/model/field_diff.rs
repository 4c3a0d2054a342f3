//! What differs between two records of one id, in words.

use super::{Annotation, Decision, Link, PeerReview, Person, Suppression, UnknownField};

/// How two records of a kind differ: its fields in words, then who made it, changed it, and what else is about
/// authorship.
macro_rules! record_diff {
    ($record:ty: $($word:literal $field:ident),+; authorship $($author:literal $authorship:ident),+) => {
        impl $record {
            /// Whether it differs from another, but in nothing else than who made, changed or decided it
            /// and when.
            #[must_use]
            pub fn differs_only_in_authorship(&self, other: &Self) -> bool {
                let alike = Self {
                    $($authorship: other.$authorship.clone(),)+
                    ..self.clone()
                };
                self != other && alike == *other
            }

            /// What differs from another record of its kind, in words, such as "the note".
            #[must_use]
            pub fn changed_fields(&self, other: &Self) -> Vec<String> {
                let fields = [
                    $(($word, self.$field != other.$field),)+
                    $(($author, self.$authorship != other.$authorship)),+
                ];
                let differing = fields.iter().filter(|(_, differs)| *differs);
                let mut words: Vec<String> = differing.map(|(word, _)| (*word).to_owned()).collect();
                words.append(&mut unknown(&self.unknown, &other.unknown));
                words
            }
        }
    };
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

record_diff!(Annotation:
    "the label" label, "the range" fragments, "the attributes" attributes, "the person" person,
    "the author" origin, "the confidence" confidence, "the verdict" verdict, "the review" review,
    "the note" note, "the earlier text" former_words;
    authorship "who made it" made, "who changed it last" changed, "who decided" decided);
record_diff!(Link:
    "the role" role, "the start" from, "the target" to, "the attributes" attributes,
    "the author" origin, "the confidence" confidence, "the confirmation" confirmed,
    "the note" note;
    authorship "who made it" made, "who changed it last" changed);
record_diff!(Person:
    "the name" name, "the kind" kind, "the aliases" aliases, "the role" role,
    "the organisation" organisation, "the external id" external_id,
    "the attributes" attributes;
    authorship "who made it" made, "who changed it last" changed);
record_diff!(PeerReview:
    "the tag" key, "the reviewed version" record, "the verdict" verdict, "the reason" reason,
    "the proposed change" change, "the replies" replies, "what is settled" settled;
    authorship "who made it" made, "who changed it last" changed);
record_diff!(Decision:
    "the tag" key, "the judged version" record, "the other tags" others, "the choice" choice,
    "the curated tag" curated, "the reason" reason;
    authorship "who made it" made, "who changed it last" changed);
record_diff!(Suppression:
    "what is ignored" key, "the reason" reason;
    authorship "who made it" made, "who changed it last" changed);
