use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use thin_vec::ThinVec;

use super::UnknownField;
use super::fact_syntax::{is_date, is_language_tag, is_sha256, is_timestamp, is_web_address};

/// What is known about an article, the same for every annotator: where it appeared, by whom, when.
/// Kept in `article.txt.meta.ron`. Strings are as they were printed; an empty one is unknown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ArticleFacts {
    /// The title above the article.
    pub headline: String,
    /// Who wrote it, as it is printed.
    pub byline: String,
    /// Where it appeared: a newspaper, a site.
    pub outlet: String,
    /// When it appeared: ISO 8601, also `2024` or `2024-05`.
    pub date: String,
    /// The language it is written in, as a BCP 47 tag: `en`, `pt-BR`.
    pub language: String,
    /// The part of the outlet it appeared in.
    pub section: String,
    /// Its URL.
    pub address: String,
    /// The file its text was taken from.
    pub imported_from: Option<ImportedFrom>,
    /// Whatever else is known, by name.
    pub fields: BTreeMap<String, String>,
    /// Labels of the article as a whole.
    pub labels: BTreeSet<String>,
    /// Notes on the article as a whole, in the order in which they were made.
    pub notes: Vec<ArticleNote>,
    /// Facts that two people have changed differently, for someone to decide.
    pub conflicts: Vec<FactConflict>,
    /// Facts this version does not know, carried along.
    pub unknown: ThinVec<UnknownField>,
}

impl ArticleFacts {
    /// The facts that are one text each, by the names they have in files; those that are not known are empty.
    #[must_use]
    pub fn texts(&self) -> [(&'static str, &String); 7] {
        [
            ("headline", &self.headline),
            ("byline", &self.byline),
            ("outlet", &self.outlet),
            ("date", &self.date),
            ("language", &self.language),
            ("section", &self.section),
            ("address", &self.address),
        ]
    }
}

/// The file the text of an article was taken from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImportedFrom {
    /// Its name, for people; it is never opened.
    pub file: String,
    /// SHA-256 of its bytes, in hexadecimal; empty where it is not known.
    pub sha256: String,
    /// Its place among the articles of the file, from 0.
    pub index: usize,
    /// What this version does not know, carried along.
    pub unknown: ThinVec<UnknownField>,
}

/// A note on an article as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ArticleNote {
    /// Its contents.
    pub text: String,
    /// Who made it; empty if unnamed.
    pub by: String,
    /// When it was made (RFC 3339); empty where it is not known.
    pub when: String,
    /// What this version does not know, carried along.
    pub unknown: ThinVec<UnknownField>,
}

/// The other value of a fact that two people have changed differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactConflict {
    /// The fact: its name in the file; `fields/NAME` for one of [`ArticleFacts::fields`].
    pub fact: String,
    /// The other value, as it is in the file.
    pub theirs: String,
    /// What this version does not know, carried along.
    pub unknown: ThinVec<UnknownField>,
}

/// A fact that is doubtful. It is kept as it is. `Display` says what is wrong and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactProblem {
    /// The fact, as in [`FactConflict::fact`]; a note is `notes/N`, a conflict `conflicts/N`, N from
    /// 0.
    pub fact: String,
    /// What is wrong with it.
    pub kind: FactProblemKind,
}

/// What can be wrong with a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactProblemKind {
    /// It is not a date.
    Date(String),
    /// It is not a date and time.
    Time(String),
    /// It is not a language tag.
    Language(String),
    /// It is not the address of a web page.
    Address(String),
    /// It is not a SHA-256.
    Sha256(String),
    /// Two people have changed it differently.
    Conflict {
        /// The fact.
        fact: String,
        /// The other value, as it is in the file.
        theirs: String,
    },
}

impl fmt::Display for FactProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            FactProblemKind::Date(date) => write!(
                f,
                "`{date}` is not a date; write it as 2024-05-31, or 2024-05 or 2024 where the rest is \
                 not known"
            ),
            FactProblemKind::Time(time) => write!(
                f,
                "`{time}` is not a date and time; write it as 2024-05-31T14:02:00Z"
            ),
            FactProblemKind::Language(tag) => write!(
                f,
                "`{tag}` is not a language tag (BCP 47); write it as en, pt-BR or zh-Hant"
            ),
            FactProblemKind::Address(address) => write!(
                f,
                "`{address}` is not a web address; write it as https://example.org/article"
            ),
            FactProblemKind::Sha256(hash) => write!(
                f,
                "`{hash}` is not a SHA-256; it has 64 digits 0 to 9 and a to f"
            ),
            FactProblemKind::Conflict { fact, theirs } => write!(
                f,
                "`{fact}` has a second value, {theirs}; keep one of the two and remove this line"
            ),
        }
    }
}

impl ArticleFacts {
    /// Whether nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What is doubtful, in the order of the file.
    #[must_use]
    pub fn problems(&self) -> Vec<FactProblem> {
        let mut problems = Vec::new();
        let mut check = |fact: &str, value: &str, fits: fn(&str) -> bool, kind: Kind| {
            if !value.is_empty() && !fits(value) {
                problems.push(FactProblem {
                    fact: fact.to_owned(),
                    kind: kind(value.to_owned()),
                });
            }
        };
        check("date", &self.date, is_date, FactProblemKind::Date);
        let language = &self.language;
        check(
            "language",
            language,
            is_language_tag,
            FactProblemKind::Language,
        );
        let address = &self.address;
        check("address", address, is_web_address, FactProblemKind::Address);
        if let Some(from) = &self.imported_from {
            let sha256 = &from.sha256;
            check("imported_from", sha256, is_sha256, FactProblemKind::Sha256);
        }
        for (n, note) in self.notes.iter().enumerate() {
            let fact = format!("notes/{n}");
            check(&fact, &note.when, is_timestamp, FactProblemKind::Time);
        }
        let conflicts = self.conflicts.iter().enumerate();
        problems.extend(conflicts.map(|(n, conflict)| FactProblem {
            fact: format!("conflicts/{n}"),
            kind: FactProblemKind::Conflict {
                fact: conflict.fact.clone(),
                theirs: conflict.theirs.clone(),
            },
        }));
        problems
    }
}

type Kind = fn(String) -> FactProblemKind;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_doubtful_is_named() {
        let facts = ArticleFacts {
            headline: "Anything, even 2024-13".to_owned(),
            date: "yesterday".to_owned(),
            language: "English!".to_owned(),
            address: "www.example.org".to_owned(),
            imported_from: Some(ImportedFrom {
                sha256: "12".to_owned(),
                ..ImportedFrom::default()
            }),
            notes: vec![ArticleNote {
                when: "noon".to_owned(),
                ..ArticleNote::default()
            }],
            conflicts: vec![FactConflict {
                fact: "headline".to_owned(),
                theirs: "\"Something\"".to_owned(),
                unknown: ThinVec::new(),
            }],
            ..ArticleFacts::default()
        };
        let problems = facts.problems();
        let facts: Vec<_> = problems.iter().map(|problem| &*problem.fact).collect();
        assert_eq!(
            facts,
            [
                "date",
                "language",
                "address",
                "imported_from",
                "notes/0",
                "conflicts/0"
            ]
        );
    }
}
