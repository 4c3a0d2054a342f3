use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use smol_str::SmolStr;
use thin_vec::ThinVec;

use crate::model::{
    Annotation, AnnotationId, Attribute, Document, Fragments, Person, PersonId, Review, Schema,
    Target,
};
use crate::ops::peer_verdicts::PeerVerdicts;
use crate::ops::read_article::ReadArticle;
use crate::ops::reserved_problems::left_out_facts;
use crate::ops::{FileProblem, Undecided, load_facts};
use crate::store::{ArticleFile, FileFingerprint};
use crate::text::{Encoding, SourceText};

/// What a search needs of an article: its text, some bytes for each tag, and no more.
#[derive(Debug, Clone)]
pub(super) struct SearchedArticle {
    pub(super) path: PathBuf,
    /// The path below the given folder.
    pub(super) name: String,
    pub(super) headline: String,
    pub(super) outlet: String,
    pub(super) date: String,
    pub(super) source: SourceText,
    pub(super) people: Vec<Arc<SearchedWork>>,
    /// What is undecided in its curated tags.
    pub(super) undecided: Undecided,
}

/// The tags of one annotator, or the curated ones.
#[derive(Debug, Clone)]
pub(super) struct SearchedWork {
    /// Empty: unnamed, or nobody's.
    pub(super) annotator: SmolStr,
    pub(super) curated: bool,
    /// What the sidecar looked like; `None`: the work is open and may not be saved.
    pub(super) file: Option<FileFingerprint>,
    pub(super) tags: Vec<SearchedTag>,
    /// The roster.
    pub(super) people: Vec<Person>,
}

#[derive(Debug, Clone)]
pub(super) struct SearchedTag {
    pub(super) id: AnnotationId,
    pub(super) label: SmolStr,
    pub(super) fragments: Fragments,
    pub(super) attributes: ThinVec<Attribute>,
    pub(super) review: Review,
    /// What reviewers say about it as it is, in their own files.
    pub(super) verdicts: Vec<Review>,
    /// Whether they would change it or ask about it.
    pub(super) to_correct: bool,
    pub(super) is_suggestion: bool,
    pub(super) is_rejected: bool,
    pub(super) note: String,
    pub(super) speaker: Speaker,
    /// The names of the person it mentions.
    pub(super) mentions: Vec<String>,
    /// The person it mentions.
    pub(super) mentioned: Option<PersonId>,
    /// The people of the roster who said it.
    pub(super) said_by: Vec<PersonId>,
    /// The words that report it; empty where they are not tagged.
    pub(super) cue: String,
}

/// Who said a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Speaker {
    /// Its label has no speaker.
    NoneNeeded,
    /// There is no confirmed answer.
    Open,
    /// The text names none.
    NotGiven,
    /// The name of the person first, other names, and the words of the mention.
    Names(Vec<String>),
}

impl SearchedArticle {
    /// Reads an article; `None` where its text cannot be read.
    pub(super) fn read(
        article: &ArticleFile,
        schema: &Schema,
        encoding: Option<Encoding>,
    ) -> (Option<Self>, Vec<FileProblem>) {
        let read = ReadArticle::new(article, &[], encoding);
        let undecided = read.undecided();
        let Some(source) = read.source else {
            return (None, read.problems);
        };
        let facts = load_facts(&article.path);
        let mut problems = read.problems;
        problems.extend(left_out_facts(&facts));
        let facts = facts.facts;
        let mut verdicts = PeerVerdicts::default();
        for work in &read.people {
            verdicts.add(
                work.annotator.as_deref().unwrap_or_default(),
                &work.document,
            );
        }
        let people = read.people.into_iter().map(|work| {
            let annotator = work.annotator.unwrap_or_default();
            SearchedWork {
                tags: reviewed(&work.document, schema, &annotator, &verdicts),
                annotator,
                curated: false,
                file: Some(work.file),
                people: roster(&work.document),
            }
        });
        let curated = read.curated.map(|document| SearchedWork {
            annotator: SmolStr::default(),
            curated: true,
            file: Some(read.curated_file),
            tags: tags(&document, schema),
            people: roster(&document),
        });
        let searched = Self {
            path: article.path.clone(),
            name: article.name.clone(),
            headline: facts.headline,
            outlet: facts.outlet,
            date: facts.date,
            source,
            people: people.chain(curated).map(Arc::new).collect(),
            undecided,
        };
        (Some(searched), problems)
    }

    /// The same with the work of one annotator as it is open, saved or not.
    pub(super) fn with_open(&self, document: &Document, schema: &Schema) -> Self {
        let annotator = document.meta().annotator.clone().unwrap_or_default();
        let mut own_tags = tags(document, schema);
        let mut saved = self.people.iter();
        let saved = saved.find(|work| !work.curated && work.annotator == annotator);
        for known in saved.into_iter().flat_map(|work| &work.tags) {
            let reviewed = known.to_correct || !known.verdicts.is_empty();
            if reviewed && let Some(tag) = own_tags.iter_mut().find(|tag| tag.id == known.id) {
                tag.verdicts.clone_from(&known.verdicts);
                tag.to_correct = known.to_correct;
            }
        }
        let own = SearchedWork {
            tags: own_tags,
            people: roster(document),
            annotator,
            curated: false,
            file: None,
        };
        let is_other = |work: &&Arc<SearchedWork>| work.curated || work.annotator != own.annotator;
        let others = self.people.iter().filter(is_other).cloned();
        Self {
            people: others.chain([Arc::new(own.clone())]).collect(),
            source: document.source().clone(),
            ..self.clone()
        }
    }

