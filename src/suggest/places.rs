//! Places and agencies, which are named often and seldom speak.

use smol_str::SmolStr;

use super::MentionKind;
use super::cues::Cues;
use super::dateline::dateline;
use super::lexicon::{DETERMINER, PLACE, PLACE_NOUN};
use super::mentions::{mention_kind, name_words};
use super::reporting_clauses::reports;
use crate::text::{SourceText, TextRange, TextSize, sentence_at, snap_to_graphemes};

/// As far from a mention as the place is looked for, in bytes.
const FAR: TextSize = TextSize::new(16_384);
/// As many places of its name as are looked at.
const LOOK: usize = 16;
/// As many paragraphs as are looked at for the dateline.
const OPENING: usize = 4;

/// Whether a mention names a place, or a word of the article's dateline, that reports nothing in the
/// text around: "North Korea", "Sputnik" in "WASHINGTON (Sputnik) –".
pub(super) fn is_silent_place(source: &SourceText, mention: TextRange) -> bool {
    let words = source.slice(mention);
    mention_kind(words) == MentionKind::Named
        && (is_place(words) || is_building(words) || is_in_dateline(source, words))
        && !reports_somewhere(source, mention)
}

/// The words of a name without its article.
fn bare_words(words: &str) -> Vec<SmolStr> {
    let mut all: Vec<SmolStr> = name_words(words).collect();
    if all.len() > 1 && all.first().is_some_and(|word| DETERMINER.has(word)) {
        all.remove(0);
    }
    all
}

fn is_place(words: &str) -> bool {
    PLACE.has(&bare_words(words).join("_"))
}

/// "Grand Mosque", "the Hudson River".
fn is_building(words: &str) -> bool {
    let all = bare_words(words);
    all.len() > 1 && all.last().is_some_and(|last| PLACE_NOUN.has(last))
}

/// Whether the dateline of the article has these words.
fn is_in_dateline(source: &SourceText, words: &str) -> bool {
    let lines = source.lines();
    let datelines = (0..lines.count().min(OPENING)).filter_map(|line| {
        let opening = sentence_at(source, lines.start(line))?;
        dateline(source, opening)
    });
    let wanted = bare_words(words);
    let mut all = datelines.map(|dateline| {
        let text = source.slice(dateline);
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect::<Vec<_>>()
    });
    !wanted.is_empty()
        && all.any(|dateline| {
            let mut parts = dateline.windows(wanted.len());
            parts.any(|part| part == wanted.as_slice())
        })
}

/// Whether the name is the subject of a report near its mention.
fn reports_somewhere(source: &SourceText, mention: TextRange) -> bool {
    let name = source.slice(mention);
    let Some(word) = name.split_whitespace().next_back() else {
        return false;
    };
    let from = mention.start().checked_sub(FAR).unwrap_or_default();
    let to = mention.end().checked_add(FAR).unwrap_or(source.len());
    let window = snap_to_graphemes(source, TextRange::new(from, to.min(source.len())));
    let wanted = bare_words(name);
    let mut places = source.slice(window).match_indices(word).take(LOOK);
    places.any(|(offset, _)| {
        let at = window.start() + TextSize::try_from(offset).unwrap_or_default();
        sentence_at(source, at).is_some_and(|sentence| {
            reports(source, sentence, &Cues::NONE).iter().any(|report| {
                let subject = report.clause.subject;
                subject.is_some_and(|subject| bare_words(source.slice(subject)) == wanted)
            })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_speaks_only_where_it_reports() {
        for (text, name, silent) in [
            ("They left North Korea. Lee stayed.", "North Korea", true),
            (
                "North Korea said no. They left North Korea.",
                "North Korea",
                false,
            ),
            ("They met in the United States.", "the United States", true),
            ("OSLO (Wire) – Lee told Wire that it rained.", "Wire", true),
            ("Lee told Wire that it rained.", "Wire", false),
            ("They left. Ann Lee stayed.", "Ann Lee", false),
            ("They left Lee.", "They", false),
            (
                "They left the Old Mosque. Lee stayed.",
                "the Old Mosque",
                true,
            ),
        ] {
            let source = SourceText::new(text, "UTF-8").unwrap();
            let at = TextSize::try_from(text.rfind(name).unwrap()).unwrap();
            let mention = TextRange::at(at, TextSize::of(name));
            assert_eq!(is_silent_place(&source, mention), silent, "{text}");
        }
    }
}
