use insta::assert_snapshot;

use crate::support::TestCorpus;

const FIRST: &str = "\
The deal is off. <q1:quote>“No sanctions,”</q1> said <s1:speaker>Rex Tillerson</s1>, <q1>“for now.”</q1>
A second paragraph without sanctions. <c1:claim>Trade grows</c1>, <s2:speaker>he</s2> said.
---
p1 = Rex Tillerson
s1 is p1
s2 is p1
s2 mention=pronoun
q1 form=direct
q1 -speaker-> s1
c1 review=unsure
c1 note=check the figure";

const SECOND: &str = "\
<q1:quote>“Sanctions work,”</q1> said <s1:speaker>Ada Cole</s1>. <q2:quote>“They do.”</q2> <q3:quote>“Ah.”</q3>
---
p1 = Ada Cole
s1 is p1
q1 -speaker-> s1
q2 verdict=open
q3 review=rejected";

fn folder() -> TestCorpus {
    let facts = "#![enable(implicit_some)]\nArticle(version: 1,\n    headline: \"No deal\",\n    outlet: \"Daily\",\n    date: \"2024-05-31\",\n)\n";
    TestCorpus::new()
        .tagged("a.txt", "ann", FIRST)
        .tagged("b.txt", "ben", SECOND)
        .file("a.txt.meta.ron", facts)
}

