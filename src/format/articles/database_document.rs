//! What press databases export as documents: RTF, Word, OpenDocument or PDF. Their paragraphs tell which database it is.

use super::factiva_document;
use super::found::FoundInFile;
use super::paragraph::Paragraph;
use super::{apa, genios, labels, nexis, proquest};
use crate::format::Options;

/// A database that exports documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Database {
    Apa,
    Nexis,
    Factiva,
    ProQuest,
    Genios,
}

impl Database {
    const ALL: [Self; 5] = [
        Self::Apa,
        Self::Nexis,
        Self::Factiva,
        Self::ProQuest,
        Self::Genios,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Apa => "APA-OnlineManager",
            Self::Nexis => "Nexis",
            Self::Factiva => "Factiva",
            Self::ProQuest => "ProQuest",
            Self::Genios => "GENIOS",
        }
    }

    fn is_export(self, paragraphs: &[Paragraph]) -> bool {
        match self {
            Self::Apa => apa::is_export(paragraphs),
            Self::Nexis => nexis::is_export(paragraphs),
            Self::Factiva => factiva_document::is_export(paragraphs),
            Self::ProQuest => proquest::is_export(&lines(paragraphs)),
            Self::Genios => genios::is_export(&lines(paragraphs)),
        }
    }
}

/// The lines of paragraphs with a word in them.
fn lines(paragraphs: &[Paragraph]) -> Vec<&str> {
    let lines = paragraphs
        .iter()
        .flat_map(|paragraph| paragraph.text.lines());
    lines.filter(|line| !line.trim().is_empty()).collect()
}

/// Whether a line is one that a database writes, and not of a paragraph.
pub(super) fn is_of_database(line: &str) -> bool {
    line.starts_with(char::is_uppercase)
        && (labels::label(line).is_some() || proquest::is_label(line))
        || nexis::is_end_line(line)
        || factiva_document::is_of_database(line)
        || genios::is_of_database(line)
}

/// The articles of an export; `None` where a document is no export that is known. `known` are the databases whose
/// exports of this kind were seen, and `said` is how many documents the file says it holds.
pub(super) fn articles_of(
    paragraphs: &[Paragraph],
    known: &[Database],
    said: Option<usize>,
    options: &Options,
) -> Option<FoundInFile> {
    let mut all = Database::ALL.into_iter();
    let database = all.find(|database| database.is_export(paragraphs))?;
    let mut found = match database {
        Database::Apa => apa::find(paragraphs),
        Database::Nexis => nexis::find(paragraphs, said, options),
        Database::Factiva => factiva_document::find(paragraphs),
        Database::ProQuest => proquest::articles_of(&lines(paragraphs), options),
        Database::Genios => genios::articles_of(&lines(paragraphs)),
    };
    // Of GENIOS it is said in any case.
    if !known.contains(&database) && database != Database::Genios {
        found.doubts.push(by_description(database.name()));
    }
    Some(found)
}

/// Says that no export of this kind was at hand.
pub(super) fn by_description(database: &str) -> String {
    format!(
        "exports of {database} in this form are read by a description of them; compare an article with the original"
    )
}

/// Names of databases whose exports nobody has described, with words that are in their documents.
const UNKNOWN: [(&str, &[&str]); 3] = [
    ("Gale", &["Gale Document Number", "GALE|"]),
    (
        "Retriever",
        &["retriever-info.com", "Mediearkivet", "© Retriever"],
    ),
    ("NewsBank", &["NewsBank", "infoweb.newsbank.com"]),
];
/// A longer paragraph is one of an article, in bytes.
const LONGEST_MARK: usize = 300;

/// Says of a file that was read as one article that it seems to be an export of a database that is not known.
pub(super) fn tell_unknown(found: &mut FoundInFile) {
    let [article] = found.articles.as_slice() else {
        return;
    };
    let texts = article.paragraphs.iter().chain(&article.left_out);
    let short: Vec<&String> = texts.filter(|text| text.len() <= LONGEST_MARK).collect();
    let is_of = |marks: &[&str]| {
        let mut all = short.iter();
        all.any(|text| marks.iter().any(|mark| text.contains(mark)))
    };
    let named = UNKNOWN.iter().find(|(_, marks)| is_of(marks));
    if let Some((name, _)) = named {
        found.doubts.push(format!(
            "it seems to come from {name}, whose exports are not known here, so that it is read as one article; if it \
             holds several, export them one by one"
        ));
    }
}
