use std::path::{Path, PathBuf};

use smol_str::SmolStr;

use super::ColleagueWork;
use super::deduplicate::deduplicate;
use super::merge_copy::MergedCopy;
use super::merge_from_disk::{MergeFromDiskError, merged_document, read};
use super::read_sidecar::read_sidecar;
use super::{
    DocumentFiles, OpenRequest, SaveRequest, note_copy_merged_in, open_in, save_in, tags_in_use,
};
use crate::model::{Authorship, Document, Origin, Schema, Transaction, document_diff};
use crate::store::{FileFingerprint, ReadError, confine_beside, exists, is_merged, sidecar_file};
use crate::text::SourceText;
use crate::text::wording::count;

/// The work of everybody else on an article, by name; `own` is one's own sidecar. What cannot be
/// read goes to the log; `check` names it.
#[must_use]
pub fn colleague_work(
    article: &Path,
    own: &Path,
    source: &SourceText,
    schema: &Schema,
) -> Vec<ColleagueWork> {
    let former = schema.former_labels();
    let mut all = Vec::new();
    for file in sidecar_file::other_annotators(article, own) {
        match read_sidecar(source, &file, &former) {
            Ok(reading) => {
                if let Some(problem) = reading.damage(&file) {
                    log::warn!("{}: {}", problem.path.display(), problem.message);
                }
                all.push(ColleagueWork {
                    annotator: file.annotator,
                    document: reading.document,
                });
            }
            Err(problem) => log::warn!("{}: {}", problem.path.display(), problem.message),
        }
    }
    all
}

/// Tags without a name that became somebody's.
#[derive(Debug, Clone)]
pub struct TakenOver {
    /// The step that takes them in.
    pub merged: MergedCopy,
    /// How many they are; those the annotator has made too are counted.
    pub tags: usize,
}

/// Takes the tags of the sidecar without a name over into the open document, as `annotator`'s own.
/// Tags and people that both have stay one. Nothing is written; the file is kept.
///
/// # Errors
/// [`MergeFromDiskError`], in words.
pub fn take_over_unnamed(
    ours: &Document,
    files: &DocumentFiles,
    annotator: &SmolStr,
) -> Result<TakenOver, MergeFromDiskError> {
    let path = sidecar_file::sidecar_path(&files.article, None);
    confine_beside(&files.article, &path)?;
    let loaded =
        sidecar_file::load(&path)?.ok_or_else(|| ReadError::Missing { path: path.clone() })?;
    let theirs = named(read(&path, &loaded.bytes, ours)?, annotator);
    let tags = tags_in_use(&theirs);
    let (completed, theirs) = deduplicate(ours, theirs);
    let name = files.article.file_name().unwrap_or_default();
    let (result, clashes) = merged_document(&path, None, &completed, &theirs, name)?;
    let transaction = Transaction {
        label: taken_over_words(tags, annotator),
        changes: document_diff(ours, &result),
        selection_after: None,
    };
    Ok(TakenOver {
        merged: MergedCopy {
            transaction,
            clashes,
            sittings: result.sittings().clone(),
            copy: loaded.fingerprint,
        },
        tags,
    })
}

/// "2 tags are now maria's".
#[must_use]
pub fn taken_over_words(tags: usize, annotator: &str) -> String {
    let verb = if tags == 1 { "is" } else { "are" };
    format!("{} {verb} now {annotator}'s", count(tags, "tag"))
}

/// Takes the tags without a name of several articles over into `annotator`'s own files, and saves
/// them. The files without a name are kept. Returns how many tags there were.
///
/// # Errors
/// What could not be taken over, in words, with how many articles were before.
pub fn take_over_all_unnamed(
    articles: &[PathBuf],
    annotator: &SmolStr,
    state: Option<&Path>,
) -> Result<usize, String> {
    let (mut taken, mut tags) = (0, 0);
    for article in articles {
        let own = sidecar_file::sidecar_path(article, Some(annotator));
        if !has_unnamed(article, &own, state) {
            continue;
        }
        tags += take_over_one(article, annotator, state)
            .map_err(|reason| format!("{reason} ({taken} articles were taken over before)"))?;
        taken += 1;
    }
    Ok(tags)
}

