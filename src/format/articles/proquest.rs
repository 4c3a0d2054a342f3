//! Exports of ProQuest as plain text: articles between lines of underscores, their text after "Full text:",
//! what is known about them after labels below it.

use super::article_format::{ArticleFormat, info, with_captions};
use super::found::{FoundArticle, FoundInFile};
use super::language_name::language_tag;
use super::plain_text::{beginning_of_text, decoded};
use super::printed_date::printed_date;
use super::text_limit::check_size;
use super::unread_lines::tell_unread;
use crate::format::left_out::shortened;
use crate::format::{Input, Options};

pub(in crate::format) static PROQUEST: ArticleFormat = ArticleFormat {
    info: &info("proquest", "ProQuest, plain text", &["txt"]),
    is_of,
    find,
};

fn is_of(beginning: &[u8]) -> bool {
    let text = beginning_of_text(beginning);
    text.lines().any(is_separator) && is_export(&text.lines().collect::<Vec<_>>())
}

fn is_separator(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 40 && line.bytes().all(|byte| byte == b'_')
}

/// Labels of what is known, without blanks: they may have some where they do not belong.
const LABELS: [&str; 37] = [
    "subject",
    "businessindexingterm",
    "location",
    "people",
    "company/organization",
    "companyorganization",
    "identifier/keyword",
    "title",
    "publicationtitle",
    "firstpage",
    "pages",
    "publicationyear",
    "publicationdate",
    "section",
    "publisher",
    "placeofpublication",
    "countryofpublication",
    "publicationsubject",
    "issn",
    "sourcetype",
    "languageofpublication",
    "documenttype",
    "proquestdocumentid",
    "documenturl",
    "copyright",
    "lastupdated",
    "database",
    "author",
    "dateline",
    "volume",
    "issue",
    "columnname",
    "classification",
    "credit",
    "caption",
    "edition",
    "startpage",
];

/// The name of a label without blanks, and what comes after it.
fn label(line: &str) -> Option<(String, &str)> {
    let (name, value) = line.split_once(':')?;
    let plain: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    let plain = plain.to_lowercase();
    let known = LABELS.contains(&&*plain) || ["abstract", "links", "fulltext"].contains(&&*plain);
    (name.len() < 40 && known).then(|| (plain, value.trim()))
}

/// Whether a line begins with a label.
pub(super) fn is_label(line: &str) -> bool {
    label(line).is_some() || document_count(line).is_some()
}

/// What comes after a label of this name.
fn labelled<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let (found, value) = label(line)?;
    (found == name).then_some(value)
}

fn find(input: &Input<'_>, options: &Options) -> Result<FoundInFile, String> {
    check_size(input.bytes)?;
    let (text, doubt) = decoded(input.bytes);
    let lines: Vec<&str> = text.lines().collect();
    let mut found = articles_of(&lines, options);
    found.doubts.extend(doubt);
    if found.articles.is_empty() {
        return Err(
            "there is no article with a line “Publication title:” in it; it is no export of \
                    ProQuest"
                .to_owned(),
        );
    }
    Ok(found)
}

/// Whether lines are such an export: of a document, where a line may be drawn between the articles.
pub(super) fn is_export(lines: &[&str]) -> bool {
    let has = |name: &str| lines.iter().any(|line| labelled(line, name).is_some());
    let mut parts = lines.iter();
    parts.any(|line| is_separator(line) || document_count(line).is_some())
        && has("fulltext")
        && has("publicationtitle")
}

/// Finds the articles: between lines of underscores, or where there are none, from number to number.
pub(super) fn articles_of(lines: &[&str], options: &Options) -> FoundInFile {
    let mut found = FoundInFile::default();
    let mut said = None;
    for (at, part) in parts(lines) {
        let line = at + 1;
        let is_article = part
            .iter()
            .any(|line| labelled(line, "publicationtitle").is_some());
        if is_article {
            said = said.or_else(|| part.iter().find_map(|line| document_count(line)));
            found.articles.push(article(part, line, options));
        } else if part.iter().any(|line| !line.trim().is_empty()) {
            found.left_out.push(
                match part
                    .iter()
                    .any(|line| line.trim_start().starts_with("Contact us"))
                {
                    true => "contact and terms".to_owned(),
                    false => {
                        let words = shortened(part.join(" ").trim());
                        format!("lines from {line} on, which are no article (“{words}”)")
                    }
                },
            );
        }
    }
    let there = found.articles.len();
    if let Some(said) = said.filter(|said| *said != there) {
        found.doubts.push(format!(
            "the file says that it holds {said} documents, and {there} were found; look for what is missing"
        ));
    }
    found
}

