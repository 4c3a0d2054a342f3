use std::collections::BTreeSet;
use std::fmt::Display;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::Serialize;
use smol_str::SmolStr;

use super::progress::Bar;
use super::terminal::Terminal;
use super::{ExitStatus, Stop, annotator};
use crate::format::schema_file::SchemaDraft;
use crate::model::{Attribute, Person, PersonKind, Review, Schema};
use crate::ops::bulk_step::{
    BulkReport, BulkRequest, Direction, RecordedStep, bulk_steps, replay_bulk_step,
};
use crate::ops::search::{
    HitAction, HitStep, PersonChange, SearchFolder, act_on_hits, change_person,
};
use crate::ops::{self, FileProblem, Refusal, finished_words, name_and_value, review_named};
use crate::store::{canonical_folder, is_folder, private_state_dir};
use crate::text::wording::{count, count_as};

/// Change tags, people and labels over many articles in one step
///
/// A step changes all its articles or, where one of them cannot be changed, none. `change undo FOLDER` takes it back
/// whole, as the window does (menu Edit), and `change redo FOLDER` does it again. Only your own files (--as) and the
/// curated ones are changed; how many tags are of other people is told. FOLDER is the folder that the window opens.
#[derive(Debug, clap::Args)]
#[command(disable_help_subcommand = true)]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
    /// Print what was done as JSON
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Do one thing to every hit of a search
    ///
    /// QUERY is that of `pullquote search`, which shows what would be changed. Hits that are words are tagged (--tag);
    /// those that are tags can be tagged again as another label, too.
    Hits(Hits),
    /// Change a person in all articles, or make one of two
    ///
    /// The former name becomes an alias.
    Person(PersonArgs),
    /// Give a label another name in files
    ///
    /// In `pullquote.ron`, which keeps the former one, and in your own tags. Files of other people are read as if they
    /// had the new one.
    Label(Label),
    /// Take the last step back, whole
    Undo(Again),
    /// Do the step again that was taken back
    Redo(Again),
}

#[derive(Debug, clap::Args)]
struct Place {
    /// The folder of the articles
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
    /// Who does it: whose files are changed
    #[arg(long = "as", value_name = "NAME", value_parser = annotator)]
    annotator: Option<SmolStr>,
}

#[derive(Debug, clap::Args)]
struct Hits {
    #[command(flatten)]
    place: Place,
    /// What to search for
    #[arg(value_name = "QUERY")]
    query: String,
    #[command(flatten)]
    action: Action,
}

#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
struct Action {
    /// Tag the words
    #[arg(long, value_name = "LABEL")]
    tag: Option<SmolStr>,
    /// Give the tags this label
    #[arg(long, value_name = "LABEL")]
    relabel: Option<SmolStr>,
    /// The tags are about this person, or said by them
    #[arg(long, value_name = "NAME")]
    person: Option<String>,
    /// Mark the tags: accepted, rejected, unsure or unreviewed
    #[arg(long, value_name = "STATE", value_parser = review_named)]
    review: Option<Review>,
}

#[derive(Debug, clap::Args)]
struct PersonArgs {
    #[command(flatten)]
    place: Place,
    /// The person, as a roster names them
    #[arg(value_name = "NAME")]
    name: String,
    /// They are this person, whose name and facts stand
    #[arg(long, value_name = "NAME", conflicts_with_all = ["rename", "kind", "role", "organisation", "id", "set"])]
    merge_into: Option<String>,
    /// The name
    #[arg(long, value_name = "NAME")]
    rename: Option<String>,
    /// What they are: person, organisation or group
    #[arg(long, value_name = "KIND", value_parser = kind_named)]
    kind: Option<PersonKind>,
    /// Their role
    #[arg(long, value_name = "WORDS")]
    role: Option<String>,
    /// Their organisation
    #[arg(long, value_name = "WORDS")]
    organisation: Option<String>,
    /// What they are known by elsewhere, such as Q216547 in Wikidata
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// An attribute, such as gender=female; nothing after the = removes it. Can be repeated
    #[arg(long, value_name = "NAME=VALUE", value_parser = name_and_value::<SmolStr>)]
    set: Vec<(SmolStr, SmolStr)>,
}

