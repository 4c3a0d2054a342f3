//! Exports of Mediargus as plain text: a list of the articles with their outlets and dates first, then their
//! texts in the same order, each below a line such as `30-11-2011, p.23`.

use super::article_format::{ArticleFormat, info};
use super::found::{FoundArticle, FoundInFile};
use super::paragraph_text::one_line;
use super::plain_text::{beginning_of_text, decoded};
use super::printed_date::printed_date;
use super::text_limit::check_size;
use crate::format::{Input, Options};
use crate::text::wording::count;

pub(in crate::format) static MEDIARGUS: ArticleFormat = ArticleFormat {
    info: &info("mediargus", "Mediargus, plain text", &["txt"]),
    is_of,
    find,
};

/// So many lines below the date may stand above the headline: the editions it appeared in.
const ABOVE_HEADLINE: usize = 3;

fn is_of(beginning: &[u8]) -> bool {
    let text = beginning_of_text(beginning);
    let blocks = blocks(&text);
    blocks.first().and_then(Entry::read).is_some()
}

/// An article in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    headline: String,
    outlet: String,
    date: String,
    page: String,
    words: String,
}

impl Entry {
    /// `1. Headline`, and below it `Outlet, woensdag 30 november 2011, p. 23, 853w.`
    fn read(block: &Block<'_>) -> Option<Self> {
        let [first, second, ..] = block.lines[..] else {
            return None;
        };
        let (number, headline) = first.split_once(". ")?;
        number.parse::<usize>().ok()?;
        let (rest, words) = second.strip_suffix("w.")?.rsplit_once(", ")?;
        words.parse::<usize>().ok()?;
        let (rest, page) = rest.rsplit_once(", p. ")?;
        let (outlet, date) = rest.split_once(", ")?;
        Some(Self {
            headline: one_line(headline),
            outlet: outlet.to_owned(),
            date: printed_date(date)?.date,
            page: page.to_owned(),
            words: words.to_owned(),
        })
    }
}

/// Lines with something in them that less than two blank lines part.
struct Block<'t> {
    /// The line of the first, from 1.
    line: usize,
    lines: Vec<&'t str>,
}

fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let mut blank = 2;
    for (n, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() {
            blank += 1;
            continue;
        }
        match blocks.last_mut().filter(|_| blank < 2) {
            Some(block) => block.lines.push(line),
            None => blocks.push(Block {
                line: n + 1,
                lines: vec![line],
            }),
        }
        blank = 0;
    }
    blocks
}

