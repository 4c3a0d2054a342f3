use insta::assert_snapshot;

use crate::support::TestCorpus;

const FIRST: &str = "\
<q1:quote>“We do,”</q1> <s1:speaker>Anna</s1> said, and <q2:quote>“no.”</q2>
---
p1 = Anna Berg
s1 is p1
q1 -speaker-> s1
q2 review=unsure";

const SECOND: &str = "\
<q1:quote>“Yes,”</q1> <s1:speaker>Bo</s1> said. <q2:quote>“Never.”</q2>
---
q1 -speaker-> s1
q2 verdict=open";

fn folder() -> TestCorpus {
    let facts = "#![enable(implicit_some)]\nArticle(version: 1,\n    outlet: \"Daily\",\n    date: \"2024-05-31\",\n)\n";
    TestCorpus::new()
        .tagged("a.txt", "ann", FIRST)
        .tagged("sub/b.txt", "ben", SECOND)
        .file("c.txt", "Nobody has begun.")
        .file("empty.txt", "")
        .file("a.txt.meta.ron", facts)
}

#[test]
fn articles_are_listed_with_how_far_they_are() {
    let corpus = folder();
    assert_snapshot!(corpus.run(["list", "."]), @"
status 1
--- stdout
name       state  tags  suggestions  without-speaker  unreviewed  unsure  people      date        outlet
a.txt      new       3                             1           2       1  ann 3 tags  2024-05-31  Daily
c.txt      new
sub/b.txt  new       2            1                            2          ben 2 tags
--- stderr
./empty.txt:1:1: the file is empty; add the article's text first
3 articles: 0 done, 0 in progress; 5 tags
");
    assert_snapshot!(corpus.run(["list", ".", "--of", "ann", "--only", "unsure"]), @"
status 1
--- stdout
name   state  tags  without-speaker  unreviewed  unsure  people      date        outlet
a.txt  new       3                1           2       1  ann 3 tags  2024-05-31  Daily
--- stderr
./empty.txt:1:1: the file is empty; add the article's text first
1 article: 0 done, 0 in progress; 3 tags
");
    let json = corpus.run(["list", ".", "--json", "--only", "suggestions"]);
    assert!(json.stdout.contains("\"name\":\"sub/b.txt\""), "{json}");
    assert!(json.stdout.contains("\"suggestions\":1"), "{json}");
    let unknown = corpus.run(["list", ".", "--only", "everything"]);
    assert!(
        unknown.stderr.contains("`everything` is no queue"),
        "{unknown}"
    );
}

#[test]
fn articles_are_handed_out_to_people() {
    let corpus = folder();
    let before = corpus.files();
    assert_snapshot!(corpus.run(["assign", ".", "--to", "ann"]), @"
status 0
--- stdout
a.txt: ann
c.txt: ann
empty.txt: ann
sub/b.txt: ann
--- stderr
4 articles changed
");
    assert_snapshot!(corpus.run(["assign", "sub/b.txt", "--to", "ben"]), @"
status 0
--- stdout
sub/b.txt: ann, ben
--- stderr
1 article changed
");
    assert_snapshot!(corpus.run(["assign", "c.txt", "--to", "ann", "--remove"]), @"
status 0
--- stdout
c.txt: nobody
--- stderr
1 article changed
");
    let mine = corpus.run(["list", ".", "--only", "assigned:ann", "--paths-only"]);
    assert_snapshot!(mine.stdout, @"
./a.txt
./sub/b.txt
");
    let nobody = corpus.run(["list", ".", "--only", "unassigned", "--paths-only"]);
    assert_eq!(nobody.stdout.trim(), "./c.txt");
    assert_snapshot!(corpus.read("pullquote.assignments.ron"), @r#"
(
    version: 1,
    assignments: {
        "a.txt": ["ann"],
        "empty.txt": ["ann"],
        "sub/b.txt": ["ann", "ben"],
    },
)
"#);
    std::fs::remove_file(corpus.path("pullquote.assignments.ron")).unwrap();
    assert_eq!(corpus.files(), before);
}

#[test]
fn a_sample_is_drawn_by_its_number() {
    let mut corpus = TestCorpus::new();
    for n in 0..40 {
        corpus = corpus.file(&format!("{n}.txt"), "Words.");
    }
    let sample = |queue: &str| {
        corpus
            .run(["list", ".", "--only", queue, "--paths-only"])
            .stdout
    };
    let first = sample("sample:5:1");
    assert_eq!(first.lines().count(), 5);
    assert_eq!(sample("sample:5:1"), first);
    assert_ne!(sample("sample:5:2"), first);
    // A larger one of the same number holds the smaller.
    let larger = sample("sample:12:1");
    assert!(first.lines().all(|line| larger.contains(line)));
}

/// What is a problem and what a hint is one matter in `check`, `list` and the window.
#[test]
fn problems_and_hints_are_counted_alike() {
    let article = "<q1:quote>“We go,</q1> she said.\n\n“We stay, he <q2:rumour>said</q2>.\n\nWe <c1:claim>le</c1>ft.\n";
    let corpus = TestCorpus::new()
        .tagged("a.txt", "ann", article)
        .tagged("b.txt", "ann", article)
        .tagged("b.txt", "ben", article);
    let number = |value: &serde_json::Value| value.as_u64().unwrap_or_default();
    let counted = |article: &str| {
        let ran = corpus.run(["check", article, "--json"]);
        let told: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
        let all = |name: &str| {
            let all = told[name].as_array().cloned().unwrap_or_default();
            all.iter()
                .map(|one| number(&one["count"]).max(1))
                .sum::<u64>()
        };
        (all("problems"), all("hints"))
    };
    let listed = |article: &str| {
        let ran = corpus.run(["list", article, "--json"]);
        let told: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
        let figures = &told["articles"][0];
        (number(&figures["problems"]), number(&figures["hints"]))
    };
    for article in ["a.txt", "b.txt"] {
        assert_eq!(counted(article), listed(article), "{article}");
    }
    // What one of them ignores counts for nobody.
    let sidecar = corpus.read("b.txt.ann.ron");
    let ignored = "    ignored: [\n        (rule: \"unbalanced-mark\", words: \"“We stay, he said.\", \
                   reason: \"as printed\"),\n    ],\n)";
    let at = sidecar.rfind(')').unwrap();
    let text = format!("{}{ignored}\n", &sidecar[..at]);
    std::fs::write(corpus.path("b.txt.ann.ron"), text).unwrap();
    assert_ne!(counted("b.txt"), counted("a.txt"));
    assert_eq!(counted("b.txt"), listed("b.txt"));
    std::fs::write(corpus.path("b.txt.ann.ron"), sidecar).unwrap();
    let (problems, hints) = counted("a.txt");
    assert!(problems > 0 && hints > 1, "{problems} {hints}");
    let only = |queue: &str| {
        let ran = corpus.run(["list", ".", "--only", queue, "--paths-only"]);
        ran.stdout.lines().count()
    };
    assert_eq!((only("problems"), only("hints")), (2, 2));
    let project = "(lint: {\"unbalanced-mark\": \"problem\", \"edge-in-word\": \"off\"})";
    std::fs::write(corpus.path("pullquote.ron"), project).unwrap();
    for article in ["a.txt", "b.txt"] {
        assert_eq!(counted(article), listed(article), "{article}");
    }
    assert_ne!(counted("a.txt"), (problems, hints));
}
