//! The paragraphs of all pages become an article, or the articles of an export of a press database.

use hayro_font::kurbo::Rect;

use super::super::article_format::with_captions;
use super::super::database_document::{articles_of, is_of_database};
use super::super::found::{FoundArticle, FoundInFile};
use super::super::paragraph::Paragraph;
use super::super::paragraph_text::one_line;
use super::super::unseen_export::tell_unknown;
use super::blocks::{blocks, usual};
use super::headline::{headline, plain};
use super::hyphens::Hyphens;
use super::lines::{Line, lines};
use super::margins::{Margins, Sheet, take_margins};
use super::metadata::Known;
use super::paragraphs::{PageParagraph, join_over_columns, paragraphs};
use super::remarks::Remarks;
use super::tables::{Tables, TablesOfPage};
use crate::format::Options;
use crate::text::wording::count;

/// More pages than this are hardly one article.
const PAGES_OF_ARTICLE: usize = 8;
/// So many divided words are shown.
const SHOWN: usize = 5;

/// What is on the pages of a document.
pub(super) struct Layout {
    paragraphs: Vec<PageParagraph>,
    pictures: Vec<Vec<Rect>>,
    margins: Margins,
    /// The size of type most of the text has.
    usual: f32,
    /// Words that were divided.
    joined: Vec<String>,
    /// How many paragraphs go on in another column.
    over_columns: usize,
    pages: usize,
    tables: Tables,
}

impl Layout {
    /// Finds the paragraphs of pages, whose pictures are where the others say.
    pub(super) fn of(mut sheets: Vec<Sheet>, pictures: Vec<Vec<Rect>>) -> Self {
        let pages = sheets.len();
        let margins = take_margins(&mut sheets);
        let mut hyphens = Hyphens::default();
        let mut tables = Tables::default();
        let mut columns: Vec<(usize, Vec<Line>)> = Vec::new();
        for (n, sheet) in sheets.into_iter().enumerate() {
            let found = TablesOfPage::of(&sheet.words);
            let blocks = blocks(sheet.words);
            tables.add(n, &found, &blocks);
            columns.extend(blocks.into_iter().map(|block| (n, lines(block))));
        }
        let all = || columns.iter().flat_map(|(_, lines)| lines);
        all().for_each(|line| hyphens.learn(&line.text));
        let usual = usual(all().map(|line| (line.size, line.text.len())));
        let is_caption = |paragraph: &PageParagraph| is_caption(paragraph, &pictures, usual);
        let mut found: Vec<PageParagraph> = Vec::new();
        let mut over_columns = 0;
        for (page, lines) in &columns {
            let column = paragraphs(lines, *page, &mut hyphens);
            over_columns += join_over_columns(&mut found, column, is_caption, &mut hyphens);
        }
        Self {
            paragraphs: found,
            pictures,
            margins,
            usual,
            joined: hyphens.joined,
            over_columns,
            pages,
            tables,
        }
    }

    /// Makes articles of them: one, unless they are an export.
    pub(super) fn articles(self, known: Known, remarks: Remarks, options: &Options) -> FoundInFile {
        let as_paragraphs = |paragraph: &PageParagraph| {
            let bold = paragraph.size > self.usual * 1.08;
            let parts = paragraph.parted(is_of_database).into_iter();
            let parts = parts.map(|part| Paragraph {
                text: part.to_owned(),
                bold,
                ..Paragraph::default()
            });
            parts.collect::<Vec<_>>()
        };
        let plain: Vec<Paragraph> = self.paragraphs.iter().flat_map(as_paragraphs).collect();
        match articles_of(&plain, &[], None, options) {
            Some(mut found) => {
                // What is said about the document is of none of them.
                let mut rest = FoundArticle::default();
                rest.field("title", &known.title);
                known.into_article(&mut rest);
                let (texts, fields) = (rest.facts.texts(), rest.facts.fields.iter());
                let facts = texts.into_iter().filter(|(_, value)| !value.is_empty());
                let facts = facts.chain(fields.map(|(name, value)| (name.as_str(), value)));
                let facts = facts.map(|(name, value)| format!("{name} of the document: {value}"));
                rest.left_out.extend(facts.collect::<Vec<_>>());
                self.tell(&mut rest, remarks);
                found.left_out.append(&mut rest.left_out);
                found.doubts.append(&mut rest.doubts);
                found
            }
            None => {
                let mut found = FoundInFile::one(self.article(known, remarks, options));
                tell_unknown(&mut found);
                found
            }
        }
    }

