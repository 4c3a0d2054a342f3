use std::collections::{BTreeMap, BTreeSet};

use smallvec::smallvec;
use smol_str::{SmolStr, format_smolstr};

use super::fields::{described, is_no_tag, is_segment, kind, line_of, reference};
use super::references::{NO_TAG, References};
use super::structures::{DOCUMENT, OPEN_LINK, OTHER_ATTRIBUTES, PERSON};
use super::views::{View, choose_views, of_each_view};
use super::word_ends::put_on_tags;
use crate::format::Imported;
use crate::format::counting::by_edges::judge_stretches;
use crate::format::counting::{Places, UnitHint};
use crate::format::free_ids::FreeIds;
use crate::format::interchange::extras::add_attribute;
use crate::format::interchange::{
    AttributeList, BoundedList, DocumentRecord, LinkRecord, PersonRecord, SpanRecord,
};
use crate::format::json::{Map, Value};
use crate::format::json_values::own;
use crate::format::layer_names::{LayerNames, short};
use crate::format::left_out::{LeftOut, shown_words as shown};
use crate::format::link_facts::LinkFacts;
use crate::format::tally::Content;

/// What links say besides their roles and ends, by their ids.
pub(super) type Facts = BTreeMap<SmolStr, LinkFacts>;

/// Features that hold the label or role, the most likely first.
const LABELS: [&str; 3] = ["label", "value", "category"];
const ROLES: [&str; 4] = ["role", "label", "relationType", "value"];
/// The records of a file, one for each view with tags; what is left out is noted.
pub(super) fn records(
    structures: &[Map],
    stem: &str,
    unit: UnitHint,
    mut left_out: LeftOut,
    imported: &mut Imported,
) -> Result<Vec<(DocumentRecord, Facts)>, (usize, String)> {
    let references = References::new(structures);
    let layers = LayerNames::new(structures.iter().filter(|of| is_tagged(of)).map(kind));
    let views = choose_views(structures, &mut left_out, imported)?;
    let mut records = Vec::with_capacity(views.len());
    let of_each = of_each_view(structures, &views);
    for (n, (view, own)) in views.iter().zip(of_each).enumerate() {
        let (mut record, facts) = of_view(view, (unit, &layers), own, &references, &mut left_out);
        if n > 0 {
            let name = if record.id.is_empty() {
                stem
            } else {
                &record.id
            };
            record.id = format!("{name}-{}", view.name);
        }
        records.push((record, facts));
    }
    left_out.read(Content::Document, records.len());
    for structure in structures {
        loose(structure, &references, &mut left_out, imported);
        of_tools(structure, &mut left_out);
    }
    left_out.report(imported);
    Ok(records)
}

/// Whether a structure may be a tag or a link of another tool.
fn is_tagged(structure: &Map) -> bool {
    let name = kind(structure);
    ["begin", "@Governor", "@Dependent"]
        .iter()
        .any(|field| structure.contains_key(field))
        && ![PERSON, OPEN_LINK, DOCUMENT].contains(&name)
        && !is_no_tag(name)
}

