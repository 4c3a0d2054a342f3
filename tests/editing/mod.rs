//! What a person does to an open document, command by command.

mod sample_article;
mod speakers;