#[derive(Debug, clap::Args)]
struct Label {
    #[command(flatten)]
    place: Place,
    /// The name it has in files
    #[arg(value_name = "OLD")]
    old: SmolStr,
    /// The name it gets
    #[arg(value_name = "NEW")]
    new: SmolStr,
}

#[derive(Debug, clap::Args)]
struct Again {
    /// The folder of the articles
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
}

#[derive(Serialize)]
struct ChangeJson<'a> {
    step: &'a str,
    changed: usize,
    articles: usize,
    files: usize,
    not_changed: Vec<NotChangedJson<'a>>,
    of_others: usize,
}

#[derive(Serialize)]
struct NotChangedJson<'a> {
    why: &'a str,
    times: usize,
}

#[derive(Serialize)]
struct ReplayedJson<'a> {
    step: &'a str,
    at: String,
    undone: bool,
    files: usize,
}

fn kind_named(word: &str) -> Result<PersonKind, String> {
    let known = PersonKind::ALL.map(PersonKind::word);
    let found = PersonKind::ALL.into_iter().find(|kind| kind.word() == word);
    found.ok_or_else(|| format!("use one of {}", known.join(", ")))
}

pub(super) fn run(args: Args, terminal: &mut Terminal) -> Result<ExitStatus, Stop> {
    let json = args.json;
    let done = match args.what {
        What::Hits(args) => change_hits(&args, terminal)?,
        What::Person(args) => change_one_person(&args, terminal)?,
        What::Label(args) => rename_label(&args, terminal)?,
        What::Undo(args) => return replay(&args.folder, Direction::Undo, json, terminal),
        What::Redo(args) => return replay(&args.folder, Direction::Redo, json, terminal),
    };
    let report = &done.report;
    if json {
        let refusals = report.refusals.iter();
        terminal.json(&ChangeJson {
            step: report.step.label(),
            changed: report.counts.done,
            articles: report.counts.articles,
            files: report.written.len(),
            not_changed: refusals
                .map(|(why, times)| NotChangedJson { why, times: *times })
                .collect(),
            of_others: done.of_others,
        })?;
    } else {
        terminal.line(report.step.label())?;
        terminal.flush()?;
        for (why, times) in &report.refusals {
            let times = count(*times, "time");
            terminal.say(format_args!("not done {times}: {why}"));
        }
        if done.of_others > 0 {
            let others = count(done.of_others, done.counted_as);
            terminal.say(format_args!("{others} of other people left as they are"));
        }
        if !done.is_whole {
            terminal.say("a link leads to the schema from FOLDER: undo leaves it as it is now");
        }
    }
    Ok(match done.is_sound {
        true => ExitStatus::Success,
        false => ExitStatus::ProblemsFound,
    })
}

/// A step that was done.
struct Done {
    report: BulkReport,
    of_others: usize,
    /// What those are.
    counted_as: &'static str,
    /// Whether undo takes back everything.
    is_whole: bool,
    /// Whether every article could be read.
    is_sound: bool,
}

/// Where a step is done, and where what undoes it is kept.
struct Step {
    root: PathBuf,
    state: PathBuf,
    schema: Schema,
    open: BTreeSet<PathBuf>,
}

impl Step {
    fn in_folder(folder: &Path, terminal: &mut Terminal) -> Result<Self, Stop> {
        let (root, state) = root_and_state(folder)?;
        finish_what_was_cut_short(&root, &state, terminal)?;
        let schema = ops::schema_file(&root.join("article")).map_err(Stop::new)?;
        Ok(Self {
            root,
            state,
            schema: schema.schema,
            open: BTreeSet::new(),
        })
    }

