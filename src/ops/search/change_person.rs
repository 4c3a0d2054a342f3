//! What is done to a person in all articles, in one step.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::act::{HitStep, HitStepReport};
use super::people::{FolderPerson, PersonRecord, folded};
use crate::edit::action;
use crate::model::{Person, PersonId};
use crate::ops::bulk_step::{
    ArticleEdits, BulkCounts, BulkRequest, BulkStepError, BulkTarget, WorkOf, bulk_step,
};
use crate::ops::{Progress, Refusal};
use crate::text::wording::{count, count_as};

/// What to do to a person everywhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PersonChange {
    /// Their fields become these; fields that are the same as before stay as each article has them.
    Edit(Person),
    /// They are this person, whose name and fields stand; their own name becomes an alias.
    MergeInto(Person),
}

/// Changes a person in all rosters of one's own and in the curated ones, as one named step. Rosters of other
/// people stay as they are.
///
/// # Errors
/// [`BulkStepError`]: nothing has changed, such as where an article is not what it was when it was read.
pub fn change_person(
    step: &HitStep<'_>,
    before: &FolderPerson,
    change: &PersonChange,
    progress: &mut dyn FnMut(Progress),
) -> Result<HitStepReport, BulkStepError> {
    let own = step.request.annotator.unwrap_or_default();
    let mut of_others = 0;
    let mut records: BTreeMap<(PathBuf, WorkOf), (BulkTarget, Vec<PersonId>)> = BTreeMap::new();
    for record in &before.records {
        let PersonRecord { article, work, .. } = record;
        if *work == WorkOf::Own && record.annotator != own {
            of_others += 1;
            continue;
        }
        let is_open = *work == WorkOf::Own && step.request.open.contains(article);
        let key = (article.clone(), *work);
        let (_, ids) = records.entry(key).or_insert_with(|| {
            let target = BulkTarget {
                article: article.clone(),
                work: *work,
                // What is open was saved since it was read.
                sidecar: record.file.filter(|_| !is_open),
                text: Some(record.text.clone()),
            };
            (target, Vec::new())
        });
        ids.push(record.id.clone());
    }
    if records.is_empty() {
        let files = count_as(
            of_others,
            "file of another person has",
            "files of other people have",
        );
        let words = format!("{files} this person; only they can change it");
        return Err(BulkStepError::Nothing(Some(Refusal::new(words))));
    }
    let (targets, ids): (Vec<BulkTarget>, Vec<Vec<PersonId>>) = records.into_values().unzip();
    let request = BulkRequest {
        targets: &targets,
        ..step.request
    };
    let edit = |n: usize, edits: &mut ArticleEdits<'_>| {
        for id in ids.get(n).into_iter().flatten() {
            change_one(edits, id, &before.person, change);
        }
    };
    let name = |counts: &BulkCounts| {
        let articles = count(counts.articles, "article");
        let was = &before.person.name;
        match change {
            PersonChange::Edit(_) => format!("updated {was} in {articles}"),
            PersonChange::MergeInto(into) => {
                format!("merged {was} into {} in {articles}", into.name)
            }
        }
    };
    let step = bulk_step(&request, &edit, &name, progress)?;
    Ok(HitStepReport { step, of_others })
}

fn change_one(edits: &mut ArticleEdits<'_>, id: &PersonId, before: &Person, change: &PersonChange) {
    let Some(here) = edits.document().set().person(id).cloned() else {
        return;
    };
    let after = match change {
        PersonChange::Edit(after) => edited(&here, before, after),
        PersonChange::MergeInto(into) => {
            let is_into = |one: &&Person| one.id != *id && folded(&one.name) == folded(&into.name);
            let there = edits.document().set().people().find(is_into);
            if let Some(there) = there.map(|one| one.id.clone()) {
                edits.run(|ctx, _| action::merge_people(ctx, id, &there));
                return;
            }
            let mut after = into.clone();
            after.id = here.id.clone();
            after.made.clone_from(&here.made);
            after.changed.clone_from(&here.changed);
            after.unknown.clone_from(&here.unknown);
            let names = std::iter::once(&here.name).chain(&here.aliases);
            let names = names.filter(|name| **name != into.name && !into.aliases.contains(name));
            after.aliases.extend(names.cloned());
            after
        }
    };
    if after != here {
        edits.run(|ctx, _| action::edit_person(ctx, &after));
    }
}

