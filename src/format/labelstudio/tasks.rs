use std::collections::BTreeMap;

use smol_str::SmolStr;
use thin_vec::ThinVec;

use super::people::{self, Person};
use super::predictions;
use super::regions::{self, Place, TextControl, Work};
use super::task_data::{self, Refusal, TaskData};
use super::task_fields::{
    address, all_regions, entries, person_fields, region_hints, result_of, summary, work_fields,
};
use super::{INFO, shapes};
use crate::format::annotator_names::{AnnotatorNames, annotator_file_name};
use crate::format::counting::UnitHint;
use crate::format::document_names::DocumentNames;
use crate::format::draining::Draining;
use crate::format::interchange::extras::DocumentExtra;
use crate::format::json::{Map, Value};
use crate::format::json_values::{each_json_value, own};
use crate::format::left_out::{LeftOut, says_nothing, shortened, shown};
use crate::format::limits::too_many_annotators;
use crate::format::link_facts::LinkFacts;
use crate::format::tally::Content;
use crate::format::{EachDocument, FormatError, Imported, ImportedDocument, Input, RecordProblem};
use crate::model::{Authorship, DocumentParts, LinkId, Origin};

/// A task with its parts apart.
pub(super) struct Task {
    line: usize,
    /// From 1.
    number: usize,
    /// What it is called in messages.
    called: String,
    id: Option<String>,
    data: TaskData,
    control: TextControl,
    extra: Option<DocumentExtra>,
    /// What people did.
    works: Vec<(Map, Option<Person>)>,
    predictions: Vec<Map>,
}

/// Fields of a task that mean something to Label Studio only.
const OF_TASK: [&str; 22] = [
    "id",
    "created_at",
    "updated_at",
    "project",
    "inner_id",
    "total_annotations",
    "cancelled_annotations",
    "total_predictions",
    "comment_count",
    "unresolved_comment_count",
    "last_comment_updated_at",
    "comment_authors",
    "updated_by",
    "file_upload",
    "is_labeled",
    "overlap",
    "agreement",
    "allow_skip",
    "avg_lead_time",
    "draft_exists",
    "storage_filename",
    "annotators",
];

/// Reads the tasks of a file.
pub(super) fn read(
    input: &Input<'_>,
    unit: UnitHint,
    each: &mut EachDocument<'_>,
) -> Result<Imported, FormatError> {
    let mut imported = Imported::default();
    let text = input.text()?;
    let rich = text.contains("\"hypertextlabels\"") || text.contains("\"hypertext\"");
    let mut names = names_of_all(text, rich);
    let mut left_out = LeftOut::default();
    let mut ids = DocumentNames::default();
    let mut number = 0;
    let mut some_have_text = false;
    let mut without_text = Vec::new();
    each_json_value(text, &mut imported, &mut |imported, line, value| {
        number += 1;
        let task = match Task::new(value, line, number, rich, &mut left_out) {
            Ok(task) => task,
            Err(Refusal::Wrong(message)) => {
                let message = format!("task {number}: {message}");
                return imported.problems.push(RecordProblem { line, message });
            }
            Err(Refusal::NoText(message, rest)) => {
                return without_text.push((line, format!("task {number}: {message}"), rest));
            }
        };
        some_have_text = true;
        let called = task.called.clone();
        let source = (input.name, unit);
        let read = task.hand_over(source, &mut names, &mut ids, &mut left_out, each);
        let messages = read.err().into_iter().flatten();
        imported.problems.extend(messages.map(|m| RecordProblem {
            line,
            message: format!("{called}: {m}"),
        }));
    });
    for (line, message, rest) in without_text {
        if some_have_text {
            let why = "tasks without a text are left out";
            left_out.skip(line, why, format!("{message}: {rest}"));
        } else {
            imported.problems.push(RecordProblem { line, message });
        }
    }
    left_out.report(&mut imported);
    Ok(imported)
}

