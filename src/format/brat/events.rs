use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// An event: something said, with its parts.
pub(super) struct Event<'a> {
    /// The line it is on, from 1.
    pub(super) line: usize,
    pub(super) kind: &'a str,
    pub(super) trigger: &'a str,
    pub(super) parts: Vec<(&'a str, &'a str)>,
}

/// Names of the parts of an event that hold what was said.
const CONTENT: &str = "content";

/// A tag that a name means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Head<'a> {
    /// The event it stands for; `None` where the tag itself was named.
    pub(super) event: Option<&'a str>,
    pub(super) tag: &'a str,
}

impl fmt::Display for Head<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag)
    }
}

/// Links an event makes: role, from, to.
pub(super) type EventLink<'a> = (&'a str, Head<'a>, Head<'a>);

/// The events of a file by name.
pub(super) type Events<'a> = BTreeMap<&'a str, Event<'a>>;

/// The tags of a name: a tag's own name means the tag, an event's the tags that are its contents or,
/// if it has none, its trigger. An event within another one is a part of it and stays apart.
pub(super) fn heads_named<'a>(name: &'a str, events: &Events<'a>) -> Vec<Head<'a>> {
    let Some(event) = events.get(name) else {
        return vec![Head {
            event: None,
            tag: name,
        }];
    };
    let mut tags: Vec<&'a str> = Vec::new();
    let contents = event.parts.iter().filter(|part| is_content(part, events));
    for (_, tag) in contents {
        if !tags.contains(tag) {
            tags.push(tag);
        }
    }
    if tags.is_empty() {
        tags.push(event.trigger);
    }
    let event = Some(name);
    tags.into_iter().map(|tag| Head { event, tag }).collect()
}

/// Whether a part of an event is a tag of what was said in it.
fn is_content((role, part): &(&str, &str), events: &Events<'_>) -> bool {
    role.eq_ignore_ascii_case(CONTENT) && !events.contains_key(part)
}

/// The links of an event: from what was said, or the trigger where no tag is named so, to every
/// other part by its role, and to the trigger by the kind of the event.
pub(super) fn links<'a>(name: &'a str, events: &Events<'a>) -> Vec<EventLink<'a>> {
    let Some(event) = events.get(name) else {
        return Vec::new();
    };
    let mut links = Vec::new();
    for from in heads_named(name, events) {
        for part in event.parts.iter().filter(|part| !is_content(part, events)) {
            let &(role, of) = part;
            for to in heads_named(of, events) {
                links.push((role, from, to));
            }
        }
        if from.tag != event.trigger {
            let to = Head {
                event: None,
                tag: event.trigger,
            };
            links.push((event.kind, from, to));
        }
    }
    links
}

