use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::task::{Region, Task, Work};
use crate::format::interchange::extras::SpanExtra;
use crate::format::interchange::{AttributeRecord, DocumentRecord, LinkRecord, SpanRecord};
use crate::model::Verdict;
use crate::text::{CodePointIndex, OffsetUnit};

/// A record for each person who worked on a task, or one for its predictions. Predictions beside
/// people's work become suggestions where they differ.
pub(super) fn records(task: Task, file: &str, n: usize) -> Result<Vec<DocumentRecord>, String> {
    let text = text_of(&task)?;
    let id = name_of(&task).unwrap_or_else(|| match &task.id {
        Some(Value::Number(id)) => format!("task-{id}"),
        Some(Value::String(id)) => id.clone(),
        _ => format!(
            "{}-{n}",
            file.rsplit_once('.').map_or(file, |(stem, _)| stem)
        ),
    });
    let extra = task.meta.and_then(|meta| meta.pullquote);
    let works: Vec<Work> = task
        .annotations
        .into_iter()
        .filter(|work| work.was_cancelled != Some(true))
        .collect();
    let ours = extra.is_some();
    let several = works.len() > 1;
    let mut extra = extra;
    let mut records = Vec::new();
    for (n, work) in works.into_iter().enumerate() {
        let annotator = several.then(|| annotator_name(work.completed_by.as_ref(), n));
        let mut record = record(&text, work.result)?;
        if let Some(extra) = extra.take() {
            extra.restore(&mut record);
        }
        record.id.clone_from(&id);
        if let Some(annotator) = annotator {
            record.annotator = annotator;
        }
        records.push(record);
    }
    let mut predicted = Vec::new();
    for work in task.predictions {
        let model = work.model_version.unwrap_or_default();
        let mut record = record(&text, work.result)?;
        if !ours {
            for span in &mut record.spans {
                span.by = Some(format!("suggester:{model}"));
                span.verdict = Verdict::Open.word().to_owned();
            }
            let by = Some(format!("suggester:{model}"));
            for link in &mut record.links {
                link.by.clone_from(&by);
                link.confirmed = Some(false);
            }
        }
        predicted.push(record);
    }
    if records.is_empty() {
        let mut record = predicted.into_iter().next().unwrap_or_default();
        record.text = text;
        if let Some(extra) = extra.take() {
            extra.restore(&mut record);
        }
        record.id = id;
        records.push(record);
    } else {
        for record in &mut records {
            for other in &predicted {
                add_predicted_spans(record, other);
            }
        }
    }
    Ok(records)
}

/// Adds the predicted tags that a record has not got.
fn add_predicted_spans(record: &mut DocumentRecord, predicted: &DocumentRecord) {
    let place = |span: &SpanRecord| (span.label.clone(), span.fragments.clone());
    let mut known: BTreeSet<_> = record.spans.iter().map(place).collect();
    let ids: BTreeSet<String> = record.spans.iter().map(|span| span.id.clone()).collect();
    for span in &predicted.spans {
        if known.insert(place(span)) && !ids.contains(&span.id) {
            record.spans.push(span.clone());
        }
    }
}

/// The text: under `text`, or the only string there is.
fn text_of(task: &Task) -> Result<String, String> {
    if let Some(Value::String(text)) = task.data.get("text") {
        return Ok(text.clone());
    }
    let mut strings = task.data.values().filter_map(Value::as_str);
    match (strings.next(), strings.next()) {
        (Some(text), None) => Ok(text.to_owned()),
        _ => Err("its data has no `text`; use that name for the text".to_owned()),
    }
}

fn name_of(task: &Task) -> Option<String> {
    let mut keys = ["name", "id", "filename", "title"].iter();
    let name = keys.find_map(|key| task.data.get(*key).and_then(Value::as_str));
    name.filter(|name| !name.is_empty()).map(str::to_owned)
}

/// A name files can have: the part before the @, or a number.
fn annotator_name(by: Option<&Value>, n: usize) -> String {
    let name = match by {
        Some(Value::Number(id)) => format!("user-{id}"),
        Some(Value::String(name)) => name.clone(),
        Some(Value::Object(user)) => match user.get("email").and_then(Value::as_str) {
            Some(email) => email.split('@').next().unwrap_or_default().to_owned(),
            None => format!("user-{}", user.get("id").unwrap_or(&Value::from(n + 1))),
        },
        _ => format!("user-{}", n + 1),
    };
    let safe = |c: char| match c.to_ascii_lowercase() {
        c if c.is_ascii_alphanumeric() || c == '_' || c == '-' => c,
        _ => '-',
    };
    name.chars().map(safe).collect()
}

