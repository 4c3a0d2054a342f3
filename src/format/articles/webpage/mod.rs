//! Web pages: saved by a browser, by a crawler, as one file or as a mail.

mod blocks;
mod body;
mod boilerplate;
mod headline;
mod json_ld;
mod meta_tags;
mod metadata;
mod phrases;
mod published;
mod region;
mod words;

use std::collections::BTreeSet;

use super::article_format::{ArticleFormat, info, with_captions};
use super::found::{FoundArticle, FoundInFile};
use super::html_tree::{HtmlTooComplex, HtmlTree};
use super::page_source::{PageSource, looks_like_mail};
use super::unseen_export::tell_unknown;
use crate::text::wording::count;
use blocks::{Block, Blocks, Role};
use body::{Body, Known, body};
use boilerplate::Boilerplate;
use metadata::{Metadata, metadata};
use region::article_region;
use words::{compared, count_words};

/// Pages that hold one article.
pub(in crate::format) static WEBPAGE: ArticleFormat = ArticleFormat {
    info: &info(
        "webpage",
        "Web page: HTML, as a browser saves it, and MHTML",
        &["html", "htm", "xhtml", "mhtml", "mht"],
    ),
    is_of: is_page,
    find: |input, options| {
        let source = PageSource::read(input.bytes).map_err(|error| error.to_string())?;
        let article = article_of_page(&source, with_captions(options));
        let mut found = FoundInFile::one(article.map_err(|error| error.to_string())?);
        tell_unknown(&mut found);
        Ok(found)
    },
};

/// Whether a file begins like a page.
fn is_page(beginning: &[u8]) -> bool {
    let head = beginning
        .get(..beginning.len().min(HEAD))
        .unwrap_or_default();
    // In UTF-16 every other byte is zero.
    let text: String = head
        .iter()
        .filter(|byte| **byte != 0)
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .collect();
    if looks_like_mail(beginning) {
        let mail = String::from_utf8_lossy(beginning).to_ascii_lowercase();
        return mail.contains("text/html")
            && (mail.contains("multipart/related") || mail.contains("snapshot-content-location"));
    }
    let marks = [
        "<!doctype html",
        "<html",
        "<head>",
        "<head ",
        "<body",
        "<meta ",
        "<article",
    ];
    text.trim_start().starts_with('<') && marks.iter().any(|mark| text.contains(mark))
}

/// How far into a page is looked, in bytes.
const HEAD: usize = 4096;

impl Block {
    fn linked_share(&self) -> f64 {
        f64::from(self.words.linked) / f64::from(self.words.all.max(1))
    }
}

/// The article of a page, with the captions of its pictures where that is asked for.
///
/// # Errors
/// [`HtmlTooComplex`] where the page is made to stop a program.
fn article_of_page(source: &PageSource, captions: bool) -> Result<FoundArticle, HtmlTooComplex> {
    let tree = HtmlTree::parse(&source.html)?;
    let Metadata {
        facts,
        data,
        descriptions,
        title,
        mut doubts,
    } = metadata(&tree, &source.address);
    let blocks = blocks::blocks(&tree, captions, &data.text_classes);
    let from = first_behind(&blocks, title, &facts.headline);
    let region = article_region(&tree, &blocks, from, data.live);
    let known = Known {
        headline: &facts.headline,
        descriptions: &descriptions,
        text: &data.body,
    };
    let Body {
        mut paragraphs,
        left_out,
    } = body(&blocks, region, from, &known);
    let shown: u32 = paragraphs.iter().map(|text| count_words(text)).sum();
    let said: Vec<&str> = data
        .body
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let in_data = count_words(&data.body);
    // Where it has no lines of its own, what is shown is easier to read.
    let parted = said.len() * 2 >= paragraphs.len().min(6);
    if in_data > 60 && (shown * 2 < in_data || shown * 115 < in_data * 100 && parted) {
        paragraphs = said.into_iter().map(str::to_owned).collect();
        doubts.push(
            "the text is taken from the page's data, as the page shows less of it".to_owned(),
        );
    } else if shown * 115 < in_data * 100 {
        doubts.push("the page's data have more text than the page shows".to_owned());
    }
    if data.live {
        doubts.push(
            "a live ticker: entries that the page loads later are not in the file".to_owned(),
        );
    }
    let offered = left_out
        .iter()
        .any(|(kind, _)| *kind == Boilerplate::Subscription);
    if data.free == Some(false) && (shown < 250 || offered) {
        doubts.push(
            "perhaps only the beginning: the page says that not everyone can read it all"
                .to_owned(),
        );
    }
    if paragraphs.is_empty() {
        doubts.push("no running text was found".to_owned());
    } else if consents(&paragraphs) {
        doubts.push("the text reads like a notice about cookies, not like an article".to_owned());
    }
    doubts.extend(source.doubts.iter().cloned());
    let mut left = left_out_words(left_out);
    if source.other_parts > 0 {
        let parts = count(source.other_parts, "other part");
        left.push(format!("{parts} of the saved page"));
    }
    let without_text = paragraphs.is_empty();
    if !facts.headline.is_empty() {
        paragraphs.insert(0, facts.headline.clone());
    }
    Ok(FoundArticle {
        line: 1,
        paragraphs,
        facts,
        left_out: left,
        without_text,
        doubts,
    })
}

/// The first block behind the headline.
fn first_behind(blocks: &Blocks, title: Option<super::html_tree::NodeId>, headline: &str) -> usize {
    let element = blocks
        .elements
        .iter()
        .find(|(node, _)| Some(*node) == title);
    if let Some((_, range)) = element {
        return range.end;
    }
    let headline = compared(headline);
    let is_headline = |block: &Block| {
        matches!(block.role, Role::Heading(_) | Role::Paragraph | Role::Other)
            && !headline.is_empty()
            && compared(&block.text) == headline
    };
    blocks
        .list
        .iter()
        .position(is_headline)
        .map_or(0, |at| at + 1)
}

/// Whether a short text is about cookies.
fn consents(paragraphs: &[String]) -> bool {
    let beginning: Vec<&str> = paragraphs.iter().take(50).map(String::as_str).collect();
    let text = beginning.join(" ").to_lowercase();
    let words = text.split_whitespace().count();
    let about = [
        "cookie",
        "consent",
        "einwilligung",
        "datenschutz",
        "consentement",
        "toestemming",
        "consentimiento",
    ];
    words < 250
        && about
            .iter()
            .map(|word| text.matches(word).count())
            .sum::<usize>()
            >= 3
}

/// What was left out in words: captions each, everything else once.
fn left_out_words(left_out: Vec<(Boilerplate, String)>) -> Vec<String> {
    // A page of pictures has more captions than anyone reads.
    const MOST: usize = 200;
    let mut words: Vec<String> = Vec::new();
    let mut kinds: BTreeSet<Boilerplate> = BTreeSet::new();
    for (kind, text) in left_out {
        if kind == Boilerplate::Caption && !text.is_empty() {
            let caption = format!("caption: {text}");
            if words.len() < MOST && !words.contains(&caption) {
                words.push(caption);
            }
        } else if kind != Boilerplate::Code {
            kinds.insert(kind);
        }
    }
    words.extend(kinds.into_iter().map(|kind| kind.words().to_owned()));
    words
}

#[cfg(test)]
mod tests;
