//! Pullquote marks up *who said what* in articles: a person tags ranges of a text as quotes,
//! speakers or claims, links each quote and claim to its speaker, and the work is saved to a RON
//! file beside the article.
//!
//! # The map
//!
//! One crate in ranks. An import may only point to a lower rank; siblings in a row never see each
//! other. A test holds the source to it.
//!
//! ```text
//! rank 6                       main.rs
//!                           ┌─────┴──────┐
//! rank 5                  cli          gui         print, exit codes │ egui, eframe, rfd, pixels
//!                           └─────┬──────┘
//!           requests, Commands ↓  │  ↑ reports, Outcomes, Refusals
//! rank 4                         ops               OpenDocument, use cases over files
//!                      ┌──────────┴──────────┐
//! rank 3              edit                 store   transactions, history, actions │ the only std::fs
//!                      ├──────────┬──────────┤
//! rank 2            compare    suggest     format  gold and predicted │ proposals │ one file a format
//!                      └──────────┼──────────┘
//! rank 1                        model              Annotation, Link, Person, Schema, Document
//! rank 0                         text              SourceText, offsets, lines, boundaries
//! ```
//!
//! # Where to begin reading
//!
//! - What a tag is: [`model::Annotation`]; its ranges: [`model::Fragments`].
//! - What a person can do: [`ops::Command`], which is an [`ops::Move`] that never changes the document,
//!   an [`ops::Edit`] that is one transaction, or an [`ops::Gesture`] made of both. What happens then:
//!   [`ops::OpenDocument::run`].
//! - One edit, whole: a file in [`edit::action`], a variant of [`ops::Edit`] and its line in the table in
//!   `ops/open_document/resolve.rs`.
//! - What the window offers: [`ops::ui_command::TABLE`], a row for each command with its words and what it
//!   means; which key gives it: [`ops::keymap`].
//! - What is in the files beside the article: [`format::sidecar`], [`format::article_facts`].
//! - How the article is drawn: `gui::text_view`.
//!
//! # A key press, from the keyboard to the screen
//!
//! `gui::key_events` names the key → [`ops::keymap`] finds the command → the row of
//! [`ops::ui_command`] says what it means → [`ops::OpenDocument::run`] → an action looks at the
//! document and returns a [`model::Transaction`] or an [`edit::Refusal`] → [`edit::apply`] changes the
//! document, all or nothing → [`edit::History`] keeps the transaction for undo → `gui::text_view` asks
//! [`model::AnnotationSet::overlapping`] for what is in view and paints it.
//!
//! # From a step to the disk, and back
//!
//! Every applied transaction goes to the [`store::Journal`] on a thread of its own; a moment later
//! [`ops::save_announced`] records in the journal what the sidecar is about to become and replaces
//! it, completely or not at all ([`store::atomic_write`]). If someone else has written it in the
//! meantime, [`ops::merge_from_disk`] merges both ([`format::sidecar::merge`]). At the next start
//! [`ops::recover`] finds steps that are in a journal and not in the sidecar. Where the article has
//! changed, [`ops::open`] reads the sidecar about the text it was written about
//! ([`store::find_snapshot`]) and [`text::reanchor`] finds each tag's words in the new one. The
//! files of an import appear together ([`store::FileBatch`]), and so do those of a step over several
//! articles, which is taken back whole, also after a restart ([`ops::bulk_step`]). Every call that
//! changes the disk is in one file of [`store`], where tests let each of them fail.
//!
//! # What always holds
//!
//! 1. The article is edited by [`ops::Edit::EditText`] only, when a person says so, and its file
//!    is written with the next save. Offsets are UTF-8 **bytes** inside, Unicode **code points** in
//!    files, end-exclusive everywhere; what a person selects ends on grapheme boundaries.
//! 2. A [`model::Document`] changes only by applying a [`model::Transaction`], which carries every
//!    record before and after: undo is a swap. One edit, one transaction; a gesture makes one
//!    at most, but a step through the candidates takes the one before it back first.
//!    What is suggested is laid over the document ([`ops::OpenDocument::shown`]); a verdict stores it.
//! 3. Actions are pure. Below [`ops`] there is no clock, no randomness, no file (but in [`store`]).
//! 4. Model types are not `Serialize`; wire types live in the format that owns them.
//! 5. What a file holds and this version does not understand is carried along and written back.
//! 6. The same document gives the same bytes.
//! 7. A frame costs what is in view, a key press O(log n): nothing walks the document.
//! 8. The window and the shell fill the same requests; there is no second implementation.
//!
//! # From text to labelled data
//!
//! ```
//! use pullquote::model::{CountedIds, Document};
//! use pullquote::ops::{Edit, Gesture, OpenDocument};
//! use pullquote::text::SourceText;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let article = SourceText::new("“We do not,” Tillerson said.", "UTF-8")?;
//! let schema = pullquote::format::schema_file::default_schema()?;
//! let mut open = OpenDocument::new(Document::new(article), schema);
//! let mut ids = CountedIds::new("a");
//!
//! // The caret stands in the quotation: Q tags it, with its speaker pre-filled; Enter says yes.
//! open.run(Edit::Tag("quote".into()), &mut ids)?;
//! open.run(Gesture::Confirm, &mut ids)?;
//! assert_eq!(open.tally().without_speaker, 0);
//!
//! let sidecar = pullquote::format::sidecar::write(open.document(), "article.txt");
//! assert!(sidecar.contains("“We do not,”"));
//! # Ok(())
//! # }
//! ```

pub mod cli;
pub mod compare;
pub mod docs;
pub mod edit;
pub mod format;
#[cfg(feature = "gui")]
pub mod gui;
pub mod model;
pub mod ops;
pub mod store;
pub mod suggest;
pub mod text;