/// The names of all people, in their order. The tasks are read twice so that they need not be kept.
fn names_of_all(text: &str, rich: bool) -> AnnotatorNames {
    let mut names = AnnotatorNames::default();
    let (mut imported, mut left_out) = (Imported::default(), LeftOut::default());
    each_json_value(text, &mut imported, &mut |_, line, value| {
        let task = Task::new(value, line, 0, rich, &mut left_out);
        for (_, person) in task.iter().flat_map(|task| &task.works) {
            if let Some(person) = person {
                names.name_of(&person.identity, 0, &person.called);
            }
        }
    });
    names
}

impl Task {
    fn new(
        value: Value,
        line: usize,
        number: usize,
        rich: bool,
        left_out: &mut LeftOut,
    ) -> Result<Self, Refusal> {
        let mut map = shapes::task(value, line, left_out)?;
        let id = match map.get("id") {
            // Those of more than 64 bits are not read digit by digit.
            Some(Value::Number(id)) if !id.is_f64() => Some(format!("task-{id}")),
            Some(Value::String(id)) if !id.is_empty() => Some(id.to_string()),
            _ => None,
        };
        let called = match map.get("id") {
            Some(Value::Number(id)) => format!("task {id}"),
            Some(Value::String(id)) if !id.is_empty() => format!("task {id}"),
            _ => format!("task {number}"),
        };
        let at = (line, called.as_str());
        let works = entries(map.remove("annotations"), "annotations", at, left_out);
        if let Some(why) = too_many_annotators(&format!("{called} has"), works.len()) {
            return Err(Refusal::Wrong(why));
        }
        let mut predictions = entries(map.remove("predictions"), "predictions", at, left_out);
        let mut extra = None;
        match map.remove("meta") {
            Some(Value::Object(meta)) => {
                for (key, value) in meta {
                    if key == "pullquote" {
                        extra = own::<DocumentExtra>(&value, "meta.pullquote", line, left_out);
                        if let Some(extra) = &extra {
                            left_out.tally.read.extend(extra.counts());
                        }
                        continue;
                    }
                    if !says_nothing(&value) {
                        let example = format!("`{key}`: {} ({called})", shown(&value));
                        left_out.skip(line, "facts of a task are not imported", example);
                    }
                }
            }
            Some(value) if !says_nothing(&value) => {
                let example = format!("{} ({called})", shown(&value));
                left_out.skip(line, "facts of a task are not imported", example);
            }
            _ => {}
        }
        let data = match map.remove("data") {
            Some(Value::Object(data)) => data,
            _ => Map::new(),
        };
        // What a task's predictions are known by number only is repeated in the annotations.
        let mut kept = Vec::new();
        for mut work in works {
            if let Some(Value::Object(copy)) = work.remove("prediction") {
                let regions = copy
                    .get("result")
                    .is_some_and(|result| !says_nothing(result));
                let known = predictions
                    .iter()
                    .any(|known| known.get("id") == copy.get("id"));
                if regions && !known {
                    predictions.push(copy);
                }
            }
            if work.get("was_cancelled") == Some(&Value::Bool(true)) {
                let who = people::who(&work).map_or("someone".to_owned(), |who| who.called);
                let regions = summary(work.get("result"));
                if regions.is_empty() {
                    left_out.hint(line, format!("{called}: {who} skipped this text"));
                } else {
                    let cause = "annotations that were cancelled are not imported";
                    left_out.skip(line, cause, format!("{regions} by {who} ({called})"));
                }
                continue;
            }
            let who = people::who(&work);
            kept.push((work, who));
        }
        for (key, value) in map {
            if OF_TASK.contains(&&*key) {
                left_out.bookkeeping(line, &key);
            } else if key == "drafts" && !says_nothing(&value) {
                let drafts = value.as_array().into_iter().flatten();
                let cause = "drafts that were never submitted are not imported; submit them first";
                for draft in drafts {
                    let regions = summary(draft.get("result"));
                    if regions.is_empty() {
                        left_out.bookkeeping(line, "drafts");
                    } else {
                        left_out.skip(line, cause, format!("{regions} ({called})"));
                    }
                }
            } else if !says_nothing(&value) {
                let example = format!("`{key}`: {} ({called})", shown(&value));
                left_out.skip(line, "facts of a task are not imported", example);
            }
        }
        let works = || kept.iter().map(|(work, _)| work).chain(&predictions);
        let hints = region_hints(works());
        let rich = rich && extra.is_none();
        let data = task_data::read(data, &hints, rich, at, left_out);
        let data = data.map_err(|refusal| refusal.with(&all_regions(works())))?;
        let mut words = hints.iter().filter_map(|hint| hint.words.as_deref());
        if let Some(place) = address(&data.text.article)
            && !hints.is_empty()
            && !words.any(|words| place.contains(words))
        {
            return Err(Refusal::Wrong(format!(
                "it has the address of its text, `{}`, not the text; put the text itself into its \
                 data",
                shortened(place)
            )));
        }
        let control = TextControl::of(&data, works());
        Ok(Self {
            line,
            number,
            called,
            id,
            data,
            control,
            extra,
            works: kept,
            predictions,
        })
    }