/// Takes out of the events what is not there, and gives it: the line of the event, what is missing in
/// words, and why it is left out. `is_there` says which tags there are.
pub(super) fn remove_missing<'a>(
    events: &mut Events<'a>,
    is_there: impl Fn(&str) -> bool,
) -> Vec<(usize, String, &'static str)> {
    let mut missing = Vec::new();
    let names: BTreeSet<&str> = events.keys().copied().collect();
    let tags: BTreeSet<&str> = {
        let parts = events.values().flat_map(|event| &event.parts);
        let triggers = events.values().map(|event| event.trigger);
        let all = parts.map(|(_, part)| *part).chain(triggers);
        all.filter(|name| !names.contains(name) && is_there(name))
            .collect()
    };
    // An event without a tag to stand for it takes its parts along.
    events.retain(|name, event| {
        let content =
            |(role, part): &(&str, &str)| role.eq_ignore_ascii_case(CONTENT) && tags.contains(part);
        if tags.contains(event.trigger) || event.parts.iter().any(content) {
            return true;
        }
        let parts = event
            .parts
            .iter()
            .map(|(role, part)| format!(" {role}:{part}"));
        let shown = format!(
            "{name} {}:{}{}",
            event.kind,
            event.trigger,
            parts.collect::<String>()
        );
        missing.push((event.line, shown, "the trigger of the event is missing"));
        false
    });
    let names: BTreeSet<&str> = events.keys().copied().collect();
    for (name, event) in events {
        if !tags.contains(event.trigger) {
            let shown = format!("{name} {}:{}", event.kind, event.trigger);
            missing.push((event.line, shown, "the trigger of the event is missing"));
        }
        event.parts.retain(|(role, part)| {
            let there = tags.contains(part) || names.contains(part);
            if !there {
                let shown = format!("{name} {role}:{part}");
                missing.push((event.line, shown, "this part of the event is missing"));
            }
            there
        });
    }
    missing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[allow(clippy::type_complexity, reason = "as one writes it down in a test")]
    fn events<'a>(list: &[(&'a str, &'a str, &[(&'a str, &'a str)])]) -> Events<'a> {
        let event = |&(name, trigger, parts): &(&'a str, &'a str, &[(&'a str, &'a str)])| {
            let parts = parts.to_vec();
            let kind = "Said";
            let event = Event {
                line: 1,
                kind,
                trigger,
                parts,
            };
            (name, event)
        };
        list.iter().map(event).collect()
    }

    fn tags_named<'a>(name: &'a str, events: &Events<'a>) -> Vec<&'a str> {
        let heads = heads_named(name, events).into_iter();
        heads.map(|head| head.tag).collect()
    }

    fn shown<'a>(name: &'a str, events: &Events<'a>) -> Vec<String> {
        let links = links(name, events).into_iter();
        links
            .map(|(role, from, to)| format!("{from} {role} {to}"))
            .collect()
    }

    #[test]
    fn every_content_leads_to_every_other_part() {
        let parts = [("Content", "T1"), ("Content", "T2"), ("Source", "T3")];
        let all = events(&[("E1", "T9", &parts)]);
        assert_eq!(
            shown("E1", &all),
            ["T1 Source T3", "T1 Said T9", "T2 Source T3", "T2 Said T9"]
        );
    }

    #[test]
    fn an_event_within_another_one_stays_apart() {
        let inner = [("Content", "T1"), ("Source", "T2")];
        let outer = [("Content", "E1"), ("Source", "T3")];
        let all = events(&[("E1", "T8", &inner), ("E2", "T9", &outer)]);
        assert_eq!(shown("E2", &all), ["T9 Content T1", "T9 Source T3"]);
        assert_eq!(shown("E1", &all), ["T1 Source T2", "T1 Said T8"]);
        // Beside a tag it is a part like others.
        let both = [("Content", "E1"), ("Content", "T4")];
        let all = events(&[("E1", "T8", &[]), ("E2", "T9", &both)]);
        assert_eq!(shown("E2", &all), ["T4 Content T8", "T4 Said T9"]);
    }

    #[test]
    fn what_is_missing_is_given_with_what_depends_on_it() {
        let mut all = events(&[
            ("E1", "T8", &[("Content", "T0"), ("Source", "T3")]),
            ("E2", "T0", &[("Source", "T3")]),
            ("E3", "T0", &[("Content", "T1"), ("About", "E2")]),
        ]);
        let missing = remove_missing(&mut all, |tag| tag != "T0");
        let missing: Vec<_> = missing.iter().map(|(_, shown, _)| &**shown).collect();
        assert_eq!(
            missing,
            [
                "E2 Said:T0 Source:T3",
                "E1 Content:T0",
                "E3 Said:T0",
                "E3 About:E2"
            ]
        );
        assert_eq!(shown("E1", &all), ["T8 Source T3"]);
        assert_eq!(tags_named("E3", &all), ["T1"]);
    }

    #[test]
    fn events_in_a_ring_end() {
        let all = events(&[
            ("E1", "T8", &[("Content", "E2")]),
            ("E2", "T9", &[("Content", "E1")]),
        ]);
        assert_eq!(shown("E1", &all), ["T8 Content T9"]);
        assert!(events(&[]).is_empty());
    }

    #[test]
    fn an_event_without_content_starts_at_its_trigger() {
        let all = events(&[("E1", "T8", &[("Theme", "T1")])]);
        assert_eq!(shown("E1", &all), ["T8 Theme T1"]);
    }
}
