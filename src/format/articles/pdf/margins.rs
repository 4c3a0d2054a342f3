//! What is printed above and below the text of each page: running headers, footers, numbers of pages.

use std::collections::{BTreeMap, BTreeSet};

use super::words::Word;

/// So much of a page is looked at above and below, in parts of its height.
const MARGIN: f32 = 0.16;
/// What repeats is as near as this to where it was, in points.
const NEAR: f32 = 12.0;
/// So many rows above and below.
const MOST_ROWS: usize = 3;

/// A page with its words.
pub(super) struct Sheet {
    pub(super) words: Vec<Word>,
    /// In points.
    pub(super) height: f32,
}

/// What was taken out of the pages.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Margins {
    /// Each kind of line once, with its first text, and the others that differ from it in their figures.
    pub(super) lines: Vec<MarginLine>,
    /// How many numbers of pages.
    pub(super) numbers: usize,
    /// The address a browser prints below a page.
    pub(super) address: Option<String>,
}

/// What repeats in the margins.
#[derive(Debug, PartialEq)]
pub(super) struct MarginLine {
    pub(super) first: String,
    pub(super) others: BTreeSet<String>,
}

/// A row in the margin of a page.
struct Row {
    /// Where it is, from above.
    top: f32,
    bottom: f32,
    text: String,
}

/// Takes what repeats in the margins out of the pages.
pub(super) fn take_margins(pages: &mut [Sheet]) -> Margins {
    let rows: Vec<Vec<Row>> = pages.iter().map(rows_in_margins).collect();
    // On how many pages, and where on the first.
    let mut often: BTreeMap<String, (usize, f32)> = BTreeMap::new();
    for page in &rows {
        let mut shapes = BTreeSet::new();
        for row in page.iter().filter(|row| shapes.insert(shape(&row.text))) {
            let (count, top) = often.entry(shape(&row.text)).or_insert((0, row.top));
            *count += usize::from((row.top - *top).abs() < NEAR);
        }
    }
    let with_text = pages.iter().filter(|page| !page.words.is_empty()).count();
    let least = (with_text / 4).max(2);
    let mut found = Margins::default();
    for (page, rows) in pages.iter_mut().zip(&rows) {
        let is_printed_by_browser = rows.iter().find_map(|row| browser_footer(&row.text));
        if let Some(address) = &is_printed_by_browser {
            found.address.get_or_insert_with(|| address.clone());
        }
        for (n, row) in rows.iter().enumerate() {
            let is_number = is_page_number(&row.text);
            let repeats = often
                .get(&shape(&row.text))
                .is_some_and(|(count, _)| *count >= least);
            let is_of_browser = is_printed_by_browser.is_some()
                && (browser_footer(&row.text).is_some() || n == 0 && begins_with_date(&row.text));
            if !(is_number || repeats || is_of_browser) {
                continue;
            }
            page.words
                .retain(|word| !(row.top..=row.bottom).contains(&word.baseline));
            if is_number {
                found.numbers += 1;
                continue;
            }
            let mut known = found.lines.iter_mut();
            let known = known.find(|line| shape(&line.first) == shape(&row.text));
            match known {
                Some(line) if line.first == row.text => {}
                Some(line) => drop(line.others.insert(row.text.clone())),
                None => found.lines.push(MarginLine {
                    first: row.text.clone(),
                    others: BTreeSet::new(),
                }),
            }
        }
    }
    found
}

/// The outermost rows of a page, those above first.
fn rows_in_margins(page: &Sheet) -> Vec<Row> {
    let mut words: Vec<&Word> = page.words.iter().collect();
    words.sort_by(|a, b| a.top().total_cmp(&b.top()));
    let mut rows: Vec<(f32, f32, Vec<&Word>)> = Vec::new();
    for word in words {
        match rows.last_mut() {
            Some((_, bottom, row)) if word.top() < *bottom => {
                *bottom = bottom.max(word.bottom());
                row.push(word);
            }
            Some(_) | None => rows.push((word.top(), word.bottom(), vec![word])),
        }
    }
    let above = page.height * MARGIN;
    let below = page.height * (1.0 - MARGIN);
    let first = rows
        .iter()
        .take(MOST_ROWS)
        .filter(|(_, bottom, _)| *bottom < above);
    let last = rows.iter().skip(rows.len().saturating_sub(MOST_ROWS));
    let last = last.filter(|(top, _, _)| *top > below);
    let rows = first.chain(last).map(|(top, bottom, words)| {
        let mut words = words.clone();
        words.sort_by(|a, b| a.left.total_cmp(&b.left));
        let words: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        Row {
            top: *top,
            bottom: *bottom,
            text: words.join(" "),
        }
    });
    rows.collect()
}

