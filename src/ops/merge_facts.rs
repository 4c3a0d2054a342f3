//! Facts of an article that two people change at a time.

use std::path::Path;

use super::article_facts::{LoadedFacts, SaveFactsError, load_facts, save_facts};
use crate::format::article_facts::{self, FactsMergeError};
use crate::model::ArticleFacts;

/// Facts with what both sides have changed since `base`, fact by fact; where both have changed one, ours
/// counts and theirs is among the conflicts.
///
/// # Errors
/// [`FactsMergeError`], in words.
pub fn merge_facts(
    base: &ArticleFacts,
    ours: &ArticleFacts,
    theirs: &ArticleFacts,
) -> Result<ArticleFacts, FactsMergeError> {
    let [base, ours, theirs] = [base, ours, theirs].map(article_facts::write);
    let merged = article_facts::merge(Some(base.as_bytes()), ours.as_bytes(), theirs.as_bytes())?;
    let read = article_facts::read(merged.text.as_bytes());
    let read = read.map_err(|error| FactsMergeError::Unreadable {
        side: "ours",
        error,
    })?;
    Ok(read.facts)
}

/// Writes the facts of an article, together with what somebody else has written since `loaded` was read.
/// Gives what is on disk then.
///
/// # Errors
/// [`SaveFactsError`]; the file is as it was.
pub fn save_facts_merged(
    article: &Path,
    loaded: &LoadedFacts,
    facts: &ArticleFacts,
) -> Result<LoadedFacts, SaveFactsError> {
    let mut now = load_facts(article);
    let merged = if now.fingerprint == loaded.fingerprint || now.read_only.is_some() {
        facts.clone()
    } else {
        let merged = merge_facts(&loaded.facts, facts, &now.facts);
        merged.map_err(|error| SaveFactsError::ReadOnly {
            path: now.path.clone(),
            reason: error.to_string(),
        })?
    };
    save_facts(&mut now, &merged)?;
    Ok(now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::test_files;

    #[test]
    fn what_two_people_write_is_put_together() {
        let folder = tempfile::tempdir().unwrap();
        let article = folder.path().join("a.txt");
        test_files::write(&article, "Text").unwrap();
        let begun = load_facts(&article);
        let ours = ArticleFacts {
            date: "2024-05-31".to_owned(),
            ..ArticleFacts::default()
        };
        let theirs = ArticleFacts {
            outlet: "The Harbour Post".to_owned(),
            ..ArticleFacts::default()
        };
        save_facts(&mut begun.clone(), &theirs).unwrap();
        let saved = save_facts_merged(&article, &begun, &ours).unwrap();
        let both = ArticleFacts {
            date: ours.date.clone(),
            ..theirs
        };
        assert_eq!(saved.facts, both);
        assert_eq!(load_facts(&article), saved);
    }
}
