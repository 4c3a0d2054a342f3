use std::collections::{BTreeMap, BTreeSet};
use std::ops::AddAssign;

use smol_str::SmolStr;

use super::matching::{Match, TokenIndex, match_equal, match_overlap};
use super::quote_form::form_of;
use super::quoted_regions::quoted_regions;
use super::shared_labels::SHARED_LABELS;
use super::trim::{is_blank, is_edge, trimmed};
use super::word_tokens::{Token, WordTokens};
use super::{Counts, ScoredTag, Share};
use crate::model::QuoteForm;
use crate::text::{SourceText, TextRange, overlap};

/// The label of quotes.
const QUOTE: &str = "quote";
/// How predicted tags compare with gold ones; the module says what is counted. Sums over documents are
/// micro averages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Score {
    /// By label.
    pub labels: BTreeMap<SmolStr, LabelScore>,
    /// Passages between quotation marks that are quotes.
    pub segments: Counts,
    /// Such passages whose speaker is right; predicted and gold are those with a speaker.
    pub segments_with_speaker: Counts,
    /// Quotes that match by overlap and whose speaker is right; predicted and gold are those with a
    /// speaker.
    pub quotes_with_speaker: Counts,
    /// How many speakers are right where the quote is.
    pub speakers: SpeakerScore,
    /// Of the quotes that match a gold quote without a speaker by overlap, those without one.
    pub left_without_speaker: Share,
}

/// How the tags of one label compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LabelScore {
    /// The same fragments, blanks at their edges aside.
    pub exact: Counts,
    /// The same fragments without blanks and `“«„”»"‘’'` backtick `,.;:!?-–—()[]…` at their edges.
    pub edge: Counts,
    /// As `edge`, every fragment of a split tag by itself.
    pub fragment: Counts,
    /// At least half of the words are shared, one to one.
    pub overlap: Counts,
    /// Words covered by tags of the label.
    pub token: Counts,
}

/// How many speakers are right, of the quotes that match a gold quote with a speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SpeakerScore {
    /// Quotes that match by `edge`.
    pub edge: Share,
    /// Quotes that match by `overlap`.
    pub overlap: Share,
    /// Passages between quotation marks that are gold and predicted quotes.
    pub segment: Share,
}

impl AddAssign<&Self> for Score {
    fn add_assign(&mut self, more: &Self) {
        for (label, counts) in &more.labels {
            *self.labels.entry(label.clone()).or_default() += *counts;
        }
        self.segments += more.segments;
        self.segments_with_speaker += more.segments_with_speaker;
        self.quotes_with_speaker += more.quotes_with_speaker;
        self.speakers.edge += more.speakers.edge;
        self.speakers.overlap += more.speakers.overlap;
        self.speakers.segment += more.speakers.segment;
        self.left_without_speaker += more.left_without_speaker;
    }
}

impl AddAssign for LabelScore {
    fn add_assign(&mut self, more: Self) {
        self.exact += more.exact;
        self.edge += more.edge;
        self.fragment += more.fragment;
        self.overlap += more.overlap;
        self.token += more.token;
    }
}

/// Compares predicted tags of a text with the gold ones. With a `form`, only quotes of that form.
#[must_use]
pub fn score_tags(
    source: &SourceText,
    gold: &[ScoredTag],
    predicted: &[ScoredTag],
    form: Option<QuoteForm>,
) -> Score {
    let text = ScoredText {
        source,
        tokens: WordTokens::new(source),
        regions: quoted_regions(source),
    };
    let mut score = Score::default();
    let labels: BTreeSet<&SmolStr> = gold.iter().chain(predicted).map(|tag| &tag.label).collect();
    for label in labels {
        let of_label = |tags| text.covered(tags, label);
        let (mut gold, mut predicted) = (of_label(gold), of_label(predicted));
        match form {
            Some(form) if label == QUOTE => {
                (gold, predicted) = text.of_form(form, gold, predicted);
            }
            _ => {}
        }
        let compared = text.compare(&gold, &predicted);
        score.labels.insert(label.clone(), compared.counts);
        if label == QUOTE {
            score.add_speakers(&compared, &gold, &predicted);
        }
    }
    score.add_segments(&text, gold, predicted);
    score
}

