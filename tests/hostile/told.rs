//! What stands in the place of a file beside an article and cannot be read is told by every command that
//! would have read it, and is never followed.

use std::os::unix::fs::symlink;
use std::path::Path;

use crate::support::TestCorpus;

type Make<'a> = &'a dyn Fn(&Path);

/// The commands that read each file.
const READERS: [(&str, &[&[&str]]); 8] = [
    ("a.txt.meta.ron", &[CHECK, FIX, LIST, STATS, SEARCH, EXPORT]),
    (
        "a.txt.curated.ron",
        &[CHECK, FIX, LIST, STATS, SEARCH, EXPORT, CARRY],
    ),
    (
        "a.txt.ann.ron",
        &[CHECK, FIX, LIST, STATS, SEARCH, AGREE, SUGGEST_ANN, EXPORT],
    ),
    (
        "pullquote.ron",
        &[CHECK, FIX, LIST, STATS, SEARCH, SUGGEST, EXPORT, CARRY],
    ),
    ("pullquote.assignments.ron", &[CHECK, FIX, LIST, ASSIGN]),
    (
        "b.txt",
        &[
            CHECK, FIX, LIST, STATS, SEARCH, AGREE, SUGGEST, EXPORT, CARRY, ASSIGN,
        ],
    ),
    ("guide.md", &[CHECK, EXAM, EXAM_WRITE]),
    (".pullquote/exam/eve.txt.eve.ron", &[EXAM]),
];

const CHECK: &[&str] = &["check", "c"];
const FIX: &[&str] = &["check", "--fix", "c"];
const LIST: &[&str] = &["list", "c"];
const STATS: &[&str] = &["stats", "c"];
const SEARCH: &[&str] = &["search", "c", "yes"];
const AGREE: &[&str] = &["agree", "c"];
const SUGGEST: &[&str] = &["suggest", "c"];
const SUGGEST_ANN: &[&str] = &["suggest", "c", "--write", "--as", "ann"];
const ASSIGN: &[&str] = &["assign", "--to", "ann", "c"];
const CARRY: &[&str] = &["carry", "c/a.txt", "--as", "ben"];
const EXAM: &[&str] = &["exam", "c"];
const EXAM_WRITE: &[&str] = &["exam", "c", "--write", "ben"];
const EXPORT: &[&str] = &["export", "c", "--to", "jsonl"];

const GUIDE: &str = "# Guide\n\n```exam\n<quote>“Yes,”</quote> she said.\n```\n";

/// An article of a wire service with the tags of two people, and a copy of it.
fn corpus() -> TestCorpus {
    let rest = " The harbour master said on Monday that the ferries would sail again in the evening, and everybody in the \
                town was glad of it, because the winter had been long and the boats had stayed in the harbour.";
    let tagged = format!("<q:quote>“Yes,”</q> she said.{rest}");
    TestCorpus::new()
        .file("secret", "Rosebud")
        .tagged("c/a.txt", "ben", &tagged)
        .tagged("c/a.txt", "eve", &tagged)
        .file("c/copy.txt", format!("“Yes,” she said.{rest}"))
}

#[test]
fn every_command_tells_what_it_cannot_read() {
    let outside = |path: &Path| symlink("../secret", path).unwrap();
    let nothing = |path: &Path| symlink("../new", path).unwrap();
    let device = |path: &Path| symlink("/dev/zero", path).unwrap();
    let folder = |path: &Path| std::fs::create_dir(path).unwrap();
    let garbage = |path: &Path| std::fs::write(path, "garbage").unwrap();
    let kinds: [(&str, Make<'_>); 6] = [
        ("link out", &outside),
        ("dangling link", &nothing),
        ("device", &device),
        ("pipe", &super::fifo),
        ("folder", &folder),
        ("garbage", &garbage),
    ];
    let mut untold = Vec::new();
    for (name, commands) in READERS {
        for (kind, make) in kinds {
            if kind == "garbage" && !name.ends_with(".ron") || kind == "folder" && name == "b.txt" {
                // It is a text, or a folder of articles.
                continue;
            }
            for command in commands {
                let corpus = corpus();
                if command.contains(&"exam") || name == "guide.md" {
                    let project = "(guidelines: \"guide.md\")";
                    std::fs::write(corpus.path("c/pullquote.ron"), project).unwrap();
                }
                if name != "guide.md" {
                    std::fs::write(corpus.path("c/guide.md"), GUIDE).unwrap();
                    corpus.run(["exam", "c", "--write", "eve"]);
                }
                make(&corpus.path("c").join(name));
                let run = corpus.run(*command);
                let said = format!("{}{}", run.stdout, run.stderr);
                assert!(!said.contains("Rosebud"), "{name} {kind}: {run}");
                assert_eq!(corpus.read("secret"), "Rosebud", "{name} {kind}: {run}");
                assert!(!corpus.path("new").exists(), "{name} {kind}: {run}");
                if !said.contains(name) || run.status == Some(0) {
                    untold.push(format!("{name} {kind}: {}", command.join(" ")));
                }
            }
        }
    }
    assert!(untold.is_empty(), "not told: {untold:#?}");
}

#[test]
fn an_article_whose_facts_cannot_be_read_is_not_imported_a_second_time() {
    let page = |word: &str| {
        format!(
            "<html><head><title>Bread</title></head><body><article><h1>Bread</h1><p>The baker {word} on Monday that \
             bread would rise by two cents a loaf next year, and so it did.</p></article></body></html>"
        )
    };
    let corpus = TestCorpus::new().file("a.html", page("said"));
    let import = ["import", "a.html", "--update", "--into", "c"];
    assert_eq!(corpus.run(import).status, Some(0));
    let facts = corpus.names();
    let facts = facts.iter().find(|name| name.ends_with(".meta.ron"));
    let facts = corpus.path(facts.unwrap());
    std::fs::write(&facts, "garbage").unwrap();
    std::fs::write(corpus.path("a.html"), page("told everybody")).unwrap();
    let before = corpus.files();
    let run = corpus.run(import);
    assert_ne!(run.status, Some(0), "{run}");
    assert!(run.stdout.contains("it may be there already"), "{run}");
    assert_eq!(corpus.files(), before, "{run}");
}