/// The record of a view.
fn of_view(
    view: &View<'_>,
    (unit, layers): (UnitHint, &LayerNames),
    structures: Vec<&Map>,
    references: &References<'_>,
    left_out: &mut LeftOut,
) -> (DocumentRecord, Facts) {
    // Our own exports count as UIMA does, whatever their tags begin with.
    let ours = structures.iter().any(|fields| kind(fields) == DOCUMENT);
    let number = |value: Option<&Value>| u32::try_from(value?.as_u64()?).ok();
    let stretch = |fields: &&Map| Some([number(fields.get("begin"))?, number(fields.get("end"))?]);
    let stretches = structures.iter().filter(|_| !ours).filter_map(stretch);
    let stretches: Vec<[u32; 2]> = stretches.collect();
    let judgement = judge_stretches(view.text, unit, &stretches);
    if let Some(why) = judgement.remark() {
        left_out.remark(1, &why, format!("{} annotations", structures.len()));
    }
    let places = Places::new(view.text, judgement.counting);
    let mut record = DocumentRecord {
        text: view.text.to_owned(),
        ..DocumentRecord::default()
    };
    // They name their ends by id; the numbers of structures are none of theirs.
    let mut open_links = BoundedList::default();
    let mut slots = Vec::new();
    // Tags are chained by the numbers of their structures; their own ids come after that.
    let mut ids: BTreeMap<SmolStr, SmolStr> = BTreeMap::new();
    let mut own_ids = BTreeSet::new();
    let mut numbers = FreeIds::default();
    for structure in structures {
        let name = kind(structure);
        if is_no_tag(name) {
            continue;
        }
        let mut fields = structure.clone();
        match name {
            PERSON => record.people.push(person(&mut fields, left_out)),
            OPEN_LINK => open_links.push(open_link(&mut fields, left_out)),
            DOCUMENT => {
                record.id = text_field(&mut fields, "name").unwrap_or_default();
                record.annotator = text_field(&mut fields, "annotator").unwrap_or_default();
                record.state = text_field(&mut fields, "state").unwrap_or_default();
                if let Some(facts) = text_field(&mut fields, "facts") {
                    // What is no JSON is told as a string that is no record of facts.
                    let facts = serde_json::from_str(&facts).unwrap_or(facts.into());
                    record.facts = Some(facts);
                    record.read_facts(line_of(structure), left_out);
                }
            }
            _ if fields.contains_key("@Governor") || fields.contains_key("@Dependent") => {
                let (link, facts) = relation(&mut fields, layers.of(name), left_out);
                left_out.read(Content::Link, 1);
                left_out.tally.read.extend(facts.counts());
                slots.push((link, facts));
            }
            _ if fields.contains_key("begin") => {
                let line = line_of(structure);
                let number = reference(fields.get("%ID"));
                let id = numbers.take_numbered(if number.is_empty() { "tag" } else { &number });
                if !number.is_empty() && id != number {
                    let why = "annotations have the number of another one, which links lead to, and \
                               are called otherwise here";
                    left_out.remark(line, why, format!("{}, `{id}`", described(structure)));
                }
                // Two tags of one id of their own keep their numbers.
                let own = match fields.get("id") {
                    Some(Value::String(own)) if !own_ids.contains(own) => {
                        let own = own.clone();
                        own_ids.insert(own.clone());
                        fields.remove("id");
                        Some(own)
                    }
                    _ => None,
                };
                let mut span =
                    match span(&mut fields, layers.of(name), id.clone(), &places, left_out) {
                        Ok(span) => span,
                        Err(what) => {
                            let why = "annotations that are not on the text are left out";
                            let words = format!("{what}: {}", described(structure));
                            left_out.read(Content::Tag, 1);
                            left_out.skip_counted(line, why, words).add(Content::Tag, 1);
                            continue;
                        }
                    };
                slots.extend(references.links(structure, left_out));
                span.attributes.extend(references.texts(structure));
                left_out.tally.read.extend(span.counts());
                if let [[start, end]] = span.fragments[..]
                    && start >= end
                {
                    let why = "annotations that cover no character are left out";
                    let example = format!("`{}` at {start}{}", span.label, span.said());
                    left_out
                        .skip_counted(line, why, example)
                        .extend(span.counts());
                    continue;
                }
                let own = own.unwrap_or_else(|| id.clone());
                ids.insert(id, own);
                record.spans.push(span);
            }
            _ => continue,
        }
        if [PERSON, OPEN_LINK, DOCUMENT].contains(&name) {
            for (field, value) in fields {
                let ours = field.starts_with(['%', '@', '^']) || field == "begin" || field == "end";
                if !ours && !value.is_null() {
                    let value = shown(&value.to_string());
                    left_out.unknown(line_of(structure), &format!("{name}.{field}"), &value);
                }
            }
        }
    }
    let mut all_facts = Facts::new();
    for (link, facts) in slots {
        if !facts.is_empty() {
            all_facts.insert(link.id.clone(), facts);
        }
        record.links.push(link);
    }
    put_on_tags(
        &mut record,
        &mut ids,
        (references, &view.id, &places),
        left_out,
    );
    record.links.retain(|link| {
        let missing = [&link.from, &link.to]
            .into_iter()
            .find(|id| !ids.contains_key(*id));
        let Some(missing) = missing else { return true };
        let words = references.described(missing);
        let facts = all_facts.remove(&*link.id).unwrap_or_default();
        let example = format!("`{}` to or from {words}{}", link.role, facts.shown());
        left_out
            .skip_counted(1, NO_TAG, example)
            .add(Content::Link, 1)
            .extend(facts.counts());
        false
    });
    left_out.tally.merged.extend(record.join_split_spans());
    left_out.read(Content::Person, record.people.len());
    for link in &open_links {
        left_out.tally.read.extend(link.counts());
    }
    let own = |id: &mut SmolStr| {
        if let Some(own) = ids.get(id) {
            *id = own.clone();
        }
    };
    record.spans.iter_mut().for_each(|span| own(&mut span.id));
    for link in &mut record.links {
        own(&mut link.from);
        own(&mut link.to);
        link.to_kind = "annotation".into();
    }
    record.links.append(&mut open_links);
    (record, all_facts)
}

