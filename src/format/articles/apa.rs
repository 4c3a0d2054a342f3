//! Exports of APA-OnlineManager: articles that begin with a line such as `"Outlet" gefunden am 28.12.2017
//! 10:36 Uhr`, parted by lines of underscores or by sections.

use super::found::{FoundArticle, FoundInFile};
use super::paragraph::Paragraph;
use super::printed_date::{PrintedDate, printed_date};
use crate::format::left_out::shortened;
use crate::text::wording::count;

/// Whether a document is such an export.
pub(super) fn is_export(paragraphs: &[Paragraph]) -> bool {
    paragraphs
        .iter()
        .any(|paragraph| source(&paragraph.line()).is_some())
}

/// The outlet, and when the article was found there.
fn source(line: &str) -> Option<(String, PrintedDate<'_>)> {
    let (outlet, date) = line.split_once(" gefunden am ")?;
    let outlet = outlet.trim().trim_matches(['"', '„', '“', '”']);
    let date = printed_date(date)?;
    (!outlet.is_empty()).then(|| (outlet.to_owned(), date))
}

fn is_separator(line: &str) -> bool {
    line.len() >= 40 && line.bytes().all(|byte| byte == b'_')
}

/// Finds the articles.
pub(super) fn find(paragraphs: &[Paragraph]) -> FoundInFile {
    let mut found = FoundInFile::default();
    let mut separators = 0;
    let mut above: Vec<String> = Vec::new();
    for paragraph in paragraphs {
        let line = paragraph.line();
        if paragraph.is_blank() {
            // It may have notes.
        } else if is_separator(&line) {
            separators += 1;
        } else if let Some((outlet, date)) = source(&line) {
            let mut article = FoundArticle {
                line: found.articles.len() + 1,
                ..FoundArticle::default()
            };
            article.facts.outlet = outlet;
            article.facts.date = date.date;
            article.field("time", &date.time);
            article.field("date_means", "found, not published");
            if !date.rest.is_empty() && date.rest != "Uhr" {
                let words = format!("behind the date: {}", date.rest);
                article.left_out.push(words);
            }
            found.articles.push(article);
        } else if let Some(article) = found.articles.last_mut() {
            if article.paragraphs.is_empty() {
                article.facts.headline.clone_from(&line);
                article.paragraphs.push(line);
            } else {
                article.paragraphs.extend(paragraph.lines());
            }
        } else {
            above.push(line);
        }
        match found.articles.last_mut() {
            Some(article) => article.paragraphs.extend(paragraph.notes.iter().cloned()),
            None => above.extend(paragraph.notes.iter().cloned()),
        }
    }
    if separators > 0 {
        found.left_out.push("lines of underscores".to_owned());
    }
    if !above.is_empty() {
        let words = shortened(&above.join(" "));
        let lines = count(above.len(), "line");
        found
            .left_out
            .push(format!("{lines} above the first article (“{words}”)"));
    }
    found
}
