use insta::assert_snapshot;

use crate::support::TestCorpus;

const FIRST: &str = "\
<q1:quote>“We do,”</q1> <s1:speaker>Anna</s1> said, <q1>“and <s2:speaker>Bo</s2> said <q2:quote>‘never.’</q2>”</q1> \
It <c1:claim>rains</c1>, <q3:quote>that is so</q3>.
---
p1 = Anna Berg
p2 = Bo Carl
s1 is p1
s2 is p2
q1 form=direct
q1 -speaker-> s1
q2 -speaker-> s2
q3 -speaker-> nobody";

const SECOND: &str = "\
<q1:quote>“Yes, quite,”</q1> said <s1:speaker>she</s1>. <q2:quote>“No.”</q2> <q3:quote>“Ah.”</q3> <q4:quote>“Oh.”</q4>
---
p9 = anna  berg
s1 is p9
q1 form=indirect
q1 -speaker-> s1
q2 -speaker-> s1 ?
q3 verdict=open
q4 review=rejected";

/// The facts of an article.
fn facts(outlet: &str, date: &str) -> String {
    format!(
        "#![enable(implicit_some)]\nArticle(version: 1,\n    outlet: \"{outlet}\",\n    date: \"{date}\",\n)\n"
    )
}

fn folder() -> TestCorpus {
    let corpus = TestCorpus::new()
        .tagged("a.txt", "ann", FIRST)
        .tagged("b.txt", "ben", SECOND)
        .file("c.txt", "Nobody has begun.")
        .file("a.txt.meta.ron", facts("Daily", "2024-05-31"))
        .file("b.txt.meta.ron", facts("Weekly", "2024"));
    let sitting = "    sittings: [\n        (by: \"ann\", start: \"2024-05-31T09:00:00Z\", seconds: 1200),\n    ],\n";
    let text = corpus.read("a.txt.ann.ron");
    let text = text.replacen("    people: [", &format!("{sitting}    people: ["), 1);
    corpus.file("a.txt.ann.ron", text)
}

