//! What the HTML exports of press databases have in common.

use super::found::FoundInFile;
use super::html_tree::HtmlTree;
use super::page_source::PageSource;
use crate::format::Input;

/// Articles of one file. Databases export some hundred at once.
const MAX_ARTICLES: usize = 20_000;

/// Reads the articles of an export with `read`, which may end at [`enough`]. `database` is its name.
///
/// # Errors
/// What is wrong with the file and what to do.
pub(super) fn articles_of(
    input: &Input<'_>,
    database: &str,
    read: impl FnOnce(&HtmlTree) -> FoundInFile,
) -> Result<FoundInFile, String> {
    let source = PageSource::read(input.bytes).map_err(|error| error.to_string())?;
    let tree = HtmlTree::parse(&source.html).map_err(|error| error.to_string())?;
    let mut found = read(&tree);
    if found.articles.is_empty() && found.doubts.is_empty() {
        return Err(format!(
            "no article of {database} is in this file; import it with --from webpage"
        ));
    }
    if enough(found.articles.len()) {
        return Err(format!(
            "it has more than {MAX_ARTICLES} articles; split it and import the parts"
        ));
    }
    found.doubts.extend(source.doubts);
    Ok(found)
}

/// Whether there are more articles than are read.
pub(super) fn enough(articles: usize) -> bool {
    articles > MAX_ARTICLES
}
