use super::*;

/// An export of LexisNexis, with lines in the middle indented.
fn lexisnexis(separator: &str, head: &str, rest: &str) -> String {
    let centred: Vec<String> = head
        .lines()
        .map(|line| format!("{:>30}{line}\n\n", ""))
        .collect();
    format!(
        "\n\n{:>31}{separator}\n\n\n{}{rest}\n\n",
        "",
        centred.concat()
    )
}

#[test]
fn labels_are_known_in_the_languages_of_the_interface() {
    let english = lexisnexis(
        "1 of 3 DOCUMENTS",
        "The Test Post\nMay 4, 2010 Tuesday",
        "UPDATE: Bread, and more\nbread rises\n\nBYLINE: Bo Berg\n\nSECTION: NEWS; Pg. 3\n\nLENGTH: 12 words\n\n\
         It rose\nhigh.\n\nLENGTH: 19 metres\n\nLOAD: no label\n\nLOAD-DATE: May 5, 2010\n\nLANGUAGE: ENGLISH\n\n\
         GRAPHIC: A loaf\n\nAnother loaf\n\nPUBLICATION-TYPE: Newspaper\n\n                    Copyright 2010 Post",
    );
    let french = lexisnexis(
        "Document 2 de 3",
        "Le Courrier\n24 août 2015 lundi\nToutes Editions",
        "Le bac revient\n\nAUTEUR: Ada Exemple\n\nRUBRIQUE: ÉCONOMIE; Page 7\n\nLONGUEUR: 9 mots\n\n\
         ENCART: Enfin.\n\nLe bac revient : « Enfin ».\n\nDATE-CHARGEMENT: 25 août 2015\n\nLANGUE: FRENCH; FRANÇAIS",
    );
    let dutch = lexisnexis(
        "Document 3 van 3",
        "Copyright 2002 Krant\nDe Krant\n24 september 2002",
        "LENGTE: 5 woorden\n\nKOP: Boot vaart\n\nTEKST:\n\nDe boot vaart.\n\nTAAL: Dutch",
    );
    let text = format!("\u{feff}Download Request\r\n{english}{french}{dutch}");
    let imported = read("a.txt", text.as_bytes());
    assert_eq!(
        texts(&imported),
        [
            "UPDATE: Bread, and more bread rises\nIt rose high.\nLENGTH: 19 metres\nLOAD: no label\n",
            "Le bac revient\nLe bac revient : « Enfin ».\n",
            "Boot vaart\nDe boot vaart.\n",
        ]
    );
    assert_eq!(
        left_out(&imported, 0),
        ["caption: A loaf", "caption: Another loaf"]
    );
    let all = |n: usize| {
        let facts = facts(&imported, n);
        [
            &*facts.outlet,
            &*facts.date,
            &*facts.byline,
            &*facts.language,
            &*facts.section,
        ]
    };
    assert_eq!(
        all(0),
        [
            "The Test Post",
            "2010-05-04",
            "Bo Berg",
            "en",
            "NEWS; Pg. 3"
        ]
    );
    assert_eq!(
        all(1),
        [
            "Le Courrier",
            "2015-08-24",
            "Ada Exemple",
            "fr",
            "ÉCONOMIE; Page 7"
        ]
    );
    assert_eq!(all(2), ["De Krant", "2002-09-24", "", "nl", ""]);
    assert_eq!(field(&imported, 1, "edition"), "Toutes Editions");
    assert_eq!(field(&imported, 1, "load_date"), "2015-08-25");
    assert_eq!(field(&imported, 2, "copyright"), "Copyright 2002 Krant");
    assert_eq!(
        notes(&imported),
        ["not taken over: cover (“Download Request”)"]
    );
    assert_eq!(imported.documents[1].id, "2015-08-24-le-bac-revient.txt");
}

