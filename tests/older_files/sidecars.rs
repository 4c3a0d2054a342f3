use std::collections::BTreeSet;
use std::fs;

use insta::assert_snapshot;
use pullquote::ops::{OpenRequest, SaveRequest, merge_copy, open_in, save_in};

use super::fixture::{kept, unpacked};
use super::report::{of_corpus, saved, sidecars};

/// The report of a case, and the sidecars after saving each of its articles.
fn told(case: &str) -> String {
    let corpus = unpacked(case);
    let mut text = of_corpus(&corpus);
    for (article, annotator) in sidecars(&corpus) {
        let made = saved(&corpus, &article, &annotator);
        text += &format!("\n# saved: {article} {annotator:?}\n{made}");
        // Once saved, nothing changes any more.
        let again = saved(&corpus, &article, &annotator);
        assert!(
            ["the same bytes\n", "refused\n"].contains(&&*again),
            "{again}"
        );
    }
    text
}

/// The report of a case whose sidecars are as the program writes them.
fn told_of_canonical(case: &str) -> String {
    let corpus = unpacked(case);
    // The annotated text may be kept where it was not before.
    let files = || {
        let mut files = corpus.files();
        files.retain(|(name, _)| !name.starts_with(".pullquote/"));
        files
    };
    let before = files();
    let all = sidecars(&corpus);
    assert!(!all.is_empty());
    for (article, annotator) in all {
        let made = saved(&corpus, &article, &annotator);
        assert_eq!(made, "the same bytes\n", "{case}: {article} {annotator:?}");
    }
    assert_eq!(files(), before, "{case}");
    of_corpus(&corpus)
}

#[test]
fn a_plain_sidecar_and_one_of_a_named_annotator() {
    assert_snapshot!("plain", told_of_canonical("plain"));
}

#[test]
fn two_versions_of_a_record() {
    assert_snapshot!("clashes", told_of_canonical("clashes"));
}

#[test]
fn versions_are_merged_as_they_were() {
    let corpus = unpacked("clashes");
    let of = |name: &str| kept("clashes", &format!("versions/{name}"));
    let ran = corpus
        .command()
        .args(["merge", "-o", "merged"])
        .args([of("base"), of("ours"), of("theirs")])
        .output()
        .unwrap();
    assert_eq!(ran.status.code(), Some(1));
    assert_eq!(corpus.read("merged"), corpus.read("article.txt.ron"));
}

#[test]
fn lost_tags() {
    assert_snapshot!("lost", told_of_canonical("lost"));
}

#[test]
fn an_article_that_has_changed() {
    assert_snapshot!("changed", told("changed"));
    // The tags end up where they did then.
    let corpus = unpacked("changed");
    saved(&corpus, "article.txt", "");
    let then = fs::read_to_string(kept("lost", "corpus/article.txt.ron")).unwrap();
    assert_eq!(corpus.read("article.txt.ron"), then);
}

#[test]
fn damaged_records() {
    assert_snapshot!("damaged", told("damaged"));
    assert_snapshot!("damaged-kept", told_of_canonical("damaged-kept"));
}

#[test]
fn unknown_records_fields_and_lists() {
    assert_snapshot!("unknown", told_of_canonical("unknown"));
}

#[test]
fn a_newer_version_is_shown_and_not_written() {
    let told = told("newer");
    assert!(told.ends_with("refused\n"), "{told}");
    assert_snapshot!("newer", told);
}

#[test]
fn marks_of_a_merge() {
    assert_snapshot!("merge-marks", told("merge-marks"));
}

#[test]
fn conflict_copies_of_sync_services() {
    let corpus = unpacked("copies");
    let state = corpus.state();
    let article = corpus.path("article.txt");
    let request = OpenRequest {
        article,
        ..OpenRequest::default()
    };
    let mut text = String::new();
    let mut done = BTreeSet::new();
    loop {
        let opened = open_in(&request, Some(&state)).unwrap();
        text += "# offered\n";
        for copy in &opened.conflict_copies {
            let name = copy.path.file_name().unwrap().to_string_lossy();
            let readable = copy.problem.is_none();
            text += &format!("{name}: adds {}, readable {readable}\n", copy.adds);
        }
        let next = opened.conflict_copies.iter();
        let Some(next) = next
            .map(|copy| &copy.path)
            .find(|path| !done.contains(*path))
        else {
            break;
        };
        done.insert(next.clone());
        let mut open = opened.start();
        let merged = merge_copy(open.document(), &opened.files, next).unwrap();
        open.apply_external(merged.transaction).unwrap();
        let save = SaveRequest {
            document: open.document().clone(),
            files: opened.files.clone(),
            backup_first: true,
            replace: false,
        };
        save_in(&save, Some(&state)).unwrap();
    }
    text += "\n# saved when all are merged\n";
    text.push_str(&corpus.read("article.txt.ron"));
    assert_snapshot!("copies", text);
}
