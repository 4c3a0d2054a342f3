use crate::support::TestCorpus;

const GUIDELINES: &str = "# Quotes\n\n```exam\n<quote speaker=#s>“Yes,”</quote> <speaker #s>she</speaker> said.\n```\n\n\
    ```exam\nHe said that <quote speaker=none>trade grew</quote>.\n```\n";

fn corpus(guidelines: &str) -> TestCorpus {
    let schema = include_str!("../../assets/schema.ron");
    let schema = schema.replacen("labels: [", "guidelines: \"guide.md\",\n    labels: [", 1);
    TestCorpus::new()
        .file("pullquote.ron", schema)
        .file("guide.md", guidelines)
}

#[test]
fn an_exam_is_written_tagged_and_compared() {
    let corpus = corpus(GUIDELINES);
    let ran = corpus.run(["exam", ".", "--write", "maria"]);
    assert!(ran.stdout.ends_with(".pullquote/exam/maria.txt\n"), "{ran}");
    assert_eq!(
        corpus.read(".pullquote/exam/maria.txt"),
        "“Yes,” she said.\n\nHe said that trade grew.\n"
    );
    let ran = corpus.run(["exam", "."]);
    assert!(ran.stderr.contains("nobody has tagged"), "{ran}");
    let corpus = corpus.tagged(
        ".pullquote/exam/maria.txt",
        "maria",
        "<q1:quote>“Yes,”</q1> <s1:speaker>she</s1> said.\n\nHe said that trade grew.\n\n---\nq1 -speaker-> s1",
    );
    let ran = corpus.run(["exam", ".", "--of", "maria"]);
    assert!(ran.stdout.contains("recall 0.500"), "{ran}");
    assert!(
        ran.stdout.contains(
            ".pullquote/exam/maria.txt:3:14: not tagged, but should be: quote trade grew"
        ),
        "{ran}"
    );
    let ran = corpus.run(["exam", ".", "--json"]);
    assert!(ran.stdout.contains("\"annotator\":\"maria\""), "{ran}");
}

#[test]
fn a_wrong_example_is_named_with_its_line() {
    let corpus = corpus(
        "# Quotes\n\n```example\n<quote speaker=none>“Yes.”</quote>\n<qoute>“No.”</qoute>\n```\n",
    )
    .file("a.txt", "Nothing.\n");
    let ran = corpus.run(["check", "."]);
    assert_eq!(ran.status, Some(1), "{ran}");
    assert!(
        ran.stdout
            .contains("guide.md:5:1: the schema has no label `qoute`"),
        "{ran}"
    );
    let ran = corpus.run(["exam", "."]);
    assert_eq!(ran.status, Some(2), "{ran}");
    assert!(ran.stderr.contains("there is no block ```exam"), "{ran}");
}

#[test]
fn guidelines_outside_the_project_are_not_read() {
    let schema = include_str!("../../assets/schema.ron");
    let schema = schema.replacen(
        "labels: [",
        "guidelines: \"../secret.md\",\n    labels: [",
        1,
    );
    let corpus = TestCorpus::new()
        .file("pullquote.ron", schema)
        .file("../secret.md", "# Quotes\n")
        .file("a.txt", "Nothing.\n");
    let ran = corpus.run(["check", "."]);
    assert_eq!(ran.status, Some(1), "{ran}");
    assert!(ran.stdout.contains("secret.md"), "{ran}");
}
