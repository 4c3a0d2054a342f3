//! Articles as they come: web pages, documents and what press databases export. Such a file holds
//! articles and what is known about them, and no tags. Each format finds [`FoundArticle`]s in a file;
//! [`ArticleFormat`] makes documents of them.

mod article_format;
mod date_tokens;
mod every;
mod file_name;
mod found;
mod html_tree;
mod language_name;
mod month_names;
mod page_source;
mod paragraph_text;
mod printed_date;
mod webpage;

pub(in crate::format) use article_format::ArticleFormat;
pub(in crate::format) use every::{EVERY, of_content};
pub(in crate::format) use webpage::WEBPAGE;
