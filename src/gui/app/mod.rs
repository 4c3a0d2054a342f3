//! The window's state and one frame of it. No side effect happens while drawing: parts of the
//! window put commands into a queue, handled in order before and after drawing.

mod adjudicating;
mod agreement;
mod article_commands;
mod asking_model;
mod assigning;
mod bulk;
mod closing;
mod colleagues;
mod commands;
mod copies;
mod dialogs;
mod drafts;
mod dragging;
mod export;
mod facts;
mod files;
mod folder;
mod frame;
mod gone_articles;
mod guidelines;
mod heard;
mod import;
mod keys;
mod learning;
mod list_height;
mod merging;
mod nothing_open;
mod pages;
mod panel_size;
mod person;
mod pick;
mod places;
mod reading;
mod reasons_to_come;
mod recovery;
mod results;
mod reviewing;
mod saving;
mod schema;
mod searching;
mod settings;
mod statistics;
mod status_message;
mod suggesting;
mod tabs;
mod tag_dialogs;
mod tooltips;
mod unnamed;
mod watch;

use std::collections::{BTreeMap, VecDeque};
use std::path::PathBuf;
use std::sync::Arc;

use egui::{Context, Ui};
use smol_str::SmolStr;

use super::app_command::AppCommand;
use super::article_list::ArticleList;
use super::dialog::is_document;
use super::event_order::EventOrder;
use super::find::Find;
use super::journals::Journals;
use super::page::{AgreementPage, Page, PersonPage, ProjectPage, StatisticsPage};
use super::panel::{
    Banner, BannerKind, DetailsTab, FactsPanel, FilesPanel, GuidelinesPanel, Hints, Inspector,
    PeoplePanel, TagsPanel,
};
use super::regions::Regions;
use super::services::Services;
use super::task_result::TaskResult;
use super::theme::Themes;
use super::typed_notes::TypedNotes;
use super::window_notes::WindowNotes;
use super::worker::Worker;
use super::workspace::Workspace;
use crate::format::schema_file::default_schema;
use crate::model::Schema;
use crate::ops::ExportRequest;
use crate::ops::article_list::SummaryCache;
use crate::ops::keymap::Keymap;
use crate::ops::ui_command::{CommandEntry, entries};
use crate::store::{self, Draft, Settings};
use frame::PanelSizes;
use reasons_to_come::KeptReasons;
use status_message::StatusMessage;
use tooltips::{FirstTurn, Tooltips};

