//! What the program suggests for an article and is not tagged yet. Nothing is stored here: the window
//! shows suggestions and keeps verdicts, `suggest --write` stores them as open ones.

mod coverage;
mod cues;
mod people;
mod records;

use std::collections::BTreeSet;

pub use self::cues::with_cues;

pub(super) use self::records::free_id;

use self::coverage::is_covered;
use self::people::name_people;
use self::records::Records;
use crate::model::{
    Annotation, Change, Confidence, Delta, Document, LabelKind, Link, Person, QuoteForm, Schema,
    Target, Transaction,
};
use crate::suggest::{
    Conventions, Cues, LearnedModel, ParagraphCache, Proposal, ProposalKind, Rule, claims,
    known_person, proposals_with,
};
use crate::text::wording::count;

/// What to suggest.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SuggestionOptions {
    /// Only these kinds; `None`: quotes, and claims where the project has them suggested.
    pub kinds: Option<Vec<ProposalKind>>,
    /// Nothing that is less likely to be right.
    pub threshold: ConfidenceThreshold,
}

/// From which confidence on something is suggested.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum ConfidenceThreshold {
    /// What finds most and is wrong least, by F1: usual for a rule, measured for a learned model.
    #[default]
    BestF1,
    /// What takes a person less work to go through than to tag by hand: reported clauses only where they
    /// are nearly sure, as their edges are often to be corrected.
    LeastWork,
    /// This, from 0 to 1.
    At(f64),
}

impl ConfidenceThreshold {
    /// Whether a proposal is suggested.
    fn admits(self, proposal: &Proposal, confidence: Confidence) -> bool {
        /// On articles that taught nothing, higher ones save no presses (`score --effort`), lower ones
        /// cost some.
        const REPORTED: f64 = 0.8;
        let usual = f64::from(proposal.usual_confidence);
        let least = match (self, proposal.kind) {
            (Self::At(least), _) => least,
            (Self::LeastWork, ProposalKind::Quote(QuoteForm::Mixed | QuoteForm::Indirect)) => {
                usual.max(REPORTED)
            }
            (Self::LeastWork, ProposalKind::Quote(QuoteForm::Direct) | ProposalKind::Claim)
            | (Self::BestF1, _) => usual,
        };
        confidence.get() >= least
    }
}

impl SuggestionOptions {
    /// Whether a project is to get suggestions of a kind.
    #[must_use]
    pub fn wants(&self, kind: ProposalKind, schema: &Schema) -> bool {
        match (&self.kinds, kind) {
            (Some(kinds), _) => kinds.contains(&kind),
            (None, ProposalKind::Quote(_)) => true,
            (None, ProposalKind::Claim) => Conventions::of(schema).claims,
        }
    }
}

/// A quote that is suggested, with its speaker and cue, or a claim with its speaker. The ids are derived from label and words: the
/// same text gives the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The quote or claim: an open suggestion with its confidence, a quote with its form. Its origin says
    /// the rule: `rules/speaker-after`.
    pub tag: Annotation,
    /// Who said it; `None`: nobody is found, or the mention was rejected.
    pub speaker: Option<SuggestedLink>,
    /// The reporting words, where the schema has a label and a role for them.
    pub cue: Option<SuggestedLink>,
    /// What is suggested.
    pub kind: ProposalKind,
    /// What led to it.
    pub rule: Rule,
    /// How likely it is right; how much a claim is worth checking.
    pub confidence: Confidence,
}

/// A link of a suggested quote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuggestedLink {
    /// The link, unconfirmed.
    pub link: Link,
    /// The mention or cue it leads to, an open suggestion; `None` where it is in the document already.
    /// Several suggestions may share one; it is then the same in each.
    pub annotation: Option<Annotation>,
}

impl Suggestion {
    /// The tags that are not in the document yet: the quote or claim, its mention, its cue.
    pub fn annotations(&self) -> impl Iterator<Item = &Annotation> {
        let ends = self.suggested_links();
        std::iter::once(&self.tag).chain(ends.filter_map(|end| end.annotation.as_ref()))
    }