/// Notes what tokenisers and the tool itself say in words.
fn of_tools(structure: &Map, left_out: &mut LeftOut) {
    let name = kind(structure);
    if !is_no_tag(name) || name.starts_with("uima.cas.") {
        return;
    }
    let line = line_of(structure);
    for (field, value) in structure {
        let is_own = field.starts_with(['%', '@', '^']) || field == "begin" || field == "end";
        let words = value
            .as_str()
            .map(str::trim)
            .filter(|words| !words.is_empty());
        let Some(words) = words.filter(|_| !is_own) else {
            continue;
        };
        // XMI writes numbers as words.
        if is_segment(name) && words.parse::<f64>().is_err() {
            let why = "what is said about single words and sentences, such as lemmas, is left out";
            let example = format!("{}.{field} “{}”", short(name), shown(words));
            left_out.skip(line, why, example);
        } else {
            left_out.bookkeeping(line, &format!("{}.{field}", short(name)));
        }
    }
}

/// Notes structures that are on no words, unless tags lead to them.
fn loose(
    structure: &Map,
    references: &References<'_>,
    left_out: &mut LeftOut,
    imported: &mut Imported,
) {
    let name = kind(structure);
    if let Some(Value::Array(items)) = structure.get("%ELEMENTS")
        && !items.is_empty()
        && !references.is_used(structure)
    {
        let why = "lists that nothing leads to are left out";
        let items: Vec<SmolStr> = items.iter().map(|item| reference(Some(item))).collect();
        let example = format!("{} ({})", described(structure), items.join(", "));
        left_out.skip(line_of(structure), why, shown(&example));
        return;
    }
    let known = [PERSON, OPEN_LINK, DOCUMENT].contains(&name)
        || structure.contains_key("begin")
        || ["@Governor", "@Dependent"]
            .iter()
            .any(|end| structure.contains_key(end))
        || is_no_tag(name)
        || references.is_used(structure);
    if known {
        return;
    }
    let texts: Vec<String> = structure
        .iter()
        .filter(|(name, _)| !name.starts_with(['%', '@', '^']))
        .filter(|(_, value)| value.is_string() || value.is_array() || value.is_object())
        .map(|(name, value)| match value.as_str() {
            Some(words) => format!("{name} “{}”", shown(words)),
            None => format!("{name} {}", shown(&value.to_string())),
        })
        .collect();
    if texts.is_empty() {
        imported.note_ignored(1, format!("structures of the type {name}"));
    } else {
        let why = "structures that are not on words of the text are left out";
        let example = format!("{name} ({})", texts.join(", "));
        left_out.skip(line_of(structure), why, example);
    }
}

fn text_field(fields: &mut Map, name: &str) -> Option<String> {
    match fields.remove(name)? {
        Value::String(text) => Some(text.into()),
        Value::Null => None,
        other => Some(other.to_string()),
    }
}

fn first_of(fields: &mut Map, names: &[&str], layer: &str) -> String {
    let mut found = names.iter().filter_map(|name| text_field(fields, name));
    found.next().unwrap_or_else(|| layer.to_lowercase())
}