/// Whether an article has tags without a name that were not taken over into the sidecar `own`.
#[must_use]
pub fn has_unnamed(article: &Path, own: &Path, state: Option<&Path>) -> bool {
    let unnamed = sidecar_file::sidecar_path(article, None);
    let found = FileFingerprint::of_file(&unnamed).unwrap_or(FileFingerprint::Absent);
    let taken = || state.is_some_and(|state| is_merged(own, &found, state));
    unnamed != own && found != FileFingerprint::Absent && !taken()
}

/// Whether the tags without a name of an article were taken over into `annotator`'s sidecar.
#[must_use]
pub fn took_over(article: &Path, annotator: &str, state: Option<&Path>) -> bool {
    let own = sidecar_file::sidecar_path(article, Some(annotator));
    // Who has no file has taken nothing over: then nothing is read.
    exists(&own) && !has_unnamed(article, &own, state)
}

fn take_over_one(
    article: &Path,
    annotator: &SmolStr,
    state: Option<&Path>,
) -> Result<usize, String> {
    let request = OpenRequest {
        article: article.to_owned(),
        annotator: Some(annotator.clone()),
        encoding: None,
        curated: false,
    };
    let opened = open_in(&request, state).map_err(|error| error.to_string())?;
    let mut open = opened.start();
    let TakenOver { merged, tags } = take_over_unnamed(open.document(), &opened.files, annotator)
        .map_err(|error| error.to_string())?;
    open.add_sittings(merged.sittings.iter().cloned());
    open.apply_external(merged.transaction)
        .map_err(|refusal| format!("{}: {refusal}", article.display()))?;
    let save = SaveRequest {
        document: open.document().clone(),
        files: opened.files.clone(),
        backup_first: true,
        replace: false,
    };
    save_in(&save, state).map_err(|error| error.to_string())?;
    if let Err(error) = note_copy_merged_in(&opened.files, &merged.copy, state) {
        log::warn!("the tags without a name may be offered again: {error}");
    }
    Ok(tags)
}