    fn request<'a>(&'a self, place: &'a Place) -> HitStep<'a> {
        HitStep {
            request: BulkRequest {
                root: &self.root,
                annotator: place.annotator.as_deref(),
                targets: &[],
                open: &self.open,
                state: &self.state,
                now: Timestamp::now(),
            },
            schema: &self.schema,
        }
    }

    fn read(&self, terminal: &mut Terminal) -> Result<SearchFolder, Stop> {
        let bar = Bar::new();
        let root = [self.root.clone()];
        let folder = SearchFolder::read(&root, None, &mut |progress| bar.show(progress));
        drop(bar);
        let folder = folder.map_err(Stop::new)?;
        say(&folder.problems, terminal);
        Ok(folder)
    }
}

fn say(problems: &[FileProblem], terminal: &mut Terminal) {
    problems.iter().for_each(|problem| terminal.say(problem));
}

fn root_and_state(folder: &Path) -> Result<(PathBuf, PathBuf), Stop> {
    if !is_folder(folder) {
        let words = format!("{}: this is not a folder", folder.display());
        return Err(Stop::Words(words));
    }
    let Some(state) = private_state_dir() else {
        let words = "there is no folder for what undoes this; set HOME";
        return Err(Stop::Words(words.to_owned()));
    };
    Ok((canonical_folder(folder), state))
}

/// Finishes, or clears away, what a step or an import that was cut short has left.
fn finish_what_was_cut_short(
    root: &Path,
    state: &Path,
    terminal: &mut Terminal,
) -> Result<(), Stop> {
    for finished in ops::bulk_step::finish_cut_short(root, Some(state)) {
        let finished = finished.map_err(Stop::new)?;
        terminal.say(finished_words(&finished));
    }
    Ok(())
}

fn change_hits(args: &Hits, terminal: &mut Terminal) -> Result<Done, Stop> {
    let step = Step::in_folder(&args.place.folder, terminal)?;
    let folder = step.read(terminal)?;
    let query = folder.query(&args.query).map_err(Stop::new)?;
    let found = folder.search(&query, usize::MAX, || true).found;
    if found.is_empty() {
        return Err(Stop::Words("nothing was found".to_owned()));
    }
    let Action {
        tag,
        relabel,
        person,
        review,
    } = &args.action;
    let action = match (tag, relabel, person, review) {
        (Some(label), ..) => HitAction::Tag(label.clone()),
        (_, Some(label), ..) => HitAction::Relabel(label.clone()),
        (_, _, Some(name), _) => {
            let known = folder.person(name);
            let kind = known.map_or_else(PersonKind::default, |known| known.person.kind);
            HitAction::Person(name.clone(), kind)
        }
        (.., Some(review)) => HitAction::Review(*review),
        (None, None, None, None) => return Err(Stop::Words("say what to do".to_owned())),
    };
    let request = step.request(&args.place);
    let bar = Bar::new();
    let done = act_on_hits(&request, &found, &action, &mut |progress| {
        bar.show(progress)
    });
    drop(bar);
    let done = done.map_err(Stop::new)?;
    Ok(Done {
        report: done.step,
        of_others: done.of_others,
        counted_as: "tag",
        is_whole: true,
        is_sound: folder.problems.is_empty(),
    })
}

fn change_one_person(args: &PersonArgs, terminal: &mut Terminal) -> Result<Done, Stop> {
    let step = Step::in_folder(&args.place.folder, terminal)?;
    let folder = step.read(terminal)?;
    let named = |name: &str| {
        let missing = || Stop::Words(format!("no roster has a person called {name}"));
        folder.person(name).ok_or_else(missing)
    };
    let before = named(&args.name)?;
    let change = match &args.merge_into {
        Some(into) => PersonChange::MergeInto(named(into)?.person),
        None => PersonChange::Edit(edited(&before.person, args)),
    };
    if change == PersonChange::Edit(before.person.clone()) {
        let why = Refusal::new("say what is to be different");
        return Err(Stop::new(why));
    }
    let request = step.request(&args.place);
    let bar = Bar::new();
    let done = change_person(&request, &before, &change, &mut |progress| {
        bar.show(progress);
    });
    drop(bar);
    let done = done.map_err(Stop::new)?;
    Ok(Done {
        report: done.step,
        of_others: done.of_others,
        counted_as: "file",
        is_whole: true,
        is_sound: folder.problems.is_empty(),
    })
}

