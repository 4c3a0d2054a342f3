//! What Nexis gives as HTML: behind an anchor for each article a `div` for each fact, most with a label
//! in the language of the interface.

use super::article_format::{ArticleFormat, info, with_captions};
use super::database_page::{articles_of, enough};
use super::found::{FoundArticle, FoundInFile, NO_DATE};
use super::html_tree::{HtmlTree, NodeId, Step};
use super::labels::{self, Label, label};
use super::nexis::fact;
use super::printed_date::printed_date;
use super::unread_lines::tell_unread;
use crate::format::left_out::shortened;

/// Articles out of Nexis as HTML.
pub(in crate::format) static NEXIS_HTML: ArticleFormat = ArticleFormat {
    info: &info("nexis-html", "Nexis: HTML", &[]),
    is_of: |beginning| {
        let text = String::from_utf8_lossy(beginning).to_ascii_uppercase();
        text.contains("<A NAME=\"DOC_ID_") || text.contains("<DOCFULL>")
    },
    find: |input, options| {
        articles_of(input, "Nexis", |tree| {
            articles(tree, with_captions(options))
        })
    },
};

fn articles(tree: &HtmlTree, captions: bool) -> FoundInFile {
    let mut found = FoundInFile::default();
    let (cover, documents) = documents(tree);
    if !cover.is_empty() {
        let words = shortened(&cover.join(" "));
        found.left_out.push(format!("cover (“{words}”)"));
    }
    let all = documents.len();
    let mut refused = 0;
    for (index, (line, document)) in documents.into_iter().enumerate() {
        if enough(found.articles.len()) {
            break;
        }
        match article(&document, captions) {
            Some(article) => found.articles.push(FoundArticle { line, ..article }),
            None => {
                refused += 1;
                let lines: Vec<&str> = document.iter().map(|fact| &*fact.line).collect();
                let words = format!(
                    "document {} of {all} could not be shown by the database: {}",
                    index + 1,
                    shortened(&lines.join(" "))
                );
                found.doubts.push(words);
            }
        }
    }
    let said = tree
        .elements(NodeId::ROOT, "meta")
        .find_map(|meta| tree.attribute(meta, "documents").parse::<usize>().ok());
    let there = found.articles.len() + refused;
    if let Some(said) = said.filter(|said| *said != there) {
        found.doubts.push(format!("the file says that it holds {said} documents, and {there} were found; look for what is missing"));
    }
    found
}

/// A fact of a document.
struct Fact {
    /// On one line.
    line: String,
    /// As it is parted by line breaks.
    broken: Vec<String>,
    /// As paragraphs.
    paragraphs: Vec<String>,
}

/// What is before the first document or in no `div`, and the line and the facts of each.
fn documents(tree: &HtmlTree) -> (Vec<String>, Vec<(usize, Vec<Fact>)>) {
    let mut cover = Vec::new();
    let mut documents: Vec<(usize, Vec<Fact>)> = Vec::new();
    let mut walk = tree.walk(NodeId::ROOT);
    while let Some(step) = walk.next() {
        let Step::Enter(node) = step else { continue };
        match tree.name(node) {
            "head" => walk.pass_over(),
            "a" if tree.attribute(node, "name").starts_with("DOC_ID_") => {
                documents.push((tree.line_of(node), Vec::new()))
            }
            "div" => {
                // One around others is none by itself.
                if tree.elements(node, "div").any(|_| true) {
                    continue;
                }
                walk.pass_over();
                let line = tree.line(node);
                if line.is_empty() {
                    continue;
                }
                match documents.last_mut() {
                    None => cover.push(line),
                    Some((_, document)) => document.push(Fact {
                        line,
                        broken: tree.broken_lines(node),
                        paragraphs: tree.paragraphs(node),
                    }),
                }
            }
            "script" | "style" => walk.pass_over(),
            _ => {
                let words = tree.text(node).map(str::trim).unwrap_or_default();
                cover.extend(Some(words.to_owned()).filter(|words| !words.is_empty()));
            }
        }
    }
    (cover, documents)
}

