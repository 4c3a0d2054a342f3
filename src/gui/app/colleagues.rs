//! Under which name the window works, and what others have tagged.

use std::path::{Path, PathBuf};

use egui::Context;
use smol_str::SmolStr;

use super::App;
use super::reading::named_encoding;
use super::status_message::StatusMessage;
use crate::gui::app_command::AppCommand;
use crate::gui::dialog::{Dialog, NameDialog};
use crate::gui::task_result::{MergeResult, TaskResult};
use crate::gui::workspace::OtherTagger;
use crate::ops::{self, ColleagueWork};
use crate::store::{self, FileFingerprint, sidecar_file};
use crate::text::wording::count;

impl App {
    /// Reads on a thread what others have tagged in an open article.
    pub(super) fn read_colleagues(&self, path: &Path) {
        let Some(article) = self.workspace.open.get(path) else {
            return;
        };
        let (own, source) = (
            article.files.sidecar.clone(),
            article.open.document().source().clone(),
        );
        let state = self.services.state_dir.clone();
        let article = path.to_owned();
        self.worker.spawn("colleagues", move || {
            let work = ops::colleague_work(&article, &own, &source);
            let unnamed = sidecar_file::sidecar_path(&article, None);
            let found = FileFingerprint::of_file(&unnamed);
            let taken = found.is_ok_and(|found| {
                state.is_some_and(|state| store::is_merged(&own, &found, &state))
            });
            TaskResult::ColleaguesRead {
                article,
                work,
                takes_over: !taken,
            }
        });
    }

    pub(super) fn on_colleagues_read(
        &mut self,
        path: &Path,
        work: Vec<ColleagueWork>,
        takes_over: bool,
    ) {
        if let Some(article) = self.workspace.open.get_mut(path) {
            // Whoever has tagged nothing has nothing to show.
            let says = |work: &ColleagueWork| work.document.set().annotation_count() > 0;
            article.colleagues = work.into_iter().filter(says).collect();
            article.takes_over = takes_over;
            let others = OtherTagger::all_of(&article.colleagues);
            self.workspace.note_others(path.to_owned(), others);
        }
    }

    pub(super) fn toggle_colleagues(&mut self) {
        let Some(article) = self.workspace.current() else {
            return;
        };
        if article.colleagues.is_empty() {
            self.status = StatusMessage::refusal("nobody else has tagged this article");
            return;
        }
        self.show_colleagues = !self.show_colleagues;
    }

    /// Asks under which name to work.
    pub(super) fn ask_name(&mut self, context: &Context, proposed: Option<&str>) {
        let article = self.workspace.current_path().and_then(Path::file_name);
        let article = article.map_or("article.txt".into(), |name| name.to_string_lossy());
        let now = self.services.annotator.as_deref().unwrap_or_default();
        let dialog = NameDialog::new(proposed.unwrap_or_default(), now, &article);
        self.open_dialog(context, Dialog::Name(dialog));
    }

    /// Works under another name from now on: what is open is saved under the name before and read
    /// again.
    pub(super) fn set_annotator(&mut self, context: &Context, name: Option<SmolStr>) {
        self.set(|settings| {
            settings.annotator.clone_from(&name);
            settings.asked_for_name = true;
        });
        self.drop_questions_for_a_name();
        if self.services.annotator == name {
            return;
        }
        let words = match &name {
            Some(name) => format!("working as {name}"),
            None => "working without a name".to_owned(),
        };
        self.status = StatusMessage::info(words);
        self.next_status = self.workspace.current().map(|_| self.status.clone());
        let was_unnamed = self.services.annotator.is_none();
        self.keep_position();
        self.services.annotator.clone_from(&name);
        let open: Vec<PathBuf> = self.workspace.open.keys().cloned().collect();
        for path in open {
            let article = self.workspace.open.get(&path);
            let encoding = article.and_then(named_encoding).or(self.services.encoding);
            self.reload(&path, encoding);
        }
        self.survey_again();
        if was_unnamed && let Some(name) = &self.services.annotator {
            self.offer_unnamed(&name.clone());
        }
        self.focus_article(context);
    }

    /// A name was given, by whatever way: nothing asks for it any more.
    fn drop_questions_for_a_name(&mut self) {
        self.banners.retain(|banner| {
            let mut ways = banner.actions.iter();
            !ways.any(|(_, way)| matches!(way, AppCommand::AskName(_)))
        });
    }

    /// Offers to make what was tagged without a name this annotator's.
    fn offer_unnamed(&mut self, name: &str) {
        let unnamed = |path: &&PathBuf| store::exists(&sidecar_file::sidecar_path(path, None));
        let number = self.workspace.listed.iter().filter(unnamed).count();
        if number == 0 {
            return;
        }
        let articles = count(number, "article");
        self.warn(
            format!(
                "{articles} here {} tagged without a name. Were those tags yours? They become {name}'s; \
                 the files without a name stay.",
                if number == 1 { "was" } else { "were" }
            ),
            vec![(
                format!("Make them {name}'s"),
                AppCommand::TakeOverAllUnnamed,
            )],
        );
    }

    pub(super) fn take_over_all_unnamed(&mut self) {
        let Some(name) = self.services.annotator.clone() else {
            return;
        };
        let articles = self.workspace.listed.clone();
        let state = self.services.state_dir.clone();
        self.worker.spawn("take over", move || {
            let taken = ops::take_over_all_unnamed(&articles, &name, state.as_deref());
            TaskResult::TakenOver(taken)
        });
    }

    pub(super) fn on_taken_over(&mut self, result: Result<usize, String>) {
        match result {
            Ok(number) => {
                let words = format!("took over the tags of {}", count(number, "article"));
                self.status = StatusMessage::info(words);
            }
            Err(words) => self.warn(words, Vec::new()),
        }
        // What is open takes in what is on disk now.
        let open: Vec<PathBuf> = self.workspace.open.keys().cloned().collect();
        for path in open {
            self.check_disk(&path);
            self.read_colleagues(&path);
        }
        self.survey_again();
    }

    /// Asks once for a name, when the first tag was made.
    pub(super) fn ask_for_name_once(&mut self) {
        if self.settings.asked_for_name || self.services.annotator.is_some() {
            return;
        }
        self.set(|settings| settings.asked_for_name = true);
        let ask = AppCommand::AskName(None);
        self.warn(
            "Who is tagging? With a name, your tags go to a file of their own, so that several people \
             can tag the same article. You can set it later with File › Your name."
                .to_owned(),
            vec![("Set your name…".to_owned(), ask)],
        );
    }

    /// Copies the tags without a name into the own file, as a step that can be undone.
    pub(super) fn take_over_unnamed(&mut self) {
        let Some(name) = self.services.annotator.clone() else {
            return;
        };
        if let Some(path) = self.workspace.current_path().map(Path::to_owned) {
            self.merge(&path, move |_, ours, files| {
                let merged = ops::take_over_unnamed(ours, files, &name)?;
                let path = sidecar_file::sidecar_path(&files.article, None);
                Ok(MergeResult::Copy(path, merged))
            });
        }
        if let Some(article) = self.workspace.current_mut() {
            article.takes_over = false;
        }
    }
}
