//! What press databases export as documents: RTF, Word, OpenDocument or PDF. Their paragraphs tell which database it is.

use super::factiva_document;
use super::found::FoundInFile;
use super::paragraph::Paragraph;
use super::unseen_export::by_description;
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
