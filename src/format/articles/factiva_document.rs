//! What Factiva exports as RTF, a Word document or PDF: the facts of each article as lines in the order of its pages,
//! around the number of words; a line such as `Document BOTE000020200504eg5400001` ends it.

use super::factiva::{is_length, read_head, without_addresses};
use super::found::{FoundArticle, FoundInFile};
use super::labels;
use super::language_name::language_tag;
use super::paragraph::Paragraph;
use super::printed_date::printed_date;
use super::unread_lines::tell_unread;
use crate::format::left_out::shortened;

/// So many lines from the number of words on, the copyright is there.
const LONGEST_HEAD: usize = 14;

/// Whether a document is such an export.
pub(super) fn is_export(paragraphs: &[Paragraph]) -> bool {
    let lines: Vec<String> = paragraphs.iter().map(Paragraph::line).collect();
    let is_dated = |at: usize| {
        let below = lines.get(at + 1..).unwrap_or_default().iter();
        let mut below = below.filter(|line| !line.is_empty());
        below
            .next()
            .is_some_and(|line| printed_date(line).is_some())
    };
    let mut lengths =
        (0..lines.len()).filter(|at| lines.get(*at).is_some_and(|line| is_length(line)));
    lines.iter().any(|line| document_id(line).is_some()) && lengths.any(is_dated)
}

/// The number of an article: `Document BOTE000020200504eg5400001`.
fn document_id(line: &str) -> Option<&str> {
    let (name, id) = line.trim().rsplit_once(' ')?;
    let is_name = name.chars().all(char::is_alphabetic);
    let is_number = id.len() >= 16
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && id.bytes().filter(u8::is_ascii_digit).count() >= 8;
    (is_name && is_number).then_some(id)
}

/// Whether a line is the number of words, or that of an article.
pub(super) fn is_of_database(line: &str) -> bool {
    is_length(line) || document_id(line).is_some()
}

/// Finds the articles.
pub(super) fn find(paragraphs: &[Paragraph]) -> FoundInFile {
    let mut found = FoundInFile::default();
    let is_last = |paragraph: &Paragraph| document_id(&paragraph.line()).is_some();
    for part in paragraphs.split_inclusive(is_last) {
        let part: Vec<&Paragraph> = part
            .iter()
            .filter(|paragraph| !paragraph.is_blank())
            .collect();
        let length = part
            .iter()
            .position(|paragraph| is_length(&paragraph.line()));
        if let Some(length) = length {
            let number = found.articles.len() + 1;
            found.articles.push(article(&part, length, number));
        } else if !part.is_empty() {
            let lines: Vec<String> = part.iter().map(|paragraph| paragraph.line()).collect();
            let words = shortened(&lines.join(" "));
            found
                .left_out
                .push(format!("lines that are no article (“{words}”)"));
        }
    }
    found
}

fn article(part: &[&Paragraph], length: usize, number: usize) -> FoundArticle {
    let mut article = FoundArticle {
        line: number,
        ..FoundArticle::default()
    };
    let (above, rest) = part.split_at_checked(length).unwrap_or((part, &[]));
    read_above(above, &mut article);
    let lines: Vec<String> = rest.iter().map(|paragraph| paragraph.line()).collect();
    let end = end_of_head(&lines);
    match end {
        Some(end) => read_head(lines.get(..end).unwrap_or_default(), &mut article),
        None => article
            .doubts
            .push("what stands above its text is not understood, and is left in it".to_owned()),
    }
    let mut body: Vec<&&Paragraph> = rest.iter().skip(end.unwrap_or(0)).collect();
    let id = body.pop_if(|last| document_id(&last.line()).is_some());
    match id.map(|last| last.line()) {
        Some(line) => article.field("id", document_id(&line).unwrap_or_default()),
        None => {
            article.doubt_end();
        }
    }
    article.doubt_no_date();
    let mut links = Vec::new();
    let body = body.into_iter().flat_map(|paragraph| paragraph.lines());
    let body = body
        .map(|line| without_addresses(&line, &mut links))
        .collect();
    article.set_body(body);
    article.field("links", &links.join(" "));
    let notes = part.iter().flat_map(|paragraph| &paragraph.notes);
    article.paragraphs.extend(notes.cloned());
    let lines = part.iter().map(|paragraph| paragraph.line());
    let lines: Vec<String> = lines.filter(|line| !is_of_database(line)).collect();
    tell_unread(&mut article, lines.iter().map(String::as_str));
    article
}

/// The headline, bold if it is, with the section above and the author below it.
fn read_above(above: &[&Paragraph], article: &mut FoundArticle) {
    let bold = above.iter().position(|paragraph| paragraph.bold);
    let by = |line: &str| {
        ["By ", "Von ", "Par ", "Por "]
            .iter()
            .any(|by| line.starts_with(by))
    };
    let place = match (bold, above) {
        (Some(place), _) => place,
        (None, [] | [_]) => 0,
        (None, [_, second]) if by(&second.line()) => 0,
        (None, _) => {
            let longest = above.iter().enumerate();
            let longest = longest.max_by_key(|(_, paragraph)| paragraph.text.chars().count());
            article.doubts.push(
                "the longest line above its text is taken as its headline, a guess".to_owned(),
            );
            longest.map_or(0, |(place, _)| place)
        }
    };
    for (n, paragraph) in above.iter().enumerate() {
        let line = paragraph.line();
        if n < place && article.facts.section.is_empty() {
            article.facts.section = line;
        } else if n == place {
            article.facts.headline = line;
        } else if n > place && article.facts.byline.is_empty() {
            article.facts.byline = line;
        } else {
            article
                .left_out
                .push(format!("line above the text: {line}"));
        }
    }
}

/// How many lines are above the text: those up to the copyright, which follows the language.
fn end_of_head(lines: &[String]) -> Option<usize> {
    let head = lines.get(..LONGEST_HEAD.min(lines.len()))?;
    let copyright = head.iter().position(|line| labels::is_copyright(line));
    let language = || {
        let language = head.iter().position(|line| language_tag(line).is_some());
        language.map(|at| at + 1)
    };
    copyright.or_else(language).map(|last| last + 1)
}
