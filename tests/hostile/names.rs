use std::collections::BTreeMap;

use pullquote::edit::apply;
use pullquote::format::sidecar;
use pullquote::model::{
    Annotation, Attribute, Change, Delta, Document, Link, Origin, Person, PersonKind, Review,
    Target, Transaction,
};
use pullquote::text::{SourceText, TextRange};

use super::{Row, open};
use crate::support::TestCorpus;

pub(super) const ROWS: &[Row] = &[
    ("hostile strings in every slot", every_slot),
    ("hostile names of files", file_names),
    ("hostile names of documents to import", document_names),
    ("links that lead out of the folder", links_out),
];

/// Strings that mean something to some program.
fn hostile() -> Vec<String> {
    let mut strings: Vec<String> = [
        "tab\there",
        "line\nbreak\r\n",
        "semi;colon,comma|pipe",
        "emoji 👩\u{200d}🔬 e\u{301}",
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "javascript:alert(1)",
        "=HYPERLINK(\"http://x\",\"y\")",
        "+1+1",
        "@SUM(A1)",
        "-2+3|cmd",
        "\"quoted\" 'too' \\ back\\\\slash",
        "&amp; ]]> <!-- -->",
        "\u{202e}evil\u{202c} \u{200b}\u{feff}",
        "\0nul\u{1}\u{1f}\u{7f}\u{85}",
        "\u{2028}\u{2029}",
        ") , ] } #![enable(x)] r#\"raw\"#",
        "<<<<<<< ours",
        "../../etc/passwd",
        "null",
        " leading and trailing ",
        "%s%n{}{{}}$HOME`id`$(id)",
    ]
    .map(str::to_owned)
    .into();
    strings.push("long ".repeat(2000));
    strings
}

/// A document with the string as label, attribute, value, note, person, alias, role and id.
fn document(string: &str) -> Document {
    let text = format!("“Yes,” he said. {string} “No.”");
    let mut document = Document::new(SourceText::new(text, "UTF-8").unwrap());
    let range = |start: u32, end: u32| TextRange::new(start.into(), end.into());
    let tag = |id: &str, at: TextRange| Annotation {
        attributes: thin_vec::thin_vec![Attribute {
            name: string.into(),
            value: string.into(),
        }],
        person: Some("p".into()),
        review: Review::Accepted,
        note: string.into(),
        ..Annotation::new(
            id,
            string,
            at.try_into().unwrap(),
            Origin::Suggester(string.into()),
        )
    };
    let person = Person {
        kind: PersonKind::Group,
        aliases: vec![string.to_owned()],
        role: string.to_owned(),
        external_id: string.to_owned(),
        ..Person::new("p", string)
    };
    let link = Link::new(
        "l",
        string,
        "q1",
        Target::Annotation(string.into()),
        Origin::Import(string.into()),
    );
    let mut transaction = Transaction::new("made for a test");
    transaction.changes = vec![
        Change::Person(Delta::insert(person)),
        Change::Annotation(Delta::insert(tag("q1", range(0, 10)))),
        Change::Annotation(Delta::insert(tag(string, range(11, 13)))),
        Change::Link(Delta::insert(link)),
    ];
    apply(&mut document, &transaction).unwrap();
    document
}

/// Each comes back from its sidecar, and from an export that is imported again.
fn every_slot() {
    let mut corpus = TestCorpus::new();
    let mut expected = BTreeMap::new();
    for (n, string) in hostile().iter().enumerate() {
        let document = document(string);
        let name = format!("one/{n}.txt");
        let written = sidecar::write(&document, &name);
        for line in written.lines() {
            let bare = |c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c);
            assert!(
                !line.contains(bare),
                "a control character stands bare: {line:?}"
            );
        }
        corpus = corpus
            .file(&name, document.source().as_str())
            .file(&format!("{name}.ron"), written);
        expected.insert(name, document);
    }
    for (name, document) in &expected {
        let opened = open(&corpus, name);
        assert_eq!(opened.open.document().set(), document.set(), "{name}");
        assert_eq!(opened.open.document().unread().len(), 0, "{name}");
    }
    let export = corpus.run(["export", "one", "--to", "jsonl", "--all", "-o", "all.jsonl"]);
    assert_eq!(export.status, Some(0), "{export}");
    assert_eq!(corpus.read("all.jsonl").lines().count(), expected.len());
    let import = corpus.run(["import", "all.jsonl", "--from", "jsonl", "--into", "two"]);
    assert_eq!(import.status, Some(0), "{import}");
    for (name, document) in &expected {
        let name = name.replace("one/", "two/");
        let opened = open(&corpus, &name);
        assert_eq!(opened.text(), document.source().as_str());
        assert_eq!(opened.open.document().set(), document.set(), "{name}");
    }
}

