use std::collections::{BTreeMap, BTreeSet};

use super::names::Names;
use crate::model::Schema;

/// What an export has used, for the configuration.
pub(super) struct Used {
    pub(super) labels: Names,
    pub(super) roles: Names,
    pub(super) attributes: Names,
    /// Labels and values by attribute.
    values: BTreeMap<String, (BTreeSet<String>, BTreeSet<String>)>,
}

impl Default for Used {
    fn default() -> Self {
        Self {
            labels: Names::default(),
            roles: Names::default(),
            attributes: Names::reserving(&["Review"]),
            values: BTreeMap::new(),
        }
    }
}

impl Used {
    /// Notes that tags of a label have a value.
    pub(super) fn value(&mut self, label: &str, attribute: String, value: String) {
        let (labels, values) = self.values.entry(attribute).or_default();
        if !labels.contains(label) {
            labels.insert(label.to_owned());
        }
        values.insert(value);
    }
}

/// `annotation.conf`: what brat lets people tag, by the schema and what was used beyond it.
pub(super) fn annotation(schema: &Schema, used: &Used) -> String {
    let mut out = String::from("[entities]\n");
    let mut labels: Vec<String> = schema.labels().iter().map(|l| l.key.to_string()).collect();
    add(&mut labels, used.labels.all().map(|(name, _)| name));
    for label in &labels {
        out.push_str(&format!("{label}\n"));
    }
    out.push_str("\n[relations]\n<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n");
    let mut roles: Vec<String> = schema.roles().iter().map(|r| r.key.to_string()).collect();
    add(&mut roles, used.roles.all().map(|(name, _)| name));
    for role in &roles {
        out.push_str(&format!("{role}\tArg1:<ENTITY>, Arg2:<ENTITY>\n"));
    }
    out.push_str("\n[events]\n\n[attributes]\n");
    out.push_str("Review\tArg:<ENTITY>, Value:accepted|rejected|unsure\n");
    let mut attributes = used.values.clone();
    for label in schema.labels() {
        for attribute in schema.attributes_of(&label.key) {
            let values: Vec<&str> = attribute.values.iter().map(|v| &**v).collect();
            if values
                .iter()
                .all(|value| !value.contains(char::is_whitespace))
            {
                let known = attributes.entry(attribute.name.to_string()).or_default();
                known.0.insert(label.key.to_string());
                known.1.extend(values.into_iter().map(str::to_owned));
            }
        }
    }
    for (name, (_, values)) in attributes {
        let values: Vec<String> = values.into_iter().collect();
        out.push_str(&format!(
            "{name}\tArg:<ENTITY>, Value:{}\n",
            values.join("|")
        ));
    }
    out
}

/// `visual.conf`: what the labels are called on screen, and their colours.
pub(super) fn visual(schema: &Schema, used: &Used) -> String {
    let mut out = String::from("[labels]\n");
    for label in schema.labels() {
        let names = [&label.name, &label.letter.to_string()].map(|name| one_line(name));
        out.push_str(&format!("{} | {}\n", label.key, names.join(" | ")));
    }
    let known = |name: &str| schema.label(name).is_some();
    for (name, ours) in used.labels.all().chain(used.roles.all()) {
        if name != ours && !known(name) {
            out.push_str(&format!("{name} | {}\n", one_line(ours)));
        }
    }
    out.push_str(
        "\n[drawing]\nSPAN_DEFAULT\tfgColor:black, bgColor:lightgray, borderColor:darken\n",
    );
    for label in schema.labels() {
        out.push_str(&format!(
            "{}\tbgColor:{}\n",
            label.key,
            colour(&label.color)
        ));
    }
    out.push_str("ARC_DEFAULT\tcolor:black, arrowHead:triangle-5\n");
    out
}

fn add<'a>(list: &mut Vec<String>, names: impl Iterator<Item = &'a str>) {
    for name in names {
        if !list.iter().any(|known| known == name) {
            list.push(name.to_owned());
        }
    }
}

/// Signs that mean something in these files become blanks.
fn one_line(name: &str) -> String {
    let parts = name.split(|c: char| c == '|' || c.is_control());
    parts.collect::<Vec<_>>().join(" ")
}

/// A light tone for the name of a colour.
fn colour(name: &str) -> &'static str {
    match name {
        "yellow" => "#fff2b3",
        "pink" => "#fbd5e5",
        "blue" => "#d3e5fa",
        "green" => "#d5efd5",
        "orange" => "#fde0c2",
        "purple" => "#e6daf5",
        "red" => "#fad4d0",
        _ => "#e4e4e4",
    }
}
