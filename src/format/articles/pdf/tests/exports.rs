//! Exports of press databases as PDF.

use super::*;

/// Pages with these lines, 12 points below each other; the largest type marks headlines.
fn export(pages: &[&[(&str, f32)]]) -> FoundInFile {
    let pages: Vec<String> = pages
        .iter()
        .map(|lines| {
            let mut y = 780.0;
            let mut set_lines = Vec::new();
            for (words, size) in *lines {
                set_lines.push(set(50.0, y, *size, words));
                y -= size * 1.6;
            }
            page(&set_lines)
        })
        .collect();
    read(
        &pdf_of(&pages, "/Title (All of it)", &[], ""),
        &options(&[]),
    )
    .unwrap()
}

const LINE: &str =
    "The ferry will sail again from the old pier in May, as it did before the storm took it.";
const BY_DESCRIPTION: &str =
    "in this form are read by a description of them; compare an article with the original";

#[test]
fn articles_of_nexis_are_parted() {
    let found = export(&[
        &[
            ("Ferry to sail again", 16.0),
            ("The Post", 10.0),
            ("May 4, 2020 Monday", 10.0),
            ("Copyright 2020 The Post", 10.0),
            ("Section: NEWS; Pg. 3", 10.0),
            ("Length: 16 words", 10.0),
            ("Body", 12.0),
            (LINE, 10.0),
            ("Load-Date: May 5, 2020", 10.0),
            ("End of Document", 10.0),
        ],
        &[
            ("Bread to rise", 16.0),
            ("The Courier", 10.0),
            ("May 6, 2020 Wednesday", 10.0),
            ("Length: 16 words", 10.0),
            ("Body", 12.0),
            (LINE, 10.0),
            ("Load-Date: May 7, 2020", 10.0),
            ("End of Document", 10.0),
        ],
    ]);
    let told: Vec<_> = found
        .articles
        .iter()
        .map(|article| {
            (
                &*article.facts.headline,
                &*article.facts.outlet,
                &*article.facts.date,
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("Ferry to sail again", "The Post", "2020-05-04"),
            ("Bread to rise", "The Courier", "2020-05-06")
        ]
    );
    assert_eq!(found.articles[1].paragraphs, ["Bread to rise", LINE]);
    assert_eq!(found.left_out, ["title of the document: All of it"]);
    assert!(
        found.doubts[0].ends_with(BY_DESCRIPTION),
        "{:?}",
        found.doubts
    );
}

#[test]
fn articles_of_genios_are_parted() {
    let one = |day: &str, headline: &str| {
        [
            (format!("Der Bote vom {day}.05.2020, S. 12"), 10.0),
            (headline.to_owned(), 16.0),
            (format!("{headline}, sagte sie am Montag."), 10.0),
            ("Anna Berg".to_owned(), 10.0),
            (format!("Quelle: Der Bote vom {day}.05.2020, S. 12"), 10.0),
            ("Ressort: Lokales".to_owned(), 10.0),
            (format!("Dokumentnummer: BOTE-{day}"), 10.0),
            (
                "\u{a9} GBI-Genios Deutsche Wirtschaftsdatenbank GmbH".to_owned(),
                10.0,
            ),
        ]
    };
    let pages = [
        one("04", "Fähre fährt wieder"),
        one("06", "Brot wird teurer"),
    ];
    let pages = pages.map(|page| page.map(|(words, size)| (words.leak() as &str, size)));
    let found = export(&[&pages[0], &pages[1]]);
    assert_eq!(found.articles.len(), 2);
    let facts = &found.articles[1].facts;
    assert_eq!(
        (
            &*facts.headline,
            &*facts.outlet,
            &*facts.date,
            &*facts.byline,
            &*facts.section
        ),
        (
            "Brot wird teurer",
            "Der Bote",
            "2020-05-06",
            "Anna Berg",
            "Lokales"
        )
    );
    assert_eq!(
        found.articles[1].paragraphs,
        ["Brot wird teurer", "Brot wird teurer, sagte sie am Montag."]
    );
}

#[test]
fn a_database_that_is_not_known_is_told() {
    let found = export(&[&[
        ("Ferry to sail again", 16.0),
        (LINE, 10.0),
        ("Gale Document Number: GALE|A123", 10.0),
    ]]);
    let told = found
        .doubts
        .iter()
        .any(|doubt| doubt.starts_with("it seems to come from Gale"));
    assert!(told, "{:?}", found.doubts);
}
