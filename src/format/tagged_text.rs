//! Text with its tags written into it, as examples in guidelines have it.
//!
//! ```text
//! <quote form=direct speaker=#s1>“We do not,”</quote> <speaker #s1>Tillerson</speaker> said.
//! ```
//!
//! `<LABEL …>` begins a tag and `</LABEL>` ends it. `#ID` names a tag, so that others can lead to it, or so that it goes
//! on elsewhere: the next `<LABEL #ID>` is another part of it, and `</LABEL #ID>` ends this one where tags cross.
//! `NAME=VALUE` is a link where NAME is a role of the schema, to `#ID`, to a person, or to `none`; else it is an
//! attribute. A value with blanks stands in quotation marks. What is no label in angle brackets is text; a name of
//! letters that is no label is refused, so that no tag is overlooked.

use smol_str::SmolStr;

use crate::model::{
    Annotation, AnnotationId, Attribute, Document, Fragments, Link, Origin, Person, Schema, Target,
};
use crate::text::wording::{join_and, nearest};
use crate::text::{SourceText, TextRange, TextSize};

/// Why text with tags cannot be read, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct TaggedTextError {
    /// Which line, from 0.
    pub line: usize,
    /// What is wrong and what to do.
    pub message: String,
}

#[derive(Debug)]
struct Tag {
    id: SmolStr,
    label: SmolStr,
    ranges: Vec<(usize, usize)>,
    /// Where the part begins that is not ended.
    begun: Option<usize>,
    values: Vec<(String, String)>,
    line: usize,
}

/// Reads text with its tags.
///
/// # Errors
/// [`TaggedTextError`] for a tag that is not ended, a label, role or tag that is not there, or a link that the schema
/// does not allow.
pub fn read_tagged_text(text: &str, schema: &Schema) -> Result<Document, TaggedTextError> {
    let mut plain = String::with_capacity(text.len());
    let mut tags: Vec<Tag> = Vec::new();
    let mut rest = text;
    let former = schema.former_labels();
    while let Some(at) = rest.find('<') {
        let (before, from) = rest.split_at(at);
        plain.push_str(before);
        let line = plain.matches('\n').count();
        let error = |message: String| TaggedTextError { line, message };
        let inner = from.get(1..).unwrap_or_default();
        let ends = inner.strip_prefix('/');
        let name_in = ends.unwrap_or(inner);
        let name: String = name_in
            .chars()
            .take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
            .collect();
        let close = inner
            .find('>')
            .filter(|close| !inner.get(..*close).is_some_and(|mark| mark.contains('<')));
        let (Some(close), false) = (close, name.is_empty()) else {
            plain.push('<');
            rest = inner;
            continue;
        };
        // A label that was renamed is read as the present one.
        let label = match schema.label(&name) {
            Some(_) => Some(SmolStr::from(&name)),
            None => former.present(&name).cloned(),
        };
        let Some(label) = label else {
            let known = || schema.labels().iter().map(|label| label.key.as_str());
            let meant = match nearest(&name, known()) {
                Some(like) => format!("; did you mean `{like}`?"),
                None => {
                    let known: Vec<&str> = known().collect();
                    let known = join_and(&known);
                    format!("; it has {known}, and a tag with an id is `<LABEL #ID>`")
                }
            };
            return Err(error(format!("the schema has no label `{name}`{meant}")));
        };
        let mark = inner.get(..close).unwrap_or_default();
        let facts = mark
            .trim_start_matches('/')
            .get(name.len()..)
            .unwrap_or_default();
        let (id, values) = facts_of(facts).map_err(error)?;
        if ends.is_some() {
            let mut open = tags
                .iter_mut()
                .rev()
                .filter(|tag| tag.begun.is_some() && tag.label == label);
            let tag = open.find(|tag| id.as_ref().is_none_or(|id| *id == tag.id));
            let tag =
                tag.ok_or_else(|| error(format!("no `<{name}>` begins before this `</{name}>`")))?;
            if let Some(begun) = tag.begun.take() {
                if begun == plain.len() {
                    return Err(error(format!("this `{name}` has no words")));
                }
                tag.ranges.push((begun, plain.len()));
            }
        } else {
            let known = id
                .as_ref()
                .and_then(|id| tags.iter().position(|tag| tag.id == *id));
            let known = known.and_then(|n| tags.get_mut(n));
            match known {
                Some(tag) if tag.label == label && tag.begun.is_none() => {
                    tag.begun = Some(plain.len());
                    tag.values.extend(values);
                }
                Some(tag) => {
                    let words = format!(
                        "`#{}` is another tag already; give this one another name",
                        tag.id
                    );
                    return Err(error(words));
                }
                None => tags.push(Tag {
                    id: id.unwrap_or_else(|| smol_str::format_smolstr!("t{}", tags.len() + 1)),
                    label,
                    ranges: Vec::new(),
                    begun: Some(plain.len()),
                    values,
                    line,
                }),
            }
        }
        rest = inner.get(close + 1..).unwrap_or_default();
    }
    plain.push_str(rest);
    document(plain, tags, schema)
}