    /// Hands over a document for each person who worked on it, or one for its predictions. Predictions
    /// beside people's work become suggestions where they differ.
    fn hand_over(
        mut self,
        (file, unit): (&str, UnitHint),
        names: &mut AnnotatorNames,
        ids: &mut DocumentNames,
        left_out: &mut LeftOut,
        each: &mut EachDocument<'_>,
    ) -> Result<(), Vec<String>> {
        let place = Place {
            text: &self.data.text,
            line: self.line,
            task: &self.called,
            unit,
            control: &self.control,
        };
        let several = self.works.len() > 1;
        let ours = self.extra.is_some();
        let mut extra = self.extra.take();
        let called_here = extra.as_ref().map(|extra| extra.id.clone());
        let mut times: BTreeMap<String, usize> = BTreeMap::new();
        let mut done: Vec<(Work, Authorship)> = Vec::new();
        for (n, (mut fields, person)) in self.works.into_iter().enumerate() {
            let result = result_of(&mut fields, (place.line, place.task), left_out);
            let mut work = regions::read(result, &place, left_out);
            let mut by = Authorship::default();
            if let Some(extra) = extra.take() {
                extra.restore(&mut work.record);
                work.record.read_facts(place.line, left_out);
            }
            let annotator = match &person {
                // An import into Label Studio is by whoever did it.
                Some(person) if !several && !work.record.annotator.is_empty() => {
                    let message = format!(
                        "{}: the annotator is `{}`, as in Pullquote, not `{}`",
                        self.called, work.record.annotator, person.called
                    );
                    left_out.hint(self.line, message);
                    None
                }
                Some(person) => {
                    let time = times.entry(person.identity.clone()).or_default();
                    let name = names.name_of(&person.identity, *time, &person.called);
                    if *time > 0 {
                        let message = format!(
                            "{}: `{}` annotated it more than once; try {} is by `{name}` here",
                            self.called,
                            person.called,
                            *time + 1
                        );
                        left_out.hint(self.line, message);
                    } else if name != person.called {
                        let other = name != annotator_file_name(&person.called);
                        let why = if other {
                            " to tell apart two of that name"
                        } else {
                            ""
                        };
                        let message = format!(
                            "the annotator `{}` is called `{name}` here{why}",
                            person.called
                        );
                        left_out.hint(self.line, message);
                    }
                    *time += 1;
                    by.by = person.called.as_str().into();
                    Some(name)
                }
                None if several => {
                    let nobody = format!("no name {}", n + 1);
                    Some(names.name_of(&nobody, 0, &format!("user-{}", n + 1)))
                }
                None => None,
            };
            by.at = people::made_at(&fields);
            if by.at.is_some() {
                fields.remove("created_at");
            }
            if person.is_some() {
                for key in people::FIELDS {
                    if let Some(Value::Object(person)) = fields.remove(key) {
                        person_fields(person, (place.line, place.task), left_out);
                    }
                }
            }
            if let Some(annotator) = annotator {
                work.record.annotator = annotator;
            }
            if !ours && work.record.spans.is_empty() {
                // Submitted: nothing was found, which is an answer.
                "done".clone_into(&mut work.record.state);
            }
            work_fields(fields, (place.line, place.task), left_out);
            work.record.shrink_to_fit();
            done.push((work, by));
        }
        let mut predicted = Vec::new();
        for mut fields in self.predictions {
            let result = result_of(&mut fields, (place.line, place.task), left_out);
            let mut work = regions::read(result, &place, left_out);
            if ours && done.is_empty() {
                // Written as predictions by Pullquote.
                fields.remove("model_version");
            } else {
                predictions::mark(&mut work, &mut fields, &mut left_out.tally);
            }
            work_fields(fields, (place.line, place.task), left_out);
            work.record.shrink_to_fit();
            predicted.push(work);
        }
        if done.is_empty() {
            let mut first = if predicted.is_empty() {
                regions::read(ThinVec::new(), &place, left_out)
            } else {
                predicted.remove(0)
            };
            if let Some(extra) = extra.take() {
                extra.restore(&mut first.record);
                first.record.read_facts(place.line, left_out);
            }
            done.push((first, Authorship::default()));
        }
        for other in &predicted {
            // They go to each of the works.
            left_out.tally.merged.extend(other.counts());
        }
        for (work, _) in &mut done {
            for other in &predicted {
                let same = predictions::add(work, other, &mut left_out.tally);
                if !same.is_empty() {
                    let message = format!(
                        "{}: predicted tags that a person made, too, are not added again: {}",
                        self.called,
                        shortened(&same.join("; "))
                    );
                    left_out.hint(self.line, message);
                }
            }
        }
        let name = self.data.name.or(self.id).unwrap_or_else(|| {
            let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
            format!("{stem}-{}", self.number)
        });
        if let Some(ours) = called_here.filter(|ours| !ours.is_empty() && *ours != name) {
            let message = format!("{}: it is called `{name}`, not `{ours}`", self.called);
            left_out.hint(self.line, message);
        }
        let annotators = done.iter().map(|(work, _)| work.record.annotator.clone());
        let id = ids.free(&name, &self.data.text.article, annotators.collect());
        if id != name {
            let message = format!(
                "{}: another task is called `{name}`; this one is `{id}` here",
                self.called
            );
            left_out.hint(self.line, message);
        }
        left_out.read(Content::Document, done.len());
        for (work, by) in Draining::new(done) {
            each(document(work, &id, by, file, self.line)?);
        }
        Ok(())
    }
}