    fn article(mut self, known: Known, remarks: Remarks, options: &Options) -> FoundArticle {
        let mut article = FoundArticle {
            line: 1,
            ..FoundArticle::default()
        };
        let headline = headline(&self.paragraphs, self.usual, &known.title);
        let title = known.title.clone();
        known.into_article(&mut article);
        if let Some(n) = headline.place {
            let first = self.paragraphs.remove(n);
            article.facts.headline = one_line(&first.text);
            self.paragraphs.insert(0, first);
            article.doubts.extend(headline.doubts);
        }
        if !title.is_empty() && plain(&title) != plain(&article.facts.headline) {
            article.field("document_title", &title);
        }
        for paragraph in std::mem::take(&mut self.paragraphs) {
            let line = one_line(&paragraph.text);
            let is_caption = is_caption(&paragraph, &self.pictures, self.usual);
            if is_caption && !with_captions(options) {
                article.left_out.push(format!("caption: {line}"));
            } else {
                article.paragraphs.push(line);
            }
        }
        if article.facts.address.is_empty() {
            let address = self.margins.address.take();
            article.facts.address = address.unwrap_or_default();
        }
        if self.pages > PAGES_OF_ARTICLE {
            let pages = self.pages;
            article.doubts.push(format!(
                "its {pages} pages are one article; take out those of an article with `qpdf IN.pdf --pages . 1-5 -- \
                 OUT.pdf` if there are several"
            ));
        }
        self.tell(&mut article, remarks);
        article
    }

    /// Tells what is in no article, and what was guessed.
    fn tell(self, article: &mut FoundArticle, remarks: Remarks) {
        let lines = self.margins.lines.iter().map(|line| {
            let begin = format!("header or footer: {}", line.first);
            match line.others.len() {
                0 => begin,
                others => format!("{begin}, and {others} with other numbers"),
            }
        });
        article.left_out.extend(lines);
        if self.margins.numbers > 0 {
            let numbers = self.margins.numbers;
            article
                .left_out
                .push(format!("numbers of pages: {numbers}"));
        }
        remarks.tell(article);
        self.tables.tell(article);
        tell_guesses(article, &self.joined, self.over_columns);
    }
}

/// Whether a paragraph is below a picture, in smaller type.
fn is_caption(paragraph: &PageParagraph, pictures: &[Vec<Rect>], usual: f32) -> bool {
    let pictures = pictures.get(paragraph.page).map_or(&[][..], Vec::as_slice);
    paragraph.size < usual * 0.96 && is_below_picture(paragraph, pictures)
}

/// Says what was not read and had to be guessed.
fn tell_guesses(article: &mut FoundArticle, joined: &[String], over_columns: usize) {
    if !joined.is_empty() {
        let mut words = joined
            .iter()
            .take(SHOWN)
            .cloned()
            .collect::<Vec<_>>()
            .join(", ");
        if joined.len() > SHOWN {
            words.push_str(", …");
        }
        let count = count(joined.len(), "word");
        article.doubts.push(format!(
            "{count} divided at the end of a line joined without the hyphen, a guess: {words}"
        ));
    }
    if over_columns > 0 {
        let count = count(over_columns, "paragraph");
        article.doubts.push(format!(
            "{count} joined over the end of a column or page, a guess"
        ));
    }
}

/// Whether a paragraph begins below a picture, and under it.
fn is_below_picture(paragraph: &PageParagraph, pictures: &[Rect]) -> bool {
    let (top, left, right) = (
        f64::from(paragraph.top),
        f64::from(paragraph.left),
        f64::from(paragraph.right),
    );
    let size = f64::from(paragraph.size);
    pictures.iter().any(|picture| {
        let below = top - picture.y1;
        let shared = right.min(picture.x1) - left.max(picture.x0);
        picture.width() > 40.0
            && picture.height() > 40.0
            && (-size..4.0 * size).contains(&below)
            && shared > 0.5 * (right - left)
    })
}