/// The article of a document; `None` where there is but a message in its place.
fn article(document: &[Fact], captions: bool) -> Option<FoundArticle> {
    let facts = match document {
        [first, rest @ ..] if is_position(&first.line) => rest,
        facts => facts,
    };
    if facts.len() < 2 {
        return None;
    }
    let mut article = FoundArticle::default();
    let is_date = |fact: &Fact| {
        fact.broken
            .first()
            .is_some_and(|line| printed_date(line).is_some())
    };
    let labelled = facts
        .iter()
        .position(|fact| label(&fact.line).is_some())
        .unwrap_or(facts.len());
    // In a headline there may be a date as well.
    let dated = facts.iter().take(labelled.min(3)).position(is_date);
    let mut pictures = Vec::new();
    let mut body: Vec<String> = Vec::new();
    let mut unlabelled: Vec<&Fact> = Vec::new();
    let mut text_begun = false;
    for (at, one) in facts.iter().enumerate() {
        if Some(at) == dated {
            date(one, &mut article);
        } else if labels::is_copyright(&one.line) {
            article.field("copyright", &one.line);
        } else if let Some((label, value)) = label(&one.line) {
            text_begun |= label == Label::Body;
            match label {
                Label::Body => body.extend(without_label(&one.paragraphs)),
                Label::Graphic => pictures.extend(without_label(&one.paragraphs)),
                Label::Byline
                | Label::Section
                | Label::Length
                | Label::Headline
                | Label::Highlight
                | Label::Dateline
                | Label::LoadDate
                | Label::Language
                | Label::Correction
                | Label::CorrectionDate
                | Label::PublicationType
                | Label::Edition
                | Label::Series
                | Label::Address
                | Label::Index
                | Label::Tail => {
                    fact(label, value, &one.line, &mut article);
                }
            }
        } else if article.facts.outlet.is_empty()
            && dated.is_none_or(|dated| at < dated)
            && at < labelled
        {
            article.facts.outlet.clone_from(&one.line);
        } else if text_begun {
            body.extend(one.paragraphs.iter().cloned());
        } else {
            unlabelled.push(one);
        }
    }
    if dated.is_none() {
        article.doubts.push(NO_DATE.to_owned());
    }
    if article.facts.headline.is_empty()
        && (unlabelled.len() > 1 || !body.is_empty())
        && !unlabelled.is_empty()
    {
        article
            .facts
            .headline
            .clone_from(&unlabelled.remove(0).line);
    }
    let above: Vec<String> = unlabelled
        .iter()
        .flat_map(|fact| fact.paragraphs.iter().cloned())
        .collect();
    body.splice(0..0, above);
    article.set_body(body);
    if captions {
        article.paragraphs.extend(pictures);
    } else {
        article
            .left_out
            .extend(pictures.iter().map(|line| format!("caption: {line}")));
    }
    let lines = facts.iter().flat_map(|fact| &fact.broken);
    let values = lines.map(|line| label(line).map_or(&**line, |(_, value)| value));
    tell_unread(&mut article, values);
    Some(article)
}

/// `1 of 3 DOCUMENTS`, `Dokument 1 von 3`.
fn is_position(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let numbers = words
        .iter()
        .filter(|word| word.bytes().all(|byte| byte.is_ascii_digit()))
        .count();
    let between = ["of", "von", "sur", "de", "van", "di"];
    numbers == 2
        && (words.len() == 4 || words.len() == 5 && words.contains(&"de"))
        && words
            .iter()
            .any(|word| between.contains(&&*word.to_lowercase()))
}

fn date(fact: &Fact, article: &mut FoundArticle) {
    let mut lines = fact.broken.iter();
    if let Some(found) = lines.next().and_then(|line| printed_date(line)) {
        article.field("time", &found.time);
        article.field("zone", found.zone);
        article.field("edition", found.rest);
        article.facts.date = found.date;
    }
    for line in lines {
        let corrected = ["correction", "berichtigung", "rectificatif"]
            .iter()
            .any(|word| line.to_lowercase().contains(word));
        let name = if corrected { "correction" } else { "edition" };
        let known = article.facts.fields.get(name).cloned();
        let joined: Vec<String> = known.into_iter().chain([line.clone()]).collect();
        article.field(name, &joined.join("; "));
    }
}

/// Paragraphs without the label that the first of them begins with.
fn without_label(paragraphs: &[String]) -> Vec<String> {
    let mut lines = paragraphs.to_vec();
    if let Some(first) = lines.first_mut() {
        let value = label(first).map(|(_, value)| value.to_owned());
        *first = value.unwrap_or_default();
    }
    lines.retain(|line| !line.is_empty());
    lines
}