fn document(
    work: Work,
    id: &str,
    by: Authorship,
    file: &str,
    line: usize,
) -> Result<ImportedDocument, Vec<String>> {
    let Work { mut record, links } = work;
    id.clone_into(&mut record.id);
    let mut read = record.into_document(INFO.name, file, line)?;
    let mut parts = read.document.into_parts();
    add_facts(&mut parts, links, by);
    read.document = parts.into();
    Ok(read)
}

/// Adds what records have no fields for: who made what is not a suggestion, and the facts of links.
fn add_facts(parts: &mut DocumentParts, links: BTreeMap<SmolStr, LinkFacts>, by: Authorship) {
    let foreign = |origin: &Origin| matches!(origin, Origin::Import(_));
    if !by.is_empty() {
        let tags = parts.set.annotations();
        let tags = tags.filter(|tag| foreign(&tag.origin));
        let tags: Vec<_> = tags.map(|tag| tag.id.clone()).collect();
        for id in tags {
            if let Some(mut tag) = parts.set.annotation(&id).cloned() {
                tag.made = Some(by.clone().into());
                parts.set.insert_annotation(tag);
            }
        }
        let links = parts.set.links().filter(|link| foreign(&link.origin));
        let links: Vec<_> = links.map(|link| link.id.clone()).collect();
        for id in links {
            if let Some(mut link) = parts.set.link(&id).cloned() {
                link.made = Some(by.clone().into());
                parts.set.insert_link(link);
            }
        }
    }
    for (id, facts) in links {
        let Some(mut link) = parts.set.link(&LinkId::new(id)).cloned() else {
            continue;
        };
        link.note = facts.note.into();
        link.attributes = facts
            .attributes
            .into_iter()
            .map(|attribute| crate::model::Attribute {
                name: attribute.key,
                value: attribute.value.as_str().into(),
            })
            .collect();
        link.attributes.sort();
        parts.set.insert_link(link);
    }
}
