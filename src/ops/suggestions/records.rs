//! Proposals as tags and links that may be stored as they are.

use std::fmt::Write as _;

use smol_str::{SmolStr, format_smolstr};

use super::coverage::is_covered;
use super::{SuggestedLink, Suggestion};
use crate::edit::fill_attributes;
use crate::format::derived_id;
use crate::model::{
    Annotation, AnnotationId, Confidence, Document, Fragments, Link, LinkId, Origin, RoleKind,
    Schema, Target, Verdict,
};
use crate::suggest::{CheckReason, Experience, Proposal, ProposalKind, Rule};
use crate::text::TextRange;

/// The program that suggests: the origin of mentions, cues and links; that of quotes has the rule too.
const SUGGESTER: &str = "rules";
/// What was learned from the tags of a project suggests quotes, too.
const LEARNED: &str = "learned";
/// The attribute of a quote that says how its words are given.
const FORM: &str = "form";

/// What suggests a quote: `rules/speaker-after`, or `learned/14/15/vowed to` where 14 of 15 times a quote
/// was tagged there.
fn origin(proposal: &Proposal) -> SmolStr {
    match proposal.learned_from.as_deref() {
        Some((cue, Experience { tagged, seen })) => {
            format_smolstr!("{LEARNED}/{tagged}/{seen}/{cue}")
        }
        None => match proposal.rule {
            Rule::Learned => LEARNED.into(),
            Rule::Claim(reasons) => {
                let reasons: Vec<&str> = reasons.iter().map(CheckReason::word).collect();
                format_smolstr!("{SUGGESTER}/{}/{}", proposal.rule.name(), reasons.join("+"))
            }
            rule => format_smolstr!("{SUGGESTER}/{}", rule.name()),
        },
    }
}

/// Makes the records of one document.
pub(super) struct Records<'a> {
    document: &'a Document,
    schema: &'a Schema,
    /// The label of quotes, or of claims.
    label: &'a SmolStr,
    /// The role that leads to the speaker, and the label of mentions.
    speaker: Option<(&'a RoleKind, &'a SmolStr)>,
    /// The role that leads to the cue, and the label of cues.
    cue: Option<(&'a RoleKind, &'a SmolStr)>,
}

