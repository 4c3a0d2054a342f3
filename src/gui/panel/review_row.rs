//! A row of the review tab: a tag, and what is said about it.

use egui::{Id, Ui};

use crate::gui::ui_context::UiContext;
use crate::gui::widgets::{LabelStyle, Row, TALL_ROW};
use crate::model::{Annotation, Document, PeerReview, Review};
use crate::ops::{OpenDocument, proposal_words, proposed_tag_words, said_word, verdict_words};
use crate::text::wording::one_line;

/// As many characters of a tag are shown in a row.
const EXCERPT: usize = 80;

/// A tag in a list, with what is said about it.
pub(super) struct TagRow<'a> {
    pub(super) id: Id,
    pub(super) tag: &'a Annotation,
    pub(super) document: &'a Document,
    pub(super) second: &'a str,
    pub(super) verdict: Review,
    pub(super) chosen: bool,
}

impl TagRow<'_> {
    pub(super) fn row_ui(
        &self,
        ui: &mut Ui,
        cx: UiContext<'_>,
        open: &OpenDocument,
    ) -> egui::Response {
        let style = LabelStyle::of(open.schema(), &self.tag.label);
        let (words, more) = self.tag.fragments.excerpt(self.document.source(), EXCERPT);
        let more = if more { "…" } else { "" };
        let first = format!("{}{more}", one_line(&words));
        Row {
            id: self.id,
            name: format!("{}: {first}, {}", style.name, self.second),
            style: Some(&style),
            first: &first,
            second: self.second,
            aside: "",
            aside_color: cx.theme.muted,
            chosen: self.chosen,
            dimmed: self.verdict == Review::Accepted,
        }
        .row_ui(ui, cx.theme, TALL_ROW)
    }
}

/// What a review is about that is about no tag of the annotator.
pub(super) fn subject(open: &OpenDocument, review: &PeerReview) -> String {
    let proposed = proposed_tag_words(open.schema(), review);
    proposed.unwrap_or_else(|| "About all your tags".to_owned())
}

/// "wrong: label: Claim, “no marks”".
pub(super) fn said_about(
    open: &OpenDocument,
    verdict: Review,
    review: Option<&PeerReview>,
) -> String {
    let Some(review) = review else {
        return verdict_words(verdict).to_owned();
    };
    let mut words = said_word(review).to_owned();
    let change = proposal_words(open.schema(), review);
    if review.key.is_whole() {
        words.clear();
    }
    let mut all = change;
    if !review.reason.is_empty() {
        all.push(one_line(&review.reason));
    } else if let Some(reply) = review.replies.last() {
        all.push(one_line(&reply.text));
    }
    if !words.is_empty() && !all.is_empty() {
        words.push_str(": ");
    }
    words + &all.join(", ")
}
