//! What looks like a table is told; columns of text are not.

use super::*;

/// An article of pages with these lines of 9 points below a headline.
fn article(pages: &[Vec<(f32, f32, String)>]) -> FoundArticle {
    let pages = pages.iter().map(|lines| {
        let mut all = vec![set(50.0, 780.0, 20.0, "Ferry to sail again in May")];
        all.extend(lines.iter().map(|(x, y, words)| set(*x, *y, 9.0, words)));
        page(&all)
    });
    found(&pdf(&pages.collect::<Vec<_>>()))
}

/// The doubts about tables in it.
fn told(article: FoundArticle) -> Vec<String> {
    let doubts = article.doubts.into_iter();
    doubts.filter(|doubt| doubt.contains("table")).collect()
}

/// A table of four columns, whose cells begin below each other or are centred.
fn table(is_centred: bool) -> Vec<(f32, f32, String)> {
    let rows = [
        "1|2021|20220|20230000",
        "204000|7|880000|1",
        "3|97000000|2|450000",
        "12345678|12|6400000|18",
    ];
    let mut y = 700.0;
    let mut cells = Vec::new();
    for row in rows {
        let mut x = 90.0;
        for cell in row.split('|') {
            // How wide figures are in this font.
            let width = 0.556 * 9.0 * f32::from(u8::try_from(cell.len()).unwrap());
            let left = if is_centred { x - width / 2.0 } else { x };
            cells.push((left, y, cell.to_owned()));
            x += 90.0;
        }
        y -= 14.0;
    }
    cells
}

/// Lines of prose in a column, of different lengths.
fn prose(x: f32, lines: usize, width: usize) -> Vec<(f32, f32, String)> {
    let words = "the harbour office said on Wednesday that a ferry will sail again in May if the company pays for what \
                 is to be repaired at its old pier, which it has not done for eleven years";
    let mut words = words.split(' ').cycle();
    let mut y = 740.0;
    let mut column = Vec::new();
    for n in 0..lines {
        let mut line = String::new();
        // Each sixth line is the last of a paragraph.
        let width = if n % 6 == 5 { width / 3 } else { width };
        while let Some(word) = words.next().filter(|_| line.len() < width) {
            line += &format!("{}{word}", if line.is_empty() { "" } else { " " });
        }
        column.push((x, y, line));
        y -= 11.0;
    }
    column
}

#[test]
fn a_table_is_told_with_its_page_and_how_it_is_read() {
    let centred = article(&[table(true)]);
    let text = centred.paragraphs.join(" ");
    assert!(text.contains("204000 7 880000 1"), "{text}");
    let words = ["what looks like a table on page 1 is read row by row; check it"];
    assert_eq!(told(centred), words);
    let level = article(&[table(false)]);
    let text = level.paragraphs.join(" ");
    assert!(text.contains("20230000 1 450000 18"), "{text}");
    let words = ["what looks like a table on page 1 is not read row by row; check it"];
    assert_eq!(told(level), words);
}

#[test]
fn tables_of_several_pages_are_told_together() {
    let prose = prose(50.0, 20, 80);
    let words = ["what looks like a table on pages 1, 3 is read row by row; check it"];
    assert_eq!(told(article(&[table(true), prose, table(true)])), words);
}

#[test]
fn columns_of_text_are_no_table() {
    for (places, width) in [
        (vec![50.0], 90),
        (vec![50.0, 310.0], 48),
        (vec![40.0, 215.0, 390.0], 30),
        (vec![40.0, 170.0, 300.0, 430.0], 20),
    ] {
        let columns = places.iter().flat_map(|x| prose(*x, 40, width));
        let columns: Vec<_> = columns.collect();
        assert_eq!(
            told(article(&[columns])),
            Vec::<String>::new(),
            "{places:?}"
        );
    }
}