impl<'a> Records<'a> {
    pub(super) fn new(document: &'a Document, schema: &'a Schema, label: &'a SmolStr) -> Self {
        let role = |role: Option<&'a RoleKind>, is_end: &dyn Fn(&str) -> bool| {
            let role = role?;
            Some((role, role.to.iter().find(|label| is_end(label))?))
        };
        let reports = |label: &str| schema.label(label).is_some_and(|label| label.reports);
        let cue = schema
            .roles()
            .iter()
            .find(|role| role.from.contains(label) && role.to.iter().any(|label| reports(label)));
        Self {
            document,
            schema,
            label,
            speaker: role(schema.speaker_role(label), &|label| schema.mentions(label)),
            cue: role(cue, &reports),
        }
    }

    /// Their label.
    pub(super) fn label(&self) -> &'a SmolStr {
        self.label
    }

    /// The records of a proposal; `None` where its places are none.
    pub(super) fn suggestion(
        &self,
        proposal: &Proposal,
        kind: ProposalKind,
        confidence: Confidence,
    ) -> Option<Suggestion> {
        let fragments = Fragments::normalized(proposal.fragments.to_vec()).ok()?;
        let origin = origin(proposal);
        let mut tag = self.tag(self.label, fragments, origin);
        tag.confidence = Some(confidence);
        if let Some(form) = kind.form() {
            let known = |values: &[SmolStr]| values.iter().any(|value| value == form.word());
            let mut attributes = self.schema.attributes_of(self.label);
            if attributes.any(|kind| kind.name == FORM && known(&kind.values)) {
                tag.set_attribute(FORM, Some(form.word().into()));
            }
        }
        fill_attributes(self.document.source(), self.schema, &mut tag);
        let of_quote = match kind {
            ProposalKind::Claim => self.speaker_of_quote(&tag),
            ProposalKind::Quote(_) => None,
        };
        let speaker = of_quote.or_else(|| self.end(&tag, self.speaker, proposal.speaker));
        let cue = self.end(&tag, self.cue, proposal.cue);
        Some(Suggestion {
            speaker,
            cue,
            kind,
            rule: proposal.rule,
            confidence,
            tag,
        })
    }

    /// The link of a claim to the speaker of the quote that it is tagged in.
    fn speaker_of_quote(&self, claim: &Annotation) -> Option<SuggestedLink> {
        let (role, _) = self.speaker?;
        let set = self.document.set();
        let range = claim.fragments.hull();
        let stands = |tag: &Annotation| !tag.is_rejected() && !tag.is_open_suggestion();
        let quotes = set.overlapping(range).filter(|(span, tag)| {
            tag.label != *self.label && stands(tag) && span.contains_range(range)
        });
        let mut links = quotes.flat_map(|(_, quote)| {
            let role = self.schema.speaker_role(&quote.label).map(|role| &role.key);
            let links = set.links_from(&quote.id);
            links.filter(move |link| Some(&link.role) == role)
        });
        let to = links.next()?.to.clone();
        let link = self.link(claim, role, to);
        Some(SuggestedLink {
            link,
            annotation: None,
        })
    }

    /// The link of a quote to its mention or cue at `range`; `None` where that was rejected.
    fn end(
        &self,
        quote: &Annotation,
        role: Option<(&RoleKind, &'a SmolStr)>,
        range: Option<TextRange>,
    ) -> Option<SuggestedLink> {
        let ((role, label), range) = role.zip(range)?;
        let (to, annotation) = match self.tagged(label, range) {
            Tagged::Already(id) => (id, None),
            Tagged::Rejected => return None,
            Tagged::No => {
                let mention = self.mention(label, Fragments::try_from(range).ok()?);
                (mention.id.clone(), Some(mention))
            }
        };
        let link = self.link(quote, role, Target::Annotation(to));
        Some(SuggestedLink { link, annotation })
    }

    fn link(&self, from: &Annotation, role: &RoleKind, to: Target) -> Link {
        let end = match &to {
            Target::Annotation(id) => id.as_str(),
            Target::Person(id) => id.as_str(),
            Target::NotGiven => "",
        };
        let parts = [role.key.as_str(), from.id.as_str(), end];
        let set = self.document.set();
        let id = free_id("link", &parts, |id| set.link(&LinkId::new(id)).is_some());
        Link {
            confirmed: false,
            confidence: from.confidence,
            ..Link::new(
                LinkId::new(id),
                role.key.clone(),
                from.id.clone(),
                to,
                Origin::Suggester(SUGGESTER.into()),
            )
        }
    }

    fn mention(&self, label: &SmolStr, fragments: Fragments) -> Annotation {
        let mut mention = self.tag(label, fragments, SUGGESTER.into());
        fill_attributes(self.document.source(), self.schema, &mut mention);
        mention
    }

    fn tag(&self, label: &SmolStr, fragments: Fragments, origin: SmolStr) -> Annotation {
        let words = fragments.text(self.document.source());
        let mut places = String::new();
        for range in fragments.iter() {
            let comma = if places.is_empty() { "" } else { "," };
            let (start, end) = (u32::from(range.start()), u32::from(range.end()));
            // A string takes all that is written.
            let _ = write!(places, "{comma}{start}-{end}");
        }
        let set = self.document.set();
        let parts = [label.as_str(), &words, &places];
        let id = free_id("tag", &parts, |id| {
            set.annotation(&AnnotationId::new(id)).is_some()
        });
        Annotation {
            verdict: Verdict::Open,
            ..Annotation::new(
                AnnotationId::new(id),
                label.clone(),
                fragments,
                Origin::Suggester(origin),
            )
        }
    }

    /// The tag that is there for a mention or cue: the one at exactly these words, else the first that
    /// has at least half of them.
    fn tagged(&self, label: &str, range: TextRange) -> Tagged {
        let mut rejected = false;
        let mut like_it = None;
        for (span, tag) in self.document.set().overlapping(range) {
            if tag.label != label {
                continue;
            }
            match (tag.is_rejected(), span == range && tag.fragments.len() == 1) {
                (true, same) => rejected |= same,
                (false, true) => return Tagged::Already(tag.id.clone()),
                (false, false) if like_it.is_none() => {
                    let shares = is_covered(self.document, &[range], |other| other.id == tag.id);
                    like_it = shares.then(|| tag.id.clone());
                }
                (false, false) => {}
            }
        }
        match like_it {
            Some(id) => Tagged::Already(id),
            None if rejected => Tagged::Rejected,
            None => Tagged::No,
        }
    }
}

/// Whether a mention or cue is tagged.
enum Tagged {
    /// Under this id.
    Already(AnnotationId),
    /// It was, and was rejected.
    Rejected,
    No,
}

/// An id derived from what a record says, and where that is taken, by an accepted suggestion that was
/// moved since, from a number too.
pub(in crate::ops) fn free_id(
    kind: &str,
    parts: &[&str],
    is_taken: impl Fn(SmolStr) -> bool,
) -> SmolStr {
    let mut all = vec!["suggestion", kind];
    all.extend(parts);
    let mut id = derived_id(&all);
    let mut number = 2_u32;
    while is_taken(id.clone()) {
        let numbered = number.to_string();
        let mut all = all.clone();
        all.push(&numbered);
        id = derived_id(&all);
        number += 1;
    }
    id
}
