//! Accounts for the lines of an article of a database: what became neither text nor fact nor remark is told.

use std::collections::BTreeSet;

use super::found::FoundArticle;
use super::language_name::language_tag;
use super::printed_date::find_date;

/// What stands beside a number that is kept as a fact: units of lengths, words for pages and issues.
const BESIDE_NUMBERS: [&str; 16] = [
    "word", "words", "wort", "wörter", "mot", "mots", "woorden", "palabras", "no", "nº", "n", "p",
    "pp", "pg", "page", "s",
];

/// Tells the lines with words that are neither in the text of an article nor among what is known or told about
/// it. Lines come without the labels of their database.
pub(super) fn tell_unread<'a>(
    article: &mut FoundArticle,
    lines: impl IntoIterator<Item = &'a str>,
) {
    let facts = &article.facts;
    let mut known: BTreeSet<String> = BESIDE_NUMBERS.map(str::to_owned).into();
    // Languages are kept in other words.
    let texts = facts.texts().into_iter();
    let texts = texts.filter(|(name, _)| *name != "language");
    let texts = texts.map(|(_, text)| text).chain(facts.fields.values());
    let texts = texts.chain(&article.paragraphs);
    for text in texts.chain(&article.left_out).chain(&article.doubts) {
        known.extend(words(text));
    }
    let is_known = |text: &str| words(text).all(|word| known.contains(&word));
    let is_read = |line: &str| {
        if is_known(line) {
            return true;
        }
        // So are dates.
        let dated = find_date(line);
        let dated = dated.filter(|found| words(&found.date).all(|word| known.contains(&word)));
        let dated = dated.is_some_and(|found| is_known(found.before) && is_known(found.rest));
        dated || language_tag(line).is_some_and(|tag| tag == facts.language)
    };
    let unread = lines.into_iter().filter(|line| !is_read(line));
    let unread: Vec<String> = unread
        .map(|line| format!("line that is not in the text: {}", line.trim()))
        .collect();
    article.left_out.extend(unread);
}

fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_nowhere_is_told() {
        let mut article = FoundArticle {
            paragraphs: vec!["Ferry sails".to_owned()],
            left_out: vec!["caption: The pier".to_owned()],
            ..FoundArticle::default()
        };
        article.facts.date = "2020-07-07".to_owned();
        article.facts.language = "de".to_owned();
        article.field("words", "61");
        let lines = [
            "Ferry sails",
            "The pier",
            "Dienstag, 7. Juli 2020",
            "GERMAN; DEUTSCH",
            "61 words",
            "",
            "The ferry sails again",
            "8 July 2020",
            "French",
        ];
        tell_unread(&mut article, lines);
        let told = [
            "caption: The pier",
            "line that is not in the text: The ferry sails again",
            "line that is not in the text: 8 July 2020",
            "line that is not in the text: French",
        ];
        assert_eq!(article.left_out, told);
    }
}
