//! How many keys and clicks articles cost, by the real keymap and without a window.

mod ideal_user;
mod sample;
