//! The articles of an export of Nexis Uni (Lexis Advance) as a document: each begins at the bookmark
//! `Bookmark_N` and ends with the line "End of Document". Without bookmarks, as in RTF, the end lines part
//! them.

use super::article_format::with_captions;
use super::found::{FoundArticle, FoundInFile};
use super::labels::{self, Label, label};
use super::language_name::language_tag;
use super::paragraph::Paragraph;
use super::printed_date::printed_date;
use super::unread_lines::tell_unread;
use crate::format::Options;
use crate::format::left_out::shortened;
use crate::text::wording::count;

const END: &str = "End of Document";

/// Whether a document is such an export.
pub(super) fn is_export(paragraphs: &[Paragraph]) -> bool {
    let has_end = paragraphs.iter().any(is_end);
    let begins = paragraphs.iter().any(begins_article);
    let has_body = || {
        paragraphs
            .iter()
            .any(|paragraph| paragraph.line() == "Body")
    };
    let is_labelled = || paragraphs.iter().any(|p| loaded(p).is_some());
    let is_marked = || begins && paragraphs.iter().any(is_marked_body);
    has_end && (begins || has_body() && is_labelled()) || is_marked()
}

/// Whether the text of an article begins below a paragraph by its bookmark.
fn is_marked_body(paragraph: &Paragraph) -> bool {
    let marked = |name: &String| name == "Body" || name.starts_with("Body_");
    paragraph.bookmarks.iter().any(marked)
}

fn is_end(paragraph: &Paragraph) -> bool {
    paragraph.text.contains(END) && is_end_line(&paragraph.line())
}

/// Whether an article ends with a line.
pub(super) fn is_end_line(line: &str) -> bool {
    line == END
}

fn begins_article(paragraph: &Paragraph) -> bool {
    let number = |name: &String| {
        let number = name.strip_prefix("Bookmark_");
        number.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
    };
    paragraph.bookmarks.iter().any(number)
}

fn loaded(paragraph: &Paragraph) -> Option<String> {
    let line = paragraph.line();
    let (label, value) = label(&line)?;
    // "Update: …" may be a sentence.
    let is_date = label == Label::LoadDate && printed_date(value).is_some();
    is_date.then(|| value.to_owned())
}

/// Finds the articles. `said` is how many documents the file says it holds.
pub(super) fn find(
    paragraphs: &[Paragraph],
    said: Option<usize>,
    options: &Options,
) -> FoundInFile {
    let mut found = FoundInFile::default();
    let (cover, parts) = parts(paragraphs);
    let has_cover = cover.iter().any(|paragraph| !paragraph.is_blank());
    if has_cover {
        let lines: Vec<String> = cover.iter().map(Paragraph::line).collect();
        let words = shortened(lines.join(" ").trim());
        found.left_out.push(format!("cover (“{words}”)"));
    }
    for (n, part) in parts.into_iter().enumerate() {
        let mut article = article(part, options);
        article.line = n + 1;
        article.doubt_no_date();
        found.articles.push(article);
    }
    if !paragraphs.iter().any(is_end) {
        let words = "no article in it ends with “End of Document”: the interface was in a language of which no export is \
                     known; look at how each article ends";
        found.doubts.push(words.to_owned());
    }
    let (there, cover) = (found.articles.len(), usize::from(has_cover));
    if let Some(said) = said
        && said != there
        && said != there + cover
    {
        let said = count(said.saturating_sub(cover), "document");
        let words = format!(
            "the file says that it holds {said}, and {there} were found; look for what is missing"
        );
        found.doubts.push(words);
    }
    found
}

/// What is before the first article, and the articles.
fn parts(paragraphs: &[Paragraph]) -> (&[Paragraph], Vec<&[Paragraph]>) {
    let starts: Vec<usize> = places(paragraphs, begins_article);
    if let Some(&first) = starts.first() {
        let ends = starts.iter().skip(1).copied().chain([paragraphs.len()]);
        let between = starts.iter().zip(ends);
        let parts = between.filter_map(|(&start, end)| paragraphs.get(start..end));
        return (paragraphs.get(..first).unwrap_or_default(), parts.collect());
    }
    // An end line in a text ends no page, and no label is shortly before it.
    let is_last = |place: usize| {
        let before = paragraphs.get(..place).unwrap_or_default().iter().rev();
        let mut near = before.filter(|paragraph| !paragraph.is_blank()).take(3);
        near.any(|paragraph| loaded(paragraph).is_some())
            || paragraphs.get(place).is_some_and(|end| end.ends_page)
    };
    let mut parts = Vec::new();
    let mut from = 0;
    let ends = places(paragraphs, is_end);
    for end in ends.into_iter().filter(|&place| is_last(place)) {
        parts.extend(paragraphs.get(from..=end));
        from = end + 1;
    }
    let rest = paragraphs.get(from..).unwrap_or_default();
    if rest.iter().any(|paragraph| !paragraph.is_blank()) {
        parts.push(rest);
    }
    // A cover has no body.
    let is_body = |paragraph: &Paragraph| paragraph.line() == "Body";
    let cover = match parts.first() {
        Some(first) if !first.iter().any(is_body) && parts.len() > 1 => parts.remove(0),
        Some(_) | None => Default::default(),
    };
    (cover, parts)
}

