//! Unsaved work that a journal holds after a crash.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use smol_str::SmolStr;

use super::merge_from_disk::{merge_documents, merged_document};
use super::merge_summary::merge_summary;
use super::open::{OpenError, OpenRequest, open_in};
use super::reanchor::{follow_now, on_new_text};
use super::{MergeFromDiskError, Opened};
use crate::edit;
use crate::format::journal::{Applied, JournalDamage, JournalText};
use crate::format::sidecar;
use crate::format::sidecar::merge::Clash;
use crate::model::{Change, Delta, Document, Transaction, UnreadRecord, document_diff};
use crate::store::sidecar_file::{ReservedName, sidecar_path};
use crate::store::{
    FileFingerprint, JournalFiles, OrphanedJournal, ReadError, WriteError, all_waiting_journals,
    discard_journal, remove_journal, waiting_journals,
};
use crate::text::SourceText;

/// Work on an article that was not saved when its window ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recoverable {
    /// The article.
    pub article: PathBuf,
    /// Its sidecar.
    pub sidecar: PathBuf,
    /// Whose sidecar; `None`: the unnamed one.
    pub annotator: Option<SmolStr>,
    /// When the last step was made; `None` where the system does not know.
    pub when: Option<SystemTime>,
    /// The words of the steps that are not in the sidecar, in order. Where the sidecar has been
    /// changed by someone else since: of all steps.
    pub labels: Vec<String>,
    /// Whether something in the journal cannot be read, so that steps may be missing.
    pub torn: bool,
    /// Where that is more than a last line that was cut short.
    pub journal_damage: Option<JournalDamage>,
    /// The journal; for [`crate::store::Journal::took_over`].
    pub journal: PathBuf,
    /// Why nothing of it can be restored, in words; `article` and `sidecar` are the journal itself
    /// where it does not say what it is about.
    pub damage: Option<String>,
}

/// The contents of a journal: steps for
/// [`OpenDocument::replay_journal`](super::OpenDocument::replay_journal), in order.
#[derive(Debug, Clone)]
pub enum Recovered {
    /// The sidecar is one the journal knows: its steps follow, one by one.
    Steps(Vec<Transaction>),
    /// Someone else has changed the sidecar or the article since: one step that brings the work
    /// together with what is there now.
    Merged {
        /// The step.
        step: Transaction,
        /// Where both changed one thing: both versions are in the document, for someone to decide.
        clashes: Vec<Clash>,
    },
}

/// Why a journal's work cannot be restored. The journal stays.
#[derive(Debug, thiserror::Error)]
pub enum RecoverError {
    /// The document may not be changed.
    #[error("the unsaved work is kept until the article can be edited again: {0}")]
    ReadOnly(String),
    /// The article cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A file of the journal cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// It cannot be brought together with what is there now.
    #[error(transparent)]
    Merge(#[from] MergeFromDiskError),
    /// The journal has nothing that can be used.
    #[error(
        "{}: the journal of the unsaved work is damaged ({reason}); it is kept, and you can read \
         it as text",
        path.display()
    )]
    Damaged {
        /// The journal.
        path: PathBuf,
        /// What is wrong, in words.
        reason: String,
    },
}

/// Unsaved work of an annotator on one article, the oldest first. Sets aside journals whose work is all saved.
#[must_use]
pub fn find_recoverable(article: &Path, annotator: Option<&str>, state: &Path) -> Vec<Recoverable> {
    find_recoverable_in(&sidecar_path(article, annotator), state)
}

/// The same of one sidecar.
#[must_use]
pub fn find_recoverable_in(sidecar: &Path, state: &Path) -> Vec<Recoverable> {
    let waiting = waiting_journals(state, sidecar);
    waiting.into_iter().filter_map(read).collect()
}

impl Recoverable {
    /// Whether it is about curated tags, which are nobody's.
    #[must_use]
    pub fn is_curated(&self) -> bool {
        self.sidecar == ReservedName::Curated.path(&self.article)
    }
}