fn record(text: &str, result: Vec<Region>) -> Result<DocumentRecord, String> {
    let mut record = DocumentRecord {
        text: text.to_owned(),
        ..DocumentRecord::default()
    };
    let mut extras: BTreeMap<String, SpanExtra> = BTreeMap::new();
    let mut choices: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    let mut words = Vec::new();
    for (n, region) in result.into_iter().enumerate() {
        let id = region
            .id
            .clone()
            .unwrap_or_else(|| format!("region-{}", n + 1));
        match region.kind.as_str() {
            "relation" => record.links.push(link(region)),
            "labels" | "hypertextlabels" => {
                let value = region.value.unwrap_or_default();
                let [start, end] = offsets_of(&value)
                    .ok_or_else(|| format!("the region `{id}` has no start and end in the text"))?;
                if let Some(Value::String(covered)) = value.get("text") {
                    words.push((start, end, covered.clone()));
                }
                let key = if region.kind == "labels" {
                    "labels"
                } else {
                    "hypertextlabels"
                };
                let labels = strings(value.get(key));
                let meta = region.meta.unwrap_or_default();
                let mut extra = meta.pullquote.unwrap_or_default();
                extra.note = meta.text.join("\n");
                if let Some(score) = region.score {
                    extra.attributes.push(AttributeRecord {
                        key: "score".to_owned(),
                        value: score.to_string(),
                    });
                }
                for (n, label) in labels.into_iter().enumerate() {
                    // One region under two labels becomes two tags.
                    let id = if n == 0 {
                        id.clone()
                    } else {
                        format!("{id}/{label}")
                    };
                    extras.insert(id.clone(), extra.clone());
                    record.spans.push(SpanRecord {
                        id,
                        label,
                        fragments: vec![[start, end]],
                        ..SpanRecord::default()
                    });
                }
            }
            "choices" => {
                let value = region.value.unwrap_or_default();
                let name = region.from_name.unwrap_or_default();
                let chosen = strings(value.get("choices")).join(", ");
                choices.entry(id).or_default().push((name, chosen));
            }
            _ => {}
        }
    }
    to_code_points(&mut record, &words)?;
    record.join_split_spans();
    for span in &mut record.spans {
        if let Some(extra) = extras.remove(&span.id) {
            extra.restore(span);
        }
        for (key, value) in choices.remove(&span.id).unwrap_or_default() {
            if span.attributes.iter().all(|known| known.key != key) {
                span.attributes.push(AttributeRecord { key, value });
            }
        }
    }
    Ok(record)
}

fn offsets_of(value: &Value) -> Option<[u32; 2]> {
    let whole = value.get("globalOffsets").unwrap_or(value);
    let number = |key: &str| {
        let number = match whole.get(key)? {
            Value::String(text) => text.parse().ok()?,
            number => number.as_u64()?,
        };
        u32::try_from(number).ok()
    };
    Some([number("start")?, number("end")?])
}

fn strings(list: Option<&Value>) -> Vec<String> {
    let items = list.and_then(Value::as_array).into_iter().flatten();
    items.filter_map(Value::as_str).map(str::to_owned).collect()
}

fn link(region: Region) -> LinkRecord {
    let role = region.labels.and_then(|labels| labels.into_iter().next());
    let role = role.unwrap_or_else(|| "link".to_owned());
    let (mut from, mut to) = (
        region.from_id.unwrap_or_default(),
        region.to_id.unwrap_or_default(),
    );
    if region.direction.as_deref() == Some("left") {
        std::mem::swap(&mut from, &mut to);
    }
    match region.meta.and_then(|meta| meta.pullquote_link) {
        Some(extra) => extra.into_link(role),
        None => LinkRecord {
            from,
            to,
            to_kind: "annotation".to_owned(),
            role,
            ..LinkRecord::default()
        },
    }
}

/// Regions repeat their text, which shows the unit of the offsets.
fn to_code_points(record: &mut DocumentRecord, words: &[(u32, u32, String)]) -> Result<(), String> {
    let stretches: Vec<(u32, u32, &str)> = words
        .iter()
        .map(|(start, end, words)| (*start, *end, &**words))
        .collect();
    let text = CodePointIndex::new(&record.text);
    let unit = text.guess_unit(&stretches);
    if unit == OffsetUnit::CodePoints {
        return Ok(());
    }
    for span in &mut record.spans {
        for place in span.fragments.iter_mut().flatten() {
            *place = text.from_unit(*place, unit).ok_or_else(|| {
                format!(
                    "the region `{}`: {place} is inside a character or past the end",
                    span.id
                )
            })?;
        }
    }
    Ok(())
}
