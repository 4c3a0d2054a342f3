//! The headline of a PDF: its title, or the line in the largest type.

use super::paragraphs::PageParagraph;
use crate::text::wording::count;

/// The headline of an article.
pub(super) struct Headline {
    /// Which paragraph it is.
    pub(super) place: Option<usize>,
    pub(super) doubts: Vec<String>,
}

/// The headline: the title of the document where it is on the first page with text, else the largest type.
pub(super) fn headline(paragraphs: &[PageParagraph], usual: f32, title: &str) -> Headline {
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
pub(super) fn plain(line: &str) -> String {
    let letters = line.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
