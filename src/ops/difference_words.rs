//! Differences between annotators, and decisions about them, in words.

use jiff::tz::TimeZone;

use crate::compare::{Comparison, DifferenceKind, GivenValues, TagGroup};
use crate::model::{Choice, Decision, Schema, TagPart};
use crate::text::wording::{join_and, shown_annotator};

/// How the tags of a group differ: "only ann", "boundary differs", "form differs: direct (ann), mixed (ben)".
#[must_use]
pub fn difference_words(schema: &Schema, comparison: &Comparison, group: &TagGroup) -> String {
    let members = group.members.iter();
    let names: Vec<&str> = members
        .map(|member| comparison.name(member.annotator))
        .collect();
    let names = join_and(&names);
    let differ = differ(schema, comparison, group);
    match comparison.kind(group) {
        DifferenceKind::Missing if differ.is_empty() => format!("only {names}"),
        DifferenceKind::Missing => format!("only {names}; {differ}"),
        DifferenceKind::Deleted => "no annotator has it any more".to_owned(),
        DifferenceKind::Agreed => "changed since it was decided; all agree now".to_owned(),
        DifferenceKind::Label
        | DifferenceKind::Attributes
        | DifferenceKind::Speaker
        | DifferenceKind::Boundary
        | DifferenceKind::Several => differ,
    }
}

/// "boundary, speaker and form differ; form: direct (ann), mixed (ben)".
fn differ(schema: &Schema, comparison: &Comparison, group: &TagGroup) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut values: Vec<String> = Vec::new();
    for part in &group.differing {
        match part {
            TagPart::Attributes => {
                for (name, given) in comparison.differing_attributes(group) {
                    values.push(format!("{name}: {}", given_words(comparison, &given)));
                    parts.push(name.to_string());
                }
            }
            TagPart::Label => {
                values.push(format!("label: {}", labels(schema, comparison, group)));
                parts.push(part.word().to_owned());
            }
            TagPart::Boundary | TagPart::Speaker => parts.push(part.word().to_owned()),
        }
    }
    let values = values.join("; ");
    match parts.as_slice() {
        [] => String::new(),
        [one] => match values.split_once(": ") {
            Some((_, values)) => format!("{one} differs: {values}"),
            None => format!("{one} differs"),
        },
        parts => {
            let differ = format!("{} differ", join_and(parts));
            match values.as_str() {
                "" => differ,
                values => format!("{differ}; {values}"),
            }
        }
    }
}

/// "direct (ann), mixed (ben and cleo)".
fn given_words(comparison: &Comparison, given: &GivenValues) -> String {
    let one = |(value, by): &(_, Vec<usize>)| {
        let value: &smol_str::SmolStr = value;
        let value = if value.is_empty() {
            "none"
        } else {
            value.as_str()
        };
        let names: Vec<&str> = by.iter().map(|one| comparison.name(*one)).collect();
        format!("{value} ({})", join_and(&names))
    };
    given.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// "Quote (ann), Claim (ben)".
fn labels(schema: &Schema, comparison: &Comparison, group: &TagGroup) -> String {
    let mut given = GivenValues::new();
    for member in &group.members {
        let Some((_, tag)) = comparison.tag(member) else {
            continue;
        };
        let label = schema.label(&tag.label);
        let label = label.map_or(tag.label.as_str(), |label| label.name.as_str());
        match given.iter_mut().find(|(known, _)| known == label) {
            Some((_, by)) => by.push(member.annotator),
            None => given.push((label.into(), vec![member.annotator])),
        }
    }
    given_words(comparison, &given)
}

/// What was decided, by whom and why: "took ben’s, by lead: the comma is not part of it".
#[must_use]
pub fn decision_words(decision: &Decision) -> String {
    words_of_decision(decision, None)
}

/// The same with the time it was made or changed last, where that is recorded: "took ben’s, by lead on 2026-11-28
/// 10:00: the comma is not part of it".
#[must_use]
pub fn dated_decision_words(decision: &Decision, zone: &TimeZone) -> String {
    words_of_decision(decision, Some(zone))
}

fn words_of_decision(decision: &Decision, zone: Option<&TimeZone>) -> String {
    let what = match &decision.choice {
        Choice::Undecided => "not decided yet".to_owned(),
        Choice::Agreed => "all agreed".to_owned(),
        Choice::AllWrong => "all wrong".to_owned(),
        Choice::Nothing => "nothing to tag".to_owned(),
        Choice::Taken(parts) => taken_words(parts),
    };
    let last = decision.last_stamp();
    let by = last.map_or_else(String::new, |last| {
        let on = last.at.zip(zone).map_or_else(String::new, |(at, zone)| {
            let local = zone.to_datetime(at);
            format!(" on {}", local.strftime("%Y-%m-%d %H:%M"))
        });
        format!(", by {}{on}", shown_annotator(&last.by))
    });
    match decision.reason.as_str() {
        "" => format!("{what}{by}"),
        reason => format!("{what}{by}: {reason}"),
    }
}

/// "took ben’s"; where the parts are of several, "took the boundary of ann, the rest of ben".
fn taken_words(parts: &[(TagPart, smol_str::SmolStr)]) -> String {
    let mut whose: Vec<(&str, Vec<&str>)> = Vec::new();
    for (part, name) in parts {
        match whose.iter_mut().find(|(known, _)| known == name) {
            Some((_, parts)) => parts.push(part.word()),
            None => whose.push((name, vec![part.word()])),
        }
    }
    // Most of it is the rest.
    whose.sort_by_key(|(_, parts)| parts.len());
    match whose.as_slice() {
        [] => "took nothing".to_owned(),
        [(one, _)] => format!("took {}’s", shown_annotator(one)),
        [parts @ .., (rest, _)] => {
            let parts = parts.iter().map(|(name, parts)| {
                format!("the {} of {}", join_and(parts), shown_annotator(name))
            });
            let parts: Vec<String> = parts.collect();
            format!(
                "took {}, the rest of {}",
                parts.join(", "),
                shown_annotator(rest)
            )
        }
    }
}