/// A text with what tags are compared by.
struct ScoredText<'a> {
    source: &'a SourceText,
    tokens: WordTokens,
    regions: Vec<TextRange>,
}

/// Tags of one label, and the tokens each covers.
#[derive(Default)]
struct Covered<'a> {
    tags: Vec<&'a ScoredTag>,
    tokens: Vec<BTreeSet<Token>>,
}

impl<'a> Covered<'a> {
    /// Those that `keeps` takes.
    fn kept(self, mut keeps: impl FnMut(&ScoredTag, &BTreeSet<Token>) -> bool) -> Self {
        let pairs = self.tags.into_iter().zip(self.tokens);
        let (tags, tokens) = pairs.filter(|(tag, tokens)| keeps(tag, tokens)).unzip();
        Self { tags, tokens }
    }

    /// All they cover.
    fn all(&self) -> BTreeSet<Token> {
        self.tokens.iter().flatten().copied().collect()
    }

    fn with_speaker(&self) -> usize {
        let tags = self.tags.iter();
        tags.filter(|tag| !tag.speakers.is_empty()).count()
    }

    fn speakers(&self, place: usize) -> &'a [TextRange] {
        self.tags.get(place).map_or(&[], |tag| &tag.speakers)
    }
}

/// What a comparison of the tags of one label found.
struct Compared {
    counts: LabelScore,
    edge: Vec<Match>,
    overlap: Vec<Match>,
}

impl ScoredText<'_> {
    /// The tags of a label.
    fn covered<'t>(&self, tags: &'t [ScoredTag], label: &str) -> Covered<'t> {
        let mut known = BTreeSet::new();
        let shared = SHARED_LABELS.contains(&label);
        // By start and length: ranges have no order of their own.
        let place = |tag: &ScoredTag| -> Vec<_> {
            let fragments = tag.fragments.iter();
            fragments
                .map(|range| (range.start(), range.end()))
                .collect()
        };
        let of_label = tags.iter().filter(|tag| tag.label == label);
        let tags: Vec<&ScoredTag> = of_label
            .filter(|tag| !shared || known.insert(place(tag)))
            .collect();
        let tokens = tags.iter().map(|tag| self.tokens.covered(&tag.fragments));
        Covered {
            tokens: tokens.collect(),
            tags,
        }
    }

    /// The gold quotes of a form, and the predicted ones that are about these.
    fn of_form<'t>(
        &self,
        form: QuoteForm,
        gold: Covered<'t>,
        predicted: Covered<'t>,
    ) -> (Covered<'t>, Covered<'t>) {
        let mut other = BTreeSet::new();
        let gold = gold.kept(|tag, tokens| {
            let is_of_form = tag.form().map(SmolStr::as_str) == Some(form.word());
            if !is_of_form {
                other.extend(tokens);
            }
            is_of_form
        });
        let wanted = gold.all();
        let predicted = predicted.kept(|tag, tokens| {
            let is_of_form = || match tag.form() {
                Some(set) => set == form.word(),
                None => form_of(self.source, &tag.fragments, &self.regions) == form,
            };
            !tokens.is_disjoint(&wanted) || tokens.is_disjoint(&other) && is_of_form()
        });
        (gold, predicted)
    }

    fn compare(&self, gold: &Covered<'_>, predicted: &Covered<'_>) -> Compared {
        let trimmed_by = |dropped: fn(char) -> bool| {
            let all = |tags: &Covered<'_>| -> Vec<Vec<_>> {
                let tags = tags.tags.iter();
                tags.map(|tag| self.trimmed(tag, dropped)).collect()
            };
            (all(gold), all(predicted))
        };
        let counts = |matched: usize| Counts {
            matched,
            predicted: predicted.tags.len(),
            gold: gold.tags.len(),
        };
        let (of_gold, of_predicted) = trimmed_by(is_blank);
        let exact = match_equal(&of_gold, &of_predicted);
        let (of_gold, of_predicted) = trimmed_by(is_edge);
        let edge = match_equal(&of_gold, &of_predicted);
        let (of_gold, of_predicted) = (of_gold.concat(), of_predicted.concat());
        let fragment = Counts {
            matched: match_equal(&of_gold, &of_predicted).len(),
            predicted: of_predicted.len(),
            gold: of_gold.len(),
        };
        let overlap = match_overlap(&gold.tokens, &predicted.tokens);
        let (of_gold, of_predicted) = (gold.all(), predicted.all());
        let token = Counts {
            matched: of_gold.intersection(&of_predicted).count(),
            predicted: of_predicted.len(),
            gold: of_gold.len(),
        };
        Compared {
            counts: LabelScore {
                exact: counts(exact.len()),
                edge: counts(edge.len()),
                fragment,
                overlap: counts(overlap.len()),
                token,
            },
            edge,
            overlap,
        }
    }

    /// The places of the fragments of a tag, in bytes, without what is dropped at their edges.
    fn trimmed(&self, tag: &ScoredTag, dropped: fn(char) -> bool) -> Vec<(u32, u32)> {
        let trimmed = trimmed(self.source, &tag.fragments, dropped).into_iter();
        let place = |range: TextRange| (range.start().into(), range.end().into());
        trimmed.map(place).collect()
    }
}

