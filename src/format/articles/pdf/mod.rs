//! PDF documents (ISO 32000-2): letters with their places become words, words columns, columns paragraphs.
//!
//! Of what was tried in 2026, pdf-extract mixes columns; pdf_oxide reads them, in 450,000 lines that take six minutes
//! to compile; pdfium is C++. hayro reads what a PDF holds, without unsafe code but for one place, and its order is
//! found here.

mod blocks;
mod budget;
mod content;
mod face;
mod hyphens;
mod left_out;
mod lines;
mod margins;
mod marks;
mod metadata;
mod paragraphs;
mod remarks;
mod structure;
#[cfg(test)]
mod tests;
mod text_state;
mod text_string;
mod words;

use std::sync::Arc;

use hayro_font::hayro_syntax::object::Dict;
use hayro_font::hayro_syntax::{LoadPdfError, Pdf};
use hayro_font::kurbo::Rect;
use thiserror::Error;

use self::blocks::{blocks, usual};
use self::budget::Budget;
use self::face::Faces;
use self::hyphens::Hyphens;
use self::lines::{Line, lines};
use self::margins::{Sheet, take_margins};
use self::metadata::{catalog, known};
use self::paragraphs::{PageParagraph, join_over_columns, paragraphs};
use self::remarks::Remarks;
use super::article_format::{ArticleFormat, info, with_captions};
use super::found::{FoundArticle, FoundInFile};
use super::paragraph_text::one_line;
use super::text_limit::TextLimit;
use crate::format::{Input, Options};
use crate::text::wording::count;

pub(in crate::format) static PDF: ArticleFormat = ArticleFormat {
    info: &info("pdf", "PDF", &["pdf"]),
    is_of: |bytes| bytes.starts_with(b"%PDF-"),
    find,
};

/// So many pages are read.
const MOST_PAGES: usize = 1_000;
/// More pages than this are hardly one article.
const PAGES_OF_ARTICLE: usize = 8;
/// So many divided words are shown.
const SHOWN: usize = 5;

/// Why a PDF is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
enum PdfError {
    #[error("this is no PDF (.pdf); name its format with --from")]
    NoPdf,
    #[error("this PDF is damaged; open it in its program, save it again and import that")]
    Damaged,
    #[error(
        "this PDF is encrypted; take that off with `qpdf --decrypt IN.pdf OUT.pdf`, or print it as a PDF, and \
         import that"
    )]
    Encrypted,
    #[error(
        "this PDF would take too much time or memory; print it as a PDF, or take out a few pages with `qpdf \
         IN.pdf --pages . 1-5 -- OUT.pdf`, and import that"
    )]
    TooIntricate,
    #[error(
        "this PDF has more than 1,000 pages; take out those of the article with `qpdf IN.pdf --pages . 1-5 -- \
         OUT.pdf` and import that"
    )]
    TooManyPages,
    #[error(
        "there is no text in this PDF, only pictures of it; recognize it first, as with `ocrmypdf IN.pdf OUT.pdf`, \
         and import that"
    )]
    NoText,
    #[error(
        "the fonts of this PDF do not say which letters they print; recognize its text with `ocrmypdf --force-ocr \
         IN.pdf OUT.pdf` and import that"
    )]
    UnknownLetters,
    #[error(
        "the lines of this PDF run downwards or are turned, and are not read; turn its pages with `qpdf IN.pdf OUT.pdf \
         --rotate=+90`, or copy the text out of a viewer into a .txt"
    )]
    NotLevel,
}

fn find(input: &Input<'_>, options: &Options) -> Result<FoundInFile, String> {
    read(input.bytes, options).map(FoundInFile::one)
}

fn read(bytes: &[u8], options: &Options) -> Result<FoundArticle, String> {
    // Other things may stand before it.
    let begin = bytes.get(..1_024).unwrap_or(bytes);
    if !begin.windows(5).any(|word| word == b"%PDF-") {
        return Err(PdfError::NoPdf.to_string());
    }
    let trailer = structure::check(bytes).map_err(|error| error.to_string())?;
    let pdf = Pdf::new(Arc::new(bytes.to_vec())).map_err(|error| match error {
        LoadPdfError::Decryption(_) => PdfError::Encrypted.to_string(),
        LoadPdfError::Invalid => PdfError::Damaged.to_string(),
    })?;
    let pages = pdf.pages();
    if pages.len() > MOST_PAGES {
        return Err(PdfError::TooManyPages.to_string());
    }
    let mut budget = Budget::default();
    let mut limit = TextLimit::default();
    let mut faces = Faces::default();
    let mut remarks = Remarks::default();
    match counted_pages(&pdf) {
        Some(count) => remarks.missing_pages(count.saturating_sub(pages.len())),
        None => remarks.lost("how many pages there are"),
    }
    let info = trailer.info.flatten();
    let info: Option<Dict<'_>> = info.and_then(|info| pdf.xref().get(info.into()));
    if !trailer.is_found || trailer.info.is_some() && info.is_none() {
        remarks.lost("what the document says about itself");
    }
    let mut sheets = Vec::new();
    let mut pictures = Vec::new();
    for (n, page) in pages.iter().enumerate() {
        let found = content::read(page, &mut faces, &mut budget);
        remarks.page(n, &found);
        let mut words = found.words;
        words.retain(|word| limit.has_room(word.text.len()));
        sheets.push(Sheet {
            words,
            height: page.render_dimensions().1,
        });
        pictures.push(found.pictures);
    }
    limit.check()?;
    if let Some(error) = remarks.nothing_to_read() {
        return Err(error.to_string());
    }
    let known = known(&pdf, info.as_ref(), &mut budget);
    Ok(article(sheets, &pictures, known, remarks, options))
}