fn span(
    fields: &mut Map,
    layer: &str,
    id: SmolStr,
    places: &Places,
    left_out: &mut LeftOut,
) -> Result<SpanRecord, String> {
    let place = |name: &str| {
        let number = fields.get(name).and_then(Value::as_u64);
        let number = number.and_then(|number| u32::try_from(number).ok());
        number
            .and_then(|number| places.start(number))
            .ok_or_else(|| {
                let value = reference(fields.get(name));
                format!("the annotation {layer} {id} with the {name} {value}")
            })
    };
    let fragment = [place("begin")?, place("end")?];
    let other = text_field(fields, OTHER_ATTRIBUTES).and_then(|json| {
        let value = serde_json::from_str(&json).unwrap_or_else(|_| json.into());
        own::<AttributeList>(&value, OTHER_ATTRIBUTES, 1, left_out)
    });
    // Our own layer is only a kind; in other layers a kind is one more feature.
    let ours = short(layer) == "Span";
    let own = if ours {
        text_field(fields, "kind")
    } else {
        None
    };
    let is_named = own.is_none()
        && LABELS
            .iter()
            .any(|name| fields.get(name).is_some_and(Value::is_string));
    let label = own.unwrap_or_else(|| first_of(fields, &LABELS, layer));
    let mut span = SpanRecord {
        id,
        label: label.into(),
        fragments: smallvec![fragment],
        person: text_field(fields, "person").unwrap_or_default().into(),
        by: text_field(fields, "by").map(SmolStr::from).into(),
        verdict: text_field(fields, "verdict").unwrap_or_default().into(),
        review: text_field(fields, "review").unwrap_or_default().into(),
        note: text_field(fields, "note").unwrap_or_default().into(),
        attributes: other.unwrap_or_default(),
        ..SpanRecord::default()
    };
    if is_named && !ours {
        add_attribute(&mut span.attributes, "layer", layer.to_owned());
    }
    for (name, value) in std::mem::take(fields) {
        let bookkeeping = name.starts_with(['%', '@', '^']) || name == "begin" || name == "end";
        let value = match value {
            Value::String(text) => text,
            Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
                value.to_string().into()
            }
            Value::Null => continue,
        };
        if !bookkeeping {
            add_attribute(&mut span.attributes, &name, value.as_str());
        }
    }
    Ok(span)
}

/// Attributes of a link, as we write them.
fn further(fields: &mut Map, left_out: &mut LeftOut) -> AttributeList {
    let json = text_field(fields, OTHER_ATTRIBUTES);
    let read = json.and_then(|json| {
        let value = serde_json::from_str(&json).unwrap_or_else(|_| json.into());
        own::<AttributeList>(&value, OTHER_ATTRIBUTES, 1, left_out)
    });
    read.unwrap_or_default()
}

fn relation(fields: &mut Map, layer: &str, left_out: &mut LeftOut) -> (LinkRecord, LinkFacts) {
    let named = ROLES
        .iter()
        .any(|name| fields.get(name).is_some_and(|role| !role.is_null()));
    let mut link = LinkRecord {
        id: text_field(fields, "id").unwrap_or_default().into(),
        from: reference(fields.get("@Governor")),
        to: reference(fields.get("@Dependent")),
        to_kind: SmolStr::default(),
        role: first_of(fields, &ROLES, layer).into(),
        confirmed: Some(text_field(fields, "confirmed").is_none()),
        by: text_field(fields, "by").map(SmolStr::from).into(),
        ..LinkRecord::default()
    };
    let mut facts = LinkFacts {
        attributes: further(fields, left_out),
        ..LinkFacts::default()
    };
    if short(layer) != "Relation" && named {
        facts.add("layer", layer);
    }
    for (name, value) in &*fields {
        let known = name.starts_with(['%', '@', '^']) || name == "begin" || name == "end";
        let value = match value {
            Value::Null => continue,
            Value::String(text) => text.clone(),
            other => other.to_string().into(),
        };
        if !known {
            facts.add(name, &value);
        }
    }
    if !facts.is_empty() && link.id.is_empty() {
        link.id = format_smolstr!("relation-{}", reference(fields.get("%ID")));
    }
    (link, facts)
}

fn open_link(fields: &mut Map, left_out: &mut LeftOut) -> LinkRecord {
    let attributes = further(fields, left_out);
    let mut remove = |name: &str| text_field(fields, name);
    LinkRecord {
        id: remove("id").unwrap_or_default().into(),
        from: remove("fromTag").unwrap_or_default().into(),
        to: remove("toTag").unwrap_or_default().into(),
        to_kind: remove("toKind").unwrap_or_default().into(),
        role: remove("role").unwrap_or_default().into(),
        confirmed: Some(remove("confirmed").is_none()),
        by: remove("by").map(SmolStr::from).into(),
        note: remove("note").unwrap_or_default().into(),
        confidence: None,
        attributes,
    }
}

fn person(fields: &mut Map, left_out: &mut LeftOut) -> PersonRecord {
    let mut remove = |name: &str| text_field(fields, name);
    let aliases = remove("aliases").and_then(|json| {
        let value = serde_json::from_str(&json).unwrap_or_else(|_| json.into());
        own::<Vec<String>>(&value, "aliases", 1, left_out)
    });
    PersonRecord {
        id: remove("id").unwrap_or_default().into(),
        name: remove("name").unwrap_or_default(),
        kind: remove("personKind").unwrap_or_default().into(),
        aliases: aliases.unwrap_or_default(),
        role: remove("personRole").unwrap_or_default(),
        external_id: remove("externalId").unwrap_or_default(),
    }
}
