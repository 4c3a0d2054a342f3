use super::*;

fn centred(words: &str) -> String {
    p(words).replace("<w:p>", "<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>")
}

fn bold(words: &str) -> String {
    p(words).replace("<w:r>", "<w:r><w:rPr><w:b/></w:rPr>")
}

fn bookmark(name: &str, paragraph: &str) -> String {
    paragraph.replacen(
        "<w:p>",
        &format!("<w:p><w:bookmarkStart w:id=\"1\" w:name=\"{name}\"/>"),
        1,
    )
}

fn end() -> String {
    bold("End of Document").replace("<w:p>", "<w:p><w:pPr><w:sectPr/></w:pPr>")
}

/// An article as the database writes it.
fn article(n: usize, headline: &str, date: &str, body: &[&str]) -> String {
    let mut out = vec![
        bookmark(&format!("Bookmark_{n}"), "<w:p></w:p>"),
        centred(headline),
        centred("The Test Post"),
    ];
    if !date.is_empty() {
        out.push(centred(date));
    }
    out.push(p("Copyright 2020 Test Post"));
    out.push(p("Length:\u{a0}20 words"));
    out.push(p("Byline:\u{a0}Bo Berg"));
    out.push(bookmark(&format!("Body_{n}"), &bold("Body")));
    out.extend(body.iter().map(|words| p(words)));
    out.push(bold("Graphic"));
    out.push(p("A pier."));
    out.push(bold("Load-Date:").replace("</w:p>", "<w:r><w:t> May 6, 2020</w:t></w:r></w:p>"));
    out.push(end());
    out.concat()
}

fn count_part(count: usize) -> String {
    format!(
        "<Properties xmlns:vt=\"v\"><property name=\"Other\"><vt:i4>77</vt:i4></property>\
         <property name=\"LADocCount\"><vt:i4>{count}</vt:i4></property></Properties>"
    )
}

#[test]
fn two_articles_without_a_cover_are_two() {
    let body = article(
        1,
        "Bread rises",
        "May 4, 2020 Monday 6:30 PM GMT",
        &["It rose.", "Length: a yard."],
    ) + &article(2, "Rain falls", "", &["It fell."]);
    let imported = read(
        "a.docx",
        &word(&body, &[("docProps/custom.xml", &count_part(2))]),
    );
    assert_eq!(
        texts(&imported),
        [
            "Bread rises\nIt rose.\nLength: a yard.\n",
            "Rain falls\nIt fell.\n"
        ]
    );
    let first = facts(&imported, 0);
    assert_eq!(
        (&*first.outlet, &*first.date, &*first.byline),
        ("The Test Post", "2020-05-04", "Bo Berg")
    );
    assert_eq!(field(&imported, 0, "time"), "18:30");
    assert_eq!(field(&imported, 0, "load_date"), "2020-05-06");
    assert_eq!(left_out(&imported, 0), ["caption: A pier."]);
    assert_eq!(facts(&imported, 1).date, "");
    assert_eq!(doubts(&imported, 1), ["no date was found"]);
    assert_eq!(notes(&imported), [""; 0]);
}

#[test]
fn a_quoted_end_line_ends_nothing() {
    let lines = [
        "The file closes with",
        "End of Document",
        "and nobody reads on.",
    ];
    let body =
        article(1, "Bread", "May 4, 2020", &lines) + &article(2, "Rain", "May 5, 2020", &["Wet."]);
    let imported = read("a.docx", &word(&body, &[]));
    let expected = format!("Bread\n{}\n", lines.join("\n"));
    assert_eq!(texts(&imported), [&*expected, "Rain\nWet.\n"]);
}

#[test]
fn what_is_missing_by_the_count_of_the_file_is_told() {
    let body = p("Search Terms: bread") + &article(1, "Bread", "May 4, 2020", &["It rose."]);
    let imported = read(
        "a.docx",
        &word(&body, &[("docProps/custom.xml", &count_part(5))]),
    );
    assert_eq!(
        notes(&imported),
        [
            "not taken over: cover (“Search Terms: bread”)",
            "the file says that it holds 4 documents, and 1 were found; look for what is missing"
        ]
    );
    // Cut off in the middle of an article.
    let whole = article(1, "Bread", "May 4, 2020", &["It rose."]);
    let cut = whole.replace(&end(), "") + &article(2, "Rain", "May 5, 2020", &["Wet."]);
    let imported = read("a.docx", &word(&cut, &[]));
    assert!(doubts(&imported, 0)[0].contains("may be cut off"));
}

#[test]
fn a_sentence_that_begins_with_update_is_of_the_text() {
    let lines = ["Update: the ferry sails.", "Graphic", "It was graphic."];
    let imported = read(
        "a.docx",
        &word(&article(1, "Bread", "May 4, 2020", &lines), &[]),
    );
    assert_eq!(texts(&imported), [format!("Bread\n{}\n", lines.join("\n"))]);
}

#[test]
fn a_headline_with_a_date_in_it_is_no_date() {
    let body = article(1, "March 3, 2019 changed all", "", &["It did."]);
    let imported = read("a.docx", &word(&body, &[]));
    assert_eq!(facts(&imported, 0).headline, "March 3, 2019 changed all");
    assert_eq!(
        (&*facts(&imported, 0).outlet, &*facts(&imported, 0).date),
        ("The Test Post", "")
    );
}

#[test]
fn one_two_and_a_hundred_articles_are_read_word_by_word() {
    for count in [1, 2, 100] {
        let body = |n: usize| {
            [
                format!("“We bake {n} loaves,” she said."),
                format!("Rain, {n} mm."),
            ]
        };
        let articles = (1..=count).map(|n| {
            let body = body(n);
            let body = body.each_ref().map(String::as_str);
            article(n, &format!("Bread {n}"), "May 4, 2020", &body)
        });
        let document = word(
            &articles.collect::<String>(),
            &[("docProps/custom.xml", &count_part(count))],
        );
        let imported = read("a.docx", &document);
        let expected: Vec<String> = (1..=count)
            .map(|n| format!("Bread {n}\n{}\n", body(n).join("\n")))
            .collect();
        assert_eq!(texts(&imported), expected);
        assert_eq!(notes(&imported), [""; 0]);
    }
}