    /// Whose tags there are, besides curated ones.
    pub(super) fn annotators(&self) -> impl Iterator<Item = SmolStr> {
        let own = self.people.iter().filter(|work| !work.curated);
        own.map(|work| work.annotator.clone())
    }

    /// About how much memory it takes, in bytes.
    pub(super) fn size(&self) -> usize {
        let tags: usize = self.people.iter().map(|work| work.tags.len()).sum();
        let people: usize = self.people.iter().map(|work| work.people.len()).sum();
        // A tag with its names and attributes, and a person with theirs.
        usize::from(self.source.len()) + tags * 450 + people * 400 + 1_000
    }
}

/// The tags of `annotator` with what others say about them.
fn reviewed(
    document: &Document,
    schema: &Schema,
    annotator: &str,
    verdicts: &PeerVerdicts,
) -> Vec<SearchedTag> {
    let former = schema.former_labels();
    let to_settle = verdicts.to_settle(annotator, document);
    let to_settle: BTreeSet<&AnnotationId> = to_settle.map(|(_, one)| &one.key.tag).collect();
    let mut all = tags(document, schema);
    for searched in &mut all {
        if let Some(tag) = document.set().annotation(&searched.id) {
            searched.verdicts = verdicts.on(annotator, document, tag, &former);
            searched.to_correct = to_settle.contains(&searched.id);
        }
    }
    all
}

fn tags(document: &Document, schema: &Schema) -> Vec<SearchedTag> {
    let tags = document.set().annotations();
    let searched = tags.map(|tag| SearchedTag {
        id: tag.id.clone(),
        label: tag.label.clone(),
        fragments: tag.fragments.clone(),
        attributes: tag.attributes.clone(),
        review: tag.review,
        verdicts: Vec::new(),
        to_correct: false,
        is_suggestion: tag.is_open_suggestion(),
        is_rejected: tag.is_rejected(),
        note: tag.note.to_string(),
        speaker: speaker(document, schema, tag),
        mentions: tag
            .person
            .as_ref()
            .and_then(|person| document.set().person(person))
            .map_or(Vec::new(), names),
        mentioned: tag.person.clone(),
        said_by: said_by(document, schema, tag),
        cue: cue(document, schema, tag),
    });
    searched.collect()
}

fn roster(document: &Document) -> Vec<Person> {
    document.set().people().cloned().collect()
}

/// The people of the roster behind the confirmed answers to who said a tag.
fn said_by(document: &Document, schema: &Schema, tag: &Annotation) -> Vec<PersonId> {
    let role = schema
        .speaker_role(&tag.label)
        .filter(|_| schema.speaks(&tag.label));
    let Some(role) = role else {
        return Vec::new();
    };
    let set = document.set();
    let links = set.links_from(&tag.id);
    let links = links.filter(|link| link.confirmed && link.role == role.key);
    let people = links.filter_map(|link| set.person_behind(&link.to));
    people.map(|person| person.id.clone()).collect()
}

/// The words that report a tag.
fn cue(document: &Document, schema: &Schema, tag: &Annotation) -> String {
    let set = document.set();
    let mut cues = set.links_from(&tag.id).filter_map(|link| match &link.to {
        Target::Annotation(id) => set.annotation(id),
        Target::Person(_) | Target::NotGiven => None,
    });
    let reports = |cue: &&Annotation| {
        let label = schema.label(&cue.label);
        label.is_some_and(|label| label.reports)
    };
    let cue = cues.find(reports);
    cue.map_or_else(String::new, |cue| cue.fragments.text(document.source()))
}

fn names(person: &Person) -> Vec<String> {
    let names = std::iter::once(&person.name).chain(&person.aliases);
    names.cloned().collect()
}

fn speaker(document: &Document, schema: &Schema, tag: &Annotation) -> Speaker {
    let role = schema
        .speaker_role(&tag.label)
        .filter(|_| schema.speaks(&tag.label));
    let Some(role) = role else {
        return Speaker::NoneNeeded;
    };
    let set = document.set();
    let links = set.links_from(&tag.id);
    let mut speaker = Speaker::Open;
    for link in links.filter(|link| link.confirmed && link.role == role.key) {
        let mut found = set.person_behind(&link.to).map_or(Vec::new(), names);
        match &link.to {
            Target::Annotation(id) => {
                let mention = set.annotation(id);
                found.extend(mention.map(|tag| tag.fragments.text(document.source())));
            }
            Target::Person(_) => {}
            Target::NotGiven => {
                if speaker == Speaker::Open {
                    speaker = Speaker::NotGiven;
                }
                continue;
            }
        }
        match &mut speaker {
            Speaker::Names(all) => all.extend(found),
            Speaker::NoneNeeded | Speaker::Open | Speaker::NotGiven => {
                speaker = Speaker::Names(found);
            }
        }
    }
    speaker
}