/// A text without its figures, which differ from page to page.
fn shape(text: &str) -> String {
    let mut shape = String::new();
    for c in text.chars() {
        match c.is_ascii_digit() {
            true if shape.ends_with('#') => {}
            true => shape.push('#'),
            false => shape.extend(c.to_lowercase()),
        }
    }
    shape
}

/// Whether a row is the number of a page: `3`, `– 3 –`, `Page 3 of 5`, `3/5`.
fn is_page_number(row: &str) -> bool {
    let words = [
        "page", "seite", "pagina", "página", "p", "s", "of", "von", "de", "van", "sur", "di",
    ];
    let mut numbers = 0;
    let parts = row
        .split(|c: char| c.is_whitespace() || matches!(c, '/' | '-' | '–' | '—' | '|' | '.' | '·'));
    let mut parts = parts.filter(|part| !part.is_empty());
    let is_of_it = |part: &str| {
        let is_number = part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
        numbers += usize::from(is_number);
        is_number || words.contains(&&*part.to_lowercase())
    };
    parts.all(is_of_it) && (1..=2).contains(&numbers)
}

/// The address in what a browser prints below a page: it, and the number of the page.
fn browser_footer(row: &str) -> Option<String> {
    let (address, number) = row.rsplit_once(' ')?;
    let (page, pages) = number.split_once('/')?;
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_address = address.starts_with("https://") || address.starts_with("http://");
    (is_address && !address.contains(' ') && is_number(page) && is_number(pages))
        .then(|| address.to_owned())
}

fn begins_with_date(row: &str) -> bool {
    let first = row.split([' ', ',']).next().unwrap_or_default();
    let parts = first
        .split(['/', '.', '-'])
        .filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()) && !part.is_empty());
    parts.count() == 3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(text: &str, baseline: f32) -> Vec<Word> {
        let words = text.split(' ').enumerate();
        let word = |(n, text): (usize, &str)| Word {
            text: text.into(),
            left: f32::from(u8::try_from(n).unwrap()) * 50.0,
            right: f32::from(u8::try_from(n).unwrap()) * 50.0 + 40.0,
            baseline,
            size: 10.0,
            font: 0,
        };
        words.map(word).collect()
    }

    fn sheet(rows: &[(&str, f32)]) -> Sheet {
        Sheet {
            words: rows
                .iter()
                .flat_map(|(text, baseline)| row(text, *baseline))
                .collect(),
            height: 800.0,
        }
    }

    #[test]
    fn what_repeats_and_numbers_of_pages_are_taken_out() {
        let page = |n: &str, words: &str| {
            sheet(&[(&format!("The Post {n}"), 40.0), (words, 400.0), (n, 770.0)])
        };
        let mut pages = [page("1", "one"), page("2", "two")];
        let margins = take_margins(&mut pages);
        let line = MarginLine {
            first: "The Post 1".to_owned(),
            others: BTreeSet::from(["The Post 2".to_owned()]),
        };
        assert_eq!(margins.lines, [line]);
        assert_eq!(margins.numbers, 2);
        let left: Vec<&str> = pages
            .iter()
            .flat_map(|page| &page.words)
            .map(|word| word.text.as_str())
            .collect();
        assert_eq!(left, ["one", "two"]);
    }

    #[test]
    fn what_a_browser_prints_is_known_on_one_page() {
        let rows = [
            ("5/4/20, 10:30 Ferry", 20.0),
            ("Ferry", 60.0),
            ("https://post.example/ferry 1/1", 785.0),
        ];
        let mut pages = [sheet(&rows)];
        let margins = take_margins(&mut pages);
        assert_eq!(
            margins.address.as_deref(),
            Some("https://post.example/ferry")
        );
        assert_eq!(pages[0].words.len(), 1);
    }

    #[test]
    fn numbers_of_pages_are_known() {
        for row in ["3", "– 3 –", "Page 3 of 12", "Seite 3", "3/12"] {
            assert!(is_page_number(row), "{row}");
        }
        for row in ["In 1999", "12345", "3 4 5", "Page"] {
            assert!(!is_page_number(row), "{row}");
        }
    }
}
