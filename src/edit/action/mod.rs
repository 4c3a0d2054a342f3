//! What can be done to a document, a file each. Pure: an action looks and returns a transaction.

mod accept_rest;
mod accept_suggestions;
mod add_fragment;
mod assign_person;
mod change_speaker;
mod choose_candidate;
mod confirm_link;
mod decide;
mod delete;
mod delete_person;
mod edit_person;
mod edit_text;
mod forget_lost;
mod ignore_finding;
mod keep_ours;
mod leave_undecided;
mod link;
mod link_to_mention;
mod merge_people;
mod narrow_claim;
mod not_given;
mod nudge;
mod place_lost;
mod prefill;
mod relabel;
mod remove_fragment;
mod rename_labels;
mod review;
mod review_of_others;
mod set_attribute;
mod set_edge;
mod set_note;
mod set_state;
mod settle_review;
mod speaker_candidates;
mod tag;
mod tag_occurrences;
mod take_other;
mod unlink;

pub use accept_rest::accept_rest;
pub use accept_suggestions::accept_suggestions;
pub use add_fragment::{add_fragment, add_fragment_or_next_paragraph};
pub use assign_person::PersonChoice;
pub use assign_person::assign_person;
pub use choose_candidate::choose_candidate;
pub use confirm_link::confirm_link;
pub use decide::{Chosen, Dispute, GroupDecision, decide, reason_for_decision, take_agreed};
pub use delete::delete;
pub use delete_person::delete_person;
pub use edit_person::edit_person;
pub use edit_text::{edit_text, why_not_editable};
pub use forget_lost::forget_lost;
pub use ignore_finding::{ignore_finding, stop_ignoring};
pub use keep_ours::keep_ours;
pub use leave_undecided::leave_undecided;
pub use link::link;
pub use link_to_mention::{link_to_mention, mention_to_link};
pub use merge_people::merge_people;
pub use not_given::not_given;
pub use nudge::nudge;
pub use place_lost::place_lost;
pub use relabel::relabel;
pub use remove_fragment::{remove_fragment, remove_part};
pub use rename_labels::rename_labels;
pub use review::review;
pub use review_of_others::{Statement, review_of_others, withdraw_review};
pub use set_attribute::set_attribute;
pub use set_edge::set_edge;
pub use set_note::set_note;
pub use set_state::set_state;
pub use settle_review::{Reviewed, settle_review, take_change};
pub use speaker_candidates::{goes_with_link, speaker_candidates};
pub use tag::{tag, tag_speaker};
pub use tag_occurrences::tag_occurrences;
pub use take_other::take_other;
pub use unlink::unlink;

use super::Context;
use crate::model::{AnnotationId, Selection};

/// Where the person is, with this tag as the current one.
fn with_tag(ctx: &Context<'_>, tag: &AnnotationId) -> Selection {
    Selection {
        tag: Some(tag.clone()),
        ..ctx.selection.clone()
    }
}
