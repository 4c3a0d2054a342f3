//! Tagged text in a test is written as
//!
//! ```text
//! <q1:quote>“I think so,”</q1> <s1:speaker>she</s1> said. <q1>“Today.”</q1>
//! ---
//! p1 = Rex Tillerson
//! s1 is p1
//! q1 form=direct
//! q1 -speaker-> s1
//! ```
//!
//! Tags close by id, so they may nest and cross; one that opens again has another fragment. A link
//! may also lead to a person, `@p1`, or to `nobody`, and ends in `?` while it is not confirmed. `q1
//! review=accepted`, `q1 verdict=open` and `q1 note=…` mean what they say. [`show`] writes the
//! same.

use std::fmt::Write;

use pullquote::edit::apply;
use pullquote::model::{
    Annotation, Change, Delta, Document, Fragments, Link, LinkId, Origin, Person, PersonId, Review,
    Target, Transaction, Verdict,
};
use pullquote::text::{SourceText, TextRange, TextSize};

struct Tag {
    id: String,
    label: String,
    ranges: Vec<TextRange>,
    open: Option<usize>,
}

/// The document of a text in the notation.
pub(crate) fn tagged(notation: &str) -> Document {
    let (marked, facts) = notation.split_once("\n---\n").unwrap_or((notation, ""));
    let (text, tags) = unmark(marked);
    let mut document = Document::new(SourceText::new(text, "UTF-8").unwrap());
    let mut annotations: Vec<Annotation> = tags.into_iter().map(annotation).collect();
    let (mut links, mut people) = (Vec::new(), Vec::new());
    for fact in facts.lines().filter(|line| !line.trim().is_empty()) {
        if let Some((id, name)) = fact.split_once(" = ") {
            people.push(person(id, name));
        } else if let Some((from, rest)) = fact.split_once(" -") {
            let (role, to) = rest.split_once("-> ").expect(fact);
            links.push(link(links.len() + 1, from, role, to));
        } else {
            let (id, rest) = fact.split_once(' ').expect(fact);
            let annotation = annotations.iter_mut().find(|a| a.id.as_str() == id);
            say(annotation.expect(fact), rest);
        }
    }
    let mut transaction = Transaction::new("made for a test");
    let people = people.into_iter().map(|p| Change::Person(Delta::insert(p)));
    let tags = annotations
        .into_iter()
        .map(|a| Change::Annotation(Delta::insert(a)));
    let links = links.into_iter().map(|l| Change::Link(Delta::insert(l)));
    transaction.changes = people.chain(tags).chain(links).collect();
    apply(&mut document, &transaction).unwrap();
    document
}

/// The plain text, and the tags in the order they open.
fn unmark(marked: &str) -> (String, Vec<Tag>) {
    let (mut text, mut tags) = (String::new(), Vec::<Tag>::new());
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        let (mark, after) = after.split_once('>').expect("a mark that ends");
        rest = after;
        if let Some(id) = mark.strip_prefix('/') {
            let tag = tags.iter_mut().find(|tag| tag.id == id).expect(id);
            let start = tag.open.take().expect("a tag that is open");
            tag.ranges
                .push(TextRange::new(size(start), size(text.len())));
        } else if let Some((id, label)) = mark.split_once(':') {
            tags.push(Tag {
                id: id.to_owned(),
                label: label.to_owned(),
                ranges: Vec::new(),
                open: Some(text.len()),
            });
        } else {
            let tag = tags.iter_mut().find(|tag| tag.id == mark).expect(mark);
            tag.open = Some(text.len());
        }
    }
    text.push_str(rest);
    (text, tags)
}

fn size(offset: usize) -> TextSize {
    TextSize::try_from(offset).unwrap()
}

fn annotation(tag: Tag) -> Annotation {
    Annotation::new(
        tag.id.as_str(),
        tag.label,
        Fragments::new(tag.ranges).unwrap(),
        Origin::Annotator("".into()),
    )
}

fn person(id: &str, name: &str) -> Person {
    Person::new(id, name)
}

