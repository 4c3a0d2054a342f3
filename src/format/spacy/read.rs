//! The document of a record: its spans are compared with the text, and the ends of its relations
//! are looked up.

use std::collections::{BTreeMap, BTreeSet};

use super::parse::ReadRecord;
use super::parse_span::review;
use super::record::{ReadSpan, RelationEnd, Token};
use crate::format::interchange::extras::SpanExtra;
use crate::format::interchange::{DocumentRecord, LinkRecord, SpanRecord};
use crate::format::link_facts::LinkFacts;
use crate::format::set_aside::{SetAside, shown};
use crate::format::span_places::{Given, Located, SpanPlaces};
use crate::model::Review;
use crate::text::OffsetUnit;

/// The label of a word that is an end of a relation and has no tag.
const WORD: &str = "word";

/// A span that is a tag of the document.
struct Placed {
    id: String,
    /// As the file gives them.
    given: (u32, u32),
    label: String,
    tokens: Option<(usize, usize)>,
}

/// Makes a document. What is left out is noted under `line`.
pub(super) fn document(
    record: ReadRecord,
    line: usize,
    aside: &mut SetAside,
) -> (DocumentRecord, BTreeMap<String, LinkFacts>) {
    let mut document = DocumentRecord {
        id: record.name.unwrap_or_default(),
        ..DocumentRecord::default()
    };
    let answer = record.answer.as_deref();
    let of_record = answer.and_then(review);
    if let (Some(answer), None) = (answer, of_record) {
        let what = format!("the answer `{}`", shown(answer));
        aside.add(line, what, "only accept, reject and ignore are known");
    }
    let ours = record.pullquote.is_some();
    let is_empty = record.spans.is_empty() && record.relations.is_empty();
    if let Some(answer) = of_record
        && is_empty
        && !ours
    {
        document.state = empty_state(answer, line, aside).to_owned();
    }
    let ids = ids(&record.spans);
    let mut extras: BTreeMap<String, SpanExtra> = BTreeMap::new();
    let mut placed = Vec::new();
    let text = record.text;
    let places = places(&text, &record.spans, &record.tokens);
    for (id, span) in ids.into_iter().zip(record.spans) {
        let Some(fragments) = place(&places, &span, line, aside) else {
            continue;
        };
        placed.push(Placed {
            id: id.clone(),
            given: (span.start, span.end),
            label: span.label.clone(),
            tokens: span.token_start.zip(span.token_end),
        });
        let mut tag = SpanRecord {
            id: id.clone(),
            label: span.label,
            fragments,
            note: span.note,
            attributes: span.attributes,
            ..SpanRecord::default()
        };
        if !ours {
            let review = span.review.or(of_record).unwrap_or(Review::Unreviewed);
            review.word().clone_into(&mut tag.review);
        }
        if let Some(original) = span.id.filter(|original| *original != id) {
            tag.attributes
                .push(crate::format::interchange::AttributeRecord {
                    key: "original_id".to_owned(),
                    value: original,
                });
        }
        if let Some(extra) = span.pullquote {
            extras.insert(id, extra);
        }
        document.spans.push(tag);
    }
    let mut ends = Ends {
        placed,
        tokens: &record.tokens,
        places: &places,
        document: &mut document,
        review: if ours { None } else { of_record },
    };
    let mut facts = BTreeMap::new();
    for (n, relation) in record.relations.into_iter().enumerate() {
        if let Some(extra) = relation.pullquote {
            ends.document.links.push(extra.into_link(relation.label));
            continue;
        }
        let (from, to) = (ends.id(&relation.head), ends.id(&relation.child));
        match (from, to) {
            (Some(from), Some(to)) => {
                let mut id = String::new();
                if !relation.facts.is_empty() {
                    id = format!("relation-{}", n + 1);
                    facts.insert(id.clone(), relation.facts);
                }
                ends.document.links.push(LinkRecord {
                    id,
                    from,
                    to,
                    role: relation.label,
                    to_kind: "annotation".to_owned(),
                    ..LinkRecord::default()
                });
            }
            (from, _) => {
                let end = if from.is_none() {
                    &relation.head
                } else {
                    &relation.child
                };
                let what = format!("the relation `{}` {}", relation.label, end.described());
                aside.add(line, what, "there is no span or token of that place");
            }
        }
    }
    document.text.clone_from(&text);
    document.join_split_spans();
    for span in &mut document.spans {
        if let Some(extra) = extras.remove(&span.id) {
            extra.restore(span);
        }
    }
    if let Some(extra) = record.pullquote {
        extra.restore(&mut document);
    }
    (document, facts)
}

/// The state of an article that was answered without tags.
fn empty_state(answer: Review, line: usize, aside: &mut SetAside) -> &'static str {
    let why = match answer {
        Review::Accepted | Review::Unreviewed => return "done",
        Review::Rejected => {
            "the article is done, has no tags, and does not say that it was rejected"
        }
        Review::Unsure => "the article is done, has no tags, and does not say that it was skipped",
    };
    let word = if answer == Review::Rejected {
        "reject"
    } else {
        "ignore"
    };
    aside.add(
        line,
        format!("the answer `{word}` to a text without spans"),
        why,
    );
    "done"
}

/// An id for each span: its own where it is the only one of it.
fn ids(spans: &[ReadSpan]) -> Vec<String> {
    let mut used = BTreeSet::new();
    let own: Vec<Option<&String>> = spans
        .iter()
        .map(|span| span.id.as_ref().filter(|id| used.insert((*id).clone())))
        .collect();
    let mut ids = Vec::with_capacity(own.len());
    for (n, own) in own.into_iter().enumerate() {
        ids.push(own.cloned().unwrap_or_else(|| {
            let mut id = format!("span-{}", n + 1);
            while !used.insert(id.clone()) {
                id.push('b');
            }
            id
        }));
    }
    ids
}

