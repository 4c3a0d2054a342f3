//! Reviewing the tags of somebody else: verdicts, reasons and proposals go to one's own document.

use smol_str::SmolStr;

use super::OpenDocument;
use super::peer_work::{PeerPlace, PeerWork};
use crate::edit::action::{self, Statement};
use crate::edit::{Context, Edge, Refusal};
use crate::format::sidecar::record_hash;
use crate::model::{
    Annotation, AnnotationId, Attribute, Change, Document, Fragments, IdSource, ProposedChange,
    ProposedRange, ProposedSpeaker, Review, ReviewKey, Selection, Transaction,
};
use crate::ops::{ColleagueWork, Outcome, ReviewStep, verdict_words};
use crate::text::wording::count;
use crate::text::{SourceText, TextRange, snap_to_graphemes, trim};

/// A tag of somebody else that a reviewer is at.
#[derive(Debug, Clone, Copy)]
pub struct ReviewedTag<'a> {
    /// Whose it is.
    pub work: &'a ColleagueWork,
    /// The tag.
    pub tag: &'a Annotation,
}

impl OpenDocument {
    /// Takes in what others have tagged in the article, and said about one's own tags.
    pub fn set_colleagues(&mut self, work: Vec<ColleagueWork>) {
        let own = self.annotator.clone().unwrap_or_default();
        let former = self.schema.former_labels();
        let before = self.peer_work.take();
        let new = PeerWork::new(work, &self.document, own, former, before.as_deref());
        self.peer_work = Some(Box::new(new));
    }

    /// The work of others; `None`: not known yet.
    #[must_use]
    pub fn peer_work(&self) -> Option<&PeerWork> {
        self.peer_work.as_deref()
    }

