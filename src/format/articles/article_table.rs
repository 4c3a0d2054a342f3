//! Tables with an article in each row: CSV, or with tabs or semicolons.

use super::article_format::{ArticleFormat, info};
use super::found::FoundInFile;
use super::plain_text::{beginning_of_text, decoded};
use super::record::{are_of_articles, article};
use crate::format::{Input, Options};

pub(in crate::format) static ARTICLE_TABLE: ArticleFormat = ArticleFormat {
    info: &info(
        "article-table",
        "Table with an article in each row (CSV, TSV)",
        &["csv", "tsv", "tab"],
    ),
    is_of: |beginning| layout(&beginning_of_text(beginning)).is_some(),
    find,
};

/// What is between the cells, and the names of the columns.
fn layout(text: &str) -> Option<(u8, csv::StringRecord)> {
    [b',', b'\t', b';'].into_iter().find_map(|delimiter| {
        let mut rows = reader(text, delimiter).into_records();
        let heads = rows.next()?.ok()?;
        are_of_articles(heads.iter()).then_some((delimiter, heads))
    })
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes())
}

fn find(input: &Input<'_>, _: &Options) -> Result<FoundInFile, String> {
    let (text, doubt) = decoded(input.bytes);
    let (delimiter, heads) = layout(&text).ok_or(
        "it has no column `text` beside columns such as `headline`, `date` or `url`; a table of tags is \
         imported as `csv`",
    )?;
    let mut found = FoundInFile::default();
    found.doubts.extend(doubt);
    for row in reader(&text, delimiter).into_records().skip(1) {
        let row = row.map_err(|error| format!("this is not a table: {error}"))?;
        let line = row.position().map_or(1, |place| place.line());
        let line = usize::try_from(line).unwrap_or(usize::MAX);
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let mut article = article(line, heads.iter().zip(&row));
        let more = row
            .iter()
            .skip(heads.len())
            .filter(|cell| !cell.trim().is_empty());
        let told = more.map(|cell| format!("cell without a column: {cell}"));
        article.left_out.extend(told);
        found.articles.push(article);
    }
    Ok(found)
}