/// The parts of an export, each with the number of its first line from 0.
fn parts<'a, 't>(lines: &'a [&'t str]) -> Vec<(usize, &'a [&'t str])> {
    let mut at = 0;
    let by_lines = lines.split(|line| is_separator(line)).map(|part| {
        let from = at;
        at += part.len() + 1;
        (from, part)
    });
    let by_lines: Vec<_> = by_lines.collect();
    if by_lines.len() > 1 {
        return by_lines;
    }
    let numbered = lines.iter().enumerate();
    let numbered = numbered.filter(|(_, line)| document_count(line).is_some());
    let starts: Vec<usize> = [0].into_iter().chain(numbered.map(|(at, _)| at)).collect();
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    let parts = starts.iter().zip(ends);
    parts
        .map(|(&from, to)| (from, lines.get(from..to).unwrap_or_default()))
        .collect()
}

/// The second number of "Document 1 of 500".
fn document_count(line: &str) -> Option<usize> {
    let words: Vec<&str> = line.split_whitespace().collect();
    match words[..] {
        ["Document", n, "of", all] => n.parse::<usize>().ok().and(all.parse().ok()),
        _ => None,
    }
}

fn article(lines: &[&str], line: usize, options: &Options) -> FoundArticle {
    let mut article = FoundArticle {
        line,
        ..FoundArticle::default()
    };
    let text_at = lines
        .iter()
        .position(|line| labelled(line, "fulltext").is_some());
    let facts_at = begin_of_facts(lines).max(text_at.map_or(0, |at| at + 1));
    let head = lines.get(..text_at.unwrap_or(facts_at)).unwrap_or_default();
    read_head(head, &mut article);
    let mut text = lines
        .get(text_at.unwrap_or(facts_at)..facts_at)
        .unwrap_or_default()
        .to_vec();
    if let Some(first) = text.first_mut() {
        *first = labelled(first, "fulltext").unwrap_or(first);
    }
    let below = text
        .iter()
        .rposition(|line| labelled(line, "caption").is_some());
    let below = below.or_else(|| {
        text.iter()
            .rposition(|line| labelled(line, "credit").is_some())
    });
    // Several may follow each other.
    let above = |at: usize| text.get(..at).unwrap_or_default();
    let is_below = |line: &&&str| line.trim().is_empty() || is_credit(line);
    let below = below.map(|at| at - above(at).iter().rev().take_while(is_below).count());
    let below = text.split_off(below.unwrap_or(text.len()).min(text.len()));
    let captions = read_credits(&below, &mut article);
    read_facts(lines.get(facts_at..).unwrap_or_default(), &mut article);
    if !article.facts.headline.is_empty() {
        article.paragraphs.push(article.facts.headline.clone());
    }
    let body = text.iter().map(|line| line.trim().to_owned());
    let body: Vec<String> = body.filter(|line| !line.is_empty()).collect();
    if body.is_empty() {
        article.without_text = true;
    }
    article.paragraphs.extend(body);
    if with_captions(options) {
        article.paragraphs.extend(captions);
    } else {
        let told = captions.iter().map(|line| format!("caption: {line}"));
        article.left_out.extend(told);
    }
    article.doubt_no_date();
    let values = lines.iter().filter(|line| document_count(line).is_none());
    let values = values.map(|line| label(line).map_or(*line, |(_, value)| value));
    let values = values.filter(|value| !value.starts_with(NO_ABSTRACT));
    tell_unread(&mut article, values);
    article
}

/// The line from which on there are labels only.
fn begin_of_facts(lines: &[&str]) -> usize {
    let title = lines
        .iter()
        .rposition(|line| labelled(line, "publicationtitle").is_some());
    let title = title.unwrap_or(lines.len());
    let above = lines.get(..title).unwrap_or_default().iter().rev();
    let is_fact = |line: &&&str| {
        line.trim().is_empty()
            || label(line).is_some_and(|(name, _)| LABELS.contains(&&*name)) && !is_credit(line)
    };
    title - above.take_while(is_fact).count()
}

fn is_credit(line: &str) -> bool {
    label(line).is_some_and(|(name, _)| matches!(&*name, "caption" | "credit"))
}

