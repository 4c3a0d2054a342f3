//! Why a quote is suggested, in words.

use crate::model::{Annotation, Confidence, CopyOrigin, Origin};
use crate::suggest::CheckReason;
use crate::text::wording::one_line;

/// What suggests quotes, before the name of its rule in an origin.
const RULES: &str = "rules/";
/// The same for claims; behind it: what speaks for checking one, joined with `+`.
const CLAIMS: &str = "rules/claim/";
/// The same for what was learned; behind it: times tagged, times seen, the words that lead to it.
const LEARNED: &str = "learned";

/// What led to a suggestion of this program and how sure it was: "“…,” she said · 96 %". `None` for any
/// other tag.
pub(crate) fn suggestion_words(tag: &Annotation) -> Option<String> {
    let Origin::Suggester(origin) = &tag.origin else {
        return None;
    };
    // How much a claim is worth checking ranks it; it is no share of what is right.
    if let Some(reasons) = origin.strip_prefix(CLAIMS) {
        return Some(claim_words(reasons, tag.confidence));
    }
    if let Some(copy) = CopyOrigin::parse(origin) {
        return Some(copy_words(&copy, tag));
    }
    let rule = match origin.strip_prefix(RULES) {
        Some(rule) => rule_words(rule),
        None => Some(learned_words(origin.strip_prefix(LEARNED)?)),
    };
    let sure = tag
        .confidence
        .map(|confidence| format!("{:.0} %", confidence.get() * 100.0));
    let parts: Vec<String> = rule.into_iter().chain(sure).collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// Where a tag was carried from, and what is different there: "as in b.txt, tagged by maria · “We do” there".
fn copy_words(copy: &CopyOrigin, tag: &Annotation) -> String {
    let words = format!("as in {}", copy.words());
    match &tag.former_words[..] {
        [] => words,
        there => format!("{words} · there: {}", one_line(&there.join(" … "))),
    }
}

/// Why something that was learned is suggested: “learned from your tags: 14 of 15 after ‘vowed to’”.
fn learned_words(details: &str) -> String {
    let mut parts = details.trim_start_matches('/').splitn(3, '/');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(tagged), Some(seen), Some(cue)) if !cue.is_empty() => {
            format!("learned from your tags: {tagged} of {seen} after “{cue}”")
        }
        _ => "learned from your tags".to_owned(),
    }
}

/// Why a claim is worth checking: "worth checking, 89 of 100: a number, a comparison".
fn claim_words(reasons: &str, worth: Option<Confidence>) -> String {
    let known = |reason: &CheckReason| reasons.split('+').any(|word| word == reason.word());
    let words: Vec<&str> = CheckReason::ALL
        .into_iter()
        .filter(known)
        .map(|reason| match reason {
            CheckReason::Number => "a number",
            CheckReason::Money => "money or work",
            CheckReason::Comparison => "a comparison",
            CheckReason::Cause => "a cause",
            CheckReason::Event => "something that happened",
            CheckReason::Denial => "a denial",
            CheckReason::Total => "no exception",
            CheckReason::PublicAffairs => "public affairs",
        })
        .collect();
    let worth = worth.map(|worth| format!(", {:.0} of 100", worth.get() * 100.0));
    let start = format!("worth checking{}", worth.unwrap_or_default());
    match &*words {
        [] => start,
        words => format!("{start}: {}", words.join(", ")),
    }
}

/// An example of what a rule finds; `None` for one of another version.
fn rule_words(rule: &str) -> Option<String> {
    let words = match rule {
        "speaker-after" => "“…,” she said",
        "speaker-before" => "she said, “…”",
        "unknown-verb-after" => "“…,” and words that may report it",
        "colon" => "a colon or comma, then “…”",
        "report-before" => "she agreed. “…”",
        "quotation-alone" => "“…” in a sentence of its own beside a report",
        "mixed-after-verb" => "she said the plan was “…”",
        "mixed-before-verb" => "the plan was “…,” she said",
        "mixed-unknown-verb" => "words that may report, then a clause with “…”",
        "that-clause" => "she said that …",
        "clause" => "she said it was …",
        "comment-clause" => "…, she said",
        "according-to" => "according to her, …",
        "infinitive" => "she promised to …",
        "question" => "she asked whether …",
        "object" => "she criticized the …",
        _ => return None,
    };
    Some(words.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::schema_file::default_schema;
    use crate::model::Document;
    use crate::ops::{SuggestionOptions, suggestions};
    use crate::text::SourceText;

    #[test]
    fn a_suggestion_says_why_and_how_sure_it_is() {
        let text = "“The bridge will open in May,” Mayor Ann Lee said on Monday.\n\n\
            She said that the old bridge was never safe.\n\n\
            The council “had no choice but to close it,” according to Tom Webb.\n";
        let document = Document::new(SourceText::new(text, "UTF-8").unwrap());
        let schema = default_schema().unwrap();
        let all = suggestions(&document, &schema, &SuggestionOptions::default(), None);
        let words: Vec<String> = all
            .iter()
            .map(|one| suggestion_words(&one.tag).unwrap())
            .collect();
        assert_eq!(words.len(), 3);
        assert!(words[0].starts_with("“…,” she said · 9"), "{words:?}");
        assert!(words[1].starts_with("she said that … · "), "{words:?}");
        assert!(words.iter().all(|words| words.ends_with(" %")), "{words:?}");
    }

    #[test]
    fn every_rule_has_words_and_others_leave_their_confidence() {
        let text = "“No.”\n\n“Yes,” Lee said. Roe said, “Never.” It read: “Gone.” “Out,” Roe thundered.\n\n\
            Lee called it “a bitter day” for all. The sale “was wrong,” Roe said. Lee said that it rained. \
            Roe said he left. It rained, Lee said. According to Roe, it rained. Lee refused to go. Roe asked \
            whether it rained. Lee denied any part in it. He branded them “a bunch of fools” again.";
        let source = SourceText::new(text, "UTF-8").unwrap();
        let found = crate::suggest::proposals(&source);
        assert!(found.len() > 9);
        for proposal in found {
            let name = proposal.rule.name();
            assert!(rule_words(name).is_some(), "{name}");
        }
        assert_eq!(rule_words("telepathy"), None);
    }
}
