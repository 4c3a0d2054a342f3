//! Exports of press databases of which no sample was at hand: what is said where they are read, or not known.

use super::found::FoundInFile;

/// Says that no export of this kind was at hand.
pub(super) fn by_description(database: &str) -> String {
    format!(
        "exports of {database} in this form are read by a description of them; compare an article with the original"
    )
}

/// Names of databases whose exports nobody has described, with words that are in their documents.
const UNKNOWN: [(&str, &[&str]); 3] = [
    ("Gale", &["Gale Document Number", "GALE|"]),
    ("Retriever", &["retriever-info.com", "© Retriever"]),
    ("NewsBank", &["infoweb.newsbank.com", "NewsBank, Inc."]),
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
