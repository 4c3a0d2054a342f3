//! One annotation as others write it: bodies, targets and selectors may be one or many, and shorter
//! than the Recommendation has them.

use super::bodies::{Body, Says, take_bodies};
use super::creator::Creator;
use super::own::{add_attribute, restored_attributes, take_own, written_by};
use super::selector::Selector;
use super::targets::Targets;
use super::told::{Told, take_text, take_texts};
use super::wire::{OwnDocument, OwnTag};
use super::write::ARTICLE;
use crate::format::interchange::extras::{LinkExtra, SpanExtra, by_whom};
use crate::format::interchange::{AttributeList, Rare};
use crate::format::json::{Map, Value};
use crate::format::left_out::{shortened, shown};
use crate::format::link_facts::LinkFacts;
use crate::model::Review;

/// The contents of an annotation.
pub(super) enum Item {
    /// One, or one for each text.
    Tags(Vec<Tag>),
    Links(Vec<Link>),
}

/// Stretches of a text under a label.
#[derive(Debug, Default, Clone)]
pub(super) struct Tag {
    pub(super) id: String,
    pub(super) source: String,
    /// Each with its descriptions.
    pub(super) parts: Vec<Vec<Selector>>,
    pub(super) label: String,
    pub(super) attributes: AttributeList,
    pub(super) note: String,
    pub(super) review: String,
    pub(super) creator: Option<Creator>,
    /// Addresses that bodies link it to.
    pub(super) linked: Vec<String>,
    /// Whom bodies of our own say it is about.
    pub(super) identifying: Vec<String>,
    /// What we ourselves wrote beside it.
    pub(super) own: Option<OwnTag>,
}

/// A connection between two annotations, named by their IRIs.
#[derive(Debug, Default)]
pub(super) struct Link {
    pub(super) id: String,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) role: String,
    pub(super) facts: LinkFacts,
    pub(super) creator: Option<Creator>,
    pub(super) own: Option<LinkExtra>,
}

/// The label of what is only marked.
const MARKED: &str = "highlight";

/// Motivations that what an annotation becomes says by itself.
const PLAIN: [&str; 7] = [
    "tagging",
    "commenting",
    "highlighting",
    "linking",
    "describing",
    "replying",
    "annotating",
];

/// The meaning of a value, and the document that begins with it; what has none is told.
pub(super) fn item(value: Value, told: &mut Told<'_>) -> (Option<Item>, Option<OwnDocument>) {
    let Value::Object(mut fields) = value else {
        told.skip(
            "entries that are not annotations are left out",
            &shown(&value),
        );
        return (None, None);
    };
    let own = take_own(&mut fields, told);
    let document = own.document;
    (meaning(fields, own.tag, own.link, told), document)
}

fn meaning(
    mut fields: Map,
    own_tag: Option<OwnTag>,
    own_link: Option<LinkExtra>,
    told: &mut Told<'_>,
) -> Option<Item> {
    // An answer to another annotation has no place of its own.
    if fields
        .get("references")
        .is_some_and(|list| !crate::format::left_out::says_nothing(list))
    {
        told.annotation("replies to other annotations are left out", &fields);
        return None;
    }
    let id = take_text(&mut fields, "id").unwrap_or_default();
    let mut motivations = take_texts(&mut fields, "motivation");
    motivations.extend(take_texts(&mut fields, "motivatedBy"));
    for motivation in &mut motivations {
        let plain = motivation.rsplit([':', '#', '/']).next().map(str::to_owned);
        *motivation = plain.unwrap_or_default();
    }
    let mut creators = Creator::take(&mut fields, told).into_iter();
    let creator = creators.next();
    for other in creators {
        told.skip(
            "all creators of an annotation but its first are left out",
            &other.called,
        );
    }
    let targets = Targets::take(&mut fields, told);
    let mut bodies = take_bodies(&mut fields, told);
    // The way of Hypothesis.
    for tag in take_texts(&mut fields, "tags") {
        bodies.push(Body::new("tagging", tag));
    }
    if let Some(note) = take_text(&mut fields, "text") {
        bodies.push(Body::new("commenting", note));
    }
    told.rest(fields, "");
    let linking = own_link.is_some() || motivations.iter().any(|m| m == "linking");
    if linking && targets.passages.is_empty() {
        let links = links(&id, &targets, bodies, &motivations, creator, own_link, told)?;
        return Some(Item::Links(links));
    }
    let tags = tags(&id, targets, bodies, &motivations, creator, own_tag, told)?;
    Some(Item::Tags(tags))
}