/// Unsaved work on any article: for the start of the program.
#[must_use]
pub fn find_all_recoverable(state: &Path) -> Vec<Recoverable> {
    let waiting = all_waiting_journals(state);
    waiting.into_iter().filter_map(read).collect()
}

/// Reads a journal; `None` where there is nothing (more) to restore.
fn read(waiting: OrphanedJournal) -> Option<Recoverable> {
    let damaged = |damage: String| Recoverable {
        article: waiting.path.clone(),
        sidecar: waiting.path.clone(),
        annotator: None,
        when: waiting.modified,
        labels: Vec::new(),
        torn: true,
        journal_damage: None,
        journal: waiting.path.clone(),
        damage: Some(damage),
    };
    let files = match waiting.read() {
        Ok(files) => files,
        // Another window has just done with it.
        Err(ReadError::Missing { path }) if path == waiting.path => return None,
        Err(error) => return Some(damaged(error.to_string())),
    };
    let Some(journal) = JournalText::read(&files.journal) else {
        return Some(damaged("its first line is incomplete".to_owned()));
    };
    let on_disk = FileFingerprint::of_file(&journal.header.sidecar)
        .ok()
        .map(|fingerprint| fingerprint.hexadecimal());
    let place = on_disk.and_then(|sha256| journal.place_of(sha256.as_deref()));
    if (place == Some(journal.end()) || journal.end() == 0) && !journal.torn {
        if let Err(error) = remove_journal(&waiting.path) {
            log::warn!("{error}");
        }
        return None;
    }
    let labels = journal.labels_from(place.unwrap_or_default());
    let labels: Vec<String> = labels.map(str::to_owned).collect();
    let damage = labels.is_empty().then(|| match &journal.damage {
        Some(damage) => damage.to_string(),
        None => "its first step is incomplete".to_owned(),
    });
    Some(Recoverable {
        labels,
        article: journal.header.article,
        sidecar: journal.header.sidecar,
        annotator: journal.header.annotator,
        when: waiting.modified,
        torn: journal.torn,
        journal_damage: journal.damage,
        journal: waiting.path,
        damage,
    })
}

/// Takes unsaved work up: what follows for the article as it was opened. The journal stays until
/// [`crate::store::Journal::took_over`] puts it away.
///
/// # Errors
/// [`RecoverError`]; the journal stays.
pub fn recover(found: &Recoverable, opened: &Opened) -> Result<Recovered, RecoverError> {
    if let Some(reason) = &opened.read_only {
        return Err(RecoverError::ReadOnly(reason.clone()));
    }
    if let Some(reason) = &found.damage {
        return Err(RecoverError::Damaged {
            path: found.journal.clone(),
            reason: reason.clone(),
        });
    }
    let waiting = OrphanedJournal {
        path: found.journal.clone(),
        modified: found.when,
    };
    let files = waiting.read()?;
    let damaged = |reason: &str| RecoverError::Damaged {
        path: found.journal.clone(),
        reason: reason.to_owned(),
    };
    let journal =
        JournalText::read(&files.journal).ok_or_else(|| damaged("its first line is incomplete"))?;
    let base = base_document(&files, &journal, opened)
        .ok_or_else(|| damaged("its starting point is incomplete"))?;
    let (steps, _) = journal.steps(base.source());
    if steps.len() < journal.end() {
        let reason = format!("its step {} cannot be read", steps.len() + 1);
        return Err(damaged(&reason));
    }
    // The window lets the tags follow a changed article before anything else is done.
    let mut now = opened.document.clone();
    if let Some(reanchored) = &opened.reanchor {
        follow_now(&mut now, reanchored);
    }
    let place = journal.place_of(opened.files.fingerprint.hexadecimal().as_deref());
    if let Some(place) = place
        && let Some(fitted) = fitted(&steps, place, base.source(), &now)
    {
        return Ok(Recovered::Steps(fitted));
    }
    let mut ours = base.clone();
    for (n, step) in steps.into_iter().enumerate() {
        let transaction = fit_unread(step.transaction, &ours);
        edit::apply(&mut ours, &transaction)
            .map_err(|error| damaged(&format!("its step {} does not fit: {error}", n + 1)))?;
    }
    merged(found, &now, opened.salvaged, &base, &ours)
}

