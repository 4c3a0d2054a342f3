//! How many keys and clicks articles cost, by the real keymap and without a window.

mod corpus;
mod ideal_user;
mod sample;
