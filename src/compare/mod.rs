//! Rank 2: tags of a text beside other tags of the same text. Pure functions; nothing is read or
//! changed here. How far several people agree: [`agreement`].
//!
//! # Precision, recall and F1
//!
//! [`score_tags`] compares predicted tags with gold ones, label by label. Precision is the share of the
//! predicted tags that are right, recall the share of the gold tags that were found, F1 their harmonic
//! mean; a share of nothing is 0. What counts as right:
//!
//! - **exact**: the same fragments, blanks at their edges aside. Blanks are space, tab, line ends and
//!   U+00A0.
//! - **edge**: the same, also without quotation marks, punctuation and brackets at the edges
//!   ([`LabelScore::edge`]).
//! - **fragment**: as *edge*, but every fragment of a split tag counts by itself.
//! - **overlap**: one to one, the best first, where at least half of the words that either covers are
//!   covered by both (intersection over union). A tag covers every word it touches, even in part; one
//!   that touches no word covers its punctuation.
//! - **token**: the words covered by tags of the label.
//!
//! A word is a run of letters, digits and underscores, as `\w+` is in Python. Speakers and cues with
//! the same fragments count once, however many quotes link to them.
//!
//! For quotes, also:
//!
//! - **speakers**: of the predicted quotes that match a gold quote with a speaker, how many link to
//!   words of one of its speakers.
//! - **quote + speaker**: the quote matches by *overlap*, and its speaker is right, too.
//! - **segments**: which passages between double quotation marks are at least half covered by quotes,
//!   whatever the edges of these are; and for how many the speaker is right.
//!
//! With a [`QuoteForm`](crate::model::QuoteForm) only gold quotes of that form count. Of the
//! predicted quotes those count that cover a word of one of these, or that have that form and cover
//! no word of the other gold quotes.

pub mod agreement;
mod all_decided;
mod comparison;
mod counts;
mod matching;
mod quote_form;
mod quoted_regions;
mod score;
mod scored_tag;
mod shared_labels;
mod speaker_of;
mod trim;
mod word_tokens;

pub use all_decided::all_decided;
pub use comparison::{Comparison, DifferenceKind, GivenValues, GroupMember, RecordHash, TagGroup};
pub use counts::{Counts, Share};
pub use score::{LabelScore, Score, SpeakerScore, score_tags};
pub use scored_tag::{ScoredTag, Side, scored_tags};
pub use trim::words_without_marks;