#[test]
fn a_folder_is_counted() {
    let corpus = folder();
    let before = corpus.files();
    assert_snapshot!(corpus.run(["stats", ".", "--as", "ann"]), @"
status 0
--- stdout
label    tags  split  words: mean  median  longest  speaker: person  mention  not given  open
claim       1      0          1.0       1        1                0        0          0     1
quote       5      1          2.6       2        6                3        0          1     1
speaker     3      0          1.0       1        1                –        –          –     –

attribute                   tags
claim check: (not set)         1
quote form: (not set)          3
quote form: direct             1
quote form: indirect           1
speaker mention: (not set)     3

outlet       articles  claim  quote  speaker
(not known)         1      0      0        0
Daily               1      1      3        2
Weekly              1      0      2        1

date         articles  claim  quote  speaker
(not known)         1      0      0        0
2024                1      0      2        1
2024-05             1      1      3        2

person     articles  mentions  claim  quote  speaker
Anna Berg         2         2      0      2        0
Bo Carl           1         1      0      1        0

speaker's kind  claim  quote  speaker
person              0      3        0

who → whom           quotes  mentions
Anna Berg → Bo Carl       1         1

annotator  articles  done  claim  quote  speaker   sittings  hours  tags/hour
ann               1     0      1      3        2  1 sitting   0:20         18
ben               1     0      0      2        1          –      –          –
--- stderr
3 articles, 2 documents; everybody’s tags; 1 suggestion to review; 1 rejected tag
");
    assert_eq!(corpus.files(), before);
}

#[test]
fn times_are_one_s_own_unless_they_are_asked_for() {
    let corpus = folder();
    let time = |options: &[&str]| {
        let command = ["stats", ".", "--json"].iter().chain(options);
        let ran = corpus.run(command.copied());
        let read: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
        read["annotators"]["ann"]["time"]["tags_per_hour"].clone()
    };
    assert_eq!(time(&[]), serde_json::Value::Null);
    assert_eq!(time(&["--as", "ben"]), serde_json::Value::Null);
    // Six tags in a third of an hour.
    assert_eq!(time(&["--as", "ann"]), 18.0);
    assert_eq!(time(&["--times-of-all"]), 18.0);
}

#[test]
fn curated_tags_are_counted_alone_and_are_nobody_s() {
    let corpus = folder().tagged("a.txt", "ben", FIRST);
    let several = corpus.run(["stats", ".", "--json"]);
    let read: serde_json::Value = serde_json::from_str(&several.stdout).unwrap();
    assert_eq!(
        (&read["several"], &read["documents"]),
        (&1.into(), &3.into())
    );
    let curated = corpus
        .read("a.txt.ben.ron")
        .replace("    annotator: \"ben\",\n", "");
    let corpus = corpus.file("a.txt.curated.ron", curated);
    let ran = corpus.run(["stats", ".", "--json"]);
    let read: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(
        (&read["curated"], &read["documents"]),
        (&1.into(), &2.into())
    );
    assert_eq!(read["labels"]["quote"]["tags"], 5);
    assert_eq!(read["annotators"]["ben"]["documents"], 2);
    assert_eq!(read["annotators"].as_object().unwrap().len(), 2);
    let ran = corpus.run(["stats", ".", "--annotator", "ann", "--json"]);
    let read: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(
        (&read["curated"], &read["documents"]),
        (&0.into(), &1.into())
    );
    let ran = corpus.run(["stats", "gone"]);
    assert_eq!(ran.status, Some(2), "{ran}");
    // Only what is settled, or what everybody has tagged, whatever was settled.
    let told = |option: &[&str]| {
        let ran = corpus.run(["stats", "."].iter().chain(option).copied());
        ran.stderr.lines().last().unwrap_or_default().to_owned()
    };
    let several = "so that the same tag may count for each";
    assert!(told(&[]).starts_with("3 articles, 2 documents; of 1 article the curated tags alone;"));
    assert_eq!(
        told(&["--curated"]),
        "3 articles, 1 document; curated tags only"
    );
    let everybody = told(&["--everybody"]);
    assert!(
        everybody.contains("3 documents; everybody’s tags, no curated ones"),
        "{everybody}"
    );
    assert!(everybody.contains(several), "{everybody}");
    assert_eq!(
        told(&["--annotator", "ann"]),
        "3 articles, 1 document; only tags of ann"
    );
}

#[test]
fn figures_are_drawn_and_make_a_report() {
    let corpus = folder();
    let args = [
        "stats",
        ".",
        "--plots",
        "plots",
        "--report",
        "report.html",
        "--times-of-all",
    ];
    let ran = corpus.run(args);
    assert_eq!(ran.status, Some(0), "{ran}");
    assert!(
        ran.stderr
            .contains("wrote 48 files to plots\nwrote report.html\n"),
        "{ran}"
    );
    assert_snapshot!(corpus.read("plots/tags-by-outlet.csv"), @"
    outlet,claim,quote,speaker
    Daily,1,3,2
    Weekly,0,2,1
    (not known),0,0,0
    ");
    assert_snapshot!(corpus.read("plots/said-by-person.csv"), @"
    person,claim,quote,speaker
    Anna Berg,0,2,0
    Bo Carl,0,1,0
    ");
    assert_snapshot!(corpus.read("plots/network.csv"), @"
    from,to,quotes,mentions
    Anna Berg,Bo Carl,1,1
    ");
    assert_snapshot!(corpus.read("plots/pace-by-annotator.csv"), @"
    annotator,tags an hour
    ann,18
    ");
    let picture = corpus.read("plots/network.svg");
    assert!(picture.contains(">Anna Berg</text>"), "{picture}");
    let png = std::fs::read(corpus.path("plots/network.png")).unwrap();
    assert!(png.starts_with(b"\x89PNG"));
    let report = corpus.read("report.html");
    assert_eq!(report.matches("<svg").count(), 16);
    assert!(
        report.contains("3 articles, 9 tags, 2 annotators"),
        "{report}"
    );
    // Nothing but the plots and the report was written.
    let made = |name: &str| name.starts_with("plots/") || name == "report.html";
    assert_eq!(
        corpus.names().iter().filter(|name| !made(name)).count(),
        folder().names().len()
    );
    let not_there = corpus.run(["stats", ".", "--report", "no/such/folder/report.html"]);
    assert_snapshot!(not_there, @"
    status 2
    --- stderr
    pullquote: no/such/folder/report.html: cannot be written: its folder does not exist; create it, then try again
    ");
    let article = corpus.run(["stats", ".", "--report", "a.txt"]);
    assert!(
        article.stderr.contains("a.txt: this file is no web page"),
        "{article}"
    );
    assert!(corpus.read("a.txt").contains("Anna"));
    let in_the_way = corpus.run(["stats", ".", "--plots", "report.html"]);
    assert_eq!(in_the_way.status, Some(2), "{in_the_way}");
}

/// The first are named, the others counted.
#[test]
fn very_many_articles_with_something_undecided_are_counted() {
    let quote = "<q1:quote>“We go,”</q1> Ann said. “No.”";
    let corpus = (0..25).fold(TestCorpus::new(), |corpus, n| {
        let name = format!("{n:02}.txt");
        let corpus = corpus.tagged(&name, "ann", quote).tagged(
            &name,
            "ben",
            "“We go,” Ann said. <q2:quote>“No.”</q2>",
        );
        let own = corpus.read(&format!("{name}.ann.ron"));
        let curated = own.replace("    annotator: \"ann\",\n", "");
        corpus.file(&format!("{name}.curated.ron"), curated)
    });
    let ran = corpus.run(["stats", "."]);
    let listed = ran.stderr.matches(": curated, 2 differences undecided");
    assert_eq!(listed.count(), 20, "{ran}");
    let others = "and 5 more curated articles: 10 differences undecided (all with --json)";
    assert!(ran.stderr.contains(others), "{ran}");
    let ran = corpus.run(["stats", ".", "--json"]);
    let read: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(read["undecided"].as_array().unwrap().len(), 25);
}
