//! A document of a word processor that is one article.

use super::article_format::with_captions;
use super::found::{FoundArticle, FoundInFile};
use super::paragraph::Paragraph;
use super::unseen_export::tell_unknown;
use crate::format::Options;

/// A longer paragraph is no headline, in characters.
const LONGEST_HEADLINE: usize = 200;

/// A document that is one article.
pub(super) fn one_article(paragraphs: Vec<Paragraph>, options: &Options) -> FoundInFile {
    let mut found = FoundInFile::one(article_of(paragraphs, options));
    tell_unknown(&mut found);
    found
}

/// Makes an article of paragraphs: its headline is what the document marks as a title, or a first line that
/// is no sentence. Notes follow at the end.
fn article_of(paragraphs: Vec<Paragraph>, options: &Options) -> FoundArticle {
    let mut article = FoundArticle {
        line: 1,
        ..FoundArticle::default()
    };
    let notes = paragraphs.iter().flat_map(|paragraph| &paragraph.notes);
    let notes: Vec<String> = notes.cloned().collect();
    let paragraphs: Vec<Paragraph> = paragraphs.into_iter().filter(|p| !p.is_blank()).collect();
    if let Some(headline) = headline(&paragraphs) {
        article.facts.headline = headline.line();
    }
    for paragraph in &paragraphs {
        let lines = paragraph.lines();
        if is_caption(&paragraph.style) && !with_captions(options) {
            article
                .left_out
                .extend(lines.map(|line| format!("caption: {line}")));
        } else if paragraph.line() == article.facts.headline {
            article.paragraphs.push(paragraph.line());
        } else {
            article.paragraphs.extend(lines);
        }
    }
    if !notes.is_empty() {
        let words = match notes.len() {
            1 => "its note is at the end of the text".to_owned(),
            n => format!("its {n} notes are at the end of the text"),
        };
        article.doubts.push(words);
        article.paragraphs.extend(notes);
    }
    article
}

fn headline(paragraphs: &[Paragraph]) -> Option<&Paragraph> {
    let is_short = |paragraph: &&Paragraph| paragraph.line().chars().count() <= LONGEST_HEADLINE;
    let mut first = paragraphs.iter().take(4).filter(is_short);
    if let Some(marked) = first.find(|paragraph| is_title(&paragraph.style)) {
        return Some(marked);
    }
    let is_sentence = |line: &str| line.ends_with(['.', ',', ';', ':', '”', '“', '"', '»', '…']);
    let first = paragraphs.first().filter(is_short)?;
    let stands_out = first.bold || first.centred || !is_sentence(&first.line());
    (stands_out && paragraphs.len() > 1).then_some(first)
}

/// Whether a style is that of a title, as word processors call it in several languages.
fn is_title(style: &str) -> bool {
    let style = plain(style);
    let titles = ["title", "titel", "titre", "titolo", "título", "headline"];
    let first = [
        "heading1",
        "überschrift1",
        "berschrift1",
        "titre1",
        "kop1",
        "titolo1",
    ];
    titles.contains(&&*style) || first.contains(&&*style)
}

fn is_caption(style: &str) -> bool {
    let captions = [
        "caption",
        "beschriftung",
        "légende",
        "lgende",
        "bijschrift",
        "didascalia",
    ];
    captions.contains(&&*plain(style))
}

fn plain(style: &str) -> String {
    let letters = style.replace("_20_", "").to_lowercase();
    letters.chars().filter(|c| c.is_alphanumeric()).collect()
}