impl Body {
    fn new(purpose: &str, text: String) -> Self {
        Self {
            purpose: Some(purpose.to_owned()),
            says: Says::Text(text),
            by: None,
        }
    }
}

fn links(
    id: &str,
    targets: &Targets,
    bodies: Vec<Body>,
    motivations: &[String],
    creator: Option<Creator>,
    own: Option<LinkExtra>,
    told: &mut Told<'_>,
) -> Option<Vec<Link>> {
    let mut ends = targets.whole.clone();
    let mut link = Link {
        id: id.to_owned(),
        own,
        ..Link::default()
    };
    if let Some(own) = &link.own {
        compare_creators(own.by.as_deref(), creator.as_ref(), told);
    }
    let mut role = None;
    for body in bodies {
        let purpose = body.purpose.as_deref();
        match (&body.says, purpose) {
            (Says::Resource(address, _), None | Some("linking")) => ends.push(address.clone()),
            (Says::Text(text), Some("tagging")) if role.is_none() => role = Some(text.clone()),
            (says, Some("tagging")) => link.facts.add("tag", says.text()),
            (says, None | Some("commenting" | "describing" | "replying")) => {
                let said = signed(&body, says.text(), creator.as_ref());
                add_line(&mut link.facts.note, &said);
            }
            (says, Some(purpose)) => link.facts.add(purpose, says.text()),
        }
    }
    for motivation in motivations {
        if !PLAIN.contains(&&**motivation) {
            link.facts.add("motivation", motivation);
        }
    }
    if let Some(own) = &mut link.own {
        link.facts.take_own(own);
    }
    link.role = role.unwrap_or_else(|| "linking".to_owned());
    link.creator = creator.or_else(|| targets.by.clone());
    let mut ends = ends.into_iter();
    let (Some(from), Some(to)) = (ends.next(), ends.next()) else {
        let ends = targets
            .whole
            .iter()
            .map(|end| format!(" `{}`", shortened(end)));
        let ends: String = ends.collect();
        let what = format!("“{}”{ends}{}", shortened(&link.role), link.said());
        told.skip("links with fewer than two ends are left out", &what);
        return None;
    };
    let more: Vec<String> = ends.collect();
    if !more.is_empty() {
        told.left_out.hint(
            told.line,
            format!(
                "{} links its first end to several others; it is a link to each",
                told.name
            ),
        );
    }
    link.from = from;
    link.to = to;
    let more: Vec<Link> = more
        .into_iter()
        .map(|to| Link {
            id: String::new(),
            from: link.from.clone(),
            to,
            role: link.role.clone(),
            facts: link.facts.clone(),
            creator: link.creator.clone(),
            ..Link::default()
        })
        .collect();
    Some(std::iter::once(link).chain(more).collect())
}

