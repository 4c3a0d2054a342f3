//! The window, driven by keys and clicks and read by names, on real files.

mod disk;
mod elsewhere;
mod files;
mod hands;
mod key_budget;
mod keys;
mod moving;
mod story;
mod window;