/// Why the window cannot be built.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// A built-in asset is broken.
    #[error(transparent)]
    Theme(#[from] super::theme::ThemeError),
    /// A built-in asset is broken.
    #[error("the built-in schema cannot be read: {0}")]
    Schema(#[from] crate::format::schema_file::SchemaFileError),
}

/// The window: what is open, what is shown, and what is waiting to be done.
pub struct App {
    services: Services,
    themes: Themes,
    worker: Worker<TaskResult>,
    workspace: Workspace,
    /// Of the article that is shown; the built-in one without.
    schema: Schema,
    keymap: Keymap,
    entries: Vec<CommandEntry>,
    queue: VecDeque<AppCommand>,
    dialogs: dialogs::Dialogs,
    keyboard: keys::Keyboard,
    /// Whether a file dialog of the platform is open.
    picking: bool,
    status: StatusMessage,
    /// Which article was shown at the end of the last frame, and what the status line said.
    status_before: (Option<PathBuf>, StatusMessage),
    banners: Vec<Banner>,
    next_banner: u64,
    unnamed: unnamed::Unnamed,
    /// Where it is asked for a name, and how many tags were made since.
    asked_for_name_in: Option<(PathBuf, usize)>,
    find: Find,
    /// The articles of the folder as they are listed.
    list: ArticleList,
    searching: searching::Searching,
    places: places::Places,
    person: PersonPage,
    bulk: bulk::Bulk,
    files: FilesPanel,
    /// What is shown in the place of the article; `None`: the article.
    page: Option<Page>,
    project: ProjectPage,
    agreement: AgreementPage,
    statistics: StatisticsPage,
    tags: TagsPanel,
    people: PeoplePanel,
    facts: FactsPanel,
    inspector: Inspector,
    hints: Hints,
    tab: DetailsTab,
    show_files: bool,
    /// Whether someone asked for the files, who then sees them in a narrow window, too.
    files_by_hand: bool,
    show_details: bool,
    /// Whether the window works on the curated files.
    adjudicating: bool,
    guidelines: GuidelinesPanel,
    /// Whether the review tab shows the corrections to one's own tags.
    review_own: bool,
    /// A command that goes on once the article is read under the name that was just given.
    waits_for_name: Option<AppCommand>,
    /// Reasons for decisions to come that are kept in the state folder, by article.
    reasons_kept: BTreeMap<PathBuf, KeptReasons>,
    /// A draft of a reason to go on with once the article is compared.
    reason_draft: Option<Draft>,
    /// What to do in the article that comes next.
    review_next: Option<reviewing::ReviewNext>,
    /// Whether what others have tagged is drawn in the article.
    show_colleagues: bool,
    sizes: PanelSizes,
    /// Size and position of the window where it does not fill the screen, in points.
    unmaximized: [Option<(f32, f32)>; 2],
    tooltips: Tooltips,
    zoom: f32,
    /// What a drag over words tags them with; `None`: it selects them.
    dragged_label: Option<SmolStr>,
    /// What the person has set.
    settings: Settings,
    /// Whether it is known which articles have nearly the same text.
    grouping: copies::Grouping,
    /// What was read of articles for the list.
    surveyed: Arc<SummaryCache>,
    /// What the tags of the folder taught.
    learned: learning::Learned,
    /// Whether a program that suggests is at work.
    asking_model: bool,
    /// The article to go on with once the folder is listed.
    resumes_at: Option<PathBuf>,
    /// The folder for which it is remembered whether its list is shown.
    remembers_files_of: Option<PathBuf>,
    /// The message about the previous article, shown with the next one.
    next_status: Option<StatusMessage>,
    /// Articles that are being read.
    opening: Vec<PathBuf>,
    /// The article to open once its folder is listed.
    opens_first: Option<PathBuf>,
    /// The article that was shown before the last import, for when that is taken back.
    shown_before_import: Option<PathBuf>,
    /// Exports that wait until their article is saved.
    exports: Vec<ExportRequest>,
    /// Which article the window's title names.
    titled: Option<PathBuf>,
    closing: closing::Closing,
    watch: watch::Watch,
    journals: Journals,
    /// Whether a journal could not be written last, which was said.
    told_unprotected: bool,
    notes: WindowNotes,
    typed: TypedNotes,
    /// When what is typed is noted next, in seconds of the window's clock; `None`: nothing new is typed.
    typed_due: Option<f64>,
    context_menu: Option<egui::Pos2>,
    regions: Regions,
    /// What Enter has brought into view instead of accepting it.
    shown_first: Option<article_commands::ShownFirst>,
    /// What had the keys' focus at the end of the last frame.
    focused: Option<egui::Id>,
}

impl App {
    /// A window that opens `paths` first: articles or a folder; the sample where there are none.
    ///
    /// # Errors
    /// [`AppError`] where a built-in asset is broken, which tests rule out.
    pub fn new(context: &Context, services: Services, paths: &[PathBuf]) -> Result<Self, AppError> {
        let themes = Themes::load()?;
        let schema = default_schema()?;
        context.set_fonts(super::fonts::definitions());
        themes.apply(context);
        context.add_plugin(EventOrder::default());
        context.add_plugin(FirstTurn::default());
        context.options_mut(|options| {
            options.zoom_with_keyboard = false;
            options.fallback_theme = egui::Theme::Light;
            options.quit_shortcuts.clear();
        });
        let execution = services.execution;
        let worker = Worker::new(context, execution, TaskResult::Failed);
        let send = worker.result_sender();
        let written = move || send(TaskResult::JournalWritten);
        let (keymap, notices) = Keymap::new(&schema, services.user_keymap.as_deref());
        let notes = WindowNotes::new(services.state_dir.clone(), execution);
        let typed = TypedNotes::new(services.state_dir.clone(), execution);
        let mut app = Self {
            services,
            themes,
            worker,
            workspace: Workspace::default(),
            entries: entries(&schema),
            schema,
            keymap,
            queue: VecDeque::new(),
            dialogs: dialogs::Dialogs::default(),
            keyboard: keys::Keyboard::default(),
            picking: false,
            status: StatusMessage::default(),
            status_before: (None, StatusMessage::default()),
            banners: Vec::new(),
            next_banner: 0,
            unnamed: unnamed::Unnamed::default(),
            asked_for_name_in: None,
            find: Find::default(),
            list: ArticleList::default(),
            searching: searching::Searching::default(),
            places: places::Places::default(),
            page: None,
            person: PersonPage::default(),
            bulk: bulk::Bulk::default(),
            files: FilesPanel::default(),
            project: ProjectPage::default(),
            agreement: AgreementPage::default(),
            statistics: StatisticsPage::default(),
            tags: TagsPanel::default(),
            people: PeoplePanel::default(),
            facts: FactsPanel::default(),
            inspector: Inspector::default(),
            hints: Hints::default(),
            tab: DetailsTab::default(),
            show_files: false,
            files_by_hand: false,
            show_details: true,
            adjudicating: false,
            guidelines: GuidelinesPanel::default(),
            review_own: true,
            waits_for_name: None,
            reasons_kept: BTreeMap::new(),
            reason_draft: None,
            review_next: None,
            show_colleagues: false,
            sizes: PanelSizes::default(),
            unmaximized: [None, None],
            tooltips: Tooltips::default(),
            zoom: 1.0,
            dragged_label: None,
            settings: Settings::default(),
            grouping: copies::Grouping::default(),
            surveyed: Arc::default(),
            learned: learning::Learned::default(),
            asking_model: false,
            resumes_at: None,
            remembers_files_of: None,
            next_status: None,
            opening: Vec::new(),
            opens_first: None,
            shown_before_import: None,
            exports: Vec::new(),
            titled: None,
            closing: closing::Closing::default(),
            watch: watch::Watch::new(context, execution),
            journals: Journals::new(execution, written),
            told_unprotected: false,
            notes,
            typed,
            typed_due: None,
            context_menu: None,
            regions: Regions::default(),
            shown_first: None,
            focused: None,
        };
        for notice in notices {
            app.warn(notice, Vec::new());
        }
        let left = app.restore(context);
        if left.files.is_some() {
            app.remembers_files_of.clone_from(&left.folder);
        }
        if paths.is_empty() {
            app.resume(&left);
        }
        if let [folder] = paths
            && left.folder.as_deref() == Some(&*store::canonical_path(folder))
        {
            app.resumes_at.clone_from(&left.article);
        }
        app.open_or_import(context, paths.to_vec(), is_document);
        app.look_for_unsaved_work();
        app.look_for_drafts();
        Ok(app)
    }

    /// What came of work on threads, and what is due by the clock. Draws nothing; may be called as
    /// often as one likes.
    pub fn logic(&mut self, context: &Context) {
        self.handle_results(context);
        self.go_on_once_read();
        self.write_journals();
        self.check_disk_when_due(context);
        self.save_what_is_due(context);
        self.handle_close_request(context);
        self.note_typed_when_due(context);
        self.keep_reasons_to_come();
        self.set_title(context);
    }

    /// One frame.
    pub fn ui(&mut self, ui: &mut Ui) {
        let context = ui.ctx().clone();
        self.logic(&context);
        self.count_active_time(&context);
        self.dialogs_follow_article(&context);
        self.handle_keys(&context);
        self.name_window(&context);
        self.handle_dropped_files(&context);
        self.carry_out_commands(&context);
        self.drop_status_of_another_article();
        self.frame_ui(ui);
        if !self.queue.is_empty() {
            self.carry_out_commands(&context);
            context.request_repaint();
        }
        self.keep_focus(&context);
        self.note_window(&context);
    }

    /// What was said about one article is not said about the next.
    fn drop_status_of_another_article(&mut self) {
        let shown = self.workspace.current_path();
        let (before, said) = &self.status_before;
        if before.as_deref() != shown && self.status == *said {
            self.status = StatusMessage::default();
        }
        self.status_before = (shown.map(std::path::Path::to_owned), self.status.clone());
    }

    fn carry_out_commands(&mut self, context: &Context) {
        while let Some(command) = self.queue.pop_front() {
            self.carry_out(context, command);
        }
    }

    /// Puts the schema of the article that is shown into keys, menus and buttons.
    fn follow_schema(&mut self) {
        let Some(article) = self.workspace.current() else {
            return;
        };
        if *article.open.schema() == self.schema {
            return;
        }
        self.schema = article.open.schema().clone();
        let (keymap, notices) = Keymap::new(&self.schema, self.services.user_keymap.as_deref());
        self.keymap = keymap;
        self.entries = entries(&self.schema);
        for notice in notices {
            self.warn(notice, Vec::new());
        }
    }

    fn set_title(&mut self, context: &Context) {
        let shown = self.workspace.current_path();
        if self.titled.as_deref() == shown {
            return;
        }
        self.titled = shown.map(std::path::Path::to_owned);
        context.send_viewport_cmd(egui::ViewportCommand::Title(self.title()));
    }

    fn title(&self) -> String {
        self.workspace.current_path().map_or_else(
            || "Pullquote".to_owned(),
            |path| format!("{} — Pullquote", self.workspace.name(path)),
        )
    }

    /// Gives the window a name for those who cannot see its title.
    fn name_window(&self, context: &Context) {
        context.accesskit_node_builder(egui::accesskit_root_id(), |node| {
            node.set_label(self.title());
        });
    }

    /// Says that something was done.
    fn succeed(&mut self, words: String, actions: Vec<(String, AppCommand)>) {
        self.tell(BannerKind::Success, words, actions);
    }

    /// Says something that is neither good nor bad, such as an offer.
    fn notice(&mut self, words: String, actions: Vec<(String, AppCommand)>) {
        self.tell(BannerKind::Notice, words, actions);
    }

    /// Says that something is doubtful.
    fn warn(&mut self, words: String, actions: Vec<(String, AppCommand)>) {
        self.tell(BannerKind::Warning, words, actions);
    }

    /// Says that something could not be done.
    fn fail(&mut self, words: String, actions: Vec<(String, AppCommand)>) {
        self.tell(BannerKind::Error, words, actions);
    }

    fn tell(&mut self, kind: BannerKind, words: String, actions: Vec<(String, AppCommand)>) {
        let known = self.banners.iter_mut().find(|banner| banner.words == words);
        if let Some(banner) = known {
            banner.actions = actions;
            return;
        }
        self.banners.push(Banner {
            id: self.next_banner,
            kind,
            words,
            actions,
        });
        self.next_banner += 1;
    }
}
