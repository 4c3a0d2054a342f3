//! The window, driven by keys and clicks and read by names, on real files.

mod changed_elsewhere;
mod dialogs;
mod disk;
mod export_import;
mod files;
mod focus;
mod inspector;
mod key_budget;
mod keys;
mod mistakes;
mod walkthrough;
mod window;