/// An article that is a link to elsewhere is neither read nor exported with the folder, which
/// reports it; by its own name it is.
#[cfg(unix)]
fn links_out() {
    let corpus = TestCorpus::new()
        .file("far/secret.txt", "“Nobody shall read this,” he said.")
        .file("near/a.txt", "“Yes,” he said.");
    std::os::unix::fs::symlink("../far/secret.txt", corpus.path("near/b.txt")).unwrap();
    let checked = corpus.run(["check", "near"]);
    assert_eq!(checked.status, Some(1), "{checked}");
    let told = "b.txt:1:1: skipped: a link to a file outside this folder";
    assert!(checked.stdout.contains(told), "{checked}");
    let export = [
        "export",
        "near",
        "--to",
        "jsonl",
        "--all",
        "-o",
        "all.jsonl",
    ];
    let exported = corpus.run(export);
    assert!(exported.stderr.contains(told), "{exported}");
    let lines = corpus.read("all.jsonl");
    assert!(
        lines.contains("Yes") && !lines.contains("Nobody"),
        "{lines}"
    );
    assert_eq!(corpus.run(["check", "near/b.txt"]).status, Some(0));
    // Nor is a sidecar: neither read, nor fixed, nor saved over.
    std::fs::write(corpus.path("far/notes"), "(version: 1, secret: \"words\"").unwrap();
    std::os::unix::fs::symlink("../far/notes", corpus.path("near/a.txt.ron")).unwrap();
    let fixed = corpus.run(["check", "--fix", "near"]);
    let told = "a.txt.ron:1:1: skipped: a link to a file outside this folder";
    assert!(fixed.stdout.contains(told), "{fixed}");
    assert!(!fixed.to_string().contains("secret"), "{fixed}");
    let mut work = open(&corpus, "near/a.txt");
    assert!(work.opened.read_only.is_some() && work.save().is_err());
    assert!(corpus.read("far/notes").ends_with("secret: \"words\""));
    assert!(open(&corpus, "near/b.txt").text().contains("Nobody"));
}

/// No links can be made there without asking.
#[cfg(not(unix))]
fn links_out() {}

fn file_names() {
    let mut names = vec![
        "semi;colon & <b>.txt",
        "=1+1.txt",
        "-n.txt",
        "$(id).txt",
        "emoji 👩\u{200d}🔬.txt",
        "\u{202e}txt.exe.txt",
        " .txt",
        "a.txt.b.txt",
    ];
    if cfg!(unix) {
        names.extend(["tab\there\nline.txt", "quote\"back\\slash.txt", "C:\\x.txt"]);
    }
    let corpus = names.iter().fold(TestCorpus::new(), |corpus, name| {
        corpus.file(name, "“Yes,” he said.")
    });
    for name in &names {
        let mut work = open(&corpus, name);
        work.tag("quote", "“Yes,”");
        work.save().unwrap();
        let again = open(&corpus, name);
        assert_eq!(
            again.open.document().set(),
            work.open.document().set(),
            "{name}"
        );
    }
    assert_eq!(corpus.run(["check", "."]).status, Some(0));
    let export = corpus.run(["export", ".", "--to", "jsonl", "-o", "out.jsonl"]);
    assert_eq!(export.status, Some(0), "{export}");
    assert_eq!(corpus.read("out.jsonl").lines().count(), names.len());
}

/// Whatever the name of a document, its file is in the given folder.
fn document_names() {
    let mut ids = hostile();
    ids.extend(
        [
            "../up.txt",
            "/etc/x.txt",
            "C:\\x.txt",
            "\\\\server\\x.txt",
            "a/../../b.txt",
            "CON",
            "nul.txt",
            "",
            ".",
            "..",
            ".hidden.txt",
            "x.ron",
            "pullquote.ron",
        ]
        .map(str::to_owned),
    );
    for id in &ids {
        let row = format!(
            "{{\"id\":{},\"text\":\"“Yes,” he said.\"}}\n",
            serde_json::to_string(id).unwrap()
        );
        let corpus = TestCorpus::new().file("in.jsonl", row);
        let ran = corpus.run(["import", "in.jsonl", "--from", "jsonl", "--into", "x"]);
        let outside: Vec<_> = corpus
            .names()
            .into_iter()
            .filter(|name| name != "in.jsonl" && !name.starts_with("x/"))
            .collect();
        assert!(outside.is_empty(), "{id:?} wrote {outside:?}");
        let beside = std::fs::read_dir(corpus.path("..")).unwrap().count();
        assert!(beside <= 2, "{id:?} wrote beside the folder");
        assert!(
            ran.status == Some(0) || ran.status == Some(1),
            "{id:?} {ran}"
        );
    }
}
