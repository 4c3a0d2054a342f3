//! What a person does to an open document, command by command.

mod adjudicating;
mod all_decided;
mod any_sequence;
mod any_size;
mod any_text;
mod claims;
mod decision_reasons;
mod journal;
mod keystrokes;
mod likely_speakers;
mod lint;
mod reanchoring;
mod reporting_words;
mod sample_article;
mod speakers;
mod suggested;
