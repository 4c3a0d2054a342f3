//! What a person should know about the pages of a document.

use std::collections::BTreeMap;

use super::super::found::FoundArticle;
use super::super::paragraph_text::one_line;
use super::PdfError;
use super::content::PageContent;
use super::face::UNKNOWN;
use super::left_out::Reason;
use crate::text::wording::count;

/// So many texts are told for each reason; the rest is counted.
const MOST_TEXTS: usize = 1_000;

/// What is told about the pages.
#[derive(Default)]
pub(super) struct Remarks {
    letters: usize,
    unknown: usize,
    left_out: BTreeMap<Reason, Texts>,
    /// Pages without text, and pages that are not complete, from 1.
    empty: Vec<String>,
    damaged: Vec<String>,
    too_large: Vec<String>,
    without_font: Vec<String>,
    /// What is not found.
    lost: Vec<String>,
}

/// Texts that are left out for a reason, each once.
#[derive(Default)]
struct Texts {
    texts: Vec<String>,
    /// How many letters are not in them.
    more: usize,
}

impl Remarks {
    /// So many pages are counted and not found.
    pub(super) fn missing_pages(&mut self, missing: usize) {
        if missing > 0 {
            let missing = count(missing, "page");
            self.lost(&format!("{missing} of the document"));
        }
    }

    /// Something that the file should have is not found.
    pub(super) fn lost(&mut self, what: &str) {
        let lost = format!("{what} cannot be found: the file is damaged");
        self.lost.push(lost);
    }

    /// Takes in a page by its number from 0.
    pub(super) fn page(&mut self, n: usize, found: &PageContent) {
        let number = (n + 1).to_string();
        let letters = found.words.iter().flat_map(|word| word.text.chars());
        let (mut count, mut unknown) = (0, 0);
        for letter in letters {
            count += 1;
            unknown += usize::from(letter == UNKNOWN);
        }
        self.letters += count;
        self.unknown += unknown;
        for (reason, text) in found.left_out.iter() {
            let told = self.left_out.entry(reason).or_default();
            told.more += text.more;
            let words = one_line(&text.words);
            if words.is_empty() || told.texts.contains(&words) {
                continue;
            }
            match told.texts.len() < MOST_TEXTS {
                true => told.texts.push(words),
                false => told.more += words.chars().count(),
            }
        }
        let lists = [
            (count == 0, &mut self.empty),
            (found.is_damaged, &mut self.damaged),
            (found.is_too_large, &mut self.too_large),
            (
                found.left_out.contains(Reason::NoFont),
                &mut self.without_font,
            ),
        ];
        for (_, pages) in lists.into_iter().filter(|(is_of_it, _)| *is_of_it) {
            pages.push(number.clone());
        }
    }

    /// Why there is no text, if there is none.
    pub(super) fn nothing_to_read(&self) -> Option<PdfError> {
        match self.letters {
            0 if !self.too_large.is_empty() => Some(PdfError::TooIntricate),
            0 if !self.without_font.is_empty() => Some(PdfError::UnknownLetters),
            0 if self.left_out.contains_key(&Reason::NotLevel) => Some(PdfError::NotLevel),
            0 if !self.damaged.is_empty() => Some(PdfError::Damaged),
            0 => Some(PdfError::NoText),
            letters => (self.unknown * 5 > letters).then_some(PdfError::UnknownLetters),
        }
    }

    /// Tells it with the article.
    pub(super) fn tell(self, article: &mut FoundArticle) {
        for (reason, told) in self.left_out {
            let kind = reason.words();
            let are_some = !told.texts.is_empty();
            let texts = told.texts.into_iter();
            let texts = texts.map(|text| format!("{kind}: {text}"));
            article.left_out.extend(texts);
            let more = count(told.more, "letter");
            match (told.more, are_some) {
                (0, _) => {}
                (_, true) => article.left_out.push(format!("{kind}: {more} more")),
                (_, false) => article.left_out.push(format!("{kind}: {more}")),
            }
        }
        let pages = |numbers: &[String]| match numbers {
            [one] => format!("page {one}"),
            several => format!("pages {}", several.join(", ")),
        };
        let lists = [
            (&self.empty, "without text, perhaps a picture of it"),
            (&self.damaged, "not complete: the file is damaged there"),
            (&self.too_large, "not complete: damaged, or too large"),
            (
                &self.without_font,
                "not complete: a font there cannot be read",
            ),
        ];
        for (numbers, words) in lists {
            if !numbers.is_empty() {
                article.doubts.push(format!("{}: {words}", pages(numbers)));
            }
        }
        article.doubts.extend(self.lost);
        if self.unknown > 0 {
            article.doubts.push(format!(
                "{} of its fonts have no name; a {UNKNOWN} stands for each",
                count(self.unknown, "letter")
            ));
        }
    }
}
