//! Suggestions for articles on disk.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use smol_str::SmolStr;

use super::external_model::{Additions, Exchange, Prepared, Question, Reply, taken};
use super::in_order::{InOrder, Next, in_order};
use super::not_opened::not_opened;
use super::project_schema::problems_of_schemas;
use super::{
    FileProblem, ModelCommand, OpenDocument, OpenError, OpenRequest, Opened, Progress, SaveRequest,
    SchemaFileError, StartError, Suggestion, SuggestionOptions, add_suggestions_with, open_in,
    save_in, suggestions_and_people,
};
use crate::format::{FormatError, JsonLine, NamedDocument};
use crate::model::{Annotation, Confidence, Document, Link, Person, Target, Transaction};
use crate::store::{ReadError, find_articles, private_state_dir};
use crate::suggest::LearnedModel;
use crate::text::{Encoding, SourceText, TextRange};

/// For which articles to suggest what.
#[derive(Debug, Clone, Default)]
pub struct SuggestRequest {
    /// Articles and folders of articles.
    pub paths: Vec<PathBuf>,
    /// Whose sidecar says what is tagged already, and takes the suggestions; `None`: the unnamed one.
    pub annotator: Option<SmolStr>,
    /// The encoding of articles that do not declare one; `None`: as in their sidecars.
    pub encoding: Option<Encoding>,
    /// What is suggested by rules.
    pub options: SuggestionOptions,
    /// What the tags of a project taught.
    pub learned: Option<Arc<LearnedModel>>,
    /// A program that suggests too, before the rules do.
    pub model: Option<ModelCommand>,
    /// What the program is less sure of is not taken.
    pub model_confidence: Option<f64>,
    /// On so many threads; 0 counts as 1.
    pub jobs: usize,
    /// Whether to store them in the sidecars, as open suggestions.
    pub write: bool,
}

/// What is suggested for an article.
#[derive(Debug, Clone, PartialEq)]
pub struct SuggestedArticle {
    /// The article.
    pub path: PathBuf,
    /// In the order of the text.
    pub quotes: Vec<SuggestedQuote>,
    /// Whether they were stored.
    pub saved: bool,
}

/// A suggested quote or claim, or another tag that a program suggests, for reports.
#[derive(Debug, Clone, PartialEq)]
pub struct SuggestedQuote {
    /// The id of its tag.
    pub id: SmolStr,
    /// Its label.
    pub label: SmolStr,
    /// Direct, mixed or indirect; `None` for a claim, and where a program does not say.
    pub form: Option<SmolStr>,
    /// How likely it is right; `None` where a program does not say.
    pub confidence: Option<Confidence>,
    /// The rule that found it; `None` where a program did.
    pub rule: Option<&'static str>,
    /// The line it begins on, from 1.
    pub line: usize,
    /// The column it begins at, in code points, from 1.
    pub column: usize,
    /// Its parts in code points, end-exclusive.
    pub fragments: Vec<[u32; 2]>,
    /// Its words.
    pub words: String,
    /// The words of the mention that is suggested as its speaker; empty for none, and `None` for a tag
    /// that has no speakers.
    pub speaker: Option<String>,
    /// The name of the person whom that mention means, where that is known.
    pub person: Option<String>,
}

/// What was suggested.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SuggestReport {
    /// Every article that was read.
    pub articles: Vec<SuggestedArticle>,
    /// What could not be read or written, article by article, and what is wrong with the lines of a
    /// program.
    pub problems: Vec<FileProblem>,
}

impl SuggestReport {
    /// How many quotes, and other tags that are not only their speakers, are suggested.
    #[must_use]
    pub fn quotes(&self) -> usize {
        self.articles.iter().map(|one| one.quotes.len()).sum()
    }
}