/// What the journal came to as a step of the document as it is now. What a damaged sidecar lacks was
/// not deleted.
fn merged(
    found: &Recoverable,
    now: &Document,
    damaged: bool,
    base: &Document,
    ours: &Document,
) -> Result<Recovered, RecoverError> {
    let on_text = |document: &Document| {
        if document.source() == now.source() {
            return Ok(document.clone());
        }
        on_new_text(document, now.source()).map_err(|error| RecoverError::Damaged {
            path: found.journal.clone(),
            reason: error.to_string(),
        })
    };
    let (base, ours) = (on_text(base)?, on_text(ours)?);
    let name = found.article.file_name().unwrap_or_default();
    let from = "the unsaved work";
    let path = &found.sidecar;
    if damaged {
        let completed = completed(now, &base);
        let (result, clashes) = merged_document(path, Some(&base), &completed, &ours, name)?;
        let changes = document_diff(now, &result);
        let step = Transaction {
            label: merge_summary(&changes, from),
            changes,
            selection_after: None,
        };
        return Ok(Recovered::Merged { step, clashes });
    }
    let merged = merge_documents(path, Some(&base), now, &ours, from, name)?;
    Ok(Recovered::Merged {
        step: merged.transaction,
        clashes: merged.clashes,
    })
}

/// A document with what only the one before it has.
fn completed(now: &Document, before: &Document) -> Document {
    let mut parts = now.clone().into_parts();
    let people = before.set().people();
    for person in people.filter(|person| now.set().person(&person.id).is_none()) {
        parts.set.insert_person(person.clone());
    }
    let tags = before.set().annotations();
    for tag in tags.filter(|tag| now.set().annotation(&tag.id).is_none()) {
        parts.set.insert_annotation(tag.clone());
    }
    let links = before.set().links();
    for link in links.filter(|link| now.set().link(&link.id).is_none()) {
        parts.set.insert_link(link.clone());
    }
    let reviews = before.set().peer_reviews();
    for review in reviews.filter(|review| now.set().peer_review(&review.key).is_none()) {
        parts.set.insert_peer_review(review.clone());
    }
    let decisions = before.set().decisions();
    for decision in decisions.filter(|decision| now.set().decision(&decision.key).is_none()) {
        parts.set.insert_decision(decision.clone());
    }
    let ignored = before.set().suppressions();
    for one in ignored.filter(|one| now.set().suppression(&one.key).is_none()) {
        parts.set.insert_suppression(one.clone());
    }
    let there: BTreeSet<_> = now.unread().iter().map(UnreadRecord::identity).collect();
    for record in before.unread() {
        if !there.contains(&record.identity()) {
            parts.unread.insert(record.clone());
        }
    }
    parts.into()
}

