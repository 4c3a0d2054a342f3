//! What the tests stand on.

mod desk;

pub(crate) use desk::Desk;