#[test]
fn an_article_by_itself_needs_no_line_that_counts() {
    let text = lexisnexis(
        "",
        "The Test Post\nMay 4, 2010",
        "Bread\n\nLENGTH: 2 words\n\nIt rose.\n",
    );
    let format = format::by_name("lexisnexis").unwrap();
    let input = Input {
        name: "a.txt",
        bytes: text.as_bytes(),
        beside: &|_| None,
    };
    let imported = format::read(format, &input, &Options::default()).unwrap();
    assert_eq!(texts(&imported), ["Bread\nIt rose.\n"]);
    let input = Input {
        bytes: b"Dear diary\n",
        ..input
    };
    let imported = format::read(format, &input, &Options::default()).unwrap();
    assert!(
        imported.problems[0]
            .message
            .contains("no export of LexisNexis")
    );
}

#[test]
fn words_in_the_line_of_the_length_are_kept_and_told() {
    let body = "Bread\n\nLENGTH: 2 words It rose by\na cent.\n\nIt fell.\n";
    let text = lexisnexis("1 of 1 DOCUMENTS", "The Test Post\nMay 4, 2010", body);
    let imported = read("a.txt", text.as_bytes());
    assert_eq!(texts(&imported), ["Bread\nIt fell.\n"]);
    assert_eq!(field(&imported, 0, "words"), "2");
    assert_eq!(field(&imported, 0, "length"), "2 words It rose by a cent.");
    assert!(doubts(&imported, 0)[0].contains("It rose by a cent."));
}

#[test]
fn a_gap_in_the_numbers_is_told() {
    let one = |n: usize| {
        lexisnexis(
            &format!("{n} of 9 DOCUMENTS"),
            "Post\nMay 4, 2010",
            "A\n\nLENGTH: 1 words\n\nB.",
        )
    };
    let imported = read("a.txt", (one(3) + &one(5)).as_bytes());
    assert!(notes(&imported)[0].contains("it should hold 3 documents, and 2 were found"));
}

/// Another encoding, guessed and told.
#[test]
fn a_text_of_windows_is_read() {
    let text = lexisnexis(
        "1 of 1 DOCUMENTS",
        "Bote\n4. Mai 2010",
        "Fähre fährt früh\n\nLÄNGE: 3 Wörter\n\nÜber Nacht.",
    );
    let (bytes, ..) = encoding_rs::WINDOWS_1252.encode(&text);
    let imported = read("a.txt", &bytes);
    assert_eq!(texts(&imported), ["Fähre fährt früh\nÜber Nacht.\n"]);
    assert!(notes(&imported)[0].contains("it was read as windows-1252"));
}

#[test]
fn label_words_in_the_prose_of_proquest_are_prose() {
    let line = "_".repeat(60);
    let text = format!(
        "{line}\nDocument 1 of 2\n\nBread rises\n\nhttps://x.example/docview/1\n\nAbstract: None available.\n\n\
         Full text: Bread rose.\nTitle: that was what she asked for.\n\nSubject: bread, she said.\n\n\
         It ended.\nCAPTION: A loaf\non a table\nCREDIT: Bo Berg\n\nSubject: Bread\n\nTitle: Bread rises\n\n\
         Publication title: Test Post; Northtown\n\nPublication date: Mar 9, 2022\n\nFirst page: A3\n\n\
         Placeof publication: Northtown\n\nLanguage of publication: English\n\nDocument URL: https://x.example/docview/1?a=1\n\n\
         {line}\nDocument 2 of 2\n\nRain\n\nFull text: Wet.\n\nPublication title: Test Post\n\nPublication date: soon\n\n\
         {line}\nContact us at: x\n"
    );
    let imported = read("a.txt", text.as_bytes());
    assert_eq!(
        texts(&imported),
        [
            "Bread rises\nBread rose.\nTitle: that was what she asked for.\nSubject: bread, she said.\nIt ended.\n",
            "Rain\nWet.\n",
        ]
    );
    assert_eq!(
        left_out(&imported, 0),
        ["index terms: Bread", "caption: A loaf on a table"]
    );
    let first = facts(&imported, 0);
    assert_eq!((&*first.byline, &*first.date), ("Bo Berg", "2022-03-09"));
    assert_eq!(
        (&*first.outlet, field(&imported, 0, "place")),
        ("Test Post", "Northtown")
    );
    assert_eq!(first.address, "https://x.example/docview/1?a=1");
    assert_eq!(
        doubts(&imported, 1),
        ["its date “soon” cannot be read", "no date was found"]
    );
    assert_eq!(notes(&imported), ["not taken over: contact and terms"]);
}