/// The steps that restore unsaved work in an open article, which may have more than the disk. The
/// journal stays until [`crate::store::Journal::took_over`] puts it away.
///
/// # Errors
/// [`RecoverError`]; the journal stays.
pub fn recover_into(
    found: &Recoverable,
    request: &OpenRequest,
    open: &Document,
    state: Option<&Path>,
) -> Result<Vec<Transaction>, RecoverError> {
    let opened = open_in(request, state)?;
    let on_disk = opened.start();
    let on_disk = on_disk.document();
    let steps = match recover(found, &opened)? {
        Recovered::Steps(steps) => steps,
        Recovered::Merged { step, .. } => vec![step],
    };
    let same = on_disk.set() == open.set() && on_disk.meta() == open.meta();
    if same && on_disk.unread() == open.unread() {
        return Ok(steps);
    }
    let mut after = on_disk.clone();
    for (n, step) in steps.iter().enumerate() {
        edit::apply(&mut after, step).map_err(|error| RecoverError::Damaged {
            path: found.journal.clone(),
            reason: format!("its step {} does not fit: {error}", n + 1),
        })?;
    }
    let name = found.article.file_name().unwrap_or_default();
    let from = "the unsaved work";
    let merged = merge_documents(&found.sidecar, Some(on_disk), open, &after, from, name)?;
    Ok(vec![merged.transaction])
}

/// Sets aside unsaved work that is not wanted. The last few are kept in the state folder.
///
/// # Errors
/// [`WriteError`] where the journal cannot be moved; it is then offered again.
pub fn discard_recoverable(found: &Recoverable) -> Result<(), WriteError> {
    discard_journal(&found.journal)
}

/// The document before the first step.
fn base_document(
    files: &JournalFiles,
    journal: &JournalText<'_>,
    opened: &Opened,
) -> Option<Document> {
    let text = str::from_utf8(&files.text).ok()?;
    let decoding = *opened.document.source().decoding();
    let source = SourceText::decoded(text, decoding).ok()?;
    if source.sha256() != journal.header.source {
        return None;
    }
    let contents = sidecar::read_bytes(&files.base, &source).ok()?;
    Some(contents.into_document(source, journal.header.annotator.as_deref()))
}

/// The steps from a place on as they apply to a document; `None` where it is about another text, or
/// one of them does not apply.
fn fitted(
    steps: &[Applied],
    place: usize,
    source: &SourceText,
    document: &Document,
) -> Option<Vec<Transaction>> {
    let (before, after) = steps.split_at_checked(place)?;
    let texts = before
        .iter()
        .rev()
        .flat_map(|step| &step.transaction.changes);
    let text = texts
        .filter_map(|change| match change {
            Change::Source(Delta { after, .. }) => after.as_ref(),
            Change::Annotation(_)
            | Change::Link(_)
            | Change::Person(_)
            | Change::PeerReview(_)
            | Change::Decision(_)
            | Change::Suppression(_)
            | Change::Meta(_)
            | Change::Unread(_) => None,
        })
        .next();
    if *text.unwrap_or(source) != *document.source() {
        return None;
    }
    let mut document = document.clone();
    let mut fitted = Vec::with_capacity(after.len());
    for step in after {
        let step = fit_unread(step.transaction.clone(), &document);
        edit::apply(&mut document, &step).ok()?;
        fitted.push(step);
    }
    Some(fitted)
}

/// A record that cannot be read is identified by its text: its line may have changed.
fn fit_unread(mut step: Transaction, document: &Document) -> Transaction {
    let same = |a: &UnreadRecord, b: &UnreadRecord| (a.list(), a.raw()) == (b.list(), b.raw());
    for change in &mut step.changes {
        if let Change::Unread(Delta {
            before: Some(before),
            ..
        }) = change
            && let Some(there) = document.unread().iter().find(|there| same(there, before))
        {
            *before = there.clone();
        }
    }
    step
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_curated_by_the_name_of_its_sidecar() {
        for (sidecar, curated) in [
            ("c/a.txt.curated.ron", true),
            ("c/a.txt.ann.ron", false),
            ("c/a.txt.ron", false),
            ("c/b.txt.curated.ron", false),
        ] {
            let found = Recoverable {
                article: "c/a.txt".into(),
                sidecar: sidecar.into(),
                annotator: None,
                when: None,
                labels: Vec::new(),
                torn: false,
                journal_damage: None,
                journal: "j".into(),
                damage: None,
            };
            assert_eq!(found.is_curated(), curated, "{sidecar}");
        }
    }
}
