//! Exports as plain text with one, two and a hundred articles: every paragraph, in order, and nothing else.

use super::*;

fn paragraphs(n: usize) -> [String; 2] {
    [
        format!("“We bake {n} loaves,” she said, and nobody asked why there were not more."),
        format!("It rained: {n} mm."),
    ]
}

fn check(export: &str, count: usize) {
    let imported = read("a.txt", export.as_bytes());
    let expected: Vec<String> = (1..=count)
        .map(|n| format!("Bread {n}\n{}\n", paragraphs(n).join("\n")))
        .collect();
    assert_eq!(texts(&imported), expected);
    for n in 0..count {
        let facts = facts(&imported, n);
        assert_eq!((&*facts.outlet, &*facts.date), ("Test Post", "2010-05-04"));
    }
}

#[test]
fn exports_of_lexisnexis() {
    for count in [1, 2, 100] {
        let article = |n: usize| {
            format!(
                "\n{blank:>30}{n} of {count} DOCUMENTS\n\n{blank:>35}Test Post\n\n{blank:>32}May 4, 2010 \
                 Tuesday\n\nBread {n}\n\nLENGTH: 12 words\n\n{}\n\nLOAD-DATE: May 5, 2010\n\n{blank:>25}Copyright \
                 2010 Test Post\n\n",
                paragraphs(n).join("\n\n"),
                blank = ""
            )
        };
        check(&(1..=count).map(article).collect::<String>(), count);
    }
}

#[test]
fn exports_of_proquest() {
    let line = "_".repeat(60);
    for count in [1, 2, 100] {
        let article = |n: usize| {
            format!(
                "{line}\nDocument {n} of {count}\n\nBread {n}\n\nFull text: {}\n\nSubject: Bread\n\nTitle: Bread \
                 {n}\n\nPublication title: Test Post\n\nPublication date: May 4, 2010\n\n",
                paragraphs(n).join("\n")
            )
        };
        let articles: String = (1..=count).map(article).collect();
        check(&format!("{articles}{line}\nContact us at: x\n"), count);
    }
}

#[test]
fn exports_of_mediargus() {
    for count in [1, 2, 100] {
        let entry = |n: usize| {
            format!(
                "{n}. Bread {n}\n\nTest Post, dinsdag 4 mei 2010, p. {n}, 12w.\n\nBread ...\n\n\n"
            )
        };
        let article = |n: usize| {
            let body = paragraphs(n).join("\n\n");
            format!("04-05-2010, p.{n}\n\nBread {n}\n\n{body}\n\n © Test\n\n\n\n\n")
        };
        let list: String = (1..=count).map(entry).collect();
        let articles: String = (1..=count).map(article).collect();
        check(&format!("{list}\n\n\n{articles}"), count);
    }
}