#[test]
fn words_and_tags_are_searched_together() {
    let corpus = folder();
    let before = corpus.files();
    let found = |query: &str| corpus.run(["search", ".", query]).to_string();
    assert_snapshot!(found("sanctions"), @"
status 0
--- stdout
a.txt:1:22: The deal is off. “No ⟦sanctions⟧,” said Rex Tillerson, “for now.” A second paragraph  [2024-05-31]
a.txt:2:28: said Rex Tillerson, “for now.” A second paragraph without ⟦sanctions⟧. Trade grows, he said.  [2024-05-31]
b.txt:1:2: “⟦Sanctions⟧ work,” said Ada Cole. “They do.” “Ah.”
--- stderr
3 hits in 2 of 2 articles
");
    assert_snapshot!(found("quote speaker:tillerson sanctions"), @"
status 0
--- stdout
a.txt:1:22: The deal is off. “No ⟦sanctions⟧,” said Rex Tillerson, “for now.” A second paragraph  [quote, Rex Tillerson, 2024-05-31, ann]
--- stderr
1 hit in 1 of 2 articles
");
    assert_snapshot!(found("label:speaker mention:pronoun"), @"
status 0
--- stdout
a.txt:2:52: now.” A second paragraph without sanctions. Trade grows, ⟦he⟧ said.  [speaker, Rex Tillerson, 2024-05-31, ann]
--- stderr
1 hit in 1 of 2 articles
");
    assert_snapshot!(found("claim review:unsure"), @"
status 0
--- stdout
a.txt:2:39: “for now.” A second paragraph without sanctions. ⟦Trade grows⟧, he said.  [claim, 2024-05-31, ann]
--- stderr
1 hit in 1 of 2 articles
");
    assert_snapshot!(found("quote"), @"
status 0
--- stdout
a.txt:1:18: The deal is off. ⟦“No sanctions,” … “for now.”⟧ A second paragraph without sanctions. Trade grows, he said.  [quote, Rex Tillerson, 2024-05-31, ann]
b.txt:1:1: ⟦“Sanctions work,”⟧ said Ada Cole. “They do.” “Ah.”  [quote, Ada Cole, ben]
--- stderr
2 hits in 2 of 2 articles
");
    assert_snapshot!(found("sanctions deal outlet:daily date:2024"), @"
status 0
--- stdout
a.txt:1:22: The deal is off. “No ⟦sanctions⟧,” said Rex Tillerson, “for now.” A second paragraph  [2024-05-31]
--- stderr
1 hit in 1 of 2 articles
");
    assert_snapshot!(found("is:suggestion"), @"
status 0
--- stdout
b.txt:1:34: “Sanctions work,” said Ada Cole. ⟦“They do.”⟧ “Ah.”  [quote, ben]
--- stderr
1 hit in 1 of 2 articles
");
    assert_snapshot!(found("quote review:rejected"), @"
status 0
--- stdout
b.txt:1:45: “Sanctions work,” said Ada Cole. “They do.” ⟦“Ah.”⟧  [quote, ben]
--- stderr
1 hit in 1 of 2 articles
");
    assert_snapshot!(found("claim speaker:none note:figure -by:ben"), @"
status 0
--- stdout
a.txt:2:39: “for now.” A second paragraph without sanctions. ⟦Trade grows⟧, he said.  [claim, 2024-05-31, ann]
--- stderr
1 hit in 1 of 2 articles
");
    assert_snapshot!(found("headline:\"no deal\""), @"
status 0
--- stdout
a.txt:1:1: ⟦No deal⟧ The deal is off. “No sanctions,” said Rex Tillerson, “for  [2024-05-31]
--- stderr
1 hit in 1 of 2 articles
");
    assert_snapshot!(found("quote -form:direct"), @"
status 0
--- stdout
b.txt:1:1: ⟦“Sanctions work,”⟧ said Ada Cole. “They do.” “Ah.”  [quote, Ada Cole, ben]
--- stderr
1 hit in 1 of 2 articles
");
    assert_snapshot!(found("nothing of the kind"), @"
status 1
--- stderr
0 hits in 0 of 2 articles
");
    assert_snapshot!(found("quote they"), @"
status 1
--- stderr
0 hits in 0 of 2 articles
1 suggestion left out; is:suggestion finds them
");
    assert_eq!(corpus.files(), before);
}

#[test]
fn mistakes_in_a_query_are_told_with_their_place() {
    let corpus = folder();
    assert_snapshot!(corpus.run(["search", ".", "sanctions speeker:Cole"]), @"
status 2
--- stderr
pullquote: query, character 11: there is no field `speeker`; did you mean `speaker:`? for an attribute that is not in the schema write attribute:speeker=VALUE, for words put quotation marks around them
");
    assert_snapshot!(corpus.run(["search", ".", "\"open"]), @"
status 2
--- stderr
pullquote: query, character 1: this quotation mark is not closed; add one at the end of the words
");
    assert_snapshot!(corpus.run(["search", "gone", "x"]), @"
status 2
--- stderr
pullquote: gone: there is no such file; it may have been moved or deleted
");
}

#[test]
fn hits_are_printed_as_json_and_csv() {
    let corpus = folder();
    let ran = corpus.run(["search", ".", "quote sanctions", "--json"]);
    let read: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let hits = read["hits"].as_array().unwrap();
    assert_eq!(hits.len(), 2);
    assert_eq!(
        (&hits[0]["keyword"], &hits[0]["tag"]),
        (&"sanctions".into(), &"q1".into())
    );
    assert_eq!(
        (&hits[0]["line"], &hits[0]["column"]),
        (&1.into(), &22.into())
    );
    assert_eq!(hits[1]["person"], "Ada Cole");
    assert_snapshot!(corpus.run(["search", ".", "speaker person:cole", "--csv"]), @r#"
status 0
--- stdout
article,line,column,left,keyword,right,label,person,annotator,curated,tag,headline,outlet,date
b.txt,1,24,"“Sanctions work,” said ",Ada Cole,. “They do.” “Ah.”,speaker,Ada Cole,ben,false,s1,,,
--- stderr
1 hit in 1 of 2 articles
"#);
}

#[test]
fn curated_tags_stand_for_everybody_unless_somebody_is_asked_for() {
    let corpus = folder().tagged("a.txt", "ben", FIRST);
    let hits = |corpus: &TestCorpus, query: &str| {
        let ran = corpus.run(["search", "a.txt", query, "--json"]);
        let read: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
        read["hits"].as_array().unwrap().len()
    };
    assert_eq!(hits(&corpus, "quote"), 2);
    let curated = corpus
        .read("a.txt.ben.ron")
        .replace("    annotator: \"ben\",\n", "");
    let corpus = corpus.file("a.txt.curated.ron", curated);
    assert_eq!(hits(&corpus, "quote"), 1);
    assert_eq!(hits(&corpus, "quote is:curated"), 1);
    assert_eq!(hits(&corpus, "quote by:ann"), 1);
    assert_eq!(hits(&corpus, "quote by:\"cleo\""), 0);
}

#[test]
fn hits_are_sorted_by_what_is_around_them_and_cut_off() {
    let corpus = folder();
    let found = |more: &[&str]| {
        let arguments = ["search", ".", "sanctions"].iter().chain(more);
        corpus.run(arguments.copied()).to_string()
    };
    assert_snapshot!(found(&["--sort", "right", "--limit", "2"]), @"
status 0
--- stdout
a.txt:1:22: The deal is off. “No ⟦sanctions⟧,” said Rex Tillerson, “for now.” A second paragraph  [2024-05-31]
a.txt:2:28: said Rex Tillerson, “for now.” A second paragraph without ⟦sanctions⟧. Trade grows, he said.  [2024-05-31]
--- stderr
the first 2 of 3 hits in 2 of 2 articles
");
    assert_snapshot!(found(&["--sort", "left", "--limit", "1"]), @"
status 0
--- stdout
a.txt:1:22: The deal is off. “No ⟦sanctions⟧,” said Rex Tillerson, “for now.” A second paragraph  [2024-05-31]
--- stderr
the first 1 of 3 hits in 2 of 2 articles
");
    let wrong = found(&["--sort", "middle"]);
    assert!(
        wrong.contains("use one of article, left, keyword"),
        "{wrong}"
    );
}

#[test]
fn lengths_numbers_and_what_is_known_of_speakers_are_searched() {
    let nested = "\
<q1:quote>“We do,”</q1> <s1:speaker>Anna</s1> said, <q1>“and <s2:speaker>Bo</s2> said <q2:quote>‘never.’</q2>”</q1>
---
p1 = Anna Berg
p2 = Bo Carl
s1 is p1
s2 is p2
q1 -speaker-> s1
q2 -speaker-> s2";
    let corpus = folder().tagged("c.txt", "ann", nested);
    let ann = corpus.read("c.txt.ann.ron");
    let ann = ann.replace(
        "name: \"Bo Carl\"",
        "name: \"Bo Carl\", role: \"prime minister\"",
    );
    let corpus = corpus.file("c.txt.ann.ron", ann);
    let found = |query: &str| {
        let ran = corpus.run(["search", ".", query]);
        let places = ran
            .stdout
            .lines()
            .map(|line| line.split(": ").next().unwrap_or_default());
        places.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(found("speaker:Anna about:Bo"), ["c.txt:1:1"]);
    assert!(found("speaker:Bo about:Anna").is_empty());
    assert_eq!(found("who:\"role=prime minister\""), ["c.txt:1:34"]);
    assert_eq!(found("quote who:kind=person").len(), 4);
    assert_eq!(found("quote words:4-"), ["a.txt:1:18", "c.txt:1:1"]);
    assert_eq!(found("quote words:1"), ["c.txt:1:34"]);
    assert_eq!(found("tags:4-5"), ["a.txt:1:1", "c.txt:1:1"]);
    let wrong = corpus.run(["search", ".", "words:many"]);
    assert!(
        wrong
            .stderr
            .contains("write a number, or from and to: words:5"),
        "{wrong}"
    );
    // Where tags are settled, those of annotators are found by asking for them.
    let settled = corpus
        .read("a.txt.ann.ron")
        .replace("    annotator: \"ann\",\n", "");
    let corpus = corpus.file("a.txt.curated.ron", settled);
    let count = |query: &str| {
        corpus
            .run(["search", ".", query])
            .stdout
            .matches(", ann]")
            .count()
    };
    assert_eq!(
        (
            count("article:a.txt quote"),
            count("article:a.txt quote -is:curated")
        ),
        (0, 1)
    );
}

#[test]
fn a_value_that_cannot_be_is_told_with_the_nearest_one() {
    let corpus = folder();
    for (query, words) in [
        (
            "form:diret",
            "`diret` is no value of `form`; did you mean `direct`? use direct, indirect, mixed",
        ),
        ("label:quotee", "did you mean `quote`?"),
        ("review:usure", "did you mean `unsure`?"),
        (
            "quote mention:pronoum",
            "query, character 7: `pronoum` is no value of `mention`",
        ),
        (
            "by:bem",
            "`bem` is no value of `by`; did you mean `ben`? use ann, ben, unnamed",
        ),
        (
            "quote -by:zoe",
            "query, character 7: `zoe` is no value of `by`; use ann, ben, unnamed",
        ),
        ("who:kind=persn", "did you mean `person`?"),
        ("attribute:form=diret", "did you mean `direct`?"),
    ] {
        let ran = corpus.run(["search", ".", query]);
        assert_eq!(ran.status, Some(2), "{query}: {ran}");
        assert!(ran.stderr.contains(words), "{query}: {ran}");
    }
    // What is meant all the same stands in quotation marks.
    for query in [
        "form:\"diret\"",
        "label:\"quotee\"",
        "by:\"bem\"",
        "quote -by:\"zoe\"",
    ] {
        let ran = corpus.run(["search", ".", query]);
        assert!(ran.stderr.contains(" in "), "{query}: {ran}");
    }
}

#[test]
fn hits_are_sorted_by_who_made_the_tag() {
    let corpus = TestCorpus::new()
        .tagged("a.txt", "ben", FIRST)
        .tagged("b.txt", "ann", SECOND)
        .tagged("c.txt", "", SECOND);
    let ran = corpus.run(["search", ".", "label:speaker", "--sort", "by"]);
    let by: Vec<&str> = ran
        .stdout
        .lines()
        .filter_map(|line| line.rsplit_once(", "))
        .map(|(_, by)| by)
        .collect();
    assert_eq!(by, ["ann]", "ben]", "ben]", "unnamed]"], "{ran}");
}
