//! Which reports are worth a stop on the way from one untagged passage to the next.

use super::lexicon::{
    AUXILIARY, CONJUNCTION, DETERMINER, FIRST_PERSON, PREPOSITION, SUBJECT_PRONOUN, is_reporting,
};
use super::quotation_marks::{quoted_stretches, without_closing_marks};
use super::reporting_clauses::Report;
use crate::text::{SourceText, TextRange, TextSize};

/// How many bytes before a place are read.
const BEFORE: TextSize = TextSize::new(80);

/// Whether what is reported may be a quote of its own. `quoted`: the quotations of the paragraph.
pub(super) fn is_worth_a_stop(source: &SourceText, report: &Report, quoted: &[TextRange]) -> bool {
    (!report.weak || is_telling(source, report))
        && !is_idle_infinitive(source, report)
        && !is_aside(source, report, quoted)
        && !is_purpose(source, report)
        && !is_relative_clause(source, report)
        && !((report.weak || is_taken_in(source, report)) && is_about_a_thing(source, report))
        && !is_agreement(source, report)
        && !is_naming(source, report)
        && !is_persuasion(source, report)
}

/// "Was persuaded to travel back": what somebody is made to do is nothing they say.
fn is_persuasion(source: &SourceText, report: &Report) -> bool {
    let content = report.clause.content;
    let opens = content.is_some_and(|content| source.slice(content).starts_with("to "));
    let verb = source.slice(report.clause.verb).to_lowercase();
    let main = verb.split_whitespace().next_back().unwrap_or_default();
    opens && (main.starts_with("persuad") || main.starts_with("convinc"))
}

/// "A group called the Sea Org was …", "calling the office by phone": what is called has no second name
/// behind it, as it has in "called the deal a disaster".
fn is_naming(source: &SourceText, report: &Report) -> bool {
    let Some(content) = report.clause.content else {
        return false;
    };
    let verb = source.slice(report.clause.verb).to_lowercase();
    let main = verb.split_whitespace().next_back().unwrap_or_default();
    if !matches!(main, "call" | "calls" | "called" | "calling")
        || content.start() < report.clause.verb.end()
        || !quoted_stretches(source, content).is_empty()
    {
        return false;
    }
    let mut words = source.slice(content).split_whitespace();
    let first = words.next().unwrap_or_default().to_lowercase();
    if PREPOSITION.has(&first) || opens_clause(&first) || SUBJECT_PRONOUN.has(&first) {
        return false;
    }
    let decides = words.map(str::to_lowercase).find_map(|word| {
        let joins = AUXILIARY.has(&word) || PREPOSITION.has(&word) && word != "of";
        (joins || DETERMINER.has(&word)).then_some(joins)
    });
    decides.unwrap_or(false)
}

/// "Had read an article": what someone reads or hears of is a thing, unless a clause or a quotation tells it.
fn is_taken_in(source: &SourceText, report: &Report) -> bool {
    let first = report.clause.content.map_or("", |content| {
        source
            .slice(content)
            .split_whitespace()
            .next()
            .unwrap_or_default()
    });
    let verb = source.slice(report.clause.verb).to_lowercase();
    let main = verb.split_whitespace().next_back().unwrap_or_default();
    matches!(main, "read" | "reads" | "reading") && DETERMINER.has(&first.to_lowercase())
}

/// ", agreeing to work": the participle says what else happens, and nobody is told it.
fn is_agreement(source: &SourceText, report: &Report) -> bool {
    let content = report.clause.content;
    let opens = content.is_some_and(|content| source.slice(content).starts_with("to "));
    let verb = source.slice(report.clause.verb);
    let participles = [
        "agreeing",
        "choosing",
        "deciding",
        "expecting",
        "hoping",
        "intending",
        "planning",
        "preferring",
        "seeking",
        "wanting",
        "wishing",
    ];
    opens && participles.contains(&verb.to_lowercase().as_str())
}

/// "One seeking to win": the participle says more about a noun, and nobody reports.
fn is_purpose(source: &SourceText, report: &Report) -> bool {
    let verb = report.clause.verb;
    let words = source.slice(verb);
    let Some(content) = report.clause.content else {
        return false;
    };
    let before = source.as_str().get(..usize::from(verb.start()));
    let follows_noun = before.is_some_and(|before| {
        let before = before.trim_end();
        let last = before
            .rsplit(char::is_whitespace)
            .next()
            .unwrap_or_default();
        before.ends_with(char::is_alphanumeric)
            && !CONJUNCTION.has(&last.to_lowercase())
            && !AUXILIARY.has(&last.to_lowercase())
    });
    words.ends_with("ing")
        && !words.contains(' ')
        && source.slice(content).starts_with("to ")
        && follows_noun
}