    /// The tag of somebody else that is being reviewed.
    #[must_use]
    pub fn reviewed_tag(&self) -> Option<ReviewedTag<'_>> {
        let peer_work = self.peer_work.as_deref()?;
        match peer_work.here(&self.selection)? {
            PeerPlace::Tag(rank) => {
                let work = peer_work.reviewed_work()?;
                let tag = work
                    .document
                    .set()
                    .annotation(peer_work.tags().get(rank)?)?;
                Some(ReviewedTag { work, tag })
            }
            PeerPlace::Correction(_) => None,
        }
    }

    pub(super) fn follow_reviews(&mut self, transaction: &crate::model::Transaction) {
        if let Some(peer_work) = &mut self.peer_work {
            peer_work.follow(transaction, self.document.set());
        }
    }

    /// Begins to review the tags of a colleague, by their place, at the first without a verdict.
    pub(super) fn review_work_of(&mut self, of: usize) -> Result<Outcome, Refusal> {
        let set = self.document.set();
        let peer_work = self.peer_work.as_deref_mut().ok_or_else(nobody_else)?;
        peer_work.review(of, set);
        let Some(work) = peer_work.reviewed_work() else {
            return Err(nobody_else());
        };
        let name = work.name().to_owned();
        let message = match (peer_work.tags().len(), peer_work.unreviewed_count()) {
            (0, _) => return Err(Refusal::new(format!("{name} has no tags here"))),
            (_, 0) => format!("reviewing {name}: all tags are reviewed"),
            (all, left) => format!("reviewing {name}: {left} of {} left", count(all, "tag")),
        };
        let first = peer_work.unreviewed_beside(0, true).unwrap_or_default();
        let moved = self.go_to_peer_tag(first)?;
        Ok(Outcome { message, ..moved })
    }

    pub(super) fn go_to_peer_tag_beside(&mut self, forward: bool) -> Result<Outcome, Refusal> {
        let peer_work = self.reviewing()?;
        let left = peer_work.unreviewed_count();
        let all = peer_work.tags().len();
        let next = match peer_work.here(&self.selection) {
            // From tag to tag, judged or not: one looks back at what one has judged.
            Some(PeerPlace::Tag(here)) if forward => here + 1,
            Some(PeerPlace::Tag(here)) => here.checked_sub(1).unwrap_or(all),
            Some(PeerPlace::Correction(_)) | None => {
                let from = self.rank_of_caret(peer_work);
                let open = peer_work.unreviewed_beside(from, forward);
                open.unwrap_or(from.min(all.saturating_sub(1)))
            }
        };
        if next >= all {
            return Err(Refusal::new(match left {
                0 => "no more tags; all are reviewed".to_owned(),
                left => format!("no more tags this way; {left} not reviewed"),
            }));
        }
        self.go_to_peer_tag(next)
    }

    /// How many of the reviewed tags begin before the caret.
    fn rank_of_caret(&self, peer_work: &PeerWork) -> usize {
        let at = self.selection.head;
        let set = peer_work.reviewed_work().map(|work| work.document.set());
        peer_work.tags().partition_point(|id| {
            let tag = set.and_then(|set| set.annotation(id));
            tag.is_some_and(|tag| tag.fragments.start() < at)
        })
    }

    pub(super) fn go_to_peer_tag(&mut self, rank: usize) -> Result<Outcome, Refusal> {
        let (range, message) = {
            let peer_work = self.reviewing()?;
            let work = peer_work.reviewed_work().ok_or_else(not_reviewing)?;
            let id = peer_work.tags().get(rank);
            let tag = id.and_then(|id| work.document.set().annotation(id));
            let tag = tag.ok_or_else(|| Refusal::new("this tag is gone; choose another"))?;
            let label = self.schema.label(&tag.label);
            let label = label.map_or(tag.label.as_str(), |label| label.name.as_str());
            let words = match peer_work.verdict(tag, self.document.set()) {
                Review::Unreviewed => "not reviewed",
                verdict => verdict_words(verdict),
            };
            let label = label.to_lowercase();
            let message = match peer_work.proposes(&tag.id) {
                true => format!("your proposal to {}: a missing {label}", work.name()),
                false => format!("{label} of {}: {words}", work.name()),
            };
            (self.proposed_fragments(peer_work, tag).hull(), message)
        };
        self.stand_at_peer_tag(rank, range);
        Ok(Outcome {
            message,
            reveal: Some(range),
            ..Outcome::default()
        })
    }

    pub(super) fn stand_at_peer_tag(&mut self, rank: usize, range: TextRange) {
        self.chips = None;
        self.selection = Selection {
            anchor: range.start(),
            head: range.end(),
            tag: None,
        };
        let here = (PeerPlace::Tag(rank), self.selection.clone());
        if let Some(peer_work) = &mut self.peer_work {
            peer_work.stand_at(Some(here));
            peer_work.set_proposing(true);
        }
    }

    /// Where a tag is, with the edges that one proposes.
    fn proposed_fragments(&self, peer_work: &PeerWork, tag: &Annotation) -> Fragments {
        let review = peer_work.review_of(tag, self.document.set());
        let source = self.document.source();
        let ranges = review.map(|review| review.change.at.iter());
        let ranges = ranges.into_iter().flatten();
        let ranges = ranges.map(|range| range.place(source));
        let ranges: Option<Vec<TextRange>> = ranges.collect();
        let proposed = ranges.and_then(|ranges| Fragments::new(ranges).ok());
        proposed.unwrap_or_else(|| tag.fragments.clone())
    }

    /// Says something about the tag that is reviewed. A verdict goes on to the next tag without one.
    pub(super) fn review_step(
        &mut self,
        step: &ReviewStep,
        ids: &mut dyn IdSource,
    ) -> Result<Outcome, Refusal> {
        self.writable()?;
        match step {
            ReviewStep::Remark { of, text } => return self.remark(of, text),
            ReviewStep::Missing(label) => return self.propose_tag(label, ids),
            ReviewStep::SpeakerHere => {
                if let Some(label) = self.missing_mention() {
                    return self.propose_tag(&label, ids);
                }
            }
            ReviewStep::Verdict(_)
            | ReviewStep::Words(_)
            | ReviewStep::Label(_)
            | ReviewStep::Nudge { .. }
            | ReviewStep::AddPart
            | ReviewStep::RemovePart
            | ReviewStep::Speaker(_)
            | ReviewStep::Attribute(_)
            | ReviewStep::Remove => {}
        }
        let peer_work = self.reviewing()?;
        let Some(PeerPlace::Tag(rank)) = peer_work.here(&self.selection) else {
            return Err(not_at_tag());
        };
        let ReviewedTag { work, tag } = self.reviewed_tag().ok_or_else(not_at_tag)?;
        let is_proposed = peer_work.proposes(&tag.id);
        let key = ReviewKey {
            of: work.annotator.clone().unwrap_or_default(),
            tag: tag.id.clone(),
        };
        let known = peer_work.review_of(tag, self.document.set());
        let mut change = known.map_or_else(ProposedChange::default, |known| known.change.clone());
        let record = match known {
            Some(known) => known.record.clone(),
            None => record_hash(&work.document, tag),
        };
        let statement = match step {
            ReviewStep::Verdict(Review::Rejected) if is_proposed => {
                return Err(Refusal::new(
                    "this is your own proposal; Delete takes it back",
                ));
            }
            // There is no verdict on what is not there.
            ReviewStep::Verdict(Review::Accepted) if is_proposed => {
                return self.go_on_reviewing(rank, Outcome::default());
            }
            ReviewStep::Verdict(verdict) => Statement::Verdict(*verdict),
            ReviewStep::Words(text) => Statement::Words {
                text: text.clone(),
                answered: peer_work.is_answered(&key),
            },
            ReviewStep::Remark { .. } | ReviewStep::Missing(_) => return Err(not_at_tag()),
            ReviewStep::Label(label) => {
                change.remove = false;
                change.label = (is_proposed || tag.label != *label).then(|| label.clone());
                Statement::Change(change)
            }
            ReviewStep::Attribute(Attribute { name, value }) => {
                let now = tag.attribute(name).cloned().unwrap_or_default();
                let differs = is_proposed && !value.is_empty() || now != *value;
                change.remove = false;
                change.set_attribute(name, differs.then(|| value.clone()));
                Statement::Change(change)
            }
            ReviewStep::Speaker(speaker) => {
                change.remove = false;
                change.speaker = Some(self.checked_speaker(tag, speaker)?);
                Statement::Change(change)
            }
            ReviewStep::Remove if is_proposed => return self.withdraw(&key),
            ReviewStep::Remove => {
                // Nothing else is to change about a tag that goes.
                Statement::Change(ProposedChange {
                    remove: !change.remove,
                    ..ProposedChange::default()
                })
            }
            ReviewStep::Nudge {
                edge,
                forward,
                step,
            } => {
                let from = self.proposed_fragments(peer_work, tag);
                let caret = match edge {
                    Edge::Start => from.start(),
                    Edge::End => from.end(),
                };
                let at = Selection::caret(caret);
                let to = self.moved(work, tag, from, at, |ctx| {
                    action::nudge(ctx, &tag.id, *edge, *forward, *step)
                })?;
                change.remove = false;
                change.at = self.proposed_ranges(peer_work, tag, &to);
                Statement::Change(change)
            }
            ReviewStep::AddPart => self.parts(peer_work, work, tag, change, |ctx| {
                action::add_fragment_or_next_paragraph(ctx, &tag.id)
            })?,
            ReviewStep::RemovePart => self.parts(peer_work, work, tag, change, |ctx| {
                action::remove_part(ctx, &tag.id)
            })?,
            ReviewStep::SpeakerHere => {
                let words = peer_work.selected(&self.selection).ok_or_else(|| {
                    Refusal::new("select the words in the article that say who it is")
                })?;
                let words = snap_to_graphemes(self.document.source(), words);
                let words = trim(self.document.source(), words);
                let range = proposed_range(self.document.source(), words);
                let speaker = ProposedSpeaker::Words(range.ok_or_else(not_at_tag)?);
                change.remove = false;
                change.speaker = Some(self.checked_speaker(tag, &speaker)?);
                Statement::Change(change)
            }
        };
        let said = known.map(|known| known.verdict);
        if let ReviewStep::Verdict(verdict) = step
            && said == Some(*verdict)
        {
            let message = verdict_words(*verdict).to_owned();
            let outcome = Outcome {
                message,
                ..Outcome::default()
            };
            return self.go_on_reviewing(rank, outcome);
        }
        let tag = tag.id.clone();
        let context = self.stored_context();
        let transaction = action::review_of_others(&context, &key, &record, &statement)?;
        let outcome = self.commit(transaction, None)?;
        match statement {
            Statement::Verdict(_) => self.go_on_reviewing(rank, outcome),
            Statement::Words { .. } | Statement::Change(_) => Ok(self.stay_at(&tag, outcome)),
        }
    }

    pub(super) fn go_on_reviewing(
        &mut self,
        rank: usize,
        outcome: Outcome,
    ) -> Result<Outcome, Refusal> {
        let peer_work = self.reviewing()?;
        let left = peer_work.unreviewed_count();
        let Some(next) = peer_work.unreviewed_beside(rank + 1, true) else {
            let range = self.selection.range();
            self.stand_at_peer_tag(rank, range);
            let message = format!("{}; no tags left to review", outcome.message);
            return Ok(Outcome { message, ..outcome });
        };
        let moved = self.go_to_peer_tag(next)?;
        Ok(Outcome {
            message: format!("{}; {} left", outcome.message, count(left, "tag")),
            reveal: moved.reveal,
            ..outcome
        })
    }

    /// The edges may have moved.
    pub(super) fn stay_at(&mut self, tag: &AnnotationId, outcome: Outcome) -> Outcome {
        let peer_work = self.peer_work.as_deref();
        let found = peer_work.and_then(|peer_work| {
            let work = peer_work.reviewed_work()?;
            let rank = peer_work.rank_of(tag)?;
            let tag = work.document.set().annotation(tag)?;
            let range = self.proposed_fragments(peer_work, tag).hull();
            Some((work.name(), rank, range))
        });
        let Some((name, rank, range)) = found else {
            return outcome;
        };
        let message = format!("{}; {name} sees it", outcome.message);
        self.stand_at_peer_tag(rank, range);
        Outcome {
            message,
            reveal: Some(range),
            ..outcome
        }
    }

    fn remark(&mut self, of: &SmolStr, text: &str) -> Result<Outcome, Refusal> {
        let key = ReviewKey::whole(of);
        let statement = Statement::Words {
            text: text.to_owned(),
            answered: true,
        };
        let context = self.stored_context();
        let record = SmolStr::default();
        let transaction = action::review_of_others(&context, &key, &record, &statement)?;
        self.commit(transaction, None)
    }

    fn checked_speaker(
        &self,
        tag: &Annotation,
        speaker: &ProposedSpeaker,
    ) -> Result<ProposedSpeaker, Refusal> {
        let speaks = self.schema.speaker_role(&tag.label).is_some();
        match speaker {
            ProposedSpeaker::NotGiven if !speaks => {
                Err(Refusal::new("this tag has no speaker to take away"))
            }
            ProposedSpeaker::NotGiven => Ok(ProposedSpeaker::NotGiven),
            ProposedSpeaker::Words(_) if !speaks => Err(Refusal::new(
                "this tag has no speaker; for a mention propose a name",
            )),
            ProposedSpeaker::Words(range) => Ok(ProposedSpeaker::Words(range.clone())),
            ProposedSpeaker::Named(_) if !speaks && !self.schema.mentions(&tag.label) => {
                Err(Refusal::new("this tag has no speaker and names nobody"))
            }
            ProposedSpeaker::Named(name) => match name.trim() {
                "" => Err(Refusal::new("write the name of the speaker")),
                name => Ok(ProposedSpeaker::Named(name.to_owned())),
            },
        }
    }

    /// Proposes the parts a tag would have after a step with what is selected, else at its end.
    fn parts(
        &self,
        peer_work: &PeerWork,
        work: &ColleagueWork,
        tag: &Annotation,
        mut change: ProposedChange,
        step: impl FnOnce(&Context<'_>) -> Result<Transaction, Refusal>,
    ) -> Result<Statement, Refusal> {
        let from = self.proposed_fragments(peer_work, tag);
        let at = match peer_work.selected(&self.selection) {
            Some(_) => self.selection.clone(),
            None => Selection::caret(from.end()),
        };
        let to = self.moved(work, tag, from, at, step)?;
        change.remove = false;
        change.at = self.proposed_ranges(peer_work, tag, &to);
        Ok(Statement::Change(change))
    }

    /// Where a tag would be after a step with this selection.
    fn moved(
        &self,
        work: &ColleagueWork,
        tag: &Annotation,
        from: Fragments,
        at: Selection,
        step: impl FnOnce(&Context<'_>) -> Result<Transaction, Refusal>,
    ) -> Result<Fragments, Refusal> {
        let mut parts = work.document.clone().into_parts();
        parts.set.insert_annotation(Annotation {
            fragments: from,
            ..tag.clone()
        });
        let document = Document::from(parts);
        let selection = Selection {
            tag: Some(tag.id.clone()),
            ..at
        };
        let context = Context {
            document: &document,
            selection: &selection,
            ..self.context()
        };
        let moved = step(&context)?;
        let after = moved.changes.iter().filter_map(Change::annotation);
        let mut after = after.filter_map(|delta| delta.after.as_ref());
        let moved = after.find(|after| after.id == tag.id);
        Ok(moved.map_or_else(|| tag.fragments.clone(), |moved| moved.fragments.clone()))
    }

    /// The ranges that are proposed for a tag; none where they are those of the annotator.
    fn proposed_ranges(
        &self,
        peer_work: &PeerWork,
        tag: &Annotation,
        to: &Fragments,
    ) -> Vec<ProposedRange> {
        if *to == tag.fragments && !peer_work.proposes(&tag.id) {
            return Vec::new();
        }
        let source = self.document.source();
        let ranges = to.iter();
        ranges
            .filter_map(|range| proposed_range(source, range))
            .collect()
    }

    pub(super) fn reviewing(&self) -> Result<&PeerWork, Refusal> {
        let peer_work = self.peer_work.as_deref();
        let reviewing = peer_work.filter(|work| work.reviewed_work().is_some());
        reviewing.ok_or_else(not_reviewing)
    }
}

/// A range of the article as a proposal keeps it.
pub(super) fn proposed_range(source: &SourceText, range: TextRange) -> Option<ProposedRange> {
    Some(ProposedRange {
        start: source.char_of_byte(range.start())?,
        end: source.char_of_byte(range.end())?,
        words: source.slice(range).to_owned(),
    })
}

fn nobody_else() -> Refusal {
    Refusal::new("nobody else has tagged this article")
}

fn not_reviewing() -> Refusal {
    Refusal::new("no tag to review here; choose Review › Review a colleague’s tags")
}

fn not_at_tag() -> Refusal {
    Refusal::new("no tag to review here; N goes to the next one")
}