fn link(n: usize, from: &str, role: &str, to: &str) -> Link {
    let (to, confirmed) = match to.strip_suffix(" ?") {
        Some(to) => (to, false),
        None => (to, true),
    };
    Link {
        confirmed,
        ..Link::new(
            LinkId::new(format!("l{n}")),
            role,
            from,
            match to.strip_prefix('@') {
                Some(person) => Target::Person(person.into()),
                None if to == "nobody" => Target::NotGiven,
                None => Target::Annotation(to.into()),
            },
            Origin::Annotator("".into()),
        )
    }
}

fn say(annotation: &mut Annotation, fact: &str) {
    if let Some(person) = fact.strip_prefix("is ") {
        annotation.person = Some(PersonId::new(person));
        return;
    }
    let (name, value) = fact.split_once('=').expect(fact);
    match name {
        "note" => annotation.note = value.into(),
        "review" => {
            let review = Review::ALL.into_iter().find(|r| r.word() == value);
            annotation.review = review.expect(fact);
        }
        "verdict" => {
            let verdict = Verdict::ALL.into_iter().find(|v| v.word() == value);
            annotation.verdict = verdict.expect(fact);
            annotation.origin = Origin::Suggester("test".into());
        }
        name => annotation.set_attribute(name, Some(value.into())),
    }
}

/// The notation of a document: what [`tagged`] takes.
pub(crate) fn show(document: &Document) -> String {
    // Close before opening, inner before outer.
    let mut marks: Vec<(TextSize, u8, TextSize, String)> = Vec::new();
    for tag in document.set().annotations() {
        for (n, range) in tag.fragments.iter().enumerate() {
            let open = if n == 0 {
                format!("<{}:{}>", tag.id, tag.label)
            } else {
                format!("<{}>", tag.id)
            };
            let outer_first = document.source().len() - range.end();
            marks.push((range.start(), 1, outer_first, open));
            let inner_first = document.source().len() - range.start();
            marks.push((range.end(), 0, inner_first, format!("</{}>", tag.id)));
        }
    }
    marks.sort();
    let (mut shown, mut at) = (String::new(), TextSize::new(0));
    for (place, _, _, mark) in marks {
        shown.push_str(document.source().slice(TextRange::new(at, place)));
        shown.push_str(&mark);
        at = place;
    }
    shown.push_str(
        document
            .source()
            .slice(TextRange::new(at, document.source().len())),
    );
    let facts = facts(document);
    if !facts.is_empty() {
        write!(shown, "\n---\n{}", facts.join("\n")).unwrap();
    }
    shown
}

fn facts(document: &Document) -> Vec<String> {
    let set = document.set();
    let mut facts: Vec<String> = set
        .people()
        .map(|p| format!("{} = {}", p.id, p.name))
        .collect();
    for tag in set.annotations() {
        let mut say = |fact: String| facts.push(format!("{} {fact}", tag.id));
        if let Some(person) = &tag.person {
            say(format!("is {person}"));
        }
        for attribute in &tag.attributes {
            say(format!("{}={}", attribute.name, attribute.value));
        }
        if matches!(tag.origin, Origin::Suggester(_)) {
            say(format!("verdict={}", tag.verdict.word()));
        }
        if tag.review != Review::Unreviewed {
            say(format!("review={}", tag.review.word()));
        }
        if !tag.note.is_empty() {
            say(format!("note={}", tag.note));
        }
    }
    facts.extend(set.links().map(|link| {
        let to = match &link.to {
            Target::Annotation(id) => id.to_string(),
            Target::Person(id) => format!("@{id}"),
            Target::NotGiven => "nobody".to_owned(),
        };
        let doubt = if link.confirmed { "" } else { " ?" };
        format!("{} -{}-> {to}{doubt}", link.from, link.role)
    }));
    facts
}

#[test]
fn the_notation_is_shown_as_it_is_read() {
    let notation = "\
He: <q1:quote>“I <c1:claim>think <x1:claim>so,”</q1> <s1:speaker>she</c1> said</s1></x1>. <q1>“Now.”</q1>
---
p1 = Rex Tillerson
q1 form=direct
q1 note=look again
c1 verdict=open
s1 is p1
s1 review=accepted
q1 -speaker-> s1
c1 -speaker-> @p1 ?
x1 -speaker-> nobody";
    assert_eq!(show(&tagged(notation)), notation);
}