/// A record with what was changed between two readings of a person.
fn edited(here: &Person, before: &Person, after: &Person) -> Person {
    let mut new = here.clone();
    if before.name != after.name {
        new.name.clone_from(&after.name);
        if !new.aliases.contains(&here.name) {
            new.aliases.push(here.name.clone());
        }
    }
    if before.kind != after.kind {
        new.kind = after.kind;
    }
    if before.aliases != after.aliases {
        new.aliases.clone_from(&after.aliases);
        new.aliases.retain(|alias| *alias != new.name);
    }
    for (was, is, field) in [
        (&before.role, &after.role, &mut new.role),
        (
            &before.organisation,
            &after.organisation,
            &mut new.organisation,
        ),
        (
            &before.external_id,
            &after.external_id,
            &mut new.external_id,
        ),
    ] {
        if was != is {
            field.clone_from(is);
        }
    }
    if before.attributes != after.attributes {
        let is_changed = |name: &str| {
            let value = |person: &Person| {
                let mut attributes = person.attributes.iter();
                attributes
                    .find(|one| one.name == name)
                    .map(|one| one.value.clone())
            };
            value(before) != value(after)
        };
        new.attributes.retain(|one| !is_changed(&one.name));
        let changed = after.attributes.iter().filter(|one| is_changed(&one.name));
        new.attributes
            .extend(changed.filter(|one| !one.value.is_empty()).cloned());
        new.attributes.sort();
    }
    new
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use jiff::Timestamp;

    use super::*;
    use crate::model::{Attribute, Selection};
    use crate::ops::bulk_step::{ArticleEdits, EditArticle};
    use crate::ops::search::SearchFolder;
    use crate::store::test_files as fs;
    use crate::text::TextSize;

    struct World {
        folder: tempfile::TempDir,
        open: BTreeSet<PathBuf>,
        schema: crate::model::Schema,
    }

    impl World {
        /// Three articles that call one person by three names; a colleague has tagged one of them.
        fn new() -> Self {
            let world = Self {
                folder: tempfile::tempdir().unwrap(),
                open: BTreeSet::new(),
                schema: crate::format::schema_file::default_schema().unwrap(),
            };
            for (name, person) in [
                ("a", "Rex Tillerson"),
                ("b", "R. Tillerson"),
                ("c", "Rex Tillerson"),
            ] {
                let text = format!("“We do not,” {person} said. “No.”\n");
                fs::write(world.root().join(format!("{name}.txt")), text).unwrap();
                world.tag(name, person, Some("jo"));
            }
            world.tag("a", "Rex Tillerson", Some("maria"));
            world
        }

        fn root(&self) -> &Path {
            self.folder.path()
        }

        fn state(&self) -> PathBuf {
            self.root().join(".state")
        }

        /// Tags the quotation with its speaker, who is confirmed.
        fn tag(&self, article: &str, person: &str, annotator: Option<&str>) {
            let state = self.state();
            let target = BulkTarget {
                article: self.root().join(format!("{article}.txt")),
                work: WorkOf::Own,
                sidecar: None,
                text: None,
            };
            let request = BulkRequest {
                annotator,
                targets: &[target],
                ..self.request(&state)
            };
            let edit: &EditArticle<'_> = &|_, edits: &mut ArticleEdits<'_>| {
                let at = TextSize::of("“We do not,” ");
                let name = Selection {
                    anchor: at,
                    head: at + TextSize::of(person),
                    tag: None,
                };
                edits.run_at(&name, |ctx, ids| action::tag(ctx, "speaker", ids));
                let quote = Selection {
                    anchor: TextSize::new(0),
                    head: TextSize::of("“We do not,”"),
                    tag: None,
                };
                edits.run_at(&quote, |ctx, ids| action::tag(ctx, "quote", ids));
                let links: Vec<_> = edits.document().set().links().cloned().collect();
                for link in links {
                    edits.run(|ctx, ids| action::confirm_link(ctx, &link.from, ids));
                }
            };
            bulk_step(&request, edit, &|_| "tagged".to_owned(), &mut |_| ()).unwrap();
        }

        fn request<'a>(&'a self, state: &'a Path) -> BulkRequest<'a> {
            BulkRequest {
                root: self.root(),
                annotator: Some("jo"),
                targets: &[],
                open: &self.open,
                state,
                now: Timestamp::from_second(1_800_000_000).unwrap(),
            }
        }

        fn folder(&self) -> SearchFolder {
            SearchFolder::read(&[self.root().to_owned()], None, &mut |_| ()).unwrap()
        }

        fn change(&self, name: &str, change: &PersonChange) -> String {
            let state = self.state();
            let step = HitStep {
                request: self.request(&state),
                schema: &self.schema,
            };
            let person = self.folder().person(name).unwrap();
            let report = change_person(&step, &person, change, &mut |_| ()).unwrap();
            format!(
                "{}; {} of others",
                report.step.step.label(),
                report.of_others
            )
        }

        fn names(&self) -> Vec<(String, usize)> {
            let people = self.folder().people().into_iter();
            people.map(|person| (person.name, person.said)).collect()
        }
    }

    #[test]
    fn people_are_merged_in_all_articles_and_those_of_others_stay() {
        let world = World::new();
        let name = |name: &str, said| (name.to_owned(), said);
        let before = world.names();
        assert_eq!(before, [name("Rex Tillerson", 3), name("R. Tillerson", 1)]);
        let theirs = fs::read(world.root().join("a.txt.maria.ron")).unwrap();
        let into = world.folder().person("rex tillerson").unwrap();
        assert_eq!((into.records.len(), into.found.len()), (3, 6));
        let done = world.change("R. Tillerson", &PersonChange::MergeInto(into.person));
        assert_eq!(
            done,
            "merged R. Tillerson into Rex Tillerson in 1 article; 0 of others"
        );
        assert_eq!(world.names(), [name("Rex Tillerson", 4)]);
        let b = fs::read_to_string(world.root().join("b.txt.jo.ron")).unwrap();
        assert!(b.contains(r#"aliases: ["R. Tillerson"]"#), "{b}");
        assert_eq!(
            fs::read(world.root().join("a.txt.maria.ron")).unwrap(),
            theirs
        );
    }

    #[test]
    fn what_was_edited_is_the_same_everywhere_and_nothing_else_changes() {
        let world = World::new();
        let mut person = world.folder().person("Rex Tillerson").unwrap().person;
        person.role = "secretary of state".to_owned();
        person.external_id = "Q331711".to_owned();
        person.attributes = thin_vec::thin_vec![Attribute {
            name: "gender".into(),
            value: "man".into(),
        }];
        let done = world.change("Rex Tillerson", &PersonChange::Edit(person.clone()));
        assert_eq!(done, "updated Rex Tillerson in 2 articles; 1 of others");
        for article in ["a", "c"] {
            let path = world.root().join(format!("{article}.txt.jo.ron"));
            let text = fs::read_to_string(path).unwrap();
            for words in ["secretary of state", "Q331711", r#""gender": "man""#] {
                assert!(text.contains(words), "{text}");
            }
        }
        // The id tells who it is, whatever the name.
        let mut renamed = person.clone();
        renamed.name = "Rex W. Tillerson".to_owned();
        world.change("Rex Tillerson", &PersonChange::Edit(renamed));
        let found = world.folder().person("Rex W. Tillerson").unwrap();
        assert_eq!(found.records.len(), 2);
        assert_eq!(found.person.aliases, ["Rex Tillerson"]);
        assert_eq!(found.person.role, "secretary of state");
    }
}
