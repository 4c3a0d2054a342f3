use insta::assert_snapshot;

use super::fixture::{kept_text, unpacked};
use crate::support::TestCorpus;

/// The output of a run, with paths relative to the corpus.
fn told(corpus: &TestCorpus, args: &[&str]) -> String {
    let ran = corpus.run(args);
    let folder = std::fs::canonicalize(corpus.path("")).unwrap().join("");
    let folder = folder.to_str().unwrap().replace('\\', "\\\\");
    let found: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let text = serde_json::to_string_pretty(&found).unwrap();
    format!(
        "status {}\n{}\n",
        ran.status.unwrap(),
        text.replace(&folder, "")
    )
}

/// What `recover` reports a case, after restoring the work.
fn recovered(case: &str) -> String {
    let corpus = unpacked(case);
    let mut text = String::new();
    for args in [
        &["recover", "--json"][..],
        &["recover", "article.txt", "--write", "--json"],
        &["recover", "--json"],
    ] {
        text += &format!("# {}\n", args.join(" "));
        text.push_str(&told(&corpus, args));
    }
    // Just what was on the screen.
    for name in ["article.txt", "article.txt.ron"] {
        let expected = kept_text(case, &format!("expected/{name}"));
        assert_eq!(corpus.read(name), expected, "{case}: {name}");
    }
    text
}

#[test]
fn unsaved_work_comes_back() {
    assert_snapshot!("journal", recovered("journal"));
}

#[test]
fn work_that_was_saved_in_part_comes_back() {
    assert_snapshot!("journal-saved", recovered("journal-saved"));
}