/// The date of a line such as `30-11-2011, p.23`.
fn head(line: &str) -> Option<String> {
    let (date, page) = line.split_once(", p.")?;
    let mut parts = date.split('-');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let number = |part: &str, digits: usize| {
        part.len() <= digits && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_date = number(day, 2) && number(month, 2) && number(year, 4) && parts.next().is_none();
    (is_date && !page.is_empty()).then(|| format!("{year:0>4}-{month:0>2}-{day:0>2}"))
}

fn find(input: &Input<'_>, _: &Options) -> Result<FoundInFile, String> {
    check_size(input.bytes)?;
    let (text, doubt) = decoded(input.bytes);
    let mut found = FoundInFile::default();
    found.doubts.extend(doubt);
    let blocks = blocks(&text);
    let mut entries = blocks.iter().map_while(Entry::read).peekable();
    if entries.peek().is_none() {
        let words = "this is no export of Mediargus: it does not begin with a list of articles";
        return Err(words.to_owned());
    }
    let entries: Vec<Entry> = entries.collect();
    found.left_out.push("list of the articles".to_owned());
    // What two blank lines part within a text belongs to it.
    let mut bodies: Vec<Block<'_>> = Vec::new();
    for block in blocks.into_iter().skip(entries.len()) {
        let begins = block.lines.first().copied().and_then(head).is_some();
        match bodies.last_mut().filter(|_| !begins) {
            Some(body) => body.lines.extend(block.lines),
            None => bodies.push(block),
        }
    }
    let total = entries.len();
    let mut entries = entries.into_iter().peekable();
    for body in &bodies {
        let date = body
            .lines
            .first()
            .copied()
            .and_then(head)
            .unwrap_or_default();
        // Articles of the list whose texts are missing.
        let mut passed = entries.clone();
        let fits = passed.position(|entry| entry.date == date);
        let entry = fits.and_then(|place| entries.nth(place));
        found.articles.push(article(entry, &date, body));
    }
    if found.articles.len() != total {
        found.doubts.push(format!(
            "the list names {}, the file has the texts of {}",
            count(total, "article"),
            found.articles.len()
        ));
    }
    found.doubts.push(
        "the layout of Mediargus is known from one file only; look at the articles".to_owned(),
    );
    Ok(found)
}

fn article(entry: Option<Entry>, date: &str, body: &Block<'_>) -> FoundArticle {
    let mut article = FoundArticle {
        line: body.line,
        ..FoundArticle::default()
    };
    article.facts.date = date.to_owned();
    article.facts.language = "nl".to_owned();
    let mut lines: Vec<String> = body
        .lines
        .iter()
        .skip(1)
        .map(|line| one_line(line))
        .collect();
    match entry {
        Some(entry) => {
            let above = lines.iter().take(ABOVE_HEADLINE + 1);
            let place = above.clone().position(|line| *line == entry.headline);
            match place {
                Some(place) => {
                    let above: Vec<String> = lines.drain(..=place).take(place).collect();
                    article.field("edition", &above.join("; "));
                }
                None => article
                    .doubts
                    .push("its headline is that of the list and not above its text".to_owned()),
            }
            article.facts.headline = entry.headline;
            article.facts.outlet = entry.outlet;
            article.field("page", &entry.page);
            article.field("words", &entry.words);
        }
        None => article.doubts.push(
            "it is not in the list at the beginning; outlet and headline are not known".to_owned(),
        ),
    }
    if let Some(copyright) = lines.pop_if(|line| line.starts_with('©')) {
        article.field("copyright", &copyright);
    }
    article.set_body(lines);
    article
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::articles::every::of_content;

    const EXPORT: &str = "\u{feff}1. De boot vaart weer\n\nHet Voorbeeld, woensdag 4 mei 2011, p. 3, 12w.\n\nDe boot \
        vaart in mei ...\n\n\n2. Brood\n\nDe Stad, dinsdag 3 mei 2011, p. 14, 5w.\n\nBrood is duur.\n\n\n3. Regen\n\n\
        De Stad, maandag 2 mei 2011, p. 1, 5w.\n\nNat.\n\n\n\n\n\n04-05-2011, p.3\n\nDe boot vaart weer\n\nHaven \
        is blij\n\n“Eindelijk”, zei Jan.\n\n © Voorbeeld Uitgevers\n\n\n\n\n03-05-2011, p.14\n\nNoord, Zuid\n\nBrood\n\n\
        Brood is duur.\n\n\n\nNog altijd.\n";

    #[test]
    fn texts_get_what_the_list_says_about_them() {
        assert_eq!(of_content(EXPORT.as_bytes()).unwrap().name, "mediargus");
        let input = Input {
            name: "a.txt",
            bytes: EXPORT.as_bytes(),
            beside: &|_| None,
        };
        let found = find(&input, &Options::default()).unwrap();
        let [boat, bread] = &found.articles[..] else {
            panic!("{found:?}")
        };
        assert_eq!(
            boat.paragraphs,
            [
                "De boot vaart weer",
                "Haven is blij",
                "“Eindelijk”, zei Jan."
            ]
        );
        assert_eq!(
            (&*boat.facts.outlet, &*boat.facts.date),
            ("Het Voorbeeld", "2011-05-04")
        );
        assert_eq!(boat.facts.fields["copyright"], "© Voorbeeld Uitgevers");
        assert_eq!(bread.paragraphs, ["Brood", "Brood is duur.", "Nog altijd."]);
        assert_eq!(bread.facts.fields["edition"], "Noord, Zuid");
        assert_eq!(bread.facts.fields["page"], "14");
        assert!(found.doubts[0].contains("the list names 3 articles, the file has the texts of 2"));
    }

    #[test]
    fn a_numbered_list_is_no_export() {
        for text in [
            "1. One\n\nTwo, p. 3\n",
            "1. A\n\nB, 4 mei 2011, p. 3, w.\n",
            "",
        ] {
            assert!(!is_of(text.as_bytes()), "{text}");
        }
    }
}