/// "Blamed them for the crash that ruined the town": *that* stands for a noun well behind the verb.
fn is_relative_clause(source: &SourceText, report: &Report) -> bool {
    let verb = report.clause.verb;
    let Some(content) = report
        .clause
        .content
        .filter(|content| content.start() > verb.end())
    else {
        return false;
    };
    let mut words = source.slice(content).split_whitespace();
    let opens = words.next().is_some_and(|word| word == "that");
    let next = words.next().unwrap_or_default().to_lowercase();
    let between = source.slice(TextRange::new(verb.end(), content.start()));
    let is_verb = AUXILIARY.has(&next) || next.ends_with("ed") || is_reporting(&next);
    opens && is_verb && between.split_whitespace().take(2).count() > 1
}

/// "Discussed legislation he was introducing": these verbs have a thing for their object, unless a
/// clause is opened.
fn is_about_a_thing(source: &SourceText, report: &Report) -> bool {
    let verb = source.slice(report.clause.verb).to_lowercase();
    let main = verb.split_whitespace().next_back().unwrap_or_default();
    let stems = [
        "discuss", "describ", "mention", "list", "cite", "citing", "attack", "mock", "read",
    ];
    let first = report.clause.content.and_then(|content| {
        let words = source.slice(content);
        words.split_whitespace().next()
    });
    stems.iter().any(|stem| main.starts_with(stem))
        && first.is_none_or(|first| !opens_clause(first) && first != "who" && first != "where")
}

/// The title of a work: “River & Sea,” in “on the programme “River & Sea,” …”. All its words but small
/// ones have a capital, and what is before says that a name follows.
pub(super) fn is_title_of_work(source: &SourceText, stretch: TextRange) -> bool {
    let words: Vec<&str> = source
        .slice(stretch)
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .collect();
    let is_small =
        |word: &str| DETERMINER.has(word) || PREPOSITION.has(word) || CONJUNCTION.has(word);
    let fits = |word: &&str| !word.starts_with(char::is_lowercase) || is_small(word);
    let ends = source
        .slice(stretch)
        .trim_end_matches(['"', '”', '’', '\'', '»']);
    let is_name = words
        .first()
        .is_some_and(|word| word.starts_with(char::is_uppercase))
        && (2..=7).contains(&words.len())
        && words.iter().all(fits)
        && !ends.ends_with(['.', '!', '?', '…']);
    let before = source.as_str().get(..usize::from(stretch.start()));
    let last = before.and_then(|before| before.split_whitespace().next_back());
    let names = last.is_some_and(|word| {
        let lower = word.to_lowercase().replace('’', "'");
        lower.ends_with("'s")
            || lower.ends_with("s'")
            || PREPOSITION.has(&lower)
            || DETERMINER.has(&lower)
            || is_work(&lower)
    });
    is_name && names
}

/// What works are.
fn is_work(lower: &str) -> bool {
    matches!(
        lower,
        "called"
            | "titled"
            | "entitled"
            | "named"
            | "show"
            | "program"
            | "programme"
            | "series"
            | "film"
            | "movie"
            | "book"
            | "song"
            | "album"
            | "novel"
            | "play"
            | "magazine"
            | "podcast"
            | "bestseller"
            | "documentary"
    )
}

/// "Refused to say whether …": what is said, not that it is to be said, is the stop.
pub(super) fn announces_another(source: &SourceText, report: &Report, all: &[Report]) -> bool {
    let Some(content) = report.clause.content else {
        return false;
    };
    let words = source.slice(content);
    let to = TextSize::of("to ");
    let says = |other: &Report| {
        let verb = other.clause.verb;
        other.clause.content.is_some()
            && verb.start() <= content.start() + to
            && content.start() + to < verb.end()
            && other.clause.verb != report.clause.verb
    };
    words.starts_with("to ") && all.iter().any(says)
}

/// “I think that …” within speech is the speaker's own.
pub(super) fn is_first_person(source: &SourceText, report: &Report) -> bool {
    report.clause.subject.is_none_or(|subject| {
        let words = source.slice(subject).to_lowercase();
        FIRST_PERSON.has(&words)
    })
}

/// The lower-case words before a place, in the order of the text.
fn words_before(
    source: &SourceText,
    place: TextSize,
) -> impl DoubleEndedIterator<Item = String> + use<> {
    let from = usize::from(place.checked_sub(BEFORE).unwrap_or_default());
    let text = source.as_str();
    let from = text.ceil_char_boundary(from);
    let words = text.get(from..usize::from(place)).unwrap_or_default();
    let words: Vec<String> = words
        .split_whitespace()
        .map(|word| {
            word.trim_matches(|c: char| !c.is_alphanumeric())
                .to_lowercase()
        })
        .filter(|word| !word.is_empty())
        .collect();
    words.into_iter()
}

/// What opens a clause that is reported, but for an infinitive.
fn opens_clause(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "that" | "whether" | "if" | "how" | "what" | "why"
    )
}

