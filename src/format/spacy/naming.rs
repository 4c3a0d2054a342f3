//! Which records are about the same article, and who made them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Write as _};

use sha2::{Digest, Sha256};

use super::parse::ReadRecord;
use crate::format::annotator_names::{AnnotatorNames, RENAMED};
use crate::format::left_out::{LeftOut, shown_words};

/// A record with its line.
pub(super) type Read = (usize, ReadRecord);

/// Names articles and annotators of all records of a file: the same article for records with the
/// same text and name, or the same text by different annotators; else one of its own. Nothing that
/// was two becomes one.
pub(super) fn name_all(records: &mut [Read], file: &str, left_out: &mut LeftOut) {
    forget_sessions(records, left_out);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let mut names = AnnotatorNames::default();
    let mut renamed = BTreeSet::new();
    let mut articles: BTreeMap<String, Article> = BTreeMap::new();
    let mut unnamed: BTreeMap<String, String> = BTreeMap::new();
    for (line, record) in records {
        if record.pullquote.is_some() {
            continue;
        }
        let original = record.annotator.take();
        let annotator = original.as_deref().map(|original| {
            let name = names.name(original);
            if name != original && renamed.insert(name.clone()) {
                let example = format!("“{}” is `{name}` here", shown_words(original));
                left_out.remark(*line, RENAMED, example);
            }
            if name != original {
                original.clone_into(&mut record.made_by);
            }
            name
        });
        let own = record.name.take();
        let same_text = || annotator.as_ref().and_then(|_| unnamed.get(&record.text));
        let base = own
            .clone()
            .or_else(|| same_text().cloned())
            .unwrap_or_else(|| format!("{stem}-{line}"));
        if own.is_none() && annotator.is_some() {
            unnamed
                .entry(record.text.clone())
                .or_insert_with(|| base.clone());
        }
        let content = hash(&format_args!(
            "{:?} {:?} {:?}",
            record.spans, record.relations, record.answer
        ));
        let text = hash(&format_args!("{}", record.text));
        let mut n = 1;
        loop {
            let name = if n == 1 {
                base.clone()
            } else {
                format!("{base}-{n}")
            };
            n += 1;
            let article = articles
                .entry(name.to_lowercase())
                .or_insert_with(|| Article {
                    name: name.clone(),
                    text,
                    by: BTreeMap::new(),
                });
            if article.name != name || article.text != text {
                continue;
            }
            match (article.by.get(&annotator), &annotator) {
                (None, _) => {
                    article.by.insert(annotator.clone(), content);
                    record.annotator = annotator;
                }
                (Some(known), _) if *known == content => record.annotator = annotator,
                (Some(_), None) => continue,
                (Some(_), Some(name)) => {
                    let again = names.unused(name);
                    let example = format!("`{name}` on `{}`, by `{again}` here", article.name);
                    left_out.remark(*line, TWICE, example);
                    article.by.insert(Some(again.clone()), content);
                    record.annotator = Some(again);
                }
            }
            record.name = Some(name);
            break;
        }
    }
}

const TWICE: &str =
    "an annotator has one file for each article, so second answers got another name";

struct Article {
    name: String,
    text: Hash,
    /// What each annotator made of it.
    by: BTreeMap<Option<String>, Hash>,
}

/// Contents of which this is the same are the same.
type Hash = [u8; 32];

fn hash(contents: &fmt::Arguments<'_>) -> Hash {
    struct Hashing(Sha256);
    impl fmt::Write for Hashing {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0.update(text.as_bytes());
            Ok(())
        }
    }
    let mut hashing = Hashing(Sha256::new());
    let _ = hashing.write_fmt(*contents);
    hashing.0.finalize().into()
}

/// Times as names of sessions, which Prodigy gives when nobody is named, are no annotators; unless
/// they tell apart who answered the same text.
fn forget_sessions(records: &mut [Read], left_out: &mut LeftOut) {
    let mut by_text: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (_, record) in &*records {
        let Some(annotator) = &record.annotator else {
            by_text.entry(&record.text).or_default().insert("");
            continue;
        };
        if !is_time(annotator) {
            return;
        }
        by_text.entry(&record.text).or_default().insert(annotator);
    }
    if by_text.values().any(|annotators| annotators.len() > 1) {
        return;
    }
    for (line, record) in records {
        if record.annotator.take().is_some() {
            left_out.bookkeeping(*line, "_session_id");
        }
    }
}

/// Whether a name is like `2024-05-31_10-15-00`.
fn is_time(name: &str) -> bool {
    let digits = name.chars().filter(char::is_ascii_digit).count();
    let signs = name
        .chars()
        .all(|c| c.is_ascii_digit() || "-_:T ".contains(c));
    signs && digits >= 12
}