fn tags(
    id: &str,
    targets: Targets,
    bodies: Vec<Body>,
    motivations: &[String],
    creator: Option<Creator>,
    own: Option<OwnTag>,
    told: &mut Told<'_>,
) -> Option<Vec<Tag>> {
    let placed = targets
        .passages
        .iter()
        .all(|(_, parts)| parts.iter().all(|(_, part)| !part.is_empty()));
    if targets.passages.is_empty() || !placed {
        let cause = match (targets.passages.is_empty(), targets.whole.is_empty()) {
            (false, _) => "annotations whose selectors give no place in a text are left out",
            (true, false) => "annotations of a whole text, or of another annotation, are left out",
            (true, true) => "annotations without a place in a text are left out",
        };
        let creator = creator.as_ref().or(targets.by.as_ref());
        let mut own = own.map(|own| own.extra).unwrap_or_default();
        let by = own.by.take();
        let by = by.or_else(|| creator.map(|creator| (&*creator.called).into()));
        let rest = SpanExtra {
            // These are among the bodies.
            attributes: AttributeList::default(),
            note: Rare::default(),
            by: by.into(),
            ..own
        };
        let what = format!("{}{}", summary(&targets, &bodies), rest.said());
        told.skip(cause, &what);
        return None;
    }
    for address in &targets.whole {
        told.skip(
            "whole texts as targets beside passages are left out",
            address,
        );
    }
    let by_body = || bodies.iter().find_map(|body| body.by.clone());
    let creator = creator.or_else(|| targets.by.clone()).or_else(by_body);
    let mut tag = Tag {
        id: id.to_owned(),
        creator,
        own,
        ..Tag::default()
    };
    if let Some(own) = &tag.own {
        compare_creators(own.extra.by.as_deref(), tag.creator.as_ref(), told);
    }
    tag.fill(bodies, motivations, told);
    let several = targets.passages.len() > 1;
    if several {
        told.left_out.hint(
            told.line,
            format!(
                "{} is on several texts; it is a tag in each of them",
                told.name
            ),
        );
    }
    let mut tags = Vec::new();
    for (source, parts) in targets.passages {
        // Ours are the parts of one tag, also where another tool has dropped what we noted with them.
        let ours = tag.own.is_some() || source.starts_with(ARTICLE);
        let mut groups: Vec<(usize, Vec<Vec<Selector>>)> = Vec::new();
        for (target, part) in parts {
            match groups.last_mut() {
                Some((last, parts)) if ours || *last == target => parts.push(part),
                _ => groups.push((target, vec![part])),
            }
        }
        if groups.len() > 1 {
            let message = format!(
                "{} is about several passages; it is a tag at each of them, and links lead to the \
                 first",
                told.name
            );
            told.left_out.hint(told.line, message);
        }
        for (n, (_, parts)) in groups.into_iter().enumerate() {
            tags.push(Tag {
                // Without an id it gets one later.
                id: if n == 0 || tag.id.is_empty() {
                    tag.id.clone()
                } else {
                    format!("{}-{}", tag.id, n + 1)
                },
                source: source.clone(),
                parts,
                ..tag.clone()
            });
        }
    }
    // Nearly always there is one, and a list begins with room for four.
    tags.shrink_to_fit();
    Some(tags)
}

impl Tag {
    /// What it says besides its label and place, for messages: with a comma before each.
    pub(super) fn said(&self) -> String {
        let own = self.own.as_ref().map(|own| own.extra.clone());
        let mut own = own.unwrap_or_default();
        let creator = self.creator.as_ref();
        let by = own.by.take();
        let by = by.or_else(|| creator.map(|creator| (&*creator.called).into()));
        let extra = SpanExtra {
            attributes: self.attributes.clone(),
            note: self.note.clone().into(),
            review: self.review.clone().into(),
            by: by.into(),
            ..own
        };
        let mut said = extra.said();
        for name in &self.identifying {
            said.push_str(&format!(", identifying: “{name}”"));
        }
        shortened(&said)
    }