/// A person with what the arguments say.
fn edited(before: &Person, args: &PersonArgs) -> Person {
    let mut after = before.clone();
    after.kind = args.kind.unwrap_or(before.kind);
    for (given, field) in [
        (&args.rename, &mut after.name),
        (&args.role, &mut after.role),
        (&args.organisation, &mut after.organisation),
        (&args.id, &mut after.external_id),
    ] {
        if let Some(given) = given {
            given.clone_into(field);
        }
    }
    for (name, value) in &args.set {
        after.attributes.retain(|one| one.name != *name);
        after.attributes.push(Attribute {
            name: name.clone(),
            value: value.clone(),
        });
    }
    after.attributes.sort();
    after
}

fn rename_label(args: &Label, terminal: &mut Terminal) -> Result<Done, Stop> {
    let step = Step::in_folder(&args.place.folder, terminal)?;
    let file = ops::schema_file(&step.root.join("article")).map_err(Stop::new)?;
    let mut draft = SchemaDraft::of(&file.schema);
    let mut labels = draft.labels.iter();
    let Some(at) = labels.position(|label| label.kind.key == args.old) else {
        let known = draft.labels.iter().map(|label| label.kind.key.as_str());
        let known = known.collect::<Vec<_>>().join(", ");
        let words = format!("there is no label {}; there are {known}", args.old);
        return Err(Stop::Words(words));
    };
    draft.rename_label(at, &args.new);
    if draft.is_unchanged() {
        return Err(Stop::Words("this is its name already".to_owned()));
    }
    let request = step.request(&args.place).request;
    let changed = ops::change_schema(&request, &file, &draft).map_err(Stop::new)?;
    let Some(report) = changed.step else {
        let words =
            "renamed in the schema, to which a link leads from FOLDER; none of your tags has it";
        return Err(Stop::Words(words.to_owned()));
    };
    Ok(Done {
        report,
        of_others: 0,
        counted_as: "file",
        is_whole: changed.is_whole,
        is_sound: true,
    })
}

fn replay(
    folder: &Path,
    direction: Direction,
    json: bool,
    terminal: &mut Terminal,
) -> Result<ExitStatus, Stop> {
    let (root, state) = root_and_state(folder)?;
    finish_what_was_cut_short(&root, &state, terminal)?;
    let steps = bulk_steps(&root, &state);
    let (step, none) = match direction {
        Direction::Undo => (steps.undo, "no step over these articles is left to undo"),
        Direction::Redo => (steps.redo, "no step over these articles was undone"),
    };
    let Some(mut step): Option<RecordedStep> = step else {
        let words = format!("{}: {none}; name the folder of the step", folder.display());
        return Err(Stop::Words(words));
    };
    let written = replay_bulk_step(&mut step, direction, &root, &state).map_err(Stop::new)?;
    if json {
        terminal.json(&ReplayedJson {
            step: step.label(),
            at: step.at().to_string(),
            undone: direction == Direction::Undo,
            files: written.len(),
        })?;
        return Ok(ExitStatus::Success);
    }
    let done: &dyn Display = match direction {
        Direction::Undo => &"undone",
        Direction::Redo => &"done again",
    };
    let files = count_as(written.len(), "file", "files");
    terminal.line(format_args!("{done}: {} ({files})", step.label()))?;
    Ok(ExitStatus::Success)
}
