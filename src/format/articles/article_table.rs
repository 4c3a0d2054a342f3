//! Tables with an article in each row: CSV, or with tabs or semicolons.

use super::article_format::{ArticleFormat, RecordFormat, all_records, info};
use super::found::{FoundArticle, FoundInFile};
use super::plain_text::{beginning_of_text, decoded};
use super::record::{MOST_FIELDS, are_of_articles, article, some_of};
use crate::format::Input;

pub(in crate::format) static ARTICLE_TABLE: RecordFormat = RecordFormat {
    format: &FORMAT,
    each,
};

pub(super) static FORMAT: ArticleFormat = ArticleFormat {
    info: &info(
        "article-table",
        "Table with an article in each row (CSV, TSV)",
        &["csv", "tsv", "tab"],
    ),
    is_of: |beginning| layout(&beginning_of_text(beginning)).is_some(),
    find: |input, _| all_records(each, input),
};

/// What is between the cells, and the names of the columns.
fn layout(text: &str) -> Option<(u8, csv::StringRecord)> {
    [b',', b'\t', b';'].into_iter().find_map(|delimiter| {
        let mut heads = csv::StringRecord::new();
        let read = reader(text, delimiter).read_record(&mut heads);
        let some = heads.iter().take(MOST_FIELDS);
        (read.ok()? && are_of_articles(some)).then_some((delimiter, heads))
    })
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes())
}

fn each(input: &Input<'_>, each: &mut dyn FnMut(FoundArticle)) -> Result<FoundInFile, String> {
    let (text, doubt) = decoded(input.bytes);
    let (delimiter, heads) = layout(&text).ok_or(
        "it has no column `text` beside columns such as `headline`, `date` or `url`; a table of tags is \
         imported as `csv`",
    )?;
    if heads.len() > MOST_FIELDS {
        return Err(format!(
            "it has {} columns, and at most {MOST_FIELDS} can be read; check what is between its cells, or \
             divide it",
            heads.len()
        ));
    }
    let mut rows = reader(&text, delimiter);
    let mut row = csv::StringRecord::new();
    let mut is_first = true;
    loop {
        let read = rows.read_record(&mut row);
        if !read.map_err(|error| format!("this is not a table: {error}"))? {
            break;
        }
        if std::mem::take(&mut is_first) || row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let line = row.position().map_or(1, |place| place.line());
        let line = usize::try_from(line).unwrap_or(usize::MAX);
        let mut article = article(line, heads.iter().zip(&row));
        let more = row
            .iter()
            .skip(heads.len())
            .filter(|cell| !cell.trim().is_empty());
        let told = some_of("cells without a column", more, |cell| {
            format!("cell without a column: {cell}")
        });
        article.left_out.extend(told);
        each(article);
    }
    let mut found = FoundInFile::default();
    found.doubts.extend(doubt);
    Ok(found)
}
