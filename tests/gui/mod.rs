//! The window, driven by keys and clicks and read by names, on real files.

mod article_facts;
mod changed_elsewhere;
mod colleagues;
mod dialogs;
mod disk;
mod disk_gone;
mod event_order;
mod export_import;
mod files;
mod find_bar;
mod focus;
mod folder;
mod import_articles;
mod in_view;
mod inspector;
mod key_budget;
mod keys;
mod mistakes;
mod panels;
mod person_picker;
mod quick_keys;
mod remembered;
mod session_end;
mod suggestions;
mod walkthrough;
mod window;
