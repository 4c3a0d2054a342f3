//! The labels that LexisNexis puts before what it knows about an article, in the languages of its
//! interface.

/// What a label stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    Byline,
    Section,
    Length,
    Headline,
    /// Words above or below the headline that sum the article up.
    Highlight,
    Dateline,
    /// What follows is the text.
    Body,
    LoadDate,
    Language,
    /// What follows is about pictures.
    Graphic,
    Correction,
    CorrectionDate,
    PublicationType,
    Edition,
    Series,
    Address,
    /// Terms of an index.
    Index,
    /// Something else that comes after the text.
    Tail,
}

const LABELS: [(Label, &[&str]); 18] = [
    (Label::Byline, &["BYLINE", "AUTOR", "AUTEUR", "SIGNATURE"]),
    (Label::Section, &["SECTION", "RUBRIK", "RUBRIQUE"]),
    (Label::Length, &["LENGTH", "LÄNGE", "LONGUEUR", "LENGTE"]),
    (Label::Headline, &["HEADLINE", "TITRE", "KOP"]),
    (
        Label::Highlight,
        &["HIGHLIGHT", "CHAPEAU", "ENCART", "ABSTRACT"],
    ),
    (Label::Dateline, &["DATELINE"]),
    (Label::Body, &["BODY", "TEXT", "ARTICLE", "TEKST"]),
    (Label::LoadDate, &["LOAD-DATE", "UPDATE", "DATE-CHARGEMENT"]),
    (Label::Language, &["LANGUAGE", "SPRACHE", "LANGUE", "TAAL"]),
    (Label::Graphic, &["GRAPHIC", "GRAFIK", "GRAPHIQUE"]),
    (Label::Correction, &["CORRECTION"]),
    (Label::CorrectionDate, &["CORRECTION-DATE"]),
    (
        Label::PublicationType,
        &["PUBLICATION-TYPE", "PUB-TYPE", "TYPE-PUBLICATION"],
    ),
    (Label::Edition, &["EDITION"]),
    (Label::Series, &["SERIES", "COLUMN"]),
    (Label::Address, &["URL"]),
    (
        Label::Index,
        &[
            "SUBJECT",
            "ORGANIZATION",
            "COMPANY",
            "TICKER",
            "INDUSTRY",
            "PERSON",
            "CITY",
            "STATE",
            "COUNTRY",
            "GEOGRAPHIC",
            "TYPE",
            "PRODUCT",
            "NAICS",
            "THEMA",
            "SUJET",
        ],
    ),
    (
        Label::Tail,
        &[
            "JOURNAL-CODE",
            "ACC-NO",
            "DISTRIBUTION",
            "NOTES",
            "DOCUMENT-TYPE",
            "CODE-PUB",
        ],
    ),
];

/// The label a line begins with and what comes after it.
pub(super) fn label(line: &str) -> Option<(Label, &str)> {
    let (name, value) = line.split_once(':')?;
    if name.len() > 24 || value.starts_with(|c: char| !c.is_whitespace()) {
        return None;
    }
    let name = name.trim().to_uppercase();
    let mut labels = LABELS.iter();
    let (label, _) = labels.find(|(_, names)| names.contains(&&*name))?;
    Some((*label, value.trim()))
}

/// The page that a section names: "NEWS; Briefs; Pg. A3", "S. 7 Ausg. 167".
pub(super) fn page(section: &str) -> Option<String> {
    let words: Vec<&str> = section.split([' ', '\u{a0}', ';', ',']).collect();
    let is_page = |word: &str| {
        let names = ["pg.", "page", "seite", "s.", "p.", "pg", "blz.", "pagina"];
        names.contains(&&*word.to_lowercase())
    };
    words.windows(2).find_map(|pair| match pair {
        [name, page] if is_page(name) && page.contains(|c: char| c.is_ascii_digit()) => {
            Some((*page).to_owned())
        }
        _ => None,
    })
}

/// The number at the beginning of "61 words".
pub(super) fn words(length: &str) -> Option<String> {
    let number: String = length.chars().take_while(char::is_ascii_digit).collect();
    (!number.is_empty()).then_some(number)
}

/// Whether a line is about who owns the text.
pub(super) fn is_copyright(line: &str) -> bool {
    let line = line.trim_start();
    let lower = line.to_lowercase();
    lower.starts_with("copyright") || line.starts_with('©') || lower.starts_with("(c) ")
}

/// Whether a line goes on about that.
pub(super) fn is_rights(line: &str) -> bool {
    let line = line.to_lowercase();
    [
        "all rights reserved",
        "alle rechte vorbehalten",
        "tous droits réservés",
        "alle rechten voorbehouden",
    ]
    .iter()
    .any(|words| line.trim().trim_end_matches('.') == *words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_stands_at_the_beginning_of_a_line() {
        assert_eq!(
            label("LÄNGE: 14 Wörter"),
            Some((Label::Length, "14 Wörter"))
        );
        assert_eq!(label("Section:\u{a0}NEWS"), Some((Label::Section, "NEWS")));
        assert_eq!(label("TEKST:"), Some((Label::Body, "")));
        assert_eq!(label("PILOT: It is long."), None);
        assert_eq!(label("Type:writer"), None);
        assert_eq!(label("no label"), None);
    }

    #[test]
    fn a_page_is_found_in_a_section() {
        for (section, expected) in [
            ("NEWS; Briefs; Pg. A3", Some("A3")),
            ("S. 7 Ausg. 167", Some("7")),
            ("Section B; Page 22, Column 2; Local Desk", Some("22")),
            ("Home Pages, Pg. 7", Some("7")),
            ("Home page news", None),
        ] {
            assert_eq!(page(section).as_deref(), expected, "{section}");
        }
    }
}