/// The name of a tag, and its values by name.
type TagFacts = (Option<SmolStr>, Vec<(String, String)>);

/// What stands in a tag after its label.
fn facts_of(facts: &str) -> Result<TagFacts, String> {
    let mut id = None;
    let mut values = Vec::new();
    let mut rest = facts.trim_start();
    while !rest.is_empty() {
        if let Some(named) = rest.strip_prefix('#') {
            let end = named.find(char::is_whitespace).unwrap_or(named.len());
            id = Some(named.get(..end).unwrap_or_default().into());
            rest = named.get(end..).unwrap_or_default().trim_start();
            continue;
        }
        let Some((name, after)) = rest.split_once('=') else {
            return Err(format!("`{rest}` is neither `#ID` nor `NAME=VALUE`"));
        };
        let (value, after) = match after.strip_prefix('"') {
            Some(quoted) => quoted
                .split_once('"')
                .ok_or_else(|| format!("the value of `{name}` has no quotation mark at its end"))?,
            None => after.split_at(after.find(char::is_whitespace).unwrap_or(after.len())),
        };
        values.push((name.trim().to_owned(), value.to_owned()));
        rest = after.trim_start();
    }
    Ok((id, values))
}

fn document(plain: String, tags: Vec<Tag>, schema: &Schema) -> Result<Document, TaggedTextError> {
    let whole = |error: &dyn std::fmt::Display| TaggedTextError {
        line: 0,
        message: error.to_string(),
    };
    let source = SourceText::new(plain, "UTF-8").map_err(|error| whole(&error))?;
    let mut parts = Document::new(source).into_parts();
    let labels: Vec<(SmolStr, SmolStr)> = tags
        .iter()
        .map(|tag| (tag.id.clone(), tag.label.clone()))
        .collect();
    let mut links = Vec::new();
    for tag in tags {
        let error = |message: String| TaggedTextError {
            line: tag.line,
            message,
        };
        let Tag { id, label, .. } = &tag;
        if tag.begun.is_some() {
            return Err(error(format!(
                "`<{label}>` is not ended; write `</{label}>`"
            )));
        }
        let range = |(start, end): &(usize, usize)| {
            let start = TextSize::try_from(*start).ok()?;
            Some(TextRange::new(start, TextSize::try_from(*end).ok()?))
        };
        let ranges: Vec<TextRange> = tag.ranges.iter().filter_map(range).collect();
        let fragments = Fragments::new(ranges).map_err(|wrong| error(wrong.to_string()))?;
        let origin = Origin::Annotator(SmolStr::default());
        let mut annotation = Annotation::new(
            AnnotationId::new(id.clone()),
            label.clone(),
            fragments,
            origin.clone(),
        );
        for (name, value) in &tag.values {
            let role = schema.roles().iter().find(|role| role.key == *name);
            let Some(role) = role else {
                let known = schema.attributes_of(label).any(|attribute| {
                    attribute.name == *name
                        && (attribute.values.is_empty()
                            || attribute.values.iter().any(|one| one == value))
                });
                if !known {
                    return Err(error(format!(
                        "a `{label}` has no `{name}` with the value `{value}` in the schema"
                    )));
                }
                annotation.attributes.push(Attribute {
                    name: name.as_str().into(),
                    value: value.as_str().into(),
                });
                continue;
            };
            let to = match value.strip_prefix('#') {
                Some(to) => {
                    let found = labels.iter().find(|(id, _)| id == to);
                    let (_, to_label) =
                        found.ok_or_else(|| error(format!("there is no tag `#{to}`")))?;
                    if !schema.allows(&role.key, label, to_label) {
                        return Err(error(format!(
                            "a `{to_label}` cannot be the {name} of a `{label}`"
                        )));
                    }
                    Target::Annotation(AnnotationId::new(to))
                }
                None if !schema.allows_people(&role.key, label) => {
                    return Err(error(format!("a `{label}` has no {name}")));
                }
                None if value == "none" => Target::NotGiven,
                None => {
                    let id = format!("p-{value}");
                    parts
                        .set
                        .insert_person(Person::new(id.as_str(), value.clone()));
                    Target::Person(id.as_str().into())
                }
            };
            let link = format!("l{}", links.len() + 1);
            links.push(Link {
                confirmed: true,
                ..Link::new(
                    link.as_str(),
                    role.key.clone(),
                    id.as_str(),
                    to,
                    origin.clone(),
                )
            });
        }
        annotation.attributes.sort();
        parts.set.insert_annotation(annotation);
    }
    for link in links {
        parts.set.insert_link(link);
    }
    Ok(parts.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::schema_file::default_schema;

    #[test]
    fn tags_links_and_parts_are_read() {
        let schema = default_schema().unwrap();
        let text = "<quote #q form=direct speaker=#s>“We do not,”</quote> <speaker #s>Tillerson</speaker> \
            said, <quote #q>“today.”</quote> 1 < 2.\n<claim speaker=none>Trade <quote speaker=\"Ada Byron\">grew\
            </quote></claim>.";
        let document = read_tagged_text(text, &schema).unwrap();
        assert_eq!(
            document.source().as_str(),
            "“We do not,” Tillerson said, “today.” 1 < 2.\nTrade grew."
        );
        let set = document.set();
        let quote = set.annotation(&"q".into()).unwrap();
        assert_eq!(quote.fragments.as_slice().len(), 2);
        assert_eq!(quote.attribute("form").unwrap(), "direct");
        let to: Vec<_> = set.links().map(|link| link.to.clone()).collect();
        assert!(to.contains(&Target::Annotation("s".into())) && to.contains(&Target::NotGiven));
        assert_eq!(set.people().next().unwrap().name, "Ada Byron");
    }

    #[test]
    fn an_unknown_label_is_told_with_those_there_are() {
        let schema = default_schema().unwrap();
        let read = |text: &str| read_tagged_text(text, &schema).unwrap_err().message;
        assert_eq!(
            read("<q1:quote>Yes</quote>"),
            "the schema has no label `q1`; it has quote, speaker and claim, and a tag with an id is `<LABEL #ID>`"
        );
        assert!(read("<quot>Yes</quot>").contains("did you mean `quote`?"));
    }

    #[test]
    fn a_label_that_was_renamed_is_read_as_the_present_one() {
        let default = default_schema().unwrap();
        let mut labels = default.labels().to_vec();
        labels[0].was = vec!["said".into()];
        let schema = Schema::new(labels, vec![], vec![]).unwrap();
        let document = read_tagged_text("<said>“No,”</said> Ann said.", &schema).unwrap();
        let tag = document.set().annotations().next().unwrap();
        assert_eq!(tag.label, "quote");
    }

    #[test]
    fn mistakes_are_named_with_their_line() {
        let schema = default_schema().unwrap();
        for (text, line, words) in [
            ("a\n<qoute>b</qoute>", 1, "did you mean `quote`?"),
            ("<quote>b", 0, "is not ended"),
            ("<quote></quote>", 0, "has no words"),
            ("b</quote>", 0, "begins before"),
            ("<quote speaker=#s>b</quote>", 0, "there is no tag `#s`"),
            (
                "<quote form=loud>b</quote>",
                0,
                "no `form` with the value `loud`",
            ),
            ("<speaker #s speaker=none>b</speaker>", 0, "has no speaker"),
            ("<quote form>b</quote>", 0, "neither"),
        ] {
            let error = read_tagged_text(text, &schema).unwrap_err();
            assert_eq!(error.line, line, "{text}");
            assert!(error.message.contains(words), "{error}");
        }
    }
}