const NO_ABSTRACT: &str = "None available";

fn read_head(head: &[&str], article: &mut FoundArticle) {
    for line in head
        .iter()
        .map(|line| line.trim())
        .filter(|line| !line.is_empty())
    {
        if document_count(line).is_some() {
            continue;
        }
        if article.facts.headline.is_empty() {
            line.clone_into(&mut article.facts.headline);
        } else if line.starts_with("http") && !line.contains(' ') {
            line.clone_into(&mut article.facts.address);
        } else if let Some(words) = labelled(line, "abstract") {
            if !words.starts_with(NO_ABSTRACT) {
                article.field("abstract", words);
            }
        } else if let Some(words) = labelled(line, "links") {
            article
                .left_out
                .push(format!("links of the database: {words}"));
        } else if article.facts.fields.contains_key("abstract") {
            let known = article
                .facts
                .fields
                .get("abstract")
                .cloned()
                .unwrap_or_default();
            article.field("abstract", &format!("{known} {line}"));
        } else {
            article
                .left_out
                .push(format!("line above the text: {line}"));
        }
    }
}

/// Reads captions, which it gives, and who took the pictures or wrote the article.
fn read_credits(lines: &[&str], article: &mut FoundArticle) -> Vec<String> {
    let mut captions: Vec<String> = Vec::new();
    let mut in_caption = false;
    for line in lines
        .iter()
        .map(|line| line.trim())
        .filter(|line| !line.is_empty())
    {
        if let Some(caption) = labelled(line, "caption") {
            in_caption = true;
            captions.push(caption.to_owned());
        } else if let Some(credit) = labelled(line, "credit") {
            in_caption = false;
            if !credit.is_empty() {
                credit.clone_into(&mut article.facts.byline);
            }
        } else if let Some(last) = captions.last_mut().filter(|_| in_caption) {
            last.push(' ');
            last.push_str(line);
        } else {
            article
                .left_out
                .push(format!("line below the text: {line}"));
        }
    }
    captions.retain(|caption| !caption.is_empty());
    captions
}

fn read_facts(lines: &[&str], article: &mut FoundArticle) {
    let mut facts: Vec<(String, String)> = Vec::new();
    for line in lines.iter().filter(|line| !line.trim().is_empty()) {
        match (label(line), facts.last_mut()) {
            (Some((name, value)), _) => facts.push((name, value.to_owned())),
            (None, Some((_, value))) => {
                value.push(' ');
                value.push_str(line.trim());
            }
            (None, None) => {}
        }
    }
    for (name, value) in facts.iter().filter(|(_, value)| !value.is_empty()) {
        fact(name, value, article);
    }
}

fn fact(name: &str, value: &str, article: &mut FoundArticle) {
    let date = || printed_date(value).map_or_else(|| value.to_owned(), |found| found.date);
    match name {
        "publicationtitle" => {
            let (outlet, place) = value.split_once(';').unwrap_or((value, ""));
            outlet.trim().clone_into(&mut article.facts.outlet);
            article.field("place", place);
        }
        "publicationdate" => match printed_date(value) {
            Some(found) => article.facts.date = found.date,
            None => article
                .doubts
                .push(format!("its date “{value}” cannot be read")),
        },
        "author" => value.clone_into(&mut article.facts.byline),
        "section" => value.clone_into(&mut article.facts.section),
        "firstpage" | "startpage" => article.field("page", value),
        "placeofpublication" => article.field("place", value),
        "publisher" => article.field("publisher", value),
        "languageofpublication" => match language_tag(value) {
            Some(tag) => tag.clone_into(&mut article.facts.language),
            None => article
                .doubts
                .push(format!("the language “{value}” is not known")),
        },
        "proquestdocumentid" => article.field("id", value),
        "documenturl" => value.clone_into(&mut article.facts.address),
        "copyright" => article.field("copyright", value),
        "lastupdated" => article.field("load_date", &date()),
        "documenttype" => article.field("document_type", value),
        "edition" => article.field("edition", value),
        "volume" => article.field("volume", value),
        "issue" => article.field("issue", value),
        "dateline" => article.field("dateline", value),
        "columnname" => article.field("series", value),
        "database" => article.field("database", value),
        "pages" => article.field("pages", value),
        "sourcetype" => article.field("source_type", value),
        // The headline again, and the year of the date.
        "title" | "publicationyear" => {}
        _ => article.left_out.push(format!("index terms: {value}")),
    }
}