impl Score {
    fn add_speakers(&mut self, found: &Compared, gold: &Covered<'_>, predicted: &Covered<'_>) {
        for (matches, share) in [
            (&found.edge, &mut self.speakers.edge),
            (&found.overlap, &mut self.speakers.overlap),
        ] {
            for pair in matches {
                let wanted = gold.speakers(pair.gold);
                if !wanted.is_empty() {
                    share.count(any_overlap(wanted, predicted.speakers(pair.predicted)));
                }
            }
        }
        for pair in &found.overlap {
            let is_left = predicted.speakers(pair.predicted).is_empty();
            if gold.speakers(pair.gold).is_empty() {
                self.left_without_speaker.count(is_left);
            }
        }
        self.quotes_with_speaker = Counts {
            matched: self.speakers.overlap.right,
            predicted: predicted.with_speaker(),
            gold: gold.with_speaker(),
        };
    }

    fn add_segments(&mut self, text: &ScoredText<'_>, gold: &[ScoredTag], predicted: &[ScoredTag]) {
        let quotes = |tags| {
            let quotes = text.covered(tags, QUOTE);
            (TokenIndex::new(quotes.tokens.iter().enumerate()), quotes)
        };
        let (gold, predicted) = (quotes(gold), quotes(predicted));
        for region in &text.regions {
            let tokens = text.tokens.covered(&[*region]);
            let of_half = |(index, quotes): &(TokenIndex, Covered<'_>)| {
                let shared = index.shared(&tokens).into_iter();
                let half = shared.filter(|(_, shared)| 2 * shared >= tokens.len());
                let places: Vec<usize> = half.map(|(place, _)| place).collect();
                let speakers = places.iter().flat_map(|place| quotes.speakers(*place));
                let speakers: Vec<TextRange> = speakers.copied().collect();
                (!places.is_empty(), speakers)
            };
            let ((is_gold, wanted), (is_predicted, found)) = (of_half(&gold), of_half(&predicted));
            let is_right = any_overlap(&wanted, &found);
            if is_predicted && !wanted.is_empty() {
                self.speakers.segment.count(is_right);
            }
            self.segments += Counts {
                matched: usize::from(is_gold && is_predicted),
                predicted: usize::from(is_predicted),
                gold: usize::from(is_gold),
            };
            self.segments_with_speaker += Counts {
                matched: usize::from(is_right),
                predicted: usize::from(!found.is_empty()),
                gold: usize::from(!wanted.is_empty()),
            };
        }
    }
}

/// Whether ranges of two lists share text.
fn any_overlap(some: &[TextRange], others: &[TextRange]) -> bool {
    let mut pairs = some
        .iter()
        .flat_map(|one| others.iter().map(move |other| (one, other)));
    pairs.any(|(one, other)| overlap(*one, *other))
}

#[cfg(test)]
mod tests;
