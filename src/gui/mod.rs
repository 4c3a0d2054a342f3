//! Rank 5: the window.
//!
//! [`app::App`] draws from an [`OpenDocument`](crate::ops::OpenDocument) and changes nothing while
//! drawing: keys ([`key_events`]), buttons and the article view put commands into a queue that is
//! handled in order before and after drawing. What takes time happens in [`worker`].

mod active_time;
mod allocator;
pub mod app;
mod app_command;
mod article_list;
mod article_summary;
mod clash_words;
mod colleague_style;
mod dialog;
mod event_order;
pub mod file_dialogs;
mod find;
mod folder_search;
mod follow_place;
pub mod fonts;
mod frame_log;
mod journals;
pub mod key_events;
mod page;
mod panel;
mod person_draft;
mod platform_dialogs;
mod regions;
mod rule_words;
mod said_of_tag;
mod saving;
pub mod services;
mod short_name;
mod short_path;
mod signals;
mod tag_description;
mod task_result;
pub mod text_view;
pub mod theme;
mod typed_notes;
mod ui_context;
mod widgets;
mod window;
mod window_notes;
pub mod worker;
mod workspace;

pub use window::{WindowError, run};