fn places(paragraphs: &[Paragraph], is: fn(&Paragraph) -> bool) -> Vec<usize> {
    let numbered = paragraphs.iter().enumerate();
    numbered.filter(|(_, p)| is(p)).map(|(n, _)| n).collect()
}

fn article(part: &[Paragraph], options: &Options) -> FoundArticle {
    let mut article = FoundArticle::default();
    let end = part.iter().rposition(is_end);
    if end.is_none() {
        article.doubt_end();
    }
    let (part, below) = part
        .split_at_checked(end.unwrap_or(part.len()))
        .unwrap_or((part, &[]));
    let is_body = |paragraph: &Paragraph| {
        is_marked_body(paragraph) || paragraph.bold && paragraph.line() == "Body"
    };
    let body = part.iter().position(is_body);
    let body = body.or_else(|| part.iter().position(|paragraph| paragraph.line() == "Body"));
    let (head, rest) = match body {
        Some(body) => (
            part.get(..body).unwrap_or_default(),
            part.get(body + 1..).unwrap_or_default(),
        ),
        None => (part, Default::default()),
    };
    if body.is_none() {
        article.without_text = true;
    }
    read_head(head, &mut article);
    let tail = rest.iter().position(begins_tail).unwrap_or(rest.len());
    let (body, tail) = rest.split_at_checked(tail).unwrap_or((rest, &[]));
    let mut captions = Vec::new();
    let body = read_body(body, &mut article, &mut captions);
    read_tail(tail, &mut article, &mut captions);
    if !article.facts.headline.is_empty() {
        article.paragraphs.push(article.facts.headline.clone());
    }
    article.paragraphs.extend(body);
    if with_captions(options) {
        article.paragraphs.extend(captions);
    } else {
        let told = captions.iter().map(|line| format!("caption: {line}"));
        article.left_out.extend(told);
    }
    let notes = part.iter().flat_map(|paragraph| &paragraph.notes);
    article.paragraphs.extend(notes.cloned());
    let lines = part.iter().chain(below.get(1..).unwrap_or_default());
    let lines: Vec<String> = lines.map(Paragraph::line).collect();
    let is_heading = |line: &&String| HEADINGS.contains(&&***line) || *line == "Body";
    let values = lines.iter().filter(|line| !is_heading(line));
    let values = values.map(|line| label(line).map_or(&**line, |(_, value)| value));
    tell_unread(&mut article, values);
    article
}

fn read_head(head: &[Paragraph], article: &mut FoundArticle) {
    let lines: Vec<(String, bool)> = head
        .iter()
        .filter(|paragraph| !paragraph.is_blank())
        .map(|paragraph| (paragraph.line(), paragraph.centred))
        .collect();
    let is_fact = |line: &str| label(line).is_some() || labels::is_copyright(line);
    let begins_facts = |(line, centred): &(String, bool)| {
        is_fact(line) || !centred && lines.first().is_some_and(|(_, centred)| *centred)
    };
    let at = lines.iter().position(begins_facts).unwrap_or(lines.len());
    let (top, facts) = lines.split_at_checked(at).unwrap_or((&lines, &[]));
    let mut top: Vec<&str> = top.iter().map(|(line, _)| line.as_str()).collect();
    top.retain(|line| {
        let rights = labels::is_rights(line);
        if rights {
            article.field("copyright", line);
        }
        !rights
    });
    if let Some(date) = top
        .get(1..)
        .and_then(|rest| rest.last())
        .and_then(|line| printed_date(line))
    {
        top.pop();
        article.facts.date = date.date;
        article.field("time", &date.time);
        article.field("zone", date.zone);
        article.field("edition", date.rest);
    }
    if let Some((headline, outlet)) = top.split_first() {
        (*headline).clone_into(&mut article.facts.headline);
        article.facts.outlet = outlet.join(" ");
    }
    for (line, _) in facts {
        let known = article.facts.fields.get("copyright").cloned();
        if let Some((label, value)) = label(line) {
            fact(label, value, line, article);
        } else if labels::is_copyright(line) || labels::is_rights(line) {
            let joined = known.into_iter().chain([line.clone()]);
            let joined = joined.collect::<Vec<_>>().join(" ");
            article.field("copyright", &joined);
        } else if line.starts_with("By ") && article.facts.byline.is_empty() {
            article.facts.byline.clone_from(line);
        } else {
            article.left_out.push(format!("line of the head: {line}"));
        }
    }
}