/// How many pages the file says it has (ISO 32000-2, 7.7.3); `None` where it does not say.
fn counted_pages(pdf: &Pdf) -> Option<usize> {
    let pages = catalog(pdf)?.get::<Dict<'_>>("Pages")?;
    usize::try_from(pages.get::<i32>("Count")?).ok()
}

fn article(
    mut sheets: Vec<Sheet>,
    pictures: &[Vec<Rect>],
    known: metadata::Known,
    remarks: Remarks,
    options: &Options,
) -> FoundArticle {
    let mut article = FoundArticle {
        line: 1,
        ..FoundArticle::default()
    };
    let pages = sheets.len();
    let margins = take_margins(&mut sheets);
    let mut hyphens = Hyphens::default();
    let columns: Vec<(usize, Vec<Line>)> = sheets
        .into_iter()
        .enumerate()
        .flat_map(|(n, sheet)| {
            blocks(sheet.words)
                .into_iter()
                .map(move |block| (n, lines(block)))
        })
        .collect();
    let all = columns.iter().flat_map(|(_, lines)| lines);
    all.for_each(|line| hyphens.learn(&line.text));
    let usual = usual_size(&columns);
    let is_caption = |paragraph: &PageParagraph| {
        let pictures = pictures.get(paragraph.page).map_or(&[][..], Vec::as_slice);
        paragraph.size < usual * 0.96 && is_below_picture(paragraph, pictures)
    };
    let mut found: Vec<PageParagraph> = Vec::new();
    let mut over_columns = 0;
    for (page, lines) in &columns {
        let column = paragraphs(lines, *page, &mut hyphens);
        over_columns += join_over_columns(&mut found, column, is_caption, &mut hyphens);
    }
    let headline = headline(&found, usual, &known.title);
    let title = known.title.clone();
    known.into_article(&mut article);
    if let Some(n) = headline.place {
        let first = found.remove(n);
        article.facts.headline = one_line(&first.text);
        found.insert(0, first);
        article.doubts.extend(headline.doubts);
    }
    if !title.is_empty() && plain(&title) != plain(&article.facts.headline) {
        article.field("document_title", &title);
    }
    for paragraph in found {
        let line = one_line(&paragraph.text);
        if is_caption(&paragraph) && !with_captions(options) {
            article.left_out.push(format!("caption: {line}"));
        } else {
            article.paragraphs.push(line);
        }
    }
    let lines = margins.lines.iter().map(|line| {
        let begin = format!("header or footer: {}", line.first);
        match line.others.len() {
            0 => begin,
            others => format!("{begin}, and {others} with other numbers"),
        }
    });
    article.left_out.extend(lines);
    if margins.numbers > 0 {
        article
            .left_out
            .push(format!("numbers of pages: {}", margins.numbers));
    }
    if let Some(address) = margins.address.filter(|_| article.facts.address.is_empty()) {
        article.facts.address = address;
    }
    remarks.tell(&mut article);
    tell_guesses(&mut article, &hyphens.joined, over_columns);
    if pages > PAGES_OF_ARTICLE {
        article.doubts.push(format!(
            "its {pages} pages are one article; take out those of an article with `qpdf IN.pdf --pages . 1-5 -- \
             OUT.pdf` if there are several"
        ));
    }
    article
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

/// The size of type most of the text has.
fn usual_size(columns: &[(usize, Vec<Line>)]) -> f32 {
    let lines = columns.iter().flat_map(|(_, lines)| lines);
    usual(lines.map(|line| (line.size, line.text.len())))
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

struct Headline {
    /// Which paragraph it is.
    place: Option<usize>,
    doubts: Vec<String>,
}

/// The headline: the title of the document where it is on the first page with text, else the largest type.
fn headline(paragraphs: &[PageParagraph], usual: f32, title: &str) -> Headline {
    let page = paragraphs.first().map_or(0, |paragraph| paragraph.page);
    let first = || {
        let all = paragraphs.iter().enumerate();
        all.filter(|(_, paragraph)| paragraph.page == page && paragraph.text.chars().count() <= 300)
    };
    let title = plain(title);
    // The title of a page on the web often ends in the name of the site.
    let is_named = |paragraph: &PageParagraph| {
        let line = plain(&paragraph.text);
        !line.is_empty() && (line == title || line.chars().count() > 10 && title.starts_with(&line))
    };
    let named = first().find(|(_, paragraph)| is_named(paragraph));
    if let Some((place, _)) = named {
        return Headline {
            place: Some(place),
            doubts: Vec::new(),
        };
    }
    let largest = first()
        .map(|(_, paragraph)| paragraph.size)
        .fold(0.0, f32::max);
    let mut large =
        first().filter(|(_, paragraph)| paragraph.size > largest * 0.97 && largest > usual * 1.15);
    let place = large.next().map(|(place, _)| place);
    let others = large.count();
    let mut doubts =
        vec!["the line in the largest type is taken as its headline, a guess".to_owned()];
    if others > 0 {
        doubts.push(format!(
            "{} in type as large as the headline; it may hold several articles",
            count(others, "more line")
        ));
    }
    Headline { place, doubts }
}

/// The letters and figures of a line, small.
fn plain(line: &str) -> String {
    let letters = line.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