/// "It is fair to say …", "has to say": nobody reports. "Went on to say", "refused to say" do.
fn is_idle_infinitive(source: &SourceText, report: &Report) -> bool {
    let verb = report.clause.verb;
    let words = source.slice(verb).to_lowercase();
    let inside = words
        .split_once("to ")
        .filter(|(before, _)| before.is_empty() || before.ends_with(char::is_whitespace));
    let before: Vec<String> = match inside {
        Some((before, _)) => {
            let own = before.split_whitespace().map(str::to_owned);
            words_before(source, verb.start()).chain(own).collect()
        }
        None => {
            let mut before: Vec<String> = words_before(source, verb.start()).collect();
            if before.pop().as_deref() != Some("to") {
                return false;
            }
            before
        }
    };
    // "Struggled to respond" is no word of it, and "failed to say" says nothing.
    let keeps_silent = |word: &str| {
        matches!(
            word,
            "struggled"
                | "struggling"
                | "failed"
                | "failing"
                | "needed"
                | "used"
                | "allowed"
                | "required"
                | "forced"
                | "supposed"
                | "prepared"
        )
    };
    let governs = |word: &String| {
        word.ends_with("ed") && !keeps_silent(word)
            || word.ends_with("ing") && !keeps_silent(word)
            || matches!(
                word.as_str(),
                "on" | "went"
                    | "want"
                    | "wants"
                    | "sought"
                    | "seeks"
                    | "refuses"
                    | "declines"
                    | "continues"
                    | "tries"
                    | "began"
                    | "begins"
                    | "chose"
            )
    };
    !before.last().is_some_and(governs)
}

/// What follows "…, said Ross" and is not reported: who Ross is, where or to whom it was said.
pub(super) fn is_aside(source: &SourceText, report: &Report, quoted: &[TextRange]) -> bool {
    let clause = &report.clause;
    let Some(content) = clause
        .content
        .filter(|content| content.start() >= clause.verb.end())
    else {
        return false;
    };
    let words = source.slice(content);
    let first = words.split_whitespace().next().unwrap_or_default();
    let quotations = quoted_stretches(source, content);
    let is_quotation = |quote: &TextRange| quote.start() <= content.start();
    if opens_clause(first) || quotations.iter().any(is_quotation) {
        return false;
    }
    let verb = source.slice(clause.verb).to_lowercase();
    let main = verb.split_whitespace().next_back().unwrap_or_default();
    let named_after = clause
        .subject
        .is_some_and(|subject| subject.start() >= clause.verb.end());
    if named_after && is_reporting(main) {
        return true;
    }
    if !quotations.is_empty() {
        return false;
    }
    let start = clause.subject.map_or(clause.verb.start(), |subject| {
        subject.start().min(clause.verb.start())
    });
    // A quotation with a full stop is a sentence before this one.
    let goes_on = |quote: &TextRange| !without_closing_marks(source.slice(*quote)).ends_with('.');
    let follows_quotation = quoted.iter().any(|quote| {
        quote.end() <= start && goes_on(quote) && {
            let between = source.slice(TextRange::new(quote.end(), start));
            matches!(between.trim(), "" | ",")
        }
    });
    let first = first.to_lowercase();
    follows_quotation
        || matches!(
            first.as_str(),
            "by" | "with" | "from" | "after" | "in" | "as"
        )
        || first == "to" && is_to_an_audience(main)
}

/// "Spoke to reporters", "said to cheers", "continues to lead": what "to" opens is not reported.
fn is_to_an_audience(verb: &str) -> bool {
    matches!(
        verb,
        "say"
            | "says"
            | "said"
            | "saying"
            | "speak"
            | "speaks"
            | "spoke"
            | "speaking"
            | "talk"
            | "talks"
            | "talked"
            | "talking"
            | "add"
            | "adds"
            | "added"
            | "report"
            | "reports"
            | "reported"
            | "continue"
            | "continues"
            | "continued"
            | "respond"
            | "responds"
            | "responded"
            | "responding"
    )
}

/// Whether a thought or a wish is worth a stop: it has some words of its own, a subject that has it,
/// and is no mere object of an infinitive or a preposition ("agrees with him", "wants to know more").
fn is_telling(source: &SourceText, report: &Report) -> bool {
    let Some(content) = report.clause.content else {
        return false;
    };
    let words = source.slice(content);
    let first = words.split_whitespace().next().unwrap_or_default();
    let opens = |word: &str| {
        matches!(
            word.to_lowercase().as_str(),
            "that" | "whether" | "if" | "to" | "how" | "what" | "why" | "who" | "where" | "when"
        )
    };
    // A clause without "that" has its verb soon.
    let mut near = words.split_whitespace().take(6);
    let is_clause = opens(first)
        || near.any(|word| {
            let word = word.to_lowercase();
            AUXILIARY.has(&word) || SUBJECT_PRONOUN.has(&word)
        });
    let before = TextRange::new(TextSize::new(0), report.clause.verb.start());
    let infinitive = source.slice(before).trim_end().ends_with(" to");
    words.split_whitespace().take(4).count() > 3
        && is_clause
        && (first == "to" || !PREPOSITION.has(&first.to_lowercase()))
        && (opens(first) || !CONJUNCTION.has(&first.to_lowercase()))
        && !infinitive
}
