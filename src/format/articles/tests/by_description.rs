//! Exports of which no sample was at hand.

use super::*;

const TOLD: &str =
    "in this form are read by a description of them; compare an article with the original";

const FACTIVA: [(&str, bool); 22] = [
    ("Local news", false),
    ("Ferry to sail again", true),
    ("By Bo Berg", false),
    ("1,012 words", false),
    ("4 May 2020", false),
    ("09:30", false),
    ("The Post", false),
    ("POST", false),
    ("12", false),
    ("English", false),
    ("(c) 2020 The Post", false),
    ("It will sail[http://post.example/x] in May.", false),
    ("“We waited,” she said.", false),
    ("Document POST000020200504eg5400001", false),
    ("Bread to rise", true),
    ("61 words", false),
    ("6 May 2020", false),
    ("The Courier", false),
    ("English", false),
    ("Copyright 2020 Courier", false),
    ("It rose.", false),
    ("Document COUR000020200506eg5600002", false),
];

fn is_factiva(imported: &Imported) {
    assert_eq!(
        texts(imported),
        [
            "Ferry to sail again\nIt will sail in May.\n“We waited,” she said.\n",
            "Bread to rise\nIt rose.\n"
        ]
    );
    let first = facts(imported, 0);
    assert_eq!(
        (
            &*first.section,
            &*first.byline,
            &*first.outlet,
            &*first.date,
            &*first.language
        ),
        ("Local news", "By Bo Berg", "The Post", "2020-05-04", "en")
    );
    let fields =
        ["words", "time", "source_code", "id", "links"].map(|name| field(imported, 0, name));
    assert_eq!(
        fields,
        [
            "1012",
            "09:30",
            "POST",
            "POST000020200504eg5400001",
            "http://post.example/x"
        ]
    );
    assert_eq!(facts(imported, 1).outlet, "The Courier");
    assert_eq!(
        (left_out(imported, 0), doubts(imported, 0)),
        (vec![], vec![])
    );
    assert!(
        notes(imported)[0].starts_with("exports of Factiva"),
        "{:?}",
        notes(imported)
    );
    assert!(notes(imported)[0].ends_with(TOLD));
}

#[test]
fn factiva_in_rtf_and_in_word() {
    let rtf = FACTIVA.map(|(line, bold)| {
        let line = line
            .replace('“', "\\ldblquote ")
            .replace('”', "\\rdblquote ");
        match bold {
            true => format!("{{\\b {line}}}\\par "),
            false => format!("{line}\\par "),
        }
    });
    is_factiva(&read(
        "a.rtf",
        format!("{{\\rtf1\\ansi {}}}", rtf.concat()).as_bytes(),
    ));
    let body = FACTIVA.map(|(line, bold)| match bold {
        true => format!("<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{line}</w:t></w:r></w:p>"),
        false => p(line),
    });
    is_factiva(&read("a.docx", &word(&body.concat(), &[])));
}

#[test]
fn proquest_in_word_is_parted_by_its_numbers() {
    let one = |n: usize| {
        [
            &*format!("Document {n} of 2"),
            "Ferry to sail again",
            "Full text: It will sail.",
            "“We waited,” she said.",
            "Subject: Boats",
            "Publication title: The Post",
            "Publication date: May 4, 2020",
        ]
        .map(p)
        .concat()
    };
    let imported = read("a.docx", &word(&(one(1) + &one(2)), &[]));
    let text = "Ferry to sail again\nIt will sail.\n“We waited,” she said.\n";
    assert_eq!(texts(&imported), [text, text]);
    assert_eq!(facts(&imported, 1).date, "2020-05-04");
    assert!(notes(&imported)[0].ends_with(TOLD));
}

#[test]
fn nexis_in_an_unknown_language_is_parted_by_its_bookmarks() {
    let mark = |name: &str, words: &str| {
        format!(
            "<w:p><w:bookmarkStart w:id=\"1\" w:name=\"{name}\"/><w:r><w:t>{words}</w:t></w:r></w:p>"
        )
    };
    let one = |n: usize| {
        let lines = [
            p("Färjan går igen"),
            p("Posten"),
            p("May 4, 2020"),
            mark("Body", "Text"),
            p("Den går."),
        ];
        mark(&format!("Bookmark_{n}"), "") + &lines.concat()
    };
    let imported = read("a.docx", &word(&(one(1) + &one(2)), &[]));
    assert_eq!(texts(&imported), ["Färjan går igen\nDen går.\n"; 2]);
    let told = notes(&imported)
        .iter()
        .any(|note| note.contains("a language of which no export is known"));
    assert!(told, "{:?}", notes(&imported));
}

#[test]
fn genios_in_plain_text() {
    let one = "Dokumente\n\nDer Bote vom 04.05.2020, S. 12\nFähre fährt wieder\n\nSie fährt im Mai.\n„Wir haben gewartet“, \
               sagte sie.\nAnna Berg\nQuelle:   Der Bote vom 04.05.2020, S. 12\nRessort: Lokales\nAusgabe: Nord\n\
               Dokumentnummer: BOTE-1\nDauerhafte Adresse des Dokuments: https://wiso.example/document/BOTE-1\n\
               Alle Rechte vorbehalten: (c) Der Bote\n© GBI-Genios Deutsche Wirtschaftsdatenbank GmbH\nSeite 1 von 2\n";
    let imported = read("a.txt", one.repeat(2).as_bytes());
    let text = "Fähre fährt wieder\nSie fährt im Mai.\n„Wir haben gewartet“, sagte sie.\n";
    assert_eq!(texts(&imported), [text, text]);
    let found = facts(&imported, 1);
    assert_eq!(
        (
            &*found.outlet,
            &*found.date,
            &*found.byline,
            &*found.section,
            &*found.address
        ),
        (
            "Der Bote",
            "2020-05-04",
            "Anna Berg",
            "Lokales",
            "https://wiso.example/document/BOTE-1"
        )
    );
    let fields = ["page", "edition", "id", "copyright"].map(|name| field(&imported, 1, name));
    assert_eq!(fields, ["S. 12", "Nord", "BOTE-1", "(c) Der Bote"]);
    assert!(
        notes(&imported).iter().any(|note| note.ends_with(TOLD)),
        "{:?}",
        notes(&imported)
    );
}