/// The document with a name where it says nobody's.
fn named(document: Document, annotator: &SmolStr) -> Document {
    let origin = |origin: &mut Origin| {
        if let Origin::Annotator(name) = origin
            && name.is_empty()
        {
            name.clone_from(annotator);
        }
    };
    let stamp = |stamp: &mut Option<Box<Authorship>>| {
        if let Some(stamp) = stamp
            && stamp.by.is_empty()
        {
            stamp.by.clone_from(annotator);
        }
    };
    let mut parts = document.into_parts();
    let tags: Vec<_> = parts.set.annotations().cloned().collect();
    for mut tag in tags {
        origin(&mut tag.origin);
        stamp(&mut tag.made);
        stamp(&mut tag.changed);
        stamp(&mut tag.decided);
        parts.set.insert_annotation(tag);
    }
    let links: Vec<_> = parts.set.links().cloned().collect();
    for mut link in links {
        origin(&mut link.origin);
        stamp(&mut link.made);
        stamp(&mut link.changed);
        parts.set.insert_link(link);
    }
    let people: Vec<_> = parts.set.people().cloned().collect();
    for mut person in people {
        stamp(&mut person.made);
        stamp(&mut person.changed);
        parts.set.insert_person(person);
    }
    parts.meta.annotator = Some(annotator.clone());
    parts.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::{OpenRequest, open_in};
    use crate::store::test_files as fs;

    const TEXT: &str = "“We do not,” she said.\n";

    fn sidecar(record: &str) -> String {
        let sha256 = SourceText::new(TEXT, "UTF-8").unwrap();
        let sha256 = sha256.sha256();
        format!(
            "Pullquote(version: 1, source: (file: \"a.txt\", sha256: \"{sha256}\", chars: 23, \
             encoding: \"UTF-8\"), people: [], annotations: [{record}], links: [])"
        )
    }

    #[test]
    fn others_are_read_and_what_has_no_name_becomes_mine() {
        let folder = tempfile::tempdir().unwrap();
        let article = folder.path().join("a.txt");
        fs::write(&article, TEXT).unwrap();
        let quote = "(id: \"q\", label: \"quote\", at: [(0, 12)], text: [\"“We do not,”\"])";
        let by_ben = "(id: \"c\", label: \"claim\", at: [(1, 3)], text: [\"We\"])";
        fs::write(folder.path().join("a.txt.ron"), sidecar(quote)).unwrap();
        fs::write(folder.path().join("a.txt.ben.ron"), sidecar(by_ben)).unwrap();
        fs::write(folder.path().join("a.txt.damaged.ron"), "nothing").unwrap();
        let request = OpenRequest {
            article: article.clone(),
            annotator: Some("maria".into()),
            encoding: None,
            curated: false,
        };
        let opened = open_in(&request, None).unwrap();
        let source = opened.document.source();
        let all = colleague_work(&article, &opened.files.sidecar, source, &opened.schema);
        let names: Vec<_> = all.iter().map(ColleagueWork::name).collect();
        assert_eq!(names, ["unnamed", "ben"]);

        let maria = SmolStr::new("maria");
        let mut open = opened.start();
        let taken = take_over_unnamed(open.document(), &opened.files, &maria).unwrap();
        assert_eq!(taken.merged.transaction.label, "1 tag is now maria's");
        open.apply_external(taken.merged.transaction).unwrap();
        let tag = open.document().set().annotation(&"q".into()).unwrap();
        assert_eq!(tag.origin, Origin::Annotator(maria.clone()));
        assert_eq!(open.document().set().annotation_count(), 1);

        // The same for a folder, once.
        let state = tempfile::tempdir().unwrap();
        let all = [article, folder.path().join("untouched.txt")];
        let take = || take_over_all_unnamed(&all, &maria, Some(state.path()));
        assert_eq!(take(), Ok(1));
        assert_eq!(take(), Ok(0));
        let own = fs::read_to_string(folder.path().join("a.txt.maria.ron")).unwrap();
        assert!(own.contains("We do not"), "{own}");
        assert!(folder.path().join("a.txt.ron").exists());
    }

    #[test]
    fn what_both_have_stays_one() {
        let folder = tempfile::tempdir().unwrap();
        let article = folder.path().join("a.txt");
        fs::write(&article, TEXT).unwrap();
        let work = |n: &str, name: &str, more: &str, sure: bool| {
            let sha256 = SourceText::new(TEXT, "UTF-8").unwrap();
            let sha256 = sha256.sha256();
            format!(
                "Pullquote(version: 1, source: (file: \"a.txt\", sha256: \"{sha256}\", chars: 23, \
                 encoding: \"UTF-8\"), people: [(id: \"p{n}\", name: \"Anna Berg\"{more})], \
                 annotations: [(id: \"q{n}\", label: \"quote\", at: [(0, 12)], \
                 text: [\"“We do not,”\"]), (id: \"s{n}\", label: \"speaker\", at: [(13, 16)], \
                 text: [\"she\"], person: \"p{n}\"), (id: \"{name}\", label: \"claim\", \
                 at: [(17, 21)], text: [\"said\"])], links: [(id: \"l{n}\", role: \"speaker\", \
                 from: \"q{n}\", to: Annotation(\"s{n}\"), confirmed: {sure}), \
                 (id: \"m{n}\", role: \"speaker\", from: \"{name}\", to: Person(\"p{n}\"))])"
            )
        };
        let unnamed = work("1", "c1", ", role: \"minister\"", true);
        fs::write(folder.path().join("a.txt.ron"), unnamed).unwrap();
        let hers = work("2", "c2", "", false).replace("\"claim\"", "\"question\"");
        fs::write(folder.path().join("a.txt.maria.ron"), hers).unwrap();
        let maria = SmolStr::new("maria");
        let request = OpenRequest {
            article,
            annotator: Some(maria.clone()),
            encoding: None,
            curated: false,
        };
        let opened = open_in(&request, None).unwrap();
        let mut open = opened.start();
        let taken = take_over_unnamed(open.document(), &opened.files, &maria).unwrap();
        assert_eq!(taken.tags, 3);
        assert!(taken.merged.clashes.is_empty());
        open.apply_external(taken.merged.transaction).unwrap();
        let set = open.document().set();
        let tags: Vec<_> = set.annotations().map(|tag| tag.id.as_str()).collect();
        assert_eq!(tags, ["q2", "s2", "c1", "c2"]);
        let people: Vec<_> = set.people().collect();
        assert_eq!(people.len(), 1);
        assert_eq!(people[0].id.as_str(), "p2");
        assert_eq!(people[0].role, "minister");
        let links: Vec<_> = set.links().map(|link| link.id.as_str()).collect();
        assert_eq!(links, ["l2", "m1", "m2"]);
        assert!(set.link(&"l2".into()).unwrap().confirmed);
        let to = &set.link(&"m1".into()).unwrap().to;
        assert_eq!(set.person_behind(to).unwrap().id.as_str(), "p2");
    }
}
