//! Articles as they come: web pages, documents and what press databases export. Such a file holds
//! articles and what is known about them, and no tags. Each format finds [`FoundArticle`]s in a file;
//! [`ArticleFormat`] makes documents of them.

mod article_format;
mod database_page;
mod date_tokens;
mod europresse;
mod every;
mod factiva;
mod file_name;
mod found;
mod html_tree;
mod language_name;
mod month_names;
mod page_source;
mod paragraph_text;
mod printed_date;
mod proquest_mail;
mod webpage;

pub(in crate::format) use article_format::ArticleFormat;
pub(in crate::format) use europresse::EUROPRESSE;
pub(in crate::format) use every::{EVERY, of_content};
pub(in crate::format) use factiva::FACTIVA;
pub(in crate::format) use proquest_mail::PROQUEST_MAIL;
pub(in crate::format) use webpage::WEBPAGE;
