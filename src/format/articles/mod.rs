//! Articles as they come: web pages, documents and what press databases export. Such a file holds
//! articles and what is known about them, and no tags. Each format finds [`FoundArticle`]s in a file;
//! [`ArticleFormat`] makes documents of them.

mod article_format;
mod document_article;
mod docx;
mod every;
mod file_name;
mod found;
mod labels;
mod language_name;
mod lexisnexis;
mod nexis;
mod paragraph;
mod paragraph_text;
mod plain_text;
mod printed_date;
mod proquest;
mod xml_walk;

pub(in crate::format) use docx::DOCX;
pub(in crate::format) use every::{EVERY, of_content};
pub(in crate::format) use lexisnexis::LEXISNEXIS;
pub(in crate::format) use proquest::PROQUEST;
