use super::fixture::{kept, kept_text, unpacked};

#[test]
fn an_export_is_read_as_what_it_was_made_of() {
    let corpus = unpacked("plain");
    let export = kept("export", "corpus/plain.jsonl");
    let ran = corpus
        .command()
        .args(["import", "--from", "jsonl", "--into", "again"])
        .arg(export)
        .output()
        .unwrap();
    assert!(ran.status.success(), "{ran:?}");
    for name in ["article.txt", "article.txt.ron", "article.txt.maria.ron"] {
        // What a tag covered before its text changed is reported as a problem, not exported.
        let was = kept_text("plain", &format!("corpus/{name}")).replace(", was: [\"Critics\"]", "");
        assert_eq!(corpus.read(&format!("again/{name}")), was, "{name}");
    }
}