    /// The mention of its speaker, suggested with it or in the document already.
    #[must_use]
    pub fn mention<'a>(&'a self, document: &'a Document) -> Option<&'a Annotation> {
        let speaker = self.speaker.as_ref()?;
        speaker.annotation.as_ref().or(match &speaker.link.to {
            Target::Annotation(id) => document.set().annotation(id),
            Target::Person(_) | Target::NotGiven => None,
        })
    }

    /// Its links: to the speaker and to the cue.
    pub fn links(&self) -> impl Iterator<Item = &Link> {
        self.suggested_links().map(|end| &end.link)
    }

    fn suggested_links(&self) -> impl Iterator<Item = &SuggestedLink> {
        self.speaker.iter().chain(&self.cue)
    }
}

/// What is suggested for an article and is not there yet, in the order of the text and as the project
/// tags it ([`Conventions`]). Nothing is
/// suggested where at least half of the words are in quotes that are tagged, suggested or rejected,
/// and no mention or cue that was rejected. Empty where the schema has no label for quotes.
/// `learned`: what the tags of a project taught, if anything.
#[must_use]
pub fn suggestions(
    document: &Document,
    schema: &Schema,
    options: &SuggestionOptions,
    learned: Option<&LearnedModel>,
) -> Vec<Suggestion> {
    let cache = ParagraphCache::new(document.source());
    suggestions_in(&cache, document, schema, options, learned)
}

/// The same with the people their mentions mean, if that is certain: of the roster, or new. Those are
/// returned, to be added with them ([`add_suggestions_with`]).
#[must_use]
pub fn suggestions_and_people(
    document: &Document,
    schema: &Schema,
    options: &SuggestionOptions,
    learned: Option<&LearnedModel>,
) -> (Vec<Suggestion>, Vec<Person>) {
    let cache = ParagraphCache::new(document.source());
    let mut found = suggestions_in(&cache, document, schema, options, learned);
    let people = name_people(&cache, document, &mut found);
    (found, people)
}

fn suggestions_in(
    cache: &ParagraphCache<'_>,
    document: &Document,
    schema: &Schema,
    options: &SuggestionOptions,
    learned: Option<&LearnedModel>,
) -> Vec<Suggestion> {
    let nothing = options.kinds.as_ref().is_some_and(Vec::is_empty);
    if nothing || quote_label(schema).is_none() {
        return Vec::new();
    }
    let claims = options.wants(ProposalKind::Claim, schema);
    let proposed = propose(cache, &Cues::of(document, schema), learned, claims);
    select_suggestions(document, schema, options, proposed)
}

/// The proposals for a text, by rules and by what was learned, if that is better than the rules alone.
/// `cues` report too; `with_claims`: those of the quotes and of the text, too.
#[must_use]
pub fn propose(
    cache: &ParagraphCache<'_>,
    cues: &Cues,
    learned: Option<&LearnedModel>,
    with_claims: bool,
) -> Vec<Proposal> {
    let mut found = match learned.filter(|model| model.helps()) {
        Some(model) => model.proposals(cache, cues),
        None => proposals_with(cache, cues),
    };
    if with_claims {
        found.extend(claims(cache, cues, &found));
        found.sort_by_key(|proposal| proposal.fragments.first().map(|part| part.start()));
    }
    found
}

/// What [`suggestions`] gives of these proposals, which were made for the text of `document`.
#[must_use]
pub fn select_suggestions(
    document: &Document,
    schema: &Schema,
    options: &SuggestionOptions,
    proposed: Vec<Proposal>,
) -> Vec<Suggestion> {
    let mut found = select_without_people(document, schema, options, proposed);
    let ends = found
        .iter_mut()
        .flat_map(|one| one.speaker.iter_mut().chain(&mut one.cue));
    for tag in ends.filter_map(|end| end.annotation.as_mut()) {
        if schema.mentions(&tag.label) {
            let words = tag.fragments.text(document.source());
            tag.person = known_person(document, &words, tag.fragments.start());
        }
    }
    found
}