    fn fill(&mut self, bodies: Vec<Body>, motivations: &[String], told: &mut Told<'_>) {
        let default = motivations
            .first()
            .map_or("commenting", |first| match &**first {
                "highlighting" | "linking" | "bookmarking" | "annotating" => "commenting",
                purpose => purpose,
            });
        // Beside tags in words, a resource of which nothing is said is none.
        let is_tag = |body: &Body| body.purpose.as_deref() == Some("tagging");
        let has_tags = bodies.iter().any(is_tag);
        let mut label = None;
        let mut meant = false;
        let mut classifying = Vec::new();
        for body in bodies {
            meant |= body.purpose.is_none();
            let purpose = body.purpose.as_deref().unwrap_or(match &body.says {
                Says::Resource(..) if default == "commenting" || has_tags => "resource",
                Says::Resource(..) | Says::Text(_) => default,
            });
            let purpose = purpose.rsplit([':', '#', '/']).next().unwrap_or(purpose);
            let text = body.says.text();
            match purpose {
                "commenting" | "replying" | "describing" => {
                    let said = signed(&body, text, self.creator.as_ref());
                    add_line(&mut self.note, &said);
                    continue;
                }
                "tagging" => match &body.says {
                    Says::Text(text) if label.is_none() => {
                        // An empty tag is none, but for what we ourselves wrote.
                        if !text.is_empty() || self.own.is_some() {
                            label = Some(text.clone());
                        }
                    }
                    Says::Text(text) => add_attribute(&mut self.attributes, "tag", text),
                    Says::Resource(address, name) => {
                        let name = name.clone().unwrap_or_else(|| last_part(address));
                        match label {
                            None => label = Some(name.clone()),
                            Some(_) => add_attribute(&mut self.attributes, "tag", &name),
                        }
                        if name != *address {
                            add_attribute(&mut self.attributes, "tag", address);
                        }
                    }
                },
                "linking" if self.own.is_none() && matches!(body.says, Says::Resource(_, None)) => {
                    self.linked.push(text.to_owned());
                }
                "assessing" if Review::from_word(text).is_some() && self.review.is_empty() => {
                    text.clone_into(&mut self.review);
                }
                "classifying" if self.own.is_some() => classifying.push(text.to_owned()),
                "identifying" if self.own.is_some() => self.identifying.push(text.to_owned()),
                purpose => {
                    add_attribute(&mut self.attributes, purpose, text);
                    if let Says::Resource(_, Some(name)) = &body.says {
                        add_attribute(&mut self.attributes, purpose, name);
                    }
                }
            }
            if let Some(by) = &body.by
                && self.creator.as_ref().is_none_or(|creator| creator != by)
                && self.own.is_none()
            {
                let what = format!("“{}” by {}", shortened(text), by.called);
                told.skip(
                    "who added these to the annotation of another person is left out",
                    &what,
                );
            }
        }
        for motivation in motivations {
            let says = meant && motivation == default;
            if !PLAIN.contains(&&**motivation) && !says {
                add_attribute(&mut self.attributes, "motivation", motivation);
            }
        }
        self.label = label.unwrap_or_else(|| match &self.own {
            Some(_) => String::new(),
            None => MARKED.to_owned(),
        });
        if let Some(own) = &self.own {
            told.changed("note", &own.extra.note, &self.note);
            if !self.review.is_empty() {
                told.changed("review", &own.extra.review, &self.review);
            }
        }
        if let Some(own) = &self.own {
            let rest = std::mem::take(&mut self.attributes);
            self.attributes = restored_attributes(own, classifying, rest, told);
        }
    }
}

impl Link {
    /// What it says besides its role and ends, for messages: with a comma before each.
    pub(super) fn said(&self) -> String {
        let own = self.own.as_ref().and_then(|own| own.by.as_deref());
        let creator = self.creator.as_ref();
        let by = own.or_else(|| creator.map(|creator| &*creator.called));
        shortened(&format!("{}{}", self.facts.shown(), by_whom(by)))
    }
}

/// Tells where a creator is not the one we wrote.
fn compare_creators(by: Option<&str>, creator: Option<&Creator>, told: &mut Told<'_>) {
    if let Some(creator) = creator
        && written_by(by).as_deref() != Some(&*creator.called)
    {
        told.skip(
            "creators that another tool has changed are left out; Pullquote's own record was kept",
            &creator.called,
        );
    }
}

/// A comment, with its author where that is another person.
fn signed(body: &Body, text: &str, creator: Option<&Creator>) -> String {
    match &body.by {
        Some(by) if creator.is_some_and(|creator| creator != by) => {
            format!("{}: {text}", by.called)
        }
        _ => text.to_owned(),
    }
}

/// The words of an annotation that is left out.
fn summary(targets: &Targets, bodies: &[Body]) -> String {
    let exact = targets.passages.iter().flat_map(|(_, parts)| parts);
    let exact = exact.flat_map(|(_, part)| part).filter_map(Selector::words);
    let said = bodies.iter().map(|body| body.says.text());
    let words: Vec<&str> = exact
        .chain(said)
        .chain(targets.whole.iter().map(String::as_str))
        .filter(|words| !words.is_empty())
        .collect();
    if words.is_empty() {
        return String::new();
    }
    format!("“{}”", shortened(&words.join("”, “")))
}

fn last_part(address: &str) -> String {
    let part = address.trim_end_matches('/').rsplit(['#', '/', ':']).next();
    super::iri::read(part.unwrap_or(address))
}

fn add_line(text: &mut String, line: &str) {
    if !text.is_empty() && !line.is_empty() {
        text.push('\n');
    }
    text.push_str(line);
}
