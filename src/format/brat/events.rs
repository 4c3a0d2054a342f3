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

/// The tags of a name: a tag's own name means the tag, an event's its contents or, if it has none,
/// its trigger.
pub(super) fn heads_named<'a>(name: &'a str, events: &Events<'a>) -> Vec<Head<'a>> {
    let mut found = Vec::new();
    collect(name, None, events, &mut BTreeSet::new(), &mut found);
    found
}

fn collect<'a>(
    name: &'a str,
    of: Option<&'a str>,
    events: &Events<'a>,
    seen: &mut BTreeSet<&'a str>,
    found: &mut Vec<Head<'a>>,
) {
    if !seen.insert(name) {
        return;
    }
    let Some(event) = events.get(name) else {
        found.push(Head {
            event: of,
            tag: name,
        });
        return;
    };
    let before = found.len();
    for &(_, part) in contents(event) {
        collect(part, Some(name), events, seen, found);
    }
    if found.len() == before {
        collect(event.trigger, Some(name), events, seen, found);
    }
}

fn contents<'a, 'b>(event: &'b Event<'a>) -> impl Iterator<Item = &'b (&'a str, &'a str)> {
    let parts = event.parts.iter();
    parts.filter(|(role, _)| role.eq_ignore_ascii_case(CONTENT))
}

/// The links of an event: from what was said, or the trigger where nothing is named so, to every
/// other part by its role, and to the trigger by the kind of the event.
pub(super) fn links<'a>(name: &'a str, events: &Events<'a>) -> Vec<EventLink<'a>> {
    let Some(event) = events.get(name) else {
        return Vec::new();
    };
    let mut links = Vec::new();
    for from in heads_named(name, events) {
        for &(role, part) in &event.parts {
            if !role.eq_ignore_ascii_case(CONTENT) || contents(event).next().is_none() {
                for to in heads_named(part, events) {
                    links.push((role, from, to));
                }
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
    fn an_event_stands_for_what_is_said_in_it() {
        let inner = [("Content", "T1"), ("Source", "T2")];
        let outer = [("Content", "E1"), ("Source", "T3")];
        let all = events(&[("E1", "T8", &inner), ("E2", "T9", &outer)]);
        assert_eq!(shown("E2", &all), ["T1 Source T3", "T1 Said T9"]);
    }

    #[test]
    fn events_in_a_ring_end() {
        let all = events(&[
            ("E1", "T8", &[("Content", "E2")]),
            ("E2", "T9", &[("Content", "E1")]),
        ]);
        assert_eq!(tags_named("E1", &all), ["T9"]);
        assert!(events(&[]).is_empty());
    }

    #[test]
    fn an_event_without_content_starts_at_its_trigger() {
        let all = events(&[("E1", "T8", &[("Theme", "T1")])]);
        assert_eq!(shown("E1", &all), ["T8 Theme T1"]);
    }
}