/// The same, but mentions name nobody yet.
#[must_use]
pub(super) fn select_without_people(
    document: &Document,
    schema: &Schema,
    options: &SuggestionOptions,
    proposed: Vec<Proposal>,
) -> Vec<Suggestion> {
    let Some(quotes) = quote_label(schema).map(|label| &label.key) else {
        return Vec::new();
    };
    let claims = schema.label(CLAIM).filter(|label| label.speaks);
    let claims = claims.map(|label| Records::new(document, schema, &label.key));
    let proposed = Conventions::of(schema).apply(document.source(), proposed);
    let quotes = Records::new(document, schema, quotes);
    let mut found = Vec::new();
    for proposal in proposed {
        let kind = proposal.kind;
        let records = match kind {
            ProposalKind::Quote(_) => Some(&quotes),
            ProposalKind::Claim => claims.as_ref(),
        };
        let Some((records, confidence)) = records.zip(rounded(proposal.confidence)) else {
            continue;
        };
        if !options.threshold.admits(&proposal, confidence)
            || !options.wants(kind, schema)
            || is_covered(document, &proposal.fragments, |tag| {
                tag.label == *records.label()
            })
        {
            continue;
        }
        found.extend(records.suggestion(&proposal, kind, confidence));
    }
    found
}

/// "12 quotes and 3 claims"
fn counted(suggestions: &[Suggestion]) -> String {
    let is_claim = |one: &&Suggestion| one.kind == ProposalKind::Claim;
    let claims = suggestions.iter().filter(is_claim).count();
    let quotes = count(suggestions.len() - claims, "quote");
    match claims {
        0 => quotes,
        claims => format!("{quotes} and {}", count(claims, "claim")),
    }
}

/// The label of claims.
const CLAIM: &str = "claim";

/// To thousandths, so that files say 0.96 for the nearest number there is.
fn rounded(confidence: f32) -> Option<Confidence> {
    Confidence::new((f64::from(confidence) * 1000.0).round() / 1000.0)
}

/// The label of quotes: `quote`, else the first that has speakers.
pub(super) fn quote_label(schema: &Schema) -> Option<&LabelKind> {
    let labels = || schema.labels().iter().filter(|label| label.speaks);
    labels()
        .find(|label| label.key == "quote")
        .or_else(|| labels().next())
}

/// The step that adds suggestions to the document they were made for, still open.
#[must_use]
pub fn add_suggestions(suggestions: &[Suggestion]) -> Transaction {
    add_suggestions_with(suggestions.to_vec(), Vec::new())
}

/// The same with new people that their mentions name ([`suggestions_and_people`]).
#[must_use]
pub fn add_suggestions_with(suggestions: Vec<Suggestion>, people: Vec<Person>) -> Transaction {
    let label = format!("suggested {}", counted(&suggestions));
    let mut changes = Vec::with_capacity(people.len() + 5 * suggestions.len());
    let people = people.into_iter();
    changes.extend(people.map(|one| Change::Person(Delta::insert(one))));
    let mut known = BTreeSet::new();
    let mut links = Vec::with_capacity(2 * suggestions.len());
    for suggestion in suggestions {
        let mut annotations = vec![suggestion.tag];
        for end in suggestion.speaker.into_iter().chain(suggestion.cue) {
            annotations.extend(end.annotation);
            links.push(Change::Link(Delta::insert(end.link)));
        }
        for annotation in annotations {
            if known.insert(annotation.id.clone()) {
                changes.push(Change::Annotation(Delta::insert(annotation)));
            }
        }
    }
    changes.append(&mut links);
    Transaction {
        label,
        changes,
        selection_after: None,
    }
}

#[cfg(test)]
mod tests;
