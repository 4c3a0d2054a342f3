use super::*;

#[test]
fn a_row_with_a_text_is_an_article() {
    let table = "id;Headline;publication date;Author;URL;lang;Words;text\r\n\
        1;Ferry;4 May 2010;Ada;https://x.example/a;German;12;\"Ferry\nIt sails; \"\"soon\"\".\n\nFar.\"\r\n\
        2;;soon;;;xx-Klingon-;;Rain.;more\r\n;;;;;;;\r\n";
    let imported = read("a.csv", table.as_bytes());
    assert_eq!(
        texts(&imported),
        ["Ferry\nIt sails; \"soon\".\nFar.\n", "Rain.\n"]
    );
    let first = facts(&imported, 0);
    assert_eq!(
        (&*first.headline, &*first.date, &*first.byline),
        ("Ferry", "2010-05-04", "Ada")
    );
    assert_eq!(
        (&*first.address, &*first.language),
        ("https://x.example/a", "de")
    );
    assert_eq!(
        (field(&imported, 0, "id"), field(&imported, 0, "Words")),
        ("1", "12")
    );
    assert_eq!(doubts(&imported, 1), ["its date “soon” cannot be read"]);
    assert_eq!(field(&imported, 1, "publication date"), "soon");
    assert_eq!(left_out(&imported, 1), ["cell without a column: more"]);
    assert_eq!(imported.documents[0].id, "2010-05-04-ferry.txt");
    assert_eq!(imported.documents[1].line, 5);
}

#[test]
fn a_record_with_a_text_is_an_article() {
    let lines = "{\"title\":\"Ferry\",\"text\":\"It sails.\\nFar.\",\"date\":\"2010-05-04\",\"tags\":[\"a\",\"b\"],\"n\":3,\
                 \"x\":{\"y\":1},\"author\":null}\n\n{\"body\":\"Rain.\",\"url\":\"https://x.example/b\"}\n";
    let imported = read("a.jsonl", lines.as_bytes());
    assert_eq!(texts(&imported), ["Ferry\nIt sails.\nFar.\n", "Rain.\n"]);
    assert_eq!(
        (field(&imported, 0, "tags"), field(&imported, 0, "n")),
        ("a, b", "3")
    );
    assert_eq!(left_out(&imported, 0), ["field `x`"]);
    assert_eq!(imported.documents[1].line, 3);
    let list = "[{\"title\":\"Ferry\",\"text\":\"It sails.\",\"date\":\"2010\"}]";
    assert_eq!(
        texts(&read("a.json", list.as_bytes())),
        ["Ferry\nIt sails.\n"]
    );
}

#[test]
fn a_field_that_stands_twice_is_told() {
    let list =
        "[{\"title\":\"Ferry\",\"text\":\"It sails.\",\"date\":\"2010\",\"text\":\"It rains.\"}]";
    for (name, text) in [("a.json", list), ("a.jsonl", list.trim_matches(['[', ']']))] {
        let imported = read(name, text.as_bytes());
        assert_eq!(texts(&imported), ["Ferry\nIt rains.\n"]);
        assert_eq!(
            left_out(&imported, 0),
            ["an earlier value of the field `text`"]
        );
    }
}

#[test]
fn tables_and_records_of_tags_are_no_articles() {
    let name = |name: &str, text: &str| {
        let found = format::detect(name, text.as_bytes());
        found.iter().map(|info| info.name).collect::<Vec<_>>()
    };
    assert_eq!(name("a.csv", "doc,kind,start,end,text,date\n"), ["csv"]);
    assert_eq!(name("a.csv", "title,text,label\n"), ["csv"]);
    assert_eq!(name("a.csv", "title,text\n"), ["article-table"]);
    assert_eq!(name("a.tsv", "title\ttext\n"), ["article-table"]);
    let spans = "{\"text\":\"a\",\"title\":\"b\",\"spans\":[]}";
    assert_eq!(name("a.jsonl", spans), ["jsonl", "spacy", "doccano"]);
    assert_eq!(
        name("a.jsonl", "{\"text\":\"a\",\"title\":\"b\"}"),
        ["article-lines"]
    );
    assert_eq!(
        name("a.jsonl", "{\"text\":\"a\",\"id\":\"b\"}"),
        ["jsonl", "spacy", "doccano"]
    );
}

#[test]
fn no_article_has_columns_without_end() {
    let many = |item: &dyn Fn(usize) -> String| (0..20_000).map(item).collect::<String>();
    let heads = format!("headline,text{}\n", many(&|n| format!(",c{n}")));
    let imported = read_with("a.csv", format!("{heads}h,Words.\n").as_bytes(), &[]);
    let told = &imported.problems[0].message;
    assert!(
        told.starts_with("it has 20002 columns, and at most 16384"),
        "{told}"
    );
    let fields = many(&|n| format!(",\"f{n}\":1"));
    let record = format!("{{\"title\":\"h\",\"text\":\"Words.\"{fields}}}");
    let imported = read_with("a.jsonl", record.as_bytes(), &[]);
    let told = &imported.problems[0].message;
    assert!(
        told.contains("record 1 has more than 16384 fields"),
        "{told}"
    );
    let row = format!("headline,text\nh,Words.{}\n", many(&|n| format!(",v{n}")));
    let imported = read("a.csv", row.as_bytes());
    let left_out = left_out(&imported, 0);
    assert_eq!(left_out.len(), 101);
    assert_eq!(left_out[100], "cells without a column: 19,900 more");
}
