//! Articles as they come: web pages, documents and what press databases export. Such a file holds
//! articles and what is known about them, and no tags.

mod date_tokens;
#[cfg_attr(not(test), expect(dead_code))]
mod dates;
mod found;
#[cfg_attr(not(test), expect(dead_code))]
mod language_names;
mod month_names;