/// Takes over what a label says.
pub(super) fn fact(label: Label, value: &str, line: &str, article: &mut FoundArticle) {
    let date = || match printed_date(value) {
        Some(found) => found.date,
        None => value.to_owned(),
    };
    match label {
        Label::Byline => value.clone_into(&mut article.facts.byline),
        Label::Section => {
            value.clone_into(&mut article.facts.section);
            article.field("page", &labels::page(value).unwrap_or_default());
        }
        Label::Length => {
            let words = labels::words(value);
            // The text may have slipped in there.
            if words.is_some() && value.split_whitespace().nth(3).is_some() {
                article.field("length", value);
                article.doubts.push(format!(
                    "the line about its length says more, which is kept as a fact: {line}"
                ));
            }
            article.field("words", &words.unwrap_or_else(|| value.to_owned()));
        }
        Label::Headline => value.clone_into(&mut article.facts.headline),
        Label::Highlight => article.field("highlight", value),
        Label::Dateline => article.field("dateline", value),
        Label::LoadDate => article.field("load_date", &date()),
        Label::Language => match language_tag(value) {
            Some(tag) => tag.clone_into(&mut article.facts.language),
            None => article
                .doubts
                .push(format!("the language “{value}” is not known")),
        },
        Label::Correction => article.field("correction", value),
        Label::CorrectionDate => article.field("correction_date", &date()),
        Label::PublicationType => article.field("publication_type", value),
        Label::Edition => article.field("edition", value),
        Label::Series => article.field("series", value),
        Label::Address => value.clone_into(&mut article.facts.address),
        Label::Index => article.left_out.push(format!("index terms: {value}")),
        Label::Body | Label::Graphic | Label::Tail => {
            article.left_out.push(format!("line: {line}"));
        }
    }
}

const HEADINGS: [&str; 4] = [
    "Graphic",
    "Related Articles",
    "Correction",
    "Classification",
];

/// Whether the text ends before a paragraph.
fn begins_tail(paragraph: &Paragraph) -> bool {
    let line = paragraph.line();
    let marked = paragraph.bold
        || paragraph
            .bookmarks
            .iter()
            .any(|name| HEADINGS.contains(&&**name));
    let is_heading = HEADINGS.contains(&&*line) && (marked || line == "Related Articles");
    is_heading || loaded(paragraph).is_some()
}

/// The lines of the text. Captions that stand below it without a heading are taken out.
fn read_body(
    body: &[Paragraph],
    article: &mut FoundArticle,
    captions: &mut Vec<String>,
) -> Vec<String> {
    let mut lines: Vec<String> = body.iter().flat_map(Paragraph::lines).collect();
    let is_address = |line: &str| {
        let web = line.starts_with("http://") || line.starts_with("https://");
        web && !line.contains(char::is_whitespace)
    };
    if let Some(address) = lines.pop_if(|line| is_address(line)) {
        article.facts.address = address;
    }
    while let Some(caption) = lines.pop_if(|line| is_caption(line)) {
        captions.insert(0, caption);
    }
    let abstract_at = lines.iter().position(|line| line == "ABSTRACT");
    let text_at = lines.iter().position(|line| line == "FULL TEXT");
    if let (Some(0), Some(text)) = (abstract_at, text_at) {
        let above: Vec<String> = lines.drain(..=text).collect();
        let above = above.get(1..text).unwrap_or_default();
        article.field("abstract", &above.join(" "));
    }
    lines
}

fn is_caption(line: &str) -> bool {
    let names = [
        "PHOTO", "PHOTOS", "GRAPHIC", "GRAPHICS", "CHART", "CHARTS", "MAP", "MAPS", "DRAWING",
    ];
    let name = line.split_once(':').map(|(name, _)| name);
    name.is_some_and(|name| names.contains(&name))
}

fn read_tail(tail: &[Paragraph], article: &mut FoundArticle, captions: &mut Vec<String>) {
    let mut heading = "";
    for paragraph in tail {
        let line = paragraph.line();
        if line.is_empty() {
            continue;
        }
        if let Some(known) = HEADINGS.into_iter().find(|known| *known == line) {
            heading = known;
        } else if let Some((label, value)) = label(&line) {
            fact(label, value, &line, article);
        } else {
            match heading {
                "Graphic" => captions.push(line),
                "Related Articles" => article.left_out.push(format!("related article: {line}")),
                "Correction" => {
                    let known = article.facts.fields.get("correction").cloned();
                    let joined = known.into_iter().chain([line]).collect::<Vec<_>>();
                    article.field("correction", &joined.join(" "));
                }
                _ => article
                    .left_out
                    .push(format!("line below the text: {line}")),
            }
        }
    }
}
