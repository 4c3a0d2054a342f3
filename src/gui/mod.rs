//! Rank 5: the window.