/// What the offsets count, by the words of spans; by those of tokens where spans have none.
fn places<'a>(text: &'a str, spans: &[ReadSpan], tokens: &[Token]) -> SpanPlaces<'a> {
    let worded = spans.iter().any(|span| span.words.is_some());
    let of_spans = spans
        .iter()
        .filter_map(|span| Some(([[span.start, span.end]], span.words.as_deref()?)));
    let of_tokens = tokens
        .iter()
        .filter(|token| !worded && !token.text.is_empty())
        .map(|token| ([[token.start, token.end]], &*token.text));
    let evidence: Vec<_> = of_spans.chain(of_tokens).collect();
    let given: Vec<Given<'_>> = evidence
        .iter()
        .map(|(fragments, words)| Given {
            fragments,
            words: Some(words),
        })
        .collect();
    SpanPlaces::new(text, OffsetUnit::CodePoints, &given)
}

fn place(
    places: &SpanPlaces<'_>,
    span: &ReadSpan,
    line: usize,
    aside: &mut SetAside,
) -> Option<Vec<[u32; 2]>> {
    let given = Given {
        fragments: &[[span.start, span.end]],
        words: span.words.as_deref(),
    };
    let what = || {
        let words = span
            .words
            .as_deref()
            .map(|words| format!(" “{}”", shown(words)));
        let words = words.unwrap_or_default();
        format!(
            "the span `{}`{words} from {} to {}",
            span.label, span.start, span.end
        )
    };
    match places.locate(&given) {
        Located::There(fragments) => Some(fragments),
        Located::Found(fragments) => {
            let why = "other words are there; the tag was put on these words instead, which are \
                       in one place only";
            aside.add(line, what(), why);
            Some(fragments)
        }
        Located::Outside => {
            let why = "it is empty or outside the text, and was left out; fix its offsets";
            aside.add(line, what(), why);
            None
        }
        Located::Different(found) => {
            let what = format!("{} (there is “{}”)", what(), shown(&found));
            let why = "other words are there, and it is not clear where these are; the span was \
                       left out, fix its offsets";
            aside.add(line, what, why);
            None
        }
    }
}

/// Finds the tags that relations mean.
struct Ends<'a> {
    placed: Vec<Placed>,
    tokens: &'a [Token],
    places: &'a SpanPlaces<'a>,
    document: &'a mut DocumentRecord,
    review: Option<Review>,
}

impl Ends<'_> {
    /// The tag of an end: the one it names, the one at its place, the one its token is in, or a new
    /// one on its word.
    fn id(&mut self, end: &RelationEnd) -> Option<String> {
        if let Some(known) = self.known(end) {
            return Some(known);
        }
        let token = |id: usize| self.tokens.iter().find(|token| token.id == id);
        let of_tokens = end.tokens.and_then(|(first, last)| {
            let first = token(usize::try_from(first).ok()?)?;
            Some((first.start, token(usize::try_from(last).ok()?)?.end))
        });
        let of_token = end.token.and_then(|id| token(id).map(|t| (t.start, t.end)));
        let (start, end_) = end.place.or(of_tokens).or(of_token)?;
        let given = Given {
            fragments: &[[start, end_]],
            words: end.words.as_deref(),
        };
        let fragments = match self.places.locate(&given) {
            Located::There(fragments) | Located::Found(fragments) => fragments,
            Located::Outside | Located::Different(_) => return None,
        };
        let mut id = end
            .id
            .clone()
            .unwrap_or_else(|| format!("{WORD}-{start}-{end_}"));
        while self.placed.iter().any(|known| known.id == id) {
            id.push('b');
        }
        let label = end.label.clone().unwrap_or_else(|| WORD.to_owned());
        let last = end.token;
        self.placed.push(Placed {
            id: id.clone(),
            given: (start, end_),
            label: label.clone(),
            tokens: last.map(|last| (last, last)),
        });
        self.document.spans.push(SpanRecord {
            id: id.clone(),
            label,
            fragments,
            review: self.review.map_or("", Review::word).to_owned(),
            ..SpanRecord::default()
        });
        Some(id)
    }

    fn known(&self, end: &RelationEnd) -> Option<String> {
        let first = |fits: &dyn Fn(&Placed) -> bool| {
            let found = self.placed.iter().find(|placed| fits(placed));
            found.map(|placed| placed.id.clone())
        };
        if let Some(id) = &end.id
            && let Some(found) = first(&|placed| placed.id == *id)
        {
            return Some(found);
        }
        if let Some(place) = end.place {
            let labelled = |placed: &Placed| {
                placed.given == place && end.label.as_ref().is_none_or(|l| *l == placed.label)
            };
            return first(&labelled);
        }
        let token = end.token?;
        let last = |placed: &Placed| placed.tokens.is_some_and(|(_, last)| last == token);
        let within = |placed: &Placed| placed.tokens.is_some_and(|(a, b)| (a..=b).contains(&token));
        let at = self.tokens.iter().find(|known| known.id == token);
        let covers = |placed: &Placed| {
            let (start, end) = placed.given;
            at.is_some_and(|at| start <= at.start && at.end <= end)
        };
        first(&last)
            .or_else(|| first(&within))
            .or_else(|| first(&covers))
    }
}

impl RelationEnd {
    /// Which end it is, for messages.
    fn described(&self) -> String {
        match (self.place, self.token) {
            (Some((start, end)), _) => format!("at {start} to {end}"),
            (None, Some(token)) => format!("at the token {token}"),
            (None, None) => "without an end".to_owned(),
        }
    }
}
