//! How far several people agree who annotated the same texts.
//!
//! # What is compared
//!
//! Of each text, all tags of everybody who annotated it; somebody without tags says that there is nothing.
//! Labels are compared one by one, and all together. Places are tokens: words and marks, where a script is
//! written without blanks, its letters. Not characters: long words would weigh more. A tag covers every
//! token its fragments touch, even in part, and not the gaps of a split tag. Tags within tags and doubled
//! ones of one label cover a token once.
//!
//! # Found, boundary, attributes, speaker
//!
//! Each of two people is taken for gold once, the other one compared with it; counts are summed over pairs
//! and texts. F1 is 2 · matched / (predicted + gold). Speakers and cues with the same fragments count once a
//! person.
//!
//! - **exact**: the same fragments, blanks at their edges aside (space, tab, line ends, U+00A0).
//! - **edge**: the same, also without quotation marks, punctuation and brackets at the edges; what would
//!   vanish keeps them.
//! - **overlap**: one to one, those first that share most, where at least half of the words either covers
//!   are covered by both. Of a tag without words the marks count.
//! - **token**: the words that tags of the label cover.
//! - **boundary**: of the matches by overlap, how many have the same fragments, start together, end
//!   together.
//! - **attributes**: of the matches by overlap where either has a value, how many have the same; and α for
//!   nominal data, each match a unit of two values. Unset is a value of its own.
//! - **speaker**: of the matches by overlap whose gold tag links to the words of a speaker, how many link to
//!   words that meet these. **tag + speaker**: F1 of those among all tags with a speaker.
//! - **by value**: the tags with a value of an attribute, such as `form` *direct*: of gold those that have
//!   it, of the others those that share words with one of these, or have it and share words with none of the
//!   other gold ones.
//!
//! # Corrected for chance
//!
//! - **κ**: of each pair, one table over all tokens of the texts both annotated; of several the mean. Cohen
//!   1960; Light, *Measures of response agreement for qualitative data*, 1971.
//! - **α**: for nominal data, on tokens. Krippendorff, *Content Analysis*, 2004.
//! - **uα**: units in place of tokens, as if all texts were one. Units of a label are runs of tokens; runs
//!   of different tags that share a token are one. With all labels together a unit ends at every edge of any
//!   tag, and its value is the set of labels there. **|uα**: whether there is a unit, whatever its value.
//!   Krippendorff, Mathet, Bouvry and Widlöcher 2016.
//! - **γ**: the best alignment of the units of a pair, beside that of units at random places. A split tag is
//!   one unit from its first to its last token; equal ones count once. Positions and labels weigh the same.
//!   Random continua turn the units of a person around the text; 30 are drawn, for a single text as many as
//!   make the figure exact to ± .02. Of several texts and pairs: one minus the sum of the disorders by the
//!   sum of the expected ones. Mathet, Widlöcher and Métivier 2015.
//!
//! With all labels together, what a token is, is the set of its labels; sets that are not equal differ
//! wholly.
//!
//! # Intervals
//!
//! The percentile bootstrap of Efron and Tibshirani over texts: 1,000 samples, 95 of 100 figures lie within.
//! Below five texts there is none. The same texts always give the same interval.
//!
//! What is not defined is no number: an [`Undefined`] says why.

mod alignment;
mod alpha;
mod coefficients;
mod continuum;
mod figure;
mod found;
mod found_figures;
mod gamma;
mod kappa;
mod overlap_matches;
mod placed_tag;
mod pooled;
mod resampling;
mod runs;
mod split_mix;
mod tag_groups;
mod text_counts;
mod tokens;

pub use coefficients::{Coefficients, Gamma};
pub use figure::{Basis, Figure, Interval, NoInterval, Undefined};
pub use found_figures::{AttributeAgreement, Found, PairFound};
pub use pooled::{Agreement, LabelAgreement, PairAgreement, PairCoefficients, PairOfPeople};
pub use tag_groups::{OwnedTag, tag_groups};
pub use text_counts::{AgreementOptions, AnnotatedText, TextCounts};

#[cfg(test)]
mod tests;
