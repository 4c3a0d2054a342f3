use std::fmt::Write as _;

use insta::assert_snapshot;
use pullquote::model::Annotation;

use crate::support::TestCorpus;

const FERRY: &str = "\
Ferry to sail all winter

The ferry will sail all winter, the harbour office said on Monday.

“We heard what the islanders told us,” harbour master Jean Mackay said. “Nobody should be cut off in \
January.”

She added that the old timetable had “never made sense to anyone” on the island.

According to the mayor, two more crew members will be hired.

“Who is going to pay for it?” asked Tom Reid, who runs the shop at the pier.
";

fn line(id: &str, text: &str) -> String {
    serde_json::json!({ "id": id, "text": text }).to_string() + "\n"
}

fn ferry() -> TestCorpus {
    TestCorpus::new().file("ferry.txt", FERRY)
}

#[test]
fn what_is_suggested_is_listed_and_nothing_is_written() {
    let corpus = ferry().file("empty.txt", "The tide was out.\n");
    let before = corpus.files();
    assert_snapshot!(corpus.run(["suggest", "."]), @r#"
status 0
--- stdout
./ferry.txt:3:1: indirect 0.90 the harbour office: The ferry will sail all winter
./ferry.txt:5:1: direct 0.96 harbour master Jean Mackay: “We heard what the islanders told us,” … “Nobody should be cut off in January.”
./ferry.txt:7:11: mixed 0.80 She (Jean Mackay): that the old timetable had “never made sense to anyone” on the island
./ferry.txt:9:25: indirect 0.86 the mayor: two more crew members will be hired
./ferry.txt:11:1: direct 0.96 Tom Reid, who runs the shop at the pier: “Who is going to pay for it?”
--- stderr
2 articles: 5 quotes suggested; add --write to save them
"#);
    assert_snapshot!(corpus.run(["suggest", "ferry.txt", "--kind", "mixed", "--json"]), @r#"
status 0
--- stdout
{"articles":1,"quotes":1,"saved":0,"suggestions":[{"path":"ferry.txt","line":7,"column":11,"id":"2vjgfczhj23cc","form":"mixed","confidence":0.8,"rule":"mixed-after-verb","fragments":[[216,285]],"text":"that the old timetable had “never made sense to anyone” on the island","speaker":"She","person":"Jean Mackay"}],"problems":[]}
"#);
    assert_eq!(corpus.files(), before);
}

#[test]
fn claims_are_listed_by_how_much_they_are_worth_checking() {
    let corpus = TestCorpus::new()
        .file("a.txt", "The mill had 300 workers in March.\n")
        .file(
            "b.txt",
            "The city has 12,000 workers without a job, twice as many as in 2010.\n",
        );
    let ran = corpus.run(["suggest", ".", "--kind", "claim"]);
    let first = ran.stdout.lines().next().unwrap_or_default();
    assert!(first.starts_with("./b.txt:1:1: claim"), "{ran}");
    let worth = |line: &str| {
        let words = line.split_whitespace().nth(2).unwrap();
        words.parse::<f64>().unwrap()
    };
    let worth: Vec<f64> = ran.stdout.lines().map(worth).collect();
    assert!(
        worth.len() > 1 && worth.is_sorted_by(|a, b| a >= b),
        "{ran}"
    );
    assert!(ran.stderr.contains("claims suggested"), "{ran}");
}

#[test]
fn suggestions_are_saved_once_and_not_made_again() {
    let corpus = ferry().file("empty.txt", "The tide was out.\n");
    let ran = corpus.run(["suggest", "--write", "--as", "maria", "."]);
    assert_eq!(ran.status, Some(0), "{ran}");
    assert!(ran.stderr.contains("saved in 1 sidecar"), "{ran}");
    assert!(
        !corpus
            .names()
            .iter()
            .any(|name| name.starts_with("empty.txt."))
    );
    let document = corpus.document("ferry.txt", "maria");
    assert!(
        document
            .set()
            .annotations()
            .all(Annotation::is_open_suggestion)
    );
    assert!(
        document
            .set()
            .annotations()
            .any(|tag| tag.confidence.is_some())
    );
    let people: Vec<_> = document.set().people().collect();
    assert_eq!(people.len(), 1, "{people:?}");
    assert_eq!(people[0].name, "Jean Mackay");
    let mentions = document.set().mentions(&people[0].id);
    assert_eq!(mentions.count(), 2, "her name and “She”");
    assert_eq!(corpus.run(["check", "."]).status, Some(0));

    let written = corpus.files();
    let again = corpus.run(["suggest", "--write", "--as", "maria", "."]);
    assert!(again.stderr.contains("0 quotes suggested"), "{again}");
    assert_eq!(corpus.files(), written);
}

#[test]
fn an_article_is_saved_once() {
    let corpus = ferry();
    corpus.run(["suggest", "--write", "--kind", "direct", "."]);
    assert_eq!(copies(&corpus), 0, "there was nothing to keep");
    corpus.run(["suggest", "--write", "."]);
    assert_eq!(copies(&corpus), 1, "each save keeps what it replaces");
}

/// How many copies of earlier sidecars there are.
fn copies(corpus: &TestCorpus) -> usize {
    let files = walkdir::WalkDir::new(corpus.state()).into_iter().flatten();
    let files = files.filter(|entry| entry.file_type().is_file());
    let path = |entry: &walkdir::DirEntry| entry.path().to_string_lossy().contains("ferry.txt.ron");
    files.filter(path).count()
}

#[test]
fn the_person_behind_a_mention_is_one_of_the_roster_or_new() {
    let text = "Minister Ann Lee opened the bridge.\n\n“It is safe,” the minister said.\n\nTom Webb and his \
                wife left early.\n\n“It is not,” the engineer said. She said that it leaks.\n";
    let ran = TestCorpus::new().run_with(line("a", text), ["suggest", "-"]);
    let row: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let people = row["people"].as_array().unwrap();
    let names: Vec<_> = people
        .iter()
        .map(|person| person["name"].as_str().unwrap())
        .collect();
    assert!(
        names.contains(&"Ann Lee") && !names.contains(&"Tom Webb"),
        "{names:?}"
    );
    let spans = row["spans"].as_array().unwrap();
    let person = |start: usize| {
        let mut here = spans.iter().filter(|span| span["label"] == "speaker");
        here.find(|span| span["start"] == start)
            .map(|span| span["person"].clone())
    };
    let at = |words: &str| text.split(words).next().unwrap().chars().count();
    assert_eq!(person(at("the minister said")).unwrap(), people[0]["id"]);
    assert_eq!(person(at("the engineer")).unwrap(), "");

    // Who is on the roster is not made again.
    let own = serde_json::json!({
        "id": "a", "text": text, "people": [{ "id": "p1", "name": "Ann Lee" }]
    });
    let ran = TestCorpus::new().run_with(own.to_string(), ["suggest", "-"]);
    let row: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let spans = row["spans"].as_array().unwrap();
    assert!(spans.iter().any(|span| span["person"] == "p1"), "{ran}");
    let people = row["people"].as_array().unwrap();
    assert_eq!(
        people
            .iter()
            .filter(|person| person["name"] == "Ann Lee")
            .count(),
        1
    );
}

#[test]
fn the_cues_of_a_project_report() {
    let article = "The mayor floated that the bridge should close.\n";
    let schema = include_str!("../../assets/schema-with-cues.ron");
    let without = schema.replace("\"floated\", ", "");
    assert_ne!(schema, without);
    for (schema, quotes) in [
        (schema, "1 quote suggested"),
        (&without, "0 quotes suggested"),
    ] {
        let corpus = TestCorpus::new().file("a.txt", article);
        let corpus = corpus.file("pullquote.ron", schema);
        let ran = corpus.run(["suggest", "."]);
        assert!(ran.stderr.contains(quotes), "{ran}");
    }
}

#[test]
fn a_damaged_sidecar_is_told_and_left_as_it_is() {
    let corpus = ferry();
    corpus.run(["suggest", "--write", "--kind", "direct", "."]);
    let whole = corpus.read("ferry.txt.ron");
    for (sidecar, told) in [
        (whole.trim_end().trim_end_matches(')'), "check --fix"),
        ("Pullquote(version: 1, annotations: [", "is not a sidecar"),
    ] {
        std::fs::write(corpus.path("ferry.txt.ron"), sidecar).unwrap();
        let before = corpus.files();
        let ran = corpus.run(["suggest", "--write", "."]);
        assert_eq!(ran.status, Some(2), "{ran}");
        assert!(ran.stderr.contains(told), "{ran}");
        assert_eq!(corpus.files(), before);
    }
}

#[test]
fn a_stream_comes_back_with_suggestions() {
    let ran = TestCorpus::new().run_with(line("ferry", FERRY), ["suggest", "-", "--cues"]);
    assert_snapshot!("ferry", ran);
}

#[test]
fn a_stream_keeps_order_tags_and_other_fields() {
    let mut input = String::new();
    for n in 0..60 {
        let text = match n % 7 {
            0 => FERRY.repeat(4),
            _ => format!("“Yes,” Ann Lee said on day {n}."),
        };
        let _ = write!(input, "{}", line(&format!("d{n}"), &text));
    }
    let own = r#"{"lang": "en", "text": "“Yes,” Ann Lee said.", "id": "own", "spans": [{"id": "t", "label": "quote", "start": 0, "end": 6, "by": "maria"}], "meta": {"n": 1.50}}"#;
    let _ = writeln!(input, "\n{own}");
    let run = |jobs: &str| TestCorpus::new().run_with(&input, ["suggest", "-", "--jobs", jobs]);
    let (one, two) = (run("1"), run("2"));
    assert_eq!((one.status, one.stderr.as_str()), (Some(0), ""));
    assert_eq!(one.stdout, two.stdout);
    let rows: Vec<&str> = one.stdout.lines().collect();
    assert_eq!(rows.len(), 61);
    for (n, row) in rows.iter().take(60).enumerate() {
        assert!(row.starts_with(&format!("{{\"id\":\"d{n}\",")), "{row}");
        assert!(row.contains("\"label\":\"quote\""), "{row}");
    }
    let last = rows[60];
    assert!(
        last.ends_with(r#","lang": "en","meta": {"n": 1.50}}"#),
        "{last}"
    );
    assert_eq!(
        last.matches("\"label\":").count(),
        1,
        "tagged already: {last}"
    );
    // What comes out goes in again, and nothing is added.
    let again = TestCorpus::new().run_with(&one.stdout, ["suggest", "-"]);
    assert_eq!(again.stdout, one.stdout);
}

#[test]
fn lines_that_cannot_be_read_are_told_and_the_others_are_written() {
    let input = format!(
        "{}{{\"id\": \"cut\n\n{}{{\"id\": \"x\"}}\n",
        line("a", "“Yes,” Ann Lee said."),
        line("b", "Nothing."),
    );
    let ran = TestCorpus::new().run_with(input, ["suggest", "-"]);
    assert_eq!(ran.status, Some(1), "{ran}");
    assert_eq!(ran.stdout.lines().count(), 2);
    assert_snapshot!(ran.stderr, @r"
stdin:2:1: the line ends too early; export the file again
stdin:5:1: the text of the article is missing (the field `text`); is this file of another format?
2 lines left out, because they cannot be read
");
    let ran = TestCorpus::new().run_with(b"\xff\n".as_slice(), ["suggest", "-"]);
    assert_eq!(ran.status, Some(2), "{ran}");
}

#[test]
fn what_does_not_go_together_is_refused() {
    for args in [
        &["suggest", "-", "--write"][..],
        &["suggest", "-", "a.txt"],
        &["suggest", ".", "--cues"],
        &["suggest", ".", "--kind", "loud"],
        &["suggest", ".", "--min-confidence", "2"],
        &["suggest", ".", "--jobs", "0"],
    ] {
        let ran = ferry().run(args.iter().copied());
        assert_eq!(ran.status, Some(2), "{args:?}: {ran}");
        assert_eq!(ran.stdout, "");
        assert!(!ran.stderr.is_empty());
    }
}

/// Tagged articles in which a verb that no rule knows reports, as native JSON Lines.
fn tagged_articles() -> String {
    let speakers = ["Ann Lee", "Bo Roe", "Eva Moss"];
    let clauses = [
        "that the mill would close in May",
        "that the bank should pay",
        "that nobody had warned the town",
        "that the harbour needed two boats",
    ];
    let mut lines = String::new();
    for article in 0..12 {
        let (mut text, mut spans, mut links) = (String::new(), Vec::new(), Vec::new());
        for sentence in 0..6 {
            let speaker = speakers[(article + sentence) % 3];
            let clause = clauses[(article + 2 * sentence) % 4];
            let (from, to) = (text.len(), text.len() + speaker.len());
            let start = to + " floated ".len();
            text += &format!("{speaker} floated {clause}.\n");
            let [quote, mention] = ["q", "s"].map(|letter| format!("{letter}{sentence}"));
            let end = start + clause.len();
            spans.push(
                serde_json::json!({"id": quote, "label": "quote", "fragments": [[start, end]]}),
            );
            spans.push(
                serde_json::json!({"id": mention, "label": "speaker", "fragments": [[from, to]]}),
            );
            links.push(serde_json::json!({"from": quote, "to": mention, "role": "speaker"}));
            text += &format!("{speaker} walked home before dark.\n");
        }
        let id = format!("a{article}");
        let document = serde_json::json!({"id": id, "text": text, "spans": spans, "links": links});
        lines += &(document.to_string() + "\n");
    }
    lines
}

const FLOATED: &str = "Tom Webb floated that the ferry was too old.\n";

#[test]
fn it_learns_from_tagged_articles_and_keeps_what_it_learned_in_a_file() {
    let corpus = TestCorpus::new()
        .file("tagged.jsonl", tagged_articles())
        .file("new/webb.txt", FLOATED);
    assert_snapshot!(corpus.run(["suggest", "new"]), @"
    status 0
    --- stderr
    1 article: 0 quotes suggested
    ");
    let learned = corpus.run([
        "suggest",
        "--learn",
        "tagged.jsonl",
        "--save-learned",
        "floated.json",
        "new",
    ]);
    assert_snapshot!(learned, @"
    status 0
    --- stdout
    new/webb.txt:1:18: indirect 0.99 Tom Webb: that the ferry was too old
    --- stderr
    learned from 12 tagged articles with 72 quotes; on articles kept apart, F1 of quotes without quotation marks is 0.99, with the rules alone 0.00
    1 article: 1 quote suggested; add --write to save them
    ");
    for other in ["new/webb.txt", "tagged.jsonl"] {
        let before = corpus.read(other);
        let ran = corpus.run([
            "suggest",
            "--learn",
            "tagged.jsonl",
            "--save-learned",
            other,
            "new",
        ]);
        assert_eq!(ran.status, Some(2), "{ran}");
        assert!(ran.stderr.contains("is not replaced"), "{ran}");
        assert_eq!(corpus.read(other), before);
    }
    let again = corpus.run(["suggest", "--learned", "floated.json", "new"]);
    assert_eq!(again.stdout, learned.stdout);
    let ran = corpus.run(["suggest", "--learned", "floated.json", "new", "--json"]);
    assert!(ran.stdout.contains("\"rule\":\"learned\""), "{ran}");
    let ran = corpus.run(["suggest", "--learned", "floated.json", "new", "--write"]);
    assert_eq!(ran.status, Some(0), "{ran}");
    let sidecar = corpus.read("new/webb.txt.ron");
    assert!(sidecar.contains("learned/72/72/floated that"), "{sidecar}");
}

#[test]
fn a_folder_is_learned_from_as_far_as_it_is_tagged() {
    let corpus = TestCorpus::new()
        .file("tagged.jsonl", tagged_articles())
        .file("new/webb.txt", FLOATED);
    let ran = corpus.run(["import", "tagged.jsonl", "--into", "done"]);
    assert_eq!(ran.status, Some(0), "{ran}");
    let ran = corpus.run(["suggest", "--learn", "done", "new"]);
    assert!(
        ran.stderr
            .contains("learned from 12 tagged articles with 72 quotes"),
        "{ran}"
    );
    assert!(
        ran.stdout.contains("Tom Webb: that the ferry was too old"),
        "{ran}"
    );
}

#[test]
fn what_cannot_be_learned_or_read_is_said() {
    let corpus = TestCorpus::new()
        .file("webb.txt", FLOATED)
        .file("one.jsonl", tagged_articles().lines().next().unwrap())
        .file("other.json", "{\"answer\": 42}");
    assert_snapshot!(corpus.run(["suggest", "--learn", "one.jsonl", "webb.txt"]), @"
    status 0
    --- stderr
    1 tagged article with 6 quotes: too few to learn from, so only the rules are used
    1 article: 0 quotes suggested
    ");
    assert_snapshot!(corpus.run(["suggest", "--learned", "other.json", "webb.txt"]), @"
    status 2
    --- stderr
    pullquote: other.json: this is not a model that Pullquote has learned, or it is damaged (line 1, column 14); learn it again from the tagged articles
    ");
    assert_snapshot!(corpus.run(["suggest", "--learn", "gone", "webb.txt"]), @"
    status 2
    --- stderr
    pullquote: gone: there is no such file; it may have been moved or deleted
    ");
}
