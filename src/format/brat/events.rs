use std::collections::{BTreeMap, BTreeSet};

/// An event: something said, with its parts.
pub(super) struct Event<'a> {
    pub(super) kind: &'a str,
    pub(super) trigger: &'a str,
    pub(super) parts: Vec<(&'a str, &'a str)>,
}

/// Names of the parts of an event that hold what was said.
const CONTENT: &str = "content";

/// Links an event makes: role, from, to; the ends by the file's names for tags.
pub(super) type EventLink = (String, String, String);

/// The events of a file by name.
pub(super) type Events<'a> = BTreeMap<&'a str, Event<'a>>;

/// The tags of a name: a tag's own name means the tag, an event's its contents or, if it has none,
/// its trigger.
pub(super) fn tags_named<'a>(name: &'a str, events: &Events<'a>) -> Vec<&'a str> {
    let mut found = Vec::new();
    collect(name, events, &mut BTreeSet::new(), &mut found);
    found
}

fn collect<'a>(
    name: &'a str,
    events: &Events<'a>,
    seen: &mut BTreeSet<&'a str>,
    found: &mut Vec<&'a str>,
) {
    if !seen.insert(name) {
        return;
    }
    let Some(event) = events.get(name) else {
        found.push(name);
        return;
    };
    let before = found.len();
    for &(_, part) in contents(event) {
        collect(part, events, seen, found);
    }
    if found.len() == before {
        collect(event.trigger, events, seen, found);
    }
}

fn contents<'a, 'b>(event: &'b Event<'a>) -> impl Iterator<Item = &'b (&'a str, &'a str)> {
    let parts = event.parts.iter();
    parts.filter(|(role, _)| role.eq_ignore_ascii_case(CONTENT))
}

/// The links of an event: from what was said, or the trigger where nothing is named so, to every
/// other part by its role, and to the trigger by the kind of the event.
pub(super) fn links(name: &str, events: &Events<'_>) -> Vec<EventLink> {
    let Some(event) = events.get(name) else {
        return Vec::new();
    };
    let mut links = Vec::new();
    for from in tags_named(name, events) {
        for (role, part) in &event.parts {
            if !role.eq_ignore_ascii_case(CONTENT) || contents(event).next().is_none() {
                for to in tags_named(part, events) {
                    links.push(((*role).to_owned(), from.to_owned(), to.to_owned()));
                }
            }
        }
        if from != event.trigger {
            let to = event.trigger.to_owned();
            links.push((event.kind.to_owned(), from.to_owned(), to));
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
                kind,
                trigger,
                parts,
            };
            (name, event)
        };
        list.iter().map(event).collect()
    }

    fn shown(name: &str, events: &Events<'_>) -> Vec<String> {
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
