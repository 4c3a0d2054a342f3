use crate::model::{Change, Delta};
use crate::text::wording::count_as;

/// How much of one kind was added, changed, removed.
#[derive(Default)]
struct Count([usize; 3]);

impl Count {
    fn add<T>(&mut self, delta: &Delta<T>) {
        let what = match (&delta.before, &delta.after) {
            (None, _) => 0,
            (Some(_), Some(_)) => 1,
            (Some(_), None) => 2,
        };
        if let Some(count) = self.0.get_mut(what) {
            *count += 1;
        }
    }

    fn say(&self, one: &str, many: &str, parts: &mut Vec<String>) {
        let mut named = false;
        for (count, verb) in self.0.into_iter().zip(["added", "changed", "removed"]) {
            match count {
                0 => continue,
                _ if named => parts.push(format!("{count} {verb}")),
                _ => parts.push(format!("{} {verb}", count_as(count, one, many))),
            }
            named = true;
        }
    }
}

/// "took in changes from disk: 2 tags added, 1 changed, 1 person added".
pub(super) fn merge_summary(changes: &[Change], from: &str) -> String {
    let mut tags = Count::default();
    let mut links = Count::default();
    let mut people = Count::default();
    let mut reviews = Count::default();
    let mut decisions = Count::default();
    let mut ignored = Count::default();
    let (mut clashes, mut others) = (0, 0);
    for change in changes {
        match change {
            Change::Annotation(delta) => tags.add(delta),
            Change::Link(delta) => links.add(delta),
            Change::Person(delta) => people.add(delta),
            Change::PeerReview(delta) => reviews.add(delta),
            Change::Decision(delta) => decisions.add(delta),
            Change::Suppression(delta) => ignored.add(delta),
            Change::Unread(delta) => {
                let clash = delta
                    .after
                    .as_ref()
                    .is_some_and(|new| new.clash().is_some());
                clashes += usize::from(clash);
            }
            Change::Meta(_) | Change::Source(_) => others += 1,
        }
    }
    let mut parts = Vec::new();
    tags.say("tag", "tags", &mut parts);
    links.say("link", "links", &mut parts);
    people.say("person", "people", &mut parts);
    reviews.say("review", "reviews", &mut parts);
    decisions.say("decision", "decisions", &mut parts);
    ignored.say("ignored hint", "ignored hints", &mut parts);
    if others > 0 {
        parts.push("the header changed".to_owned());
    }
    match clashes {
        0 => {}
        _ => parts.push(count_as(
            clashes,
            "conflict to decide",
            "conflicts to decide",
        )),
    }
    if parts.is_empty() {
        format!("merged changes from {from}")
    } else {
        format!("merged changes from {from}: {}", parts.join(", "))
    }
}