/// Why nothing is suggested.
#[derive(Debug, thiserror::Error)]
pub enum SuggestError {
    /// One of the paths cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The built-in schema is broken.
    #[error(transparent)]
    Schema(#[from] SchemaFileError),
    /// The system gives no thread.
    #[error("no thread can be started ({0}); try a smaller number of --jobs")]
    Thread(io::Error),
    /// The program does not run.
    #[error(transparent)]
    Start(#[from] StartError),
}

/// Suggests quotes that are not tagged yet. With [`SuggestRequest::write`] the sidecar of each article
/// that gets some is saved once; others are not touched.
///
/// # Errors
/// [`SuggestError`] where a path is not there, or no thread can be started.
pub fn suggest(
    request: &SuggestRequest,
    progress: &mut dyn FnMut(Progress),
) -> Result<SuggestReport, SuggestError> {
    suggest_in(request, private_state_dir().as_deref(), progress)
}

/// [`suggest`] with the folder that keeps copies of earlier versions.
///
/// # Errors
/// As [`suggest`].
pub fn suggest_in(
    request: &SuggestRequest,
    state: Option<&Path>,
    progress: &mut dyn FnMut(Progress),
) -> Result<SuggestReport, SuggestError> {
    let found = find_articles(&request.paths)?;
    let paths: Vec<PathBuf> = found.articles.into_iter().map(|one| one.path).collect();
    let of_schemas = problems_of_schemas(paths.iter().map(PathBuf::as_path))?;
    let mut report = match &request.model {
        Some(model) => with_model(paths, model, request, state, progress)?,
        None => by_rules(&paths, request, state, progress)?,
    };
    report.problems.extend(not_opened(&found.not_opened));
    report.problems.extend(of_schemas);
    Ok(report)
}

fn by_rules(
    paths: &[PathBuf],
    request: &SuggestRequest,
    state: Option<&Path>,
    progress: &mut dyn FnMut(Progress),
) -> Result<SuggestReport, SuggestError> {
    let work = {
        let (request, state) = (request.clone(), state.map(Path::to_owned));
        move |path: PathBuf| {
            let opened = open_for(&path, &request, state.as_deref())?;
            finish(
                path,
                &opened,
                &Additions::default(),
                &request,
                state.as_deref(),
            )
        }
    };
    let queue = paths.to_vec();
    let results = in_order(queue.into_iter(), request.jobs.max(1), work);
    let mut results = results.map_err(SuggestError::Thread)?;
    let mut report = SuggestReport::default();
    for (done, path) in paths.iter().enumerate() {
        let total = paths.len();
        progress(Progress { done, total });
        report.add(match results.wait() {
            Next::Ready(result) => result,
            Next::Panicked | Next::NotYet | Next::End => Err(panicked(path)),
        });
    }
    Ok(report)
}

/// An article on its way through a program.
type Asked = (PathBuf, Result<Opened, FileProblem>);

fn with_model(
    paths: Vec<PathBuf>,
    model: &ModelCommand,
    request: &SuggestRequest,
    state: Option<&Path>,
    progress: &mut dyn FnMut(Progress),
) -> Result<SuggestReport, SuggestError> {
    let total = paths.len();
    let work = {
        let (request, state) = (request.clone(), state.map(Path::to_owned));
        move |path: PathBuf| {
            let opened = open_for(&path, &request, state.as_deref());
            (path, opened)
        }
    };
    let opened = in_order(paths.clone().into_iter(), request.jobs.max(1), work);
    let opened = opened.map_err(SuggestError::Thread)?;
    let mut exchange = Exchange::start(model, questions(paths, opened))?;
    let mut done = 0;
    let mut report = SuggestReport::default();
    while let Some(((path, opened), reply)) = exchange.next() {
        progress(Progress { done, total });
        done += 1;
        match opened {
            Ok(opened) => report.add_answered(path, &opened, reply, model, request, state),
            Err(problem) => report.problems.push(problem),
        }
        report.problems.extend(exchange.take_problems());
    }
    exchange.finish();
    report.problems.extend(exchange.take_problems());
    Ok(report)
}

/// The articles with what a program is asked about them.
fn questions(
    paths: Vec<PathBuf>,
    mut opened: InOrder<Asked>,
) -> impl Iterator<Item = Prepared<Asked>> {
    paths.into_iter().map(move |path| {
        let mut item = match opened.wait() {
            Next::Ready(item) => item,
            Next::Panicked | Next::NotYet | Next::End => {
                let problem = panicked(&path);
                (path, Err(problem))
            }
        };
        let question = match item
            .1
            .as_ref()
            .map(|opened| question(&item.0, &opened.document))
        {
            Ok(Ok(question)) => Some(question),
            Ok(Err(error)) => {
                item.1 = Err(FileProblem::new(&item.0, error.to_string()));
                None
            }
            Err(_) => None,
        };
        Prepared { item, question }
    })
}

/// A document as a program gets it.
pub(super) fn question(path: &Path, document: &Document) -> Result<Question, FormatError> {
    let id = path.display().to_string();
    let document = document.clone();
    let named = NamedDocument {
        id: id.clone(),
        document,
    };
    let line = JsonLine::write(named, "")?;
    Ok(Question { id, line })
}

impl SuggestReport {
    fn add(&mut self, result: Result<SuggestedArticle, FileProblem>) {
        match result {
            Ok(article) => self.articles.push(article),
            Err(problem) => self.problems.push(problem),
        }
    }

    /// Adds an article with what a program answers about it, or what is wrong with that.
    fn add_answered(
        &mut self,
        path: PathBuf,
        opened: &Opened,
        reply: Reply,
        model: &ModelCommand,
        request: &SuggestRequest,
        state: Option<&Path>,
    ) {
        let told = |words: String| FileProblem::new(&path, words);
        let (schema, least) = (&opened.schema, request.model_confidence);
        match taken(reply, &opened.document, schema, model, least) {
            Ok((additions, unknown_fields)) => {
                self.problems.extend(unknown_fields.into_iter().map(told));
                self.add(finish(path, opened, &additions, request, state));
            }
            Err(messages) => self.problems.extend(messages.into_iter().map(told)),
        }
    }
}

fn panicked(path: &Path) -> FileProblem {
    let words = "this article cannot be worked on; please report it";
    FileProblem::new(path, words)
}

fn open_for(
    path: &Path,
    request: &SuggestRequest,
    state: Option<&Path>,
) -> Result<Opened, FileProblem> {
    let open = OpenRequest {
        article: path.to_owned(),
        annotator: request.annotator.clone(),
        encoding: request.encoding,
        curated: false,
    };
    let opened = open_in(&open, state).map_err(|error| match &error {
        OpenError::Article(error) => FileProblem::unreadable(error),
        OpenError::Annotator(_) | OpenError::Schema(_) => FileProblem::new(path, error.to_string()),
    })?;
    match reason_against(&opened, request.write) {
        Some(reason) => Err(with_sidecar(&opened, request, reason)),
        None => Ok(opened),
    }
}

/// A problem with the sidecar of an article.
fn with_sidecar(opened: &Opened, request: &SuggestRequest, words: String) -> FileProblem {
    FileProblem {
        annotator: request.annotator.clone(),
        ..FileProblem::new(&opened.files.sidecar, words)
    }
}

/// Adds what a program suggests, then what the rules do, and saves it if that is wanted.
fn finish(
    path: PathBuf,
    opened: &Opened,
    additions: &Additions,
    request: &SuggestRequest,
    state: Option<&Path>,
) -> Result<SuggestedArticle, FileProblem> {
    let told = |words: String| with_sidecar(opened, request, words);
    let mut open = opened.start();
    let add = |open: &mut OpenDocument, transaction: Transaction| {
        let applied = open.apply_external(transaction);
        applied.map_err(|refusal| told(refusal.to_string()))
    };
    if !additions.is_empty() {
        add(&mut open, additions.transaction())?;
    }
    let (found, people) = suggestions_and_people(
        open.document(),
        open.schema(),
        &request.options,
        request.learned.as_deref(),
    );
    let document = open.document();
    let of_program = added_quotes(additions, document, opened);
    let by_rules = found.iter().map(|one| reported(one, document, &people));
    let mut quotes: Vec<SuggestedQuote> = of_program.chain(by_rules).collect();
    quotes.sort_by_key(|quote| quote.fragments.first().copied());
    let saved = request.write && !(found.is_empty() && additions.is_empty());
    if saved {
        add(&mut open, add_suggestions_with(found, people))?;
        let save = SaveRequest {
            document: open.document().clone(),
            files: opened.files.clone(),
            backup_first: true,
            replace: false,
        };
        save_in(&save, state).map_err(|error| told(error.to_string()))?;
    }
    Ok(SuggestedArticle {
        path,
        quotes,
        saved,
    })
}

/// Why nothing is suggested: what is tagged already is not certain, or must not be written.
fn reason_against(opened: &Opened, write: bool) -> Option<String> {
    if let Some(reason) = &opened.read_only {
        // The file is named beside it.
        let name = format!("{}: ", opened.files.sidecar.display());
        return Some(reason.trim_start_matches(&name).to_owned());
    }
    if opened.salvaged {
        let words = match opened.misplaced {
            true => {
                "records stand in the list of another kind; run `pullquote check --fix` on it first"
            }
            false => "the file is damaged; run `pullquote check --fix` on it first",
        };
        return Some(words.to_owned());
    }
    if !write {
        return None;
    }
    if opened.document.source().decoding().is_doubtful() {
        let words =
            "not written, because the encoding of the article is a guess; name it with --encoding";
        return Some(words.to_owned());
    }
    let followed = opened.reanchor.as_ref().map(|followed| &followed.report);
    let uncertain = followed.is_some_and(|report| report.check + report.lost > 0);
    uncertain.then(|| {
        "not written, because the article has changed and some tags must be checked; open it in the \
         window first"
            .to_owned()
    })
}

fn reported(suggestion: &Suggestion, document: &Document, people: &[Person]) -> SuggestedQuote {
    let mention = suggestion.mention(document);
    let words = |tag: &Annotation| tag.fragments.text(document.source());
    SuggestedQuote {
        form: suggestion.kind.form().map(|form| form.word().into()),
        rule: Some(suggestion.rule.name()),
        speaker: Some(mention.map(words).unwrap_or_default()),
        person: mention.and_then(|tag| name_of(tag, document, people)),
        ..described(&suggestion.tag, document.source())
    }
}

/// The name of the person whom a mention means, of the roster or new.
fn name_of(mention: &Annotation, document: &Document, people: &[Person]) -> Option<String> {
    let id = mention.person.as_ref()?;
    let new = people.iter().find(|person| person.id == *id);
    let person = document.set().person(id).or(new)?;
    Some(person.name.clone())
}

/// What a program adds, without the tags that its links lead to.
fn added_quotes<'a>(
    additions: &'a Additions,
    document: &'a Document,
    opened: &'a Opened,
) -> impl Iterator<Item = SuggestedQuote> + 'a {
    let set = document.set();
    let is_end = move |tag: &&Annotation| {
        let to = Target::Annotation(tag.id.clone());
        additions.links.iter().any(|link| link.to == to)
    };
    let listed = additions.tags.iter().filter(move |tag| !is_end(tag));
    listed.map(move |tag| {
        let role = opened.schema.speaker_role(&tag.label);
        let is_speaker = |link: &&Link| role.is_some_and(|role| role.key == link.role);
        let speaker = set.links_from(&tag.id).find(is_speaker);
        let mention = speaker.and_then(|link| match &link.to {
            Target::Annotation(id) => set.annotation(id),
            Target::Person(_) | Target::NotGiven => None,
        });
        let words = |tag: &Annotation| tag.fragments.text(document.source());
        let speaks = opened.schema.speaks(&tag.label);
        SuggestedQuote {
            speaker: speaks.then(|| mention.map(words).unwrap_or_default()),
            person: mention.and_then(|tag| name_of(tag, document, &[])),
            ..described(tag, document.source())
        }
    })
}

fn described(tag: &Annotation, source: &SourceText) -> SuggestedQuote {
    let fragments = &tag.fragments;
    let place = source.line_column(fragments.start());
    let code_points = |range: TextRange| {
        let end = |at| source.char_of_byte(at).unwrap_or_default();
        [end(range.start()), end(range.end())]
    };
    SuggestedQuote {
        id: tag.id.as_str().into(),
        label: tag.label.clone(),
        form: tag.attribute("form").cloned(),
        confidence: tag.confidence,
        rule: None,
        line: place.line,
        column: place.column,
        fragments: fragments.iter().map(code_points).collect(),
        words: fragments.text(source),
        speaker: None,
        person: None,
    }
}
