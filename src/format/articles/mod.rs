//! Articles as they come: web pages, documents and what press databases export. Such a file holds
//! articles and what is known about them, and no tags. Each format finds [`FoundArticle`]s in a file;
//! [`article_format::ArticleFormat`] makes documents of them.

mod apa;
mod article_format;
mod article_lines;
mod article_table;
mod database_document;
mod database_page;
#[cfg(test)]
mod database_tests;
mod document_article;
mod docx;
mod epub;
mod europresse;
mod every;
mod factiva;
mod factiva_document;
mod file_name;
mod found;
mod genios;
mod html_tree;
mod labels;
mod language_name;
mod lexisnexis;
mod mediargus;
mod nexis;
mod nexis_html;
mod odt;
mod page_source;
mod paragraph;
mod paragraph_text;
mod pdf;
mod plain_text;
mod printed_date;
mod proquest;
mod proquest_mail;
mod record;
mod rtf;
mod table_rows;
mod text_limit;
mod unread_lines;
mod unseen_export;
mod webpage;
mod xml_walk;
mod zip_parts;

pub(in crate::format) use article_lines::ARTICLE_LINES;
pub(in crate::format) use article_table::ARTICLE_TABLE;
pub(in crate::format) use docx::DOCX;
pub(in crate::format) use epub::EPUB;
pub(in crate::format) use europresse::EUROPRESSE;
pub use every::export_in_text;
pub(in crate::format) use every::{EVERY, is_by_content, of_content};
pub(in crate::format) use factiva::FACTIVA;
pub(in crate::format) use genios::GENIOS;
pub(in crate::format) use lexisnexis::LEXISNEXIS;
pub(in crate::format) use mediargus::MEDIARGUS;
pub(in crate::format) use nexis_html::NEXIS_HTML;
pub(in crate::format) use odt::ODT;
pub(in crate::format) use pdf::PDF;
pub(in crate::format) use proquest::PROQUEST;
pub(in crate::format) use proquest_mail::PROQUEST_MAIL;
pub(in crate::format) use rtf::RTF;
pub(in crate::format) use webpage::WEBPAGE;

#[cfg(test)]
mod tests;
